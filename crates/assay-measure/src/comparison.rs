//! What has changed from one snapshot to another, and by how much?
//!
//! Each figure comes with an effect size, not a p-value: Cohen's h for shares (Cohen 1988, chapter 6), the natural
//! logarithm of the ratio for other positive measures. The word follows the effect's size; the number comes first.

use assay_model::report::{Coverage, Diversity, Report};
use serde::Serialize;

/// One figure on both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    pub measure: &'static str,
    /// The dimension or slice it is about; empty for the whole.
    pub about: String,
    pub a: Option<f64>,
    pub b: Option<f64>,
    /// `b - a`.
    pub change: Option<f64>,
    pub effect: Option<f64>,
    /// `cohens_h` or `log_ratio`.
    pub effect_kind: &'static str,
    /// `none`, `small`, `medium` or `large`.
    pub size: Option<&'static str>,
    /// `worse`, `better`, or `same` where there is no effect; empty where more is neither good nor bad.
    pub direction: &'static str,
    /// Whether it is one of the signs by which collapse announces itself.
    pub warning_sign: bool,
}

/// Effects below these are none, small and medium; the rest is large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EffectSizes {
    pub none: f64,
    pub small: f64,
    pub medium: f64,
}

impl Default for EffectSizes {
    fn default() -> Self {
        Self {
            none: 0.02,
            small: 0.05,
            medium: 0.15,
        }
    }
}

impl EffectSizes {
    /// The word for an effect, whatever its sign.
    pub fn word(&self, effect: f64) -> &'static str {
        match effect.abs() {
            size if size < self.none => "none",
            size if size < self.small => "small",
            size if size < self.medium => "medium",
            _ => "large",
        }
    }
}

/// Cohen's h of two proportions: the difference of their arcsine transforms, 2 asin(sqrt(p)).
pub fn cohens_h(a: f64, b: f64) -> f64 {
    let transform = |share: f64| 2.0 * share.clamp(0.0, 1.0).sqrt().asin();
    transform(b) - transform(a)
}

/// The natural logarithm of b / a; none unless both are positive.
pub fn log_ratio(a: f64, b: f64) -> Option<f64> {
    (a > 0.0 && b > 0.0).then(|| (b / a).ln())
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Share,
    Positive,
}

#[derive(Clone, Copy, PartialEq)]
enum Good {
    More,
    Less,
    Neither,
}

/// A measure: what it is called, how it is compared, and whether it warns of collapse.
struct Measure {
    name: &'static str,
    kind: Kind,
    good: Good,
    sign: bool,
}

const fn measure(name: &'static str, kind: Kind, good: Good, sign: bool) -> Measure {
    Measure {
        name,
        kind,
        good,
        sign,
    }
}

/// Compares every figure of two reports. `retention` is what of each unit's tail in `a` is present in `b`.
pub fn changes(
    a: &Report,
    b: &Report,
    retention: &[(String, Option<f64>)],
    sizes: &EffectSizes,
) -> Vec<Change> {
    let mut list = List {
        sizes,
        changes: Vec::new(),
    };
    list.whole(a, b);
    list.diversity(a, b);
    list.coverage(a, b);
    for (unit, retained) in retention {
        let tail = measure("tail_retention", Kind::Share, Good::More, true);
        list.add(&tail, unit, Some(1.0), *retained);
    }
    list.changes
}

struct List<'a> {
    sizes: &'a EffectSizes,
    changes: Vec<Change>,
}

impl List<'_> {
    fn whole(&mut self, a: &Report, b: &Report) {
        use Good::{Less, More, Neither};
        use Kind::{Positive, Share};
        type Figure = fn(&Report) -> f64;
        let figures: [(Measure, Figure); 15] = [
            (measure("human_tokens", Positive, More, true), |r| {
                r.origin.human.tokens as f64
            }),
            (measure("human_share", Share, More, false), |r| {
                r.origin.human.token_share
            }),
            (measure("machine_share", Share, Less, true), |r| {
                r.origin.machine.token_share
            }),
            (measure("mixed_share", Share, Neither, false), |r| {
                r.origin.mixed.token_share
            }),
            (measure("unknown_share", Share, Less, true), |r| {
                r.origin.unknown.token_share
            }),
            (measure("samples", Positive, Neither, false), |r| {
                r.samples.indexed as f64
            }),
            (measure("tokens", Positive, Neither, false), |r| {
                r.samples.tokens as f64
            }),
            (measure("quarantined_share", Share, Less, false), |r| {
                share(r.samples.quarantined, r.samples.seen)
            }),
            (measure("conflict_share", Share, Less, false), |r| {
                share(r.conflicts, r.samples.indexed)
            }),
            (measure("exact_rate", Share, Less, false), |r| {
                r.duplication.exact.rate
            }),
            (measure("normalised_rate", Share, Less, false), |r| {
                r.duplication.normalised.rate
            }),
            (measure("near_rate", Share, Less, true), |r| {
                r.duplication.near.rate
            }),
            (measure("paragraph_share", Share, Less, false), |r| {
                r.duplication.passages.paragraph.token_share
            }),
            (measure("sentence_share", Share, Less, false), |r| {
                r.duplication.passages.sentence.token_share
            }),
            (measure("language_mismatch_share", Share, Less, false), mismatched),
        ];
        for (measure, figure) in figures {
            self.add(&measure, "", Some(figure(a)), Some(figure(b)));
        }
    }

    fn diversity(&mut self, a: &Report, b: &Report) {
        use Good::{Less, More};
        use Kind::{Positive, Share};
        type Figure = fn(&Diversity) -> f64;
        let figures: [(Measure, Figure); 5] = [
            (measure("compression_ratio", Positive, Less, true), |d| {
                d.compression_ratio[1]
            }),
            (measure("self_repetition", Positive, Less, false), |d| {
                d.self_repetition[1]
            }),
            (measure("distinct_1", Share, More, false), |d| d.distinct[0]),
            (measure("distinct_2", Share, More, false), |d| d.distinct[1]),
            (measure("heaps_beta", Positive, More, true), |d| d.heaps_beta[1]),
        ];
        for in_a in &a.diversity {
            // Length-biased: comparable only where both were measured on as many tokens.
            let Some(in_b) = b
                .diversity
                .iter()
                .find(|d| d.slice == in_a.slice && d.budget == in_a.budget)
            else {
                continue;
            };
            let about = if in_a.slice == "all" { "" } else { &in_a.slice };
            for (measure, figure) in &figures {
                let warns = Measure {
                    sign: measure.sign && about.is_empty(),
                    ..*measure
                };
                self.add(&warns, about, Some(figure(in_a)), Some(figure(in_b)));
            }
        }
    }

    fn coverage(&mut self, a: &Report, b: &Report) {
        use Good::More;
        use Kind::{Positive, Share};
        type Figure = fn(&Coverage) -> Option<f64>;
        let figures: [(Measure, Figure); 7] = [
            (measure("hill_0", Positive, More, true), |c| Some(c.hill[0])),
            (measure("hill_1", Positive, More, true), |c| Some(c.hill[1])),
            (measure("hill_2", Positive, More, true), |c| Some(c.hill[2])),
            (measure("good_turing", Share, More, false), |c| c.good_turing),
            (measure("chao_jost", Share, More, false), |c| c.chao_jost),
            (measure("chao1", Positive, More, false), |c| c.chao1),
            (measure("evenness", Share, More, false), |c| c.evenness),
        ];
        for in_a in &a.coverage {
            let Some(in_b) = b.coverage.iter().find(|coverage| coverage.unit == in_a.unit) else {
                continue;
            };
            // Topics are found anew in each, and a sample's classes grow with the sample: such counts do not compare.
            if [in_a, in_b]
                .iter()
                .any(|unit| unit.topics.is_some() || unit.sampled.is_some())
            {
                continue;
            }
            for (measure, figure) in &figures {
                self.add(measure, &in_a.unit, figure(in_a), figure(in_b));
            }
        }
    }

    fn add(&mut self, measure: &Measure, about: &str, a: Option<f64>, b: Option<f64>) {
        let both = a.zip(b);
        let effect = both.and_then(|(a, b)| match measure.kind {
            Kind::Share => Some(cohens_h(a, b)),
            Kind::Positive if a == b => Some(0.0),
            Kind::Positive => log_ratio(a, b),
        });
        self.changes.push(Change {
            measure: measure.name,
            about: about.to_owned(),
            a,
            b,
            change: both.map(|(a, b)| b - a),
            effect,
            effect_kind: match measure.kind {
                Kind::Share => "cohens_h",
                Kind::Positive => "log_ratio",
            },
            size: effect.map(|effect| self.sizes.word(effect)),
            direction: direction(measure.good, both),
            warning_sign: measure.sign,
        });
    }
}

fn direction(good: Good, both: Option<(f64, f64)>) -> &'static str {
    match (good, both) {
        (Good::Neither, _) | (_, None) => "",
        (_, Some((a, b))) if a == b => "same",
        (Good::More, Some((a, b))) => {
            if b > a {
                "better"
            } else {
                "worse"
            }
        }
        (Good::Less, Some((a, b))) => {
            if b < a {
                "better"
            } else {
                "worse"
            }
        }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    crate::composition::rate(part, whole)
}

fn mismatched(report: &Report) -> f64 {
    let sum = |count: fn(&assay_model::report::LanguageMismatch) -> u64| {
        report.language_mismatch.iter().map(count).sum()
    };
    share(sum(|row| row.mismatched), sum(|row| row.samples))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cohens_h_gives_the_published_values() {
        // Cohen (1988), table 6.2.2: the transform of .50 is 1.571, of .21 is 0.952, of .05 is 0.451.
        for (share, transform) in [(0.5, 1.571), (0.21, 0.952), (0.05, 0.451)] {
            assert!((cohens_h(0.0, share) - transform).abs() < 5e-4, "{share}");
        }
    }

    #[test]
    fn the_word_follows_the_size_whatever_the_sign() {
        let sizes = EffectSizes::default();
        let words = [-0.019, 0.02, -0.05, 0.149, -0.15].map(|effect| sizes.word(effect));
        assert_eq!(words, ["none", "small", "medium", "medium", "large"]);
    }

    #[test]
    fn more_machine_text_is_worse_and_more_human_tokens_are_better() {
        let report = |human: u64, machine: f64| -> Report {
            let mut report = empty();
            report.origin.human.tokens = human;
            report.origin.machine.token_share = machine;
            report
        };
        let found = changes(&report(100, 0.2), &report(200, 0.3), &[], &EffectSizes::default());
        let of = |name: &str| found.iter().find(|change| change.measure == name).unwrap();
        assert_eq!(
            (of("human_tokens").direction, of("machine_share").direction),
            ("better", "worse")
        );
        assert!((of("human_tokens").effect.unwrap() - std::f64::consts::LN_2).abs() < 1e-12);
        assert_eq!(
            of("tokens").effect,
            Some(0.0),
            "nothing on both sides is no change"
        );
    }

    fn empty() -> Report {
        serde_json::from_value(serde_json::json!({
            "dataset": "", "snapshot": 1, "snapshot_root": "", "facts_root": "", "map_digest": "", "tool": "", "created": "",
            "files": {"seen": 0, "read": 0, "refused_count": 0, "refused": []},
            "samples": {"seen": 0, "indexed": 0, "quarantined": 0, "tokens": 0, "bytes": 0, "quarantine": []},
            "origin": assay_model::report::OriginTable::default(), "composition": [],
            "unique": assay_model::report::OriginTable::default(), "conflicts": 0, "flags": [], "flag_counts": {},
            "language_mismatch": [], "duplication": assay_model::report::Duplication::default(), "coverage": [],
            "diversity": [], "elapsed_s": {"index": 0.0, "measure": 0.0}
        }))
        .unwrap()
    }

    proptest! {
        #[test]
        fn an_effect_taken_back_is_its_opposite(a in 0.0..=1.0_f64, b in 0.0..=1.0_f64) {
            prop_assert!((cohens_h(a, b) + cohens_h(b, a)).abs() < 1e-12);
            prop_assert_eq!(cohens_h(a, b) > 0.0, b > a && cohens_h(a, b) != 0.0);
        }
    }
}
