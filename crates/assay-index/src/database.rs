//! Opening `index.db`: settings, migrations, and who may write.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use assay_model::{Code, Fault};
use rusqlite::{Connection, OpenFlags};

use crate::evidence::part_origins;
use crate::exchange::Exchange;
use crate::fault;

/// Numbered migrations, each run once, in order, forward only.
const MIGRATIONS: [&str; 8] = [
    include_str!("../migrations/001.sql"),
    include_str!("../migrations/002.sql"),
    include_str!("../migrations/003.sql"),
    include_str!("../migrations/004.sql"),
    include_str!("../migrations/005.sql"),
    include_str!("../migrations/006.sql"),
    include_str!("../migrations/007.sql"),
    include_str!("../migrations/008.sql"),
];

/// The migration after which the parts of mixed samples are looked at.
const PART_ORIGINS: usize = 6;

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
        let mut connection = Connection::open(&path).map_err(fault::sql("opening the index"))?;
        configure(&connection)?;
        migrate(&mut connection)?;
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
        if check_version(&connection)? < MIGRATIONS.len() {
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

fn version(connection: &Connection) -> Result<usize, Fault> {
    connection
        .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))
        .map(|version| usize::try_from(version).unwrap_or(usize::MAX))
        .map_err(fault::sql("reading the index's version"))
}

fn check_version(connection: &Connection) -> Result<usize, Fault> {
    let version = version(connection)?;
    if version > MIGRATIONS.len() {
        return Err(Fault::new(
            Code::WorkspaceNewer,
            format!(
                "index.db has version {version}; this Assay knows up to {}",
                MIGRATIONS.len()
            ),
            "open it with the Assay that wrote it, or a newer one",
        ));
    }
    Ok(version)
}

fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    let current = check_version(connection)?;
    for (number, script) in MIGRATIONS.iter().enumerate().skip(current) {
        let failed = fault::sql("preparing the index");
        let transaction = connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(&failed)?;
        if version(&transaction)? == number {
            transaction.execute_batch(script).map_err(&failed)?;
            if number == PART_ORIGINS {
                part_origins::bring_up_to_date(&transaction)?;
            }
            transaction
                .pragma_update(None, "user_version", number as i64 + 1)
                .map_err(&failed)?;
        }
        transaction.commit().map_err(&failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_written_by_a_newer_assay_is_refused_untouched() {
        let folder = tempfile::tempdir().unwrap();
        drop(Index::open(folder.path()).unwrap());
        let path = folder.path().join("index.db");
        Connection::open(&path)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        assert_eq!(Index::open(folder.path()).unwrap_err().code, Code::WorkspaceNewer);
        assert_eq!(
            Index::open_read_only(folder.path()).unwrap_err().code,
            Code::WorkspaceNewer
        );
    }

    #[test]
    fn a_fresh_index_is_sound() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Index::open(folder.path()).unwrap().check().unwrap().is_empty());
    }

    #[test]
    fn an_index_that_an_older_assay_wrote_is_brought_up_to_date_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let older = Connection::open(folder.path().join("index.db")).unwrap();
        older.execute_batch(MIGRATIONS[0]).unwrap();
        older.pragma_update(None, "user_version", 1).unwrap();
        drop(older);
        let index = Index::open_read_only(folder.path()).unwrap();
        assert_eq!(version(&index.connection).unwrap(), MIGRATIONS.len());
    }
}
