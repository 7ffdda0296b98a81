//! What does a training set say of one sample? The row that every format writes.

use std::collections::BTreeMap;

use assay_model::{Digest, Evidence, EvidenceKind, Origin, SourceClass};
use serde::{Deserialize, Serialize};

use crate::StandsFor;

/// A released sample with its text and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub digest: Digest,
    /// In reading order.
    pub parts: Vec<RowPart>,
    /// What the sample counts for in training.
    pub weight: f64,
    pub origin: Origin,
    pub source_class: SourceClass,
    pub confidence: f64,
    pub tokens: u64,
    /// Every dimension of the snapshot, null where the sample declares nothing.
    pub dimensions: BTreeMap<String, Option<Class>>,
    pub evidence: Vec<RowEvidence>,
    pub lineage: Lineage,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowPart {
    pub role: String,
    pub text: String,
    pub origin: Origin,
    pub source_class: SourceClass,
    pub confidence: f64,
}

/// What a sample declares in a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Class {
    One(String),
    /// Where some sample of the snapshot declares several.
    Several(Vec<String>),
}

/// One reason to believe the origin, in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowEvidence {
    /// The part it speaks of; null for all.
    pub part: Option<u32>,
    pub kind: EvidenceKind,
    pub origin: Origin,
    pub source_class: SourceClass,
    pub confidence: f64,
    pub source: String,
    pub generator: Option<String>,
}

impl RowEvidence {
    /// The reason without names of reviewers: who judged stays in the workspace's ledger.
    pub fn of(evidence: &Evidence) -> Self {
        let source = match evidence.kind {
            EvidenceKind::ReviewerJudgement => "a reviewer".to_owned(),
            _ => evidence.source.clone(),
        };
        Self {
            part: evidence.part,
            kind: evidence.kind,
            origin: evidence.origin,
            source_class: evidence.source_class,
            confidence: evidence.confidence,
            source,
            generator: evidence.generator.clone(),
        }
    }
}

/// Where a row comes from and what was done to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lineage {
    pub dataset: String,
    pub snapshot: u64,
    /// The source file, relative to the root that was indexed.
    pub path: String,
    /// SHA-256 of the source file.
    pub file: Digest,
    /// From 1.
    pub line: u64,
    /// The record's place, for people.
    pub place: String,
    /// The record's own identity, where it has one.
    pub id: Option<String>,
    /// The map under which the record became this sample: `maps/DIGEST.toml`.
    pub map: Digest,
    pub stands_for: StandsFor,
    /// Which of its rows this is, from 1.
    pub copy: u64,
    pub copies: u64,
}

#[cfg(test)]
pub(crate) fn example(number: u64) -> Row {
    let text = format!("Text number {number}, in words.");
    Row {
        digest: Digest::of(text.as_bytes()),
        parts: vec![RowPart {
            role: "document".to_owned(),
            text,
            origin: Origin::Human,
            source_class: SourceClass::HumanAuthored,
            confidence: 1.0,
        }],
        weight: 1.5,
        origin: Origin::Human,
        source_class: SourceClass::HumanAuthored,
        confidence: 1.0,
        tokens: 5,
        dimensions: BTreeMap::from([
            ("domain".to_owned(), Some(Class::One("law".to_owned()))),
            (
                "topics".to_owned(),
                number
                    .is_multiple_of(2)
                    .then(|| Class::Several(vec!["a".to_owned(), number.to_string()])),
            ),
        ]),
        evidence: vec![RowEvidence {
            part: None,
            kind: EvidenceKind::Declared,
            origin: Origin::Human,
            source_class: SourceClass::Unknown,
            confidence: 1.0,
            source: "field origin".to_owned(),
            generator: None,
        }],
        lineage: Lineage {
            dataset: "letters".to_owned(),
            snapshot: 1,
            path: "letters.jsonl".to_owned(),
            file: Digest::of(b"file"),
            line: number + 1,
            place: format!("line {}", number + 1),
            id: None,
            map: Digest::of(b"map"),
            stands_for: StandsFor::default(),
            copy: 1,
            copies: 1,
        },
    }
}
