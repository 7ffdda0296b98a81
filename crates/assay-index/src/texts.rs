//! Finding a sample's text again, in its source or among the kept records, and checking that it is the same.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use assay_model::halves::{Half, Written};
use assay_model::{Code, Digest, Fault, Locator, MappedSample, Origin, Value};
use assay_read::{Limits, Mapper, Rereader, Shape};
use assay_sketch::sample_digest;
use rusqlite::params;

use crate::database::Index;
use crate::fault;
use crate::kept::KeptReader;
use crate::snapshots::Snapshot;
use crate::worker::{parse_kept, parse_map};

/// Source files held open at a time.
const OPEN_FILES: usize = 64;

/// A sample as its source holds it now, proven to be the one that was indexed.
#[derive(Clone, Debug)]
pub struct ReadSample {
    pub sample: u64,
    pub digest: Digest,
    pub record: Value,
    pub mapped: MappedSample,
    /// Of each part, where its source wrote half of a UTF-16 pair.
    pub halves: Vec<Vec<Half>>,
}

/// Reads samples of one snapshot again.
pub struct Texts {
    index: Index,
    snapshot: i64,
    open: HashMap<i64, OpenFile>,
}

struct OpenFile {
    path: String,
    mapper: Mapper,
    source: Source,
}

enum Source {
    Seekable(Box<Rereader>),
    Kept(KeptReader),
}

impl Texts {
    /// Opens its own connection, so that it may read beside others.
    pub fn open(folder: &Path, snapshot: &Snapshot) -> Result<Self, Fault> {
        Ok(Self {
            index: Index::open_read_only(folder)?,
            snapshot: snapshot.id,
            open: HashMap::new(),
        })
    }

    /// Reads samples of whatever snapshot, each from the latest that holds it.
    pub(crate) fn open_any(folder: &Path) -> Result<Self, Fault> {
        Ok(Self {
            index: Index::open_read_only(folder)?,
            snapshot: 0,
            open: HashMap::new(),
        })
    }

    /// Reads one sample. A source that no longer holds it is a fault with the code `source_changed`.
    pub fn read(&mut self, sample: u64) -> Result<ReadSample, Fault> {
        let failed = fault::sql("finding a sample");
        let found = self
            .index
            .connection
            .prepare_cached("SELECT s.file, s.digest, d.locator, d.line FROM sample s JOIN sample_detail d ON d.id = s.id WHERE s.id = ?1")
            .and_then(|mut statement| {
                statement.query_row([sample as i64], |row| {
                    let place: Vec<u8> = row.get(2)?;
                    Ok((row.get::<_, i64>(0)?, Digest(row.get(1)?), place, row.get::<_, i64>(3)?))
                })
            });
        let (file, digest, place, line) = match found {
            Err(rusqlite::Error::QueryReturnedNoRows) => {
                return Err(Fault::new(
                    Code::UnknownSample,
                    "there is no such sample",
                    "refresh the list",
                ));
            }
            other => other.map_err(&failed)?,
        };
        let locator: Locator =
            postcard::from_bytes(&place).map_err(|error| Fault::internal("reading a stored place", error))?;
        let open = self.file(file, &locator)?;
        let (record, written) = open.record(&locator)?;
        let changed = || {
            Fault::new(
                Code::SourceChanged,
                "the source no longer holds what was indexed here",
                "index it again, or restore the file",
            )
            .at(open.path.clone())
            .line(line as u64)
        };
        let (mapped, _) = open.mapper.apply(&record, &open.path).map_err(|_| changed())?;
        let parts: Vec<(&str, &str)> = mapped
            .parts
            .iter()
            .map(|part| (part.role.as_str(), part.text.as_str()))
            .collect();
        if sample_digest(&parts) != digest {
            return Err(changed());
        }
        let halves = written.map_or_else(Vec::new, |written| open.halves(&written, &mapped));
        Ok(ReadSample {
            sample,
            digest,
            record,
            mapped,
            halves,
        })
    }

    /// Who made each part of a sample, in reading order, by all evidence there is.
    pub(crate) fn part_origins(&self, sample: u64) -> Result<Vec<Origin>, Fault> {
        let (_, resolution) = self.index.evidence(sample)?;
        Ok(resolution.parts.iter().map(|part| part.origin).collect())
    }

    fn file(&mut self, file: i64, locator: &Locator) -> Result<&mut OpenFile, Fault> {
        if !self.open.contains_key(&file) {
            if self.open.len() >= OPEN_FILES {
                self.open.clear();
            }
            let opened = self.open_file(file, locator)?;
            self.open.insert(file, opened);
        }
        Ok(self.open.get_mut(&file).expect("inserted above"))
    }

    fn open_file(&self, file: i64, locator: &Locator) -> Result<OpenFile, Fault> {
        let (path, source, shape, map, segment) = self
            .index
            .connection
            .prepare_cached(
                "SELECT sf.path, sf.source, f.shape, f.map, f.segment FROM file f JOIN snapshot_file sf ON sf.file = f.id
                 WHERE f.id = ?1 ORDER BY sf.snapshot = ?2 DESC, sf.snapshot DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement.query_row(params![file, self.snapshot], |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        row.get::<_, Vec<u8>>(1)?,
                        row.get::<_, String>(2)?,
                        row.get::<_, String>(3)?,
                        row.get::<_, i64>(4)?,
                    ))
                })
            })
            .map_err(fault::sql("finding a sample's file"))?;
        let map = parse_map(&map)?;
        let source = if matches!(locator, Locator::Kept { .. }) {
            Source::Kept(KeptReader::open(&self.index.segment_folder(segment))?)
        } else {
            let shape: Shape = serde_json::from_str(&shape)
                .map_err(|error| Fault::internal("reading a stored shape", error))?;
            Source::Seekable(Box::new(
                Rereader::open(&path_of(source), &shape, &Limits::default()).map_err(gone)?,
            ))
        };
        Ok(OpenFile {
            path,
            mapper: Mapper::new(&map)?,
            source,
        })
    }
}

/// A source that cannot be opened any more has changed, as far as its samples are concerned.
fn gone(fault: Fault) -> Fault {
    let message = format!("the source cannot be read any more: {}", fault.message);
    Fault {
        code: Code::SourceChanged,
        message,
        remedy: "restore the file, or index again without it".to_owned(),
        ..fault
    }
}

impl OpenFile {
    fn record(&mut self, locator: &Locator) -> Result<(Value, Option<Written>), Fault> {
        match (&mut self.source, locator) {
            (Source::Kept(kept), Locator::Kept { block, start, length }) => {
                parse_kept(kept.record(*block, *start, *length)?)
            }
            (Source::Seekable(rereader), place) => rereader.record(place).map_err(gone),
            (Source::Kept(_), place) => Err(Fault::internal(
                "reading a kept record",
                format!("{place:?} is not kept"),
            )),
        }
    }
}

impl OpenFile {
    /// The halves of each part. A part whose text with marks is another one than what was proven has none.
    fn halves(&self, written: &Written, mapped: &MappedSample) -> Vec<Vec<Half>> {
        let Ok((marked, _)) = self.mapper.apply(&written.value, &self.path) else {
            return Vec::new();
        };
        let parts = marked.parts.iter().zip(&mapped.parts);
        parts
            .map(|(marked, proven)| {
                let (text, halves) = written.marks.take(&marked.text);
                if text == proven.text { halves } else { Vec::new() }
            })
            .collect()
    }
}

/// A path from the bytes that the system wrote it with.
fn path_of(bytes: Vec<u8>) -> PathBuf {
    // On Unix a path is bytes; elsewhere it was stored as UTF-8.
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        PathBuf::from(OsString::from_vec(bytes))
    }
    #[cfg(not(unix))]
    {
        PathBuf::from(OsString::from(String::from_utf8_lossy(&bytes).into_owned()))
    }
}
