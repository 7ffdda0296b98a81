//! How does an act become an entry that a power cut cannot take back?

use assay_model::{Code, Digest, Fault};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::faults::{self, Doing};
use crate::journal::{Frame, FramedEntry, FramedNote};
use crate::projection::{self, Breach};
use crate::{Draft, Entry, Event, Ledger, bulk, items_digest, log};

impl Ledger {
    /// Records the drafts in order, all or none; durable when it returns.
    ///
    /// Idempotent by id: a draft whose id is recorded with the same actor, act and note answers with
    /// that entry (its time stands); one with other content is refused.
    pub fn append(&mut self, drafts: &[Draft]) -> Result<Vec<Entry>, Fault> {
        self.save(|transaction| {
            let (mut next, _) = tail(transaction)?;
            let mut entries = Vec::with_capacity(drafts.len());
            let mut added = Vec::new();
            for draft in drafts {
                let entry = record_one(transaction, draft)?;
                if entry.seq == next {
                    added.push(framed(transaction, draft, &entry)?);
                    next += 1;
                }
                entries.push(entry);
            }
            Ok((entries, (!added.is_empty()).then_some(Frame::Entries(added))))
        })
    }
}

/// The entry as the journal holds it, with the salt that its note was given.
fn framed(connection: &Connection, draft: &Draft, entry: &Entry) -> Result<FramedEntry, Fault> {
    let note = match &draft.note {
        None => None,
        Some(text) => {
            let salt = connection
                .prepare_cached("SELECT salt FROM note WHERE entry = ?")
                .and_then(|mut select| select.query_row([entry.id.as_bytes()], |row| row.get(0)))
                .doing("reading the salt of a note")?;
            Some(FramedNote {
                salt,
                text: text.clone(),
            })
        }
    };
    Ok(FramedEntry {
        seq: entry.seq,
        body: entry.body.clone(),
        note,
        items: draft.items.clone(),
    })
}

/// Records one draft, or finds the entry that an earlier try recorded.
pub(crate) fn record_one(transaction: &Transaction<'_>, draft: &Draft) -> Result<Entry, Fault> {
    check(draft)?;
    if let Some(entry) = log::by_id(transaction, draft.id)? {
        same_act(transaction, draft, &entry)?;
        return Ok(entry);
    }
    let doing = "recording an entry";
    let salted = match (&draft.note, draft.salt) {
        (Some(text), Some(salt)) => Some((note_digest(&salt, text), salt)),
        (Some(text), None) => Some(salt(transaction, text)?),
        (None, _) => None,
    };
    let (seq, previous) = tail(transaction)?;
    let entry = Entry::seal(draft, seq, salted.as_ref().map(|(digest, _)| *digest), previous)?;
    transaction
        .prepare_cached("INSERT INTO entry (seq, id, body, leaf) VALUES (?, ?, ?, ?)")
        .and_then(|mut insert| insert.execute(params![seq, entry.id.as_bytes(), entry.body, entry.leaf.0]))
        .doing(doing)?;
    if let (Some(text), Some((_, salt))) = (&draft.note, salted) {
        transaction
            .prepare_cached("INSERT INTO note (entry, salt, text) VALUES (?, ?, ?)")
            .and_then(|mut insert| insert.execute(params![entry.id.as_bytes(), salt, text]))
            .doing(doing)?;
    }
    keep_items(transaction, draft)?;
    match projection::apply(transaction, &entry) {
        Ok(()) => Ok(entry),
        Err(Breach::Rule(why)) => Err(Fault::new(Code::NotAllowed, why, "nothing was recorded")),
        Err(Breach::Sqlite(error)) => Err(faults::from_sqlite(doing, &error)),
    }
}

/// Keeps the list beside its entry.
fn keep_items(transaction: &Transaction<'_>, draft: &Draft) -> Result<(), Fault> {
    if let Event::BulkActed { .. } = draft.event {
        return bulk::keep_items(transaction, draft);
    }
    for (position, sample) in (0_u64..).zip(&draft.items) {
        transaction
            .prepare_cached("INSERT INTO queue_item (queue, position, sample) VALUES (?, ?, ?)")
            .and_then(|mut insert| insert.execute(params![draft.id.as_bytes(), position, sample.0]))
            .doing("freezing the queue")?;
    }
    Ok(())
}

fn check(draft: &Draft) -> Result<(), Fault> {
    if draft.actor.trim().is_empty() {
        return Err(Fault::new(Code::Usage, "an entry needs an actor", "say who acts"));
    }
    if !matches!(draft.id.get_version_num(), 7 | 8) {
        return Err(Fault::new(
            Code::Usage,
            format!("`{}` is not a UUIDv7", draft.id),
            "make a new id",
        ));
    }
    let holds = match &draft.event {
        Event::QueueCreated { terms } => {
            terms.items == items_digest(&draft.items) && terms.size == draft.items.len() as u64
        }
        Event::BulkActed { terms } => {
            terms.items == items_digest(&draft.items)
                && terms.size == draft.items.len() as u64
                && draft.items.is_sorted_by(|a, b| a < b)
        }
        _ => draft.items.is_empty(),
    };
    if holds {
        Ok(())
    } else {
        Err(Fault::internal(
            "recording a list of samples",
            "the list is not the one that its terms state",
        ))
    }
}

fn same_act(connection: &Connection, draft: &Draft, entry: &Entry) -> Result<(), Fault> {
    let note: Option<String> = connection
        .prepare_cached("SELECT text FROM note WHERE entry = ?")
        .and_then(|mut select| {
            select
                .query_row([entry.id.as_bytes()], |row| row.get(0))
                .optional()
        })
        .doing("reading a note")?;
    let same = draft.actor == entry.actor && draft.event == entry.event && draft.note == note;
    if same && draft.feed == entry.feed {
        return Ok(());
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!(
            "entry id {} is taken by entry {}, which says something else",
            draft.id, entry.seq
        ),
        "repeat an act unchanged, or make a new id",
    ))
}

/// The next entry's number and the leaf it follows.
pub(crate) fn tail(connection: &Connection) -> Result<(u64, Option<Digest>), Fault> {
    let last: Option<(u64, [u8; 32])> = connection
        .prepare_cached("SELECT seq, leaf FROM entry ORDER BY seq DESC LIMIT 1")
        .and_then(|mut select| {
            select
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })
        .doing("reading the last entry")?;
    Ok(last.map_or((0, None), |(seq, leaf)| (seq + 1, Some(Digest(leaf)))))
}

/// A fresh salt, so that short notes cannot be guessed from their digest, and the digest under it.
fn salt(connection: &Connection, text: &str) -> Result<(Digest, [u8; 16]), Fault> {
    let salt: [u8; 16] = connection
        .query_row("SELECT randomblob(16)", [], |row| row.get(0))
        .doing("salting a note")?;
    Ok((note_digest(&salt, text), salt))
}

/// The digest of a note that stands in an entry: SHA-256(salt || text).
pub fn note_digest(salt: &[u8; 16], text: &str) -> Digest {
    Digest(
        Sha256::new()
            .chain_update(salt)
            .chain_update(text)
            .finalize()
            .into(),
    )
}

impl Ledger {
    /// The note beside an entry.
    pub fn note(&self, entry: Uuid) -> Result<Option<String>, Fault> {
        self.connection
            .prepare_cached("SELECT text FROM note WHERE entry = ?")
            .and_then(|mut select| select.query_row([entry.as_bytes()], |row| row.get(0)).optional())
            .doing("reading a note")
    }
}
