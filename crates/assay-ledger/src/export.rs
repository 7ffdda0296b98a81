//! How does the ledger leave the workspace, and how is such a file verified without one?
//!
//! JSON Lines. The first line states format, number of entries and root; then one line an entry, as canonical JSON; then the
//! last signed head, where there is one. Notes and texts are not in it, only their digests.

use std::io::{BufRead, Seek, Write};

use assay_model::merkle::{self, TreeHasher};
use assay_model::{Code, Digest, Fault, canonical};
use assay_seal::PublicKey;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::faults::Doing;
use crate::verify::Replay;
use crate::{Failure, Head, Ledger, MAX_BODY_BYTES, Verification, is_signed};

/// Names the format in the first line.
const FORMAT: &str = "assay-ledger-2";
/// Longer lines cannot hold an entry.
const MAX_LINE_BYTES: u64 = MAX_BODY_BYTES as u64 + 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    entries: u64,
    format: String,
    root: Digest,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Entry(EntryLine),
    Head(HeadLine),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryLine {
    body: Value,
    leaf: Digest,
    seq: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadLine {
    head: String,
}

impl Ledger {
    /// Writes all entries. The caller has checked where to.
    pub fn export(&self, out: &mut dyn Write) -> Result<(), Fault> {
        let doing = "exporting the ledger";
        let snapshot = self.connection.unchecked_transaction().doing(doing)?;
        let header = json!({"format": FORMAT, "entries": self.size()?, "root": self.root()?});
        write_line(out, &header)?;
        let mut select = snapshot
            .prepare("SELECT seq, body, leaf FROM entry ORDER BY seq")
            .doing(doing)?;
        let mut rows = select.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let seq: u64 = row.get(0).doing(doing)?;
            let body: String = row.get(1).doing(doing)?;
            let body: Value = serde_json::from_str(&body)
                .map_err(|error| crate::faults::damaged(format!("ledger entry {seq}: {error}")))?;
            write_line(
                out,
                &json!({"body": body, "leaf": Digest(row.get(2).doing(doing)?), "seq": seq}),
            )?;
        }
        if let Some(head) = self.kept_heads()?.that_speak.pop() {
            write_line(out, &json!({"head": head.note.to_string()}))?;
        }
        out.flush().map_err(not_written)
    }
}

fn write_line(out: &mut dyn Write, value: &Value) -> Result<(), Fault> {
    let line = canonical::to_string(value).map_err(|error| Fault::internal("exporting the ledger", error))?;
    writeln!(out, "{line}").map_err(not_written)
}

fn not_written(error: std::io::Error) -> Fault {
    Fault::new(
        Code::NotSaved,
        format!("the export could not be written: {error}"),
        "check the drive and repeat",
    )
}

/// Verifies an exported ledger: form, hashes, the stated count and root and the signed head first, then links, ids and rules.
///
/// With `trusted` keys, one of them must have signed a head over all its entries; without, the head is held against the keys
/// that the log itself names, which shows that it is whole and not who made it.
pub fn verify_file(mut input: impl BufRead + Seek, trusted: &[PublicKey]) -> Result<Verification, Fault> {
    let surface = surface(&mut input, trusted)?;
    if surface.failure.is_some() {
        return Ok(surface.into());
    }
    let mut replay = Replay::new()?;
    input.rewind().map_err(|error| unreadable(error.to_string()))?;
    next_line(&mut input)?;
    for seq in 0..surface.tree.size() {
        let line = next_line(&mut input)?.unwrap_or_default();
        let followed = match canonical_line::<Line>(&line) {
            Ok(Line::Entry(line)) => {
                body(&line).and_then(|body| replay.follow(line.seq, None, body, &line.leaf))
            }
            _ => Err("the file changed while it was read".to_owned()),
        };
        if let Err(what) = followed {
            return Ok(replay.finish(Some(failure(Some(seq), what))));
        }
    }
    let held = replay.hold_against(surface.head.as_slice(), trusted);
    let mut found = replay.finish(None);
    match held {
        Ok(head) => found.head = head,
        Err(what) => found.failure = Some(failure(None, what)),
    }
    Ok(found)
}

/// What an export is by its form and its hashes alone.
#[derive(Default)]
struct Surface {
    tree: TreeHasher,
    head: Option<Head>,
    failure: Option<Failure>,
}

impl Surface {
    fn failed(mut self, seq: Option<u64>, what: impl Into<String>) -> Self {
        self.failure = Some(failure(seq, what));
        self
    }

    fn take(&mut self, line: &str) -> Result<(), String> {
        match canonical_line::<Line>(line)? {
            _ if self.head.is_some() => return Err("something stands behind the head".to_owned()),
            Line::Entry(line) => self.tree.push(hashed(&line, self.tree.size())?),
            Line::Head(line) => self.head = Some(written_head(&line.head)?),
        }
        Ok(())
    }

    /// Whether one of these keys signed for all of it.
    fn is_vouched_by(&self, keys: &[PublicKey]) -> bool {
        self.head
            .as_ref()
            .is_some_and(|head| head.checkpoint.size == self.tree.size() && is_signed(head, keys))
    }
}

impl From<Surface> for Verification {
    fn from(surface: Surface) -> Self {
        Self {
            entries: surface.tree.size(),
            root: surface.tree.root(),
            failure: surface.failure,
            clock_set_back: Vec::new(),
            head: None,
            heads_passed_over: 0,
        }
    }
}

/// Reads the whole file once, without the rules: most damage shows here, and costs little to find.
fn surface(input: &mut impl BufRead, trusted: &[PublicKey]) -> Result<Surface, Fault> {
    let mut surface = Surface::default();
    let header = match read_header(input)? {
        Ok(header) => header,
        Err(what) => return Ok(surface.failed(None, what)),
    };
    while let Some(line) = next_line(input)? {
        if let Err(what) = surface.take(&line) {
            let seq = surface.tree.size();
            return Ok(surface.failed(Some(seq), what));
        }
    }
    let (entries, root) = (surface.tree.size(), surface.tree.root());
    if (entries, root) != (header.entries, header.root) {
        let what = format!(
            "the file states {} entries with root {}; it holds {entries} with root {root}",
            header.entries, header.root
        );
        return Ok(surface.failed(None, what));
    }
    if !trusted.is_empty() && !surface.is_vouched_by(trusted) {
        let what = format!("no trusted key signed for all its {entries} entries");
        return Ok(surface.failed(None, what));
    }
    Ok(surface)
}

fn body(line: &EntryLine) -> Result<String, String> {
    canonical::to_string(&line.body).map_err(|error| error.to_string())
}

/// The leaf of entry `seq`, where the line is that entry and its body has the hash that stands beside it.
fn hashed(line: &EntryLine, seq: u64) -> Result<Digest, String> {
    if line.seq != seq {
        return Err(format!(
            "entry {seq} is missing; entry {} stands in its place",
            line.seq
        ));
    }
    let leaf = merkle::leaf(body(line)?.as_bytes());
    if leaf == line.leaf {
        Ok(leaf)
    } else {
        Err("the body does not have the hash that was recorded".to_owned())
    }
}

fn written_head(text: &str) -> Result<Head, String> {
    let head = Head::parse(text)?;
    if head.note.to_string() == text {
        Ok(head)
    } else {
        Err("the head is not written as Assay writes it".to_owned())
    }
}

fn read_header(input: &mut impl BufRead) -> Result<Result<Header, String>, Fault> {
    let Some(first) = next_line(input)? else {
        return Ok(Err("the file is empty".to_owned()));
    };
    Ok(match canonical_line::<Header>(&first) {
        Ok(header) if header.format == FORMAT => Ok(header),
        Ok(header) => Err(format!("unknown format `{}`", header.format)),
        Err(what) => Err(format!("first line: {what}")),
    })
}

fn failure(seq: Option<u64>, what: impl Into<String>) -> Failure {
    Failure {
        seq,
        what: what.into(),
    }
}

fn unreadable(why: String) -> Fault {
    Fault::new(
        Code::NotReadable,
        why,
        "give a ledger as `assay log --export` writes it",
    )
}

/// The next line without its end; none at the end of the file. The last line must end too.
fn next_line(input: &mut impl BufRead) -> Result<Option<String>, Fault> {
    let mut line = Vec::new();
    std::io::Read::take(&mut *input, MAX_LINE_BYTES)
        .read_until(b'\n', &mut line)
        .map_err(|error| unreadable(format!("the file could not be read: {error}")))?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.pop() != Some(b'\n') {
        return Err(unreadable(
            "a line is cut off or too long to be an entry".to_owned(),
        ));
    }
    String::from_utf8(line)
        .map(Some)
        .map_err(|_| unreadable("the file is not UTF-8".to_owned()))
}

/// Reads a line that must be written as we would write it: canonical JSON, digests in lower case, nothing unknown.
fn canonical_line<T: Serialize + for<'de> Deserialize<'de>>(line: &str) -> Result<T, String> {
    let read: T = serde_json::from_str(line).map_err(|error| format!("not a line of a ledger: {error}"))?;
    let again = serde_json::to_value(&read).map_err(|error| error.to_string())?;
    if canonical::to_string(&again).map_err(|error| error.to_string())? != line {
        return Err("the line is not in canonical form".to_owned());
    }
    Ok(read)
}
