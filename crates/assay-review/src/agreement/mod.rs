//! How far do raters agree, beyond what chance would give?
//!
//! Percent agreement over pooled pairs, Gwet's AC1, Krippendorff's alpha on three scales, Cohen's and Fleiss' kappa,
//! and specific agreement on each value; intervals by a seeded bootstrap over items. Where a coefficient is not
//! defined for a table, the reason is given in words and no number. The same for each pair of raters over the items that
//! both rated.

mod coefficients;
mod pairs;
mod table;

use std::collections::BTreeMap;

use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;
use serde::Serialize;

use coefficients::Counts;
pub use pairs::RaterPair;
pub use table::{Rating, Ratings, Scale};

/// Resamples of items for each interval.
const RESAMPLES: usize = 1000;
const SEED: u64 = 20_260_101;

/// Every coefficient of one table: the shape of `assay agreement --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Items with at least one rating.
    pub items: u64,
    /// Of these, items that two raters or more rated.
    #[serde(skip)]
    pub rated_by_several: u64,
    pub raters: u64,
    pub ratings: u64,
    /// Agreeing pairs of ratings over all pairs of ratings of one item, pooled.
    pub percent: Option<f64>,
    pub ac1: Option<f64>,
    pub alpha: Alpha<Option<f64>>,
    pub cohen: Option<f64>,
    pub fleiss: Option<f64>,
    pub per_class: Vec<Specific>,
    pub interval_95: Intervals,
    /// Every two raters who rated an item in common, by name.
    pub pairs: Vec<RaterPair>,
    /// Measure to the reason why it is not defined here.
    pub undefined: BTreeMap<&'static str, String>,
    /// Items that a rater rated more than once; all ratings are kept.
    pub rated_twice: Vec<RatedTwice>,
}

/// One figure for each scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Alpha<T> {
    pub nominal: T,
    pub ordinal: T,
    pub interval: T,
}

/// Specific agreement: given that one rater says this value, the chance that another does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Specific {
    pub value: String,
    /// Ratings with this value.
    pub n: u64,
    /// Null where no item with this value has a second rating.
    pub specific: Option<f64>,
    /// As in `Intervals`.
    pub interval_95: Option<[f64; 2]>,
}

/// 2.5th and 97.5th percentile over resampled items; null where the figure is not defined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Intervals {
    pub percent: Option<[f64; 2]>,
    pub ac1: Option<[f64; 2]>,
    pub alpha: Alpha<Option<[f64; 2]>>,
    pub cohen: Option<[f64; 2]>,
    pub fleiss: Option<[f64; 2]>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RatedTwice {
    pub item: String,
    pub rater: String,
    pub times: u64,
}

/// Computes every coefficient of a table of ratings.
pub fn agreement(ratings: &Ratings) -> Agreement {
    let counts = ratings.counts();
    let whole: Vec<usize> = (0..counts.items()).collect();
    let mut undefined = BTreeMap::new();
    let mut told = |name: &'static str, result: Result<f64, &str>| match result {
        Ok(value) => Some(value),
        Err(why) => {
            undefined.insert(name, why.to_owned());
            None
        }
    };
    let figures = Figures::of(&counts, &whole);
    let resampled = resample(counts.items(), |items| Figures::of(&counts, items));
    Agreement {
        items: counts.items() as u64,
        rated_by_several: counts.rated_by_several(),
        raters: ratings.raters() as u64,
        ratings: ratings.len() as u64,
        percent: told("percent", figures.percent),
        ac1: told("ac1", figures.ac1),
        alpha: Alpha {
            nominal: told("alpha_nominal", figures.alpha[0]),
            ordinal: told("alpha_ordinal", figures.alpha[1]),
            interval: told("alpha_interval", figures.alpha[2]),
        },
        cohen: told("cohen", figures.cohen),
        fleiss: told("fleiss", figures.fleiss),
        per_class: specific(ratings, &counts, &resampled),
        interval_95: intervals(&resampled, &figures),
        pairs: pairs::of(ratings),
        undefined,
        rated_twice: ratings.rated_twice(),
    }
}

type Figure = Result<f64, &'static str>;

/// The coefficients of chosen items, repeats allowed.
struct Figures {
    percent: Figure,
    ac1: Figure,
    /// Nominal, ordinal, interval.
    alpha: [Figure; 3],
    cohen: Figure,
    fleiss: Figure,
    /// Specific agreement by value.
    specific: Vec<Option<f64>>,
}

impl Figures {
    fn of(counts: &Counts, items: &[usize]) -> Self {
        Self {
            percent: coefficients::percent(counts, items),
            ac1: coefficients::ac1(counts, items),
            alpha: [Scale::Nominal, Scale::Ordinal, Scale::Interval]
                .map(|scale| coefficients::alpha(counts, items, scale)),
            cohen: coefficients::cohen(counts, items),
            fleiss: coefficients::fleiss(counts, items),
            specific: (0..counts.values())
                .map(|value| coefficients::specific(counts, items, value))
                .collect(),
        }
    }
}

fn specific(ratings: &Ratings, counts: &Counts, resampled: &[Figures]) -> Vec<Specific> {
    let whole: Vec<usize> = (0..counts.items()).collect();
    let named = ratings.values().iter().enumerate();
    named
        .map(|(value, name)| {
            let specific = coefficients::specific(counts, &whole, value);
            let drawn = resampled.iter().filter_map(|figures| figures.specific[value]);
            Specific {
                value: name.clone(),
                n: counts.ratings_of(value),
                specific,
                interval_95: specific.and_then(|_| percentiles(drawn.collect())),
            }
        })
        .collect()
}

/// Bootstrap over items: whole items are drawn with replacement, so ratings of one item stay together.
fn resample<T>(items: usize, mut each: impl FnMut(&[usize]) -> T) -> Vec<T> {
    if items < 2 {
        return Vec::new();
    }
    let mut random = ChaCha20Rng::seed_from_u64(SEED);
    let mut draw = || crate::draw::below(&mut random, items as u64) as usize;
    (0..RESAMPLES)
        .map(|_| {
            let drawn: Vec<usize> = (0..items).map(|_| draw()).collect();
            each(&drawn)
        })
        .collect()
}

fn intervals(resampled: &[Figures], whole: &Figures) -> Intervals {
    let of = |figure: fn(&Figures) -> &Figure| {
        figure(whole).as_ref().ok()?;
        // A draw in which the figure is not defined says nothing of its spread.
        percentiles(
            resampled
                .iter()
                .filter_map(|figures| figure(figures).ok())
                .collect(),
        )
    };
    Intervals {
        percent: of(|figures| &figures.percent),
        ac1: of(|figures| &figures.ac1),
        alpha: Alpha {
            nominal: of(|figures| &figures.alpha[0]),
            ordinal: of(|figures| &figures.alpha[1]),
            interval: of(|figures| &figures.alpha[2]),
        },
        cohen: of(|figures| &figures.cohen),
        fleiss: of(|figures| &figures.fleiss),
    }
}

fn percentiles(mut values: Vec<f64>) -> Option<[f64; 2]> {
    if values.is_empty() {
        return None;
    }
    values.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (values.len() - 1) as f64;
        let (below, above) = (place.floor() as usize, place.ceil() as usize);
        values[below] + (place - below as f64) * (values[above] - values[below])
    };
    Some([at(0.025), at(0.975)])
}
