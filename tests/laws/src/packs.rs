//! Packs and returns: is anything taken that its hashes do not bear out?

use assay_ledger::{Event, FeedAct, digest_of_parts, feed_link, items_digest, note_digest};
use assay_model::{Code, Digest, Part};
use assay_review::packs::{PackFile, read};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) fn pack_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    taken(text);
    if let Some(resealed) = resealed_pack(text).or_else(|| resealed_return(text)) {
        taken(&resealed);
    }
}

fn taken(text: &str) {
    match read("pack.jsonl", text) {
        Ok(PackFile::Pack(pack)) => {
            let digests: Vec<Digest> = pack.samples.iter().map(|sample| sample.digest).collect();
            let texts: Vec<Digest> = pack
                .samples
                .iter()
                .map(|sample| digest_of_parts(&sample.parts))
                .collect();
            assert_eq!(digests, texts);
            assert_eq!(pack.header.terms.items, items_digest(&digests));
            assert_eq!(pack.header.terms.size, digests.len() as u64);
        }
        Ok(PackFile::Return(_)) => {}
        Err(fault) => {
            assert_eq!(fault.code, Code::InvalidDecisions, "{fault}");
            let line = fault.line.expect("a fault of a pack names its line");
            assert!(
                (1..=text.lines().count().max(1) as u64).contains(&line),
                "{fault}"
            );
        }
    }
}

/// The same pack with its digests put right, as a forger would.
fn resealed_pack(text: &str) -> Option<String> {
    let mut lines = values(text)?;
    let mut digests = Vec::new();
    for sample in lines.iter_mut().skip(1) {
        let parts: Vec<Part> = serde_json::from_value(sample.get("parts")?.clone()).ok()?;
        digests.push(digest_of_parts(&parts));
        sample["digest"] = json!(digests.last());
    }
    let terms = lines.first_mut()?.get_mut("terms")?.as_object_mut()?;
    terms.insert("items".to_owned(), json!(items_digest(&digests)));
    terms.insert("size".to_owned(), json!(digests.len()));
    Some(joined(&lines))
}

/// The same return with its chain put right.
fn resealed_return(text: &str) -> Option<String> {
    let mut lines = values(text)?;
    let person = lines.first()?.get("person")?.as_str()?.to_owned();
    let mut previous = None;
    for line in lines.iter_mut().skip(1) {
        let event: Event = serde_json::from_value(line.get("act")?.clone()).ok()?;
        let note = line.get("note").and_then(|note| {
            let salt = Uuid::try_parse(note["salt"].as_str()?).ok()?;
            Some(note_digest(&salt.into_bytes(), note["text"].as_str()?))
        });
        let act = FeedAct {
            id: line.get("id")?.as_str()?.parse().ok()?,
            at: line.get("at")?.as_str()?,
            actor: &person,
            event: &event,
            note,
        };
        let chain = feed_link(previous.as_ref(), &act).ok()?;
        line["chain"] = json!(chain);
        previous = Some(chain);
    }
    let acts = lines.len() - 1;
    lines
        .first_mut()?
        .as_object_mut()?
        .insert("acts".to_owned(), json!(acts));
    Some(joined(&lines))
}

/// The lines of a file; none where there is no first line that is an object.
fn values(text: &str) -> Option<Vec<Value>> {
    let lines: Vec<Value> = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .ok()?;
    lines
        .iter()
        .all(Value::is_object)
        .then_some(lines)
        .filter(|lines| !lines.is_empty())
}

fn joined(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}
