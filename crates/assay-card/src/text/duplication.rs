//! What stands there more than once.

use assay_model::Report;
use assay_model::report::{Recurring, SizeBin};

use super::sheet::{Sheet, Side};
use crate::figure::{counted, grouped, percent};
use crate::repeated;

const LONGEST_BAR: u64 = 24;
const MOST_PAIRINGS: usize = 6;

pub fn duplication(sheet: &mut Sheet, report: &Report) {
    use Side::{Left, Right};
    let found = &report.duplication;
    sheet.section("Duplication", "redundant samples, exact");
    let level = |name: String, groups: u64, redundant: u64, rate: f64, token_rate: f64| {
        vec![
            name,
            percent(rate),
            grouped(redundant),
            percent(token_rate),
            grouped(groups),
        ]
    };
    let near = &found.near;
    let rows = [
        level(
            "exact".into(),
            found.exact.groups,
            found.exact.redundant,
            found.exact.rate,
            found.exact.token_rate,
        ),
        level(
            "same after normalising".into(),
            found.normalised.groups,
            found.normalised.redundant,
            found.normalised.rate,
            found.normalised.token_rate,
        ),
        level(
            format!("near, Jaccard ≥ {}", near.threshold),
            near.clusters,
            near.redundant,
            near.rate,
            near.token_rate,
        ),
    ];
    let head = ["", "rate", "redundant", "of tokens", "groups"];
    sheet.table(2, &[Left, Right, Right, Right, Right], &head, &rows);
    sheet.paragraph(
        2,
        0,
        &format!(
            "Each level includes those above. {} verified on the full texts, {} rejected.",
            counted(near.verified_pairs, "pair", "pairs"),
            grouped(near.rejected_pairs)
        ),
    );
    if near.crowded_texts > 0 {
        let texts = counted(near.crowded_texts, "text has", "texts have");
        sheet.paragraph(
            2,
            0,
            &format!("{texts} more than 1,000 partners; only the representative is listed for each."),
        );
    }
    by_origin(sheet, report);
    histogram(sheet, &near.histogram);
    passages(sheet, "paragraphs", &found.passages.paragraph);
    passages(sheet, "runs of three sentences", &found.passages.sentence);
    for sentence in repeated::sentences(report) {
        sheet.paragraph(2, 0, &sentence);
    }
}

fn by_origin(sheet: &mut Sheet, report: &Report) {
    let mut pairings: Vec<_> = report
        .duplication
        .by_origin
        .iter()
        .filter(|row| row.pairs > 0)
        .collect();
    pairings.sort_by_key(|row| (std::cmp::Reverse(row.pairs), row.a, row.b));
    if pairings.is_empty() {
        return;
    }
    let shown: Vec<String> = pairings
        .iter()
        .take(MOST_PAIRINGS)
        .map(|row| format!("{}–{} {}", row.a.as_str(), row.b.as_str(), grouped(row.pairs)))
        .collect();
    sheet.paragraph(2, 0, &format!("Pairs by origin: {}.", shown.join(", ")));
}

fn histogram(sheet: &mut Sheet, bins: &[SizeBin]) {
    use Side::{Left, Right};
    let most = bins.iter().map(|bin| bin.clusters).max().unwrap_or(0);
    if most == 0 {
        return;
    }
    sheet.blank();
    let rows: Vec<Vec<String>> = bins
        .iter()
        .map(|bin| {
            vec![
                copies(bin),
                grouped(bin.clusters),
                logarithmic_bar(bin.clusters, most),
                grouped(bin.samples),
            ]
        })
        .collect();
    sheet.table(
        2,
        &[Left, Right, Left, Right],
        &["copies", "clusters", "log scale", "samples"],
        &rows,
    );
}

fn copies(bin: &SizeBin) -> String {
    if bin.from >= bin.to {
        grouped(bin.from)
    } else {
        format!("{}–{}", grouped(bin.from), grouped(bin.to))
    }
}

fn logarithmic_bar(count: u64, most: u64) -> String {
    let length =
        ((count as f64 + 1.0).log2() / (most as f64 + 1.0).log2() * LONGEST_BAR as f64).round() as usize;
    "■".repeat(if count > 0 { length.max(1) } else { 0 })
}

fn passages(sheet: &mut Sheet, name: &str, found: &Recurring) {
    if found.recurring == 0 {
        return;
    }
    let recurring = grouped(found.recurring);
    sheet.paragraph(
        2,
        0,
        &format!(
            "{recurring} {name} of 20 tokens or more recur in other samples: {} of tokens.",
            percent(found.token_share)
        ),
    );
}
