//! What models made of the samples: results brought in, listed, removed, reported on.

use std::fmt::Write;

use assay_card::{results_page, results_text};
use assay_model::fault::one_line;
use assay_model::results::RunInfo;
use assay_model::{Expression, Fault};
use assay_workbench::results::{self, AddOrder, AddOutcome, ColumnNames, FileOutcome, ReportOrder};
use serde_json::json;

use super::Place;
use crate::arguments::{ReportFormat, ResultsAddArguments, ResultsCommand, ResultsReportArguments};
use crate::output::Output;
use crate::progress;

/// Unknown keys that are listed for people; `--json` holds up to 1,000 of a file.
const LISTED: usize = 10;

pub fn results(place: &Place, command: &ResultsCommand, output: &Output) -> Result<(), Fault> {
    match command {
        ResultsCommand::Add(arguments) => add(place, arguments, output),
        ResultsCommand::List => {
            let runs = results::runs(&place.open()?)?;
            output.result(&runs, || list_text(&runs))
        }
        ResultsCommand::Remove { run } => {
            let removed = results::remove(&place.open()?, run)?;
            output.result(&json!({"run": run, "removed": removed}), || {
                format!("Removed run {} with {removed} results.", one_line(run))
            })
        }
        ResultsCommand::Report(arguments) => report(place, arguments, output),
    }
}

fn add(place: &Place, arguments: &ResultsAddArguments, output: &Output) -> Result<(), Fault> {
    let order = AddOrder {
        paths: arguments.files.clone(),
        run: arguments.run.clone(),
        dataset: arguments.dataset.clone(),
        model: arguments.model.clone(),
        checkpoint: arguments.checkpoint.clone(),
        trained_on: arguments.trained_on.clone(),
        columns: ColumnNames::parse(&arguments.column)?,
    };
    let workspace = place.open()?;
    let (task, clear) = progress::task(output);
    let outcome = results::add(&workspace, &order, &task);
    clear();
    let outcome = outcome?;
    output.result(&outcome, || added_text(&outcome))
}

fn added_text(outcome: &AddOutcome) -> String {
    let mut out = String::new();
    for file in &outcome.files {
        file_text(&mut out, file);
    }
    let _ = write!(
        out,
        "Run {} now holds {} results. Assay keeps them with the file's name and digest, not the file.",
        one_line(&outcome.run.run),
        outcome.run.results
    );
    out
}

fn file_text(out: &mut String, file: &FileOutcome) {
    let name = one_line(&file.file);
    if file.known {
        let _ = writeln!(
            out,
            "{name}: this very file is in the run already; nothing changed."
        );
        return;
    }
    let _ = writeln!(
        out,
        "{name}, {}: {} rows, {} matched, {} unknown{}{}.",
        file.format,
        file.rows,
        file.matched,
        file.unknown,
        if file.copies > 0 {
            format!(", {} copies of a text that has a result", file.copies)
        } else {
            String::new()
        },
        if file.looked_up_in.is_empty() {
            String::new()
        } else {
            format!("; ids looked up in {}", one_line(&file.looked_up_in))
        }
    );
    if !file.ignored.is_empty() {
        let ignored: Vec<String> = file.ignored.iter().map(|field| one_line(field)).collect();
        let _ = writeln!(out, "  not read: {}", ignored.join(", "));
    }
    for key in file.unknown_keys.iter().take(LISTED) {
        let _ = writeln!(out, "  unknown: {}", one_line(key));
    }
    if file.unknown > LISTED as u64 {
        let _ = writeln!(out, "  and {} more", file.unknown - LISTED as u64);
    }
}

fn list_text(runs: &[RunInfo]) -> String {
    if runs.is_empty() {
        return "No results yet: assay results add FILE --run NAME".to_owned();
    }
    let mut out = format!(
        "{:<20} {:>9} {:<20} {:<12} trained on",
        "run", "results", "model", "checkpoint"
    );
    for info in runs {
        let short = |text: &str, limit: usize| one_line(text).chars().take(limit).collect::<String>();
        let _ = write!(
            out,
            "\n{:<20} {:>9} {:<20} {:<12} {}",
            short(&info.run, 20),
            info.results,
            short(&info.model, 20),
            short(&info.checkpoint, 12),
            short(&info.trained_on, 20)
        );
        for file in &info.files {
            let _ = write!(out, "\n  {} {}", one_line(&file.name), file.digest);
        }
    }
    out
}

fn report(place: &Place, arguments: &ResultsReportArguments, output: &Output) -> Result<(), Fault> {
    let slices = arguments
        .slice
        .iter()
        .map(|text| Expression::parse(text).map_err(Fault::from))
        .collect::<Result<_, _>>()?;
    let order = ReportOrder {
        dataset: arguments.snapshot.dataset.clone(),
        snapshot: arguments.snapshot.snapshot,
        runs: arguments.run.clone(),
        dimension: arguments.dimension.clone(),
        slices,
    };
    let workspace = place.open()?;
    let (task, clear) = progress::task(output);
    let report = results::report(&workspace, &order, &task);
    clear();
    let report = report?;
    match arguments.format {
        Some(ReportFormat::Html) => output.as_it_is(&results_page(&report)),
        Some(ReportFormat::Text) => output.text(results_text(&report).trim_end()),
        Some(ReportFormat::Json) => Output {
            json: true,
            ..*output
        }
        .result(&report, String::new),
        None => output.result(&report, || results_text(&report)),
    }
}
