//! What follows when an adjudicator answers a disputed sample, sees the reviewers' answers, and settles it?

use std::collections::BTreeSet;

use assay_model::Digest;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Applied, Breach, exists, is_adjudicated, role_of, rubrics, rule, standing, write};
use crate::{Answer, Cause, Entry, Role, RubricId, Verdict};

/// The sample, the questions and the answer of either step.
pub(super) struct Step<'a> {
    pub queue: Uuid,
    pub sample: &'a Digest,
    pub rubric: &'a RubricId,
    pub answer: &'a Answer,
}

/// The adjudicator's own answer, on a blank form.
pub(super) fn begin(tables: &Connection, entry: &Entry, step: &Step<'_>) -> Applied {
    may_settle(tables, entry, step)?;
    write(
        tables,
        "INSERT INTO adjudication_first (id, seq, sample, actor) VALUES (?, ?, ?, ?)",
        params![entry.id.as_bytes(), entry.seq, step.sample.0, entry.actor],
    )
}

/// The answer that settles the dispute, and the decisions it settles: all that stand.
pub(super) fn settle(
    tables: &Connection,
    entry: &Entry,
    step: &Step<'_>,
    first: Uuid,
    cause: Cause,
    settles: &[Uuid],
) -> Applied {
    may_settle(tables, entry, step)?;
    let began = exists(
        tables,
        "SELECT 1 FROM adjudication_first WHERE id = ? AND sample = ? AND actor = ?",
        params![first.as_bytes(), step.sample.0, entry.actor],
    )?;
    rule(began, || {
        format!(
            "`{}` has not answered sample {} first",
            entry.actor,
            step.sample.short()
        )
    })?;
    let stand: BTreeSet<[u8; 16]> = standing(tables, step.sample)?
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let named: BTreeSet<[u8; 16]> = settles.iter().map(|id| *id.as_bytes()).collect();
    rule(stand == named && named.len() == settles.len(), || {
        "an adjudication names the decisions that stand, each once".to_owned()
    })?;
    write(
        tables,
        "INSERT INTO adjudication (id, seq, queue, sample, actor, verdict, origin, cause) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            entry.id.as_bytes(),
            entry.seq,
            step.queue.as_bytes(),
            step.sample.0,
            entry.actor,
            step.answer.verdict.as_str(),
            step.answer.origin.map(|origin| origin.as_str()),
            cause.as_str(),
        ],
    )?;
    for decision in &named {
        write(
            tables,
            "INSERT INTO adjudication_settles (adjudication, decision) VALUES (?, ?)",
            params![entry.id.as_bytes(), decision],
        )?;
    }
    Ok(())
}

fn may_settle(tables: &Connection, entry: &Entry, step: &Step<'_>) -> Applied {
    let role = role_of(tables, &entry.actor)?;
    rule(role.is_some_and(Role::may_promote), || {
        format!(
            "`{}` is no curator and no lead; only they may adjudicate",
            entry.actor
        )
    })?;
    let asked = rubrics::asked(tables, step.queue)?;
    rule(asked.as_ref() == Some(step.rubric), || {
        format!("the queue does not ask rubric `{}`", step.rubric)
    })?;
    rule(step.answer.verdict != Verdict::Skip, || {
        "a skip settles nothing".to_owned()
    })?;
    rule(
        step.answer.verdict != Verdict::Exclude || !step.answer.reason.trim().is_empty(),
        || "an exclusion needs a reason".to_owned(),
    )?;
    rule(!has_reviewed(tables, &entry.actor, step.sample)?, || {
        format!(
            "`{}` reviewed sample {} and cannot settle it",
            entry.actor,
            step.sample.short()
        )
    })?;
    rule(is_disputed(tables, step.sample)?, || {
        format!("sample {} is not in dispute", step.sample.short())
    })
}

fn has_reviewed(tables: &Connection, name: &str, sample: &Digest) -> Result<bool, Breach> {
    exists(
        tables,
        "SELECT 1 FROM decision WHERE sample = ? AND actor = ? AND verdict <> 'skip'",
        params![sample.0, name],
    )
}

fn is_disputed(tables: &Connection, sample: &Digest) -> Result<bool, Breach> {
    let standing = standing(tables, sample)?;
    let differ = standing.iter().any(|(_, verdict)| *verdict != standing[0].1);
    Ok(differ && is_adjudicated(tables, sample)?.is_none())
}
