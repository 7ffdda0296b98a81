//! Which tables and indexes does `index.db` hold, and is this one of ours?
//!
//! A trigger or a view of a stranger's would speak in every query; such an index is refused before anything is asked of it.

use std::collections::BTreeSet;
use std::path::Path;

use assay_model::{Code, Fault};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::evidence::part_origins;
use crate::fault;

/// Numbered migrations, each run once, in order, forward only.
const MIGRATIONS: [&str; 9] = [
    include_str!("../migrations/001.sql"),
    include_str!("../migrations/002.sql"),
    include_str!("../migrations/003.sql"),
    include_str!("../migrations/004.sql"),
    include_str!("../migrations/005.sql"),
    include_str!("../migrations/006.sql"),
    include_str!("../migrations/007.sql"),
    include_str!("../migrations/008.sql"),
    include_str!("../migrations/009.sql"),
];

/// The migration after which the parts of mixed samples are looked at.
const PART_ORIGINS: usize = 6;

/// The version this Assay writes.
pub(crate) const VERSION: usize = MIGRATIONS.len();

/// Refuses, untouched, a newer index and one that holds other tables, triggers, views or indexes than ours. Returns its version.
pub(crate) fn check(connection: &Connection) -> Result<usize, Fault> {
    // One state of the file, whatever another Assay does to it meanwhile.
    let _reading = connection
        .unchecked_transaction()
        .map_err(fault::sql("opening the index"))?;
    let found = version(connection)?;
    if found > VERSION {
        return Err(Fault::new(
            Code::WorkspaceNewer,
            format!("index.db has version {found}; this Assay knows up to {VERSION}"),
            "open it with the Assay that wrote it, or a newer one",
        ));
    }
    match first_difference(&objects(connection)?, &expected(found)?) {
        None => Ok(found),
        Some(difference) => Err(Fault::new(
            Code::WorkspaceDamaged,
            format!("index.db is not as Assay made it: {difference}"),
            "move index.db aside and index the sources again; decisions are in ledger.db and stay",
        )),
    }
}

/// The same of a file that may not be there yet, before a connection that could change it is opened.
pub(crate) fn check_file(path: &Path) -> Result<(), Fault> {
    if !path.exists() {
        return Ok(());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault::sql("opening the index"))?;
    connection
        .execute_batch("PRAGMA busy_timeout = 10000; PRAGMA trusted_schema = OFF;")
        .map_err(fault::sql("opening the index"))?;
    check(&connection).map(|_| ())
}

/// Brings an empty or older index to this version, a transaction for each step.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    let current = version(connection)?;
    for (number, script) in MIGRATIONS.iter().enumerate().skip(current) {
        let failed = fault::sql("preparing the index");
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
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

fn version(connection: &Connection) -> Result<usize, Fault> {
    connection
        .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))
        .map(|version| usize::try_from(version).unwrap_or(usize::MAX))
        .map_err(fault::sql("reading the index's version"))
}

/// Kind, name and statement of everything in a schema.
type Objects = BTreeSet<(String, String, String)>;

fn objects(connection: &Connection) -> Result<Objects, Fault> {
    let failed = fault::sql("reading the index's schema");
    let mut statement = connection
        .prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
        .map_err(&failed)?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .map_err(&failed)?;
    rows.collect::<Result<_, _>>().map_err(&failed)
}

/// What an index of that version holds, found by making an empty one in memory.
fn expected(version: usize) -> Result<Objects, Fault> {
    let failed = fault::sql("making the expected schema");
    let connection = Connection::open_in_memory().map_err(&failed)?;
    for script in &MIGRATIONS[..version] {
        connection.execute_batch(script).map_err(&failed)?;
    }
    objects(&connection)
}

fn first_difference(found: &Objects, expected: &Objects) -> Option<String> {
    let name = |(kind, name, _): &(String, String, String)| format!("{kind} `{name}`");
    let strange = found.difference(expected).next();
    strange
        .map(|object| format!("{} is not ours", name(object)))
        .or_else(|| {
            let missing = expected.difference(found).next();
            missing.map(|object| format!("{} is missing or changed", name(object)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Index;

    fn changed(sql: &str) -> Fault {
        let folder = tempfile::tempdir().unwrap();
        drop(Index::open(folder.path()).unwrap());
        let path = folder.path().join("index.db");
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let before = std::fs::read(&path).unwrap();
        let read = Index::open_read_only(folder.path()).unwrap_err();
        let written = Index::open(folder.path()).unwrap_err();
        assert_eq!(read, written);
        assert_eq!(std::fs::read(&path).unwrap(), before, "refused untouched");
        written
    }

    #[test]
    fn an_index_written_by_a_newer_assay_is_refused_untouched() {
        assert_eq!(changed("PRAGMA user_version = 99").code, Code::WorkspaceNewer);
    }

    #[test]
    fn a_strangers_trigger_view_or_table_in_the_index_is_refused_untouched() {
        for (sql, name) in [
            (
                "CREATE TRIGGER more AFTER INSERT ON sample BEGIN SELECT 1; END",
                "trigger `more`",
            ),
            ("CREATE VIEW more AS SELECT 1", "view `more`"),
            ("CREATE TABLE more (a CHECK (length(a) > 0))", "table `more`"),
        ] {
            let fault = changed(sql);
            assert_eq!(fault.code, Code::WorkspaceDamaged, "{sql}");
            assert!(fault.message.contains(name), "{sql}: {}", fault.message);
        }
        for sql in [
            "DROP TABLE pair",
            "ALTER TABLE sample RENAME TO behind; CREATE VIEW sample AS SELECT * FROM behind",
        ] {
            assert_eq!(changed(sql).code, Code::WorkspaceDamaged, "{sql}");
        }
    }

    #[test]
    fn an_index_that_an_older_assay_wrote_is_brought_up_to_date_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let older = Connection::open(folder.path().join("index.db")).unwrap();
        older.execute_batch(MIGRATIONS[0]).unwrap();
        older.pragma_update(None, "user_version", 1).unwrap();
        drop(older);
        let index = Index::open_read_only(folder.path()).unwrap();
        assert_eq!(version(&index.connection).unwrap(), VERSION);
    }
}
