//! System calls that fail or at which the process dies, one at a time, while decisions are saved and while a ledger is restored.
//!
//! strace makes the n-th call of a kind fail. Whatever happens, what was acknowledged is there afterwards, the ledger is whole,
//! and it goes on.

use std::fs;
use std::path::Path;

use assay_ledger::{Access, DATABASE_FILE, IfLost, Ledger, Verdict};

use crate::effort::{count, figure};
use crate::hand::{Told, Work, can_trace, command, quick_folder, told};
use crate::journal::{closed, contents, copy_folder, rich};
use crate::world::{decided, draft};

/// Kinds of calls with the errors that each is made to give.
const FAULTS: [(&str, &[&str]); 7] = [
    ("write", &["ENOSPC", "EIO"]),
    ("pwrite64", &["ENOSPC", "EIO"]),
    ("fdatasync", &["EIO", "ENOSPC"]),
    ("fsync", &["EIO"]),
    ("ftruncate", &["EIO", "ENOSPC"]),
    ("openat", &["EIO", "ENOSPC", "EMFILE"]),
    ("rename", &["EIO", "ENOSPC"]),
];

/// strace on the ledger's files alone: neither the loader nor our own voice is disturbed.
fn wrapper(folder: &Path, inject: &str) -> Vec<String> {
    let mut words: Vec<String> = ["strace", "-f", "-qq", "-o", "/dev/null", "-e"]
        .map(str::to_owned)
        .to_vec();
    words.push(format!("inject={inject}"));
    for name in [
        "",
        "ledger.db",
        "ledger.db-wal",
        "ledger.db.restoring",
        "ledger.db.restored",
        "decisions.journal",
        "decisions.journal.new",
        "ballast",
        "ballast.new",
        "damaged",
        "damaged/0001",
        "damaged/0001/ledger.db",
        "damaged/0001/decisions.journal",
    ] {
        let path = if name.is_empty() {
            folder.to_owned()
        } else {
            folder.join(name)
        };
        words.extend(["-P".to_owned(), path.display().to_string()]);
    }
    words
}

/// Opens what is left, holds it against what the child was told, and records one more.
fn goes_on(folder: &Path, told: &Told, what: &str) {
    let mut ledger = Ledger::open(folder, Access::Write).unwrap_or_else(|fault| panic!("{what}: {fault}"));
    for (seq, id) in &told.saved {
        let entry = ledger.entry(*seq).unwrap();
        assert_eq!(
            entry.map(|entry| entry.id),
            Some(*id),
            "{what}: an acknowledged entry is gone"
        );
    }
    assert!(ledger.verify().unwrap().whole(), "{what}");
    let queue = ledger.queues().unwrap().remove(0);
    let item = ledger.queue_items(&queue).unwrap()[0];
    ledger
        .append(&[draft("Maria", decided(queue.id, item, Verdict::Skip))])
        .unwrap_or_else(|fault| panic!("{what}: {fault}"));
}

#[test]
fn a_failing_system_call_never_takes_an_acknowledged_decision() {
    if !can_trace() {
        return;
    }
    let base = closed(rich());
    let (mut runs, mut refused, mut saved) = (0, 0, 0);
    for (call, errors) in FAULTS {
        for error in errors {
            for when in 1..=count(4, 60) {
                // One that fails once, and one that fails from then on.
                for ending in ["", "+"] {
                    let folder = quick_folder();
                    copy_folder(base.path(), folder.path());
                    let inject = format!("{call}:error={error}:when={when}{ending}");
                    let output = command(&wrapper(folder.path(), &inject), folder.path(), Work::Decide(4))
                        .output()
                        .unwrap();
                    let told = told(&output);
                    goes_on(
                        folder.path(),
                        &told,
                        &format!("{inject}: {}", String::from_utf8_lossy(&output.stdout)),
                    );
                    runs += 1;
                    refused += told.refused.len();
                    saved += told.saved.len();
                }
            }
        }
    }
    assert!(
        refused > 0 && saved > 0,
        "{refused} refused, {saved} saved: no fault was met"
    );
    figure(&format!(
        "failing system calls: {runs} runs, {saved} decisions acknowledged, {refused} refused with a code, 0 lost"
    ));
}

#[test]
fn a_process_that_dies_at_any_system_call_of_a_save_leaves_a_whole_ledger() {
    if !can_trace() {
        return;
    }
    let base = closed(rich());
    let mut runs = 0;
    for call in ["write", "pwrite64", "fdatasync", "openat", "rename"] {
        for when in 1..=count(5, 60) {
            let folder = quick_folder();
            copy_folder(base.path(), folder.path());
            let inject = format!("{call}:signal=KILL:when={when}");
            let output = command(&wrapper(folder.path(), &inject), folder.path(), Work::Decide(4))
                .output()
                .unwrap();
            goes_on(folder.path(), &told(&output), &inject);
            runs += 1;
        }
    }
    figure(&format!("killed at a system call of a save: {runs} runs, 0 lost"));
}

#[test]
fn a_crash_inside_a_restore_leaves_the_old_state_or_the_new_one() {
    if !can_trace() {
        return;
    }
    let mut world = rich();
    world.ledger.back_up().unwrap();
    world.decide(6, Verdict::Approve);
    let before = contents(&world.ledger);
    let base = closed(world);
    fs::write(base.path().join(DATABASE_FILE), vec![0x5a; 50_000]).unwrap();
    let (mut runs, mut old, mut new) = (0, 0, 0);
    for call in [
        "rename",
        "unlink",
        "openat",
        "fsync",
        "fdatasync",
        "write",
        "pwrite64",
    ] {
        for way in ["signal=KILL", "error=EIO", "error=ENOSPC"] {
            for when in 1..=count(6, 40) {
                let folder = quick_folder();
                copy_folder(base.path(), folder.path());
                let inject = format!("{call}:{way}:when={when}");
                command(&wrapper(folder.path(), &inject), folder.path(), Work::Restore)
                    .output()
                    .unwrap();
                let opened = Ledger::open(folder.path(), Access::Write);
                let is_new = opened.as_ref().is_ok_and(|ledger| contents(ledger) == before);
                assert!(
                    is_new || opened.is_err(),
                    "{inject}: neither the old nor the new state"
                );
                drop(opened);
                if !is_new {
                    Ledger::restore(folder.path(), None, IfLost::Refuse)
                        .unwrap_or_else(|fault| panic!("{inject}: {fault}"));
                    let ledger = Ledger::open(folder.path(), Access::Write).unwrap();
                    assert_eq!(contents(&ledger), before, "{inject}");
                }
                runs += 1;
                (old, new) = (old + usize::from(!is_new), new + usize::from(is_new));
            }
        }
    }
    assert!(old > 0 && new > 0, "{old} old, {new} new");
    figure(&format!(
        "crashes and faults inside a restore: {runs} runs, {old} old, {new} new, 0 in between"
    ));
}
