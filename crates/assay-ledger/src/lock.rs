//! Who owns the ledger? One process at a time, told by an advisory lock on a file beside it.
//!
//! The lock ends with the process, so a crash leaves nothing to clean up. The file itself stays.

use std::fs::{File, OpenOptions};
use std::path::Path;

use assay_model::{Code, Fault};
use fs4::{FileExt, TryLockError};

use crate::faults;

/// Held while the ledger is open for writing.
#[derive(Debug)]
pub(crate) struct OwnerLock {
    _file: File,
}

impl OwnerLock {
    /// Takes the lock or says that someone else holds it; never waits.
    pub(crate) fn take(path: &Path) -> Result<Self, Fault> {
        let not_opened = |error: std::io::Error| {
            Fault::new(
                Code::NotReadable,
                format!("the lock file could not be opened: {error}"),
                "check the folder's permissions",
            )
            .at(path.display().to_string())
        };
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
            .map_err(not_opened)?;
        match FileExt::try_lock(&file) {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                Err(faults::locked("another Assay has this workspace open").at(path.display().to_string()))
            }
            Err(TryLockError::Error(error)) => Err(not_opened(error)),
        }
    }
}
