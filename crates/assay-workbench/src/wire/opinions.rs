//! Machine opinions of a sample, each with how often it is wrong. Sealed in review until answered.

use assay_model::Origin;
use assay_model::report::Proportion;

use super::wire;

wire! {
    /// Everything a machine says of one sample. None of it sets an origin.
    pub struct Opinions {
        pub style: Option<StyleOpinion>,
        /// What reviewers found in its source; `None` where nothing of it was judged.
        pub reputation: Option<SourceReputation>,
    }

    /// The writing-style signal on one sample.
    pub struct StyleOpinion {
        /// Whose texts it learned from: `praxis@3`.
        pub trained_on: String,
        /// Whether that is this sample's snapshot; the error rates were then measured on texts like it.
        pub own: bool,
        /// Texts that it learned from.
        pub human: u64,
        pub machine: u64,
        /// Called machine-like from here on.
        pub threshold: f64,
        /// Human texts called machine-like, out of fold.
        pub false_positives: Option<Proportion>,
        pub calibration_error: Option<f64>,
        /// The same for this sample's language, domain, source and role; `None` where fewer than 30 were measured.
        pub groups: Vec<StyleGroupRate>,
        /// Parts with a score.
        pub scores: Vec<PartScore>,
        /// Why there is none, in words.
        pub no_score: Option<String>,
    }

    pub struct StyleGroupRate {
        /// `domain`, `language`, `source` or `role`.
        pub dimension: String,
        pub value: String,
        pub false_positives: Option<Proportion>,
    }

    pub struct PartScore {
        /// From 0.
        pub part: u64,
        /// From 0 (as the human texts) to 1 (as the machine texts).
        pub score: f64,
        /// What training took it to be, where it learned from it; it is then scored by a model that did not see it.
        pub learned_as: Option<Origin>,
    }

    /// Reviewers' judgements of a source's samples.
    pub struct SourceReputation {
        pub source: String,
        /// Samples whose standing judgements agree.
        pub judged: u64,
        pub human: u64,
        pub mixed: u64,
        pub machine: u64,
        /// Judged, but nobody could tell.
        pub unknown: u64,
        /// Samples on whose origin reviewers differ; not in `judged`.
        pub disputed: u64,
        /// Machine or mixed, of those told.
        pub machine_share: Option<Proportion>,
    }
}
