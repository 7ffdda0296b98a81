//! A snapshot at a glance, and its coverage.

use assay_model::Report;

use super::{SavedEntry, wire};

wire! {
    /// Command `overview`, `coverage_units`, and others that speak of one snapshot.
    pub struct SnapshotRequest {
        pub dataset: String,
        /// The latest where absent.
        pub snapshot: Option<u64>,
    }

    pub struct Overview {
        pub report: Report,
        /// The report of the snapshot before, for changes.
        pub previous: Option<Report>,
        /// Share of tokens by origin and strength of the evidence that decided.
        pub evidence: Vec<EvidenceShare>,
        /// What stands in the ledger and in files of evidence, and is not in these figures.
        pub pending: PendingEvidence,
    }

    pub struct PendingEvidence {
        /// Reviewers' judgements made, changed or undone since.
        pub judgements: u64,
        /// Marks on datasets made, taken back, or not yet held against the latest snapshots.
        pub marks: u64,
        pub files: u64,
    }

    /// Command `synthetic_mark`: a dataset is the output of a model of one's own.
    pub struct SyntheticMarkRequest {
        pub dataset: String,
        /// The model that made it.
        pub generator: String,
        pub reason: String,
        /// UUIDv7 made by the window; a retry repeats it.
        pub entry: String,
    }

    /// Command `synthetic_unmark`.
    pub struct SyntheticUnmarkRequest {
        pub dataset: String,
        pub reason: String,
        pub entry: String,
    }

    /// A standing mark on a dataset.
    pub struct SyntheticMark {
        pub generator: String,
        pub reason: String,
        pub by: String,
        /// RFC 3339.
        pub at: String,
        pub entry: u64,
    }

    /// A file of evidence that was added, and how many samples of the snapshot it speaks of. Command `evidence_files`
    /// (request: `SnapshotRequest`) lists them in the order they came.
    pub struct EvidenceFileRow {
        /// `sha256:…` of its bytes.
        pub file: String,
        pub name: String,
        /// Who brought it; empty where nobody was named.
        pub by: String,
        /// RFC 3339.
        pub at: String,
        /// As origins were last computed: 0 where they were not since it was added, or were since it was withdrawn.
        pub samples: u64,
        /// Expression of these samples.
        pub filter: String,
        pub withdrawn: Option<EvidenceWithdrawal>,
    }

    pub struct EvidenceWithdrawal {
        pub by: String,
        /// RFC 3339.
        pub at: String,
        pub reason: String,
        pub entry: u64,
    }

    /// Command `evidence_withdraw`: a file speaks no longer.
    pub struct EvidenceWithdrawRequest {
        /// `sha256:…`.
        pub file: String,
        pub reason: String,
        /// UUIDv7 made by the window; a retry repeats it.
        pub entry: String,
    }

    pub struct EvidenceWithdrawn {
        pub saved: SavedEntry,
    }

    pub struct EvidenceShare {
        pub origin: assay_model::Origin,
        /// `judged`, `recorded`, `declared`.
        pub strength: String,
        pub tokens: u64,
    }

    /// Command `quarantine_page`: quarantined records in file order.
    pub struct QuarantineRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct QuarantinePage {
        pub rows: Vec<assay_model::Quarantine>,
        pub total: u64,
    }

    /// Command `coverage`: one unit, held against a reference, without some samples. Answered by `Coverage`.
    pub struct CoverageRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        pub unit: String,
        /// `human`, `gold`, `NAME@N`; the human part where empty.
        pub reference: String,
        /// Observations from which a class counts as present; 1 where 0.
        pub present_at_least: u64,
        /// A filter: what it finds is taken away. Nothing where empty.
        pub without: String,
    }

    /// Command `references`: what a snapshot can be held against beside its human part.
    pub struct References {
        /// Every other snapshot as `NAME@N`, those of one dataset newest first.
        pub snapshots: Vec<String>,
        /// Members of the gold set.
        pub gold: u64,
    }
}
