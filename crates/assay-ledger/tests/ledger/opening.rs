use crate::effort::count;
use crate::hand::{Work, command, told};
use crate::journal::{closed, rich};
use crate::world::{draft, world};
use assay_ledger::{Access, DATABASE_FILE, Event, Ledger, Role, Verdict};
use assay_model::Code;

#[test]
fn a_second_owner_is_refused_and_readers_are_not() {
    let mut world = world();
    let folder = world.folder.path().to_owned();
    assert_eq!(
        Ledger::open(&folder, Access::Write).unwrap_err().code,
        Code::WorkspaceLocked
    );

    let mut reader = Ledger::open(&folder, Access::Read).unwrap();
    assert_eq!(reader.size().unwrap(), 4);
    world.decide(0, Verdict::Approve);
    assert_eq!(reader.size().unwrap(), 5);
    assert!(reader.verify().unwrap().whole());
    let eva = draft(
        "Eva",
        Event::PersonAdded {
            name: "Eva".to_owned(),
            role: Role::Lead,
        },
    );
    assert_eq!(reader.append(&[eva]).unwrap_err().code, Code::NotAllowed);
    drop(reader);

    drop(world.ledger);
    assert_eq!(Ledger::open(&folder, Access::Write).unwrap().size().unwrap(), 5);
}

#[test]
fn a_folder_without_a_ledger_is_no_workspace() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        Ledger::open(folder.path(), Access::Read).unwrap_err().code,
        Code::NotAWorkspace
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_ledger_is_never_made_over_another() {
    let world = world();
    let folder = world.folder.path().to_owned();
    drop(world.ledger);
    assert_eq!(Ledger::create(&folder).unwrap_err().code, Code::NotAllowed);
}

/// Changes a closed ledger with plain SQLite and says how opening it answers; the file stays as it is.
fn opened_after(sql: &str) -> Code {
    let world = world();
    let folder = world.folder.path().to_owned();
    drop(world.ledger);
    let path = folder.join(DATABASE_FILE);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(sql).unwrap();
    drop(raw);
    let before = std::fs::read(&path).unwrap();
    let write = Ledger::open(&folder, Access::Write).unwrap_err();
    let read = Ledger::open(&folder, Access::Read).unwrap_err();
    assert_eq!(write.code, read.code, "{write} / {read}");
    assert_eq!(
        std::fs::read(&path).unwrap(),
        before,
        "the refused file was touched"
    );
    write.code
}

#[test]
fn a_newer_ledger_is_refused_untouched() {
    assert_eq!(opened_after("PRAGMA user_version = 99"), Code::WorkspaceNewer);
}

#[test]
fn a_strangers_trigger_view_or_table_is_refused_untouched() {
    let trigger = "CREATE TRIGGER spy AFTER INSERT ON entry BEGIN DELETE FROM gold; END";
    assert_eq!(opened_after(trigger), Code::WorkspaceDamaged);
    assert_eq!(
        opened_after("CREATE VIEW spy AS SELECT * FROM entry"),
        Code::WorkspaceDamaged
    );
    assert_eq!(opened_after("CREATE TABLE spy (x)"), Code::WorkspaceDamaged);
}

#[test]
fn a_missing_guard_is_refused() {
    assert_eq!(
        opened_after("DROP TRIGGER entry_never_goes"),
        Code::WorkspaceDamaged
    );
    let weaker = "DROP TRIGGER entry_never_goes;
                  CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN SELECT 1; END";
    assert_eq!(opened_after(weaker), Code::WorkspaceDamaged);
}

#[test]
fn a_file_that_is_no_database_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join(DATABASE_FILE),
        "a letter, not a database, long enough to have no header",
    )
    .unwrap();
    assert_eq!(
        Ledger::open(folder.path(), Access::Write).unwrap_err().code,
        Code::WorkspaceDamaged
    );
}

#[test]
fn the_doctor_finds_a_healthy_ledger_healthy() {
    let mut world = world();
    world.decide(0, Verdict::Approve);
    let findings = world.ledger.doctor().unwrap();
    assert_eq!(findings.len(), 7);
    assert!(findings.iter().all(|finding| finding.holds), "{findings:?}");
}

#[test]
fn of_several_that_start_at_once_one_owns_the_ledger_and_no_two_histories_arise() {
    for _ in 0..count(4, 200) {
        let folder = closed(rich());
        let children: Vec<_> = (0..4)
            .map(|_| {
                command(&[], folder.path(), Work::Decide(5))
                    .stdout(std::process::Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let outputs: Vec<_> = children
            .into_iter()
            .map(|child| child.wait_with_output().unwrap())
            .collect();
        let ledger = Ledger::open(folder.path(), Access::Write).unwrap();
        let mut saved = 0;
        for output in &outputs {
            let said = String::from_utf8_lossy(&output.stdout);
            let told = told(output);
            assert!(
                told.saved.len() == 5 || said.contains("workspace_locked"),
                "{said}"
            );
            assert!(told.refused.is_empty(), "{said}");
            for (seq, id) in &told.saved {
                assert_eq!(ledger.entry(*seq).unwrap().unwrap().id, *id);
            }
            saved += told.saved.len();
        }
        assert!(saved >= 5);
        assert_eq!(ledger.size().unwrap(), 7 + saved as u64);
        assert!(ledger.verify().unwrap().whole());
    }
}
