//! What a release must know of every sample of a snapshot, in one pass each.

use assay_model::{Digest, Fault, Origin};

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
    /// Hash of the normalised text; equal for texts without a word, which are no copies of each other.
    pub normalised: Vec<u8>,
    pub cluster: Option<u64>,
    /// Whether it represents its cluster.
    pub represents: bool,
}

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
}
