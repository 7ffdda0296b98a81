//! How is a draw shared out over the groups of a slice, and what may still be claimed of the whole?
//!
//! Each group is drawn from by itself, at random without replacement; the queue's order mixes them, also at random, so that
//! the answers given so far are a random draw within each group at every look. Shares: power allocation (Bankier 1988).

use std::collections::BTreeMap;

use assay_ledger::{Allocation, Strata, Stratum};
use assay_model::Digest;
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;

use crate::acceptance::ln_choose;
use crate::confidence;
use crate::draw::{self, Draw};
use crate::sampling::Estimate;

/// Claims are made at 95 % confidence.
const DOUBT: f64 = 0.05;
/// Halvings by which the common bound is found: past the last bit of a float.
const BISECTIONS: u32 = 60;

/// Draws from each group by itself and mixes what was drawn.
///
/// A sample that is in several groups belongs to the first of them by value.
pub fn draw(
    by: &str,
    groups: BTreeMap<String, Vec<Digest>>,
    size: u64,
    seed: u64,
    allocation: Allocation,
) -> Draw {
    let groups = apart(groups);
    let populations: Vec<u64> = groups.values().map(|group| group.len() as u64).collect();
    let shares = allocate(&populations, size, allocation);
    let strata = Strata {
        by: by.to_owned(),
        allocation,
        groups: groups
            .iter()
            .zip(&shares)
            .map(|((value, group), drawn)| Stratum {
                value: value.clone(),
                population: group.len() as u64,
                drawn: *drawn,
            })
            .collect(),
    };
    let mut drawn: Vec<_> = groups
        .into_iter()
        .zip(&shares)
        .map(|((value, group), share)| draw::draw(group, *share, seed_of(seed, &value)).items.into_iter())
        .collect();
    let items = pattern(&strata, seed)
        .into_iter()
        .filter_map(|group| drawn[group].next())
        .collect();
    Draw {
        items,
        population: populations.iter().sum(),
        strata: Some(strata),
    }
}

/// Each sample in one group only; groups that are empty then are left out.
fn apart(groups: BTreeMap<String, Vec<Digest>>) -> BTreeMap<String, Vec<Digest>> {
    let mut owner: BTreeMap<Digest, String> = BTreeMap::new();
    for (value, group) in groups {
        for digest in group {
            owner.entry(digest).or_insert_with(|| value.clone());
        }
    }
    let mut apart: BTreeMap<String, Vec<Digest>> = BTreeMap::new();
    for (digest, value) in owner {
        apart.entry(value).or_default().push(digest);
    }
    apart
}

/// How many are drawn from each group: in proportion to its size to the allocation's power, at least one and at most all,
/// by largest remainders.
pub fn allocate(populations: &[u64], size: u64, allocation: Allocation) -> Vec<u64> {
    let size = size.min(populations.iter().sum());
    let power = match allocation {
        Allocation::Proportional => 1.0,
        Allocation::Equal => 0.0,
        Allocation::TailWeighted => 0.5,
    };
    let weights: Vec<f64> = populations
        .iter()
        .map(|population| (*population as f64).powf(power))
        .collect();
    let mut shares = vec![0_u64; populations.len()];
    let mut left = size;
    // One from each first, the largest groups first where there are not enough.
    let mut by_size: Vec<usize> = (0..populations.len()).collect();
    by_size.sort_by_key(|group| std::cmp::Reverse(populations[*group]));
    for group in by_size {
        if left > 0 && populations[group] > 0 {
            (shares[group], left) = (1, left - 1);
        }
    }
    while left > 0 {
        let next = (0..populations.len())
            .filter(|group| shares[*group] < populations[*group])
            .max_by(|a, b| {
                let want = |group: usize| weights[group] / (shares[group] as f64 + 0.5);
                want(*a).total_cmp(&want(*b)).then(b.cmp(a))
            });
        let Some(next) = next else { break };
        (shares[next], left) = (shares[next] + 1, left - 1);
    }
    shares
}

/// Which group each place of the queue was drawn from: as many as were drawn from each, shuffled by the seed.
fn pattern(strata: &Strata, seed: u64) -> Vec<usize> {
    let mut places: Vec<usize> = strata
        .groups
        .iter()
        .enumerate()
        .flat_map(|(group, stratum)| std::iter::repeat_n(group, stratum.drawn as usize))
        .collect();
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    for last in (1..places.len()).rev() {
        places.swap(last, draw::below(&mut random, last as u64 + 1) as usize);
    }
    places
}

fn seed_of(seed: u64, value: &str) -> u64 {
    let digest = Digest::of(&[&seed.to_be_bytes(), value.as_bytes()].concat());
    u64::from_be_bytes(digest.0[..8].try_into().expect("a digest has 32 bytes"))
}

/// The share of the whole slice that would be excluded, after the answers from the queue's start (`true` where excluded).
///
/// The interval adds up the groups' confidence sequences, each with its part of the doubt (union bound), so it holds at every
/// look whatever the allocation; a group of which nothing was read yet may be all or nothing. The value weighs each group by
/// its size, over those of which something was read.
pub fn estimate(strata: &Strata, seed: u64, answered: &[bool]) -> Option<Estimate> {
    if answered.is_empty() {
        return None;
    }
    let mut draws: Vec<Vec<bool>> = vec![Vec::new(); strata.groups.len()];
    for (group, excluded) in pattern(strata, seed).into_iter().zip(answered) {
        draws[group].push(*excluded);
    }
    let whole: u64 = strata.groups.iter().map(|stratum| stratum.population).sum();
    let doubt = DOUBT / strata.groups.len() as f64;
    let (mut low, mut high, mut value, mut read) = (0.0, 0.0, 0.0, 0.0);
    for (stratum, draws) in strata.groups.iter().zip(&draws) {
        let weight = stratum.population as f64 / whole as f64;
        match confidence::sequence_at(stratum.population, draws, doubt) {
            None => high += weight,
            Some(of) => {
                low += weight * of.low;
                high += weight * of.high;
                value += weight * of.value;
                read += weight;
            }
        }
    }
    Some(Estimate {
        low,
        value: value / read,
        high,
    })
}

/// The least share of the whole that the draw shows not to be reached if none is defective, at 95 %, wherever the defective
/// ones may lie: they are laid where the draw is least likely to meet one. Exact hypergeometric probabilities.
pub fn supported_limit(groups: &[Stratum]) -> f64 {
    let whole: u64 = groups.iter().map(|stratum| stratum.population).sum();
    let (mut low, mut high) = (1, whole);
    if whole == 0 || log_missed(groups, whole) > DOUBT.ln() {
        return 1.0;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        match log_missed(groups, middle) <= DOUBT.ln() {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    low as f64 / whole as f64
}

/// The log of the greatest chance that the draw meets none of `defective` samples.
///
/// One more in a group of N with n drawn and d laid there already multiplies the chance by 1 - n / (N - d): concave, so the
/// best way lays them wherever that factor's n / (N - d) is lowest, which is below one common bound in every group.
fn log_missed(groups: &[Stratum], defective: u64) -> f64 {
    let room = |stratum: &Stratum| stratum.population - stratum.drawn;
    if groups.iter().map(room).sum::<u64>() < defective {
        return f64::NEG_INFINITY;
    }
    let below = |bound: f64| -> Vec<u64> {
        let laid = |stratum: &Stratum| match stratum.drawn {
            0 => stratum.population as f64,
            drawn => (stratum.population as f64 - drawn as f64 / bound).floor() + 1.0,
        };
        let within = |stratum: &Stratum| (laid(stratum).max(0.0) as u64).min(room(stratum));
        groups.iter().map(within).collect()
    };
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..BISECTIONS {
        let middle = low + (high - low) / 2.0;
        match below(middle).iter().sum::<u64>() <= defective {
            true => low = middle,
            false => high = middle,
        }
    }
    let mut laid = if low > 0.0 {
        below(low)
    } else {
        free(groups, defective)
    };
    // What is left lies at the bound itself.
    for _ in laid.iter().sum::<u64>()..defective {
        let factor =
            |group: usize| groups[group].drawn as f64 / (groups[group].population - laid[group]) as f64;
        let next = (0..groups.len())
            .filter(|group| laid[*group] < room(&groups[*group]))
            .min_by(|a, b| factor(*a).total_cmp(&factor(*b)));
        let Some(next) = next else { break };
        laid[next] += 1;
    }
    groups
        .iter()
        .zip(&laid)
        .map(|(stratum, laid)| {
            let (all, drawn) = (stratum.population as f64, stratum.drawn as f64);
            ln_choose(all - *laid as f64, drawn) - ln_choose(all, drawn)
        })
        .sum()
}

/// Laid in groups of which nothing was drawn, as far as they have room.
fn free(groups: &[Stratum], defective: u64) -> Vec<u64> {
    let mut left = defective;
    let laid = groups.iter().map(|stratum| match stratum.drawn {
        0 => {
            let here = stratum.population.min(left);
            left -= here;
            here
        }
        _ => 0,
    });
    laid.collect()
}

/// The least size that supports "less than `limit` is defective" if none is, when it is shared out like this.
pub fn price(populations: &[u64], limit: f64, allocation: Allocation) -> Option<u64> {
    let whole: u64 = populations.iter().sum();
    let supports = |size: u64| {
        let groups: Vec<Stratum> = populations
            .iter()
            .zip(allocate(populations, size, allocation))
            .map(|(population, drawn)| Stratum {
                value: String::new(),
                population: *population,
                drawn,
            })
            .collect();
        supported_limit(&groups) <= limit
    };
    if whole == 0 || !supports(whole) {
        return None;
    }
    let (mut low, mut high) = (1, whole);
    while low < high {
        let middle = low + (high - low) / 2;
        match supports(middle) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling;
    use proptest::prelude::*;

    fn group(byte: u8, count: u64) -> Vec<Digest> {
        (0..count)
            .map(|number| Digest::of(&[&[byte], number.to_be_bytes().as_slice()].concat()))
            .collect()
    }

    fn stratum(population: u64, drawn: u64) -> Stratum {
        Stratum {
            value: String::new(),
            population,
            drawn,
        }
    }

    #[test]
    fn one_stratum_supports_what_a_plain_draw_does() {
        for (population, drawn) in [(400, 59), (5_000, 299), (100_000, 299), (60, 60)] {
            let alone = supported_limit(&[stratum(population, drawn)]);
            assert_eq!(
                alone,
                sampling::supported_limit(population, drawn),
                "{population} {drawn}"
            );
        }
    }

    #[test]
    fn allocations_follow_their_power() {
        let populations = [31_870, 5_206, 7_242];
        assert_eq!(
            allocate(&populations, 297, Allocation::Proportional),
            [213, 35, 49],
            "as the design's example has it"
        );
        assert_eq!(allocate(&populations, 297, Allocation::Equal), [99, 99, 99]);
        let tail = allocate(&populations, 297, Allocation::TailWeighted);
        assert!(tail[1] > 35 && tail[1] < 99, "{tail:?}");
        assert_eq!(
            allocate(&[3, 1_000], 100, Allocation::Equal),
            [3, 97],
            "no more than there are"
        );
        assert_eq!(allocate(&[5, 9, 7], 2, Allocation::Equal).iter().sum::<u64>(), 2);
    }

    #[test]
    fn a_group_that_is_hardly_read_limits_the_claim() {
        let even = supported_limit(&[stratum(5_000, 150), stratum(5_000, 150)]);
        let skewed = supported_limit(&[stratum(5_000, 299), stratum(5_000, 1)]);
        assert!(skewed > 0.3 && even < 0.011, "{even} {skewed}");
    }

    #[test]
    fn a_seed_draws_the_same_and_groups_are_mixed() {
        let groups = || BTreeMap::from([("ar".to_owned(), group(1, 50)), ("en".to_owned(), group(2, 500))]);
        let one = draw("language", groups(), 40, 7, Allocation::Equal);
        let strata = one.strata.clone().unwrap();
        assert_eq!(draw("language", groups(), 40, 7, Allocation::Equal), one);
        assert_eq!(
            strata.groups.iter().map(|s| s.drawn).collect::<Vec<_>>(),
            [20, 20]
        );
        let arabic: std::collections::BTreeSet<Digest> = group(1, 50).into_iter().collect();
        let first = one
            .items
            .iter()
            .take(20)
            .filter(|item| arabic.contains(item))
            .count();
        assert!(
            (3..=17).contains(&first),
            "mixed, not one after the other: {first}"
        );
        let of_pattern = pattern(&strata, 7);
        for (place, item) in of_pattern.iter().zip(&one.items) {
            assert_eq!(
                arabic.contains(item),
                *place == 0,
                "the pattern says each place's group"
            );
        }
    }

    #[test]
    fn intervals_of_strata_hold_at_every_look() {
        // 10 % and 40 % defective; the whole 0.75 * 0.1 + 0.25 * 0.4 = 17.5 %.
        let mut missed = 0;
        for seed in 0..60 {
            let groups = BTreeMap::from([("a".to_owned(), group(1, 300)), ("b".to_owned(), group(2, 100))]);
            let bad: std::collections::BTreeSet<Digest> =
                group(1, 30).into_iter().chain(group(2, 40)).collect();
            let drawn = draw("x", groups, 200, seed, Allocation::Equal);
            let strata = drawn.strata.clone().unwrap();
            let answers: Vec<bool> = drawn.items.iter().map(|item| bad.contains(item)).collect();
            let holds = (1..=answers.len()).all(|read| {
                let of = estimate(&strata, seed, &answers[..read]).unwrap();
                of.low <= 0.175 && 0.175 <= of.high
            });
            missed += u32::from(!holds);
        }
        assert!(missed <= 3, "{missed} of 60 intervals missed at some look");
    }

    proptest! {
        #[test]
        fn shares_add_up_and_never_exceed_their_group(
            populations in prop::collection::vec(0_u64..200, 1..6), size in 0_u64..400, which in 0_usize..3
        ) {
            let shares = allocate(&populations, size, Allocation::ALL[which]);
            prop_assert!(shares.iter().zip(&populations).all(|(share, population)| share <= population));
            prop_assert_eq!(shares.iter().sum::<u64>(), size.min(populations.iter().sum()));
        }

        #[test]
        fn no_way_to_lay_the_defective_ones_is_missed_more_often(
            a in 5_u64..25, b in 5_u64..25, drawn_a in 1_u64..20, drawn_b in 1_u64..20
        ) {
            let groups = [stratum(a, drawn_a.min(a)), stratum(b, drawn_b.min(b))];
            let limit = supported_limit(&groups);
            let miss = |stratum: &Stratum, bad: u64| crate::acceptance::at_most(stratum.population, bad, stratum.drawn, 0);
            let worst = |bad: u64| (bad.saturating_sub(b)..=bad.min(a))
                .map(|in_a| miss(&groups[0], in_a) * miss(&groups[1], bad - in_a))
                .fold(0.0_f64, f64::max);
            let bad = (limit * (a + b) as f64).round() as u64;
            prop_assert!(worst(bad) <= DOUBT + 1e-9);
            prop_assert!(bad == 1 || worst(bad - 1) > DOUBT - 1e-9);
        }
    }
}
