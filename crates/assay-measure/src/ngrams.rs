//! How often does each run of words occur in a draw, and in how many of its texts?
//!
//! Words and runs are hashes. Runs do not cross from one text to the next.

use assay_sketch::UniformSort;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::composition::rate;

/// Runs and openings that count as the commonest.
const COMMONEST: usize = 100;
/// Words of a sample's opening.
const OPENING: usize = 3;

/// Distinct n-grams over n-grams (Li et al. 2016).
pub(crate) fn distinct(texts: &[&[u64]], n: usize) -> f64 {
    let mut runs: Vec<u64> = Vec::with_capacity(runs_of(texts, n));
    runs.extend(texts.iter().flat_map(|words| ngrams(words, n)));
    UniformSort::default().sort(&mut runs, |&run| run);
    let distinct = runs.chunk_by(|a, b| a == b).count();
    rate(distinct as u64, runs.len() as u64)
}

/// The share of all texts' openings that the commonest account for.
pub(crate) fn commonest_openings(texts: &[&[u64]]) -> f64 {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for opening in texts.iter().filter_map(|words| ngrams(words, OPENING).next()) {
        *counts.entry(opening).or_default() += 1;
    }
    commonest(counts.into_values())
}

/// Runs of four words, each with its occurrences.
pub(crate) struct Fours {
    /// Of each distinct run.
    occurrences: Vec<u32>,
    /// For each text, the other texts that have each of its distinct runs, summed.
    elsewhere: Vec<u64>,
}

impl Fours {
    pub fn of(texts: &[&[u64]]) -> Self {
        let mut runs: Vec<(u64, u32)> = Vec::with_capacity(runs_of(texts, 4));
        for (words, text) in texts.iter().zip(0..) {
            runs.extend(ngrams(words, 4).map(|run| (run, text)));
        }
        UniformSort::default().sort(&mut runs, |&(run, _)| run);
        let mut fours = Self {
            occurrences: Vec::new(),
            elsewhere: vec![0; texts.len()],
        };
        for equal in runs.chunk_by(|a, b| a.0 == b.0) {
            fours.occurrences.push(equal.len() as u32);
            let in_texts = || equal.chunk_by(|a, b| a.1 == b.1);
            let others = in_texts().count() as u64 - 1;
            if others > 0 {
                in_texts().for_each(|met| fours.elsewhere[met[0].1 as usize] += others);
            }
        }
        fours
    }

    /// Distinct runs over runs.
    pub fn distinct(&self) -> f64 {
        let all = self.occurrences.iter().map(|&count| u64::from(count)).sum();
        rate(self.occurrences.len() as u64, all)
    }

    /// The share of all runs that the commonest account for.
    pub fn commonest(&self) -> f64 {
        commonest(self.occurrences.iter().copied())
    }

    /// Mean over texts of ln(1 + occurrences of its distinct 4-grams in other texts), each other text once
    /// (Salkar et al. 2022, as Shaib et al. 2024 compute it).
    pub fn self_repetition(&self) -> f64 {
        if self.elsewhere.is_empty() {
            return 0.0;
        }
        let sum: f64 = self.elsewhere.iter().map(|&others| (others as f64).ln_1p()).sum();
        sum / self.elsewhere.len() as f64
    }
}

/// How fast new words come.
pub(crate) struct VocabularyGrowth {
    /// Words read and distinct words among them, from 10 on and each a tenth further.
    pub points: Vec<(u64, u64)>,
    words: u64,
    distinct: u64,
}

impl VocabularyGrowth {
    pub fn of(texts: &[&[u64]]) -> Self {
        let mut seen = FxHashSet::default();
        let (mut words, mut next) = (0_u64, 10_u64);
        let mut points = Vec::new();
        for word in texts.iter().copied().flatten() {
            seen.insert(*word);
            words += 1;
            if words == next {
                points.push((words, seen.len() as u64));
                next += (next / 10).max(1);
            }
        }
        Self {
            points,
            words,
            distinct: seen.len() as u64,
        }
    }

    /// Distinct words over words.
    pub fn distinct(&self) -> f64 {
        rate(self.distinct, self.words)
    }
}

/// Hashes of the runs of `n` words.
fn ngrams(words: &[u64], n: usize) -> impl Iterator<Item = u64> + '_ {
    words.windows(n).map(|run| {
        run.iter().fold(0, |hash: u64, word| {
            (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    })
}

fn runs_of(texts: &[&[u64]], n: usize) -> usize {
    texts
        .iter()
        .map(|words| (words.len() + 1).saturating_sub(n))
        .sum()
}

/// The share of all occurrences that the commonest account for.
fn commonest(counts: impl Iterator<Item = u32>) -> f64 {
    let mut counts: Vec<u32> = counts.collect();
    let all = counts.iter().map(|&count| u64::from(count)).sum();
    if counts.len() > COMMONEST {
        counts.select_nth_unstable_by(COMMONEST, |a, b| b.cmp(a));
        counts.truncate(COMMONEST);
    }
    rate(counts.iter().map(|&count| u64::from(count)).sum(), all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinct_counts_runs_inside_texts_only() {
        assert_eq!(distinct(&[&[1, 2, 1, 2], &[1, 2]], 1), 2.0 / 6.0);
        assert_eq!(distinct(&[&[1, 2, 1, 2], &[1, 2]], 2), 2.0 / 4.0);
        assert_eq!(distinct(&[], 3), 0.0);
    }

    #[test]
    fn self_repetition_is_nothing_for_texts_that_share_nothing() {
        let self_repetition = |texts: &[&[u64]]| Fours::of(texts).self_repetition();
        assert_eq!(self_repetition(&[&[1, 2, 3, 4, 1, 2, 3, 4], &[5, 6, 7, 8]]), 0.0);
        let shared = self_repetition(&[&[1, 2, 3, 4, 5], &[1, 2, 3, 4, 5], &[9, 9, 9, 9]]);
        assert!(
            (shared - 2.0 * 3_f64.ln() / 3.0).abs() < 1e-12,
            "two of three texts have two 4-grams elsewhere"
        );
    }

    #[test]
    fn the_commonest_runs_are_a_share_of_all() {
        let texts: [&[u64]; 2] = [&[1, 1, 1, 1, 1], &[2, 3, 4, 5]];
        let fours = Fours::of(&texts);
        assert_eq!((fours.distinct(), fours.commonest()), (2.0 / 3.0, 1.0));
        assert_eq!(commonest((0..200).map(|_| 1)), 0.5);
    }

    #[test]
    fn the_vocabulary_is_read_at_growing_distances() {
        let words: Vec<u64> = (0..1000).map(|i| i % 500).collect();
        let growth = VocabularyGrowth::of(&[&words]);
        assert_eq!(growth.points[0], (10, 10));
        assert!(
            growth
                .points
                .iter()
                .all(|&(read, distinct)| distinct == read.min(500))
        );
        assert_eq!(growth.distinct(), 0.5);
    }
}
