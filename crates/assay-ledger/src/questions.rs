//! What do the projections answer: people, rubrics, queues, decisions, gold?

use std::collections::HashMap;

use assay_model::{Digest, Fault, Origin};
use rusqlite::{OptionalExtension, Row, ToSql};
use uuid::Uuid;

use crate::faults::{self, Doing};
use crate::projection::HUMAN;
use crate::{
    EarlierAnswers, Entry, Event, Ledger, QueueTerms, Role, Rubric, RubricId, Verdict, items_digest,
};

/// Someone who may act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub role: Role,
    /// Entry that added them.
    pub seq: u64,
}

/// A frozen queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    pub id: Uuid,
    pub terms: QueueTerms,
    /// RFC 3339.
    pub created: String,
    pub created_by: String,
    pub seq: u64,
}

/// Whether a decision counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionState {
    Standing,
    /// Taken back; can be redone.
    Undone,
    /// Taken back, then another decision came.
    Dropped,
    /// Given under an earlier version of the rubric; its sample is asked again.
    Superseded,
    /// Behind the place where two returns of one pack part ways.
    Quarantined,
}

/// One decision of one reviewer; `Ledger::entry(seq)` holds the whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub seq: u64,
    pub id: Uuid,
    pub queue: Uuid,
    pub actor: String,
    pub sample: Digest,
    pub verdict: Verdict,
    pub origin: Option<Origin>,
    /// Version of the queue's rubric that it answers.
    pub version: u64,
    pub state: DecisionState,
}

/// How many samples of a queue one person gave each verdict; an answer behind a skip counts, not the skip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reviewed {
    pub approved: u64,
    pub excluded: u64,
    pub unsure: u64,
    pub skipped: u64,
}

/// The gold set as it was frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoldSnapshot {
    /// From 1.
    pub number: u64,
    /// Entry that froze it.
    pub seq: u64,
    pub size: u64,
    /// RFC 6962 root over its members' digests in byte order.
    pub root: Digest,
}

/// A sample that is or was gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoldRecord {
    pub sample: Digest,
    /// Entry of the latest promotion.
    pub promoted: u64,
    /// Entry of the revocation that followed it.
    pub revoked: Option<u64>,
}

pub(crate) const DECISION: &str = "seq, id, queue, actor, sample, verdict, origin, version, state";

impl Ledger {
    /// Everyone, in the order they were added.
    pub fn people(&self) -> Result<Vec<Person>, Fault> {
        self.rows("SELECT name, role, seq FROM person ORDER BY seq", &[], person)
    }

    pub fn person(&self, name: &str) -> Result<Option<Person>, Fault> {
        self.row(
            "SELECT name, role, seq FROM person WHERE name = ?",
            &[&name],
            person,
        )
    }

    /// All rubric versions, in the order they were added.
    pub fn rubrics(&self) -> Result<Vec<RubricId>, Fault> {
        self.rows("SELECT name, version FROM rubric ORDER BY seq", &[], |row| {
            Ok(RubricId {
                name: row.get(0)?,
                version: row.get(1)?,
            })
        })
    }

    pub fn rubric(&self, id: &RubricId) -> Result<Option<Rubric>, Fault> {
        let Some(seq) = self.rubric_entry(id)? else {
            return Ok(None);
        };
        match self.stated(seq)?.event {
            Event::RubricAdded { rubric } => Ok(Some(rubric)),
            _ => Err(misplaced(seq)),
        }
    }

    /// The entry that recorded a rubric.
    pub fn rubric_entry(&self, id: &RubricId) -> Result<Option<u64>, Fault> {
        let sql = "SELECT seq FROM rubric WHERE name = ? AND version = ?";
        self.row(sql, &[&id.name, &id.version], |row| row.get(0))
    }

    /// How long the latest answers under a rubric of this name took, in milliseconds, as far as a window measured it; whoever
    /// gave them. At most `limit`.
    pub fn dwells(&self, rubric: &str, limit: u64) -> Result<Vec<u64>, Fault> {
        let sql = "SELECT json_extract(entry.body, '$.dwell_ms') AS dwell FROM decision JOIN entry USING (id)
                   WHERE decision.verdict <> 'skip' AND dwell IS NOT NULL
                     AND substr(json_extract(entry.body, '$.rubric'), 1, length(?1) + 1) = ?1 || '@'
                   ORDER BY decision.seq DESC LIMIT ?2";
        self.rows(sql, &[&rubric, &limit], |row| row.get(0))
    }

    /// The version of its rubric that a queue asks now.
    pub fn rubric_asked(&self, queue: Uuid) -> Result<Option<RubricId>, Fault> {
        let sql = "SELECT name, version FROM queue_rubric WHERE queue = ? ORDER BY version DESC LIMIT 1";
        self.row(sql, &[queue.as_bytes()], |row| {
            Ok(RubricId {
                name: row.get(0)?,
                version: row.get(1)?,
            })
        })
    }

    /// What became of a queue's earlier answers each time it went over to a later version, in that order.
    pub fn rubric_moves(&self, queue: Uuid) -> Result<Vec<(RubricId, EarlierAnswers)>, Fault> {
        let sql = "SELECT seq FROM queue_rubric WHERE queue = ? AND answers <> 'first' ORDER BY version";
        let seqs: Vec<u64> = self.rows(sql, &[queue.as_bytes()], |row| row.get(0))?;
        let moved = |seq| match self.stated(seq)?.event {
            Event::RubricMoved { to, answers, .. } => Ok((to, answers)),
            _ => Err(misplaced(seq)),
        };
        seqs.into_iter().map(moved).collect()
    }

    /// Every standing decision in a queue, whoever made it, skips included, oldest first.
    pub fn standing_in(&self, queue: Uuid) -> Result<Vec<Decision>, Fault> {
        let sql =
            format!("SELECT {DECISION} FROM decision WHERE queue = ? AND state = 'standing' ORDER BY seq");
        self.rows(&sql, &[queue.as_bytes()], decision)
    }

    /// All queues, latest first.
    pub fn queues(&self) -> Result<Vec<Queue>, Fault> {
        let seqs: Vec<u64> = self.rows("SELECT seq FROM queue ORDER BY seq DESC", &[], |row| row.get(0))?;
        seqs.into_iter().map(|seq| self.queue_at(seq)).collect()
    }

    pub fn queue(&self, id: Uuid) -> Result<Option<Queue>, Fault> {
        let seq = self.row("SELECT seq FROM queue WHERE id = ?", &[id.as_bytes()], |row| {
            row.get(0)
        })?;
        seq.map(|seq| self.queue_at(seq)).transpose()
    }

    pub fn queue_named(&self, name: &str) -> Result<Option<Queue>, Fault> {
        let seq = self.row("SELECT seq FROM queue WHERE name = ?", &[&name], |row| row.get(0))?;
        seq.map(|seq| self.queue_at(seq)).transpose()
    }

    fn queue_at(&self, seq: u64) -> Result<Queue, Fault> {
        let entry = self.stated(seq)?;
        match entry.event {
            Event::QueueCreated { terms } => Ok(Queue {
                id: entry.id,
                terms,
                created: entry.at,
                created_by: entry.actor,
                seq,
            }),
            _ => Err(misplaced(seq)),
        }
    }

    /// The queue's list in its frozen order, checked against the hash in its entry.
    pub fn queue_items(&self, queue: &Queue) -> Result<Vec<Digest>, Fault> {
        let sql = "SELECT sample FROM queue_item WHERE queue = ? ORDER BY position";
        let items = self.rows(sql, &[queue.id.as_bytes()], |row| Ok(Digest(row.get(0)?)))?;
        if items_digest(&items) == queue.terms.items {
            return Ok(items);
        }
        Err(faults::damaged(format!(
            "the list of queue `{}` is not the one that was frozen",
            queue.terms.name
        )))
    }

    /// Every sample of every queue's list, with the queue it stands in.
    pub fn queued(&self) -> Result<Vec<(Uuid, Digest)>, Fault> {
        self.rows("SELECT queue, sample FROM queue_item", &[], |row| {
            Ok((Uuid::from_bytes(row.get(0)?), Digest(row.get(1)?)))
        })
    }

    /// The sample at a position of the queue, from 0.
    pub fn queue_item(&self, queue: Uuid, position: u64) -> Result<Option<Digest>, Fault> {
        let sql = "SELECT sample FROM queue_item WHERE queue = ? AND position = ?";
        self.row(sql, &[queue.as_bytes(), &position], |row| Ok(Digest(row.get(0)?)))
    }

    /// Where a sample stands in the queue, from 0.
    pub fn queue_position(&self, queue: Uuid, sample: &Digest) -> Result<Option<u64>, Fault> {
        let sql = "SELECT position FROM queue_item WHERE queue = ? AND sample = ?";
        self.row(sql, &[queue.as_bytes(), &sample.0], |row| row.get(0))
    }

    /// The queues that hold a sample.
    pub fn queues_with(&self, sample: &Digest) -> Result<Vec<Queue>, Fault> {
        let sql =
            "SELECT seq FROM queue WHERE id IN (SELECT queue FROM queue_item WHERE sample = ?) ORDER BY seq";
        let seqs: Vec<u64> = self.rows(sql, &[&sample.0], |row| row.get(0))?;
        seqs.into_iter().map(|seq| self.queue_at(seq)).collect()
    }

    /// The first position from `from` on that this person gave no decision at all, skips included.
    pub fn next_unanswered(&self, queue: Uuid, actor: &str, from: u64) -> Result<Option<u64>, Fault> {
        let sql = "SELECT position FROM queue_item AS item WHERE queue = ?1 AND position >= ?3 AND NOT EXISTS
                       (SELECT 1 FROM decision WHERE sample = item.sample AND actor = ?2 AND state = 'standing'
                                                 AND queue = ?1)
                   ORDER BY position LIMIT 1";
        self.row(sql, &[queue.as_bytes(), &actor, &from], |row| row.get(0))
    }

    /// The first position from `from` on that this person only ever skipped.
    pub fn next_skipped(&self, queue: Uuid, actor: &str, from: u64) -> Result<Option<u64>, Fault> {
        let sql = "SELECT position FROM queue_item AS item WHERE queue = ?1 AND position >= ?3 AND
                       (SELECT min(verdict = 'skip') FROM decision
                        WHERE sample = item.sample AND actor = ?2 AND state = 'standing' AND queue = ?1) = 1
                   ORDER BY position LIMIT 1";
        self.row(sql, &[queue.as_bytes(), &actor, &from], |row| row.get(0))
    }

    /// This person's answers in a queue, by sample. Nobody else's rows are read.
    pub fn answers(&self, queue: Uuid, actor: &str) -> Result<HashMap<Digest, Decision>, Fault> {
        let sql = format!(
            "SELECT {DECISION}, max(seq + (verdict <> 'skip') * (1 << 53)) FROM decision
             WHERE queue = ? AND actor = ? AND state = 'standing' GROUP BY sample"
        );
        let rows = self.rows(&sql, &[queue.as_bytes(), &actor], decision)?;
        Ok(rows
            .into_iter()
            .map(|decision| (decision.sample, decision))
            .collect())
    }

    /// This person's answer to one sample of a queue.
    pub fn answer(&self, queue: Uuid, actor: &str, sample: &Digest) -> Result<Option<Decision>, Fault> {
        let sql = format!(
            "SELECT {DECISION} FROM decision
             WHERE sample = ? AND actor = ? AND state = 'standing' AND queue = ?
             ORDER BY verdict = 'skip', seq DESC LIMIT 1"
        );
        self.row(&sql, &[&sample.0, &actor, queue.as_bytes()], decision)
    }

    /// This person's answers in a queue, counted.
    pub fn reviewed(&self, queue: Uuid, actor: &str) -> Result<Reviewed, Fault> {
        let sql = "SELECT verdict, count(*) FROM
                       (SELECT verdict, max(seq + (verdict <> 'skip') * (1 << 53)) FROM decision
                        WHERE queue = ? AND actor = ? AND state = 'standing' GROUP BY sample)
                   GROUP BY verdict";
        let rows = self.rows(sql, &[queue.as_bytes(), &actor], |row| {
            Ok((verdict(row, 0)?, row.get(1)?))
        })?;
        let mut reviewed = Reviewed::default();
        for (verdict, count) in rows {
            match verdict {
                Verdict::Approve => reviewed.approved = count,
                Verdict::Exclude => reviewed.excluded = count,
                Verdict::Unsure => reviewed.unsure = count,
                Verdict::Skip => reviewed.skipped = count,
            }
        }
        Ok(reviewed)
    }

    /// This person's answers from the first place of the queue on, up to the first that has none; a skip is none.
    pub fn answered_from_the_start(&self, queue: Uuid, actor: &str) -> Result<Vec<Verdict>, Fault> {
        let sql = "SELECT (SELECT verdict FROM decision
                           WHERE sample = item.sample AND actor = ?2 AND state = 'standing' AND queue = ?1
                           ORDER BY verdict = 'skip', seq DESC LIMIT 1)
                   FROM queue_item AS item WHERE queue = ?1 ORDER BY position";
        let doing = "reading the first answers of a queue";
        let mut select = self.connection.prepare_cached(sql).doing(doing)?;
        let mut rows = select
            .query(rusqlite::params![queue.as_bytes(), actor])
            .doing(doing)?;
        let mut answered = Vec::new();
        while let Some(row) = rows.next().doing(doing)? {
            let given: Option<String> = row.get(0).doing(doing)?;
            match given.as_deref().and_then(Verdict::parse) {
                None | Some(Verdict::Skip) => break,
                Some(verdict) => answered.push(verdict),
            }
        }
        Ok(answered)
    }

    /// This person's decisions in a queue, latest first, whatever their state.
    pub fn decisions(&self, queue: Uuid, actor: &str, limit: u64) -> Result<Vec<Decision>, Fault> {
        let sql = format!(
            "SELECT {DECISION} FROM decision WHERE queue = ? AND actor = ? ORDER BY seq DESC LIMIT ?"
        );
        self.rows(
            &sql,
            &[queue.as_bytes(), &actor, &limit.min(i64::MAX as u64)],
            decision,
        )
    }

    /// The decision that an undo would take back.
    pub fn undo_target(&self, queue: Uuid, actor: &str) -> Result<Option<Decision>, Fault> {
        let sql = format!(
            "SELECT {DECISION} FROM decision WHERE queue = ? AND actor = ? AND own = 'standing' AND pack IS NULL
             ORDER BY seq DESC LIMIT 1"
        );
        self.row(&sql, &[queue.as_bytes(), &actor], decision)
    }

    /// The decision that a redo would put back.
    pub fn redo_target(&self, queue: Uuid, actor: &str) -> Result<Option<Decision>, Fault> {
        let sql = format!(
            "SELECT {DECISION} FROM decision WHERE queue = ? AND actor = ? AND own = 'undone' AND pack IS NULL
             ORDER BY seq LIMIT 1"
        );
        self.row(&sql, &[queue.as_bytes(), &actor], decision)
    }

    /// Each person's standing decision on a sample across queues, oldest first; skips and machines decide nothing.
    pub fn standing(&self, sample: &Digest) -> Result<Vec<Decision>, Fault> {
        let sql = format!(
            "SELECT {DECISION}, max(seq) FROM decision
             WHERE sample = ? AND state = 'standing' AND verdict <> 'skip' AND {HUMAN} GROUP BY actor ORDER BY seq"
        );
        self.rows(&sql, &[&sample.0], decision)
    }

    /// Each person's standing decision on each sample, by sample, then oldest first.
    pub fn each_standing(&self, mut each: impl FnMut(Decision)) -> Result<(), Fault> {
        let sql = format!(
            "SELECT {DECISION}, max(seq) FROM decision
             WHERE state = 'standing' AND verdict <> 'skip' AND {HUMAN} GROUP BY sample, actor ORDER BY sample, seq"
        );
        let doing = "reading the standing decisions";
        let mut select = self.connection.prepare_cached(&sql).doing(doing)?;
        for row in select.query_map([], decision).doing(doing)? {
            each(row.doing(doing)?);
        }
        Ok(())
    }

    /// Whether this person ever answered this sample in any queue; a skip is no answer.
    pub fn has_reviewed(&self, name: &str, sample: &Digest) -> Result<bool, Fault> {
        let sql = "SELECT 1 FROM decision WHERE sample = ? AND actor = ? AND verdict <> 'skip' LIMIT 1";
        Ok(self.row(sql, &[&sample.0, &name], |_| Ok(()))?.is_some())
    }

    /// Everything that is or was gold, latest promotion first.
    pub fn gold(&self) -> Result<Vec<GoldRecord>, Fault> {
        self.rows(
            "SELECT sample, promoted, revoked FROM gold ORDER BY promoted DESC",
            &[],
            gold_record,
        )
    }

    pub fn gold_record(&self, sample: &Digest) -> Result<Option<GoldRecord>, Fault> {
        self.row(
            "SELECT sample, promoted, revoked FROM gold WHERE sample = ?",
            &[&sample.0],
            gold_record,
        )
    }

    /// Every frozen gold set, by number.
    pub fn gold_snapshots(&self) -> Result<Vec<GoldSnapshot>, Fault> {
        let sql = "SELECT number, seq, size, root FROM gold_snapshot ORDER BY number";
        self.rows(sql, &[], |row| {
            Ok(GoldSnapshot {
                number: row.get(0)?,
                seq: row.get(1)?,
                size: row.get(2)?,
                root: Digest(row.get(3)?),
            })
        })
    }

    /// The number of gold samples now.
    pub fn gold_count(&self) -> Result<u64, Fault> {
        let count = self.row("SELECT count(*) FROM gold WHERE revoked IS NULL", &[], |row| {
            row.get(0)
        })?;
        Ok(count.unwrap_or(0))
    }

    /// The entry that a projection refers to.
    pub(crate) fn stated(&self, seq: u64) -> Result<Entry, Fault> {
        self.entry(seq)?.ok_or_else(|| misplaced(seq))
    }

    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        each: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Fault> {
        let doing = "reading the ledger";
        let mut select = self.connection.prepare_cached(sql).doing(doing)?;
        let rows = select.query_map(values, each).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    pub(crate) fn row<T>(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Fault> {
        let doing = "reading the ledger";
        self.connection
            .prepare_cached(sql)
            .doing(doing)?
            .query_row(values, read)
            .optional()
            .doing(doing)
    }
}

pub(crate) fn misplaced(seq: u64) -> Fault {
    faults::damaged(format!(
        "a projection of the ledger points to entry {seq}, which says something else"
    ))
}

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    let role = word(row, 1, Role::parse)?;
    Ok(Person {
        name: row.get(0)?,
        role,
        seq: row.get(2)?,
    })
}

pub(crate) fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let origin = match row.get_ref(6)? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(word(row, 6, Origin::parse)?),
    };
    let state = |word: &str| match word {
        "standing" => Some(DecisionState::Standing),
        "undone" => Some(DecisionState::Undone),
        "dropped" => Some(DecisionState::Dropped),
        "superseded" => Some(DecisionState::Superseded),
        "quarantined" => Some(DecisionState::Quarantined),
        _ => None,
    };
    Ok(Decision {
        seq: row.get(0)?,
        id: Uuid::from_bytes(row.get(1)?),
        queue: Uuid::from_bytes(row.get(2)?),
        actor: row.get(3)?,
        sample: Digest(row.get(4)?),
        verdict: verdict(row, 5)?,
        origin,
        version: row.get(7)?,
        state: word(row, 8, state)?,
    })
}

fn gold_record(row: &Row<'_>) -> rusqlite::Result<GoldRecord> {
    Ok(GoldRecord {
        sample: Digest(row.get(0)?),
        promoted: row.get(1)?,
        revoked: row.get(2)?,
    })
}

fn verdict(row: &Row<'_>, column: usize) -> rusqlite::Result<Verdict> {
    word(row, column, Verdict::parse)
}

/// Reads a column that holds one word of a closed set.
pub(crate) fn word<T>(
    row: &Row<'_>,
    column: usize,
    parse: impl Fn(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    parse(&text).ok_or_else(|| {
        let why = format!("`{text}` is no word that can stand here");
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, why.into())
    })
}
