//! What follows from a decision, from taking it back and from putting it back, here or in a pack?

use assay_model::Digest;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Applied, Breach, exists, known_person, packs, rubrics, rule, write};
use crate::{Answer, Entry, RubricId, Verdict};

/// Where an act was made.
#[derive(Clone, Copy)]
pub(super) enum From {
    Here,
    Pack {
        pack: Uuid,
        /// Behind the place where two returns part ways: it decides nothing.
        quarantined: bool,
    },
}

impl From {
    fn pack(self) -> Option<[u8; 16]> {
        match self {
            Self::Here => None,
            Self::Pack { pack, .. } => Some(pack.into_bytes()),
        }
    }

    fn is_quarantined(self) -> bool {
        matches!(
            self,
            Self::Pack {
                quarantined: true,
                ..
            }
        )
    }
}

pub(super) fn decide(
    tables: &Connection,
    entry: &Entry,
    from: From,
    queue: Uuid,
    sample: &Digest,
    (rubric, answer): (&RubricId, &Answer),
) -> Applied {
    known_person(tables, &entry.actor)?;
    let Some(asked) = rubrics::asked(tables, queue)? else {
        return rule(false, || format!("there is no queue {queue}"));
    };
    match from {
        From::Here => {
            rule(asked == *rubric, || {
                format!("the queue asks rubric `{asked}`, not `{rubric}`")
            })?;
            packs::may_answer_here(tables, entry, queue, rubric.version)?;
        }
        From::Pack { .. } => rule(rubrics::was_asked(tables, queue, rubric)?, || {
            format!("the queue never asked rubric `{rubric}`")
        })?,
    }
    rule(
        answer.verdict != Verdict::Exclude || !answer.reason.trim().is_empty(),
        || "an exclusion needs a reason".to_owned(),
    )?;
    write(
        tables,
        "UPDATE decision SET own = 'dropped', state = CASE WHEN state = 'undone' AND NOT ?4 THEN 'dropped' ELSE state END
         WHERE queue = ?1 AND actor = ?2 AND own = 'undone' AND pack IS ?3",
        params![queue.as_bytes(), entry.actor, from.pack(), from.is_quarantined()],
    )?;
    write(
        tables,
        "INSERT INTO decision (seq, id, queue, actor, sample, verdict, origin, version, state, own, pack)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'standing', ?)",
        params![
            entry.seq,
            entry.id.as_bytes(),
            queue.as_bytes(),
            entry.actor,
            sample.0,
            answer.verdict.as_str(),
            answer.origin.map(|origin| origin.as_str()),
            rubric.version,
            first_state(tables, from, queue, rubric)?,
            from.pack(),
        ],
    )
}

/// What a decision is when it comes: an answer from a pack may be to questions that have been asked again since.
fn first_state(
    tables: &Connection,
    from: From,
    queue: Uuid,
    rubric: &RubricId,
) -> Result<&'static str, Breach> {
    if from.is_quarantined() {
        return Ok("quarantined");
    }
    let asked_again = exists(
        tables,
        "SELECT 1 FROM queue_rubric WHERE queue = ? AND version > ? AND answers = 'ask_again'",
        params![queue.as_bytes(), rubric.version],
    )?;
    Ok(if asked_again { "superseded" } else { "standing" })
}

pub(super) fn undo(
    tables: &Connection,
    entry: &Entry,
    from: From,
    (queue, decision): (Uuid, Uuid),
    reason: Option<&str>,
) -> Applied {
    rule(reason.is_none_or(|why| !why.trim().is_empty()), || {
        "an amendment says why".to_owned()
    })?;
    let latest = "SELECT id FROM decision WHERE queue = ? AND actor = ? AND own = 'standing' AND pack IS ?
                  ORDER BY seq DESC LIMIT 1";
    turn(tables, entry, from, queue, decision, (latest, "undone"))
}

/// Undos take the latest first, so of what is undone the oldest was taken last.
pub(super) fn redo(tables: &Connection, entry: &Entry, from: From, queue: Uuid, decision: Uuid) -> Applied {
    let last_undone = "SELECT id FROM decision WHERE queue = ? AND actor = ? AND own = 'undone' AND pack IS ?
                       ORDER BY seq LIMIT 1";
    turn(tables, entry, from, queue, decision, (last_undone, "standing"))
}

fn turn(
    tables: &Connection,
    entry: &Entry,
    from: From,
    queue: Uuid,
    decision: Uuid,
    (next, own): (&str, &str),
) -> Applied {
    let next: Option<[u8; 16]> = tables
        .prepare_cached(next)?
        .query_row(params![queue.as_bytes(), entry.actor, from.pack()], |row| {
            row.get(0)
        })
        .optional()?;
    rule(next == Some(*decision.as_bytes()), || {
        format!("decision {decision} is not the next that can become {own} in this queue")
    })?;
    write(
        tables,
        "UPDATE decision SET own = ?1,
            state = CASE WHEN ?3 OR state IN ('superseded', 'quarantined') THEN state ELSE ?1 END
         WHERE id = ?2",
        params![own, decision.as_bytes(), from.is_quarantined()],
    )
}
