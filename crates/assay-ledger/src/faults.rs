//! Which fault does a failure of SQLite, or of the disk under it, mean to the person in front of it?

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

use assay_model::{Code, Fault};
use rusqlite::ErrorCode;

/// Translates an SQLite failure met while `doing` something.
pub(crate) fn from_sqlite(doing: impl fmt::Display, error: &rusqlite::Error) -> Fault {
    let message = format!("{doing}: {error}");
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(message),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => locked(message),
        Some(ErrorCode::DiskFull) => disk_full(message),
        Some(ErrorCode::SystemIoFailure) => not_saved(message),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => not_permitted(message),
        Some(ErrorCode::CannotOpen) => Fault::new(
            Code::NotReadable,
            message,
            "check that the workspace's folder exists and may be written",
        ),
        _ => Fault::internal(doing, error),
    }
}

/// Translates a failure of the file system at `path`, met while `doing` something.
pub(crate) fn from_io(doing: impl fmt::Display, error: &io::Error, path: &Path) -> Fault {
    let message = format!("{doing}: {error}");
    let fault = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => disk_full(message),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => not_permitted(message),
        _ => not_saved(message),
    };
    fault.at(path.display().to_string())
}

fn disk_full(message: String) -> Fault {
    Fault::new(
        Code::DiskFull,
        message,
        "free some space and repeat; nothing recorded before is lost",
    )
}

/// A save of which the drive said that it failed. It may be there all the same: its id tells.
fn not_saved(message: String) -> Fault {
    Fault::new(
        Code::NotSaved,
        message,
        "check the drive, then repeat: what was saved after all is not recorded twice",
    )
}

fn not_permitted(message: String) -> Fault {
    Fault::new(
        Code::NotSaved,
        message,
        "make the workspace's folder writable, then repeat",
    )
}

/// Two records of the same entry say different things. Neither is believed, and nothing is changed.
pub(crate) fn forked(message: impl Into<String>) -> Fault {
    Fault::new(
        Code::LedgerBroken,
        message,
        "keep a copy of the whole folder; one of the two was replaced by hand: put back the one that belongs here",
    )
}

pub(crate) fn damaged(message: impl Into<String>) -> Fault {
    Fault::new(
        Code::WorkspaceDamaged,
        message,
        "do not delete anything; restore the ledger: the damaged files are kept aside, the newest verified backup and the journal come back",
    )
}

pub(crate) fn locked(message: impl Into<String>) -> Fault {
    Fault::new(
        Code::WorkspaceLocked,
        message,
        "close the other Assay that has this workspace open, then repeat",
    )
}

/// Attaches what was being done to SQLite's failures.
pub(crate) trait Doing<T> {
    fn doing(self, what: impl fmt::Display) -> Result<T, Fault>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, what: impl fmt::Display) -> Result<T, Fault> {
        self.map_err(|error| from_sqlite(what, &error))
    }
}
