//! Evidence that comes after indexing, as the window brings it.

use assay_model::{Expression, Fault};

use super::{Desk, lock};
use crate::jobs::JobEnd;
use crate::origins;
use crate::review::{saved_entry, stamp};
use crate::wire::{
    AppState, EvidenceFileRow, EvidenceWithdrawRequest, EvidenceWithdrawal, EvidenceWithdrawn, Job,
    SnapshotRequest, SyntheticMarkRequest, SyntheticUnmarkRequest,
};

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

    /// Every file of evidence, with the samples of a snapshot that it speaks of.
    pub fn evidence_files(&self, request: &SnapshotRequest) -> Result<Vec<EvidenceFileRow>, Fault> {
        let open = self.open()?;
        let files = origins::files(&open.workspace)?;
        let index = lock(&open.index);
        let snapshot = index.snapshot(Some(&request.dataset), request.snapshot)?;
        let row = |file: origins::EvidenceFile| {
            let filter = format!("evidence_file = '{}'", file.file);
            let selection = index.select(&snapshot, Some(&Expression::parse(&filter)?))?;
            Ok(EvidenceFileRow {
                samples: index.count(&selection)?,
                filter,
                file: file.file,
                name: file.name,
                by: file.by,
                at: file.at,
                withdrawn: file.withdrawn.map(|withdrawn| EvidenceWithdrawal {
                    by: withdrawn.by,
                    at: withdrawn.at,
                    reason: withdrawn.reason,
                    entry: withdrawn.entry,
                }),
            })
        };
        files.into_iter().map(row).collect()
    }

    pub fn evidence_withdraw(&self, request: &EvidenceWithdrawRequest) -> Result<EvidenceWithdrawn, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let entry = origins::withdraw(
            &open.workspace,
            &mut lock(&open.ledger),
            &stamp,
            &request.file,
            &request.reason,
        )?;
        Ok(EvidenceWithdrawn {
            saved: saved_entry(&entry),
        })
    }
}
