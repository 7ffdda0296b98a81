//! Which samples make up one draw of a slice?
//!
//! Samples in an order that depends on the seed, the round and their digests alone, taken without replacement
//! until the token budget is met; the last one is cut.

use assay_sketch::{normalise, tokens};
use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::columns::Samples;

/// A sample in a draw, and how many of its tokens count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drawn {
    pub row: u32,
    pub tokens: u32,
    /// Whether all of its tokens count.
    pub whole: bool,
}

/// Draws from any slice of a snapshot.
pub(crate) struct Draws<'a> {
    samples: &'a Samples,
    seed: u64,
    /// Which copy of its digest a row is, so that copies are drawn independently.
    copy: Vec<u32>,
}

impl<'a> Draws<'a> {
    pub fn new(samples: &'a Samples, seed: u64) -> Self {
        let mut order: Vec<u32> = (0..samples.len() as u32).collect();
        order.par_sort_unstable_by_key(|&row| {
            (samples.digest[row as usize], samples.place[row as usize], row)
        });
        let mut copy = vec![0; samples.len()];
        for equal in order.chunk_by(|&a, &b| samples.digest[a as usize] == samples.digest[b as usize]) {
            for (number, &row) in equal.iter().enumerate() {
                copy[row as usize] = number as u32;
            }
        }
        Self { samples, seed, copy }
    }

    /// The order of a round, whatever is drawn from: the lower a row's number, the sooner it is drawn.
    pub fn keys(&self, round: u32) -> Vec<u64> {
        (0..self.copy.len() as u32)
            .map(|row| self.key(row, round))
            .collect()
    }

    /// The draw in the order of `keys` from `rows`, which hold `tokens` tokens.
    pub fn draw(&self, rows: &[u32], tokens: u64, budget: u64, keys: &[u64]) -> Vec<Drawn> {
        let mut share = 1.25 * budget as f64 / tokens.max(1) as f64;
        loop {
            let limit = if share >= 1.0 {
                u64::MAX
            } else {
                (share * u64::MAX as f64) as u64
            };
            let mut near: Vec<(u64, u32)> = rows
                .iter()
                .map(|&row| (keys[row as usize], row))
                .filter(|&(key, _)| key <= limit)
                .collect();
            let held: u64 = near
                .iter()
                .map(|&(_, row)| u64::from(self.samples.tokens[row as usize]))
                .sum();
            if held < budget && limit < u64::MAX {
                share *= 2.0;
                continue;
            }
            near.sort_unstable();
            return self.cut(near, budget);
        }
    }

    fn cut(&self, near: Vec<(u64, u32)>, budget: u64) -> Vec<Drawn> {
        let mut left = budget;
        let mut drawn = Vec::new();
        for (_, row) in near {
            if left == 0 {
                break;
            }
            let all = self.samples.tokens[row as usize];
            let tokens = u64::from(all).min(left) as u32;
            if tokens > 0 {
                let whole = tokens == all;
                drawn.push(Drawn { row, tokens, whole });
                left -= u64::from(tokens);
            }
        }
        drawn
    }

    fn key(&self, row: u32, round: u32) -> u64 {
        let mut bytes = [0; 40];
        bytes[..32].copy_from_slice(&self.samples.digest[row as usize].0);
        bytes[32..36].copy_from_slice(&self.copy[row as usize].to_le_bytes());
        bytes[36..].copy_from_slice(&round.to_le_bytes());
        xxh3_64_with_seed(&bytes, self.seed)
    }
}

/// A text as resampling needs it: as written for compression, as hashed words for n-grams.
pub(crate) struct Reading {
    text: Box<str>,
    words: Box<[u64]>,
}

impl Reading {
    pub fn of(text: Box<str>) -> Self {
        let normalised = normalise(&text);
        let words = tokens(&normalised).map(|word| xxh3_64(word.as_bytes())).collect();
        Self { text, words }
    }

    /// The text as far as it was drawn: up to the end of its last token that counts.
    pub fn text(&self, drawn: Drawn) -> &str {
        if drawn.whole {
            return &self.text;
        }
        match tokens(&self.text).nth(drawn.tokens as usize) {
            None => &self.text,
            Some(next) => self.text[..next.as_ptr() as usize - self.text.as_ptr() as usize].trim_end(),
        }
    }

    /// The first `count` words of the normalised text.
    pub fn words(&self, count: u32) -> &[u64] {
        &self.words[..self.words.len().min(count as usize)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_after_its_last_counted_token() {
        let reading = Reading::of("One two,  three four.".into());
        let cut = |tokens, whole| Drawn {
            row: 0,
            tokens,
            whole,
        };
        assert_eq!(reading.text(cut(2, false)), "One two,");
        assert_eq!(reading.text(cut(9, false)), "One two,  three four.");
        assert_eq!(reading.text(cut(4, true)), "One two,  three four.");
        assert_eq!(reading.words(3).len(), 3);
    }

    #[test]
    fn a_draw_meets_its_budget_and_depends_on_digests_alone() {
        let digest = |i: u32| assay_model::Digest::of(&i.to_le_bytes());
        let samples = |order: &[u32]| Samples {
            sample: order.iter().map(|&i| u64::from(i)).collect(),
            digest: order.iter().map(|&i| digest(i)).collect(),
            place: order.iter().map(|&i| u64::from(i)).collect(),
            tokens: vec![7; order.len()],
            ..Samples::default()
        };
        let drawn = |order: &[u32]| {
            let samples = samples(order);
            let rows: Vec<u32> = (0..order.len() as u32).collect();
            let draws = Draws::new(&samples, 4);
            let drawn = draws.draw(&rows, 700, 100, &draws.keys(3));
            drawn
                .iter()
                .map(|drawn| (samples.digest[drawn.row as usize], drawn.tokens))
                .collect::<Vec<_>>()
        };
        let forward: Vec<u32> = (0..100).collect();
        let backward: Vec<u32> = (0..100).rev().collect();
        assert_eq!(drawn(&forward), drawn(&backward));
        assert_eq!(drawn(&forward).iter().map(|drawn| drawn.1).sum::<u32>(), 100);
    }
}
