//! Opening a source file: read-only, never waiting, regular files only.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

use assay_model::{Code, Fault};

/// What tells whether a file changed: its size and its time of modification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub bytes: u64,
    pub modified_ns: i64,
}

impl Stamp {
    pub fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let since = modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let modified_ns = since.map_or(0, |since| i64::try_from(since.as_nanos()).unwrap_or(i64::MAX));
        Self {
            bytes: metadata.len(),
            modified_ns,
        }
    }
}

/// Opens a regular file for reading. A pipe or device that took its place is refused, not waited for.
pub(crate) fn open(path: &Path) -> Result<(File, Stamp), Fault> {
    let before = fs::metadata(path).map_err(|error| fault(&error))?;
    if !before.is_file() {
        return Err(not_regular());
    }
    let file = options().open(path).map_err(|error| fault(&error))?;
    let metadata = file.metadata().map_err(|error| fault(&error))?;
    if !metadata.is_file() {
        return Err(not_regular());
    }
    Ok((file, Stamp::of(&metadata)))
}

#[cfg(unix)]
fn options() -> fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = fs::OpenOptions::new();
    options.read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    options
}

#[cfg(not(unix))]
fn options() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    options
}

/// The fault of a failed system call on a source file.
pub(crate) fn fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Fault::new(Code::NotFound, "there is nothing at this path", "check the path")
        }
        io::ErrorKind::PermissionDenied => Fault::new(
            Code::NoPermission,
            "the file may not be read by this user",
            "change its permissions, or run as a user who may read it",
        ),
        _ if error.raw_os_error() == Some(libc::ELOOP) => Fault::new(
            Code::SymlinkLoop,
            "a symbolic link that leads back to itself",
            "remove the link",
        ),
        _ => Fault::new(
            Code::NotReadable,
            format!("could not be read: {error}"),
            "check the drive, then index again",
        ),
    }
}

/// The fault of a file that is another one than when its reading began.
pub(crate) fn changed() -> Fault {
    Fault::new(
        Code::ChangedWhileRead,
        "the file changed while it was read",
        "wait until it is complete, then index again",
    )
}

fn not_regular() -> Fault {
    Fault::new(
        Code::NotRegular,
        "not a regular file (a pipe, a device or a socket)",
        "copy what it delivers into a regular file",
    )
}
