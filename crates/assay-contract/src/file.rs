//! The shape of a contract file: which keys stand in which table. Every unknown key is a fault.

use serde::Deserialize;
use toml::Spanned;

use crate::{Severity, Unit};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub name: String,
    pub provenance: Option<FileProvenance>,
    pub duplication: Option<FileDuplication>,
    pub coverage: Option<FileCoverage>,
    pub diversity: Option<FileDiversity>,
    pub gold: Option<FileGold>,
    pub personal_data: Option<FilePersonalData>,
    pub review: Option<FileReview>,
    #[serde(default)]
    pub column: Vec<Spanned<FileColumn>>,
}

pub(super) type Number = Option<Spanned<f64>>;
pub(super) type Count = Option<Spanned<u64>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileProvenance {
    #[serde(default)]
    pub unit: Unit,
    pub max_machine_share: Number,
    pub max_unknown_share: Number,
    pub min_human_tokens: Count,
    #[serde(default)]
    pub severity: Severity,
    #[serde(default)]
    pub cap: Vec<Spanned<FileCap>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileCap {
    #[serde(rename = "where")]
    pub slice: Spanned<String>,
    pub unit: Option<Unit>,
    pub max_machine_share: Number,
    pub max_unknown_share: Number,
    pub min_human_tokens: Count,
    pub severity: Option<Severity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileDuplication {
    pub max_exact_rate: Number,
    pub max_near_rate: Number,
    #[serde(default)]
    pub severity: Severity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileCoverage {
    pub reference: Option<Spanned<String>>,
    pub min_tail_retention: Number,
    pub dimensions: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    pub severity: Severity,
    #[serde(default)]
    pub floor: Vec<FileFloor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileFloor {
    pub dimension: Spanned<String>,
    pub min_count: Spanned<u64>,
    #[serde(rename = "where")]
    pub slice: Option<Spanned<String>>,
    pub severity: Option<Severity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileDiversity {
    pub max_compression_ratio: Number,
    #[serde(default)]
    pub severity: Severity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileGold {
    pub max_leaked: Count,
    pub max_age_days: Count,
    #[serde(default)]
    pub severity: Severity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilePersonalData {
    pub max_share: Number,
    #[serde(default)]
    pub severity: Severity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileReview {
    #[serde(default)]
    pub require: Vec<Spanned<FileRequire>>,
    #[serde(default)]
    pub severity: Severity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileRequire {
    #[serde(rename = "where")]
    pub slice: Option<Spanned<String>>,
    pub min_reviewed_share: Number,
    pub max_defect_rate: Number,
    pub severity: Option<Severity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileColumn {
    pub field: Spanned<String>,
    #[serde(rename = "where")]
    pub slice: Option<Spanned<String>>,
    pub max: Number,
    pub max_share_above: Option<FileShareAbove>,
    #[serde(default)]
    pub severity: Severity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileShareAbove {
    pub value: Spanned<f64>,
    pub share: Spanned<f64>,
}
