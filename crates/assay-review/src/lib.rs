//! Which sample next, what has been decided, and what may become gold?
//!
//! The rules of review over the ledger: people, rubrics, queues, decisions with undo and redo, the
//! gold set and the state of each sample, always computed from entries. Deliberately absent: SQL
//! (`assay-ledger` has it), reading source files, clocks and random ids (a `Stamp` brings them).
//! Only random draws feed estimates.

pub mod acceptance;
pub mod adjudication;
pub mod agreement;
pub mod bulk;
pub mod card_texts;
pub mod confidence;
pub mod decisions;
pub mod draw;
pub mod duplicates;
pub mod evidence_files;
pub mod frozen;
pub mod gold;
pub mod incidents;
pub mod labels;
pub mod packs;
pub mod people;
pub mod queue;
pub mod releases;
pub mod reveal;
pub mod rubric;
pub mod sampling;
pub mod sign_offs;
pub mod slices;
pub mod standing;
pub mod strata;
pub mod synthetic;
pub mod verdict;
pub mod waivers;
pub mod words;

use jiff::Timestamp;
use uuid::Uuid;

pub use assay_ledger::{
    AcceptanceRule, Adjudication, Allocation, Answer, BulkAct, BulkMark, BulkRecord, BulkTerms, Cause,
    Choice, Confidence, Criterion, CriterionMapping, Decision, DecisionState, DuplicateAct,
    DuplicateJudgement, EarlierAnswers, Entry, GoldHeld, GoldSnapshot, IncidentSeverity, IssuedPack,
    KeptSample, Label, Ledger, Ordering, Person, Queue, QueueTerms, Role, Rubric, RubricId, RubricMapping,
    Sight, SliceTerms, StopRule, Strata, Stratum, Tier, TrainingRelease, Verdict, Waiver, WrittenRelease,
};

/// Who acts, when, and under which entry id. Repeat it unchanged when in doubt whether an act was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// UUIDv7 made by the client.
    pub entry: Uuid,
    pub at: Timestamp,
    pub actor: String,
}

impl Stamp {
    /// A stamp with a fresh id made from this moment.
    pub fn now(actor: impl Into<String>) -> Self {
        Self {
            entry: Uuid::now_v7(),
            at: Timestamp::now(),
            actor: actor.into(),
        }
    }
}

/// Records one act; the ledger gives an earlier entry back when this one is a repetition.
fn record(ledger: &mut Ledger, draft: assay_ledger::Draft) -> Result<Entry, assay_model::Fault> {
    let entries = ledger.append(std::slice::from_ref(&draft))?;
    Ok(entries.into_iter().next().expect("one draft gives one entry"))
}
