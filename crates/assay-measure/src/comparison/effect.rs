//! How large is a change, and how sure is that?
//!
//! Cohen's h for shares (Cohen 1988, chapter 6), the natural logarithm of the ratio for other positive measures. The
//! interval of an effect is made of the limits of its two figures (MOVER: Zou and Donner 2008, Statistics in Medicine
//! 27; Newcombe 1998, method 10, for proportions), on the scale on which the effect is a difference. Two snapshots
//! that share samples move together: `correlation` says how much, and 0 makes the interval wider than need be.

/// Effects below these are none, small and medium; the rest is large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EffectSizes {
    pub none: f64,
    pub small: f64,
    pub medium: f64,
}

impl Default for EffectSizes {
    fn default() -> Self {
        Self {
            none: 0.02,
            small: 0.05,
            medium: 0.15,
        }
    }
}

impl EffectSizes {
    /// The word for an effect, whatever its sign.
    pub fn word(&self, effect: f64) -> &'static str {
        match effect.abs() {
            size if size < self.none => "none",
            size if size < self.small => "small",
            size if size < self.medium => "medium",
            _ => "large",
        }
    }

    /// Whether they ascend from above 0.
    pub fn are_usable(&self) -> bool {
        0.0 < self.none && self.none < self.small && self.small < self.medium && self.medium.is_finite()
    }
}

/// Cohen's h of two proportions: the difference of their arcsine transforms, 2 asin(sqrt(p)).
pub fn cohens_h(a: f64, b: f64) -> f64 {
    arcsine(b) - arcsine(a)
}

/// The natural logarithm of b / a; none unless both are positive.
pub fn log_ratio(a: f64, b: f64) -> Option<f64> {
    (a > 0.0 && b > 0.0).then(|| (b / a).ln())
}

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub interval: [f64; 2],
}

/// 95 % interval of Cohen's h.
pub fn cohens_h_interval(a: Estimate, b: Estimate, correlation: f64) -> [f64; 2] {
    difference_interval(a.on(arcsine), b.on(arcsine), correlation)
}

/// 95 % interval of the log ratio; none unless every limit is positive.
pub fn log_ratio_interval(a: Estimate, b: Estimate, correlation: f64) -> Option<[f64; 2]> {
    let positive = |figure: &Estimate| figure.value > 0.0 && figure.interval[0] > 0.0;
    (positive(&a) && positive(&b)).then(|| difference_interval(a.on(f64::ln), b.on(f64::ln), correlation))
}

/// How much two shares move together whose snapshots have `shared` samples in common: n / sqrt(n_a n_b), as for means
/// over samples drawn alike.
pub fn correlation(shared: u64, a: u64, b: u64) -> f64 {
    if a == 0 || b == 0 {
        return 0.0;
    }
    (shared as f64 / (a as f64 * b as f64).sqrt()).min(1.0)
}

fn arcsine(share: f64) -> f64 {
    2.0 * share.clamp(0.0, 1.0).sqrt().asin()
}

impl Estimate {
    /// The same on another, ascending scale.
    fn on(self, scale: impl Fn(f64) -> f64) -> Self {
        Self {
            value: scale(self.value),
            interval: self.interval.map(scale),
        }
    }
}

/// The interval of `b - a`.
fn difference_interval(a: Estimate, b: Estimate, correlation: f64) -> [f64; 2] {
    let reach = |estimate: &Estimate| {
        [
            (estimate.value - estimate.interval[0]).max(0.0),
            (estimate.interval[1] - estimate.value).max(0.0),
        ]
    };
    let ([below_a, above_a], [below_b, above_b]) = (reach(&a), reach(&b));
    let joined = |one: f64, other: f64| {
        (one * one + other * other - 2.0 * correlation * one * other)
            .max(0.0)
            .sqrt()
    };
    let change = b.value - a.value;
    [
        change - joined(below_b, above_a),
        change + joined(above_b, below_a),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimators::interval::wilson;
    use proptest::prelude::*;

    fn proportion(successes: u64, trials: u64) -> Estimate {
        Estimate {
            value: successes as f64 / trials as f64,
            interval: wilson(successes, trials),
        }
    }

    #[test]
    fn cohens_h_gives_the_published_values() {
        // Cohen (1988), table 6.2.2: the transform of .50 is 1.571, of .21 is 0.952, of .05 is 0.451.
        for (share, transform) in [(0.5, 1.571), (0.21, 0.952), (0.05, 0.451)] {
            assert!((cohens_h(0.0, share) - transform).abs() < 5e-4, "{share}");
        }
    }

    #[test]
    fn differences_of_proportions_have_the_published_limits() {
        // Newcombe (1998), Statistics in Medicine 17: 873-890, table II, method 10.
        for ((x1, n1), (x2, n2), low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
        ] {
            let [from, to] = difference_interval(proportion(x2, n2), proportion(x1, n1), 0.0);
            assert!(
                (from - low).abs() < 1e-4 && (to - high).abs() < 1e-4,
                "{x1}/{n1} - {x2}/{n2}: {from} {to}"
            );
        }
    }

    #[test]
    fn the_more_samples_are_shared_the_surer_is_the_change() {
        let figure = proportion(30, 100);
        let width = |shared| {
            let [low, high] = cohens_h_interval(figure, figure, correlation(shared, 100, 100));
            high - low
        };
        assert!(width(100) < width(90) && width(90) < width(0));
        assert!(width(100) < 0.05 && width(0) > 0.5, "{} {}", width(100), width(0));
    }

    #[test]
    fn an_interval_that_reaches_nothing_has_no_ratio() {
        let sure = Estimate {
            value: 2.0,
            interval: [1.9, 2.1],
        };
        let unsure = Estimate {
            value: 2.0,
            interval: [0.0, 4.0],
        };
        assert_eq!(log_ratio_interval(sure, unsure, 0.0), None);
        assert!(log_ratio_interval(sure, sure, 0.0).is_some_and(|[low, high]| low < 0.0 && 0.0 < high));
    }

    #[test]
    fn the_word_follows_the_size_whatever_the_sign() {
        let sizes = EffectSizes::default();
        let words = [-0.019, 0.02, -0.05, 0.149, -0.15].map(|effect| sizes.word(effect));
        assert_eq!(words, ["none", "small", "medium", "medium", "large"]);
    }

    proptest! {
        #[test]
        fn an_effect_taken_back_is_its_opposite(a in 0.0..=1.0_f64, b in 0.0..=1.0_f64) {
            prop_assert!((cohens_h(a, b) + cohens_h(b, a)).abs() < 1e-12);
            prop_assert_eq!(cohens_h(a, b) > 0.0, b > a && cohens_h(a, b) != 0.0);
        }

        #[test]
        fn the_interval_holds_the_effect_and_turns_with_it(
            (x1, n1) in (1_u64..200).prop_flat_map(|n| (0..=n, Just(n))),
            (x2, n2) in (1_u64..200).prop_flat_map(|n| (0..=n, Just(n))),
            together in 0.0..=1.0_f64,
        ) {
            let (a, b) = (proportion(x1, n1), proportion(x2, n2));
            let [low, high] = cohens_h_interval(a, b, together);
            let effect = cohens_h(a.value, b.value);
            prop_assert!(low <= effect + 1e-9 && effect <= high + 1e-9);
            let [back_low, back_high] = cohens_h_interval(b, a, together);
            prop_assert!((low + back_high).abs() < 1e-9 && (high + back_low).abs() < 1e-9);
        }
    }
}
