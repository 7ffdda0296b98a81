//! The same facts in the forms of other standards, a file each.
//!
//! What a standard asks for and nobody has said stands there as not stated. Nothing is measured for a form, and no form is a
//! statement of compliance.

mod data_and_trust;
mod eu_summary;
mod spdx;

use assay_model::AuthoredSection;

use crate::card::CardFacts;

/// Words for what nobody has said.
const NOT_STATED: &str = "Not stated";

/// A standard that a card can be mapped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// Data & Trust Alliance, Data Provenance Standards 1.0.0.
    DataAndTrust,
    /// SPDX 3.0.1, dataset profile.
    Spdx,
    /// European Commission, template for the public summary of training content (Article 53(1)(d) of Regulation (EU) 2024/1689).
    EuSummary,
}

impl Mapping {
    pub const ALL: [Self; 3] = [Self::DataAndTrust, Self::Spdx, Self::EuSummary];

    /// The word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DataAndTrust => "data-and-trust",
            Self::Spdx => "spdx",
            Self::EuSummary => "eu-summary",
        }
    }

    /// Reads the word that `as_str` writes.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mapping| mapping.as_str() == word)
    }

    pub fn file_name(self) -> &'static str {
        match self {
            Self::DataAndTrust => "data-provenance.json",
            Self::Spdx => "dataset.spdx3.json",
            Self::EuSummary => "training-content-summary.md",
        }
    }

    pub(crate) fn write(self, facts: &CardFacts) -> String {
        match self {
            Self::DataAndTrust => pretty(&data_and_trust::metadata(facts)),
            Self::Spdx => pretty(&spdx::document(facts)),
            Self::EuSummary => eu_summary::summary(facts),
        }
    }
}

fn pretty(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("a document has text keys only");
    text.push('\n');
    text
}

fn stated(facts: &CardFacts, section: AuthoredSection) -> String {
    facts.written(section).unwrap_or_else(|| NOT_STATED.to_owned())
}

/// The licences that samples name, most frequent first.
fn licenses(facts: &CardFacts) -> Vec<String> {
    let unit = facts.report.coverage.iter().find(|unit| unit.unit == "license");
    let classes = unit.into_iter().flat_map(|unit| &unit.largest);
    classes
        .map(|class| crate::visible::visible(&class.class))
        .collect()
}
