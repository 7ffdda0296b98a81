//! How many models stand between the records and what people wrote.

use assay_model::Report;

use super::sheet::{Sheet, Side};
use crate::derivation::{remarks, step};
use crate::figure::grouped;

pub fn derivation(sheet: &mut Sheet, report: &Report) {
    let Some(derivation) = &report.derivation else {
        return;
    };
    sheet.section("Derivation", "longest chain of \"made by a model from\", exact");
    let rows: Vec<Vec<String>> = derivation
        .by_depth
        .iter()
        .map(|row| vec![step(row.depth), grouped(row.samples), grouped(row.tokens)])
        .collect();
    sheet.table(
        2,
        &[Side::Left, Side::Right, Side::Right],
        &["depth", "samples", "tokens"],
        &rows,
    );
    for remark in remarks(derivation) {
        sheet.paragraph(2, 0, &remark);
    }
}
