//! What is known of given samples without reading their text.

use std::collections::{HashMap, HashSet};

use assay_model::{Digest, Fault, Locator, Origin, SourceClass};
use rusqlite::params;

use crate::database::Index;
use crate::fault;
use crate::snapshots::Snapshot;

/// One row of the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    pub sample: u64,
    pub digest: Digest,
    pub origin: Origin,
    pub confidence: f64,
    pub preview: String,
    pub domain: String,
    pub language: String,
    pub tokens: u64,
    /// Samples in its near-duplicate cluster, itself included; 1 for none.
    pub copies: u64,
    pub topic: Option<String>,
}

/// Where a sample is and what it was declared to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    pub sample: u64,
    pub digest: Digest,
    pub path: String,
    pub line: u64,
    pub ordinal: u64,
    pub locator: Locator,
    pub id: Option<String>,
    pub origin: Origin,
    pub source_class: SourceClass,
    pub confidence: f64,
    pub conflict: bool,
    pub tokens: u64,
    pub characters: u64,
    pub detected_language: Option<String>,
    /// JSON object, numbers as numbers, in the map's order.
    pub dimensions: serde_json::Map<String, serde_json::Value>,
    pub cluster: Option<u64>,
    pub cluster_size: u64,
    /// Rows of this snapshot with the same digest, itself included.
    pub copies: u64,
    pub topic: Option<String>,
}

impl Index {
    /// Rows of the grid for `samples`, in their order.
    pub fn grid_rows(&self, snapshot: &Snapshot, samples: &[u64]) -> Result<Vec<GridRow>, Fault> {
        let failed = fault::sql("reading rows");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.digest, s.origin, s.confidence, d.preview, s.language, s.tokens, coalesce(c.size, 1),
                        coalesce((SELECT value FROM dimension WHERE name = 'domain' AND sample = s.id LIMIT 1), ''),
                        (SELECT t.name FROM sample_topic x JOIN topic t ON t.snapshot = x.snapshot AND t.topic = x.topic
                         WHERE x.snapshot = ?2 AND x.sample = s.id)
                 FROM sample s JOIN sample_detail d ON d.id = s.id
                 LEFT JOIN cluster_member m ON m.snapshot = ?2 AND m.sample = s.id
                 LEFT JOIN cluster c ON c.snapshot = ?2 AND c.cluster = m.cluster WHERE s.id = ?1",
            )
            .map_err(&failed)?;
        samples
            .iter()
            .map(|sample| {
                statement
                    .query_row(params![*sample as i64, snapshot.id], |row| {
                        Ok(GridRow {
                            sample: *sample,
                            digest: Digest(row.get(0)?),
                            origin: Origin::parse(&row.get::<_, String>(1)?).unwrap_or_default(),
                            confidence: row.get(2)?,
                            preview: row.get(3)?,
                            language: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                            tokens: row.get::<_, i64>(5)? as u64,
                            copies: row.get::<_, i64>(6)? as u64,
                            domain: row.get(7)?,
                            topic: row.get(8)?,
                        })
                    })
                    .map_err(&failed)
            })
            .collect()
    }

    /// Everything the index knows of one sample; `None` if the snapshot has no such sample.
    pub fn located(&self, snapshot: &Snapshot, sample: u64) -> Result<Option<Located>, Fault> {
        let failed = fault::sql("finding a sample");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.digest, sf.path, d.line, s.ordinal, d.locator, s.key, s.origin, s.source_class, s.confidence,
                        s.conflict, s.tokens, s.characters, s.detected, d.dimensions, m.cluster, coalesce(c.size, 1),
                        (SELECT t.name FROM sample_topic x JOIN topic t ON t.snapshot = x.snapshot AND t.topic = x.topic
                         WHERE x.snapshot = ?2 AND x.sample = s.id)
                 FROM sample s JOIN sample_detail d ON d.id = s.id
                 JOIN snapshot_file sf ON sf.snapshot = ?2 AND sf.file = s.file
                 LEFT JOIN cluster_member m ON m.snapshot = ?2 AND m.sample = s.id
                 LEFT JOIN cluster c ON c.snapshot = ?2 AND c.cluster = m.cluster WHERE s.id = ?1",
            )
            .map_err(&failed)?;
        let mut rows = statement
            .query(params![sample as i64, snapshot.id])
            .map_err(&failed)?;
        let Some(row) = rows.next().map_err(&failed)? else {
            return Ok(None);
        };
        let mut located = read_located(sample, row).map_err(&failed)?;
        located.copies = self.samples_with_digest(snapshot, &located.digest)?.len() as u64;
        Ok(Some(located))
    }

    /// The values that a sample has in a dimension, in their order; none where nothing was declared.
    pub fn values_of(&self, sample: u64, dimension: &str) -> Result<Vec<String>, Fault> {
        let failed = fault::sql("reading a declared value");
        let mut statement = self
            .connection
            .prepare_cached("SELECT value FROM dimension WHERE name = ?1 AND sample = ?2 ORDER BY position")
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![dimension, sample as i64], |row| row.get(0))
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Every value that a dimension has anywhere in the index.
    pub fn classes_of(&self, dimension: &str) -> Result<Vec<String>, Fault> {
        let failed = fault::sql("reading the classes of a dimension");
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT value FROM dimension WHERE name = ?1 ORDER BY value")
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![dimension], |row| row.get(0))
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Samples of the snapshot with this digest, in id order.
    pub fn samples_with_digest(&self, snapshot: &Snapshot, digest: &Digest) -> Result<Vec<u64>, Fault> {
        let failed = fault::sql("finding copies");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.id FROM sample s WHERE s.digest = ?2
                 AND EXISTS (SELECT 1 FROM snapshot_file sf WHERE sf.snapshot = ?1 AND sf.file = s.file) ORDER BY s.id",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![snapshot.id, digest.0], |row| row.get::<_, i64>(0))
            .map_err(&failed)?;
        rows.map(|id| id.map(|id| id as u64).map_err(&failed)).collect()
    }

    /// Digests whose samples were declared to be of different known origins.
    pub fn conflicting_digests(&self, snapshot: &Snapshot) -> Result<HashSet<Digest>, Fault> {
        let failed = fault::sql("finding conflicts");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.digest FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed
                 WHERE sf.snapshot = ?1 AND s.origin <> 'unknown' GROUP BY s.digest HAVING count(DISTINCT s.origin) > 1",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| row.get(0))
            .map_err(&failed)?;
        rows.map(|digest| digest.map(Digest).map_err(&failed)).collect()
    }

    /// Texts whose copies do not all stand under one origin, with the origin of the text: the one that is known, unknown
    /// where several are.
    pub(super) fn texts_of_several_origins(
        &self,
        snapshot: &Snapshot,
    ) -> Result<HashMap<Digest, Origin>, Fault> {
        let failed = fault::sql("finding texts of several origins");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.digest, count(DISTINCT nullif(s.origin, 'unknown')), min(nullif(s.origin, 'unknown'))
                 FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed
                 WHERE sf.snapshot = ?1 GROUP BY s.digest HAVING count(DISTINCT s.origin) > 1",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                let known = row.get::<_, i64>(1)?;
                let origin = Origin::parse(&row.get::<_, String>(2)?).filter(|_| known == 1);
                Ok((Digest(row.get(0)?), origin.unwrap_or_default()))
            })
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }
}

fn read_located(sample: u64, row: &rusqlite::Row<'_>) -> rusqlite::Result<Located> {
    let count = |index: usize| row.get::<_, i64>(index).map(|value| value as u64);
    let locator: Vec<u8> = row.get(4)?;
    let dimensions: String = row.get(13)?;
    Ok(Located {
        sample,
        digest: Digest(row.get(0)?),
        path: row.get(1)?,
        line: count(2)?,
        ordinal: count(3)?,
        locator: postcard::from_bytes(&locator).unwrap_or(Locator::Bytes { offset: 0, length: 0 }),
        id: row.get(5)?,
        origin: Origin::parse(&row.get::<_, String>(6)?).unwrap_or_default(),
        source_class: SourceClass::parse(&row.get::<_, String>(7)?).unwrap_or_default(),
        confidence: row.get(8)?,
        conflict: row.get(9)?,
        tokens: count(10)?,
        characters: count(11)?,
        detected_language: row.get(12)?,
        dimensions: serde_json::from_str(&dimensions).unwrap_or_default(),
        cluster: row.get::<_, Option<i64>>(14)?.map(|cluster| cluster as u64),
        cluster_size: count(15)?,
        copies: 1,
        topic: row.get(16)?,
    })
}
