//! What a card is written from: measured, decided and authored facts, as plain data.

use std::collections::BTreeMap;

use assay_model::Report;
use serde::{Deserialize, Serialize};

/// Everything a card may say. Nothing else reaches it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardFacts {
    pub report: Report,
    /// The report on the snapshot before, for the section on change.
    pub previous: Option<Report>,
    pub review: Vec<QueueFacts>,
    pub gold: GoldFacts,
    /// The contract the snapshot was held against, where there is one.
    #[serde(default)]
    pub gates: Option<GateFacts>,
    /// People who gave verdicts.
    pub people: u64,
    pub ledger: LedgerFacts,
    /// What only a person can write, by the keys of `AUTHOR_KEYS`: plain text, never a measured figure.
    pub author: BTreeMap<String, String>,
}

/// The sections that an author writes: key and what is asked for.
pub const AUTHOR_KEYS: [(&str, &str); 5] = [
    ("purpose", "What the dataset is for"),
    ("out_of_scope", "What it must not be used for"),
    ("rights", "By what right the texts are used"),
    (
        "personal_data",
        "What is known about personal data, and on what ground it is held",
    ),
    (
        "maintenance",
        "Who answers for the dataset, and how to reach them",
    ),
];

/// One review queue: how it was drawn and what was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueueFacts {
    pub name: String,
    /// The sampling statement, printed as it is.
    pub statement: String,
    pub size: u64,
    /// Reviewers for each sample.
    pub reviewers: u64,
    pub blind: bool,
    pub rubric: String,
    /// Samples with a verdict other than skip.
    pub decided: u64,
    pub approved: u64,
    pub excluded: u64,
    /// Share excluded with its interval; only from random draws.
    pub estimate: Option<Estimate>,
    /// Verdicts given after which a machine's opinion was shown, and those of them that were then changed.
    #[serde(default)]
    pub unsealed: u64,
    #[serde(default)]
    pub revised: u64,
}

/// A share with its 95 % interval, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub low: f64,
    pub value: f64,
    pub high: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GoldFacts {
    pub members: u64,
    /// Over the members' digests.
    pub root: String,
    pub cells: Vec<GoldCell>,
    /// The release of the snapshot for training, where it is released.
    #[serde(default)]
    pub training: Option<TrainingFact>,
}

/// Who released a snapshot for training, what it held of gold, and why it may be trained on all the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TrainingFact {
    /// Gold members that it held as they are, and only nearly.
    pub exact: u64,
    pub near: u64,
    pub by: String,
    /// RFC 3339.
    pub at: String,
    /// Empty where it held none and nothing was said.
    pub reason: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GoldCell {
    pub domain: String,
    pub language: String,
    pub members: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LedgerFacts {
    pub entries: u64,
    pub root: String,
}

/// A contract and what its gates measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GateFacts {
    pub contract: String,
    pub gates: Vec<GateFact>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GateFact {
    /// The key of the limit.
    pub id: String,
    /// Expression; empty for the whole snapshot.
    pub slice: String,
    /// Dimension or field; empty where it is about none.
    pub about: String,
    pub measured: Option<f64>,
    pub limit: f64,
    /// Whether the limit is the least that is allowed, and not the most.
    pub limit_is_least: bool,
    /// Whether both are shares, from 0 to 1.
    pub is_share: bool,
    pub passed: bool,
    /// Measured and shown; cannot fail.
    pub watched: bool,
    pub waiver: Option<WaiverFact>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WaiverFact {
    pub by: String,
    pub reason: String,
    /// The last day.
    pub until: String,
    pub not_worse_than: f64,
}
