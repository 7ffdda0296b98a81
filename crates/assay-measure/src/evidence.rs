//! What stands behind the rates: pairs, clusters and passages, named by sample.

use assay_model::Fault;

use crate::Judged;
use crate::TopicModel;

/// How two samples are alike, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Exact,
    Normalised,
    Near,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Normalised => "normalised",
            Self::Near => "near",
        }
    }
}

/// Two samples that were compared in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub a: u64,
    pub b: u64,
    pub kind: Kind,
    pub jaccard: f64,
    pub containment: f64,
    pub accepted: bool,
    /// Which of the two represents the other, where one does.
    pub representative: Option<u64>,
    /// Who said that the two are no duplicates: then they are not accepted, whatever they share.
    pub judged: Option<Judged>,
}

/// A representative and the samples redundant beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// From 1, by the place of the representative.
    pub id: u64,
    pub representative: u64,
    /// The rule that chose the representative, in words; `kept by NAME: why` where a person did.
    pub reason: String,
    /// Without the representative; never empty.
    pub members: Vec<Member>,
}

/// A sample against its representative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    pub sample: u64,
    pub kind: Kind,
    /// The strongest level at which it is redundant: an equal digest, an equal normalised text, or near only.
    pub redundant: Kind,
    pub jaccard: f64,
    pub containment: f64,
}

/// A passage found in two samples or more.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    pub unit: Unit,
    pub tokens: u32,
    /// Distinct samples that hold it.
    pub samples: u64,
    /// Sample and position in it; at most 100, by place.
    pub found_in: Vec<(u64, u32)>,
}

/// A paragraph, or a span of three sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    Paragraph,
    Sentence,
}

impl Unit {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
        }
    }
}

/// Takes the evidence as it is found; a port, so that measuring stores nothing itself.
pub trait Sink {
    fn pair(&mut self, pair: Pair) -> Result<(), Fault>;
    fn cluster(&mut self, cluster: Cluster) -> Result<(), Fault>;
    /// Called for the most frequent passages, the most frequent first.
    fn passage(&mut self, passage: Passage) -> Result<(), Fault>;
    /// Called once where topics were found: the model, and the topic of each sample by its place among the model's names.
    fn topics(&mut self, model: &TopicModel, of: &mut dyn Iterator<Item = (u64, u32)>) -> Result<(), Fault>;
}
