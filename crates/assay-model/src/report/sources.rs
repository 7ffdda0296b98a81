//! How good is what each source brings? Every part by itself, each with its interval; never one blended number.

use serde::{Deserialize, Serialize};

use super::Proportion;

/// One source of a snapshot. What nobody measured is absent, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SourceQuality {
    /// `""` for samples without one.
    pub source: String,
    pub samples: u64,
    pub tokens: u64,
    /// Samples by origin: human, mixed, machine, unknown.
    pub by_origin: [u64; 4],
    /// Reliability: distinct reviewed samples that stand approved, of those that stand approved, excluded, unsure or disputed.
    pub approved: Option<Proportion>,
    /// Freshness: samples without a date that can be read.
    pub undated: Option<Proportion>,
    /// The newest and the median day of those with one, `YYYY-MM-DD`.
    pub newest: Option<String>,
    pub median_day: Option<String>,
    /// Days between the snapshot's newest day and this source's median one: [low, estimate, high] (order statistics).
    pub median_age_days: Option<[f64; 3]>,
    /// Diversity: samples that stay when near-duplicates go.
    pub unique: Option<Proportion>,
    /// Distinct words in 50, mean over texts of 50 words or more: [low, estimate, high] (seeded bootstrap).
    pub distinct_words: Option<[f64; 3]>,
    /// Annotation confidence: samples whose origin is known.
    pub declared: Option<Proportion>,
    /// Mean confidence of those: [low, estimate, high] (seeded bootstrap).
    pub confidence: Option<[f64; 3]>,
    /// Samples that two reviewers or more decided, all alike, of those that two or more decided.
    pub agreement: Option<Proportion>,
    /// Reputation: what reviewers judged the origin of its samples to be. A signal, and no evidence of any one sample's origin.
    pub judged: SourceJudgements,
    /// Machine or mixed, of the samples that were told.
    pub machine_judged: Option<Proportion>,
}

/// Distinct samples by what their standing judgements say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SourceJudgements {
    pub human: u64,
    pub mixed: u64,
    pub machine: u64,
    /// Judged, but nobody could tell.
    pub unknown: u64,
    /// Reviewers differ.
    pub disputed: u64,
}
