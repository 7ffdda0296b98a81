//! What comes back when the database is damaged?
//!
//! The best of what there is: the database itself where it still verifies, else the newest backup that does, else an empty
//! ledger; and over it every journal. The damaged files are copied aside first, and nothing takes their place before it is
//! whole and on disk (`switch`). Where known entries would be missing, nothing is exchanged unless the caller says so.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use assay_model::{Code, Digest, Fault};
use rusqlite::{Connection, OpenFlags};

use crate::backup::{self, Backup};
use crate::catch_up::{self, Recovery};
use crate::database::connect;
use crate::faults::{self, Doing};
use crate::journal::{self, Frame, JOURNAL_FILE, Journal, replace_file};
use crate::lock::OwnerLock;
use crate::switch::{self, RESTORED_FILE};
use crate::{
    Access, DATABASE_FILE, HEADS_FILE, Head, LOCK_FILE, Ledger, aside, heads, rollback, schema, segments,
};

/// A database that is being restored and may still be thrown away.
const RESTORING_FILE: &str = "ledger.db.restoring";

/// What to do where entries are known that nothing holds any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfLost {
    /// Leave everything as it is, and say what would be missing.
    Refuse,
    /// Restore what there is. The damaged files stay aside.
    Accept,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Entries in the restored ledger.
    pub entries: u64,
    /// The tree hash over them.
    pub root: Digest,
    /// What it was restored from.
    pub base: Base,
    /// Entries that the journal brought back.
    pub from_journal: u64,
    /// Entries that are known to have been there, and are not.
    pub lost: u64,
    /// Bytes of the journal that are no frame any more; samples' texts kept in them are not counted in `lost`.
    pub unreadable_journal_bytes: u64,
    /// What did not verify, and why.
    pub passed_over: Vec<(PathBuf, String)>,
    /// The damaged files, as they were.
    pub aside: PathBuf,
}

/// What a restored ledger begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// The database itself still verifies.
    Database,
    Backup(Backup),
    /// The journal reaches back to the first entry.
    Nothing,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = match &self.base {
            Base::Database => "the database itself".to_owned(),
            Base::Backup(backup) => format!("the backup of {} entries", backup.entries),
            Base::Nothing => "the journal alone".to_owned(),
        };
        write!(
            f,
            "{} entries came back from {from}, {} of them out of the journal; {} are lost; the damaged files lie in {}",
            self.entries,
            self.from_journal,
            self.lost,
            self.aside.display()
        )
    }
}

/// One way to restore, tried.
struct Attempt {
    base: Base,
    entries: u64,
    root: Digest,
    from_journal: u64,
    lost: u64,
}

/// What lies beside the database and outlives it.
struct Beside {
    frames: Vec<Frame>,
    heads: Vec<Head>,
    heads_are_damaged: bool,
    unreadable_journal_bytes: u64,
}

impl Ledger {
    /// Restores the ledger in `folder`, as its owner. `backups` is where backups are kept; none means beside the database.
    pub fn restore(folder: &Path, backups: Option<&Path>, if_lost: IfLost) -> Result<Restored, Fault> {
        let lock = OwnerLock::take(&folder.join(LOCK_FILE))?;
        switch::finish(folder)?;
        let default = folder.join(backup::BACKUPS_FOLDER);
        let backups = backup::list(backups.unwrap_or(&default))?;
        let beside = read_beside(folder)?;
        let mut passed_over = Vec::new();
        let best = best_attempt(folder, backups, &beside, &mut passed_over)?;
        if best.lost > 0 && if_lost == IfLost::Refuse {
            switch::remove_database(&folder.join(RESTORING_FILE))?;
            return Err(would_lose(&best));
        }
        let wal = format!("{DATABASE_FILE}-wal");
        let rollback = format!("{DATABASE_FILE}-journal");
        let aside = aside::copy(
            folder,
            &[DATABASE_FILE, &wal, &rollback, JOURNAL_FILE, HEADS_FILE],
        )?;
        exchange(folder)?;
        if best.lost > 0 || beside.heads_are_damaged {
            keep_heads_that_hold(folder, &beside.heads, best.entries)?;
        }
        Journal::begin(folder, best.entries)?;
        passed_over.iter().for_each(set_apart);
        // It must open; and a fresh backup stands for the journal that was just replaced.
        let mut ledger = Self::own(folder, lock)?;
        let _ = ledger.back_up();
        Ok(Restored {
            entries: best.entries,
            root: best.root,
            base: best.base,
            from_journal: best.from_journal,
            lost: best.lost,
            unreadable_journal_bytes: beside.unreadable_journal_bytes,
            passed_over,
            aside,
        })
    }
}

fn read_beside(folder: &Path) -> Result<Beside, Fault> {
    let mut paths: Vec<PathBuf> = segments::list(folder)?
        .into_iter()
        .map(|segment| segment.path)
        .collect();
    paths.push(folder.join(JOURNAL_FILE));
    let (mut frames, mut unreadable) = (Vec::new(), 0);
    for path in paths {
        if let Some(reading) = journal::read(&path)? {
            frames.extend(reading.frames);
            unreadable += reading.tail.len() as u64;
            unreadable += reading
                .damaged
                .iter()
                .map(|bytes| bytes.end - bytes.start)
                .sum::<u64>();
        }
    }
    let (heads, heads_are_damaged) = heads::read_readable_heads(&folder.join(HEADS_FILE))?;
    Ok(Beside {
        frames,
        heads,
        heads_are_damaged,
        unreadable_journal_bytes: unreadable,
    })
}

/// Tries the database, then the backups, then nothing, until one comes back whole; else the one with the most entries. It
/// stands under the name of a database that is being restored.
fn best_attempt(
    folder: &Path,
    backups: Vec<Backup>,
    beside: &Beside,
    passed_over: &mut Vec<(PathBuf, String)>,
) -> Result<Attempt, Fault> {
    let bases = std::iter::once(Base::Database)
        .chain(backups.into_iter().rev().map(Base::Backup))
        .chain([Base::Nothing]);
    let mut best: Option<Attempt> = None;
    let mut last_tried = None;
    for base in bases {
        last_tried = Some(base.clone());
        match attempt(folder, base.clone(), beside) {
            Ok(attempt) if attempt.lost == 0 && attempt.entries > 0 => return Ok(attempt),
            Ok(attempt) => {
                if best.as_ref().is_none_or(|best| attempt.entries > best.entries) {
                    best = Some(attempt);
                }
            }
            // The drive that is to hold the restored database must work.
            Err(fault) if matches!(fault.code, Code::DiskFull | Code::NotSaved) => return Err(fault),
            Err(fault) => passed_over.push((path_of(&base, folder), fault.message)),
        }
    }
    match best.filter(|best| best.entries > 0) {
        Some(best) if last_tried.as_ref() == Some(&best.base) => Ok(best),
        Some(best) => attempt(folder, best.base, beside),
        None => {
            switch::remove_database(&folder.join(RESTORING_FILE))?;
            Err(faults::damaged(
                "there is no verified backup, and no journal from the first entry on; nothing was changed",
            ))
        }
    }
}

fn path_of(base: &Base, folder: &Path) -> PathBuf {
    match base {
        Base::Database => folder.join(DATABASE_FILE),
        Base::Backup(backup) => backup.path.clone(),
        Base::Nothing => folder.join(JOURNAL_FILE),
    }
}

fn attempt(folder: &Path, base: Base, beside: &Beside) -> Result<Attempt, Fault> {
    let path = folder.join(RESTORING_FILE);
    switch::remove_database(&path)?;
    match &base {
        Base::Database | Base::Backup(_) => {
            let source = path_of(&base, folder);
            if !source.is_file() {
                return Err(faults::damaged("the file is gone"));
            }
            copy_as_it_was(&source, &path)?;
            backup::check(&path)?;
        }
        Base::Nothing => {}
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut connection = connect(&path, flags, Access::Write)?;
    schema::migrate(&mut connection)?;
    let mut recovery = Recovery::default();
    replay_what_follows(&mut connection, &beside.frames, &mut recovery)?;
    let ledger = Ledger::plain(connection, folder, Access::Write);
    let entries = ledger.size()?;
    let heads: Vec<Head> = beside
        .heads
        .iter()
        .filter(|head| head.checkpoint.size <= entries)
        .cloned()
        .collect();
    if let Some(what) = ledger.breaks(&heads)? {
        return Err(faults::forked(what));
    }
    heads.iter().try_for_each(|head| ledger.put_head(head))?;
    let root = ledger.root()?;
    drop(ledger);
    on_disk(&path)?;
    backup::check(&path)?;
    Ok(Attempt {
        base,
        entries,
        root,
        from_journal: recovery.entries,
        lost: known_entries(beside).saturating_sub(entries),
    })
}

/// Copies a database with the change that a crash may have cut short in it, which is rolled back in the copy: the damaged files
/// stay as they are until they lie aside.
fn copy_as_it_was(source: &Path, target: &Path) -> Result<(), Fault> {
    let journal = rollback::journal_of(source);
    if !journal.exists() {
        return backup::copy(source, target);
    }
    std::fs::copy(source, target)
        .and_then(|_| std::fs::copy(&journal, rollback::journal_of(target)))
        .map_err(|error| faults::from_io("copying the ledger", &error, target))?;
    rollback::roll_back(target)
}

/// Replays frames as long as they follow: what lies behind a gap cannot be put in order.
fn replay_what_follows(
    connection: &mut Connection,
    frames: &[Frame],
    recovery: &mut Recovery,
) -> Result<(), Fault> {
    match catch_up::replay_all(connection, frames, recovery) {
        Err(fault) if fault.code == Code::WorkspaceDamaged => Ok(()),
        other => other,
    }
}

/// How many entries there were, as far as a journal or a head can tell.
fn known_entries(beside: &Beside) -> u64 {
    let reading = journal::Reading {
        frames: beside.frames.clone(),
        ..journal::Reading::default()
    };
    let heads = beside.heads.iter().map(|head| head.checkpoint.size).max();
    reading.reaches().max(heads.unwrap_or(0))
}

/// Closing the last connection put everything into the one file; here it is waited for.
fn on_disk(path: &Path) -> Result<(), Fault> {
    Connection::open(path)
        .and_then(|connection| connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())))
        .doing("closing the restored ledger")?;
    File::options()
        .write(true)
        .open(path)
        .and_then(|file| file.sync_all())
        .map_err(|error| faults::from_io("writing the restored ledger", &error, path))
}

/// Decides for the restored database, and puts it in place.
fn exchange(folder: &Path) -> Result<(), Fault> {
    let (restoring, restored) = (folder.join(RESTORING_FILE), folder.join(RESTORED_FILE));
    std::fs::rename(&restoring, &restored)
        .and_then(|()| journal::sync_folder_of(&restored))
        .map_err(|error| faults::from_io("restoring the ledger", &error, &restored))?;
    switch::finish(folder)
}

/// Heads over entries that are lost would refuse the ledger for ever. They lie aside with the rest.
fn keep_heads_that_hold(folder: &Path, heads: &[Head], entries: u64) -> Result<(), Fault> {
    let path = folder.join(HEADS_FILE);
    let lines: Vec<String> = heads
        .iter()
        .filter(|head| head.checkpoint.size <= entries)
        .map(|head| heads::line(&head.note.to_string()))
        .collect::<Result<_, _>>()?;
    replace_file(&folder.join("heads.log.new"), &path, lines.concat().as_bytes())
        .map_err(|error| faults::from_io("writing the heads that hold", &error, &path))
}

/// A backup that does not verify counts as none, and is not in the way of new ones. It stays beside them under its own name.
fn set_apart((path, _): &(PathBuf, String)) {
    let is_backup = path
        .file_name()
        .is_some_and(|name| name != DATABASE_FILE && name != JOURNAL_FILE);
    if is_backup {
        let mut apart = path.as_os_str().to_owned();
        apart.push(".damaged");
        // Where it cannot be renamed it is passed over again next time.
        let _ = std::fs::rename(path, apart);
    }
}

fn would_lose(best: &Attempt) -> Fault {
    Fault::new(
        Code::WorkspaceDamaged,
        format!(
            "{} entries would come back and {} are lost; nothing was changed",
            best.entries, best.lost
        ),
        "look for a newer backup or a copy of the folder first; to go on without them, restore again and accept the loss",
    )
}
