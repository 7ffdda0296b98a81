//! What happens when a reviewer answers, takes back, puts back?

use assay_ledger::{Answer, Decision, Draft, Entry, Event, Ledger, Queue};
use assay_model::{Code, Digest, Fault};

use crate::{Stamp, queue, record, rubric};

/// A decision as it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decide {
    pub sample: Digest,
    pub answer: Answer,
    /// Free words, kept beside the log; empty for none.
    pub note: String,
    /// From painted to answered, where a window measured it.
    pub dwell_ms: Option<u64>,
}

/// What an answer was, in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullAnswer {
    pub answer: Answer,
    pub note: String,
}

/// Records a decision; durable when it returns. Repeating it with the same stamp changes nothing.
pub fn decide(ledger: &mut Ledger, stamp: &Stamp, queue: &Queue, decide: &Decide) -> Result<Entry, Fault> {
    queue::reviewer(ledger, &stamp.actor)?;
    let draft = draft(ledger, stamp, queue, decide)?;
    record(ledger, draft)
}

/// Checks a decision against its queue and rubric and puts it into its recorded form.
pub(crate) fn draft(ledger: &Ledger, stamp: &Stamp, queue: &Queue, decide: &Decide) -> Result<Draft, Fault> {
    if ledger.queue_position(queue.id, &decide.sample)?.is_none() {
        return Err(Fault::new(
            Code::UnknownSample,
            format!("sample {} is not in queue `{}`", decide.sample, queue.terms.name),
            "give the digest of one of its samples, as `assay queue show` prints them",
        ));
    }
    let questions = rubric::asked(ledger, queue)?;
    let event = Event::Decided {
        queue: queue.id,
        sample: decide.sample,
        rubric: questions.id.clone(),
        answer: rubric::settle(&questions, &decide.answer)?,
        dwell_ms: decide.dwell_ms,
    };
    let mut draft = Draft::new(stamp.entry, stamp.at, &stamp.actor, event);
    draft.note = Some(decide.note.trim().to_owned()).filter(|note| !note.is_empty());
    Ok(draft)
}

/// Takes this person's latest standing decision in the queue back: a compensating entry, nothing is erased. What a signed head
/// covers is not undone: it is amended.
pub fn undo(ledger: &mut Ledger, stamp: &Stamp, queue: &Queue) -> Result<Entry, Fault> {
    take_back(ledger, stamp, queue, None)
}

/// The same with a reason, as it must be for a decision that a signed head covers.
pub fn amend(ledger: &mut Ledger, stamp: &Stamp, queue: &Queue, reason: &str) -> Result<Entry, Fault> {
    take_back(ledger, stamp, queue, Some(reason.trim().to_owned()))
}

fn take_back(
    ledger: &mut Ledger,
    stamp: &Stamp,
    queue: &Queue,
    reason: Option<String>,
) -> Result<Entry, Fault> {
    if let Some(entry) = repeated(ledger, stamp, queue, "undone")? {
        return Ok(entry);
    }
    let Some(target) = ledger.undo_target(queue.id, &stamp.actor)? else {
        return Err(Fault::new(
            Code::NotAllowed,
            "there is nothing to undo in this queue",
            "",
        ));
    };
    let reason = reason.filter(|reason| !reason.is_empty());
    let signed = ledger.last_head()?.map_or(0, |head| head.checkpoint.size);
    if reason.is_none() && target.seq < signed {
        return Err(Fault::new(
            Code::ReasonNeeded,
            format!(
                "entry {} is under a signed head over {signed} entries: taking it back amends what was signed",
                target.seq
            ),
            "say why",
        ));
    }
    let event = Event::Undone {
        queue: queue.id,
        decision: target.id,
        reason,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Puts back what this person's latest undo in the queue took, unless they decided something since.
pub fn redo(ledger: &mut Ledger, stamp: &Stamp, queue: &Queue) -> Result<Entry, Fault> {
    if let Some(entry) = repeated(ledger, stamp, queue, "redone")? {
        return Ok(entry);
    }
    let Some(target) = ledger.redo_target(queue.id, &stamp.actor)? else {
        return Err(Fault::new(
            Code::NotAllowed,
            "there is nothing to redo in this queue",
            "",
        ));
    };
    let event = Event::Redone {
        queue: queue.id,
        decision: target.id,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// The entry an earlier attempt with this stamp recorded: what it aimed at is no longer the latest.
fn repeated(ledger: &Ledger, stamp: &Stamp, queue: &Queue, kind: &str) -> Result<Option<Entry>, Fault> {
    let Some(entry) = ledger.entry_by_id(stamp.entry)? else {
        return Ok(None);
    };
    let same_queue = match &entry.event {
        Event::Undone { queue: id, .. } | Event::Redone { queue: id, .. } => *id == queue.id,
        _ => false,
    };
    if same_queue && entry.event.kind() == kind && entry.actor == stamp.actor {
        return Ok(Some(entry));
    }
    Err(queue::taken(stamp, &entry))
}

/// The sample that an entry of kind decided, undone or redone changed.
pub fn changed_sample(ledger: &Ledger, entry: &Entry) -> Result<Option<Digest>, Fault> {
    match &entry.event {
        Event::Decided { sample, .. } => Ok(Some(*sample)),
        Event::Undone { decision, .. } | Event::Redone { decision, .. } => {
            match ledger.entry_by_id(*decision)?.map(|entry| entry.event) {
                Some(Event::Decided { sample, .. }) => Ok(Some(sample)),
                _ => Ok(None),
            }
        }
        _ => Ok(None),
    }
}

/// The whole answer behind a decision, its note included.
pub fn full_answer(ledger: &Ledger, decision: &Decision) -> Result<FullAnswer, Fault> {
    match ledger.entry(decision.seq)?.map(|entry| entry.event) {
        Some(Event::Decided { answer, .. }) => Ok(FullAnswer {
            answer,
            note: ledger.note(decision.id)?.unwrap_or_default(),
        }),
        _ => Err(Fault::internal(
            "reading an answer",
            format!("entry {} is not a decision", decision.seq),
        )),
    }
}
