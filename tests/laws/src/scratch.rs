//! Where do bytes lie while a parser that wants a file reads them?

use std::path::Path;

use tempfile::TempDir;

thread_local! {
    static FOLDER: TempDir = tempfile::tempdir().expect("there is a folder for temporary files");
}

/// Hands over a file of this name with these bytes; the next one replaces it.
pub(crate) fn with_file<T>(name: &str, bytes: &[u8], take: impl FnOnce(&Path) -> T) -> T {
    FOLDER.with(|folder| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("the folder can be written to");
        take(&path)
    })
}
