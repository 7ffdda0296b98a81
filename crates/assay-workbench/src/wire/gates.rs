//! Contracts and their gates.

use super::{Job, wire};

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

    /// Command `gates`: measures the workspace's contract on a snapshot.
    pub struct GatesRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
    }

    /// Command `gates`: what was measured before, or the job that measures it now; neither where no contract is chosen.
    pub struct GatesAnswer {
        pub job: Option<Job>,
        pub answer: Option<Gates>,
    }

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
        /// Expression of the samples that hold the tokens which the figure counts; null for gates that count no tokens.
        pub made_of: Option<String>,
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
}
