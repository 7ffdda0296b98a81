//! Which saves are on disk beside the database, in the order in which they were made?
//!
//! Each save is one frame of `decisions.journal`, and the disk has confirmed it before the database commits the same save. So
//! what the database loses stands here. A frame is a line: the length of its body in bytes, the body's SHA-256, the body
//! (JSON), divided by spaces. Deliberately absent: what a frame does to the database (`catch_up`), and signatures (`heads`).

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use assay_model::{Digest, Fault};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::faults;
use crate::kept::KeptSample;

/// The journal's name in a workspace folder.
pub const JOURNAL_FILE: &str = "decisions.journal";
/// The form of journals that this Assay writes and reads.
pub(crate) const FORMAT: u32 = 1;
/// What is written beside it before it takes its place.
const FRESH_FILE: &str = "decisions.journal.new";
/// A digest in hexadecimal.
const DIGEST_CHARS: usize = 64;

/// One save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Frame {
    /// Always the first: what the database held when this journal was begun.
    Begun {
        format: u32,
        entries: u64,
    },
    /// Recorded together, all or none.
    Entries(Vec<FramedEntry>),
    Samples(Vec<KeptSample>),
    Signed {
        sign_off: Uuid,
        files: Vec<FramedFile>,
    },
}

/// An entry with everything that lies beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FramedEntry {
    pub seq: u64,
    pub body: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<FramedNote>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Digest>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FramedNote {
    pub salt: [u8; 16],
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FramedFile {
    pub name: String,
    pub base64: String,
}

/// What a journal holds, and which of its bytes are no frame.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub frames: Vec<Frame>,
    /// Bytes before the last whole frame that are none.
    pub damaged: Vec<Range<u64>>,
    /// Bytes after the last whole frame: a save that was cut short, or damage to its end.
    pub tail: Vec<u8>,
}

impl Reading {
    /// A save that was cut short never got its end of line.
    pub fn ends_cut_short(&self) -> bool {
        !self.tail.is_empty() && !self.tail.contains(&b'\n')
    }

    /// The entries that stood in the database when the journal was begun.
    pub fn begun_at(&self) -> Option<u64> {
        match self.frames.first() {
            Some(Frame::Begun { entries, .. }) => Some(*entries),
            _ => None,
        }
    }

    /// One more than the highest entry that is named anywhere here.
    pub fn reaches(&self) -> u64 {
        let reach = |frame: &Frame| match frame {
            Frame::Begun { entries, .. } => *entries,
            Frame::Entries(entries) => entries.last().map_or(0, |entry| entry.seq + 1),
            Frame::Samples(_) | Frame::Signed { .. } => 0,
        };
        self.frames.iter().map(reach).max().unwrap_or(0)
    }
}

/// The journal, open for writing at its end.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    path: PathBuf,
    /// The entries that stood in the database when it was begun.
    pub begun_at: u64,
}

impl Journal {
    /// Begins an empty journal in place of the one that is there, if any.
    pub fn begin(folder: &Path, entries: u64) -> Result<Self, Fault> {
        Self::rewrite(
            folder,
            &[Frame::Begun {
                format: FORMAT,
                entries,
            }],
        )
    }

    /// Writes these frames into a new file and puts it in the journal's place: whoever crashes finds the old or the new one.
    pub fn rewrite(folder: &Path, frames: &[Frame]) -> Result<Self, Fault> {
        let (fresh, path) = (folder.join(FRESH_FILE), folder.join(JOURNAL_FILE));
        let bytes: Vec<u8> = frames.iter().map(line).collect::<Result<Vec<_>, _>>()?.concat();
        replace_file(&fresh, &path, &bytes).map_err(|error| not_written(&error, &path))?;
        let first = Reading {
            frames: frames.iter().take(1).cloned().collect(),
            ..Reading::default()
        };
        Self::at_end(path, first.begun_at().unwrap_or(0))
    }

    /// Takes up a journal that was read and ends with a whole frame.
    pub fn resume(folder: &Path, reading: &Reading) -> Result<Self, Fault> {
        Self::at_end(folder.join(JOURNAL_FILE), reading.begun_at().unwrap_or(0))
    }

    fn at_end(path: PathBuf, begun_at: u64) -> Result<Self, Fault> {
        let file = OpenOptions::new()
            .append(true)
            .open(&path)
            .map_err(|error| not_written(&error, &path))?;
        Ok(Self { file, path, begun_at })
    }

    /// Appends a frame and waits until the disk has it. After a failure nothing is known about the end of the file.
    pub fn append(&mut self, frame: &Frame) -> Result<(), Fault> {
        let line = line(frame)?;
        self.file
            .write_all(&line)
            .and_then(|()| self.file.sync_data())
            .map_err(|error| not_written(&error, &self.path))
    }
}

/// Reads a journal. None where there is no such file.
pub(crate) fn read(path: &Path) -> Result<Option<Reading>, Fault> {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(parse(&bytes))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(faults::from_io("reading the journal", &error, path)),
    }
}

/// What the bytes of a journal come to, for laws about any bytes; positions as in the bytes.
#[doc(hidden)]
#[derive(Debug)]
pub struct RereadJournal {
    pub frames: usize,
    /// Bytes before the last whole frame that are none.
    pub damaged: Vec<Range<u64>>,
    /// How many bytes after the last whole frame are none.
    pub tail: usize,
    /// The whole frames as they would be written.
    pub written: Vec<u8>,
}

/// Reads a journal from memory and writes its whole frames anew.
#[doc(hidden)]
pub fn reread_journal(bytes: &[u8]) -> RereadJournal {
    let reading = parse(bytes);
    let written = reading.frames.iter().map(line).collect::<Result<Vec<_>, _>>();
    RereadJournal {
        frames: reading.frames.len(),
        damaged: reading.damaged,
        tail: reading.tail.len(),
        written: written.expect("a frame that was read can be written").concat(),
    }
}

/// Writes a file under another name, waits for it, and renames it into place.
pub(crate) fn replace_file(fresh: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(fresh, path)?;
    sync_folder_of(path)
}

/// Makes a name itself durable; Windows does so without being asked.
pub(crate) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if !cfg!(windows) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn line(frame: &Frame) -> Result<Vec<u8>, Fault> {
    let body = serde_json::to_string(frame).map_err(|error| Fault::internal("writing the journal", error))?;
    Ok(format!("{} {} {body}\n", body.len(), Digest::of(body.as_bytes()).hex()).into_bytes())
}

fn parse(bytes: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let (mut at, mut whole_until) = (0, 0);
    while at < bytes.len() {
        match frame_at(&bytes[at..]) {
            Some((frame, length)) => {
                if at > whole_until {
                    reading.damaged.push(whole_until as u64..at as u64);
                }
                reading.frames.push(frame);
                // The end of line may itself be damaged or missing; the body is whole all the same.
                at = (at + length + 1).min(bytes.len());
                whole_until = at;
            }
            None => {
                at = bytes[at..]
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .map_or(bytes.len(), |end| at + end + 1);
            }
        }
    }
    reading.tail = bytes[whole_until..].to_vec();
    reading
}

/// The frame that these bytes begin with, and its length without the end of line.
fn frame_at(bytes: &[u8]) -> Option<(Frame, usize)> {
    let digits = bytes.iter().take(20).position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()?;
    let digest_at = digits + 1;
    let body_at = digest_at + DIGEST_CHARS + 1;
    let digest = std::str::from_utf8(bytes.get(digest_at..body_at - 1)?).ok()?;
    let body = bytes.get(body_at..body_at.checked_add(length)?)?;
    // A frame is one line. A damaged length that reaches further would have every line hash all lines after it.
    if body.contains(&b'\n') {
        return None;
    }
    let holds = bytes[body_at - 1] == b' ' && digest == Digest::of(body).hex();
    let frame = serde_json::from_slice(body).ok().filter(|_| holds)?;
    Some((frame, body_at + length))
}

fn not_written(error: &std::io::Error, path: &Path) -> Fault {
    faults::from_io("writing the journal", error, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames() -> Vec<Frame> {
        let entry = |seq| FramedEntry {
            seq,
            body: format!("{{\"n\":{seq}}}"),
            note: None,
            items: Vec::new(),
        };
        let mut frames = vec![Frame::Begun {
            format: 1,
            entries: 4,
        }];
        frames.extend((4..9).map(|seq| Frame::Entries(vec![entry(seq)])));
        frames
    }

    fn bytes(frames: &[Frame]) -> Vec<u8> {
        frames.iter().flat_map(|frame| line(frame).unwrap()).collect()
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let frames = frames();
        let mut journal = Journal::begin(folder.path(), 4).unwrap();
        frames[1..]
            .iter()
            .for_each(|frame| journal.append(frame).unwrap());
        let reading = read(&folder.path().join(JOURNAL_FILE)).unwrap().unwrap();
        assert_eq!(reading.frames, frames);
        assert_eq!((reading.begun_at(), reading.reaches()), (Some(4), 9));
        assert!(reading.damaged.is_empty() && reading.tail.is_empty());
    }

    #[test]
    fn a_journal_cut_at_any_byte_keeps_the_frames_before_the_cut() {
        let frames = frames();
        let whole = bytes(&frames);
        for cut in 0..whole.len() {
            let reading = parse(&whole[..cut]);
            let before = (0..=frames.len())
                .rev()
                .find(|count| bytes(&frames[..*count]).len() <= cut + 1)
                .unwrap();
            assert_eq!(reading.frames, frames[..before], "cut at {cut}");
            assert!(reading.damaged.is_empty());
            assert!(reading.tail.is_empty() || reading.ends_cut_short());
        }
    }

    #[test]
    fn a_length_that_reaches_over_an_end_of_line_makes_no_frame() {
        let body = "{\"begun\":\n{\"format\":1,\"entries\":4}}";
        let over = format!("{} {} {body}\n", body.len(), Digest::of(body.as_bytes()).hex());
        let next = &frames()[1..2];
        let reading = parse(&[over.as_bytes(), &bytes(next)].concat());
        assert_eq!(reading.frames, next);
        assert_eq!(reading.damaged, [0..over.len() as u64]);
    }

    #[test]
    fn a_flipped_bit_anywhere_costs_at_most_its_own_frame_and_is_told() {
        let frames = frames();
        let whole = bytes(&frames);
        for byte in 0..whole.len() {
            for bit in 0..8 {
                let mut flipped = whole.clone();
                flipped[byte] ^= 1 << bit;
                let reading = parse(&flipped);
                assert!(reading.frames.len() + 1 >= frames.len(), "byte {byte} bit {bit}");
                assert!(reading.frames.iter().all(|frame| frames.contains(frame)));
                let told = !reading.damaged.is_empty() || !reading.tail.is_empty();
                assert!(
                    reading.frames == frames || told,
                    "byte {byte} bit {bit} was passed over in silence"
                );
            }
        }
    }
}
