//! The evidence behind the duplication rates, for scripts and for the window.

use std::io::Write;

use assay_index::{Index, PassageRow, ReadSample, Snapshot, Texts};
use assay_ledger::{DuplicateAct, Ledger};
use assay_model::{Code, Digest, Fault};
use assay_sketch::{PassageUnit, passage_text};
use serde_json::json;
use similar::{ChangeTag, TextDiff};

use crate::Workspace;
use crate::samples::{by_digest, located, place, write_line};
use crate::wire::{
    ClusterDetail, ClusterMember, ClusterRow, ClustersPage, Comparison, DiffKind, DiffRun, PairJudged,
    PartComparison, PassagePlace, PassagesPage, RecurringPassage,
};

/// Which evidence a script asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicateEvidence {
    Pairs,
    Clusters,
    Passages,
}

/// Members of one cluster that a window shows.
const MEMBERS_SHOWN: u64 = 200;

/// Writes the evidence as JSON Lines.
pub fn write_duplicates(
    workspace: &Workspace,
    dataset: Option<&str>,
    number: Option<u64>,
    which: DuplicateEvidence,
    out: &mut dyn Write,
) -> Result<(), Fault> {
    // An interrupted measurement is finished first, so that what is listed is what the report counts.
    crate::indexing::report(workspace, dataset, number, &assay_model::Task::silent())?;
    let index = workspace.index()?;
    let snapshot = index.snapshot(dataset, number)?;
    match which {
        DuplicateEvidence::Pairs => write_pairs(&index, &snapshot, out),
        DuplicateEvidence::Clusters => write_clusters(&index, &snapshot, out),
        DuplicateEvidence::Passages => write_passages(workspace, &index, &snapshot, out),
    }
}

fn write_pairs(index: &Index, snapshot: &Snapshot, out: &mut dyn Write) -> Result<(), Fault> {
    index.each_pair(snapshot, &mut |pair| {
        let representative = pair
            .representative
            .map(|sample| if sample == pair.a { "a" } else { "b" });
        let row = json!({
            "a": place(snapshot, &located(index, snapshot, pair.a)?),
            "b": place(snapshot, &located(index, snapshot, pair.b)?),
            "kind": pair.kind,
            "jaccard": pair.jaccard,
            "containment": pair.containment,
            "accepted": pair.accepted,
            "representative": representative,
            "judgement": pair.judgement,
        });
        write_line(out, &row)
    })
}

/// Writes what people said of duplicates, as it stands, as JSON Lines; the latest last.
pub fn write_judgements(workspace: &Workspace, out: &mut dyn Write) -> Result<(), Fault> {
    for judgement in workspace.ledger()?.duplicate_judgements()? {
        let mut row = match judgement.act {
            DuplicateAct::NotDuplicate { a, b } => json!({"kind": "not_duplicate", "a": a, "b": b}),
            DuplicateAct::Kept { sample, over } => json!({"kind": "kept", "sample": sample, "over": over}),
            DuplicateAct::KeepPolicy(policy) => json!({"kind": "keep_policy", "policy": policy}),
        };
        row["entry"] = json!(judgement.id);
        row["seq"] = json!(judgement.seq);
        row["by"] = json!(judgement.actor);
        row["reason"] = json!(judgement.reason);
        write_line(out, &row)?;
    }
    Ok(())
}

/// The digest that represents the cluster of a sample, which must not be the sample's own.
pub fn representative_of(
    workspace: &Workspace,
    dataset: Option<&str>,
    number: Option<u64>,
    sample: &Digest,
) -> Result<Digest, Fault> {
    let index = workspace.index()?;
    let snapshot = index.snapshot(dataset, number)?;
    let alone = || {
        Fault::new(
            Code::UnknownSample,
            format!("sample {} is in no cluster of this snapshot", sample.short()),
            "copy a member's digest from `assay duplicates --clusters`",
        )
    };
    let first = by_digest(&index, &snapshot, sample)?.ok_or_else(alone)?;
    let cluster = located(&index, &snapshot, first)?.cluster.ok_or_else(alone)?;
    let cluster = index.cluster(&snapshot, cluster)?.ok_or_else(alone)?;
    let representative = located(&index, &snapshot, cluster.representative)?.digest;
    if representative == *sample {
        return Err(Fault::new(
            Code::Usage,
            format!("sample {} represents its cluster already", sample.short()),
            "name another member",
        ));
    }
    Ok(representative)
}

fn write_clusters(index: &Index, snapshot: &Snapshot, out: &mut dyn Write) -> Result<(), Fault> {
    let mut offset = 0;
    loop {
        let (clusters, total) = index.clusters(snapshot, 2..=u64::MAX, offset, 500)?;
        for cluster in &clusters {
            let mut members = Vec::new();
            for member in index.members(snapshot, cluster.cluster, u64::MAX)? {
                let mut row = place(snapshot, &located(index, snapshot, member.sample)?);
                row["kind"] = json!(if member.kind.is_empty() {
                    "representative"
                } else {
                    &member.kind
                });
                row["jaccard"] = json!(member.jaccard);
                row["containment"] = json!(member.containment);
                members.push(row);
            }
            let row = json!({
                "id": cluster.cluster,
                "representative": place(snapshot, &located(index, snapshot, cluster.representative)?),
                "reason": cluster.reason,
                "members": members,
            });
            write_line(out, &row)?;
        }
        offset += clusters.len() as u64;
        if offset >= total || clusters.is_empty() {
            return Ok(());
        }
    }
}

fn write_passages(
    workspace: &Workspace,
    index: &Index,
    snapshot: &Snapshot,
    out: &mut dyn Write,
) -> Result<(), Fault> {
    let mut texts = Texts::open(workspace.folder(), snapshot)?;
    for passage in index.passages(snapshot)? {
        let text = first_text(&mut texts, &passage);
        let mut places = Vec::new();
        for (sample, _) in &passage.found_in {
            places.push(place(snapshot, &located(index, snapshot, *sample)?));
        }
        let row = json!({
            "unit": passage.unit, "text": text, "samples": passage.samples, "tokens": passage.tokens, "where": places,
        });
        write_line(out, &row)?;
    }
    Ok(())
}

/// A passage as it stands in the first of its samples; none where that source has changed.
fn first_text(texts: &mut Texts, passage: &PassageRow) -> Option<String> {
    let unit = if passage.unit == "paragraph" {
        PassageUnit::Paragraph
    } else {
        PassageUnit::Sentence
    };
    let (sample, position) = passage.found_in.first()?;
    let read = texts.read(*sample).ok()?;
    passage_text(&read.mapped.parts, unit, *position)
}

/// A page of recurring passages, the most frequent first.
pub fn passages_page(
    index: &Index,
    texts: &mut Texts,
    snapshot: &Snapshot,
    unit: Option<&str>,
    offset: u64,
    limit: u64,
) -> Result<PassagesPage, Fault> {
    let mut passages = index.passages(snapshot)?;
    passages.retain(|passage| unit.is_none_or(|unit| passage.unit == unit));
    let page = passages.iter().skip(offset as usize).take(limit as usize);
    let rows = page.map(|passage| {
        let found_in = passage.found_in.iter().map(|(sample, _)| {
            let located = located(index, snapshot, *sample)?;
            Ok(PassagePlace {
                sample: *sample,
                digest: located.digest.to_string(),
                path: located.path,
                line: located.line,
            })
        });
        Ok(RecurringPassage {
            unit: passage.unit.clone(),
            text: first_text(texts, passage).unwrap_or_default(),
            tokens: passage.tokens,
            samples: passage.samples,
            found_in: found_in.collect::<Result<_, Fault>>()?,
        })
    });
    let rows = rows.collect::<Result<_, Fault>>()?;
    Ok(PassagesPage {
        total: passages.len() as u64,
        rows,
    })
}

/// A page of clusters, largest first.
pub fn clusters_page(
    index: &Index,
    snapshot: &Snapshot,
    sizes: std::ops::RangeInclusive<u64>,
    offset: u64,
    limit: u64,
) -> Result<ClustersPage, Fault> {
    let (clusters, total) = index.clusters(snapshot, sizes, offset, limit.min(200))?;
    let rows = clusters
        .into_iter()
        .map(|cluster| ClusterRow {
            cluster: cluster.cluster,
            size: cluster.size,
            text: cluster.preview.chars().take(120).collect(),
            by_origin: cluster.by_origin,
            lowest_jaccard: cluster.lowest_jaccard,
        })
        .collect();
    Ok(ClustersPage { total, rows })
}

/// One cluster with its members against the representative, and what was said of them since it was measured.
pub fn cluster_detail(
    index: &Index,
    ledger: &Ledger,
    snapshot: &Snapshot,
    cluster: u64,
) -> Result<ClusterDetail, Fault> {
    let found = index.cluster(snapshot, cluster)?.ok_or_else(|| {
        Fault::new(
            Code::UnknownSample,
            "there is no such cluster",
            "open the list again",
        )
    })?;
    let judgements = ledger.duplicate_judgements()?;
    let representative = located(index, snapshot, found.representative)?.digest;
    let judged = |digest: &Digest| {
        let pair = DuplicateAct::NotDuplicate {
            a: representative.min(*digest),
            b: representative.max(*digest),
        };
        let standing = judgements.iter().find(|judgement| judgement.act == pair)?;
        Some(PairJudged {
            entry: standing.id.to_string(),
            by: standing.actor.clone(),
            reason: standing.reason.clone(),
        })
    };
    let kept = judgements.iter().rev().find(
        |judgement| matches!(&judgement.act, DuplicateAct::Kept { sample, .. } if *sample == representative),
    );
    let members = index
        .members(snapshot, cluster, MEMBERS_SHOWN)?
        .into_iter()
        .map(|member| {
            let located = located(index, snapshot, member.sample)?;
            let dimension = |name: &str| {
                located
                    .dimensions
                    .get(name)
                    .and_then(|value| value.as_str())
                    .unwrap_or_default()
                    .to_owned()
            };
            Ok(ClusterMember {
                sample: member.sample,
                digest: located.digest.to_string(),
                representative: member.sample == found.representative,
                origin: located.origin,
                source: dimension("source"),
                collected_at: dimension("collected_at"),
                license: dimension("license"),
                path: located.path.clone(),
                line: located.line,
                tokens: located.tokens,
                kind: member.kind,
                jaccard: member.jaccard,
                containment: member.containment,
                judged: judged(&located.digest),
            })
        })
        .collect::<Result<_, Fault>>()?;
    Ok(ClusterDetail {
        cluster,
        reason: found.reason,
        kept_entry: kept.map(|judgement| judgement.id.to_string()),
        members,
        size: found.size,
    })
}

/// Two samples word by word, part by part.
pub fn compare_texts(a: &ReadSample, b: &ReadSample) -> Comparison {
    let (a, b) = (&a.mapped.parts, &b.mapped.parts);
    let mut comparison = Comparison {
        parts: Vec::new(),
        changes: 0,
    };
    for position in 0..a.len().max(b.len()) {
        let text = |parts: &[assay_model::Part]| {
            parts
                .get(position)
                .map_or(String::new(), |part| part.text.clone())
        };
        let role = a
            .get(position)
            .or(b.get(position))
            .map_or(String::new(), |part| part.role.clone());
        let runs = runs(&text(a), &text(b));
        comparison.changes += changes(&runs);
        comparison.parts.push(PartComparison { role, runs });
    }
    comparison
}

fn runs(a: &str, b: &str) -> Vec<DiffRun> {
    let diff = TextDiff::configure()
        .timeout(std::time::Duration::from_millis(500))
        .diff_unicode_words(a, b);
    let mut runs: Vec<DiffRun> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => DiffKind::Same,
            ChangeTag::Delete => DiffKind::OnlyA,
            ChangeTag::Insert => DiffKind::OnlyB,
        };
        match runs.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => runs.push(DiffRun {
                kind,
                text: change.value().to_owned(),
            }),
        }
    }
    runs
}

/// A removal followed by an insertion is one change.
fn changes(runs: &[DiffRun]) -> u64 {
    let replaced = runs
        .windows(2)
        .filter(|pair| pair[0].kind == DiffKind::OnlyA && pair[1].kind == DiffKind::OnlyB)
        .count();
    (runs.iter().filter(|run| run.kind != DiffKind::Same).count() - replaced) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_dose_is_one_change() {
        let runs = runs("Take 5 mg once a week.", "Take 1 mg once a week.");
        assert_eq!(changes(&runs), 1);
        let a: String = runs
            .iter()
            .filter(|run| run.kind != DiffKind::OnlyB)
            .map(|run| run.text.as_str())
            .collect();
        assert_eq!(a, "Take 5 mg once a week.");
    }
}
