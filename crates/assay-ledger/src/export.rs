//! How does the ledger leave the workspace, and how is such a file verified without one?
//!
//! JSON Lines. The first line states format, number of entries and root; each other line holds one
//! entry as canonical JSON. Notes and texts are not in it, only their digests.

use std::io::{BufRead, Write};

use assay_model::{Code, Digest, Fault, canonical};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::faults::Doing;
use crate::verify::Replay;
use crate::{Failure, Ledger, MAX_BODY_BYTES, Verification};

/// Names the format in the first line.
const FORMAT: &str = "assay-ledger-1";
/// Longer lines cannot hold an entry.
const MAX_LINE_BYTES: u64 = MAX_BODY_BYTES as u64 + 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    entries: u64,
    format: String,
    root: Digest,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    body: Value,
    leaf: Digest,
    seq: u64,
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

/// Verifies an exported ledger: form, hashes, links, numbers, ids, rules, and the stated count and root.
pub fn verify_file(mut input: impl BufRead) -> Result<Verification, Fault> {
    let mut replay = Replay::new()?;
    let Some(first) = next_line(&mut input)? else {
        return Ok(replay.finish(Some(failure(None, "the file is empty"))));
    };
    let header = match canonical_line::<Header>(&first) {
        Ok(header) if header.format == FORMAT => header,
        Ok(header) => {
            return Ok(replay.finish(Some(failure(None, format!("unknown format `{}`", header.format)))));
        }
        Err(what) => return Ok(replay.finish(Some(failure(None, format!("first line: {what}"))))),
    };
    let mut expected = 0;
    while let Some(line) = next_line(&mut input)? {
        let followed = canonical_line::<Line>(&line).and_then(|line| {
            let body = canonical::to_string(&line.body).map_err(|error| error.to_string())?;
            replay.follow(line.seq, None, body, &line.leaf)
        });
        if let Err(what) = followed {
            return Ok(replay.finish(Some(failure(Some(expected), what))));
        }
        expected += 1;
    }
    let mut found = replay.finish(None);
    if found.entries != header.entries || found.root != header.root {
        let what = format!(
            "the file states {} entries with root {}; it holds {} with root {}",
            header.entries, header.root, found.entries, found.root
        );
        found.failure = Some(failure(None, what));
    }
    Ok(found)
}

fn failure(seq: Option<u64>, what: impl Into<String>) -> Failure {
    Failure {
        seq,
        what: what.into(),
    }
}

/// The next line without its end; none at the end of the file. The last line must end too.
fn next_line(input: &mut impl BufRead) -> Result<Option<String>, Fault> {
    let unreadable = |why: String| {
        Fault::new(
            Code::NotReadable,
            why,
            "give a ledger as `assay log --export` writes it",
        )
    };
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

/// Reads a line that must be in canonical form.
fn canonical_line<T: for<'de> Deserialize<'de>>(line: &str) -> Result<T, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("not JSON: {error}"))?;
    if canonical::to_string(&value).map_err(|error| error.to_string())? != line {
        return Err("the line is not in canonical form".to_owned());
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}
