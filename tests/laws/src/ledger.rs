//! Exported ledgers and logs of heads: is anything believed that nobody signed?

use std::io::Cursor;

use assay_ledger::{read_heads, verify_file};
use assay_model::{Code, Digest, canonical, merkle};
use assay_seal::{PublicKey, SecretKey};
use serde_json::{Value, json};

use crate::scratch::with_file;
use crate::seeds::SIGNER;

/// An export with a head that `SIGNER` signed.
const WHOLE: &[u8] = include_bytes!("../../fixtures/fuzz/ledger_export/whole.jsonl");

pub(crate) fn ledger_export(bytes: &[u8]) {
    let (name, seed) = SIGNER;
    let key = SecretKey::from_seed(name, &seed).public().clone();
    let is_whole = bytes == WHOLE;
    assert_eq!(holds(bytes, &[key.clone()]), is_whole, "under the signer's key");
    holds(bytes, &[]);
    if let Some(resealed) = resealed(bytes) {
        let is_whole = resealed == WHOLE;
        assert_eq!(
            holds(&resealed, &[key]),
            is_whole,
            "resealed, under the signer's key"
        );
        holds(&resealed, &[]);
    }
}

fn holds(bytes: &[u8], trusted: &[PublicKey]) -> bool {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    match verify_file(Cursor::new(bytes), trusted) {
        Ok(found) => {
            assert!(
                found.entries <= lines,
                "{} entries in {lines} lines",
                found.entries
            );
            found.failure.is_none()
        }
        Err(fault) => {
            assert_ne!(fault.code, Code::Internal, "{fault}");
            false
        }
    }
}

/// The same entries with their hashes, count and root put right, as a forger without keys would.
fn resealed(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (mut lines, mut leaves) = (Vec::new(), Vec::new());
    for line in text.lines().skip(1) {
        let mut value: Value = serde_json::from_str(line).ok()?;
        if let Some(body) = value.get_mut("body") {
            if let (Some(body), Some(last)) = (body.as_object_mut(), leaves.last()) {
                body.insert("previous".to_owned(), json!(last));
            }
            let leaf = merkle::leaf(canonical::to_string(body).ok()?.as_bytes());
            value = json!({"body": body, "leaf": leaf, "seq": leaves.len()});
            leaves.push(leaf);
        }
        lines.push(canonical::to_string(&value).ok()?);
    }
    let root: Digest = merkle::root_over(&leaves);
    let header = json!({"entries": leaves.len(), "format": "assay-ledger-2", "root": root});
    lines.insert(0, canonical::to_string(&header).ok()?);
    Some((lines.join("\n") + "\n").into_bytes())
}

pub(crate) fn heads_log(bytes: &[u8]) {
    let Ok(heads) = with_file("heads.log", bytes, read_heads) else {
        return;
    };
    for head in heads {
        let text = head.note.to_string();
        let again = assay_ledger::Head::parse(&text).expect("a head is read back");
        assert_eq!(
            (again.note.to_string(), again.checkpoint.text()),
            (text, head.note.text)
        );
    }
}
