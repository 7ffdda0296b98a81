//! A first load writes its tables without their secondary indexes and builds those at the end, from sorted keys.
//!
//! Kept up row by row, an index over digests or values is written at random places: each row costs a walk down a tree
//! that soon no longer fits the cache. A later run adds to what is there, and keeps the indexes up.

use rusqlite::Connection;

/// Statements that build again what was taken away.
pub(super) struct Deferred(Vec<String>);

impl Deferred {
    /// Takes the secondary indexes of the samples away, where there is no sample yet. Part of the run's transaction.
    pub fn take_away(connection: &Connection) -> rusqlite::Result<Self> {
        let filled: bool =
            connection.query_row("SELECT EXISTS (SELECT 1 FROM sample)", [], |row| row.get(0))?;
        if filled {
            return Ok(Self(Vec::new()));
        }
        let mut statement = connection.prepare(
            "SELECT name, sql FROM sqlite_schema
             WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('sample', 'dimension', 'sample_evidence')",
        )?;
        let indexes = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<(String, String)>>>()?;
        for (name, _) in &indexes {
            connection.execute_batch(&format!("DROP INDEX {name}"))?;
        }
        Ok(Self(indexes.into_iter().map(|(_, create)| create).collect()))
    }

    /// Builds the indexes.
    pub fn build(&self, connection: &Connection) -> rusqlite::Result<()> {
        self.0
            .iter()
            .try_for_each(|create| connection.execute_batch(create))
    }
}
