//! Reasons to believe an origin, and how strong each kind is.

use serde::{Deserialize, Serialize};

use crate::{Origin, SourceClass};

/// A kind of evidence. The order of the variants is the order of strength, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    ReviewerJudgement,
    GenerationRecord,
    /// A field of the record says so itself.
    Declared,
    /// A rule of the map decided.
    Rule,
    ContentCredential,
    NearDuplicateOfSynthetic,
    Watermark,
    SelfDisclosure,
    /// A stylometric score. Orders queues; never sets an origin.
    Stylometric,
    /// What reviewers judged other samples of its source to be. Never sets an origin.
    SourceReputation,
}

impl EvidenceKind {
    /// Strength as a rank, 0 strongest. A declared field and a rule are equally strong.
    pub fn rank(self) -> u8 {
        match self {
            Self::ReviewerJudgement => 0,
            Self::GenerationRecord => 1,
            Self::Declared | Self::Rule => 2,
            Self::ContentCredential => 3,
            Self::NearDuplicateOfSynthetic => 4,
            Self::Watermark => 5,
            Self::SelfDisclosure => 6,
            Self::Stylometric => 7,
            Self::SourceReputation => 8,
        }
    }

    /// Whether this kind may decide an origin at all.
    pub fn decides(self) -> bool {
        !matches!(self, Self::Stylometric | Self::SourceReputation)
    }
}

/// One reason to believe an origin of a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Evidence {
    /// Index of the part it speaks of; `None` when it speaks of all parts.
    pub part: Option<u32>,
    pub kind: EvidenceKind,
    pub origin: Origin,
    pub source_class: SourceClass,
    /// From 0 to 1.
    pub confidence: f64,
    /// Where it comes from, for people: `rule 2`, `field origin`.
    pub source: String,
    /// What it said: the value of the field, the text of the rule's condition.
    pub value: String,
    /// The model that made the text, where one is named.
    pub generator: Option<String>,
}
