//! What goes into a training set, and what does each rule cost?
//!
//! A policy says what is left out; the plan applies it to candidates and accounts for every one of them; shards and a manifest
//! hold what is left. Deliberately absent: where candidates come from, and whether somebody may release them (the workbench).

mod manifest;
mod plan;
mod policy;
mod shards;

pub use manifest::{FileEntry, MANIFEST_FORMAT, Manifest, lineage_event};
pub use plan::{
    Candidate, Duplicate, Fate, GoldKind, OriginCounts, Plan, Planned, RuleCost, TailCost, ablations, plan,
};
pub use policy::{
    Cap, DEFAULT_POLICY, Floor, GoldHandling, Keep, KeepDuplicates, Limit, Policy, Tail, Weights,
    parse_policy,
};
pub use shards::{JsonLines, WrittenShard};
