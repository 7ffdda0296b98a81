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
    /// Collected before generative models were common. As strong as a self-disclosure: a text that is both contradicts itself.
    BeforeCutOff,
    /// A turn of phrase that chat models leave behind ("Certainly! Here is").
    ChatBoilerplate,
    /// A stylometric score. Orders queues; never sets an origin.
    Stylometric,
    /// What reviewers judged other samples of its source to be. Never sets an origin.
    SourceReputation,
}

impl EvidenceKind {
    pub const ALL: [Self; 12] = [
        Self::ReviewerJudgement,
        Self::GenerationRecord,
        Self::Declared,
        Self::Rule,
        Self::ContentCredential,
        Self::NearDuplicateOfSynthetic,
        Self::Watermark,
        Self::SelfDisclosure,
        Self::BeforeCutOff,
        Self::ChatBoilerplate,
        Self::Stylometric,
        Self::SourceReputation,
    ];

    /// The word used in files and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReviewerJudgement => "reviewer_judgement",
            Self::GenerationRecord => "generation_record",
            Self::Declared => "declared",
            Self::Rule => "rule",
            Self::ContentCredential => "content_credential",
            Self::NearDuplicateOfSynthetic => "near_duplicate_of_synthetic",
            Self::Watermark => "watermark",
            Self::SelfDisclosure => "self_disclosure",
            Self::BeforeCutOff => "before_cut_off",
            Self::ChatBoilerplate => "chat_boilerplate",
            Self::Stylometric => "stylometric",
            Self::SourceReputation => "source_reputation",
        }
    }

    /// Reads the word that `as_str` writes.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether a file of evidence may bring this kind. Judgements come from the ledger, rules from the map, and
    /// matches and phrases from the texts themselves.
    pub fn comes_in_files(self) -> bool {
        matches!(
            self,
            Self::GenerationRecord
                | Self::Declared
                | Self::ContentCredential
                | Self::Watermark
                | Self::SelfDisclosure
        )
    }

    /// Strength as a rank, 0 strongest. A declared field and a rule are equally strong.
    pub fn rank(self) -> u8 {
        match self {
            Self::ReviewerJudgement => 0,
            Self::GenerationRecord => 1,
            Self::Declared | Self::Rule => 2,
            Self::ContentCredential => 3,
            Self::NearDuplicateOfSynthetic => 4,
            Self::Watermark => 5,
            Self::SelfDisclosure | Self::BeforeCutOff => 6,
            Self::ChatBoilerplate => 7,
            Self::Stylometric => 8,
            Self::SourceReputation => 9,
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
    /// What else a record of the generation holds.
    #[serde(default)]
    pub record: Option<GenerationRecord>,
}

/// How a model came to write a text, as far as the record says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GenerationRecord {
    /// The model's exact name or version, where the generator is a product or a service.
    #[serde(default)]
    pub model: Option<String>,
    /// Where the prompt can be found.
    #[serde(default)]
    pub prompt_ref: Option<String>,
    /// As the record writes it.
    #[serde(default)]
    pub generated_at: Option<String>,
}

impl GenerationRecord {
    /// The record, unless it holds nothing.
    pub fn some(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}

/// Roles in which a person speaks to a model, or about the text. What says that a model wrote a sample does not speak of these.
pub const GIVEN_TO_A_MODEL: [&str; 4] = ["prompt", "system", "context", "title"];

/// The parts that a model can have written: those in other roles, or all where there are no others.
pub fn written_parts<'a>(roles: impl IntoIterator<Item = &'a str>) -> Vec<u32> {
    let roles: Vec<&str> = roles.into_iter().collect();
    let places = |keep: &dyn Fn(&str) -> bool| -> Vec<u32> {
        (0..)
            .zip(&roles)
            .filter(|(_, role)| keep(role))
            .map(|(place, _)| place)
            .collect()
    };
    let written = places(&|role| !GIVEN_TO_A_MODEL.contains(&role));
    if written.is_empty() {
        places(&|_| true)
    } else {
        written
    }
}
