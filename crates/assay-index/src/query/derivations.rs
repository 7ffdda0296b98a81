//! Why has a sample no depth of derivation, and whose parents are not here?
//!
//! `derivation = 'cyclic'` is true of samples whose chain of parents leads back to itself, `'unknown'` of those that name a parent
//! while nobody said who made them, `'unrecorded'` of those of other origin than human that name none, `'missing_parent'` of those
//! that name one that this snapshot has not. Deliberately absent: depths, which are a number of each sample.

use std::collections::HashSet;

use assay_model::{Code, Fault, Origin};

use crate::database::Index;
use crate::evidence::Tie;
use crate::fault;
use crate::id_set::IdSet;
use crate::snapshots::Snapshot;

/// How the set is asked for, in the remedy of every fault.
pub const WRITTEN: &str = "write derivation = 'unrecorded', 'unknown', 'cyclic' or 'missing_parent'";

impl Index {
    /// The samples of a snapshot of which this is true.
    pub(super) fn derived_so(&self, snapshot: &Snapshot, name: &str) -> Result<IdSet, Fault> {
        let cyclic = self.in_cycles(snapshot)?;
        if name == "cyclic" {
            return Ok(cyclic);
        }
        let ties = self.ties(snapshot)?;
        let keys: HashSet<&str> = ties.iter().filter_map(|tie| tie.key.as_deref()).collect();
        let holds = |tie: &Tie| match name {
            "unknown" => tie.origin == Origin::Unknown && !tie.parents.is_empty(),
            "unrecorded" => tie.origin != Origin::Human && tie.parents.is_empty(),
            _ => tie.parents.iter().any(|parent| !keys.contains(parent.as_str())),
        };
        let lacks_depth = ["unknown", "unrecorded"].contains(&name);
        if !lacks_depth && name != "missing_parent" {
            return Err(Fault::new(
                Code::InvalidExpression,
                format!(
                    "`{}` says nothing of a derivation",
                    assay_model::fault::one_line(name)
                ),
                WRITTEN,
            ));
        }
        let found = ties
            .iter()
            .filter(|tie| holds(tie) && !(lacks_depth && cyclic.contains(tie.sample)));
        Ok(found.map(|tie| tie.sample).collect())
    }

    /// Samples whose chain leads back to itself, as the snapshot's measures found them.
    fn in_cycles(&self, snapshot: &Snapshot) -> Result<IdSet, Fault> {
        let failed = fault::sql("finding chains that lead back to themselves");
        let mut statement = self
            .connection
            .prepare_cached("SELECT sample FROM derivation WHERE snapshot = ?1 AND depth IS NULL")
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| row.get::<_, i64>(0))
            .map_err(&failed)?;
        rows.map(|id| id.map(|id| id as u64).map_err(&failed)).collect()
    }
}
