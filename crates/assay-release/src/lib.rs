//! What goes into a training set, and what does each rule cost?
//!
//! A policy says what is left out; the plan applies it to candidates and accounts for every one of them; shards and a manifest
//! hold what is left, and anybody can verify them. Deliberately absent: where candidates come from, and whether somebody may
//! release them (the workbench).

mod ablation;
mod candidate;
mod columns;
mod manifest;
mod outcome;
mod plan;
mod policy;
mod row;
mod shards;
mod verify;

pub use ablation::ablations;
pub use candidate::{Candidate, Duplicate, GoldKind};
pub use columns::Dimension;
pub use manifest::{
    EVENT_FILE, FileEntry, MANIFEST_FILE, MANIFEST_FORMAT, Manifest, POLICY_FILE, SUMS_FILE, lineage_event,
};
pub use outcome::{Fate, OriginCounts, Plan, Planned, RuleCost, StandsFor, TailCost};
pub use plan::{plan, rule_names};
pub use policy::{
    Cap, DEFAULT_POLICY, Floor, GoldHandling, Keep, KeepDuplicates, Limit, Policy, Tail, Weights,
    parse_policy,
};
pub use row::{Class, Lineage, Row, RowEvidence, RowPart};
pub use shards::{SHARD_BYTES, ShardFormat, Shards, WrittenShard};
pub use verify::{ReleaseVerification, is_release, verify_release};
