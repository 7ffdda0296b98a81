//! Which words of a sample say what it is about?
//!
//! The most frequent ones that are neither function words, nor numbers, nor too short to mean anything. How rare a word
//! is elsewhere is not known here: whoever compares samples weighs the terms by it.

use crate::language::is_function_word;
use crate::repetition::Span;
use crate::uniform::UniformSort;

/// Terms kept of one sample at most.
pub const MOST_TERMS: usize = 40;
/// Bytes of the shortest ASCII word that counts. In scripts without spaces a token is one character.
const SHORTEST: usize = 3;

/// A word and how often the sample has it.
pub type Term = (u32, u8);

/// The number under which a word is a term: the upper half of its xxh3-64.
pub fn term_of(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Finds the terms of one sample after another with the same buffer.
#[derive(Default)]
pub(crate) struct Terms {
    hashes: Vec<u64>,
    sort: UniformSort,
    counted: Vec<(u64, u8)>,
}

impl Terms {
    /// The terms by number, ascending. Where there are too many, the more frequent stay; among equals the lower hash, so
    /// that samples which share words keep the same ones.
    pub fn of(&mut self, text: &[u8], spans: &[Span], hashes: &[u64]) -> Vec<Term> {
        let words = spans.iter().zip(hashes);
        let telling = words.filter(|&(&(start, end), _)| is_telling(&text[start as usize..end as usize]));
        self.hashes.clear();
        self.hashes.extend(telling.map(|(_, &hash)| hash));
        self.sort.sort(&mut self.hashes, |&hash| hash);
        self.counted.clear();
        let runs = self.hashes.chunk_by(|a, b| a == b);
        self.counted
            .extend(runs.map(|run| (run[0], u8::try_from(run.len()).unwrap_or(u8::MAX))));
        if self.counted.len() > MOST_TERMS {
            self.counted
                .select_nth_unstable_by_key(MOST_TERMS - 1, |&(hash, count)| {
                    (std::cmp::Reverse(count), hash)
                });
            self.counted.truncate(MOST_TERMS);
            self.counted.sort_unstable();
        }
        let mut terms: Vec<Term> = self
            .counted
            .iter()
            .map(|&(hash, count)| (term_of(hash), count))
            .collect();
        // Two words of one number are one term.
        terms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        terms
    }
}

fn is_telling(word: &[u8]) -> bool {
    let short = word.len() < SHORTEST && word.is_ascii();
    let number = || word.first().is_some_and(u8::is_ascii_digit) && word.iter().all(u8::is_ascii_digit);
    !short && !is_function_word(word) && !number()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Sketcher, tokens};
    use assay_model::{Origin, Part, SourceClass};
    use xxhash_rust::xxh3::xxh3_64;

    fn terms(text: &str) -> Vec<Term> {
        let part = Part {
            role: "document".into(),
            text: text.into(),
            origin: Origin::Unknown,
            source_class: SourceClass::Unknown,
            confidence: 1.0,
        };
        Sketcher::new().sketch(&[part]).terms
    }

    fn term(word: &str) -> u32 {
        term_of(xxh3_64(word.as_bytes()))
    }

    #[test]
    fn function_words_numbers_and_letters_are_no_terms() {
        let mut expected = vec![(term("dose"), 2), (term("warfarin"), 1)];
        expected.sort_unstable();
        assert_eq!(
            terms("The dose of warfarin, and with it a dose of 5 mg in 2024"),
            expected
        );
    }

    #[test]
    fn a_character_of_a_script_without_spaces_is_a_term() {
        assert!(terms("药物剂量").contains(&(term("药"), 1)));
    }

    #[test]
    fn the_most_frequent_words_stay_where_there_are_too_many() {
        let mut text: String = (0..200).map(|i| format!("word{i} ")).collect();
        text.push_str("often often");
        let terms = terms(&text);
        assert_eq!(terms.len(), MOST_TERMS);
        assert!(terms.contains(&(term("often"), 2)) && terms.is_sorted());
        assert_eq!(tokens(&text).count(), 202);
    }
}
