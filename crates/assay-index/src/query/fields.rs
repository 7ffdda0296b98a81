//! What may a filter name, beside the dimensions of a snapshot?
//!
//! Deliberately absent: how each is read (`compile`), and which values it holds (`facets`).

use crate::query::sets;

/// Fields that every snapshot has, beside its dimensions.
pub fn fixed_fields() -> impl Iterator<Item = &'static str> {
    FIRST_FIELDS.into_iter().chain(LATER_FIELDS)
}

/// Those that no dimension may be called.
pub const FIRST_FIELDS: [&str; 35] = [
    "origin",
    "source_class",
    "confidence",
    "tokens",
    "characters",
    "cluster",
    "verdict",
    "gold",
    "dataset",
    "snapshot",
    "path",
    "filename",
    "id",
    "digest",
    "language",
    "conflict",
    "decided_by",
    "derivation_depth",
    "redundant",
    "repeated_lines",
    "repeated_line_text",
    "repeated_paragraphs",
    "repeated_paragraph_text",
    "top_2gram",
    "top_3gram",
    "top_4gram",
    "repeated_5grams",
    "repeated_6grams",
    "repeated_7grams",
    "repeated_8grams",
    "repeated_9grams",
    "repeated_10grams",
    "judged_origin",
    "style_score",
    "evaluated",
];

/// Those that give way to a mapped dimension of the same name: they came later than data that has one.
pub const LATER_FIELDS: [&str; 22] = [
    PART_ORIGIN,
    "mismatch",
    sets::FLAG,
    sets::ALSO_IN,
    sets::ADDED_SINCE,
    sets::LEFT_OUT_OF,
    sets::RELABELLED,
    sets::CONTRADICTORY,
    sets::TEXT_ORIGIN,
    sets::RARITY_BAND,
    sets::CLASS_SEEN,
    sets::EVIDENCE_FILE,
    sets::DERIVATION,
    TAG,
    ROUTED,
    EXCLUDED_IN_BULK,
    FLAGGED,
    ANSWERS,
    DISPUTED,
    QUEUE,
    STYLE_REASON,
    STYLE_TAUGHT,
];

/// The tags that people gave to many samples at once: a field with as many values.
pub const TAG: &str = "tag";

/// Who is to look at a sample.
pub const ROUTED: &str = "routed";

/// Whether a sample was left out with many others, unread.
pub const EXCLUDED_IN_BULK: &str = "excluded_in_bulk";

/// Whether a reviewer flagged a sample: `true` or `false`.
pub const FLAGGED: &str = "flagged";

/// How many people's answers stand on a sample.
pub const ANSWERS: &str = "answers";

/// Whether they differ and nobody has settled it: `true` or `false`.
pub const DISPUTED: &str = "disputed";

/// The queues that a sample stands in: a field with as many values.
pub const QUEUE: &str = "queue";

/// Why the style signal gives a sample no score.
pub const STYLE_REASON: &str = "style_reason";

/// What the style signal learned the sample's parts as: a field with as many values.
pub const STYLE_TAUGHT: &str = "style_taught";

/// The runs that have a result for a sample: a field with as many values.
pub const EVALUATED: &str = "evaluated";

/// Who made the parts: a field with as many values as the parts have origins.
pub const PART_ORIGIN: &str = "part_origin";

/// What a run may say of a sample, each a field: `RUN:loss`.
pub const RESULT_COLUMNS: [&str; 4] = ["loss", "tokens", "correct", "confidence"];

/// The fields that runs bring.
pub fn result_fields(runs: &[(String, i64)]) -> Vec<String> {
    let of_run = |(run, _): &(String, i64)| RESULT_COLUMNS.map(|column| format!("{run}:{column}"));
    runs.iter().flat_map(of_run).collect()
}

/// Whether a field is one of the measures of repetition inside a sample.
pub fn is_repetition(field: &str) -> bool {
    assay_sketch::Repetition::MEASURES
        .iter()
        .any(|(name, _)| *name == field)
}
