//! The coefficients, each by its published formula.

use super::Scale;

/// Ratings by item and value.
pub(crate) struct Counts {
    /// For each item, how often each value was given.
    by_item: Vec<Vec<u32>>,
    /// For each item, each rater's last value: what two raters are compared by.
    by_rater: Vec<Vec<Option<usize>>>,
    numbers: Option<Vec<f64>>,
    values: usize,
}

type Figure = Result<f64, &'static str>;

const NO_PAIR: &str = "no item has two ratings";
const ONE_VALUE: &str = "only one value occurs, so chance alone would agree as well";
const NOT_NUMBERS: &str = "not all values are numbers";

impl Counts {
    pub fn new(items: usize, raters: usize, numbers: Option<Vec<f64>>, values: usize) -> Self {
        Self {
            by_item: vec![vec![0; values]; items],
            by_rater: vec![vec![None; raters]; items],
            numbers,
            values,
        }
    }

    pub fn add(&mut self, item: usize, rater: usize, value: usize) {
        self.by_item[item][value] += 1;
        self.by_rater[item][rater] = Some(value);
    }

    pub fn items(&self) -> usize {
        self.by_item.len()
    }

    /// Items with two ratings or more.
    pub fn rated_by_several(&self) -> u64 {
        let several = |counts: &&Vec<u32>| counts.iter().sum::<u32>() > 1;
        self.by_item.iter().filter(several).count() as u64
    }

    /// Distinct values in the whole table.
    pub fn values(&self) -> usize {
        self.values
    }

    pub fn ratings_of(&self, value: usize) -> u64 {
        self.by_item.iter().map(|counts| u64::from(counts[value])).sum()
    }

    /// The chosen items with their numbers of ratings.
    fn chosen<'a>(&'a self, items: &'a [usize]) -> impl Iterator<Item = (&'a [u32], f64)> + 'a {
        items.iter().map(|&item| {
            let counts = self.by_item[item].as_slice();
            (counts, f64::from(counts.iter().sum::<u32>()))
        })
    }
}

/// Ordered pairs of ratings of one item that agree.
fn agreeing(counts: &[u32]) -> f64 {
    counts
        .iter()
        .map(|&count| f64::from(count) * (f64::from(count) - 1.0).max(0.0))
        .sum()
}

/// Agreeing pairs over all pairs, pooled over items.
pub(super) fn percent(counts: &Counts, items: &[usize]) -> Figure {
    let (mut agree, mut all) = (0.0, 0.0);
    for (item, n) in counts.chosen(items) {
        agree += agreeing(item);
        all += n * (n - 1.0);
    }
    if all > 0.0 { Ok(agree / all) } else { Err(NO_PAIR) }
}

/// The mean, over items with two ratings or more, of each item's share of agreeing pairs.
fn mean_agreement(counts: &Counts, items: &[usize]) -> Figure {
    let (mut sum, mut rated) = (0.0, 0.0);
    for (item, n) in counts.chosen(items).filter(|(_, n)| *n > 1.0) {
        sum += agreeing(item) / (n * (n - 1.0));
        rated += 1.0;
    }
    if rated > 0.0 {
        Ok(sum / rated)
    } else {
        Err(NO_PAIR)
    }
}

/// Gwet's AC1 (Gwet 2008, British Journal of Mathematical and Statistical Psychology 61; with missing ratings as in
/// Gwet 2014, Handbook of Inter-Rater Reliability, chapter 2).
pub(super) fn ac1(counts: &Counts, items: &[usize]) -> Figure {
    let agreement = mean_agreement(counts, items)?;
    if counts.values < 2 {
        return Err(ONE_VALUE);
    }
    let mut shares = vec![0.0; counts.values];
    let mut rated = 0.0;
    for (item, n) in counts.chosen(items).filter(|(_, n)| *n > 0.0) {
        rated += 1.0;
        for (share, &count) in shares.iter_mut().zip(item) {
            *share += f64::from(count) / n;
        }
    }
    let spread: f64 = shares
        .iter()
        .map(|share| share / rated)
        .map(|share| share * (1.0 - share))
        .sum();
    let chance = spread / (counts.values as f64 - 1.0);
    Ok((agreement - chance) / (1.0 - chance))
}

/// Krippendorff's alpha (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability): 1 - observed over expected
/// disagreement, from the coincidences of values within items of two ratings or more.
pub(super) fn alpha(counts: &Counts, items: &[usize], scale: Scale) -> Figure {
    let numbers = match (&counts.numbers, scale) {
        (_, Scale::Nominal) => &[][..],
        (Some(numbers), _) => numbers.as_slice(),
        (None, _) => return Err(NOT_NUMBERS),
    };
    let values = counts.values;
    let mut coincidences = vec![0.0; values * values];
    for (item, n) in counts.chosen(items).filter(|(_, n)| *n > 1.0) {
        for (a, &of_a) in item.iter().enumerate().filter(|(_, count)| **count > 0) {
            for (b, &of_b) in item.iter().enumerate().filter(|(_, count)| **count > 0) {
                let pairs = f64::from(of_a) * f64::from(of_b - u32::from(a == b));
                coincidences[a * values + b] += pairs / (n - 1.0);
            }
        }
    }
    let totals: Vec<f64> = coincidences
        .chunks(values.max(1))
        .map(|row| row.iter().sum())
        .collect();
    let all: f64 = totals.iter().sum();
    if all == 0.0 {
        return Err(NO_PAIR);
    }
    let difference = |a: usize, b: usize| match scale {
        Scale::Nominal => f64::from(u8::from(a != b)),
        Scale::Interval => (numbers[a] - numbers[b]).powi(2),
        Scale::Ordinal => {
            let (low, high) = (a.min(b), a.max(b));
            let between: f64 = totals[low..=high].iter().sum();
            (between - (totals[a] + totals[b]) / 2.0).powi(2)
        }
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for a in 0..values {
        for b in 0..values {
            observed += coincidences[a * values + b] * difference(a, b);
            expected += totals[a] * totals[b] * difference(a, b);
        }
    }
    if expected == 0.0 {
        return Err(ONE_VALUE);
    }
    Ok(1.0 - (all - 1.0) * observed / expected)
}

/// Cohen's kappa (Cohen 1960), for two raters over the items that both rated.
pub(super) fn cohen(counts: &Counts, items: &[usize]) -> Figure {
    match counts.by_rater.first().map_or(0, Vec::len) {
        2 => {}
        0 | 1 => return Err("there are fewer than two raters"),
        _ => return Err("there are more than two raters; see Fleiss' kappa"),
    }
    let mut margins = [vec![0.0; counts.values], vec![0.0; counts.values]];
    let (mut agree, mut both) = (0.0, 0.0);
    for &item in items {
        if let [Some(a), Some(b)] = counts.by_rater[item][..] {
            margins[0][a] += 1.0;
            margins[1][b] += 1.0;
            agree += f64::from(u8::from(a == b));
            both += 1.0;
        }
    }
    if both == 0.0 {
        return Err("no item was rated by both");
    }
    let chance: f64 = margins[0]
        .iter()
        .zip(&margins[1])
        .map(|(a, b)| a / both * (b / both))
        .sum();
    beyond_chance(agree / both, chance)
}

/// Fleiss' kappa (Fleiss 1971), for items with the same number of ratings each.
pub(super) fn fleiss(counts: &Counts, items: &[usize]) -> Figure {
    let agreement = mean_agreement(counts, items)?;
    let mut totals = vec![0.0; counts.values];
    let mut ratings = None;
    for (item, n) in counts.chosen(items) {
        if ratings.is_some_and(|ratings| ratings != n) {
            return Err("items have different numbers of ratings; see Krippendorff's alpha");
        }
        ratings = Some(n);
        for (total, &count) in totals.iter_mut().zip(item) {
            *total += f64::from(count);
        }
    }
    let all: f64 = totals.iter().sum();
    let chance = totals.iter().map(|total| (total / all).powi(2)).sum();
    beyond_chance(agreement, chance)
}

fn beyond_chance(agreement: f64, chance: f64) -> Figure {
    if chance >= 1.0 {
        return Err(ONE_VALUE);
    }
    Ok((agreement - chance) / (1.0 - chance))
}

/// Specific agreement on a value (Cicchetti and Feinstein 1990; several raters as in Uebersax): agreeing ordered pairs
/// over ordered pairs whose first rating is the value.
pub(super) fn specific(counts: &Counts, items: &[usize], value: usize) -> Option<f64> {
    let (mut agree, mut all) = (0.0, 0.0);
    for (item, n) in counts.chosen(items) {
        let of_value = f64::from(item[value]);
        agree += of_value * (of_value - 1.0).max(0.0);
        all += of_value * (n - 1.0).max(0.0);
    }
    (all > 0.0).then(|| agree / all)
}

#[cfg(test)]
mod tests {
    use super::super::{Rating, Ratings, agreement};
    use super::*;
    use proptest::prelude::*;

    /// Columns are raters; `.` is a missing value.
    fn table(raters: &[&str]) -> Ratings {
        let ratings: Vec<Rating> = raters
            .iter()
            .enumerate()
            .flat_map(|(rater, values)| {
                values
                    .chars()
                    .enumerate()
                    .filter(|(_, value)| *value != '.')
                    .map(move |(item, value)| Rating {
                        item: format!("{item:03}"),
                        rater: rater.to_string(),
                        value: value.to_string(),
                    })
            })
            .collect();
        Ratings::new(&ratings, Scale::Nominal)
    }

    fn close(found: Option<f64>, expected: f64) {
        assert!(
            found.is_some_and(|found| (found - expected).abs() < 5e-4),
            "{found:?} is not {expected}"
        );
    }

    #[test]
    fn krippendorffs_own_example() {
        // Krippendorff (2011), four observers and twelve units: alpha .743, .815, .849.
        let found = agreement(&table(&[
            "123321412...",
            "1233224125.3",
            ".3332342251.",
            "12332441251.",
        ]));
        assert_eq!((found.items, found.raters), (12, 4));
        close(found.alpha.nominal, 0.743);
        close(found.alpha.ordinal, 0.815);
        close(found.alpha.interval, 0.849);
        close(found.percent, 0.7818);
        close(found.ac1, 0.7754);
        assert_eq!(found.cohen, None);
        assert!(found.undefined["cohen"].contains("more than two raters"));
        assert!(found.undefined["fleiss"].contains("different numbers"));
    }

    #[test]
    fn a_skewed_class_does_not_mislead_ac1() {
        // 92 + 0 agreements and a 4 + 4 split: 92 % agreement, kappa -0.04, AC1 0.91.
        let a = "1".repeat(92) + "11112222";
        let b = "1".repeat(92) + "22221111";
        let found = agreement(&table(&[&a, &b]));
        assert_eq!(found.percent, Some(0.92));
        assert!((found.cohen.unwrap() + 0.0417).abs() < 1e-3);
        assert!((found.ac1.unwrap() - 0.9136).abs() < 1e-3);
        let rare = found.per_class.iter().find(|class| class.value == "2").unwrap();
        assert_eq!(
            (rare.n, rare.specific, rare.interval_95),
            (8, Some(0.0), Some([0.0, 0.0]))
        );
        let common = found.per_class.iter().find(|class| class.value == "1").unwrap();
        // Twice 92 pairs over 192 ratings of that value.
        close(common.specific, 184.0 / 192.0);
        let [low, high] = common.interval_95.unwrap();
        assert!(
            low < 184.0 / 192.0 && high > 184.0 / 192.0 && high - low < 0.1,
            "{low} {high}"
        );
    }

    #[test]
    fn each_two_raters_are_compared_over_what_both_rated() {
        // The first two agree on three of four; the third rated one item that they rated too.
        let found = agreement(&table(&["1122.", "1121.", "1...2"]));
        let named: Vec<(&str, &str, u64)> = found
            .pairs
            .iter()
            .map(|pair| (pair.a.as_str(), pair.b.as_str(), pair.items))
            .collect();
        assert_eq!(named, [("0", "1", 4), ("0", "2", 1), ("1", "2", 1)]);
        let first = &found.pairs[0];
        assert_eq!(first.percent, Some(0.75));
        // Margins 2/4, 2/4 and 3/4, 1/4: chance 1/2, kappa 1/2.
        close(first.cohen, 0.5);
        let [low, high] = first.interval_95.percent.unwrap();
        assert!(low <= 0.75 && 0.75 <= high && low < high);
        assert_eq!(found.pairs[1].percent, Some(1.0));
        assert_eq!(
            found.pairs[1].interval_95.percent, None,
            "one item cannot be resampled"
        );
    }

    #[test]
    fn with_two_raters_the_pair_is_the_table() {
        let a = "y".repeat(25) + &"n".repeat(25);
        let b = "y".repeat(20) + &"n".repeat(5) + &"y".repeat(10) + &"n".repeat(15);
        let found = agreement(&table(&[&a, &b]));
        let pair = &found.pairs[0];
        assert_eq!(
            (pair.percent, pair.ac1, pair.cohen),
            (found.percent, found.ac1, found.cohen)
        );
        assert_eq!(pair.interval_95.cohen, found.interval_95.cohen);
    }

    #[test]
    fn cohens_table_of_two_psychiatrists_and_fleiss_on_equal_counts() {
        // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: kappa 0.4 (Kirch 2008, Encyclopedia of Public Health).
        let a = "y".repeat(25) + &"n".repeat(25);
        let b = "y".repeat(20) + &"n".repeat(5) + &"y".repeat(10) + &"n".repeat(15);
        let found = agreement(&table(&[&a, &b]));
        assert!((found.cohen.unwrap() - 0.4).abs() < 1e-9);
        assert!(found.fleiss.is_some() && found.undefined.contains_key("alpha_interval"));
    }

    #[test]
    fn what_is_not_defined_is_said_in_words() {
        let found = agreement(&table(&["1111", "1111"]));
        assert_eq!((found.percent, found.alpha.nominal), (Some(1.0), None));
        assert!(found.undefined["alpha_nominal"].contains("only one value"));
        let found = agreement(&table(&["1."]));
        assert!(found.undefined["percent"].contains("no item has two ratings"));
        assert_eq!(agreement(&table(&[])).items, 0);
    }

    #[test]
    fn a_rater_who_rates_twice_is_kept_and_named() {
        let rating = |rater: &str, value: &str| Rating {
            item: "x".into(),
            rater: rater.into(),
            value: value.into(),
        };
        let found = agreement(&Ratings::new(
            &[rating("a", "1"), rating("a", "2"), rating("b", "1")],
            Scale::Nominal,
        ));
        assert_eq!((found.ratings, found.rated_twice[0].times), (3, 2));
        close(found.percent, 1.0 / 3.0);
    }

    proptest! {
        #[test]
        fn the_names_of_values_and_the_order_of_raters_do_not_matter(values in prop::collection::vec((0_u8..3, 0_u8..3), 2..30)) {
            let column = |of: fn(&(u8, u8)) -> u8, names: [char; 3]| -> String { values.iter().map(|pair| names[of(pair) as usize]).collect() };
            let (first, second) = (|pair: &(u8, u8)| pair.0, |pair: &(u8, u8)| pair.1);
            let abc = agreement(&table(&[&column(first, ['a', 'b', 'c']), &column(second, ['a', 'b', 'c'])]));
            let cab = agreement(&table(&[&column(second, ['c', 'a', 'b']), &column(first, ['c', 'a', 'b'])]));
            let near = |a: Option<f64>, b: Option<f64>| a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| (a - b).abs() < 1e-9);
            prop_assert!(near(abc.percent, cab.percent) && near(abc.ac1, cab.ac1) && near(abc.cohen, cab.cohen));
            prop_assert!(near(abc.alpha.nominal, cab.alpha.nominal) && near(abc.fleiss, cab.fleiss));
            prop_assert!(abc.percent.is_none_or(|percent| (0.0..=1.0).contains(&percent)));
        }
    }
}
