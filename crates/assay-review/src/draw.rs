//! Which samples does a seed draw, the same on every machine and in whatever order they were found?

use std::collections::HashMap;

use assay_model::Digest;
use rand::Rng as _;
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;

/// The largest seed: every JSON reader keeps whole numbers up to here.
pub const MAX_SEED: u64 = (1 << 53) - 1;

/// A random draw without replacement, in the order drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    pub items: Vec<Digest>,
    /// Distinct samples that could have been drawn.
    pub population: u64,
}

/// Draws up to `size` of the distinct candidates, each with the same chance.
///
/// Candidates are sorted by digest, then shuffled from the front (Fisher-Yates) with ChaCha20
/// seeded by `seed`, so neither their order nor repeats among them matter.
pub fn draw(mut candidates: Vec<Digest>, size: u64, seed: u64) -> Draw {
    candidates.sort_unstable();
    candidates.dedup();
    let population = candidates.len();
    let size = usize::try_from(size).unwrap_or(usize::MAX).min(population);
    let mut source = ChaCha20Rng::seed_from_u64(seed);
    for position in 0..size {
        let rest = (population - position) as u64;
        let chosen = position + below(&mut source, rest) as usize;
        candidates.swap(position, chosen);
    }
    candidates.truncate(size);
    Draw {
        items: candidates,
        population: population as u64,
    }
}

/// Takes up to `size` of the distinct candidates, the highest rank first; ties as the seed draws them.
///
/// Of a candidate that is given twice the higher rank counts.
pub fn take_first(candidates: Vec<(Digest, f64)>, size: u64, seed: u64) -> Draw {
    let mut ranks: HashMap<Digest, f64> = HashMap::new();
    for (digest, rank) in candidates {
        let known = ranks.entry(digest).or_insert(rank);
        *known = known.max(rank);
    }
    let all = draw(ranks.keys().copied().collect(), u64::MAX, seed);
    let mut items = all.items;
    items.sort_by(|a, b| ranks[b].total_cmp(&ranks[a]));
    items.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    Draw {
        items,
        population: all.population,
    }
}

/// A uniform number below `bound` (> 0), by rejection: written out here so that no library update changes a draw.
pub(crate) fn below(source: &mut ChaCha20Rng, bound: u64) -> u64 {
    let whole_runs = u64::MAX - u64::MAX % bound;
    loop {
        let number = source.next_u64();
        if number < whole_runs {
            return number % bound;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_rank_comes_first_and_ties_depend_on_the_seed_alone() {
        let digest = |byte: u8| Digest([byte; 32]);
        let ranked = vec![
            (digest(1), 0.2),
            (digest(2), 0.9),
            (digest(3), 0.2),
            (digest(1), 0.5),
            (digest(4), 0.2),
        ];
        let taken = take_first(ranked.clone(), 3, 7);
        assert_eq!((taken.population, taken.items.len()), (4, 3));
        assert_eq!(taken.items[..2], [digest(2), digest(1)]);
        let backward: Vec<_> = ranked.into_iter().rev().collect();
        assert_eq!(take_first(backward, 3, 7), taken);
    }
}
