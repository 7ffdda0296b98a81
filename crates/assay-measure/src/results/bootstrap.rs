//! How far would a figure move if other texts of the same kind had been asked?
//!
//! Texts are drawn with replacement (Efron 1979); each draw gives how often each text is in it. Draws come from
//! SplitMix64 (Steele, Lea and Flood 2014), written out here so that no library update changes a report.

use super::RESAMPLES;

/// Draws of all resamples of one group together at most.
const DRAWS: u64 = 20_000_000;
/// Resamples of the largest groups.
const FEWEST: u64 = 100;

/// How many resamples a group of `n` texts gets.
pub fn rounds(n: usize) -> u64 {
    match n as u64 {
        // One text says nothing of its spread.
        0 | 1 => 0,
        n => (DRAWS / n).clamp(FEWEST, RESAMPLES),
    }
}

/// How often each of `n` texts is in a draw of `n` with replacement.
pub fn counts(n: usize, seed: u64, round: u64) -> Vec<u32> {
    let mut random = SplitMix64(seed ^ round.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut counts = vec![0; n];
    for _ in 0..n {
        counts[random.below(n as u64) as usize] += 1;
    }
    counts
}

struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, by the high half of a product (Lemire 2019); its bias is below 2^-32 here.
    fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }
}

/// 2.5th and 97.5th percentile; `otherwise` on both sides without values.
pub fn percentiles(values: &[f64], otherwise: f64) -> [f64; 2] {
    if values.is_empty() {
        return [otherwise; 2];
    }
    let [low, _, high] = crate::estimators::interval::percentile_interval(values);
    [low, high]
}

/// The percentiles turned about the estimate: 2 e - high, 2 e - low (the basic interval; Davison and Hinkley 1997, 5.2).
/// For a figure that resampling moves upwards, as it does a calibration error, this leans back by as much.
pub fn turned(values: &[f64], estimate: f64) -> [f64; 2] {
    let [low, high] = percentiles(values, estimate);
    [
        (2.0 * estimate - high).clamp(0.0, 1.0),
        (2.0 * estimate - low).clamp(0.0, 1.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_its_published_numbers() {
        // Seed 1234567, as in the test vectors that accompany SplitMix64's reference implementation.
        let mut random = SplitMix64(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn a_draw_holds_as_many_texts_as_there_are_and_rounds_differ() {
        let draw = counts(500, 1, 0);
        assert_eq!(draw.iter().sum::<u32>(), 500);
        assert_eq!(draw, counts(500, 1, 0));
        assert_ne!(draw, counts(500, 1, 1));
        // About a share of 1/e of the texts is in none.
        let absent = draw.iter().filter(|&&count| count == 0).count();
        assert!((140..230).contains(&absent), "{absent}");
    }

    #[test]
    fn large_groups_are_drawn_less_often_and_single_texts_never() {
        assert_eq!([0, 1, 2, 20_000].map(rounds), [0, 0, 1000, 1000]);
        assert_eq!([100_000, 50_000_000].map(rounds), [200, 100]);
    }

    #[test]
    fn a_turned_interval_leans_to_the_other_side() {
        let found = turned(&[0.2, 0.2, 0.2], 0.15);
        assert!((found[0] - 0.1).abs() < 1e-12 && (found[1] - 0.1).abs() < 1e-12);
        assert_eq!(turned(&[0.5], 0.1)[0], 0.0);
    }
}
