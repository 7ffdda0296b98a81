//! What has changed from one snapshot to another, by how much, and how sure is that?
//!
//! Each figure comes with an effect size, not a p-value; the number comes first, the word follows the effect's size.
//! The figures of a snapshot are exact. The interval of an effect answers another question: how far the change could
//! be due to which samples happened to come in. Where no such interval is known, none is given, and `interval_kind`
//! says so.

mod effect;
mod moved;

use assay_model::report::{Coverage, Diversity, OriginShare, Report};
use serde::Serialize;

use crate::estimators::interval::wilson;
pub use effect::{
    EffectSizes, Estimate, cohens_h, cohens_h_interval, correlation, log_ratio, log_ratio_interval,
};
pub use moved::{Moved, MovedGroup, moved};

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
    /// 95 % intervals of the figures.
    pub a_interval: Option<[f64; 2]>,
    pub b_interval: Option<[f64; 2]>,
    /// 95 % interval of the effect; null unless both figures have one.
    pub effect_interval: Option<[f64; 2]>,
    /// Where the intervals come from: `samples` (as if the samples were drawn anew), `resamples`, `estimator`; `exact`
    /// for what is counted and not estimated; `unknown` where none is known.
    pub interval_kind: &'static str,
}

/// What of a unit's tail in one snapshot is present in another.
#[derive(Clone, Debug, PartialEq)]
pub struct Retained {
    pub unit: String,
    /// Classes in the tail.
    pub tail: u64,
    pub retention: Option<f64>,
}

/// What is known of two snapshots beside their reports.
#[derive(Clone, Copy, Debug)]
pub struct Between<'a> {
    /// What of each unit's tail in `a` is present in `b`.
    pub retention: &'a [Retained],
    /// Samples that both hold, under one origin.
    pub shared: u64,
    pub sizes: EffectSizes,
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

/// Where the intervals of a measure come from.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    Samples,
    Resamples,
    Estimator,
    Exact,
    Unknown,
}

impl Source {
    fn as_str(self) -> &'static str {
        match self {
            Self::Samples => "samples",
            Self::Resamples => "resamples",
            Self::Estimator => "estimator",
            Self::Exact => "exact",
            Self::Unknown => "unknown",
        }
    }
}

/// A figure of one side.
#[derive(Clone, Copy, Default)]
struct Figure {
    value: Option<f64>,
    interval: Option<[f64; 2]>,
}

impl Figure {
    fn of(value: f64) -> Self {
        Self {
            value: Some(value),
            interval: None,
        }
    }

    fn within(value: Option<f64>, interval: Option<[f64; 2]>) -> Self {
        Self { value, interval }
    }

    /// `part` of `whole`, with Wilson's interval.
    fn counted(part: u64, whole: u64) -> Self {
        Self::within(Some(share(part, whole)), (whole > 0).then(|| wilson(part, whole)))
    }

    /// Low, value, high.
    fn resampled([low, value, high]: [f64; 3]) -> Self {
        Self::within(Some(value), Some([low, high]))
    }

    fn of_tokens(part: &OriginShare) -> Self {
        Self::within(Some(part.token_share), part.token_share_interval)
    }

    fn estimate(&self) -> Option<Estimate> {
        let (value, interval) = (self.value?, self.interval?);
        Some(Estimate { value, interval })
    }
}

/// A measure: what it is called, how it is compared, where its intervals come from, and whether it warns of collapse.
struct Measure {
    name: &'static str,
    kind: Kind,
    good: Good,
    source: Source,
    sign: bool,
}

const fn measure(name: &'static str, kind: Kind, good: Good, source: Source, sign: bool) -> Measure {
    Measure {
        name,
        kind,
        good,
        source,
        sign,
    }
}

/// Compares every figure of two reports.
pub fn changes(a: &Report, b: &Report, between: &Between<'_>) -> Vec<Change> {
    let mut list = List {
        sizes: between.sizes,
        correlation: correlation(between.shared, a.samples.indexed, b.samples.indexed),
        changes: Vec::new(),
    };
    list.whole(a, b);
    list.diversity(a, b);
    list.coverage(a, b);
    list.machine_part(a, b);
    let tail = measure("tail_retention", Kind::Share, Good::More, Source::Samples, true);
    for retained in between.retention {
        // What a side has of its own tail is all of it, for certain.
        let there = Figure::within(Some(1.0), Some([1.0, 1.0]));
        list.add(
            &tail,
            &retained.unit,
            there,
            of_tail(retained.retention, retained.tail),
        );
    }
    list.changes
}

/// The change of what two snapshots hold of the tails of a third, earlier one; units by name.
pub fn tail_changes(a: &[Retained], b: &[Retained], sizes: EffectSizes) -> Vec<Change> {
    let mut list = List {
        sizes,
        correlation: 0.0,
        changes: Vec::new(),
    };
    let tail = measure("tail_retention", Kind::Share, Good::More, Source::Samples, true);
    for in_b in b {
        if let Some(in_a) = a.iter().find(|in_a| in_a.unit == in_b.unit) {
            let [in_a, now] = [in_a, in_b].map(|side| of_tail(side.retention, side.tail));
            list.add(&tail, &in_b.unit, in_a, now);
        }
    }
    list.changes
}

/// A share of the classes of a tail.
fn of_tail(retention: Option<f64>, tail: u64) -> Figure {
    let present = retention.map(|retention| (retention * tail as f64).round() as u64);
    present.map_or_else(Figure::default, |present| Figure::counted(present, tail))
}

struct List {
    sizes: EffectSizes,
    correlation: f64,
    changes: Vec<Change>,
}

impl List {
    fn whole(&mut self, a: &Report, b: &Report) {
        use Good::{Less, More, Neither};
        use Kind::{Positive, Share};
        use Source::{Exact, Samples, Unknown};
        type Read = fn(&Report) -> Figure;
        let figures: [(Measure, Read); 15] = [
            (measure("human_tokens", Positive, More, Exact, true), |r| {
                Figure::of(r.origin.human.tokens as f64)
            }),
            (measure("human_share", Share, More, Samples, false), |r| {
                Figure::of_tokens(&r.origin.human)
            }),
            (measure("machine_share", Share, Less, Samples, true), |r| {
                Figure::of_tokens(&r.origin.machine)
            }),
            (measure("mixed_share", Share, Neither, Samples, false), |r| {
                Figure::of_tokens(&r.origin.mixed)
            }),
            (measure("unknown_share", Share, Less, Samples, true), |r| {
                Figure::of_tokens(&r.origin.unknown)
            }),
            (measure("samples", Positive, Neither, Exact, false), |r| {
                Figure::of(r.samples.indexed as f64)
            }),
            (measure("tokens", Positive, Neither, Exact, false), |r| {
                Figure::of(r.samples.tokens as f64)
            }),
            (measure("quarantined_share", Share, Less, Samples, false), |r| {
                Figure::counted(r.samples.quarantined, r.samples.seen)
            }),
            (measure("conflict_share", Share, Less, Samples, false), |r| {
                Figure::counted(r.conflicts.min(r.samples.indexed), r.samples.indexed)
            }),
            // Whether a sample is redundant depends on all others, and on how many there are: no draw of samples.
            (measure("exact_rate", Share, Less, Unknown, false), |r| {
                Figure::of(r.duplication.exact.rate)
            }),
            (measure("normalised_rate", Share, Less, Unknown, false), |r| {
                Figure::of(r.duplication.normalised.rate)
            }),
            (measure("near_rate", Share, Less, Unknown, true), |r| {
                Figure::of(r.duplication.near.rate)
            }),
            (measure("paragraph_share", Share, Less, Unknown, false), |r| {
                Figure::of(r.duplication.passages.paragraph.token_share)
            }),
            (measure("sentence_share", Share, Less, Unknown, false), |r| {
                Figure::of(r.duplication.passages.sentence.token_share)
            }),
            (
                measure("language_mismatch_share", Share, Less, Samples, false),
                mismatched,
            ),
        ];
        for (measure, figure) in figures {
            self.add(&measure, "", figure(a), figure(b));
        }
    }

    fn diversity(&mut self, a: &Report, b: &Report) {
        use Good::{Less, More};
        use Kind::{Positive, Share};
        use Source::{Resamples, Unknown};
        type Read = fn(&Diversity) -> Figure;
        let figures: [(Measure, Read); 5] = [
            (
                measure("compression_ratio", Positive, Less, Resamples, true),
                |d| Figure::resampled(d.compression_ratio),
            ),
            (
                measure("self_repetition", Positive, Less, Resamples, false),
                |d| Figure::resampled(d.self_repetition),
            ),
            (measure("distinct_1", Share, More, Unknown, false), |d| {
                Figure::of(d.distinct[0])
            }),
            (measure("distinct_2", Share, More, Unknown, false), |d| {
                Figure::of(d.distinct[1])
            }),
            (measure("heaps_beta", Positive, More, Resamples, true), |d| {
                Figure::resampled(d.heaps_beta)
            }),
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
                self.add(&warns, about, figure(in_a), figure(in_b));
            }
        }
    }

    fn coverage(&mut self, a: &Report, b: &Report) {
        use Good::More;
        use Kind::{Positive, Share};
        use Source::{Estimator, Unknown};
        type Read = fn(&Coverage) -> Figure;
        let figures: [(Measure, Read); 7] = [
            (measure("hill_0", Positive, More, Unknown, true), |c| {
                Figure::of(c.hill[0])
            }),
            (measure("hill_1", Positive, More, Unknown, true), |c| {
                Figure::of(c.hill[1])
            }),
            (measure("hill_2", Positive, More, Unknown, true), |c| {
                Figure::of(c.hill[2])
            }),
            (measure("good_turing", Share, More, Estimator, false), |c| {
                Figure::within(c.good_turing, c.coverage_interval)
            }),
            (measure("chao_jost", Share, More, Unknown, false), |c| {
                Figure::within(c.chao_jost, None)
            }),
            (measure("chao1", Positive, More, Estimator, false), |c| {
                Figure::within(c.chao1, c.chao1_interval)
            }),
            (measure("evenness", Share, More, Unknown, false), |c| {
                Figure::within(c.evenness, None)
            }),
        ];
        for (in_a, in_b) in units(a, b) {
            for (measure, figure) in &figures {
                self.add(measure, &in_a.unit, figure(in_a), figure(in_b));
            }
        }
    }

    /// How much of the human part's tail the machine part holds, inside each snapshot.
    fn machine_part(&mut self, a: &Report, b: &Report) {
        let within = measure(
            "machine_tail_retention",
            Kind::Share,
            Good::More,
            Source::Unknown,
            true,
        );
        let of = |unit: &Coverage| {
            let machine = unit
                .by_origin
                .iter()
                .find(|part| part.origin == assay_model::Origin::Machine);
            Figure::within(machine.and_then(|part| part.human_tail_retention), None)
        };
        for (in_a, in_b) in units(a, b) {
            let (in_a, in_b, unit) = (of(in_a), of(in_b), &in_a.unit);
            if in_a.value.is_some() || in_b.value.is_some() {
                self.add(&within, unit, in_a, in_b);
            }
        }
    }

    fn add(&mut self, measure: &Measure, about: &str, a: Figure, b: Figure) {
        let both = a.value.zip(b.value);
        let effect = both.and_then(|(a, b)| match measure.kind {
            Kind::Share => Some(cohens_h(a, b)),
            Kind::Positive if a == b => Some(0.0),
            Kind::Positive => log_ratio(a, b),
        });
        let together = match measure.source {
            Source::Samples => self.correlation,
            _ => 0.0,
        };
        let effect_interval = a
            .estimate()
            .zip(b.estimate())
            .and_then(|(a, b)| match measure.kind {
                Kind::Share => Some(cohens_h_interval(a, b, together)),
                Kind::Positive => log_ratio_interval(a, b, together),
            });
        let known = a.interval.is_some() || b.interval.is_some();
        let source = match measure.source {
            Source::Exact => Source::Exact,
            source if known => source,
            _ => Source::Unknown,
        };
        self.changes.push(Change {
            measure: measure.name,
            about: about.to_owned(),
            a: a.value,
            b: b.value,
            change: both.map(|(a, b)| b - a),
            effect,
            effect_kind: match measure.kind {
                Kind::Share => "cohens_h",
                Kind::Positive => "log_ratio",
            },
            size: effect.map(|effect| self.sizes.word(effect)),
            direction: direction(measure.good, both),
            warning_sign: measure.sign,
            a_interval: a.interval,
            b_interval: b.interval,
            effect_interval,
            interval_kind: source.as_str(),
        });
    }
}

/// The units that both sides cover.
fn units<'a>(a: &'a Report, b: &'a Report) -> impl Iterator<Item = (&'a Coverage, &'a Coverage)> {
    a.coverage.iter().filter_map(|in_a| {
        let in_b = b.coverage.iter().find(|coverage| coverage.unit == in_a.unit)?;
        // Topics are found anew in each, and a sample's classes grow with the sample: such counts do not compare.
        let compares = |unit: &Coverage| unit.topics.is_none() && unit.sampled.is_none();
        (compares(in_a) && compares(in_b)).then_some((in_a, in_b))
    })
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

fn mismatched(report: &Report) -> Figure {
    let sum = |count: fn(&assay_model::report::LanguageMismatch) -> u64| {
        report.language_mismatch.iter().map(count).sum()
    };
    Figure::counted(sum(|row| row.mismatched), sum(|row| row.samples))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_machine_text_is_worse_and_more_human_tokens_are_better() {
        let report = |human: u64, machine: f64| -> Report {
            let mut report = empty();
            report.origin.human.tokens = human;
            report.origin.machine.token_share = machine;
            report
        };
        let found = changes(&report(100, 0.2), &report(200, 0.3), &BETWEEN);
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

    #[test]
    fn an_interval_is_given_where_one_is_known_and_said_to_be_unknown_elsewhere() {
        let report = |share: f64, interval| -> Report {
            let mut report = empty();
            report.origin.machine.token_share = share;
            report.origin.machine.token_share_interval = interval;
            report.duplication.near.rate = share;
            report
        };
        let (a, b) = (report(0.2, Some([0.18, 0.22])), report(0.3, Some([0.28, 0.32])));
        let found = changes(&a, &b, &BETWEEN);
        let of = |name: &str| found.iter().find(|change| change.measure == name).unwrap();
        let [low, high] = of("machine_share").effect_interval.unwrap();
        assert!(0.0 < low && low < of("machine_share").effect.unwrap() && high < 0.4);
        assert_eq!(of("machine_share").interval_kind, "samples");
        assert_eq!(
            (of("near_rate").effect_interval, of("near_rate").interval_kind),
            (None, "unknown")
        );
        assert_eq!(of("human_tokens").interval_kind, "exact");
        // A report that was stored before intervals were kept has none to give.
        let earlier = changes(&report(0.2, None), &b, &BETWEEN);
        let machine = earlier
            .iter()
            .find(|change| change.measure == "machine_share")
            .unwrap();
        assert_eq!(
            (machine.effect_interval, machine.b_interval),
            (None, Some([0.28, 0.32]))
        );
    }

    #[test]
    fn a_tail_is_retained_with_the_interval_of_its_classes() {
        let retention = [Retained {
            unit: "intent".to_owned(),
            tail: 20,
            retention: Some(1.0),
        }];
        let found = changes(
            &empty(),
            &empty(),
            &Between {
                retention: &retention,
                ..BETWEEN
            },
        );
        let tail = found
            .iter()
            .find(|change| change.measure == "tail_retention")
            .unwrap();
        assert!((tail.b_interval.unwrap()[0] - wilson(20, 20)[0]).abs() < 1e-12);
        assert_eq!((tail.effect, tail.direction), (Some(0.0), "same"));
    }

    const BETWEEN: Between<'static> = Between {
        retention: &[],
        shared: 0,
        sizes: EffectSizes {
            none: 0.02,
            small: 0.05,
            medium: 0.15,
        },
    };

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
}
