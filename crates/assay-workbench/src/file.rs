//! Files that users ask for: started, finished, and refused, in the same words everywhere.
//!
//! A file is written beside its place and takes the place once it is whole. So a write that fails leaves what was there, and what
//! lies under that name is replaced, never written into: it may be a link to a source, or share its bytes with one.

use std::fs::{File, Permissions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use assay_model::{Code, Fault};
use tempfile::NamedTempFile;

/// A file on its way; dropped unfinished, it leaves nothing behind.
pub struct Unfinished(Kind);

enum Kind {
    /// Takes the place when it is finished.
    Beside(BufWriter<NamedTempFile>, PathBuf),
    /// A pipe or a device, which cannot be replaced.
    Straight(BufWriter<File>),
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match &mut self.0 {
            Kind::Beside(out, _) => out.write(bytes),
            Kind::Straight(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match &mut self.0 {
            Kind::Beside(out, _) => out.flush(),
            Kind::Straight(out) => out.flush(),
        }
    }
}

/// Starts a file; `what` names it in a refusal.
pub fn create(path: &Path, what: &str) -> Result<Unfinished, Fault> {
    start(path)
        .map(Unfinished)
        .map_err(|error| unwritable(path, what, &error))
}

fn start(path: &Path) -> std::io::Result<Kind> {
    match path.metadata() {
        Ok(there) if there.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => return File::create(path).map(BufWriter::new).map(Kind::Straight),
        // Who may not write into a file may not exchange it either.
        Ok(there) if there.permissions().readonly() => return Err(ErrorKind::PermissionDenied.into()),
        _ => {}
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".unfinished");
    if let Some(permissions) = permissions() {
        builder.permissions(permissions);
    }
    let out = BufWriter::new(builder.tempfile_in(folder)?);
    Ok(Kind::Beside(out, path.to_owned()))
}

/// Those of any new file, where a temporary one would be its owner's alone.
fn permissions() -> Option<Permissions> {
    #[cfg(unix)]
    return Some(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    #[cfg(not(unix))]
    None
}

/// Brings what was written to the disk, under its name.
pub fn finish(file: Unfinished, path: &Path, what: &str) -> Result<(), Fault> {
    let finished = match file.0 {
        Kind::Straight(mut out) => out.flush(),
        Kind::Beside(mut out, at) => out
            .flush()
            .and_then(|()| out.get_ref().as_file().sync_all())
            .and_then(|()| out.into_inner().map_err(|error| error.into_error()))
            .and_then(|file| file.persist(at).map_err(|error| error.error))
            .map(drop),
    };
    finished.map_err(|error| unwritable(path, what, &error))
}

/// Writes a whole file.
pub fn write(path: &Path, bytes: &[u8], what: &str) -> Result<(), Fault> {
    let mut file = create(path, what)?;
    file.write_all(bytes)
        .map_err(|error| unwritable(path, what, &error))?;
    finish(file, path, what)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_under_the_name_is_replaced_and_never_written_into() {
        let folder = tempfile::tempdir().unwrap();
        let (source, export) = (folder.path().join("source"), folder.path().join("export"));
        std::fs::write(&source, "as it was").unwrap();
        std::fs::hard_link(&source, &export).unwrap();
        write(&export, b"what was asked for", "the export").unwrap();
        assert_eq!(std::fs::read_to_string(&source).unwrap(), "as it was");
        assert_eq!(std::fs::read_to_string(&export).unwrap(), "what was asked for");
    }

    #[test]
    fn a_file_that_is_not_finished_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export");
        std::fs::write(&path, "the last one").unwrap();
        let mut file = create(&path, "the export").unwrap();
        file.write_all(b"half of the ne").unwrap();
        drop(file);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "the last one");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
