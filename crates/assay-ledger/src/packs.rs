//! Which packs were issued or opened here, and what came back with them?

use assay_model::{Digest, Fault, merkle::TreeHasher};
use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use crate::Ledger;
use crate::faults::Doing;

/// A pack that was issued from here, or opened here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedPack {
    pub id: Uuid,
    /// Entry that issued or opened it.
    pub seq: u64,
    /// Issued from here; opened here otherwise.
    pub issued: bool,
    pub queue: Uuid,
    /// Its recipient.
    pub person: String,
    /// Version of the queue's rubric that it asks.
    pub version: u64,
    /// The act from which on two returns differ.
    pub quarantined_from: Option<u64>,
}

impl Ledger {
    /// Every pack, in the order of their entries.
    pub fn packs(&self) -> Result<Vec<IssuedPack>, Fault> {
        let sql = "SELECT id, seq, side = 'issued', queue, person, version, quarantined_from FROM pack ORDER BY seq";
        self.rows(sql, &[], pack)
    }

    /// The links of what came back with a pack, in order.
    pub fn feed(&self, pack: Uuid) -> Result<Vec<Digest>, Fault> {
        let sql = "SELECT chain FROM feed WHERE pack = ? ORDER BY place";
        self.rows(sql, &[pack.as_bytes()], |row| Ok(Digest(row.get(0)?)))
    }

    /// The RFC 6962 tree hash over the first `entries` entries.
    pub fn root_at(&self, entries: u64) -> Result<Digest, Fault> {
        let sql = "SELECT leaf FROM entry WHERE seq < ? ORDER BY seq";
        let mut tree = TreeHasher::default();
        for leaf in self.rows(sql, &[&entries], |row| row.get(0))? {
            tree.push(Digest(leaf));
        }
        Ok(tree.root())
    }

    /// The note beside an entry with its salt.
    pub fn salted_note(&self, entry: Uuid) -> Result<Option<([u8; 16], String)>, Fault> {
        self.connection
            .prepare_cached("SELECT salt, text FROM note WHERE entry = ?")
            .and_then(|mut select| {
                select
                    .query_row([entry.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })
            .doing("reading a note")
    }
}

fn pack(row: &Row<'_>) -> rusqlite::Result<IssuedPack> {
    Ok(IssuedPack {
        id: Uuid::from_bytes(row.get(0)?),
        seq: row.get(1)?,
        issued: row.get(2)?,
        queue: Uuid::from_bytes(row.get(3)?),
        person: row.get(4)?,
        version: row.get(5)?,
        quarantined_from: row.get(6)?,
    })
}
