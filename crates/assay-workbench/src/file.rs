//! Files that users ask for: started, finished, and refused, in the same words everywhere.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::path::Path;

use assay_model::{Code, Fault};

/// Starts a file; `what` names it in a refusal.
pub fn create(path: &Path, what: &str) -> Result<BufWriter<File>, Fault> {
    File::create(path)
        .map(BufWriter::new)
        .map_err(|error| unwritable(path, what, &error))
}

/// Brings what was written to the disk.
pub fn finish(mut file: BufWriter<File>, path: &Path, what: &str) -> Result<(), Fault> {
    file.flush()
        .and_then(|()| file.get_ref().sync_all())
        .map_err(|error| unwritable(path, what, &error))
}

/// Says that a file could not be written.
pub fn unwritable(path: &Path, what: &str, error: &std::io::Error) -> Fault {
    let code = match error.kind() {
        ErrorKind::StorageFull => Code::DiskFull,
        ErrorKind::PermissionDenied => Code::NoPermission,
        _ => Code::NotSaved,
    };
    Fault::new(
        code,
        format!("{what} could not be written: {error}"),
        "choose a file you may write",
    )
    .at(path.display().to_string())
}
