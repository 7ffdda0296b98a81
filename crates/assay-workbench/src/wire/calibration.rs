//! Machine signals held against what reviewers judged.

use assay_model::EvidenceKind;
use assay_model::report::Proportion;

use super::wire;

wire! {
    /// Command `signal_calibration`: how often what machines say of an origin agrees with reviewers.
    pub struct SignalCalibration {
        pub dataset: String,
        pub snapshot: u64,
        /// Samples of the snapshot whose origin reviewers judged alike.
        pub judged: u64,
        /// Those of them that come from random draws.
        pub drawn: u64,
        /// None where the snapshot has no signal, or no judged sample a score.
        pub style: Option<StyleCalibration>,
        /// One for each kind that speaks of a judged sample, strongest first.
        pub evidence: Vec<EvidenceAgreement>,
    }

    /// The style score, of samples judged human or machine.
    pub struct StyleCalibration {
        pub samples: u64,
        pub machine: u64,
        /// Those whose texts taught the signal; their scores come from folds that did not see them.
        pub taught: u64,
        /// Mean squared distance of the score from what was judged: 0 is perfect, 0.25 a coin.
        pub brier: f64,
        /// The same of a score that always says the share of machine texts.
        pub brier_of_share: f64,
        /// Ten bins of equal width; empty ones are left out.
        pub bins: Vec<ReliabilityBin>,
    }

    pub struct ReliabilityBin {
        pub low: f64,
        pub high: f64,
        pub mean_score: f64,
        /// Judged machine, of the samples of the bin.
        pub machine: Proportion,
        /// Expression of these samples.
        pub filter: String,
    }

    pub struct EvidenceAgreement {
        pub kind: EvidenceKind,
        /// Judged samples of which it says the same as reviewers, of those it speaks of.
        pub agreeing: Proportion,
        /// Mean squared distance of its confidence from whether it was right.
        pub brier: f64,
        /// Mean confidence, where it speaks.
        pub mean_confidence: f64,
        /// Expression of the samples on which it differs from reviewers, at most 200.
        pub filter: Option<String>,
    }
}
