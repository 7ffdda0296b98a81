//! What may be said about the writing-style signal.

use clap::Args;

use super::SnapshotArguments;

#[derive(Debug, Args)]
pub struct StyleArguments {
    #[command(flatten)]
    pub snapshot: SnapshotArguments,
    /// Learn again, with what reviewers judged since the snapshot was measured
    #[arg(long, conflicts_with = "with")]
    pub train: bool,
    /// Score the snapshot with the signal of another one, for want of texts of known origin
    #[arg(long, value_name = "NAME[@N]")]
    pub with: Option<String>,
}
