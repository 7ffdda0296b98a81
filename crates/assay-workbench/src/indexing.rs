//! From folders of data to a measured snapshot.

use std::path::{Path, PathBuf};

use assay_index::{IndexRequest, Indexed, Snapshot, Watch, WorkerCommand};
use assay_model::{Code, Fault, FieldMap, Report, Task};
use assay_read::Limits;

use crate::judging::is_stale;
use crate::measuring::measure;
use crate::{Workspace, clock, origins, sources};

/// What to index, as a user says it.
#[derive(Clone, Debug)]
pub struct IndexOrder {
    /// Named after the first path where absent.
    pub dataset: Option<String>,
    pub inputs: Vec<PathBuf>,
    pub map: Option<FieldMap>,
    pub worker: WorkerCommand,
}

/// The measured snapshot, and whether it is new.
#[derive(Clone, Debug)]
pub struct IndexOutcome {
    pub snapshot: Snapshot,
    pub report: Report,
    pub new_snapshot: bool,
}

/// This program's name and version, as reports carry it.
pub fn tool() -> String {
    format!("assay {}", env!("CARGO_PKG_VERSION"))
}

/// Indexes the order's paths as the dataset's next snapshot and measures it.
///
/// Content that did not change makes no new snapshot; one that was never measured is measured now.
pub fn index(
    workspace: &Workspace,
    order: &IndexOrder,
    task: &Task,
    watch: &mut dyn FnMut(Watch<'_>),
) -> Result<IndexOutcome, Fault> {
    let inputs = order
        .inputs
        .iter()
        .map(|path| existing(path))
        .collect::<Result<Vec<_>, _>>()?;
    let first = inputs
        .first()
        .ok_or_else(|| Fault::new(Code::Usage, "no path was given", "assay index PATH"))?;
    workspace.check_inputs(&inputs)?;
    let request = IndexRequest {
        dataset: order.dataset.clone().unwrap_or_else(|| dataset_name(first)),
        inputs: inputs.clone(),
        map: order.map.clone(),
        limits: Limits::default(),
        worker: order.worker.clone(),
        tool: tool(),
        now: clock::now_text(),
    };
    check_dataset_name(&request.dataset)?;
    let mut index = workspace.index_writer()?;
    let (snapshot, new_snapshot) = match assay_index::index(&mut index, &request, task, watch)? {
        Indexed::New(snapshot) => (snapshot, true),
        Indexed::Unchanged(snapshot) => (snapshot, false),
    };
    if !new_snapshot {
        // Measuring a new one does so itself.
        origins::refresh(workspace, &mut index, task)?;
    }
    let report = match index.report(&snapshot)? {
        Some(report) if !is_stale(workspace, &index, &snapshot)? => report,
        _ => measure(workspace, &mut index, &snapshot, task)?,
    };
    let snapshot = index.snapshot(Some(&snapshot.dataset), Some(snapshot.number))?;
    Ok(IndexOutcome {
        snapshot,
        report,
        new_snapshot,
    })
}

/// The report of a snapshot; measures it first if that was interrupted, or if what the measures rest on has changed:
/// thresholds, the keep policy, judgements about its duplicates, gold among them.
pub fn report(
    workspace: &Workspace,
    dataset: Option<&str>,
    number: Option<u64>,
    task: &Task,
) -> Result<Report, Fault> {
    let index = workspace.index()?;
    let snapshot = index.snapshot(dataset, number)?;
    let mut report = match index.report(&snapshot)? {
        Some(report) if !is_stale(workspace, &index, &snapshot)? => report,
        _ => measure(workspace, &mut workspace.index_writer()?, &snapshot, task)?,
    };
    if !report.sources.is_empty() {
        let reviews = sources::reviews(&index, &snapshot, &workspace.ledger()?.seen_whole())?;
        sources::fill(&mut report.sources, &reviews);
    }
    Ok(report)
}

/// The name a dataset gets from the path it was read from.
pub fn dataset_name(path: &Path) -> String {
    let name = if path.is_dir() {
        path.file_name()
    } else {
        path.file_stem()
    };
    let name = name
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let plain = name
        .split('.')
        .next()
        .filter(|stem| !stem.is_empty())
        .unwrap_or("data");
    plain.replace('@', "-")
}

/// Names appear as `NAME@N` and in file names, so a few characters are kept out of them.
fn check_dataset_name(name: &str) -> Result<(), Fault> {
    let usable = !name.trim().is_empty()
        && name.len() <= 200
        && !name.contains(|c: char| c.is_control() || matches!(c, '@' | '/' | '\\'));
    if usable {
        return Ok(());
    }
    Err(Fault::new(
        Code::Usage,
        format!("`{}` cannot name a dataset", assay_model::fault::one_line(name)),
        "use up to 200 characters without @, / or \\",
    ))
}

/// The path as given to the reader; one with nothing there is a fault.
pub(crate) fn existing(path: &Path) -> Result<PathBuf, Fault> {
    // The path itself, not what a link leads to, decides how it is read.
    if path.symlink_metadata().is_err() {
        return Err(
            Fault::new(Code::NotFound, "there is nothing at this path", "check the path")
                .at(path.display().to_string()),
        );
    }
    std::path::absolute(path).map_err(|error| {
        Fault::new(
            Code::NotReadable,
            format!("the path cannot be used: {error}"),
            "check the path",
        )
    })
}
