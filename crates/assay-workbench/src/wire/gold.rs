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
        /// Frozen sets, latest first.
        pub frozen: Vec<FrozenGold>,
        /// Exports with a purpose, latest first.
        pub exports: Vec<GoldExportRow>,
        /// Whole days since members became gold; none without members.
        pub ages: Option<GoldAges>,
    }

    pub struct GoldAges {
        pub youngest: u64,
        pub median: u64,
        pub oldest: u64,
    }

    /// The gold set as it was frozen under a number.
    pub struct FrozenGold {
        /// From 1.
        pub number: u64,
        pub size: u64,
        /// `sha256:…` over its members.
        pub root: String,
        pub reason: String,
        pub by: String,
        /// RFC 3339.
        pub at: String,
        pub seq: u64,
        /// Members that have come since, and members that have gone.
        pub since_added: u64,
        pub since_revoked: u64,
    }

    pub struct GoldExportRow {
        pub purpose: String,
        /// The frozen set; `None` for the gold set as it was then.
        pub number: Option<u64>,
        pub size: u64,
        pub by: String,
        /// RFC 3339.
        pub at: String,
        pub seq: u64,
    }

    /// Command `gold_freeze`.
    pub struct GoldFreezeRequest {
        pub reason: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct GoldFreezed {
        pub saved: SavedEntry,
        pub number: u64,
    }

    /// Command `gold_export`: writes gold as JSON Lines into the file that was picked, and records what for.
    pub struct GoldExportRequest {
        /// The frozen set; the gold set as it is where absent.
        pub number: Option<u64>,
        pub purpose: String,
        /// File picked with `pick_save`, purpose `gold_file`.
        pub handle: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct GoldExported {
        pub saved: SavedEntry,
        pub written: u64,
        pub path: String,
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
