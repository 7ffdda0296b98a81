//! What must a snapshot satisfy before it may be used?
//!
//! A contract is a TOML file of limits; each limit is a gate. Here one is read, and a measured value held against its
//! limit. What a gate asks to be measured is computed by whoever holds the snapshot and the ledger.

mod file;
mod parse;

use assay_model::Expression;

pub use parse::parse_contract;

/// The acceptance tests a snapshot must pass. At least one gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    pub name: String,
    /// In the order in which the chapters of a contract are described.
    pub gates: Vec<Gate>,
}

/// One limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    pub rule: Rule,
    /// Only these samples; all where absent.
    pub slice: Option<Slice>,
    pub severity: Severity,
    /// Where it stands in the file.
    pub line: u64,
}

/// A slice as the contract writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    pub text: String,
    pub expression: Expression,
}

/// What a gate that does not hold means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The contract fails.
    #[default]
    Fail,
    /// It is measured and shown.
    Watch,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Watch => "watch",
        }
    }
}

/// What shares are shares of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// The parts of a mixed sample count as what they are.
    #[default]
    Tokens,
    Samples,
}

/// What a tail is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reference {
    /// The human part of the snapshot itself.
    #[default]
    Human,
    Gold,
    /// `NAME` or `NAME@N`.
    Snapshot(String),
}

/// What is measured, and its limit. Shares are from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    MaxMachineShare {
        unit: Unit,
        most: f64,
    },
    MaxUnknownShare {
        unit: Unit,
        most: f64,
    },
    /// Samples of unknown origin that no reviewer has approved, over all samples.
    MaxUnreviewedUnknownShare {
        most: f64,
    },
    MinHumanTokens {
        least: u64,
    },
    MaxExactRate {
        most: f64,
    },
    MaxNearRate {
        most: f64,
    },
    MinTailRetention {
        reference: Reference,
        dimension: Dimension,
        least: f64,
    },
    Floor {
        dimension: String,
        min_count: u64,
    },
    MaxCompressionRatio {
        most: f64,
    },
    MaxLeaked {
        most: u64,
    },
    MaxAgeDays {
        most: u64,
    },
    /// Samples in which personal data was found, over samples.
    MaxPersonalDataShare {
        most: f64,
    },
    MinReviewedShare {
        least: f64,
    },
    /// Holds for the upper end of the 95 % interval, from random draws.
    MaxDefectRate {
        most: f64,
    },
    ColumnMax {
        field: String,
        most: f64,
    },
    ColumnShareAbove {
        field: String,
        value: f64,
        most: f64,
    },
}

/// One dimension, or each that is mapped and text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dimension {
    Each,
    Named(String),
}

impl Rule {
    /// The key under which the contract states it.
    pub fn id(&self) -> &'static str {
        match self {
            Self::MaxMachineShare { .. } => "max_machine_share",
            Self::MaxUnknownShare { .. } | Self::MaxUnreviewedUnknownShare { .. } => "max_unknown_share",
            Self::MinHumanTokens { .. } => "min_human_tokens",
            Self::MaxExactRate { .. } => "max_exact_rate",
            Self::MaxNearRate { .. } => "max_near_rate",
            Self::MinTailRetention { .. } => "min_tail_retention",
            Self::Floor { .. } => "floor",
            Self::MaxCompressionRatio { .. } => "max_compression_ratio",
            Self::MaxLeaked { .. } => "max_leaked",
            Self::MaxAgeDays { .. } => "max_age_days",
            Self::MaxPersonalDataShare { .. } => "max_share",
            Self::MinReviewedShare { .. } => "min_reviewed_share",
            Self::MaxDefectRate { .. } => "max_defect_rate",
            Self::ColumnMax { .. } => "max",
            Self::ColumnShareAbove { .. } => "max_share_above",
        }
    }

    /// The limit as a number.
    pub fn limit(&self) -> f64 {
        match self {
            Self::MaxMachineShare { most, .. }
            | Self::MaxUnknownShare { most, .. }
            | Self::MaxUnreviewedUnknownShare { most }
            | Self::MaxExactRate { most }
            | Self::MaxNearRate { most }
            | Self::MaxCompressionRatio { most }
            | Self::MaxDefectRate { most }
            | Self::MaxPersonalDataShare { most }
            | Self::ColumnMax { most, .. }
            | Self::ColumnShareAbove { most, .. } => *most,
            Self::MinTailRetention { least, .. } | Self::MinReviewedShare { least } => *least,
            Self::MaxLeaked { most: count }
            | Self::MaxAgeDays { most: count }
            | Self::MinHumanTokens { least: count }
            | Self::Floor { min_count: count, .. } => *count as f64,
        }
    }

    /// Whether the limit is the least that is allowed, and not the most.
    pub fn is_least(&self) -> bool {
        matches!(
            self,
            Self::MinHumanTokens { .. }
                | Self::MinTailRetention { .. }
                | Self::Floor { .. }
                | Self::MinReviewedShare { .. }
        )
    }

    /// Whether a measured value keeps the limit.
    pub fn holds(&self, measured: f64) -> bool {
        if self.is_least() {
            measured >= self.limit()
        } else {
            measured <= self.limit()
        }
    }
}
