//! Who gave which item which value?

use std::collections::BTreeMap;

use super::RatedTwice;
use super::coefficients::Counts;

/// How values are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// As written: equal or not.
    #[default]
    Nominal,
    /// As numbers, by rank.
    Ordinal,
    /// As numbers, by distance.
    Interval,
}

/// One rater's value for one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    pub item: String,
    pub rater: String,
    pub value: String,
}

/// A table of ratings. Missing values are left out; a rater may have rated an item twice.
#[derive(Clone, Debug)]
pub struct Ratings {
    /// (item, rater, value) as positions in the lists of names.
    rows: Vec<(usize, usize, usize)>,
    items: Vec<String>,
    raters: Vec<String>,
    /// Ascending: as numbers where the scale says so and all are numbers, else as text.
    values: Vec<String>,
    /// The values as numbers, where all are.
    numbers: Option<Vec<f64>>,
}

impl Ratings {
    /// Gathers ratings. On the last two scales values that write one number in two ways are one value.
    pub fn new(ratings: &[Rating], scale: Scale) -> Self {
        let given: Vec<&Rating> = ratings.iter().filter(|rating| !rating.value.is_empty()).collect();
        let as_written = |text: &str| match (scale, number(text)) {
            (Scale::Ordinal | Scale::Interval, Some(number)) => number.to_string(),
            _ => text.to_owned(),
        };
        let items = names(given.iter().map(|rating| rating.item.clone()));
        let raters = names(given.iter().map(|rating| rating.rater.clone()));
        let mut values = names(given.iter().map(|rating| as_written(&rating.value)));
        let mut numbers: Option<Vec<f64>> = values.iter().map(|value| number(value)).collect();
        if let Some(known) = &mut numbers {
            values.sort_by(|a, b| number(a).partial_cmp(&number(b)).expect("all are finite numbers"));
            known.sort_unstable_by(f64::total_cmp);
        }
        let place = |names: &[String], name: &str| {
            names
                .iter()
                .position(|each| each == name)
                .expect("every name was gathered")
        };
        let position: BTreeMap<&str, usize> = items.iter().map(String::as_str).zip(0..).collect();
        let rows = given
            .iter()
            .map(|rating| {
                (
                    position[rating.item.as_str()],
                    place(&raters, &rating.rater),
                    place(&values, &as_written(&rating.value)),
                )
            })
            .collect();
        Self {
            rows,
            items,
            raters,
            values,
            numbers,
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn raters(&self) -> usize {
        self.raters.len()
    }

    pub fn values(&self) -> &[String] {
        &self.values
    }

    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::new(
            self.items.len(),
            self.raters.len(),
            self.numbers.clone(),
            self.values.len(),
        );
        for &(item, rater, value) in &self.rows {
            counts.add(item, rater, value);
        }
        counts
    }

    pub(super) fn rater_names(&self) -> &[String] {
        &self.raters
    }

    /// Ratings of two raters on the items that both rated, each rater's last value.
    pub(super) fn counts_of_pair(&self, first: usize, second: usize) -> Counts {
        let mut both: BTreeMap<usize, [Option<usize>; 2]> = BTreeMap::new();
        for &(item, rater, value) in &self.rows {
            for (place, wanted) in [first, second].into_iter().enumerate() {
                if rater == wanted {
                    both.entry(item).or_default()[place] = Some(value);
                }
            }
        }
        both.retain(|_, values| values.iter().all(Option::is_some));
        let mut counts = Counts::new(both.len(), 2, self.numbers.clone(), self.values.len());
        for (item, values) in both.values().enumerate() {
            for (rater, value) in values.iter().flatten().enumerate() {
                counts.add(item, rater, *value);
            }
        }
        counts
    }

    pub(super) fn rated_twice(&self) -> Vec<RatedTwice> {
        let mut times: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for &(item, rater, _) in &self.rows {
            *times.entry((item, rater)).or_default() += 1;
        }
        times
            .into_iter()
            .filter(|(_, times)| *times > 1)
            .map(|((item, rater), times)| RatedTwice {
                item: self.items[item].clone(),
                rater: self.raters[rater].clone(),
                times,
            })
            .collect()
    }
}

fn names(all: impl Iterator<Item = String>) -> Vec<String> {
    let distinct: std::collections::BTreeSet<String> = all.collect();
    distinct.into_iter().collect()
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}
