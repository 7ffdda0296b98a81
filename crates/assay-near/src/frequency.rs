//! How common is each shingle?
//!
//! Counters are shared by shingles that fall together, so a count is at least the true one: a shingle whose
//! count is 1 surely belongs to one text alone. Rare before common is the global order of the prefix filter.

use std::sync::atomic::{AtomicU8, Ordering};

use assay_model::{Fault, Task};
use rayon::prelude::*;

use crate::filter::Signature;
use crate::shingles::{SetBuffer, TextSets};

/// Counts stop here, far enough below 255 that threads cannot overflow a counter between look and step.
const MOST: u8 = 191;
const FEWEST_COUNTERS: u64 = 1 << 16;
const MOST_COUNTERS: u64 = 1 << 28;
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
        let length = (total * 2)
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
        for hash in set {
            let counter = &self.counters[(hash >> self.shift) as usize];
            if counter.load(Ordering::Relaxed) < MOST {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Puts the shingles that may be shared into `shared`, rarest first, and returns how many surely are not:
    /// those come before all others in the order, and need no place in it.
    pub fn order(&self, set: &[u64], shared: &mut Vec<(u8, u64)>) -> u32 {
        shared.clear();
        for &hash in set {
            let count = self.counters[(hash >> self.shift) as usize]
                .load(Ordering::Relaxed)
                .min(MOST);
            if count > 1 {
                shared.push((count, hash));
            }
        }
        shared.sort_unstable();
        (set.len() - shared.len()) as u32
    }
}
