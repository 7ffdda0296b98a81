//! How far raters agree.

use std::fmt::Write;

use assay_model::Fault;
use assay_model::fault::one_line;
use assay_workbench::agreeing::{self, Agreement, Scale};

use super::Place;
use crate::arguments::{AgreementArguments, ScaleName};
use crate::output::Output;

/// Pairs of raters in the text; `--json` has all.
const PAIRS_SHOWN: usize = 20;

pub fn agreement(place: &Place, arguments: &AgreementArguments, output: &Output) -> Result<(), Fault> {
    if let Some(table) = &arguments.table {
        let found = agreeing::of_table(table, scale(arguments.scale))?;
        return output.result(&found, || text(&found));
    }
    let found = agreeing::of_queue(&place.open()?, arguments.queue.as_deref())?;
    output.result(&found, || {
        let mut out = format!("Verdicts\n{}", text(&found.verdicts));
        if found.origin.ratings > 0 {
            let _ = write!(out, "\n\nOrigin\n{}", text(&found.origin));
        }
        for (criterion, scores) in &found.criteria {
            let _ = write!(out, "\n\n{}\n{}", one_line(criterion), text(scores));
        }
        out
    })
}

fn scale(name: ScaleName) -> Scale {
    match name {
        ScaleName::Nominal => Scale::Nominal,
        ScaleName::Ordinal => Scale::Ordinal,
        ScaleName::Interval => Scale::Interval,
    }
}

fn text(found: &Agreement) -> String {
    let mut out = format!(
        "{} items, {} raters, {} ratings",
        found.items, found.raters, found.ratings
    );
    let intervals = &found.interval_95;
    let rows = [
        ("percent agreement", "percent", found.percent, intervals.percent),
        ("Gwet's AC1", "ac1", found.ac1, intervals.ac1),
        (
            "alpha, nominal",
            "alpha_nominal",
            found.alpha.nominal,
            intervals.alpha.nominal,
        ),
        (
            "alpha, ordinal",
            "alpha_ordinal",
            found.alpha.ordinal,
            intervals.alpha.ordinal,
        ),
        (
            "alpha, interval",
            "alpha_interval",
            found.alpha.interval,
            intervals.alpha.interval,
        ),
        ("Cohen's kappa", "cohen", found.cohen, intervals.cohen),
        ("Fleiss' kappa", "fleiss", found.fleiss, intervals.fleiss),
    ];
    for (name, key, value, interval) in rows {
        let _ = match (value, interval) {
            (Some(value), Some([low, high])) => {
                write!(out, "\n{name:<20}{value:>8.4}   95 % {low:.4} to {high:.4}")
            }
            (Some(value), None) => write!(out, "\n{name:<20}{value:>8.4}"),
            (None, _) => {
                let why = found.undefined.get(key).map_or("", String::as_str);
                write!(out, "\n{name:<20}not defined: {why}")
            }
        };
    }
    for class in &found.per_class {
        let specific = class
            .specific
            .map_or("none".to_owned(), |share| format!("{share:.4}"));
        let _ = write!(
            out,
            "\n  {}: {} ratings, specific agreement {specific}",
            one_line(&class.value),
            class.n
        );
    }
    for pair in found.pairs.iter().take(PAIRS_SHOWN) {
        let figure = |value: Option<f64>| value.map_or("none".to_owned(), |value| format!("{value:.4}"));
        let _ = write!(
            out,
            "\n  {} and {}: {} items, agreement {}, AC1 {}, kappa {}",
            one_line(&pair.a),
            one_line(&pair.b),
            pair.items,
            figure(pair.percent),
            figure(pair.ac1),
            figure(pair.cohen)
        );
    }
    for twice in found.rated_twice.iter().take(20) {
        let _ = write!(
            out,
            "\n{} rated {} {} times; all are kept",
            one_line(&twice.rater),
            one_line(&twice.item),
            twice.times
        );
    }
    out
}
