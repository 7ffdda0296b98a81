//! What the card says about collection, annotation, limits and personal data, under the names of the RAI vocabulary.

use assay_model::{AuthoredSection, SourceClass};
use serde_json::{Map, Value, json};

use crate::card::{CardFacts, limits, personal_data_sentence, queue_sentences};
use crate::figure::{counted, percent, share};
use crate::visible::visible;

/// The properties for which there is a fact or an author's text.
pub fn properties(facts: &CardFacts) -> Map<String, Value> {
    let mut out = Map::new();
    let mut say = |name: &str, texts: Vec<String>| {
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        match texts.as_slice() {
            [] => {}
            [one] => drop(out.insert(format!("rai:{name}"), json!(one))),
            _ => drop(out.insert(format!("rai:{name}"), json!(texts))),
        }
    };
    let written = |section| facts.written(section).unwrap_or_default();
    say(
        "dataCollection",
        vec![joined(&[collection(facts), written(AuthoredSection::Collection)])],
    );
    say("dataCollectionType", collection_types(facts));
    say("dataCollectionMissingData", vec![missing(facts)]);
    say("dataCollectionRawData", vec![raw_data(facts)]);
    say(
        "dataPreprocessingProtocol",
        vec!["Texts are as they stand in the source files: nothing was altered, removed or added.".into()],
    );
    if !facts.review.is_empty() {
        let sentences: Vec<(String, String)> = facts.review.iter().map(queue_sentences).collect();
        say(
            "dataAnnotationProtocol",
            sentences.iter().map(|(drawn, _)| drawn.clone()).collect(),
        );
        say(
            "dataAnnotationAnalysis",
            sentences.into_iter().map(|(_, agreed)| agreed).collect(),
        );
        say("dataAnnotationPlatform", vec![visible(&facts.report.tool)]);
        say("annotationsPerItem", vec![annotations_per_item(facts)]);
    }
    say("dataBiases", vec![written(AuthoredSection::Biases)]);
    say("dataUseCases", vec![written(AuthoredSection::Purpose)]);
    let mut limitations = limits::sentences(facts);
    limitations.extend(
        facts
            .written(AuthoredSection::OutOfScope)
            .map(|text| format!("Out of scope: {text}")),
    );
    say("dataLimitations", limitations);
    say(
        "personalSensitiveInformation",
        vec![
            personal_data_sentence(facts),
            written(AuthoredSection::PersonalData),
        ],
    );
    say(
        "dataReleaseMaintenancePlan",
        vec![written(AuthoredSection::Maintenance)],
    );
    out
}

fn joined(texts: &[String]) -> String {
    let texts: Vec<&str> = texts
        .iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    texts.join(" ")
}

/// Tokens by source class, most first, classes without any left out.
fn classes(facts: &CardFacts) -> Vec<(SourceClass, u64)> {
    let mut sums: Vec<(SourceClass, u64)> = SourceClass::ALL
        .into_iter()
        .map(|class| {
            let cells = facts
                .report
                .composition
                .iter()
                .filter(|cell| cell.source_class == class);
            (class, cells.map(|cell| cell.tokens).sum())
        })
        .collect();
    sums.retain(|(_, tokens)| *tokens > 0);
    sums.sort_by_key(|(_, tokens)| std::cmp::Reverse(*tokens));
    sums
}

/// How the texts came, in one sentence; empty for an empty dataset.
pub fn collection(facts: &CardFacts) -> String {
    let sums = classes(facts);
    let all: u64 = sums.iter().map(|(_, tokens)| tokens).sum();
    let words: Vec<String> = sums
        .iter()
        .map(|(class, tokens)| {
            format!(
                "{} {}",
                class.as_str().replace('_', " "),
                percent(share(*tokens, all))
            )
        })
        .collect();
    match words.as_slice() {
        [] => String::new(),
        _ => format!("How the texts came, by tokens: {}.", words.join(", ")),
    }
}

/// The vocabulary's recommended values, where one says what a source class says.
fn collection_types(facts: &CardFacts) -> Vec<String> {
    let mut types: Vec<String> = classes(facts)
        .iter()
        .map(|(class, _)| match class {
            SourceClass::WebCrawled => "Web Scraping",
            SourceClass::HumanAuthored => "Manual Human Curator",
            SourceClass::PartnerProvided => "Secondary Data analysis",
            _ => "Others",
        })
        .map(str::to_owned)
        .collect();
    types.sort();
    types.dedup();
    types
}

fn missing(facts: &CardFacts) -> String {
    let report = &facts.report;
    format!(
        "{} could not be read and {} not read; nobody has said who made {}.",
        counted(report.samples.quarantined, "record", "records"),
        counted(report.files.refused_count, "file was", "files were"),
        counted(report.origin.unknown.samples, "sample", "samples")
    )
}

/// The sources that samples name, as many as the report lists.
fn raw_data(facts: &CardFacts) -> String {
    let unit = facts.report.coverage.iter().find(|unit| unit.unit == "source");
    let names: Vec<String> = unit
        .into_iter()
        .flat_map(|unit| &unit.largest)
        .map(|class| {
            format!(
                "{} ({})",
                visible(&class.class),
                counted(class.count, "sample", "samples")
            )
        })
        .collect();
    match names.as_slice() {
        [] => String::new(),
        _ => format!("Sources as the samples name them: {}.", names.join(", ")),
    }
}

fn annotations_per_item(facts: &CardFacts) -> String {
    let asked = facts.review.iter().map(|queue| queue.reviewers.max(1));
    let (least, most) = asked.fold((u64::MAX, 0), |(least, most), k| (least.min(k), most.max(k)));
    if least == most {
        most.to_string()
    } else {
        format!("{least} to {most}")
    }
}
