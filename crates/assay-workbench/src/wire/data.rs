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
}
