//! Which questions does a reviewer answer, and is an answer one of theirs?

use assay_ledger::{Answer, Criterion, Draft, Event, Label, Ledger, Rubric, RubricId, Verdict};
use assay_model::{Code, Fault};

use crate::{Stamp, record};

/// The rubric that every workspace starts with: `general@1`. Its words fit any domain.
pub fn general() -> Rubric {
    let label = |(key, name): (u64, &str)| Label {
        key,
        name: name.to_owned(),
    };
    let criterion = |id: &str, name: &str, guidance: &str| Criterion {
        id: id.to_owned(),
        name: name.to_owned(),
        guidance: guidance.to_owned(),
        max: 4,
    };
    Rubric {
        id: RubricId {
            name: "general".to_owned(),
            version: 1,
        },
        labels: (1..)
            .zip([
                "Typical",
                "Rare case",
                "Expert knowledge",
                "Needs context",
                "Boilerplate",
                "Personal details",
            ])
            .map(label)
            .collect(),
        criteria: vec![
            criterion(
                "correct",
                "Correct",
                "1: wrong in substance. 2: an error that matters. 3: right but for a detail. 4: right throughout.",
            ),
            criterion(
                "safe",
                "Safe",
                "1: following it does harm. 2: a needed warning is missing. 3: safe with care. 4: safe as it stands.",
            ),
            criterion(
                "complete",
                "Complete",
                "1: the point is missing. 2: much is missing. 3: a detail is missing. 4: nothing is missing.",
            ),
            criterion(
                "plain",
                "Plain",
                "1: cannot be followed. 2: hard to follow. 3: clear to the trained. 4: clear to whom it is meant for.",
            ),
        ],
        exclude_reasons: [
            "Wrong or misleading",
            "Unsafe",
            "Machine-made",
            "Duplicate or template",
            "Off topic",
            "Damaged or unreadable",
            "Personal details",
            "Wrong language",
            "Rights unclear",
        ]
        .map(str::to_owned)
        .to_vec(),
    }
}

/// The default rubric, recorded in the ledger the first time it is needed.
pub fn ensure_general(ledger: &mut Ledger, stamp: &Stamp) -> Result<RubricId, Fault> {
    let rubric = general();
    let id = rubric.id.clone();
    if ledger.rubric(&id)?.is_none() {
        record(
            ledger,
            Draft::new(stamp.entry, stamp.at, &stamp.actor, Event::RubricAdded { rubric }),
        )?;
    }
    Ok(id)
}

/// The rubric with this id, or a fault that lists those recorded.
pub fn find(ledger: &Ledger, id: &RubricId) -> Result<Rubric, Fault> {
    if let Some(rubric) = ledger.rubric(id)? {
        return Ok(rubric);
    }
    let known: Vec<String> = ledger.rubrics()?.iter().map(RubricId::to_string).collect();
    Err(Fault::new(
        Code::Usage,
        format!("there is no rubric `{id}`"),
        format!("known: {}", known.join(", ")),
    ))
}

/// Whether no later version of this rubric was recorded.
pub(crate) fn is_current(ledger: &Ledger, id: &RubricId) -> Result<bool, Fault> {
    Ok(!ledger
        .rubrics()?
        .iter()
        .any(|other| other.name == id.name && other.version > id.version))
}

/// Puts an answer into its recorded form: trimmed reason, labels in the rubric's order.
///
/// Refuses what the rubric does not ask: unknown labels, unknown criteria, scores out of range, and
/// an exclusion without a reason.
pub fn settle(rubric: &Rubric, answer: &Answer) -> Result<Answer, Fault> {
    let refuse = |what: String, remedy: String| Err(Fault::new(Code::Usage, what, remedy));
    let reason = answer.reason.trim().to_owned();
    if answer.verdict == Verdict::Exclude && reason.is_empty() {
        return refuse(
            "an exclusion needs a reason".to_owned(),
            format!("say why, for example: {}", rubric.exclude_reasons.join(", ")),
        );
    }
    for label in &answer.labels {
        if !rubric.labels.iter().any(|known| known.name == *label) {
            let known: Vec<&str> = rubric.labels.iter().map(|label| label.name.as_str()).collect();
            return refuse(
                format!("rubric {} has no label `{label}`", rubric.id),
                format!("its labels: {}", known.join(", ")),
            );
        }
    }
    for (id, score) in &answer.scores {
        let Some(criterion) = rubric.criteria.iter().find(|criterion| criterion.id == *id) else {
            let known: Vec<&str> = rubric
                .criteria
                .iter()
                .map(|criterion| criterion.id.as_str())
                .collect();
            return refuse(
                format!("rubric {} has no criterion `{id}`", rubric.id),
                format!("its criteria: {}", known.join(", ")),
            );
        };
        if !(1..=criterion.max).contains(score) {
            return refuse(
                format!("score {score} for `{id}` is out of range"),
                format!("give a whole number from 1 to {}", criterion.max),
            );
        }
    }
    let given = |label: &&Label| answer.labels.contains(&label.name);
    let labels = rubric
        .labels
        .iter()
        .filter(given)
        .map(|label| label.name.clone())
        .collect();
    Ok(Answer {
        reason,
        labels,
        ..answer.clone()
    })
}
