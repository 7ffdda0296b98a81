//! What may be said of duplicates, and how is it taken back?
//!
//! Judgements attach to digests, so they hold in every snapshot, moved file and dataset. Deliberately absent:
//! what follows from them for clusters and rates (`assay-measure`).

use assay_ledger::{Draft, DuplicateAct, DuplicateJudgement, Entry, Event, Ledger};
use assay_model::{Code, Digest, Fault, KeepPolicy};
use uuid::Uuid;

use crate::queue::derived;
use crate::{Stamp, people, record};

/// Says of one sample that it is no duplicate of any of the others: of all of them, or nothing is said. Each pair has its own
/// entry, so that each can be taken back; the last one is returned.
pub fn not_duplicate(
    ledger: &mut Ledger,
    stamp: &Stamp,
    one: Digest,
    others: &[Digest],
    reason: &str,
) -> Result<Entry, Fault> {
    if others.is_empty() || others.contains(&one) {
        return Err(Fault::new(
            Code::Usage,
            "two samples with one digest are the same text",
            "name two different samples",
        ));
    }
    people::find(ledger, &stamp.actor)?;
    let reason = stated(reason)?;
    let drafts: Vec<Draft> = others
        .iter()
        .enumerate()
        .map(|(at, &other)| {
            let event = Event::NotDuplicate {
                a: one.min(other),
                b: one.max(other),
                reason: reason.clone(),
            };
            // The first has the act's own id; the others' follow from it, so that a repetition repeats them.
            let id = match at {
                0 => stamp.entry,
                _ => derived(stamp.entry, &other.to_string()),
            };
            Draft::new(id, stamp.at, &stamp.actor, event)
        })
        .collect();
    let mut entries = ledger.append(&drafts)?;
    Ok(entries.pop().expect("each draft gives an entry"))
}

/// Says that `sample` represents its cluster in the place of `over`.
pub fn keep(
    ledger: &mut Ledger,
    stamp: &Stamp,
    sample: Digest,
    over: Digest,
    reason: &str,
) -> Result<Entry, Fault> {
    let event = Event::RepresentativeKept {
        sample,
        over,
        reason: stated(reason)?,
    };
    act(ledger, stamp, event)
}

/// Says in which order representatives are chosen. For curators and leads.
pub fn choose_policy(
    ledger: &mut Ledger,
    stamp: &Stamp,
    policy: KeepPolicy,
    reason: &str,
) -> Result<Entry, Fault> {
    let event = Event::KeepPolicyChosen {
        policy,
        reason: stated(reason)?,
    };
    act(ledger, stamp, event)
}

/// Takes a judgement back.
pub fn withdraw(ledger: &mut Ledger, stamp: &Stamp, judgement: Uuid, reason: &str) -> Result<Entry, Fault> {
    let event = Event::DuplicateJudgementWithdrawn {
        judgement,
        reason: stated(reason)?,
    };
    act(ledger, stamp, event)
}

/// The judgement that stands on a pair, if one does.
pub fn on_pair(ledger: &Ledger, one: &Digest, other: &Digest) -> Result<Option<DuplicateJudgement>, Fault> {
    let pair = DuplicateAct::NotDuplicate {
        a: *one.min(other),
        b: *one.max(other),
    };
    let standing = ledger.duplicate_judgements()?;
    Ok(standing.into_iter().find(|judgement| judgement.act == pair))
}

fn stated(reason: &str) -> Result<String, Fault> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Fault::new(
            Code::Usage,
            "an act about duplicates needs a reason",
            "say why in a few words",
        ));
    }
    Ok(reason.to_owned())
}

fn act(ledger: &mut Ledger, stamp: &Stamp, event: Event) -> Result<Entry, Fault> {
    people::find(ledger, &stamp.actor)?;
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}
