//! A child process that works on a ledger while things are done to it: the test binary runs itself.
//!
//! It says `+saved SEQ ID` for each decision that it was told is saved, `+refused ID CODE` for each that was not, and ends
//! without closing anything, as a killed process does.

use std::path::Path;
use std::process::{Command, Output};

use assay_ledger::{Access, IfLost, Ledger, Verdict};
use uuid::Uuid;

use crate::world::{decided, draft};

const FOLDER: &str = "ASSAY_TEST_HAND_FOLDER";
const WORK: &str = "ASSAY_TEST_HAND_WORK";

/// What the child does.
#[derive(Clone, Copy)]
pub enum Work {
    /// Saves so many decisions.
    Decide(usize),
    /// Saves so many decisions, makes a backup, and saves as many again.
    BackUpBetween(usize),
    /// Restores the ledger.
    Restore,
    /// Writes so many rows of plain SQLite with this setting of `synchronous`.
    Rows(&'static str, usize),
}

/// The child's life; does nothing in an ordinary run.
#[test]
fn child() {
    let (Some(folder), Ok(work)) = (std::env::var_os(FOLDER), std::env::var(WORK)) else {
        return;
    };
    let folder = Path::new(&folder);
    let (verb, rest) = work.split_once(' ').unwrap();
    match verb {
        "decide" => decide(folder, rest.parse().unwrap(), None),
        "back_up" => {
            let turns = rest.parse().unwrap();
            decide(folder, 2 * turns, Some(turns));
        }
        "restore" => match Ledger::restore(folder, None, IfLost::Refuse) {
            Ok(found) => println!("restored {}", found.entries),
            Err(fault) => println!("not restored {fault}"),
        },
        _ => rows(folder, verb, rest.parse().unwrap()),
    }
    std::process::exit(0);
}

fn decide(folder: &Path, turns: usize, backup_before: Option<usize>) {
    let mut ledger = match Ledger::open(folder, Access::Write) {
        Ok(ledger) => ledger,
        Err(fault) => return println!("not opened {fault}"),
    };
    let Ok(queues) = ledger.queues() else { return };
    let Ok(items) = ledger.queue_items(&queues[0]) else {
        return;
    };
    for turn in 0..turns {
        if backup_before == Some(turn) {
            ledger.back_up().unwrap();
        }
        let draft = draft(
            "Maria",
            decided(queues[0].id, items[turn % items.len()], Verdict::ALL[turn % 4]),
        );
        match ledger.append(std::slice::from_ref(&draft)) {
            Ok(entries) => println!("+saved {} {}", entries[0].seq, entries[0].id),
            Err(fault) => println!("+refused {} {}", draft.id, fault.code),
        }
    }
    std::process::exit(0);
}

fn rows(folder: &Path, synchronous: &str, turns: usize) {
    let connection = rusqlite::Connection::open(folder.join("rows.db")).unwrap();
    connection
        .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
        .unwrap();
    connection
        .execute_batch(&format!(
            "PRAGMA synchronous = {synchronous}; CREATE TABLE IF NOT EXISTS said (number INTEGER PRIMARY KEY, word TEXT)"
        ))
        .unwrap();
    for turn in 0..turns {
        connection
            .execute("INSERT INTO said VALUES (?, hex(randomblob(200)))", [turn as u64])
            .unwrap();
        println!("+saved {turn} {}", Uuid::nil());
    }
    std::process::exit(0);
}

/// The command that runs the child, under `wrapper` where one is given.
pub fn command(wrapper: &[String], folder: &Path, work: Work) -> Command {
    let myself = std::env::current_exe().unwrap();
    let mut command = match wrapper {
        [] => Command::new(&myself),
        [program, rest @ ..] => {
            let mut command = Command::new(program);
            command.args(rest).arg(&myself);
            command
        }
    };
    let work = match work {
        Work::Decide(turns) => format!("decide {turns}"),
        Work::BackUpBetween(turns) => format!("back_up {turns}"),
        Work::Restore => "restore now".to_owned(),
        Work::Rows(synchronous, turns) => format!("{synchronous} {turns}"),
    };
    command
        .args(["--exact", "hand::child", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(WORK, work);
    command
}

/// What the child was told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub saved: Vec<(u64, Uuid)>,
    pub refused: Vec<(Uuid, String)>,
}

pub fn told(output: &Output) -> Told {
    told_in(&String::from_utf8_lossy(&output.stdout))
}

/// The harness prints a test's name on the line of the first answer. A line without its end was not said.
pub fn told_in(text: &str) -> Told {
    let mut told = Told::default();
    for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        if let Some((_, rest)) = line.split_once("+saved ") {
            let (seq, id) = rest.trim().split_once(' ').unwrap();
            told.saved.push((seq.parse().unwrap(), id.parse().unwrap()));
        } else if let Some((_, rest)) = line.split_once("+refused ") {
            let (id, code) = rest.trim().split_once(' ').unwrap();
            told.refused.push((id.parse().unwrap(), code.to_owned()));
        }
    }
    told
}

/// Whether `strace` can follow a child here; says so where it cannot.
pub fn can_trace() -> bool {
    let can = Command::new("strace")
        .args(["-o", "/dev/null", "true"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !can {
        println!("SKIPPED: strace is not installed or may not trace here");
    }
    can
}

/// A folder on a file system in memory where there is one: thousands of syncs cost nothing there.
pub fn quick_folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}
