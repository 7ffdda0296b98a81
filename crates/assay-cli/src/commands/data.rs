//! Commands about data: index, report, samples.

use std::io::Write;

use assay_card::{html_report, text_report};
use assay_model::{Fault, Report};
use assay_workbench::indexing::{self, IndexOrder};
use assay_workbench::samples::{SampleQuery, write_quarantined, write_samples};
use assay_workbench::settings::WorkspaceSettings;
use assay_workbench::tails::{self, TailOrder};
use assay_workbench::{WorkerCommand, Workspace, mapping};
use serde_json::json;

use super::{Place, expression};
use crate::arguments::{IndexArguments, MeasureArguments, ReportArguments, ReportFormat, SamplesArguments};
use crate::output::{Lines, Output};
use crate::progress;

/// The width that text reports are laid out for.
const COLUMNS: usize = 80;

pub fn index(place: &Place, arguments: &IndexArguments, output: &Output) -> Result<(), Fault> {
    let map = arguments.map.as_deref().map(mapping::read_map).transpose()?;
    let workspace = place.create()?;
    keep_settings(&workspace, &arguments.measure)?;
    let order = IndexOrder {
        dataset: arguments.dataset.clone(),
        inputs: arguments.paths.clone(),
        map,
        worker: WorkerCommand::this_executable()?,
    };
    let (task, clear) = progress::task(output);
    let outcome = indexing::index(&workspace, &order, &task, &mut |_| {});
    clear();
    let outcome = outcome?;
    if output.json {
        let mut report = json!(outcome.report);
        report["new_snapshot"] = json!(outcome.new_snapshot);
        return output.result(&report, String::new);
    }
    if !outcome.new_snapshot {
        output.text(&format!(
            "Nothing has changed: snapshot {} of {} stands.\n",
            outcome.snapshot.number, outcome.snapshot.dataset
        ))?;
    }
    output.text(&text_report(&outcome.report, COLUMNS))
}

pub fn report(place: &Place, arguments: &ReportArguments, output: &Output) -> Result<(), Fault> {
    let workspace = place.open()?;
    keep_settings(&workspace, &arguments.measure)?;
    let order = TailOrder {
        dataset: arguments.snapshot.dataset.clone(),
        snapshot: arguments.snapshot.snapshot,
        unit: None,
        reference: arguments.reference.clone(),
        present_at_least: arguments.at_least,
        without: expression(arguments.without.as_deref())?,
    };
    let (task, clear) = progress::task(output);
    let report = tails::report(&workspace, &order, &task);
    clear();
    let report: Report = report?;
    match arguments.format {
        Some(ReportFormat::Html) => output.as_it_is(&html_report(&report)),
        Some(ReportFormat::Json) => Output {
            json: true,
            ..*output
        }
        .result(&report, String::new),
        Some(ReportFormat::Text) => output.text(&text_report(&report, COLUMNS)),
        None => output.result(&report, || text_report(&report, COLUMNS)),
    }
}

/// Keeps the thresholds that were given as those of the workspace.
fn keep_settings(workspace: &Workspace, arguments: &MeasureArguments) -> Result<(), Fault> {
    if arguments.near_threshold.is_some() || arguments.removal_limit.is_some() {
        WorkspaceSettings::set(workspace, arguments.near_threshold, arguments.removal_limit)?;
    }
    Ok(())
}

pub fn samples(place: &Place, arguments: &SamplesArguments) -> Result<(), Fault> {
    let filter = expression(arguments.filter.as_deref())?;
    let workspace = place.open()?;
    let which = &arguments.snapshot;
    let mut out = Lines::new();
    if arguments.quarantined {
        write_quarantined(&workspace, which.dataset.as_deref(), which.snapshot, &mut out)?;
    } else {
        let query = SampleQuery {
            dataset: which.dataset.clone(),
            snapshot: which.snapshot,
            filter,
            conflicts_only: arguments.conflicts,
            limit: arguments.limit,
            after: arguments.offset_id,
        };
        write_samples(&workspace, &query, &mut out)?;
    }
    out.flush()
        .map_err(|error| Fault::internal("writing the result", error))
}
