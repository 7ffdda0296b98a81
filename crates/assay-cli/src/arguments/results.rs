//! What may be said about results of models.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{ReportFormat, SnapshotArguments};

#[derive(Debug, Subcommand)]
pub enum ResultsCommand {
    /// Add a file of per-sample results to a run; a bad row rejects the file
    #[command(
        after_help = "A file has one row a sample (JSON Lines, CSV, Parquet, …) with `sample` (a digest) or `id`, and any of
loss (nats a token), perplexity, tokens, correct (true/false, 0/1 or a score), confidence (0 to 1).

Examples:
  assay results add gen1.jsonl --run gen1 --model tiny-gpt --checkpoint 3000
  assay results add eval.csv --run gen2 --column loss=nll --column id=doc_id --dataset praxis@3"
    )]
    Add(ResultsAddArguments),
    /// Every run with its files
    List,
    /// Forget a run and its results
    Remove {
        #[arg(value_name = "RUN")]
        run: String,
    },
    /// Loss, accuracy and calibration by origin, tail band and slice, and from run to run
    Report(ResultsReportArguments),
}

#[derive(Debug, Args)]
pub struct ResultsAddArguments {
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The run they belong to; made if it is not there
    #[arg(long, value_name = "NAME")]
    pub run: String,
    /// Where ids are looked up: a dataset (its latest snapshot) or NAME@N
    #[arg(long, value_name = "NAME[@N]")]
    pub dataset: Option<String>,
    /// The model, for people
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub model: String,
    /// Its checkpoint or step
    #[arg(long, visible_alias = "step", value_name = "TEXT", default_value = "")]
    pub checkpoint: String,
    /// What it was trained on: human, machine, mixed, or a share of synthetic text
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub trained_on: String,
    /// A column under another name in the file: loss=nll; may be repeated
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub column: Vec<String>,
}

#[derive(Debug, Args)]
pub struct ResultsReportArguments {
    #[command(flatten)]
    pub snapshot: SnapshotArguments,
    /// A run, in the order of comparison; may be repeated. All that have results here without
    #[arg(long, value_name = "NAME")]
    pub run: Vec<String>,
    /// The dimension whose rarest classes are the tail, or `word`
    #[arg(long, value_name = "NAME")]
    pub dimension: Option<String>,
    /// A further group: the samples for which this holds; may be repeated
    #[arg(long, value_name = "EXPR")]
    pub slice: Vec<String>,
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
}
