//! Commands that hold two bodies of data against each other: compare, leak.

use std::fmt::Write;

use assay_model::fault::one_line;
use assay_model::{Code, Fault};
use assay_workbench::WorkerCommand;
use assay_workbench::comparing::{self, Change, ComparisonReport, Moved};
use assay_workbench::leaks::{self, LeakOrder, LeakReport, LeakSettings};
use assay_workbench::mapping::read_map;

use super::Place;
use crate::arguments::{CompareArguments, LeakArguments};
use crate::output::Output;
use crate::progress;

/// Matches that are listed for people; `--json` holds all.
const LISTED: usize = 20;
/// Sources that are named for what moved a share; `--json` holds more.
const MOVED: usize = 6;

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
    let samples = &report.samples;
    let mut out = format!(
        "{} to {}: {} samples kept, {} added, {} left out\n\n{:<24} {:<14} {:>11} {:>11}  effect, its 95 % interval",
        side(&report.a),
        side(&report.b),
        samples.kept.total(),
        samples.added.total(),
        samples.left_out.total(),
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
                (Some(effect), Some(size)) =>
                    format!("{effect:+.3} {size} {}, {}", change.direction, interval(change)),
                _ => "not defined".to_owned(),
            }
        );
    }
    if let Some(moved) = &report.moved {
        out.push_str(&moved_text(moved));
    }
    let _ = write!(
        out,
        "\n\nThe samples: assay samples --dataset {} --snapshot {} --where \"added_since = '{}'\"\n\
         and --dataset {} --snapshot {} --where \"left_out_of = '{}'\"",
        one_line(&report.b.dataset),
        report.b.snapshot,
        side(&report.a),
        one_line(&report.a.dataset),
        report.a.snapshot,
        side(&report.b),
    );
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

/// The interval of an effect, or why there is none.
fn interval(change: &Change) -> String {
    match (change.effect_interval, change.interval_kind) {
        (Some([low, high]), _) => format!("{low:+.3} to {high:+.3}"),
        (None, "exact") => "a count, exact".to_owned(),
        (None, _) => "no interval known".to_owned(),
    }
}

/// The sources that moved the machine share most.
fn moved_text(moved: &Moved) -> String {
    const MACHINE: usize = 2;
    let mut groups: Vec<_> = moved
        .groups
        .iter()
        .filter(|group| group.points[MACHINE] != 0.0)
        .collect();
    groups.sort_by(|one, other| other.points[MACHINE].abs().total_cmp(&one.points[MACHINE].abs()));
    if groups.is_empty() {
        return String::new();
    }
    let mut out = format!("\n\nwhat moved the machine share, points by {}", moved.by);
    for group in groups.iter().take(MOVED) {
        let name = if group.name.is_empty() {
            "none"
        } else {
            &group.name
        };
        let name: String = one_line(name).chars().take(38).collect();
        let _ = write!(out, "\n{name:<38} {:+.2}", group.points[MACHINE] * 100.0);
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
