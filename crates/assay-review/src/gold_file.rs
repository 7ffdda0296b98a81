//! Is a file of gold the set that was frozen? Verified without a ledger.
//!
//! JSON Lines, by digest. Beside the file of a frozen set lies the proof of the entry that froze it (a tlog-proof), where a signed
//! head covers it: with the number of members and the root over them it says which set the file must be. Deliberately absent:
//! writing such a file, and its other facts, which the ledger tells.

use std::fs::File;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use assay_ledger::{Event, digest_of_parts};
use assay_model::halves::replaced;
use assay_model::{Digest, Part, merkle};
use assay_seal::{PublicKey, TlogProof};
use serde::Deserialize;
use serde_json::Value;

/// A sample's line is no longer.
const MAX_LINE: u64 = 256 << 20;
/// A proof is no longer.
const MAX_PROOF: u64 = 1 << 20;

/// Where the proof of a frozen set lies that was written as a file.
pub fn proof_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".tlog-proof");
    name.into()
}

/// What a file of gold turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldVerification {
    pub members: u64,
    /// RFC 6962 root over the members' digests in byte order.
    pub root: Digest,
    /// The frozen set that the proof beside the file names; none without a proof.
    pub frozen: Option<u64>,
    /// Whether one of the keys that whoever verifies brought signed the head above it.
    pub is_trusted: bool,
    /// What does not hold, first.
    pub failure: Option<String>,
}

/// Whether a file begins as exported gold does.
pub fn is_gold(first_bytes: &[u8]) -> bool {
    first_bytes.starts_with(b"{\"dataset\":") || first_bytes.starts_with(b"{\"digest\":")
}

/// Holds a file of gold against its own digests and, where there is a proof beside it, against the set that was frozen. With
/// keys, one of them must have signed the head under which it was; then a file without a proof does not hold. `input` is what
/// stands in the file at `path`.
pub fn verify(input: impl BufRead, path: &Path, trusted: &[PublicKey]) -> GoldVerification {
    let mut found = GoldVerification {
        members: 0,
        root: Digest::of(b""),
        frozen: None,
        is_trusted: false,
        failure: None,
    };
    found.failure = checked(input, path, trusted, &mut found).err();
    found
}

fn checked(
    input: impl BufRead,
    path: &Path,
    trusted: &[PublicKey],
    found: &mut GoldVerification,
) -> Result<(), String> {
    let members = members(input)?;
    found.members = members.len() as u64;
    found.root = merkle::root(members.iter().map(|member| member.0.as_slice()));
    let beside = proof_beside(path);
    if !beside.exists() {
        return match trusted {
            [] => Ok(()),
            _ => Err(format!(
                "{}: there is no proof of the set beside the file",
                name(&beside)
            )),
        };
    }
    let told = |why: String| format!("{}: {why}", name(&beside));
    let proof = read_proof(&beside).map_err(told)?;
    if !trusted.is_empty() {
        proof.verify(trusted).map_err(|why| told(why.to_string()))?;
        found.is_trusted = true;
    }
    let (number, size, root) =
        frozen_by(&proof.entry).ok_or_else(|| told("its entry froze no gold".to_owned()))?;
    if (size, root) != (found.members, found.root) {
        return Err(format!(
            "{}: its {} members are not the {size} of frozen set {number}",
            name(path),
            found.members
        ));
    }
    found.frozen = Some(number);
    Ok(())
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    assay_model::fault::one_line(&name.to_string_lossy())
}

/// A member's line; its other facts are told by the ledger, not by the file.
#[derive(Deserialize)]
struct Line {
    digest: Digest,
    parts: Vec<Part>,
}

/// The members of a file, each text held against its digest. They stand by digest, each once.
///
/// # Errors
/// The first line that is not so, in words.
pub fn members(mut input: impl BufRead) -> Result<Vec<Digest>, String> {
    let mut members: Vec<Digest> = Vec::new();
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let mut line = input.by_ref().take(MAX_LINE);
        line.read_until(b'\n', &mut bytes)
            .map_err(|error| format!("line {number}: {error}"))?;
        if bytes.is_empty() {
            break;
        }
        let told = |why: &str| format!("line {number}: {why}");
        if bytes.pop() != Some(b'\n') {
            return Err(told("it has no end"));
        }
        // A member is written as its source wrote it, half of a UTF-16 pair too; its digest is over what was read.
        let line = str::from_utf8(&bytes).map(replaced);
        let line: Option<Line> = line.ok().and_then(|line| serde_json::from_str(&line).ok());
        let line = line.ok_or_else(|| told("it holds no sample"))?;
        if digest_of_parts(&line.parts) != line.digest {
            return Err(told("its text is not that of its digest"));
        }
        if members.last().is_some_and(|last| *last >= line.digest) {
            return Err(told("it does not stand in its place, or stands twice"));
        }
        members.push(line.digest);
    }
    Ok(members)
}

fn read_proof(path: &Path) -> Result<TlogProof, String> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(MAX_PROOF).read_to_string(&mut text));
    read.map_err(|error| error.to_string())?;
    TlogProof::parse(&text).map_err(|why| why.to_string())
}

/// Number, members and root of the set that an entry froze.
fn frozen_by(entry: &[u8]) -> Option<(u64, u64, Digest)> {
    let body: Value = serde_json::from_slice(entry).ok()?;
    match serde_json::from_value(body).ok()? {
        Event::GoldFrozen {
            number, size, root, ..
        } => Some((number, size, root)),
        _ => None,
    }
}
