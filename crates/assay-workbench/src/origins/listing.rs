//! Every piece of evidence and every change of origin, for scripts.

use std::io::Write;

use assay_index::{BroughtBy, EvidenceRow};
use assay_model::{Expression, Fault};
use serde_json::{Value, json};

use crate::Workspace;
use crate::decisions::Decided;
use crate::samples::{located, place, write_line};

/// Samples read from the database at a time.
const PAGE: u64 = 500;

/// Whose evidence a script asks for.
#[derive(Clone, Debug, Default)]
pub struct EvidenceQuery {
    pub dataset: Option<String>,
    pub snapshot: Option<u64>,
    pub filter: Option<Expression>,
}

/// Writes one JSON line for each sample that has evidence or a history. Returns how many.
pub fn write_evidence(
    workspace: &Workspace,
    query: &EvidenceQuery,
    out: &mut dyn Write,
) -> Result<u64, Fault> {
    let index = workspace.index()?;
    let snapshot = index.snapshot(query.dataset.as_deref(), query.snapshot)?;
    Decided::read(&workspace.ledger()?)?.use_in(&index)?;
    let selection = index.select(&snapshot, query.filter.as_ref())?;
    let (mut written, mut after) = (0, None);
    loop {
        let page = index.first(&selection, after, PAGE)?;
        let Some(last) = page.last() else {
            return Ok(written);
        };
        after = Some(*last);
        for sample in page {
            let (evidence, _) = index.evidence(sample)?;
            let history = index.history(sample)?;
            if evidence.is_empty() && history.is_empty() {
                continue;
            }
            let located = located(&index, &snapshot, sample)?;
            let mut row = place(&snapshot, &located);
            row["sample"] = json!(sample);
            row["origin"] = json!(located.origin);
            row["source_class"] = json!(located.source_class);
            row["confidence"] = json!(located.confidence);
            row["conflict"] = json!(located.conflict);
            row["evidence"] = evidence.iter().map(evidence_json).collect();
            row["history"] = json!(history);
            write_line(out, &row)?;
            written += 1;
        }
    }
}

/// One piece of evidence as scripts see it. `strength` is 0 for the strongest kind.
pub(crate) fn evidence_json(row: &EvidenceRow) -> Value {
    let evidence = &row.evidence;
    let record = evidence.record.clone().unwrap_or_default();
    json!({
        "part": evidence.part,
        "kind": evidence.kind,
        "strength": evidence.kind.rank(),
        "effect": row.effect,
        "origin": evidence.origin,
        "source_class": evidence.source_class,
        "confidence": evidence.confidence,
        "source": evidence.source,
        "value": evidence.value,
        "generator": evidence.generator,
        "model": record.model,
        "prompt_ref": record.prompt_ref,
        "generated_at": record.generated_at,
        "added": row.brought.as_ref().map(brought),
    })
}

/// The act that brought it.
fn brought(brought: &BroughtBy) -> Value {
    json!({"kind": brought.kind, "name": brought.name, "by": brought.by, "at": brought.at, "entry": brought.entry})
}
