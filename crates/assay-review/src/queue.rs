//! What is in a queue, how far is a person, and which sample comes next?

mod order;

use assay_ledger::{Decision, Entry, Ledger, Queue, QueueTerms, StopRule, Verdict};
use assay_model::{Code, Digest, Fault};
use uuid::Uuid;

use crate::acceptance::{self, FollowUp, Ruling};
pub use order::{Preview, QueueOrder, create, draw, draw_clusters, draw_groups, preview, take_first};

use crate::sampling::{self, Estimate};
use crate::{Stamp, confidence, people, strata};

/// How far one person is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Decided; skips are not.
    pub done: u64,
    pub left: u64,
    pub approved: u64,
    pub excluded: u64,
    pub unsure: u64,
    pub skipped: u64,
    /// Share of the slice that this person would exclude, by an interval that holds at every look; none for machines, and unless
    /// the queue was drawn at random. From the answers up to the first place without one: which samples are put off depends on them.
    pub estimate: Option<Estimate>,
    /// Answers that the estimate rests on.
    pub estimated_from: u64,
    /// What the queue's rule says of these; none where there is none.
    pub ruling: Option<Ruling>,
    /// After a rejection, what the claim would cost yet.
    pub follow_up: Option<FollowUp>,
    /// Why enough was read by the queue's stopping rule; none while it was not, and where there is no such rule.
    pub enough: Option<Enough>,
}

/// Why reading may stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enough {
    /// The acceptance rule is decided.
    Decided,
    /// The interval is as narrow as was asked.
    Narrow,
}

/// One place of a queue with one person's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// From 0.
    pub position: u64,
    pub digest: Digest,
    pub answer: Option<Decision>,
}

/// Refuses a stamp whose entry id says something else already.
pub(crate) fn taken(stamp: &Stamp, entry: &Entry) -> Fault {
    Fault::new(
        Code::NotAllowed,
        format!(
            "entry id {} is taken by entry {}, which says something else",
            stamp.entry, entry.seq
        ),
        "make a new id",
    )
}

/// A UUIDv8 from another id and a word, so that a repetition repeats it.
pub(crate) fn derived(entry: Uuid, word: &str) -> Uuid {
    let digest = Digest::of(&[word.as_bytes(), entry.as_bytes()].concat());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.0[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The queue with this name or id, or a fault that lists those there are.
pub fn find(ledger: &Ledger, name_or_id: &str) -> Result<Queue, Fault> {
    if let Some(queue) = ledger.queue_named(name_or_id)? {
        return Ok(queue);
    }
    if let Ok(id) = name_or_id.parse::<Uuid>()
        && let Some(queue) = ledger.queue(id)?
    {
        return Ok(queue);
    }
    let names: Vec<String> = ledger
        .queues()?
        .into_iter()
        .map(|queue| queue.terms.name)
        .collect();
    let remedy = if names.is_empty() {
        "make one with `assay queue create`".to_owned()
    } else {
        format!("known: {}", names.join(", "))
    };
    Err(Fault::new(
        Code::UnknownQueue,
        format!("there is no queue `{name_or_id}`"),
        remedy,
    ))
}

fn by_id(ledger: &Ledger, id: Uuid) -> Result<Queue, Fault> {
    ledger
        .queue(id)?
        .ok_or_else(|| Fault::internal("reading a queue", format!("{id} is gone")))
}

/// All queues, latest first.
pub fn list(ledger: &Ledger) -> Result<Vec<Queue>, Fault> {
    ledger.queues()
}

/// The queue's sampling statement.
pub fn statement(terms: &QueueTerms) -> String {
    sampling::statement(&sampling::Chosen {
        dataset: &terms.dataset,
        snapshot: terms.snapshot,
        filter: &terms.filter,
        size: terms.size,
        population: terms.population,
        seed: terms.seed,
        ordering: terms.ordering,
        strata: terms.strata.as_ref(),
        one_per_cluster: terms.one_per_cluster,
        choice: terms.choice,
    })
}

/// How far a person is in a queue.
pub fn progress(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<Progress, Fault> {
    let reviewed = ledger.reviewed(queue.id, actor)?;
    let done = reviewed.approved + reviewed.excluded + reviewed.unsure;
    let mut progress = Progress {
        done,
        left: queue.terms.size - done,
        approved: reviewed.approved,
        excluded: reviewed.excluded,
        unsure: reviewed.unsure,
        skipped: reviewed.skipped,
        estimate: None,
        estimated_from: 0,
        ruling: None,
        follow_up: None,
        enough: None,
    };
    // Only people's answers to random draws feed estimates and rules.
    let human = ledger.person(actor)?.is_none_or(|person| person.role.is_human());
    if queue.terms.ordering.is_random() && human {
        estimate(ledger, queue, actor, &mut progress)?;
    }
    Ok(progress)
}

fn estimate(ledger: &Ledger, queue: &Queue, actor: &str, progress: &mut Progress) -> Result<(), Fault> {
    let terms = &queue.terms;
    let answered = ledger.answered_from_the_start(queue.id, actor)?;
    let draws: Vec<bool> = answered
        .iter()
        .map(|verdict| *verdict == Verdict::Exclude)
        .collect();
    let (read, defective) = (
        draws.len() as u64,
        draws.iter().filter(|drawn| **drawn).count() as u64,
    );
    progress.estimate = match &terms.strata {
        None => confidence::sequence(terms.population, &draws),
        Some(of) => strata::estimate(of, terms.seed, &draws),
    };
    progress.estimated_from = read;
    progress.ruling = terms
        .rule
        .map(|rule| acceptance::ruling(&rule, terms.size, read, defective));
    if let (Some(rule), Some(Ruling::Rejected), None) = (&terms.rule, progress.ruling, &terms.strata) {
        progress.follow_up = acceptance::follow_up(rule, terms.population, read, defective);
    }
    progress.enough = terms.stop.and_then(|stop| enough(&stop, progress));
    Ok(())
}

fn enough(stop: &StopRule, progress: &Progress) -> Option<Enough> {
    let decided = matches!(progress.ruling, Some(Ruling::Accepted | Ruling::Rejected));
    if stop.when_decided && decided {
        return Some(Enough::Decided);
    }
    let (limit, estimate) = (stop.narrower_than_ppm?, progress.estimate?);
    ((estimate.high - estimate.low) * 1e6 < limit as f64).then_some(Enough::Narrow)
}

/// Every item in its frozen order with this person's own answer.
pub fn items(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<Vec<Item>, Fault> {
    let mut answers = ledger.answers(queue.id, actor)?;
    let items = ledger.queue_items(queue)?;
    let item = |(position, digest)| Item {
        position,
        digest,
        answer: answers.remove(&digest),
    };
    Ok((0..).zip(items).map(item).collect())
}

/// One item with this person's own answer.
pub fn item(ledger: &Ledger, queue: &Queue, actor: &str, position: u64) -> Result<Item, Fault> {
    let Some(digest) = ledger.queue_item(queue.id, position)? else {
        return Err(Fault::new(
            Code::Usage,
            format!("queue `{}` has no position {position}", queue.terms.name),
            format!("positions run from 0 to {}", queue.terms.size - 1),
        ));
    };
    Ok(Item {
        position,
        digest,
        answer: ledger.answer(queue.id, actor, &digest)?,
    })
}

/// Where to go on when the queue is opened: the first item without an answer, then the first that
/// was only skipped, else the last.
pub fn position(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<u64, Fault> {
    next_after(ledger, queue, actor, None)
}

/// Where to go after `position`: the next item without an answer, round to the start; then those skipped.
pub fn next_after(ledger: &Ledger, queue: &Queue, actor: &str, position: Option<u64>) -> Result<u64, Fault> {
    let from = position.map_or(0, |position| position + 1);
    for start in [from, 0] {
        if let Some(next) = ledger.next_unanswered(queue.id, actor, start)? {
            return Ok(next);
        }
    }
    for start in [from, 0] {
        if let Some(next) = ledger.next_skipped(queue.id, actor, start)?
            && Some(next) != position
        {
            return Ok(next);
        }
    }
    Ok(position.unwrap_or(queue.terms.size - 1))
}

/// One step of a person's history in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub decision: Decision,
    pub position: u64,
    pub entry: Entry,
}

/// A person's decisions in a queue, latest first, those taken back included and marked.
pub fn history(ledger: &Ledger, queue: &Queue, actor: &str, limit: u64) -> Result<Vec<Step>, Fault> {
    let mut steps = Vec::new();
    for decision in ledger.decisions(queue.id, actor, limit)? {
        let broken = || {
            Fault::internal(
                "reading a queue's history",
                format!("entry {} is misplaced", decision.seq),
            )
        };
        let position = ledger
            .queue_position(queue.id, &decision.sample)?
            .ok_or_else(broken)?;
        let entry = ledger.entry(decision.seq)?.ok_or_else(broken)?;
        steps.push(Step {
            decision,
            position,
            entry,
        });
    }
    Ok(steps)
}

/// What this person could take back or put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeBack {
    pub can_undo: bool,
    pub can_redo: bool,
    /// Whether what an undo would take back is covered by a signed head.
    pub amends: bool,
}

impl TakeBack {
    /// `signed`: entries under the last signed head.
    pub fn of(ledger: &Ledger, queue: &Queue, actor: &str, signed: u64) -> Result<Self, Fault> {
        let undo = ledger.undo_target(queue.id, actor)?;
        Ok(Self {
            can_undo: undo.is_some(),
            can_redo: ledger.redo_target(queue.id, actor)?.is_some(),
            amends: undo.is_some_and(|decision| decision.seq < signed),
        })
    }
}

/// Refuses people who are not there; every role may review.
pub(crate) fn reviewer(ledger: &Ledger, actor: &str) -> Result<(), Fault> {
    people::find(ledger, actor).map(|_| ())
}
