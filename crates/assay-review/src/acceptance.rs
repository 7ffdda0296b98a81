//! May a slice be accepted by the rule that was registered before anyone looked, and if not, what would a further look cost?
//!
//! Single sampling by attributes, without replacement: exact hypergeometric probabilities (Schilling and Neubauer 2017,
//! Acceptance Sampling in Quality Control, chapter 5).

use assay_ledger::AcceptanceRule;

/// Claims are made at 95 % confidence.
const DOUBT: f64 = 0.05;
/// Shares in a rule are whole millionths: entries of the ledger hold no floats.
const MILLION: f64 = 1_000_000.0;

/// Whether a rule holds so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// Neither yet; `left` samples are to be read.
    Open { left: u64 },
    /// All read, no more defective than allowed.
    Accepted,
    /// More defective than allowed; reading on changes nothing.
    Rejected,
}

/// What further reading a claim would cost after a rejection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// Random samples in all, those read included.
    pub samples: u64,
    /// To be read yet, none of them defective.
    pub further: u64,
}

/// The share that the rule claims not to be reached.
pub fn limit(rule: &AcceptanceRule) -> f64 {
    rule.defective_below_ppm as f64 / MILLION
}

/// What the rule says of `read` random samples of which `defective` are so, out of `size` to be read.
pub fn ruling(rule: &AcceptanceRule, size: u64, read: u64, defective: u64) -> Ruling {
    if defective > rule.allowed {
        Ruling::Rejected
    } else if read < size {
        Ruling::Open { left: size - read }
    } else {
        Ruling::Accepted
    }
}

/// The least number of random samples that supports "less than `limit` is defective" at 95 % if no more than `allowed` of
/// them are; none where not even reading all would.
pub fn price(population: u64, limit: f64, allowed: u64) -> Option<u64> {
    let defective = least_defective(population, limit);
    if defective > population || allowed >= defective {
        return None;
    }
    let (mut low, mut high) = (allowed + 1, population);
    while low < high {
        let middle = low + (high - low) / 2;
        if at_most(population, defective, middle, allowed) <= DOUBT {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

/// What it costs to support the rule's claim after all, if nothing further is defective. Reading on after a rejection is a
/// new test; its price is told before it is chosen.
pub fn follow_up(rule: &AcceptanceRule, population: u64, read: u64, defective: u64) -> Option<FollowUp> {
    let samples = price(population, limit(rule), defective)?;
    Some(FollowUp {
        samples,
        further: samples.saturating_sub(read),
    })
}

/// The least count of defective samples that reaches the share `limit`.
fn least_defective(population: u64, limit: f64) -> u64 {
    // Rounded down by a hair, so that 0.05 x 100 is 5 and not 6 for the sake of its last bit.
    ((population as f64 * limit - 1e-9).ceil() as u64).max(1)
}

/// The probability that `drawn` of `population` hold at most `found` of the `defective`, hypergeometric.
pub fn at_most(population: u64, defective: u64, drawn: u64, found: u64) -> f64 {
    let least = (defective + drawn).saturating_sub(population);
    let most = found.min(defective).min(drawn);
    let (all, bad, n) = (population as f64, defective as f64, drawn as f64);
    let mut sum = 0.0;
    for x in least..=most {
        let k = x as f64;
        let log = ln_choose(bad, k) + ln_choose(all - bad, n - k) - ln_choose(all, n);
        sum += log.exp();
    }
    sum.min(1.0)
}

/// ln C(n, k).
pub(crate) fn ln_choose(n: f64, k: f64) -> f64 {
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// ln n!: summed for small n, by Stirling's series (Abramowitz and Stegun 6.1.41, four terms) beyond.
fn ln_factorial(n: f64) -> f64 {
    if n < 32.0 {
        return (2..=n as u64).map(|i| (i as f64).ln()).sum();
    }
    let x = n + 1.0;
    let tail = 1.0 / (12.0 * x) - 1.0 / (360.0 * x.powi(3)) + 1.0 / (1260.0 * x.powi(5))
        - 1.0 / (1680.0 * x.powi(7));
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + tail
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LARGE: u64 = 10_000_000;

    fn rule(ppm: u64, allowed: u64) -> AcceptanceRule {
        AcceptanceRule {
            defective_below_ppm: ppm,
            allowed,
        }
    }

    #[test]
    fn prices_are_the_published_ones() {
        // c = 0, then 1 and 2 defective allowed, 95 % confidence (tables of binomial plans, large lots).
        let of = |limit, allowed| price(LARGE, limit, allowed).unwrap();
        assert_eq!(
            [of(0.05, 0), of(0.02, 0), of(0.01, 0), of(0.005, 0)],
            [59, 149, 299, 598]
        );
        assert_eq!(
            [of(0.05, 1), of(0.05, 2), of(0.01, 1), of(0.01, 2)],
            [93, 124, 473, 628]
        );
        // None allowed is what the queue builder has always priced.
        for population in [60, 400, 5_000, 100_000] {
            assert_eq!(
                price(population, 0.01, 0),
                Some(crate::sampling::price(population, 0.01))
            );
        }
        assert_eq!(
            price(100, 0.01, 1),
            None,
            "one of a hundred reaches the limit itself"
        );
    }

    #[test]
    fn a_known_hand_of_cards() {
        // At most one ace among five cards of 52: (C(48,5) + 4 C(48,4)) / C(52,5) = (1712304 + 778320) / 2598960.
        let expected = f64::from(1_712_304 + 778_320) / 2_598_960.0;
        assert!((at_most(52, 4, 5, 1) - expected).abs() < 1e-12);
        assert_eq!(
            at_most(10, 4, 8, 1),
            0.0,
            "eight of ten hold two of the four at least"
        );
        assert!((at_most(10, 4, 8, 4) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_rule_is_open_until_all_is_read_and_rejects_at_once() {
        let strict = rule(10_000, 0);
        assert_eq!(ruling(&strict, 299, 120, 0), Ruling::Open { left: 179 });
        assert_eq!(ruling(&strict, 299, 299, 0), Ruling::Accepted);
        assert_eq!(ruling(&strict, 299, 12, 1), Ruling::Rejected);
        let follow = follow_up(&strict, LARGE, 299, 1).unwrap();
        assert_eq!((follow.samples, follow.further), (473, 174));
    }

    proptest! {
        #[test]
        fn the_distribution_is_one_and_the_sum_of_its_terms(population in 1_u64..300, bad in 0_u64..300, drawn in 0_u64..300) {
            let (bad, drawn) = (bad.min(population), drawn.min(population));
            prop_assert!((at_most(population, bad, drawn, drawn) - 1.0).abs() < 1e-9);
            let steps: Vec<f64> = (0..=drawn).map(|found| at_most(population, bad, drawn, found)).collect();
            prop_assert!(steps.windows(2).all(|two| two[0] <= two[1] + 1e-12));
        }

        #[test]
        fn the_price_is_the_least_that_will_do(population in 20_u64..3_000, allowed in 0_u64..3) {
            if let Some(samples) = price(population, 0.05, allowed) {
                let defective = least_defective(population, 0.05);
                prop_assert!(at_most(population, defective, samples, allowed) <= DOUBT);
                prop_assert!(samples == allowed + 1 || at_most(population, defective, samples - 1, allowed) > DOUBT);
            }
        }
    }
}
