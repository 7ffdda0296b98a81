//! What is gold, what may become gold, and why not yet?

use std::collections::BTreeSet;

use assay_ledger::{
    Adjudication, BulkAct, BulkMark, Decision, Draft, Entry, Event, KeptSample, Ledger, Sight, Verdict,
};
use assay_model::{Code, Digest, Fault, Origin, Part, merkle};

use crate::{Stamp, people, queue, record, rubric};

/// What the index knows about a sample and the ledger does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleFacts {
    /// Declared or found at indexing.
    pub origin: Origin,
    /// Whether it represents its near-duplicate cluster; none where it has no duplicates or is not indexed.
    pub representative: Option<bool>,
    pub license: Option<String>,
}

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub name: &'static str,
    pub holds: bool,
    /// In words.
    pub finding: String,
    /// Whether promotion is refused while it does not hold.
    pub required: bool,
}

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

/// The live checklist of a sample.
pub fn checklist(ledger: &Ledger, sample: &Digest, facts: &SampleFacts) -> Result<Vec<Check>, Fault> {
    let standing = ledger.standing(sample)?;
    let marks = ledger.seen_whole().bulk_marks(sample)?;
    checks(ledger, sample, &standing, &marks, facts)
}

/// The same, as far as one person may know of it: answers that they may not know are neither counted nor named.
pub fn checklist_seen(sight: &Sight<'_>, sample: &Digest, facts: &SampleFacts) -> Result<Vec<Check>, Fault> {
    let marks = sight.bulk_marks(sample)?;
    checks(sight.ledger(), sample, &sight.standing(sample)?, &marks, facts)
}

fn checks(
    ledger: &Ledger,
    sample: &Digest,
    standing: &[Decision],
    marks: &[BulkMark],
    facts: &SampleFacts,
) -> Result<Vec<Check>, Fault> {
    let settled = ledger.adjudication(sample)?;
    let mut checks = vec![
        approval(standing, settled.as_ref()),
        enough_approvals(ledger, sample, standing, settled.as_ref())?,
        no_dispute(standing, settled.as_ref()),
        current_rubric(ledger, standing, settled.as_ref())?,
        origin(standing, settled.as_ref(), facts),
        representative(facts),
        license(facts),
        Check {
            name: "Not in a training release",
            holds: true,
            finding: "no releases yet".to_owned(),
            required: false,
        },
    ];
    checks.extend(
        marks
            .iter()
            .rfind(|mark| mark.act == BulkAct::Exclude)
            .map(left_out),
    );
    Ok(checks)
}

/// Whoever excluded it in bulk had not read it; whoever approved it had.
fn left_out(mark: &BulkMark) -> Check {
    Check {
        name: "Not excluded in bulk",
        holds: false,
        finding: format!("excluded in bulk by {}, #{}, unread", mark.actor, mark.seq),
        required: false,
    }
}

/// What a candidate waits for: the first required check that does not hold, then any other; `ready` for none.
pub fn waits_for(checks: &[Check]) -> String {
    let open = |required: bool| {
        checks
            .iter()
            .find(|check| !check.holds && check.required == required)
    };
    open(true)
        .or_else(|| open(false))
        .map_or_else(|| "ready".to_owned(), |check| check.finding.clone())
}

fn names(decisions: &[&Decision]) -> String {
    let names: BTreeSet<&str> = decisions.iter().map(|decision| decision.actor.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn with_verdict(standing: &[Decision], verdict: Verdict) -> Vec<&Decision> {
    standing
        .iter()
        .filter(|decision| decision.verdict == verdict)
        .collect()
}

fn approval(standing: &[Decision], settled: Option<&Adjudication>) -> Check {
    let approvals = with_verdict(standing, Verdict::Approve);
    let by_adjudicator = settled.filter(|settled| settled.verdict == Verdict::Approve);
    let finding = match by_adjudicator {
        Some(settled) => format!("approved by {}, who settled a dispute", settled.actor),
        None if approvals.is_empty() => "nobody approves it".to_owned(),
        None => format!("approved by {}", names(&approvals)),
    };
    Check {
        name: "Approved",
        holds: by_adjudicator.is_some() || !approvals.is_empty(),
        finding,
        required: true,
    }
}

/// As many approvals as the most demanding of its queues asks reviewers, or an adjudicator's.
fn enough_approvals(
    ledger: &Ledger,
    sample: &Digest,
    standing: &[Decision],
    settled: Option<&Adjudication>,
) -> Result<Check, Fault> {
    let queues = ledger.queues_with(sample)?;
    let asked = queues
        .iter()
        .map(|queue| queue.terms.reviewers)
        .max()
        .unwrap_or(1);
    let approvals = with_verdict(standing, Verdict::Approve);
    let is_blind = |decision: &&&Decision| {
        queues
            .iter()
            .any(|queue| queue.id == decision.queue && queue.terms.blind)
    };
    let blind = approvals.iter().filter(is_blind).count();
    let approved_by_adjudicator = settled.is_some_and(|settled| settled.verdict == Verdict::Approve);
    Ok(Check {
        name: "Enough approvals",
        holds: approved_by_adjudicator || approvals.len() as u64 >= asked,
        finding: format!("{} of {asked} approvals, {blind} given blind", approvals.len()),
        required: true,
    })
}

fn no_dispute(standing: &[Decision], settled: Option<&Adjudication>) -> Check {
    let name = "No open dispute";
    if let Some(settled) = settled {
        let finding = format!(
            "settled: {}, {}",
            settled.verdict.as_str(),
            settled.cause.as_str().replace('_', " ")
        );
        let holds = settled.verdict == Verdict::Approve;
        return Check {
            name,
            holds,
            finding,
            required: true,
        };
    }
    let exclusions = with_verdict(standing, Verdict::Exclude);
    let differ = standing.windows(2).any(|two| two[0].verdict != two[1].verdict);
    let finding = match (exclusions.is_empty(), differ) {
        (false, _) => format!("excluded by {}", names(&exclusions)),
        (true, true) => "verdicts differ and nobody settled it".to_owned(),
        (true, false) => "no exclusion stands".to_owned(),
    };
    Check {
        name,
        holds: exclusions.is_empty() && !differ,
        finding,
        required: true,
    }
}

fn current_rubric(
    ledger: &Ledger,
    standing: &[Decision],
    settled: Option<&Adjudication>,
) -> Result<Check, Fault> {
    let (mut asked, mut outdated) = (BTreeSet::new(), BTreeSet::new());
    let approvals = with_verdict(standing, Verdict::Approve);
    let queues = approvals.iter().map(|approval| approval.queue);
    for queue in queues.chain(settled.map(|settled| settled.queue)) {
        // An approval that still stands was carried over to what its queue asks now.
        if let Some(id) = ledger.rubric_asked(queue)? {
            if !rubric::is_current(ledger, &id)? {
                outdated.insert(id.to_string());
            }
            asked.insert(id);
        }
    }
    let holds = !asked.is_empty() && outdated.is_empty();
    let finding = match (asked.first(), outdated.is_empty()) {
        (None, _) => "no approval yet".to_owned(),
        (Some(id), true) => id.to_string(),
        (Some(_), false) => format!(
            "answered under {}, which has a later version",
            outdated.into_iter().collect::<Vec<_>>().join(", ")
        ),
    };
    Ok(Check {
        name: "Current rubric",
        holds,
        finding,
        required: false,
    })
}

/// A judgement outweighs what was declared; judgements that contradict each other leave it unknown.
fn origin(standing: &[Decision], settled: Option<&Adjudication>, facts: &SampleFacts) -> Check {
    let judged: BTreeSet<Origin> = match settled.and_then(|settled| settled.origin) {
        Some(origin) => BTreeSet::from([origin]),
        None => standing.iter().filter_map(|decision| decision.origin).collect(),
    };
    let (origin, source) = match judged.len() {
        0 => (facts.origin, "declared"),
        1 => (judged.first().copied().unwrap_or_default(), "judged"),
        _ => (Origin::Unknown, "reviewers contradict each other"),
    };
    let finding = match (judged.len(), origin) {
        (0, Origin::Unknown) => "unknown: nobody declared or judged it".to_owned(),
        _ => format!("{}, {source}", origin.as_str()),
    };
    // What is not known to be human waits; what is known to be machine-made is refused.
    Check {
        name: "Origin is human",
        holds: origin == Origin::Human,
        finding,
        required: origin == Origin::Machine,
    }
}

fn representative(facts: &SampleFacts) -> Check {
    let finding = match facts.representative {
        Some(true) => "represents its cluster",
        Some(false) => "another sample represents its cluster",
        None => "no near-duplicates known",
    };
    Check {
        name: "Representative of its cluster",
        holds: facts.representative != Some(false),
        finding: finding.to_owned(),
        required: false,
    }
}

fn license(facts: &SampleFacts) -> Check {
    let license = facts
        .license
        .as_deref()
        .map(str::trim)
        .filter(|license| !license.is_empty());
    Check {
        name: "Licence known",
        holds: license.is_some(),
        finding: license.unwrap_or("no licence declared").to_owned(),
        required: false,
    }
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
    let approvals = with_verdict(&standing, Verdict::Approve);
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
