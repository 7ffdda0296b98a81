//! What the database loses, the journal brings back; what neither has is told.

use std::fs;
use std::path::Path;

use assay_ledger::{
    Access, BulkAct, BulkTerms, Choice, DATABASE_FILE, Event, JOURNAL_FILE, Ledger, Role, Verdict,
    items_digest,
};
use assay_model::Code;

use crate::world::{World, decided, draft, kept, world};

/// The folder of a closed world, its last backup included.
pub fn closed(world: World) -> tempfile::TempDir {
    let World { folder, ledger, .. } = world;
    drop(ledger);
    folder
}

/// The files of an open ledger as a crash would leave them now.
pub fn crashed(from: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(from, folder.path());
    folder
}

pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else if !entry.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn forget_log_of_changes(folder: &Path) {
    fs::remove_file(folder.join("ledger.db-wal")).unwrap();
}

/// Everything that a ledger keeps, in words.
pub fn contents(ledger: &Ledger) -> Vec<String> {
    let entries = ledger.entries(&Default::default(), 0, u64::MAX).unwrap();
    let mut said: Vec<String> = entries.iter().map(|entry| entry.body.clone()).collect();
    said.extend(
        entries
            .iter()
            .map(|entry| format!("{:?}", ledger.salted_note(entry.id).unwrap())),
    );
    for queue in ledger.queues().unwrap() {
        let items = ledger.queue_items(&queue).unwrap();
        said.extend(
            items
                .iter()
                .map(|item| format!("{:?}", ledger.kept_sample(item).unwrap())),
        );
    }
    for act in ledger.bulk_acts().unwrap() {
        said.push(format!("{:?}", ledger.bulk_items(&act).unwrap()));
    }
    said
}

/// A world in which every kind of thing that can be saved was saved.
pub fn rich() -> World {
    let mut world = world();
    let mut noted = draft("Maria", decided(world.queue, world.items[0], Verdict::Unsure));
    noted.note = Some("a quiet word, \"quoted\"\nand on two lines".to_owned());
    world.ledger.append(&[noted]).unwrap();
    world.decide(1, Verdict::Exclude);
    world.ledger.keep_samples(&[kept("kept on its own")]).unwrap();
    let mut items = vec![world.items[4], world.items[5]];
    items.sort();
    let terms = BulkTerms {
        dataset: "letters".to_owned(),
        snapshot: 1,
        filter: "x".to_owned(),
        act: BulkAct::parse("exclude", "Unsafe").unwrap(),
        choice: Choice::Whole,
        size: 2,
        items: items_digest(&items),
        reason: "seen together".to_owned(),
    };
    let mut bulk = draft("Jonas", Event::BulkActed { terms });
    bulk.items = items;
    world.ledger.append(&[bulk]).unwrap();
    world
}

#[test]
fn what_the_database_lost_comes_back_from_the_journal() {
    let world = rich();
    let before = contents(&world.ledger);
    let crash = crashed(world.folder.path());
    forget_log_of_changes(crash.path());
    let ledger = Ledger::open(crash.path(), Access::Write).unwrap();
    assert_eq!(contents(&ledger), before);
    assert_eq!(ledger.recovery().entries, 7);
    assert!(ledger.recovery().kept >= 11, "{:?}", ledger.recovery());
    assert!(ledger.verify().unwrap().whole());
    drop(ledger);
    let again = Ledger::open(crash.path(), Access::Write).unwrap();
    assert!(again.recovery().is_nothing(), "{}", again.recovery());
}

#[test]
fn a_reader_knows_that_an_owner_is_needed_only_where_none_is_at_work() {
    let world = rich();
    let crash = crashed(world.folder.path());
    forget_log_of_changes(crash.path());
    let reader = |folder: &Path| {
        Ledger::open(folder, Access::Read)
            .unwrap()
            .needs_its_owner()
            .unwrap()
    };
    assert!(reader(crash.path()));
    let findings = Ledger::open(crash.path(), Access::Read)
        .unwrap()
        .doctor()
        .unwrap();
    assert!(
        findings
            .iter()
            .any(|finding| finding.check == "journal" && !finding.holds)
    );
    let owner = Ledger::open(crash.path(), Access::Write).unwrap();
    assert!(!reader(crash.path()));
    drop(owner);
    assert!(!reader(crash.path()));
}

#[test]
fn a_save_that_was_cut_short_is_passed_over_and_the_next_one_is_whole() {
    let mut world = world();
    world.decide(0, Verdict::Approve);
    let whole = fs::read(world.folder.path().join(JOURNAL_FILE)).unwrap();
    world.decide(1, Verdict::Approve);
    let longer = fs::read(world.folder.path().join(JOURNAL_FILE)).unwrap();
    for cut in [whole.len() + 1, whole.len() + 40, longer.len() - 2] {
        let crash = crashed(world.folder.path());
        forget_log_of_changes(crash.path());
        fs::write(crash.path().join(JOURNAL_FILE), &longer[..cut]).unwrap();
        let mut ledger = Ledger::open(crash.path(), Access::Write).unwrap();
        assert_eq!(ledger.size().unwrap(), 5);
        assert_eq!(ledger.recovery().cut_short_bytes, (cut - whole.len()) as u64);
        let next = draft("Maria", decided(world.queue, world.items[2], Verdict::Approve));
        ledger.append(std::slice::from_ref(&next)).unwrap();
        let again = crashed(crash.path());
        forget_log_of_changes(again.path());
        let ledger = Ledger::open(again.path(), Access::Write).unwrap();
        assert_eq!(ledger.last_entry().unwrap().unwrap().id, next.id);
    }
}

#[test]
fn a_damaged_frame_in_the_middle_is_told_and_refused_only_where_it_is_missed() {
    let mut world = world();
    world.decide(0, Verdict::Approve);
    let middle = fs::read(world.folder.path().join(JOURNAL_FILE)).unwrap().len() - 20;
    world.decide(1, Verdict::Approve);
    let crash = crashed(world.folder.path());
    let journal = crash.path().join(JOURNAL_FILE);
    let mut bytes = fs::read(&journal).unwrap();
    bytes[middle] ^= 4;
    fs::write(&journal, &bytes).unwrap();

    let missed = crashed(crash.path());
    forget_log_of_changes(missed.path());
    let fault = Ledger::open(missed.path(), Access::Write).unwrap_err();
    assert_eq!(fault.code, Code::WorkspaceDamaged);
    assert!(fault.message.contains("missing"), "{fault}");
    assert_eq!(
        fs::read(missed.path().join(JOURNAL_FILE)).unwrap(),
        bytes,
        "refused untouched"
    );

    let ledger = Ledger::open(crash.path(), Access::Write).unwrap();
    assert_eq!(ledger.size().unwrap(), 6);
    assert_eq!(ledger.recovery().damaged.len(), 1);
    let aside = ledger.recovery().aside.unwrap();
    assert_eq!(fs::read(aside.join(JOURNAL_FILE)).unwrap(), bytes);
}

#[test]
fn two_histories_are_never_mixed() {
    let mut ours = world();
    let theirs = crashed(ours.folder.path());
    ours.decide(0, Verdict::Approve);
    let mut ledger = Ledger::open(theirs.path(), Access::Write).unwrap();
    let other = draft("Maria", decided(ours.queue, ours.items[0], Verdict::Exclude));
    ledger.append(&[other]).unwrap();
    drop(ledger);
    // Our journal beside their database: both whole in themselves.
    fs::copy(
        ours.folder.path().join(JOURNAL_FILE),
        theirs.path().join(JOURNAL_FILE),
    )
    .unwrap();
    let before = fs::read(theirs.path().join(DATABASE_FILE)).unwrap();
    let fault = Ledger::open(theirs.path(), Access::Write).unwrap_err();
    assert_eq!(fault.code, Code::LedgerBroken);
    assert!(fault.message.contains("two different entries 4"), "{fault}");
    assert_eq!(fs::read(theirs.path().join(DATABASE_FILE)).unwrap(), before);
}

#[test]
fn a_ledger_without_a_journal_gets_one_and_loses_nothing() {
    let mut world = world();
    world.decide(0, Verdict::Approve);
    let before = contents(&world.ledger);
    let folder = closed(world);
    fs::remove_file(folder.path().join(JOURNAL_FILE)).unwrap();
    let mut ledger = Ledger::open(folder.path(), Access::Write).unwrap();
    assert_eq!(contents(&ledger), before);
    let event = Event::PersonAdded {
        name: "Eva".to_owned(),
        role: Role::Lead,
    };
    ledger.append(&[draft("Maria", event)]).unwrap();
    let crash = crashed(folder.path());
    forget_log_of_changes(crash.path());
    assert_eq!(
        Ledger::open(crash.path(), Access::Write).unwrap().size().unwrap(),
        6
    );
}
