//! What do the samples of a selection say in one field, and which cluster is each in?

use assay_model::{Code, Digest, Fault};

use super::Selection;
use crate::database::Index;
use crate::fault;
use crate::snapshots::Snapshot;

/// Stands for samples that say nothing in a field.
const NOTHING: &str = "";

/// A sample and its cluster of near-duplicates; none where it stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clustered {
    pub digest: Digest,
    pub cluster: Option<u64>,
    /// Whether it represents its cluster.
    pub represents: bool,
}

impl Index {
    /// Each sample's value of a field, in path order, copies included: a mapped dimension (its first value), `language`
    /// (declared, else detected), `origin` or `source_class`. Empty where it says nothing.
    pub fn grouped_by(
        &self,
        snapshot: &Snapshot,
        selection: &Selection,
        field: &str,
    ) -> Result<Vec<(Digest, String)>, Fault> {
        let column = match field {
            "origin" | "source_class" => format!("s.{field}"),
            "language" => "s.language".to_owned(),
            mapped => {
                let known = self.dimensions(snapshot)?;
                let Some(place) = known.iter().position(|(name, _)| name == mapped) else {
                    let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
                    return Err(Fault::new(
                        Code::UnknownField,
                        format!("`{}` groups no samples", assay_model::fault::one_line(mapped)),
                        format!(
                            "group by origin, source_class, language or one of: {}",
                            names.join(", ")
                        ),
                    ));
                };
                // By a name that is known, so nothing of what was typed reaches the statement.
                let name = known[place].0.replace('\'', "''");
                format!(
                    "(SELECT d.value FROM dimension d WHERE d.name = '{name}' AND d.sample = s.id ORDER BY d.position LIMIT 1)"
                )
            }
        };
        self.rows_of(selection, &format!("s.digest, {column}"), |row| {
            let value: Option<String> = row.get(1)?;
            Ok((Digest(row.get(0)?), value.unwrap_or_else(|| NOTHING.to_owned())))
        })
        .map_err(fault::sql("grouping samples"))
    }

    /// Each sample's cluster, in path order, copies included.
    pub fn clusters_of(&self, snapshot: &Snapshot, selection: &Selection) -> Result<Vec<Clustered>, Fault> {
        let columns = format!(
            "s.digest,
             (SELECT m.cluster FROM cluster_member m WHERE m.snapshot = {id} AND m.sample = s.id),
             (SELECT 1 FROM cluster_member m JOIN cluster c ON c.snapshot = m.snapshot AND c.cluster = m.cluster
              WHERE m.snapshot = {id} AND m.sample = s.id AND c.representative = s.id)",
            id = snapshot.id
        );
        self.rows_of(selection, &columns, |row| {
            let cluster: Option<i64> = row.get(1)?;
            Ok(Clustered {
                digest: Digest(row.get(0)?),
                cluster: cluster.map(|cluster| cluster as u64),
                represents: row.get::<_, Option<i64>>(2)?.is_some(),
            })
        })
        .map_err(fault::sql("grouping samples"))
    }
}
