//! Which files are here? Links are not followed; what is no regular file is named, never opened.

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use assay_model::{Code, Fault, Refusal, Task};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::release::{FoundRelease, Mark};
use crate::sniff;
use crate::source::Stamp;

/// A regular file below an indexed root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    #[serde(serialize_with = "write_path", deserialize_with = "read_path")]
    pub path: PathBuf,
    /// Relative to the root, with `/`; bytes that are not UTF-8 as `\xNN`.
    pub relative: String,
    pub bytes: u64,
    /// Nanoseconds since 1970.
    pub modified_ns: i64,
}

/// Something found on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    File(SourceFile),
    Refused(Refusal),
    /// A folder that is a release; of what it holds only the data is listed.
    Release(FoundRelease),
}

impl Found {
    fn relative(&self) -> &str {
        match self {
            Self::File(file) => &file.relative,
            Self::Refused(refusal) => &refusal.path,
            Self::Release(release) => &release.path,
        }
    }
}

/// Lists what is below `inputs`, by relative path in byte order. A file's root is its folder. Hidden
/// files, `.assay` workspaces, and what lies beside the data of a release are passed over.
pub fn walk(inputs: &[PathBuf], task: &Task) -> Result<Vec<Found>, Fault> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for input in inputs {
        match fs::metadata(input) {
            Ok(metadata) if metadata.is_dir() => folder(input, &mut found, &mut seen, task)?,
            Ok(metadata) => {
                let relative = escaped(Path::new(input.file_name().unwrap_or(input.as_os_str())));
                file(input, relative, &metadata, &mut found, &mut seen);
            }
            Err(error) => found.push(refused(escaped(input), crate::source::open_fault(&error))),
        }
    }
    found.sort_by(|a, b| a.relative().as_bytes().cmp(b.relative().as_bytes()));
    Ok(found)
}

fn folder(
    root: &Path,
    found: &mut Vec<Found>,
    seen: &mut HashSet<PathBuf>,
    task: &Task,
) -> Result<(), Fault> {
    let mut marks: Vec<(PathBuf, Mark)> = Vec::new();
    let entries = walkdir::WalkDir::new(root).follow_links(false).into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry.path())) {
        task.check()?;
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or(root, Path::new).to_owned();
                let fault = match error.into_io_error() {
                    Some(error) => crate::source::open_fault(&error),
                    None => Fault::new(
                        Code::SymlinkLoop,
                        "a link that leads back to itself",
                        "remove the link",
                    ),
                };
                found.push(refused(relative_to(root, &path), fault));
                continue;
            }
        };
        let relative = relative_to(root, entry.path());
        let kind = entry.file_type();
        if kind.is_dir() {
            let at = if entry.depth() == 0 {
                String::new()
            } else {
                relative.clone()
            };
            if let Some(mark) = Mark::of(entry.path(), at) {
                found.push(Found::Release(mark.release.clone()));
                marks.push((entry.path().to_owned(), mark));
            }
        } else if is_beside_data(&marks, entry.path()) {
            continue;
        }
        if kind.is_symlink() {
            found.push(refused(relative, link(entry.path())));
        } else if kind.is_dir() {
            if entry.depth() > 0 && is_empty_and_named_like_data(entry.path()) {
                let message = "an empty folder that is named like a data file";
                let fault = Fault::new(
                    Code::NotRegular,
                    message,
                    "remove it, or put the file in its place",
                );
                found.push(refused(relative, fault));
            }
        } else {
            match entry.metadata() {
                Ok(metadata) => file(entry.path(), relative, &metadata, found, seen),
                Err(error) => {
                    let fault = error.into_io_error().map_or_else(
                        || Fault::new(Code::NotReadable, "could not be looked at", "check the drive"),
                        |error| crate::source::open_fault(&error),
                    );
                    found.push(refused(relative, fault));
                }
            }
        }
    }
    Ok(())
}

/// Whether a file belongs to a release and is not its data.
fn is_beside_data(marks: &[(PathBuf, Mark)], path: &Path) -> bool {
    marks
        .iter()
        .any(|(folder, mark)| path.starts_with(folder) && !mark.is_data(&relative_to(folder, path)))
}

fn file(
    path: &Path,
    relative: String,
    metadata: &Metadata,
    found: &mut Vec<Found>,
    seen: &mut HashSet<PathBuf>,
) {
    if !metadata.is_file() {
        let message = "not a regular file (a pipe, a device or a socket)";
        let fault = Fault::new(
            Code::NotRegular,
            message,
            "copy what it delivers into a regular file",
        );
        found.push(refused(relative, fault));
        return;
    }
    if !seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())) {
        return;
    }
    let Stamp { bytes, modified_ns } = Stamp::of(metadata);
    found.push(Found::File(SourceFile {
        path: path.to_owned(),
        relative,
        bytes,
        modified_ns,
    }));
}

fn is_passed_over(path: &Path) -> bool {
    let Some(name) = path.file_name() else {
        return false;
    };
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || (name.ends_with(b".assay") && path.is_dir())
}

fn is_empty_and_named_like_data(path: &Path) -> bool {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
        .to_lowercase();
    let named = sniff::DATA_EXTENSIONS.contains(&extension.as_str());
    named && fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Why a link is not followed: it leads in a circle, or simply because links are not.
fn link(path: &Path) -> Fault {
    let target = fs::read_link(path).unwrap_or_default();
    let shown = escaped(&target);
    let circle = match fs::canonicalize(path) {
        Ok(place) => path
            .parent()
            .and_then(|parent| fs::canonicalize(parent).ok())
            .is_some_and(|p| p.starts_with(place)),
        Err(error) => error.raw_os_error() == Some(libc::ELOOP),
    };
    if circle {
        return Fault::new(
            Code::SymlinkLoop,
            format!("a symbolic link that leads back to itself ({shown})"),
            "remove the link",
        );
    }
    let message = format!("a symbolic link to {shown}; links are not followed");
    Fault::new(
        Code::SymlinkNotFollowed,
        message,
        "index the place it leads to, or copy the file here",
    )
}

fn refused(path: String, fault: Fault) -> Found {
    Found::Refused(Refusal {
        path,
        code: fault.code,
        message: fault.message,
        line: fault.line,
        remedy: fault.remedy,
    })
}

fn relative_to(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> = relative
        .components()
        .map(|part| escaped(Path::new(part.as_os_str())))
        .collect();
    if parts.is_empty() {
        escaped(path)
    } else {
        parts.join("/")
    }
}

/// A path as text; bytes that are not UTF-8 as `\xNN`.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02X}"));
        }
    }
    out
}

/// Paths cross the worker's pipe as bytes: file names need not be UTF-8.
fn write_path<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_os_str().as_encoded_bytes().serialize(serializer)
}

#[cfg(unix)]
fn read_path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    use std::os::unix::ffi::OsStringExt;
    Ok(PathBuf::from(std::ffi::OsString::from_vec(Vec::deserialize(
        deserializer,
    )?)))
}

#[cfg(not(unix))]
fn read_path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    let bytes = Vec::deserialize(deserializer)?;
    String::from_utf8(bytes)
        .map(PathBuf::from)
        .map_err(serde::de::Error::custom)
}
