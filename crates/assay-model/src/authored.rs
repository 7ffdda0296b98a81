//! Which sections of a dataset card does a person write?

use serde::{Deserialize, Serialize};

/// A section that no measure can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthoredSection {
    Purpose,
    OutOfScope,
    Creator,
    Rights,
    Collection,
    Biases,
    PersonalData,
    Maintenance,
}

impl AuthoredSection {
    /// In the order in which a card asks for them.
    pub const ALL: [Self; 8] = [
        Self::Purpose,
        Self::OutOfScope,
        Self::Creator,
        Self::Rights,
        Self::Collection,
        Self::Biases,
        Self::PersonalData,
        Self::Maintenance,
    ];

    /// The word used in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::OutOfScope => "out_of_scope",
            Self::Creator => "creator",
            Self::Rights => "rights",
            Self::Collection => "collection",
            Self::Biases => "biases",
            Self::PersonalData => "personal_data",
            Self::Maintenance => "maintenance",
        }
    }

    /// Reads the word that `as_str` writes.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.as_str() == word)
    }

    /// What is asked for, as a card says it while nobody has written it.
    pub fn asks(self) -> &'static str {
        match self {
            Self::Purpose => "What the dataset is for",
            Self::OutOfScope => "What it must not be used for",
            Self::Creator => "Who made the dataset: a person or an organisation",
            Self::Rights => "By what right the texts are used",
            Self::Collection => "How the texts were collected, where and when",
            Self::Biases => "Which biases are known, and who is absent",
            Self::PersonalData => "What is known about personal data, and on what ground it is held",
            Self::Maintenance => "Who answers for the dataset, and how to reach them",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_and_is_the_word_of_the_ledger() {
        for section in AuthoredSection::ALL {
            assert_eq!(AuthoredSection::parse(section.as_str()), Some(section));
            assert_eq!(serde_json::json!(section), section.as_str());
        }
        assert_eq!(AuthoredSection::parse("Purpose"), None);
    }
}
