//! How large may the share of defective samples be, by an interval that holds at every look?
//!
//! A confidence sequence for the mean of draws without replacement: the hedged capital process of Waudby-Smith and Ramdas
//! (2020, arXiv 2010.09686, section 5), by betting against each candidate share and rejecting those against which a bettor
//! would have become rich at any time so far. Whoever looks after every verdict, and stops when they like, is wrong with
//! probability 5 % at most.

use crate::sampling::Estimate;

/// The chance to be wrong at any time.
const ALPHA: f64 = 0.05;
/// Bets are cut at this share of what could be lost (the paper's c).
const CUT: f64 = 0.5;

/// The 95 % confidence sequence after `draws` (defective or not), in the order in which they were drawn at random without
/// replacement from `population`; none before the first. Limits are shares from 0 to 1, of whole counts of defective samples.
pub fn sequence(population: u64, draws: &[bool]) -> Option<Estimate> {
    sequence_at(population, draws, ALPHA)
}

/// The same at another chance to be wrong at any time.
pub fn sequence_at(population: u64, draws: &[bool], alpha: f64) -> Option<Estimate> {
    let drawn = draws.len() as u64;
    if drawn == 0 || drawn > population {
        return None;
    }
    let found = draws.iter().filter(|defective| **defective).count() as u64;
    let bets = bets(draws, alpha);
    let (least, most) = (found, population - (drawn - found));
    // Against smaller counts the first bettor wins, against greater ones the second: each rejects a run of counts.
    let low = first_that(least, most, |count| {
        !rejected(population, draws, (&bets, alpha), count, Side::More)
    });
    let high = last_that(least, most, |count| {
        !rejected(population, draws, (&bets, alpha), count, Side::Less)
    });
    let share = |count: u64| count as f64 / population as f64;
    Some(Estimate {
        low: share(low.unwrap_or(most)),
        value: found as f64 / drawn as f64,
        high: share(high.unwrap_or(least)),
    })
}

/// Which way a bettor bets: that there are more defective samples than the candidate says, or fewer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    More,
    Less,
}

/// The predictable plug-in bets: sqrt(2 ln(2/alpha) / (variance so far * t * ln(t + 1))), each from the draws before it.
fn bets(draws: &[bool], alpha: f64) -> Vec<f64> {
    let (mut sum, mut squares) = (0.0, 0.0);
    let mut variance = 0.25;
    let mut bets = Vec::with_capacity(draws.len());
    for (before, defective) in draws.iter().enumerate() {
        let t = before as f64 + 1.0;
        bets.push((2.0 * (2.0 / alpha).ln() / (variance * t * (t + 1.0).ln())).sqrt());
        let x = f64::from(u8::from(*defective));
        sum += x;
        let mean = (0.5 + sum) / (t + 1.0);
        squares += (x - mean) * (x - mean);
        variance = (0.25 + squares) / (t + 1.0);
    }
    bets
}

/// Whether the bettor's capital against `count` defective samples reached 2/alpha at any time.
fn rejected(population: u64, draws: &[bool], (bets, alpha): (&[f64], f64), count: u64, side: Side) -> bool {
    let limit = (2.0 / alpha).ln();
    let (mut capital, mut left, mut remaining) = (0.0_f64, count as f64, population as f64);
    for (defective, bet) in draws.iter().zip(bets) {
        // The share among what is not drawn yet, if the candidate is true.
        let mean = left / remaining;
        if !(0.0..=1.0).contains(&mean) {
            return true;
        }
        let x = f64::from(u8::from(*defective));
        let gain = match side {
            Side::More => bet.min(CUT / mean.max(f64::MIN_POSITIVE)) * (x - mean),
            Side::Less => bet.min(CUT / (1.0 - mean).max(f64::MIN_POSITIVE)) * (mean - x),
        };
        capital += gain.ln_1p();
        if capital >= limit {
            return true;
        }
        (left, remaining) = (left - x, remaining - 1.0);
    }
    // What the draws themselves rule out.
    left < 0.0 || left > remaining
}

/// The first of `from..=to` for which `holds`, which once true stays true.
fn first_that(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut low, mut high) = (from, to);
    if !holds(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        match holds(middle) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    Some(low)
}

/// The last of `from..=to` for which `holds`, which once false stays false.
fn last_that(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    match first_that(from, to, |count| !holds(count)) {
        None => Some(to),
        Some(first) if first == from => None,
        Some(first) => Some(first - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;
    use assay_model::Digest;
    use proptest::prelude::*;

    /// The definition, candidate by candidate.
    fn by_trying_all(population: u64, draws: &[bool]) -> (f64, f64) {
        let bets = bets(draws, ALPHA);
        let kept: Vec<u64> = (0..=population)
            .filter(|count| {
                !rejected(population, draws, (&bets, ALPHA), *count, Side::More)
                    && !rejected(population, draws, (&bets, ALPHA), *count, Side::Less)
            })
            .collect();
        let share = |count: &u64| *count as f64 / population as f64;
        (share(kept.first().unwrap()), share(kept.last().unwrap()))
    }

    /// Draws without replacement; the first `defective` of the population are so.
    fn drawn(population: u64, defective: u64, seed: u64) -> Vec<bool> {
        let digest = |number: u64| Digest::of(&number.to_be_bytes());
        let bad: std::collections::HashSet<Digest> = (0..defective).map(digest).collect();
        draw::draw((0..population).map(digest).collect(), population, seed)
            .items
            .iter()
            .map(|item| bad.contains(item))
            .collect()
    }

    #[test]
    fn whoever_looks_after_every_draw_is_wrong_seldom() {
        for (population, defective) in [(200, 10), (200, 100), (500, 1)] {
            let truth = defective as f64 / population as f64;
            let wrong = (0..200)
                .filter(|seed| {
                    let draws = drawn(population, defective, *seed);
                    (1..=draws.len()).step_by(3).any(|looked| {
                        let found = sequence(population, &draws[..looked]).unwrap();
                        truth < found.low - 1e-12 || truth > found.high + 1e-12
                    })
                })
                .count();
            // 5 % of 200 is 10; three standard deviations more.
            assert!(
                wrong <= 19,
                "{defective} of {population}: wrong in {wrong} of 200"
            );
        }
    }

    #[test]
    fn a_wilson_interval_looked_at_after_every_draw_is_wrong_often() {
        let truth = 0.5;
        let wrong = (0..200)
            .filter(|seed| {
                let draws = drawn(200, 100, *seed);
                (10..=150).any(|looked| {
                    let found = draws[..looked].iter().filter(|defective| **defective).count() as u64;
                    let wilson = crate::sampling::wilson(found, looked as u64).unwrap();
                    truth < wilson.low || truth > wilson.high
                })
            })
            .count();
        assert!(wrong > 25, "the control must fail: {wrong} of 200");
    }

    #[test]
    fn it_narrows_to_the_truth_when_all_is_drawn() {
        let draws = drawn(120, 7, 3);
        let whole = sequence(120, &draws).unwrap();
        assert_eq!((whole.low, whole.high), (7.0 / 120.0, 7.0 / 120.0));
        let early = sequence(120, &draws[..20]).unwrap();
        assert!(early.high - early.low > 0.1);
        assert_eq!(sequence(120, &[]), None);
        // None found in 300 of a large population: no worse than 3 % is known, where one planned look knows 1 %.
        let none = sequence(1_000_000, &[false; 300]).unwrap();
        assert!(
            none.low == 0.0 && none.high > 0.01 && none.high < 0.03,
            "{none:?}"
        );
    }

    proptest! {
        #[test]
        fn the_limits_are_those_of_trying_every_count(draws in prop::collection::vec(prop::bool::weighted(0.2), 1..40), more in 1_u64..60) {
            let population = draws.len() as u64 + more;
            let found = sequence(population, &draws).unwrap();
            let bets = bets(&draws, ALPHA);
            let either = |count: u64| rejected(population, &draws, (&bets, ALPHA), count, Side::More) || rejected(population, &draws, (&bets, ALPHA), count, Side::Less);
            if (0..=population).any(|count| !either(count)) {
                prop_assert_eq!((found.low, found.high), by_trying_all(population, &draws));
            }
        }

        #[test]
        fn a_later_look_never_widens_it(draws in prop::collection::vec(any::<bool>(), 2..40)) {
            let population = 100;
            let mut last = sequence(population, &draws[..1]).unwrap();
            for looked in 2..=draws.len() {
                if last.low > last.high {
                    // Every share is rejected: one of the looks in twenty at which it is wrong.
                    break;
                }
                let now = sequence(population, &draws[..looked]).unwrap();
                prop_assert!(now.low >= last.low && now.high <= last.high, "{last:?} then {now:?}");
                last = now;
            }
        }
    }
}
