//! One run's loss, accuracy and calibration on one group of texts, each with its interval.

use assay_model::results::{AccuracyFigures, CalibrationFigures, Estimated, GroupFigures, LossFigures};

use super::SEED;
use super::bootstrap::{counts, percentiles, rounds, turned};
use super::groups::Group;
use super::scored::{Columns, Means, Scored};
use crate::estimators::interval::wilson;

/// The figures of the texts of `group` that have a result.
pub fn of_group(group: &Group, scored: &[Option<Scored>]) -> GroupFigures {
    let rows: Vec<Scored> = group
        .members
        .iter()
        .filter_map(|&text| scored[text as usize])
        .collect();
    let joined = rows.len() as u64;
    let columns = Columns::new(rows);
    let means = columns.plain();
    let drawn: Vec<Means> = (0..rounds(columns.len()))
        .map(|round| columns.weighed(&counts(columns.len(), SEED, round)))
        .collect();
    GroupFigures {
        by: group.by.to_owned(),
        value: group.value.clone(),
        filter: group.filter.clone(),
        texts: group.members.len() as u64,
        joined,
        loss: loss(&columns, &means, &drawn),
        accuracy: accuracy(&columns, &means, &drawn),
        calibration: calibration(&columns, &means, &drawn),
    }
}

/// The values of one figure over the draws in which it is defined.
pub fn over(drawn: &[Means], of: fn(&Means) -> f64) -> Vec<f64> {
    drawn.iter().map(of).filter(|value| value.is_finite()).collect()
}

fn loss(columns: &Columns, means: &Means, drawn: &[Means]) -> Option<LossFigures> {
    let losses: Vec<&Scored> = columns.rows().iter().filter(|row| row.loss.is_some()).collect();
    if losses.is_empty() {
        return None;
    }
    let interval = percentiles(&over(drawn, |means| means.loss), means.loss);
    let (mut tokens, mut nats) = (Some(0.0), 0.0);
    for row in &losses {
        tokens = tokens.zip(row.tokens).map(|(sum, tokens)| sum + tokens);
        nats += row
            .loss
            .zip(row.tokens)
            .map_or(0.0, |(loss, tokens)| loss * tokens);
    }
    let tokens = tokens.filter(|&tokens| tokens > 0.0);
    Some(LossFigures {
        n: losses.len() as u64,
        mean: means.loss,
        interval,
        perplexity: means.loss.exp(),
        perplexity_interval: interval.map(f64::exp),
        token_perplexity: tokens.map(|tokens| (nats / tokens).exp()),
        tokens,
    })
}

fn accuracy(columns: &Columns, means: &Means, drawn: &[Means]) -> Option<AccuracyFigures> {
    let answers: Vec<f64> = columns.rows().iter().filter_map(|row| row.correct).collect();
    if answers.is_empty() {
        return None;
    }
    let n = answers.len() as u64;
    let plain = answers.iter().all(|&correct| correct == 0.0 || correct == 1.0);
    let (interval, kind) = if plain {
        let right = answers.iter().filter(|&&correct| correct == 1.0).count() as u64;
        (wilson(right, n), "wilson")
    } else {
        (
            percentiles(&over(drawn, |means| means.accuracy), means.accuracy),
            "bootstrap",
        )
    };
    Some(AccuracyFigures {
        n,
        value: means.accuracy,
        interval,
        interval_kind: kind.to_owned(),
    })
}

fn calibration(columns: &Columns, means: &Means, drawn: &[Means]) -> Option<CalibrationFigures> {
    let found = columns.calibration();
    if found.is_empty() {
        return None;
    }
    let off = |of: fn(&Means) -> f64| Estimated {
        value: of(means),
        interval: turned(&over(drawn, of), of(means)),
    };
    Some(CalibrationFigures {
        n: found.len() as u64,
        equal_mass: off(|means| means.equal_mass),
        equal_width: off(|means| means.equal_width),
        brier: Estimated {
            value: means.brier,
            interval: percentiles(&over(drawn, |means| means.brier), means.brier),
        },
        mass_bins: found.mass_bins(),
        width_bins: found.width_bins(),
    })
}
