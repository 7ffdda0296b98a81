//! What changed since the snapshot before, and does it matter?
//!
//! Each warning sign of the specification with its change and an effect size: Cohen's h for shares
//! (Cohen 1988, chapter 6), the log ratio for other positive measures. The number comes first; the
//! word follows fixed thresholds.

use assay_model::Report;
use assay_model::report::{Coverage, Diversity};
use serde::Serialize;

use crate::figure::{decimal, grouped, percent_figures};

/// One measure in two snapshots.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    pub measure: String,
    pub before: f64,
    pub after: f64,
    /// Cohen's h for a share, ln(after / before) otherwise; null where it is undefined.
    pub effect: Option<f64>,
    /// `none`, `small`, `medium`, `large`; `undefined`.
    pub size: &'static str,
    #[serde(skip)]
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Share,
    Count,
    Figure,
}

impl Change {
    fn new(measure: impl Into<String>, kind: Kind, before: f64, after: f64) -> Self {
        let effect = match kind {
            Kind::Share => cohens_h(before, after),
            Kind::Count | Kind::Figure => log_ratio(before, after),
        };
        Self {
            measure: measure.into(),
            before,
            after,
            effect,
            size: effect.map_or("undefined", word),
            kind,
        }
    }

    /// Measure, before, after, change and effect as they are read.
    pub fn cells(&self) -> Vec<String> {
        let difference = self.after - self.before;
        let sign = if difference > 0.0 {
            "+"
        } else if difference < 0.0 {
            "−"
        } else {
            ""
        };
        let size = difference.abs();
        let (before, after, change) = match self.kind {
            Kind::Share => {
                let change = format!("{sign}{} pt", percent_figures(size));
                (
                    format!("{}\u{a0}%", percent_figures(self.before)),
                    format!("{}\u{a0}%", percent_figures(self.after)),
                    change,
                )
            }
            Kind::Count => (
                grouped(self.before as u64),
                grouped(self.after as u64),
                format!("{sign}{}", grouped(size as u64)),
            ),
            Kind::Figure => (
                decimal(self.before, 3),
                decimal(self.after, 3),
                format!("{sign}{}", decimal(size, 3)),
            ),
        };
        let effect = self
            .effect
            .map_or_else(|| "–".into(), |effect| decimal(effect, 3));
        vec![
            self.measure.clone(),
            before,
            after,
            change,
            format!("{effect} {}", self.size),
        ]
    }
}

/// The warning signs that both snapshots measured.
pub fn changes(before: &Report, after: &Report) -> Vec<Change> {
    let mut found = vec![
        Change::new(
            "Samples",
            Kind::Count,
            before.samples.indexed as f64,
            after.samples.indexed as f64,
        ),
        Change::new(
            "Human tokens",
            Kind::Count,
            before.origin.human.tokens as f64,
            after.origin.human.tokens as f64,
        ),
        Change::new(
            "Machine share of tokens",
            Kind::Share,
            before.origin.machine.token_share,
            after.origin.machine.token_share,
        ),
        Change::new(
            "Unknown share of tokens",
            Kind::Share,
            before.origin.unknown.token_share,
            after.origin.unknown.token_share,
        ),
        Change::new(
            "Near-duplicate rate",
            Kind::Share,
            before.duplication.near.rate,
            after.duplication.near.rate,
        ),
    ];
    if let (Some(before), Some(after)) = (whole(before), whole(after)) {
        found.push(Change::new(
            "Compression ratio",
            Kind::Figure,
            before.compression_ratio[1],
            after.compression_ratio[1],
        ));
        found.push(Change::new(
            "Heaps β",
            Kind::Figure,
            before.heaps_beta[1],
            after.heaps_beta[1],
        ));
    }
    for unit in &after.coverage {
        let Some(earlier) = before.coverage.iter().find(|earlier| earlier.unit == unit.unit) else {
            continue;
        };
        // Topics are found anew in each, and a sample's classes grow with the sample: such counts do not compare.
        let comparable = [earlier, unit]
            .iter()
            .all(|unit| unit.topics.is_none() && unit.sampled.is_none());
        if comparable {
            found.push(Change::new(
                format!("Effective classes, {}", shown(unit)),
                Kind::Figure,
                earlier.hill[1],
                unit.hill[1],
            ));
        }
        if let (Some(earlier), Some(now)) = (earlier.tail_retention, unit.tail_retention) {
            found.push(Change::new(
                format!("Tail retention, {}", shown(unit)),
                Kind::Share,
                earlier,
                now,
            ));
        }
    }
    found
}

fn shown(unit: &Coverage) -> String {
    crate::visible::cut(&crate::visible::visible(&unit.unit), 40)
}

fn whole(report: &Report) -> Option<&Diversity> {
    report.diversity.iter().find(|slice| slice.slice == "all")
}

/// h = 2 asin sqrt(p2) - 2 asin sqrt(p1).
fn cohens_h(before: f64, after: f64) -> Option<f64> {
    let valid = |share: f64| (0.0..=1.0).contains(&share);
    (valid(before) && valid(after)).then(|| 2.0 * after.sqrt().asin() - 2.0 * before.sqrt().asin())
}

fn log_ratio(before: f64, after: f64) -> Option<f64> {
    (before > 0.0 && after > 0.0 && before.is_finite() && after.is_finite()).then(|| (after / before).ln())
}

fn word(effect: f64) -> &'static str {
    match effect.abs() {
        size if size < 0.02 => "none",
        size if size < 0.05 => "small",
        size if size < 0.15 => "medium",
        _ => "large",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cohens_h_is_the_published_one() {
        // Cohen (1988), table 6.2.2: phi(.50) = 1.571, phi(.25) = 1.047.
        assert!((cohens_h(0.25, 0.50).unwrap() - 0.524).abs() < 0.001);
        assert_eq!(cohens_h(1.2, 0.5), None);
    }

    #[test]
    fn a_measure_that_was_nothing_has_no_effect_size() {
        let change = Change::new("Human tokens", Kind::Count, 0.0, 12.0);
        assert_eq!((change.effect, change.size), (None, "undefined"));
        assert_eq!(change.cells(), ["Human tokens", "0", "12", "+12", "– undefined"]);
    }

    #[test]
    fn words_follow_the_thresholds() {
        assert_eq!(
            [0.019, 0.02, 0.05, -0.15].map(word),
            ["none", "small", "medium", "large"]
        );
    }
}
