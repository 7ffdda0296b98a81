//! The gold set.

use super::{SampleDetail, SavedEntry, wire};

wire! {
    /// Command `gold_overview`, no request.
    pub struct GoldOverview {
        pub members: Vec<GoldMember>,
        pub revoked: Vec<GoldMember>,
        pub candidates: Vec<GoldCandidate>,
        /// Root over the members' digests.
        pub root: String,
        pub domains: Vec<String>,
        pub languages: Vec<String>,
        /// Members by domain (rows) and language (columns).
        pub cells: Vec<Vec<u64>>,
    }

    pub struct GoldMember {
        pub digest: String,
        pub title: String,
        pub domain: String,
        pub language: String,
        pub reason: String,
        pub by: String,
        /// RFC 3339.
        pub at: String,
        pub seq: u64,
    }

    pub struct GoldCandidate {
        pub digest: String,
        pub title: String,
        pub domain: String,
        pub language: String,
        pub checks_held: u64,
        pub checks: u64,
        /// What it waits for, in words; `ready`.
        pub waits_for: String,
    }

    /// Command `gold_candidate`.
    pub struct DigestRequest {
        pub digest: String,
    }

    pub struct GoldCandidateDetail {
        pub sample: SampleDetail,
        pub checks: Vec<GoldCheck>,
        pub member: Option<GoldMember>,
    }

    pub struct GoldCheck {
        pub name: String,
        pub holds: bool,
        /// What was found, in words.
        pub finding: String,
        /// Whether promotion is refused while it does not hold.
        pub required: bool,
    }

    /// Commands `gold_promote` and `gold_revoke`; both need a reason.
    pub struct GoldRequest {
        pub digest: String,
        pub reason: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct GoldChanged {
        pub saved: SavedEntry,
        pub gold: u64,
    }
}
