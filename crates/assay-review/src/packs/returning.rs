//! What goes back with a pack: the recipient's own acts, in their order, chained; signed, where they have a key.

use std::io::Write;

use assay_ledger::{Entry, Event, FeedAct, IssuedPack, Ledger, LogFilter, feed_link};
use assay_model::{Code, Digest, Fault};
use assay_seal::SecretKey;
use uuid::Uuid;

use super::file::{Act, Note, RETURN, ReturnHeader};
use super::opening::{line, unwritten};
use super::witness::{self, Heading};

/// Kinds of acts that a feed holds.
const KINDS: [&str; 5] = ["decided", "undone", "redone", "unsealed", "flagged"];
/// Entries read at a time.
const PAGE: u64 = 1_000;

/// Writes what the recipient of an opened pack did so far. A later return begins with all that an earlier one held. With the
/// recipient's key and the time (seconds since 1970) it is signed, and the issuer's head goes back cosigned.
pub fn write_return(
    ledger: &Ledger,
    pack: Uuid,
    signer: Option<(&SecretKey, u64)>,
    out: &mut dyn Write,
) -> Result<u64, Fault> {
    let opened = ledger
        .packs()?
        .into_iter()
        .find(|known| known.id == pack && !known.issued);
    let Some(opened) = opened else {
        return Err(Fault::new(
            Code::NotAllowed,
            format!("pack {pack} was not opened here"),
            "open it with `assay queue import`",
        ));
    };
    let acts = acts(ledger, opened.seq, opened.queue, &opened.person)?;
    let heading = Heading {
        pack,
        queue: opened.queue,
        person: &opened.person,
        acts: acts.len() as u64,
        last: acts.last().map(|act| act.chain),
    };
    let seal = signer
        .map(|signer| witness::seal(ledger, opened.seq, &heading, signer))
        .transpose()?;
    let header = ReturnHeader {
        format: RETURN.to_owned(),
        pack,
        queue: opened.queue,
        acts: heading.acts,
        person: opened.person,
        seal,
    };
    line(out, &header)?;
    for act in &acts {
        line(out, act)?;
    }
    out.flush().map_err(unwritten)?;
    Ok(header.acts)
}

/// How many acts a return of this opened pack would hold.
pub fn count_acts(ledger: &Ledger, opened: &IssuedPack) -> Result<u64, Fault> {
    Ok(acts(ledger, opened.seq, opened.queue, &opened.person)?.len() as u64)
}

fn acts(ledger: &Ledger, from: u64, queue: Uuid, person: &str) -> Result<Vec<Act>, Fault> {
    let filter = LogFilter {
        kinds: KINDS.map(str::to_owned).to_vec(),
        actor: Some(person.to_owned()),
    };
    let mut acts: Vec<Act> = Vec::new();
    let mut from = from;
    loop {
        let page = ledger.entries(&filter, from, PAGE)?;
        let Some(last) = page.last() else {
            return Ok(acts);
        };
        from = last.seq + 1;
        for entry in page
            .into_iter()
            .filter(|entry| queue_of(&entry.event) == Some(queue))
        {
            let mut act = act(ledger, entry)?;
            act.chain = act.link(person, acts.last().map(|act| act.chain).as_ref())?;
            acts.push(act);
        }
    }
}

pub(super) fn queue_of(event: &Event) -> Option<Uuid> {
    match event {
        Event::Decided { queue, .. }
        | Event::Undone { queue, .. }
        | Event::Redone { queue, .. }
        | Event::Unsealed { queue, .. }
        | Event::Flagged { queue, .. } => Some(*queue),
        _ => None,
    }
}

fn act(ledger: &Ledger, entry: Entry) -> Result<Act, Fault> {
    let note = ledger.salted_note(entry.id)?.map(|(salt, text)| Note {
        salt: Uuid::from_bytes(salt).simple().to_string(),
        text,
    });
    Ok(Act {
        id: entry.id,
        at: entry.at,
        act: entry.event,
        note,
        chain: Digest([0; 32]),
    })
}

impl Act {
    pub(super) fn salt(&self) -> Result<Option<[u8; 16]>, Fault> {
        let read = |note: &Note| {
            let salt = Uuid::try_parse(&note.salt);
            salt.map(Uuid::into_bytes)
                .map_err(|_| unusable("a note's salt is no number"))
        };
        self.note.as_ref().map(read).transpose()
    }

    /// The link that this act must have after `previous`.
    pub(super) fn link(&self, person: &str, previous: Option<&Digest>) -> Result<Digest, Fault> {
        let note = match (&self.note, self.salt()?) {
            (Some(note), Some(salt)) => Some(assay_ledger::note_digest(&salt, &note.text)),
            _ => None,
        };
        let act = FeedAct {
            id: self.id,
            at: &self.at,
            actor: person,
            event: &self.act,
            note,
        };
        feed_link(previous, &act).map_err(|error| unusable(error.to_string()))
    }
}

fn unusable(why: impl Into<String>) -> Fault {
    Fault::new(Code::InvalidDecisions, why, "ask for the file again")
}
