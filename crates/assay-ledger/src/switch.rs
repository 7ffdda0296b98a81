//! How does a restored database take the place of a damaged one, so that a crash leaves the one or the other?
//!
//! The restored database is whole and on disk under `ledger.db.restored`: that name is the decision. From there on whoever
//! opens the ledger for writing finishes the exchange, however often it is interrupted.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use assay_model::{Code, Fault};

use crate::DATABASE_FILE;
use crate::faults;
use crate::journal::sync_folder_of;

/// A restored database that only has to take its place.
pub(crate) const RESTORED_FILE: &str = "ledger.db.restored";

/// Finishes an exchange that was decided.
pub(crate) fn finish(folder: &Path) -> Result<(), Fault> {
    let (restored, path) = (folder.join(RESTORED_FILE), folder.join(DATABASE_FILE));
    if !restored.exists() {
        return Ok(());
    }
    // The log of changes belongs to the damaged database: over the restored one it would be damage. Copies lie aside.
    for file in beside(&path) {
        remove(&file)?;
    }
    fs::rename(&restored, &path)
        .and_then(|()| sync_folder_of(&path))
        .map_err(|error| faults::from_io("putting the restored ledger in place", &error, &path))
}

/// A reader in the middle of an exchange would see neither database.
pub(crate) fn refuse_unfinished(folder: &Path) -> Result<(), Fault> {
    if folder.join(RESTORED_FILE).exists() {
        return Err(Fault::new(
            Code::WorkspaceLocked,
            "the ledger is being restored",
            "let the restore finish, or open the workspace for writing, which finishes it",
        )
        .at(folder.display().to_string()));
    }
    Ok(())
}

/// Removes a database that was being made and never took its name.
pub(crate) fn remove_database(path: &Path) -> Result<(), Fault> {
    remove(path)?;
    beside(path).iter().try_for_each(|file| remove(file))
}

/// The files that SQLite keeps beside a database.
fn beside(path: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    })
}

fn remove(path: &Path) -> Result<(), Fault> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(faults::from_io("making room for the ledger", &error, path))
        }
        _ => Ok(()),
    }
}
