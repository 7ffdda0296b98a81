//! What stands in the log, page by page?

use assay_model::{Digest, Fault, merkle::TreeHasher};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};
use uuid::Uuid;

use crate::faults::{self, Doing};
use crate::{Entry, Ledger};

/// Which entries; the default is all of them.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    /// Only these kinds; all where empty.
    pub kinds: Vec<String>,
    pub actor: Option<String>,
}

impl LogFilter {
    fn sql(&self) -> (String, Vec<Box<dyn ToSql>>) {
        let mut sql = String::from("1");
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        if !self.kinds.is_empty() {
            let marks = vec!["?"; self.kinds.len()].join(", ");
            sql.push_str(&format!(" AND kind IN ({marks})"));
            values.extend(
                self.kinds
                    .iter()
                    .map(|kind| Box::new(kind.clone()) as Box<dyn ToSql>),
            );
        }
        if let Some(actor) = &self.actor {
            sql.push_str(" AND actor = ?");
            values.push(Box::new(actor.clone()));
        }
        (sql, values)
    }
}

impl Ledger {
    /// The number of entries.
    pub fn size(&self) -> Result<u64, Fault> {
        self.connection
            .query_row("SELECT coalesce(max(seq) + 1, 0) FROM entry", [], |row| {
                row.get(0)
            })
            .doing("counting the entries")
    }

    pub fn entry(&self, seq: u64) -> Result<Option<Entry>, Fault> {
        let found = self
            .connection
            .prepare_cached("SELECT seq, body, leaf FROM entry WHERE seq = ?")
            .and_then(|mut select| select.query_row([seq], raw).optional())
            .doing("reading an entry")?;
        found.map(parsed).transpose()
    }

    pub fn entry_by_id(&self, id: Uuid) -> Result<Option<Entry>, Fault> {
        by_id(&self.connection, id)
    }

    /// The last entry.
    pub fn last_entry(&self) -> Result<Option<Entry>, Fault> {
        Ok(self.latest(&LogFilter::default(), None, 1)?.pop())
    }

    /// Entries that match, latest first, before entry number `before`, at most `limit`.
    pub fn latest(&self, filter: &LogFilter, before: Option<u64>, limit: u64) -> Result<Vec<Entry>, Fault> {
        let before = before.unwrap_or(i64::MAX as u64).min(i64::MAX as u64);
        self.page(filter, "seq < ?", "DESC", before, limit)
    }

    /// Entries that match, oldest first, from entry number `from` on, at most `limit`.
    pub fn entries(&self, filter: &LogFilter, from: u64, limit: u64) -> Result<Vec<Entry>, Fault> {
        self.page(filter, "seq >= ?", "ASC", from.min(i64::MAX as u64), limit)
    }

    fn page(
        &self,
        filter: &LogFilter,
        bound: &str,
        order: &str,
        at: u64,
        limit: u64,
    ) -> Result<Vec<Entry>, Fault> {
        let (condition, mut values) = filter.sql();
        values.push(Box::new(at));
        values.push(Box::new(limit.min(i64::MAX as u64)));
        let sql = format!(
            "SELECT seq, body, leaf FROM activity JOIN entry USING (seq)
             WHERE {condition} AND {bound} ORDER BY seq {order} LIMIT ?"
        );
        let doing = "reading the log";
        let mut select = self.connection.prepare_cached(&sql).doing(doing)?;
        let rows = select
            .query_map(rusqlite::params_from_iter(values), raw)
            .doing(doing)?;
        rows.map(|row| parsed(row.doing(doing)?)).collect()
    }

    /// How many entries match.
    pub fn count(&self, filter: &LogFilter) -> Result<u64, Fault> {
        let (condition, values) = filter.sql();
        self.connection
            .query_row(
                &format!("SELECT count(*) FROM activity WHERE {condition}"),
                rusqlite::params_from_iter(values),
                |row| row.get(0),
            )
            .doing("counting entries")
    }

    /// The RFC 6962 tree hash over all entries' bodies, from the stored leaves.
    pub fn root(&self) -> Result<Digest, Fault> {
        let doing = "hashing the ledger";
        let mut select = self
            .connection
            .prepare_cached("SELECT leaf FROM entry ORDER BY seq")
            .doing(doing)?;
        let mut tree = TreeHasher::default();
        for leaf in select.query_map([], |row| row.get(0)).doing(doing)? {
            tree.push(Digest(leaf.doing(doing)?));
        }
        Ok(tree.root())
    }
}

pub(crate) fn by_id(connection: &Connection, id: Uuid) -> Result<Option<Entry>, Fault> {
    let found = connection
        .prepare_cached("SELECT seq, body, leaf FROM entry WHERE id = ?")
        .and_then(|mut select| select.query_row([id.as_bytes()], raw).optional())
        .doing("looking for an entry")?;
    found.map(parsed).transpose()
}

/// A row of `seq, body, leaf`.
pub(crate) fn raw(row: &Row<'_>) -> rusqlite::Result<(u64, String, [u8; 32])> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// No entry is handed out whose body is not the one that was hashed: a flipped bit is met where it is read.
pub(crate) fn parsed((seq, body, leaf): (u64, String, [u8; 32])) -> Result<Entry, Fault> {
    let entry =
        Entry::parse(seq, body).map_err(|why| faults::damaged(format!("ledger entry {seq}: {why}")))?;
    if entry.leaf == Digest(leaf) {
        Ok(entry)
    } else {
        Err(faults::damaged(format!(
            "ledger entry {seq} does not have the hash that was recorded"
        )))
    }
}
