//! What follows when the gold set is numbered, or leaves the workspace?

use assay_model::{Digest, merkle};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Applied, Breach, keeper_of_gold, known_human, rule, write};
use crate::Entry;

/// Size and root of the gold set.
type Set<'a> = (u64, &'a Digest);

pub(super) fn freeze(tables: &Connection, entry: &Entry, number: u64, set: Set<'_>, reason: &str) -> Applied {
    keeper_of_gold(tables, &entry.actor)?;
    rule(!reason.trim().is_empty(), || {
        "freezing the gold set needs a reason".to_owned()
    })?;
    let last: Option<u64> =
        tables.query_row("SELECT max(number) FROM gold_snapshot", [], |row| row.get(0))?;
    rule(number == last.unwrap_or(0) + 1, || {
        format!("gold set {number} is not the next to be frozen")
    })?;
    is_now(tables, set)?;
    write(
        tables,
        "INSERT INTO gold_snapshot (number, seq, size, root) VALUES (?, ?, ?, ?)",
        params![number, entry.seq, set.0, set.1.0],
    )
}

pub(super) fn export(
    tables: &Connection,
    entry: &Entry,
    purpose: &str,
    number: Option<u64>,
    set: Set<'_>,
) -> Applied {
    known_human(tables, &entry.actor)?;
    rule(!purpose.trim().is_empty(), || {
        "an export of gold needs a purpose".to_owned()
    })?;
    let Some(number) = number else {
        return is_now(tables, set);
    };
    let frozen: Option<(u64, [u8; 32])> = tables
        .prepare_cached("SELECT size, root FROM gold_snapshot WHERE number = ?")?
        .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    rule(frozen == Some((set.0, set.1.0)), || {
        format!("gold set {number} is not what was exported")
    })
}

/// Whether the gold set is this one now.
fn is_now(tables: &Connection, (size, root): Set<'_>) -> Applied {
    let mut select =
        tables.prepare_cached("SELECT sample FROM gold WHERE revoked IS NULL ORDER BY sample")?;
    let members: Vec<[u8; 32]> = select
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()
        .map_err(Breach::from)?;
    let found = merkle::root(members.iter().map(<[u8; 32]>::as_slice));
    rule(found == *root && members.len() as u64 == size, || {
        "the gold set is not the one that is stated".to_owned()
    })
}
