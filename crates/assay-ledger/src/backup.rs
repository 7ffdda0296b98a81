//! Which copies of the ledger are known to be whole?
//!
//! A copy is taken while the owner works, under another name, opened, checked entry by entry with every rule replayed, waited
//! for, and only then named as a backup. So whatever has such a name was whole when it got it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use assay_model::{Code, Digest, Fault};
use rusqlite::backup::Backup as Copying;
use rusqlite::{Connection, OpenFlags};

use crate::faults::{self, Doing};
use crate::journal::sync_folder_of;
use crate::{Access, DATABASE_FILE, Ledger, Verification, schema, switch};

/// The folder of backups in a workspace, where the caller names no other.
pub const BACKUPS_FOLDER: &str = "backups";
/// How many are kept.
pub const BACKUPS_KEPT: usize = 5;
/// A copy that has not been checked yet.
const UNCHECKED_FILE: &str = "ledger.unchecked";
/// Copies the whole database in one step, of one moment.
const ALL_PAGES: i32 = -1;
/// Left free beside a copy, so that a backup is never what fills the disk.
const SPARE_BYTES: u64 = 16 << 20;

/// A verified copy of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backup {
    /// Entries in it.
    pub entries: u64,
    pub path: PathBuf,
}

impl Backup {
    /// How long ago it was made; nothing where a clock was set back since.
    pub(crate) fn age(&self) -> Duration {
        fs::metadata(&self.path)
            .and_then(|found| found.modified())
            .ok()
            .and_then(|made| SystemTime::now().duration_since(made).ok())
            .unwrap_or_default()
    }
}

/// The backups in a folder, oldest first; none where there is no such folder.
pub fn list(backups: &Path) -> Result<Vec<Backup>, Fault> {
    let doing = "looking for backups";
    let entries = match fs::read_dir(backups) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(faults::from_io(doing, &error, backups)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| faults::from_io(doing, &error, backups))?;
        let number = entry.file_name().to_str().and_then(entries_in);
        found.extend(number.map(|entries| Backup {
            entries,
            path: entry.path(),
        }));
    }
    found.sort();
    Ok(found)
}

fn entries_in(name: &str) -> Option<u64> {
    name.strip_prefix("ledger-")?.strip_suffix(".db")?.parse().ok()
}

/// Makes a verified backup of the ledger in `folder`, and removes the oldest beyond those kept.
pub(crate) fn make(folder: &Path, backups: &Path) -> Result<Backup, Fault> {
    let source = folder.join(DATABASE_FILE);
    let on_disk = |error: std::io::Error| faults::from_io("making a backup", &error, backups);
    if !source.is_file() {
        return Err(faults::damaged("ledger.db is gone").at(source.display().to_string()));
    }
    fs::create_dir_all(backups).map_err(on_disk)?;
    refuse_without_room(&source, backups)?;
    let unchecked = backups.join(UNCHECKED_FILE);
    switch::remove_database(&unchecked)?;
    copy(&source, &unchecked)?;
    let checked = check(&unchecked)?;
    let path = backups.join(format!("ledger-{:012}.db", checked.entries));
    File::options()
        .write(true)
        .open(&unchecked)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(&unchecked, &path))
        .and_then(|()| sync_folder_of(&path))
        .map_err(on_disk)?;
    let all = list(backups)?;
    for old in &all[..all.len().saturating_sub(BACKUPS_KEPT)] {
        fs::remove_file(&old.path).map_err(on_disk)?;
    }
    Ok(Backup {
        entries: checked.entries,
        path,
    })
}

fn refuse_without_room(source: &Path, backups: &Path) -> Result<(), Fault> {
    let bytes = fs::metadata(source).map_or(0, |found| found.len());
    match fs4::available_space(backups) {
        Ok(free) if free < bytes + SPARE_BYTES => Err(Fault::new(
            Code::DiskFull,
            format!("a backup of {bytes} bytes does not fit: {free} are free"),
            "free some space, or keep backups on another drive; nothing recorded is lost",
        )
        .at(backups.display().to_string())),
        _ => Ok(()),
    }
}

/// Copies a database as of one moment, with what stands in its log, into a single file.
pub(crate) fn copy(source: &Path, target: &Path) -> Result<(), Fault> {
    let doing = "copying the ledger";
    let source = Connection::open_with_flags(source, OpenFlags::SQLITE_OPEN_READ_ONLY).doing(doing)?;
    source.busy_timeout(Duration::from_secs(5)).doing(doing)?;
    let mut copy = Connection::open(target).doing(doing)?;
    Copying::new(&source, &mut copy)
        .and_then(|backup| backup.step(ALL_PAGES).map(|_| ()))
        .doing(doing)?;
    // One file, which can be read where nothing can be written.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))
        .doing(doing)?;
    copy.close()
        .map_err(|(_, error)| faults::from_sqlite(doing, &error))
}

/// Opens a copy and checks its structure, every entry and every rule.
pub(crate) fn check(path: &Path) -> Result<Verification, Fault> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).doing("opening a backup")?;
    schema::check(&connection)?;
    let structure: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .doing("checking a backup")?;
    if structure != "ok" {
        return Err(faults::damaged(format!("the structure of a backup: {structure}")));
    }
    // Heads of the workspace may be younger than the copy; those in its table are not.
    let nowhere = path
        .parent()
        .unwrap_or(Path::new(""))
        .join("no heads beside a backup");
    let found = Ledger::plain(connection, &nowhere, Access::Read).verify()?;
    match &found.failure {
        None => Ok(found),
        Some(failure) => Err(faults::damaged(format!(
            "a backup does not verify: {}",
            failure.what
        ))),
    }
}

/// The tree hash over the entries of a backup, checked anew.
pub fn verify_backup(backup: &Backup) -> Result<Digest, Fault> {
    Ok(check(&backup.path)?.root)
}
