//! A filtered view of one snapshot: its first rows at once, all of it behind.

use std::sync::Arc;

use assay_model::{Digest, Expression, Fault, Origin, Task};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value as Bound;
use rusqlite::{Connection, params_from_iter};

use super::compile::{Condition, Scope};
use super::fields::{fixed_fields, result_fields};
use super::sets::NamedSets;
use crate::database::Index;
use crate::fault;
use crate::id_set::IdSet;
use crate::snapshots::Snapshot;
use crate::topics;

/// What the ledger says of samples, for filters and rows: standing verdicts, gold, how far review is, and what was done in bulk.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// What they were read from; the same word, the same decisions.
    pub of: Option<String>,
    /// Digest and `approve`, `exclude`, `unsure`.
    pub verdicts: Vec<(Digest, String)>,
    pub gold: Vec<Digest>,
    /// What reviewers judged the origin to be.
    pub judged: Vec<(Digest, String)>,
    /// Digest and tag; a sample may have several.
    pub tags: Vec<(Digest, String)>,
    /// Digest and who is to look at it.
    pub routed: Vec<(Digest, String)>,
    pub excluded_in_bulk: Vec<Digest>,
    /// Samples that a reviewer wants others to look at.
    pub flagged: Vec<Digest>,
    /// Digest and how many people's answers stand on it.
    pub answers: Vec<(Digest, u64)>,
    /// Samples on which those differ, and nobody has settled it.
    pub disputed: Vec<Digest>,
    /// Digest and the name of a queue that it stands in; a sample may stand in several.
    pub queues: Vec<(Digest, String)>,
}

/// One sample of a selection, as acts on many need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matched {
    pub sample: u64,
    pub digest: Digest,
    pub tokens: u64,
}

/// Samples of a snapshot under a condition, in path order.
#[derive(Clone, Debug)]
pub struct Selection {
    snapshot: i64,
    condition: Option<Condition>,
}

/// What a selection comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SelectionTotals {
    pub samples: u64,
    pub tokens: u64,
    /// In the order of `Origin::ALL`.
    pub by_origin: [u64; 4],
}

/// The outer loop goes over files in path order, so rows come sorted and a limit stops early.
const FROM: &str = "FROM snapshot_file sf CROSS JOIN file f ON f.id = sf.file
    CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed";

impl Index {
    /// Names a filter on this snapshot may use.
    pub fn filter_fields(&self, snapshot: &Snapshot) -> Result<Vec<String>, Fault> {
        let dimensions = self.dimension_names(snapshot)?;
        let topic = topics::field(&dimensions);
        let mut names: Vec<String> = fixed_fields()
            .chain([topic])
            .map(str::to_owned)
            .chain(result_fields(&self.run_ids()?))
            .chain(dimensions)
            .collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    pub(super) fn dimension_names(&self, snapshot: &Snapshot) -> Result<Vec<String>, Fault> {
        let dimensions = self.dimensions(snapshot)?;
        Ok(dimensions.into_iter().map(|(name, _)| name).collect())
    }

    /// Prepares a selection; an unknown field is a fault that names the nearest one.
    pub fn select(&self, snapshot: &Snapshot, filter: Option<&Expression>) -> Result<Selection, Fault> {
        self.select_while(snapshot, filter, &Task::silent())
    }

    /// The same, until the task is cancelled: a filter that reads texts takes long.
    pub fn select_while(
        &self,
        snapshot: &Snapshot,
        filter: Option<&Expression>,
        task: &Task,
    ) -> Result<Selection, Fault> {
        let dimensions = self.dimension_names(snapshot)?;
        let sets = match filter {
            Some(filter) => self.named_sets(snapshot, filter, &dimensions, task)?,
            None => NamedSets::default(),
        };
        let scope = Scope {
            snapshot: snapshot.id,
            dataset: &snapshot.dataset,
            number: snapshot.number,
            topic: topics::field(&dimensions),
            dimensions: &dimensions,
            sets: &sets,
            runs: &self.run_ids()?,
        };
        let condition = filter.map(|filter| scope.compile(filter)).transpose()?;
        Ok(Selection {
            snapshot: snapshot.id,
            condition,
        })
    }

    /// Whether filters on this connection join with the decisions of this word.
    pub fn uses_decisions(&self, of: &str) -> bool {
        self.decisions_in_use.borrow().as_deref() == Some(of)
    }

    /// Makes the ledger's decisions visible to filters on this connection.
    pub fn use_decisions(&self, decisions: &Decisions) -> Result<(), Fault> {
        self.decisions_in_use.replace(None);
        let fill = || -> rusqlite::Result<()> {
            prepare_connection(&self.connection, &[])?;
            self.connection.execute_batch(
                "DELETE FROM temp.verdict; DELETE FROM temp.gold; DELETE FROM temp.judged;
                     DELETE FROM temp.tag; DELETE FROM temp.routed; DELETE FROM temp.excluded_in_bulk;
                     DELETE FROM temp.flagged; DELETE FROM temp.answers; DELETE FROM temp.disputed;
                     DELETE FROM temp.queued;",
            )?;
            let mut verdict = self
                .connection
                .prepare_cached("INSERT OR REPLACE INTO temp.verdict VALUES (?1, ?2)")?;
            for (digest, word) in &decisions.verdicts {
                verdict.execute(rusqlite::params![digest.0, word])?;
            }
            let mut gold = self
                .connection
                .prepare_cached("INSERT OR IGNORE INTO temp.gold VALUES (?1)")?;
            for digest in &decisions.gold {
                gold.execute([digest.0])?;
            }
            let mut judged = self
                .connection
                .prepare_cached("INSERT OR REPLACE INTO temp.judged VALUES (?1, ?2)")?;
            for (digest, word) in &decisions.judged {
                judged.execute(rusqlite::params![digest.0, word])?;
            }
            let mut answers = self
                .connection
                .prepare_cached("INSERT OR REPLACE INTO temp.answers VALUES (?1, ?2)")?;
            for (digest, count) in &decisions.answers {
                answers.execute(rusqlite::params![digest.0, *count as i64])?;
            }
            self.use_words_and_sets(decisions)
        };
        fill().map_err(fault::sql("preparing a filter"))?;
        self.decisions_in_use.replace(decisions.of.clone());
        Ok(())
    }

    fn use_words_and_sets(&self, decisions: &Decisions) -> rusqlite::Result<()> {
        for (sql, words) in [
            ("INSERT OR IGNORE INTO temp.tag VALUES (?1, ?2)", &decisions.tags),
            (
                "INSERT OR REPLACE INTO temp.routed VALUES (?1, ?2)",
                &decisions.routed,
            ),
            (
                "INSERT OR IGNORE INTO temp.queued VALUES (?1, ?2)",
                &decisions.queues,
            ),
        ] {
            let mut insert = self.connection.prepare_cached(sql)?;
            for (digest, word) in words {
                insert.execute(rusqlite::params![digest.0, word])?;
            }
        }
        let sets = [
            (
                "INSERT OR IGNORE INTO temp.excluded_in_bulk VALUES (?1)",
                &decisions.excluded_in_bulk,
            ),
            (
                "INSERT OR IGNORE INTO temp.flagged VALUES (?1)",
                &decisions.flagged,
            ),
            (
                "INSERT OR IGNORE INTO temp.disputed VALUES (?1)",
                &decisions.disputed,
            ),
        ];
        for (sql, digests) in sets {
            let mut insert = self.connection.prepare_cached(sql)?;
            for digest in digests {
                insert.execute([digest.0])?;
            }
        }
        Ok(())
    }

    /// Every sample of a selection with its digest and length, in path order.
    pub fn matched(&self, selection: &Selection) -> Result<Vec<Matched>, Fault> {
        self.rows_of(selection, "s.id, s.digest, s.tokens", |row| {
            Ok(Matched {
                sample: row.get::<_, i64>(0)? as u64,
                digest: Digest(row.get(1)?),
                tokens: row.get::<_, i64>(2)? as u64,
            })
        })
        .map_err(fault::sql("filtering samples"))
    }

    /// The samples of a snapshot that have one of these digests, likewise; by digest, then in path order.
    pub fn matched_by_digest(&self, snapshot: &Snapshot, digests: &[Digest]) -> Result<Vec<Matched>, Fault> {
        let failed = fault::sql("finding samples by their digest");
        let mut tokens = self
            .connection
            .prepare_cached("SELECT tokens FROM sample WHERE id = ?1")
            .map_err(&failed)?;
        let mut found = Vec::new();
        for digest in digests {
            for sample in self.samples_with_digest(snapshot, digest)? {
                let tokens: i64 = tokens
                    .query_row([sample as i64], |row| row.get(0))
                    .map_err(&failed)?;
                found.push(Matched {
                    sample,
                    digest: *digest,
                    tokens: tokens as u64,
                });
            }
        }
        Ok(found)
    }

    /// The first `limit` samples of a selection behind the sample `after`, if given.
    pub fn first(&self, selection: &Selection, after: Option<u64>, limit: u64) -> Result<Vec<u64>, Fault> {
        let failed = fault::sql("filtering samples");
        prepare_connection(&self.connection, selection.sets()).map_err(&failed)?;
        let (filter, mut values) = selection.filter();
        let mut query = format!("SELECT s.id {FROM} WHERE {filter}");
        if let Some(after) = after {
            query.push_str(
                " AND (sf.path, s.id) > ((SELECT a.path FROM snapshot_file a JOIN file b ON b.id = a.file
                   WHERE a.snapshot = ? AND b.first <= ? AND b.first + b.indexed > ?), ?)",
            );
            let after = Bound::Integer(after as i64);
            values.extend([
                Bound::Integer(selection.snapshot),
                after.clone(),
                after.clone(),
                after,
            ]);
        }
        query.push_str(" ORDER BY sf.path, s.id LIMIT ?");
        values.push(Bound::Integer(limit.min(i64::MAX as u64) as i64));
        let mut statement = self.connection.prepare_cached(&query).map_err(&failed)?;
        let rows = statement
            .query_map(params_from_iter(values), |row| row.get::<_, i64>(0))
            .map_err(&failed)?;
        rows.map(|id| id.map(|id| id as u64).map_err(&failed)).collect()
    }

    /// Every sample of a selection in order, and what they come to.
    pub fn all(&self, selection: &Selection, task: &Task) -> Result<(Vec<u64>, SelectionTotals), Fault> {
        let failed = fault::sql("filtering samples");
        prepare_connection(&self.connection, selection.sets()).map_err(&failed)?;
        let (filter, values) = selection.filter();
        let query = format!("SELECT s.id, s.tokens, s.origin {FROM} WHERE {filter} ORDER BY sf.path, s.id");
        let mut statement = self.connection.prepare_cached(&query).map_err(&failed)?;
        let mut rows = statement.query(params_from_iter(values)).map_err(&failed)?;
        let (mut ids, mut totals) = (Vec::new(), SelectionTotals::default());
        while let Some(row) = rows.next().map_err(&failed)? {
            if ids.len() % 4096 == 0 {
                task.check()?;
            }
            ids.push(row.get::<_, i64>(0).map_err(&failed)? as u64);
            totals.tokens += row.get::<_, i64>(1).map_err(&failed)? as u64;
            let origin = row
                .get_ref(2)
                .and_then(|word| Ok(word.as_str()?))
                .map_err(&failed)?;
            totals.by_origin[Origin::ALL
                .iter()
                .position(|each| each.as_str() == origin)
                .unwrap_or(3)] += 1;
        }
        totals.samples = ids.len() as u64;
        Ok((ids, totals))
    }

    /// How many samples a selection holds.
    pub fn count(&self, selection: &Selection) -> Result<u64, Fault> {
        let failed = fault::sql("counting samples");
        prepare_connection(&self.connection, selection.sets()).map_err(&failed)?;
        let (filter, values) = selection.filter();
        self.connection
            .prepare_cached(&format!("SELECT count(*) {FROM} WHERE {filter}"))
            .and_then(|mut statement| {
                statement.query_row(params_from_iter(values), |row| row.get::<_, i64>(0))
            })
            .map(|count| count as u64)
            .map_err(failed)
    }

    /// The greatest number that a selection holds in a field; none where it holds no number there.
    pub fn greatest(&self, selection: &Selection, field: &str) -> Result<Option<f64>, Fault> {
        let failed = fault::sql("finding the greatest value");
        prepare_connection(&self.connection, selection.sets()).map_err(&failed)?;
        let (filter, mut values) = selection.filter();
        let query = match field {
            "tokens" | "characters" | "confidence" => {
                format!("SELECT CAST(max(s.{field}) AS REAL) {FROM} WHERE {filter}")
            }
            _ => {
                values.insert(0, Bound::Text(field.to_owned()));
                format!(
                    "SELECT max(x.number) {FROM} CROSS JOIN dimension x ON x.name = ? AND x.sample = s.id WHERE {filter}"
                )
            }
        };
        self.connection
            .prepare_cached(&query)
            .and_then(|mut statement| statement.query_row(params_from_iter(values), |row| row.get(0)))
            .map_err(failed)
    }

    /// Reads some columns of every sample of a selection, in path order.
    pub(crate) fn rows_of<T>(
        &self,
        selection: &Selection,
        columns: &str,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        prepare_connection(&self.connection, selection.sets())?;
        let (filter, values) = selection.filter();
        let query = format!("SELECT {columns} {FROM} WHERE {filter} ORDER BY sf.path, s.id");
        let mut statement = self.connection.prepare_cached(&query)?;
        statement.query_map(params_from_iter(values), read)?.collect()
    }

    /// Digests of samples, in their order.
    pub fn digests_of(&self, samples: &[u64]) -> Result<Vec<Digest>, Fault> {
        let failed = fault::sql("reading digests");
        let mut statement = self
            .connection
            .prepare_cached("SELECT digest FROM sample WHERE id = ?1")
            .map_err(&failed)?;
        samples
            .iter()
            .map(|sample| {
                statement
                    .query_row([*sample as i64], |row| row.get(0))
                    .map(Digest)
                    .map_err(&failed)
            })
            .collect()
    }

    /// Distinct digests of a selection, for a draw.
    pub fn digests(&self, selection: &Selection) -> Result<Vec<Digest>, Fault> {
        let failed = fault::sql("filtering samples");
        prepare_connection(&self.connection, selection.sets()).map_err(&failed)?;
        let (filter, values) = selection.filter();
        // Sorted here, not by SQLite: its tree of distinct values takes many times as long.
        let query = format!("SELECT s.digest {FROM} WHERE {filter}");
        let mut statement = self.connection.prepare_cached(&query).map_err(&failed)?;
        let rows = statement
            .query_map(params_from_iter(values), |row| row.get(0))
            .map_err(&failed)?;
        let mut digests: Vec<Digest> = rows
            .map(|digest| digest.map(Digest).map_err(&failed))
            .collect::<Result<_, _>>()?;
        digests.sort_unstable();
        digests.dedup();
        Ok(digests)
    }

    /// The sample at a position of the whole snapshot, found without counting.
    pub fn at_position(&self, snapshot: &Snapshot, position: u64, limit: u64) -> Result<Vec<u64>, Fault> {
        let failed = fault::sql("finding rows");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT sf.position, f.first, f.indexed FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 WHERE sf.snapshot = ?1 AND sf.position + f.indexed > ?2 AND sf.position < ?3 ORDER BY sf.position",
            )
            .map_err(&failed)?;
        let end = position.saturating_add(limit);
        let mut rows = statement
            .query(rusqlite::params![
                snapshot.id,
                position as i64,
                end.min(i64::MAX as u64) as i64
            ])
            .map_err(&failed)?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let read = |index: usize| {
                row.get::<_, i64>(index)
                    .map(|value| value as u64)
                    .map_err(&failed)
            };
            let (start, first, indexed) = (read(0)?, read(1)?, read(2)?);
            let from = position.max(start) - start;
            let to = (end - start).min(indexed);
            ids.extend(first + from..first + to);
        }
        Ok(ids)
    }
}

impl Selection {
    fn filter(&self) -> (String, Vec<Bound>) {
        let mut values = vec![Bound::Integer(self.snapshot)];
        match &self.condition {
            None => ("sf.snapshot = ?".to_owned(), values),
            Some(condition) => {
                values.extend(condition.values.iter().cloned());
                (format!("sf.snapshot = ? AND ({})", condition.sql), values)
            }
        }
    }

    fn sets(&self) -> &[Arc<IdSet>] {
        self.condition
            .as_ref()
            .map_or(&[], |condition| condition.sets.as_slice())
    }
}

/// Gives a connection the functions and temporary tables that conditions use.
pub(super) fn prepare_connection(connection: &Connection, sets: &[Arc<IdSet>]) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS verdict (digest BLOB PRIMARY KEY, verdict TEXT NOT NULL) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS gold (digest BLOB PRIMARY KEY) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS judged (digest BLOB PRIMARY KEY, origin TEXT NOT NULL) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS tag (digest BLOB NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (digest, tag)) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS routed (digest BLOB PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS excluded_in_bulk (digest BLOB PRIMARY KEY) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS flagged (digest BLOB PRIMARY KEY) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS answers (digest BLOB PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS disputed (digest BLOB PRIMARY KEY) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS queued (digest BLOB NOT NULL, queue TEXT NOT NULL, PRIMARY KEY (digest, queue)) WITHOUT ROWID;",
    )?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("assay_number", 1, flags, |context| {
        let text = context.get::<Option<String>>(0)?;
        Ok(text.as_deref().and_then(crate::rows::plain_number))
    })?;
    let sets = sets.to_vec();
    connection.create_scalar_function("assay_in_set", 2, FunctionFlags::SQLITE_UTF8, move |context| {
        let (set, id) = (context.get::<i64>(0)?, context.get::<i64>(1)?);
        Ok(sets.get(set as usize).is_some_and(|ids| ids.contains(id as u64)))
    })?;
    connection.create_scalar_function("assay_like", 2, flags, |context| {
        let (pattern, text) = (context.get::<String>(0)?, context.get::<Option<String>>(1)?);
        Ok(text.map(|text| assay_model::expression::like(&text, &pattern)))
    })?;
    connection.create_scalar_function("assay_filename", 1, flags, |context| {
        let path = context.get::<String>(0)?;
        Ok(path.rsplit('/').next().unwrap_or_default().to_owned())
    })
}
