//! What has been decided, by whom, and can it be proved?
//!
//! One append-only table of entries in `ledger.db`, each the leaf of an RFC 6962 Merkle tree, and
//! projections of it that answer questions quickly and can be rebuilt at any time. This crate owns
//! all SQL over `ledger.db`. Deliberately absent: who may be asked what next (`assay-review`),
//! sample texts inside the log, clocks and identities (callers hand both in), secret keys.

mod adjudications;
mod append;
mod aside;
mod backup;
mod ballast;
mod bulk;
mod catch_up;
mod database;
mod doctor;
mod drive;
mod duplicates;
mod entry;
mod event;
mod export;
mod faults;
mod feed;
mod heads;
mod journal;
mod kept;
mod keys;
mod lock;
mod log;
mod packs;
mod projection;
mod questions;
mod rebuild;
mod rehearsal;
mod restore;
mod rollback;
mod rubric;
mod save;
mod schema;
mod segments;
mod settings;
mod sight;
mod sign_offs;
mod slices;
mod switch;
mod terms;
mod training;
mod upkeep;
mod verify;

pub use adjudications::{Adjudication, Cause};
pub use append::note_digest;
pub use aside::DAMAGED_FOLDER;
pub use backup::{BACKUPS_FOLDER, BACKUPS_KEPT, Backup, list as list_backups, verify_backup};
pub use ballast::BALLAST_FILE;
pub use bulk::{BulkMark, BulkRecord};
pub use catch_up::Recovery;
pub use database::{Access, DATABASE_FILE, LOCK_FILE, Ledger};
pub use doctor::Finding;
pub use duplicates::{DuplicateAct, DuplicateJudgement};
pub use entry::{Draft, Entry, MAX_BODY_BYTES};
pub use event::{
    Answer, Confidence, Event, GoldHeld, IncidentSeverity, Role, SignOffTerms, Verdict, Waiver,
    WrittenRelease, key_claim,
};
pub use export::verify_file;
pub use feed::{FeedAct, FeedPlace, link as feed_link};
pub use heads::{HEAD_EVERY, HEADS_FILE, Head, append_head, is_signed, read_heads};
pub use journal::JOURNAL_FILE;
#[doc(hidden)]
pub use journal::{RereadJournal, reread_journal};
pub use kept::{KeptSample, digest_of_parts};
pub use keys::KeyRecord;
pub use log::LogFilter;
pub use packs::IssuedPack;
pub use questions::{Decision, DecisionState, GoldRecord, GoldSnapshot, Person, Queue, Reviewed};
pub use restore::{Base, IfLost, Restored};
pub use rubric::{Criterion, CriterionMapping, EarlierAnswers, Label, Rubric, RubricId, RubricMapping};
pub use sight::Sight;
pub use sign_offs::{ENVELOPE_FILE, SignOff, Signer};
pub use slices::Flag;
pub use terms::{
    AcceptanceRule, Allocation, BulkAct, BulkTerms, Choice, Ordering, QueueTerms, SliceTerms, StopRule,
    Strata, Stratum, Tier, items_digest,
};
pub use training::TrainingRelease;
pub use upkeep::{BACKUP_EVERY, BACKUP_EVERY_ENTRIES};
pub use verify::{Failure, SignedHead, Verification};
