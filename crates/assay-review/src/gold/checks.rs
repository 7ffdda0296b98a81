//! What must hold before a sample may be gold, what was found, and why not yet?

use std::collections::BTreeSet;

use assay_ledger::{Adjudication, BulkAct, BulkMark, Decision, Ledger, Queue, Sight, Verdict};
use assay_model::{Digest, Fault, Origin};

use crate::{reveal, rubric};

/// What the index knows about a sample and the ledger does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleFacts {
    /// Declared or found at indexing.
    pub origin: Origin,
    /// Whether it represents its near-duplicate cluster; none where it has no duplicates or is not indexed.
    pub representative: Option<bool>,
    pub license: Option<String>,
    /// Personal data found in its text by form and check digit, in words.
    pub personal_data: Vec<String>,
    pub released: Released,
}

/// What is known of a sample and the snapshots that were released for training.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Released {
    /// Releases that it was looked for in.
    pub looked_in: u64,
    /// `NAME@N` of those that hold it as it is.
    pub exact: Vec<String>,
    /// Of those that hold only a near-duplicate of it.
    pub near: Vec<String>,
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
    let queues = ledger.queues_with(sample)?;
    let mut checks = vec![
        approval(standing, settled.as_ref()),
        enough_approvals(&queues, standing, settled.as_ref()),
        given_blind(ledger, &queues, standing, settled.as_ref())?,
        no_dispute(standing, settled.as_ref()),
        current_rubric(ledger, standing, settled.as_ref())?,
        origin(standing, settled.as_ref(), facts),
        representative(facts),
        license(facts),
        released(&facts.released),
        personal_data(&facts.personal_data),
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

pub(super) fn with_verdict(standing: &[Decision], verdict: Verdict) -> Vec<&Decision> {
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
fn enough_approvals(queues: &[Queue], standing: &[Decision], settled: Option<&Adjudication>) -> Check {
    let asked = asked_of(queues);
    let approvals = with_verdict(standing, Verdict::Approve).len() as u64;
    Check {
        name: "Enough approvals",
        holds: approved_by_adjudicator(settled) || approvals >= asked,
        finding: format!("{approvals} of {asked} approvals"),
        required: true,
    }
}

/// As many of them given without sight of a peer's answer and unchanged after machine opinions were shown. Where a queue asks
/// one reviewer there is no peer.
fn given_blind(
    ledger: &Ledger,
    queues: &[Queue],
    standing: &[Decision],
    settled: Option<&Adjudication>,
) -> Result<Check, Fault> {
    let asked = asked_of(queues);
    let (mut blind, mut revised) = (0, 0);
    for approval in with_verdict(standing, Verdict::Approve) {
        let Some(queue) = queues.iter().find(|queue| queue.id == approval.queue) else {
            continue;
        };
        if reveal::revised_by(ledger, queue, &approval.actor)?.contains(&approval.sample) {
            revised += 1;
        } else if queue.terms.blind || queue.terms.reviewers == 1 {
            blind += 1;
        }
    }
    let after = match revised {
        0 => "none changed after machine opinions were shown".to_owned(),
        _ => format!("{revised} changed after machine opinions were shown"),
    };
    Ok(Check {
        name: "Given blind",
        holds: approved_by_adjudicator(settled) || blind >= asked,
        finding: format!("{blind} of {asked} given without sight of others, {after}"),
        required: false,
    })
}

fn asked_of(queues: &[Queue]) -> u64 {
    let reviewers = queues.iter().map(|queue| queue.terms.reviewers);
    reviewers.max().unwrap_or(1)
}

fn approved_by_adjudicator(settled: Option<&Adjudication>) -> bool {
    settled.is_some_and(|settled| settled.verdict == Verdict::Approve)
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

/// What was trained on cannot measure what it trained.
fn released(released: &Released) -> Check {
    let holds = released.exact.is_empty() && released.near.is_empty();
    let mut found = Vec::new();
    if !released.exact.is_empty() {
        found.push(format!("in {}", released.exact.join(", ")));
    }
    if !released.near.is_empty() {
        found.push(format!("a near-duplicate in {}", released.near.join(", ")));
    }
    let finding = match (released.looked_in, holds) {
        (0, _) => "no snapshot is released for training yet".to_owned(),
        (1, true) => "not in the one release, by digest or by near-duplicate".to_owned(),
        (releases, true) => format!("none found in {releases} releases, by digest or by near-duplicate"),
        (_, false) => found.join("; "),
    };
    Check {
        name: "Not in a training release",
        holds,
        finding,
        required: true,
    }
}

fn personal_data(found: &[String]) -> Check {
    let finding = match found.is_empty() {
        true => "none by form or check digit; names and addresses in prose are not looked for".to_owned(),
        false => found.join(", "),
    };
    Check {
        name: "No sensitive data flagged",
        holds: found.is_empty(),
        finding,
        required: false,
    }
}
