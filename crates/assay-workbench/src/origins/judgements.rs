//! Reviewers' answers about who made a sample, as evidence.
//!
//! Each person counts once, with their latest standing answer in any queue. Reviewers who disagree are equally strong, until
//! someone settles it. What was said blind waits until all who were asked have answered, lest a peer reads it off the origin.

use std::collections::{HashMap, HashSet};

use assay_index::{AddedRow, Addition, AdditionKind, Index, Spoken};
use assay_ledger::{Adjudication, Confidence, Decision, Event, Ledger};
use assay_model::{Digest, Evidence, EvidenceKind, Fault, Origin, SourceClass};
use assay_review::standing::{self, Status};

use super::{Brought, Difference, Gone};

/// How many answers are not in the index as they stand.
pub(super) fn pending(index: &Index, ledger: &Ledger) -> Result<u64, Fault> {
    let standing: HashSet<String> = standing(ledger)?
        .into_iter()
        .map(|(_, decision)| decision.id.to_string())
        .collect();
    let known: HashSet<String> = keys(index)?.into_keys().collect();
    Ok(standing.symmetric_difference(&known).count() as u64)
}

/// Answers to add, and answers that no longer stand.
pub(super) fn difference(index: &Index, ledger: &Ledger, now: &str) -> Result<Difference, Fault> {
    let mut known = keys(index)?;
    let mut difference = Difference::default();
    for (origin, decision) in standing(ledger)? {
        if known.remove(&decision.id.to_string()).is_none() {
            difference.brought.push(brought(ledger, origin, &decision)?);
        }
    }
    // Only the person who answered can take an answer back or give another.
    difference.gone = known
        .into_iter()
        .map(|(key, by)| Gone {
            kind: AdditionKind::Judgement,
            key,
            by,
            at: now.to_owned(),
            entry: None,
        })
        .collect();
    difference.gone.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(difference)
}

/// Answers in the index: the entry's id and who gave it.
fn keys(index: &Index) -> Result<HashMap<String, String>, Fault> {
    let additions = index.additions(AdditionKind::Judgement)?;
    Ok(additions
        .into_iter()
        .map(|addition| (addition.key, addition.actor))
        .collect())
}

fn standing(ledger: &Ledger) -> Result<Vec<(Origin, Decision)>, Fault> {
    let mut standing = Vec::new();
    ledger.each_standing(|decision| {
        if let Some(origin) = decision.origin {
            standing.push((origin, decision));
        }
    })?;
    standing.sort_by_key(|(_, decision)| decision.seq);
    let blind: HashSet<_> = ledger
        .queues()?
        .into_iter()
        .filter(|queue| queue.terms.blind)
        .map(|queue| queue.id)
        .collect();
    let settled = ledger.adjudications()?;
    let mut known = Vec::with_capacity(standing.len());
    for (origin, decision) in standing {
        let open = !blind.contains(&decision.queue) || is_decided(ledger, &decision.sample)?;
        if open && agrees(settled.get(&decision.sample), origin) {
            known.push((origin, decision));
        }
    }
    Ok(known)
}

/// Whether all who were asked have answered alike, or the sample was settled or taken into gold.
fn is_decided(ledger: &Ledger, sample: &Digest) -> Result<bool, Fault> {
    Ok(!matches!(
        standing::status(ledger, sample)?,
        Status::Unassigned | Status::InReview { .. } | Status::Disputed
    ))
}

/// An adjudicator's judgement of the origin outweighs those it settled.
fn agrees(settled: Option<&Adjudication>, origin: Origin) -> bool {
    settled
        .and_then(|settled| settled.origin)
        .is_none_or(|said| said == origin)
}

fn brought(ledger: &Ledger, origin: Origin, decision: &Decision) -> Result<Brought, Fault> {
    let entry = ledger.entry(decision.seq)?;
    let (at, said) = match entry.map(|entry| (entry.at, entry.event)) {
        Some((at, Event::Decided { answer, .. })) => (at, answer.confidence),
        _ => {
            return Err(Fault::internal(
                "reading a judgement",
                format!("entry {} is not a decision", decision.seq),
            ));
        }
    };
    let sure = said.map_or(String::new(), |said| format!(", {} confidence", said.as_str()));
    let evidence = Evidence {
        part: None,
        kind: EvidenceKind::ReviewerJudgement,
        origin,
        source_class: match origin {
            Origin::Human => SourceClass::HumanAuthored,
            Origin::Machine => SourceClass::Synthetic,
            Origin::Mixed | Origin::Unknown => SourceClass::Unknown,
        },
        confidence: confidence(said),
        source: format!("reviewer {}", decision.actor),
        value: format!("{}{sure}", origin.as_str()),
        generator: None,
        record: None,
    };
    Ok(Brought {
        addition: Addition {
            kind: AdditionKind::Judgement,
            key: decision.id.to_string(),
            name: format!("entry {}", decision.seq),
            actor: decision.actor.clone(),
            at,
            entry: Some(decision.seq),
        },
        rows: vec![AddedRow {
            digest: decision.sample,
            spoken: Spoken::All,
            evidence,
        }],
        compared: Vec::new(),
    })
}

/// What a reviewer's words come to as a number.
fn confidence(said: Option<Confidence>) -> f64 {
    match said {
        Some(Confidence::High) => 0.95,
        Some(Confidence::Medium) => 0.8,
        Some(Confidence::Low) => 0.6,
        None => 0.9,
    }
}
