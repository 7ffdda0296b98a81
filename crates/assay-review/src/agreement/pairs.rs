//! How far do two raters agree, over the items that both rated?

use serde::Serialize;

use super::table::Ratings;
use super::{coefficients, percentiles, resample};

/// Two raters. A rater's last value of an item counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RaterPair {
    pub a: String,
    pub b: String,
    /// Items that both rated.
    pub items: u64,
    pub percent: Option<f64>,
    pub ac1: Option<f64>,
    pub cohen: Option<f64>,
    pub interval_95: PairIntervals,
}

/// 2.5th and 97.5th percentile over resampled items; null where the figure is not defined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct PairIntervals {
    pub percent: Option<[f64; 2]>,
    pub ac1: Option<[f64; 2]>,
    pub cohen: Option<[f64; 2]>,
}

/// Every pair of raters with an item in common, in the order of their names.
pub(super) fn of(ratings: &Ratings) -> Vec<RaterPair> {
    let raters = ratings.rater_names();
    let mut pairs = Vec::new();
    for (first, a) in raters.iter().enumerate() {
        for (second, b) in raters.iter().enumerate().skip(first + 1) {
            let counts = ratings.counts_of_pair(first, second);
            if counts.items() == 0 {
                continue;
            }
            let figures = |items: &[usize]| {
                [
                    coefficients::percent(&counts, items).ok(),
                    coefficients::ac1(&counts, items).ok(),
                    coefficients::cohen(&counts, items).ok(),
                ]
            };
            let whole: Vec<usize> = (0..counts.items()).collect();
            let [percent, ac1, cohen] = figures(&whole);
            let resampled = resample(counts.items(), figures);
            let interval = |place: usize, value: Option<f64>| {
                value.and_then(|_| percentiles(resampled.iter().filter_map(|drawn| drawn[place]).collect()))
            };
            pairs.push(RaterPair {
                a: a.clone(),
                b: b.clone(),
                items: counts.items() as u64,
                percent,
                ac1,
                cohen,
                interval_95: PairIntervals {
                    percent: interval(0, percent),
                    ac1: interval(1, ac1),
                    cohen: interval(2, cohen),
                },
            });
        }
    }
    pairs
}
