//! What became of every candidate, and what did each rule cost?

use assay_model::Origin;
use serde::{Deserialize, Serialize};

/// What became of a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    Released {
        weight: f64,
        /// Rows it is written as; more than 1 where a tail is raised by repeating.
        copies: u64,
        stands_for: StandsFor,
    },
    /// By the rule at this place of `Plan::rules`.
    Removed { rule: usize },
}

/// Samples that each level removed as duplicates of those that stayed of their group, this one among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandsFor {
    pub exact: u64,
    pub normalised: u64,
    pub near: u64,
}

/// A candidate's sample and its fate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planned {
    pub sample: u64,
    pub fate: Fate,
}

/// Every candidate accounted for.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// By path, then ordinal.
    pub samples: Vec<Planned>,
    pub rules: Vec<RuleCost>,
    pub candidates: u64,
    pub released: u64,
    /// Rows to be written: more than the samples where a tail is raised by repeating.
    pub rows: u64,
    pub tokens: u64,
    pub origins: OriginCounts,
}

impl Plan {
    /// Samples that are released, in their order.
    pub fn kept(&self) -> impl Iterator<Item = u64> {
        let kept = self
            .samples
            .iter()
            .filter(|planned| matches!(planned.fate, Fate::Released { .. }));
        kept.map(|planned| planned.sample)
    }
}

/// Samples by who made them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginCounts {
    pub human: u64,
    pub machine: u64,
    pub mixed: u64,
    pub unknown: u64,
}

impl OriginCounts {
    pub fn total(self) -> u64 {
        self.human + self.machine + self.mixed + self.unknown
    }

    pub(crate) fn add(&mut self, more: Self) {
        self.human += more.human;
        self.machine += more.machine;
        self.mixed += more.mixed;
        self.unknown += more.unknown;
    }

    pub(crate) fn of(&mut self, origin: Origin) -> &mut u64 {
        match origin {
            Origin::Human => &mut self.human,
            Origin::Machine => &mut self.machine,
            Origin::Mixed => &mut self.mixed,
            Origin::Unknown => &mut self.unknown,
        }
    }
}

/// What a rule removed, and what that costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleCost {
    /// `include`, `exclude`, `verdicts`, `gold`, `duplicates exact`, …, `cap at line N: WHERE`.
    pub rule: String,
    pub samples: u64,
    pub tokens: u64,
    /// Samples left when the rules before it were done, and after it.
    pub before: OriginCounts,
    pub after: OriginCounts,
    /// Classes of the policy's floors that it reduced below 20 samples or took away, the worst first; at most 20.
    pub tail: Vec<TailCost>,
}

/// A class that a rule reduced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TailCost {
    pub dimension: String,
    pub class: String,
    pub before: u64,
    pub after: u64,
}
