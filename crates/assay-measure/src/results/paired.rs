//! What changed between two runs on the very same texts?
//!
//! Only texts with a figure in both runs count, and a draw takes both results of a text together (paired bootstrap):
//! what makes a text hard for both runs cancels.

use assay_model::results::{GroupDifference, PairedChange};

use super::SEED;
use super::bootstrap::{counts, percentiles, rounds};
use super::groups::Group;
use super::scored::{Columns, Means, Scored};
use crate::comparison::{EffectSizes, cohens_h, log_ratio};

/// The means of both runs in every draw, for contrasts between groups.
pub struct Rounds {
    pub plain: (Means, Means),
    pub drawn: Vec<(Means, Means)>,
}

/// Compares the texts of `group` that have results in both runs.
pub fn of_group(
    group: &Group,
    a: &[Option<Scored>],
    b: &[Option<Scored>],
    sizes: &EffectSizes,
) -> (GroupDifference, Rounds) {
    let rows: Vec<(Scored, Scored)> = group
        .members
        .iter()
        .filter_map(|&text| a[text as usize].zip(b[text as usize]))
        .map(|(a, b)| only_shared(a, b))
        .collect();
    let columns = (
        Columns::new(rows.iter().map(|row| row.0).collect()),
        Columns::new(rows.iter().map(|row| row.1).collect()),
    );
    let found = Rounds {
        plain: (columns.0.plain(), columns.1.plain()),
        drawn: (0..rounds(rows.len()))
            .map(|round| {
                let weights = counts(rows.len(), SEED, round);
                (columns.0.weighed(&weights), columns.1.weighed(&weights))
            })
            .collect(),
    };
    let n_of = |of: fn(&Scored) -> bool| rows.iter().filter(|row| of(&row.0)).count() as u64;
    let judged = n_of(|row| row.correct.is_some() && row.confidence.is_some());
    let measures: [(&str, u64, fn(&Means) -> f64); 4] = [
        ("loss", n_of(|row| row.loss.is_some()), |means| means.loss),
        ("accuracy", n_of(|row| row.correct.is_some()), |means| {
            means.accuracy
        }),
        ("calibration_error", judged, |means| means.equal_mass),
        ("brier", judged, |means| means.brier),
    ];
    let changes = measures
        .into_iter()
        .filter(|(_, n, _)| *n > 0)
        .map(|(measure, n, of)| change(measure, n, of, &found, sizes))
        .collect();
    let difference = GroupDifference {
        by: group.by.to_owned(),
        value: group.value.clone(),
        filter: group.filter.clone(),
        paired: rows.len() as u64,
        changes,
    };
    (difference, found)
}

/// Leaves out of both what only one has.
fn only_shared(mut a: Scored, mut b: Scored) -> (Scored, Scored) {
    let fields = [
        (&mut a.loss, &mut b.loss),
        (&mut a.correct, &mut b.correct),
        (&mut a.confidence, &mut b.confidence),
    ];
    for (of_a, of_b) in fields {
        if of_a.is_none() || of_b.is_none() {
            (*of_a, *of_b) = (None, None);
        }
    }
    (a, b)
}

fn change(measure: &str, n: u64, of: fn(&Means) -> f64, found: &Rounds, sizes: &EffectSizes) -> PairedChange {
    let (a, b) = (of(&found.plain.0), of(&found.plain.1));
    let moved: Vec<f64> = found
        .drawn
        .iter()
        .map(|(a, b)| of(b) - of(a))
        .filter(|change| change.is_finite())
        .collect();
    let (effect, kind) = match measure {
        "loss" if a == b => (Some(0.0), "log_ratio"),
        "loss" => (log_ratio(a, b), "log_ratio"),
        _ => (Some(cohens_h(a, b)), "cohens_h"),
    };
    let more_is_better = measure == "accuracy";
    PairedChange {
        measure: measure.to_owned(),
        n,
        a,
        b,
        change: b - a,
        interval: percentiles(&moved, b - a),
        effect,
        effect_kind: kind.to_owned(),
        size: effect.map(|effect| sizes.word(effect).to_owned()),
        direction: direction(b - a, more_is_better).to_owned(),
    }
}

/// `worse`, `better` or `same`.
pub fn direction(change: f64, more_is_better: bool) -> &'static str {
    if change == 0.0 {
        "same"
    } else if (change > 0.0) == more_is_better {
        "better"
    } else {
        "worse"
    }
}
