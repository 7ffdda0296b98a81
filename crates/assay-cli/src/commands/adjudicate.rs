//! Disputes: list, answer first, look, settle.

use std::collections::BTreeMap;

use assay_model::{Code, Fault, Origin};
use assay_workbench::ledger::{Answer, Cause, Verdict};
use assay_workbench::reviewing::{Stamp, adjudication};
use serde_json::json;

use super::Place;
use super::decisions::{actor, digest};
use crate::arguments::{AdjudicateCommand, AnswerArguments};
use crate::output::Output;

pub fn adjudicate(place: &Place, command: &AdjudicateCommand, output: &Output) -> Result<(), Fault> {
    match command {
        AdjudicateCommand::List { actor } => list(place, actor.as_deref(), output),
        AdjudicateCommand::Show { sample, actor } => show(place, sample, actor.as_deref(), output),
        AdjudicateCommand::Answer(arguments) => {
            let (sample, answer) = (digest(&arguments.sample)?, answer(arguments)?);
            let mut ledger = place.open()?.ledger_writer()?;
            let stamp = Stamp::now(actor(&ledger, arguments.actor.as_deref())?);
            let entry = adjudication::begin(&mut ledger, &stamp, &sample, &answer, "")?;
            output.result(&json!({"entry": entry.seq, "sample": sample}), || {
                format!("Saved #{}; the reviewers' answers are open to you now", entry.seq)
            })
        }
        AdjudicateCommand::Settle {
            answer: arguments,
            cause,
        } => {
            let cause = Cause::parse(&cause.replace('-', "_")).ok_or_else(|| {
                unknown(
                    cause,
                    "cause",
                    "say ambiguous-text, guideline-gap, slip, edge-case or true-difference",
                )
            })?;
            let (sample, answer) = (digest(&arguments.sample)?, answer(arguments)?);
            let mut ledger = place.open()?.ledger_writer()?;
            let stamp = Stamp::now(actor(&ledger, arguments.actor.as_deref())?);
            let entry = adjudication::settle(&mut ledger, &stamp, &sample, &answer, "", cause)?;
            output.result(
                &json!({"entry": entry.seq, "sample": sample, "cause": cause}),
                || format!("Saved #{}: settled as {}", entry.seq, answer.verdict.as_str()),
            )
        }
    }
}

fn list(place: &Place, named: Option<&str>, output: &Output) -> Result<(), Fault> {
    let ledger = place.open()?.ledger()?;
    let disputes = adjudication::disputes(&ledger, &actor(&ledger, named)?)?;
    let rows: Vec<_> = disputes
        .iter()
        .map(|dispute| {
            let distance = &dispute.distance;
            json!({
                "sample": dispute.sample, "queue": dispute.queue.terms.name, "begun": dispute.begun,
                "distance": {"verdict": distance.verdict, "origins": distance.origins, "widest_score": distance.widest},
            })
        })
        .collect();
    output.result(&rows, || {
        let line = |dispute: &adjudication::Dispute| {
            let begun = if dispute.begun { "answered" } else { "sealed  " };
            format!("{}  {begun}  {}\n", dispute.sample, dispute.queue.terms.name)
        };
        disputes.iter().map(line).collect()
    })
}

fn show(place: &Place, sample: &str, named: Option<&str>, output: &Output) -> Result<(), Fault> {
    let ledger = place.open()?.ledger()?;
    let answers = adjudication::answers(&ledger, &actor(&ledger, named)?, &digest(sample)?)?;
    let rows: Vec<_> = answers
        .iter()
        .map(|unnamed| json!({"answer": unnamed.answer, "note": unnamed.note}))
        .collect();
    output.result(&rows, || {
        let line = |unnamed: &adjudication::Unnamed| {
            format!(
                "{:<8} {} {}\n",
                unnamed.answer.verdict.as_str(),
                unnamed.answer.reason,
                unnamed.note
            )
        };
        answers.iter().map(line).collect()
    })
}

fn answer(arguments: &AnswerArguments) -> Result<Answer, Fault> {
    let verdict = Verdict::parse(&arguments.verdict)
        .ok_or_else(|| unknown(&arguments.verdict, "verdict", "say approve, exclude or unsure"))?;
    let mut scores = BTreeMap::new();
    for score in &arguments.score {
        let read = score
            .split_once('=')
            .and_then(|(criterion, score)| Some((criterion.to_owned(), score.parse().ok()?)));
        let (criterion, score) =
            read.ok_or_else(|| unknown(score, "score", "write CRITERION=SCORE, such as safe=3"))?;
        scores.insert(criterion, score);
    }
    let origin = arguments.origin.as_deref().map(|word| {
        Origin::parse(word).ok_or_else(|| unknown(word, "origin", "say human, machine, mixed or unknown"))
    });
    Ok(Answer {
        verdict,
        reason: arguments.reason.clone(),
        labels: arguments.label.clone(),
        scores,
        origin: origin.transpose()?,
        confidence: None,
    })
}

fn unknown(word: &str, what: &str, remedy: &str) -> Fault {
    let word = assay_model::fault::one_line(word);
    Fault::new(Code::Usage, format!("`{word}` is no {what}"), remedy)
}
