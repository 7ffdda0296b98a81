//! The shape of a policy file: which keys stand in which table. Every unknown key is a fault.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::GoldHandling;

pub(super) type Number = Option<Spanned<f64>>;
pub(super) type Count = Option<Spanned<u64>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub name: Option<String>,
    pub seed: Option<u64>,
    pub include: Option<Spanned<String>>,
    pub exclude: Option<Spanned<String>>,
    pub leave_out_excluded: Option<bool>,
    pub duplicates: Option<FileDuplicates>,
    #[serde(default)]
    pub gold: FileGold,
    #[serde(default)]
    pub cap: Vec<Spanned<FileCap>>,
    #[serde(default)]
    pub tail: Vec<Spanned<FileFloor>>,
    #[serde(default)]
    pub weights: FileWeights,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileDuplicates {
    pub exact: Option<Spanned<FileKeep>>,
    pub normalised: Option<Spanned<FileKeep>>,
    pub near: Option<Spanned<FileKeep>>,
}

/// `"all"`, `"one"`, or how many.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum FileKeep {
    Number(u64),
    Word(String),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileGold {
    #[serde(default)]
    pub handling: GoldHandling,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileCap {
    #[serde(rename = "where")]
    pub slice: Spanned<String>,
    pub max_samples: Count,
    pub max_tokens: Count,
    pub max_share: Number,
    pub max_machine_share: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileFloor {
    pub dimension: Spanned<String>,
    pub min_samples: Count,
    pub min_retention: Number,
    pub up_to_samples: Count,
    pub max_factor: Number,
    pub repeat: Option<Spanned<bool>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileWeights {
    #[serde(default)]
    pub origin: BTreeMap<Spanned<String>, Spanned<f64>>,
    #[serde(default)]
    pub source: BTreeMap<String, Spanned<f64>>,
}
