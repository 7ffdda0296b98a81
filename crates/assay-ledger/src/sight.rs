//! What may one person know of others' answers?
//!
//! Blindness is a condition of the query: rows that a reader may not know are never read. Deliberately absent: the rules
//! of the ledger, which see everything.

use assay_model::{Digest, Fault};
use rusqlite::{ToSql, named_params};
use uuid::Uuid;

use crate::faults::Doing;
use crate::log;
use crate::projection::HUMAN;
use crate::questions::{DECISION, decision};
use crate::{Decision, Entry, Ledger, LogFilter, Role};

/// Whether `:reader` may know of row `peer` (columns `queue`, `actor`, `sample`): it is their own; or its queue is open; or
/// they keep gold (`:keeper`), review nothing in its queue, and its sample is in no open dispute that they have not answered
/// first themselves.
pub(crate) const KNOWN: &str = "(:whole OR peer.actor = :reader
    OR peer.queue IN (SELECT id FROM queue WHERE NOT blind)
    OR (:keeper
        AND NOT EXISTS (SELECT 1 FROM decision AS mine WHERE mine.queue = peer.queue AND mine.actor = :reader)
        AND (EXISTS (SELECT 1 FROM adjudication_first WHERE sample = peer.sample AND actor = :reader)
             OR EXISTS (SELECT 1 FROM adjudication WHERE sample = peer.sample)
             OR (SELECT count(DISTINCT verdict) FROM decision AS said
                 WHERE said.sample = peer.sample AND said.state = 'standing' AND said.verdict <> 'skip'
                   AND said.actor NOT IN (SELECT name FROM person WHERE role = 'machine')) < 2)))";

/// Kinds of entries that tell of one person's answers. All others are public acts.
const PRIVATE: &str = "'decided', 'undone', 'redone', 'unsealed', 'flagged', 'adjudication_begun'";

/// The ledger as one person may know it.
pub struct Sight<'a> {
    ledger: &'a Ledger,
    reader: String,
    keeper: bool,
    whole: bool,
}

impl Ledger {
    /// The ledger without a reader: for measures, and for commands that read the workspace's files themselves.
    pub fn seen_whole(&self) -> Sight<'_> {
        Sight {
            ledger: self,
            reader: String::new(),
            keeper: true,
            whole: true,
        }
    }

    /// The ledger as `reader` may know it; nobody (an empty name) knows of open queues only.
    pub fn seen_by(&self, reader: &str) -> Result<Sight<'_>, Fault> {
        let keeper = self
            .person(reader)?
            .is_some_and(|person| Role::may_promote(person.role));
        Ok(Sight {
            ledger: self,
            reader: reader.to_owned(),
            keeper,
            whole: false,
        })
    }
}

impl Sight<'_> {
    pub fn ledger(&self) -> &Ledger {
        self.ledger
    }

    pub fn reader(&self) -> &str {
        &self.reader
    }

    /// Whether it is the ledger without a reader.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The values of `:reader`, `:keeper` and `:whole`.
    pub(crate) fn reading(&self) -> (&str, bool, bool) {
        (&self.reader, self.keeper, self.whole)
    }

    /// Each person's standing decision on a sample across queues, as far as the reader may know, oldest first. Machines' count for
    /// nothing.
    pub fn standing(&self, sample: &Digest) -> Result<Vec<Decision>, Fault> {
        let sql = format!(
            "SELECT {DECISION}, max(seq) FROM decision AS peer
             WHERE sample = :sample AND state = 'standing' AND verdict <> 'skip' AND {HUMAN} AND {KNOWN}
             GROUP BY actor ORDER BY seq"
        );
        let doing = "reading a sample's decisions";
        let mut select = self.ledger.connection.prepare_cached(&sql).doing(doing)?;
        let rows = select
            .query_map(
                named_params! {":sample": sample.0, ":reader": self.reader, ":keeper": self.keeper, ":whole": self.whole},
                decision,
            )
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// Each person's standing decision on each sample, as far as the reader may know, by sample, then oldest first.
    pub fn each_standing(&self, mut each: impl FnMut(Decision)) -> Result<(), Fault> {
        let sql = format!(
            "SELECT {DECISION}, max(seq) FROM decision AS peer
             WHERE state = 'standing' AND verdict <> 'skip' AND {HUMAN} AND {KNOWN}
             GROUP BY sample, actor ORDER BY sample, seq"
        );
        let doing = "reading the standing decisions";
        let mut select = self.ledger.connection.prepare_cached(&sql).doing(doing)?;
        let rows = select
            .query_map(
                named_params! {":reader": self.reader, ":keeper": self.keeper, ":whole": self.whole},
                decision,
            )
            .doing(doing)?;
        for row in rows {
            each(row.doing(doing)?);
        }
        Ok(())
    }

    /// Samples in open dispute, as far as the reader may know, by digest: those that a keeper of gold may settle, for they have
    /// not reviewed them, and those on which answers that the reader may know differ.
    pub fn disputed(&self) -> Result<Vec<Digest>, Fault> {
        let mut known = Vec::new();
        for sample in self.ledger.disputed()? {
            if self.whole || self.knows_dispute(&sample)? {
                known.push(sample);
            }
        }
        Ok(known)
    }

    fn knows_dispute(&self, sample: &Digest) -> Result<bool, Fault> {
        if self.keeper && !self.ledger.has_reviewed(&self.reader, sample)? {
            return Ok(true);
        }
        let known = self.standing(sample)?;
        Ok(known.windows(2).any(|pair| pair[0].verdict != pair[1].verdict))
    }

    /// Whether a decision on this sample stands that the reader may not know of.
    pub fn hides(&self, sample: &Digest) -> Result<bool, Fault> {
        let sql = format!(
            "SELECT 1 FROM decision AS peer WHERE sample = :sample AND state = 'standing' AND NOT {KNOWN}"
        );
        let doing = "reading a sample's decisions";
        let mut select = self.ledger.connection.prepare_cached(&sql).doing(doing)?;
        let mut rows = select
            .query(named_params! {":sample": sample.0, ":reader": self.reader, ":keeper": self.keeper, ":whole": self.whole})
            .doing(doing)?;
        Ok(rows.next().doing(doing)?.is_some())
    }

    /// Whether the reader may know what is added up over a queue: it is open, or they keep gold and review nothing in it.
    pub fn may_sum(&self, queue: Uuid) -> Result<bool, Fault> {
        let sql = "SELECT :whole OR NOT blind OR (:keeper AND NOT EXISTS
                       (SELECT 1 FROM decision AS mine WHERE mine.queue = :queue AND mine.actor = :reader))
                   FROM queue WHERE id = :queue";
        let values = named_params! {
            ":queue": queue.as_bytes(), ":reader": self.reader, ":keeper": self.keeper, ":whole": self.whole
        };
        self.ledger
            .connection
            .query_row(sql, values, |row| row.get(0))
            .doing("asking whether a queue is sealed")
    }

    /// Entries that match and that the reader may know, latest first, before entry number `before`, at most `limit`.
    pub fn latest(&self, filter: &LogFilter, before: Option<u64>, limit: u64) -> Result<Vec<Entry>, Fault> {
        let (condition, kinds) = filtered(filter);
        let sql = format!(
            "SELECT seq, body, leaf FROM activity AS peer JOIN entry USING (seq)
             WHERE {condition} AND seq < :before ORDER BY seq DESC LIMIT :limit"
        );
        let before = before.unwrap_or(i64::MAX as u64).min(i64::MAX as u64);
        let limit = limit.min(i64::MAX as u64);
        let mut values = self.values(filter, &kinds);
        values.push((":before", &before));
        values.push((":limit", &limit));
        let doing = "reading the log";
        let mut select = self.ledger.connection.prepare_cached(&sql).doing(doing)?;
        let rows = select.query_map(values.as_slice(), log::raw).doing(doing)?;
        rows.map(|row| log::parsed(row.doing(doing)?)).collect()
    }

    /// How many entries match that the reader may know.
    pub fn count(&self, filter: &LogFilter) -> Result<u64, Fault> {
        let (condition, kinds) = filtered(filter);
        let sql = format!("SELECT count(*) FROM activity AS peer WHERE {condition}");
        let values = self.values(filter, &kinds);
        self.ledger
            .connection
            .query_row(&sql, values.as_slice(), |row| row.get(0))
            .doing("counting entries")
    }

    fn values<'v>(
        &'v self,
        filter: &'v LogFilter,
        kinds: &'v [(String, String)],
    ) -> Vec<(&'v str, &'v dyn ToSql)> {
        let mut values: Vec<(&str, &dyn ToSql)> = vec![
            (":reader", &self.reader),
            (":keeper", &self.keeper),
            (":whole", &self.whole),
        ];
        if let Some(actor) = &filter.actor {
            values.push((":actor", actor));
        }
        values.extend(
            kinds
                .iter()
                .map(|(name, kind)| (name.as_str(), kind as &dyn ToSql)),
        );
        values
    }
}

/// The condition of a filter within what the reader may know, and the values of its kinds by name.
fn filtered(filter: &LogFilter) -> (String, Vec<(String, String)>) {
    let mut condition = format!("(peer.kind NOT IN ({PRIVATE}) OR {KNOWN})");
    let kinds: Vec<(String, String)> = filter
        .kinds
        .iter()
        .enumerate()
        .map(|(number, kind)| (format!(":kind{number}"), kind.clone()))
        .collect();
    if !kinds.is_empty() {
        let names: Vec<&str> = kinds.iter().map(|(name, _)| name.as_str()).collect();
        condition.push_str(&format!(" AND peer.kind IN ({})", names.join(", ")));
    }
    if filter.actor.is_some() {
        condition.push_str(" AND peer.actor = :actor");
    }
    (condition, kinds)
}
