//! Which sample of a cluster stays, unless a person says otherwise?

use serde::{Deserialize, Serialize};

/// A named order in which representatives are chosen. Gold stands first under each of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeepPolicy {
    /// Human before mixed before unknown before machine, then earliest collected, clearer licence, longer, lower ordinal.
    #[default]
    Provenance,
    /// The lowest ordinal in the dataset.
    First,
    /// The longest text; equal lengths by provenance.
    Longest,
    /// The earliest collected; equal or unknown times by provenance.
    Earliest,
}

impl KeepPolicy {
    pub const ALL: [Self; 4] = [Self::Provenance, Self::First, Self::Longest, Self::Earliest];

    /// The word used in the ledger and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provenance => "provenance",
            Self::First => "first",
            Self::Longest => "longest",
            Self::Earliest => "earliest",
        }
    }

    /// Reads the word that `as_str` writes.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == word)
    }
}
