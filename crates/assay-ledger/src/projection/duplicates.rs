//! What follows from an act about duplicates, and which rules it must keep?

use assay_model::{Digest, KeepPolicy};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Applied, exists, known_human, role_of, rule, write};
use crate::{Entry, Role};

pub(super) fn not_duplicate(
    tables: &Connection,
    entry: &Entry,
    a: &Digest,
    b: &Digest,
    reason: &str,
) -> Applied {
    known_human(tables, &entry.actor)?;
    with_reason(reason)?;
    rule(a < b, || {
        "a pair names two samples, the lower digest first".to_owned()
    })?;
    let judged = exists(
        tables,
        "SELECT 1 FROM duplicate_judgement WHERE kind = 'not_duplicate' AND first = ? AND second = ? AND withdrawn IS NULL",
        params![a.0, b.0],
    )?;
    rule(!judged, || {
        format!("{} and {} are judged no duplicates already", a.short(), b.short())
    })?;
    add(tables, entry, "not_duplicate", Some((a, b)), None, reason)
}

pub(super) fn keep(
    tables: &Connection,
    entry: &Entry,
    sample: &Digest,
    over: &Digest,
    reason: &str,
) -> Applied {
    known_human(tables, &entry.actor)?;
    with_reason(reason)?;
    rule(sample != over, || {
        format!("sample {} represents its cluster already", sample.short())
    })?;
    add(tables, entry, "kept", Some((sample, over)), None, reason)
}

pub(super) fn choose_policy(tables: &Connection, entry: &Entry, policy: KeepPolicy, reason: &str) -> Applied {
    let role = role_of(tables, &entry.actor)?;
    rule(role.is_some_and(Role::may_promote), || {
        format!(
            "`{}` is no curator and no lead; only they may choose the keep policy",
            entry.actor
        )
    })?;
    with_reason(reason)?;
    add(tables, entry, "keep_policy", None, Some(policy.as_str()), reason)
}

pub(super) fn withdraw(tables: &Connection, entry: &Entry, judgement: Uuid, reason: &str) -> Applied {
    known_human(tables, &entry.actor)?;
    with_reason(reason)?;
    let standing = exists(
        tables,
        "SELECT 1 FROM duplicate_judgement WHERE id = ? AND withdrawn IS NULL",
        params![judgement.as_bytes()],
    )?;
    rule(standing, || {
        format!("no judgement about duplicates with the id {judgement} stands")
    })?;
    write(
        tables,
        "UPDATE duplicate_judgement SET withdrawn = ? WHERE id = ?",
        params![entry.seq, judgement.as_bytes()],
    )
}

fn with_reason(reason: &str) -> Applied {
    rule(!reason.trim().is_empty(), || {
        "an act about duplicates needs a reason".to_owned()
    })
}

fn add(
    tables: &Connection,
    entry: &Entry,
    kind: &str,
    pair: Option<(&Digest, &Digest)>,
    word: Option<&str>,
    reason: &str,
) -> Applied {
    write(
        tables,
        "INSERT INTO duplicate_judgement (id, seq, kind, first, second, word, actor, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            entry.id.as_bytes(),
            entry.seq,
            kind,
            pair.map(|(first, _)| first.0),
            pair.map(|(_, second)| second.0),
            word,
            entry.actor,
            reason
        ],
    )
}
