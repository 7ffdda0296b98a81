//! What follows from an entry? The tables that answer questions, and the rules an entry must keep.
//!
//! `apply` depends on nothing but the entry and the tables before it, so replaying the log gives
//! the same tables, and a log that breaks a rule cannot be replayed.

mod duplicates;

use assay_model::Digest;
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use uuid::Uuid;

use crate::{Answer, Entry, Event, QueueTerms, Role, RubricId, Verdict, Waiver};

/// Every projected table with its columns, in an order that can be compared.
pub(crate) const TABLES: [(&str, &str); 8] = [
    ("activity", "seq, kind, actor"),
    ("person", "name, role, seq"),
    ("rubric", "name, version, seq"),
    ("queue", "id, name, seq"),
    (
        "decision",
        "seq, id, queue, actor, sample, verdict, origin, state",
    ),
    ("gold", "sample, promoted, revoked"),
    ("known_synthetic", "dataset, marked, unmarked"),
    (
        "duplicate_judgement",
        "seq, id, kind, first, second, word, actor, reason, withdrawn",
    ),
];

/// Why an entry cannot follow those before it.
#[derive(Debug)]
pub(crate) enum Breach {
    Rule(String),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Breach {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

type Applied = Result<(), Breach>;

fn rule(holds: bool, why: impl FnOnce() -> String) -> Applied {
    if holds { Ok(()) } else { Err(Breach::Rule(why())) }
}

/// Brings the projections up to date with `entry`, the next in order.
pub(crate) fn apply(tables: &Connection, entry: &Entry) -> Applied {
    write(
        tables,
        "INSERT INTO activity (seq, kind, actor) VALUES (?, ?, ?)",
        params![entry.seq, entry.event.kind(), entry.actor],
    )?;
    match &entry.event {
        Event::PersonAdded { name, role } => add_person(tables, entry, name, *role),
        Event::RubricAdded { rubric } => add_rubric(tables, entry, &rubric.id),
        Event::QueueCreated { terms } => create_queue(tables, entry, terms),
        Event::Decided {
            queue,
            sample,
            rubric,
            answer,
            ..
        } => decide(tables, entry, *queue, sample, rubric, answer),
        Event::Undone { queue, decision } => undo(tables, entry, *queue, *decision),
        Event::Redone { queue, decision } => redo(tables, entry, *queue, *decision),
        Event::GoldPromoted {
            sample,
            reason,
            approvals,
        } => promote(tables, entry, sample, reason, approvals),
        Event::GoldRevoked { sample, reason } => revoke(tables, entry, sample, reason),
        Event::GateWaived { waiver } => waive(tables, entry, waiver),
        Event::SyntheticMarked {
            dataset,
            generator,
            reason,
        } => mark_synthetic(tables, entry, dataset, generator, reason),
        Event::SyntheticUnmarked { dataset, reason } => unmark_synthetic(tables, entry, dataset, reason),
        Event::NotDuplicate { a, b, reason } => duplicates::not_duplicate(tables, entry, a, b, reason),
        Event::RepresentativeKept { sample, over, reason } => {
            duplicates::keep(tables, entry, sample, over, reason)
        }
        Event::KeepPolicyChosen { policy, reason } => {
            duplicates::choose_policy(tables, entry, *policy, reason)
        }
        Event::DuplicateJudgementWithdrawn { judgement, reason } => {
            duplicates::withdraw(tables, entry, *judgement, reason)
        }
        Event::Unsealed { queue, sample } => unseal(tables, entry, *queue, sample),
        Event::EvidenceWithdrawn { reason, .. } => may_withdraw_evidence(tables, &entry.actor, reason),
        Event::EvidenceRestored { name, .. } => may_withdraw_evidence(tables, &entry.actor, name),
    }
}

fn add_person(tables: &Connection, entry: &Entry, name: &str, role: Role) -> Applied {
    rule(!name.trim().is_empty(), || "a person needs a name".to_owned())?;
    rule(role_of(tables, name)?.is_none(), || {
        format!("`{name}` is there already")
    })?;
    write(
        tables,
        "INSERT INTO person (name, role, seq) VALUES (?, ?, ?)",
        params![name, role.as_str(), entry.seq],
    )
}

fn add_rubric(tables: &Connection, entry: &Entry, id: &RubricId) -> Applied {
    rule(!rubric_exists(tables, id)?, || {
        format!("rubric `{id}` is there already; versions never change")
    })?;
    write(
        tables,
        "INSERT INTO rubric (name, version, seq) VALUES (?, ?, ?)",
        params![id.name, id.version, entry.seq],
    )
}

fn create_queue(tables: &Connection, entry: &Entry, terms: &QueueTerms) -> Applied {
    rule(rubric_exists(tables, &terms.rubric)?, || {
        format!("there is no rubric `{}`", terms.rubric)
    })?;
    let taken = exists(tables, "SELECT 1 FROM queue WHERE name = ?", params![terms.name])?;
    rule(!taken, || {
        format!("a queue named `{}` is there already", terms.name)
    })?;
    write(
        tables,
        "INSERT INTO queue (id, name, seq) VALUES (?, ?, ?)",
        params![entry.id.as_bytes(), terms.name, entry.seq],
    )
}

fn decide(
    tables: &Connection,
    entry: &Entry,
    queue: Uuid,
    sample: &Digest,
    rubric: &RubricId,
    answer: &Answer,
) -> Applied {
    known_person(tables, &entry.actor)?;
    let known = exists(
        tables,
        "SELECT 1 FROM queue WHERE id = ?",
        params![queue.as_bytes()],
    )?;
    rule(known, || format!("there is no queue {queue}"))?;
    rule(rubric_exists(tables, rubric)?, || {
        format!("there is no rubric `{rubric}`")
    })?;
    rule(
        answer.verdict != Verdict::Exclude || !answer.reason.trim().is_empty(),
        || "an exclusion needs a reason".to_owned(),
    )?;
    write(
        tables,
        "UPDATE decision SET state = 'dropped' WHERE queue = ? AND actor = ? AND state = 'undone'",
        params![queue.as_bytes(), entry.actor],
    )?;
    write(
        tables,
        "INSERT INTO decision (seq, id, queue, actor, sample, verdict, origin, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'standing')",
        params![
            entry.seq,
            entry.id.as_bytes(),
            queue.as_bytes(),
            entry.actor,
            sample.0,
            answer.verdict.as_str(),
            answer.origin.map(|origin| origin.as_str()),
        ],
    )
}

fn undo(tables: &Connection, entry: &Entry, queue: Uuid, decision: Uuid) -> Applied {
    let latest = "SELECT id FROM decision WHERE queue = ? AND actor = ? AND state = 'standing' ORDER BY seq DESC LIMIT 1";
    turn(tables, entry, queue, decision, latest, "undone")
}

/// Undos take the latest first, so of what is undone the oldest was taken last.
fn redo(tables: &Connection, entry: &Entry, queue: Uuid, decision: Uuid) -> Applied {
    let last_undone =
        "SELECT id FROM decision WHERE queue = ? AND actor = ? AND state = 'undone' ORDER BY seq LIMIT 1";
    turn(tables, entry, queue, decision, last_undone, "standing")
}

fn turn(tables: &Connection, entry: &Entry, queue: Uuid, decision: Uuid, next: &str, state: &str) -> Applied {
    let next: Option<[u8; 16]> = tables
        .prepare_cached(next)?
        .query_row(params![queue.as_bytes(), entry.actor], |row| row.get(0))
        .optional()?;
    rule(next == Some(*decision.as_bytes()), || {
        format!("decision {decision} is not the next that can become {state} in this queue")
    })?;
    write(
        tables,
        "UPDATE decision SET state = ? WHERE id = ?",
        params![state, decision.as_bytes()],
    )
}

fn promote(tables: &Connection, entry: &Entry, sample: &Digest, reason: &str, approvals: &[Uuid]) -> Applied {
    keeper_of_gold(tables, &entry.actor)?;
    rule(!reason.trim().is_empty(), || {
        "a promotion needs a reason".to_owned()
    })?;
    rule(!is_gold(tables, sample)?, || {
        format!("sample {} is gold already", sample.short())
    })?;
    let standing = standing(tables, sample)?;
    rule(
        standing
            .iter()
            .all(|(_, verdict)| verdict != Verdict::Exclude.as_str()),
        || format!("an exclusion of sample {} stands", sample.short()),
    )?;
    let approved = |id: &Uuid| {
        standing
            .iter()
            .any(|(standing, verdict)| standing == id.as_bytes() && verdict == Verdict::Approve.as_str())
    };
    rule(!approvals.is_empty() && approvals.iter().all(approved), || {
        format!("sample {} has no standing approval by that entry", sample.short())
    })?;
    write(
        tables,
        "INSERT INTO gold (sample, promoted) VALUES (?1, ?2)
         ON CONFLICT (sample) DO UPDATE SET promoted = ?2, revoked = NULL",
        params![sample.0, entry.seq],
    )
}

fn revoke(tables: &Connection, entry: &Entry, sample: &Digest, reason: &str) -> Applied {
    keeper_of_gold(tables, &entry.actor)?;
    rule(!reason.trim().is_empty(), || {
        "a revocation needs a reason".to_owned()
    })?;
    rule(is_gold(tables, sample)?, || {
        format!("sample {} is not gold", sample.short())
    })?;
    write(
        tables,
        "UPDATE gold SET revoked = ? WHERE sample = ?",
        params![entry.seq, sample.0],
    )
}

/// Each person's standing decision on the sample across queues, skips aside: entry id and verdict.
fn standing(tables: &Connection, sample: &Digest) -> Result<Vec<([u8; 16], String)>, Breach> {
    let mut select = tables.prepare_cached(
        "SELECT id, verdict, max(seq) FROM decision
         WHERE sample = ? AND state = 'standing' AND verdict <> 'skip' GROUP BY actor",
    )?;
    let rows = select.query_map([sample.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn is_gold(tables: &Connection, sample: &Digest) -> Result<bool, Breach> {
    exists(
        tables,
        "SELECT 1 FROM gold WHERE sample = ? AND revoked IS NULL",
        params![sample.0],
    )
}

fn known_person(tables: &Connection, name: &str) -> Applied {
    rule(role_of(tables, name)?.is_some(), || {
        format!("there is no person named `{name}`")
    })
}

/// A waiver is in the log and nowhere else: what it covers depends on the day and on what is measured then.
fn waive(tables: &Connection, entry: &Entry, waiver: &Waiver) -> Applied {
    let role = role_of(tables, &entry.actor)?;
    rule(role == Some(Role::Lead), || {
        format!("`{}` is no lead; only leads may waive a gate", entry.actor)
    })?;
    let named = [&waiver.gate, &waiver.dataset, &waiver.reason, &waiver.until];
    rule(named.iter().all(|word| !word.trim().is_empty()), || {
        "a waiver names its gate, its dataset, its reason and its last day".to_owned()
    })
}

fn mark_synthetic(
    tables: &Connection,
    entry: &Entry,
    dataset: &str,
    generator: &str,
    reason: &str,
) -> Applied {
    may_mark(tables, &entry.actor)?;
    let named = [dataset, generator, reason];
    rule(named.iter().all(|word| !word.trim().is_empty()), || {
        "a mark names its dataset, the model that made it and a reason".to_owned()
    })?;
    rule(!is_marked(tables, dataset)?, || {
        format!("dataset `{dataset}` is marked as a model's output already")
    })?;
    write(
        tables,
        "INSERT INTO known_synthetic (dataset, marked) VALUES (?1, ?2)
         ON CONFLICT (dataset) DO UPDATE SET marked = ?2, unmarked = NULL",
        params![dataset, entry.seq],
    )
}

fn unmark_synthetic(tables: &Connection, entry: &Entry, dataset: &str, reason: &str) -> Applied {
    may_mark(tables, &entry.actor)?;
    rule(!reason.trim().is_empty(), || {
        "taking a mark back needs a reason".to_owned()
    })?;
    rule(is_marked(tables, dataset)?, || {
        format!("dataset `{dataset}` is not marked as a model's output")
    })?;
    write(
        tables,
        "UPDATE known_synthetic SET unmarked = ? WHERE dataset = ?",
        params![entry.seq, dataset],
    )
}

/// No table is kept of files of evidence: what stands is read from the entries, which are few.
fn may_withdraw_evidence(tables: &Connection, actor: &str, said: &str) -> Applied {
    let role = role_of(tables, actor)?;
    rule(role.is_some(), || format!("there is no person named `{actor}`"))?;
    rule(role.is_some_and(Role::may_promote), || {
        format!("`{actor}` is an expert; only curators and leads may withdraw evidence or bring it back")
    })?;
    rule(!said.trim().is_empty(), || {
        "a file of evidence is withdrawn with a reason and brought back by its name".to_owned()
    })
}

fn is_marked(tables: &Connection, dataset: &str) -> Result<bool, Breach> {
    exists(
        tables,
        "SELECT 1 FROM known_synthetic WHERE dataset = ? AND unmarked IS NULL",
        params![dataset],
    )
}

fn may_mark(tables: &Connection, name: &str) -> Applied {
    let role = role_of(tables, name)?;
    rule(role.is_some(), || format!("there is no person named `{name}`"))?;
    rule(role.is_some_and(Role::may_promote), || {
        format!("`{name}` is an expert; only curators and leads may say what a dataset is")
    })
}

/// Opinions are sealed until answered. Like a waiver, an unsealing is in the log and nowhere else.
fn unseal(tables: &Connection, entry: &Entry, queue: Uuid, sample: &Digest) -> Applied {
    known_person(tables, &entry.actor)?;
    let answered = exists(
        tables,
        "SELECT 1 FROM decision WHERE queue = ? AND actor = ? AND sample = ? AND state = 'standing' AND verdict <> 'skip'",
        params![queue.as_bytes(), entry.actor, sample.0],
    )?;
    rule(answered, || {
        format!(
            "`{}` has not answered sample {} in this queue",
            entry.actor,
            sample.short()
        )
    })
}

fn keeper_of_gold(tables: &Connection, name: &str) -> Applied {
    let role = role_of(tables, name)?;
    rule(role.is_some(), || format!("there is no person named `{name}`"))?;
    rule(role.is_some_and(Role::may_promote), || {
        format!("`{name}` is an expert; only curators and leads may change the gold set")
    })
}

fn role_of(tables: &Connection, name: &str) -> Result<Option<Role>, Breach> {
    let word: Option<String> = tables
        .prepare_cached("SELECT role FROM person WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    Ok(word.and_then(|word| Role::parse(&word)))
}

fn rubric_exists(tables: &Connection, id: &RubricId) -> Result<bool, Breach> {
    exists(
        tables,
        "SELECT 1 FROM rubric WHERE name = ? AND version = ?",
        params![id.name, id.version],
    )
}

fn exists(tables: &Connection, sql: &str, values: &[&dyn ToSql]) -> Result<bool, Breach> {
    Ok(tables.prepare_cached(sql)?.exists(values)?)
}

fn write(tables: &Connection, sql: &str, values: &[&dyn ToSql]) -> Applied {
    tables.prepare_cached(sql)?.execute(values)?;
    Ok(())
}
