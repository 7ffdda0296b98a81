//! How is a dispute settled by someone who judged first and looked afterwards?
//!
//! The adjudicator answers a blank form; only then may they read the reviewers' answers, without names and in an order of
//! the sample's own; then they settle it with a cause. Deliberately absent: anything that tells an answer's author.

use std::collections::BTreeSet;

use assay_ledger::{Answer, Cause, Criterion, Decision, Draft, Entry, Event, Ledger, Queue, Rubric, Verdict};
use assay_model::{Code, Digest, Fault};
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;

use crate::{Stamp, draw, people, queue, record, rubric, verdict};

/// A sample on which reviewers differ, as an adjudicator may know it before they have answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    pub sample: Digest,
    /// The queue whose questions are asked.
    pub queue: Queue,
    /// How far apart the answers are; the list is ordered by its share.
    pub distance: Distance,
    /// Whether this adjudicator has answered and may see the reviewers' answers.
    pub begun: bool,
}

/// How far answers are apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distance {
    /// 2 where one approves and one excludes, 1 where one is unsure.
    pub verdict: u64,
    /// Distinct judgements of the origin beyond the first.
    pub origins: u64,
    /// Widest gap on one criterion.
    pub widest: u64,
    /// The criterion with that gap, by id; none where all scores are the same.
    pub criterion: Option<String>,
    /// That gap in thousandths of the criterion's whole scale.
    pub widest_share: u64,
}

impl Distance {
    /// From 0 to 1: half for the verdict (a quarter where one is unsure), a quarter for the origin, a quarter for the widest
    /// gap as a share of its scale.
    pub fn share(&self) -> f64 {
        let origin = if self.origins > 0 { 0.25 } else { 0.0 };
        self.verdict as f64 * 0.25 + origin + self.widest_share as f64 / 1000.0 * 0.25
    }
}

/// A reviewer's answer without its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unnamed {
    pub answer: Answer,
    pub note: String,
}

/// Open disputes that this person may settle, the worst first. For curators and leads; what they reviewed is left out.
pub fn disputes(ledger: &Ledger, adjudicator: &str) -> Result<Vec<Dispute>, Fault> {
    let mut found = may_settle(ledger, adjudicator)?
        .iter()
        .map(|sample| dispute(ledger, adjudicator, sample))
        .collect::<Result<Vec<_>, _>>()?;
    found.sort_by(|a, b| {
        let worst = b.distance.share().total_cmp(&a.distance.share());
        worst.then(a.sample.cmp(&b.sample))
    });
    Ok(found)
}

/// The open dispute on a sample, or a fault that says why this person may not settle it.
pub fn find(ledger: &Ledger, adjudicator: &str, sample: &Digest) -> Result<Dispute, Fault> {
    open_to(ledger, adjudicator, sample)?;
    dispute(ledger, adjudicator, sample)
}

fn dispute(ledger: &Ledger, adjudicator: &str, sample: &Digest) -> Result<Dispute, Fault> {
    let standing = ledger.standing(sample)?;
    let queue = queue_of(ledger, &standing)?;
    let rubric = rubric::asked(ledger, &queue)?;
    Ok(Dispute {
        sample: *sample,
        queue,
        distance: distance(&answers_of(ledger, &standing)?, &rubric),
        begun: !ledger.adjudication_begun(sample, adjudicator)?.is_empty(),
    })
}

/// Samples in open dispute that this person may settle, by digest.
pub fn may_settle(ledger: &Ledger, adjudicator: &str) -> Result<Vec<Digest>, Fault> {
    keeper(ledger, adjudicator)?;
    let mut open = Vec::new();
    for sample in ledger.disputed()? {
        if !has_reviewed(ledger, adjudicator, &sample)? {
            open.push(sample);
        }
    }
    Ok(open)
}

/// Records the adjudicator's own answer; from then on they may see the reviewers'.
pub fn begin(
    ledger: &mut Ledger,
    stamp: &Stamp,
    sample: &Digest,
    answer: &Answer,
    note: &str,
) -> Result<Entry, Fault> {
    if let Some(entry) = repeated(ledger, stamp, sample)? {
        return Ok(entry);
    }
    let queue = open_to(ledger, &stamp.actor, sample)?;
    let questions = rubric::asked(ledger, &queue)?;
    let event = Event::AdjudicationBegun {
        queue: queue.id,
        sample: *sample,
        rubric: questions.id.clone(),
        answer: rubric::settle(&questions, answer)?,
    };
    record(
        ledger,
        noted(Draft::new(stamp.entry, stamp.at, &stamp.actor, event), note),
    )
}

/// The draft with a note beside it, unless there are no words.
fn noted(mut draft: Draft, note: &str) -> Draft {
    draft.note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
    draft
}

/// The reviewers' answers, unnamed, in an order that depends on sample and adjudicator alone.
pub fn answers(ledger: &Ledger, adjudicator: &str, sample: &Digest) -> Result<Vec<Unnamed>, Fault> {
    open_to(ledger, adjudicator, sample)?;
    if ledger.adjudication_begun(sample, adjudicator)?.is_empty() {
        return Err(Fault::new(
            Code::NotAllowed,
            format!(
                "the answers to sample {} are sealed until you have answered",
                sample.short()
            ),
            "answer first, on a blank form",
        ));
    }
    // By content before the shuffle, so that no order of writing shows through.
    let mut answers = answers_of(ledger, &ledger.standing(sample)?)?;
    answers.sort_by_cached_key(|unnamed| format!("{unnamed:?}"));
    let seed = Digest::of(&[sample.0.as_slice(), adjudicator.as_bytes()].concat());
    let mut random = ChaCha20Rng::from_seed(seed.0);
    for place in (1..answers.len()).rev() {
        answers.swap(place, draw::below(&mut random, place as u64 + 1) as usize);
    }
    Ok(answers)
}

/// Settles the dispute, after the adjudicator's own answer.
pub fn settle(
    ledger: &mut Ledger,
    stamp: &Stamp,
    sample: &Digest,
    answer: &Answer,
    note: &str,
    cause: Cause,
) -> Result<Entry, Fault> {
    if let Some(entry) = repeated(ledger, stamp, sample)? {
        return Ok(entry);
    }
    let queue = open_to(ledger, &stamp.actor, sample)?;
    let Some(first) = ledger
        .adjudication_begun(sample, &stamp.actor)?
        .into_iter()
        .next()
    else {
        return Err(Fault::new(
            Code::NotAllowed,
            format!("you have not answered sample {} yourself", sample.short()),
            "answer first, on a blank form",
        ));
    };
    let questions = rubric::asked(ledger, &queue)?;
    let mut settles: Vec<_> = ledger
        .standing(sample)?
        .iter()
        .map(|decision| decision.id)
        .collect();
    settles.sort_unstable();
    let event = Event::Adjudicated {
        queue: queue.id,
        sample: *sample,
        rubric: questions.id.clone(),
        answer: rubric::settle(&questions, answer)?,
        first,
        cause,
        settles,
    };
    record(
        ledger,
        noted(Draft::new(stamp.entry, stamp.at, &stamp.actor, event), note),
    )
}

/// What this adjudicator answered before they saw the reviewers' answers; the latest where they answered more than once.
pub fn own_answer(
    ledger: &Ledger,
    adjudicator: &str,
    sample: &Digest,
) -> Result<Option<(Answer, Entry)>, Fault> {
    let Some(first) = ledger.adjudication_begun(sample, adjudicator)?.into_iter().next() else {
        return Ok(None);
    };
    let entry = ledger.entry_by_id(first)?;
    Ok(entry.and_then(|entry| match &entry.event {
        Event::AdjudicationBegun { answer, .. } => Some((answer.clone(), entry.clone())),
        _ => None,
    }))
}

/// The queue of a dispute that this person may settle.
fn open_to(ledger: &Ledger, adjudicator: &str, sample: &Digest) -> Result<Queue, Fault> {
    keeper(ledger, adjudicator)?;
    let refuse = |why: String, remedy: &str| Err(Fault::new(Code::NotAllowed, why, remedy));
    if has_reviewed(ledger, adjudicator, sample)? {
        return refuse(
            format!("you reviewed sample {} and cannot settle it", sample.short()),
            "ask another curator or lead",
        );
    }
    let standing = ledger.standing(sample)?;
    let differ = standing.windows(2).any(|two| two[0].verdict != two[1].verdict);
    if !differ || ledger.adjudication(sample)?.is_some() {
        return refuse(
            format!("sample {} is not in dispute", sample.short()),
            "see `assay adjudicate list`",
        );
    }
    queue_of(ledger, &standing)
}

fn keeper(ledger: &Ledger, name: &str) -> Result<(), Fault> {
    if people::find(ledger, name)?.role.may_promote() {
        return Ok(());
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!("`{name}` is neither curator nor lead; only curators and leads may adjudicate"),
        "ask a curator or a lead",
    ))
}

fn has_reviewed(ledger: &Ledger, name: &str, sample: &Digest) -> Result<bool, Fault> {
    ledger.has_reviewed(name, sample)
}

/// The queue of the latest answer: its rubric is the one that was asked last.
fn queue_of(ledger: &Ledger, standing: &[Decision]) -> Result<Queue, Fault> {
    let latest = standing.last().map(|decision| decision.queue);
    let found = latest.map(|id| ledger.queue(id)).transpose()?.flatten();
    found.ok_or_else(|| Fault::internal("reading a dispute", "its queue is gone"))
}

fn answers_of(ledger: &Ledger, standing: &[Decision]) -> Result<Vec<Unnamed>, Fault> {
    let unnamed = |decision: &Decision| {
        let full = verdict::full_answer(ledger, decision)?;
        Ok(Unnamed {
            answer: rubric::read_as(ledger, decision, full.answer)?,
            note: full.note,
        })
    };
    standing.iter().map(unnamed).collect()
}

fn distance(answers: &[Unnamed], rubric: &Rubric) -> Distance {
    let verdicts: BTreeSet<Verdict> = answers.iter().map(|unnamed| unnamed.answer.verdict).collect();
    let origins: BTreeSet<_> = answers
        .iter()
        .filter_map(|unnamed| unnamed.answer.origin)
        .collect();
    let gap = |criterion: &Criterion| {
        let scores = answers
            .iter()
            .filter_map(|unnamed| unnamed.answer.scores.get(&criterion.id));
        let (low, high) = scores.fold((u64::MAX, 0), |(low, high), score| {
            (low.min(*score), high.max(*score))
        });
        high.saturating_sub(low)
    };
    let share = |criterion: &Criterion| gap(criterion) * 1000 / criterion.max.saturating_sub(1).max(1);
    let widest = rubric
        .criteria
        .iter()
        .rev()
        .max_by_key(|criterion| share(criterion));
    let opposed = verdicts.contains(&Verdict::Approve) && verdicts.contains(&Verdict::Exclude);
    Distance {
        verdict: if opposed { 2 } else { u64::from(verdicts.len() > 1) },
        origins: (origins.len() as u64).saturating_sub(1),
        widest: widest.map_or(0, gap),
        criterion: widest
            .filter(|criterion| gap(criterion) > 0)
            .map(|criterion| criterion.id.clone()),
        widest_share: widest.map_or(0, share),
    }
}

/// The entry an earlier attempt with this stamp recorded: afterwards the dispute may no longer be open.
fn repeated(ledger: &Ledger, stamp: &Stamp, sample: &Digest) -> Result<Option<Entry>, Fault> {
    let Some(entry) = ledger.entry_by_id(stamp.entry)? else {
        return Ok(None);
    };
    let about = match &entry.event {
        Event::AdjudicationBegun { sample, .. } | Event::Adjudicated { sample, .. } => Some(sample),
        _ => None,
    };
    if about == Some(sample) && entry.actor == stamp.actor {
        return Ok(Some(entry));
    }
    Err(queue::taken(stamp, &entry))
}
