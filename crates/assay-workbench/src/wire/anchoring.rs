//! Gold held against a dataset: where it stands, how old it is, what has moved on since.

use super::{GoldMember, wire};

wire! {
    /// Command `gold_anchor`: gold beside the human samples of a snapshot, and what asks to be refreshed.
    pub struct GoldAnchor {
        pub dataset: String,
        pub snapshot: u64,
        pub settings: GoldSettings,
        /// Those with the most human samples, at most 30.
        pub domains: Vec<String>,
        /// The same, at most 16.
        pub languages: Vec<String>,
        /// Cells that hold human samples or members.
        pub cells: Vec<AnchorCell>,
        /// Whole days since members became gold: youngest, median, oldest; none without members.
        pub ages_days: Option<[u64; 3]>,
        /// Members promoted in each month, earliest first; months without any are there.
        pub months: Vec<MonthCount>,
        /// Members older than the setting, oldest first, at most 200.
        pub old: Vec<GoldMember>,
        pub old_count: u64,
        /// Slices with gold that have changed since the last promotion in them, the most added first.
        pub changed: Vec<SliceChange>,
    }

    pub struct AnchorCell {
        pub domain: String,
        pub language: String,
        pub members: u64,
        /// Samples of human origin.
        pub samples: u64,
        /// Expression of these samples.
        pub filter: String,
    }

    pub struct MonthCount {
        /// `2026-11`
        pub month: String,
        pub members: u64,
    }

    /// A slice that is no longer what it was when gold was last promoted in it.
    pub struct SliceChange {
        pub domain: String,
        pub language: String,
        pub members: u64,
        /// The last promotion, RFC 3339.
        pub promoted: String,
        /// The snapshot of that day; none where the dataset came later.
        pub since: Option<u64>,
        /// Human samples then and now.
        pub then: u64,
        pub now: u64,
        /// Human samples that were not there then.
        pub added: u64,
        /// Expression of the added samples.
        pub filter: String,
    }

    /// Command `gold_settings`: when gold asks for attention. Part of `gold_anchor`.
    #[derive(Copy)]
    pub struct GoldSettings {
        pub max_age_days: u64,
        /// A cell of domain x language with fewer members is thin.
        pub thin_below: u64,
    }
}
