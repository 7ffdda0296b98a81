//! What follows from an act on many samples, and which rules it must keep?
//!
//! The list stands beside the log, so a rule about single samples (gold is left out) is kept when the act is recorded, not here.

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Applied, known_human, known_person, role_of, rule, write};
use crate::{BulkAct, BulkTerms, Entry, Role};

pub(super) fn act(tables: &Connection, entry: &Entry, terms: &BulkTerms) -> Applied {
    may(tables, &entry.actor, &terms.act)?;
    rule(!terms.reason.trim().is_empty(), || {
        "an act on many samples needs a reason".to_owned()
    })?;
    rule(terms.size > 0, || "an act on many samples names none".to_owned())?;
    let (act, word) = terms.act.words();
    match &terms.act {
        BulkAct::Exclude => {}
        BulkAct::Tag(tag) => rule(!tag.trim().is_empty(), || "a tag is a word".to_owned())?,
        BulkAct::Route(person) => known_person(tables, person)?,
    }
    write(
        tables,
        "INSERT INTO bulk_act (id, seq, actor, act, word) VALUES (?, ?, ?, ?, ?)",
        params![entry.id.as_bytes(), entry.seq, entry.actor, act, word],
    )
}

pub(super) fn withdraw(tables: &Connection, entry: &Entry, id: Uuid) -> Applied {
    known_human(tables, &entry.actor)?;
    let found: Option<(String, String)> = tables
        .prepare_cached("SELECT act, actor FROM bulk_act WHERE id = ? AND withdrawn IS NULL")?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((act, by)) = found else {
        return rule(false, || format!("no bulk act with the id {id} stands"));
    };
    let role = role_of(tables, &entry.actor)?;
    let own_tag = act == "tag" && by == entry.actor;
    rule(own_tag || role.is_some_and(Role::may_promote), || {
        format!(
            "`{}` is no curator and no lead; only they may take back what others did in bulk",
            entry.actor
        )
    })?;
    write(
        tables,
        "UPDATE bulk_act SET withdrawn = ? WHERE id = ?",
        params![entry.seq, id.as_bytes()],
    )
}

/// Everybody may tag; what is left out and who looks at what is for curators and leads to say.
fn may(tables: &Connection, actor: &str, act: &BulkAct) -> Applied {
    known_human(tables, actor)?;
    let keeper = role_of(tables, actor)?.is_some_and(Role::may_promote);
    rule(keeper || matches!(act, BulkAct::Tag(_)), || {
        format!("`{actor}` is no curator and no lead; only they may exclude or route in bulk")
    })
}
