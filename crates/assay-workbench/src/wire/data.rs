//! A snapshot at a glance, and its coverage.

use assay_model::Report;

use super::wire;

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
