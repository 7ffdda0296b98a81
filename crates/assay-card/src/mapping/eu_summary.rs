//! What one dataset contributes to the public summary of a model's training content, in the sections of the Commission's template.
//!
//! The summary is the model provider's. What only the provider knows is named as not stated, and nothing here says that a
//! summary is complete. Source: European Commission, template annexed to the explanatory notice of 24 July 2025 (Article 53(1)(d)
//! of Regulation (EU) 2024/1689).

use assay_model::{AuthoredSection, SourceClass};

use super::{NOT_STATED, licenses, stated};
use crate::card::{CardFacts, languages, personal_data_sentence, plain};
use crate::figure::{counted, day, grouped};
use crate::visible::{visible, visible_or};

pub fn summary(facts: &CardFacts) -> String {
    let report = &facts.report;
    let mut out = format!(
        "# Public summary of training content: {}, snapshot {}\n\nFigures of {}, written by {}. This is one dataset's part of a summary that the provider of the model publishes.\n",
        plain(&visible_or(&report.dataset, "unnamed dataset")),
        grouped(report.snapshot),
        plain(&day(&report.created)),
        plain(&visible(&report.tool)),
    );
    let mut say = |title: &str, lines: Vec<String>| {
        out += &format!("\n{title}\n");
        for line in lines {
            out += &format!("\n{}\n", plain(&line));
        }
    };
    say("## 1. General information", vec![]);
    say(
        "### 1.1 Provider identification",
        vec![format!(
            "Dataset: {}. Provider of the model: {NOT_STATED}.",
            stated(facts, AuthoredSection::Creator)
        )],
    );
    say("### 1.2 Model identification", vec![format!("{NOT_STATED}.")]);
    say(
        "### 1.3 Modalities, overall training data size and other characteristics",
        characteristics(facts),
    );
    say("## 2. List of data sources", vec![]);
    say("### 2.1 Publicly available datasets", vec![public(facts)]);
    say(
        "### 2.2 Private non-publicly available datasets obtained from third parties",
        vec![of_class(facts, SourceClass::PartnerProvided)],
    );
    say(
        "### 2.3 Data crawled and scraped from online sources",
        vec![of_class(facts, SourceClass::WebCrawled)],
    );
    say(
        "### 2.4 User data",
        vec![format!(
            "Whether texts come from users of the provider's services: {NOT_STATED}."
        )],
    );
    say("### 2.5 Synthetic data", synthetic(facts));
    say("### 2.6 Other sources of data", others(facts));
    say("## 3. Data processing aspects", vec![]);
    say(
        "### 3.1 Respect of reservation of rights from text and data mining exception or limitation",
        vec![format!(
            "{}.",
            stated(facts, AuthoredSection::Rights).trim_end_matches('.')
        )],
    );
    say(
        "### 3.2 Removal of illegal content",
        vec![format!("{NOT_STATED}: nothing was looked for.")],
    );
    say(
        "### 3.3 Other information",
        vec![
            personal_data_sentence(facts),
            stated(facts, AuthoredSection::PersonalData),
        ],
    );
    out
}

fn characteristics(facts: &CardFacts) -> Vec<String> {
    let report = &facts.report;
    let spoken = languages(report);
    vec![
        "Modality: text.".to_owned(),
        format!(
            "Size: {}, {} tokens by words; band of the template: {}.",
            counted(report.samples.indexed, "sample", "samples"),
            grouped(report.samples.tokens),
            band(report.samples.tokens)
        ),
        format!(
            "Languages: {}.",
            if spoken.is_empty() {
                NOT_STATED.to_owned()
            } else {
                spoken.join(", ")
            }
        ),
        format!(
            "Dates of acquisition: {}.",
            stated(facts, AuthoredSection::Collection).trim_end_matches('.')
        ),
    ]
}

/// The template's bands for text.
fn band(tokens: u64) -> &'static str {
    match tokens {
        0..1_000_000_000 => "less than 1 billion tokens",
        1_000_000_000..=10_000_000_000_000 => "1 billion to 10 trillion tokens",
        _ => "more than 10 trillion tokens",
    }
}

fn public(facts: &CardFacts) -> String {
    let unit = facts.report.coverage.iter().find(|unit| unit.unit == "source");
    let names: Vec<String> = unit
        .into_iter()
        .flat_map(|unit| &unit.largest)
        .map(|class| visible(&class.class))
        .collect();
    let named = if names.is_empty() {
        NOT_STATED.to_owned()
    } else {
        names.join(", ")
    };
    let terms = licenses(facts);
    let terms = if terms.is_empty() {
        NOT_STATED.to_owned()
    } else {
        terms.join(", ")
    };
    format!(
        "Sources that samples name: {named}. Licences that samples name: {terms}. Which of these are publicly available: {NOT_STATED}."
    )
}

/// Samples and tokens of parts that came in one way.
fn of_class(facts: &CardFacts, class: SourceClass) -> String {
    let cells = facts
        .report
        .composition
        .iter()
        .filter(|cell| cell.source_class == class);
    let (samples, tokens) = cells.fold((0, 0), |(samples, tokens), cell| {
        (samples + cell.samples, tokens + cell.tokens)
    });
    match samples + tokens {
        0 => format!("No sample is declared as {}.", class.as_str().replace('_', " ")),
        _ => format!(
            "{} with {} tokens declared as {}.",
            counted(samples, "sample", "samples"),
            grouped(tokens),
            class.as_str().replace('_', " ")
        ),
    }
}

fn synthetic(facts: &CardFacts) -> Vec<String> {
    let mut generators: Vec<String> = facts
        .authorship
        .iter()
        .filter(|made| !made.generator.is_empty())
        .map(|made| visible(&made.generator))
        .collect();
    generators.sort();
    generators.dedup();
    let models = if generators.is_empty() {
        NOT_STATED.to_owned()
    } else {
        generators.join(", ")
    };
    vec![
        of_class(facts, SourceClass::Synthetic),
        format!("Models that generated it: {models}."),
    ]
}

fn others(facts: &CardFacts) -> Vec<String> {
    use SourceClass::{HumanAuthored, ModelAssisted, Summarized, Translated, Unknown};
    [HumanAuthored, Translated, Summarized, ModelAssisted, Unknown]
        .into_iter()
        .map(|class| of_class(facts, class))
        .collect()
}
