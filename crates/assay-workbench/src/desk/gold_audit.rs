//! How gold stands, and what reviewers' answers say of labels and signals, as the window asks for it.

use assay_model::Fault;

use super::{Desk, lock};
use crate::answers::Key;
use crate::settings::{self, WorkspaceSettings};
use crate::wire::{
    GoldAnchor, GoldSettings, LabelNoise, LabelNoiseAnswer, LabelNoiseRequest, SignalCalibration,
    SnapshotRequest,
};
use crate::{anchoring, calibrating, clock, label_noise};

impl Desk {
    pub fn gold_anchor(&self, request: &SnapshotRequest) -> Result<GoldAnchor, Fault> {
        let open = self.open()?;
        // A connection of its own: nothing else waits for this.
        let index = open.workspace.index()?;
        let snapshot = index.snapshot(Some(&request.dataset), request.snapshot)?;
        anchoring::anchor(&open.workspace, &index, &snapshot, clock::now())
    }

    pub fn gold_settings(&self, request: &GoldSettings) -> Result<GoldSettings, Fault> {
        let open = self.open()?;
        let gold = settings::GoldSettings {
            max_age_days: request.max_age_days,
            thin_below: request.thin_below,
        };
        WorkspaceSettings::set_gold(&open.workspace, gold)?;
        Ok(*request)
    }

    /// What is known of the labels, or the job that finds it out.
    pub fn label_noise(&self, request: &LabelNoiseRequest) -> Result<LabelNoiseAnswer, Fault> {
        let open = self.open()?;
        let reader = open.reader();
        let (key, snapshot) = {
            let size = lock(&open.ledger).size()?.to_string();
            let index = lock(&open.index);
            let snapshot = index.snapshot(Some(&request.dataset), request.snapshot)?;
            let state = index.state_of(&snapshot)?.hex();
            let dimension = request.dimension.as_deref().unwrap_or_default();
            (
                Key::of("label noise", &[&state, dimension, &size, &reader]),
                snapshot,
            )
        };
        if let Some(known) = open.answers.get::<LabelNoise>(&key) {
            return Ok(LabelNoiseAnswer {
                job: None,
                answer: Some(known.as_ref().clone()),
            });
        }
        let (workspace, answers, of) = (open.workspace.clone(), open.answers.clone(), key.clone());
        let dimension = request.dimension.clone();
        let about = format!("labels of {}@{}", snapshot.dataset, snapshot.number);
        let job = self.jobs.look("labels", &about, key.as_str(), move |task| {
            let ledger = workspace.ledger()?;
            let sight = ledger.seen_by(&reader)?;
            let index = workspace.index()?;
            let found = label_noise::label_noise(&index, &snapshot, &sight, dimension.as_deref(), task)?;
            answers.put(&of, found);
            Ok(())
        });
        Ok(LabelNoiseAnswer {
            job: Some(job),
            answer: None,
        })
    }

    /// Machine signals against reviewers, as far as the person at the keyboard may know.
    pub fn signal_calibration(&self, request: &SnapshotRequest) -> Result<SignalCalibration, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        let index = open.workspace.index()?;
        let snapshot = index.snapshot(Some(&request.dataset), request.snapshot)?;
        let task = assay_model::Task::silent();
        calibrating::calibration(&index, &snapshot, &ledger.seen_by(&open.reader())?, &task)
    }
}
