//! `assay results report --format html`: runs on a snapshot, data for people first, numbers one step away.

use assay_model::Origin;
use assay_model::results::{
    CalibrationBin, GroupFigures, ModelSign, ResultsReport, RunDifference, RunFigures,
};
use maud::{Markup, html};

use super::{document, heading};
use crate::chart::{Dot, DotPanel, dots, reliability, table, table_twin};
use crate::figure::{counted, decimal, grouped, interval, percent};
use crate::text::results::{group_name, run_words, signed, upper};
use crate::visible::{cut, visible, visible_or};

const LONGEST_TITLE: usize = 80;

/// The report as one self-contained HTML document.
pub fn results_page(report: &ResultsReport) -> String {
    let name = cut(&visible_or(&report.dataset, "unnamed dataset"), LONGEST_TITLE);
    let content = html! {
        header.top {
            h1 { "Results on " bdi { (name) } ", snapshot " (grouped(report.snapshot)) }
            p.gloss { (counted(report.texts, "text", "texts")) "; copies count once. " @if report.contradictory > 0 { (grouped(report.contradictory)) " under contradictory origins count as unknown." } }
        }
        @if report.runs.is_empty() { section { (heading("No results yet", "")) p { "Bring a file with one row a sample: " code { "assay results add results.jsonl --run NAME" } } } }
        @else {
            section { (heading("Runs", "as they were added")) (runs(report)) }
            @for difference in &report.differences { (signs(difference)) }
            @for (by, title, gloss) in BY { (groups(report, by, title, gloss)) }
            @if report.runs.iter().any(|run| whole(run).is_some_and(|all| all.calibration.is_some())) { section { (heading("Calibration", "stated confidence against the share that was right; bins of equal mass")) (reliabilities(report)) } }
            @for difference in &report.differences { (changes(difference)) }
            footer {
                p { (report.method.statement) " Perplexity is " (report.method.perplexity) "." }
                p { (visible(&report.bands.definition)) }
            }
        }
    };
    document(&format!("Results on {name}"), "report", &content)
}

const BY: [(&str, &str, &str); 5] = [
    ("origin", "By origin", "who made the sample"),
    ("band", "By tail band", "how rare its class is"),
    ("domain", "By domain", ""),
    ("language", "By language", ""),
    ("slice", "By slice", ""),
];

fn whole(run: &RunFigures) -> Option<&GroupFigures> {
    run.groups.iter().find(|group| group.by == "all")
}

fn runs(report: &ResultsReport) -> Markup {
    let rows: Vec<Vec<String>> = report
        .runs
        .iter()
        .map(|run| {
            let mut cells = vec![
                visible(&run.info.run),
                run_words(run),
                grouped(run.joined),
                grouped(run.unmatched),
            ];
            cells.extend(whole(run).map(figures).unwrap_or_default());
            cells
        })
        .collect();
    table(
        &[
            "Run",
            "Model",
            "Joined",
            "Without a sample here",
            "Loss",
            "Perplexity",
            "Accuracy",
            "ECE",
            "Brier",
        ],
        &rows,
    )
}

/// Loss, perplexity, accuracy, calibration error, Brier score; dashes for what is not there.
fn figures(group: &GroupFigures) -> Vec<String> {
    let or_dash = |figure: Option<String>| figure.unwrap_or_else(|| "–".to_owned());
    let calibration = group.calibration.as_ref();
    vec![
        or_dash(
            group
                .loss
                .as_ref()
                .map(|loss| format!("{} {}", decimal(loss.mean, 3), range(loss.interval, 3))),
        ),
        or_dash(group.loss.as_ref().map(|loss| decimal(loss.perplexity, 2))),
        or_dash(group.accuracy.as_ref().map(|accuracy| {
            format!(
                "{} {}",
                percent(accuracy.value),
                range(accuracy.interval.map(|end| end * 100.0), 1)
            )
        })),
        or_dash(calibration.map(|found| {
            format!(
                "{} {}",
                decimal(found.equal_mass.value, 3),
                range(found.equal_mass.interval, 3)
            )
        })),
        or_dash(calibration.map(|found| decimal(found.brier.value, 3))),
    ]
}

fn range([low, high]: [f64; 2], decimals: usize) -> String {
    interval(low, high, decimals)
}

fn signs(difference: &RunDifference) -> Markup {
    html! {
        section {
            (heading(&format!("Model-level signs, {} to {}", visible(&difference.a), visible(&difference.b)), "paired texts; the number first"))
            (table(&["Sign", "Before", "After", "Change", "95 %", "Effect", "What moved"], &difference.signs.iter().map(sign_row).collect::<Vec<_>>()))
        }
    }
}

fn sign_row(sign: &ModelSign) -> Vec<String> {
    let or_dash = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |value| decimal(value, 3));
    let effect = match (&sign.size, sign.found) {
        (Some(size), true) => format!("{size}, worse: found"),
        (Some(size), false) => format!("{size}, {}", sign.direction),
        (None, _) => "–".to_owned(),
    };
    vec![
        sign.about.clone(),
        or_dash(sign.a),
        or_dash(sign.b),
        sign.change.map_or_else(|| "–".to_owned(), signed),
        sign.interval
            .map_or_else(|| "–".to_owned(), |ends| range(ends, 3)),
        effect,
        upper(&sign.note),
    ]
}

fn groups(report: &ResultsReport, by: &str, title: &str, gloss: &str) -> Markup {
    let mut rows = Vec::new();
    let mut losses = Vec::new();
    for run in &report.runs {
        for group in run
            .groups
            .iter()
            .filter(|group| group.by == by && group.joined > 0)
        {
            let name = group_name(by, &group.value);
            let mut cells = vec![
                name.clone(),
                visible(&run.info.run),
                grouped(group.joined),
                grouped(group.texts),
            ];
            cells.extend(figures(group));
            rows.push(cells);
            if let Some(loss) = &group.loss {
                losses.push(Dot {
                    row: name,
                    of: visible(&run.info.run),
                    origin: (by == "origin").then(|| Origin::parse(&group.value)).flatten(),
                    value: loss.mean,
                    interval: loss.interval,
                });
            }
        }
    }
    losses.sort_by_key(|dot| {
        report
            .runs
            .iter()
            .flat_map(|run| &run.groups)
            .position(|group| group_name(by, &group.value) == dot.row)
    });
    let head = [
        "Group",
        "Run",
        "Joined",
        "Texts",
        "Loss",
        "Perplexity",
        "Accuracy",
        "ECE",
        "Brier",
    ];
    html! { @if !rows.is_empty() {
        section {
            (heading(title, gloss))
            @if !losses.is_empty() {
                (dots(&DotPanel { label: "Mean loss, nats a token", rows: &losses }))
                (table_twin(&head, &rows))
            } @else { (table(&head, &rows)) }
        }
    } }
}

fn reliabilities(report: &ResultsReport) -> Markup {
    html! { @for run in &report.runs {
        @if let Some(found) = whole(run).and_then(|all| all.calibration.as_ref()) {
            h3 { bdi { (visible(&run.info.run)) } ": off by " (decimal(found.equal_mass.value, 3)) " " (range(found.equal_mass.interval, 3)) " on average" }
            (reliability(&found.mass_bins))
            (table_twin(&["Confidence", "Texts", "Mean confidence", "Right", "95 %"], &found.mass_bins.iter().map(bin_row).collect::<Vec<_>>()))
        }
    } }
}

fn bin_row(bin: &CalibrationBin) -> Vec<String> {
    vec![
        format!("{}–{}", decimal(bin.from, 3), decimal(bin.to, 3)),
        grouped(bin.n),
        decimal(bin.confidence, 3),
        percent(bin.accuracy),
        range(bin.interval.map(|end| end * 100.0), 1),
    ]
}

fn changes(difference: &RunDifference) -> Markup {
    let rows: Vec<Vec<String>> = difference
        .groups
        .iter()
        .flat_map(|group| group.changes.iter().map(move |change| (group, change)))
        .map(|(group, change)| {
            vec![
                group_name(&group.by, &group.value),
                change.measure.replace('_', " "),
                grouped(change.n),
                decimal(change.a, 3),
                decimal(change.b, 3),
                signed(change.change),
                range(change.interval, 3),
                change.effect.map_or_else(|| "–".to_owned(), signed),
                change.size.clone().unwrap_or_else(|| "–".to_owned()),
                change.direction.clone(),
            ]
        })
        .collect();
    html! { @if !rows.is_empty() {
        section {
            (heading(&format!("Every change, {} to {}", visible(&difference.a), visible(&difference.b)), "Cohen’s h for shares, the logarithm of the ratio for loss"))
            (table(&["Group", "Figure", "Pairs", "Before", "After", "Change", "95 %", "Effect", "Size", "Direction"], &rows))
        }
    } }
}
