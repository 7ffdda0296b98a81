//! What may be claimed from a random draw, and what does a claim cost?
//!
//! Acceptance sampling without replacement: exact hypergeometric probabilities. Intervals for
//! proportions: Wilson (1927).

use assay_ledger::{Allocation, Choice, Ordering, Strata};

use crate::acceptance;

/// Claims are made at 95 % confidence.
const DOUBT: f64 = 0.05;
/// 97.5 % point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The limits whose prices are shown, as shares.
pub const PRICED_LIMITS: [f64; 5] = [0.05, 0.03, 0.02, 0.01, 0.005];

/// How many samples must be read, none defective, to claim that less than a share is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClaimPrice {
    pub defective_below: f64,
    /// With none, one and two defective samples allowed; none where no draw would do.
    pub samples: [Option<u64>; 3],
}

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub low: f64,
    pub value: f64,
    pub high: f64,
}

/// The prices of the usual claims about a population.
pub fn prices(population: u64) -> Vec<ClaimPrice> {
    let price = |defective_below| ClaimPrice {
        defective_below,
        samples: [0, 1, 2].map(|allowed| acceptance::price(population, defective_below, allowed)),
    };
    PRICED_LIMITS.map(price).to_vec()
}

/// The least number of random draws, none defective, that supports "less than `limit` is defective" at 95 %.
pub fn price(population: u64, limit: f64) -> u64 {
    // Rounded down by a hair, so that 0.05 x 100 is 5 and not 6 for the sake of its last bit.
    let defective = ((population as f64 * limit - 1e-9).ceil() as u64).max(1);
    least(1, population, |drawn| {
        none_found(population, defective, drawn) <= DOUBT
    })
    .unwrap_or(population)
}

/// The least share that `drawn` random samples, none defective, show not to be reached, at 95 %. From 0 to 1.
pub fn supported_limit(population: u64, drawn: u64) -> f64 {
    if population == 0 || drawn == 0 {
        return 1.0;
    }
    let drawn = drawn.min(population);
    match least(1, population, |defective| {
        none_found(population, defective, drawn) <= DOUBT
    }) {
        Some(defective) => defective as f64 / population as f64,
        None => 1.0,
    }
}

/// The probability that `drawn` of `population` hold none of the `defective`: C(N-D, n) / C(N, n).
fn none_found(population: u64, defective: u64, drawn: u64) -> f64 {
    if defective + drawn > population {
        return 0.0;
    }
    // Symmetric in the two counts, so the shorter product is taken.
    let (few, many) = (defective.min(drawn), defective.max(drawn));
    let mut probability = 1.0;
    for taken in 0..few {
        let left = (population - taken) as f64;
        probability *= (left - many as f64) / left;
        if probability < DOUBT / 2.0 {
            return probability;
        }
    }
    probability
}

/// The least number in `from..=to` for which `holds`, which once true stays true.
fn least(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut low, mut high) = (from, to);
    if low > high || !holds(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

/// The Wilson score interval of `found` among `of` at 95 %; none where nothing was looked at.
pub fn wilson(found: u64, of: u64) -> Option<Estimate> {
    if of == 0 {
        return None;
    }
    let (n, value) = (of as f64, found as f64 / of as f64);
    let z2 = Z * Z;
    let centre = (value + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (value * (1.0 - value) / n + z2 / (4.0 * n * n)).sqrt();
    let low = if found == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if found == of {
        1.0
    } else {
        (centre + half).min(1.0)
    };
    Some(Estimate { low, value, high })
}

const NOT_RANDOM: &str = "Not drawn at random: nothing may be estimated from it.";

/// Which samples were chosen from which.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    pub dataset: &'a str,
    pub snapshot: u64,
    pub filter: &'a str,
    pub size: u64,
    pub population: u64,
    pub seed: u64,
    pub ordering: Ordering,
    pub strata: Option<&'a Strata>,
    pub one_per_cluster: bool,
    pub choice: Choice,
}

/// The sampling statement as it stands on the card.
pub fn statement(chosen: &Chosen<'_>) -> String {
    let Chosen {
        dataset,
        snapshot,
        filter,
        size,
        population,
        seed,
        ordering,
        strata,
        one_per_cluster,
        choice,
    } = *chosen;
    let place = if filter.trim().is_empty() {
        format!("{dataset}, snapshot {snapshot}")
    } else {
        format!("{dataset}, snapshot {snapshot}, where {}", filter.trim())
    };
    let place = match choice {
        Choice::Whole => place,
        Choice::AllBut(1) => format!("{place}, one of them left out by hand"),
        Choice::AllBut(left_out) => format!("{place}, {} of them left out by hand", grouped(left_out)),
        Choice::Picked => format!("{place}, picked by hand"),
    };
    let place = match one_per_cluster {
        true => format!("{place}, one of each cluster of near-duplicates"),
        false => place,
    };
    let (size_words, population_words) = (grouped(size), grouped(population));
    let first = if size >= population { "All" } else { "The first" };
    match ordering {
        Ordering::Random => {}
        Ordering::UncertainOrigin => {
            return format!(
                "{first} {size_words} of {population_words} distinct samples of {place}, those of least certain origin first: \
                 contradicted, then unknown with a style score nearest one half, then unknown, then by confidence (ties by ChaCha20, \
                 seed {seed}). {NOT_RANDOM}"
            );
        }
        Ordering::RarestFirst => {
            return format!(
                "{first} {size_words} of {population_words} distinct samples of {place}, those of the smallest classes of domain and \
                 language first (ties by ChaCha20, seed {seed}). {NOT_RANDOM}"
            );
        }
        Ordering::ClusterByCluster => {
            return format!(
                "{first} {size_words} of {population_words} distinct samples of {place}, cluster by cluster of near-duplicates, clusters \
                 in random order (ChaCha20, seed {seed}). {NOT_RANDOM}"
            );
        }
        Ordering::MachineLikeUnknown => {
            return format!(
                "{first} {size_words} of {population_words} distinct samples of {place} that are of unknown origin and have a style \
                 score, the most machine-like first (ties by ChaCha20, seed {seed}). {NOT_RANDOM}"
            );
        }
    }
    if let Some(strata) = strata.filter(|_| size < population) {
        return format!(
            "{size_words} of {population_words} distinct samples of {place}, drawn at random without replacement from each {} by \
             itself, {} (ChaCha20, seed {seed}).",
            strata.by,
            shared_out(strata.allocation)
        );
    }
    if size >= population {
        return format!(
            "All {population_words} distinct samples of {place}, in random order (ChaCha20, seed {seed})."
        );
    }
    format!(
        "{size_words} of {population_words} distinct samples of {place}, drawn at random without replacement, \
         each with the same chance (ChaCha20, seed {seed})."
    )
}

fn shared_out(allocation: Allocation) -> &'static str {
    match allocation {
        Allocation::Proportional => "in proportion to its size",
        Allocation::Equal => "as many from each",
        Allocation::TailWeighted => {
            "in proportion to the root of its size, so that small ones come up more often"
        }
    }
}

/// A whole number with its thousands set apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
