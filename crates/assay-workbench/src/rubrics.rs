//! Rubrics as a window shows and edits them.

use assay_model::{Code, Fault};
use assay_review::rubric::{self, templates};
use assay_review::{
    Criterion, CriterionMapping, EarlierAnswers, Label, Ledger, Queue, Rubric, RubricId, RubricMapping,
    Stamp, queue,
};

use crate::review::{self, rubric_of, saved_entry};
use crate::wire::{
    EarlierAnswersChoice, RubricAddRequest, RubricAdded, RubricFollowRequest, RubricFollowed, RubricInfo,
    RubricQueue,
};

/// Every version there is, templates included: by name, the latest first.
pub fn list(ledger: &Ledger, reader: &str) -> Result<Vec<RubricInfo>, Fault> {
    let recorded = ledger.rubrics()?;
    let mut all: Vec<(Rubric, bool)> = Vec::new();
    for id in &recorded {
        all.push((rubric::find(ledger, id)?, true));
    }
    let unused = templates()
        .into_iter()
        .filter(|template| !recorded.contains(&template.id));
    all.extend(unused.map(|template| (template, false)));
    all.sort_by(|(a, _), (b, _)| (&a.id.name, b.id.version).cmp(&(&b.id.name, a.id.version)));
    let queues = queues_by_rubric(ledger, reader)?;
    all.iter()
        .enumerate()
        .map(|(place, (rubric, recorded))| {
            let entry = match ledger.rubric_entry(&rubric.id)? {
                Some(seq) => ledger.entry(seq)?,
                None => None,
            };
            let (added, added_by) = entry.map_or_else(Default::default, |entry| (entry.at, entry.actor));
            Ok(RubricInfo {
                id: rubric.id.to_string(),
                latest: place == 0 || all[place - 1].0.id.name != rubric.id.name,
                rubric: rubric_of(rubric),
                recorded: *recorded,
                added,
                added_by,
                queues: queues
                    .iter()
                    .filter(|(id, _)| *id == rubric.id)
                    .map(|(_, queue)| queue.clone())
                    .collect(),
            })
        })
        .collect()
}

fn queues_by_rubric(ledger: &Ledger, reader: &str) -> Result<Vec<(RubricId, RubricQueue)>, Fault> {
    ledger
        .queues()?
        .iter()
        .map(|queue| {
            let asking = RubricQueue {
                queue: queue.id.to_string(),
                name: queue.terms.name.clone(),
                answers: answers_known(ledger, reader, queue)?,
            };
            Ok((rubric::asked(ledger, queue)?.id, asking))
        })
        .collect()
}

/// Answers that stand in a queue, as far as `reader` may know.
fn answers_known(ledger: &Ledger, reader: &str, queue: &Queue) -> Result<u64, Fault> {
    match ledger.seen_by(reader)?.may_sum(queue.id)? {
        true => Ok(ledger.standing_in(queue.id)?.len() as u64),
        false => Ok(ledger.answers(queue.id, reader)?.len() as u64),
    }
}

/// Records the next version of a rubric; on disk when it returns.
pub fn add(ledger: &mut Ledger, stamp: &Stamp, request: &RubricAddRequest) -> Result<RubricAdded, Fault> {
    let labels = (1..).zip(&request.labels);
    let rubric = Rubric {
        id: RubricId {
            name: request.name.trim().to_owned(),
            version: 1,
        },
        labels: labels
            .map(|(key, name)| Label {
                key,
                name: name.trim().to_owned(),
            })
            .collect(),
        criteria: request
            .criteria
            .iter()
            .map(|criterion| Criterion {
                id: criterion.id.trim().to_owned(),
                name: criterion.name.trim().to_owned(),
                guidance: criterion.guidance.trim().to_owned(),
                max: criterion.max,
            })
            .collect(),
        exclude_reasons: request
            .exclude_reasons
            .iter()
            .map(|reason| reason.trim().to_owned())
            .collect(),
    };
    let added = rubric::add(ledger, stamp, &rubric)?;
    Ok(RubricAdded {
        id: added.id.to_string(),
        saved: added.entry.as_ref().map(saved_entry),
    })
}

/// Gives a queue a later version; on disk when it returns.
pub fn follow(
    ledger: &mut Ledger,
    stamp: &Stamp,
    request: &RubricFollowRequest,
) -> Result<RubricFollowed, Fault> {
    let to = request.to.parse().map_err(|what| {
        Fault::new(
            Code::Usage,
            format!("`{}`: {what}", request.to),
            "such as general@2",
        )
    })?;
    let queue = queue::find(ledger, &request.queue)?;
    let entry = rubric::follow(ledger, stamp, &queue, &to, earlier(request), &request.reason)?;
    Ok(RubricFollowed {
        saved: saved_entry(&entry),
        queue: review::info(ledger, &queue, &stamp.actor)?,
    })
}

fn earlier(request: &RubricFollowRequest) -> EarlierAnswers {
    match request.answers {
        EarlierAnswersChoice::StillValid => EarlierAnswers::StillValid,
        EarlierAnswersChoice::AskAgain => EarlierAnswers::AskAgain,
        EarlierAnswersChoice::Map => EarlierAnswers::Mapped(RubricMapping {
            labels: request.labels.clone(),
            criteria: request
                .criteria
                .iter()
                .map(|(id, map)| {
                    let mapping = CriterionMapping {
                        to: map.to.clone(),
                        scores: map.scores.clone(),
                    };
                    (id.clone(), mapping)
                })
                .collect(),
        }),
    }
}
