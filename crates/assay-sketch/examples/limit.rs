//! How fast could any indexing be? Parse, tokens and shingles alone, in a plain loop on all cores, of a folder of JSON Lines
//! with a field `text`: `limit FOLDER`. Prints seconds, MB of text a second and documents a second.
//!
//! Nothing of Assay is used: no identity, no language, no Unicode, nothing kept. It is what the budgets hold Assay against.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

const SHINGLE_TOKENS: usize = 5;
/// Bytes handed to a core at a time, about.
const PIECE: usize = 1 << 20;

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: limit FOLDER")?;
    let began = Instant::now();
    let (mut documents, mut bytes, mut shingles) = (0, 0, 0);
    for path in files(Path::new(&folder))? {
        let content = std::fs::read(path)?;
        let counted: Vec<[usize; 3]> = pieces(&content).into_par_iter().map(read).collect();
        for [of_documents, of_bytes, of_shingles] in counted {
            documents += of_documents;
            bytes += of_bytes;
            shingles += of_shingles;
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{seconds:.2} s, {:.0} MB/s, {:.0} documents/s: {documents} documents, {shingles} shingles",
        bytes as f64 / 1e6 / seconds,
        documents as f64 / seconds
    );
    Ok(())
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    Ok(files)
}

/// Cuts behind line ends.
fn pieces(content: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = content;
    while !rest.is_empty() {
        let least = PIECE.min(rest.len());
        let end = memchr::memchr(b'\n', &rest[least..]).map_or(rest.len(), |at| least + at + 1);
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// Documents, bytes of text and distinct shingles of a piece.
fn read(piece: &[u8]) -> [usize; 3] {
    let mut found = [0; 3];
    let (mut spans, mut shingles) = (Vec::new(), Vec::new());
    for line in piece.split(|&byte| byte == b'\n') {
        let Ok(line) = serde_json::from_slice::<Line<'_>>(line) else {
            continue;
        };
        let text = line.text.to_ascii_lowercase().into_bytes();
        tokens(&text, &mut spans);
        let hashes = spans
            .windows(SHINGLE_TOKENS)
            .map(|run| xxh3_64(&text[run[0].0..run[SHINGLE_TOKENS - 1].1]));
        shingles.clear();
        shingles.extend(hashes);
        shingles.sort_unstable();
        shingles.dedup();
        found[0] += 1;
        found[1] += text.len();
        found[2] += shingles.len();
    }
    found
}

/// Runs of letters and digits, and of whatever is not ASCII.
fn tokens(text: &[u8], spans: &mut Vec<(usize, usize)>) {
    spans.clear();
    let mut start = None;
    for (at, &byte) in text.iter().enumerate() {
        match (start, byte.is_ascii_alphanumeric() || !byte.is_ascii()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                spans.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        spans.push((from, text.len()));
    }
}
