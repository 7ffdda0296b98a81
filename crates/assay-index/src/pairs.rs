//! The pairs behind the rates: all of them, or those behind one number.

use assay_model::{Fault, Origin};
use rusqlite::types::Value as Bound;
use rusqlite::{Row, params_from_iter};

use crate::clusters::PairRow;
use crate::database::Index;
use crate::fault;
use crate::snapshots::Snapshot;

/// Which pairs are meant; every condition that is given must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PairFilter {
    /// `exact`, `normalised`, `near`.
    pub kind: Option<String>,
    pub accepted: Option<bool>,
    /// Only pairs that a person judged, or only those nobody did.
    pub judged: Option<bool>,
    /// The origins of the two samples, in either order.
    pub origins: Option<(Origin, Origin)>,
    /// The sources of the two samples, in either order; empty where a sample has none.
    pub sources: Option<(String, String)>,
}

const COLUMNS: &str = "p.a, p.b, p.kind, p.jaccard, p.containment, p.accepted, p.representative, p.judgement";
/// The source that the measures count a sample under: its first.
const SOURCE_A: &str =
    "coalesce((SELECT value FROM dimension WHERE name = 'source' AND sample = p.a AND position = 0), '')";
const SOURCE_B: &str =
    "coalesce((SELECT value FROM dimension WHERE name = 'source' AND sample = p.b AND position = 0), '')";

impl Index {
    /// Hands each compared pair to `each`, in the order they were found.
    pub fn each_pair(
        &self,
        snapshot: &Snapshot,
        each: &mut dyn FnMut(PairRow) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let failed = fault::sql("listing pairs");
        let mut statement = self
            .connection
            .prepare(&format!(
                "SELECT {COLUMNS} FROM pair p WHERE p.snapshot = ?1 ORDER BY p.id"
            ))
            .map_err(&failed)?;
        let mut rows = statement.query([snapshot.id]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            each(read(row).map_err(&failed)?)?;
        }
        Ok(())
    }

    /// A page of pairs, the most alike first, and how many there are.
    pub fn pairs(
        &self,
        snapshot: &Snapshot,
        filter: &PairFilter,
        offset: u64,
        limit: u64,
    ) -> Result<(Vec<PairRow>, u64), Fault> {
        let failed = fault::sql("listing pairs");
        let (condition, mut values) = filter.condition(snapshot.id);
        let total: i64 = self
            .connection
            .prepare_cached(&format!("SELECT count(*) FROM pair p WHERE {condition}"))
            .and_then(|mut count| count.query_row(params_from_iter(values.iter()), |row| row.get(0)))
            .map_err(&failed)?;
        values.extend([limit, offset].map(|number| Bound::Integer(number.min(i64::MAX as u64) as i64)));
        let query = format!(
            "SELECT {COLUMNS} FROM pair p WHERE {condition} ORDER BY p.jaccard DESC, p.id LIMIT ? OFFSET ?"
        );
        let mut statement = self.connection.prepare_cached(&query).map_err(&failed)?;
        let rows = statement
            .query_map(params_from_iter(values), read)
            .map_err(&failed)?;
        let rows = rows.collect::<Result<_, _>>().map_err(&failed)?;
        Ok((rows, total as u64))
    }

    /// The beginning of a sample's text, as rows show it.
    pub fn preview(&self, sample: u64) -> Result<String, Fault> {
        self.connection
            .prepare_cached("SELECT preview FROM sample_detail WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([sample as i64], |row| row.get(0)))
            .map_err(fault::sql("reading a sample's beginning"))
    }

    /// What the measures of a snapshot rested on besides its columns; none where it was measured by an earlier version.
    pub fn measured_under(&self, snapshot: &Snapshot) -> Result<Option<String>, Fault> {
        self.connection
            .prepare_cached("SELECT measured_under FROM snapshot WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([snapshot.id], |row| row.get(0)))
            .map_err(fault::sql("reading a report"))
    }
}

impl PairFilter {
    fn condition(&self, snapshot: i64) -> (String, Vec<Bound>) {
        let mut sql = "p.snapshot = ?".to_owned();
        let mut values = vec![Bound::Integer(snapshot)];
        if let Some(kind) = &self.kind {
            sql.push_str(" AND p.kind = ?");
            values.push(Bound::Text(kind.clone()));
        }
        if let Some(accepted) = self.accepted {
            sql.push_str(" AND p.accepted = ?");
            values.push(Bound::Integer(i64::from(accepted)));
        }
        match self.judged {
            Some(true) => sql.push_str(" AND p.judgement IS NOT NULL"),
            Some(false) => sql.push_str(" AND p.judgement IS NULL"),
            None => {}
        }
        if let Some((one, other)) = self.origins {
            sql.push_str(
                " AND EXISTS (SELECT 1 FROM sample x JOIN sample y ON y.id = p.b WHERE x.id = p.a
                   AND (x.origin = ? AND y.origin = ? OR x.origin = ? AND y.origin = ?))",
            );
            let words = [one, other, other, one].map(|origin| Bound::Text(origin.as_str().to_owned()));
            values.extend(words);
        }
        if let Some((one, other)) = &self.sources {
            sql.push_str(&format!(
                " AND ({SOURCE_A} = ? AND {SOURCE_B} = ? OR {SOURCE_A} = ? AND {SOURCE_B} = ?)"
            ));
            values.extend([one, other, other, one].map(|source| Bound::Text(source.clone())));
        }
        (sql, values)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<PairRow> {
    let judgement: Option<String> = row.get(7)?;
    Ok(PairRow {
        a: row.get::<_, i64>(0)? as u64,
        b: row.get::<_, i64>(1)? as u64,
        kind: row.get(2)?,
        jaccard: row.get(3)?,
        containment: row.get(4)?,
        accepted: row.get(5)?,
        representative: row.get::<_, Option<i64>>(6)?.map(|sample| sample as u64),
        judgement: judgement.and_then(|text| serde_json::from_str(&text).ok()),
    })
}
