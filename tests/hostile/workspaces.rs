//! Row 25: workspaces that a stranger changed, a newer Assay wrote or a drive damaged.

use std::collections::BTreeMap;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::place::Place;

/// A workspace with samples and people, all that was written in the databases' own files.
fn workspace() -> (Place, PathBuf) {
    let place = Place::new();
    let lines: String = (0..50)
        .map(|n| format!("{{\"id\": {n}, \"text\": \"Sample number {n} says something else.\"}}\n"))
        .collect();
    place.write("lines.jsonl", lines);
    place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    let folder = place.path("test.assay");
    for name in ["index.db", "ledger.db"] {
        let database = Connection::open(folder.join(name)).expect("a database");
        let _ = database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
    (place, folder)
}

fn change(path: &Path, sql: &str) {
    let database = Connection::open(path).expect("a database");
    database.execute_batch(sql).expect("the change can be made");
}

/// The owner's lock, SQLite's shared memory and a log without a frame hold nothing of the user's.
fn is_state(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let is_empty = path.metadata().is_ok_and(|file| file.len() == 0);
    name.ends_with("-shm") || name.ends_with(".lock") || name.ends_with("-wal") && is_empty
}

/// Every file of the workspace with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if !is_state(&path) {
                found.insert(path.clone(), std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

/// Nothing is answered from this workspace and nothing in it is changed; each refusal has the code and names what it found.
#[track_caller]
fn refused(place: &Place, folder: &Path, commands: &[&[&str]], code: &str, naming: &str) {
    let before = files(folder);
    for command in commands {
        let ran = place.run(command);
        assert_eq!(ran.code, 4, "{command:?}: {ran:?}");
        assert!(
            ran.stderr.starts_with(&format!("error[{code}]")) && ran.stderr.contains(naming),
            "{command:?} does not name {naming}: {ran:?}"
        );
        assert!(ran.stdout.is_empty(), "{command:?}: {ran:?}");
        let after = files(folder);
        let changed: Vec<_> = after
            .iter()
            .filter(|(path, bytes)| before.get(*path) != Some(bytes))
            .map(|(path, _)| path)
            .collect();
        assert!(
            changed.is_empty() && after.len() == before.len(),
            "{command:?} changed {changed:?}"
        );
    }
}

const OF_THE_INDEX: [&[&str]; 4] = [
    &["report"],
    &["samples"],
    &["index", "data", "--dataset", "test"],
    &["doctor"],
];
const OF_THE_LEDGER: [&[&str]; 4] = [
    &["log"],
    &["person", "add", "Maria", "--role", "expert"],
    &["verify"],
    &["doctor"],
];

#[test]
fn row_25_a_strangers_trigger_or_view_is_refused_untouched_with_its_name() {
    for (sql, naming) in [
        (
            "CREATE TRIGGER theirs AFTER INSERT ON sample BEGIN DELETE FROM sample; END",
            "trigger `theirs`",
        ),
        ("CREATE VIEW theirs AS SELECT 1", "view `theirs`"),
        (
            "CREATE INDEX theirs ON sample (id) WHERE id > 7",
            "index `theirs`",
        ),
    ] {
        let (place, folder) = workspace();
        change(&folder.join("index.db"), sql);
        refused(&place, &folder, &OF_THE_INDEX, "workspace_damaged", naming);
    }
    for (sql, naming) in [
        (
            "CREATE TRIGGER theirs AFTER INSERT ON entry BEGIN SELECT 1; END",
            "trigger `theirs`",
        ),
        ("CREATE VIEW theirs AS SELECT 1", "view `theirs`"),
    ] {
        let (place, folder) = workspace();
        change(&folder.join("ledger.db"), sql);
        refused(&place, &folder, &OF_THE_LEDGER, "workspace_damaged", naming);
    }
}

#[test]
fn row_25_a_view_in_the_place_of_the_samples_does_not_speak_for_them() {
    let (place, folder) = workspace();
    change(
        &folder.join("index.db"),
        "ALTER TABLE sample RENAME TO behind; CREATE VIEW sample AS SELECT * FROM behind WHERE id < 3",
    );
    refused(&place, &folder, &OF_THE_INDEX, "workspace_damaged", "index.db");
}

#[test]
fn row_25_a_newer_workspace_is_refused_untouched() {
    for (name, commands) in [("index.db", &OF_THE_INDEX), ("ledger.db", &OF_THE_LEDGER)] {
        let (place, folder) = workspace();
        change(&folder.join(name), "PRAGMA user_version = 999");
        refused(&place, &folder, commands, "workspace_newer", "version 999");
    }
}

#[test]
fn row_25_corrupt_pages_are_refused_untouched() {
    for (name, commands) in [
        ("index.db", &OF_THE_INDEX[..]),
        // Reading may yet find whole pages; nothing is added beside damaged ones.
        ("ledger.db", &OF_THE_LEDGER[1..2]),
    ] {
        let (place, folder) = workspace();
        let path = folder.join(name);
        let pages = std::fs::metadata(&path).expect("a database").len() / 4096;
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .open(&path)
            .expect("a database");
        for page in [2, pages / 2, pages - 1] {
            file.seek(SeekFrom::Start(page * 4096)).expect("a place");
            file.write_all(&[0xa5; 4096]).expect("written");
        }
        drop(file);
        refused(&place, &folder, commands, "workspace_damaged", "");
    }
}

#[test]
fn row_25_a_ledger_that_another_program_took_out_of_its_journal_mode_is_read_and_brought_back() {
    let (place, folder) = workspace();
    let database = Connection::open(folder.join("ledger.db")).expect("a database");
    database
        .pragma_update(None, "journal_mode", "DELETE")
        .expect("the mode can be changed");
    drop(database);
    assert_eq!(place.run(&["log"]).succeeded().rows().len(), 1);
    assert_ne!(place.run(&["doctor"]).code, 0, "it is told");
    place
        .run(&["person", "add", "Maria", "--role", "expert"])
        .succeeded();
    place.run(&["doctor"]).succeeded();
}

#[test]
fn row_25_a_file_that_is_no_database_and_one_that_is_cut_are_refused_untouched() {
    for (name, commands) in [("index.db", &OF_THE_INDEX), ("ledger.db", &OF_THE_LEDGER)] {
        let (place, folder) = workspace();
        std::fs::write(folder.join(name), "a letter, and no database").expect("written");
        refused(&place, &folder, commands, "workspace_damaged", "");
        let (place, folder) = workspace();
        let whole = std::fs::read(folder.join(name)).expect("a database");
        std::fs::write(folder.join(name), &whole[..whole.len() / 2]).expect("written");
        refused(&place, &folder, &commands[3..], "workspace_damaged", "");
    }
}

#[test]
fn columns_that_are_lost_or_damaged_are_told_and_built_again_from_the_sources() {
    for damage in ["gone", "overwritten"] {
        let (place, folder) = workspace();
        let before = place.run(&["report", "--json"]).succeeded().json();
        let segment = folder.join("features/1");
        if damage == "gone" {
            std::fs::remove_dir_all(&segment).expect("it can be removed");
        } else {
            for name in ["samples.parquet", "words.parquet"] {
                std::fs::write(segment.join(name), "no columns").expect("written");
            }
        }
        let ran = place.run(&["report", "--at-least", "2"]);
        assert_eq!(ran.code, 4, "{damage}: {ran:?}");
        assert!(
            ran.stderr.contains("workspace_damaged") && ran.stderr.contains("index the dataset again"),
            "{damage}: {ran:?}"
        );
        let again = place.index(&[&place.data()], None);
        assert_eq!(
            (&again["new_snapshot"], &again["snapshot_root"]),
            (&true.into(), &before["snapshot_root"]),
            "{damage}: read again, and the same"
        );
        assert_eq!(again["duplication"], before["duplication"], "{damage}");
        place.run(&["report", "--at-least", "2"]).succeeded();
        let once_more = place.index(&[&place.data()], None);
        assert_eq!(once_more["new_snapshot"], false, "{damage}: and that is that");
    }
}
