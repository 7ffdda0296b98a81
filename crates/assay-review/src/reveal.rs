//! When was a reviewer shown what the machine thinks, and did they change their mind afterwards?
//!
//! Opinions stay sealed until the reviewer has answered; unsealing is an act of its own in the ledger. Deliberately
//! absent: the opinions themselves.

use std::collections::HashMap;

use assay_ledger::{Decision, Draft, Entry, Event, Ledger, LogFilter, Queue, Verdict};
use assay_model::{Code, Digest, Fault};

use crate::{Stamp, people, queue, record};

/// Entries of the ledger read at a time.
const PAGE: u64 = 1_000;

/// Unseals the machine's opinions of one sample for one person, who must have answered. The same act twice is one entry.
pub fn unseal(ledger: &mut Ledger, stamp: &Stamp, queue: &Queue, sample: &Digest) -> Result<Entry, Fault> {
    queue::reviewer(ledger, &stamp.actor)?;
    let answered = ledger
        .answer(queue.id, &stamp.actor, sample)?
        .is_some_and(|answer| answer.verdict != Verdict::Skip);
    if !answered {
        return Err(Fault::new(
            Code::NotAllowed,
            "machine opinions of this sample are sealed until you have answered",
            "answer first, then unseal",
        ));
    }
    if let Some(entry) = unsealed_by(ledger, queue, &stamp.actor)?.remove(sample) {
        return Ok(entry);
    }
    let event = Event::Unsealed {
        queue: queue.id,
        sample: *sample,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Raises this person's flag on a sample of a queue, or takes it down; what stands so already is no new entry.
pub fn flag(
    ledger: &mut Ledger,
    stamp: &Stamp,
    queue: &Queue,
    sample: &Digest,
    raised: bool,
) -> Result<Option<Entry>, Fault> {
    queue::reviewer(ledger, &stamp.actor)?;
    if let Some(entry) = ledger.entry_by_id(stamp.entry)? {
        return Ok(Some(entry));
    }
    if ledger.is_flagged(queue.id, &stamp.actor, sample)? == raised {
        return Ok(None);
    }
    let event = Event::Flagged {
        queue: queue.id,
        sample: *sample,
        raised,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event)).map(Some)
}

/// The samples of a queue that a person unsealed, each with the first entry that says so.
pub fn unsealed_by(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<HashMap<Digest, Entry>, Fault> {
    let filter = LogFilter {
        kinds: vec!["unsealed".to_owned()],
        actor: Some(actor.to_owned()),
    };
    let mut found = HashMap::new();
    let mut from = queue.seq;
    loop {
        let page = ledger.entries(&filter, from, PAGE)?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        from = last.seq + 1;
        for entry in page {
            if let Event::Unsealed { queue: id, sample } = &entry.event
                && *id == queue.id
            {
                found.entry(*sample).or_insert(entry);
            }
        }
    }
}

/// Verdicts of a queue, of whoever, that were changed after a machine's opinion was shown.
pub fn revised(ledger: &Ledger, queue: &Queue) -> Result<u64, Fault> {
    let mut found = 0;
    for person in people::humans(ledger)? {
        found += revised_by(ledger, queue, &person.name)?.len() as u64;
    }
    Ok(found)
}

/// The samples of a queue whose answer a person changed after they saw the machine's opinion.
pub fn revised_by(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<Vec<Digest>, Fault> {
    let unsealed = unsealed_by(ledger, queue, actor)?;
    if unsealed.is_empty() {
        return Ok(Vec::new());
    }
    let mut before: HashMap<Digest, Decision> = HashMap::new();
    // Latest first, whatever became of them: the first one met before the reveal is what was answered then.
    for decision in ledger.decisions(queue.id, actor, u64::MAX)? {
        let Some(reveal) = unsealed.get(&decision.sample) else {
            continue;
        };
        if decision.seq < reveal.seq && decision.verdict != Verdict::Skip {
            before.entry(decision.sample).or_insert(decision);
        }
    }
    let now = ledger.answers(queue.id, actor)?;
    let mut revised: Vec<Digest> = before
        .into_iter()
        .filter(|(sample, before)| {
            now.get(sample)
                .is_some_and(|now| (now.verdict, now.origin) != (before.verdict, before.origin))
        })
        .map(|(sample, _)| sample)
        .collect();
    revised.sort_unstable();
    Ok(revised)
}
