//! Are the projections what the log says, and how are they made anew?

use assay_model::Fault;
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior};

use crate::faults::{self, Doing};
use crate::projection::{self, Breach, TABLES};
use crate::{Entry, Ledger, schema};

impl Ledger {
    /// Empties every projection and replays the log into it, in one transaction.
    pub fn rebuild_projections(&mut self) -> Result<(), Fault> {
        self.may_write()?;
        let doing = "rebuilding the projections";
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing(doing)?;
        for (table, _) in TABLES {
            transaction
                .execute(&format!("DELETE FROM {table}"), [])
                .doing(doing)?;
        }
        {
            let mut select = transaction
                .prepare("SELECT seq, body FROM entry ORDER BY seq")
                .doing(doing)?;
            let mut rows = select.query([]).doing(doing)?;
            while let Some(row) = rows.next().doing(doing)? {
                let seq = row.get(0).doing(doing)?;
                let entry = Entry::parse(seq, row.get(1).doing(doing)?)
                    .map_err(|why| faults::damaged(format!("ledger entry {seq}: {why}")))?;
                replay(&transaction, &entry)?;
            }
        }
        transaction.commit().doing(doing)
    }
}

fn replay(tables: &Connection, entry: &Entry) -> Result<(), Fault> {
    match projection::apply(tables, entry) {
        Ok(()) => Ok(()),
        Err(Breach::Rule(why)) => Err(faults::damaged(format!(
            "ledger entry {} breaks a rule: {why}",
            entry.seq
        ))),
        Err(Breach::Sqlite(error)) => Err(faults::from_sqlite("rebuilding the projections", &error)),
    }
}

/// The first projected table in which the two databases differ.
pub(crate) fn first_difference(a: &Connection, b: &Connection) -> Result<Option<&'static str>, Fault> {
    for (table, columns) in TABLES {
        // A ledger of an older version, opened for reading only, lacks what its entries cannot speak of.
        if !is_there(a, table)? {
            continue;
        }
        let sql = format!("SELECT {columns} FROM {table} ORDER BY 1, 2");
        let doing = format!("comparing the projection `{table}`");
        // One of an older version may keep fewer columns; its migration fills the others from the log.
        let mut left = match a.prepare(&sql) {
            Err(_) if schema::version(a)? < schema::VERSION => continue,
            prepared => prepared.doing(&doing)?,
        };
        let mut right = b.prepare(&sql).doing(&doing)?;
        let width = left.column_count();
        let (mut left, mut right) = (left.query([]).doing(&doing)?, right.query([]).doing(&doing)?);
        loop {
            let rows = (
                next(&mut left, width).doing(&doing)?,
                next(&mut right, width).doing(&doing)?,
            );
            if rows.0 != rows.1 {
                return Ok(Some(table));
            }
            if rows.0.is_none() {
                break;
            }
        }
    }
    Ok(None)
}

pub(crate) fn is_there(connection: &Connection, table: &str) -> Result<bool, Fault> {
    connection
        .prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
        .and_then(|mut select| select.exists([table]))
        .doing("looking for a table")
}

fn next(rows: &mut rusqlite::Rows<'_>, width: usize) -> rusqlite::Result<Option<Vec<Value>>> {
    match rows.next()? {
        Some(row) => (0..width)
            .map(|column| row.get(column))
            .collect::<rusqlite::Result<_>>()
            .map(Some),
        None => Ok(None),
    }
}
