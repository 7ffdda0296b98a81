//! Evidence that comes after indexing, as the window brings it.

use assay_model::Fault;

use super::{Desk, lock};
use crate::jobs::JobEnd;
use crate::origins;
use crate::review::stamp;
use crate::wire::{AppState, Job, SnapshotRequest, SyntheticMarkRequest, SyntheticUnmarkRequest};

impl Desk {
    /// Starts to bring all evidence up to date, and to measure what it changed.
    pub fn origins_recompute(&self, request: &SnapshotRequest) -> Result<Job, Fault> {
        let open = self.open()?;
        let workspace = open.workspace.clone();
        let dataset = request.dataset.clone();
        let latest = lock(&open.index).snapshot(Some(&dataset), None)?.number;
        self.jobs.start(
            "origins",
            &request.dataset,
            move |task, watch| {
                watch.snapshot(latest);
                let report = origins::recompute_and_measure(&workspace, &dataset, task)?;
                Ok(JobEnd {
                    snapshot: report.snapshot,
                    new_snapshot: None,
                })
            },
            || {},
        )
    }

    pub fn synthetic_mark(&self, request: &SyntheticMarkRequest) -> Result<AppState, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        origins::mark(
            &open.workspace,
            &mut lock(&open.ledger),
            &stamp,
            &request.dataset,
            &request.generator,
            &request.reason,
        )?;
        self.app_state()
    }

    pub fn synthetic_unmark(&self, request: &SyntheticUnmarkRequest) -> Result<AppState, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        origins::unmark(&mut lock(&open.ledger), &stamp, &request.dataset, &request.reason)?;
        self.app_state()
    }
}
