//! What follows from a rubric, and from a queue that goes over to a later version of it?

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Applied, Breach, exists, role_of, rule, write};
use crate::{EarlierAnswers, Entry, Role, RubricId};

pub(super) fn add(tables: &Connection, entry: &Entry, id: &RubricId) -> Applied {
    rule(!exist(tables, id)?, || {
        format!("rubric `{id}` is there already; versions never change")
    })?;
    write(
        tables,
        "INSERT INTO rubric (name, version, seq) VALUES (?, ?, ?)",
        params![id.name, id.version, entry.seq],
    )
}

/// The version that a queue is made with.
pub(super) fn begin(tables: &Connection, entry: &Entry, id: &RubricId) -> Applied {
    record(tables, entry, entry.id, id, "first")
}

/// A queue goes over to a later version; answers given before stand or are asked again.
pub(super) fn follow(
    tables: &Connection,
    entry: &Entry,
    queue: Uuid,
    to: &RubricId,
    answers: &EarlierAnswers,
    reason: &str,
) -> Applied {
    let role = role_of(tables, &entry.actor)?;
    rule(role.is_some_and(Role::may_promote), || {
        format!(
            "`{}` is no curator and no lead; only they may give a queue a later rubric",
            entry.actor
        )
    })?;
    rule(!reason.trim().is_empty(), || {
        "a later rubric for a queue needs a reason".to_owned()
    })?;
    rule(exist(tables, to)?, || format!("there is no rubric `{to}`"))?;
    let Some(now) = asked(tables, queue)? else {
        return rule(false, || format!("there is no queue {queue}"));
    };
    rule(now.name == to.name && now.version < to.version, || {
        format!("`{to}` is no later version of `{now}`")
    })?;
    record(tables, entry, queue, to, answers.as_str())?;
    if *answers != EarlierAnswers::AskAgain {
        return Ok(());
    }
    // What stood is set aside whole: it can be neither undone nor redone, except in a pack, where nobody knows of this.
    write(
        tables,
        "UPDATE decision SET own = iif(pack IS NULL, 'dropped', own), state = CASE state WHEN 'standing' THEN 'superseded' WHEN 'undone' THEN 'dropped' ELSE state END
         WHERE queue = ?",
        params![queue.as_bytes()],
    )
}

fn record(tables: &Connection, entry: &Entry, queue: Uuid, id: &RubricId, answers: &str) -> Applied {
    write(
        tables,
        "INSERT INTO queue_rubric (queue, name, version, seq, answers) VALUES (?, ?, ?, ?, ?)",
        params![queue.as_bytes(), id.name, id.version, entry.seq, answers],
    )
}

/// The version that a queue asks now.
pub(super) fn asked(tables: &Connection, queue: Uuid) -> Result<Option<RubricId>, Breach> {
    let found = tables
        .prepare_cached(
            "SELECT name, version FROM queue_rubric WHERE queue = ? ORDER BY version DESC LIMIT 1",
        )?
        .query_row([queue.as_bytes()], |row| {
            Ok(RubricId {
                name: row.get(0)?,
                version: row.get(1)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Whether a queue asked this version at any time.
pub(super) fn was_asked(tables: &Connection, queue: Uuid, id: &RubricId) -> Result<bool, Breach> {
    exists(
        tables,
        "SELECT 1 FROM queue_rubric WHERE queue = ? AND name = ? AND version = ?",
        params![queue.as_bytes(), id.name, id.version],
    )
}

pub(super) fn exist(tables: &Connection, id: &RubricId) -> Result<bool, Breach> {
    exists(
        tables,
        "SELECT 1 FROM rubric WHERE name = ? AND version = ?",
        params![id.name, id.version],
    )
}
