//! What may be said of a release.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::SnapshotArguments;

#[derive(Debug, Args)]
pub struct ReleaseArguments {
    #[command(flatten)]
    pub snapshot: SnapshotArguments,
    /// A folder that is not there yet, outside every source
    #[arg(long, value_name = "DIR", required_unless_present = "preview")]
    pub out: Option<PathBuf>,
    /// The rules (TOML); without, all but what reviewers excluded, gold, and duplicates but for one of each
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Show what each rule takes and what that costs, and write nothing
    #[arg(long)]
    pub preview: bool,
    /// In place of the policy's seed
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: ReleaseFormat,
    /// Also write sets that differ in nothing but their share of machine samples
    #[arg(long, value_name = "SHARE,…", value_delimiter = ',')]
    pub ablation: Vec<f64>,
    /// The curator or lead who releases
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// What it is for; stands in the ledger
    #[arg(long, default_value = "")]
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReleaseFormat {
    Jsonl,
    Parquet,
}
