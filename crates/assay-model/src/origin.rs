//! Who made a text, and how it came.

use serde::{Deserialize, Serialize};

/// Who made a sample or a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Human,
    Mixed,
    Machine,
    /// What nobody declared. Always drawn, never guessed away.
    #[default]
    Unknown,
}

impl Origin {
    /// Every origin, most human first: the order in which they are drawn.
    pub const ALL: [Self; 4] = [Self::Human, Self::Mixed, Self::Machine, Self::Unknown];

    /// The word used in files, expressions and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Mixed => "mixed",
            Self::Machine => "machine",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word that `as_str` writes.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.as_str() == word)
    }

    /// The origin of a whole whose parts have these origins: theirs if all agree, else mixed.
    pub fn combine(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else {
            return Self::Unknown;
        };
        if parts.all(|origin| origin == first) {
            first
        } else {
            Self::Mixed
        }
    }

    /// Rank as the representative of a cluster, lowest first: human, mixed, unknown, machine.
    pub fn representative_rank(self) -> u8 {
        match self {
            Self::Human => 0,
            Self::Mixed => 1,
            Self::Unknown => 2,
            Self::Machine => 3,
        }
    }
}

/// How a text came to be in the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SourceClass {
    HumanAuthored,
    PartnerProvided,
    WebCrawled,
    Synthetic,
    Translated,
    Summarized,
    ModelAssisted,
    #[default]
    Unknown,
}

impl SourceClass {
    pub const ALL: [Self; 8] = [
        Self::HumanAuthored,
        Self::PartnerProvided,
        Self::WebCrawled,
        Self::Synthetic,
        Self::Translated,
        Self::Summarized,
        Self::ModelAssisted,
        Self::Unknown,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::HumanAuthored => "human_authored",
            Self::PartnerProvided => "partner_provided",
            Self::WebCrawled => "web_crawled",
            Self::Synthetic => "synthetic",
            Self::Translated => "translated",
            Self::Summarized => "summarized",
            Self::ModelAssisted => "model_assisted",
            Self::Unknown => "unknown",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word)
    }

    /// The origin that follows from this class alone.
    pub fn origin(self) -> Origin {
        match self {
            Self::HumanAuthored => Origin::Human,
            Self::Synthetic => Origin::Machine,
            Self::Translated | Self::Summarized | Self::ModelAssisted => Origin::Mixed,
            Self::PartnerProvided | Self::WebCrawled | Self::Unknown => Origin::Unknown,
        }
    }
}
