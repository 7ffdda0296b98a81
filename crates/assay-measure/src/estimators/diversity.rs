//! How many classes are there in effect, how evenly, and how fast do new ones come?

use super::Frequencies;

/// Hill numbers of order 0, 1 and 2 (Hill 1973): classes, exp of Shannon entropy, inverse Simpson.
pub fn hill(of: &Frequencies) -> [f64; 3] {
    if of.observations == 0 {
        return [0.0; 3];
    }
    let n = of.observations as f64;
    let simpson: f64 = of
        .of_frequencies
        .iter()
        .map(|&(count, classes)| classes as f64 * (count as f64 / n).powi(2))
        .sum();
    [of.classes as f64, shannon(of).exp(), 1.0 / simpson]
}

/// Shannon entropy in nats.
pub fn shannon(of: &Frequencies) -> f64 {
    let n = of.observations as f64;
    let share = |count: u64| count as f64 / n;
    -of.of_frequencies
        .iter()
        .map(|&(count, classes)| classes as f64 * share(count) * share(count).ln())
        .sum::<f64>()
}

/// Normalised entropy H / ln S (Pielou 1966). `None` for fewer than two classes.
pub fn evenness(of: &Frequencies) -> Option<f64> {
    (of.classes > 1).then(|| (shannon(of) / (of.classes as f64).ln()).min(1.0))
}

/// The exponent of V(N) = K N^beta (Heaps 1978) by least squares of ln V on ln N. `None` for fewer than two points.
pub fn heaps_beta(points: &[(u64, u64)]) -> Option<f64> {
    let logs: Vec<(f64, f64)> = points
        .iter()
        .filter(|&&(tokens, words)| tokens > 0 && words > 0)
        .map(|&(tokens, words)| ((tokens as f64).ln(), (words as f64).ln()))
        .collect();
    let n = logs.len() as f64;
    let mean_x = logs.iter().map(|point| point.0).sum::<f64>() / n;
    let mean_y = logs.iter().map(|point| point.1).sum::<f64>() / n;
    let spread: f64 = logs.iter().map(|point| (point.0 - mean_x).powi(2)).sum();
    let joint: f64 = logs
        .iter()
        .map(|point| (point.0 - mean_x) * (point.1 - mean_y))
        .sum();
    (logs.len() > 1 && spread > 0.0).then(|| joint / spread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_classes_count_as_many_as_they_are() {
        let even = Frequencies::of([40; 77]);
        for order in hill(&even) {
            assert!((order - 77.0).abs() < 1e-9);
        }
        assert_eq!(evenness(&even), Some(1.0));
        assert_eq!(evenness(&Frequencies::of([3])), None);
    }

    #[test]
    fn heaps_exponent_of_a_power_law_is_its_own() {
        let points: Vec<(u64, u64)> = (1..=8).map(|i| (100_u64.pow(i), 10_u64.pow(i))).collect();
        assert!((heaps_beta(&points).unwrap() - 0.5).abs() < 1e-12);
        assert_eq!(heaps_beta(&[(10, 4)]), None);
    }

    proptest! {
        #[test]
        fn hill_numbers_fall_with_their_order(counts in prop::collection::vec(0_u64..500, 1..60)) {
            let [q0, q1, q2] = hill(&Frequencies::of(counts));
            prop_assert!(q0 + 1e-9 >= q1 && q1 + 1e-9 >= q2);
        }
    }
}
