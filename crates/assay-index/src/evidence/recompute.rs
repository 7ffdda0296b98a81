//! Which origins follow now, and for which samples is that something else than before?
//!
//! Only samples whose added evidence differs from what stands beside them are looked at. The work is one transaction: stopped
//! in the middle, every origin is as it was.

use std::collections::BTreeSet;

use assay_model::{Cause, Digest, Evidence, Fault, Origin, OriginState, SourceClass, Task, resolve};
use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;

use super::EvidenceWriter;
use super::history::RelabelledPart;
use super::part_origins;
use super::stored::{Beside, PartRow, beside, decided_tokens, kind, parts};
use crate::indexing::roots;
use crate::texts::Texts;
use crate::{facts, fault};

/// What recomputing did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recomputed {
    /// Samples whose origin, source class, confidence or conflict changed.
    pub samples: u64,
    /// Ids of the snapshots that hold them, ascending: their facts root is new, and they must be measured again.
    pub snapshots: Vec<i64>,
}

/// What each sample should have beside it of added evidence. What indexing found already is not added twice.
const DESIRED: &str = "CREATE TEMP TABLE IF NOT EXISTS desired (
        sample INTEGER NOT NULL, part INTEGER NOT NULL, evidence INTEGER NOT NULL, addition INTEGER NOT NULL, record TEXT,
        PRIMARY KEY (sample, part, evidence)
    ) WITHOUT ROWID;
    DELETE FROM temp.desired;
    INSERT INTO temp.desired
        SELECT s.id, a.part, a.evidence, min(a.addition), a.record FROM added_evidence a CROSS JOIN sample s ON s.digest = a.digest
        WHERE NOT EXISTS (SELECT 1 FROM sample_evidence b
                          WHERE b.sample = s.id AND b.part = a.part AND b.evidence = a.evidence AND b.addition = 0)
        GROUP BY s.id, a.part, a.evidence;";

const DIFFERING: &str = "SELECT DISTINCT sample FROM (
        SELECT * FROM (SELECT sample, part, evidence, addition FROM temp.desired
                       EXCEPT SELECT sample, part, evidence, addition FROM sample_evidence WHERE addition > 0)
        UNION ALL
        SELECT * FROM (SELECT sample, part, evidence, addition FROM sample_evidence WHERE addition > 0
                       EXCEPT SELECT sample, part, evidence, addition FROM temp.desired)
    ) ORDER BY sample";

impl EvidenceWriter<'_> {
    /// Recomputes the origins that changed evidence speaks of, and commits. `now` is RFC 3339.
    pub fn finish(self, now: &str, task: &Task, fraction: &dyn Fn(f64)) -> Result<Recomputed, Fault> {
        let failed = fault::sql("recomputing origins");
        self.transaction.execute_batch(DESIRED).map_err(&failed)?;
        let samples: Vec<i64> = {
            let mut statement = self.transaction.prepare(DIFFERING).map_err(&failed)?;
            let rows = statement.query_map([], |row| row.get(0)).map_err(&failed)?;
            rows.collect::<rusqlite::Result<_>>().map_err(&failed)?
        };
        let mut run = Run {
            connection: &self.transaction,
            now,
            texts: OlderTexts {
                folder: &self.folder,
                open: None,
            },
            files: FxHashSet::default(),
            changed: 0,
        };
        for (done, sample) in samples.iter().enumerate() {
            if done % 512 == 0 {
                task.check()?;
                fraction(done as f64 / samples.len() as f64);
            }
            run.sample(*sample)?;
        }
        let (changed, files) = (run.changed, run.files);
        let snapshots = snapshots_of(&self.transaction, &files)?;
        for snapshot in &snapshots {
            task.check()?;
            let (_, facts_root) = roots(&self.transaction, *snapshot)?;
            self.transaction
                .execute(
                    "UPDATE snapshot SET facts_root = ?2, report = NULL WHERE id = ?1",
                    params![snapshot, facts_root.0],
                )
                .map_err(&failed)?;
        }
        self.transaction
            .execute_batch("DROP TABLE temp.desired")
            .map_err(&failed)?;
        self.transaction.commit().map_err(&failed)?;
        Ok(Recomputed {
            samples: changed,
            snapshots,
        })
    }
}

fn snapshots_of(connection: &Connection, files: &FxHashSet<i64>) -> Result<Vec<i64>, Fault> {
    let failed = fault::sql("finding the snapshots of relabelled samples");
    let mut snapshots = BTreeSet::new();
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT snapshot FROM snapshot_file WHERE file = ?1")
        .map_err(&failed)?;
    for file in files {
        let rows = statement.query_map([file], |row| row.get(0)).map_err(&failed)?;
        for snapshot in rows {
            snapshots.insert(snapshot.map_err(&failed)?);
        }
    }
    Ok(snapshots.into_iter().collect())
}

struct Run<'a> {
    connection: &'a Connection,
    now: &'a str,
    texts: OlderTexts<'a>,
    /// Files that hold a sample which changed.
    files: FxHashSet<i64>,
    changed: u64,
}

/// One row of `sample` before it is recomputed.
struct Before {
    file: i64,
    digest: Digest,
    state: OriginState,
}

impl Run<'_> {
    fn sample(&mut self, sample: i64) -> Result<(), Fault> {
        let failed = fault::sql("recomputing an origin");
        let parts = match parts(self.connection, sample)? {
            Some(parts) => parts,
            None => self.texts.parts(self.connection, sample)?,
        };
        let before = self.before(sample).map_err(&failed)?;
        let causes = self.causes(sample)?;
        self.bring(sample).map_err(&failed)?;
        let rows = beside(self.connection, sample)?;

        let (evidence, of_row) = spoken(&rows, &parts);
        let found: Vec<Evidence> = rows
            .iter()
            .filter(|row| row.addition == 0)
            .flat_map(|row| row.spoken(&parts))
            .collect();
        let (resolution, base) = (resolve(parts.len(), &evidence), resolve(parts.len(), &found));
        let part_tokens: Vec<u32> = parts.iter().map(|part| part.tokens).collect();
        let mut tokens = vec![0; rows.len()];
        for (row, decided) in of_row
            .iter()
            .zip(decided_tokens(&evidence, &resolution, &part_tokens))
        {
            tokens[*row] += decided;
        }
        let now = OriginState {
            origin: resolution.origin,
            source_class: resolution.source_class,
            confidence: resolution.confidence,
            conflict: resolution.conflict,
        };
        let pairs: Vec<RelabelledPart> = parts
            .iter()
            .zip(base.parts.iter().zip(&resolution.parts))
            .map(|(part, (base, now))| RelabelledPart {
                tokens: part.tokens,
                was: base.origin,
                now: now.origin,
            })
            .collect();
        let base_state = OriginState {
            origin: base.origin,
            source_class: base.source_class,
            confidence: base.confidence,
            conflict: base.conflict,
        };
        let is_base = now == base_state && pairs.iter().all(|part| part.was == part.now);
        self.credit(sample, &rows, &tokens).map_err(&failed)?;
        part_origins::rewrite(self.connection, sample, &resolution).map_err(&failed)?;
        self.overlay(sample, (!is_base).then_some(&pairs))
            .map_err(&failed)?;
        let classes: Vec<(Origin, SourceClass)> = resolution
            .parts
            .iter()
            .map(|part| (part.origin, part.source_class))
            .collect();
        let facts_changed = self.facts(sample, &before.digest, &classes).map_err(&failed)?;
        if now != before.state {
            self.write(sample, &before.state, &now, &causes)
                .map_err(&failed)?;
            self.changed += 1;
        }
        if now != before.state || facts_changed {
            self.files.insert(before.file);
        }
        Ok(())
    }

    fn before(&self, sample: i64) -> rusqlite::Result<Before> {
        self.connection
            .prepare_cached(
                "SELECT file, digest, origin, source_class, confidence, conflict FROM sample WHERE id = ?1",
            )?
            .query_row([sample], |row| {
                Ok(Before {
                    file: row.get(0)?,
                    digest: Digest(row.get(1)?),
                    state: OriginState {
                        origin: Origin::parse(&row.get::<_, String>(2)?).unwrap_or_default(),
                        source_class: SourceClass::parse(&row.get::<_, String>(3)?).unwrap_or_default(),
                        confidence: row.get(4)?,
                        conflict: row.get(5)?,
                    },
                })
            })
    }

    /// What came and what went, in the order of the acts.
    fn causes(&self, sample: i64) -> Result<Vec<Cause>, Fault> {
        let failed = fault::sql("finding why an origin changes");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT d.came, e.kind, e.origin, e.source, e.value,
                        CASE d.came WHEN 1 THEN a.actor ELSE coalesce(a.withdrawn_by, '') END,
                        CASE d.came WHEN 1 THEN a.at ELSE coalesce(a.withdrawn_at, '') END,
                        CASE d.came WHEN 1 THEN a.entry ELSE a.withdrawn_entry END
                 FROM (SELECT 1 AS came, evidence, addition FROM
                           (SELECT part, evidence, addition FROM temp.desired WHERE sample = ?1
                            EXCEPT SELECT part, evidence, addition FROM sample_evidence WHERE sample = ?1 AND addition > 0)
                       UNION
                       SELECT 0, evidence, addition FROM
                           (SELECT part, evidence, addition FROM sample_evidence WHERE sample = ?1 AND addition > 0
                            EXCEPT SELECT part, evidence, addition FROM temp.desired WHERE sample = ?1)) d
                 JOIN evidence e ON e.id = d.evidence JOIN addition a ON a.id = d.addition ORDER BY a.id, d.came, e.id",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([sample], |row| {
                Ok(Cause {
                    added: row.get(0)?,
                    kind: kind(&row.get::<_, String>(1)?),
                    origin: Origin::parse(&row.get::<_, String>(2)?).unwrap_or_default(),
                    source: row.get(3)?,
                    value: row.get(4)?,
                    by: row.get(5)?,
                    at: row.get(6)?,
                    entry: row.get::<_, Option<i64>>(7)?.map(|entry| entry as u64),
                })
            })
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Puts the added evidence beside the sample.
    fn bring(&self, sample: i64) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached("DELETE FROM sample_evidence WHERE sample = ?1 AND addition > 0")?
            .execute([sample])?;
        self.connection
            .prepare_cached(
                "INSERT INTO sample_evidence (sample, part, evidence, tokens, addition, record)
                 SELECT sample, part, evidence, 0, addition, record FROM temp.desired WHERE sample = ?1",
            )?
            .execute([sample])?;
        Ok(())
    }

    /// Writes how many tokens each piece of evidence decided.
    fn credit(&self, sample: i64, rows: &[Beside], tokens: &[u32]) -> rusqlite::Result<()> {
        let mut update = self.connection.prepare_cached(
            "UPDATE sample_evidence SET tokens = ?4 WHERE sample = ?1 AND part = ?2 AND evidence = ?3",
        )?;
        for (row, tokens) in rows.iter().zip(tokens) {
            update.execute(params![sample, row.part, row.id, tokens])?;
        }
        Ok(())
    }

    fn overlay(&self, sample: i64, parts: Option<&Vec<RelabelledPart>>) -> rusqlite::Result<()> {
        match parts {
            Some(parts) => self
                .connection
                .prepare_cached("INSERT OR REPLACE INTO relabelled VALUES (?1, ?2)")?
                .execute(params![sample, RelabelledPart::to_bytes(parts)])?,
            None => self
                .connection
                .prepare_cached("DELETE FROM relabelled WHERE sample = ?1")?
                .execute([sample])?,
        };
        Ok(())
    }

    /// Writes the leaf of the facts root; true where it is another.
    fn facts(&self, sample: i64, digest: &Digest, parts: &[(Origin, SourceClass)]) -> rusqlite::Result<bool> {
        let (was, dimensions): ([u8; 32], String) = self
            .connection
            .prepare_cached("SELECT facts, dimensions FROM sample_detail WHERE id = ?1")?
            .query_row([sample], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let dimensions = facts::stored(self.connection, sample, &dimensions)?;
        let leaf = facts::leaf(digest, parts.iter().copied(), &dimensions);
        if leaf.0 == was {
            return Ok(false);
        }
        self.connection
            .prepare_cached("UPDATE sample_detail SET facts = ?2 WHERE id = ?1")?
            .execute(params![sample, leaf.0])?;
        Ok(true)
    }

    fn write(
        &self,
        sample: i64,
        was: &OriginState,
        now: &OriginState,
        causes: &[Cause],
    ) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "UPDATE sample SET origin = ?2, source_class = ?3, confidence = ?4, conflict = ?5 WHERE id = ?1",
            )?
            .execute(params![
                sample,
                now.origin.as_str(),
                now.source_class.as_str(),
                now.confidence,
                now.conflict
            ])?;
        let json = |value: serde_json::Result<String>| value.expect("words and numbers have a JSON form");
        self.connection
            .prepare_cached(
                "INSERT INTO origin_change (sample, at, was, became, causes) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                sample,
                self.now,
                json(serde_json::to_string(was)),
                json(serde_json::to_string(now)),
                json(serde_json::to_string(causes))
            ])?;
        Ok(())
    }
}

/// The evidence with its parts, and for each piece the row it comes from.
fn spoken(rows: &[Beside], parts: &[PartRow]) -> (Vec<Evidence>, Vec<usize>) {
    let (mut evidence, mut of_row) = (Vec::new(), Vec::new());
    for (number, row) in rows.iter().enumerate() {
        for one in row.spoken(parts) {
            evidence.push(one);
            of_row.push(number);
        }
    }
    (evidence, of_row)
}

/// Reads the parts of samples that an older Assay indexed from their sources.
struct OlderTexts<'a> {
    folder: &'a std::path::Path,
    open: Option<Texts>,
}

impl OlderTexts<'_> {
    /// Where the source is gone, the sample counts as one part with all its tokens.
    fn parts(&mut self, connection: &Connection, sample: i64) -> Result<Vec<PartRow>, Fault> {
        if self.open.is_none() {
            self.open = Some(Texts::open_any(self.folder)?);
        }
        let texts = self.open.as_mut().expect("opened above");
        if let Ok(read) = texts.read(sample as u64) {
            let of = |part: &assay_model::Part| PartRow {
                role: part.role.clone(),
                tokens: assay_sketch::count_tokens(&part.text),
            };
            return Ok(read.mapped.parts.iter().map(of).collect());
        }
        let tokens = connection
            .query_row("SELECT tokens FROM sample WHERE id = ?1", [sample], |row| {
                row.get(0)
            })
            .map_err(fault::sql("reading a sample's length"))?;
        Ok(vec![PartRow {
            role: "document".to_owned(),
            tokens,
        }])
    }
}
