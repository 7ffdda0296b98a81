//! Release for training, as the window asks for it.

use assay_model::{Code, Fault};
use assay_review::releases::{self, Release, Releasing};

use super::{Desk, lock};
use crate::protecting::{self, GoldFound};
use crate::review::{saved_entry, stamp};
use crate::wire::{
    SnapshotRequest, Training, TrainingAnswer, TrainingChanged, TrainingReleaseRequest, TrainingReleased,
    TrainingWithdrawRequest,
};

impl Desk {
    /// What a snapshot holds of gold, or the job that searches it.
    pub fn training(&self, request: &SnapshotRequest) -> Result<TrainingAnswer, Fault> {
        let open = self.open()?;
        let (key, snapshot) = {
            let index = lock(&open.index);
            let snapshot = index.snapshot(Some(&request.dataset), request.snapshot)?;
            (protecting::key(&open.workspace, &index, &snapshot)?, snapshot)
        };
        if let Some(found) = open.answers.get::<GoldFound>(&key) {
            let standing = releases::standing(&lock(&open.ledger))?;
            return Ok(TrainingAnswer {
                job: None,
                answer: Some(training(&snapshot.dataset, snapshot.number, &found, standing)),
            });
        }
        let (workspace, answers, of, worker) = (
            open.workspace.clone(),
            open.answers.clone(),
            key.clone(),
            self.worker.clone(),
        );
        let about = format!("gold in {}@{}", snapshot.dataset, snapshot.number);
        let job = self.jobs.look("training", &about, key.as_str(), move |task| {
            let found = protecting::search(&workspace, &snapshot, &worker, task)?;
            answers.put(&of, found);
            Ok(())
        });
        Ok(TrainingAnswer {
            job: Some(job),
            answer: None,
        })
    }

    /// Releases a snapshot for training, on what the search of it found.
    pub fn training_release(&self, request: &TrainingReleaseRequest) -> Result<TrainingChanged, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let mut ledger = lock(&open.ledger);
        let (key, snapshot) = {
            let index = lock(&open.index);
            let snapshot = index.snapshot(Some(&request.dataset), Some(request.snapshot))?;
            (protecting::key(&open.workspace, &index, &snapshot)?, snapshot)
        };
        let found = open.answers.get::<GoldFound>(&key).ok_or_else(|| {
            Fault::new(
                Code::NotFound,
                "gold or the snapshot has changed since it was searched",
                "look at what it holds now, then release it",
            )
        })?;
        let releasing = Releasing {
            dataset: snapshot.dataset,
            snapshot: snapshot.number,
            root: snapshot.root,
            held: found.held(),
        };
        let entry = releases::release(&mut ledger, &stamp, &releasing, &request.reason)?;
        Ok(TrainingChanged {
            saved: saved_entry(&entry),
        })
    }

    pub fn training_withdraw(&self, request: &TrainingWithdrawRequest) -> Result<TrainingChanged, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let release = request.release.parse().map_err(|_| {
            Fault::new(
                Code::Usage,
                format!(
                    "`{}` is no entry id",
                    assay_model::fault::one_line(&request.release)
                ),
                "choose a release of the list",
            )
        })?;
        let entry = releases::withdraw(&mut lock(&open.ledger), &stamp, release, &request.reason)?;
        Ok(TrainingChanged {
            saved: saved_entry(&entry),
        })
    }
}

fn training(dataset: &str, snapshot: u64, found: &GoldFound, standing: Vec<Release>) -> Training {
    Training {
        dataset: dataset.to_owned(),
        snapshot,
        members: found.members,
        exact: found.exact,
        near: found.near,
        samples: found.samples,
        filter: found.filter(),
        threshold: found.threshold,
        crowded: found.crowded,
        releases: standing
            .into_iter()
            .map(|release| TrainingReleased {
                release: release.of.id.to_string(),
                dataset: release.of.dataset,
                snapshot: release.of.snapshot,
                exact: release.of.held.exact,
                near: release.of.held.near,
                reason: release.reason,
                by: release.by,
                at: release.at,
                seq: release.of.seq,
            })
            .collect(),
    }
}
