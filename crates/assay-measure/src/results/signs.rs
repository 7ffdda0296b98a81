//! Do two runs differ as models do that collapse?
//!
//! Three contrasts, each a number first: the tail's loss against the head's (Shumailov et al. 2024 see rare events
//! vanish first while common text grows likelier), calibration, and the loss of human text against that of machine
//! text (a model fed on models comes to prefer them). A sign is called found only if it is worse by more than
//! "none" and its interval leaves out no change.

use assay_model::results::{GroupDifference, ModelSign};

use super::bootstrap::percentiles;
use super::paired::{Rounds, direction};
use super::scored::Means;
use crate::comparison::{EffectSizes, cohens_h, log_ratio};

type Compared = (GroupDifference, Rounds);

/// Kind and value of the groups that two of the signs hold against each other.
const TAIL_AND_HEAD: [(&str, &str); 2] = [("band", "tail"), ("band", "head")];

/// Every sign between two runs, those that cannot be computed with the reason.
pub fn between(compared: &[Compared], sizes: &EffectSizes) -> Vec<ModelSign> {
    let contrast = |contrast: Contrast| contrast.between(compared, sizes);
    vec![
        contrast(Contrast {
            sign: "tail_against_head",
            about: "Mean loss of the tail minus that of the head, in nats a token",
            sides: TAIL_AND_HEAD,
            names: ["the tail", "the head"],
            of: |means| means.loss,
            effect: Effect::LogRatio,
        }),
        contrast(Contrast {
            sign: "tail_accuracy_against_head",
            about: "Accuracy on the tail minus that on the head",
            sides: TAIL_AND_HEAD,
            names: ["accuracy on the tail", "that on the head"],
            of: |means| means.accuracy,
            effect: Effect::CohensH,
        }),
        calibration(compared, sizes),
        contrast(Contrast {
            sign: "human_against_machine",
            about: "Mean loss of human text minus that of machine text, in nats a token",
            sides: [("origin", "human"), ("origin", "machine")],
            names: ["human text", "machine text"],
            of: |means| means.loss,
            effect: Effect::LogRatio,
        }),
    ]
}

#[derive(Clone, Copy, PartialEq)]
enum Effect {
    /// Of a loss: more of the contrast is worse.
    LogRatio,
    /// Of an accuracy: less of it is worse.
    CohensH,
}

impl Effect {
    fn word(self) -> &'static str {
        match self {
            Self::LogRatio => "log_ratio",
            Self::CohensH => "cohens_h",
        }
    }

    fn of(self, a: f64, b: f64) -> Option<f64> {
        match self {
            Self::LogRatio => log_ratio(a, b),
            Self::CohensH => Some(cohens_h(a, b)),
        }
    }
}

/// One group against another, in both runs.
struct Contrast {
    sign: &'static str,
    about: &'static str,
    sides: [(&'static str, &'static str); 2],
    names: [&'static str; 2],
    of: fn(&Means) -> f64,
    effect: Effect,
}

fn group<'a>(compared: &'a [Compared], by: &str, value: &str) -> Option<&'a Compared> {
    compared
        .iter()
        .find(|(difference, _)| difference.by == by && difference.value == value)
}

impl Contrast {
    fn between(&self, compared: &[Compared], sizes: &EffectSizes) -> ModelSign {
        let empty = named(self.sign, self.about, self.effect);
        let sides = self.sides.map(|(by, value)| group(compared, by, value));
        let [Some((first, of_first)), Some((second, of_second))] = sides else {
            return without(empty, self.names[0]);
        };
        let pair = |rounds: &Rounds| ((self.of)(&rounds.plain.0), (self.of)(&rounds.plain.1));
        let ((first_a, first_b), (second_a, second_b)) = (pair(of_first), pair(of_second));
        for (name, value) in self.names.into_iter().zip([first_a, second_a]) {
            if !value.is_finite() {
                return without(empty, name);
            }
        }
        let (a, b) = (first_a - second_a, first_b - second_b);
        let moved: Vec<f64> = of_first
            .drawn
            .iter()
            .zip(&of_second.drawn)
            .map(|(first, second)| {
                let of = self.of;
                (of(&first.1) - of(&second.1)) - (of(&first.0) - of(&second.0))
            })
            .filter(|change| change.is_finite())
            .collect();
        let interval = percentiles(&moved, b - a);
        let effect = self
            .effect
            .of(first_a, first_b)
            .zip(self.effect.of(second_a, second_b))
            .map(|(first, second)| first - second);
        let size = effect.map(|effect| sizes.word(effect));
        let more_is_better = self.effect == Effect::CohensH;
        let worse = direction(b - a, more_is_better) == "worse";
        let sure = if more_is_better {
            interval[1] < 0.0
        } else {
            interval[0] > 0.0
        };
        // The first side itself must get worse: where only the second got better, nothing is being lost.
        let first_worse = direction(first_b - first_a, more_is_better) == "worse";
        ModelSign {
            a: Some(a),
            b: Some(b),
            change: Some(b - a),
            interval: Some(interval),
            effect,
            size: size.map(str::to_owned),
            direction: direction(b - a, more_is_better).to_owned(),
            note: format!(
                "{} {} while {} {}",
                self.names[0],
                motion(first_b - first_a),
                self.names[1],
                motion(second_b - second_a)
            ),
            found: worse && sure && first_worse && size != Some("none"),
            filters: [first, second]
                .into_iter()
                .filter_map(|side| side.filter.clone())
                .collect(),
            ..empty
        }
    }
}

/// `rises by 0.412`, to three decimals; `stays` for less than that.
fn motion(change: f64) -> String {
    match change {
        change if change.abs() < 0.000_5 => "stays".to_owned(),
        change if change > 0.0 => format!("rises by {change:.3}"),
        change => format!("falls by {:.3}", -change),
    }
}

/// A sign without its figures.
fn named(sign: &str, about: &str, effect: Effect) -> ModelSign {
    ModelSign {
        sign: sign.to_owned(),
        about: about.to_owned(),
        effect_kind: effect.word().to_owned(),
        ..ModelSign::default()
    }
}

fn without(sign: ModelSign, what: &str) -> ModelSign {
    ModelSign {
        note: format!("no figure in both runs for {what}"),
        ..sign
    }
}

/// Whether confidence says less of correctness than before.
fn calibration(compared: &[Compared], sizes: &EffectSizes) -> ModelSign {
    let empty = named(
        "calibration",
        "Expected calibration error, bins of equal mass",
        Effect::CohensH,
    );
    let whole = group(compared, "all", "").and_then(|(difference, _)| {
        difference
            .changes
            .iter()
            .find(|change| change.measure == "calibration_error")
    });
    let Some(change) = whole else {
        return without(empty, "confidence and correctness");
    };
    let size = change.effect.map(|effect| sizes.word(effect));
    ModelSign {
        a: Some(change.a),
        b: Some(change.b),
        change: Some(change.change),
        interval: Some(change.interval),
        effect: change.effect,
        size: size.map(str::to_owned),
        direction: change.direction.clone(),
        note: format!("the calibration error {}", motion(change.change)),
        found: change.direction == "worse" && change.interval[0] > 0.0 && size != Some("none"),
        filters: vec![String::new()],
        ..empty
    }
}
