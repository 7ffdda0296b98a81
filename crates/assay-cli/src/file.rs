//! Files that commands write.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use assay_model::{Code, Fault};

/// Starts a file; `what` names it in a refusal.
pub fn create(path: &Path, what: &str) -> Result<BufWriter<File>, Fault> {
    File::create(path)
        .map(BufWriter::new)
        .map_err(|error| unwritable(path, what, &error))
}

/// Says that a file could not be written.
pub fn unwritable(path: &Path, what: &str, error: &std::io::Error) -> Fault {
    Fault::new(
        Code::NotSaved,
        format!("{what} could not be written: {error}"),
        "choose a file you may write",
    )
    .at(path.display().to_string())
}
