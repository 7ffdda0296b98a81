//! How fast are sketches made? `cargo run --release --example sketch_throughput [FILE]`; the text is cut into
//! documents of about 1.4 kB and sketched on one core.

use std::time::Instant;

use assay_model::Part;
use assay_sketch::{Sketcher, WordCounts, count_tokens, normalise, sample_digest};

const DOCUMENT_BYTES: usize = 1400;
const TOTAL_BYTES: usize = 40_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => made_up(400_000),
    };
    let documents: Vec<Vec<Part>> = documents(&text).map(|text| vec![part(text)]).collect();
    let bytes: usize = documents.iter().map(|parts| parts[0].text.len()).sum();
    let rounds = (TOTAL_BYTES / bytes.max(1)).max(1);
    println!("{} documents, {bytes} bytes, {rounds} rounds", documents.len());
    let timed = |name: &str, each: &mut dyn FnMut(&[Part]) -> u64| {
        let mut sum = 0u64;
        let mut round = || {
            let start = Instant::now();
            sum = documents
                .iter()
                .map(|parts| each(parts))
                .fold(sum, u64::wrapping_add);
            start.elapsed().as_secs_f64()
        };
        // The fastest round is the one that other work on the machine disturbed least.
        let seconds = (0..rounds).map(|_| round()).fold(f64::INFINITY, f64::min);
        let per_document = seconds * 1e6 / documents.len() as f64;
        let speed = bytes as f64 / 1e6 / seconds;
        println!("{name:12} {speed:7.1} MB/s {per_document:7.2} us a document (check {sum:x})");
    };
    let mut sketcher = Sketcher::new();
    let mut words = WordCounts::new();
    timed("digest", &mut |parts| {
        u64::from(sample_digest(&[("document", &parts[0].text)]).0[0])
    });
    timed("tokens", &mut |parts| u64::from(count_tokens(&parts[0].text)));
    timed("normalise", &mut |parts| normalise(&parts[0].text).len() as u64);
    timed("sketch", &mut |parts| {
        sketcher.sketch(parts).shingles.len() as u64
    });
    timed("with words", &mut |parts| {
        let sketch = sketcher.sketch(parts);
        sketcher.count_words(&mut words);
        sketch.shingles.len() as u64
    });
    println!("{} distinct words, {} bytes", words.len(), words.approx_bytes());
    Ok(())
}

fn part(text: &str) -> Part {
    Part {
        role: "document".into(),
        text: text.into(),
        origin: Default::default(),
        source_class: Default::default(),
        confidence: 0.0,
    }
}

fn documents(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len().min(DOCUMENT_BYTES);
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (document, after) = rest.split_at(end);
        rest = after;
        Some(document)
    })
}

/// English-like text from a small generator, the same on every run.
fn made_up(words: usize) -> String {
    const COMMON: [&str; 16] = [
        "the", "of", "and", "to", "in", "is", "that", "it", "was", "for", "on", "are", "with", "as", "they",
        "at",
    ];
    let mut state = 1u64;
    let mut next = || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as usize
    };
    let mut text = String::new();
    for _ in 0..words {
        match next() % 3 {
            0 => text.push_str(COMMON[next() % 16]),
            _ => (0..2 + next() % 4)
                .for_each(|_| text.push_str(["ta", "re", "in", "so", "al", "mi", "con", "er"][next() % 8])),
        }
        text.push_str(match next() % 60 {
            0..=3 => ". ",
            4..=8 => ", ",
            9 => "\n\n",
            _ => " ",
        });
    }
    text
}
