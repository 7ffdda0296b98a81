//! Which texts of the sample are how alike: a small brute force, written apart from the product's own join.
//!
//! It keeps unplanned texts well apart and proves what was planted, so it never needs the last digit.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// The words of a text: NFC, lower case, punctuation as space, each Han character a word.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.nfc().flat_map(char::to_lowercase) {
        let han = ('\u{3400}'..='\u{9fff}').contains(&c);
        if c.is_alphanumeric() && !han || ('\u{64b}'..='\u{652}').contains(&c) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if han {
            words.push(c.to_string());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The set of five-word runs, hashed by FNV-1a, sorted.
pub fn shingles(text: &str) -> Vec<u64> {
    let words = words(text);
    let mut hashes: Vec<u64> = words
        .windows(5)
        .map(|run| {
            run.iter()
                .fold(0xcbf2_9ce4_8422_2325, |hash, word| fnv(hash, word))
        })
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn fnv(start: u64, word: &str) -> u64 {
    word.bytes().chain([0]).fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// How alike two texts are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Likeness {
    pub jaccard: f64,
    /// Overlap over the smaller set; 0 where that has fewer than 20 runs.
    pub containment: f64,
}

impl Likeness {
    fn of(overlap: usize, a: usize, b: usize) -> Self {
        let smaller = a.min(b);
        Self {
            jaccard: overlap as f64 / (a + b - overlap) as f64,
            containment: if smaller >= 20 {
                overlap as f64 / smaller as f64
            } else {
                0.0
            },
        }
    }

    pub fn between(a: &str, b: &str) -> Self {
        let mut near = Neighbourhood::default();
        near.add(&shingles(a));
        near.likenesses(&shingles(b))
            .first()
            .map(|(_, likeness)| *likeness)
            .unwrap_or_default()
    }

    /// The definition of near-duplicates.
    pub fn is_near(self) -> bool {
        self.jaccard >= 0.8 || self.containment >= 0.9
    }

    /// Too close to the definition's limits to be trusted to a brute force of another make.
    pub fn is_doubtful(self) -> bool {
        (0.74..0.83).contains(&self.jaccard) && self.containment < 0.93
            || (0.84..0.93).contains(&self.containment) && self.jaccard < 0.83
    }
}

/// Texts that can be asked for their neighbours.
#[derive(Default)]
pub struct Neighbourhood {
    texts_by_run: HashMap<u64, Vec<usize>>,
    sizes: Vec<usize>,
}

impl Neighbourhood {
    /// Every earlier text that shares a run with this one.
    pub fn likenesses(&self, runs: &[u64]) -> Vec<(usize, Likeness)> {
        let mut overlaps: HashMap<usize, usize> = HashMap::new();
        for run in runs {
            for text in self.texts_by_run.get(run).into_iter().flatten() {
                *overlaps.entry(*text).or_default() += 1;
            }
        }
        let mut found: Vec<(usize, Likeness)> = overlaps
            .into_iter()
            .map(|(text, overlap)| (text, Likeness::of(overlap, runs.len(), self.sizes[text])))
            .collect();
        found.sort_unstable_by_key(|(text, _)| *text);
        found
    }

    pub fn add(&mut self, runs: &[u64]) {
        for run in runs {
            self.texts_by_run.entry(*run).or_default().push(self.sizes.len());
        }
        self.sizes.push(runs.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_are_words_and_punctuation_is_not() {
        assert_eq!(words("Don’t ask,押金！"), ["don", "t", "ask", "押", "金"]);
    }

    #[test]
    fn one_changed_word_of_eleven_leaves_two_of_twelve_runs() {
        let mut near = Neighbourhood::default();
        near.add(&shingles("a b c d e f g h i j k"));
        let (_, likeness) = near.likenesses(&shingles("a b c d e x g h i j k"))[0];
        assert!((likeness.jaccard - 2.0 / 12.0).abs() < 1e-9);
    }
}
