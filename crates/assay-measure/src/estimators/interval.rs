//! How sure is a figure?

use assay_model::report::Proportion;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Wilson's score interval of a proportion (Wilson 1927), at 95 %. The whole range without trials.
pub fn wilson(successes: u64, trials: u64) -> [f64; 2] {
    if trials == 0 {
        return [0.0, 1.0];
    }
    wilson_of(successes as f64 / trials as f64, trials as f64)
}

/// Wilson's score interval of the proportion `p` of `n` trials; `n` need not be whole.
pub fn wilson_of(p: f64, n: f64) -> [f64; 2] {
    const Z: f64 = 1.959_963_984_540_054;
    let middle = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    [
        ((middle - reach) / scale).max(0.0),
        ((middle + reach) / scale).min(1.0),
    ]
}

/// A share with its Wilson interval; none without trials.
pub fn proportion(count: u64, of: u64) -> Option<Proportion> {
    (of > 0).then(|| Proportion {
        count,
        of,
        share: count as f64 / of as f64,
        interval: wilson(count, of),
    })
}

/// What a share of tokens is made of, summed over samples: tokens squared and multiplied, so that nothing depends on
/// the order of the samples.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokenSums {
    pub tokens: u128,
    pub of_part: u128,
    pub tokens_squared: u128,
    pub of_part_squared: u128,
    pub products: u128,
}

impl TokenSums {
    /// Adds a sample of `tokens`, of which `of_part` are of the part in question.
    pub fn add(&mut self, tokens: u64, of_part: u64) {
        let (tokens, of_part) = (u128::from(tokens), u128::from(of_part));
        self.tokens += tokens;
        self.of_part += of_part;
        self.tokens_squared += tokens * tokens;
        self.of_part_squared += of_part * of_part;
        self.products += tokens * of_part;
    }

    /// 95 % interval of the part's share of all tokens, where whole samples are drawn and not tokens: Wilson's, at the
    /// effective sample size p (1 - p) / v (Korn and Graubard 1998, Survey Methodology 24), with v the linearised
    /// variance of a ratio (Cochran 1977, Sampling Techniques, section 2.11). A share of nothing or of all has no
    /// variance: there the size is Kish's, (sum of tokens)^2 / sum of their squares. `None` without tokens.
    pub fn share_interval(&self) -> Option<[f64; 2]> {
        if self.tokens == 0 {
            return None;
        }
        let all = self.tokens as f64;
        let p = self.of_part as f64 / all;
        let kish = all * all / self.tokens_squared as f64;
        let variance = (self.of_part_squared as f64 - 2.0 * p * self.products as f64
            + p * p * self.tokens_squared as f64)
            / (all * all);
        let effective = p * (1.0 - p) / variance;
        let size = if effective.is_finite() && variance > 0.0 {
            effective
        } else {
            kish
        };
        Some(wilson_of(p, size.max(1.0)))
    }
}

/// [2.5th percentile, mean, 97.5th percentile] of resampled values; zeros without any.
pub fn percentile_interval(values: &[f64]) -> [f64; 3] {
    if values.is_empty() {
        return [0.0; 3];
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    [quantile(&sorted, 0.025), mean, quantile(&sorted, 0.975)]
}

/// Values beyond which a bootstrap of their mean is replaced by the normal interval that it tends to.
const BOOTSTRAPPED: usize = 2_000;
const BOOTSTRAPS: u64 = 1_000;

/// [low, mean, high] of values at 95 % by a seeded bootstrap over them; of more than 2,000 by its normal limit.
/// `None` without any.
pub fn bootstrap_mean(values: &[f64], seed: u64) -> Option<[f64; 3]> {
    if values.is_empty() {
        return None;
    }
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    if values.len() > BOOTSTRAPPED {
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let reach = 1.959_963_984_540_054 * (squares / (count - 1.0) / count).sqrt();
        return Some([mean - reach, mean, mean + reach]);
    }
    let mut means: Vec<f64> = (0..BOOTSTRAPS)
        .map(|round| {
            let drawn = (0..values.len() as u64).map(|draw| {
                let key = xxh3_64_with_seed(&(round << 32 | draw).to_le_bytes(), seed);
                values[((u128::from(key) * values.len() as u128) >> 64) as usize]
            });
            drawn.sum::<f64>() / count
        })
        .collect();
    means.sort_unstable_by(f64::total_cmp);
    Some([quantile(&means, 0.025), mean, quantile(&means, 0.975)])
}

/// [low, median, high] of ascending values: the distribution-free 95 % interval by order statistics (Hettmansperger and
/// McKean 2011, section 1.3, normal approximation of the binomial); of fewer than six values, the smallest and largest.
pub fn median_interval(sorted: &[f64]) -> Option<[f64; 3]> {
    let (&first, &last) = (sorted.first()?, sorted.last()?);
    let median = quantile(sorted, 0.5);
    if sorted.len() < 6 {
        return Some([first, median, last]);
    }
    let count = sorted.len() as f64;
    let below = (count / 2.0 - 1.959_963_984_540_054 * count.sqrt() / 2.0 - 0.5)
        .floor()
        .max(0.0) as usize;
    Some([sorted[below], median, sorted[sorted.len() - 1 - below]])
}

/// Linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_gives_the_published_limits() {
        // Newcombe (1998), Statistics in Medicine 17, table I: 81/263, 15/148, 0/20, 1/29 by the score method.
        for (successes, trials, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let [a, b] = wilson(successes, trials);
            assert!(
                (a - low).abs() < 1e-4 && (b - high).abs() < 1e-4,
                "{successes}/{trials}: {a} {b}"
            );
        }
    }

    #[test]
    fn a_bootstrapped_mean_has_about_the_normal_interval_and_the_same_every_time() {
        let values: Vec<f64> = (0..400).map(|i| f64::from(i % 20)).collect();
        let [low, mean, high] = bootstrap_mean(&values, 5).unwrap();
        // Standard deviation of 0..19 is 5.766, so the standard error is 0.288 and the reach 0.565.
        assert_eq!(mean, 9.5);
        assert!((high - low - 1.13).abs() < 0.08, "{low} {high}");
        assert_eq!(bootstrap_mean(&values, 5), Some([low, mean, high]));
        assert_eq!(bootstrap_mean(&[], 5), None);
    }

    #[test]
    fn the_median_of_ten_lies_between_its_second_and_ninth_value() {
        // The exact interval of ten values at 97.9 % is [x(2), x(9)].
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!(median_interval(&values), Some([2.0, 5.5, 9.0]));
        assert_eq!(median_interval(&[3.0, 4.0]), Some([3.0, 3.5, 4.0]));
    }

    #[test]
    fn samples_of_one_token_are_trials() {
        let mut sums = TokenSums::default();
        (0..263).for_each(|sample| sums.add(1, u64::from(sample < 81)));
        let ([a, b], [low, high]) = (sums.share_interval().unwrap(), wilson(81, 263));
        assert!((a - low).abs() < 1e-12 && (b - high).abs() < 1e-12, "{a} {b}");
    }

    #[test]
    fn long_samples_make_a_share_of_tokens_less_sure() {
        let width = |tokens: u64| {
            let mut sums = TokenSums::default();
            (0..100).for_each(|sample| sums.add(tokens, if sample % 4 == 0 { tokens } else { 0 }));
            sums.add(50 * tokens, 0);
            let [low, high] = sums.share_interval().unwrap();
            high - low
        };
        assert!(
            (width(1) - width(900)).abs() < 1e-12,
            "tokens of one sample are no more trials"
        );
        let [low, high] = wilson(25, 150);
        assert!(width(1) > high - low, "one sample of a third of the tokens");
    }

    #[test]
    fn a_share_of_nothing_is_bounded_by_the_number_of_samples() {
        let mut sums = TokenSums::default();
        (0..20).for_each(|_| sums.add(7, 0));
        assert!((sums.share_interval().unwrap()[1] - wilson(0, 20)[1]).abs() < 1e-12);
        assert_eq!(TokenSums::default().share_interval(), None);
    }

    #[test]
    fn the_interval_of_equal_values_is_that_value() {
        assert_eq!(percentile_interval(&[2.5; 20]), [2.5; 3]);
        assert_eq!(percentile_interval(&[0.0, 1.0])[1], 0.5);
    }
}
