//! Duplicates in the window: pairs behind numbers, judgements and what follows from them.

use std::sync::Arc;

use assay_index::PairFilter;
use assay_ledger::DuplicateAct;
use assay_model::{Code, Fault};
use assay_review::{Entry, duplicates as judgements};

use super::{Desk, Open, lock};
use crate::across::{self, AcrossFound};
use crate::answers::Key;
use crate::jobs::JobEnd;
use crate::judging::{self, Under};
use crate::review::{digest, saved_entry, stamp};
use crate::settings::WorkspaceSettings;
use crate::wire::{
    AcrossAnswer, AcrossCount, AcrossName, AcrossPairsRequest, AcrossRequest, AcrossTable,
    DuplicateSettingsRequest, DuplicateState, Job, JudgeAct, JudgeRequest, JudgementSaved, KeepPolicyRequest,
    PairsPage, PairsRequest, PassagesPage, PassagesRequest, SnapshotRequest, StandingJudgement,
    WithdrawRequest,
};
use crate::{duplicates, measuring, pairs};

/// Rows of one page at most.
const PAGE: u64 = 200;

impl Desk {
    pub fn pairs_page(&self, request: &PairsRequest) -> Result<PairsPage, Fault> {
        let open = self.open()?;
        let snapshot = open.snapshot(&request.dataset, request.snapshot)?;
        let filter = PairFilter {
            kind: request.kind.clone(),
            accepted: request.accepted,
            judged: request.judged,
            origins: request.origins.map(|[a, b]| (a, b)),
            sources: request.sources.clone().map(|[a, b]| (a, b)),
        };
        pairs::page(
            &lock(&open.index),
            &snapshot,
            &filter,
            request.offset,
            request.limit.min(PAGE),
        )
    }

    pub fn passages_page(&self, request: &PassagesRequest) -> Result<PassagesPage, Fault> {
        let open = self.open()?;
        let snapshot = open.snapshot(&request.dataset, request.snapshot)?;
        let index = lock(&open.index);
        open.with_texts(&snapshot, |texts| {
            duplicates::passages_page(
                &index,
                texts,
                &snapshot,
                request.unit.as_deref(),
                request.offset,
                request.limit.min(PAGE),
            )
        })
    }

    pub fn duplicate_state(&self, request: &SnapshotRequest) -> Result<DuplicateState, Fault> {
        let open = self.open()?;
        let snapshot = open.snapshot(&request.dataset, request.snapshot)?;
        let index = lock(&open.index);
        let settings = WorkspaceSettings::read(&open.workspace)?.duplication;
        let under = Under::of(&open.workspace, &index, &snapshot)?;
        Ok(DuplicateState {
            stale: judging::is_stale(&open.workspace, &index, &snapshot)?,
            near_threshold: settings.near_threshold,
            removal_limit: settings.removal_limit,
            judgements: under.standing().iter().rev().map(standing).collect(),
        })
    }

    /// Records a judgement and measures the snapshot again, behind the window.
    pub fn duplicate_judge(&self, request: &JudgeRequest) -> Result<JudgementSaved, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let (a, b) = (digest(&request.a)?, digest(&request.b)?);
        let entry = match request.act {
            JudgeAct::NotDuplicate => {
                let rest = request.rest.iter().map(|sample| digest(sample));
                let others = std::iter::once(Ok(b))
                    .chain(rest)
                    .collect::<Result<Vec<_>, _>>()?;
                judgements::not_duplicate(&mut lock(&open.ledger), &stamp, a, &others, &request.reason)
            }
            JudgeAct::Keep => judgements::keep(&mut lock(&open.ledger), &stamp, a, b, &request.reason),
        }?;
        self.judged(&open, &entry, &request.dataset, request.snapshot)
    }

    pub fn duplicate_withdraw(&self, request: &WithdrawRequest) -> Result<JudgementSaved, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let judgement = request.judgement.parse().map_err(|_| {
            Fault::new(
                Code::Usage,
                "this is no entry id",
                "open the list of judgements again",
            )
        })?;
        let entry = judgements::withdraw(&mut lock(&open.ledger), &stamp, judgement, &request.reason)?;
        self.judged(&open, &entry, &request.dataset, request.snapshot)
    }

    pub fn duplicate_policy(&self, request: &KeepPolicyRequest) -> Result<JudgementSaved, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let entry =
            judgements::choose_policy(&mut lock(&open.ledger), &stamp, request.policy, &request.reason)?;
        self.judged(&open, &entry, &request.dataset, request.snapshot)
    }

    pub fn duplicate_settings(&self, request: &DuplicateSettingsRequest) -> Result<JudgementSaved, Fault> {
        let open = self.open()?;
        WorkspaceSettings::set(
            &open.workspace,
            Some(request.near_threshold),
            Some(request.removal_limit),
        )?;
        Ok(JudgementSaved {
            saved: None,
            job: self.measure_again(&open, &request.dataset, request.snapshot)?,
        })
    }

    /// Measures a snapshot whose thresholds or judgements have changed.
    pub fn measure_start(&self, request: &SnapshotRequest) -> Result<Option<Job>, Fault> {
        let open = self.open()?;
        self.measure_again(&open, &request.dataset, request.snapshot)
    }

    fn judged(
        &self,
        open: &Arc<Open>,
        entry: &Entry,
        dataset: &str,
        snapshot: Option<u64>,
    ) -> Result<JudgementSaved, Fault> {
        Ok(JudgementSaved {
            saved: Some(saved_entry(entry)),
            job: self.measure_again(open, dataset, snapshot)?,
        })
    }

    /// Starts to measure; nothing where another job runs: that one looks again when it ends, or the window offers to.
    fn measure_again(
        &self,
        open: &Arc<Open>,
        dataset: &str,
        snapshot: Option<u64>,
    ) -> Result<Option<Job>, Fault> {
        let snapshot = open.snapshot(dataset, snapshot)?;
        if self.jobs.is_busy() {
            return Ok(None);
        }
        let workspace = open.workspace.clone();
        let job = self.jobs.start(
            "measure",
            dataset,
            move |task, watch| {
                watch.snapshot(snapshot.number);
                let mut index = workspace.index_writer()?;
                // What was judged meanwhile is measured, too.
                while judging::is_stale(&workspace, &index, &snapshot)? {
                    task.check()?;
                    measuring::measure(&workspace, &mut index, &snapshot, task)?;
                }
                Ok(JobEnd {
                    snapshot: snapshot.number,
                    new_snapshot: Some(false),
                })
            },
            || {},
        )?;
        Ok(Some(job))
    }

    /// What datasets have in common as it was found before, or the job that finds it.
    pub fn across_matrix(&self, request: &AcrossRequest) -> Result<AcrossAnswer, Fault> {
        let open = self.open()?;
        let key = Key::of("across", &[&across::key(&open.workspace, &request.names)?]);
        if let Some(found) = open.across(key.as_str()) {
            return Ok(AcrossAnswer {
                job: None,
                answer: Some(table(&found, &key)),
            });
        }
        let (workspace, names) = (open.workspace.clone(), request.names.clone());
        let (of, session) = (key.clone(), Arc::downgrade(&open));
        let about = if names.is_empty() {
            "every two datasets".to_owned()
        } else {
            names.join(", ")
        };
        let job = self.jobs.look("across", &about, key.as_str(), move |task| {
            let found = Arc::new(across::find(&workspace, &names, task)?);
            if let Some(open) = session.upgrade() {
                *lock(&open.across) = Some((of.as_str().to_owned(), found));
            }
            Ok(())
        });
        Ok(AcrossAnswer {
            job: Some(job),
            answer: None,
        })
    }

    pub fn across_pairs(&self, request: &AcrossPairsRequest) -> Result<PairsPage, Fault> {
        let open = self.open()?;
        let found = open.across(&request.key).ok_or_else(|| {
            Fault::new(
                Code::NotFound,
                "what this comparison found is no longer kept",
                "compare the datasets again",
            )
        })?;
        pairs::across_page(
            &lock(&open.index),
            &found,
            (&request.a, &request.b),
            request.kind.as_deref(),
            request.offset,
            request.limit.min(PAGE),
        )
    }
}

impl Open {
    /// What sides have in common, where it was found last: for the same snapshots, thresholds and judgements.
    fn across(&self, key: &str) -> Option<Arc<AcrossFound>> {
        let known = lock(&self.across);
        let same = known.as_ref().filter(|(known, _)| known == key);
        same.map(|(_, found)| found.clone())
    }
}

fn standing(judgement: &assay_ledger::DuplicateJudgement) -> StandingJudgement {
    let (kind, a, b) = match &judgement.act {
        DuplicateAct::NotDuplicate { a, b } => ("not_duplicate", a.to_string(), b.to_string()),
        DuplicateAct::Kept { sample, over } => ("kept", sample.to_string(), over.to_string()),
        DuplicateAct::KeepPolicy(_) => ("keep_policy", String::new(), String::new()),
    };
    StandingJudgement {
        entry: judgement.id.to_string(),
        seq: judgement.seq,
        kind: kind.to_owned(),
        a,
        b,
        by: judgement.actor.clone(),
        reason: judgement.reason.clone(),
    }
}

fn table(found: &AcrossFound, key: &Key) -> AcrossTable {
    let matrix = found.matrix();
    AcrossTable {
        key: key.as_str().to_owned(),
        threshold: matrix.threshold,
        sides: matrix
            .sides
            .into_iter()
            .map(|side| AcrossName {
                name: format!("{}@{}", side.dataset, side.snapshot),
                dataset: side.dataset,
                snapshot: side.snapshot,
                samples: side.samples,
            })
            .collect(),
        cells: matrix
            .cells
            .into_iter()
            .map(|cell| AcrossCount {
                a: cell.a,
                b: cell.b,
                exact: cell.pairs.exact,
                normalised: cell.pairs.normalised,
                near: cell.pairs.near,
                samples: cell.samples,
                share: cell.share,
            })
            .collect(),
        crowded: matrix.crowded,
    }
}
