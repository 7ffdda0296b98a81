//! Releases that leave the workspace, and one sample's way.

use super::{Job, SavedEntry, wire};

wire! {
    /// Command `release_policy`, no request: the policy that stands where none is written.
    pub struct ReleasePolicy {
        /// TOML.
        pub text: String,
    }

    /// Command `release_preview`: what a release would be, or the job that plans it.
    pub struct ReleaseRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        /// TOML.
        pub policy: String,
        /// In place of the policy's.
        pub seed: Option<u64>,
        /// Shares of machine samples, from 0 to 1.
        pub ablations: Vec<f64>,
    }

    pub struct ReleaseAnswer {
        pub job: Option<Job>,
        pub answer: Option<ReleasePlan>,
    }

    pub struct ReleasePlan {
        pub policy: String,
        pub seed: u64,
        pub candidates: u64,
        pub samples: u64,
        /// More than the samples where rare classes are repeated.
        pub rows: u64,
        pub tokens: u64,
        pub origins: OriginCount,
        /// In the order in which they are applied.
        pub rules: Vec<ReleaseRule>,
        pub gold_exact: u64,
        pub gold_normalised: u64,
        pub gold_near: u64,
        /// Texts of which not every pair was compared with gold.
        pub not_compared: u64,
        /// Least and greatest weight.
        pub weights: Option<(f64, f64)>,
        /// Weights by origin or source wait for a sign-off of this snapshot.
        pub weights_locked: bool,
        /// The sign-off it would rest on.
        pub signed_off: Option<String>,
        pub ablations: Vec<ReleaseAblation>,
    }

    pub struct OriginCount {
        pub human: u64,
        pub machine: u64,
        pub mixed: u64,
        pub unknown: u64,
    }

    pub struct ReleaseRule {
        pub rule: String,
        /// What it takes.
        pub samples: u64,
        pub tokens: u64,
        pub before: OriginCount,
        pub after: OriginCount,
        /// Rare classes that it reduces or takes away.
        pub tail: Vec<ReleaseTail>,
    }

    pub struct ReleaseTail {
        pub dimension: String,
        pub class: String,
        pub before: u64,
        pub after: u64,
    }

    pub struct ReleaseAblation {
        pub ratio: f64,
        pub samples: u64,
    }

    /// Command `release_write`: writes what was previewed into a picked folder. Asked again with the same entry, it answers with
    /// what was written.
    pub struct ReleaseWriteRequest {
        pub release: ReleaseRequest,
        /// `jsonl` or `parquet`.
        pub format: String,
        pub reason: String,
        pub handle: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct ReleaseWriteAnswer {
        pub job: Option<Job>,
        pub answer: Option<ReleaseDone>,
    }

    pub struct ReleaseDone {
        pub saved: SavedEntry,
        pub folder: String,
        pub files: u64,
        pub samples: u64,
        pub rows: u64,
        /// SHA-256 of the manifest, as the ledger names it.
        pub manifest: String,
    }

    /// A step of a sample's way. Command `sample_lineage` (request: `SampleRequest`).
    pub struct LineageStep {
        /// `source`, `file`, `map`, `derivation`, `sample`, `evidence`, `origin`, `duplicates`, `snapshot`, `queue`, `verdict`, `bulk`,
        /// `settled`, `gold`, `sign-off`, `release`.
        pub stage: String,
        pub what: String,
        pub detail: String,
        /// Opens the samples behind it.
        pub filter: Option<String>,
        /// Opens the entry.
        pub entry: Option<u64>,
    }
}
