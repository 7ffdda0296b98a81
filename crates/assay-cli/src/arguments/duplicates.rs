//! What may be said to `assay duplicates`, and of how duplicates are measured.

use assay_model::KeepPolicy;
use clap::{ArgGroup, Args, ValueEnum};

use super::SnapshotArguments;

/// By what duplicates are measured; remembered for the workspace.
#[derive(Debug, Default, Args)]
pub struct MeasureArguments {
    /// Least Jaccard similarity of near-duplicates; remembered for the workspace (0.8 until it is set)
    #[arg(long, value_name = "SHARE")]
    pub near_threshold: Option<f64>,
    /// Warn of a source that deduplication would take a greater share of; remembered (0.5 until it is set)
    #[arg(long, value_name = "SHARE")]
    pub removal_limit: Option<f64>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("evidence").required(true).args([
    "pairs", "clusters", "passages", "matrix", "judgements", "not_a_duplicate", "keep", "keep_policy", "withdraw",
])))]
pub struct DuplicatesArguments {
    #[command(flatten)]
    pub snapshot: SnapshotArguments,
    /// Every compared pair of distinct texts, and the copies of each text
    #[arg(long)]
    pub pairs: bool,
    /// Clusters with their representatives
    #[arg(long)]
    pub clusters: bool,
    /// Paragraphs and spans of sentences that recur
    #[arg(long)]
    pub passages: bool,
    /// With --across: how many samples of each dataset have a partner in each other
    #[arg(long, requires = "across")]
    pub matrix: bool,
    /// Between datasets or snapshots instead of inside one; all datasets where none is named
    #[arg(long, value_name = "NAME[@N]", num_args = 0.., conflicts_with_all = ["dataset", "snapshot", "passages"])]
    pub across: Option<Vec<String>>,
    /// What people said of duplicates, as it stands
    #[arg(long)]
    pub judgements: bool,
    /// Record that two samples are no duplicates of each other, whatever they share
    #[arg(long, value_names = ["A", "B"], num_args = 2, requires = "reason")]
    pub not_a_duplicate: Option<Vec<String>>,
    /// Record that this sample represents its cluster
    #[arg(long, value_name = "DIGEST", requires = "reason")]
    pub keep: Option<String>,
    /// Record the order in which representatives are chosen where nobody said which one stays
    #[arg(long, value_enum, value_name = "ORDER", requires = "reason")]
    pub keep_policy: Option<KeepPolicyName>,
    /// Take such a record back, by its entry id
    #[arg(long, value_name = "ENTRY", requires = "reason")]
    pub withdraw: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: Option<String>,
    /// Who says so; needed where there are several people
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KeepPolicyName {
    /// Human before mixed before unknown before machine, then earliest, clearer licence, longer, lower ordinal
    Provenance,
    /// The lowest ordinal in the dataset
    First,
    /// The longest text
    Longest,
    /// The earliest collected
    Earliest,
}

impl KeepPolicyName {
    pub fn policy(self) -> KeepPolicy {
        match self {
            Self::Provenance => KeepPolicy::Provenance,
            Self::First => KeepPolicy::First,
            Self::Longest => KeepPolicy::Longest,
            Self::Earliest => KeepPolicy::Earliest,
        }
    }
}
