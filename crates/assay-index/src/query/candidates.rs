//! What a release must know of every sample of a snapshot, in one pass each.

use std::collections::HashMap;

use assay_model::{Digest, Fault, Origin};
use rusqlite::params;

use super::Selection;
use crate::database::Index;
use crate::fault;
use crate::snapshots::Snapshot;

/// One sample of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateRow {
    pub sample: u64,
    pub digest: Digest,
    pub path: String,
    pub ordinal: u64,
    pub tokens: u64,
    pub origin: Origin,
    /// Hash of the normalised text; equal also for texts without a word, which are no copies of each other.
    pub normalised: Vec<u8>,
    pub cluster: Option<u64>,
    /// Whether it represents its cluster.
    pub represents: bool,
}

/// The rows of one dimension in one snapshot.
const DECLARED: &str = "FROM snapshot_file sf JOIN file f ON f.id = sf.file
    CROSS JOIN dimension x ON x.name = ?2 AND x.sample >= f.first AND x.sample < f.first + f.indexed
    WHERE sf.snapshot = ?1";

impl Index {
    /// The samples of a selection, in path order.
    pub fn candidates(&self, snapshot: &Snapshot, selection: &Selection) -> Result<Vec<CandidateRow>, Fault> {
        let columns = format!(
            "s.id, s.digest, sf.path, s.ordinal, s.tokens, s.origin,
             (SELECT d.normalised FROM sample_detail d WHERE d.id = s.id),
             (SELECT m.cluster FROM cluster_member m WHERE m.snapshot = {id} AND m.sample = s.id),
             (SELECT 1 FROM cluster_member m JOIN cluster c ON c.snapshot = m.snapshot AND c.cluster = m.cluster
              WHERE m.snapshot = {id} AND m.sample = s.id AND c.representative = s.id)",
            id = snapshot.id
        );
        self.rows_of(selection, &columns, |row| {
            Ok(CandidateRow {
                sample: row.get::<_, i64>(0)? as u64,
                digest: Digest(row.get(1)?),
                path: row.get(2)?,
                ordinal: row.get::<_, i64>(3)? as u64,
                tokens: row.get::<_, i64>(4)? as u64,
                origin: Origin::parse(&row.get::<_, String>(5)?).unwrap_or_default(),
                normalised: row.get(6)?,
                cluster: row.get::<_, Option<i64>>(7)?.map(|cluster| cluster as u64),
                represents: row.get::<_, Option<i64>>(8)?.is_some(),
            })
        })
        .map_err(fault::sql("listing what may be released"))
    }
    /// The values of the samples that declare something in a dimension, in their order.
    pub fn values_by_sample(
        &self,
        snapshot: &Snapshot,
        dimension: &str,
    ) -> Result<HashMap<u64, Vec<String>>, Fault> {
        let failed = fault::sql("reading a dimension");
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT x.sample, x.value {DECLARED} ORDER BY x.sample, x.position"
            ))
            .map_err(&failed)?;
        let mut rows = statement
            .query(params![snapshot.id, dimension])
            .map_err(&failed)?;
        let mut values: HashMap<u64, Vec<String>> = HashMap::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let sample: i64 = row.get(0).map_err(&failed)?;
            let value = row.get(1).map_err(&failed)?;
            values.entry(sample as u64).or_default().push(value);
        }
        Ok(values)
    }

    /// Whether some sample of the snapshot declares several values in a dimension.
    pub fn has_several_values(&self, snapshot: &Snapshot, dimension: &str) -> Result<bool, Fault> {
        self.connection
            .prepare_cached(&format!("SELECT EXISTS (SELECT 1 {DECLARED} AND x.position > 0)"))
            .and_then(|mut statement| statement.query_row(params![snapshot.id, dimension], |row| row.get(0)))
            .map_err(fault::sql("reading a dimension"))
    }
}
