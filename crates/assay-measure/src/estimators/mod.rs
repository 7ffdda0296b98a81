//! What do counts of classes say about the classes that were not seen?
//!
//! Pure functions with their published sources; no data is read here.

pub mod bootstrap;
pub mod coverage;
pub mod discrimination;
pub mod diversity;
pub mod interval;
pub mod logistic;
pub mod rarefaction;
pub mod retention;

/// How often each class was seen, and how often each number of sightings occurs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frequencies {
    /// Observations, S classes, classes seen once and twice.
    pub observations: u64,
    pub classes: u64,
    pub singletons: u64,
    pub doubletons: u64,
    /// (sightings, classes seen that often), ascending.
    pub of_frequencies: Vec<(u64, u64)>,
}

impl Frequencies {
    /// Gathers counts of classes; zeros are no classes.
    pub fn of(counts: impl IntoIterator<Item = u64>) -> Self {
        let mut counts: Vec<u64> = counts.into_iter().filter(|&count| count > 0).collect();
        counts.sort_unstable();
        let equal = counts.chunk_by(|a, b| a == b);
        Self::of_frequencies(equal.map(|equal| (equal[0], equal.len() as u64)).collect())
    }

    /// From how many classes were seen how often: (sightings from 1, classes), ascending.
    pub fn of_frequencies(of_frequencies: Vec<(u64, u64)>) -> Self {
        let seen = |times| {
            of_frequencies
                .iter()
                .find(|&&(count, _)| count == times)
                .map_or(0, |&(_, classes)| classes)
        };
        Self {
            observations: of_frequencies
                .iter()
                .map(|&(count, classes)| count * classes)
                .sum(),
            classes: of_frequencies.iter().map(|&(_, classes)| classes).sum(),
            singletons: seen(1),
            doubletons: seen(2),
            of_frequencies,
        }
    }
}
