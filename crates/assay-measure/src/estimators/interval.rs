//! How sure is a figure?

/// Wilson's score interval of a proportion (Wilson 1927), at 95 %. The whole range without trials.
pub fn wilson(successes: u64, trials: u64) -> [f64; 2] {
    if trials == 0 {
        return [0.0, 1.0];
    }
    const Z: f64 = 1.959_963_984_540_054;
    let (n, p) = (trials as f64, successes as f64 / trials as f64);
    let middle = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    [
        ((middle - reach) / scale).max(0.0),
        ((middle + reach) / scale).min(1.0),
    ]
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
    fn the_interval_of_equal_values_is_that_value() {
        assert_eq!(percentile_interval(&[2.5; 20]), [2.5; 3]);
        assert_eq!(percentile_interval(&[0.0, 1.0])[1], 0.5);
    }
}
