//! How many classes would a smaller or a larger sample hold?
//!
//! Individual-based rarefaction and extrapolation with its sample coverage: Chao et al. (2014, Ecological
//! Monographs 84, table 1), Chao and Jost (2012). Extrapolation stops at twice the sample.

use assay_model::report::RarefactionPoint;

use super::Frequencies;
use super::coverage::{chao_jost, deficit_factor, unseen_classes};

/// Points up to the sample itself, evenly spaced, and half as many beyond.
const POINTS_WITHIN: u64 = 40;
const POINTS_BEYOND: u64 = 20;

/// The curve from few observations to all, and dashed on to twice as many.
pub fn curve(of: &Frequencies) -> Vec<RarefactionPoint> {
    let n = of.observations;
    if n == 0 {
        return Vec::new();
    }
    let mut sizes: Vec<u64> = (1..=POINTS_WITHIN)
        .map(|i| (n * i / POINTS_WITHIN).max(1))
        .collect();
    sizes.push(1);
    sizes.extend((1..=POINTS_BEYOND).map(|i| n + n * i / POINTS_BEYOND));
    sizes.sort_unstable();
    sizes.dedup();
    sizes.into_iter().map(|size| point(of, size)).collect()
}

/// Expected classes and coverage in `size` observations.
pub fn point(of: &Frequencies, size: u64) -> RarefactionPoint {
    let extrapolated = size > of.observations;
    let (classes, coverage) = if extrapolated {
        beyond(of, size)
    } else {
        within(of, size)
    };
    RarefactionPoint {
        observations: size,
        classes,
        coverage: coverage.clamp(0.0, 1.0),
        extrapolated,
    }
}

fn within(of: &Frequencies, size: u64) -> (f64, f64) {
    let n = of.observations;
    if size == n {
        return (of.classes as f64, chao_jost(of).unwrap_or(0.0));
    }
    let mut classes = 0.0;
    let mut unseen_share = 0.0;
    for &(count, number) in &of.of_frequencies {
        let number = number as f64;
        classes += number * (1.0 - none_chosen(n, count, size));
        unseen_share += number * count as f64 / n as f64 * none_chosen(n - 1, count - 1, size);
    }
    (classes, 1.0 - unseen_share)
}

/// The chance that none of `count` among `n` is in a random subset of `size`: C(n - count, size) / C(n, size).
fn none_chosen(n: u64, count: u64, size: u64) -> f64 {
    if n < count || n - count < size {
        return 0.0;
    }
    let log_factorial = |k: u64| libm::lgamma(k as f64 + 1.0);
    let log = log_factorial(n - count) - log_factorial(n - count - size) - log_factorial(n)
        + log_factorial(n - size);
    log.exp()
}

fn beyond(of: &Frequencies, size: u64) -> (f64, f64) {
    let (n, f1) = (of.observations as f64, of.singletons as f64);
    let more = size as f64 - n;
    let unseen = unseen_classes(of);
    let observed = of.classes as f64;
    if of.singletons == 0 || unseen <= 0.0 {
        return (observed, chao_jost(of).unwrap_or(1.0));
    }
    let classes = observed + unseen * (1.0 - (1.0 - f1 / (n * unseen + f1)).powf(more));
    (classes, 1.0 - f1 / n * deficit_factor(of).powf(more + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Counts of Janzen's (1973) beetles, old-growth site, as published with Colwell et al. (2012).
    fn old_growth() -> Frequencies {
        let mut counts = vec![1; 84];
        counts.extend([2; 10]);
        for (sightings, classes) in [(3, 4), (4, 3), (5, 5), (6, 1), (7, 2), (8, 1), (14, 1), (42, 1)] {
            counts.extend(std::iter::repeat_n(sightings, classes));
        }
        Frequencies::of(counts)
    }

    #[test]
    fn expected_classes_agree_with_counting_all_subsets() {
        let counts = [3_u64, 2, 1, 1];
        let labels: Vec<usize> = counts
            .iter()
            .enumerate()
            .flat_map(|(class, &count)| vec![class; count as usize])
            .collect();
        let of = Frequencies::of(counts);
        for size in 1..=6 {
            let (mut subsets, mut classes, mut covered) = (0.0, 0.0, 0.0);
            for chosen in 0_u32..1 << labels.len() {
                if chosen.count_ones() != size {
                    continue;
                }
                let held: std::collections::BTreeSet<usize> = (0..labels.len())
                    .filter(|i| chosen >> i & 1 == 1)
                    .map(|i| labels[i])
                    .collect();
                subsets += 1.0;
                classes += held.len() as f64;
                // Coverage is what an observation left out would find: its class is already held.
                let left_out: Vec<usize> = (0..labels.len())
                    .filter(|i| chosen >> i & 1 == 0)
                    .map(|i| labels[i])
                    .collect();
                covered += left_out.iter().filter(|class| held.contains(class)).count() as f64
                    / left_out.len() as f64;
            }
            let point = point(&of, u64::from(size));
            assert!((point.classes - classes / subsets).abs() < 1e-9);
            assert!(
                (point.coverage - covered / subsets).abs() < 1e-9,
                "{size}: {} {}",
                point.coverage,
                covered / subsets
            );
        }
    }

    #[test]
    fn the_curve_meets_the_sample_and_stops_at_twice_its_size() {
        let of = old_growth();
        assert_eq!(
            (of.observations, of.classes, of.singletons, of.doubletons),
            (237, 112, 84, 10)
        );
        let curve = curve(&of);
        let at_sample = curve
            .iter()
            .find(|point| point.observations == of.observations)
            .unwrap();
        assert!((at_sample.classes - 112.0).abs() < 1e-9 && !at_sample.extrapolated);
        assert_eq!(curve.last().unwrap().observations, 2 * of.observations);
    }

    proptest! {
        #[test]
        fn classes_and_coverage_only_grow(counts in prop::collection::vec(1_u64..60, 1..40)) {
            let curve = curve(&Frequencies::of(counts));
            for pair in curve.windows(2) {
                prop_assert!(pair[0].classes <= pair[1].classes + 1e-6);
                prop_assert!(pair[0].coverage <= pair[1].coverage + 1e-6, "{:?}", pair);
            }
        }
    }
}
