//! What follows when a snapshot is released for training, or a release is taken back?

use assay_model::Digest;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Applied, exists, keeper_of_gold, rule, write};
use crate::Entry;
use crate::event::{GoldHeld, WrittenRelease};

/// A snapshot that holds gold is refused unless the release says why.
pub(super) fn release(
    tables: &Connection,
    entry: &Entry,
    (dataset, snapshot): (&str, u64),
    root: &Digest,
    held: GoldHeld,
    reason: &str,
) -> Applied {
    keeper_of_gold(tables, &entry.actor)?;
    rule(!dataset.trim().is_empty(), || {
        "a release for training names its dataset".to_owned()
    })?;
    rule(held.is_none() || !reason.trim().is_empty(), || {
        format!("{dataset}@{snapshot} holds gold; its release for training needs a reason")
    })?;
    let released = exists(
        tables,
        "SELECT 1 FROM training_release WHERE dataset = ? AND snapshot = ? AND withdrawn IS NULL",
        params![dataset, snapshot],
    )?;
    rule(!released, || {
        format!("{dataset}@{snapshot} is released for training already")
    })?;
    write(
        tables,
        "INSERT INTO training_release (seq, id, dataset, snapshot, root, exact, near) VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![
            entry.seq,
            entry.id.as_bytes(),
            dataset,
            snapshot,
            root.0,
            held.exact,
            held.near
        ],
    )
}

/// Releases that were written are few and are read from the log; no table is kept of them.
pub(super) fn write_release(tables: &Connection, entry: &Entry, release: &WrittenRelease) -> Applied {
    keeper_of_gold(tables, &entry.actor)?;
    rule(!release.dataset.trim().is_empty(), || {
        "a release names its dataset".to_owned()
    })
}

pub(super) fn withdraw(tables: &Connection, entry: &Entry, release: Uuid, reason: &str) -> Applied {
    keeper_of_gold(tables, &entry.actor)?;
    rule(!reason.trim().is_empty(), || {
        "taking a release back needs a reason".to_owned()
    })?;
    let stands = exists(
        tables,
        "SELECT 1 FROM training_release WHERE id = ? AND withdrawn IS NULL",
        params![release.as_bytes()],
    )?;
    rule(stands, || "no such release stands".to_owned())?;
    write(
        tables,
        "UPDATE training_release SET withdrawn = ? WHERE id = ?",
        params![entry.seq, release.as_bytes()],
    )
}
