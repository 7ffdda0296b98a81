//! What the report says of the signal: first how often it is wrong.

use assay_model::Origin;
use assay_model::report::{NoScore, NotScored, StyleFigure, StyleGroup, Stylometry};
use assay_sketch::STYLE_LEAST_WORDS;
use std::collections::BTreeMap;

use super::training::{FOLDS, KnownParts, Trained};
use super::{LEAST_IN_GROUP, StyleRows, THRESHOLD};
use crate::columns::Samples;
use crate::estimators::discrimination::{auc, calibration_error};
use crate::estimators::interval::proportion;

/// Groups listed for each dimension, those with most human texts first.
const GROUPS_LISTED: usize = 50;

/// A signal that was not trained.
pub(super) fn refused(known: &KnownParts, why: String) -> Stylometry {
    let (human, machine) = known.before;
    Stylometry {
        refused: Some(why),
        human,
        machine,
        judged: known.judged(),
        least_words: STYLE_LEAST_WORDS as u64,
        threshold: THRESHOLD,
        ..Stylometry::default()
    }
}

pub(super) fn of(
    samples: &Samples,
    rows: &StyleRows,
    known: &KnownParts,
    trained: &Trained,
    by_sample: &[Result<f64, NoScore>],
) -> Stylometry {
    let of_kind = |wanted: bool| -> Vec<f64> {
        let parts = known.parts.iter().zip(&trained.scores);
        parts
            .filter(|(part, _)| part.1 == wanted)
            .map(|(_, &score)| score)
            .collect()
    };
    let (human, machine) = (of_kind(false), of_kind(true));
    let machine_like = |scores: &[f64]| {
        let found = scores.iter().filter(|&&score| score >= THRESHOLD).count();
        proportion(found as u64, scores.len() as u64)
    };
    let mut summary = Stylometry {
        human: human.len() as u64,
        machine: machine.len() as u64,
        judged: known.judged(),
        least_words: STYLE_LEAST_WORDS as u64,
        languages: known.languages.clone(),
        roles: known.roles.clone(),
        figures: figures(trained),
        folds: FOLDS as u64,
        auc: auc(&machine, &human),
        threshold: THRESHOLD,
        false_positives: machine_like(&human),
        true_positives: machine_like(&machine),
        calibration_error: calibration_error(&machine, &human),
        by_group: by_group(samples, rows, known, trained),
        ..Stylometry::default()
    };
    count_scores(&mut summary, samples, by_sample);
    summary
}

fn figures(trained: &Trained) -> Vec<StyleFigure> {
    let model = &trained.model;
    let mut figures: Vec<StyleFigure> = model
        .figures
        .iter()
        .zip(&model.weights)
        .map(|(name, &weight)| StyleFigure {
            name: name.clone(),
            weight,
        })
        .collect();
    figures.sort_by(|a, b| {
        b.weight
            .abs()
            .total_cmp(&a.weight.abs())
            .then_with(|| a.name.cmp(&b.name))
    });
    figures
}

/// False positives by group, where enough human texts are in it.
fn by_group(samples: &Samples, rows: &StyleRows, known: &KnownParts, trained: &Trained) -> Vec<StyleGroup> {
    let mut groups: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
    for (&(part, is_machine, _), &score) in known.parts.iter().zip(&trained.scores) {
        if is_machine {
            continue;
        }
        let row = rows.row[part as usize] as usize;
        let name = |number: u32| samples.names.name(number);
        let values = [
            ("domain", name(samples.domain[row])),
            ("language", rows.language(part as usize)),
            ("source", name(samples.source[row])),
            ("role", rows.role(part as usize)),
        ];
        for of in values.into_iter().filter(|(_, value)| !value.is_empty()) {
            let group = groups.entry(of).or_default();
            group.0 += u64::from(score >= THRESHOLD);
            group.1 += 1;
        }
    }
    let mut listed: Vec<StyleGroup> = groups
        .into_iter()
        .filter(|(_, (_, of))| *of >= LEAST_IN_GROUP)
        .filter_map(|((dimension, value), (found, of))| {
            Some(StyleGroup {
                dimension: dimension.to_owned(),
                value: value.to_owned(),
                false_positives: proportion(found, of)?,
            })
        })
        .collect();
    listed.sort_by(|a, b| {
        let size = |group: &StyleGroup| std::cmp::Reverse(group.false_positives.of);
        (&a.dimension, size(a), &a.value).cmp(&(&b.dimension, size(b), &b.value))
    });
    let mut seen = BTreeMap::new();
    listed.retain(|group| {
        let count = seen.entry(group.dimension.clone()).or_insert(0);
        *count += 1;
        *count <= GROUPS_LISTED
    });
    listed
}

/// The score of each sample, which is its parts' highest; where none has one, why its last part has not.
pub(super) fn by_sample(
    samples: &Samples,
    rows: &StyleRows,
    scored: &[Result<f64, NoScore>],
) -> Vec<Result<f64, NoScore>> {
    let mut highest: Vec<Result<f64, NoScore>> = vec![Err(NoScore::TooShort); samples.len()];
    for &row in &rows.without {
        highest[row as usize] = Err(NoScore::NoFigures);
    }
    for (&row, &score) in rows.row.iter().zip(scored) {
        let best = &mut highest[row as usize];
        *best = match (*best, score) {
            (Ok(a), Ok(b)) => Ok(a.max(b)),
            (Ok(a), Err(_)) => Ok(a),
            (Err(_), score) => score,
        };
    }
    highest
}

/// The samples that have words enough and yet no score, with the reason.
pub(super) fn unscored(samples: &Samples, by_sample: &[Result<f64, NoScore>]) -> Vec<(u64, NoScore)> {
    let with_reason = samples.sample.iter().zip(by_sample);
    with_reason
        .filter_map(|(&sample, score)| Some((sample, score.err()?)))
        .filter(|(_, reason)| *reason != NoScore::TooShort)
        .collect()
}

/// Counts samples with a score, machine-like ones, and those without a score by reason.
pub(super) fn count_scores(summary: &mut Stylometry, samples: &Samples, by_sample: &[Result<f64, NoScore>]) {
    let mut without: BTreeMap<NoScore, u64> = BTreeMap::new();
    for (score, &origin) in by_sample.iter().zip(&samples.origin) {
        let place = Origin::ALL
            .iter()
            .position(|each| *each == origin)
            .expect("ALL holds every origin");
        match score {
            Ok(score) => {
                summary.scored[place] += 1;
                summary.machine_like[place] += u64::from(*score >= THRESHOLD);
            }
            Err(reason) => *without.entry(*reason).or_default() += 1,
        }
    }
    summary.not_scored = without
        .into_iter()
        .map(|(reason, samples)| NotScored { reason, samples })
        .collect();
}
