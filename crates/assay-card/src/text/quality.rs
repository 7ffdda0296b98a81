//! Languages that are not what was declared, diversity, and what could not be read.

use assay_model::Report;
use assay_model::report::Diversity;

use super::sheet::{Sheet, Side, cut_middle};
use crate::chart::slice_name;
use crate::figure::{decimal, grouped, interval, percent, ratio, share, short};
use crate::language;
use crate::visible::{cut, visible};

const ROWS_SHOWN: usize = 6;
const LANGUAGES_SHOWN: usize = 8;

pub fn languages(sheet: &mut Sheet, report: &Report) {
    use Side::{Left, Right};
    let mut rows: Vec<_> = report.language_mismatch.iter().collect();
    if rows.is_empty() {
        return;
    }
    rows.sort_by(|a, b| {
        b.mismatched
            .cmp(&a.mismatched)
            .then_with(|| a.declared.cmp(&b.declared))
    });
    let mismatched: u64 = rows.iter().map(|row| row.mismatched).sum();
    sheet.section("Language", "declared against detected, estimated");
    if mismatched == 0 {
        sheet.paragraph(2, 0, "No declared language disagrees with the detected one.");
        return;
    }
    let shown: Vec<Vec<String>> = rows
        .iter()
        .filter(|row| row.mismatched > 0)
        .take(LANGUAGES_SHOWN)
        .map(|row| {
            let rate = percent(share(row.mismatched, row.samples));
            vec![
                cut(&language::name(&row.declared), 24),
                rate,
                grouped(row.mismatched),
                grouped(row.samples),
            ]
        })
        .collect();
    sheet.table(
        2,
        &[Left, Right, Right, Right],
        &["declared", "detected as other", "samples", "of"],
        &shown,
    );
    let left = rows.iter().filter(|row| row.mismatched > 0).count() - shown.len();
    if left > 0 {
        sheet.line(&format!("  … and {} more", grouped(left as u64)));
    }
}

pub fn diversity(sheet: &mut Sheet, report: &Report) {
    use Side::{Left, Right};
    let Some(first) = report.diversity.first() else {
        return;
    };
    sheet.section("Diversity", "estimated, 95 % intervals");
    let rows: Vec<Vec<String>> = report.diversity.iter().flat_map(rows_of).collect();
    let head = [
        "",
        "tokens",
        "compression",
        "self-repetition",
        "Heaps β",
        "distinct-2",
    ];
    sheet.table(2, &[Left, Right, Right, Right, Right, Right], &head, &rows);
    let budget = if first.budget > 0 {
        format!(", each at {} tokens", short(first.budget))
    } else {
        String::new()
    };
    sheet.paragraph(
        2,
        0,
        &format!("Higher compression and self-repetition: more repetitive{budget}."),
    );
}

fn rows_of(slice: &Diversity) -> [Vec<String>; 2] {
    let name = cut(&slice_name(&slice.slice), 20);
    let [compression, repetition, heaps] = [slice.compression_ratio, slice.self_repetition, slice.heaps_beta];
    let range = |[low, _, high]: [f64; 3], decimals| interval(low, high, decimals);
    [
        vec![
            name,
            short(slice.tokens),
            decimal(compression[1], 2),
            decimal(repetition[1], 3),
            decimal(heaps[1], 3),
            ratio(slice.distinct[1]),
        ],
        vec![
            String::new(),
            String::new(),
            range(compression, 2),
            range(repetition, 3),
            range(heaps, 3),
            String::new(),
        ],
    ]
}

pub fn not_read(sheet: &mut Sheet, report: &Report) {
    if report.files.refused_count > 0 {
        sheet.section("Files not read", &grouped(report.files.refused_count));
        for file in report.files.refused.iter().take(ROWS_SHOWN) {
            let line = file.line.map_or_else(String::new, |line| format!(":{line}"));
            place_and_reason(
                sheet,
                &format!("{}{line}", visible(&file.path)),
                file.code.as_str(),
                &file.message,
            );
            if !file.remedy.is_empty() {
                sheet.paragraph(6, 0, &format!("→ {}", bounded(&file.remedy)));
            }
        }
        more(sheet, report.files.refused_count, report.files.refused.len());
    }
    if report.samples.quarantined > 0 {
        sheet.section("Records quarantined", &grouped(report.samples.quarantined));
        for record in report.samples.quarantine.iter().take(ROWS_SHOWN) {
            let column = record
                .column
                .map_or_else(String::new, |column| format!(":{column}"));
            let place = format!("{}:{}{column}", visible(&record.path), record.line);
            place_and_reason(sheet, &place, record.code.as_str(), &record.message);
        }
        more(sheet, report.samples.quarantined, report.samples.quarantine.len());
    }
}

fn place_and_reason(sheet: &mut Sheet, place: &str, code: &str, message: &str) {
    sheet.line(&format!("  {}", cut_middle(place, sheet.width() - 2)));
    sheet.paragraph(6, 0, &format!("{code}: {}", bounded(message)));
}

/// Messages quote what they found; three lines of one are enough here.
fn bounded(message: &str) -> String {
    cut(&visible(message), 180)
}

fn more(sheet: &mut Sheet, count: u64, listed: usize) {
    let shown = listed.min(ROWS_SHOWN) as u64;
    if count > shown {
        sheet.line(&format!("  … and {} more", grouped(count - shown)));
    }
}

pub fn flags(sheet: &mut Sheet, report: &Report) {
    if report.flag_counts.is_empty() {
        return;
    }
    sheet.section("Noticed in indexed records", "flags, exact");
    let mut counts: Vec<(&String, &u64)> = report.flag_counts.iter().collect();
    counts.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let shown: Vec<String> = counts
        .iter()
        .take(20)
        .map(|(code, count)| format!("{}\u{a0}{}", cut(&visible(code), 24), grouped(**count)))
        .collect();
    sheet.paragraph(2, 0, &format!("{}.", shown.join(", ")));
}
