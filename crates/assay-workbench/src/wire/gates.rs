//! Contracts, their gates, and what changes from snapshot to snapshot.

use super::wire;

wire! {
    /// Command `contract_choose`: a file that was picked, or one that comes with Assay; copied into the workspace.
    pub struct ContractRequest {
        pub handle: Option<String>,
        /// The id of a bundled contract.
        pub bundled: Option<String>,
    }

    /// Command `contract`, no request: the workspace's contract, and those that come with Assay.
    pub struct ContractInfo {
        /// Null until one is chosen.
        pub chosen: Option<ChosenContract>,
        pub bundled: Vec<BundledContract>,
    }

    pub struct ChosenContract {
        pub name: String,
        /// As written, TOML.
        pub text: String,
        pub gates: u64,
    }

    pub struct BundledContract {
        pub id: String,
        pub name: String,
        /// What it is for, in a sentence.
        pub purpose: String,
    }

    /// Command `gates`: measures the workspace's contract on a snapshot. Takes seconds on a large one.
    pub struct GatesRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
    }

    /// Null from `gates` where no contract is chosen.
    pub struct Gates {
        pub contract: String,
        pub snapshot: u64,
        pub passed: bool,
        pub passed_with_waivers: bool,
        pub gates: Vec<GateRow>,
    }

    pub struct GateRow {
        /// The key of the limit, such as `max_machine_share`.
        pub id: String,
        /// Expression; empty for the whole snapshot.
        pub slice: String,
        /// Dimension or field; empty where it is about none.
        pub about: String,
        /// Null where nothing could be measured; the note says why.
        pub measured: Option<f64>,
        pub limit: f64,
        /// Whether the limit is the least that is allowed, and not the most.
        pub limit_is_least: bool,
        /// `share`, `tokens`, `count`, `ratio`, `days` or `number`: how to write the figures.
        pub unit: String,
        pub interval: Option<[f64; 2]>,
        pub passed: bool,
        /// `fail` or `watch`: a watched gate cannot fail the contract.
        pub severity: String,
        pub offending: u64,
        /// Expression of the samples behind it; null where they are not samples of one expression.
        pub filter: Option<String>,
        /// Classes behind it, rarest first.
        pub classes: Vec<String>,
        pub note: Option<String>,
        pub waived: Option<GateWaiver>,
        /// Where it stands in the contract.
        pub line: u64,
    }

    pub struct GateWaiver {
        pub by: String,
        pub reason: String,
        /// The last day, `YYYY-MM-DD`.
        pub until: String,
        pub not_worse_than: f64,
    }

    /// Command `gate_waive`, for leads: the gates as they stand then.
    pub struct WaiveRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        pub gate: String,
        pub slice: String,
        pub about: String,
        pub reason: String,
        /// `YYYY-MM-DD`
        pub until: String,
    }

    /// Command `compare`: two snapshots as `NAME@N`.
    pub struct CompareSnapshotsRequest {
        pub a: String,
        pub b: String,
    }

    pub struct SnapshotComparison {
        pub changes: Vec<FigureChange>,
        pub retention: Vec<UnitRetention>,
        pub kept: OriginCounts,
        pub added: OriginCounts,
        pub left_out: OriginCounts,
        /// Of those kept, how many have another origin in `b`.
        pub relabelled: u64,
        /// Samples of one found in the other; empty for two snapshots of one dataset.
        pub leaks: Vec<LeakFinding>,
    }

    /// One figure on both sides.
    pub struct FigureChange {
        /// Such as `machine_share`, `human_tokens`, `hill_1`.
        pub measure: String,
        /// Dimension or slice; empty for the whole.
        pub about: String,
        pub a: Option<f64>,
        pub b: Option<f64>,
        pub change: Option<f64>,
        pub effect: Option<f64>,
        /// `cohens_h` or `log_ratio`.
        pub effect_kind: String,
        /// `none`, `small`, `medium`, `large`.
        pub size: Option<String>,
        /// `worse`, `better`, `same`; empty where more is neither.
        pub direction: String,
        pub warning_sign: bool,
    }

    pub struct UnitRetention {
        pub unit: String,
        pub tail: u64,
        pub retention: Option<f64>,
        pub missing: Vec<String>,
    }

    pub struct OriginCounts {
        pub human: u64,
        pub mixed: u64,
        pub machine: u64,
        pub unknown: u64,
    }

    pub struct LeakFinding {
        /// Which way: `a in b` or `b in a`.
        pub direction: String,
        pub found: u64,
        pub of: u64,
        pub exact: u64,
        pub normalised: u64,
        pub near: u64,
        pub passage: u64,
        pub statement: String,
    }

    /// Command `trends`: the warning signs over all measured snapshots of a dataset.
    pub struct TrendsRequest {
        pub dataset: String,
    }

    pub struct Trends {
        /// Measured snapshots, earliest first.
        pub snapshots: Vec<TrendPoint>,
        pub signs: Vec<TrendSign>,
    }

    pub struct TrendPoint {
        pub snapshot: u64,
        /// RFC 3339.
        pub created: String,
    }

    pub struct TrendSign {
        pub measure: String,
        pub about: String,
        /// In the order of the snapshots.
        pub values: Vec<Option<f64>>,
        /// From the last snapshot but one to the last; null with a single snapshot.
        pub change: Option<FigureChange>,
    }
}
