//! Who made the parts of a mixed sample?
//!
//! Kept beside the samples whose parts differ, so that a filter finds the machine's part of a mixed sample without resolving
//! its evidence. Written with the sample, again whenever its origin is recomputed, and once for the samples of an older index.
//! Deliberately absent: which part it is; whoever opens the sample sees that.

use assay_model::{Evidence, Fault, Origin, Resolution, resolve};
use rusqlite::{Connection, params};

use super::stored::{Beside, PartRow, beside, parts};
use crate::fault;

/// Writes each origin among the parts of a sample, in place of what stood there; nothing where its parts agree.
pub(crate) fn write(connection: &Connection, sample: i64, resolution: &Resolution) -> rusqlite::Result<()> {
    if resolution.origin != Origin::Mixed {
        return Ok(());
    }
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO part_origin VALUES (?1, ?2)")?;
    for part in &resolution.parts {
        insert.execute(params![sample, part.origin.as_str()])?;
    }
    Ok(())
}

/// The same for a sample whose parts may have been written before.
pub(super) fn rewrite(connection: &Connection, sample: i64, resolution: &Resolution) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM part_origin WHERE sample = ?1")?
        .execute([sample])?;
    write(connection, sample, resolution)
}

/// Writes them for every mixed sample of an index that an older Assay wrote.
pub(crate) fn bring_up_to_date(connection: &Connection) -> Result<(), Fault> {
    let failed = fault::sql("preparing the index");
    let mixed: Vec<i64> = {
        let mut statement = connection
            .prepare("SELECT id FROM sample WHERE origin = 'mixed'")
            .map_err(&failed)?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)?
    };
    for sample in mixed {
        let rows = beside(connection, sample)?;
        let parts = parts_or_as_many_as_spoken_of(connection, sample, &rows)?;
        let evidence: Vec<Evidence> = rows.iter().flat_map(|row| row.spoken(&parts)).collect();
        write(connection, sample, &resolve(parts.len(), &evidence)).map_err(&failed)?;
    }
    Ok(())
}

/// The parts of a sample; where an older Assay indexed it, as many unnamed ones as its evidence speaks of.
pub(super) fn parts_or_as_many_as_spoken_of(
    connection: &Connection,
    sample: i64,
    rows: &[Beside],
) -> Result<Vec<PartRow>, Fault> {
    let most = rows.iter().map(|row| row.part + 1).max().unwrap_or(0).max(1);
    Ok(parts(connection, sample)?.unwrap_or_else(|| {
        let unnamed = PartRow {
            role: String::new(),
            tokens: 0,
        };
        vec![unnamed; usize::try_from(most).unwrap_or(1)]
    }))
}
