//! What is believed of a sample and why, what it was before, and what else says otherwise.

use assay_model::resolution::{Effect, effect, speaks_of};
use assay_model::{Digest, Evidence, Fault, Origin, OriginChange, Resolution, SourceClass, resolve};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::part_origins::parts_or_as_many_as_spoken_of;
use super::stored::{beside, parts};
use crate::database::Index;
use crate::fault;
use crate::snapshots::Snapshot;

/// One piece of evidence for one sample, with what it did and who brought it.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceRow {
    pub evidence: Evidence,
    /// On the first part it speaks of.
    pub effect: Effect,
    /// `None` for what indexing found.
    pub brought: Option<BroughtBy>,
}

/// The act that brought a piece of evidence after indexing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtBy {
    /// `judgement`, `known_synthetic`, `file`.
    pub kind: String,
    pub name: String,
    /// Empty where nobody was named.
    pub by: String,
    /// RFC 3339.
    pub at: String,
    pub entry: Option<u64>,
}

/// A sample whose origin is another than the feature columns say.
#[derive(Clone, Debug, PartialEq)]
pub struct RelabelledRow {
    pub sample: u64,
    pub origin: Origin,
    pub source_class: SourceClass,
    pub conflict: bool,
    /// Tokens of each part, its origin in the columns, its origin now.
    pub parts: Vec<(u32, Origin, Origin)>,
}

/// Stored in `relabelled`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RelabelledPart {
    pub tokens: u32,
    pub was: Origin,
    pub now: Origin,
}

impl RelabelledPart {
    pub fn to_bytes(parts: &[Self]) -> Vec<u8> {
        postcard::to_stdvec(parts).expect("origins and counts have a binary form")
    }
}

/// A record and what it says it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    pub sample: u64,
    /// Its own identity.
    pub key: Option<String>,
    pub origin: Origin,
    pub tokens: u64,
    pub parents: Vec<String>,
}

impl Index {
    /// The evidence that speaks of a sample, strongest first, and what follows from it for each part.
    pub fn evidence(&self, sample: u64) -> Result<(Vec<EvidenceRow>, Resolution), Fault> {
        let rows = beside(&self.connection, sample as i64)?;
        let parts = parts_or_as_many_as_spoken_of(&self.connection, sample as i64, &rows)?;
        let mut found = Vec::new();
        for row in &rows {
            let brought = self.brought_by(row.addition)?;
            found.extend(
                row.spoken(&parts)
                    .into_iter()
                    .map(|evidence| (evidence, brought.clone())),
            );
        }
        let all: Vec<Evidence> = found.iter().map(|(evidence, _)| evidence.clone()).collect();
        let resolution = resolve(parts.len(), &all);
        let mut listed: Vec<EvidenceRow> = found
            .into_iter()
            .map(|(evidence, brought)| {
                let resolved = (0..)
                    .zip(&resolution.parts)
                    .find(|(part, _)| speaks_of(&evidence, *part));
                EvidenceRow {
                    effect: resolved.map_or(Effect::Silent, |(_, resolved)| effect(&evidence, resolved)),
                    evidence,
                    brought,
                }
            })
            .collect();
        listed.sort_by_key(|row| row.evidence.kind.rank());
        Ok((listed, resolution))
    }

    fn brought_by(&self, addition: i64) -> Result<Option<BroughtBy>, Fault> {
        if addition == 0 {
            return Ok(None);
        }
        self.connection
            .prepare_cached("SELECT kind, name, actor, at, entry FROM addition WHERE id = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row([addition], |row| {
                        Ok(BroughtBy {
                            kind: row.get(0)?,
                            name: row.get(1)?,
                            by: row.get(2)?,
                            at: row.get(3)?,
                            entry: row.get::<_, Option<i64>>(4)?.map(|entry| entry as u64),
                        })
                    })
                    .optional()
            })
            .map_err(fault::sql("finding where evidence comes from"))
    }

    /// How a sample's origin came to be what it is, earliest first; empty where it is as indexed.
    pub fn history(&self, sample: u64) -> Result<Vec<OriginChange>, Fault> {
        let failed = fault::sql("reading an origin's history");
        let mut statement = self
            .connection
            .prepare_cached("SELECT at, was, became, causes FROM origin_change WHERE sample = ?1 ORDER BY id")
            .map_err(&failed)?;
        let rows = statement
            .query_map([sample as i64], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, String>(3)?,
                ))
            })
            .map_err(&failed)?;
        let broken = |error: serde_json::Error| Fault::internal("reading an origin's history", error);
        let mut history = Vec::new();
        for row in rows {
            let (at, was, became, causes) = row.map_err(&failed)?;
            history.push(OriginChange {
                at,
                was: serde_json::from_str(&was).map_err(broken)?,
                became: serde_json::from_str(&became).map_err(broken)?,
                causes: serde_json::from_str(&causes).map_err(broken)?,
            });
        }
        Ok(history)
    }

    /// Samples of a snapshot whose origin is another than the feature columns say, by id.
    pub fn relabelled(&self, snapshot: &Snapshot) -> Result<Vec<RelabelledRow>, Fault> {
        let failed = fault::sql("listing relabelled samples");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.id, s.origin, s.source_class, s.conflict, r.parts FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 CROSS JOIN relabelled r ON r.sample >= f.first AND r.sample < f.first + f.indexed
                 CROSS JOIN sample s ON s.id = r.sample WHERE sf.snapshot = ?1",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([snapshot.id]).map_err(&failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let parts: Vec<u8> = row.get(4).map_err(&failed)?;
            let parts: Vec<RelabelledPart> = postcard::from_bytes(&parts)
                .map_err(|error| Fault::internal("reading a relabelled sample", error))?;
            let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<RelabelledRow> {
                Ok(RelabelledRow {
                    sample: row.get::<_, i64>(0)? as u64,
                    origin: Origin::parse(&row.get::<_, String>(1)?).unwrap_or_default(),
                    source_class: SourceClass::parse(&row.get::<_, String>(2)?).unwrap_or_default(),
                    conflict: row.get(3)?,
                    parts: parts
                        .iter()
                        .map(|part| (part.tokens, part.was, part.now))
                        .collect(),
                })
            };
            found.push(read(row).map_err(&failed)?);
        }
        found.sort_unstable_by_key(|row| row.sample);
        Ok(found)
    }

    /// Samples of the snapshot with the same digest and another known origin, at most `limit`.
    pub fn contradicting(
        &self,
        snapshot: &Snapshot,
        digest: &Digest,
        origin: Origin,
        limit: u64,
    ) -> Result<Vec<u64>, Fault> {
        if origin == Origin::Unknown {
            return Ok(Vec::new());
        }
        let failed = fault::sql("finding what says otherwise");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.id FROM sample s WHERE s.digest = ?2 AND s.origin NOT IN ('unknown', ?3)
                 AND EXISTS (SELECT 1 FROM snapshot_file sf WHERE sf.snapshot = ?1 AND sf.file = s.file)
                 ORDER BY s.id LIMIT ?4",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map(
                params![snapshot.id, digest.0, origin.as_str(), limit as i64],
                |row| row.get::<_, i64>(0),
            )
            .map_err(&failed)?;
        rows.map(|id| id.map(|id| id as u64).map_err(&failed)).collect()
    }

    /// Whether any snapshot holds a sample with this digest.
    pub fn has_sample(&self, digest: &Digest) -> Result<bool, Fault> {
        self.connection
            .prepare_cached("SELECT 1 FROM sample WHERE digest = ?1")
            .and_then(|mut statement| statement.exists([digest.0]))
            .map_err(fault::sql("looking for a sample"))
    }

    /// How many parts the sample with this digest has; `None` where there is none, or an older Assay indexed it.
    pub fn part_count(&self, digest: &Digest) -> Result<Option<u64>, Fault> {
        let sample: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM sample WHERE digest = ?1 LIMIT 1")
            .and_then(|mut statement| statement.query_row([digest.0], |row| row.get(0)).optional())
            .map_err(fault::sql("looking for a sample"))?;
        let Some(sample) = sample else { return Ok(None) };
        Ok(parts(&self.connection, sample)?.map(|parts| parts.len() as u64))
    }

    /// Who was made from whom: every sample of the snapshot, or nothing where no record names a parent.
    pub fn ties(&self, snapshot: &Snapshot) -> Result<Vec<Tie>, Fault> {
        let failed = fault::sql("reading what records were made from");
        let among = "FROM snapshot_file sf JOIN file f ON f.id = sf.file";
        let named = format!(
            "SELECT EXISTS (SELECT 1 {among} CROSS JOIN parent p ON p.sample >= f.first AND p.sample < f.first + f.indexed
             WHERE sf.snapshot = ?1)"
        );
        let any: bool = self
            .connection
            .query_row(&named, [snapshot.id], |row| row.get(0))
            .map_err(&failed)?;
        if !any {
            return Ok(Vec::new());
        }
        let query = format!(
            "SELECT s.id, s.key, s.origin, s.tokens, p.parent {among}
             CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed
             LEFT JOIN parent p ON p.sample = s.id WHERE sf.snapshot = ?1 ORDER BY s.id, p.position"
        );
        let mut statement = self.connection.prepare_cached(&query).map_err(&failed)?;
        let mut rows = statement.query([snapshot.id]).map_err(&failed)?;
        let mut ties: Vec<Tie> = Vec::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let sample = row.get::<_, i64>(0).map_err(&failed)? as u64;
            let parent: Option<String> = row.get(4).map_err(&failed)?;
            if let Some(last) = ties.last_mut()
                && last.sample == sample
            {
                last.parents.extend(parent);
                continue;
            }
            let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Tie> {
                Ok(Tie {
                    sample,
                    key: row.get(1)?,
                    origin: Origin::parse(&row.get::<_, String>(2)?).unwrap_or_default(),
                    tokens: row.get::<_, i64>(3)? as u64,
                    parents: parent.into_iter().collect(),
                })
            };
            ties.push(read(row).map_err(&failed)?);
        }
        Ok(ties)
    }

    /// A sample's depth of derivation in a snapshot (`None` twice over: not derived; `Some(None)`: its chain leads back to
    /// itself), and the records it names as those it was made from.
    pub fn derivation(
        &self,
        snapshot: &Snapshot,
        sample: u64,
    ) -> Result<(Option<Option<u64>>, Vec<String>), Fault> {
        let failed = fault::sql("reading what a record was made from");
        let depth = self
            .connection
            .prepare_cached("SELECT depth FROM derivation WHERE snapshot = ?1 AND sample = ?2")
            .and_then(|mut statement| {
                statement
                    .query_row(params![snapshot.id, sample as i64], |row| {
                        row.get::<_, Option<i64>>(0)
                    })
                    .optional()
            })
            .map_err(&failed)?;
        let mut statement = self
            .connection
            .prepare_cached("SELECT parent FROM parent WHERE sample = ?1 ORDER BY position")
            .map_err(&failed)?;
        let parents = statement
            .query_map([sample as i64], |row| row.get(0))
            .map_err(&failed)?;
        let parents = parents.collect::<rusqlite::Result<_>>().map_err(&failed)?;
        Ok((depth.map(|depth| depth.map(|depth| depth as u64)), parents))
    }
}
