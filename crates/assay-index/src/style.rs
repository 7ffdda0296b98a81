//! Which writing-style signal does a snapshot have, and what does it say of a sample?
//!
//! Stored beside the evidence and never as part of it: nothing here can change an origin.

use assay_model::report::{NoScore, Stylometry};
use assay_model::{Digest, Fault, Origin};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::database::Index;
use crate::fault;
use crate::measures::MeasureWriter;
use crate::query::Selection;
use crate::snapshots::Snapshot;

/// A snapshot's signal: its model as JSON, and how often it was wrong where it learned.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredStyle {
    pub trained_on: i64,
    pub model: String,
    pub summary: Stylometry,
}

/// One part's score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StyleScoreRow {
    pub sample: u64,
    pub part: u32,
    /// From 0 (as the human texts) to 1 (as the machine texts).
    pub score: f64,
    pub trained_as: Option<Origin>,
}

/// What a signal says of a snapshot's samples.
#[derive(Clone, Copy, Debug, Default)]
pub struct StyleSaid<'a> {
    pub scores: &'a [StyleScoreRow],
    /// Why samples that have words enough have no score; of all others without one it is that they are too short.
    pub unscored: &'a [(u64, NoScore)],
}

/// What orders a queue of uncertain samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    pub digest: Digest,
    pub origin: Origin,
    pub confidence: f64,
    pub conflict: bool,
    /// The highest of its parts; none where the signal does not speak of it.
    pub score: Option<f64>,
}

impl MeasureWriter<'_> {
    /// Replaces the snapshot's signal, or removes it.
    pub fn style(&mut self, stored: Option<&StoredStyle>, said: StyleSaid<'_>) -> Result<(), Fault> {
        replace(&self.transaction, self.snapshot, stored, said)
    }
}

fn replace(
    connection: &Connection,
    snapshot: i64,
    stored: Option<&StoredStyle>,
    said: StyleSaid<'_>,
) -> Result<(), Fault> {
    let write = || -> rusqlite::Result<()> {
        connection.execute("DELETE FROM style_model WHERE snapshot = ?1", [snapshot])?;
        connection.execute("DELETE FROM style_score WHERE snapshot = ?1", [snapshot])?;
        connection.execute("DELETE FROM style_reason WHERE snapshot = ?1", [snapshot])?;
        if let Some(stored) = stored {
            let summary = serde_json::to_string(&stored.summary).expect("a summary has a JSON form");
            connection.execute(
                "INSERT INTO style_model VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    snapshot,
                    stored.trained_on,
                    stored.model,
                    summary,
                    !stored.model.is_empty()
                ],
            )?;
        }
        let mut insert = connection.prepare_cached("INSERT INTO style_score VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for row in said.scores {
            let trained_as = row.trained_as.map(Origin::as_str);
            insert.execute(params![
                snapshot,
                row.sample as i64,
                row.part,
                row.score,
                trained_as
            ])?;
        }
        let mut insert = connection.prepare_cached("INSERT INTO style_reason VALUES (?1, ?2, ?3)")?;
        for (sample, reason) in said.unscored {
            insert.execute(params![snapshot, *sample as i64, reason.as_str()])?;
        }
        Ok(())
    };
    write().map_err(fault::sql("storing the style signal"))
}

impl Index {
    /// Replaces a measured snapshot's signal; with a report, that too, all at once.
    pub fn write_style(
        &mut self,
        snapshot: &Snapshot,
        stored: Option<&StoredStyle>,
        said: StyleSaid<'_>,
        report: Option<&assay_model::Report>,
    ) -> Result<(), Fault> {
        let failed = fault::sql("storing the style signal");
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&failed)?;
        replace(&transaction, snapshot.id, stored, said)?;
        if let Some(report) = report {
            let text =
                serde_json::to_string(report).map_err(|error| Fault::internal("writing a report", error))?;
            transaction
                .execute(
                    "UPDATE snapshot SET report = ?2 WHERE id = ?1",
                    params![snapshot.id, text],
                )
                .map_err(&failed)?;
        }
        transaction.commit().map_err(&failed)
    }

    /// The snapshot's signal, where it has one.
    pub fn style(&self, snapshot: &Snapshot) -> Result<Option<StoredStyle>, Fault> {
        let found = self
            .connection
            .prepare_cached("SELECT trained_on, model, summary FROM style_model WHERE snapshot = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row([snapshot.id], |row| {
                        Ok((
                            row.get::<_, i64>(0)?,
                            row.get::<_, String>(1)?,
                            row.get::<_, String>(2)?,
                        ))
                    })
                    .optional()
            })
            .map_err(fault::sql("reading the style signal"))?;
        found
            .map(|(trained_on, model, summary)| {
                Ok(StoredStyle {
                    trained_on,
                    model,
                    summary: serde_json::from_str(&summary)
                        .map_err(|error| Fault::internal("reading the style signal", error))?,
                })
            })
            .transpose()
    }

    /// The scores of a sample's parts, in their order.
    pub fn style_scores(&self, snapshot: &Snapshot, sample: u64) -> Result<Vec<StyleScoreRow>, Fault> {
        let failed = fault::sql("reading style scores");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT part, score, trained_as FROM style_score WHERE snapshot = ?1 AND sample = ?2 ORDER BY part",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![snapshot.id, sample as i64], |row| {
                Ok(StyleScoreRow {
                    sample,
                    part: row.get(0)?,
                    score: row.get(1)?,
                    trained_as: row
                        .get::<_, Option<String>>(2)?
                        .and_then(|word| Origin::parse(&word)),
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// The distinct sources of a snapshot's samples with this digest; `""` for one that names none.
    pub fn sources_of(&self, snapshot: &Snapshot, digest: &Digest) -> Result<Vec<String>, Fault> {
        let failed = fault::sql("finding a sample's source");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT value FROM dimension WHERE name = 'source' AND sample = ?1 ORDER BY position LIMIT 1",
            )
            .map_err(&failed)?;
        let mut sources = Vec::new();
        for sample in self.samples_with_digest(snapshot, digest)? {
            let source = statement
                .query_row([sample as i64], |row| row.get::<_, String>(0))
                .optional()
                .map_err(&failed)?
                .unwrap_or_default();
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        Ok(sources)
    }

    /// How doubtful the origin of each sample of a selection is, in path order, copies included.
    pub fn doubts(&self, snapshot: &Snapshot, selection: &Selection) -> Result<Vec<Doubt>, Fault> {
        let failed = fault::sql("ordering samples");
        let columns = format!(
            "s.digest, s.origin, s.confidence, s.conflict,
             (SELECT max(y.score) FROM style_score y WHERE y.snapshot = {} AND y.sample = s.id)",
            snapshot.id
        );
        self.rows_of(selection, &columns, |row| {
            Ok(Doubt {
                digest: Digest(row.get(0)?),
                origin: Origin::parse(&row.get::<_, String>(1)?).unwrap_or_default(),
                confidence: row.get(2)?,
                conflict: row.get(3)?,
                score: row.get(4)?,
            })
        })
        .map_err(failed)
    }
}
