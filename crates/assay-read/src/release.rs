//! Is this folder, or this record, of a release that Assay wrote?
//!
//! Of a release's folder only the shards to train on are data: maps, cards, ablation sets and an anchor of gold are passed over.
//! Deliberately absent: whether the folder is whole (`assay verify`).

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use assay_model::{Digest, Evidence, EvidenceKind, FieldMap, Origin, PartRule, SourceClass, Value};
use serde::{Deserialize, Serialize};

/// How a manifest of a release begins to say what it is.
const FORMAT: &str = "assay release 1";
const MANIFEST_FILE: &str = "release.json";
/// Larger files of that name are something else.
const MAX_BYTES: u64 = 64 << 20;

/// A release that was found on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundRelease {
    /// Its folder, relative to the root; empty for the root itself.
    pub path: String,
    /// What it is a release of.
    pub dataset: String,
    pub snapshot: u64,
    pub policy: String,
    /// Over the manifest's bytes.
    pub manifest: Digest,
}

/// A release's folder while it is walked.
pub(crate) struct Mark {
    pub release: FoundRelease,
    /// Paths of its data, relative to it.
    data: HashSet<String>,
}

#[derive(Deserialize)]
struct Manifest {
    format: String,
    dataset: String,
    snapshot: u64,
    policy: String,
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    role: String,
}

impl Mark {
    /// The mark of a folder that holds a manifest.
    pub fn of(folder: &Path, relative: String) -> Option<Self> {
        let at = folder.join(MANIFEST_FILE);
        if !at.symlink_metadata().ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        File::open(at)
            .ok()?
            .take(MAX_BYTES)
            .read_to_end(&mut bytes)
            .ok()?;
        let manifest: Manifest = serde_json::from_slice(&bytes).ok()?;
        let data = manifest.files.into_iter().filter(|file| file.role == "train");
        (manifest.format == FORMAT).then(|| Self {
            release: FoundRelease {
                path: relative,
                dataset: manifest.dataset,
                snapshot: manifest.snapshot,
                policy: manifest.policy,
                manifest: Digest::of(&bytes),
            },
            data: data.map(|file| file.path).collect(),
        })
    }

    /// Whether a file below it, by its path relative to the release, is data.
    pub fn is_data(&self, path: &str) -> bool {
        self.data.contains(path)
    }
}

/// Whether records are rows of a release.
pub(crate) fn are_rows(records: &[Value]) -> bool {
    !records.is_empty() && records.iter().all(|record| Row::of(record).is_some())
}

/// How such rows become the samples that they were.
pub(crate) fn map_of_rows(records: &[Value]) -> FieldMap {
    let names = records.iter().find_map(|record| match record.get("dimensions") {
        Some(Value::Object(fields)) => Some(fields.iter().map(|(name, _)| name.clone())),
        _ => None,
    });
    let dimension = |name: String| {
        let field = format!("dimensions.{name}");
        (name, field)
    };
    FieldMap {
        id: Some("lineage.id".to_owned()),
        parts: vec![PartRule {
            field: "parts".to_owned(),
            role: "document".to_owned(),
        }],
        dimensions: names.into_iter().flatten().map(dimension).collect(),
        ..FieldMap::default()
    }
}

/// What a row says of its origin: that of each part as the release resolved it, with the kinds of evidence behind it. A part
/// of which nothing is known says nothing, so it stays unknown. None for records that are no rows.
pub(crate) fn declared(record: &Value) -> Option<Vec<Evidence>> {
    let row = Row::of(record)?;
    let mut found: Vec<Evidence> = (0..)
        .zip(row.parts)
        .filter_map(|(place, part)| row.evidence(place, part))
        .collect();
    // One that says the same of every part says it of the sample.
    let is_one = found.len() == row.parts.len()
        && found.windows(2).all(|pair| {
            Evidence {
                part: pair[1].part,
                ..pair[0].clone()
            } == pair[1]
        });
    if is_one {
        found.truncate(1);
        found.iter_mut().for_each(|one| one.part = None);
    }
    Some(found)
}

struct Row<'a> {
    parts: &'a [Value],
    evidence: &'a [Value],
    /// `NAME@N`
    of: String,
}

impl<'a> Row<'a> {
    /// A record with parts, evidence, and lineage that names its file and its map by digest.
    fn of(record: &'a Value) -> Option<Self> {
        let (Value::List(parts), Value::List(evidence)) = (record.get("parts")?, record.get("evidence")?)
        else {
            return None;
        };
        let lineage = record.get("lineage")?;
        let is_digest = |name| {
            let text = lineage.get(name).and_then(Value::as_text);
            text.is_some_and(|text| text.starts_with("sha256:"))
        };
        let dataset = lineage.get("dataset")?.as_text()?;
        let snapshot = lineage.get("snapshot")?.as_number()?;
        (is_digest("file") && is_digest("map")).then(|| Self {
            parts,
            evidence,
            of: format!("{dataset}@{snapshot}"),
        })
    }

    fn evidence(&self, place: u32, part: &Value) -> Option<Evidence> {
        let origin = Origin::parse(part.get("origin")?.as_text()?)?;
        let class = part.get("source_class").and_then(Value::as_text);
        let source_class = class.and_then(SourceClass::parse).unwrap_or_default();
        if (origin, source_class) == (Origin::Unknown, SourceClass::Unknown) {
            return None;
        }
        let behind = |each: &&Value| {
            let about = each.get("part").and_then(Value::as_number);
            about.is_none_or(|about| about == f64::from(place))
                && each.get("origin").and_then(Value::as_text) == Some(origin.as_str())
        };
        let behind: Vec<&Value> = self.evidence.iter().filter(behind).collect();
        let text = |each: &&Value, name| each.get(name).and_then(Value::as_text).map(str::to_owned);
        let kinds: Vec<String> = behind.iter().filter_map(|each| text(each, "kind")).collect();
        Some(Evidence {
            part: Some(place),
            kind: EvidenceKind::Declared,
            origin,
            source_class,
            confidence: part.get("confidence").and_then(Value::as_number).unwrap_or(1.0),
            source: format!("release of {}", self.of),
            value: kinds.join(", "),
            generator: behind.iter().find_map(|each| text(each, "generator")),
            record: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(json: &str) -> Value {
        value(serde_json::from_str(json).unwrap())
    }

    fn value(json: serde_json::Value) -> Value {
        use serde_json::Value as Json;
        match json {
            Json::Null => Value::Null,
            Json::Bool(bool) => Value::Bool(bool),
            Json::Number(number) => Value::Number(number.to_string()),
            Json::String(text) => Value::Text(text),
            Json::Array(items) => Value::List(items.into_iter().map(value).collect()),
            Json::Object(fields) => Value::Object(
                fields
                    .into_iter()
                    .map(|(name, each)| (name, value(each)))
                    .collect(),
            ),
        }
    }

    fn row(origins: [&str; 2]) -> Value {
        let digest = format!("sha256:{}", "0".repeat(64));
        let [first, second] = origins;
        record(&format!(
            r#"{{"digest":"{digest}","parts":[
                {{"role":"prompt","text":"Who?","origin":"{first}","source_class":"human_authored","confidence":1.0}},
                {{"role":"response","text":"I.","origin":"{second}","source_class":"synthetic","confidence":0.5}}],
              "dimensions":{{"domain":"law","topics":null}},
              "evidence":[{{"part":1,"kind":"generation_record","origin":"machine","confidence":0.5,"generator":"m-7"}}],
              "lineage":{{"dataset":"letters","snapshot":2,"file":"{digest}","map":"{digest}"}}}}"#
        ))
    }

    #[test]
    fn a_row_declares_what_the_release_found_of_each_part() {
        let found = declared(&row(["human", "machine"])).unwrap();
        let said: Vec<_> = found
            .iter()
            .map(|each| (each.part, each.origin, each.confidence))
            .collect();
        assert_eq!(
            said,
            [(Some(0), Origin::Human, 1.0), (Some(1), Origin::Machine, 0.5)]
        );
        assert_eq!(found[1].generator.as_deref(), Some("m-7"));
        assert_eq!(
            (found[1].value.as_str(), found[1].source.as_str()),
            ("generation_record", "release of letters@2")
        );
        assert!(found.iter().all(|each| each.kind == EvidenceKind::Declared));
    }

    #[test]
    fn what_nobody_knew_stays_unknown_and_how_it_came_is_kept() {
        let found = declared(&row(["unknown", "unknown"])).unwrap();
        let said: Vec<_> = found
            .iter()
            .map(|each| (each.origin, each.source_class))
            .collect();
        assert_eq!(
            said,
            [
                (Origin::Unknown, SourceClass::HumanAuthored),
                (Origin::Unknown, SourceClass::Synthetic)
            ]
        );
        let text = r#"{"parts":[{"role":"document","text":"a","origin":"unknown","source_class":"unknown"}],"evidence":[],
            "lineage":{"dataset":"a","snapshot":1,"file":"sha256:0","map":"sha256:0"}}"#;
        assert_eq!(declared(&record(text)), Some(vec![]));
    }

    #[test]
    fn rows_bring_their_dimensions_and_other_records_are_no_rows() {
        let map = map_of_rows(&[row(["human", "machine"])]);
        assert_eq!(map.dimensions["domain"], "dimensions.domain");
        assert_eq!(map.dimensions["topics"], "dimensions.topics");
        assert!(!are_rows(&[record(
            r#"{"parts":[],"evidence":[],"lineage":{"path":"a"}}"#
        )]));
        assert!(!are_rows(&[]));
    }
}
