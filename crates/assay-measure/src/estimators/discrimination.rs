//! How well does a score tell two kinds apart, and does it mean what it says?

/// The 97.5 % point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The area under the ROC curve, the chance that a positive scores above a negative, ties half: [low, estimate, high].
///
/// Variance by DeLong, DeLong and Clarke-Pearson (1988) from placements; the 95 % interval on the logit scale. Where no
/// pair is out of order the variance says nothing, and the rule of three (Hanley and Lippman-Hand 1983) over the smaller
/// kind gives the lower end. `None` without two of each.
pub fn auc(positive: &[f64], negative: &[f64]) -> Option<[f64; 3]> {
    let (area, deviation) = area_and_deviation(positive, negative)?;
    let margin = 3.0 / positive.len().min(negative.len()) as f64;
    if area >= 1.0 {
        return Some([(1.0 - margin).max(0.0), 1.0, 1.0]);
    }
    if area <= 0.0 {
        return Some([0.0, 0.0, margin.min(1.0)]);
    }
    let log_odds = (area / (1.0 - area)).ln();
    let reach = Z * deviation / (area * (1.0 - area));
    let back = |x: f64| 1.0 / (1.0 + (-x).exp());
    Some([back(log_odds - reach), area, back(log_odds + reach)])
}

fn area_and_deviation(positive: &[f64], negative: &[f64]) -> Option<(f64, f64)> {
    if positive.len() < 2 || negative.len() < 2 {
        return None;
    }
    let (mut above, mut below) = (positive.to_vec(), negative.to_vec());
    above.sort_unstable_by(f64::total_cmp);
    below.sort_unstable_by(f64::total_cmp);
    // The placement of a score: the share of the other kind on its right side.
    let beaten: Vec<f64> = positive.iter().map(|&score| share_below(&below, score)).collect();
    let beating: Vec<f64> = negative
        .iter()
        .map(|&score| 1.0 - share_below(&above, score))
        .collect();
    let area = beaten.iter().sum::<f64>() / beaten.len() as f64;
    let variance = variance_of_mean(&beaten, area) + variance_of_mean(&beating, area);
    Some((area, variance.sqrt()))
}

/// The share of ascending values below `score`, ties half.
fn share_below(sorted: &[f64], score: f64) -> f64 {
    let less = sorted.partition_point(|&value| value < score);
    let up_to = sorted.partition_point(|&value| value <= score);
    (less + up_to) as f64 / 2.0 / sorted.len() as f64
}

fn variance_of_mean(values: &[f64], mean: f64) -> f64 {
    let count = values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    squares / (count - 1.0) / count
}

const BINS: usize = 10;

/// Expected calibration error (Naeini, Cooper and Hauskrecht 2015): over ten equal bins of the score, the weighted mean
/// distance between the mean score and the share that is positive. Both kinds weigh the same in all.
pub fn calibration_error(positive: &[f64], negative: &[f64]) -> Option<f64> {
    if positive.is_empty() || negative.is_empty() {
        return None;
    }
    let mut bins = [(0.0, 0.0, 0.0); BINS];
    for (scores, is_positive) in [(positive, 1.0), (negative, 0.0)] {
        let weight = 0.5 / scores.len() as f64;
        for &score in scores {
            let bin = &mut bins[((score * BINS as f64) as usize).min(BINS - 1)];
            bin.0 += weight;
            bin.1 += weight * score;
            bin.2 += weight * is_positive;
        }
    }
    let distance = |&(_, score, found): &(f64, f64, f64)| (score - found).abs();
    Some(bins.iter().map(distance).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ratings 1 to 5, each so many times.
    fn ratings(counts: [usize; 5]) -> Vec<f64> {
        (1..=5)
            .zip(counts)
            .flat_map(|(rating, count)| vec![f64::from(rating); count])
            .collect()
    }

    #[test]
    fn the_area_of_the_published_ct_ratings_is_0_893() {
        // Hanley and McNeil (1982), table I: 58 normal and 51 abnormal images rated 1 to 5. Area 0.893, standard error 0.032.
        let (normal, abnormal) = (ratings([33, 6, 6, 11, 2]), ratings([3, 2, 2, 11, 33]));
        let (area, deviation) = area_and_deviation(&abnormal, &normal).unwrap();
        assert!((area - 0.8932).abs() < 5e-5, "{area}");
        assert!((deviation - 0.032).abs() < 1.5e-3, "{deviation}");
        let [low, _, high] = auc(&abnormal, &normal).unwrap();
        assert!(low > 0.80 && high < 0.95, "{low} {high}");
    }

    #[test]
    fn perfect_order_among_few_is_not_certainty() {
        assert_eq!(auc(&[0.9; 30], &[0.1; 30]), Some([0.9, 1.0, 1.0]));
        assert_eq!(auc(&[0.9], &[0.1; 30]), None);
    }

    #[test]
    fn scores_that_mean_what_they_say_have_no_calibration_error() {
        let (positive, negative) = ([0.75; 3], [0.25; 3]);
        assert!((calibration_error(&positive, &negative).unwrap() - 0.25).abs() < 1e-12);
        let positive = [0.75, 0.75, 0.75, 0.25];
        let negative = [0.25, 0.25, 0.25, 0.75];
        assert!(calibration_error(&positive, &negative).unwrap().abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn the_area_is_the_share_of_ordered_pairs(
            positive in prop::collection::vec(0_u8..20, 2..40),
            negative in prop::collection::vec(0_u8..20, 2..40),
        ) {
            let pairs = positive.iter().flat_map(|p| negative.iter().map(move |n| (p, n)));
            let won: f64 = pairs.map(|(p, n)| if p > n { 1.0 } else if p == n { 0.5 } else { 0.0 }).sum();
            let expected = won / (positive.len() * negative.len()) as f64;
            let as_scores = |all: &[u8]| all.iter().map(|&v| f64::from(v)).collect::<Vec<f64>>();
            let [low, area, high] = auc(&as_scores(&positive), &as_scores(&negative)).unwrap();
            prop_assert!((area - expected).abs() < 1e-9);
            prop_assert!((0.0..=1.0).contains(&low) && low <= area + 1e-9 && area <= high + 1e-9 && high <= 1.0);
        }
    }
}
