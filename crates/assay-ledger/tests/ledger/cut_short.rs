//! A crash while the database is not in WAL mode: a restored ledger that is opened for the first time.

use std::fs;
use std::path::Path;

use assay_ledger::{Access, Base, DATABASE_FILE, IfLost, Ledger};
use rusqlite::Connection;

use crate::journal::{closed, contents, crashed, rich};

const JOURNAL: &str = "ledger.db-journal";

/// A ledger with what it holds, and its files as they are amid a change that needs more pages than SQLite keeps in memory.
fn cut_short() -> (Vec<String>, tempfile::TempDir) {
    let world = rich();
    let before = contents(&world.ledger);
    let folder = closed(world);
    let writer = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    let mode: String = writer
        .query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "delete");
    writer
        .execute_batch(
            "PRAGMA cache_size = 4; BEGIN; CREATE TABLE cut_short (x);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
             INSERT INTO cut_short SELECT randomblob(3000) FROM n;",
        )
        .unwrap();
    let crash = crashed(folder.path());
    let journal = fs::read(crash.path().join(JOURNAL)).unwrap();
    assert!(
        journal.len() > 512,
        "the journal is on disk: {} bytes",
        journal.len()
    );
    (before, crash)
}

fn is_rolled_back(folder: &Path, before: &[String]) {
    assert!(!folder.join(JOURNAL).exists());
    let ledger = Ledger::open(folder, Access::Write).unwrap();
    assert_eq!(contents(&ledger), before);
    assert!(ledger.verify().unwrap().whole());
}

#[test]
fn a_change_that_a_crash_cut_short_is_rolled_back_by_the_next_owner() {
    let (before, crash) = cut_short();
    drop(Ledger::open(crash.path(), Access::Write).unwrap());
    is_rolled_back(crash.path(), &before);
}

#[test]
fn it_is_rolled_back_by_the_next_reader_where_nobody_owns_the_ledger() {
    let (before, crash) = cut_short();
    let reader = Ledger::open(crash.path(), Access::Read).unwrap();
    assert_eq!(contents(&reader), before);
    drop(reader);
    is_rolled_back(crash.path(), &before);
}

#[test]
fn a_restore_rolls_it_back_in_its_copy_and_keeps_the_files_as_they_were() {
    let (before, crash) = cut_short();
    let journal = fs::read(crash.path().join(JOURNAL)).unwrap();
    let restored = Ledger::restore(crash.path(), None, IfLost::Refuse).unwrap();
    assert_eq!((restored.base, restored.lost), (Base::Database, 0));
    assert_eq!(fs::read(restored.aside.join(JOURNAL)).unwrap(), journal);
    is_rolled_back(crash.path(), &before);
}

#[test]
fn a_ledger_comes_back_though_the_database_beside_the_journal_is_garbage() {
    let (before, crash) = cut_short();
    fs::write(crash.path().join(DATABASE_FILE), vec![0x5a; 50_000]).unwrap();
    assert!(Ledger::open(crash.path(), Access::Write).is_err());
    let restored = Ledger::restore(crash.path(), None, IfLost::Refuse).unwrap();
    assert_ne!(restored.base, Base::Database);
    assert_eq!(restored.lost, 0);
    is_rolled_back(crash.path(), &before);
}
