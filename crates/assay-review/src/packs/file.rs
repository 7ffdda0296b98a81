//! How are packs and returns written? JSON Lines, the first naming the format; read strictly, or refused with the line.

use assay_ledger::{Event, KeptSample, QueueTerms, Role, Rubric, digest_of_parts, items_digest};
use assay_model::{Code, Digest, Fault, Part};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::witness::{Heading, IssuerHead, ReturnSeal};

/// Names the format of a pack in its first line.
pub(super) const PACK: &str = "assay-pack-1";
/// Names the format of a return in its first line.
pub(super) const RETURN: &str = "assay-pack-return-1";

/// First line of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    pub format: String,
    pub pack: Uuid,
    pub issued_by: String,
    /// RFC 3339.
    pub issued: String,
    pub recipient: String,
    pub role: Role,
    pub queue: Uuid,
    pub created: String,
    pub created_by: String,
    /// With the version of the rubric that the queue asked when the pack was issued.
    pub terms: QueueTerms,
    pub rubric: Rubric,
    /// The issuer's ledger when the pack was issued: entries and root.
    pub head: Head,
    /// The head that was signed last before; none where none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<IssuerHead>,
}

/// A ledger's size and RFC 6962 root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub entries: u64,
    pub root: Digest,
}

/// A whole pack; samples in the queue's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    pub header: Header,
    pub samples: Vec<KeptSample>,
}

/// One sample's line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sample {
    pub digest: Digest,
    pub parts: Vec<Part>,
    pub facts: Value,
}

/// First line of a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnHeader {
    pub format: String,
    pub pack: Uuid,
    pub queue: Uuid,
    pub person: String,
    pub acts: u64,
    /// None where its author signed nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<ReturnSeal>,
}

/// One act's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Act {
    pub id: Uuid,
    pub at: String,
    pub act: Event,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Hash over this act and all before it.
    pub chain: Digest,
}

/// A note with its salt, so that its digest is the same wherever it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    /// 32 hexadecimal digits.
    pub salt: String,
    pub text: String,
}

/// A whole return, its chain checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    pub pack: Uuid,
    pub queue: Uuid,
    pub person: String,
    pub seal: Option<ReturnSeal>,
    pub(super) acts: Vec<Act>,
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum PackFile {
    Pack(Box<Pack>),
    Return(Return),
}

/// Reads a pack or a return; `path` names the file in errors. Everything is checked against its hash.
pub fn read(path: &str, text: &str) -> Result<PackFile, Fault> {
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.first().copied().unwrap_or_default();
    let format = serde_json::from_str::<Value>(first)
        .ok()
        .and_then(|value| value["format"].as_str().map(str::to_owned));
    match format.as_deref() {
        Some(PACK) => pack(path, &lines).map(|pack| PackFile::Pack(Box::new(pack))),
        Some(RETURN) => returned(path, &lines).map(PackFile::Return),
        _ => Err(damaged(path, 1, "this is neither a pack nor the return of one")),
    }
}

fn pack(path: &str, lines: &[&str]) -> Result<Pack, Fault> {
    let header: Header = line(path, lines, 0)?;
    if let Some(why) = header.signed.as_ref().and_then(|head| head.read().err()) {
        return Err(damaged(path, 1, &why));
    }
    let mut samples = Vec::with_capacity(lines.len() - 1);
    for number in 1..lines.len() {
        let sample: Sample = line(path, lines, number)?;
        if digest_of_parts(&sample.parts) != sample.digest {
            return Err(damaged(
                path,
                number as u64 + 1,
                "the text is not that of its digest",
            ));
        }
        samples.push(KeptSample {
            digest: sample.digest,
            parts: sample.parts,
            facts: sample.facts,
        });
    }
    let items: Vec<Digest> = samples.iter().map(|sample| sample.digest).collect();
    if items_digest(&items) != header.terms.items || items.len() as u64 != header.terms.size {
        return Err(damaged(path, 1, "its samples are not those of its queue"));
    }
    Ok(Pack { header, samples })
}

fn returned(path: &str, lines: &[&str]) -> Result<Return, Fault> {
    let header: ReturnHeader = line(path, lines, 0)?;
    if header.acts != lines.len() as u64 - 1 {
        return Err(damaged(
            path,
            1,
            &format!("it states {} acts and holds {}", header.acts, lines.len() - 1),
        ));
    }
    let mut acts: Vec<Act> = Vec::with_capacity(lines.len() - 1);
    for number in 1..lines.len() {
        let act: Act = line(path, lines, number)?;
        let previous = acts.last().map(|act| act.chain);
        let place = number as u64 + 1;
        let link = act
            .link(&header.person, previous.as_ref())
            .map_err(|fault| damaged(path, place, &fault.message))?;
        if link != act.chain {
            return Err(damaged(
                path,
                place,
                "the act is not the one that was recorded, or does not follow the one before it",
            ));
        }
        acts.push(act);
    }
    let heading = Heading {
        pack: header.pack,
        queue: header.queue,
        person: &header.person,
        acts: header.acts,
        last: acts.last().map(|act| act.chain),
    };
    if let Some(why) = header.seal.as_ref().and_then(|seal| seal.fault(&heading)) {
        return Err(damaged(path, 1, why));
    }
    Ok(Return {
        pack: header.pack,
        queue: header.queue,
        person: header.person,
        seal: header.seal,
        acts,
    })
}

fn line<T: for<'de> Deserialize<'de>>(path: &str, lines: &[&str], number: usize) -> Result<T, Fault> {
    serde_json::from_str(lines[number]).map_err(|error| {
        damaged(
            path,
            number as u64 + 1,
            &format!("the line cannot be read: {error}"),
        )
    })
}

pub(super) fn damaged(path: &str, line: u64, why: &str) -> Fault {
    Fault::new(
        Code::InvalidDecisions,
        format!("{why}; nothing was taken from it"),
        "ask for the file again",
    )
    .at(path)
    .line(line)
}
