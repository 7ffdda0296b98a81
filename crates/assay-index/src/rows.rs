//! Writing samples, their evidence, quarantined records and flags of the running snapshot.

use assay_model::{Fault, Flag, Locator, Quarantine, Value, resolve};
use rusqlite::{Connection, params};

use crate::columns::elements;
use crate::evidence::part_origins;
use crate::evidence::stored::{EvidenceTable, PartRow, decided_tokens, part_code};
use crate::fault;
use crate::worker::Row;

/// Writes rows inside the transaction of one indexing run.
pub struct RowWriter<'a> {
    connection: &'a Connection,
    evidence: EvidenceTable,
}

impl<'a> RowWriter<'a> {
    pub fn new(connection: &'a Connection) -> Self {
        Self {
            connection,
            evidence: EvidenceTable::default(),
        }
    }

    /// Writes one sample under `id`.
    pub fn push(&mut self, id: i64, file: i64, row: &Row, locator: &Locator) -> Result<(), Fault> {
        self.push_sample(id, file, row)
            .map_err(fault::sql("writing a sample"))?;
        self.push_detail(id, row, locator)
            .map_err(fault::sql("writing a sample"))?;
        self.push_repetition(id, row)
            .map_err(fault::sql("writing a sample"))?;
        self.push_dimensions(id, &row.dimensions)
            .map_err(fault::sql("writing a sample's dimensions"))?;
        self.push_parents(id, row)
            .map_err(fault::sql("writing a sample's parents"))?;
        self.push_evidence(id, row)
            .map_err(fault::sql("writing a sample's evidence"))
    }

    fn push_sample(&self, id: i64, file: i64, row: &Row) -> rusqlite::Result<()> {
        let detected = row
            .sketch
            .detected
            .as_ref()
            .map(|detected| detected.language.as_str());
        self.connection
            .prepare_cached(
                "INSERT INTO sample VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                id,
                file,
                row.ordinal as i64,
                row.sketch.digest.0,
                row.origin.as_str(),
                row.source_class.as_str(),
                row.confidence,
                row.conflict,
                row.sketch.tokens,
                row.sketch.characters,
                row.key,
                row.declared_language.as_deref().or(detected),
                detected,
                row.language_mismatch,
            ])?;
        Ok(())
    }

    fn push_detail(&self, id: i64, row: &Row, locator: &Locator) -> rusqlite::Result<()> {
        let locator = postcard::to_stdvec(locator).expect("a locator is three numbers");
        let dimensions: serde_json::Map<String, serde_json::Value> = row
            .dimensions
            .iter()
            .map(|(name, value)| (name.clone(), value.to_json()))
            .collect();
        let dimensions = serde_json::Value::Object(dimensions).to_string();
        let parts: Vec<PartRow> = row
            .parts
            .iter()
            .zip(&row.sketch.part_tokens)
            .map(|(part, tokens)| PartRow {
                role: part.role.clone(),
                tokens: *tokens,
            })
            .collect();
        self.connection
            .prepare_cached("INSERT INTO sample_detail VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                id,
                row.line as i64,
                locator,
                row.facts,
                row.sketch.normalised,
                row.preview,
                dimensions,
                PartRow::to_bytes(&parts)
            ])?;
        Ok(())
    }

    fn push_repetition(&self, id: i64, row: &Row) -> rusqlite::Result<()> {
        let values = row.sketch.repetition.values();
        if values.iter().all(|value| *value == 0.0) {
            return Ok(());
        }
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO repetition VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?;
        insert.raw_bind_parameter(1_usize, id)?;
        for (place, value) in (2_usize..).zip(values) {
            insert.raw_bind_parameter(place, value)?;
        }
        insert.raw_execute().map(|_| ())
    }

    fn push_dimensions(&self, id: i64, dimensions: &[(String, Value)]) -> rusqlite::Result<()> {
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO dimension VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for (name, value) in dimensions {
            for (position, element) in elements(value).iter().enumerate() {
                let written = element.to_string();
                let is_number = element.as_number().is_some();
                let number = element.as_number().or_else(|| plain_number(&written));
                insert.execute(params![name, id, position as i64, written, number, is_number])?;
            }
        }
        Ok(())
    }

    fn push_parents(&self, id: i64, row: &Row) -> rusqlite::Result<()> {
        for (position, parent) in row.parents.iter().enumerate() {
            self.connection
                .prepare_cached("INSERT INTO parent VALUES (?1, ?2, ?3)")?
                .execute(params![id, position as i64, parent])?;
        }
        Ok(())
    }

    fn push_evidence(&mut self, id: i64, row: &Row) -> rusqlite::Result<()> {
        if row.evidence.is_empty() {
            return Ok(());
        }
        let resolution = resolve(row.parts.len(), &row.evidence);
        part_origins::write(self.connection, id, &resolution)?;
        let tokens = decided_tokens(&row.evidence, &resolution, &row.sketch.part_tokens);
        for (evidence, tokens) in row.evidence.iter().zip(tokens) {
            let reason = self.evidence.id(self.connection, evidence)?;
            let record = evidence
                .record
                .as_ref()
                .map(|record| serde_json::to_string(record).expect("a record holds texts only"));
            self.connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO sample_evidence (sample, part, evidence, tokens, record)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![id, part_code(evidence.part), reason, tokens, record])?;
        }
        Ok(())
    }

    pub fn push_quarantine(&self, file: i64, row: &Quarantine) -> Result<(), Fault> {
        let insert = || -> rusqlite::Result<()> {
            self.connection
                .prepare_cached("INSERT INTO quarantine VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                .execute(params![
                    file,
                    row.line as i64,
                    row.column.map(|column| column as i64),
                    row.byte_offset as i64,
                    row.code.as_str(),
                    row.message,
                    row.excerpt
                ])?;
            Ok(())
        };
        insert().map_err(fault::sql("writing a quarantined record"))
    }

    pub fn push_flag(&self, file: i64, row: &Flag) -> Result<(), Fault> {
        let insert = || -> rusqlite::Result<()> {
            self.connection
                .prepare_cached("INSERT INTO flag VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![
                    file,
                    row.line.map(|line| line as i64),
                    row.code.as_str(),
                    row.message
                ])?;
            Ok(())
        };
        insert().map_err(fault::sql("writing a flag"))
    }

    /// Forgets what was written of a file that was given up in the middle.
    pub fn discard(&self, file: i64, samples: std::ops::Range<i64>) -> Result<(), Fault> {
        let delete = || -> rusqlite::Result<()> {
            for table in ["quarantine", "flag"] {
                self.connection
                    .execute(&format!("DELETE FROM {table} WHERE file = ?1"), [file])?;
            }
            for (table, key) in [
                ("sample", "id"),
                ("sample_detail", "id"),
                ("sample_evidence", "sample"),
                ("parent", "sample"),
                ("part_origin", "sample"),
            ] {
                let statement = format!("DELETE FROM {table} WHERE {key} >= ?1 AND {key} < ?2");
                self.connection
                    .execute(&statement, [samples.start, samples.end])?;
            }
            self.connection.execute(
                "DELETE FROM dimension WHERE sample >= ?1 AND sample < ?2",
                [samples.start, samples.end],
            )?;
            Ok(())
        };
        delete().map_err(fault::sql("discarding an unfinished file"))
    }
}

/// The number that a text writes plainly, so that filters may compare it as one.
pub(crate) fn plain_number(text: &str) -> Option<f64> {
    let starts_like_one = text
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit() || byte == b'-');
    if !starts_like_one || text.len() > 40 {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
