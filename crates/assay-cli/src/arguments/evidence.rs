//! What may be said about evidence.

use std::path::PathBuf;

use clap::Subcommand;

use super::SnapshotArguments;

#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Add what another tool found out about samples; the same file twice changes nothing
    Add {
        /// One piece of evidence a line, by sample digest
        #[arg(value_name = "FILE.jsonl")]
        file: PathBuf,
        /// Who brings it; needed where there are several people
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Every sample's evidence and the history of its origin, as JSON Lines
    List {
        #[command(flatten)]
        snapshot: SnapshotArguments,
        /// Only samples for which this holds
        #[arg(long = "where", value_name = "EXPR")]
        filter: Option<String>,
    },
    /// Every file that was added, by its digest, those that were withdrawn too
    Files,
    /// Take back what a file says; the file stays kept, and adding it again brings it back
    Withdraw {
        /// Its name, or its digest or the beginning of one, as `assay evidence files` lists them
        #[arg(value_name = "FILE")]
        file: String,
        #[arg(long)]
        reason: String,
        /// The curator or lead who says so
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Say that a dataset is the output of a model of your own: what is like its samples is a machine's until reviewed
    Mark {
        #[arg(value_name = "DATASET")]
        dataset: String,
        /// The model that made it
        #[arg(long, value_name = "NAME")]
        generator: String,
        #[arg(long)]
        reason: String,
        /// The curator or lead who says so
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Take the mark off a dataset
    Unmark {
        #[arg(value_name = "DATASET")]
        dataset: String,
        #[arg(long)]
        reason: String,
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Every mark that stands
    Marks,
    /// Bring judgements, marks and files up to date, and recompute the origins they speak of
    Recompute,
}
