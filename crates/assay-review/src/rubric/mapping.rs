//! How does an answer to one version of a rubric read under a later one?

use assay_ledger::{Answer, Decision, EarlierAnswers, Ledger, RubricMapping};
use assay_model::{Code, Fault};

/// Reads a mapping from TOML: `[labels]` earlier = "later", and `[criteria.EARLIER]` with `to` and optional `scores`
/// (`scores = { 1 = 1, 2 = 1 }`). What is not named is left out.
pub fn parse(text: &str) -> Result<RubricMapping, Fault> {
    toml::from_str(text).map_err(|error| {
        Fault::new(
            Code::Usage,
            format!("the mapping cannot be read: {}", error.message()),
            "write [labels] and [criteria.NAME] with `to`",
        )
    })
}

/// A standing decision's answer as it reads under the version that its queue asks now; verdict, reason, origin and
/// confidence are no part of a rubric and stay.
pub fn read_as(ledger: &Ledger, decision: &Decision, answer: Answer) -> Result<Answer, Fault> {
    let moves = ledger.rubric_moves(decision.queue)?;
    let later = moves.iter().filter(|(to, _)| to.version > decision.version);
    Ok(later.fold(answer, |answer, (_, answers)| match answers {
        EarlierAnswers::Mapped(mapping) => mapped(mapping, &answer),
        EarlierAnswers::StillValid | EarlierAnswers::AskAgain => answer,
    }))
}

/// One answer through one mapping. A score that the mapping does not name is left out.
pub(super) fn mapped(mapping: &RubricMapping, answer: &Answer) -> Answer {
    let labels = answer.labels.iter().filter_map(|label| mapping.labels.get(label));
    let scores = answer.scores.iter().filter_map(|(id, score)| {
        let criterion = mapping.criteria.get(id)?;
        let score = match criterion.scores.is_empty() {
            true => *score,
            false => *criterion.scores.get(&score.to_string())?,
        };
        Some((criterion.to.clone(), score))
    });
    Answer {
        labels: labels.cloned().collect(),
        scores: scores.collect(),
        ..answer.clone()
    }
}
