//! How does an act become an entry that a power cut cannot take back?

use assay_model::{Code, Digest, Fault};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::faults::{self, Doing};
use crate::projection::{self, Breach};
use crate::{Draft, Entry, Event, Ledger, bulk, items_digest, log};

impl Ledger {
    /// Records the drafts in order, all or none; durable when it returns.
    ///
    /// Idempotent by id: a draft whose id is recorded with the same actor, act and note answers with
    /// that entry (its time stands); one with other content is refused.
    pub fn append(&mut self, drafts: &[Draft]) -> Result<Vec<Entry>, Fault> {
        self.may_write()?;
        match self.record(drafts) {
            Ok(entries) => Ok(entries),
            Err(Stopped::BeforeCommit(fault)) => Err(fault),
            Err(Stopped::AtCommit(fault)) => self.look_again(drafts, fault),
        }
    }

    fn record(&mut self, drafts: &[Draft]) -> Result<Vec<Entry>, Stopped> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing("starting to record")
            .map_err(Stopped::BeforeCommit)?;
        let entries = drafts
            .iter()
            .map(|draft| record_one(&transaction, draft))
            .collect::<Result<Vec<_>, _>>()
            .map_err(Stopped::BeforeCommit)?;
        transaction
            .commit()
            .doing("recording")
            .map_err(Stopped::AtCommit)?;
        Ok(entries)
    }

    /// A commit that failed may be durable all the same; only a fresh connection can tell.
    fn look_again(&mut self, drafts: &[Draft], fault: Fault) -> Result<Vec<Entry>, Fault> {
        self.reconnect()?;
        let found = drafts
            .iter()
            .map(|draft| match log::by_id(&self.connection, draft.id)? {
                Some(entry) => same_act(&self.connection, draft, &entry).map(|()| Some(entry)),
                None => Ok(None),
            })
            .collect::<Result<Option<Vec<_>>, Fault>>()?;
        found.ok_or(fault)
    }
}

enum Stopped {
    BeforeCommit(Fault),
    AtCommit(Fault),
}

fn record_one(transaction: &Transaction<'_>, draft: &Draft) -> Result<Entry, Fault> {
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
fn tail(connection: &Connection) -> Result<(u64, Option<Digest>), Fault> {
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
