//! Gold as a file: written for somebody, and held against the set that was frozen, without a workspace.
//!
//! JSON Lines, by digest. Beside the file of a frozen set lies the proof of the entry that froze it (a tlog-proof), where a signed
//! head covers it: with the number of members and the root over them it says which set the file must be.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use assay_ledger::{Event, digest_of_parts};
use assay_model::{Code, Digest, Fault, Part, merkle};
use assay_review::{Ledger, Stamp, frozen, gold};
use assay_seal::{PublicKey, TlogProof};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Workspace;
use crate::review::saved_entry;
use crate::samples::write_line;
use crate::wire::GoldExported;

/// Names the file in a refusal.
const EXPORT: &str = "the export";
/// A sample's line is no longer.
const MAX_LINE: u64 = 256 << 20;
/// A proof is no longer.
const MAX_PROOF: u64 = 1 << 20;

/// Writes gold, or a frozen set of it, into a file and records what for. The purpose is on record before a byte leaves.
pub fn export_to(
    workspace: &Workspace,
    ledger: &mut Ledger,
    stamp: &Stamp,
    number: Option<u64>,
    purpose: &str,
    path: &Path,
) -> Result<GoldExported, Fault> {
    workspace.check_export(path)?;
    let set = number.map(|number| frozen::find(ledger, number)).transpose()?;
    let entry = frozen::record_export(ledger, stamp, purpose, set.as_ref())?;
    let written = write(ledger, number, path)?;
    Ok(GoldExported {
        saved: saved_entry(&entry),
        written,
        path: path.display().to_string(),
    })
}

/// Writes gold as it is, or the set that was frozen under a number and its proof beside it. Returns the members.
pub fn write(ledger: &Ledger, number: Option<u64>, path: &Path) -> Result<u64, Fault> {
    let mut file = crate::file::create(path, EXPORT)?;
    let written = export(ledger, number, &mut file)?;
    crate::file::finish(file, path, EXPORT)?;
    let proof = number
        .map(|number| proof_of(ledger, number))
        .transpose()?
        .flatten();
    if let Some(proof) = proof {
        crate::file::write(&proof_beside(path), proof.to_string().as_bytes(), EXPORT)?;
    }
    Ok(written)
}

/// That the entry which froze a set stands under the last signed head; none where no head covers it.
fn proof_of(ledger: &Ledger, number: u64) -> Result<Option<TlogProof>, Fault> {
    let seq = frozen::find(ledger, number)?.seq;
    let head = ledger.last_head()?.filter(|head| seq < head.checkpoint.size);
    head.map(|head| ledger.prove_entry(seq, &head)).transpose()
}

fn proof_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".tlog-proof");
    name.into()
}

/// Gold as JSON Lines: text, facts, and the act that made each member gold. With a number, the set that was frozen under it.
pub fn export(ledger: &Ledger, number: Option<u64>, out: &mut dyn Write) -> Result<u64, Fault> {
    let members = match number {
        Some(number) => frozen::members(ledger, &frozen::find(ledger, number)?)?,
        None => gold::membership(ledger)?,
    };
    export_of(ledger, &members, out)
}

fn export_of(ledger: &Ledger, samples: &BTreeSet<Digest>, out: &mut dyn Write) -> Result<u64, Fault> {
    let mut written = 0;
    gold::export_of(ledger, samples, |row| {
        written += 1;
        let line = json!({
            "digest": row.member.sample,
            "parts": row.parts,
            "dimensions": row.facts["dimensions"],
            "dataset": row.facts["dataset"],
            "path": row.facts["path"],
            "line": row.facts["line"],
            "id": row.facts["id"],
            "promoted": {"entry": row.member.seq, "by": row.member.by, "at": row.member.at, "reason": row.member.reason},
        });
        write_line(out, &line)
    })?;
    Ok(written)
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
/// keys, one of them must have signed the head under which it was; then a file without a proof does not hold.
pub fn verify(path: &Path, trusted: &[PublicKey]) -> Result<GoldVerification, Fault> {
    let file = File::open(path).map_err(|error| {
        Fault::new(
            Code::NotFound,
            format!("the file cannot be read: {error}"),
            "check the path",
        )
        .at(path.display().to_string())
    })?;
    let mut found = GoldVerification {
        members: 0,
        root: Digest::of(b""),
        frozen: None,
        is_trusted: false,
        failure: None,
    };
    found.failure = checked(BufReader::new(file), path, trusted, &mut found).err();
    Ok(found)
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
fn members(mut input: impl BufRead) -> Result<Vec<Digest>, String> {
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
        let line: Line = serde_json::from_slice(&bytes).map_err(|_| told("it holds no sample"))?;
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
