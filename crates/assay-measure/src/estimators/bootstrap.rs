//! How far would the figures move if other observations had been drawn?
//!
//! The bootstrap of Chao et al. (2014, Ecological Monographs 84, appendix G), as iNEXT does it: plain resampling of what was
//! seen loses classes and finds none, so the classes estimated to be unseen are given the coverage deficit first, and
//! the seen ones give it up where they are rare. Intervals are estimate ± 1.96 standard deviations of the replicates.
//!
//! Everything is computed from the frequencies of frequencies: a million words cost no more than their few thousand
//! different counts.

use assay_model::report::Intervals;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Frequencies;
use super::coverage::{chao_jost, unseen_classes};
use super::diversity::{evenness, hill};

/// Replicates of every interval.
pub const REPLICATES: u32 = 200;
/// 95 % point of the standard normal distribution, two-sided.
const Z: f64 = 1.959_963_984_540_054;
/// Up to this many classes each replicate is an exact multinomial draw; beyond, classes are drawn apart from each other.
const MOST_EXACT: u64 = 4_000;
/// From this mean on counts are drawn from the normal distribution.
const NORMAL_FROM: f64 = 40.0;
const METHOD: &str = "bootstrap over observations with unseen classes added (Chao et al. 2014)";

/// 95 % intervals of Hill numbers, evenness and coverage. `None` without observations.
pub fn intervals(of: &Frequencies, seed: u64) -> Option<Intervals> {
    if of.observations == 0 {
        return None;
    }
    let groups = assemblage(of);
    let drawn: Vec<Figures> = (0..REPLICATES)
        .into_par_iter()
        .map(|replicate| {
            let mut random = ChaCha8Rng::seed_from_u64(seed.wrapping_add(u64::from(replicate)));
            Figures::of(&replicate_of(&groups, of.observations, &mut random))
        })
        .collect();
    let around = |estimate: f64, figure: &dyn Fn(&Figures) -> Option<f64>, least: f64, most: f64| {
        let reach = Z * deviation(&drawn.iter().filter_map(figure).collect::<Vec<_>>());
        [(estimate - reach).max(least), (estimate + reach).min(most)]
    };
    let hill = hill(of);
    Some(Intervals {
        hill: [0, 1, 2].map(|order| {
            around(
                hill[order],
                &|figures| Some(figures.hill[order]),
                1.0,
                of.observations as f64,
            )
        }),
        evenness: evenness(of).map(|even| around(even, &|figures| figures.evenness, 0.0, 1.0)),
        chao_jost: chao_jost(of).map(|coverage| around(coverage, &|figures| figures.chao_jost, 0.0, 1.0)),
        replicates: REPLICATES,
        method: METHOD.to_owned(),
    })
}

struct Figures {
    hill: [f64; 3],
    evenness: Option<f64>,
    chao_jost: Option<f64>,
}

impl Figures {
    fn of(drawn: &Frequencies) -> Self {
        Self {
            hill: hill(drawn),
            evenness: evenness(drawn),
            chao_jost: chao_jost(drawn),
        }
    }
}

/// Standard deviation with n - 1; 0 for fewer than two values.
fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    if values.len() < 2 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// Classes of one probability, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Group {
    probability: f64,
    classes: u64,
}

/// The population that the observations speak for: probabilities sum to 1.
fn assemblage(of: &Frequencies) -> Vec<Group> {
    let n = of.observations as f64;
    let unseen = unseen_classes(of).ceil();
    let deficit = 1.0 - chao_jost(of).unwrap_or(1.0);
    let given_up = |count: u64| (1.0 - count as f64 / n).powf(n);
    let all: f64 = of
        .of_frequencies
        .iter()
        .map(|&(count, classes)| classes as f64 * count as f64 / n * given_up(count))
        .sum();
    let weight = if unseen > 0.0 && all > 0.0 {
        deficit / all
    } else {
        0.0
    };
    let mut groups: Vec<Group> = of
        .of_frequencies
        .iter()
        .map(|&(count, classes)| Group {
            probability: count as f64 / n * (1.0 - weight * given_up(count)),
            classes,
        })
        .collect();
    if weight > 0.0 {
        groups.push(Group {
            probability: deficit / unseen,
            classes: unseen as u64,
        });
    }
    groups
}

fn replicate_of(groups: &[Group], observations: u64, random: &mut ChaCha8Rng) -> Frequencies {
    let classes: u64 = groups.iter().map(|group| group.classes).sum();
    let mut counts = FxHashMap::default();
    if classes <= MOST_EXACT {
        multinomial(groups, observations, random, &mut counts);
    } else {
        for group in groups {
            apart(group, observations, random, &mut counts);
        }
    }
    counts.remove(&0);
    let mut of_frequencies: Vec<(u64, u64)> = counts.into_iter().collect();
    of_frequencies.sort_unstable();
    Frequencies::of_frequencies(of_frequencies)
}

/// Each class a binomial share of what the ones before left over.
fn multinomial(
    groups: &[Group],
    observations: u64,
    random: &mut ChaCha8Rng,
    counts: &mut FxHashMap<u64, u64>,
) {
    let (mut left, mut probability_left) = (observations, 1.0_f64);
    for group in groups {
        for _ in 0..group.classes {
            let share = (group.probability / probability_left).clamp(0.0, 1.0);
            let drawn = binomial(left, share, random);
            *counts.entry(drawn).or_default() += 1;
            left -= drawn;
            probability_left -= group.probability;
        }
    }
    // What rounding of the probabilities left over belongs to a class; which one changes nothing that is measured here.
    if left > 0 {
        *counts.entry(left).or_default() += 1;
    }
}

/// The classes of a group each by a Poisson distribution: how many are drawn 0, 1, 2, … times.
fn apart(group: &Group, observations: u64, random: &mut ChaCha8Rng, counts: &mut FxHashMap<u64, u64>) {
    let mean = group.probability * observations as f64;
    if group.classes < 8 || mean >= NORMAL_FROM {
        for _ in 0..group.classes {
            *counts.entry(poisson(mean, random)).or_default() += 1;
        }
        return;
    }
    let (mut left, mut count, mut chance, mut chance_left) = (group.classes, 0_u64, (-mean).exp(), 1.0_f64);
    while left > 0 && chance_left > 1e-12 {
        let drawn = binomial(left, (chance / chance_left).clamp(0.0, 1.0), random);
        if drawn > 0 {
            *counts.entry(count).or_default() += drawn;
        }
        left -= drawn;
        chance_left -= chance;
        count += 1;
        chance *= mean / count as f64;
    }
    if left > 0 {
        *counts.entry(count).or_default() += left;
    }
}

/// From 0 up to 1, in steps of 2^-53: written out here so that no library update changes an interval.
pub(crate) fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// By inversion, or for many expected successes by the normal approximation.
fn binomial(trials: u64, chance: f64, random: &mut ChaCha8Rng) -> u64 {
    if chance > 0.5 {
        return trials - binomial(trials, 1.0 - chance, random);
    }
    let n = trials as f64;
    let mean = n * chance;
    if mean >= NORMAL_FROM {
        return rounded(mean, mean * (1.0 - chance), random).min(trials);
    }
    let odds = chance / (1.0 - chance);
    let mut term = (1.0 - chance).powf(n);
    let mut uniform = uniform(random);
    let mut drawn = 0;
    while uniform > term && drawn < trials {
        uniform -= term;
        drawn += 1;
        term *= odds * (n - drawn as f64 + 1.0) / drawn as f64;
    }
    drawn
}

/// By inversion, or for large means by the normal approximation.
fn poisson(mean: f64, random: &mut ChaCha8Rng) -> u64 {
    if mean >= NORMAL_FROM {
        return rounded(mean, mean, random);
    }
    let mut term = (-mean).exp();
    let mut uniform = uniform(random);
    let mut drawn = 0;
    while uniform > term && drawn < 1_000 {
        uniform -= term;
        drawn += 1;
        term *= mean / drawn as f64;
    }
    drawn
}

/// A normal value by Box and Muller (1958), rounded, never below 0.
fn rounded(mean: f64, variance: f64, random: &mut ChaCha8Rng) -> u64 {
    let (a, b) = (1.0 - uniform(random), uniform(random));
    let normal = (-2.0 * a.ln()).sqrt() * (2.0 * std::f64::consts::PI * b).cos();
    (mean + variance.sqrt() * normal).round().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimators::coverage::{chao1, chao1_interval};
    use proptest::prelude::*;

    /// Spiders of the Hemlock Removal Experiment (Ellison et al. 2010; Sackett et al. 2011), the example data of iNEXT.
    fn spiders() -> [Frequencies; 2] {
        let girdled = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4];
        let logged = [88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 7, 5, 4, 4, 4, 3, 3, 3, 3];
        [
            Frequencies::of(girdled.into_iter().chain([2; 4]).chain([1; 12])),
            Frequencies::of(logged.into_iter().chain([2; 4]).chain([1; 14])),
        ]
    }

    fn close(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() < tolerance, "{a} is not {b}");
    }

    #[test]
    fn spiders_have_the_figures_that_inext_publishes() {
        let published = [
            (168, 26, 0.9289, [26.0, 12.060, 7.840], 43.893, [30.511, 96.971]),
            (252, 37, 0.9446, [37.0, 14.421, 6.761], 61.403, [43.502, 128.583]),
        ];
        for (of, (n, classes, coverage, hills, richness, limits)) in spiders().iter().zip(published) {
            assert_eq!((of.observations, of.classes), (n, classes));
            close(chao_jost(of).unwrap(), coverage, 5e-5);
            hill(of)
                .iter()
                .zip(hills)
                .for_each(|(&ours, theirs)| close(ours, theirs, 5e-4));
            close(chao1(of).unwrap(), richness, 5e-4);
            let [low, high] = chao1_interval(of).unwrap();
            close(low, limits[0], 5e-3);
            close(high, limits[1], 5e-3);
        }
    }

    #[test]
    fn the_assemblage_is_a_distribution_and_gives_the_unseen_the_deficit() {
        for of in spiders() {
            let groups = assemblage(&of);
            let sum: f64 = groups
                .iter()
                .map(|group| group.probability * group.classes as f64)
                .sum();
            close(sum, 1.0, 1e-12);
            let unseen = groups.last().unwrap();
            close(
                unseen.probability * unseen.classes as f64,
                1.0 - chao_jost(&of).unwrap(),
                1e-12,
            );
        }
    }

    #[test]
    fn the_deviation_of_richness_is_that_of_the_assemblage() {
        // Exact for independent classes: the variance of S is the sum of q (1 - q) with q the chance of not being drawn, less
        // what fixing n takes away, which is small.
        let [girdled, _] = spiders();
        let n = girdled.observations as f64;
        let variance: f64 = assemblage(&girdled)
            .iter()
            .map(|group| {
                let none = (1.0 - group.probability).powf(n);
                group.classes as f64 * none * (1.0 - none)
            })
            .sum();
        let found = intervals(&girdled, 7).unwrap();
        let reach = (found.hill[0][1] - found.hill[0][0]) / 2.0;
        close(reach, Z * variance.sqrt(), 0.2 * Z * variance.sqrt());
        for ([low, high], estimate) in found.hill.iter().zip(hill(&girdled)) {
            assert!(*low < estimate && estimate < *high);
        }
    }

    #[test]
    fn drawing_classes_apart_gives_what_drawing_them_together_gives() {
        // 6,000 classes, of which half were seen once: drawn apart; the variance is known exactly.
        let of = Frequencies::of(std::iter::repeat_n(1, 3_000).chain(std::iter::repeat_n(5, 3_000)));
        let n = of.observations as f64;
        let variance: f64 = assemblage(&of)
            .iter()
            .map(|group| {
                let none = (-group.probability * n).exp();
                group.classes as f64 * none * (1.0 - none)
            })
            .sum();
        let [low, high] = intervals(&of, 3).unwrap().hill[0];
        close((high - low) / 2.0, Z * variance.sqrt(), 0.2 * Z * variance.sqrt());
    }

    #[test]
    fn one_class_leaves_nothing_to_vary_and_nothing_has_no_interval() {
        let found = intervals(&Frequencies::of([50]), 1).unwrap();
        assert_eq!((found.hill, found.evenness), ([[1.0, 1.0]; 3], None));
        assert_eq!(found.chao_jost, Some([1.0, 1.0]));
        assert_eq!(intervals(&Frequencies::of([]), 1), None);
    }

    #[test]
    fn samplers_have_their_mean_and_variance() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        for (trials, chance) in [(20, 0.1), (20, 0.9), (1_000, 0.002), (100_000, 0.3)] {
            let drawn: Vec<f64> = (0..4_000)
                .map(|_| binomial(trials, chance, &mut random) as f64)
                .collect();
            let expected = trials as f64 * chance;
            let spread = (expected * (1.0 - chance)).sqrt();
            close(drawn.iter().sum::<f64>() / 4_000.0, expected, spread / 12.0);
            close(deviation(&drawn), spread, 0.06 * spread);
        }
        for mean in [0.3, 7.0, 90.0_f64] {
            let drawn: Vec<f64> = (0..4_000).map(|_| poisson(mean, &mut random) as f64).collect();
            close(drawn.iter().sum::<f64>() / 4_000.0, mean, mean.sqrt() / 12.0);
            close(deviation(&drawn), mean.sqrt(), 0.06 * mean.sqrt());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn intervals_hold_their_estimates_whatever_the_order(mut counts in prop::collection::vec(0_u64..40, 1..40)) {
            let of = Frequencies::of(counts.clone());
            counts.reverse();
            let found = intervals(&of, 11);
            prop_assert_eq!(&found, &intervals(&Frequencies::of(counts), 11));
            if let Some(found) = found {
                for ([low, high], estimate) in found.hill.iter().zip(hill(&of)) {
                    prop_assert!(*low <= estimate + 1e-9 && estimate <= *high + 1e-9);
                }
                let [low, high] = found.chao_jost.unwrap();
                let coverage = chao_jost(&of).unwrap();
                prop_assert!(0.0 <= low && low <= coverage && coverage <= high && high <= 1.0);
            }
        }
    }
}
