//! Which slices have a name, and which samples carry a flag?

use assay_model::{Digest, Fault};
use rusqlite::{Row, named_params};
use uuid::Uuid;

use crate::faults::Doing;
use crate::questions::word;
use crate::{Ledger, Sight, SliceTerms, Tier};

/// A reviewer's flag on a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    pub sample: Digest,
    pub actor: String,
    pub queue: Uuid,
    /// Entry that raised it.
    pub seq: u64,
}

impl Ledger {
    /// Every named slice, by name.
    pub fn slices(&self) -> Result<Vec<SliceTerms>, Fault> {
        let sql = "SELECT name, filter, tier, blurred FROM slice ORDER BY name";
        self.rows(sql, &[], slice)
    }

    /// The slice that stands under a name.
    pub fn slice(&self, name: &str) -> Result<Option<SliceTerms>, Fault> {
        let sql = "SELECT name, filter, tier, blurred FROM slice WHERE name = ?";
        self.row(sql, &[&name], slice)
    }

    /// Whether this person has flagged a sample in a queue.
    pub fn is_flagged(&self, queue: Uuid, actor: &str, sample: &Digest) -> Result<bool, Fault> {
        let sql = "SELECT 1 FROM flag WHERE sample = ? AND actor = ? AND queue = ?";
        let found: Option<bool> = self.row(sql, &[&sample.0, &actor, queue.as_bytes()], |row| row.get(0))?;
        Ok(found.is_some())
    }
}

impl Sight<'_> {
    /// Flags that the reader may know of: their own, those in open queues, and for keepers of gold those in queues in which
    /// they review nothing. By sample.
    pub fn flags(&self) -> Result<Vec<Flag>, Fault> {
        let doing = "reading the flags";
        let sql = "SELECT sample, actor, queue, seq FROM flag AS raised
             WHERE :whole OR actor = :reader OR queue IN (SELECT id FROM queue WHERE NOT blind)
                OR (:keeper AND NOT EXISTS
                    (SELECT 1 FROM decision AS mine WHERE mine.queue = raised.queue AND mine.actor = :reader))
             ORDER BY sample, seq";
        let ledger = self.ledger();
        let mut select = ledger.connection.prepare_cached(sql).doing(doing)?;
        let (reader, keeper, whole) = self.reading();
        let values = named_params! {":reader": reader, ":keeper": keeper, ":whole": whole};
        let rows = select
            .query_map(values, |row| {
                Ok(Flag {
                    sample: Digest(row.get(0)?),
                    actor: row.get(1)?,
                    queue: Uuid::from_bytes(row.get(2)?),
                    seq: row.get(3)?,
                })
            })
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }
}

fn slice(row: &Row<'_>) -> rusqlite::Result<SliceTerms> {
    Ok(SliceTerms {
        name: row.get(0)?,
        filter: row.get(1)?,
        tier: word(row, 2, Tier::parse)?,
        blurred: row.get(3)?,
    })
}
