//! What models made of samples, and the report on it: the shape of `assay results report --json`.
//!
//! Keys are a contract with scripts: added to, never renamed or dropped. What each figure means and where it comes
//! from stands with its computation in `assay-measure`.

use serde::{Deserialize, Serialize};

/// What one run of a model says of one sample. At least one of loss, correctness and confidence is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SampleResult {
    /// Mean negative log-likelihood a token, in nats; at least 0.
    pub loss: Option<f64>,
    /// The model's tokens that the loss is a mean over.
    pub tokens: Option<f64>,
    /// 1 for right, 0 for wrong; a score between them where the task has one.
    pub correct: Option<f64>,
    /// The probability the model gave its answer, 0 to 1.
    pub confidence: Option<f64>,
}

/// One evaluation of one model: what the user called it and what it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RunInfo {
    pub run: String,
    pub model: String,
    /// A checkpoint or a step, as the user writes it.
    pub checkpoint: String,
    /// `human`, `machine`, `mixed`, or a share, as the user writes it.
    pub trained_on: String,
    /// The dataset against whose snapshot ids were looked up, `NAME@N`; empty where digests were given.
    pub dataset: String,
    /// RFC 3339, of the first file.
    pub added: String,
    pub files: Vec<RunFile>,
    /// Results kept, one a text.
    pub results: u64,
}

/// A file that results came from. Assay keeps its digest and name, not the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RunFile {
    pub name: String,
    /// `sha256:…` of its bytes.
    pub digest: String,
    pub rows: u64,
    /// Rows whose key named no sample when the file was added.
    pub unknown: u64,
    /// Of the unknown, those keyed by digest: their results are kept for a snapshot that holds the sample.
    pub kept_unknown: u64,
    /// Rows of copies: other ids of a text that the file has a result for already.
    pub copies: u64,
    /// RFC 3339.
    pub added: String,
    /// At most 1,000 of the unknown keys, as written.
    pub unknown_keys: Vec<String>,
}

/// Results of runs joined to the samples of one snapshot.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ResultsReport {
    pub dataset: String,
    pub snapshot: u64,
    pub snapshot_root: String,
    /// Distinct samples of the snapshot: copies of a text count once, for a model has one loss for it.
    pub texts: u64,
    /// Of these, how many stand here under contradictory origins; they count as unknown.
    pub contradictory: u64,
    pub method: ResultsMethod,
    pub bands: BandTable,
    pub runs: Vec<RunFigures>,
    /// Each run against the one before it, then the last against the first where there are more than two.
    pub differences: Vec<RunDifference>,
}

/// How figures were computed, so that they can be computed again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ResultsMethod {
    /// Resamples of each interval at most; fewer for groups of more than 20,000 texts.
    pub resamples: u64,
    pub seed: u64,
    /// Bins of the calibration error.
    pub bins: u64,
    pub perplexity: String,
    pub statement: String,
}

/// Where head, middle and tail lie.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct BandTable {
    /// The dimension whose classes are ranked, or `word`.
    pub dimension: String,
    pub definition: String,
    /// Head, middle, tail.
    pub bands: Vec<BandRow>,
    /// Texts without a class of the dimension.
    pub without: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct BandRow {
    /// `head`, `middle` or `tail`.
    pub band: String,
    /// Classes in it; none for `word`.
    pub classes: Option<u64>,
    /// Of the snapshot, over these classes; for `word`, texts.
    pub observations: u64,
    pub texts: u64,
}

/// One run's figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RunFigures {
    pub info: RunInfo,
    /// Texts of the snapshot that have a result.
    pub joined: u64,
    /// Results kept whose sample is not in this snapshot, and rows whose id named none.
    pub unmatched: u64,
    pub groups: Vec<GroupFigures>,
}

/// A run's figures on one group of texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GroupFigures {
    /// `all`, `origin`, `band`, `domain`, `language` or `slice`.
    pub by: String,
    /// The origin, band, domain, language or expression; empty for all.
    pub value: String,
    /// Expression of the samples behind it; null where they are not samples of one expression.
    pub filter: Option<String>,
    /// Of the snapshot.
    pub texts: u64,
    pub joined: u64,
    pub loss: Option<LossFigures>,
    pub accuracy: Option<AccuracyFigures>,
    pub calibration: Option<CalibrationFigures>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LossFigures {
    pub n: u64,
    /// Nats a token, each text weighing the same.
    pub mean: f64,
    pub interval: [f64; 2],
    /// exp of the mean.
    pub perplexity: f64,
    pub perplexity_interval: [f64; 2],
    /// exp of the mean over tokens; null unless every joined row with a loss says its tokens.
    pub token_perplexity: Option<f64>,
    /// The model's tokens behind it.
    pub tokens: Option<f64>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AccuracyFigures {
    pub n: u64,
    pub value: f64,
    pub interval: [f64; 2],
    /// `wilson` where each is right or wrong, `bootstrap` where there are scores between.
    pub interval_kind: String,
}

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Estimated {
    pub value: f64,
    pub interval: [f64; 2],
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CalibrationFigures {
    /// Texts with both correctness and confidence.
    pub n: u64,
    /// Expected calibration error over bins of equal mass.
    pub equal_mass: Estimated,
    /// The same over bins of equal width.
    pub equal_width: Estimated,
    pub brier: Estimated,
    pub mass_bins: Vec<CalibrationBin>,
    pub width_bins: Vec<CalibrationBin>,
}

/// One bin of a reliability diagram; empty bins are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CalibrationBin {
    /// Least and greatest confidence: of the bin where widths are equal, of what is in it where masses are.
    pub from: f64,
    pub to: f64,
    pub n: u64,
    /// Mean.
    pub confidence: f64,
    /// Share that was right.
    pub accuracy: f64,
    /// Wilson.
    pub interval: [f64; 2],
}

/// Two runs on the texts that both have results for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RunDifference {
    pub a: String,
    pub b: String,
    pub groups: Vec<GroupDifference>,
    pub signs: Vec<ModelSign>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GroupDifference {
    pub by: String,
    pub value: String,
    pub filter: Option<String>,
    /// Texts with a result in both runs.
    pub paired: u64,
    pub changes: Vec<PairedChange>,
}

/// One figure in both runs, over the texts that have it in both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PairedChange {
    /// `loss`, `accuracy`, `calibration_error` (equal mass) or `brier`.
    pub measure: String,
    pub n: u64,
    pub a: f64,
    pub b: f64,
    /// `b - a`.
    pub change: f64,
    /// 95 %, by resampling texts with both their results.
    pub interval: [f64; 2],
    pub effect: Option<f64>,
    /// `cohens_h` or `log_ratio`.
    pub effect_kind: String,
    /// `none`, `small`, `medium` or `large`.
    pub size: Option<String>,
    /// `worse`, `better` or `same`.
    pub direction: String,
}

/// A model-level sign of collapse: the number first, then the word.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ModelSign {
    /// `tail_against_head`, `tail_accuracy_against_head`, `calibration` or `human_against_machine`.
    pub sign: String,
    /// What it is, in a sentence with its unit.
    pub about: String,
    /// Null where it cannot be computed; `note` says why.
    pub a: Option<f64>,
    pub b: Option<f64>,
    pub change: Option<f64>,
    pub interval: Option<[f64; 2]>,
    pub effect: Option<f64>,
    pub effect_kind: String,
    pub size: Option<String>,
    /// `worse`, `better` or `same`; empty where there is no number.
    pub direction: String,
    /// What moved, in words: `the tail rises by 0.41 while the head falls by 0.03`.
    pub note: String,
    /// Whether it is worse by a word above `none`, and its interval leaves out no change.
    pub found: bool,
    /// Expressions of the samples on both sides of the contrast.
    pub filters: Vec<String>,
}
