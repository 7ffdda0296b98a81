//! `assay results report` on a terminal: what runs made of the samples, in 80 columns.

use assay_model::results::{
    GroupDifference, GroupFigures, ModelSign, PairedChange, ResultsReport, RunDifference, RunFigures,
};

use super::sheet::Sheet;
use super::sheet::Side::{Left, Right};
use crate::figure::{counted, decimal, grouped, interval, percent, short};
use crate::visible::{cut, visible, visible_or};

const WIDTH: usize = 80;
const LONGEST_NAME: usize = 15;

/// The report as text of at most 80 columns.
pub fn results_text(report: &ResultsReport) -> String {
    let mut sheet = Sheet::new(WIDTH);
    let name = cut(&visible_or(&report.dataset, "unnamed dataset"), 40);
    sheet.line(&format!("Results on {name}, snapshot {}", report.snapshot));
    sheet.line(&"━".repeat(WIDTH));
    if report.runs.is_empty() {
        sheet.paragraph(0, 0, "No results yet. Bring a file with one row a sample:");
        sheet.paragraph(4, 2, "assay results add results.jsonl --run NAME");
        sheet.paragraph(0, 0, "Its columns are sample (a digest) or id, and any of loss, perplexity, tokens, correct, confidence.");
        return sheet.finish();
    }
    sheet.paragraph(0, 0, &facts(report));
    for run in &report.runs {
        one_run(&mut sheet, run);
    }
    for difference in &report.differences {
        one_difference(&mut sheet, difference);
    }
    sheet.section("How", "");
    sheet.paragraph(2, 0, &report.method.statement);
    sheet.paragraph(2, 0, &format!("Perplexity is {}.", report.method.perplexity));
    sheet.paragraph(2, 0, &visible(&report.bands.definition));
    sheet.finish()
}

fn facts(report: &ResultsReport) -> String {
    let contradictory = if report.contradictory > 0 {
        format!(
            "; {} under contradictory origins, counted as unknown",
            grouped(report.contradictory)
        )
    } else {
        String::new()
    };
    let bands: Vec<String> = report
        .bands
        .bands
        .iter()
        .map(|row| format!("{} {}", row.band, grouped(row.texts)))
        .collect();
    format!(
        "{} (copies count once{contradictory}). Bands by {}: {}.",
        counted(report.texts, "text", "texts"),
        visible(&report.bands.dimension),
        bands.join(", ")
    )
}

/// What a run is, in a line: `model-a, step 3000, trained on mixed`.
pub fn run_words(run: &RunFigures) -> String {
    let info = &run.info;
    let trained = if info.trained_on.is_empty() {
        String::new()
    } else {
        format!("trained on {}", visible(&info.trained_on))
    };
    [visible(&info.model), visible(&info.checkpoint), trained]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The group in words: `human`, `tail of intent`, `domain health`.
pub fn group_name(by: &str, value: &str) -> String {
    let value = visible(value);
    match (by, value.as_str()) {
        ("all", _) => "all".to_owned(),
        ("origin", _) => value,
        ("band", "none") => "no class".to_owned(),
        ("band", _) => value,
        ("domain" | "language", "") => format!("no {by}"),
        _ => value,
    }
}

fn one_run(sheet: &mut Sheet, run: &RunFigures) {
    sheet.section(&cut(&visible(&run.info.run), 30), &cut(&run_words(run), 36));
    let unmatched = if run.unmatched > 0 {
        format!(", {} without a sample here", grouped(run.unmatched))
    } else {
        String::new()
    };
    sheet.paragraph(
        2,
        0,
        &format!("{} joined{unmatched}.", counted(run.joined, "result", "results")),
    );
    let mut before = "all";
    let mut rows = Vec::new();
    for group in run.groups.iter().filter(|group| group.joined > 0) {
        if group.by != before {
            rows.push(vec![format!("by {}", group.by)]);
        }
        before = &group.by;
        rows.extend(run_rows(group));
    }
    let head = ["", "n", "loss", "perplexity", "accuracy", "ECE", "Brier"];
    sheet.table(2, &[Left, Right, Right, Right, Right, Right, Right], &head, &rows);
}

/// A group's figures, and its intervals below them.
fn run_rows(group: &GroupFigures) -> [Vec<String>; 2] {
    let loss = group.loss.as_ref();
    let accuracy = group.accuracy.as_ref();
    let calibration = group.calibration.as_ref();
    let or_dash = |figure: Option<String>| figure.unwrap_or_else(|| "–".to_owned());
    let or_none = |figure: Option<String>| figure.unwrap_or_default();
    let range =
        |[low, high]: [f64; 2], decimals| format!("{}–{}", decimal(low, decimals), decimal(high, decimals));
    let indent = if group.by == "all" { "" } else { "  " };
    let name = cut(&group_name(&group.by, &group.value), LONGEST_NAME);
    [
        vec![
            format!("{indent}{name}"),
            short(group.joined),
            or_dash(loss.map(|loss| decimal(loss.mean, 3))),
            or_dash(loss.map(|loss| perplexity(loss.perplexity))),
            or_dash(accuracy.map(|accuracy| percent(accuracy.value))),
            or_dash(calibration.map(|found| decimal(found.equal_mass.value, 3))),
            or_dash(calibration.map(|found| decimal(found.brier.value, 3))),
        ],
        vec![
            String::new(),
            String::new(),
            or_none(loss.map(|loss| range(loss.interval, 2))),
            String::new(),
            or_none(accuracy.map(|accuracy| range(accuracy.interval.map(|end| end * 100.0), 1))),
            or_none(calibration.map(|found| range(found.equal_mass.interval, 2))),
            String::new(),
        ],
    ]
}

/// Two decimals, or none where the number is large.
fn perplexity(value: f64) -> String {
    if value < 1000.0 {
        decimal(value, 2)
    } else {
        short(value.round() as u64)
    }
}

fn one_difference(sheet: &mut Sheet, difference: &RunDifference) {
    let name = |run: &str| cut(&visible(run), 16);
    sheet.section(
        &format!("{} to {}", name(&difference.a), name(&difference.b)),
        "paired texts",
    );
    for sign in &difference.signs {
        sign_lines(sheet, sign);
    }
    let rows: Vec<Vec<String>> = difference
        .groups
        .iter()
        .filter(|group| group.paired > 0)
        .flat_map(difference_rows)
        .collect();
    let head = ["", "", "n", "before", "after", "change", "95 %", "effect"];
    sheet.table(
        2,
        &[Left, Left, Right, Right, Right, Right, Right, Left],
        &head,
        &rows,
    );
}

/// A change with its sign: `+0.412`.
pub fn signed(change: f64) -> String {
    let plus = if change > 0.0 { "+" } else { "" };
    format!("{plus}{}", decimal(change, 3))
}

fn sign_lines(sheet: &mut Sheet, sign: &ModelSign) {
    let what = match sign.sign.as_str() {
        "tail_against_head" => "Tail loss against head",
        "tail_accuracy_against_head" => "Tail accuracy against head",
        "calibration" => "Calibration error",
        _ => "Human loss against machine",
    };
    let Some(change) = sign.change else {
        sheet.paragraph(2, 2, &format!("  {what}: {}.", sign.note));
        return;
    };
    let mark = if sign.found { "!" } else { " " };
    let range = sign.interval.map_or_else(String::new, |[low, high]| {
        format!(", 95 % {} to {}", signed(low), signed(high))
    });
    let size = sign.size.as_deref().unwrap_or("no effect size");
    sheet.paragraph(
        2,
        4,
        &format!(
            "{mark} {what}: {}{range}; {size}, {}. {}.",
            signed(change),
            sign.direction,
            upper(&sign.note)
        ),
    );
}

/// First letter up.
pub fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn difference_rows(group: &GroupDifference) -> Vec<Vec<String>> {
    let row = |(place, change): (usize, &PairedChange)| {
        let name = if place == 0 {
            cut(&group_name(&group.by, &group.value), LONGEST_NAME)
        } else {
            String::new()
        };
        let measure = match change.measure.as_str() {
            "calibration_error" => "ECE",
            "brier" => "Brier",
            other => other,
        };
        vec![
            name,
            measure.to_owned(),
            grouped(change.n),
            decimal(change.a, 3),
            decimal(change.b, 3),
            signed(change.change),
            interval(change.interval[0], change.interval[1], 2),
            change.size.clone().unwrap_or_else(|| "–".to_owned()),
        ]
    };
    group.changes.iter().enumerate().map(row).collect()
}
