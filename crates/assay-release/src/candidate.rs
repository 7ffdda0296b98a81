//! What must a plan know of a sample?

use assay_model::{Digest, Origin};
use serde::{Deserialize, Serialize};

/// What a plan must know of a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub sample: u64,
    pub digest: Digest,
    pub path: String,
    /// Of the record in its file, from 0.
    pub ordinal: u64,
    pub tokens: u64,
    pub origin: Origin,
    /// The dimension `source`; empty where none is declared.
    pub source: String,
    /// Whether the policy's include and exclude expressions hold.
    pub included: bool,
    pub excluded: bool,
    /// Whether reviewers left it out.
    pub rejected: bool,
    pub gold: Option<GoldKind>,
    pub duplicate: Duplicate,
    /// Places of the policy's caps whose slice it is in.
    pub caps: Vec<usize>,
    /// For each floor of the policy, its classes there.
    pub classes: Vec<Vec<String>>,
}

/// What a sample is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duplicate {
    /// Stands for texts equal after normalising, where there are several.
    pub normalised: Option<u64>,
    /// Cluster of verified near-duplicates.
    pub cluster: Option<u64>,
    pub represents: bool,
}

/// How a sample was found to be gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoldKind {
    Exact,
    Normalised,
    Near,
}
