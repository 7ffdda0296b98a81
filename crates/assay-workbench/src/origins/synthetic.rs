//! Datasets that are the output of a model of one's own: what is like their samples came back in.
//!
//! A mark speaks of the dataset's own samples, and of verified copies and near-duplicates of them in every other dataset's
//! latest snapshot. Of a sample with a prompt it speaks of the parts that a model can have written.

use std::collections::HashSet;

use assay_index::{AddedRow, Addition, AdditionKind, Index, Snapshot, Spoken};
use assay_ledger::{Entry, Ledger};
use assay_measure::{Alike, LEAST_TOKENS, LeakKind, LeakSettings, alike};
use assay_model::{Code, Evidence, EvidenceKind, Fault, Origin, SourceClass, Task};
use assay_review::Stamp;
use assay_review::synthetic::{self, Mark};
use serde::Serialize;

use super::{Brought, Difference, Gone};
use crate::Workspace;
use crate::measuring::columns;
use crate::samples::located;

/// A standing mark, as scripts see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Marked {
    pub dataset: String,
    pub generator: String,
    pub reason: String,
    pub by: String,
    /// RFC 3339.
    pub at: String,
    /// Of the ledger.
    pub entry: u64,
}

/// Marks a dataset of this workspace as a model's output.
pub fn mark(
    workspace: &Workspace,
    ledger: &mut Ledger,
    stamp: &Stamp,
    dataset: &str,
    generator: &str,
    reason: &str,
) -> Result<Entry, Fault> {
    // A name that nothing has would mark nothing, unseen.
    workspace.index()?.snapshot(Some(dataset), None)?;
    synthetic::mark(ledger, stamp, dataset, generator, reason)
}

/// Takes the mark off a dataset.
pub fn unmark(ledger: &mut Ledger, stamp: &Stamp, dataset: &str, reason: &str) -> Result<Entry, Fault> {
    synthetic::unmark(ledger, stamp, dataset, reason)
}

/// Every mark that stands, in the order they were made.
pub fn marks(ledger: &Ledger) -> Result<Vec<Marked>, Fault> {
    let (standing, _) = synthetic::marks(ledger)?;
    Ok(standing
        .into_iter()
        .map(|mark| Marked {
            dataset: mark.dataset,
            generator: mark.generator,
            reason: mark.reason,
            by: mark.by,
            at: mark.at,
            entry: mark.seq,
        })
        .collect())
}

/// Marks that are not in the index as they stand, or were not held against a latest snapshot.
pub(super) fn pending(index: &Index, ledger: &Ledger) -> Result<u64, Fault> {
    let (standing, _) = synthetic::marks(ledger)?;
    let known = index.additions(AdditionKind::KnownSynthetic)?;
    let gone = known
        .iter()
        .filter(|addition| standing.iter().all(|mark| mark.id.to_string() != addition.key));
    let mut pending = gone.count() as u64;
    for mark in &standing {
        pending += u64::from(!open(index, mark)?.is_empty());
    }
    Ok(pending)
}

/// Marks to bring, with the copies found, and marks that were taken back.
pub(super) fn difference(
    index: &Index,
    ledger: &Ledger,
    now: &str,
    task: &Task,
) -> Result<Difference, Fault> {
    let (standing, taken_back) = synthetic::marks(ledger)?;
    let mut difference = Difference::default();
    for addition in index.additions(AdditionKind::KnownSynthetic)? {
        if standing.iter().any(|mark| mark.id.to_string() == addition.key) {
            continue;
        }
        let unmarked = taken_back
            .iter()
            .find(|unmarked| unmarked.mark.to_string() == addition.key);
        difference.gone.push(Gone {
            kind: AdditionKind::KnownSynthetic,
            key: addition.key,
            by: unmarked.map(|unmarked| unmarked.by.clone()).unwrap_or_default(),
            at: unmarked.map_or_else(|| now.to_owned(), |unmarked| unmarked.at.clone()),
            entry: unmarked.map(|unmarked| unmarked.seq),
        });
    }
    for mark in &standing {
        let pairs = open(index, mark)?;
        if pairs.is_empty() {
            continue;
        }
        let mut rows = Vec::new();
        for (reference, data) in &pairs {
            task.check()?;
            if reference.id == data.id {
                rows.extend(own(index, mark, reference, task)?);
            } else {
                rows.extend(copies(index, mark, reference, data, task)?);
            }
        }
        difference.brought.push(Brought {
            addition: Addition {
                kind: AdditionKind::KnownSynthetic,
                key: mark.id.to_string(),
                name: format!("dataset {} marked as output of {}", mark.dataset, mark.generator),
                actor: mark.by.clone(),
                at: mark.at.clone(),
                entry: Some(mark.seq),
            },
            rows,
            compared: pairs,
        });
    }
    Ok(difference)
}

/// Latest snapshots that were not held against the marked dataset's latest, its own among them.
fn open(index: &Index, mark: &Mark) -> Result<Vec<(Snapshot, Snapshot)>, Fault> {
    let datasets = index.datasets()?;
    // A workspace whose index was lost knows the mark before it knows the dataset again.
    if !datasets.contains(&mark.dataset) {
        return Ok(Vec::new());
    }
    let reference = index.snapshot(Some(&mark.dataset), None)?;
    let mut pairs = Vec::new();
    for dataset in datasets {
        let data = index.snapshot(Some(&dataset), None)?;
        if !index.is_compared(
            AdditionKind::KnownSynthetic,
            &mark.id.to_string(),
            &reference,
            &data,
        )? {
            pairs.push((reference.clone(), data));
        }
    }
    Ok(pairs)
}

/// The dataset's own samples, each its own copy. Evidence is kept by text, so this is said in the words, and with the strength,
/// in which it is said of copies elsewhere; short texts are left out here as there.
fn own(index: &Index, mark: &Mark, snapshot: &Snapshot, task: &Task) -> Result<Vec<AddedRow>, Fault> {
    let (samples, _) = index.all(&index.select(snapshot, None)?, task)?;
    let digests = index.digests_of(&samples)?;
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    for (number, (sample, digest)) in samples.into_iter().zip(digests).enumerate() {
        if number % 1024 == 0 {
            task.check()?;
        }
        if !seen.insert(digest) || located(index, snapshot, sample)?.tokens < u64::from(LEAST_TOKENS) {
            continue;
        }
        let itself = Alike {
            sample,
            digest,
            other: sample,
            kind: LeakKind::Exact,
            jaccard: 1.0,
            containment: 1.0,
        };
        rows.push(copy(index, mark, snapshot, &itself)?);
    }
    Ok(rows)
}

/// Samples of another snapshot that are like one of the marked dataset's.
fn copies(
    index: &Index,
    mark: &Mark,
    reference: &Snapshot,
    data: &Snapshot,
    task: &Task,
) -> Result<Vec<AddedRow>, Fault> {
    let found = alike(
        &columns(index, data)?,
        &columns(index, reference)?,
        &LeakSettings::default(),
        task,
    )?;
    let (mut rows, mut seen) = (Vec::with_capacity(found.len()), HashSet::new());
    for alike in &found {
        // Copies of one text are found once: the evidence is kept by digest.
        if seen.insert(alike.digest) {
            rows.push(copy(index, mark, reference, alike)?);
        }
    }
    Ok(rows)
}

fn copy(index: &Index, mark: &Mark, reference: &Snapshot, alike: &Alike) -> Result<AddedRow, Fault> {
    let other = located(index, reference, alike.other)?;
    let likeness = match alike.kind {
        LeakKind::Exact => "the same text as".to_owned(),
        LeakKind::Normalised => "the same normalised text as".to_owned(),
        LeakKind::Near if alike.jaccard >= LeakSettings::default().jaccard => {
            format!("Jaccard {:.2} with", alike.jaccard)
        }
        LeakKind::Near => format!("{:.0} % contained in", alike.containment * 100.0),
        LeakKind::Passage => {
            return Err(Fault::new(Code::Internal, "a shared passage is not a copy", ""));
        }
    };
    let confidence = match alike.kind {
        LeakKind::Near => (alike.jaccard.max(alike.containment) * 1000.0).round() / 1000.0,
        _ => 1.0,
    };
    Ok(AddedRow {
        digest: alike.digest,
        spoken: Spoken::Written,
        evidence: Evidence {
            part: None,
            kind: EvidenceKind::NearDuplicateOfSynthetic,
            origin: Origin::Machine,
            source_class: SourceClass::Synthetic,
            confidence,
            source: format!("dataset {}", mark.dataset),
            value: format!(
                "{likeness} {}@{}, {}:{}, {}",
                reference.dataset,
                reference.number,
                other.path,
                other.line,
                other.digest.short()
            ),
            generator: Some(mark.generator.clone()),
            record: None,
        },
    })
}
