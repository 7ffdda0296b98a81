//! The map from a record's fields to parts, identity, dimensions and provenance.
//!
//! The shape of the map file in TOML. Parsing with line numbers, recognising fields without a map
//! and applying a map to a record are the reader's work (`assay-read`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Origin, SourceClass};

/// How records become samples.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct FieldMap {
    /// Dot path of the field that identifies a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Dot path of the field that names the record, or the list of records, a record was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Names for the elements of records that are arrays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    /// Dot path of a list of numbers: the user's own vector of the record, in which topics are then found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding: Option<String>,
    /// Text parts in reading order.
    #[serde(default, rename = "part", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartRule>,
    /// Dimension to field, or `path:1` (a folder below the root), or `=health` (a fixed value).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dimensions: BTreeMap<String, String>,
    /// The first rule that matches decides for its part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<ProvenanceRule>,
    /// Texts collected before a day are evidence of a human origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cutoff: Option<CutOff>,
}

/// A day before which generative models were not common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct CutOff {
    /// `YYYY-MM-DD`; texts of that day do not count.
    pub before: String,
    /// The dimension that holds the day of collection; `collected_at` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<String>,
}

impl CutOff {
    /// The dimension whose value is compared.
    pub fn dimension(&self) -> &str {
        self.dimension.as_deref().unwrap_or("collected_at")
    }
}

/// One text part: which field, in which role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PartRule {
    pub field: String,
    pub role: String,
}

/// One rule of provenance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ProvenanceRule {
    /// Role of the part it decides for; all parts where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// An expression over the record's fields, `path` and `filename`; always where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_class: Option<SourceClass>,
    /// Overrides the origin that follows from the source class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// `field:NAME` for a field's value, or a fixed text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generator: Option<String>,
    /// `field:NAME` or a fixed text, as `generator`: the model's exact name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// `field:NAME` or a fixed text: where the prompt can be found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_ref: Option<String>,
    /// `field:NAME` or a fixed text: when it was generated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated_at: Option<String>,
    /// From 0 to 1; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// The dimensions that measures know by name.
pub const KNOWN_DIMENSIONS: [&str; 5] = ["domain", "language", "source", "license", "collected_at"];
