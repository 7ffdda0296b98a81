//! How does a rubric get its next version, and a queue the later one?

use assay_ledger::{Draft, EarlierAnswers, Entry, Event, Ledger, Queue, Role, Rubric, RubricId};
use assay_model::{Code, Fault};

use super::{file, mapping, settle};
use crate::{Stamp, people, queue, record, verdict};

/// A rubric as it stands in the ledger now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    pub id: RubricId,
    /// The entry that recorded it; none where the latest version says the same already.
    pub entry: Option<Entry>,
}

/// Records a rubric as the next version of its name. For curators and leads; the same questions twice are one version.
pub fn add(ledger: &mut Ledger, stamp: &Stamp, rubric: &Rubric) -> Result<Added, Fault> {
    keeper_of_rubrics(ledger, &stamp.actor)?;
    file::check(rubric)?;
    if let Some(entry) = ledger.entry_by_id(stamp.entry)?
        && let Event::RubricAdded { rubric: recorded } = &entry.event
    {
        let id = recorded.id.clone();
        return Ok(Added {
            id,
            entry: Some(entry),
        });
    }
    let latest = match latest(ledger, &rubric.id.name)? {
        Some(latest) => Some(latest),
        None => template_first(ledger, stamp, &rubric.id.name)?,
    };
    if let Some(latest) = &latest
        && ledger
            .rubric(latest)?
            .is_some_and(|known| same_questions(&known, rubric))
    {
        return Ok(Added {
            id: latest.clone(),
            entry: None,
        });
    }
    let id = RubricId {
        name: rubric.id.name.clone(),
        version: latest.map_or(1, |latest| latest.version + 1),
    };
    let rubric = Rubric {
        id: id.clone(),
        ..rubric.clone()
    };
    let draft = Draft::new(stamp.entry, stamp.at, &stamp.actor, Event::RubricAdded { rubric });
    Ok(Added {
        id,
        entry: Some(record(ledger, draft)?),
    })
}

/// What bears a template's name follows the template: it is recorded by the way, so that the name means it as version 1.
fn template_first(ledger: &mut Ledger, stamp: &Stamp, name: &str) -> Result<Option<RubricId>, Fault> {
    let Some(template) = super::templates()
        .into_iter()
        .find(|template| template.id.name == name)
    else {
        return Ok(None);
    };
    let by_the_way = Stamp {
        entry: queue::derived(stamp.entry, "assay template before "),
        ..stamp.clone()
    };
    ensure(ledger, &by_the_way, &template.id).map(Some)
}

/// Gives a queue a later version of its rubric, and says what becomes of the answers it holds. For curators and leads.
///
/// Refused where answers that are to stand are no answers to the later version.
pub fn follow(
    ledger: &mut Ledger,
    stamp: &Stamp,
    queue: &Queue,
    to: &RubricId,
    answers: EarlierAnswers,
    reason: &str,
) -> Result<Entry, Fault> {
    keeper_of_rubrics(ledger, &stamp.actor)?;
    let later = super::find(ledger, to)?;
    if ledger.entry_by_id(stamp.entry)?.is_none() {
        check_earlier(ledger, queue, &later, &answers)?;
    }
    let event = Event::RubricMoved {
        queue: queue.id,
        to: to.clone(),
        answers,
        reason: reason.trim().to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

fn check_earlier(
    ledger: &Ledger,
    queue: &Queue,
    later: &Rubric,
    answers: &EarlierAnswers,
) -> Result<(), Fault> {
    if *answers == EarlierAnswers::AskAgain {
        return Ok(());
    }
    for decision in ledger.standing_in(queue.id)? {
        let answer = verdict::full_answer(ledger, &decision)?.answer;
        let read = match answers {
            EarlierAnswers::Mapped(mapping) => mapping::mapped(mapping, &answer),
            EarlierAnswers::StillValid | EarlierAnswers::AskAgain => answer,
        };
        settle(later, &read).map_err(|fault| {
            Fault::new(
                Code::NotAllowed,
                format!(
                    "an answer to sample {} would not stand: {}",
                    decision.sample.short(),
                    fault.message
                ),
                "map the answers, or ask again",
            )
        })?;
    }
    Ok(())
}

/// The rubric with this id, recorded on the way if it is a template that nobody needed yet.
pub(crate) fn ensure(ledger: &mut Ledger, stamp: &Stamp, id: &RubricId) -> Result<RubricId, Fault> {
    if ledger.rubric(id)?.is_some() {
        return Ok(id.clone());
    }
    let Some(rubric) = super::templates().into_iter().find(|template| template.id == *id) else {
        return super::find(ledger, id).map(|rubric| rubric.id);
    };
    let event = Event::RubricAdded { rubric };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))?;
    Ok(id.clone())
}

fn latest(ledger: &Ledger, name: &str) -> Result<Option<RubricId>, Fault> {
    let named = ledger.rubrics()?.into_iter().filter(|id| id.name == name);
    Ok(named.max_by_key(|id| id.version))
}

fn same_questions(one: &Rubric, other: &Rubric) -> bool {
    (&one.labels, &one.criteria, &one.exclude_reasons)
        == (&other.labels, &other.criteria, &other.exclude_reasons)
}

fn keeper_of_rubrics(ledger: &Ledger, name: &str) -> Result<(), Fault> {
    if people::find(ledger, name)?.role != Role::Expert {
        return Ok(());
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!("`{name}` is neither curator nor lead; only curators and leads may change rubrics"),
        "ask a curator or a lead",
    ))
}
