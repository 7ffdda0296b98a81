//! Copies of samples that must outlive their sources: those in frozen queues and in gold.
//!
//! A copy carries its text and, as facts, what the window shows of a sample besides its text.

use assay_index::{Index, Snapshot, Texts};
use assay_ledger::{KeptSample, Ledger};
use assay_model::halves::Half;
use assay_model::{Code, Digest, Evidence, EvidenceKind, Fault, Part, resolve};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::decisions::Decided;
use crate::samples;
use crate::verdicts;
use crate::views;
use crate::wire::SampleDetail;

/// Among the facts of a kept sample; only where there are any.
const HALVES: &str = "halves";

/// Reads a sample from its source in the form in which it is kept.
pub fn from_source(
    index: &Index,
    texts: &mut Texts,
    snapshot: &Snapshot,
    sample: u64,
) -> Result<KeptSample, Fault> {
    let read = texts.read(sample)?;
    let mut detail = samples::detail(index, texts, snapshot, sample, &Decided::default())?;
    detail.parts.clear();
    let parts = before_review(index, &mut detail, read.mapped.parts)?;
    let mut facts = json!(detail);
    if read.halves.iter().any(|halves| !halves.is_empty()) {
        facts[HALVES] = json!(read.halves);
    }
    Ok(KeptSample {
        digest: read.digest,
        parts,
        facts,
    })
}

/// Of each part of a kept sample, where its source wrote half of a UTF-16 pair. They stand beside the text, for its digest is not
/// over them.
pub(crate) fn halves(facts: &Value) -> Vec<Vec<Half>> {
    Vec::deserialize(&facts[HALVES]).unwrap_or_default()
}

/// Takes out what reviewers said: whoever is asked next, perhaps blind, shall not read an earlier answer off the evidence.
fn before_review(index: &Index, detail: &mut SampleDetail, parts: Vec<Part>) -> Result<Vec<Part>, Fault> {
    let (rows, _) = index.evidence(detail.sample)?;
    let facts: Vec<Evidence> = rows
        .into_iter()
        .map(|row| row.evidence)
        .filter(|evidence| evidence.kind != EvidenceKind::ReviewerJudgement)
        .collect();
    let resolution = resolve(parts.len(), &facts);
    detail
        .evidence
        .retain(|evidence| evidence.kind != EvidenceKind::ReviewerJudgement);
    detail.history.clear();
    detail.contradicts.clear();
    detail.origin = resolution.origin;
    detail.source_class = resolution.source_class;
    detail.confidence = resolution.confidence;
    detail.conflict = resolution.conflict;
    Ok(samples::with_origins(parts, &resolution))
}

/// The same of a sample that is looked at, its text in place.
pub(crate) fn without_judgements(index: &Index, detail: &mut SampleDetail) -> Result<(), Fault> {
    let blank = |part: &crate::wire::PartDetail| Part {
        role: part.role.clone(),
        text: String::new(),
        origin: part.origin,
        source_class: part.source_class,
        confidence: part.confidence,
    };
    let parts = detail.parts.iter().map(blank).collect();
    let parts = before_review(index, detail, parts)?;
    for (shown, part) in detail.parts.iter_mut().zip(parts) {
        shown.origin = part.origin;
        shown.source_class = part.source_class;
        shown.confidence = part.confidence;
    }
    Ok(())
}

/// A kept sample as the window shows it. Verdict and gold are as they stand now.
pub fn detail(ledger: &Ledger, digest: &Digest, decided: &Decided) -> Result<SampleDetail, Fault> {
    let kept = ledger.kept_sample(digest)?.ok_or_else(|| {
        Fault::new(
            Code::UnknownSample,
            format!("sample {digest} is not kept in this workspace"),
            "check the digest",
        )
    })?;
    let mut detail: SampleDetail = serde_json::from_value(kept.facts)
        .map_err(|error| Fault::internal("reading a kept sample's facts", error))?;
    detail.parts = samples::part_details(&kept.parts);
    detail.verdict = decided.verdict(digest).map(verdicts::to_wire);
    detail.gold = decided.is_gold(digest);
    detail.bulk = decided.in_bulk(digest).map(views::bulk_state);
    Ok(detail)
}

/// A few words by which a person recognises a sample: its shortest telling start.
pub fn title(ledger: &Ledger, digest: &Digest) -> Result<String, Fault> {
    let Some(kept) = ledger.kept_sample(digest)? else {
        return Ok(digest.short());
    };
    let text = kept
        .parts
        .iter()
        .map(|part| part.text.trim())
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    Ok(first_words(text))
}

/// The first words of a text, at most 48 characters, whole words where the script has them.
pub fn first_words(text: &str) -> String {
    const LONGEST: usize = 48;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST).collect();
    match cut.rsplit_once(' ') {
        Some((words, _)) if words.chars().count() >= LONGEST / 2 => format!("{words}…"),
        _ => format!("{cut}…"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_end_at_a_word_where_there_are_words() {
        assert_eq!(first_words("short"), "short");
        let title = first_words("My father is 78 and has taken warfarin for six years, always steady");
        assert_eq!(title, "My father is 78 and has taken warfarin for six…");
        let chinese = first_words(&"租赁合同到期后房东继续收租".repeat(8));
        assert_eq!(chinese.chars().count(), 49);
    }
}
