//! What is the state of a sample, computed from entries?

use std::collections::HashMap;
use std::fmt;

use assay_ledger::{Decision, Ledger, Sight, Verdict};
use assay_model::{Digest, Fault};

/// The state of a sample. Never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// In no queue.
    Unassigned,
    /// Answered by `answered` of the `of` reviewers it waits for.
    InReview {
        answered: u64,
        of: u64,
    },
    /// All answered, all alike, none of the states below.
    Agreed,
    /// Standing verdicts differ.
    Disputed,
    /// They differed, and an adjudicator settled it.
    Adjudicated,
    /// Approved by all who were asked.
    GoldCandidate,
    Gold,
    Revoked,
    /// Excluded by all who were asked.
    Excluded,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unassigned => f.write_str("unassigned"),
            Self::InReview { answered, of } => write!(f, "in review ({answered} of {of})"),
            Self::Agreed => f.write_str("agreed"),
            Self::Disputed => f.write_str("disputed"),
            Self::Adjudicated => f.write_str("adjudicated"),
            Self::GoldCandidate => f.write_str("gold candidate"),
            Self::Gold => f.write_str("gold"),
            Self::Revoked => f.write_str("revoked"),
            Self::Excluded => f.write_str("excluded"),
        }
    }
}

/// The state of one sample.
///
/// Each person counts once, with their latest standing verdict in any queue; a sample waits for as
/// many people as the most demanding of its queues asks.
pub fn status(ledger: &Ledger, sample: &Digest) -> Result<Status, Fault> {
    let standing = ledger.standing(sample)?;
    state(ledger, sample, &standing)
}

/// The state of one sample as far as one person may know it: peers' answers that they may not know do not count.
pub fn status_seen(sight: &Sight<'_>, sample: &Digest) -> Result<Status, Fault> {
    state(sight.ledger(), sample, &sight.standing(sample)?)
}

fn state(ledger: &Ledger, sample: &Digest, standing: &[Decision]) -> Result<Status, Fault> {
    if let Some(record) = ledger.gold_record(sample)? {
        return Ok(if record.revoked.is_none() {
            Status::Gold
        } else {
            Status::Revoked
        });
    }
    let queues = ledger.queues_with(sample)?;
    let Some(of) = queues.iter().map(|queue| queue.terms.reviewers).max() else {
        return Ok(Status::Unassigned);
    };
    if ledger.adjudication(sample)?.is_some() {
        return Ok(Status::Adjudicated);
    }
    let verdicts: Vec<Verdict> = standing.iter().map(|decision| decision.verdict).collect();
    Ok(from_verdicts(&verdicts, of))
}

fn from_verdicts(verdicts: &[Verdict], of: u64) -> Status {
    let answered = verdicts.len() as u64;
    if verdicts.windows(2).any(|pair| pair[0] != pair[1]) {
        return Status::Disputed;
    }
    match verdicts.first() {
        Some(verdict) if answered >= of => match verdict {
            Verdict::Approve => Status::GoldCandidate,
            Verdict::Exclude => Status::Excluded,
            Verdict::Unsure | Verdict::Skip => Status::Agreed,
        },
        _ => Status::InReview { answered, of },
    }
}

/// The latest standing verdict on each sample, whoever gave it: what a grid shows. Skips decide nothing.
pub fn latest_verdicts(ledger: &Ledger) -> Result<HashMap<Digest, Verdict>, Fault> {
    let mut latest = HashMap::new();
    // Oldest first within a sample, so the last one stays.
    ledger.each_standing(|decision| {
        latest.insert(decision.sample, decision.verdict);
    })?;
    for (sample, settled) in ledger.adjudications()? {
        latest.insert(sample, settled.verdict);
    }
    Ok(latest)
}

/// One person's latest standing verdicts: what a grid may show to a reviewer who works blind.
pub fn own_verdicts(ledger: &Ledger, actor: &str) -> Result<HashMap<Digest, Verdict>, Fault> {
    let mut own = HashMap::new();
    ledger.each_standing(|decision: Decision| {
        if decision.actor == actor {
            own.insert(decision.sample, decision.verdict);
        }
    })?;
    Ok(own)
}
