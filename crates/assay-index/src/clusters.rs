//! The duplicates behind the rates: clusters, pairs, passages.

use assay_model::{Fault, Origin};
use rusqlite::params;

use crate::database::Index;
use crate::fault;
use crate::snapshots::Snapshot;

/// A cluster in the list of clusters.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterSummary {
    pub cluster: u64,
    pub representative: u64,
    pub size: u64,
    pub reason: String,
    pub lowest_jaccard: f64,
    /// Members by origin, in the order of `Origin::ALL`.
    pub by_origin: [u64; 4],
    pub preview: String,
}

/// A member of a cluster against its representative.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberRow {
    pub sample: u64,
    /// `exact`, `normalised`, `near`; empty for the representative.
    pub kind: String,
    pub jaccard: f64,
    pub containment: f64,
    /// The strongest level at which it is redundant; empty for the representative.
    pub redundant: String,
}

/// A person's word on a pair.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PairJudgement {
    /// The ledger entry's id.
    pub entry: String,
    pub by: String,
    pub reason: String,
}

/// A pair of samples that was compared.
#[derive(Clone, Debug, PartialEq)]
pub struct PairRow {
    pub a: u64,
    pub b: u64,
    /// `exact`, `normalised` or `near`.
    pub kind: String,
    pub jaccard: f64,
    pub containment: f64,
    pub accepted: bool,
    /// `a` or `b`, where one stands for the other.
    pub representative: Option<u64>,
    /// Who said that the two are no duplicates.
    pub judgement: Option<PairJudgement>,
}

/// A passage that recurs.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageRow {
    /// `paragraph` or `sentence`.
    pub unit: String,
    pub tokens: u64,
    pub samples: u64,
    /// Sample and position of the passage in it; at most 100.
    pub found_in: Vec<(u64, u32)>,
}

impl Index {
    /// Clusters whose size lies in `sizes`, largest first, and how many there are.
    pub fn clusters(
        &self,
        snapshot: &Snapshot,
        sizes: std::ops::RangeInclusive<u64>,
        offset: u64,
        limit: u64,
    ) -> Result<(Vec<ClusterSummary>, u64), Fault> {
        let failed = fault::sql("listing clusters");
        let (from, to) = (bounded(*sizes.start()), bounded(*sizes.end()));
        let total: i64 = self
            .connection
            .query_row(
                "SELECT count(*) FROM cluster WHERE snapshot = ?1 AND size BETWEEN ?2 AND ?3",
                params![snapshot.id, from, to],
                |row| row.get(0),
            )
            .map_err(&failed)?;
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT c.cluster, c.representative, c.size, c.reason, c.lowest_jaccard, d.preview FROM cluster c
                 JOIN sample_detail d ON d.id = c.representative
                 WHERE c.snapshot = ?1 AND c.size BETWEEN ?2 AND ?3 ORDER BY c.size DESC, c.cluster LIMIT ?4 OFFSET ?5",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map(
                params![snapshot.id, from, to, bounded(limit), bounded(offset)],
                |row| {
                    Ok(ClusterSummary {
                        cluster: row.get::<_, i64>(0)? as u64,
                        representative: row.get::<_, i64>(1)? as u64,
                        size: row.get::<_, i64>(2)? as u64,
                        reason: row.get(3)?,
                        lowest_jaccard: row.get(4)?,
                        by_origin: [0; 4],
                        preview: row.get(5)?,
                    })
                },
            )
            .map_err(&failed)?;
        let mut clusters: Vec<ClusterSummary> = rows.collect::<Result<_, _>>().map_err(&failed)?;
        for cluster in &mut clusters {
            cluster.by_origin = self.cluster_origins(snapshot, cluster.cluster)?;
        }
        Ok((clusters, total as u64))
    }

    fn cluster_origins(&self, snapshot: &Snapshot, cluster: u64) -> Result<[u64; 4], Fault> {
        let failed = fault::sql("counting a cluster's origins");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.origin, count(*) FROM cluster_member m JOIN sample s ON s.id = m.sample
                 WHERE m.snapshot = ?1 AND m.cluster = ?2 GROUP BY s.origin",
            )
            .map_err(&failed)?;
        let mut counts = [0; 4];
        let mut rows = statement
            .query(params![snapshot.id, cluster as i64])
            .map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            let origin: String = row.get(0).map_err(&failed)?;
            let place = Origin::ALL
                .iter()
                .position(|each| each.as_str() == origin)
                .unwrap_or(3);
            counts[place] = row.get::<_, i64>(1).map_err(&failed)? as u64;
        }
        Ok(counts)
    }

    /// One cluster, if it exists.
    pub fn cluster(&self, snapshot: &Snapshot, cluster: u64) -> Result<Option<ClusterSummary>, Fault> {
        let failed = fault::sql("finding a cluster");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT c.representative, c.size, c.reason, c.lowest_jaccard, d.preview FROM cluster c
                 JOIN sample_detail d ON d.id = c.representative WHERE c.snapshot = ?1 AND c.cluster = ?2",
            )
            .map_err(&failed)?;
        let mut rows = statement
            .query(params![snapshot.id, cluster as i64])
            .map_err(&failed)?;
        let Some(row) = rows.next().map_err(&failed)? else {
            return Ok(None);
        };
        let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<ClusterSummary> {
            Ok(ClusterSummary {
                cluster,
                representative: row.get::<_, i64>(0)? as u64,
                size: row.get::<_, i64>(1)? as u64,
                reason: row.get(2)?,
                lowest_jaccard: row.get(3)?,
                by_origin: [0; 4],
                preview: row.get(4)?,
            })
        };
        let mut found = read(row).map_err(&failed)?;
        found.by_origin = self.cluster_origins(snapshot, cluster)?;
        Ok(Some(found))
    }

    /// Members of a cluster: the representative first, then by falling similarity; at most `limit`.
    pub fn members(&self, snapshot: &Snapshot, cluster: u64, limit: u64) -> Result<Vec<MemberRow>, Fault> {
        let failed = fault::sql("listing a cluster's members");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT sample, kind, jaccard, containment, redundant FROM cluster_member WHERE snapshot = ?1 AND cluster = ?2
                 ORDER BY kind <> '', jaccard DESC, sample LIMIT ?3",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![snapshot.id, cluster as i64, bounded(limit)], |row| {
                Ok(MemberRow {
                    sample: row.get::<_, i64>(0)? as u64,
                    kind: row.get(1)?,
                    jaccard: row.get(2)?,
                    containment: row.get(3)?,
                    redundant: row.get(4)?,
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Samples that a representative stands for; of one kind where it is given. At most `limit`, by cluster.
    pub fn redundant(&self, snapshot: &Snapshot, kind: Option<&str>, limit: u64) -> Result<Vec<u64>, Fault> {
        let failed = fault::sql("listing redundant samples");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT sample FROM cluster_member WHERE snapshot = ?1 AND kind <> '' AND (?2 IS NULL OR kind = ?2)
                 ORDER BY cluster, sample LIMIT ?3",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![snapshot.id, kind, bounded(limit)], |row| {
                row.get::<_, i64>(0).map(|sample| sample as u64)
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Recurring passages, the most frequent first.
    pub fn passages(&self, snapshot: &Snapshot) -> Result<Vec<PassageRow>, Fault> {
        let failed = fault::sql("listing passages");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT unit, tokens, samples, found_in FROM passage WHERE snapshot = ?1 ORDER BY rank",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                let found_in: String = row.get(3)?;
                Ok(PassageRow {
                    unit: row.get(0)?,
                    tokens: row.get::<_, i64>(1)? as u64,
                    samples: row.get::<_, i64>(2)? as u64,
                    found_in: serde_json::from_str(&found_in).unwrap_or_default(),
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }
}

fn bounded(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
