//! What does an entry say, in words a person reads?

use assay_ledger::{Entry, Event, Ledger, Verdict};
use assay_model::Fault;

use crate::verdict;

/// The entry in words: `Approve`, `Undo`, `Queue Health check, 200 samples`. The title of the sample is the caller's.
pub fn describe(entry: &Entry) -> String {
    match &entry.event {
        Event::PersonAdded { name, role } => format!("Add {name} as {}", role.as_str()),
        Event::RubricAdded { rubric } => format!("Rubric {}", rubric.id),
        Event::QueueCreated { terms } => format!("Queue {}, {} samples", terms.name, terms.size),
        Event::Decided { answer, .. } if answer.reason.is_empty() => verdict_word(answer.verdict).to_owned(),
        Event::Decided { answer, .. } => format!("{}: {}", verdict_word(answer.verdict), answer.reason),
        Event::Undone { .. } => "Undo".to_owned(),
        Event::Redone { .. } => "Redo".to_owned(),
        Event::GoldPromoted { reason, .. } => format!("Promote to gold: {reason}"),
        Event::GoldRevoked { reason, .. } => format!("Revoke from gold: {reason}"),
        Event::Unsealed { .. } => "Unseal machine opinions".to_owned(),
        Event::GateWaived { waiver } => {
            format!("Waive {} until {}: {}", waiver.gate, waiver.until, waiver.reason)
        }
        Event::SyntheticMarked {
            dataset,
            generator,
            reason,
        } => format!("Mark {dataset} as output of {generator}: {reason}"),
        Event::EvidenceWithdrawn { name, reason, .. } => format!("Withdraw the evidence of {name}: {reason}"),
        Event::EvidenceRestored { name, .. } => format!("Bring the evidence of {name} back"),
        Event::SyntheticUnmarked { dataset, reason } => format!("Take the mark off {dataset}: {reason}"),
        Event::NotDuplicate { reason, .. } => format!("Not a duplicate: {reason}"),
        Event::RepresentativeKept { reason, .. } => format!("Keep this one: {reason}"),
        Event::KeepPolicyChosen { policy, reason } => format!("Keep policy {}: {reason}", policy.as_str()),
        Event::DuplicateJudgementWithdrawn { reason, .. } => {
            format!("Withdraw a judgement about duplicates: {reason}")
        }
    }
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "Approve",
        Verdict::Exclude => "Exclude",
        Verdict::Unsure => "Unsure",
        Verdict::Skip => "Skip",
    }
}

/// The sample an entry is about, if it is about one.
pub fn about(ledger: &Ledger, entry: &Entry) -> Result<Option<assay_model::Digest>, Fault> {
    match &entry.event {
        Event::GoldPromoted { sample, .. }
        | Event::GoldRevoked { sample, .. }
        | Event::Unsealed { sample, .. }
        | Event::NotDuplicate { a: sample, .. }
        | Event::RepresentativeKept { sample, .. } => Ok(Some(*sample)),
        _ => verdict::changed_sample(ledger, entry),
    }
}
