//! When is a backup due, and who makes it?
//!
//! A thread of its own, beside the owner, so that no decision waits for it. It is due after so many entries, after so much
//! time, and when the ledger is closed; never where nothing was recorded since the last one.

use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use assay_model::Fault;

use crate::backup::{self, Backup};
use crate::{Ledger, segments};

/// A backup is due after so many entries,
pub const BACKUP_EVERY_ENTRIES: u64 = 200;
/// or after so long, where anything was recorded.
pub const BACKUP_EVERY: Duration = Duration::from_secs(15 * 60);

/// What is known of an owner's backups.
#[derive(Debug)]
pub(crate) struct Upkeep {
    pub folder: PathBuf,
    running: Option<JoinHandle<Result<Backup, Fault>>>,
    newest: Option<Backup>,
    /// How many entries there were when a backup was last tried, and when: a failure is not tried again at every entry.
    tried: (u64, Instant),
    /// Why the last one failed.
    pub failed: Option<Fault>,
}

impl Upkeep {
    pub fn new(folder: PathBuf, entries: u64) -> Self {
        let newest = backup::list(&folder).unwrap_or_default().pop();
        Self {
            running: None,
            tried: (
                newest.as_ref().map_or(entries, |backup| backup.entries),
                Instant::now(),
            ),
            newest,
            folder,
            failed: None,
        }
    }

    fn is_due(&self, entries: u64) -> bool {
        let (at, when) = self.tried;
        self.running.is_none()
            && entries > at
            && (entries - at >= BACKUP_EVERY_ENTRIES || when.elapsed() >= BACKUP_EVERY)
    }

    fn is_due_at_close(&self, entries: u64) -> bool {
        match &self.newest {
            None => entries > 0,
            Some(newest) => {
                let behind = entries.saturating_sub(newest.entries);
                behind >= BACKUP_EVERY_ENTRIES || (behind > 0 && newest.age() >= BACKUP_EVERY)
            }
        }
    }
}

impl Ledger {
    /// Keeps backups in this folder from now on: best on another drive, at least outside the workspace.
    pub fn keep_backups_in(&mut self, folder: PathBuf) -> Result<(), Fault> {
        let entries = self.size()?;
        if let Some(durable) = &mut self.durable {
            durable.upkeep = Upkeep::new(folder, entries);
        }
        Ok(())
    }

    /// Makes a verified backup now and waits for it. The journal is put away after it.
    pub fn back_up(&mut self) -> Result<Backup, Fault> {
        self.may_write()?;
        self.take_up_backup(Wait::ForIt);
        let Some(durable) = &self.durable else {
            return Err(Fault::internal("making a backup", "only an owner makes backups"));
        };
        let backup = backup::make(self.folder(), &durable.upkeep.folder)?;
        self.note_backup(backup.clone())?;
        Ok(backup)
    }

    /// Starts a backup where one is due, and takes up the one that has come to its end. Its failure stands in `backup_failure`:
    /// the save before it is none the worse.
    pub(crate) fn keep_up(&mut self) {
        if self.durable.is_none() {
            return;
        }
        self.take_up_backup(Wait::Never);
        let Ok(entries) = self.size() else { return };
        let folder = self.folder().to_owned();
        let Some(durable) = &mut self.durable else { return };
        if durable.upkeep.is_due(entries) {
            durable.upkeep.tried = (entries, Instant::now());
            let backups = durable.upkeep.folder.clone();
            durable.upkeep.running = Some(thread::spawn(move || backup::make(&folder, &backups)));
        }
    }

    /// Where backups go; none for a reader.
    pub fn backups_folder(&self) -> Option<&Path> {
        Some(&self.durable.as_ref()?.upkeep.folder)
    }

    /// Why the last backup failed, where it did.
    pub fn backup_failure(&self) -> Option<&Fault> {
        self.durable.as_ref()?.upkeep.failed.as_ref()
    }

    fn take_up_backup(&mut self, wait: Wait) {
        let Some(durable) = &mut self.durable else { return };
        let running = durable.upkeep.running.take();
        let Some(running) = running else { return };
        if wait == Wait::Never && !running.is_finished() {
            durable.upkeep.running = Some(running);
            return;
        }
        let made = running
            .join()
            .unwrap_or_else(|_| Err(Fault::internal("making a backup", "its thread ended early")));
        if let Err(fault) = made.and_then(|backup| self.note_backup(backup))
            && let Some(durable) = &mut self.durable
        {
            durable.upkeep.failed = Some(fault);
        }
    }

    fn note_backup(&mut self, backup: Backup) -> Result<(), Fault> {
        let (entries, folder) = (self.size()?, self.folder().to_owned());
        let Some(durable) = &mut self.durable else {
            return Ok(());
        };
        durable.upkeep.failed = None;
        durable.upkeep.tried = (backup.entries, Instant::now());
        durable.upkeep.newest = Some(backup);
        if durable.in_doubt {
            return Ok(());
        }
        if let Err(fault) = segments::turn(&folder, &mut durable.journal, entries) {
            durable.in_doubt = true;
            return Err(fault);
        }
        let oldest = backup::list(&durable.upkeep.folder)?
            .first()
            .map_or(0, |backup| backup.entries);
        segments::prune(&folder, oldest)
    }

    fn close_down(&mut self) {
        self.take_up_backup(Wait::ForIt);
        let due = self.size().is_ok_and(|entries| {
            self.durable
                .as_ref()
                .is_some_and(|durable| durable.upkeep.is_due_at_close(entries))
        });
        if due
            && let Err(fault) = self.back_up()
            && let Some(durable) = &mut self.durable
        {
            durable.upkeep.failed = Some(fault);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wait {
    ForIt,
    Never,
}

impl Drop for Ledger {
    /// The last backup of a session. A failure is met again at the next opening, by `assay doctor` and by the next backup.
    fn drop(&mut self) {
        if self.durable.is_some() && !thread::panicking() {
            self.close_down();
        }
    }
}
