//! Releases, as the window previews and writes them; and the way of one sample.

use std::sync::Arc;

use assay_model::{Code, Digest, Fault};

use super::{Desk, Open, lock};
use crate::answers::Key;
use crate::releasing::{self, OriginCounts, PolicyText, ReleaseOrder, ReleasePreview, RuleCost, ShardFormat};
use crate::review::{saved_entry, stamp};
use crate::wire::{
    LineageStep, OriginCount, ReleaseAblation, ReleaseAnswer, ReleaseDone, ReleasePlan, ReleasePolicy,
    ReleaseRequest, ReleaseRule, ReleaseTail, ReleaseWriteAnswer, ReleaseWriteRequest, SampleRequest,
};
use crate::{lineage, samples};

/// A release that was planned or written in this session, and for which question.
pub(super) struct Kept<T> {
    key: String,
    value: Arc<T>,
}

impl<T> Kept<T> {
    fn of(kept: Option<&Self>, key: &str) -> Option<Arc<T>> {
        kept.filter(|kept| kept.key == key).map(|kept| kept.value.clone())
    }
}

impl Desk {
    pub fn release_policy(&self) -> Result<ReleasePolicy, Fault> {
        Ok(ReleasePolicy {
            text: releasing::default_policy().to_owned(),
        })
    }

    /// What a release would be, or the job that plans it. A policy that cannot be read is a fault at its line, at once.
    pub fn release_preview(&self, request: &ReleaseRequest) -> Result<ReleaseAnswer, Fault> {
        let open = self.open()?;
        let order = order(request, ShardFormat::default());
        releasing::check_policy(&request.policy)?;
        let key = open.release_key(request)?;
        if let Some(prepared) = Kept::of(lock(&open.prepared).as_ref(), key.as_str()) {
            return Ok(ReleaseAnswer {
                job: None,
                answer: Some(plan(prepared.preview())),
            });
        }
        let (beside, worker, of) = (open.clone(), self.worker.clone(), key.as_str().to_owned());
        let about = format!("a release of {}", request.dataset);
        let job = self.jobs.look("release", &about, key.as_str(), move |task| {
            let ledger = beside.workspace.ledger()?;
            let prepared = releasing::prepare(&beside.workspace, &ledger, &order, &worker, task)?;
            *lock(&beside.prepared) = Some(Kept {
                key: of,
                value: Arc::new(prepared),
            });
            Ok(())
        });
        Ok(ReleaseAnswer {
            job: Some(job),
            answer: None,
        })
    }

    /// Writes what was previewed, in a job; the same entry again answers with what was written.
    pub fn release_write(&self, request: &ReleaseWriteRequest) -> Result<ReleaseWriteAnswer, Fault> {
        let open = self.open()?;
        if let Some(done) = Kept::of(lock(&open.released).as_ref(), &request.entry) {
            return Ok(ReleaseWriteAnswer {
                job: None,
                answer: Some(done.as_ref().clone()),
            });
        }
        let folder = self.path(&request.handle)?;
        open.workspace.check_export(&folder)?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let key = open.release_key(&request.release)?;
        let prepared = Kept::of(lock(&open.prepared).as_ref(), key.as_str()).ok_or_else(changed)?;
        let format = format_of(&request.format)?;
        let (beside, worker, entry) = (open.clone(), self.worker.clone(), request.entry.clone());
        let reason = request.reason.clone();
        let about = format!("a release of {}", request.release.dataset);
        let job = self
            .jobs
            .look("releasing", &about, &format!("write {entry}"), move |task| {
                let prepared = prepared.in_format(format);
                let reader = beside.workspace.ledger()?;
                let filled = releasing::fill(
                    &beside.workspace,
                    &reader,
                    &stamp,
                    &prepared,
                    &folder,
                    (&worker, task),
                )?;
                task.check()?;
                let mut ledger = lock(&beside.ledger);
                let written = filled.record(&beside.workspace, &mut ledger, (&stamp, &reason), &prepared)?;
                let entry = ledger
                    .entry(written.entry)?
                    .ok_or_else(|| Fault::internal("releasing", "it was not recorded"))?;
                drop(ledger);
                let done = ReleaseDone {
                    saved: saved_entry(&entry),
                    folder: written.folder,
                    files: written.files,
                    samples: written.preview.samples,
                    rows: written.preview.rows,
                    manifest: written.manifest.hex(),
                };
                *lock(&beside.released) = Some(Kept {
                    key: entry.id.to_string(),
                    value: Arc::new(done),
                });
                Ok(())
            });
        Ok(ReleaseWriteAnswer {
            job: Some(job),
            answer: None,
        })
    }

    /// The sample's way, from its file to the releases that hold it.
    pub fn sample_lineage(&self, request: &SampleRequest) -> Result<Vec<LineageStep>, Fault> {
        let open = self.open()?;
        let decided = open.decided()?;
        let snapshot = open.snapshot_of(request.sample)?;
        let index = lock(&open.index);
        let detail = open.with_texts(&snapshot, |texts| {
            samples::detail(&index, texts, &snapshot, request.sample, &decided)
        })?;
        let digest = crate::review::digest(&detail.digest)?;
        let ledger = open.workspace.ledger()?;
        let sight = ledger.seen_by(&open.reader())?;
        lineage::of(&open.workspace, &index, &sight, (&snapshot, &digest), &detail)
    }
}

impl Open {
    /// Another one once the snapshot, the policy or anything in the ledger changes.
    fn release_key(&self, request: &ReleaseRequest) -> Result<Key, Fault> {
        let decided = lock(&self.ledger).size()?.to_string();
        let index = lock(&self.index);
        let snapshot = index.snapshot(Some(&request.dataset), request.snapshot)?;
        let state = index.state_of(&snapshot)?.hex();
        let policy = Digest::of(request.policy.as_bytes()).hex();
        let number = snapshot.number.to_string();
        let rest = format!("{:?} {:?}", request.seed, request.ablations);
        Ok(Key::of(
            "release",
            &[&request.dataset, &number, &state, &decided, &policy, &rest],
        ))
    }
}

fn order(request: &ReleaseRequest, format: ShardFormat) -> ReleaseOrder {
    ReleaseOrder {
        dataset: Some(request.dataset.clone()),
        snapshot: request.snapshot,
        policy: Some(PolicyText {
            text: request.policy.clone(),
            path: "policy".to_owned(),
        }),
        seed: request.seed,
        format,
        ablations: request.ablations.clone(),
    }
}

fn format_of(word: &str) -> Result<ShardFormat, Fault> {
    match word {
        "jsonl" => Ok(ShardFormat::Jsonl),
        "parquet" => Ok(ShardFormat::Parquet),
        other => Err(Fault::new(
            Code::Usage,
            format!("`{}` is no format of shards", assay_model::fault::one_line(other)),
            "say jsonl or parquet",
        )),
    }
}

fn changed() -> Fault {
    Fault::new(
        Code::NotAllowed,
        "something was decided or measured since the release was previewed; nothing was written",
        "look at the preview again",
    )
}

fn plan(preview: ReleasePreview) -> ReleasePlan {
    ReleasePlan {
        policy: preview.policy,
        seed: preview.seed,
        candidates: preview.candidates,
        samples: preview.samples,
        rows: preview.rows,
        tokens: preview.tokens,
        origins: count(preview.origins),
        rules: preview.rules.into_iter().map(rule).collect(),
        gold_exact: preview.gold.exact,
        gold_normalised: preview.gold.normalised,
        gold_near: preview.gold.near,
        not_compared: preview.gold.not_compared,
        weights: preview.weights.map(|[least, greatest]| (least, greatest)),
        weights_locked: preview.weights_locked,
        signed_off: preview.signed_off,
        ablations: preview
            .ablations
            .iter()
            .map(|set| ReleaseAblation {
                ratio: set.ratio,
                samples: set.samples,
            })
            .collect(),
    }
}

fn rule(cost: RuleCost) -> ReleaseRule {
    ReleaseRule {
        rule: cost.rule,
        samples: cost.samples,
        tokens: cost.tokens,
        before: count(cost.before),
        after: count(cost.after),
        tail: cost
            .tail
            .into_iter()
            .map(|class| ReleaseTail {
                dimension: class.dimension,
                class: class.class,
                before: class.before,
                after: class.after,
            })
            .collect(),
    }
}

fn count(origins: OriginCounts) -> OriginCount {
    OriginCount {
        human: origins.human,
        machine: origins.machine,
        mixed: origins.mixed,
        unknown: origins.unknown,
    }
}
