//! Power cuts, replayed: a child works under strace, and from its writes and syncs images are built of what a cut at any moment
//! could leave. No acknowledged decision may be missing from any. The controls must lose some, or this would prove nothing.

use std::fs;
use std::path::Path;

use assay_ledger::{Access, BACKUPS_FOLDER, JOURNAL_FILE, Ledger, list_backups, verify_backup};

use crate::effort::{Dice, count, figure};
use crate::hand::{Told, Work, can_trace, command, quick_folder, told_in};
use crate::journal::{closed, copy_folder, rich};
use crate::recording::{CALLS, Disk, Drive, Step, steps};

/// Runs the work in `folder` under strace and returns what it did.
fn recorded(folder: &Path, work: Work) -> Vec<Step> {
    let trace = quick_folder();
    let log = trace.path().join("trace").display().to_string();
    let calls = format!("trace={CALLS}");
    let wrapper = [
        "strace", "-f", "-y", "-xx", "-s", "10000000", "-e", &calls, "-o", &log,
    ]
    .map(str::to_owned);
    let output = command(&wrapper, folder, work).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    steps(&fs::read_to_string(&log).unwrap(), folder)
}

/// How many images there were, and in how many something acknowledged was missing.
#[derive(Debug, Default)]
struct Tally {
    images: usize,
    lost: usize,
}

/// Cuts the power at moments spread over all steps, and asks `lost` of each image whether something is missing.
fn cut_often(
    before: &Path,
    folder: &Path,
    steps: &[Step],
    drive: Drive,
    images: usize,
    lost: impl Fn(&Path, &Told) -> bool,
) -> Tally {
    let mut dice = Dice(2026);
    let mut tally = Tally::default();
    let mut disk = Disk::holding(before, drive).moved(before, folder);
    let per_step = images as f64 / steps.len() as f64;
    let mut owed = 0.0;
    for step in steps {
        disk.does(step);
        owed += per_step;
        while owed >= 1.0 {
            owed -= 1.0;
            let image = quick_folder();
            disk.cut_power(folder, image.path(), &mut dice);
            // With a backup of today beside it, closing it makes none.
            let backups = before.join(BACKUPS_FOLDER);
            if backups.is_dir() {
                copy_folder(&backups, &image.path().join(BACKUPS_FOLDER));
            }
            tally.images += 1;
            tally.lost += usize::from(lost(image.path(), &told_in(&disk.said)));
        }
    }
    tally
}

/// A crash leaves a ledger that opens, verifies, and holds everything that was acknowledged.
fn ledger_lost(image: &Path, told: &Told) -> bool {
    let Ok(ledger) = Ledger::open(image, Access::Write) else {
        return true;
    };
    let holds = |(seq, id): &(u64, uuid::Uuid)| {
        ledger
            .entry(*seq)
            .is_ok_and(|entry| entry.is_some_and(|entry| entry.id == *id))
    };
    !told.saved.iter().all(holds) || !ledger.verify().is_ok_and(|found| found.whole())
}

fn without_journal_lost(image: &Path, told: &Told) -> bool {
    let _ = fs::remove_file(image.join(JOURNAL_FILE));
    ledger_lost(image, told)
}

/// All that the database did since its last checkpoint is gone: the journal must have it.
fn without_log_of_changes_lost(image: &Path, told: &Told) -> bool {
    let _ = fs::remove_file(image.join("ledger.db-wal"));
    ledger_lost(image, told)
}

/// A ledger before and after a child worked on it, and what it did in between.
fn worked() -> (tempfile::TempDir, tempfile::TempDir, Vec<Step>) {
    let (before, folder) = (closed(rich()), quick_folder());
    copy_folder(before.path(), folder.path());
    let steps = recorded(folder.path(), Work::Decide(40));
    (before, folder, steps)
}

#[test]
fn no_power_cut_takes_an_acknowledged_decision() {
    if !can_trace() {
        return;
    }
    let (before, folder, steps) = worked();
    let images = count(200, 5_000);
    let ask = |drive, lost: fn(&Path, &Told) -> bool| {
        cut_often(before.path(), folder.path(), &steps, drive, images, lost)
    };
    let honest = ask(Drive::Honest, ledger_lost);
    figure(&format!("power cuts, ledger and journal: {honest:?}"));
    assert_eq!(honest.lost, 0, "{honest:?}");
    let alone = ask(Drive::Honest, without_journal_lost);
    figure(&format!(
        "power cuts, the database without its journal: {alone:?}"
    ));
    assert_eq!(alone.lost, 0, "{alone:?}");
    let journal = ask(Drive::Honest, without_log_of_changes_lost);
    figure(&format!(
        "power cuts, the journal without the database's log of changes: {journal:?}"
    ));
    assert_eq!(journal.lost, 0, "{journal:?}");
    let lying = ask(Drive::Lying, ledger_lost);
    figure(&format!(
        "power cuts, control with a drive that does not sync: {lying:?}"
    ));
    assert!(lying.lost > 0, "the harness would not see a loss: {lying:?}");
}

/// Besides: whatever has a backup's name is one.
fn ledger_or_backup_lost(image: &Path, told: &Told) -> bool {
    let backups = list_backups(&image.join(BACKUPS_FOLDER)).unwrap();
    backups.iter().any(|backup| verify_backup(backup).is_err()) || ledger_lost(image, told)
}

#[test]
fn no_power_cut_while_a_backup_is_made_and_the_journal_turned_takes_anything() {
    if !can_trace() {
        return;
    }
    let (before, folder) = (closed(rich()), quick_folder());
    copy_folder(before.path(), folder.path());
    let steps = recorded(folder.path(), Work::BackUpBetween(4));
    let images = count(120, 3_000);
    let ask = |drive| {
        cut_often(
            before.path(),
            folder.path(),
            &steps,
            drive,
            images,
            ledger_or_backup_lost,
        )
    };
    let honest = ask(Drive::Honest);
    figure(&format!("power cuts around a backup: {honest:?}"));
    assert_eq!(honest.lost, 0, "{honest:?}");
    let lying = ask(Drive::Lying);
    figure(&format!(
        "power cuts around a backup, control with a drive that does not sync: {lying:?}"
    ));
    assert!(lying.lost > 0, "the harness would not see a loss: {lying:?}");
}

fn rows_lost(image: &Path, told: &Told) -> bool {
    let count = rusqlite::Connection::open(image.join("rows.db")).and_then(|connection| {
        connection.query_row("SELECT count(*) FROM said", [], |row| row.get::<_, u64>(0))
    });
    count.map_or(!told.saved.is_empty(), |count| count < told.saved.len() as u64)
}

#[test]
fn the_controls_lose_acknowledged_rows_with_synchronous_off_and_normal_and_none_with_full() {
    if !can_trace() {
        return;
    }
    for (synchronous, must_lose) in [("OFF", true), ("NORMAL", true), ("FULL", false)] {
        let (before, folder) = (quick_folder(), quick_folder());
        let steps = recorded(folder.path(), Work::Rows(synchronous, 60));
        let images = count(150, 2_000);
        let tally = cut_often(
            before.path(),
            folder.path(),
            &steps,
            Drive::Honest,
            images,
            rows_lost,
        );
        figure(&format!(
            "power cuts, plain SQLite with synchronous={synchronous}: {tally:?}"
        ));
        assert_eq!(tally.lost > 0, must_lose, "{synchronous}: {tally:?}");
    }
}
