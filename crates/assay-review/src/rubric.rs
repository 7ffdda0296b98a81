//! Which questions does a reviewer answer, in which version, and is an answer one of theirs?

mod file;
mod mapping;
mod versions;

use assay_ledger::{Answer, Label, Ledger, Queue, Rubric, RubricId, Verdict};
use assay_model::{Code, Fault};

pub use file::{parse, templates};
pub use mapping::{parse as parse_mapping, read_as};
pub(crate) use versions::ensure;
pub use versions::{Added, add, follow};

/// The rubric that every workspace starts with: `general@1`. Its words fit any domain.
pub fn general() -> Rubric {
    templates()
        .into_iter()
        .next()
        .expect("the first template is the general one")
}

/// The version of its rubric that a queue asks now.
pub fn asked(ledger: &Ledger, queue: &Queue) -> Result<Rubric, Fault> {
    let id = ledger
        .rubric_asked(queue.id)?
        .unwrap_or_else(|| queue.terms.rubric.clone());
    find(ledger, &id)
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
