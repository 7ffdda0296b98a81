//! What follows from a pack that is issued or opened, from what comes back with it, and from two returns that part ways?
//!
//! What stands in the end is the longest run of acts on which all returns agree, so the order of imports does not matter.

use std::collections::HashMap;

use assay_model::Digest;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Applied, Breach, exists, known_human, known_person, role_of, rubrics, rule, write};
use crate::feed::{self, FeedAct};
use crate::{Entry, Event, FeedPlace, Role, RubricId};

pub(super) fn issue(
    tables: &Connection,
    entry: &Entry,
    queue: Uuid,
    recipient: &str,
    rubric: &RubricId,
) -> Applied {
    let role = role_of(tables, &entry.actor)?;
    rule(role.is_some_and(Role::may_promote), || {
        format!(
            "`{}` is no curator and no lead; only they may issue packs",
            entry.actor
        )
    })?;
    known_human(tables, recipient)?;
    rule(rubrics::asked(tables, queue)?.as_ref() == Some(rubric), || {
        format!("there is no queue {queue} that asks rubric `{rubric}`")
    })?;
    // One person's answers to one queue come from one place, or their order would depend on imports.
    let elsewhere = exists(
        tables,
        "SELECT 1 FROM pack WHERE queue = ?1 AND person = ?2 AND version = ?3
         UNION ALL SELECT 1 FROM decision WHERE queue = ?1 AND actor = ?2 AND version = ?3",
        params![queue.as_bytes(), recipient, rubric.version],
    )?;
    rule(!elsewhere, || {
        format!("`{recipient}` has answers here or a pack of this queue already")
    })?;
    add(tables, entry, entry.id, "issued", (queue, recipient, rubric))
}

pub(super) fn open(
    tables: &Connection,
    entry: &Entry,
    pack: Uuid,
    queue: Uuid,
    recipient: &str,
    rubric: &RubricId,
) -> Applied {
    known_person(tables, recipient)?;
    rule(rubrics::asked(tables, queue)?.as_ref() == Some(rubric), || {
        format!("there is no queue {queue} that asks rubric `{rubric}`")
    })?;
    let known = exists(
        tables,
        "SELECT 1 FROM pack WHERE id = ?",
        params![pack.as_bytes()],
    )?;
    rule(!known, || {
        format!("pack {pack} was issued or opened here already")
    })?;
    add(tables, entry, pack, "opened", (queue, recipient, rubric))
}

fn add(
    tables: &Connection,
    entry: &Entry,
    pack: Uuid,
    side: &str,
    (queue, person, rubric): (Uuid, &str, &RubricId),
) -> Applied {
    write(
        tables,
        "INSERT INTO pack (id, seq, side, queue, person, version) VALUES (?, ?, ?, ?, ?, ?)",
        params![
            pack.as_bytes(),
            entry.seq,
            side,
            queue.as_bytes(),
            person,
            rubric.version
        ],
    )
}

/// Whether this person may answer this queue here: not while they hold a pack of it, and of an opened one only its recipient.
pub(super) fn may_answer_here(tables: &Connection, entry: &Entry, queue: Uuid, version: u64) -> Applied {
    let away = exists(
        tables,
        "SELECT 1 FROM pack WHERE queue = ? AND person = ? AND side = 'issued' AND version = ?",
        params![queue.as_bytes(), entry.actor, version],
    )?;
    rule(!away, || {
        format!(
            "`{}` answers this queue in a pack; import its return instead",
            entry.actor
        )
    })?;
    let another = exists(
        tables,
        "SELECT 1 FROM pack WHERE queue = ? AND person <> ? AND side = 'opened'",
        params![queue.as_bytes(), entry.actor],
    )?;
    rule(!another, || {
        format!(
            "this queue came in a pack for another person than `{}`",
            entry.actor
        )
    })
}

/// Takes an act's place in its feed, and says whether it stands behind a fork.
pub(super) fn take_place(tables: &Connection, entry: &Entry, at: &FeedPlace) -> Result<bool, Breach> {
    let (queue, decision) = match &entry.event {
        Event::Decided { queue, .. } => (*queue, Some(entry.id)),
        Event::Undone { queue, decision, .. } | Event::Redone { queue, decision } => {
            (*queue, Some(*decision))
        }
        Event::Unsealed { queue, .. } | Event::Flagged { queue, .. } => (*queue, None),
        other => {
            return Err(Breach::Rule(format!(
                "an act of kind {} comes with no pack",
                other.kind()
            )));
        }
    };
    let pack: Option<([u8; 16], String, Option<u64>)> = tables
        .prepare_cached("SELECT queue, person, quarantined_from FROM pack WHERE id = ? AND side = 'issued'")?
        .query_row([at.pack.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((of, person, quarantined_from)) = pack else {
        return Err(Breach::Rule(format!("no pack {} was issued here", at.pack)));
    };
    rule(of == *queue.as_bytes() && person == entry.actor, || {
        format!("pack {} is of another queue or person", at.pack)
    })?;
    let last: Option<(u64, [u8; 32])> = tables
        .prepare_cached("SELECT place, chain FROM feed WHERE pack = ? ORDER BY place DESC LIMIT 1")?
        .query_row([at.pack.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    rule(at.place == last.map_or(0, |(place, _)| place + 1), || {
        format!("act {} of pack {} is not the next", at.place, at.pack)
    })?;
    let act = FeedAct {
        id: entry.id,
        at: &entry.at,
        actor: &entry.actor,
        event: &entry.event,
        note: entry.note,
    };
    let previous = last.map(|(_, chain)| Digest(chain));
    rule(feed::link(previous.as_ref(), &act) == Ok(at.chain), || {
        format!(
            "act {} of pack {} does not follow the one before it",
            at.place, at.pack
        )
    })?;
    write(
        tables,
        "INSERT INTO feed (pack, place, chain, entry, kind, decision) VALUES (?, ?, ?, ?, ?, ?)",
        params![
            at.pack.as_bytes(),
            at.place,
            at.chain.0,
            entry.id.as_bytes(),
            entry.event.kind(),
            decision.map(Uuid::into_bytes)
        ],
    )?;
    Ok(quarantined_from.is_some_and(|from| at.place >= from))
}

/// Two returns differ from `place` on: nothing from there on stands, whichever of them was taken.
pub(super) fn fork(tables: &Connection, entry: &Entry, pack: Uuid, place: u64, chain: &Digest) -> Applied {
    let role = role_of(tables, &entry.actor)?;
    rule(role.is_some_and(Role::may_promote), || {
        format!(
            "`{}` is no curator and no lead; only they may import returns",
            entry.actor
        )
    })?;
    let differs = exists(
        tables,
        "SELECT 1 FROM feed WHERE pack = ? AND place = ? AND chain <> ?",
        params![pack.as_bytes(), place, chain.0],
    )?;
    rule(differs, || {
        format!("the feed of pack {pack} does not fork at act {place}")
    })?;
    let earlier = exists(
        tables,
        "SELECT 1 FROM pack WHERE id = ? AND quarantined_from <= ?",
        params![pack.as_bytes(), place],
    )?;
    rule(!earlier, || {
        format!("pack {pack} is quarantined from an earlier act on")
    })?;
    write(
        tables,
        "UPDATE pack SET quarantined_from = ? WHERE id = ?",
        params![place, pack.as_bytes()],
    )?;
    write(
        tables,
        "UPDATE decision SET state = 'quarantined'
         WHERE pack = ?1 AND id IN (SELECT entry FROM feed WHERE pack = ?1 AND place >= ?2)",
        params![pack.as_bytes(), place],
    )?;
    for (decision, own) in states_before(tables, pack, place)? {
        write(
            tables,
            "UPDATE decision SET state = ? WHERE id = ? AND state <> 'superseded'",
            params![own, decision],
        )?;
    }
    Ok(())
}

/// What the acts before `place` alone make of their decisions.
fn states_before(
    tables: &Connection,
    pack: Uuid,
    place: u64,
) -> Result<HashMap<[u8; 16], &'static str>, Breach> {
    let mut select = tables.prepare_cached(
        "SELECT kind, decision FROM feed WHERE pack = ? AND place < ? AND decision IS NOT NULL ORDER BY place",
    )?;
    let rows = select.query_map(params![pack.as_bytes(), place], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 16]>(1)?))
    })?;
    let mut states = HashMap::new();
    for row in rows {
        let (kind, decision) = row?;
        let own = match kind.as_str() {
            "undone" => "undone",
            "redone" => "standing",
            _ => {
                states
                    .values_mut()
                    .filter(|own| **own == "undone")
                    .for_each(|own| *own = "dropped");
                "standing"
            }
        };
        states.insert(decision, own);
    }
    Ok(states)
}
