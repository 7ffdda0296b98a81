//! Which fault does a failure of SQLite mean to the person in front of it?

use std::fmt;

use assay_model::{Code, Fault};
use rusqlite::ErrorCode;

/// Translates an SQLite failure met while `doing` something.
pub(crate) fn from_sqlite(doing: impl fmt::Display, error: &rusqlite::Error) -> Fault {
    let message = format!("{doing}: {error}");
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(message),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => locked(message),
        Some(ErrorCode::DiskFull) => Fault::new(
            Code::DiskFull,
            message,
            "free some space and repeat; nothing recorded before is lost",
        ),
        Some(ErrorCode::SystemIoFailure | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Fault::new(
            Code::NotSaved,
            message,
            "check the drive and its permissions, then repeat",
        ),
        Some(ErrorCode::CannotOpen) => Fault::new(
            Code::NotReadable,
            message,
            "check that the workspace's folder exists and may be written",
        ),
        _ => Fault::internal(doing, error),
    }
}

pub(crate) fn damaged(message: impl Into<String>) -> Fault {
    Fault::new(
        Code::WorkspaceDamaged,
        message,
        "keep a copy of the folder, do not delete anything, and restore the latest backup",
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
