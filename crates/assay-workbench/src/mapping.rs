//! What was recognised in data that is not indexed yet, beside real records.

use std::path::{Path, PathBuf};

use assay_model::{Code, Fault, FieldMap, Part, Refusal, SourceClass, Task};
use assay_read::{Found, Limits, preview as reading, walk};
use assay_sketch::sketch;

use crate::indexing::dataset_name;
use crate::wire::{
    FieldPreview, MappingPreview, PartPreview, RecordPreview, RulePreview, ShapePreview, UnknownPreview,
};

/// Records read of each shape unless the window asks for more.
const RECORDS: u64 = 2000;

/// Reads a map file; what is wrong with it is told at its line.
pub fn read_map(path: &Path) -> Result<FieldMap, Fault> {
    let shown = path.display().to_string();
    let unreadable = |why: String| Fault::new(Code::InvalidMap, why, "give a map file in TOML").at(&*shown);
    let bytes =
        std::fs::read(path).map_err(|error| unreadable(format!("the map cannot be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("the map is not valid UTF-8".to_owned()))?;
    assay_read::parse_map(&text, &shown)
}

/// Reads the first records below `paths` and says how they would be indexed.
pub fn preview(
    paths: &[PathBuf],
    map: Option<&FieldMap>,
    limit: Option<u64>,
) -> Result<MappingPreview, Fault> {
    let task = Task::silent();
    let (mut files, mut refused) = (Vec::new(), Vec::new());
    for found in walk(paths, &task)? {
        match found {
            Found::File(file) => files.push(file),
            Found::Refused(refusal) => refused.push(refusal),
            Found::Release(_) => {}
        }
    }
    let files_seen = (files.len() + refused.len()) as u64;
    let limit = limit.unwrap_or(RECORDS).min(20_000);
    let found = reading::preview(&files, map, limit, &Limits::default(), &task)?;
    refused.extend(found.refused);
    refused.sort_by(|a: &Refusal, b: &Refusal| a.path.cmp(&b.path));
    Ok(MappingPreview {
        dataset: paths.first().map(|path| dataset_name(path)).unwrap_or_default(),
        shapes: found.shapes.into_iter().map(shape).collect(),
        refused,
        files_seen,
    })
}

fn shape(shape: reading::ShapePreview) -> ShapePreview {
    ShapePreview {
        path: shape.path,
        read_as: shape.read_as,
        files: shape.files,
        records_read: shape.records_read,
        map: shape.map,
        map_toml: shape.map_toml,
        fields: shape.fields.into_iter().map(field).collect(),
        records: shape.records.into_iter().map(record).collect(),
        rules: shape.rules.into_iter().map(rule).collect(),
        unknown: shape.unknown.into_iter().map(unknown).collect(),
        overlaps: shape.overlaps,
        quarantined: shape.quarantined,
        problem: shape.problem,
    }
}

fn field(field: reading::FieldPreview) -> FieldPreview {
    FieldPreview {
        field: field.field,
        filled: field.filled,
        kind: field.kind,
        becomes: field.becomes,
        how: field.how,
        distinct: field.distinct,
        values: field.values,
    }
}

fn record(record: reading::RecordPreview) -> RecordPreview {
    let parts: Vec<Part> = record.parts.iter().map(part).collect();
    RecordPreview {
        line: record.line,
        detected_language: sketch(&parts).detected.map(|detected| detected.language),
        parts: record
            .parts
            .into_iter()
            .map(|part| PartPreview {
                role: part.role,
                field: part.field,
                text: part.text,
                origin: part.origin,
                decided_by: part.decided_by,
            })
            .collect(),
        dimensions: record.dimensions,
        problem: record.problem,
    }
}

/// The part as indexing would sketch it.
fn part(part: &reading::PartPreview) -> Part {
    Part {
        role: part.role.clone(),
        text: part.text.clone(),
        origin: part.origin,
        source_class: SourceClass::Unknown,
        confidence: 0.0,
    }
}

fn rule(rule: reading::RulePreview) -> RulePreview {
    RulePreview {
        number: rule.number,
        part: rule.part,
        when: rule.when,
        origin: rule.origin,
        records: rule.records,
    }
}

fn unknown(unknown: reading::UnknownPreview) -> UnknownPreview {
    UnknownPreview {
        what: unknown.what,
        why: unknown.why,
        records: unknown.records,
    }
}
