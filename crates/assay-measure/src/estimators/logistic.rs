//! Which weighing of figures tells two kinds apart?
//!
//! Logistic regression with an L2 penalty, by Newton's method (McCullagh and Nelder 1989, section 4.4; the ridge of le
//! Cessie and van Houwelingen 1992). Sums are taken in a fixed order, so the same rows give the same bits.

use rayon::prelude::*;

/// Rows of equal width, each with what it should give and how much it counts.
#[derive(Clone, Copy)]
pub struct Observations<'a> {
    pub width: usize,
    /// Row after row.
    pub rows: &'a [f64],
    /// The wanted probability, 0 to 1.
    pub targets: &'a [f64],
    pub weights: &'a [f64],
}

/// `intercept + weights . row` are the log odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    pub intercept: f64,
    pub weights: Vec<f64>,
}

const ITERATIONS: usize = 50;
const CONVERGED: f64 = 1e-9;
/// Rows summed together.
const CHUNK: usize = 1024;

impl Logistic {
    /// Minimises the weighted log loss plus `ridge / 2` times the squared weights; the intercept is free.
    /// Without any penalty, separable rows have no minimum: then `ridge` must be above 0.
    pub fn fit(observations: &Observations<'_>, ridge: f64) -> Self {
        let size = observations.width + 1;
        let mut at = vec![0.0; size];
        let mut here = Sums::at(observations, &at, ridge);
        for _ in 0..ITERATIONS {
            let step = solve(&here.curvature, &here.slope, size);
            let largest = step.iter().fold(0.0_f64, |largest, step| largest.max(step.abs()));
            let Some((next, sums)) = descend(observations, &at, &step, here.loss, ridge) else {
                break;
            };
            (at, here) = (next, sums);
            if largest < CONVERGED {
                break;
            }
        }
        Self {
            intercept: at[0],
            weights: at.split_off(1),
        }
    }

    /// The log odds of a row.
    pub fn log_odds(&self, row: &[f64]) -> f64 {
        self.intercept + dot(&self.weights, row)
    }
}

/// 1 / (1 + e^-x), without overflow.
pub fn probability(log_odds: f64) -> f64 {
    if log_odds >= 0.0 {
        1.0 / (1.0 + (-log_odds).exp())
    } else {
        let odds = log_odds.exp();
        odds / (1.0 + odds)
    }
}

/// Goes along the step, halving it until the loss falls; `None` where it no longer does.
fn descend(
    observations: &Observations<'_>,
    from: &[f64],
    step: &[f64],
    loss: f64,
    ridge: f64,
) -> Option<(Vec<f64>, Sums)> {
    let mut length = 1.0;
    for _ in 0..20 {
        let next: Vec<f64> = from
            .iter()
            .zip(step)
            .map(|(at, step)| at - length * step)
            .collect();
        let sums = Sums::at(observations, &next, ridge);
        if sums.loss < loss {
            return Some((next, sums));
        }
        length /= 2.0;
    }
    None
}

/// The loss at a point, its slope and its curvature (lower triangle, row after row of the full square).
struct Sums {
    loss: f64,
    slope: Vec<f64>,
    curvature: Vec<f64>,
}

impl Sums {
    fn at(observations: &Observations<'_>, at: &[f64], ridge: f64) -> Self {
        let size = at.len();
        let count = observations.targets.len();
        let starts: Vec<usize> = (0..count).step_by(CHUNK).collect();
        let parts: Vec<Self> = starts
            .par_iter()
            .map(|&start| Self::of_rows(observations, start..(start + CHUNK).min(count), at))
            .collect();
        let mut all = Self::zero(size);
        for part in parts {
            all.loss += part.loss;
            all.slope
                .iter_mut()
                .zip(part.slope)
                .for_each(|(sum, each)| *sum += each);
            all.curvature
                .iter_mut()
                .zip(part.curvature)
                .for_each(|(sum, each)| *sum += each);
        }
        // The first weight is the intercept, which is not held back.
        for (place, weight) in at.iter().enumerate().skip(1) {
            all.loss += ridge / 2.0 * weight * weight;
            all.slope[place] += ridge * weight;
            all.curvature[place * size + place] += ridge;
        }
        all
    }

    fn zero(size: usize) -> Self {
        Self {
            loss: 0.0,
            slope: vec![0.0; size],
            curvature: vec![0.0; size * size],
        }
    }

    fn of_rows(observations: &Observations<'_>, rows: std::ops::Range<usize>, at: &[f64]) -> Self {
        let (width, size) = (observations.width, at.len());
        let mut sums = Self::zero(size);
        let mut row = vec![1.0; size];
        for number in rows {
            row[1..].copy_from_slice(&observations.rows[number * width..(number + 1) * width]);
            let (target, weight) = (observations.targets[number], observations.weights[number]);
            let log_odds = dot(at, &row);
            let found = probability(log_odds);
            // log(1 + e^x) - t x, without overflow.
            sums.loss += weight * (log_odds.max(0.0) + (-log_odds.abs()).exp().ln_1p() - target * log_odds);
            let error = weight * (found - target);
            let bend = weight * (found * (1.0 - found)).max(1e-12);
            for place in 0..size {
                sums.slope[place] += error * row[place];
                let scaled = bend * row[place];
                let line = &mut sums.curvature[place * size..=place * size + place];
                line.iter_mut()
                    .zip(&row)
                    .for_each(|(sum, value)| *sum += scaled * value);
            }
        }
        sums
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Solves `matrix x = right` for a symmetric positive definite matrix (its lower triangle) by Cholesky's decomposition.
fn solve(matrix: &[f64], right: &[f64], size: usize) -> Vec<f64> {
    let mut root = matrix.to_vec();
    for column in 0..size {
        for row in column..size {
            let known: f64 = (0..column)
                .map(|k| root[row * size + k] * root[column * size + k])
                .sum();
            let rest = root[row * size + column] - known;
            root[row * size + column] = if row == column {
                // A figure that never varies has no curvature of its own; it stays where it is.
                rest.max(1e-12).sqrt()
            } else {
                rest / root[column * size + column]
            };
        }
    }
    let mut solution = right.to_vec();
    for row in 0..size {
        let known: f64 = (0..row).map(|k| root[row * size + k] * solution[k]).sum();
        solution[row] = (solution[row] - known) / root[row * size + row];
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|k| root[k * size + row] * solution[k]).sum();
        solution[row] = (solution[row] - known) / root[row * size + row];
    }
    solution
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: [f64; 20] = [
        0.50, 0.75, 1.00, 1.25, 1.50, 1.75, 1.75, 2.00, 2.25, 2.50, 2.75, 3.00, 3.25, 3.50, 4.00, 4.25, 4.50,
        4.75, 5.00, 5.50,
    ];
    const PASSED: [f64; 20] = [
        0., 0., 0., 0., 0., 0., 1., 0., 1., 0., 1., 0., 1., 0., 1., 1., 1., 1., 1., 1.,
    ];

    fn hours(ridge: f64) -> Logistic {
        let observations = Observations {
            width: 1,
            rows: &HOURS,
            targets: &PASSED,
            weights: &[1.0; 20],
        };
        Logistic::fit(&observations, ridge)
    }

    #[test]
    fn the_textbook_example_of_hours_and_examinations_gives_its_published_coefficients() {
        // The worked example of the encyclopaedia article on logistic regression: -4.0777 and 1.5046 an hour.
        let fitted = hours(0.0);
        assert!((fitted.intercept + 4.0777).abs() < 1e-4, "{fitted:?}");
        assert!((fitted.weights[0] - 1.5046).abs() < 1e-4, "{fitted:?}");
        assert!((probability(fitted.log_odds(&[2.0])) - 0.2556).abs() < 1e-3);
    }

    #[test]
    fn a_penalty_shrinks_the_weights_and_makes_separable_rows_finite() {
        assert!(hours(5.0).weights[0] < hours(0.0).weights[0]);
        let observations = Observations {
            width: 1,
            rows: &[-1.0, -2.0, 1.0, 2.0],
            targets: &[0.0, 0.0, 1.0, 1.0],
            weights: &[1.0; 4],
        };
        let weight = Logistic::fit(&observations, 1.0).weights[0];
        assert!(weight > 0.5 && weight < 3.0, "{weight}");
    }

    #[test]
    fn a_figure_that_never_varies_costs_nothing() {
        let rows: Vec<f64> = HOURS.iter().flat_map(|&hours| [hours, 0.0]).collect();
        let observations = Observations {
            width: 2,
            rows: &rows,
            targets: &PASSED,
            weights: &[1.0; 20],
        };
        let fitted = Logistic::fit(&observations, 1e-6);
        assert!((fitted.weights[0] - 1.5046).abs() < 1e-3, "{fitted:?}");
        assert!(fitted.weights[1].abs() < 1e-6);
    }
}
