//! What has been decided, by whom, and can it be proved?
//!
//! One append-only table of entries in `ledger.db`, each the leaf of an RFC 6962 Merkle tree, and
//! projections of it that answer questions quickly and can be rebuilt at any time. This crate owns
//! all SQL over `ledger.db`. Deliberately absent: who may be asked what next (`assay-review`),
//! sample texts inside the log, clocks and identities (callers hand both in), signatures.

mod adjudications;
mod append;
mod bulk;
mod database;
mod doctor;
mod duplicates;
mod entry;
mod event;
mod export;
mod faults;
mod feed;
mod kept;
mod lock;
mod log;
mod packs;
mod projection;
mod questions;
mod rebuild;
mod rehearsal;
mod rubric;
mod schema;
mod settings;
mod sight;
mod slices;
mod terms;
mod training;
mod verify;

pub use adjudications::{Adjudication, Cause};
pub use append::note_digest;
pub use bulk::{BulkMark, BulkRecord};
pub use database::{Access, DATABASE_FILE, LOCK_FILE, Ledger};
pub use doctor::Finding;
pub use duplicates::{DuplicateAct, DuplicateJudgement};
pub use entry::{Draft, Entry, MAX_BODY_BYTES};
pub use event::{
    Answer, Confidence, Event, GoldHeld, IncidentSeverity, Role, Verdict, Waiver, WrittenRelease,
};
pub use export::verify_file;
pub use feed::{FeedAct, FeedPlace, link as feed_link};
pub use kept::{KeptSample, digest_of_parts};
pub use log::LogFilter;
pub use packs::IssuedPack;
pub use questions::{Decision, DecisionState, GoldRecord, GoldSnapshot, Person, Queue, Reviewed};
pub use rubric::{Criterion, CriterionMapping, EarlierAnswers, Label, Rubric, RubricId, RubricMapping};
pub use sight::Sight;
pub use slices::Flag;
pub use terms::{
    AcceptanceRule, Allocation, BulkAct, BulkTerms, Choice, Ordering, QueueTerms, SliceTerms, StopRule,
    Strata, Stratum, Tier, items_digest,
};
pub use training::TrainingRelease;
pub use verify::{Failure, Verification};
