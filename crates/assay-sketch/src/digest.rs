//! What identifies a sample? The SHA-256 of its parts in canonical JSON.

use std::borrow::Cow;

use assay_model::Digest;
use sha2::{Digest as _, Sha256};

/// Digests the list of `(role, text)` parts: SHA-256 over RFC 8785 of `[{"role": …, "text": …}, …]`.
///
/// Texts go in as decoded, without normalisation. The JSON is streamed into the hash, never built.
pub fn sample_digest(parts: &[(&str, &str)]) -> Digest {
    digest_of(parts.iter().copied())
}

pub(crate) fn digest_of<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(b"[");
    for (i, (role, text)) in parts.enumerate() {
        hasher.update(if i > 0 { &b",{\"role\":"[..] } else { b"{\"role\":" });
        write_text(role, &mut hasher);
        hasher.update(b",\"text\":");
        write_text(text, &mut hasher);
        hasher.update(b"}");
    }
    hasher.update(b"]");
    Digest(hasher.finalize().into())
}

/// Feeds `text` as a canonical JSON string: what `assay_model::canonical::write_text` appends.
fn write_text(text: &str, hasher: &mut Sha256) {
    hasher.update(b"\"");
    let mut rest = text.as_bytes();
    while let Some(at) = first_escaped(rest) {
        hasher.update(&rest[..at]);
        hasher.update(escape(rest[at]).as_bytes());
        rest = &rest[at + 1..];
    }
    hasher.update(rest);
    hasher.update(b"\"");
}

fn must_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Whole blocks are tested at once, so that the compiler can use vector instructions.
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 32;
    let clean_blocks = bytes
        .chunks_exact(BLOCK)
        .take_while(|block| !block.iter().fold(false, |found, &byte| found | must_escape(byte)))
        .count();
    let start = clean_blocks * BLOCK;
    bytes[start..]
        .iter()
        .position(|&byte| must_escape(byte))
        .map(|at| start + at)
}

fn escape(byte: u8) -> Cow<'static, str> {
    match byte {
        b'"' => "\\\"".into(),
        b'\\' => "\\\\".into(),
        0x08 => "\\b".into(),
        b'\t' => "\\t".into(),
        b'\n' => "\\n".into(),
        0x0c => "\\f".into(),
        b'\r' => "\\r".into(),
        other => format!("\\u{other:04x}").into(),
    }
}
