//! The mapping screen: what was recognised, beside real records, before anything is indexed.

use assay_model::{FieldMap, Origin, Refusal};

use super::wire;

wire! {
    /// Command `mapping_preview`. With a map: what that map would do.
    pub struct MappingRequest {
        pub handles: Vec<String>,
        pub map: Option<FieldMap>,
        /// A map file picked by the user; wins over `map`.
        pub map_handle: Option<String>,
        /// Records to read at most; 2,000 by default.
        pub limit: Option<u64>,
    }

    pub struct MappingPreview {
        /// Proposed dataset name.
        pub dataset: String,
        /// Files of each shape; the first shape is shown.
        pub shapes: Vec<ShapePreview>,
        pub refused: Vec<Refusal>,
        pub files_seen: u64,
    }

    /// Files whose records have the same fields.
    pub struct ShapePreview {
        /// The file the records were read from, relative.
        pub path: String,
        /// `JSON Lines, zstd`
        pub read_as: String,
        pub files: u64,
        pub records_read: u64,
        pub map: FieldMap,
        pub map_toml: String,
        pub fields: Vec<FieldPreview>,
        /// At most 50 records as they will be read.
        pub records: Vec<RecordPreview>,
        pub rules: Vec<RulePreview>,
        /// What stays unknown, with counts: `license`, `origin of response`.
        pub unknown: Vec<UnknownPreview>,
        /// Records that a later rule would have judged otherwise.
        pub overlaps: u64,
        /// Records that would be quarantined.
        pub quarantined: u64,
        /// Why the map cannot be used, if it cannot.
        pub problem: Option<String>,
    }

    pub struct FieldPreview {
        /// Dot path.
        pub field: String,
        /// Share of records where it is not null, 0 to 1.
        pub filled: f64,
        /// `text`, `number`, `boolean`, `list`, `object`, `null`.
        pub kind: String,
        /// `identity`, `part:prompt`, `dimension:domain`, `evidence`, or empty for not used.
        pub becomes: String,
        /// `by name`, `unique in all`, `7 values`, `rule 2`, `by the map`.
        pub how: String,
        /// Distinct values, counted up to 1,000.
        pub distinct: u64,
        /// Its value in each record of `records`, cut to 200 characters.
        pub values: Vec<Option<String>>,
    }

    pub struct RecordPreview {
        pub line: u64,
        pub parts: Vec<PartPreview>,
        pub dimensions: Vec<(String, String)>,
        pub detected_language: Option<String>,
        /// Why it would be quarantined.
        pub problem: Option<String>,
    }

    pub struct PartPreview {
        pub role: String,
        pub field: String,
        pub text: String,
        pub origin: Origin,
        /// `rule 2`, `field origin`, or empty.
        pub decided_by: String,
    }

    /// What one rule of provenance would decide; `when` is empty for "no rule matches".
    pub struct RulePreview {
        pub number: Option<u64>,
        pub part: String,
        pub when: String,
        pub origin: Origin,
        pub records: u64,
    }

    pub struct UnknownPreview {
        pub what: String,
        pub why: String,
        pub records: u64,
    }

    /// Command `index_start`; returns the `Job`. Without a map each file's fields are recognised.
    pub struct IndexRequest {
        pub handles: Vec<String>,
        pub dataset: String,
        pub map: Option<FieldMap>,
    }
}
