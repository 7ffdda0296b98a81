//! A trained signal: what it must remember to score a text it has never seen.

use assay_model::report::NoScore;
use assay_sketch::STYLE_FIGURES;
use serde::{Deserialize, Serialize};

use super::rows::{WIDTH, primary};
use crate::estimators::logistic::{Logistic, Observations, probability};

/// Weight of the penalty on the squared weights, which are of figures in standard deviations.
const RIDGE: f64 = 1.0;
/// Figures farther from the mean than this many standard deviations count as this far: one odd text shall not decide.
const FARTHEST: f64 = 4.0;

/// Figures in, score out. Kept as JSON; a model whose figures are not those of this version scores nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StyleModel {
    pub figures: Vec<String>,
    /// Each figure is compared with the same language's texts.
    pub scales: Vec<LanguageScale>,
    pub roles: Vec<String>,
    pub intercept: f64,
    pub weights: Vec<f64>,
    /// From log odds to calibrated log odds: slope and intercept (Platt 1999).
    pub calibration: [f64; 2],
}

/// Mean and standard deviation of each figure in one language, both kinds weighing the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LanguageScale {
    pub language: String,
    pub mean: Vec<f64>,
    pub deviation: Vec<f64>,
}

/// A text to learn from.
#[derive(Clone, Copy)]
pub(super) struct Lesson<'a> {
    pub language: &'a str,
    pub role: &'a str,
    pub figures: &'a [f32],
    pub is_machine: bool,
}

impl StyleModel {
    /// Learns from texts of both kinds; calibrated as if it needed no calibration.
    pub(super) fn fit(lessons: &[Lesson<'_>], languages: &[String], roles: &[String]) -> Self {
        let scales: Vec<LanguageScale> = languages
            .iter()
            .map(|language| LanguageScale::of(language, lessons))
            .collect();
        let mut rows = Vec::with_capacity(lessons.len() * WIDTH);
        for lesson in lessons {
            let scale = scales.iter().find(|scale| scale.language == lesson.language);
            rows.extend(
                scale
                    .expect("lessons are in the languages given")
                    .standardised(lesson.figures),
            );
        }
        let targets: Vec<f64> = lessons
            .iter()
            .map(|lesson| f64::from(u8::from(lesson.is_machine)))
            .collect();
        let weights = equal_kinds(&targets);
        let observations = Observations {
            width: WIDTH,
            rows: &rows,
            targets: &targets,
            weights: &weights,
        };
        let Logistic { intercept, weights } = Logistic::fit(&observations, RIDGE);
        Self {
            figures: STYLE_FIGURES.iter().map(|name| (*name).to_owned()).collect(),
            scales,
            roles: roles.to_vec(),
            intercept,
            weights,
            calibration: [1.0, 0.0],
        }
    }

    /// The score of a text, or why it has none.
    pub fn score(&self, language: &str, role: &str, figures: &[f32]) -> Result<f64, NoScore> {
        let log_odds = self.log_odds(language, role, figures)?;
        Ok(calibrated(self.calibration, log_odds))
    }

    /// Before calibration.
    pub(super) fn log_odds(&self, language: &str, role: &str, figures: &[f32]) -> Result<f64, NoScore> {
        if !self.figures.iter().map(String::as_str).eq(STYLE_FIGURES) {
            return Err(NoScore::NoFigures);
        }
        if !self.roles.iter().any(|known| known == role) {
            return Err(NoScore::RoleUnseen);
        }
        let language = primary(language);
        let scale = self
            .scales
            .iter()
            .find(|scale| scale.language == language)
            .ok_or(NoScore::LanguageUnseen)?;
        let weighed = scale.standardised(figures).zip(&self.weights);
        Ok(self.intercept + weighed.map(|(figure, weight)| figure * weight).sum::<f64>())
    }
}

impl LanguageScale {
    fn of(language: &str, lessons: &[Lesson<'_>]) -> Self {
        let mut scale = Self {
            language: language.to_owned(),
            mean: vec![0.0; WIDTH],
            deviation: vec![0.0; WIDTH],
        };
        let of_kind = |is_machine: bool| {
            let wanted =
                move |lesson: &&Lesson<'_>| lesson.language == language && lesson.is_machine == is_machine;
            (
                lessons.iter().filter(wanted),
                lessons.iter().filter(wanted).count().max(1) as f64,
            )
        };
        for is_machine in [false, true] {
            let (of_kind, count) = of_kind(is_machine);
            for lesson in of_kind {
                for (sum, &figure) in scale.mean.iter_mut().zip(lesson.figures) {
                    *sum += 0.5 * f64::from(figure) / count;
                }
            }
        }
        for is_machine in [false, true] {
            let (of_kind, count) = of_kind(is_machine);
            for lesson in of_kind {
                for ((sum, mean), &figure) in scale.deviation.iter_mut().zip(&scale.mean).zip(lesson.figures)
                {
                    *sum += 0.5 * (f64::from(figure) - mean).powi(2) / count;
                }
            }
        }
        scale
            .deviation
            .iter_mut()
            .for_each(|variance| *variance = variance.sqrt());
        scale
    }

    /// In standard deviations; 0 where a figure never varied.
    fn standardised<'a>(&'a self, figures: &'a [f32]) -> impl Iterator<Item = f64> + 'a {
        figures
            .iter()
            .zip(&self.mean)
            .zip(&self.deviation)
            .map(|((&figure, mean), &deviation)| {
                if deviation < 1e-9 {
                    return 0.0;
                }
                ((f64::from(figure) - mean) / deviation).clamp(-FARTHEST, FARTHEST)
            })
    }
}

/// A calibrated score.
pub(super) fn calibrated([slope, intercept]: [f64; 2], log_odds: f64) -> f64 {
    probability(slope * log_odds + intercept)
}

/// Platt's calibration (1999) of log odds that were taken out of fold, with his targets that are never quite 0 or 1.
pub(super) fn calibrate(log_odds: &[f64], is_machine: &[bool]) -> [f64; 2] {
    let machine = is_machine.iter().filter(|&&is| is).count() as f64;
    let human = is_machine.len() as f64 - machine;
    let hard: Vec<f64> = is_machine.iter().map(|&is| f64::from(u8::from(is))).collect();
    let soft: Vec<f64> = is_machine
        .iter()
        .map(|&is| {
            if is {
                (machine + 1.0) / (machine + 2.0)
            } else {
                1.0 / (human + 2.0)
            }
        })
        .collect();
    let weights = equal_kinds(&hard);
    let observations = Observations {
        width: 1,
        rows: log_odds,
        targets: &soft,
        weights: &weights,
    };
    let Logistic { intercept, weights } = Logistic::fit(&observations, 1e-6);
    [weights[0], intercept]
}

/// Weights under which both kinds count the same, and all together as many as there are.
fn equal_kinds(targets: &[f64]) -> Vec<f64> {
    let machine = targets.iter().sum::<f64>().max(1.0);
    let all = targets.len() as f64;
    let human = (all - machine).max(1.0);
    targets
        .iter()
        .map(|&target| all / 2.0 / if target > 0.5 { machine } else { human })
        .collect()
}
