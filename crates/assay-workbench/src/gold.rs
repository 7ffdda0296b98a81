//! The gold set: candidates with their checklist, promotion, revocation.

use std::collections::BTreeSet;

use assay_index::{Index, Snapshot, Texts, WorkerCommand};
use assay_ledger::{Event, LogFilter};
use assay_model::{Code, Digest, Fault};
use assay_review::frozen;
use assay_review::gold::{self, Member, SampleFacts};
use assay_review::{KeptSample, Ledger, Sight, Stamp};

use crate::decisions::Decided;
use crate::review::saved_entry;
use crate::wire::{
    FrozenGold, GoldAges, GoldCandidate, GoldCandidateDetail, GoldChanged, GoldCheck, GoldExportRow,
    GoldFreezed, GoldMember, GoldOverview, SampleDetail,
};
use crate::{Workspace, keeping, protecting};

/// Candidates that a window lists.
const CANDIDATES_SHOWN: usize = 500;
/// Exports that a window lists.
const EXPORTS_SHOWN: u64 = 100;

/// A sample as the gold set needs it: its copy, and the facts its checklist asks for.
struct Candidate {
    kept: KeptSample,
    facts: SampleFacts,
}

/// Finds a sample by digest: kept already, or in the latest snapshot of any dataset.
fn candidate(
    workspace: &Workspace,
    ledger: &Ledger,
    digest: &Digest,
    worker: &WorkerCommand,
) -> Result<Candidate, Fault> {
    let mut candidates = candidates(workspace, ledger, std::slice::from_ref(digest), worker)?;
    Ok(candidates.remove(0))
}

/// The same of several, in their order; all are looked for in what was released for training at once.
fn candidates(
    workspace: &Workspace,
    ledger: &Ledger,
    digests: &[Digest],
    worker: &WorkerCommand,
) -> Result<Vec<Candidate>, Fault> {
    let index = workspace.index()?;
    let mut found = digests
        .iter()
        .map(|digest| located(workspace, &index, ledger, digest))
        .collect::<Result<Vec<_>, _>>()?;
    let kept: Vec<&KeptSample> = found.iter().map(|candidate| &candidate.kept).collect();
    let mut released = protecting::released(workspace, &index, ledger, &kept, worker)?;
    for candidate in &mut found {
        candidate.facts.released = released.remove(&candidate.kept.digest).unwrap_or_default();
    }
    Ok(found)
}

fn located(
    workspace: &Workspace,
    index: &Index,
    ledger: &Ledger,
    digest: &Digest,
) -> Result<Candidate, Fault> {
    let located = latest_with(index, digest)?;
    let kept = match (ledger.kept_sample(digest)?, &located) {
        (Some(kept), _) => kept,
        (None, Some((snapshot, sample))) => keeping::from_source(
            index,
            &mut Texts::open(workspace.folder(), snapshot)?,
            snapshot,
            *sample,
        )?,
        (None, None) => {
            let message = format!("no sample of this workspace has the digest {digest}");
            return Err(Fault::new(
                Code::UnknownSample,
                message,
                "copy a digest from `assay samples`",
            ));
        }
    };
    let facts = facts(index, &kept, located.as_ref())?;
    Ok(Candidate { kept, facts })
}

/// A sample by its digest: the copy that is kept, or its text in the latest snapshot of any dataset.
pub(crate) fn kept_or_read(
    workspace: &Workspace,
    index: &Index,
    digest: &Digest,
) -> Result<KeptSample, Fault> {
    Ok(located(workspace, index, &workspace.ledger()?, digest)?.kept)
}

/// The latest snapshot of the first dataset that holds this digest, and the sample there.
fn latest_with(index: &Index, digest: &Digest) -> Result<Option<(Snapshot, u64)>, Fault> {
    for dataset in index.datasets()? {
        let Some(snapshot) = index.snapshots(&dataset)?.pop() else {
            continue;
        };
        if let Some(sample) = crate::samples::by_digest(index, &snapshot, digest)? {
            return Ok(Some((snapshot, sample)));
        }
    }
    Ok(None)
}

fn facts(index: &Index, kept: &KeptSample, located: Option<&(Snapshot, u64)>) -> Result<SampleFacts, Fault> {
    let detail = kept_facts(kept)?;
    let license = dimension(&detail, "license");
    let representative = match located {
        None => None,
        Some((snapshot, sample)) => match index
            .located(snapshot, *sample)?
            .and_then(|located| located.cluster)
        {
            None => Some(true),
            Some(cluster) => {
                let standing_for = index
                    .cluster(snapshot, cluster)?
                    .map(|cluster| cluster.representative);
                let copies = index.samples_with_digest(snapshot, &kept.digest)?;
                standing_for.map(|representative| copies.contains(&representative))
            }
        },
    };
    Ok(SampleFacts {
        origin: detail.origin,
        representative,
        license: Some(license).filter(|text| !text.is_empty()),
        personal_data: personal_data(kept),
        ..SampleFacts::default()
    })
}

/// What identifies a person in a sample's text, in words: `2 e-mail addresses`.
fn personal_data(kept: &KeptSample) -> Vec<String> {
    let found = assay_sketch::personal_data(kept.parts.iter().map(|part| part.text.as_str()));
    let words = found
        .into_iter()
        .map(|(kind, count)| match (count, kind.as_str()) {
            (1, word) => format!("1 {word}"),
            (_, word) if word.ends_with("address") => format!("{count} {word}es"),
            (_, word) => format!("{count} {word}s"),
        });
    words.collect()
}

fn kept_facts(kept: &KeptSample) -> Result<SampleDetail, Fault> {
    serde_json::from_value(kept.facts.clone())
        .map_err(|error| Fault::internal("reading a kept sample's facts", error))
}

pub(crate) fn dimension(detail: &SampleDetail, name: &str) -> String {
    detail
        .dimensions
        .iter()
        .find(|(each, _)| each == name)
        .map(|(_, value)| value.clone())
        .unwrap_or_default()
}

/// Makes a sample gold; on disk when it returns.
pub fn promote(
    workspace: &Workspace,
    ledger: &mut Ledger,
    stamp: &Stamp,
    (digest, reason): (&Digest, &str),
    worker: &WorkerCommand,
) -> Result<GoldChanged, Fault> {
    let Candidate { kept, facts } = candidate(workspace, ledger, digest, worker)?;
    let entry = gold::promote(ledger, stamp, &kept, &facts, reason)?;
    Ok(GoldChanged {
        saved: saved_entry(&entry),
        gold: ledger.gold_count()?,
    })
}

/// Takes a sample out of gold; on disk when it returns.
pub fn revoke(
    ledger: &mut Ledger,
    stamp: &Stamp,
    digest: &Digest,
    reason: &str,
) -> Result<GoldChanged, Fault> {
    let entry = gold::revoke(ledger, stamp, digest, reason)?;
    Ok(GoldChanged {
        saved: saved_entry(&entry),
        gold: ledger.gold_count()?,
    })
}

/// The gold set at a glance, candidates as far as a reader may know of them.
pub fn overview(
    workspace: &Workspace,
    sight: &Sight<'_>,
    worker: &WorkerCommand,
) -> Result<GoldOverview, Fault> {
    let ledger = sight.ledger();
    let (mut members, mut revoked) = (Vec::new(), Vec::new());
    for member in gold::list(ledger)? {
        let row = member_row(ledger, &member)?;
        if member.revoked.is_some() {
            revoked.push(row)
        } else {
            members.push(row)
        }
    }
    let mut open = gold::candidates_seen(sight)?;
    open.truncate(CANDIDATES_SHOWN);
    let mut shown = Vec::new();
    for Candidate { kept, facts } in candidates(workspace, ledger, &open, worker)? {
        let digest = kept.digest;
        let checks = gold::checklist_seen(sight, &digest, &facts)?;
        let detail = kept_facts(&kept)?;
        shown.push(GoldCandidate {
            digest: digest.to_string(),
            title: keeping::title(ledger, &digest)?,
            domain: dimension(&detail, "domain"),
            language: language(&detail),
            checks_held: checks.iter().filter(|check| check.holds).count() as u64,
            checks: checks.len() as u64,
            waits_for: gold::waits_for(&checks),
        });
    }
    let (domains, languages, cells) = cells(&members);
    let ages = frozen::ages_days(ledger, jiff::Timestamp::now())?;
    Ok(GoldOverview {
        frozen: frozen_sets(ledger)?,
        exports: exports(ledger)?,
        ages: ages.map(|[youngest, median, oldest]| GoldAges {
            youngest,
            median,
            oldest,
        }),
        members,
        revoked,
        candidates: shown,
        root: gold::root(ledger)?.to_string(),
        domains,
        languages,
        cells,
    })
}

/// Frozen sets, latest first, each with what has changed since.
fn frozen_sets(ledger: &Ledger) -> Result<Vec<FrozenGold>, Fault> {
    let now = gold::membership(ledger)?;
    let mut sets = Vec::new();
    for set in ledger.gold_snapshots()?.iter().rev() {
        let members = frozen::members(ledger, set)?;
        let entry = ledger
            .entry(set.seq)?
            .ok_or_else(|| Fault::internal("reading a frozen gold set", "its entry is gone"))?;
        let reason = match &entry.event {
            Event::GoldFrozen { reason, .. } => reason.clone(),
            _ => String::new(),
        };
        sets.push(FrozenGold {
            number: set.number,
            size: set.size,
            root: set.root.to_string(),
            reason,
            by: entry.actor,
            at: entry.at,
            seq: entry.seq,
            since_added: now.difference(&members).count() as u64,
            since_revoked: members.difference(&now).count() as u64,
        });
    }
    Ok(sets)
}

/// Exports with a purpose, latest first.
fn exports(ledger: &Ledger) -> Result<Vec<GoldExportRow>, Fault> {
    let filter = LogFilter {
        kinds: vec!["gold_exported".to_owned()],
        ..LogFilter::default()
    };
    let entries = ledger.seen_whole().latest(&filter, None, EXPORTS_SHOWN)?;
    let rows = entries.into_iter().filter_map(|entry| match entry.event {
        Event::GoldExported {
            purpose,
            number,
            size,
            ..
        } => Some(GoldExportRow {
            purpose,
            number,
            size,
            by: entry.actor,
            at: entry.at,
            seq: entry.seq,
        }),
        _ => None,
    });
    Ok(rows.collect())
}

/// Members by domain (rows) and language (columns).
pub(crate) fn cells(members: &[GoldMember]) -> (Vec<String>, Vec<String>, Vec<Vec<u64>>) {
    let sorted = |values: BTreeSet<&String>| values.into_iter().cloned().collect::<Vec<String>>();
    let domains = sorted(members.iter().map(|member| &member.domain).collect());
    let languages = sorted(members.iter().map(|member| &member.language).collect());
    let count = |domain: &String, language: &String| {
        members
            .iter()
            .filter(|member| member.domain == *domain && member.language == *language)
            .count() as u64
    };
    let cells = domains
        .iter()
        .map(|domain| languages.iter().map(|language| count(domain, language)).collect())
        .collect();
    (domains, languages, cells)
}

/// Members as the window lists them, latest first.
pub(crate) fn members(ledger: &Ledger) -> Result<Vec<GoldMember>, Fault> {
    gold::list(ledger)?
        .iter()
        .filter(|member| member.revoked.is_none())
        .map(|member| member_row(ledger, member))
        .collect()
}

fn member_row(ledger: &Ledger, member: &Member) -> Result<GoldMember, Fault> {
    let detail = keeping::detail(ledger, &member.sample, &Decided::default())?;
    let (reason, by, at, seq) = match &member.revoked {
        Some(revoked) => (&revoked.reason, &revoked.by, &revoked.at, revoked.seq),
        None => (&member.reason, &member.by, &member.at, member.seq),
    };
    Ok(GoldMember {
        digest: member.sample.to_string(),
        title: keeping::title(ledger, &member.sample)?,
        domain: dimension(&detail, "domain"),
        language: language(&detail),
        reason: reason.clone(),
        by: by.clone(),
        at: at.clone(),
        seq,
    })
}

pub(crate) fn language(detail: &SampleDetail) -> String {
    let declared = dimension(detail, "language");
    if declared.is_empty() {
        detail.detected_language.clone().unwrap_or_default()
    } else {
        declared
    }
}

/// One candidate or member with its checklist, as far as a reader may know.
pub fn candidate_detail(
    workspace: &Workspace,
    sight: &Sight<'_>,
    digest: &Digest,
    worker: &WorkerCommand,
) -> Result<GoldCandidateDetail, Fault> {
    let ledger = sight.ledger();
    let Candidate { kept, facts } = candidate(workspace, ledger, digest, worker)?;
    let decided = Decided::seen(sight)?;
    let mut sample = kept_facts(&kept)?;
    sample.parts = crate::samples::part_details(&kept.parts);
    sample.verdict = decided.verdict(digest).map(crate::verdicts::to_wire);
    sample.gold = decided.is_gold(digest);
    let checks = gold::checklist_seen(sight, digest, &facts)?
        .into_iter()
        .map(|check| GoldCheck {
            name: check.name.to_owned(),
            holds: check.holds,
            finding: check.finding,
            required: check.required,
        })
        .collect();
    let member = gold::list(ledger)?
        .iter()
        .find(|member| member.sample == *digest && member.revoked.is_none())
        .map(|member| member_row(ledger, member))
        .transpose()?;
    Ok(GoldCandidateDetail {
        sample,
        checks,
        member,
    })
}

/// Freezes the gold set as it is under the next number; on disk when it returns.
pub fn freeze(ledger: &mut Ledger, stamp: &Stamp, reason: &str) -> Result<GoldFreezed, Fault> {
    let (set, entry) = frozen::freeze(ledger, stamp, reason)?;
    Ok(GoldFreezed {
        saved: saved_entry(&entry),
        number: set.number,
    })
}
