//! One sample's way, from the file it was read from to the releases that hold it, and back.

use assay_index::{Index, Snapshot};
use assay_ledger::Cause;
use assay_model::{Digest, Fault};
use assay_review::Sight;

use crate::Workspace;
use crate::releasing::{Membership, membership};
use crate::wire::{LineageStep, SampleDetail};

/// Pieces of evidence that are told one by one.
const EVIDENCE: usize = 20;

/// Every step that the reader may know of, in the order of the sample's way.
pub fn of(
    workspace: &Workspace,
    index: &Index,
    sight: &Sight<'_>,
    (snapshot, digest): (&Snapshot, &Digest),
    detail: &SampleDetail,
) -> Result<Vec<LineageStep>, Fault> {
    let mut way = Way::default();
    source(&mut way, index, snapshot, detail)?;
    evidence(&mut way, detail);
    duplicates(&mut way, detail);
    let places = snapshots(&mut way, index, digest)?;
    judgements(&mut way, sight, digest)?;
    sign_offs(&mut way, sight, &places)?;
    for (seq, called, held) in membership(workspace, sight.ledger(), digest)? {
        let said = match held {
            Membership::Held => "holds it",
            Membership::LeftOut => "left it out",
            Membership::Unknown => "its list is not in this workspace",
        };
        way.entry("release", called, said, seq);
    }
    Ok(way.0)
}

#[derive(Default)]
struct Way(Vec<LineageStep>);

impl Way {
    fn step(&mut self, stage: &str, what: impl Into<String>, detail: impl Into<String>) -> &mut LineageStep {
        self.0.push(LineageStep {
            stage: stage.to_owned(),
            what: what.into(),
            detail: detail.into(),
            filter: None,
            entry: None,
        });
        self.0.last_mut().expect("it was just put there")
    }

    fn entry(&mut self, stage: &str, what: impl Into<String>, detail: impl Into<String>, seq: u64) {
        self.step(stage, what, detail).entry = Some(seq);
    }
}

fn source(way: &mut Way, index: &Index, snapshot: &Snapshot, detail: &SampleDetail) -> Result<(), Fault> {
    let files = index.files(snapshot)?;
    let file = files.iter().find(|file| file.path == detail.path);
    way.step("source", detail.path.clone(), detail.place.clone());
    if let Some(file) = file {
        way.step(
            "file",
            format!("SHA-256 {}", file.digest.hex()),
            format!("{} bytes when it was read", file.bytes),
        );
    }
    way.step(
        "map",
        format!("SHA-256 {}", snapshot.map_digest.hex()),
        "how records became samples",
    );
    if let Some(derivation) = &detail.derivation {
        way.step(
            "derivation",
            format!(
                "generation {}",
                derivation
                    .depth
                    .map_or_else(|| "unknown".to_owned(), |depth| depth.to_string())
            ),
            "what it says it was made from",
        );
    }
    let parts: Vec<String> = detail
        .parts
        .iter()
        .map(|part| format!("{} {}", part.role, origin(&part.origin)))
        .collect();
    way.step("sample", detail.digest.clone(), parts.join(", "));
    Ok(())
}

/// The word of an origin on the wire.
fn origin(origin: &impl serde::Serialize) -> String {
    serde_json::to_value(origin)
        .ok()
        .and_then(|value| value.as_str().map(|word| word.replace('_', " ")))
        .unwrap_or_default()
}

fn evidence(way: &mut Way, detail: &SampleDetail) {
    for piece in detail.evidence.iter().take(EVIDENCE) {
        let from = match &piece.brought {
            Some(brought) if !brought.by.is_empty() => format!("{}, brought by {}", piece.source, brought.by),
            _ => piece.source.clone(),
        };
        way.step(
            "evidence",
            format!("{}: {}", origin(&piece.kind), origin(&piece.origin)),
            from,
        );
    }
    if let Some(more @ 1..) = detail.evidence.len().checked_sub(EVIDENCE) {
        way.step("evidence", format!("{more} more"), "all stand beside the text");
    }
    for change in &detail.history {
        way.step(
            "origin",
            format!(
                "{} to {}",
                origin(&change.was.origin),
                origin(&change.became.origin)
            ),
            change.at.clone(),
        );
    }
}

fn duplicates(way: &mut Way, detail: &SampleDetail) {
    if detail.exact_copies > 0 {
        let step = way.step(
            "duplicates",
            format!("{} exact copies in this snapshot", detail.exact_copies),
            "",
        );
        step.filter = Some(format!("digest = '{}'", detail.digest));
    }
    if let Some(cluster) = detail.cluster {
        let step = way.step(
            "duplicates",
            format!("near-duplicate cluster of {}", detail.cluster_size),
            "every pair verified",
        );
        step.filter = Some(format!("cluster = {cluster}"));
    }
}

/// Every snapshot that holds the text, in whatever dataset.
fn snapshots(way: &mut Way, index: &Index, digest: &Digest) -> Result<Vec<(String, u64)>, Fault> {
    let mut places = Vec::new();
    for dataset in index.datasets()? {
        for snapshot in index.snapshots(&dataset)? {
            let count = index.samples_with_digest(&snapshot, digest)?.len();
            if count > 0 {
                let times = if count == 1 {
                    "once".to_owned()
                } else {
                    format!("{count} times")
                };
                way.step("snapshot", format!("{dataset}@{}", snapshot.number), times);
                places.push((dataset.clone(), snapshot.number));
            }
        }
    }
    Ok(places)
}

/// Queues, verdicts, settlements and gold; of a blind queue that the reader has not answered, that it is in it and no more.
fn judgements(way: &mut Way, sight: &Sight<'_>, digest: &Digest) -> Result<(), Fault> {
    let ledger = sight.ledger();
    let queues = ledger.queues_with(digest)?;
    for queue in &queues {
        way.entry(
            "queue",
            queue.terms.name.clone(),
            format!("drawn from {}@{}", queue.terms.dataset, queue.terms.snapshot),
            queue.seq,
        );
    }
    if sight.hides(digest)? {
        way.step(
            "verdict",
            "not shown yet",
            "others have answered: theirs are shown once you have",
        );
        return Ok(());
    }
    for decision in sight.standing(digest)? {
        let name = queues
            .iter()
            .find(|queue| queue.id == decision.queue)
            .map(|queue| queue.terms.name.clone());
        way.entry(
            "verdict",
            format!("{} by {}", decision.verdict.as_str(), decision.actor),
            name.unwrap_or_default(),
            decision.seq,
        );
    }
    for mark in sight.bulk_marks(digest)? {
        way.entry(
            "bulk",
            format!("with many others, by {}", mark.actor),
            "",
            mark.seq,
        );
    }
    if let Some(settled) = ledger.adjudication(digest)? {
        let cause: &Cause = &settled.cause;
        way.entry(
            "settled",
            format!("{} by {}", settled.verdict.as_str(), settled.actor),
            cause.as_str(),
            settled.seq,
        );
    }
    if let Some(gold) = ledger.gold_record(digest)? {
        way.entry("gold", "promoted", "", gold.promoted);
        if let Some(revoked) = gold.revoked {
            way.entry("gold", "revoked", "", revoked);
        }
    }
    Ok(())
}

/// Sign-offs over a snapshot that holds it.
fn sign_offs(way: &mut Way, sight: &Sight<'_>, places: &[(String, u64)]) -> Result<(), Fault> {
    for one in sight.ledger().sign_offs()? {
        if places.contains(&(one.dataset.clone(), one.snapshot)) {
            let by: Vec<&str> = one.signed.iter().map(|signer| signer.person.as_str()).collect();
            let state = if one.stands() {
                "stands"
            } else {
                "no longer stands"
            };
            way.entry(
                "sign-off",
                format!("{}@{} by {}", one.dataset, one.snapshot, by.join(" and ")),
                state,
                one.seq,
            );
        }
    }
    Ok(())
}
