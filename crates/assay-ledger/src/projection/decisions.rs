//! What follows from a decision, from taking it back and from putting it back?

use assay_model::Digest;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Applied, known_person, rubrics, rule, write};
use crate::{Answer, Entry, RubricId, Verdict};

pub(super) fn decide(
    tables: &Connection,
    entry: &Entry,
    queue: Uuid,
    sample: &Digest,
    rubric: &RubricId,
    answer: &Answer,
) -> Applied {
    known_person(tables, &entry.actor)?;
    let Some(asked) = rubrics::asked(tables, queue)? else {
        return rule(false, || format!("there is no queue {queue}"));
    };
    rule(asked == *rubric, || {
        format!("the queue asks rubric `{asked}`, not `{rubric}`")
    })?;
    rule(
        answer.verdict != Verdict::Exclude || !answer.reason.trim().is_empty(),
        || "an exclusion needs a reason".to_owned(),
    )?;
    write(
        tables,
        "UPDATE decision SET own = 'dropped', state = CASE state WHEN 'undone' THEN 'dropped' ELSE state END
         WHERE queue = ? AND actor = ? AND own = 'undone'",
        params![queue.as_bytes(), entry.actor],
    )?;
    write(
        tables,
        "INSERT INTO decision (seq, id, queue, actor, sample, verdict, origin, version, state, own)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'standing', 'standing')",
        params![
            entry.seq,
            entry.id.as_bytes(),
            queue.as_bytes(),
            entry.actor,
            sample.0,
            answer.verdict.as_str(),
            answer.origin.map(|origin| origin.as_str()),
            rubric.version,
        ],
    )
}

pub(super) fn undo(tables: &Connection, entry: &Entry, queue: Uuid, decision: Uuid) -> Applied {
    let latest = "SELECT id FROM decision WHERE queue = ? AND actor = ? AND own = 'standing' ORDER BY seq DESC LIMIT 1";
    turn(tables, entry, queue, decision, latest, "undone")
}

/// Undos take the latest first, so of what is undone the oldest was taken last.
pub(super) fn redo(tables: &Connection, entry: &Entry, queue: Uuid, decision: Uuid) -> Applied {
    let last_undone =
        "SELECT id FROM decision WHERE queue = ? AND actor = ? AND own = 'undone' ORDER BY seq LIMIT 1";
    turn(tables, entry, queue, decision, last_undone, "standing")
}

fn turn(tables: &Connection, entry: &Entry, queue: Uuid, decision: Uuid, next: &str, own: &str) -> Applied {
    let next: Option<[u8; 16]> = tables
        .prepare_cached(next)?
        .query_row(params![queue.as_bytes(), entry.actor], |row| row.get(0))
        .optional()?;
    rule(next == Some(*decision.as_bytes()), || {
        format!("decision {decision} is not the next that can become {own} in this queue")
    })?;
    write(
        tables,
        "UPDATE decision SET own = ?1, state = CASE WHEN state IN ('superseded', 'quarantined') THEN state ELSE ?1 END
         WHERE id = ?2",
        params![own, decision.as_bytes()],
    )
}
