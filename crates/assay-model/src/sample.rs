//! Samples after mapping, and what was noticed or refused on the way.

use serde::{Deserialize, Serialize};

use crate::{Code, Evidence, Origin, SourceClass, Value};

/// A piece of a sample with a role, and who made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Part {
    /// `document`, `prompt`, `response`, `title`, `context`, or the map's own word.
    pub role: String,
    pub text: String,
    pub origin: Origin,
    pub source_class: SourceClass,
    /// From 0 to 1; 0 where nothing was declared.
    pub confidence: f64,
}

/// A record after its map was applied: what is indexed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MappedSample {
    /// The record's own identity, where the map names a field.
    pub id: Option<String>,
    /// The records it was made from, by their identity.
    pub parents: Vec<String>,
    /// In reading order; never empty.
    pub parts: Vec<Part>,
    /// Mapped dimensions in the map's order; `Value::Null` where the record has none. Numbers stay numbers.
    pub dimensions: Vec<(String, Value)>,
    pub evidence: Vec<Evidence>,
    /// Combined over the parts.
    pub origin: Origin,
    /// That of all parts if they agree, else `Unknown`.
    pub source_class: SourceClass,
    /// The least of the parts' confidences.
    pub confidence: f64,
    /// Whether evidence of equal strength contradicts itself.
    pub conflict: bool,
    /// Whether a later rule of the map would have judged a part otherwise.
    pub overlap: bool,
    /// The record's own vector, where the map names one and it can be used; else empty.
    #[serde(default)]
    pub embedding: Vec<f32>,
}

/// A file that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Refusal {
    /// Relative to the indexed root, with `/`; bytes that are not UTF-8 as `\xNN`.
    pub path: String,
    pub code: Code,
    pub message: String,
    pub line: Option<u64>,
    /// What to do about it.
    #[serde(default)]
    pub remedy: String,
}

/// A record that could not be read. It costs nothing but itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Quarantine {
    pub path: String,
    /// 1-based, as an editor shows it; the record's ordinal where lines do not apply.
    pub line: u64,
    /// 1-based, in characters, where known.
    pub column: Option<u64>,
    /// Of the record's start in the decoded stream.
    pub byte_offset: u64,
    pub code: Code,
    pub message: String,
    /// At most 200 characters around the damage, controls and invalid bytes escaped.
    #[serde(default)]
    pub excerpt: String,
}

/// Something noticed in a record that was indexed all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Flag {
    pub path: String,
    pub line: Option<u64>,
    pub code: Code,
    pub message: String,
}
