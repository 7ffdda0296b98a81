//! Near-duplicate clusters and what differs inside them.

use assay_model::Origin;

use super::{PairJudged, wire};

wire! {
    /// Command `clusters_page`: clusters, largest first.
    pub struct ClustersRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        /// Sizes `from..=to`; all where absent.
        pub from: Option<u64>,
        pub to: Option<u64>,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct ClustersPage {
        pub total: u64,
        pub rows: Vec<ClusterRow>,
    }

    pub struct ClusterRow {
        pub cluster: u64,
        pub size: u64,
        /// The representative's first 120 characters.
        pub text: String,
        /// Members by origin: human, mixed, machine, unknown.
        pub by_origin: [u64; 4],
        pub lowest_jaccard: f64,
    }

    /// Command `cluster_detail`.
    pub struct ClusterRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        pub cluster: u64,
    }

    pub struct ClusterDetail {
        pub cluster: u64,
        /// Which rule chose the representative: `human origin`, `earliest collected`, …
        pub reason: String,
        /// The entry by which a person said that the representative stays; it can be withdrawn.
        pub kept_entry: Option<String>,
        /// The representative first; at most 200.
        pub members: Vec<ClusterMember>,
        pub size: u64,
    }

    pub struct ClusterMember {
        pub sample: u64,
        pub digest: String,
        pub representative: bool,
        pub origin: Origin,
        pub source: String,
        pub path: String,
        pub line: u64,
        pub collected_at: String,
        pub license: String,
        pub tokens: u64,
        /// `exact`, `normalised`, `near`; empty for the representative.
        pub kind: String,
        /// Against the representative.
        pub jaccard: f64,
        pub containment: f64,
        /// Who said since that it is no duplicate of the representative.
        pub judged: Option<PairJudged>,
    }

    /// Command `compare_texts`: two samples word by word.
    pub struct CompareRequest {
        pub a: u64,
        pub b: u64,
    }

    pub struct Comparison {
        /// One for each part both have, in order.
        pub parts: Vec<PartComparison>,
        /// Changed runs of words.
        pub changes: u64,
    }

    pub struct PartComparison {
        pub role: String,
        pub runs: Vec<DiffRun>,
    }

    /// A run of text that both share, or that only one has.
    pub struct DiffRun {
        pub kind: DiffKind,
        pub text: String,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum DiffKind { Same, OnlyA, OnlyB }
}
