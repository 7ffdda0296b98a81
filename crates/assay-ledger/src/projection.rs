//! What follows from an entry? The tables that answer questions, and the rules an entry must keep.
//!
//! `apply` depends on nothing but the entry and the tables before it, so replaying the log gives
//! the same tables, and a log that breaks a rule cannot be replayed.

mod adjudications;
mod bulk;
mod decisions;
mod duplicates;
mod gold;
mod keys;
mod packs;
mod rubrics;
mod sign_offs;
mod slices;
mod training;

use assay_model::Digest;
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use uuid::Uuid;

use crate::adjudications::IN_FORCE;
use crate::{Entry, Event, QueueTerms, Role, Verdict, Waiver};

/// Every projected table with its columns, in an order that can be compared.
pub(crate) const TABLES: [(&str, &str); 22] = [
    ("activity", "seq, kind, actor, queue, sample"),
    ("person", "name, role, seq"),
    ("rubric", "name, version, seq"),
    ("queue", "id, name, seq, blind"),
    ("queue_rubric", "queue, version, name, seq, answers"),
    (
        "decision",
        "seq, id, queue, actor, sample, verdict, origin, version, state, own, pack",
    ),
    ("pack", "id, seq, side, queue, person, version, quarantined_from"),
    ("feed", "pack, place, chain, entry, kind, decision"),
    ("adjudication_first", "id, seq, sample, actor"),
    (
        "adjudication",
        "id, seq, queue, sample, actor, verdict, origin, cause",
    ),
    ("adjudication_settles", "adjudication, decision"),
    ("gold", "sample, promoted, revoked"),
    ("gold_snapshot", "number, seq, size, root"),
    (
        "training_release",
        "seq, id, dataset, snapshot, root, exact, near, withdrawn",
    ),
    ("known_synthetic", "dataset, marked, unmarked"),
    (
        "duplicate_judgement",
        "seq, id, kind, first, second, word, actor, reason, withdrawn",
    ),
    ("flag", "sample, actor, queue, seq"),
    ("slice", "name, filter, tier, blurred, seq"),
    ("bulk_act", "seq, id, actor, act, word, withdrawn"),
    ("person_key", "public, person, seq, revoked, compromised"),
    (
        "sign_off",
        "seq, id, dataset, snapshot, root, statement, signers, supersedes, superseded, withdrawn",
    ),
    ("signer", "sign_off, person, public, seq"),
];

/// Holds for rows by column `actor` whom the ledger does not know as machines: only people decide.
pub(crate) const HUMAN: &str = "actor NOT IN (SELECT name FROM person WHERE role = 'machine')";

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
    note_activity(tables, entry)?;
    let from = match &entry.feed {
        None => decisions::From::Here,
        Some(at) => decisions::From::Pack {
            pack: at.pack,
            quarantined: packs::take_place(tables, entry, at)?,
        },
    };
    match &entry.event {
        Event::PersonAdded { name, role } => add_person(tables, entry, name, *role),
        Event::RubricAdded { rubric } => rubrics::add(tables, entry, &rubric.id),
        Event::RubricMoved {
            queue,
            to,
            answers,
            reason,
        } => rubrics::follow(tables, entry, *queue, to, answers, reason),
        Event::QueueCreated { terms } => create_queue(tables, entry, terms),
        Event::Decided {
            queue,
            sample,
            rubric,
            answer,
            ..
        } => decisions::decide(tables, entry, from, *queue, sample, (rubric, answer)),
        Event::Undone {
            queue,
            decision,
            reason,
        } => decisions::undo(tables, entry, from, (*queue, *decision), reason.as_deref()),
        Event::Redone { queue, decision } => decisions::redo(tables, entry, from, *queue, *decision),
        Event::AdjudicationBegun {
            queue,
            sample,
            rubric,
            answer,
        } => {
            let queue = *queue;
            let step = adjudications::Step {
                queue,
                sample,
                rubric,
                answer,
            };
            adjudications::begin(tables, entry, &step)
        }
        Event::Adjudicated {
            queue,
            sample,
            rubric,
            answer,
            first,
            cause,
            settles,
        } => {
            let queue = *queue;
            let step = adjudications::Step {
                queue,
                sample,
                rubric,
                answer,
            };
            adjudications::settle(tables, entry, &step, *first, *cause, settles)
        }
        Event::PackIssued {
            queue,
            recipient,
            rubric,
        } => packs::issue(tables, entry, *queue, recipient, rubric),
        Event::PackOpened {
            pack,
            queue,
            recipient,
            rubric,
            ..
        } => packs::open(tables, entry, *pack, *queue, recipient, rubric),
        Event::PackForked { pack, place, chain } => packs::fork(tables, entry, *pack, *place, chain),
        Event::GoldPromoted {
            sample,
            reason,
            approvals,
        } => promote(tables, entry, sample, reason, approvals),
        Event::GoldRevoked { sample, reason } => revoke(tables, entry, sample, reason),
        Event::GoldFrozen {
            number,
            size,
            root,
            reason,
        } => gold::freeze(tables, entry, *number, (*size, root), reason),
        Event::GoldExported {
            purpose,
            number,
            size,
            root,
        } => gold::export(tables, entry, purpose, *number, (*size, root)),
        Event::TrainingReleased {
            dataset,
            snapshot,
            root,
            held,
            reason,
        } => training::release(tables, entry, (dataset, *snapshot), root, *held, reason),
        Event::TrainingReleaseWithdrawn { release, reason } => {
            training::withdraw(tables, entry, *release, reason)
        }
        Event::IncidentReported {
            title,
            happened,
            sample,
            ..
        } => report_incident(tables, entry, title, happened, sample.is_some()),
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
        Event::Flagged {
            queue,
            sample,
            raised,
        } => match from {
            // Behind a fork nothing stands.
            decisions::From::Pack {
                quarantined: true, ..
            } => Ok(()),
            _ => flag(tables, entry, *queue, sample, *raised),
        },
        Event::SliceDefined { slice, .. } => slices::define(tables, entry, slice),
        Event::SliceRemoved { name, reason } => slices::remove(tables, entry, name, reason),
        Event::EvidenceWithdrawn { reason, .. } => may_withdraw_evidence(tables, &entry.actor, reason),
        Event::EvidenceRestored { name, .. } => may_withdraw_evidence(tables, &entry.actor, name),
        Event::BulkActed { terms } => bulk::act(tables, entry, terms),
        Event::BulkWithdrawn { act } => bulk::withdraw(tables, entry, *act),
        Event::CardTextWritten { dataset, .. } => write_card_text(tables, &entry.actor, dataset),
        Event::KeyAdded {
            person,
            public,
            proof,
            replaces,
        } => keys::add(tables, entry, person, (public, proof), replaces.as_ref()),
        Event::KeyRevoked {
            public,
            compromised,
            reason,
        } => keys::revoke(tables, entry, public, *compromised, reason),
        Event::SignedOff { terms, key, .. } => sign_offs::sign(tables, entry, terms, key),
        Event::SignOffJoined { sign_off, key, .. } => sign_offs::join(tables, entry, *sign_off, key),
        Event::SignOffWithdrawn { sign_off, reason } => sign_offs::withdraw(tables, entry, *sign_off, reason),
        Event::ReleaseWritten { release, .. } => training::write_release(tables, entry, release),
    }
}

/// What the entry is about; for answers also their queue and sample, by which readers are kept blind.
fn note_activity(tables: &Connection, entry: &Entry) -> Applied {
    let about: Option<([u8; 16], [u8; 32])> = match &entry.event {
        Event::Decided { queue, sample, .. }
        | Event::Unsealed { queue, sample }
        | Event::Flagged { queue, sample, .. }
        | Event::AdjudicationBegun { queue, sample, .. }
        | Event::Adjudicated { queue, sample, .. } => Some((queue.into_bytes(), sample.0)),
        Event::Undone { decision, .. } | Event::Redone { decision, .. } => tables
            .prepare_cached("SELECT queue, sample FROM decision WHERE id = ?")?
            .query_row([decision.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?,
        _ => None,
    };
    write(
        tables,
        "INSERT INTO activity (seq, kind, actor, queue, sample) VALUES (?, ?, ?, ?, ?)",
        params![
            entry.seq,
            entry.event.kind(),
            entry.actor,
            about.map(|(queue, _)| queue),
            about.map(|(_, sample)| sample)
        ],
    )
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

fn create_queue(tables: &Connection, entry: &Entry, terms: &QueueTerms) -> Applied {
    rule(rubrics::exist(tables, &terms.rubric)?, || {
        format!("there is no rubric `{}`", terms.rubric)
    })?;
    let taken = exists(tables, "SELECT 1 FROM queue WHERE name = ?", params![terms.name])?;
    rule(!taken, || {
        format!("a queue named `{}` is there already", terms.name)
    })?;
    write(
        tables,
        "INSERT INTO queue (id, name, seq, blind) VALUES (?, ?, ?, ?)",
        params![entry.id.as_bytes(), terms.name, entry.seq, terms.blind],
    )?;
    rubrics::begin(tables, entry, &terms.rubric)
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
    let (approve, exclude) = (Verdict::Approve.as_str(), Verdict::Exclude.as_str());
    let settled = is_adjudicated(tables, sample)?;
    let excluded = match &settled {
        Some((_, verdict)) => verdict != approve,
        None => standing.iter().any(|(_, verdict)| verdict == exclude),
    };
    rule(!excluded, || {
        format!("an exclusion of sample {} stands", sample.short())
    })?;
    let approved = |id: &Uuid| {
        let said = standing.iter().chain(&settled);
        said.into_iter()
            .any(|(said, verdict)| said == id.as_bytes() && verdict == approve)
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

/// Each person's standing decision on the sample across queues, skips and machines aside: entry id and verdict.
fn standing(tables: &Connection, sample: &Digest) -> Result<Vec<([u8; 16], String)>, Breach> {
    let sql = format!(
        "SELECT id, verdict, max(seq) FROM decision
         WHERE sample = ? AND state = 'standing' AND verdict <> 'skip' AND {HUMAN} GROUP BY actor"
    );
    let mut select = tables.prepare_cached(&sql)?;
    let rows = select.query_map([sample.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The adjudication of the sample that is in force: entry id and verdict.
fn is_adjudicated(tables: &Connection, sample: &Digest) -> Result<Option<([u8; 16], String)>, Breach> {
    let sql = format!("SELECT id, verdict FROM adjudication AS settled WHERE sample = ? AND {IN_FORCE}");
    let found = tables
        .prepare_cached(&sql)?
        .query_row([sample.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found)
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

/// Somebody who is there and no machine: what follows is a person's to say.
fn known_human(tables: &Connection, name: &str) -> Applied {
    known_person(tables, name)?;
    rule(role_of(tables, name)?.is_some_and(Role::is_human), || {
        format!("`{name}` is a machine; this is for people to do")
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

/// Incidents are few and are read from the log; no table is kept of them.
fn report_incident(
    tables: &Connection,
    entry: &Entry,
    title: &str,
    happened: &str,
    names_sample: bool,
) -> Applied {
    known_person(tables, &entry.actor)?;
    rule(!title.trim().is_empty() && !happened.trim().is_empty(), || {
        "an incident has a title and a day".to_owned()
    })?;
    rule(names_sample || entry.note.is_some(), || {
        "an incident says what was written, or names a sample".to_owned()
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
        format!(
            "`{actor}` is neither curator nor lead; only curators and leads may withdraw evidence or bring it back"
        )
    })?;
    rule(!said.trim().is_empty(), || {
        "a file of evidence is withdrawn with a reason and brought back by its name".to_owned()
    })
}

/// No table is kept of the texts of cards: they are few, and the latest of a section stands.
fn write_card_text(tables: &Connection, actor: &str, dataset: &str) -> Applied {
    let role = role_of(tables, actor)?;
    rule(role.is_some(), || format!("there is no person named `{actor}`"))?;
    rule(role.is_some_and(Role::may_promote), || {
        format!("`{actor}` is neither curator nor lead; only curators and leads may write on a card")
    })?;
    rule(!dataset.trim().is_empty(), || {
        "a text of a card names its dataset".to_owned()
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
        format!("`{name}` is neither curator nor lead; only curators and leads may say what a dataset is")
    })
}

/// Raises a reviewer's flag on a sample of a queue, or takes it down; raising it again changes nothing.
fn flag(tables: &Connection, entry: &Entry, queue: Uuid, sample: &Digest, raised: bool) -> Applied {
    known_person(tables, &entry.actor)?;
    let asked = exists(
        tables,
        "SELECT 1 FROM queue_item WHERE queue = ? AND sample = ?",
        params![queue.as_bytes(), sample.0],
    )?;
    rule(asked, || {
        format!("sample {} is not in this queue", sample.short())
    })?;
    let sql = match raised {
        true => "INSERT OR IGNORE INTO flag (sample, actor, queue, seq) VALUES (?, ?, ?, ?)",
        false => "DELETE FROM flag WHERE sample = ? AND actor = ? AND queue = ? AND seq < ?",
    };
    write(
        tables,
        sql,
        params![sample.0, entry.actor, queue.as_bytes(), entry.seq],
    )
}

/// Opinions are sealed until answered. Like a waiver, an unsealing is in the log and nowhere else.
fn unseal(tables: &Connection, entry: &Entry, queue: Uuid, sample: &Digest) -> Applied {
    known_person(tables, &entry.actor)?;
    let answered = exists(
        tables,
        "SELECT 1 FROM decision WHERE queue = ? AND actor = ? AND sample = ? AND own = 'standing' AND verdict <> 'skip'",
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
        format!("`{name}` is neither curator nor lead; only curators and leads may change the gold set")
    })
}

fn role_of(tables: &Connection, name: &str) -> Result<Option<Role>, Breach> {
    let word: Option<String> = tables
        .prepare_cached("SELECT role FROM person WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    Ok(word.and_then(|word| Role::parse(&word)))
}

fn exists(tables: &Connection, sql: &str, values: &[&dyn ToSql]) -> Result<bool, Breach> {
    Ok(tables.prepare_cached(sql)?.exists(values)?)
}

fn write(tables: &Connection, sql: &str, values: &[&dyn ToSql]) -> Applied {
    tables.prepare_cached(sql)?.execute(values)?;
    Ok(())
}
