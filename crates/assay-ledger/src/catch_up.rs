//! Does the database hold everything that the journal holds, and what is done where it does not?
//!
//! What is missing is replayed, by number and id, so that doing it twice changes nothing. Two different entries under one number
//! are a fork, and refused. What is no frame is never thrown away: the journal is copied aside before it is written anew.

use std::fmt;
use std::path::{Path, PathBuf};

use assay_model::{Code, Digest, Fault, merkle};
use base64::{Engine, prelude::BASE64_STANDARD};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::append::{record_one, tail};
use crate::faults::{self, Doing};
use crate::journal::{self, Frame, FramedEntry, FramedFile, JOURNAL_FILE, Journal, Reading};
use crate::{Draft, Entry, aside, kept, segments, sign_offs};

/// What opening the ledger brought back, and what it met on the way. All zero on an ordinary day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Entries that the journal held and the database did not.
    pub entries: u64,
    /// Kept samples and signed files, likewise.
    pub kept: u64,
    /// Bytes at the journal's end of a save that was cut short and that nobody was told had been made.
    pub cut_short_bytes: u64,
    /// Places in the journal, in bytes, that are no frame any more. The entries themselves stand in the database.
    pub damaged: Vec<(u64, u64)>,
    /// Where the journal was copied before it was written anew.
    pub aside: Option<PathBuf>,
}

impl Recovery {
    /// Whether there is nothing to tell.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = Vec::new();
        if self.entries + self.kept > 0 {
            said.push(format!(
                "{} entries and {} kept files came back from the journal",
                self.entries, self.kept
            ));
        }
        if self.cut_short_bytes > 0 {
            said.push("the last save was cut short before it was confirmed".to_owned());
        }
        if !self.damaged.is_empty() {
            said.push(format!(
                "the journal is damaged at byte {}; no entry is missing",
                self.damaged[0].0
            ));
        }
        if let Some(aside) = &self.aside {
            said.push(format!("the old journal lies in {}", aside.display()));
        }
        if said.is_empty() {
            said.push("nothing had to be brought back".to_owned());
        }
        f.write_str(&said.join("; "))
    }
}

/// What is known of the journal's last bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum JournalEnd {
    /// Whatever is read is on disk.
    OnDisk,
    /// A write or sync has failed: what is read may be in memory only.
    InDoubt,
}

/// Brings the database level with the journal, and the journal into a state that can be appended to.
pub(crate) fn level(
    connection: &mut Connection,
    folder: &Path,
    end: JournalEnd,
) -> Result<(Journal, Recovery), Fault> {
    let mut recovery = Recovery::default();
    let Some(reading) = journal::read(&folder.join(JOURNAL_FILE))? else {
        earlier(connection, folder, &mut recovery)?;
        let journal = Journal::begin(folder, tail(connection)?.0)?;
        return Ok((journal, recovery));
    };
    let begun_at = reading.begun_at();
    if begun_at.is_none_or(|entries| tail_of(connection).is_ok_and(|size| size < entries)) {
        earlier(connection, folder, &mut recovery)?;
    }
    // What is on disk may be replayed at once, and a journal that cannot be replayed stays as it is. What is in memory only must
    // reach the disk in the journal before it does in the database.
    let before = match end {
        JournalEnd::InDoubt => Some(written_anew(&reading, folder, &mut recovery)?),
        JournalEnd::OnDisk => None,
    };
    replay_all(connection, &reading.frames, &mut recovery)?;
    let is_marred = !reading.tail.is_empty() || !reading.damaged.is_empty();
    let journal = match before {
        Some(journal) => journal,
        None if is_marred => written_anew(&reading, folder, &mut recovery)?,
        None => Journal::resume(folder, &reading)?,
    };
    Ok((journal, recovery))
}

/// Writes the whole frames into a new journal; what is none of them is told, and copied aside where it is damage.
fn written_anew(reading: &Reading, folder: &Path, recovery: &mut Recovery) -> Result<Journal, Fault> {
    tell_damage(reading, folder, recovery)?;
    Journal::rewrite(folder, &with_beginning(reading))
}

fn tail_of(connection: &Connection) -> Result<u64, Fault> {
    Ok(tail(connection)?.0)
}

/// Replays the journals that were put away, where the database lost what it held when they were.
fn earlier(connection: &mut Connection, folder: &Path, recovery: &mut Recovery) -> Result<(), Fault> {
    for segment in segments::list(folder)? {
        if let Some(reading) = journal::read(&segment.path)? {
            replay_all(connection, &reading.frames, recovery)?;
        }
    }
    Ok(())
}

/// The first frame says where the journal began; where damage took it, the first entry behind does.
fn with_beginning(reading: &Reading) -> Vec<Frame> {
    if reading.begun_at().is_some() {
        return reading.frames.clone();
    }
    let first = reading.frames.iter().find_map(|frame| match frame {
        Frame::Entries(entries) => entries.first().map(|entry| entry.seq),
        _ => None,
    });
    let begun = Frame::Begun {
        format: journal::FORMAT,
        entries: first.unwrap_or(0),
    };
    std::iter::once(begun)
        .chain(reading.frames.iter().cloned())
        .collect()
}

fn tell_damage(reading: &Reading, folder: &Path, recovery: &mut Recovery) -> Result<(), Fault> {
    recovery.damaged = reading
        .damaged
        .iter()
        .map(|bytes| (bytes.start, bytes.end))
        .collect();
    if reading.ends_cut_short() {
        recovery.cut_short_bytes = reading.tail.len() as u64;
    }
    let ends_damaged = !reading.tail.is_empty() && !reading.ends_cut_short();
    if ends_damaged {
        let until = std::fs::metadata(folder.join(JOURNAL_FILE)).map_or(0, |found| found.len());
        recovery
            .damaged
            .push((until.saturating_sub(reading.tail.len() as u64), until));
    }
    if !recovery.damaged.is_empty() {
        recovery.aside = Some(aside::copy(folder, &[JOURNAL_FILE])?);
    }
    Ok(())
}

/// Does to the database what the frames say, where it is not done yet.
pub(crate) fn replay_all(
    connection: &mut Connection,
    frames: &[Frame],
    recovery: &mut Recovery,
) -> Result<(), Fault> {
    for (index, frame) in frames.iter().enumerate() {
        match frame {
            Frame::Signed { sign_off, files } => {
                let replaced = |file: &FramedFile| {
                    frames[index + 1..]
                        .iter()
                        .any(|later| is_in(file, *sign_off, later))
                };
                let last = files.iter().filter(|file| !replaced(file)).cloned().collect();
                let frame = Frame::Signed {
                    sign_off: *sign_off,
                    files: last,
                };
                replay(connection, &frame, recovery)?;
            }
            _ => replay(connection, frame, recovery)?,
        }
    }
    Ok(())
}

/// Whether a later frame holds another version of the file: only the last one counts.
fn is_in(file: &FramedFile, of: uuid::Uuid, later: &Frame) -> bool {
    matches!(later, Frame::Signed { sign_off, files }
        if *sign_off == of && files.iter().any(|other| other.name == file.name))
}

fn replay(connection: &mut Connection, frame: &Frame, recovery: &mut Recovery) -> Result<(), Fault> {
    let doing = "replaying the journal";
    let missing = match frame {
        Frame::Begun { format, .. } if *format != journal::FORMAT => {
            return Err(Fault::new(
                Code::WorkspaceNewer,
                format!(
                    "the journal has form {format}; this Assay knows form {}",
                    journal::FORMAT
                ),
                "open it with the newer Assay; nothing was changed",
            ));
        }
        Frame::Begun { entries, .. } => {
            let size = tail(connection)?.0;
            if size < *entries {
                return Err(gap(size, *entries));
            }
            return Ok(());
        }
        Frame::Entries(entries) => missing(connection, entries)?,
        _ => &[],
    };
    if matches!(frame, Frame::Entries(_)) && missing.is_empty() {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .doing(doing)?;
    let kept = match frame {
        Frame::Samples(samples) => kept::store(&transaction, samples)?.len(),
        Frame::Signed { sign_off, files } => {
            let files = files.iter().map(file).collect::<Result<Vec<_>, _>>()?;
            sign_offs::store(&transaction, *sign_off, &files)?.len()
        }
        Frame::Begun { .. } | Frame::Entries(_) => 0,
    };
    for entry in missing {
        replay_entry(&transaction, entry)?;
    }
    if kept > 0 || !missing.is_empty() {
        transaction.commit().doing(doing)?;
    }
    recovery.entries += missing.len() as u64;
    recovery.kept += kept as u64;
    Ok(())
}

/// Those of the entries that the database lacks. The others must be the same there.
fn missing<'a>(connection: &Connection, entries: &'a [FramedEntry]) -> Result<&'a [FramedEntry], Fault> {
    let size = tail(connection)?.0;
    let first = entries.first().map_or(size, |entry| entry.seq);
    if first > size {
        return Err(gap(size, first));
    }
    for entry in entries.iter().filter(|entry| entry.seq < size) {
        let leaf: Option<[u8; 32]> = connection
            .prepare_cached("SELECT leaf FROM entry WHERE seq = ?")
            .and_then(|mut select| select.query_row([entry.seq], |row| row.get(0)).optional())
            .doing("comparing the journal")?;
        if leaf.map(Digest) != Some(merkle::leaf(entry.body.as_bytes())) {
            return Err(faults::forked(format!(
                "the journal and the database hold two different entries {}",
                entry.seq
            )));
        }
    }
    let there = entries.iter().filter(|entry| entry.seq < size).count();
    Ok(&entries[there..])
}

fn replay_entry(transaction: &rusqlite::Transaction<'_>, framed: &FramedEntry) -> Result<(), Fault> {
    let entry = Entry::parse(framed.seq, framed.body.clone())
        .map_err(|why| faults::damaged(format!("journal entry {}: {why}", framed.seq)))?;
    let at = entry
        .at
        .parse()
        .map_err(|error| Fault::internal("replaying the journal", error))?;
    let draft = Draft {
        id: entry.id,
        at,
        actor: entry.actor.clone(),
        event: entry.event.clone(),
        note: framed.note.as_ref().map(|note| note.text.clone()),
        salt: framed.note.as_ref().map(|note| note.salt),
        feed: entry.feed,
        items: framed.items.clone(),
    };
    let recorded = record_one(transaction, &draft)?;
    if recorded == entry {
        return Ok(());
    }
    Err(faults::forked(format!(
        "entry {} of the journal does not follow the database's last entry",
        framed.seq
    )))
}

fn file(framed: &FramedFile) -> Result<(String, Vec<u8>), Fault> {
    let bytes = BASE64_STANDARD
        .decode(&framed.base64)
        .map_err(|error| faults::damaged(format!("a signed file of the journal: {error}")))?;
    Ok((framed.name.clone(), bytes))
}

fn gap(size: u64, next: u64) -> Fault {
    faults::damaged(format!(
        "the database holds {size} entries and the journal goes on at entry {next}: those between are missing"
    ))
}
