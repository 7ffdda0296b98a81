//! What does an entry say, in words a person reads?

use assay_ledger::{BulkAct, BulkTerms, EarlierAnswers, Entry, Event, Ledger, Verdict};
use assay_model::Fault;

use crate::verdict;

/// The entry in words: `Approve`, `Undo`, `Queue Health check, 200 samples`. The title of the sample is the caller's.
pub fn describe(entry: &Entry) -> String {
    match &entry.event {
        Event::PersonAdded { name, role } => format!("Add {name} as {}", role.as_str()),
        Event::RubricAdded { rubric } => format!("Rubric {}", rubric.id),
        Event::RubricMoved {
            to, answers, reason, ..
        } => format!(
            "Ask {to} from now on, earlier answers {}: {reason}",
            answers_word(answers)
        ),
        Event::QueueCreated { terms } => format!("Queue {}, {} samples", terms.name, terms.size),
        Event::Decided { answer, .. } if answer.reason.is_empty() => verdict_word(answer.verdict).to_owned(),
        Event::Decided { answer, .. } => format!("{}: {}", verdict_word(answer.verdict), answer.reason),
        Event::Undone { reason: None, .. } => "Undo".to_owned(),
        Event::Undone {
            reason: Some(reason), ..
        } => format!("Amendment, taken back: {reason}"),
        Event::Redone { .. } => "Redo".to_owned(),
        Event::AdjudicationBegun { .. } => "Answer a disputed sample, others sealed".to_owned(),
        Event::Adjudicated { answer, cause, .. } => {
            format!(
                "Settle: {}, {}",
                verdict_word(answer.verdict),
                cause.as_str().replace('_', " ")
            )
        }
        Event::PackIssued { recipient, .. } => format!("Issue a pack to {recipient}"),
        Event::PackOpened { recipient, .. } => format!("Open a pack for {recipient}"),
        Event::PackForked { place, .. } => format!("Quarantine a pack from act {place}: two returns differ"),
        Event::GoldPromoted { reason, .. } => format!("Promote to gold: {reason}"),
        Event::GoldRevoked { reason, .. } => format!("Revoke from gold: {reason}"),
        Event::GoldFrozen {
            number, size, reason, ..
        } => format!("Freeze gold set {number}, {size} samples: {reason}"),
        Event::GoldExported {
            purpose,
            number,
            size,
            ..
        } => {
            let which = number.map_or(String::new(), |number| format!(" set {number}"));
            format!("Export gold{which}, {size} samples: {purpose}")
        }
        Event::KeyAdded { public, replaces, .. } => {
            let word = if replaces.is_some() {
                "Replace the key by"
            } else {
                "Claim the key"
            };
            format!("{word} {}", public.name())
        }
        Event::KeyRevoked { public, reason, .. } => format!("Revoke the key {}: {reason}", public.name()),
        Event::SignedOff { terms, .. } => {
            format!("Sign {}@{}: {}", terms.dataset, terms.snapshot, terms.meaning)
        }
        Event::SignOffJoined { .. } => "Sign too".to_owned(),
        Event::SignOffWithdrawn { reason, .. } => format!("Withdraw a sign-off: {reason}"),
        Event::Flagged { raised: true, .. } => "Flag".to_owned(),
        Event::Flagged { raised: false, .. } => "Take the flag down".to_owned(),
        Event::SliceDefined { slice, .. } => {
            format!(
                "Slice {}, {}: {}",
                slice.name,
                slice.tier.as_str().replace('_', " "),
                slice.filter
            )
        }
        Event::SliceRemoved { name, reason } => format!("Remove slice {name}: {reason}"),
        Event::TrainingReleased {
            dataset,
            snapshot,
            held,
            reason,
            ..
        } => match held.is_none() {
            true => format!("Release {dataset}@{snapshot} for training"),
            false => format!(
                "Release {dataset}@{snapshot} for training with {} gold samples: {reason}",
                held.exact + held.near
            ),
        },
        Event::ReleaseWritten { release, .. } => format!(
            "Write a release of {}@{}: {} samples, seed {}",
            release.dataset, release.snapshot, release.samples, release.seed
        ),
        Event::TrainingReleaseWithdrawn { reason, .. } => {
            format!("Take a release for training back: {reason}")
        }
        Event::IncidentReported {
            title,
            happened,
            severity,
            ..
        } => format!("Incident of {happened}, {}: {title}", severity.as_str()),
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
        Event::BulkActed { terms } => format!("{} in bulk: {}", bulk_words(terms), terms.reason),
        Event::BulkWithdrawn { .. } => "Take a bulk act back".to_owned(),
        Event::CardTextWritten { dataset, section } => format!(
            "Write on the card of {dataset}: {}",
            section.as_str().replace('_', " ")
        ),
        Event::KeepPolicyChosen { policy, reason } => format!("Keep policy {}: {reason}", policy.as_str()),
        Event::DuplicateJudgementWithdrawn { reason, .. } => {
            format!("Withdraw a judgement about duplicates: {reason}")
        }
    }
}

fn bulk_words(terms: &BulkTerms) -> String {
    let samples = match terms.size {
        1 => "1 sample".to_owned(),
        several => format!("{several} samples"),
    };
    match &terms.act {
        BulkAct::Exclude => format!("Exclude {samples}"),
        BulkAct::Tag(tag) => format!("Tag {samples} {tag}"),
        BulkAct::Route(person) => format!("Route {samples} to {person}"),
    }
}

fn answers_word(answers: &EarlierAnswers) -> &'static str {
    match answers {
        EarlierAnswers::StillValid => "stand",
        EarlierAnswers::AskAgain => "are asked again",
        EarlierAnswers::Mapped(_) => "are mapped",
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
        | Event::Flagged { sample, .. }
        | Event::AdjudicationBegun { sample, .. }
        | Event::Adjudicated { sample, .. }
        | Event::NotDuplicate { a: sample, .. }
        | Event::RepresentativeKept { sample, .. } => Ok(Some(*sample)),
        _ => verdict::changed_sample(ledger, entry),
    }
}
