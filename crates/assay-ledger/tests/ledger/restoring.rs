//! The restore drill: damage, what comes back, and that nothing is thrown away.

use std::fs;
use std::path::Path;

use assay_ledger::{
    Access, BACKUP_EVERY_ENTRIES, BACKUPS_FOLDER, BACKUPS_KEPT, Base, DATABASE_FILE, HEADS_FILE, IfLost,
    JOURNAL_FILE, Ledger, Verdict, list_backups, verify_backup,
};
use assay_model::Code;

use crate::journal::{closed, contents, crashed, rich};
use crate::signing::campaign;
use crate::world::{decided, draft, world};

fn restored(folder: &Path) -> assay_ledger::Restored {
    Ledger::restore(folder, None, IfLost::Refuse).unwrap()
}

fn spoil(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    let until = bytes.len().min(at + 200);
    bytes[at..until].iter_mut().for_each(|byte| *byte ^= 0x5a);
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_deleted_database_is_never_started_again_and_comes_back_whole() {
    let world = rich();
    let before = contents(&world.ledger);
    let crash = crashed(world.folder.path());
    fs::remove_file(crash.path().join(DATABASE_FILE)).unwrap();
    fs::remove_file(crash.path().join("ledger.db-wal")).unwrap();
    for opened in [
        Ledger::open_or_create(crash.path()),
        Ledger::create(crash.path()),
        Ledger::open(crash.path(), Access::Write),
        Ledger::open(crash.path(), Access::Read),
    ] {
        let fault = opened.unwrap_err();
        assert_eq!(fault.code, Code::WorkspaceDamaged);
        assert!(fault.remedy.contains("restore"), "{fault}");
    }
    let found = restored(crash.path());
    assert_eq!(found.base, Base::Nothing);
    assert_eq!((found.entries, found.from_journal, found.lost), (7, 7, 0));
    let ledger = Ledger::open(crash.path(), Access::Write).unwrap();
    assert_eq!(contents(&ledger), before);
    assert!(ledger.verify().unwrap().whole());
}

#[test]
fn traces_of_any_kind_keep_a_ledger_from_being_started_again() {
    for trace in [JOURNAL_FILE, HEADS_FILE] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(trace), "").unwrap();
        assert_eq!(
            Ledger::open_or_create(folder.path()).unwrap_err().code,
            Code::WorkspaceDamaged
        );
        assert!(!folder.path().join(DATABASE_FILE).exists());
    }
    let folder = closed(rich());
    for name in [DATABASE_FILE, JOURNAL_FILE] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    assert_eq!(
        Ledger::open_or_create(folder.path()).unwrap_err().code,
        Code::WorkspaceDamaged
    );
}

#[test]
fn damage_is_set_aside_and_the_newest_backup_and_the_journal_come_back() {
    let mut world = rich();
    let backup = world.ledger.back_up().unwrap();
    assert_eq!(verify_backup(&backup).unwrap(), world.ledger.root().unwrap());
    world.decide(6, Verdict::Approve);
    world.decide(7, Verdict::Approve);
    let before = contents(&world.ledger);
    let folder = closed(world);
    let database = folder.path().join(DATABASE_FILE);
    spoil(&database, 0);
    let damaged = fs::read(&database).unwrap();

    let fault = Ledger::open(folder.path(), Access::Write).unwrap_err();
    assert_eq!(fault.code, Code::WorkspaceDamaged);
    let found = restored(folder.path());
    assert_eq!(found.base, Base::Backup(backup));
    assert_eq!((found.entries, found.from_journal, found.lost), (9, 2, 0));
    assert_eq!(fs::read(found.aside.join(DATABASE_FILE)).unwrap(), damaged);
    assert_eq!(found.passed_over.len(), 1);
    assert!(
        found
            .to_string()
            .starts_with("9 entries came back from the backup of 7"),
        "{found}"
    );
    let ledger = Ledger::open(folder.path(), Access::Write).unwrap();
    assert_eq!(contents(&ledger), before);
    assert_eq!(ledger.root().unwrap(), found.root);
}

#[test]
fn a_backup_that_is_damaged_itself_is_passed_over_for_an_older_one() {
    let mut world = world();
    for round in 0..4 {
        world.decide(round, Verdict::Approve);
        world.ledger.back_up().unwrap();
    }
    let before = contents(&world.ledger);
    let folder = closed(world);
    let backups = list_backups(&folder.path().join(BACKUPS_FOLDER)).unwrap();
    assert_eq!(
        backups.iter().map(|backup| backup.entries).collect::<Vec<_>>(),
        [5, 6, 7, 8]
    );
    spoil(&folder.path().join(DATABASE_FILE), 0);
    spoil(&backups[3].path, 20_000);
    spoil(&backups[2].path, 100);
    let found = restored(folder.path());
    assert_eq!(found.base, Base::Backup(backups[1].clone()));
    assert_eq!((found.entries, found.from_journal), (8, 2));
    // They are kept, and are no backups any more.
    for damaged in &backups[2..] {
        assert!(!damaged.path.exists() || verify_backup(damaged).is_ok());
        assert!(fs::exists(format!("{}.damaged", damaged.path.display())).unwrap());
    }
    let ledger = Ledger::open(folder.path(), Access::Write).unwrap();
    assert_eq!(contents(&ledger), before);
}

#[test]
fn known_entries_are_never_given_up_without_being_asked() {
    let mut world = world();
    world.ledger.back_up().unwrap();
    world.decide(0, Verdict::Approve);
    let middle = fs::read(world.folder.path().join(JOURNAL_FILE)).unwrap().len() - 20;
    world.decide(1, Verdict::Approve);
    let crash = crashed(world.folder.path());
    spoil(&crash.path().join(DATABASE_FILE), 0);
    let journal = crash.path().join(JOURNAL_FILE);
    let mut bytes = fs::read(&journal).unwrap();
    bytes[middle] ^= 4;
    fs::write(&journal, &bytes).unwrap();
    let files = || [DATABASE_FILE, JOURNAL_FILE].map(|name| fs::read(crash.path().join(name)).unwrap());
    let before = files();
    let fault = Ledger::restore(crash.path(), None, IfLost::Refuse).unwrap_err();
    assert!(
        fault.message.contains("4 entries would come back and 2 are lost"),
        "{fault}"
    );
    assert_eq!(files(), before);
    let found = Ledger::restore(crash.path(), None, IfLost::Accept).unwrap();
    assert_eq!((found.entries, found.lost), (4, 2));
    assert!(found.unreadable_journal_bytes > 0);
    assert_eq!(fs::read(found.aside.join(JOURNAL_FILE)).unwrap(), bytes);
    let mut ledger = Ledger::open(crash.path(), Access::Write).unwrap();
    // The damaged database's log of changes did not come along.
    assert_eq!(ledger.size().unwrap(), 4);
    let next = draft("Maria", decided(world.queue, world.items[2], Verdict::Approve));
    ledger.append(&[next]).unwrap();
    assert!(ledger.verify().unwrap().whole());
}

#[test]
fn a_whole_ledger_survives_a_restore_that_was_not_needed() {
    let world = rich();
    let before = contents(&world.ledger);
    let folder = closed(world);
    let found = restored(folder.path());
    assert_eq!((found.base, found.lost), (Base::Database, 0));
    assert_eq!(
        contents(&Ledger::open(folder.path(), Access::Read).unwrap()),
        before
    );
}

#[test]
fn nothing_is_restored_under_an_owner_and_nothing_is_changed_where_there_is_nothing() {
    let world = rich();
    let fault = Ledger::restore(world.folder.path(), None, IfLost::Refuse).unwrap_err();
    assert_eq!(fault.code, Code::WorkspaceLocked);
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join(DATABASE_FILE),
        "no database at all, and nothing beside it",
    )
    .unwrap();
    let fault = Ledger::restore(folder.path(), None, IfLost::Accept).unwrap_err();
    assert_eq!(fault.code, Code::WorkspaceDamaged);
    assert_eq!(
        fs::read(folder.path().join(DATABASE_FILE)).unwrap(),
        b"no database at all, and nothing beside it"
    );
}

#[test]
fn backups_are_made_by_themselves_and_a_few_are_kept() {
    let mut world = world();
    let elsewhere = tempfile::tempdir().unwrap();
    let backups = elsewhere.path().join("of this ledger");
    world.ledger.keep_backups_in(backups.clone()).unwrap();
    for turn in 0..BACKUP_EVERY_ENTRIES as usize {
        world.decide(turn % 10, Verdict::ALL[turn % 4]);
    }
    // Its thread is waited for when the ledger is closed.
    let folder = closed(world);
    let made = list_backups(&backups).unwrap();
    assert_eq!(made.len(), 1);
    verify_backup(&made[0]).unwrap();
    assert!(!folder.path().join(BACKUPS_FOLDER).exists());

    let mut ledger = Ledger::open(folder.path(), Access::Write).unwrap();
    let queue = ledger.queues().unwrap().remove(0);
    let item = ledger.queue_items(&queue).unwrap()[0];
    for turn in 0..BACKUPS_KEPT + 3 {
        let verdict = Verdict::ALL[turn % 4];
        ledger
            .append(&[draft("Maria", decided(queue.id, item, verdict))])
            .unwrap();
        ledger.back_up().unwrap();
    }
    let kept = list_backups(&folder.path().join(BACKUPS_FOLDER)).unwrap();
    assert_eq!(kept.len(), BACKUPS_KEPT);
    let journals = fs::read_dir(folder.path())
        .unwrap()
        .filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with("decisions.journal.")
        })
        .count();
    assert!(
        (BACKUPS_KEPT - 1..=BACKUPS_KEPT + 1).contains(&journals),
        "{journals} journals"
    );
}

#[test]
fn a_database_shorter_than_its_heads_say_is_refused_and_not_started_again() {
    let (mut world, _, ines) = campaign();
    world.ledger.sign_head(&ines).unwrap().unwrap();
    let crash = crashed(world.folder.path());
    for name in ["ledger.db-wal", JOURNAL_FILE] {
        fs::remove_file(crash.path().join(name)).unwrap();
    }
    let fault = Ledger::open(crash.path(), Access::Write).unwrap_err();
    assert_eq!(fault.code, Code::WorkspaceDamaged);
    assert!(fault.message.contains("its end was cut off"), "{fault}");
    let fault = Ledger::restore(crash.path(), None, IfLost::Accept).unwrap_err();
    assert!(fault.message.contains("nothing was changed"), "{fault}");
}

#[test]
fn a_damaged_log_of_heads_is_told_and_keeps_the_heads_that_can_be_read() {
    let (mut world, _, ines) = campaign();
    world.ledger.sign_head(&ines).unwrap().unwrap();
    let before = world.ledger.logged_heads().unwrap();
    let crash = crashed(world.folder.path());
    let path = crash.path().join(HEADS_FILE);
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend_from_slice(b"no head\n");
    fs::write(&path, &bytes).unwrap();
    let fault = Ledger::open(crash.path(), Access::Write).unwrap_err();
    assert!(fault.message.contains("log of heads"), "{fault}");
    let found = restored(crash.path());
    assert_eq!((found.base, found.lost), (Base::Database, 0));
    assert_eq!(fs::read(found.aside.join(HEADS_FILE)).unwrap(), bytes);
    let mut ledger = Ledger::open(crash.path(), Access::Write).unwrap();
    assert_eq!(ledger.logged_heads().unwrap(), before);
    ledger.sign_head(&ines).unwrap().unwrap();
    assert!(ledger.verify().unwrap().whole());
}

#[test]
fn a_head_that_was_cut_short_does_not_spoil_the_next_one() {
    let (mut world, _, ines) = campaign();
    world.ledger.sign_head(&ines).unwrap().unwrap();
    let before = world.ledger.logged_heads().unwrap().len();
    let path = world.folder.path().join(HEADS_FILE);
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend_from_slice(b"{\"head\":\"assay/led");
    fs::write(&path, &bytes).unwrap();
    world.decide(0, Verdict::Approve);
    world.ledger.sign_head(&ines).unwrap().unwrap();
    assert_eq!(world.ledger.logged_heads().unwrap().len(), before + 1);
}
