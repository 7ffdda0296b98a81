//! What is gold, what may become gold, and by which acts?

mod checks;

use std::collections::BTreeSet;

use assay_ledger::{Decision, Draft, Entry, Event, KeptSample, Ledger, Sight, Verdict};
use assay_model::{Code, Digest, Fault, Part, merkle};

pub use checks::{Check, Released, SampleFacts, checklist, checklist_seen, waits_for};

use crate::{Stamp, people, queue, record};

/// A sample of the gold set, now or once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub sample: Digest,
    /// The promotion.
    pub seq: u64,
    pub reason: String,
    pub by: String,
    /// RFC 3339.
    pub at: String,
    pub revoked: Option<Revocation>,
}

/// Why and by whom a member was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    pub seq: u64,
    pub reason: String,
    pub by: String,
    /// RFC 3339.
    pub at: String,
}

/// Samples that somebody approves and nobody excludes, or that an adjudicator approved; not gold now; oldest first.
pub fn candidates(ledger: &Ledger) -> Result<Vec<Digest>, Fault> {
    let mut standing = Vec::new();
    ledger.each_standing(|decision| standing.push(decision))?;
    open_candidates(ledger, &standing)
}

/// The same, as far as one person may know of it.
pub fn candidates_seen(sight: &Sight<'_>) -> Result<Vec<Digest>, Fault> {
    let mut standing = Vec::new();
    sight.each_standing(|decision| standing.push(decision))?;
    open_candidates(sight.ledger(), &standing)
}

/// `standing` by sample, then oldest first.
fn open_candidates(ledger: &Ledger, standing: &[Decision]) -> Result<Vec<Digest>, Fault> {
    let members = membership(ledger)?;
    let settled = ledger.adjudications()?;
    let mut found: Vec<(u64, Digest)> = Vec::new();
    for answers in standing.chunk_by(|a, b| a.sample == b.sample) {
        let sample = answers[0].sample;
        if settled.contains_key(&sample) || answers.iter().any(|answer| answer.verdict == Verdict::Exclude) {
            continue;
        }
        let approvals = answers.iter().filter(|answer| answer.verdict == Verdict::Approve);
        found.extend(approvals.map(|answer| (answer.seq, sample)).min());
    }
    let approved = settled
        .values()
        .filter(|settled| settled.verdict == Verdict::Approve);
    found.extend(approved.map(|settled| (settled.seq, settled.sample)));
    found.sort_unstable();
    let samples = found.into_iter().map(|(_, sample)| sample);
    Ok(samples.filter(|sample| !members.contains(sample)).collect())
}

/// Makes a sample gold. For curators and leads, with a reason, while the required checks hold.
pub fn promote(
    ledger: &mut Ledger,
    stamp: &Stamp,
    kept: &KeptSample,
    facts: &SampleFacts,
    reason: &str,
) -> Result<Entry, Fault> {
    if let Some(entry) = repeated(ledger, stamp, &kept.digest, "gold_promoted")? {
        return Ok(entry);
    }
    people::keeper_of_gold(ledger, &stamp.actor)?;
    let reason = reason_given(reason, "a promotion")?;
    if ledger
        .gold_record(&kept.digest)?
        .is_some_and(|record| record.revoked.is_none())
    {
        return Err(refused(&kept.digest, "it is gold already"));
    }
    let checks = checklist(ledger, &kept.digest, facts)?;
    if let Some(check) = checks.iter().find(|check| check.required && !check.holds) {
        return Err(refused(&kept.digest, &check.finding));
    }
    ledger.keep_samples(std::slice::from_ref(kept))?;
    let standing = ledger.standing(&kept.digest)?;
    let settled = ledger.adjudication(&kept.digest)?.map(|settled| settled.id);
    let approvals = checks::with_verdict(&standing, Verdict::Approve);
    let approvals = approvals
        .iter()
        .map(|decision| decision.id)
        .chain(settled)
        .collect();
    let event = Event::GoldPromoted {
        sample: kept.digest,
        reason,
        approvals,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Takes a sample out of gold. For curators and leads, with a reason; the promotion stays in the log.
pub fn revoke(ledger: &mut Ledger, stamp: &Stamp, sample: &Digest, reason: &str) -> Result<Entry, Fault> {
    if let Some(entry) = repeated(ledger, stamp, sample, "gold_revoked")? {
        return Ok(entry);
    }
    people::keeper_of_gold(ledger, &stamp.actor)?;
    let reason = reason_given(reason, "a revocation")?;
    if ledger
        .gold_record(sample)?
        .is_none_or(|record| record.revoked.is_some())
    {
        return Err(Fault::new(
            Code::NotAllowed,
            format!("sample {sample} is not gold"),
            "see `assay gold list`",
        ));
    }
    let event = Event::GoldRevoked {
        sample: *sample,
        reason,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

fn reason_given(reason: &str, act: &str) -> Result<String, Fault> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Fault::new(
            Code::Usage,
            format!("{act} needs a reason"),
            "say why in a few words",
        ));
    }
    Ok(reason.to_owned())
}

fn refused(sample: &Digest, why: &str) -> Fault {
    Fault::new(
        Code::NotAllowed,
        format!("sample {sample} cannot become gold: {why}"),
        "see its checklist",
    )
}

/// The entry an earlier attempt with this stamp recorded.
fn repeated(ledger: &Ledger, stamp: &Stamp, sample: &Digest, kind: &str) -> Result<Option<Entry>, Fault> {
    let Some(entry) = ledger.entry_by_id(stamp.entry)? else {
        return Ok(None);
    };
    let about = match &entry.event {
        Event::GoldPromoted { sample, .. } | Event::GoldRevoked { sample, .. } => Some(sample),
        _ => None,
    };
    if about == Some(sample) && entry.event.kind() == kind && entry.actor == stamp.actor {
        return Ok(Some(entry));
    }
    Err(queue::taken(stamp, &entry))
}

/// Members and former members, latest promotion first.
pub fn list(ledger: &Ledger) -> Result<Vec<Member>, Fault> {
    let broken = |seq: u64| Fault::internal("reading the gold set", format!("entry {seq} is misplaced"));
    let mut members = Vec::new();
    for record in ledger.gold()? {
        let promotion = ledger
            .entry(record.promoted)?
            .ok_or_else(|| broken(record.promoted))?;
        let Event::GoldPromoted { reason, .. } = promotion.event else {
            return Err(broken(record.promoted));
        };
        let revoked = match record.revoked {
            None => None,
            Some(seq) => {
                let entry = ledger.entry(seq)?.ok_or_else(|| broken(seq))?;
                let Event::GoldRevoked { reason, .. } = entry.event else {
                    return Err(broken(seq));
                };
                Some(Revocation {
                    seq,
                    reason,
                    by: entry.actor,
                    at: entry.at,
                })
            }
        };
        members.push(Member {
            sample: record.sample,
            seq: record.promoted,
            reason,
            by: promotion.actor,
            at: promotion.at,
            revoked,
        });
    }
    Ok(members)
}

/// The digests that are gold now, in byte order.
pub fn membership(ledger: &Ledger) -> Result<BTreeSet<Digest>, Fault> {
    Ok(ledger
        .gold()?
        .into_iter()
        .filter(|record| record.revoked.is_none())
        .map(|record| record.sample)
        .collect())
}

/// The RFC 6962 root over the members' digests in byte order.
pub fn root(ledger: &Ledger) -> Result<Digest, Fault> {
    let members = membership(ledger)?;
    Ok(merkle::root(members.iter().map(|digest| digest.0.as_slice())))
}

/// One member as it leaves the workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportRow {
    pub member: Member,
    pub parts: Vec<Part>,
    /// The facts kept with it.
    pub facts: serde_json::Value,
}

/// Hands out each member with its kept text, by digest; stops at the first fault.
pub fn export(ledger: &Ledger, each: impl FnMut(ExportRow) -> Result<(), Fault>) -> Result<(), Fault> {
    export_of(ledger, &membership(ledger)?, each)
}

/// The same of samples that are or were gold, such as the members of a frozen set.
pub fn export_of(
    ledger: &Ledger,
    samples: &BTreeSet<Digest>,
    mut each: impl FnMut(ExportRow) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut members: Vec<Member> = list(ledger)?
        .into_iter()
        .filter(|member| samples.contains(&member.sample))
        .collect();
    members.sort_unstable_by_key(|member| member.sample);
    for member in members {
        let kept = ledger.kept_sample(&member.sample)?.ok_or_else(|| {
            Fault::new(
                Code::WorkspaceDamaged,
                format!("the text of gold sample {} is missing", member.sample),
                "restore the latest backup",
            )
        })?;
        each(ExportRow {
            member,
            parts: kept.parts,
            facts: kept.facts,
        })?;
    }
    Ok(())
}
