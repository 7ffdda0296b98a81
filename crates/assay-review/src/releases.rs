//! Which snapshots may be trained on, who said so, and why where they hold gold?
//!
//! A release for training is an act of a curator or lead. A snapshot that holds gold, as it is or nearly, is refused unless the
//! release says why. Deliberately absent: finding gold in a snapshot, which the caller does before.

use assay_ledger::{Draft, Entry, Event, GoldHeld, Ledger, LogFilter, TrainingRelease, WrittenRelease};
use assay_model::{Code, Digest, Fault};
use uuid::Uuid;

use crate::{Stamp, people, record};

/// A snapshot that is to be trained on, and what it holds of gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Releasing {
    pub dataset: String,
    pub snapshot: u64,
    pub root: Digest,
    pub held: GoldHeld,
}

/// A release with the words of its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    pub of: TrainingRelease,
    pub reason: String,
    pub by: String,
    /// RFC 3339.
    pub at: String,
}

/// Releases a snapshot for training. For curators and leads; with a reason where it holds gold.
pub fn release(
    ledger: &mut Ledger,
    stamp: &Stamp,
    releasing: &Releasing,
    reason: &str,
) -> Result<Entry, Fault> {
    people::keeper_of_gold(ledger, &stamp.actor)?;
    let reason = reason.trim();
    let Releasing {
        dataset,
        snapshot,
        root,
        held,
    } = releasing;
    if !held.is_none() && reason.is_empty() {
        return Err(Fault::new(
            Code::NotAllowed,
            format!(
                "{dataset}@{snapshot} holds gold: {} as they are, {} nearly",
                held.exact, held.near
            ),
            "take these samples out, or say why it may be trained on all the same",
        ));
    }
    let event = Event::TrainingReleased {
        dataset: dataset.clone(),
        snapshot: *snapshot,
        root: *root,
        held: *held,
        reason: reason.to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Says whether this person may write a training set, before anything is written.
pub fn may_write(ledger: &Ledger, actor: &str) -> Result<(), Fault> {
    if people::find(ledger, actor)?.role.may_promote() {
        return Ok(());
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!("`{actor}` is neither curator nor lead; only curators and leads write a release"),
        "ask a curator or a lead",
    ))
}

/// Records that a training set was written. For curators and leads.
pub fn written(
    ledger: &mut Ledger,
    stamp: &Stamp,
    release: WrittenRelease,
    reason: &str,
) -> Result<Entry, Fault> {
    people::keeper_of_gold(ledger, &stamp.actor)?;
    let event = Event::ReleaseWritten {
        release,
        reason: reason.trim().to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Every training set that was written, earliest first, with its entry's number.
pub fn all_written(ledger: &Ledger) -> Result<Vec<(u64, WrittenRelease)>, Fault> {
    let filter = LogFilter {
        kinds: vec!["release_written".to_owned()],
        ..LogFilter::default()
    };
    let entries = ledger.entries(&filter, 0, u64::MAX)?.into_iter();
    Ok(entries
        .filter_map(|entry| match entry.event {
            Event::ReleaseWritten { release, .. } => Some((entry.seq, release)),
            _ => None,
        })
        .collect())
}

/// Takes a release back, with a reason. What was trained meanwhile was; the release stays in the log.
pub fn withdraw(ledger: &mut Ledger, stamp: &Stamp, release: Uuid, reason: &str) -> Result<Entry, Fault> {
    people::keeper_of_gold(ledger, &stamp.actor)?;
    let event = Event::TrainingReleaseWithdrawn {
        release,
        reason: reason.trim().to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Releases that stand, earliest first.
pub fn standing(ledger: &Ledger) -> Result<Vec<Release>, Fault> {
    let mut standing = Vec::new();
    for of in ledger.training_releases()? {
        if of.withdrawn.is_some() {
            continue;
        }
        let entry = ledger.entry(of.seq)?;
        let Some((Event::TrainingReleased { reason, .. }, by, at)) =
            entry.map(|entry| (entry.event, entry.actor, entry.at))
        else {
            return Err(Fault::internal(
                "reading the releases for training",
                format!("entry {} is misplaced", of.seq),
            ));
        };
        standing.push(Release { of, reason, by, at });
    }
    Ok(standing)
}
