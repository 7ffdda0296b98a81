//! Incidents, as the window reports them and asks what is like them.

use assay_model::{Code, Fault};
use assay_review::IncidentSeverity;
use assay_review::incidents::{self, Incident, Report};

use super::{Desk, lock};
use crate::answers::Key;
use crate::judging::Under;
use crate::review::{digest, saved_entry, stamp};
use crate::wire::{
    IncidentNearest, IncidentNearestAnswer, IncidentNearestRequest, IncidentRequest, IncidentRow,
    IncidentSaved,
};
use crate::{clock, incidents as finding};

impl Desk {
    pub fn incident_report(&self, request: &IncidentRequest) -> Result<IncidentSaved, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let severity = IncidentSeverity::parse(&request.severity).ok_or_else(|| {
            Fault::new(
                Code::Usage,
                "an incident is low, medium or high",
                "choose one of them",
            )
        })?;
        let report = Report {
            title: request.title.clone(),
            text: request.text.clone(),
            sample: request.sample.as_deref().map(digest).transpose()?,
            happened: request.happened.clone(),
            severity,
        };
        let entry = incidents::report(&mut lock(&open.ledger), &stamp, &report, clock::today())?;
        Ok(IncidentSaved {
            saved: saved_entry(&entry),
            incident: entry.id.to_string(),
        })
    }

    pub fn incidents(&self) -> Result<Vec<IncidentRow>, Fault> {
        let open = self.open()?;
        let all = incidents::list(&lock(&open.ledger))?;
        Ok(all.into_iter().map(row).collect())
    }

    /// The samples that are most like an incident, or the job that finds them.
    pub fn incident_nearest(&self, request: &IncidentNearestRequest) -> Result<IncidentNearestAnswer, Fault> {
        let open = self.open()?;
        let id = request.incident.parse().map_err(|_| {
            let id = assay_model::fault::one_line(&request.incident);
            Fault::new(
                Code::Usage,
                format!("`{id}` is no entry id"),
                "choose an incident of the list",
            )
        })?;
        let incident = incidents::find(&lock(&open.ledger), id)?;
        let under = Under::everywhere(&open.workspace)?.key(&[]);
        let (key, snapshot) = {
            let index = lock(&open.index);
            let snapshot = index.snapshot(Some(&request.dataset), request.snapshot)?;
            let state = index.state_of(&snapshot)?.hex();
            let parts = [request.incident.as_str(), &state, &under];
            (Key::of("nearest to an incident", &parts), snapshot)
        };
        if let Some(known) = open.answers.get::<IncidentNearest>(&key) {
            return Ok(IncidentNearestAnswer {
                job: None,
                answer: Some(known.as_ref().clone()),
            });
        }
        let (workspace, answers, of, worker) = (
            open.workspace.clone(),
            open.answers.clone(),
            key.clone(),
            self.worker.clone(),
        );
        let about = format!("an incident in {}@{}", snapshot.dataset, snapshot.number);
        let job = self.jobs.look("incident", &about, key.as_str(), move |task| {
            let found = finding::nearest(&workspace, &snapshot, &incident, &worker, task)?;
            answers.put(&of, found);
            Ok(())
        });
        Ok(IncidentNearestAnswer {
            job: Some(job),
            answer: None,
        })
    }
}

fn row(incident: Incident) -> IncidentRow {
    IncidentRow {
        incident: incident.id.to_string(),
        seq: incident.seq,
        title: incident.of.title,
        text: incident.of.text,
        sample: incident.of.sample.map(|sample| sample.to_string()),
        happened: incident.of.happened,
        severity: incident.of.severity.as_str().to_owned(),
        by: incident.by,
        at: incident.at,
    }
}
