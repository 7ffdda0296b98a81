//! What goes over the pipe: length-prefixed postcard frames.
//!
//! A worker reads what may be hostile, so what it sends is not believed either: no length makes room that is not then filled.

use std::io::{self, Read, Write};

use assay_model::{Fault, FieldMap, Flag, Locator, Origin, Quarantine, SourceClass, Value};
use assay_read::{Limits, SourceFile};
use assay_sketch::Sketch;
use serde::{Deserialize, Serialize};

use super::fence::Fence;

/// What a worker is asked to read, in order.
#[derive(Debug, Serialize, Deserialize)]
pub struct Job {
    pub files: Vec<SourceFile>,
    /// Recognised file by file where absent.
    pub map: Option<FieldMap>,
    pub limits: Limits,
}

/// One step of a worker. `file` is the index into the job's files.
#[derive(Debug, Serialize, Deserialize)]
pub enum Frame {
    /// What holds for this worker; the first frame of a process.
    Fenced(Fence),
    Started {
        file: u32,
    },
    /// How the file is read, for display.
    ReadAs {
        file: u32,
        description: String,
    },
    Rows {
        file: u32,
        rows: Vec<Row>,
    },
    Words {
        file: u32,
        rows: Vec<WordRow>,
    },
    Quarantine {
        file: u32,
        row: Quarantine,
    },
    Flag {
        file: u32,
        row: Flag,
    },
    Progress {
        file: u32,
        bytes: u64,
    },
    Finished {
        file: u32,
        summary: Box<Finished>,
    },
    Refused {
        file: u32,
        fault: Fault,
    },
    /// Everything asked for was read or refused.
    Done,
}

/// A file that was read to its end.
#[derive(Debug, Serialize, Deserialize)]
pub struct Finished {
    pub digest: [u8; 32],
    /// JSON, for shapes and maps hold enums that only a self-describing format keeps apart.
    pub shape: String,
    pub map: String,
    pub recognised: bool,
    pub indexed: u64,
    pub quarantined: u64,
}

/// One sample, with everything that its text was needed for.
#[derive(Debug, Serialize, Deserialize)]
pub struct Row {
    pub ordinal: u64,
    pub line: u64,
    pub locator: Option<Locator>,
    /// The record itself, where the source cannot be entered in the middle.
    pub kept: Option<Vec<u8>>,
    pub key: Option<String>,
    /// The records it was made from, by their identity.
    pub parents: Vec<String>,
    pub parts: Vec<PartFacts>,
    pub dimensions: Vec<(String, Value)>,
    pub evidence: Vec<assay_model::Evidence>,
    pub origin: Origin,
    pub source_class: SourceClass,
    pub confidence: f64,
    pub conflict: bool,
    pub overlap: bool,
    pub preview: String,
    /// What in it identifies a person, by kind and number; mostly empty.
    pub personal: String,
    pub declared_language: Option<String>,
    pub language_mismatch: bool,
    /// Leaf of the facts root.
    pub facts: [u8; 32],
    pub sketch: Sketch,
    /// The record's own vector; empty where it has none.
    pub embedding: Vec<f32>,
}

/// One part's role, and who made it.
#[derive(Debug, Serialize, Deserialize)]
pub struct PartFacts {
    pub role: String,
    pub origin: Origin,
    pub source_class: SourceClass,
}

/// Occurrences of one word in the samples of each origin, in the order of `Origin::ALL`.
#[derive(Debug, Serialize, Deserialize)]
pub struct WordRow {
    pub hash: u64,
    pub word: String,
    pub counts: [u64; 4],
}

/// Longer frames are a broken pipe, not data.
const MAX_FRAME_BYTES: u32 = 1 << 30;

/// A frame's body as it goes over the pipe.
pub fn encode(frame: &Frame) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(frame).map_err(io::Error::other)
}

/// Writes one encoded frame.
pub fn write(out: &mut impl Write, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(body)
}

/// Reads one frame; `None` at the end of the stream.
pub fn read(input: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<Option<Frame>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_le_bytes(length);
    if length > MAX_FRAME_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a frame is longer than any frame can be",
        ));
    }
    buffer.clear();
    if input.take(u64::from(length)).read_to_end(buffer)? < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    postcard::from_bytes(buffer)
        .map(Some)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
