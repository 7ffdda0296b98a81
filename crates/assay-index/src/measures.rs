//! Storing what the measures found: clusters, pairs, passages, the report.

use std::collections::HashSet;

use assay_model::{Fault, Origin, Report};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::clusters::{MemberRow, PairRow};
use crate::database::Index;
use crate::fault;
use crate::snapshots::Snapshot;

/// Writes the measures of one snapshot; nothing of it is seen before `finish`.
pub struct MeasureWriter<'a> {
    pub(crate) transaction: Transaction<'a>,
    pub(crate) snapshot: i64,
    passages: i64,
}

impl Index {
    /// Starts to write a snapshot's measures, replacing earlier ones.
    pub fn write_measures(&mut self, snapshot: &Snapshot) -> Result<MeasureWriter<'_>, Fault> {
        let failed = fault::sql("storing the measures");
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&failed)?;
        let tables = [
            "cluster",
            "cluster_member",
            "pair",
            "passage",
            "derivation",
            "topic",
            "sample_topic",
            "topic_model",
        ];
        for table in tables {
            transaction
                .execute(&format!("DELETE FROM {table} WHERE snapshot = ?1"), [snapshot.id])
                .map_err(&failed)?;
        }
        Ok(MeasureWriter {
            transaction,
            snapshot: snapshot.id,
            passages: 0,
        })
    }
}

impl MeasureWriter<'_> {
    /// Records a verified or rejected pair.
    pub fn pair(&mut self, pair: &PairRow) -> Result<(), Fault> {
        let insert = || -> rusqlite::Result<()> {
            self.transaction
                .prepare_cached(
                    "INSERT INTO pair (snapshot, a, b, kind, jaccard, containment, accepted, representative, judgement)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    self.snapshot,
                    pair.a as i64,
                    pair.b as i64,
                    pair.kind,
                    pair.jaccard,
                    pair.containment,
                    pair.accepted,
                    pair.representative.map(|sample| sample as i64),
                    pair.judgement.as_ref().map(|judgement| {
                        serde_json::to_string(judgement).expect("three texts have a JSON form")
                    })
                ])?;
            Ok(())
        };
        insert().map_err(fault::sql("storing a pair"))
    }

    /// Records a cluster. Its members do not hold the representative.
    pub fn cluster(
        &mut self,
        cluster: u64,
        representative: u64,
        reason: &str,
        members: &[MemberRow],
    ) -> Result<(), Fault> {
        let lowest = members.iter().map(|member| member.jaccard).fold(1.0, f64::min);
        let insert = || -> rusqlite::Result<()> {
            self.transaction
                .prepare_cached("INSERT INTO cluster VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![
                    self.snapshot,
                    cluster as i64,
                    representative as i64,
                    members.len() as i64 + 1,
                    reason,
                    lowest
                ])?;
            let mut member = self
                .transaction
                .prepare_cached("INSERT INTO cluster_member VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
            member.execute(params![
                self.snapshot,
                representative as i64,
                cluster as i64,
                "",
                1.0,
                1.0,
                ""
            ])?;
            for row in members {
                member.execute(params![
                    self.snapshot,
                    row.sample as i64,
                    cluster as i64,
                    row.kind,
                    row.jaccard,
                    row.containment,
                    row.redundant
                ])?;
            }
            Ok(())
        };
        insert().map_err(fault::sql("storing a cluster"))
    }

    /// Records a recurring passage, the most frequent first.
    pub fn passage(
        &mut self,
        unit: &str,
        tokens: u32,
        samples: u64,
        found_in: &[(u64, u32)],
    ) -> Result<(), Fault> {
        let places =
            serde_json::to_string(&found_in[..found_in.len().min(100)]).expect("numbers have a JSON form");
        self.passages += 1;
        self.transaction
            .execute(
                "INSERT INTO passage VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![self.snapshot, self.passages, unit, tokens, samples as i64, places],
            )
            .map(|_| ())
            .map_err(fault::sql("storing a passage"))
    }

    /// Records the depth of a sample's derivation; none where its chain leads back to itself.
    pub fn depth(&mut self, sample: u64, depth: Option<u64>) -> Result<(), Fault> {
        self.transaction
            .prepare_cached("INSERT INTO derivation VALUES (?1, ?2, ?3)")
            .and_then(|mut insert| {
                insert.execute(params![
                    self.snapshot,
                    sample as i64,
                    depth.map(|depth| depth as i64)
                ])
            })
            .map(|_| ())
            .map_err(fault::sql("storing a depth of derivation"))
    }

    /// Of these samples, those that have a duplicate, as far as the measures were written.
    pub fn with_duplicates(&self, samples: &[u64]) -> Result<Vec<u64>, Fault> {
        with_duplicates(&self.transaction, self.snapshot, samples)
    }

    /// Stores the report with what it rested on, and commits everything at once.
    pub fn finish(self, report: &Report, under: &str) -> Result<(), Fault> {
        let text =
            serde_json::to_string(report).map_err(|error| Fault::internal("writing a report", error))?;
        let failed = fault::sql("storing the report");
        self.transaction
            .execute(
                "UPDATE snapshot SET report = ?2, measured_under = ?3 WHERE id = ?1",
                params![self.snapshot, text, under],
            )
            .map_err(&failed)?;
        self.transaction.commit().map_err(&failed)
    }
}

/// The samples that stand in a cluster or in a pair that holds: of them, which one stands for the others may change.
fn with_duplicates(connection: &Connection, snapshot: i64, samples: &[u64]) -> Result<Vec<u64>, Fault> {
    let failed = fault::sql("looking for duplicates of samples");
    let mut in_cluster = connection
        .prepare_cached("SELECT 1 FROM cluster_member WHERE snapshot = ?1 AND sample = ?2")
        .map_err(&failed)?;
    let (mut found, mut others) = (Vec::new(), HashSet::new());
    for &sample in samples {
        if in_cluster
            .exists(params![snapshot, sample as i64])
            .map_err(&failed)?
        {
            found.push(sample);
        } else {
            others.insert(sample);
        }
    }
    if others.is_empty() {
        return Ok(found);
    }
    // A near-duplicate of a member, but not of its representative, stands in no cluster.
    let mut pairs = connection
        .prepare_cached("SELECT a, b FROM pair WHERE snapshot = ?1 AND accepted = 1")
        .map_err(&failed)?;
    let mut rows = pairs.query([snapshot]).map_err(&failed)?;
    while let Some(row) = rows.next().map_err(&failed)? {
        for side in [0, 1] {
            let sample = row.get::<_, i64>(side).map_err(&failed)? as u64;
            found.extend(others.take(&sample));
        }
    }
    Ok(found)
}

/// Tokens whose origin a kind of evidence decided.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceTokens {
    pub origin: Origin,
    /// The word of an `EvidenceKind`.
    pub kind: String,
    pub tokens: u64,
}

impl Index {
    /// Of these samples, those that have a duplicate in the snapshot, as its stored measures found them.
    pub fn with_duplicates(&self, snapshot: &Snapshot, samples: &[u64]) -> Result<Vec<u64>, Fault> {
        with_duplicates(&self.connection, snapshot.id, samples)
    }

    /// Sums tokens by the origin and kind of the evidence that decided it.
    pub fn evidence_tokens(&self, snapshot: &Snapshot) -> Result<Vec<EvidenceTokens>, Fault> {
        let failed = fault::sql("summing the evidence");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT e.origin, e.kind, sum(se.tokens) FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 CROSS JOIN sample_evidence se ON se.sample >= f.first AND se.sample < f.first + f.indexed
                 JOIN evidence e ON e.id = se.evidence WHERE sf.snapshot = ?1 AND se.tokens > 0 GROUP BY e.origin, e.kind",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                Ok(EvidenceTokens {
                    origin: Origin::parse(&row.get::<_, String>(0)?).unwrap_or_default(),
                    kind: row.get(1)?,
                    tokens: row.get::<_, i64>(2)? as u64,
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }
}
