//! `assay report` on a terminal: what is this snapshot made of, on one scroll?
//!
//! Plain text without escape sequences, so that it can be piped, mailed and compared. No line is
//! wider than 80 display columns, whatever the names.

mod coverage;
mod derivation;
mod duplication;
mod origin;
mod quality;
pub mod results;
mod sheet;
mod style;

use assay_model::Report;
use assay_model::report::Stylometry;

use crate::composition::distinct;
use crate::figure::{bytes, counted, day, grouped, short, short_root};
use crate::next_step::next_steps;
use crate::visible::{cut, visible_or};
use sheet::Sheet;

const NARROWEST: usize = 60;
const WIDEST: usize = 80;

/// The report as text, `width` columns wide; less than 60 counts as 60, more than 80 as 80.
pub fn text_report(report: &Report, width: usize) -> String {
    let mut sheet = Sheet::new(width.clamp(NARROWEST, WIDEST));
    head(&mut sheet, report);
    if report.samples.indexed > 0 {
        origin::origin(&mut sheet, report);
        origin::composition(&mut sheet, report);
        derivation::derivation(&mut sheet, report);
        quality::languages(&mut sheet, report);
        duplication::duplication(&mut sheet, report);
        coverage::coverage(&mut sheet, report);
        quality::diversity(&mut sheet, report);
        style::sources(&mut sheet, report);
        style::stylometry(&mut sheet, report.stylometry.as_ref());
    }
    quality::not_read(&mut sheet, report);
    quality::flags(&mut sheet, report);
    steps(&mut sheet, report);
    sheet.finish()
}

/// The writing-style signal as text, `width` columns wide as in `text_report`.
pub fn style_text(stylometry: &Stylometry, width: usize) -> String {
    let mut sheet = Sheet::new(width.clamp(NARROWEST, WIDEST));
    style::stylometry(&mut sheet, Some(stylometry));
    sheet.finish()
}

fn head(sheet: &mut Sheet, report: &Report) {
    let name = cut(
        &visible_or(&report.dataset, "unnamed dataset"),
        sheet.width() - 34,
    );
    sheet.line_with_right(
        &format!("{name}, snapshot {}", grouped(report.snapshot)),
        &day(&report.created),
    );
    sheet.line(&"━".repeat(sheet.width()));
    let samples = &report.samples;
    sheet.paragraph(
        0,
        0,
        &format!(
            "{} seen = {} indexed + {} quarantined.",
            counted(samples.seen, "sample", "samples"),
            grouped(samples.indexed),
            grouped(samples.quarantined),
        ),
    );
    let domains = counted(distinct(report, |cell| &cell.domain) as u64, "domain", "domains");
    let languages = counted(
        distinct(report, |cell| &cell.language) as u64,
        "language",
        "languages",
    );
    let tokens = tokens(samples.tokens);
    sheet.paragraph(
        0,
        0,
        &format!(
            "{tokens} in {} of text, {domains}, {languages}.",
            bytes(samples.bytes)
        ),
    );
    let files = &report.files;
    let refused = if files.refused_count > 0 {
        format!(", {} not read", grouped(files.refused_count))
    } else {
        String::new()
    };
    sheet.paragraph(
        0,
        0,
        &format!(
            "{} seen, {} read{refused}.",
            counted(files.seen, "file", "files"),
            grouped(files.read)
        ),
    );
    for release in &report.releases {
        let folder = match release.path.as_str() {
            "" => String::new(),
            path => format!(" in {}", visible_or(path, "a folder")),
        };
        let text = format!(
            "A release of {}@{} under the policy {}{folder}, manifest {}; origins are as it declares them.",
            visible_or(&release.dataset, "unnamed dataset"),
            release.snapshot,
            visible_or(&release.policy, "without a name"),
            short_root(&release.manifest),
        );
        sheet.paragraph(0, 0, &text);
    }
    sheet.line(&format!(
        "Snapshot root {}, facts root {}, {}.",
        short_root(&report.snapshot_root),
        short_root(&report.facts_root),
        visible_or(&report.tool, "unknown tool")
    ));
}

/// `412,612,345 tokens (412.6 M)`: the short form only where it helps.
fn tokens(count: u64) -> String {
    let whole = counted(count, "token", "tokens");
    if count < 1_000_000 {
        whole
    } else {
        format!("{whole} ({})", short(count))
    }
}

fn steps(sheet: &mut Sheet, report: &Report) {
    sheet.section("What to do next", "");
    for step in next_steps(report) {
        sheet.paragraph(0, 0, &format!("{}:", step.what));
        sheet.paragraph(4, 2, &step.command);
    }
}
