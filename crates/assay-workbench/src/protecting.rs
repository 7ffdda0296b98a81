//! Is gold in what models are trained on?
//!
//! A snapshot is searched for gold as it is, and nearly: verified near-duplicates at the workspace's threshold, minus what
//! somebody judged to be no duplicate. What was found is kept by everything it depends on. Release for training needs such a
//! search, and where it found something, a reason. Candidates are looked for in the snapshots that were released.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use assay_index::{Index, Snapshot, WorkerCommand};
use assay_measure::{Inputs, Kind};
use assay_model::expression::{Literal, Operator};
use assay_model::{Digest, Expression, Fault, Task};
use assay_review::gold::{self, Released};
use assay_review::{GoldHeld, KeptSample, Ledger, releases};
use serde::{Deserialize, Serialize};

use crate::answers::{Answers, Key};
use crate::judging::Under;
use crate::{Workspace, leaks, measuring};

/// Digests that a filter names at most.
const NAMED: usize = 200;

/// What a snapshot holds of the gold set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GoldFound {
    pub members: u64,
    /// Members found, each once, by its strongest kind.
    pub exact: u64,
    pub near: u64,
    /// Samples of the snapshot that are, or are like, a member; copies count.
    pub samples: u64,
    /// Digests of those that are not members themselves, at most 200.
    pub near_digests: Vec<Digest>,
    /// Least Jaccard similarity of near-duplicates.
    pub threshold: f64,
    /// Texts that resemble so many others that not every pair of theirs was compared.
    pub crowded: u64,
}

impl GoldFound {
    pub fn held(&self) -> GoldHeld {
        GoldHeld {
            exact: self.exact,
            near: self.near,
        }
    }

    /// Expression of the samples behind it.
    pub fn filter(&self) -> Option<String> {
        filter(self.exact > 0, self.near_digests.iter().copied())
    }
}

/// Expression of gold itself, where there is any, and of samples by digest, at most 200.
pub(crate) fn filter(gold: bool, others: impl IntoIterator<Item = Digest>) -> Option<String> {
    let itself = Expression::Compare {
        field: "gold".to_owned(),
        operator: Operator::Equal,
        value: Literal::Boolean(true),
    };
    let others: BTreeSet<Digest> = others.into_iter().take(NAMED).collect();
    match (gold, others.is_empty()) {
        (false, true) => None,
        (true, true) => Some(itself.to_string()),
        (false, false) => Some(named(&others).to_string()),
        (true, false) => Some(Expression::Or(vec![itself, named(&others)]).to_string()),
    }
}

/// Expression of samples by their digests.
pub(crate) fn named<'a>(digests: impl IntoIterator<Item = &'a Digest>) -> Expression {
    Expression::In {
        field: "digest".to_owned(),
        values: digests
            .into_iter()
            .take(NAMED)
            .map(|digest| Literal::Text(digest.to_string()))
            .collect(),
        negated: false,
    }
}

/// The name of a search: another one once the gold set, the snapshot, the threshold or a judgement on duplicates changes.
pub(crate) fn key(workspace: &Workspace, index: &Index, snapshot: &Snapshot) -> Result<Key, Fault> {
    let under = Under::everywhere(workspace)?.key(&[]);
    let root = gold::root(&workspace.ledger()?)?.to_string();
    let state = index.state_of(snapshot)?.hex();
    Ok(Key::of("gold in a snapshot", &[&root, &state, &under]))
}

/// Searches a snapshot for the gold set.
pub fn search(
    workspace: &Workspace,
    snapshot: &Snapshot,
    worker: &WorkerCommand,
    task: &Task,
) -> Result<GoldFound, Fault> {
    let ledger = workspace.ledger()?;
    let members = kept(&ledger, gold::membership(&ledger)?)?;
    let digests: BTreeSet<Digest> = members.iter().map(|member| member.digest).collect();
    let search = Search::of(workspace, &members, worker, task)?;
    let (rows, crowded) = search.in_snapshot(&workspace.index()?, snapshot)?;
    let mut strongest: BTreeMap<Digest, Kind> = BTreeMap::new();
    for row in &rows {
        let known = strongest.entry(row.reference).or_insert(row.kind);
        *known = row.kind.min(*known);
    }
    let exact = strongest.values().filter(|kind| **kind == Kind::Exact).count() as u64;
    let samples: BTreeSet<u64> = rows.iter().map(|row| row.sample).collect();
    let others = rows.iter().map(|row| row.digest);
    let others: BTreeSet<Digest> = others.filter(|digest| !digests.contains(digest)).collect();
    Ok(GoldFound {
        members: members.len() as u64,
        exact,
        near: strongest.len() as u64 - exact,
        samples: samples.len() as u64,
        near_digests: others.into_iter().take(NAMED).collect(),
        threshold: search.reference.settings.jaccard,
        crowded,
    })
}

/// Samples of a snapshot that are gold or like it, each under its strongest kind, and how many texts resemble so many others
/// that not every pair of theirs was compared.
pub(crate) fn like_gold(
    workspace: &Workspace,
    snapshot: &Snapshot,
    worker: &WorkerCommand,
    task: &Task,
) -> Result<(HashMap<u64, Kind>, u64), Fault> {
    let ledger = workspace.ledger()?;
    let members = kept(&ledger, gold::membership(&ledger)?)?;
    let mut found: HashMap<u64, Kind> = HashMap::new();
    if members.is_empty() {
        return Ok((found, 0));
    }
    let search = Search::of(workspace, &members, worker, task)?;
    let (rows, crowded) = search.in_snapshot(&workspace.index()?, snapshot)?;
    for row in rows {
        let known = found.entry(row.sample).or_insert(row.kind);
        *known = row.kind.min(*known);
    }
    Ok((found, crowded))
}

/// Kept texts, ready to be looked for.
pub(crate) struct Search<'a> {
    reference: Inputs,
    under: Under,
    task: &'a Task,
    /// Where the texts are indexed for as long as this lasts.
    _scratch: tempfile::TempDir,
}

impl<'a> Search<'a> {
    pub(crate) fn of(
        workspace: &Workspace,
        texts: &[KeptSample],
        worker: &WorkerCommand,
        task: &'a Task,
    ) -> Result<Self, Fault> {
        let scratch = tempfile::tempdir()
            .map_err(|error| Fault::internal("making a scratch folder for the comparison", error))?;
        let under = Under::everywhere(workspace)?;
        let columns = leaks::kept_texts(texts, worker, scratch.path(), task)?.columns()?;
        let settings = under.measure_settings(columns.settings.clone());
        Ok(Self {
            reference: Inputs { settings, ..columns },
            under,
            task,
            _scratch: scratch,
        })
    }

    pub(crate) fn in_snapshot(
        &self,
        index: &Index,
        snapshot: &Snapshot,
    ) -> Result<(Vec<assay_measure::Held>, u64), Fault> {
        let data = measuring::columns(index, snapshot)?;
        assay_measure::held(&self.reference, &data, &self.under.judgements(), self.task)
    }
}

fn kept(ledger: &Ledger, digests: impl IntoIterator<Item = Digest>) -> Result<Vec<KeptSample>, Fault> {
    let mut kept = Vec::new();
    for digest in digests {
        kept.extend(ledger.kept_sample(&digest)?);
    }
    Ok(kept)
}

/// Looks for samples in every snapshot that is released for training and still here.
///
/// What was looked for in a release before is known; only new samples cost a search.
pub(crate) fn released(
    workspace: &Workspace,
    index: &Index,
    ledger: &Ledger,
    samples: &[&KeptSample],
    worker: &WorkerCommand,
) -> Result<HashMap<Digest, Released>, Fault> {
    let mut found: HashMap<Digest, Released> = HashMap::new();
    let standing = releases::standing(ledger)?;
    if standing.is_empty() || samples.is_empty() {
        return Ok(found);
    }
    let answers = Answers::of(workspace.folder());
    let under = Under::everywhere(workspace)?.key(&[]);
    let task = Task::silent();
    for release in standing {
        let Ok(snapshot) = index.snapshot(Some(&release.of.dataset), Some(release.of.snapshot)) else {
            continue;
        };
        let key = Key::of(
            "looked for in a release",
            &[&index.state_of(&snapshot)?.hex(), &under],
        );
        let mut known: BTreeMap<Digest, Option<String>> = answers
            .get::<BTreeMap<Digest, Option<String>>>(&key)
            .map(|known| known.as_ref().clone())
            .unwrap_or_default();
        let unknown: Vec<KeptSample> = samples
            .iter()
            .filter(|sample| !known.contains_key(&sample.digest))
            .map(|sample| (*sample).clone())
            .collect();
        if !unknown.is_empty() {
            known.extend(unknown.iter().map(|sample| (sample.digest, None)));
            let search = Search::of(workspace, &unknown, worker, &task)?;
            // The strongest kind of each comes first.
            for row in search.in_snapshot(index, &snapshot)?.0.into_iter().rev() {
                known.insert(row.reference, Some(row.kind.as_str().to_owned()));
            }
            answers.put(&key, known.clone());
        }
        let name = format!("{}@{}", snapshot.dataset, snapshot.number);
        for sample in samples {
            let released = found.entry(sample.digest).or_default();
            released.looked_in += 1;
            match known.get(&sample.digest).and_then(Option::as_deref) {
                None => {}
                Some("exact") => released.exact.push(name.clone()),
                Some(_) => released.near.push(name.clone()),
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_names_gold_by_itself_and_its_like_by_digest() {
        let like = Digest::of(b"like");
        assert_eq!(filter(false, []), None);
        assert_eq!(filter(true, []).as_deref(), Some("gold = true"));
        assert_eq!(
            filter(true, [like]),
            Some(format!("gold = true or digest in ('{like}')"))
        );
        let parsed = Expression::parse(&filter(false, [like]).unwrap()).unwrap();
        assert_eq!(parsed, named([&like]));
    }
}
