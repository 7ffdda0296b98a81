//! What was done to many samples at once, and to which?

use assay_model::{Code, Digest, Fault};
use rusqlite::{Row, Transaction, named_params, params};
use uuid::Uuid;

use crate::faults::{self, Doing};
use crate::sight::KNOWN;
use crate::{BulkAct, BulkTerms, Draft, Event, Ledger, Sight, items_digest};

/// One act on many samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkRecord {
    pub id: Uuid,
    pub seq: u64,
    pub actor: String,
    pub terms: BulkTerms,
    /// The entry that took it back.
    pub withdrawn: Option<u64>,
}

/// What an act says of one of its samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkMark {
    pub sample: Digest,
    /// Entry and id of the act.
    pub seq: u64,
    pub id: Uuid,
    pub actor: String,
    pub act: BulkAct,
}

/// Writes the list of a bulk act beside its entry. Gold is protected: an act that names a member is refused.
pub(crate) fn keep_items(transaction: &Transaction<'_>, draft: &Draft) -> Result<(), Fault> {
    let doing = "keeping the samples of a bulk act";
    let mut gold = transaction
        .prepare_cached("SELECT 1 FROM gold WHERE sample = ? AND revoked IS NULL")
        .doing(doing)?;
    let mut insert = transaction
        .prepare_cached("INSERT INTO bulk_item (act, sample) VALUES (?, ?)")
        .doing(doing)?;
    for sample in &draft.items {
        if gold.exists([sample.0]).doing(doing)? {
            return Err(Fault::new(
                Code::NotAllowed,
                format!(
                    "sample {} is gold; nothing is done to gold in bulk",
                    sample.short()
                ),
                "leave it out",
            ));
        }
        insert
            .execute(params![draft.id.as_bytes(), sample.0])
            .doing(doing)?;
    }
    Ok(())
}

impl Ledger {
    /// Acts on many samples, latest first, those withdrawn included.
    pub fn bulk_acts(&self) -> Result<Vec<BulkRecord>, Fault> {
        let sql = "SELECT seq, withdrawn FROM bulk_act ORDER BY seq DESC";
        let found: Vec<(u64, Option<u64>)> = self.rows(sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found
            .into_iter()
            .map(|(seq, withdrawn)| self.bulk_at(seq, withdrawn))
            .collect()
    }

    /// One act on many samples, standing or withdrawn.
    pub fn bulk_act(&self, id: Uuid) -> Result<Option<BulkRecord>, Fault> {
        let sql = "SELECT seq, withdrawn FROM bulk_act WHERE id = ?";
        let found: Option<(u64, Option<u64>)> =
            self.row(sql, &[id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found
            .map(|(seq, withdrawn)| self.bulk_at(seq, withdrawn))
            .transpose()
    }

    fn bulk_at(&self, seq: u64, withdrawn: Option<u64>) -> Result<BulkRecord, Fault> {
        let entry = self.stated(seq)?;
        match entry.event {
            Event::BulkActed { terms } => Ok(BulkRecord {
                id: entry.id,
                seq,
                actor: entry.actor,
                terms,
                withdrawn,
            }),
            _ => Err(crate::questions::misplaced(seq)),
        }
    }

    /// The samples of a bulk act in byte order, checked against the hash in its entry.
    pub fn bulk_items(&self, record: &BulkRecord) -> Result<Vec<Digest>, Fault> {
        let sql = "SELECT sample FROM bulk_item WHERE act = ? ORDER BY sample";
        let items = self.rows(sql, &[record.id.as_bytes()], |row| Ok(Digest(row.get(0)?)))?;
        if items_digest(&items) == record.terms.items {
            return Ok(items);
        }
        Err(faults::damaged(format!(
            "the samples of bulk act {} are not those that were recorded",
            record.id
        )))
    }
}

/// Whether `:reader` may know what act `act` says of `item`: they did it, or it routes to them, or it came before any answer
/// to that sample that they may not know. What came after may rest on such an answer.
fn told() -> String {
    format!(
        "(:whole OR act.actor = :reader OR (act.act = 'route' AND act.word = :reader)
          OR NOT EXISTS (SELECT 1 FROM decision AS peer
                         WHERE peer.sample = item.sample AND peer.state = 'standing' AND peer.seq < act.seq AND NOT {KNOWN}))"
    )
}

impl Sight<'_> {
    /// What the bulk acts that stand say of each sample, as far as the reader may know, in the order of the acts.
    pub fn each_bulk_mark(&self, each: impl FnMut(BulkMark)) -> Result<(), Fault> {
        self.marks("item.act = act.id", None, each)
    }

    /// The same of one sample.
    pub fn bulk_marks(&self, sample: &Digest) -> Result<Vec<BulkMark>, Fault> {
        let mut found = Vec::new();
        self.marks(
            "item.act = act.id AND item.sample = :sample",
            Some(sample),
            |mark| {
                found.push(mark);
            },
        )?;
        Ok(found)
    }

    fn marks(&self, on: &str, sample: Option<&Digest>, mut each: impl FnMut(BulkMark)) -> Result<(), Fault> {
        let doing = "reading what was done in bulk";
        let sql = format!(
            "SELECT item.sample, act.seq, act.id, act.actor, act.act, act.word
             FROM bulk_act AS act CROSS JOIN bulk_item AS item ON {on}
             WHERE act.withdrawn IS NULL AND {} ORDER BY act.seq",
            told()
        );
        let (reader, keeper, whole) = self.reading();
        let mut select = self.ledger().connection.prepare_cached(&sql).doing(doing)?;
        let mut rows = match sample {
            None => select.query(named_params! {":reader": reader, ":keeper": keeper, ":whole": whole}),
            Some(sample) => select.query(
                named_params! {":reader": reader, ":keeper": keeper, ":whole": whole, ":sample": sample.0},
            ),
        }
        .doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            each(mark(row).doing(doing)?);
        }
        Ok(())
    }
}

fn mark(row: &Row<'_>) -> rusqlite::Result<BulkMark> {
    let word: String = row.get(5)?;
    Ok(BulkMark {
        sample: Digest(row.get(0)?),
        seq: row.get(1)?,
        id: Uuid::from_bytes(row.get(2)?),
        actor: row.get(3)?,
        act: crate::questions::word(row, 4, |act| BulkAct::parse(act, &word))?,
    })
}
