//! When a model says 0.8, is it right eight times of ten?
//!
//! Expected calibration error: the mean over bins of |accuracy - confidence|, each bin weighing as many texts as it
//! holds (Guo et al. 2017, On Calibration of Modern Neural Networks, ICML, equation 3). Bins of equal width are theirs,
//! ((m - 1)/M, m/M]; bins of equal mass hold as many texts each and never split one confidence, so that no order of
//! ties matters. The Brier score is the mean of (confidence - correct)^2 (Brier 1950; proper, Gneiting and Raftery
//! 2007, Journal of the American Statistical Association 102, 359-378): here of the answer given, one class.

use assay_model::results::CalibrationBin;

use crate::estimators::interval::wilson;

/// Bins, as in Guo et al.
pub const BINS: usize = 15;

/// An answer: how sure the model was, and whether it was right (or how far).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    pub confidence: f64,
    pub correct: f64,
}

/// Answers by rising confidence.
pub struct Calibration {
    judged: Vec<Judged>,
}

/// One bin's sums.
#[derive(Clone, Copy, Debug)]
struct Bin {
    from: f64,
    to: f64,
    weight: f64,
    confidence: f64,
    correct: f64,
}

impl Calibration {
    /// Sorts the answers; gives also, for each place, which of the given ones stands there.
    pub fn new(judged: Vec<Judged>) -> (Self, Vec<u32>) {
        let mut order: Vec<u32> = (0..judged.len() as u32).collect();
        order.sort_by(|&a, &b| {
            let (a, b) = (judged[a as usize], judged[b as usize]);
            a.confidence
                .total_cmp(&b.confidence)
                .then(a.correct.total_cmp(&b.correct))
        });
        let sorted = order.iter().map(|&place| judged[place as usize]).collect();
        (Self { judged: sorted }, order)
    }

    pub fn len(&self) -> usize {
        self.judged.len()
    }

    pub fn is_empty(&self) -> bool {
        self.judged.is_empty()
    }

    /// The mean squared difference between confidence and correctness. NaN without weight.
    pub fn brier(&self, weights: &[u32]) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for (judged, &times) in self.judged.iter().zip(weights) {
            sum += (judged.confidence - judged.correct).powi(2) * f64::from(times);
            weight += f64::from(times);
        }
        sum / weight
    }

    /// Expected calibration error over bins of equal mass. NaN without weight.
    pub fn error_by_mass(&self, weights: &[u32]) -> f64 {
        error(&self.by_mass(weights))
    }

    /// Expected calibration error over bins of equal width. NaN without weight.
    pub fn error_by_width(&self, weights: &[u32]) -> f64 {
        error(&self.by_width(weights))
    }

    /// Bins of equal mass for a reliability diagram.
    pub fn mass_bins(&self) -> Vec<CalibrationBin> {
        self.by_mass(&vec![1; self.len()])
            .iter()
            .map(Bin::shown)
            .collect()
    }

    /// Bins of equal width for a reliability diagram; empty ones are left out.
    pub fn width_bins(&self) -> Vec<CalibrationBin> {
        self.by_width(&vec![1; self.len()])
            .iter()
            .map(Bin::shown)
            .collect()
    }

    fn by_mass(&self, weights: &[u32]) -> Vec<Bin> {
        let all: f64 = weights.iter().map(|&times| f64::from(times)).sum();
        let mut bins: Vec<Bin> = Vec::with_capacity(BINS);
        let mut held = 0.0;
        // What is held when the open bin is full; none while no bin is open.
        let mut full = None;
        for (place, (judged, &times)) in self.judged.iter().zip(weights).enumerate() {
            if times > 0 {
                let bin = match full {
                    Some(_) => bins.last_mut().expect("an open bin was pushed"),
                    None => {
                        let share = all / BINS as f64;
                        full = Some(((held / share + 1e-9).floor() + 1.0) * share - 1e-9);
                        bins.push(Bin::starting(judged.confidence, judged.confidence));
                        bins.last_mut().expect("pushed above")
                    }
                };
                bin.add(*judged, times);
                bin.to = judged.confidence;
                held += f64::from(times);
            }
            let next = self.judged.get(place + 1);
            let goes_on = next.is_some_and(|next| next.confidence == judged.confidence);
            if !goes_on && full.is_some_and(|full| held >= full) {
                full = None;
            }
        }
        bins
    }

    fn by_width(&self, weights: &[u32]) -> Vec<Bin> {
        let edge = |bin: usize| bin as f64 / BINS as f64;
        let mut bins: Vec<Bin> = (0..BINS)
            .map(|bin| Bin::starting(edge(bin), edge(bin + 1)))
            .collect();
        for (judged, &times) in self.judged.iter().zip(weights) {
            bins[width_bin(judged.confidence, BINS)].add(*judged, times);
        }
        bins.retain(|bin| bin.weight > 0.0);
        bins
    }
}

/// The bin of a confidence among `bins` of equal width, ((m - 1)/M, m/M]; 0 is in the first.
fn width_bin(confidence: f64, bins: usize) -> usize {
    let place = (confidence * bins as f64).ceil() as usize;
    place.clamp(1, bins) - 1
}

impl Bin {
    fn starting(from: f64, to: f64) -> Self {
        Self {
            from,
            to,
            weight: 0.0,
            confidence: 0.0,
            correct: 0.0,
        }
    }

    fn add(&mut self, judged: Judged, times: u32) {
        self.weight += f64::from(times);
        self.confidence += judged.confidence * f64::from(times);
        self.correct += judged.correct * f64::from(times);
    }

    fn shown(&self) -> CalibrationBin {
        let n = self.weight as u64;
        CalibrationBin {
            from: self.from,
            to: self.to,
            n,
            confidence: self.confidence / self.weight,
            accuracy: self.correct / self.weight,
            interval: wilson((self.correct.round() as u64).min(n), n),
        }
    }
}

fn error(bins: &[Bin]) -> f64 {
    let weight: f64 = bins.iter().map(|bin| bin.weight).sum();
    let gaps: f64 = bins.iter().map(|bin| (bin.correct - bin.confidence).abs()).sum();
    gaps / weight
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(pairs: &[(f64, f64)]) -> Calibration {
        let judged = pairs
            .iter()
            .map(|&(confidence, correct)| Judged { confidence, correct });
        Calibration::new(judged.collect()).0
    }

    #[test]
    fn the_score_of_brier_s_own_table() {
        // Brier (1950), Monthly Weather Review 78, 1-3, table 1: ten forecasts of rain, P = 0.19 over both classes;
        // of one class, half of it.
        let forecasts = [0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1];
        let rain = [0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let judged: Vec<Judged> = forecasts
            .into_iter()
            .zip(rain)
            .map(|(confidence, correct)| Judged { confidence, correct })
            .collect();
        let (sorted, _) = Calibration::new(judged);
        assert!((2.0 * sorted.brier(&[1; 10]) - 0.19).abs() < 1e-12);
    }

    #[test]
    fn widths_by_hand() {
        // Three answers in (8/15, 9/15] with mean confidence 0.57 and one right; one in (14/15, 1], right at 0.95.
        let found = of(&[(0.55, 0.0), (0.57, 1.0), (0.59, 0.0), (0.95, 1.0)]);
        let bins = found.width_bins();
        assert_eq!(bins.iter().map(|bin| bin.n).collect::<Vec<_>>(), [3, 1]);
        let expected = 0.75 * (0.57_f64 - 1.0 / 3.0) + 0.25 * 0.05;
        assert!((found.error_by_width(&[1; 4]) - expected).abs() < 1e-12);
    }

    #[test]
    fn an_edge_belongs_to_the_bin_below_it() {
        // torchmetrics' worked example has two bins: (0, 0.5] and (0.5, 1]; 0.4 of |0 - 0.25| and 0.6 of |1 - 0.6833| are 0.29.
        let answers = [(0.25, 0.0), (0.25, 0.0), (0.55, 1.0), (0.75, 1.0), (0.75, 1.0)];
        let gap = |bin: usize| -> f64 {
            let inside: Vec<(f64, f64)> = answers
                .into_iter()
                .filter(|(confidence, _)| width_bin(*confidence, 2) == bin)
                .collect();
            inside
                .iter()
                .map(|(confidence, correct)| correct - confidence)
                .sum::<f64>()
                .abs()
        };
        assert!(((gap(0) + gap(1)) / 5.0 - 0.29).abs() < 1e-12);
        assert_eq!(
            [0.0, 0.5, 0.500_001, 1.0].map(|confidence| width_bin(confidence, 2)),
            [0, 0, 1, 1]
        );
    }

    #[test]
    fn masses_are_equal_and_equal_confidences_stay_together() {
        let thirty: Vec<(f64, f64)> = (0..30).map(|i| (f64::from(i) / 29.0, f64::from(i % 2))).collect();
        let bins = of(&thirty).mass_bins();
        assert_eq!(bins.iter().map(|bin| bin.n).collect::<Vec<_>>(), [2; 15]);
        let mut tied = vec![(0.9, 1.0); 12];
        tied.extend([(0.1, 0.0), (0.2, 0.0), (0.3, 0.0)]);
        let bins = of(&tied).mass_bins();
        assert_eq!(
            bins.last().map(|bin| (bin.n, bin.from, bin.to)),
            Some((12, 0.9, 0.9))
        );
    }

    #[test]
    fn a_model_that_is_always_sure_and_half_right_is_off_by_a_half() {
        let found = of(&[(1.0, 1.0), (1.0, 0.0), (1.0, 1.0), (1.0, 0.0)]);
        assert_eq!(
            (found.error_by_mass(&[1; 4]), found.error_by_width(&[1; 4])),
            (0.5, 0.5)
        );
    }

    proptest! {
        #[test]
        fn errors_are_shares_and_no_order_matters(pairs in prop::collection::vec((0.0..=1.0_f64, prop::bool::ANY), 1..80), turn in 0_usize..80) {
            let pairs: Vec<(f64, f64)> = pairs.into_iter().map(|(confidence, right)| ((confidence * 20.0).round() / 20.0, f64::from(u8::from(right)))).collect();
            let weights = vec![1; pairs.len()];
            let found = of(&pairs);
            for error in [found.error_by_mass(&weights), found.error_by_width(&weights), found.brier(&weights)] {
                prop_assert!((0.0..=1.0).contains(&error), "{}", error);
            }
            let mut other = pairs.clone();
            other.rotate_left(turn % pairs.len());
            let other = of(&other);
            prop_assert_eq!(found.error_by_mass(&weights), other.error_by_mass(&weights));
            prop_assert_eq!(found.error_by_width(&weights), other.error_by_width(&weights));
            prop_assert_eq!(found.mass_bins().iter().map(|bin| bin.n).sum::<u64>(), pairs.len() as u64);
            prop_assert!(found.mass_bins().len() <= BINS);
            // Fewer, coarser bins never show more error: the whole is one bin.
            let gap = pairs.iter().map(|(confidence, correct)| correct - confidence).sum::<f64>().abs() / pairs.len() as f64;
            prop_assert!(found.error_by_mass(&weights) + 1e-9 >= gap);
        }

        #[test]
        fn drawing_a_text_twice_is_having_it_twice(pairs in prop::collection::vec((0.0..=1.0_f64, prop::bool::ANY, 0_u32..4), 1..40)) {
            let answers: Vec<Judged> = pairs.iter().map(|&(confidence, right, _)| Judged { confidence, correct: f64::from(u8::from(right)) }).collect();
            let (found, order) = Calibration::new(answers);
            let weights: Vec<u32> = order.iter().map(|&place| pairs[place as usize].2).collect();
            let repeated: Vec<(f64, f64)> = pairs.iter().flat_map(|&(confidence, right, times)| vec![(confidence, f64::from(u8::from(right))); times as usize]).collect();
            if !repeated.is_empty() {
                let all = vec![1; repeated.len()];
                let other = of(&repeated);
                prop_assert!((found.error_by_mass(&weights) - other.error_by_mass(&all)).abs() < 1e-9);
                prop_assert!((found.error_by_width(&weights) - other.error_by_width(&all)).abs() < 1e-9);
                prop_assert!((found.brier(&weights) - other.brier(&all)).abs() < 1e-9);
            }
        }
    }
}
