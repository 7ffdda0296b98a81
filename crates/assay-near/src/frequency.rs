//! How common is each shingle?
//!
//! Only the lowest quarter of the hash space is counted. The prefix filter needs some order that is the same for all
//! texts, and looks at the first ninth of each set: counted shingles come first in it, rare before common, and the
//! others follow by hash. Counting every shingle would cost four times as many cache misses, which is what this costs.
//!
//! Counters are shared by shingles that fall together, so a count is at least the true one: a shingle whose
//! count is 1 surely belongs to one text alone.

use std::sync::atomic::{AtomicU8, Ordering};

use assay_model::{Fault, Task};
use rayon::prelude::*;

use crate::filter::Signature;
use crate::shingles::{SetBuffer, TextSets};

/// Counts stop here, far enough below 255 that threads cannot overflow a counter between look and step.
const MOST: u8 = 191;
/// Stands for the count of a shingle that is not counted.
const UNCOUNTED: u8 = u8::MAX;
const FEWEST_COUNTERS: u64 = 1 << 16;
const MOST_COUNTERS: u64 = 1 << 29;
/// Hashes with at least as many leading zeros are counted.
const LEADING_ZEROS: u32 = 2;
/// Texts handed to a thread at a time.
pub(crate) const BATCH: usize = 512;

/// Approximate numbers of texts that have a shingle.
pub(crate) struct Frequencies {
    counters: Vec<AtomicU8>,
    shift: u32,
}

impl Frequencies {
    /// Counts every shingle of every text, and takes each text's signature on the way.
    pub fn count(sets: &TextSets, task: &Task) -> Result<(Self, Vec<Signature>), Fault> {
        let total: u64 = (0..sets.len() as u32)
            .map(|text| u64::from(sets.size(text)))
            .sum();
        let length = (total >> LEADING_ZEROS << 1)
            .next_power_of_two()
            .clamp(FEWEST_COUNTERS, MOST_COUNTERS);
        let counters = (0..length).into_par_iter().map(|_| AtomicU8::new(0)).collect();
        let frequencies = Self {
            counters,
            shift: 64 - length.trailing_zeros(),
        };
        let mut signatures = vec![Signature::default(); sets.len()];
        signatures.par_chunks_mut(BATCH).enumerate().try_for_each(
            |(batch, signatures)| -> Result<(), Fault> {
                task.check()?;
                let mut buffer = SetBuffer::default();
                for (i, signature) in signatures.iter_mut().enumerate() {
                    let set = sets.read((batch * BATCH + i) as u32, &mut buffer)?;
                    *signature = Signature::of(set);
                    frequencies.add(set);
                }
                Ok(())
            },
        )?;
        Ok((frequencies, signatures))
    }

    fn add(&self, set: &[u64]) {
        for &hash in counted(set) {
            let counter = self.counter(hash);
            if counter.load(Ordering::Relaxed) < MOST {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    fn counter(&self, hash: u64) -> &AtomicU8 {
        &self.counters[(hash << LEADING_ZEROS >> self.shift) as usize]
    }

    fn of(&self, hash: u64) -> u8 {
        self.counter(hash).load(Ordering::Relaxed).min(MOST)
    }

    /// Whether at least `wanted` shingles of the set surely belong to it alone.
    pub fn has_alone(&self, set: &[u64], wanted: u32) -> bool {
        let mut left = wanted;
        for &hash in counted(set) {
            if left == 0 {
                break;
            }
            left -= u32::from(self.of(hash) == 1);
        }
        left == 0
    }

    /// Puts the shingles that may be shared into `shared`, in the order of the filter, and returns how many surely are
    /// not: those come before all others, and need no place in it.
    pub fn order(&self, set: &[u64], shared: &mut Vec<(u8, u64)>) -> u32 {
        shared.clear();
        let counted = counted(set);
        for &hash in counted {
            let count = self.of(hash);
            if count > 1 {
                shared.push((count, hash));
            }
        }
        shared.sort_unstable();
        shared.extend(set[counted.len()..].iter().map(|&hash| (UNCOUNTED, hash)));
        (set.len() - shared.len()) as u32
    }
}

/// The counted shingles of an ascending set.
fn counted(set: &[u64]) -> &[u64] {
    &set[..set.partition_point(|hash| hash.leading_zeros() >= LEADING_ZEROS)]
}
