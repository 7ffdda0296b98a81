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
pub mod gold_file;
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

use std::time::SystemTime;

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
            entry: entry_id(SystemTime::now()),
            at: Timestamp::now(),
            actor: actor.into(),
        }
    }
}

/// A fresh entry id. UUIDv7 counts from 1970: a clock that is earlier yet gives ids of its first moment, told apart by chance.
fn entry_id(now: SystemTime) -> Uuid {
    match now.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(_) => Uuid::now_v7(),
        Err(_) => Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, 0, 0)),
    }
}

/// Records one act; the ledger gives an earlier entry back when this one is a repetition.
fn record(ledger: &mut Ledger, draft: assay_ledger::Draft) -> Result<Entry, assay_model::Fault> {
    let entries = ledger.append(std::slice::from_ref(&draft))?;
    Ok(entries.into_iter().next().expect("one draft gives one entry"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_before_1970_gives_ids_too_and_no_two_are_the_same() {
        let then = SystemTime::UNIX_EPOCH - Duration::from_secs(86_400);
        let ids = [entry_id(then), entry_id(then)];
        assert_ne!(ids[0], ids[1]);
        for id in ids {
            assert_eq!(id.get_version_num(), 7);
            assert_eq!(id.get_timestamp().map(|time| time.to_unix().0), Some(0));
        }
        assert!(
            ids[0] < entry_id(SystemTime::now()),
            "it sorts before what came later"
        );
    }
}
