//! Evidence that comes after indexing: gathered from where it stands, brought to its samples, origins recomputed.
//!
//! Three sources. Reviewers' judgements and marks on datasets stand in the ledger; files of evidence are kept in the workspace.
//! What the index holds of them is a copy that can be made anew, and `refresh` makes it agree: what is new is added, what no
//! longer stands is withdrawn. All is kept by digest, so it also finds samples that are indexed later.

pub mod derivation;
mod file;
mod judgements;
mod listing;
mod synthetic;

use assay_index::{AddedRow, Addition, AdditionKind, Index, Recomputed};
use assay_ledger::Ledger;
use assay_model::{Fault, Progress, Report, Stage, Task};
use serde::Serialize;

use crate::measuring::measure;
use crate::{Workspace, clock};

pub use file::{EvidenceAdded, EvidenceFile, WithdrawnFile, add_file, files, withdraw};
pub(crate) use listing::evidence_json;
pub use listing::{EvidenceQuery, write_evidence};
pub use synthetic::{Marked, mark, marks, unmark};

/// What stands outside the index and has not been brought to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// Reviewers' judgements made, changed or undone since.
    pub judgements: u64,
    /// Marks on datasets made, taken back, or not yet compared with the latest snapshots.
    pub marks: u64,
    /// Files of evidence added or withdrawn since.
    pub files: u64,
}

/// What recomputing came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OriginsChanged {
    /// Samples whose origin, source class, confidence or conflict changed.
    pub samples: u64,
    /// Snapshots that hold them, `NAME@N`; their reports are measured anew when they are asked for.
    pub snapshots: Vec<String>,
}

/// Evidence of one act, ready to be added.
pub(crate) struct Brought {
    pub addition: Addition,
    pub rows: Vec<AddedRow>,
    /// Snapshots compared to find it: reference and data.
    pub compared: Vec<(assay_index::Snapshot, assay_index::Snapshot)>,
}

/// An act that no longer stands.
pub(crate) struct Gone {
    pub kind: AdditionKind,
    pub key: String,
    pub by: String,
    pub at: String,
    pub entry: Option<u64>,
}

/// What a source has to say that the index does not know, and what it no longer says.
#[derive(Default)]
pub(crate) struct Difference {
    pub brought: Vec<Brought>,
    pub gone: Vec<Gone>,
}

/// Whether the index lags behind the ledger and the files of evidence.
pub fn pending(workspace: &Workspace, index: &Index, ledger: &Ledger) -> Result<Pending, Fault> {
    Ok(Pending {
        judgements: judgements::pending(index, ledger)?,
        marks: synthetic::pending(index, ledger)?,
        files: file::pending(workspace, index, ledger)?,
    })
}

/// Brings all evidence up to date and recomputes the origins it speaks of. Cancelled or failed, nothing has changed.
pub fn refresh(workspace: &Workspace, index: &mut Index, task: &Task) -> Result<Recomputed, Fault> {
    let fraction = |fraction: f64| {
        task.report(&Progress {
            stage: Stage::Origins,
            fraction,
            ..Progress::default()
        });
    };
    fraction(0.0);
    let ledger = workspace.ledger()?;
    let now = clock::now_text();
    let differences = [
        judgements::difference(index, &ledger, &now)?,
        synthetic::difference(index, &ledger, &now, task)?,
        file::difference(workspace, index, &ledger)?,
    ];
    let mut writer = index.change_evidence()?;
    for difference in differences {
        for gone in &difference.gone {
            writer.withdraw(gone.kind, &gone.key, &gone.by, &gone.at, gone.entry)?;
        }
        for brought in &difference.brought {
            let addition = writer.addition(&brought.addition)?;
            for (number, row) in brought.rows.iter().enumerate() {
                if number % 4096 == 0 {
                    task.check()?;
                }
                writer.add(addition, row)?;
            }
            for (reference, data) in &brought.compared {
                writer.compared(addition, reference, data)?;
            }
        }
    }
    writer.finish(&now, task, &fraction)
}

/// Brings all evidence up to date on demand.
pub fn recompute(workspace: &Workspace, task: &Task) -> Result<OriginsChanged, Fault> {
    let mut index = workspace.index_writer()?;
    let recomputed = refresh(workspace, &mut index, task)?;
    changed(&index, &recomputed)
}

/// Brings all evidence up to date and measures every snapshot that it changed, the latest first; then `dataset`'s latest
/// snapshot has a report that sees it all.
pub fn recompute_and_measure(workspace: &Workspace, dataset: &str, task: &Task) -> Result<Report, Fault> {
    let mut index = workspace.index_writer()?;
    let recomputed = refresh(workspace, &mut index, task)?;
    for id in recomputed.snapshots.iter().rev() {
        if let Some(snapshot) = index.snapshot_by_id(*id)? {
            measure(workspace, &mut index, &snapshot, task)?;
        }
    }
    let snapshot = index.snapshot(Some(dataset), None)?;
    match index.report(&snapshot)? {
        Some(report) => Ok(report),
        None => measure(workspace, &mut index, &snapshot, task),
    }
}

pub(crate) fn changed(index: &Index, recomputed: &Recomputed) -> Result<OriginsChanged, Fault> {
    let mut snapshots = Vec::new();
    for id in &recomputed.snapshots {
        let snapshot = index.snapshot_by_id(*id)?;
        snapshots.extend(snapshot.map(|snapshot| format!("{}@{}", snapshot.dataset, snapshot.number)));
    }
    Ok(OriginsChanged {
        samples: recomputed.samples,
        snapshots,
    })
}
