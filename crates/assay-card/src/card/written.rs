//! The sections that only a person can write, shown as open until someone has.

use super::{AUTHOR_KEYS, Block, CardFacts, Section, Topic};
use crate::figure::{grouped, percent, share};
use crate::visible::visible;

pub fn purpose(facts: &CardFacts) -> Section {
    Section::new(
        Topic::Purpose,
        "Purpose and out-of-scope uses",
        [authored(facts, "purpose"), authored(facts, "out_of_scope")].concat(),
    )
}

pub fn personal_data(facts: &CardFacts) -> Section {
    let found = facts
        .report
        .flag_counts
        .get("personal_data")
        .copied()
        .unwrap_or_default();
    let samples = facts.report.samples.indexed;
    let mut blocks = vec![Block::paragraph(format!(
        "E-mail addresses, international telephone numbers, IBANs, payment cards, public IP addresses and national identity \
         numbers were looked for by their form and check digits, and found in {} of {} samples ({}). Names, and addresses in \
         prose, are not found this way.",
        grouped(found),
        grouped(samples),
        percent(share(found, samples)),
    ))];
    blocks.extend(authored(facts, "personal_data"));
    Section::new(Topic::PersonalData, "Personal data", blocks)
}

pub fn maintenance(facts: &CardFacts) -> Section {
    Section::new(Topic::Maintenance, "Maintenance", authored(facts, "maintenance"))
}

/// The author's paragraphs under `key`, or an open block that asks for them.
pub fn authored(facts: &CardFacts, key: &str) -> Vec<Block> {
    let label = AUTHOR_KEYS
        .iter()
        .find(|(known, _)| *known == key)
        .map_or(key, |(_, label)| label);
    let text = facts.author.get(key).map_or("", |text| text.trim());
    if text.is_empty() {
        return vec![Block::Open {
            label: label.to_owned(),
        }];
    }
    // Blank lines part paragraphs; single line breaks are the author's wrapping.
    let paragraphs = text.replace("\r\n", "\n");
    let paragraphs = paragraphs
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs
        .filter(|text| !text.is_empty())
        .map(|text| Block::paragraph(visible(&text)))
        .collect()
}
