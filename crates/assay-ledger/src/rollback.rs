//! What does a crash leave of a database that is not in WAL mode?
//!
//! A ledger is in WAL mode, but a restored or copied database is a single file until its first owner opens it. A crash in that
//! moment leaves SQLite's rollback journal beside it: the database is whole again once a writer has rolled it back, and until
//! then a connection that may only read is refused.

use std::path::{Path, PathBuf};

use assay_model::Fault;
use rusqlite::{Connection, OpenFlags};

use crate::faults::{self, Doing};

/// SQLite's rollback journal of a database.
pub(crate) fn journal_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-journal");
    name.into()
}

/// Puts a database back to where its last change began, where a crash cut one short. For owners only.
pub(crate) fn roll_back(database: &Path) -> Result<(), Fault> {
    if !journal_of(database).exists() {
        return Ok(());
    }
    let doing = "rolling back a change that was cut short";
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE).doing(doing)?;
    // To read is enough: SQLite rolls back before it answers.
    connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .doing(doing)?;
    connection
        .close()
        .map_err(|(_, error)| faults::from_sqlite(doing, &error))
}
