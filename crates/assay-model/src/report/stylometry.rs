//! The stylometric signal: what it was trained on, and how often it is wrong.

use serde::{Deserialize, Serialize};

/// A share counted over things, with its 95 % Wilson interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Proportion {
    pub count: u64,
    /// Never 0.
    pub of: u64,
    /// `count / of`.
    pub share: f64,
    pub interval: [f64; 2],
}

/// A classifier of writing styles trained on this snapshot's own texts of known origin. It orders queues and sets no origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Stylometry {
    /// Why there is no signal, in words; everything below but the counts is then empty.
    pub refused: Option<String>,
    /// Texts of at least `least_words` words that it learned from: parts declared or judged to be of one origin, one for
    /// each group of near-duplicates.
    pub human: u64,
    pub machine: u64,
    /// Of these, known by a reviewer's judgement.
    pub judged: u64,
    pub least_words: u64,
    /// Languages and roles in which both kinds were seen; others are not scored.
    pub languages: Vec<String>,
    pub roles: Vec<String>,
    /// Figures of style with their standardised weights, the heaviest first; positive speaks for a machine.
    pub figures: Vec<StyleFigure>,
    pub folds: u64,
    /// Area under the ROC curve out of fold: [low, estimate, high] (DeLong 1988, on the logit scale).
    pub auc: Option<[f64; 3]>,
    /// A score from here on is called machine-like.
    pub threshold: f64,
    /// Human texts called machine-like, out of fold.
    pub false_positives: Option<Proportion>,
    /// Machine texts called machine-like, out of fold.
    pub true_positives: Option<Proportion>,
    /// Expected calibration error out of fold, ten bins, both kinds weighing the same.
    pub calibration_error: Option<f64>,
    /// False positives among the human texts of one domain, language, source or role, where at least 30 were measured.
    pub by_group: Vec<StyleGroup>,
    /// Samples with a score, and those called machine-like, by origin: human, mixed, machine, unknown.
    pub scored: [u64; 4],
    pub machine_like: [u64; 4],
    /// Samples without a score, by reason.
    pub not_scored: Vec<NotScored>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StyleFigure {
    pub name: String,
    pub weight: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StyleGroup {
    /// `domain`, `language`, `source` or `role`.
    pub dimension: String,
    pub value: String,
    pub false_positives: Proportion,
}

/// Why a text has no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum NoScore {
    /// No part has words enough.
    TooShort,
    /// Its language was not seen of both kinds in training.
    LanguageUnseen,
    /// Its role was not seen of both kinds in training.
    RoleUnseen,
    /// Indexed by a version that took no figures of style.
    NoFigures,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NotScored {
    pub reason: NoScore,
    pub samples: u64,
}

impl NoScore {
    pub const ALL: [Self; 4] = [
        Self::TooShort,
        Self::LanguageUnseen,
        Self::RoleUnseen,
        Self::NoFigures,
    ];

    /// The word that reports and filters use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TooShort => "too_short",
            Self::LanguageUnseen => "language_unseen",
            Self::RoleUnseen => "role_unseen",
            Self::NoFigures => "no_figures",
        }
    }
}
