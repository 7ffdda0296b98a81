//! Data Provenance Standards 1.0.0 of the Data & Trust Alliance: the metadata elements under source, provenance and use.
//!
//! Source: the JSON Schema of version 1.0.0. Codes are Assay's own words, for the schema leaves the code systems open.

use std::collections::BTreeSet;

use assay_model::{AuthoredSection, SourceClass};
use serde_json::{Value, json};

use super::{NOT_STATED, licenses, stated};
use crate::card::CardFacts;
use crate::croissant::{address, creator};
use crate::figure::counted;
use crate::visible::visible_or;

pub fn metadata(facts: &CardFacts) -> Value {
    let report = &facts.report;
    let mut provenance = json!({
        "origin-geography": [{"country": NOT_STATED}],
        "date": visible_or(&report.created, NOT_STATED),
        "generation-method": methods(facts),
        "format": formats(facts),
    });
    if let Some(previous) = &facts.previous {
        provenance["previous-date"] = json!(visible_or(&previous.created, NOT_STATED));
    }
    json!({
        "source": {
            "version": "1.0.0",
            "title": visible_or(&report.dataset, "unnamed dataset"),
            "id": address(&report.snapshot_root),
            "issuer": [{"name": creator(facts)}],
            "description": format!(
                "{} in snapshot {}. {}",
                counted(report.samples.indexed, "sample", "samples"),
                report.snapshot,
                stated(facts, AuthoredSection::Collection)
            ),
        },
        "provenance": provenance,
        "use": {
            "license": terms(facts),
            "intended-purpose": [{"code": "training", "description": stated(facts, AuthoredSection::Purpose)}],
        },
    })
}

/// How the texts came, each way once; unknown where nobody has said.
fn methods(facts: &CardFacts) -> Vec<Value> {
    let cells = facts.report.composition.iter();
    let found: BTreeSet<&str> = cells
        .filter(|cell| cell.samples > 0)
        .map(|cell| cell.source_class.as_str())
        .collect();
    if found.is_empty() {
        return vec![json!({"code": SourceClass::Unknown.as_str()})];
    }
    found.into_iter().map(|code| json!({"code": code})).collect()
}

fn formats(facts: &CardFacts) -> Vec<String> {
    let types: BTreeSet<&String> = facts
        .layouts
        .iter()
        .flat_map(|layout| &layout.media_types)
        .collect();
    types.into_iter().cloned().collect()
}

/// Licences as samples name them, then what an author wrote of rights.
fn terms(facts: &CardFacts) -> Vec<String> {
    let mut terms = licenses(facts);
    terms.extend(facts.written(AuthoredSection::Rights));
    let mut seen = BTreeSet::new();
    terms.retain(|term| seen.insert(term.clone()));
    terms
}
