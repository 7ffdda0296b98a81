//! Commands that hold two bodies of data against each other: compare, leak.

use std::fmt::Write;

use assay_model::fault::one_line;
use assay_model::{Code, Fault};
use assay_workbench::WorkerCommand;
use assay_workbench::comparing::{self, ComparisonReport};
use assay_workbench::leaks::{self, LeakOrder, LeakReport, LeakSettings};
use assay_workbench::mapping::read_map;

use super::Place;
use crate::arguments::{CompareArguments, LeakArguments};
use crate::output::Output;
use crate::progress;

/// Matches that are listed for people; `--json` holds all.
const LISTED: usize = 20;

/// False when a reference sample was found.
pub fn leak(place: &Place, arguments: &LeakArguments, output: &Output) -> Result<bool, Fault> {
    let order = LeakOrder {
        reference: arguments.reference.clone(),
        data: arguments.data.clone(),
        map: arguments.map.as_deref().map(read_map).transpose()?,
        settings: settings(arguments)?,
        worker: WorkerCommand::this_executable()?,
    };
    let (task, clear) = progress::task(output);
    let report = leaks::leak(&order, &|| place.open(), &task);
    clear();
    let report = report?;
    output.result(&report, || leak_text(&report))?;
    Ok(report.found == 0)
}

fn settings(arguments: &LeakArguments) -> Result<LeakSettings, Fault> {
    let share = |name: &str, value: f64| {
        if value > 0.0 && value <= 1.0 {
            return Ok(value);
        }
        Err(Fault::new(
            Code::Usage,
            format!("{name} is {value}, and must be over 0 and at most 1"),
            "see assay leak --help",
        ))
    };
    if arguments.run_tokens == 0 {
        return Err(Fault::new(
            Code::Usage,
            "--run-tokens is 0, and must be at least 1",
            "see assay leak --help",
        ));
    }
    Ok(LeakSettings {
        jaccard: share("--threshold", arguments.threshold)?,
        run_tokens: arguments.run_tokens,
        run_share: share("--run-share", arguments.run_share)?,
        ..LeakSettings::default()
    })
}

fn leak_text(report: &LeakReport) -> String {
    let mut out = report.statement.clone();
    for found in report.matches.iter().take(LISTED) {
        let place = |side: &serde_json::Value| {
            format!(
                "{}:{}",
                one_line(side["path"].as_str().unwrap_or_default()),
                side["line"]
            )
        };
        let _ = write!(
            out,
            "\n\n{} = {}, {}",
            place(&found.a),
            place(&found.b),
            found.kind
        );
        if let Some(run) = &found.run {
            let text: String = run["text"]
                .as_str()
                .unwrap_or_default()
                .chars()
                .take(160)
                .collect();
            let _ = write!(
                out,
                ", Jaccard {:.3}, longest run {} tokens\n  {text}",
                found.jaccard,
                run["tokens"],
                text = one_line(&text)
            );
        }
    }
    if report.matches.len() > LISTED {
        let _ = write!(out, "\n\nand {} more: see --json", report.matches.len() - LISTED);
    }
    out
}

pub fn compare(place: &Place, arguments: &CompareArguments, output: &Output) -> Result<(), Fault> {
    let workspace = place.open()?;
    let (task, clear) = progress::task(output);
    let report = comparing::compare(&workspace, &arguments.a, &arguments.b, &task);
    clear();
    let report = report?;
    output.result(&report, || comparison_text(&report))
}

fn comparison_text(report: &ComparisonReport) -> String {
    let side = |side: &comparing::Side| format!("{}@{}", one_line(&side.dataset), side.snapshot);
    let (kept, added, left_out) = (report.samples.kept, report.samples.added, report.samples.left_out);
    let sum = |by: assay_workbench::comparing::ByOrigin| by.human + by.mixed + by.machine + by.unknown;
    let mut out = format!(
        "{} to {}: {} samples kept, {} added, {} left out\n\n{:<24} {:<14} {:>11} {:>11}  effect",
        side(&report.a),
        side(&report.b),
        sum(kept),
        sum(added),
        sum(left_out),
        "warning signs",
        "",
        side(&report.a),
        side(&report.b),
    );
    for change in report.changes.iter().filter(|change| change.warning_sign) {
        let figure = |value: Option<f64>| value.map_or("none".to_owned(), figure);
        let about: String = one_line(&change.about).chars().take(14).collect();
        let _ = write!(
            out,
            "\n{:<24} {about:<14} {:>11} {:>11}  {}",
            change.measure.replace('_', " "),
            figure(change.a),
            figure(change.b),
            match (change.effect, change.size) {
                (Some(effect), Some(size)) => format!("{effect:+.3} {size} {}", change.direction),
                _ => "not defined".to_owned(),
            }
        );
    }
    if let Some(leak) = &report.leak {
        let _ = write!(
            out,
            "\n\n{} in {}: {}",
            side(&report.a),
            side(&report.b),
            leak.a_in_b.statement
        );
        let _ = write!(
            out,
            "\n{} in {}: {}",
            side(&report.b),
            side(&report.a),
            leak.b_in_a.statement
        );
    }
    out
}

/// Four significant digits or all of a whole number.
fn figure(value: f64) -> String {
    match value {
        value if value.fract() == 0.0 => format!("{value:.0}"),
        value if value.abs() >= 100.0 => format!("{value:.1}"),
        value => format!("{value:.4}"),
    }
}
