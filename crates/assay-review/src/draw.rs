//! Which samples does a seed draw, the same on every machine and in whatever order they were found?

use std::collections::{BTreeMap, BTreeSet, HashMap};

use assay_ledger::Strata;
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
    /// Where groups were drawn from each by itself.
    pub strata: Option<Strata>,
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
        strata: None,
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
        strata: None,
    }
}

/// Draws clusters as the seed does, each with all its samples side by side, until `size` are together; the last may be cut.
///
/// A sample without a cluster stands for itself. Clusters are known by the least digest among their candidates.
pub fn by_cluster(candidates: Vec<(Digest, Option<u64>)>, size: u64, seed: u64) -> Draw {
    let mut together: BTreeMap<u64, BTreeSet<Digest>> = BTreeMap::new();
    let mut clusters: Vec<BTreeSet<Digest>> = Vec::new();
    let mut seen = BTreeSet::new();
    for (digest, cluster) in candidates {
        if !seen.insert(digest) {
            continue;
        }
        match cluster {
            Some(cluster) => {
                together.entry(cluster).or_default().insert(digest);
            }
            None => clusters.push(BTreeSet::from([digest])),
        }
    }
    clusters.extend(together.into_values());
    let by_first: HashMap<Digest, BTreeSet<Digest>> = clusters
        .into_iter()
        .filter_map(|cluster| Some((*cluster.first()?, cluster)))
        .collect();
    let order = draw(by_first.keys().copied().collect(), u64::MAX, seed);
    let items = order.items.iter().flat_map(|first| &by_first[first]).copied();
    Draw {
        items: items.take(usize::try_from(size).unwrap_or(usize::MAX)).collect(),
        population: seen.len() as u64,
        strata: None,
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
    fn clusters_stay_together_in_an_order_that_the_seed_draws() {
        let digest = |byte: u8| Digest([byte; 32]);
        let candidates = vec![
            (digest(9), Some(4)),
            (digest(1), None),
            (digest(2), Some(4)),
            (digest(5), None),
            (digest(2), Some(4)),
        ];
        let drawn = by_cluster(candidates.clone(), 10, 3);
        assert_eq!((drawn.population, drawn.items.len()), (4, 4));
        let place = |byte: u8| drawn.items.iter().position(|item| *item == digest(byte)).unwrap();
        assert_eq!(place(9), place(2) + 1, "one behind the other: {:?}", drawn.items);
        let backward: Vec<_> = candidates.into_iter().rev().collect();
        assert_eq!(by_cluster(backward, 10, 3), drawn);
        assert_eq!(
            by_cluster(vec![(digest(1), Some(1)), (digest(2), Some(1))], 1, 0)
                .items
                .len(),
            1
        );
    }

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
