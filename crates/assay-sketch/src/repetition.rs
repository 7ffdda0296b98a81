//! How much of one sample repeats itself? The fractions of Gopher (Rae et al. 2021, table A1).
//!
//! Words are tokens of the normalised text and characters are its bytes, so that the fractions do not
//! depend on case or punctuation. A line or paragraph repeats if an equal one came before it.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::seen::Seen;

/// Fractions from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Repetition {
    /// Lines equal to an earlier one, over lines that hold a character.
    pub duplicate_lines: f32,
    /// The same by bytes.
    pub duplicate_line_bytes: f32,
    /// Paragraphs (separated by empty lines) equal to an earlier one, over paragraphs.
    pub duplicate_paragraphs: f32,
    /// The same by bytes.
    pub duplicate_paragraph_bytes: f32,
    /// Bytes in the occurrences of the commonest 2-, 3- and 4-gram; 0 if each occurs once.
    pub top_ngrams: [f32; 3],
    /// Bytes inside 5- to 10-grams that occur more than once, each byte counted once.
    pub duplicate_ngrams: [f32; 6],
}

impl Repetition {
    /// The measures by the names of their columns and filter fields, each with the greatest value that Gopher's
    /// filter lets pass (Rae et al. 2021, table A1).
    pub const MEASURES: [(&'static str, f64); 13] = [
        ("repeated_lines", 0.30),
        ("repeated_line_text", 0.20),
        ("repeated_paragraphs", 0.30),
        ("repeated_paragraph_text", 0.20),
        ("top_2gram", 0.20),
        ("top_3gram", 0.18),
        ("top_4gram", 0.16),
        ("repeated_5grams", 0.15),
        ("repeated_6grams", 0.14),
        ("repeated_7grams", 0.13),
        ("repeated_8grams", 0.12),
        ("repeated_9grams", 0.11),
        ("repeated_10grams", 0.10),
    ];

    /// The values in the order of `MEASURES`, to six decimals, so that 0.3 is 0.3 and not a little more.
    pub fn values(&self) -> [f64; 13] {
        let (top, grams) = (&self.top_ngrams, &self.duplicate_ngrams);
        [
            self.duplicate_lines,
            self.duplicate_line_bytes,
            self.duplicate_paragraphs,
            self.duplicate_paragraph_bytes,
            top[0],
            top[1],
            top[2],
            grams[0],
            grams[1],
            grams[2],
            grams[3],
            grams[4],
            grams[5],
        ]
        .map(|value| (f64::from(value) * 1e6).round() / 1e6)
    }
}

/// Buffers for one sample at a time.
#[derive(Default)]
pub(crate) struct Repeats {
    units: Vec<(u64, u32)>,
    seen: Seen,
    hashes: Vec<u64>,
    covered: Vec<bool>,
}

/// A token's place in the text that shingles are cut from.
pub(crate) type Span = (u32, u32);

impl Repeats {
    /// `token_hashes` and `spans` speak of the tokens of the normalised text, one space between them.
    pub(crate) fn measure<'a>(
        &mut self,
        parts: impl Iterator<Item = &'a str> + Clone,
        token_hashes: &[u64],
        spans: &[Span],
        all_shingles_distinct: bool,
    ) -> Repetition {
        let lines = self.duplicates(parts.clone().flat_map(lines));
        // A repeated paragraph is made of repeated lines.
        let paragraphs = if lines == (0.0, 0.0) {
            (0.0, 0.0)
        } else {
            self.duplicates(parts.flat_map(|part| part.split("\n\n")))
        };
        let mut repetition = Repetition {
            duplicate_lines: lines.0,
            duplicate_line_bytes: lines.1,
            duplicate_paragraphs: paragraphs.0,
            duplicate_paragraph_bytes: paragraphs.1,
            ..Repetition::default()
        };
        let total = spans.last().map_or(0, |(_, end)| *end);
        self.hashes.clear();
        self.hashes.extend_from_slice(token_hashes);
        for n in 2..=10 {
            if spans.len() <= n || (n >= 5 && all_shingles_distinct) {
                break;
            }
            self.extend_ngrams(token_hashes, n);
            if n <= 4 {
                let bytes = self.top(spans, n);
                if bytes == 0 {
                    break;
                }
                repetition.top_ngrams[n - 2] = fraction(bytes.min(u64::from(total)), u64::from(total));
            } else {
                let bytes = self.covered_by_duplicates(spans, n);
                repetition.duplicate_ngrams[n - 5] = fraction(bytes, u64::from(total));
            }
        }
        repetition
    }

    /// The shares, by number and by bytes, of units equal to an earlier one; blank units do not count.
    fn duplicates<'a>(&mut self, units: impl Iterator<Item = &'a str>) -> (f32, f32) {
        self.units.clear();
        let trimmed = units.map(str::trim).filter(|unit| !unit.is_empty());
        self.units
            .extend(trimmed.map(|unit| (xxh3_64(unit.as_bytes()), unit.len() as u32)));
        if self.units.len() < 2 {
            return (0.0, 0.0);
        }
        let bytes: u64 = self.units.iter().map(|(_, bytes)| u64::from(*bytes)).sum();
        self.units.sort_unstable();
        let repeats = self.units.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        let (count, repeated) = repeats.fold((0, 0), |(n, sum), pair| (n + 1, sum + u64::from(pair[1].1)));
        (
            fraction(count, self.units.len() as u64),
            fraction(repeated, bytes),
        )
    }

    /// Turns the hashes of (n - 1)-grams into those of n-grams.
    fn extend_ngrams(&mut self, token_hashes: &[u64], n: usize) {
        self.hashes.truncate(token_hashes.len() + 1 - n);
        for (hash, next) in self.hashes.iter_mut().zip(&token_hashes[n - 1..]) {
            *hash = (hash.rotate_left(23) ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    /// Bytes in all occurrences of the n-gram that occurs most often, the longer one at a tie.
    fn top(&mut self, spans: &[Span], n: usize) -> u64 {
        self.seen.clear(self.hashes.len());
        let mut best = (1, 0);
        for (first, &hash) in self.hashes.iter().enumerate() {
            let (count, _) = self.seen.count(hash, first as u32);
            if count >= best.0 && count > 1 {
                let length = spans[first + n - 1].1 - spans[first].0;
                best = best.max((count, length));
            }
        }
        u64::from(best.0) * u64::from(best.1)
    }

    /// Bytes inside n-grams that occur more than once.
    fn covered_by_duplicates(&mut self, spans: &[Span], n: usize) -> u64 {
        self.seen.clear(self.hashes.len());
        self.covered.clear();
        self.covered.resize(spans.len(), false);
        for (first, &hash) in self.hashes.iter().enumerate() {
            let (count, earliest) = self.seen.count(hash, first as u32);
            if count > 1 {
                self.covered[first..first + n].fill(true);
                if count == 2 {
                    self.covered[earliest as usize..earliest as usize + n].fill(true);
                }
            }
        }
        let covered = spans.iter().zip(&self.covered).filter(|(_, covered)| **covered);
        // The space behind a covered token counts with it, as in the whole text's length.
        let bytes: u64 = covered.map(|((start, end), _)| u64::from(end - start) + 1).sum();
        bytes.min(spans.last().map_or(0, |(_, end)| u64::from(*end)))
    }
}

fn lines(part: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr2_iter(b'\n', b'\r', part.as_bytes()).chain([part.len()]);
    ends.scan(0, |start, end| {
        Some(&part[std::mem::replace(start, end + 1)..end])
    })
}

fn fraction(part: u64, whole: u64) -> f32 {
    if whole == 0 {
        0.0
    } else {
        (part as f64 / whole as f64) as f32
    }
}
