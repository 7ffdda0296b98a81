//! Disputes as a window shows them: listed, answered first, looked at, settled.

use assay_model::{Digest, Fault};
use assay_review::adjudication::{self, Distance};
use assay_review::{Cause, Entry, Ledger, Stamp, rubric};

use crate::decisions::Decided;
use crate::review::{answer_from, answer_to_wire, rubric_of, saved_entry};
use crate::wire::{
    Answer, Dispute, DisputeCause, DisputeDetail, DisputeSettled, Disputes, OwnAnswer, SettledDispute,
};
use crate::{gold, keeping, verdicts};

/// Open disputes that this person may settle, the worst first, and what was settled.
pub fn disputes(ledger: &Ledger, adjudicator: &str) -> Result<Disputes, Fault> {
    let found = adjudication::disputes(ledger, adjudicator)?;
    let open = found
        .iter()
        .map(|dispute| row(ledger, dispute))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Disputes {
        not_yours: ledger.disputed()?.len() as u64 - open.len() as u64,
        open,
        settled: settled(ledger)?,
        read_by_several: Decided::seen(&ledger.seen_by(adjudicator)?)?.read_by_several(),
    })
}

fn row(ledger: &Ledger, dispute: &adjudication::Dispute) -> Result<Dispute, Fault> {
    let detail = keeping::detail(ledger, &dispute.sample, &Decided::default())?;
    Ok(Dispute {
        digest: dispute.sample.to_string(),
        title: keeping::title(ledger, &dispute.sample)?,
        domain: gold::dimension(&detail, "domain"),
        language: gold::language(&detail),
        queue: dispute.queue.id.to_string(),
        queue_name: dispute.queue.terms.name.clone(),
        distance: dispute.distance.share(),
        differs_in: differs_in(&dispute.distance),
        begun: dispute.begun,
    })
}

fn differs_in(distance: &Distance) -> Vec<String> {
    let mut words = Vec::new();
    if distance.verdict > 0 {
        words.push("verdict".to_owned());
    }
    if distance.origins > 0 {
        words.push("origin".to_owned());
    }
    if let Some(criterion) = &distance.criterion {
        words.push(format!("{criterion} by {}", distance.widest));
    }
    words
}

fn settled(ledger: &Ledger) -> Result<Vec<SettledDispute>, Fault> {
    let mut all: Vec<_> = ledger.adjudications()?.into_values().collect();
    all.sort_by_key(|settled| std::cmp::Reverse(settled.seq));
    all.iter()
        .map(|settled| {
            let at = ledger
                .entry(settled.seq)?
                .map(|entry| entry.at)
                .unwrap_or_default();
            Ok(SettledDispute {
                digest: settled.sample.to_string(),
                title: keeping::title(ledger, &settled.sample)?,
                verdict: verdicts::to_wire(settled.verdict),
                cause: cause_to_wire(settled.cause),
                by: settled.actor.clone(),
                at,
                seq: settled.seq,
            })
        })
        .collect()
}

/// One dispute with its sample. The reviewers' answers come once this person has answered.
pub fn detail(ledger: &Ledger, adjudicator: &str, sample: &Digest) -> Result<DisputeDetail, Fault> {
    let dispute = adjudication::find(ledger, adjudicator, sample)?;
    let questions = rubric::asked(ledger, &dispute.queue)?;
    let own = adjudication::own_answer(ledger, adjudicator, sample)?;
    let answers = match &own {
        None => Vec::new(),
        Some(_) => adjudication::answers(ledger, adjudicator, sample)?
            .into_iter()
            .map(|unnamed| answer_to_wire(unnamed.answer, unnamed.note))
            .collect(),
    };
    let own = own
        .map(|(answer, entry)| {
            let note = ledger.note(entry.id)?.unwrap_or_default();
            Ok::<_, Fault>(OwnAnswer {
                answer: answer_to_wire(answer, note),
                saved: saved_entry(&entry),
            })
        })
        .transpose()?;
    Ok(DisputeDetail {
        sample: keeping::detail(ledger, sample, &Decided::default())?,
        rubric: rubric_of(&questions),
        blurred: dispute
            .queue
            .terms
            .slice
            .as_ref()
            .is_some_and(|slice| slice.blurred),
        dispute: row(ledger, &dispute)?,
        own,
        answers,
    })
}

/// Records the adjudicator's own answer; on disk when it returns.
pub fn begin(
    ledger: &mut Ledger,
    stamp: &Stamp,
    sample: &Digest,
    answer: &Answer,
) -> Result<DisputeDetail, Fault> {
    adjudication::begin(ledger, stamp, sample, &answer_from(answer)?, &answer.note)?;
    detail(ledger, &stamp.actor, sample)
}

/// Settles a dispute; on disk when it returns.
pub fn settle(
    ledger: &mut Ledger,
    stamp: &Stamp,
    sample: &Digest,
    answer: &Answer,
    cause: DisputeCause,
) -> Result<DisputeSettled, Fault> {
    let entry: Entry = adjudication::settle(
        ledger,
        stamp,
        sample,
        &answer_from(answer)?,
        &answer.note,
        cause_from_wire(cause),
    )?;
    Ok(DisputeSettled {
        saved: saved_entry(&entry),
        left: adjudication::may_settle(ledger, &stamp.actor)?.len() as u64,
    })
}

fn cause_to_wire(cause: Cause) -> DisputeCause {
    match cause {
        Cause::AmbiguousText => DisputeCause::AmbiguousText,
        Cause::GuidelineGap => DisputeCause::GuidelineGap,
        Cause::Slip => DisputeCause::Slip,
        Cause::EdgeCase => DisputeCause::EdgeCase,
        Cause::TrueDifference => DisputeCause::TrueDifference,
    }
}

fn cause_from_wire(cause: DisputeCause) -> Cause {
    match cause {
        DisputeCause::AmbiguousText => Cause::AmbiguousText,
        DisputeCause::GuidelineGap => Cause::GuidelineGap,
        DisputeCause::Slip => Cause::Slip,
        DisputeCause::EdgeCase => Cause::EdgeCase,
        DisputeCause::TrueDifference => Cause::TrueDifference,
    }
}
