//! Evidence as it stands in the tables.

use assay_model::evidence::written_parts;
use assay_model::resolution::{Effect, effect, speaks_of};
use assay_model::{Evidence, EvidenceKind, Fault, Origin, Resolution, SourceClass};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::fault;

/// Stands for all parts.
pub(crate) const ALL_PARTS: i64 = -1;
/// Stands for the parts that a model can have written.
pub(crate) const WRITTEN_PARTS: i64 = -2;

/// How a part is written in the tables.
pub(crate) fn part_code(part: Option<u32>) -> i64 {
    part.map_or(ALL_PARTS, i64::from)
}

/// What is kept of each part, so that an origin can be recomputed without the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartRow {
    pub role: String,
    pub tokens: u32,
}

impl PartRow {
    pub fn to_bytes(parts: &[Self]) -> Vec<u8> {
        postcard::to_stdvec(parts).expect("roles and counts have a binary form")
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Vec<Self>, Fault> {
        postcard::from_bytes(bytes).map_err(|error| Fault::internal("reading a sample's parts", error))
    }
}

/// The tokens that each piece of evidence decided: those of the parts whose origin follows from it, each part counted once,
/// for the first that decides it.
pub(crate) fn decided_tokens(evidence: &[Evidence], resolution: &Resolution, tokens: &[u32]) -> Vec<u32> {
    let mut decided = vec![0; evidence.len()];
    for ((part, resolved), tokens) in (0..).zip(&resolution.parts).zip(tokens) {
        let decides = |each: &Evidence| speaks_of(each, part) && effect(each, resolved) == Effect::Decides;
        if let Some(first) = evidence.iter().position(decides) {
            decided[first] += tokens;
        }
    }
    decided
}

/// Distinct evidence met so far, by its written form.
#[derive(Default)]
pub(crate) struct EvidenceTable(FxHashMap<String, i64>);

impl EvidenceTable {
    /// The row that says this, written if it is new. Part and record are the sample's own.
    pub fn id(&mut self, connection: &Connection, evidence: &Evidence) -> rusqlite::Result<i64> {
        let kind = evidence.kind.as_str();
        let generator = evidence.generator.as_deref().unwrap_or_default();
        let known = format!(
            "{kind}\0{}\0{}\0{}\0{}\0{}\0{generator}",
            evidence.origin.as_str(),
            evidence.source_class.as_str(),
            evidence.confidence,
            evidence.source,
            evidence.value
        );
        if let Some(id) = self.0.get(&known) {
            return Ok(*id);
        }
        let values = params![
            kind,
            evidence.origin.as_str(),
            evidence.source_class.as_str(),
            evidence.confidence,
            evidence.source,
            evidence.value,
            generator
        ];
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO evidence (kind, origin, source_class, confidence, source, value, generator)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(values)?;
        let id = connection
            .prepare_cached(
                "SELECT id FROM evidence WHERE kind = ?1 AND origin = ?2 AND source_class = ?3 AND confidence = ?4
                 AND source = ?5 AND value = ?6 AND generator = ?7",
            )?
            .query_row(values, |row| row.get(0))?;
        // Field values make evidence distinct without bound; forgetting costs a look-up, not memory.
        if self.0.len() >= 100_000 {
            self.0.clear();
        }
        self.0.insert(known, id);
        Ok(id)
    }
}

/// A piece of evidence beside a sample, and where it came from.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    /// As it stands in the tables.
    pub part: i64,
    pub id: i64,
    /// 0 for what indexing found.
    pub addition: i64,
    /// Its part is meaningless where `part` says which.
    pub evidence: Evidence,
}

impl Beside {
    /// The evidence with the parts it speaks of: one row, or one for each part that a model can have written.
    pub fn spoken(&self, parts: &[PartRow]) -> Vec<Evidence> {
        let one = |part: Option<u32>| Evidence {
            part,
            ..self.evidence.clone()
        };
        if self.part != WRITTEN_PARTS {
            return vec![one(u32::try_from(self.part).ok())];
        }
        let written = written_parts(parts.iter().map(|part| part.role.as_str()));
        if written.len() == parts.len() {
            vec![one(None)]
        } else {
            written.into_iter().map(|part| one(Some(part))).collect()
        }
    }
}

/// The evidence beside a sample, what indexing found first.
pub(crate) fn beside(connection: &Connection, sample: i64) -> Result<Vec<Beside>, Fault> {
    let failed = fault::sql("listing evidence");
    let mut statement = connection
        .prepare_cached(
            "SELECT se.part, e.id, se.addition, e.kind, e.origin, e.source_class, e.confidence, e.source, e.value,
                    e.generator, se.record
             FROM sample_evidence se JOIN evidence e ON e.id = se.evidence
             WHERE se.sample = ?1 ORDER BY se.addition, se.part, e.id",
        )
        .map_err(&failed)?;
    let rows = statement.query_map([sample], read).map_err(&failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(&failed)
}

pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Beside> {
    let generator: String = row.get(9)?;
    let record: Option<String> = row.get(10)?;
    Ok(Beside {
        part: row.get(0)?,
        id: row.get(1)?,
        addition: row.get(2)?,
        evidence: Evidence {
            part: None,
            kind: kind(&row.get::<_, String>(3)?),
            origin: Origin::parse(&row.get::<_, String>(4)?).unwrap_or_default(),
            source_class: SourceClass::parse(&row.get::<_, String>(5)?).unwrap_or_default(),
            confidence: row.get(6)?,
            source: row.get(7)?,
            value: row.get(8)?,
            generator: Some(generator).filter(|name| !name.is_empty()),
            record: record.and_then(|record| serde_json::from_str(&record).ok()),
        },
    })
}

/// Words are written by this program alone; one that is unknown comes from a newer one, and decides nothing here.
pub(crate) fn kind(word: &str) -> EvidenceKind {
    EvidenceKind::parse(word).unwrap_or(EvidenceKind::Stylometric)
}

/// The parts of a sample; `None` where an older Assay indexed it.
pub(crate) fn parts(connection: &Connection, sample: i64) -> Result<Option<Vec<PartRow>>, Fault> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT parts FROM sample_detail WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([sample], |row| row.get(0)))
        .map_err(fault::sql("reading a sample's parts"))?;
    bytes.map(|bytes| PartRow::from_bytes(&bytes)).transpose()
}
