//! The sections that only a person can write, shown as open until someone has.

use assay_model::AuthoredSection;

use super::{Block, CardFacts, Section, Topic};
use crate::figure::{grouped, percent, share};
use crate::visible::visible;

pub fn purpose(facts: &CardFacts) -> Section {
    Section::new(
        Topic::Purpose,
        "Purpose and out-of-scope uses",
        [
            authored(facts, AuthoredSection::Purpose),
            authored(facts, AuthoredSection::OutOfScope),
        ]
        .concat(),
    )
}

pub fn personal_data(facts: &CardFacts) -> Section {
    let mut blocks = vec![Block::paragraph(personal_data_sentence(facts))];
    blocks.extend(authored(facts, AuthoredSection::PersonalData));
    Section::new(Topic::PersonalData, "Personal data", blocks)
}

/// What was looked for and found.
pub fn personal_data_sentence(facts: &CardFacts) -> String {
    let found = facts
        .report
        .flag_counts
        .get("personal_data")
        .copied()
        .unwrap_or_default();
    let samples = facts.report.samples.indexed;
    format!(
        "E-mail addresses, international telephone numbers, IBANs, payment cards, public IP addresses and national identity \
         numbers were looked for by their form and check digits, and found in {} of {} samples ({}). Names, and addresses in \
         prose, are not found this way.",
        grouped(found),
        grouped(samples),
        percent(share(found, samples)),
    )
}

pub fn maintenance(facts: &CardFacts) -> Section {
    Section::new(
        Topic::Maintenance,
        "Maintenance",
        [
            authored(facts, AuthoredSection::Creator),
            authored(facts, AuthoredSection::Maintenance),
        ]
        .concat(),
    )
}

/// The author's paragraphs of a section, or an open block that asks for them.
pub fn authored(facts: &CardFacts, section: AuthoredSection) -> Vec<Block> {
    let text = facts
        .author
        .get(&section)
        .map_or("", |written| written.text.trim());
    if text.is_empty() {
        return vec![Block::Open {
            section,
            label: section.asks().to_owned(),
        }];
    }
    // Blank lines part paragraphs; single line breaks are the author's wrapping.
    let paragraphs = text.replace("\r\n", "\n");
    let paragraphs = paragraphs
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs
        .filter(|text| !text.is_empty())
        .map(|text| Block::Written {
            section,
            text: visible(&text),
        })
        .collect()
}
