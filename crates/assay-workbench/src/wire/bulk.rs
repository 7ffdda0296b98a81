//! Acts on many samples at once: what is meant, what would be done, what was.

use super::{SampleRow, SavedEntry, wire};

wire! {
    /// Samples as the grid selects them: all that match a filter but those left out, or those picked.
    pub struct BulkSelection {
        pub dataset: String,
        pub snapshot: Option<u64>,
        /// Expression; everything where empty. Where samples are picked: what they were picked among.
        pub filter: String,
        /// Digests of samples picked one by one; all that match where absent.
        pub picked: Option<Vec<String>>,
        /// Digests of samples left out one by one.
        pub left_out: Vec<String>,
    }

    /// Command `bulk_preview`: what an act on these would touch.
    pub struct BulkPreviewRequest {
        pub selection: BulkSelection,
        /// Of the random hits.
        pub seed: u64,
    }

    pub struct BulkPreview {
        /// Rows, copies included; what an act counts are the distinct texts.
        pub rows: u64,
        /// Distinct texts, gold not counted.
        pub samples: u64,
        pub tokens: u64,
        /// Distinct texts that are gold and therefore left out.
        pub gold: u64,
        /// Of the samples, those that somebody has answered: a bulk act changes none of these answers.
        pub answered: u64,
        /// At most 20, drawn at random by the seed.
        pub hits: Vec<SampleRow>,
    }

    /// Command `bulk_act`.
    pub struct BulkRequest {
        /// UUIDv7 made by the window; a repetition repeats it.
        pub entry: String,
        pub selection: BulkSelection,
        pub act: BulkKind,
        /// The tag, or who the samples are routed to; empty for an exclusion.
        pub word: String,
        pub reason: String,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum BulkKind { Exclude, Tag, Route }

    /// Command `bulk_undo`: takes an act back as a whole.
    pub struct BulkUndoRequest {
        pub entry: String,
        /// Entry id of the act.
        pub act: String,
    }

    pub struct BulkSaved {
        pub saved: SavedEntry,
        /// Entry id of the act that was done, or taken back.
        pub act: String,
        /// Samples it is about.
        pub samples: u64,
    }
}
