//! A corpus for benchmarks: long-tailed words, three domains, declared origins, planted duplicates.
//!
//! Streams: memory holds the vocabulary and a few thousand recent texts, whatever the size of the corpus.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::draw::Draw;

const VOCABULARY: usize = 60_000;
/// Recent texts of which copies are made.
const KEPT: usize = 4_096;
const DOMAINS: [&str; 3] = ["health", "law", "finance"];
const WRITERS: [&str; 4] = ["person", "model", "person with model", ""];

/// Writes `documents` documents of `words` words on average (six bytes each) into files of `per_file` below `out`; says
/// what it wrote.
pub fn write(out: &Path, documents: u64, words: usize, per_file: u64, seed: u64) -> io::Result<String> {
    fs::create_dir_all(out)?;
    let mut corpus = Corpus::new(words.max(2), seed);
    let (mut exact, mut near, mut bytes) = (0u64, 0u64, 0u64);
    for (number, first) in (0..documents).step_by(per_file.max(1) as usize).enumerate() {
        let mut file = BufWriter::with_capacity(
            1 << 20,
            File::create(out.join(format!("part-{number:04}.jsonl")))?,
        );
        for document in first..documents.min(first + per_file) {
            let line = match corpus.next(document) {
                (Made::New, line) => line,
                (Made::Exact, line) => {
                    exact += 1;
                    line
                }
                (Made::Near, line) => {
                    near += 1;
                    line
                }
            };
            bytes += line.len() as u64;
            file.write_all(line.as_bytes())?;
        }
        file.flush()?;
    }
    Ok(format!(
        "{documents} documents, {bytes} bytes, {exact} exact copies, {near} near copies, in {}",
        out.display()
    ))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    New,
    Exact,
    Near,
}

struct Corpus {
    draw: Draw,
    words: Vec<String>,
    /// Words of a text on average.
    length: usize,
    recent: Vec<Vec<u32>>,
}

impl Corpus {
    fn new(length: usize, seed: u64) -> Self {
        let mut draw = Draw::new(seed);
        let words = vocabulary(&mut draw);
        Self {
            draw,
            words,
            length,
            recent: Vec::with_capacity(KEPT),
        }
    }

    /// The next line: one in fifty an exact copy of a recent text, one in twenty a copy with three words changed (one in
    /// short texts, so that it stays near).
    fn next(&mut self, document: u64) -> (Made, String) {
        let lot = self.draw.below(100);
        let made = match lot {
            _ if self.recent.is_empty() => Made::New,
            0 | 1 => Made::Exact,
            2..=6 => Made::Near,
            _ => Made::New,
        };
        let text = match made {
            Made::New => {
                let length = self.length / 2 + self.draw.below(self.length);
                (0..length).map(|_| self.word()).collect()
            }
            Made::Exact | Made::Near => {
                let at = self.draw.below(self.recent.len());
                let mut text = self.recent[at].clone();
                if made == Made::Near {
                    for _ in 0..if self.length < 150 { 1 } else { 3 } {
                        let place = self.draw.below(text.len());
                        text[place] = self.word();
                    }
                }
                text
            }
        };
        let line = self.line(document, &text);
        if made == Made::New {
            if self.recent.len() < KEPT {
                self.recent.push(text);
            } else {
                let at = self.draw.below(KEPT);
                self.recent[at] = text;
            }
        }
        (made, line)
    }

    /// Zipf by inversion: the rank is the vocabulary to the power of a uniform number.
    fn word(&mut self) -> u32 {
        ((VOCABULARY as f64).powf(self.draw.unit()) - 1.0) as u32
    }

    fn line(&mut self, document: u64, text: &[u32]) -> String {
        let mut line = String::with_capacity(text.len() * 8 + 200);
        let domain = DOMAINS[self.draw.below(DOMAINS.len())];
        let writer = WRITERS[self.draw.below(WRITERS.len())];
        let intent = self.word() % 400;
        line += &format!(
            "{{\"id\":\"d{document:09}\",\"domain\":\"{domain}\",\"language\":\"en\",\"intent\":\"intent-{intent:03}\",\"written_by\":"
        );
        line += &if writer.is_empty() {
            "null".to_owned()
        } else {
            format!("\"{writer}\"")
        };
        line += ",\"text\":\"";
        for (place, word) in text.iter().enumerate() {
            if place > 0 {
                line += match place % 80 {
                    0 => ".\\n\\n",
                    16 | 32 | 48 | 64 => ". ",
                    _ => " ",
                };
            }
            line += &self.words[*word as usize];
        }
        line += ".\"}\n";
        line
    }
}

/// The commonest words are English ones, as common as they are in English; the rest is made up, short ones first. So
/// the texts are English to a language detector, and no two are alike by chance.
fn vocabulary(draw: &mut Draw) -> Vec<String> {
    const ONSETS: [&str; 16] = [
        "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl",
    ];
    const VOWELS: [&str; 7] = ["a", "e", "i", "o", "u", "ea", "ou"];
    const COMMONEST: [&str; 60] = [
        "the", "of", "and", "to", "a", "in", "that", "it", "is", "was", "for", "with", "as", "on", "be",
        "at", "by", "this", "had", "not", "are", "but", "from", "or", "have", "an", "they", "which", "one",
        "you", "were", "her", "all", "she", "there", "would", "their", "we", "him", "been", "has", "when",
        "who", "will", "more", "no", "if", "out", "so", "said", "what", "up", "its", "about", "into", "than",
        "them", "can", "only", "other",
    ];
    let mut words: Vec<String> = COMMONEST.iter().map(|word| (*word).to_owned()).collect();
    let mut seen: std::collections::HashSet<String> = words.iter().cloned().collect();
    while words.len() < VOCABULARY {
        let syllables = match words.len() {
            0..100 => 1,
            100..3_000 => 2,
            _ => 3 + draw.below(2),
        };
        let mut word = String::new();
        for _ in 0..syllables {
            word += ONSETS[draw.below(ONSETS.len())];
            word += VOWELS[draw.below(VOWELS.len())];
        }
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}
