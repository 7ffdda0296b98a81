//! Samples with their text: rows for scripts, and one sample in full for the window.

use std::io::Write;

use assay_index::{EvidenceRow, Index, Located, ReadSample, Snapshot, Texts};
use assay_measure::TOPIC;
use assay_model::halves::{Half, as_written};
use assay_model::hidden::visible_json;
use assay_model::resolution::Effect;
use assay_model::{Digest, Evidence, Expression, Fault, Locator, Origin, Part, Resolution};
use assay_sketch::{count_tokens, is_rtl};
use serde_json::{Value, json};

use crate::decisions::Decided;
use crate::origins::evidence_json;
use crate::wire::{
    ContradictingSample, EvidenceBrought, PartDetail, SampleDerivation, SampleDetail, SampleEvidence,
};
use crate::{Workspace, verdicts, views};

/// Samples read from the database before their text is.
const PAGE: u64 = 500;
/// Samples named as the other side of a contradiction.
const SIDES: u64 = 20;

/// Which samples a script asks for.
#[derive(Clone, Debug, Default)]
pub struct SampleQuery {
    pub dataset: Option<String>,
    pub snapshot: Option<u64>,
    pub filter: Option<Expression>,
    /// Only digests that carry contradictory origins, and samples whose evidence contradicts itself.
    pub conflicts_only: bool,
    pub limit: Option<u64>,
    /// Samples behind this one.
    pub after: Option<u64>,
}

/// Writes the samples asked for as JSON Lines, text included. Returns how many.
pub fn write_samples(workspace: &Workspace, query: &SampleQuery, out: &mut dyn Write) -> Result<u64, Fault> {
    let index = workspace.index()?;
    let snapshot = index.snapshot(query.dataset.as_deref(), query.snapshot)?;
    let decided = Decided::read(&workspace.ledger()?)?;
    decided.use_in(&index)?;
    let selection = index.select(&snapshot, query.filter.as_ref())?;
    let conflicting = if query.conflicts_only {
        Some(index.conflicting_digests(&snapshot)?)
    } else {
        None
    };
    let mut texts = Texts::open(workspace.folder(), &snapshot)?;
    let limit = query.limit.unwrap_or(u64::MAX);
    let (mut written, mut after) = (0, query.after);
    while written < limit {
        let page = index.first(&selection, after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        for sample in page {
            let located = located(&index, &snapshot, sample)?;
            let wanted = conflicting
                .as_ref()
                .is_none_or(|digests| located.conflict || digests.contains(&located.digest));
            if wanted && written < limit {
                let (evidence, resolution) = index.evidence(sample)?;
                let mut read = texts.read(sample);
                let halves = read
                    .as_mut()
                    .map(|read| std::mem::take(&mut read.halves))
                    .unwrap_or_default();
                let mut row = row(&snapshot, &located, read, &resolution, &decided);
                if query.conflicts_only {
                    row["conflict"] = json!(located.conflict);
                    row["evidence"] = evidence.iter().map(evidence_json).collect();
                    row["contradicts"] = contradicts(&index, &snapshot, &located)?;
                }
                write_sample(out, row, &halves)?;
                written += 1;
            }
        }
    }
    Ok(written)
}

/// Writes every quarantined record as JSON Lines, each with what to do about it. Returns how many.
pub fn write_quarantined(
    workspace: &Workspace,
    dataset: Option<&str>,
    number: Option<u64>,
    out: &mut dyn Write,
) -> Result<u64, Fault> {
    let index = workspace.index()?;
    let snapshot = index.snapshot(dataset, number)?;
    let mut written = 0;
    loop {
        let page = index.quarantined(&snapshot, written, PAGE)?;
        for record in &page {
            let mut row = json!(record);
            row["remedy"] = json!(record.code.remedy());
            write_line(out, &row)?;
        }
        written += page.len() as u64;
        if (page.len() as u64) < PAGE {
            return Ok(written);
        }
    }
}

pub(crate) fn write_line(out: &mut dyn Write, row: &Value) -> Result<(), Fault> {
    write_json(out, &row.to_string())
}

/// A sample with the texts of its `parts`, as their source wrote them.
pub(crate) fn write_sample(out: &mut dyn Write, row: Value, halves: &[Vec<Half>]) -> Result<(), Fault> {
    write_json(out, &as_written(row, halves))
}

fn write_json(out: &mut dyn Write, json: &str) -> Result<(), Fault> {
    writeln!(out, "{}", visible_json(json)).map_err(|error| Fault::internal("writing the result", error))
}

/// The place of a sample as scripts see it.
pub(crate) fn place(snapshot: &Snapshot, located: &Located) -> Value {
    json!({
        "dataset": snapshot.dataset,
        "snapshot": snapshot.number,
        "path": located.path,
        "line": located.line,
        "id": located.id,
        "digest": located.digest,
    })
}

/// The other side of a contradiction between copies of one text: each with its place, its origin and its evidence.
fn contradicts(index: &Index, snapshot: &Snapshot, of: &Located) -> Result<Value, Fault> {
    let mut others = Vec::new();
    for sample in index.contradicting(snapshot, &of.digest, of.origin, SIDES)? {
        let other = located(index, snapshot, sample)?;
        let (evidence, _) = index.evidence(sample)?;
        let mut row = place(snapshot, &other);
        row["sample"] = json!(sample);
        row["origin"] = json!(other.origin);
        row["evidence"] = evidence.iter().map(evidence_json).collect();
        others.push(row);
    }
    Ok(json!(others))
}

/// Origins follow from all evidence, not from the map alone.
pub(crate) fn with_origins(mut parts: Vec<Part>, resolution: &Resolution) -> Vec<Part> {
    for (part, resolved) in parts.iter_mut().zip(&resolution.parts) {
        part.origin = resolved.origin;
        part.source_class = resolved.source_class;
        part.confidence = resolved.confidence;
    }
    parts
}

fn row(
    snapshot: &Snapshot,
    located: &Located,
    read: Result<ReadSample, Fault>,
    resolution: &Resolution,
    decided: &Decided,
) -> Value {
    let (parts, fault) = match read {
        Ok(read) => (json!(with_origins(read.mapped.parts, resolution)), None),
        Err(fault) => (json!([]), Some(fault)),
    };
    let mut row = json!({
        "digest": located.digest,
        "dataset": snapshot.dataset,
        "snapshot": snapshot.number,
        "path": located.path,
        "line": located.line,
        "id": located.id,
        "sample": located.sample,
        "parts": parts,
        "dimensions": located.dimensions,
        "origin": located.origin,
        "source_class": located.source_class,
        "confidence": located.confidence,
        "tokens": located.tokens,
        "cluster": located.cluster,
        "verdict": decided.verdict(&located.digest).map(|verdict| verdict.as_str()),
        "gold": decided.is_gold(&located.digest),
        "topic": located.topic,
    });
    if let Some(fault) = fault {
        row["stale"] = json!(fault);
    }
    row
}

/// What the index knows of a sample that must exist.
pub(crate) fn located(index: &Index, snapshot: &Snapshot, sample: u64) -> Result<Located, Fault> {
    index.located(snapshot, sample)?.ok_or_else(|| {
        Fault::new(
            assay_model::Code::UnknownSample,
            "this snapshot has no such sample",
            "open the list again",
        )
    })
}

/// The first sample of a snapshot that has this digest.
pub(crate) fn by_digest(index: &Index, snapshot: &Snapshot, digest: &Digest) -> Result<Option<u64>, Fault> {
    Ok(index.samples_with_digest(snapshot, digest)?.first().copied())
}

/// Everything known about one sample. A source that changed is told in `stale`, and its text is not shown.
pub fn detail(
    index: &Index,
    texts: &mut Texts,
    snapshot: &Snapshot,
    sample: u64,
    decided: &Decided,
) -> Result<SampleDetail, Fault> {
    let located = located(index, snapshot, sample)?;
    let (evidence, resolution) = index.evidence(sample)?;
    let (parts, stale) = match texts.read(sample) {
        Ok(read) => (part_details(&with_origins(read.mapped.parts, &resolution)), None),
        Err(fault) => (Vec::new(), Some(fault)),
    };
    let (depth, parents) = index.derivation(snapshot, sample)?;
    Ok(SampleDetail {
        sample,
        digest: located.digest.to_string(),
        id: located.id.clone(),
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot.number,
        path: located.path.clone(),
        line: located.line,
        place: place_in_words(&located),
        parts,
        evidence: evidence.into_iter().map(sample_evidence).collect(),
        history: index.history(sample)?,
        contradicts: contradicting(index, snapshot, &located)?,
        derivation: (depth.is_some() || !parents.is_empty()).then(|| SampleDerivation {
            depth: depth.flatten(),
            cyclic: depth == Some(None),
            parents,
        }),
        conflict: located.conflict,
        origin: located.origin,
        source_class: located.source_class,
        confidence: located.confidence,
        tokens: located.tokens,
        characters: located.characters,
        dimensions: with_topic(&located),
        detected_language: located.detected_language.clone(),
        exact_copies: located.copies - 1,
        cluster: located.cluster,
        cluster_size: located.cluster_size,
        verdict: decided.verdict(&located.digest).map(verdicts::to_wire),
        gold: decided.is_gold(&located.digest),
        bulk: decided.in_bulk(&located.digest).map(views::bulk_state),
        stale,
        opinions: None,
    })
}

/// Samples with the same text and another known origin, with the evidence for it.
fn contradicting(
    index: &Index,
    snapshot: &Snapshot,
    of: &Located,
) -> Result<Vec<ContradictingSample>, Fault> {
    let mut others = Vec::new();
    for sample in index.contradicting(snapshot, &of.digest, of.origin, SIDES)? {
        let other = located(index, snapshot, sample)?;
        let (evidence, _) = index.evidence(sample)?;
        others.push(ContradictingSample {
            sample,
            path: other.path,
            line: other.line,
            origin: other.origin,
            evidence: evidence.into_iter().map(sample_evidence).collect(),
        });
    }
    Ok(others)
}

/// A signal beside the evidence: it sets nothing, whatever it says.
pub(crate) fn signal(evidence: Evidence) -> SampleEvidence {
    sample_evidence(EvidenceRow {
        evidence,
        effect: Effect::Silent,
        brought: None,
    })
}

fn sample_evidence(row: EvidenceRow) -> SampleEvidence {
    let evidence = row.evidence;
    SampleEvidence {
        part: evidence.part,
        kind: evidence.kind,
        strength: Some(evidence.kind.rank()),
        effect: Some(row.effect),
        origin: evidence.origin,
        source_class: evidence.source_class,
        confidence: evidence.confidence,
        source: evidence.source,
        value: evidence.value,
        generator: evidence.generator,
        record: evidence.record,
        brought: row.brought.map(|brought| EvidenceBrought {
            by: brought.by,
            at: brought.at,
            name: brought.name,
            entry: brought.entry,
        }),
    }
}

/// The dimensions, and the topic where one was found.
fn with_topic(located: &Located) -> Vec<(String, String)> {
    let mut all = dimensions(located);
    if let Some(topic) = &located.topic {
        let taken = all.iter().any(|(name, _)| name == TOPIC);
        let field = if taken {
            format!("derived_{TOPIC}")
        } else {
            TOPIC.to_owned()
        };
        all.push((field, topic.clone()));
    }
    all
}

/// Dimensions that have a value, in the map's order, as texts.
pub(crate) fn dimensions(located: &Located) -> Vec<(String, String)> {
    located
        .dimensions
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| {
            (
                name.clone(),
                value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            )
        })
        .collect()
}

pub(crate) fn part_details(parts: &[assay_model::Part]) -> Vec<PartDetail> {
    parts
        .iter()
        .map(|part| PartDetail {
            role: part.role.clone(),
            text: part.text.clone(),
            origin: part.origin,
            source_class: part.source_class,
            confidence: part.confidence,
            tokens: u64::from(count_tokens(&part.text)),
            rtl: is_rtl(&part.text),
        })
        .collect()
}

pub(crate) fn place_in_words(located: &Located) -> String {
    match located.locator {
        Locator::Row { group, row } => format!("row group {}, row {}", group + 1, row + 1),
        Locator::Bytes { offset, .. } => format!("line {}, byte {offset}", located.line),
        Locator::Kept { .. } => format!("record {}, kept in the workspace", located.ordinal),
    }
}

/// How many samples of each origin: the order that wire types use.
pub(crate) fn origin_place(origin: Origin) -> usize {
    Origin::ALL
        .iter()
        .position(|each| *each == origin)
        .expect("ALL holds every origin")
}
