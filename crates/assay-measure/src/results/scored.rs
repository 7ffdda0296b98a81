//! The results of one group as columns, and what a weighting of its texts makes of them.

use assay_model::results::SampleResult;

use super::calibration::{Calibration, Judged};

/// A text with its result; texts without one are absent.
pub type Scored = SampleResult;

/// One group's results, ready to be weighed again and again.
pub struct Columns {
    rows: Vec<Scored>,
    calibration: Calibration,
    /// Rows of the calibration, in its order.
    judged: Vec<u32>,
}

/// What a weighting comes to; NaN where nothing with that figure has weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Means {
    pub loss: f64,
    pub accuracy: f64,
    pub brier: f64,
    /// Expected calibration error over bins of equal mass, and of equal width.
    pub equal_mass: f64,
    pub equal_width: f64,
}

impl Columns {
    pub fn new(rows: Vec<Scored>) -> Self {
        let judged: Vec<(u32, Judged)> = rows
            .iter()
            .zip(0..)
            .filter_map(|(row, place)| {
                let (correct, confidence) = row.correct.zip(row.confidence)?;
                Some((place, Judged { confidence, correct }))
            })
            .collect();
        let (calibration, order) = Calibration::new(judged.iter().map(|(_, judged)| *judged).collect());
        Self {
            judged: order.into_iter().map(|place| judged[place as usize].0).collect(),
            calibration,
            rows,
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn rows(&self) -> &[Scored] {
        &self.rows
    }

    pub fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// The figures with each row weighing the same.
    pub fn plain(&self) -> Means {
        self.weighed(&vec![1; self.rows.len()])
    }

    /// The figures with each row weighing as often as it was drawn.
    pub fn weighed(&self, weights: &[u32]) -> Means {
        let mean = |of: fn(&Scored) -> Option<f64>| {
            let (mut sum, mut weight) = (0.0, 0.0);
            for (row, &times) in self.rows.iter().zip(weights) {
                if let Some(value) = of(row) {
                    sum += value * f64::from(times);
                    weight += f64::from(times);
                }
            }
            sum / weight
        };
        let judged: Vec<u32> = self.judged.iter().map(|&row| weights[row as usize]).collect();
        Means {
            loss: mean(|row| row.loss),
            accuracy: mean(|row| row.correct),
            brier: self.calibration.brier(&judged),
            equal_mass: self.calibration.error_by_mass(&judged),
            equal_width: self.calibration.error_by_width(&judged),
        }
    }
}
