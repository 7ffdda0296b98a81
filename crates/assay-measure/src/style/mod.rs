//! How much is a text written like the machine texts of its own dataset?
//!
//! A logistic regression over figures of style, trained on the parts whose origin was declared or judged. Near-duplicates
//! never straddle a fold, every figure about errors is taken out of fold, and a text that training saw is scored by a
//! model that did not see it. Such detectors err most on writers who are not in their training data (Liang et al. 2023,
//! arXiv 2304.02819), so the score goes with its error rates, orders queues, and is never evidence that decides.

mod grouping;
mod model;
mod rows;
mod summary;
mod training;

use assay_model::report::{NoScore, Stylometry};
use assay_model::{Fault, Origin, Task};

pub(crate) use grouping::{Grouping, Watching};
pub use model::StyleModel;
pub(crate) use rows::StyleRows;

use crate::Inputs;
use crate::columns::Samples;
use training::{KnownParts, Trained};

/// Texts of each kind, at least, for any training.
pub const LEAST_TEXTS: u64 = 50;
/// Texts of each kind in a language or a role, at least, for it to be scored.
pub const LEAST_OF_A_KIND: u64 = 20;
/// Human texts in a group, at least, for its error rate to be told.
pub const LEAST_IN_GROUP: u64 = 30;
/// Scores from here on are called machine-like: more like the machine texts than like the human ones, were both as common.
pub const THRESHOLD: f64 = 0.5;

/// One part's score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StyleScore {
    pub sample: u64,
    pub part: u32,
    /// From 0 (as the human texts) to 1 (as the machine texts).
    pub score: f64,
    /// What training took it to be, where it learned from it; it is then scored by a model that did not see it.
    pub trained_as: Option<Origin>,
}

/// A trained signal, what it says of the snapshot, and how often it is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Styled {
    pub summary: Stylometry,
    /// `None` where training was refused.
    pub model: Option<StyleModel>,
    /// By sample and part.
    pub scores: Vec<StyleScore>,
    /// Samples without a score although they have words enough, and why.
    pub unscored: Vec<(u64, NoScore)>,
}

/// Trains on a snapshot and scores it.
pub(crate) fn measure(
    inputs: &Inputs,
    samples: &Samples,
    rows: &StyleRows,
    grouping: &Grouping,
    task: &Task,
) -> Result<Styled, Fault> {
    let known = KnownParts::of(inputs, samples, rows, grouping);
    if let Some(refused) = training::refusal(&known) {
        return Ok(Styled {
            summary: summary::refused(&known, refused),
            model: None,
            scores: Vec::new(),
            unscored: Vec::new(),
        });
    }
    let parts: Vec<u32> = known.parts.iter().map(|&(part, ..)| part).collect();
    let figures = rows.gather(inputs, &parts, task)?;
    let trained = Trained::on(rows, &known, &figures, task)?;
    let mut scored: Vec<Result<f64, NoScore>> = Vec::with_capacity(rows.len());
    rows.each(inputs, task, &mut |part, figures| {
        scored.push(trained.score(rows, part, figures, &known));
    })?;
    let by_sample = summary::by_sample(samples, rows, &scored);
    let summary = summary::of(samples, rows, &known, &trained, &by_sample);
    let trained_as = known.trained_as(rows.len());
    let scores = scored
        .iter()
        .enumerate()
        .filter_map(|(part, score)| {
            Some(StyleScore {
                sample: samples.sample[rows.row[part] as usize],
                part: rows.part[part],
                score: *score.as_ref().ok()?,
                trained_as: trained_as[part],
            })
        })
        .collect();
    Ok(Styled {
        summary,
        model: Some(trained.model),
        scores,
        unscored: summary::unscored(samples, &by_sample),
    })
}

/// Scores a snapshot with the model of another one, and only counts. How often it is wrong here, nobody knows.
pub fn score_with(model: &StyleModel, inputs: &Inputs, task: &Task) -> Result<Styled, Fault> {
    let samples = Samples::read(inputs, task)?;
    let rows = StyleRows::read(inputs, &samples)?;
    let mut scores = Vec::new();
    let mut scored = Vec::with_capacity(rows.len());
    rows.each(inputs, task, &mut |part, figures| {
        let score = model.score(rows.language(part), rows.role(part), figures);
        if let Ok(score) = score {
            scores.push(StyleScore {
                sample: samples.sample[rows.row[part] as usize],
                part: rows.part[part],
                score,
                trained_as: None,
            });
        }
        scored.push(score);
    })?;
    let by_sample = summary::by_sample(&samples, &rows, &scored);
    let mut counts = Stylometry {
        threshold: THRESHOLD,
        least_words: assay_sketch::STYLE_LEAST_WORDS as u64,
        ..Stylometry::default()
    };
    summary::count_scores(&mut counts, &samples, &by_sample);
    Ok(Styled {
        summary: counts,
        model: None,
        scores,
        unscored: summary::unscored(&samples, &by_sample),
    })
}

/// Trains on a snapshot again, without measuring the rest of it. `pairs` hands over its accepted near-duplicates.
pub fn train(
    inputs: &Inputs,
    pairs: &mut dyn FnMut(&mut dyn FnMut(u64, u64)) -> Result<(), Fault>,
    task: &Task,
) -> Result<Styled, Fault> {
    let samples = Samples::read(inputs, task)?;
    let rows = StyleRows::read(inputs, &samples)?;
    let mut grouping = Grouping::new(&samples, inputs.segments.len());
    pairs(&mut |a, b| grouping.join(&samples, a, b))?;
    measure(inputs, &samples, &rows, &grouping, task)
}
