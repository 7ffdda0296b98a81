//! How is a rubric written in a file?
//!
//! TOML: `name`, `labels` by key from 1, `exclude_reasons` by digit from 1, and `[[criterion]]` tables with `id`, `name`,
//! `guidance` (what each score means) and `max`. The version is not in the file: the ledger gives it.

use std::collections::BTreeSet;

use assay_ledger::{Criterion, Label, Rubric, RubricId};
use assay_model::{Code, Fault};
use serde::Deserialize;

/// Keys 1 to 9 set labels, choose reasons and give scores.
const MOST_KEYS: usize = 9;

const TEMPLATES: [&str; 4] = [
    include_str!("../../../../assets/rubrics/general.toml"),
    include_str!("../../../../assets/rubrics/health.toml"),
    include_str!("../../../../assets/rubrics/law.toml"),
    include_str!("../../../../assets/rubrics/finance.toml"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    labels: Vec<String>,
    exclude_reasons: Vec<String>,
    #[serde(default)]
    criterion: Vec<Criterion>,
}

/// The rubrics that come with Assay, each as version 1, the general one first.
pub fn templates() -> Vec<Rubric> {
    TEMPLATES
        .iter()
        .map(|text| parse(text).expect("a test reads every template"))
        .collect()
}

/// Reads a rubric as version 1. Errors name the line where TOML can.
pub fn parse(text: &str) -> Result<Rubric, Fault> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map(|span| 1 + text[..span.start].matches('\n').count() as u64);
        let fault = Fault::new(
            Code::Usage,
            format!("the rubric cannot be read: {}", error.message()),
            "write it as the rubrics in assets/rubrics are written",
        );
        match line {
            Some(line) => fault.line(line),
            None => fault,
        }
    })?;
    let labels = (1..)
        .zip(file.labels)
        .map(|(key, name)| Label { key, name })
        .collect();
    let rubric = Rubric {
        id: RubricId {
            name: file.name.trim().to_owned(),
            version: 1,
        },
        labels,
        criteria: file.criterion,
        exclude_reasons: file.exclude_reasons,
    };
    check(&rubric)?;
    Ok(rubric)
}

/// Refuses what could not be answered with keys 1 to 9, or would be ambiguous.
pub(super) fn check(rubric: &Rubric) -> Result<(), Fault> {
    let name = &rubric.id.name;
    let usable = !name.is_empty() && name.len() <= 60 && !name.chars().any(|c| c.is_control() || c == '@');
    refuse_unless(usable, || {
        "a rubric needs a name without `@`, at most 60 bytes".to_owned()
    })?;
    let labels: Vec<&str> = rubric.labels.iter().map(|label| label.name.as_str()).collect();
    let reasons: Vec<&str> = rubric.exclude_reasons.iter().map(String::as_str).collect();
    let ids: Vec<&str> = rubric
        .criteria
        .iter()
        .map(|criterion| criterion.id.as_str())
        .collect();
    for (what, words) in [
        ("label", labels),
        ("reason to exclude", reasons),
        ("criterion", ids),
    ] {
        refuse_unless(words.len() <= MOST_KEYS, || {
            format!("there are {} of kind {what}; keys reach {MOST_KEYS}", words.len())
        })?;
        let mut seen = BTreeSet::new();
        for word in words {
            refuse_unless(!word.trim().is_empty(), || format!("a {what} has no name"))?;
            refuse_unless(seen.insert(word), || format!("{what} `{word}` stands twice"))?;
        }
    }
    refuse_unless(!rubric.exclude_reasons.is_empty(), || {
        "a rubric needs a reason to exclude".to_owned()
    })?;
    for criterion in &rubric.criteria {
        refuse_unless((2..=MOST_KEYS as u64).contains(&criterion.max), || {
            format!(
                "the scores of `{}` must run from 1 to a number from 2 to {MOST_KEYS}",
                criterion.id
            )
        })?;
        refuse_unless(!criterion.guidance.trim().is_empty(), || {
            format!("criterion `{}` says not what its scores mean", criterion.id)
        })?;
    }
    Ok(())
}

fn refuse_unless(holds: bool, why: impl FnOnce() -> String) -> Result<(), Fault> {
    if holds {
        return Ok(());
    }
    Err(Fault::new(Code::Usage, why(), "correct the rubric"))
}
