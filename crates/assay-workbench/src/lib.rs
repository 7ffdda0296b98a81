//! What can a user do? Every use case of Assay, callable without a window.
//!
//! The command line calls the modules' functions; the window calls `Desk`, one session of them. Here
//! the crates below meet: nothing below knows of a workspace as a whole, nothing above knows of theirs.

pub mod across;
pub mod activity;
mod adjudicating;
pub mod agreeing;
pub mod anchoring;
mod answers;
pub mod bulk;
pub mod calibrating;
pub mod card;
pub mod checking;
mod clock;
pub mod comparing;
mod decisions;
pub mod desk;
pub mod duplicates;
pub mod file;
pub mod gold;
pub mod gold_file;
pub mod heads;
mod home;
pub mod incidents;
pub mod indexing;
mod jobs;
pub mod judging;
mod keeping;
pub mod label_noise;
pub mod leaks;
pub mod lineage;
pub mod mapping;
mod measuring;
mod ordering;
pub mod origins;
pub mod packing;
mod pairs;
pub mod protecting;
pub mod releasing;
pub mod results;
pub mod review;
mod rubrics;
pub mod samples;
pub mod settings;
pub mod signing;
mod slices;
mod sources;
pub mod styling;
pub mod tails;
mod trending;
mod verdicts;
mod views;
pub mod wire;
mod workspace;

pub use assay_card::sign_off;
pub use assay_index::{WorkerCommand, worker};
pub use assay_ledger as ledger;
pub use assay_review as reviewing;
pub use assay_seal as seal;
pub use desk::{Desk, DeskSettings};
pub use workspace::Workspace;
