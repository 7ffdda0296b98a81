//! What went wrong in use, and the samples that are like it.

use super::{Job, SavedEntry, wire};

wire! {
    /// Command `incident_report`.
    pub struct IncidentRequest {
        pub title: String,
        /// What was asked and answered; empty where a sample says it.
        pub text: String,
        /// Digest of the sample it is about.
        pub sample: Option<String>,
        /// `YYYY-MM-DD`
        pub happened: String,
        /// `low`, `medium`, `high`.
        pub severity: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct IncidentSaved {
        pub saved: SavedEntry,
        pub incident: String,
    }

    /// Command `incidents`, no request: latest first.
    pub struct IncidentRow {
        pub incident: String,
        pub seq: u64,
        pub title: String,
        pub text: String,
        pub sample: Option<String>,
        pub happened: String,
        pub severity: String,
        pub by: String,
        /// When it was reported, RFC 3339.
        pub at: String,
    }

    /// Command `incident_nearest`.
    pub struct IncidentNearestRequest {
        pub incident: String,
        pub dataset: String,
        pub snapshot: Option<u64>,
    }

    /// What was found before, or the job that finds it now.
    pub struct IncidentNearestAnswer {
        pub job: Option<Job>,
        pub answer: Option<IncidentNearest>,
    }

    pub struct IncidentNearest {
        /// `near` where duplicates were found, else `words`.
        pub method: String,
        /// Words that were looked for, the rarest first; empty where duplicates were found.
        pub words: Vec<String>,
        /// The nearest first, at most 50.
        pub samples: Vec<NearSample>,
        /// Expression of all of them.
        pub filter: Option<String>,
    }

    pub struct NearSample {
        pub sample: u64,
        pub digest: String,
        pub preview: String,
        /// Jaccard similarity, or the share of the weight of the words that it holds.
        pub likeness: f64,
    }
}
