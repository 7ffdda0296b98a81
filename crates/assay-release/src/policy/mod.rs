//! What does a policy say?

mod file;
mod parse;

use std::collections::BTreeMap;

use assay_model::{Expression, Origin};
use serde::Serialize;

pub use parse::parse_policy;

/// The rules of a release. The default leaves out what reviewers excluded, gold, and all but one of each set of duplicates.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    pub name: String,
    /// Orders samples wherever a rule must choose among equals.
    pub seed: u64,
    /// Only these; all where absent.
    pub include: Option<Expression>,
    /// None of these.
    pub exclude: Option<Expression>,
    /// Whether samples that reviewers excluded, one by one or in bulk, are left out.
    pub leave_out_excluded: bool,
    pub duplicates: KeepDuplicates,
    pub gold: GoldHandling,
    /// In the file's order.
    pub caps: Vec<Cap>,
    pub tail: Tail,
    pub weights: Weights,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            name: "default".to_owned(),
            seed: 0,
            include: None,
            exclude: None,
            leave_out_excluded: true,
            duplicates: KeepDuplicates::default(),
            gold: GoldHandling::default(),
            caps: Vec::new(),
            tail: Tail::default(),
            weights: Weights::default(),
        }
    }
}

/// The text of the policy that stands where none is named.
pub const DEFAULT_POLICY: &str = include_str!("default.toml");

/// How many samples of a set of duplicates stay, at each level; each level includes the stronger ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepDuplicates {
    pub exact: Keep,
    pub normalised: Keep,
    pub near: Keep,
}

impl Default for KeepDuplicates {
    fn default() -> Self {
        Self {
            exact: Keep::AtMost(1),
            normalised: Keep::AtMost(1),
            near: Keep::AtMost(1),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    All,
    /// At least 1.
    AtMost(u64),
}

/// What becomes of gold that the snapshot holds. It is never trained on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoldHandling {
    /// It is left out.
    #[default]
    Exclude,
    /// It is left out of the shards and written beside them, as a set to anchor evaluation on.
    Anchor,
}

/// An upper limit on a slice of what is released.
#[derive(Clone, Debug, PartialEq)]
pub struct Cap {
    /// As the policy writes it.
    pub text: String,
    pub slice: Expression,
    pub limits: Vec<Limit>,
    /// From 1.
    pub line: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    MaxSamples(u64),
    MaxTokens(u64),
    /// Of all released samples.
    MaxShare(f64),
    /// Machine samples of the slice's samples; mixed is not machine.
    MaxMachineShare(f64),
}

/// What duplicates and caps may not take from the rare classes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tail {
    pub floors: Vec<Floor>,
}

/// A class keeps `min_samples` of its samples, and `min_retention` of them, or all it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Floor {
    pub dimension: String,
    pub min_samples: u64,
    /// From 0 to 1.
    pub min_retention: f64,
    /// Classes with fewer released samples weigh more, as if they had so many; 0 for none.
    pub up_to_samples: u64,
    /// The greatest factor of such a weight, or of such a repetition.
    pub max_factor: f64,
    /// Their rows are repeated up to that size instead of weighing more.
    pub repeat: bool,
}

/// Factors of a sample's weight; 1 where none is stated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    pub origin: BTreeMap<Origin, f64>,
    /// By the dimension `source`.
    pub source: BTreeMap<String, f64>,
}

impl Weights {
    pub fn is_none(&self) -> bool {
        self.origin.is_empty() && self.source.is_empty()
    }
}
