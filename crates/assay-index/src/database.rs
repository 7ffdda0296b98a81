//! Opening `index.db`: settings, migrations, and who may write.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use assay_model::Fault;
use rusqlite::{Connection, OpenFlags};

use crate::exchange::Exchange;
use crate::{fault, schema};

/// The index of one workspace.
#[derive(Debug)]
pub struct Index {
    pub(crate) folder: PathBuf,
    pub(crate) connection: Connection,
    /// Snapshots that were held against each other, by their ids and the state of the data then.
    pub(crate) exchanges: RefCell<HashMap<(i64, i64, DataVersion), Arc<Exchange>>>,
    /// Which decisions this connection's filters join with.
    pub(crate) decisions_in_use: RefCell<Option<String>>,
}

/// Changes when another connection has written: what is derived from the rows of before no longer holds.
pub(crate) type DataVersion = i64;

impl Index {
    /// Opens the index in a workspace folder for reading and writing; creates it where there is none.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        let path = folder.join("index.db");
        schema::check_file(&path)?;
        let mut connection = Connection::open(&path).map_err(fault::sql("opening the index"))?;
        configure(&connection)?;
        schema::migrate(&mut connection)?;
        Ok(Self {
            folder: folder.to_owned(),
            connection,
            exchanges: RefCell::default(),
            decisions_in_use: RefCell::default(),
        })
    }

    /// Opens a second connection that cannot write, for queries beside a running job. An older index is brought up to date first.
    pub fn open_read_only(folder: &Path) -> Result<Self, Fault> {
        let path = folder.join("index.db");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(&path, flags).map_err(fault::sql("opening the index"))?;
        connection
            .execute_batch("PRAGMA busy_timeout = 10000; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;")
            .map_err(fault::sql("opening the index"))?;
        if schema::check(&connection)? < schema::VERSION {
            // One that an older Assay wrote lacks tables that queries name.
            drop(connection);
            drop(Self::open(folder)?);
            return Self::open_read_only(folder);
        }
        Ok(Self {
            folder: folder.to_owned(),
            connection,
            exchanges: RefCell::default(),
            decisions_in_use: RefCell::default(),
        })
    }

    /// The workspace folder it stands in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs SQLite's own checks; lists what they found, nothing for a sound index.
    pub fn check(&self) -> Result<Vec<String>, Fault> {
        let broken = fault::sql("checking the index");
        let mut statement = self
            .connection
            .prepare("PRAGMA integrity_check(20)")
            .map_err(&broken)?;
        let rows = statement
            .query_map([], |row| row.get::<_, String>(0))
            .map_err(&broken)?;
        let findings: Vec<String> = rows.collect::<Result<_, _>>().map_err(&broken)?;
        Ok(findings.into_iter().filter(|finding| finding != "ok").collect())
    }

    /// Tells whether the data is still as it was.
    pub(crate) fn version_of_data(&self) -> Result<DataVersion, Fault> {
        self.connection
            .query_row("PRAGMA data_version", [], |row| row.get(0))
            .map_err(fault::sql("reading the index's state"))
    }

    /// The folder of a segment's feature columns.
    pub(crate) fn segment_folder(&self, segment: i64) -> PathBuf {
        self.folder.join("features").join(segment.to_string())
    }
}

fn configure(connection: &Connection) -> Result<(), Fault> {
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
             PRAGMA busy_timeout = 10000; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
             PRAGMA cache_size = -65536; PRAGMA temp_store = FILE; PRAGMA wal_autocheckpoint = 4000;",
        )
        .map_err(fault::sql("opening the index"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_index_is_sound() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Index::open(folder.path()).unwrap().check().unwrap().is_empty());
    }
}
