//! What is said of duplicates in sentences, alike in the text report and on the page.

use assay_model::report::{Duplication, InsideRepetition};
use assay_model::{KeepPolicy, Report};

use crate::figure::{counted, decimal, grouped, percent};
use crate::visible::{cut, visible_or};

const SOURCES_NAMED: usize = 5;
const LONGEST_NAME: usize = 60;

/// Who stays and why, what was judged apart, which sources removal would strip, and repetition inside samples.
pub fn sentences(report: &Report) -> Vec<String> {
    let found = &report.duplication;
    [judged(found), policy(found), removal(found), inside(found)]
        .into_iter()
        .flatten()
        .collect()
}

fn judged(found: &Duplication) -> Option<String> {
    let judged = found.near.judged_apart;
    (judged > 0).then(|| {
        format!(
            "Of the rejected pairs, {} judged to be no duplicates by a person.",
            if judged == 1 {
                "1 was".to_owned()
            } else {
                format!("{} were", grouped(judged))
            }
        )
    })
}

fn policy(found: &Duplication) -> Option<String> {
    let order = match found.keep_policy {
        KeepPolicy::Provenance => return None,
        KeepPolicy::First => "the first in the dataset",
        KeepPolicy::Longest => "the longest",
        KeepPolicy::Earliest => "the earliest collected",
    };
    let reason = visible_or(&found.keep_policy_reason, "no reason stated");
    Some(format!(
        "Of each cluster {order} is kept, by this workspace's keep policy ({}).",
        cut(&reason, 200)
    ))
}

fn removal(found: &Duplication) -> Option<String> {
    let warned: Vec<String> = found
        .removal
        .iter()
        .filter(|row| row.warned)
        .map(|row| {
            let name = visible_or(&row.source, "no source");
            format!(
                "{} {} ({} of {})",
                cut(&name, LONGEST_NAME),
                percent(row.share),
                grouped(row.redundant),
                grouped(row.samples)
            )
        })
        .collect();
    if warned.is_empty() {
        return None;
    }
    let more = warned.len().saturating_sub(SOURCES_NAMED);
    let named = warned[..warned.len().min(SOURCES_NAMED)].join(", ");
    let rest = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    Some(format!(
        "Warning: removing redundant samples would take more than {} of {}: {named}{rest}.",
        percent(found.removal_limit),
        counted(warned.len() as u64, "source", "sources"),
    ))
}

fn inside(found: &Duplication) -> Option<String> {
    if found.inside.is_empty() {
        return None;
    }
    let above: Vec<String> = found
        .inside
        .iter()
        .filter(|measure| measure.above > 0)
        .map(|measure| {
            format!(
                "{} above {}: {} ({})",
                words(measure),
                decimal(measure.limit, 2),
                percent(measure.share),
                grouped(measure.above)
            )
        })
        .collect();
    let limits = "the limits of Gopher (Rae et al. 2021, table A1)";
    if above.is_empty() {
        return Some(format!("No sample repeats itself beyond {limits}."));
    }
    Some(format!(
        "Samples that repeat themselves beyond {limits}: {}.",
        above.join("; ")
    ))
}

/// The measure in words: `repeated_5grams` is `repeated 5-grams`.
fn words(measure: &InsideRepetition) -> String {
    measure.measure.replace('_', " ").replace("gram", "-gram")
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_model::report::SourceRemoval;

    #[test]
    fn sources_beyond_the_limit_are_named_with_their_loss() {
        let row = |source: &str, redundant, warned| SourceRemoval {
            source: source.to_owned(),
            samples: 4,
            redundant,
            share: redundant as f64 / 4.0,
            warned,
        };
        let found = Duplication {
            removal: vec![row("forum", 3, true), row("", 1, false)],
            removal_limit: 0.5,
            ..Duplication::default()
        };
        let warning = removal(&found).unwrap();
        assert!(
            warning.contains("1 source: forum 75") && warning.contains("(3 of 4)"),
            "{warning}"
        );
        assert_eq!(removal(&Duplication::default()), None);
    }

    #[test]
    fn measures_above_gophers_limits_are_named_and_none_is_said_where_there_is_none() {
        let measure = |measure: &str, above| InsideRepetition {
            measure: measure.to_owned(),
            limit: 0.15,
            above,
            share: 0.25,
            ..InsideRepetition::default()
        };
        let inside_of = |measures| {
            inside(&Duplication {
                inside: measures,
                ..Duplication::default()
            })
        };
        let said = inside_of(vec![measure("repeated_5grams", 2), measure("repeated_lines", 0)]).unwrap();
        assert!(
            said.contains("repeated 5-grams above 0.15") && !said.contains("lines"),
            "{said}"
        );
        assert!(
            inside_of(vec![measure("repeated_lines", 0)])
                .unwrap()
                .starts_with("No sample")
        );
        assert_eq!(
            inside_of(Vec::new()),
            None,
            "what was not measured is not said to be none"
        );
    }

    #[test]
    fn only_another_policy_than_the_usual_one_is_told_with_its_reason() {
        assert_eq!(policy(&Duplication::default()), None);
        let said = policy(&Duplication {
            keep_policy: KeepPolicy::Longest,
            keep_policy_reason: "Ilse: whole letters".to_owned(),
            ..Duplication::default()
        });
        assert!(
            said.unwrap()
                .contains("the longest is kept, by this workspace's keep policy (Ilse: whole letters)")
        );
    }
}
