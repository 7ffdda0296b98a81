//! SQLite's and the file system's errors as faults with a remedy.

use std::path::Path;

use assay_model::{Code, Fault};
use rusqlite::ErrorCode;

/// Turns a database error met while `doing` something into a fault.
pub fn sql(doing: &str) -> impl Fn(rusqlite::Error) -> Fault + '_ {
    move |error| match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => disk_full(doing),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::new(
            Code::WorkspaceLocked,
            format!("{doing}: another process is writing to this workspace"),
            "wait until it has finished, or stop it",
        ),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Fault::new(
            Code::WorkspaceDamaged,
            format!("{doing}: index.db is damaged ({error})"),
            "move index.db aside and index the sources again; decisions are in ledger.db and stay",
        ),
        _ => Fault::internal(doing, error),
    }
}

/// Turns a file system error met on `path` while `doing` something into a fault.
pub fn io<'a>(doing: &'a str, path: &'a Path) -> impl Fn(std::io::Error) -> Fault + 'a {
    move |error| match error.kind() {
        std::io::ErrorKind::StorageFull => disk_full(doing).at(path.display().to_string()),
        std::io::ErrorKind::PermissionDenied => Fault::new(
            Code::NoPermission,
            format!("{doing}: permission denied"),
            "check who owns the file",
        )
        .at(path.display().to_string()),
        std::io::ErrorKind::NotFound => {
            Fault::new(Code::NotFound, format!("{doing}: not found"), "check the path")
                .at(path.display().to_string())
        }
        _ => Fault::internal(doing, error).at(path.display().to_string()),
    }
}

fn disk_full(doing: &str) -> Fault {
    Fault::new(
        Code::DiskFull,
        format!("{doing}: no room left on the disk"),
        "free some space and try again",
    )
}
