//! What models made of the samples: bringing results, and the report on them.

use assay_model::results::{ResultsReport, RunInfo};

use super::wire;

wire! {
    /// Command `results_preview`: reads a picked file and looks its keys up; nothing is kept.
    /// Command `results_add`: keeps it as results of the run.
    pub struct ResultsFileRequest {
        pub handle: String,
        /// Empty in a preview until it is named.
        pub run: String,
        pub model: String,
        pub checkpoint: String,
        pub trained_on: String,
        /// Where ids are looked up, `NAME` or `NAME@N`.
        pub dataset: Option<String>,
        /// Columns under another name, `loss=nll`.
        pub columns: Vec<String>,
    }

    /// A file of results: what it was recognised as and what its rows came to.
    pub struct ResultsFile {
        pub file: String,
        /// `sha256:…`
        pub digest: String,
        /// Such as `JSON Lines` or `CSV, gzip`.
        pub format: String,
        /// Whether the run has this very file already.
        pub known: bool,
        pub rows: u64,
        pub matched: u64,
        /// Rows whose id names a text that an earlier row has a result for.
        pub copies: u64,
        pub unknown: u64,
        /// Of the unknown, those keyed by digest: kept for a snapshot that holds the sample.
        pub kept_unknown: u64,
        /// At most 20.
        pub unknown_keys: Vec<String>,
        pub columns: Vec<ResultsColumn>,
        /// Fields that mean nothing here.
        pub ignored: Vec<String>,
        /// `NAME@N`; empty where digests were given.
        pub looked_up_in: String,
    }

    pub struct ResultsColumn {
        /// `sample`, `id`, `loss`, `perplexity`, `tokens`, `correct` or `confidence`.
        pub column: String,
        /// The file's name for it.
        pub field: String,
    }

    pub struct ResultsAdded {
        pub runs: Vec<RunInfo>,
        pub file: ResultsFile,
    }

    /// Command `results_remove`: the runs that are left, as from `results_runs`, which takes no request.
    pub struct RunRequest {
        pub run: String,
    }

    /// Command `results_report`. Takes seconds where there are many results.
    pub struct ResultsReportRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        /// In the order of comparison; all that have results here where none is named.
        pub runs: Vec<String>,
        /// The dimension whose rarest classes are the tail, or `word`.
        pub dimension: Option<String>,
        /// Expressions, each a group of its own.
        pub slices: Vec<String>,
    }

    /// The report, and what else it could be by.
    pub struct ResultsView {
        pub report: ResultsReport,
        /// Every run of the workspace, those without results here too.
        pub runs: Vec<RunInfo>,
        /// Dimensions that samples can be ranked by, `word` last.
        pub dimensions: Vec<String>,
    }
}
