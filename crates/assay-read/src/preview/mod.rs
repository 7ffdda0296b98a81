//! What would be indexed, and as what? The first records of each shape of file, mapped but not kept.
//!
//! Files whose records have the same fields are one shape; the first of them is shown. Reads the
//! front of files only: a share told here is one of the records read.

mod fields;
mod provenance;

use std::collections::BTreeMap;

use assay_model::{Code, Fault, FieldMap, MappedSample, Origin, Refusal, Task, Value};

use crate::intake::{Step, named};
use crate::map::{fields_seen, map_to_toml, recognise_marked};
use crate::read::read_rows;
use crate::row::{RawRecord, Row};
use crate::{Format, Limits, Mapper, Shape, SourceFile};

pub use fields::FieldPreview;
pub use provenance::{RulePreview, UnknownPreview};

/// Records of a file that are read to learn its shape.
const GLANCE: u64 = 16;
/// Records that are shown.
const SHOWN: usize = 50;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    pub shapes: Vec<ShapePreview>,
    pub refused: Vec<Refusal>,
    pub files_seen: u64,
}

/// Files whose records have the same fields.
#[derive(Clone, Debug, PartialEq)]
pub struct ShapePreview {
    /// The file the records were read from, relative.
    pub path: String,
    pub read_as: String,
    pub files: u64,
    pub records_read: u64,
    /// The given map, or the recognised one; empty where nothing was recognised.
    pub map: FieldMap,
    pub map_toml: String,
    pub fields: Vec<FieldPreview>,
    /// At most 50 records as they will be read.
    pub records: Vec<RecordPreview>,
    pub rules: Vec<RulePreview>,
    pub unknown: Vec<UnknownPreview>,
    /// Records that a later rule would have judged otherwise.
    pub overlaps: u64,
    /// Records that would be quarantined.
    pub quarantined: u64,
    /// Why the map cannot be used, if it cannot.
    pub problem: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RecordPreview {
    pub line: u64,
    pub parts: Vec<PartPreview>,
    pub dimensions: Vec<(String, String)>,
    /// Why it would be quarantined.
    pub problem: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PartPreview {
    pub role: String,
    /// The field it comes from.
    pub field: String,
    pub text: String,
    pub origin: Origin,
    /// `rule 2`, `field origin`, or empty.
    pub decided_by: String,
}

/// Reads at most `limit` records of each shape among `files`.
pub fn preview(
    files: &[SourceFile],
    map: Option<&FieldMap>,
    limit: u64,
    limits: &Limits,
    task: &Task,
) -> Result<Preview, Fault> {
    let mut preview = Preview {
        files_seen: files.len() as u64,
        ..Preview::default()
    };
    let mut places: BTreeMap<(String, Vec<String>), usize> = BTreeMap::new();
    for file in files {
        task.check()?;
        let glance = match front(file, map, GLANCE, limits, task) {
            Ok(glance) => glance,
            Err(fault) if fault.code == Code::Cancelled => return Err(fault),
            Err(fault) => {
                preview.refused.push(refusal(file, fault));
                continue;
            }
        };
        let signature = (glance.read_as(), fields::names(&glance.records));
        if let Some(place) = places.get(&signature) {
            preview.shapes[*place].files += 1;
            continue;
        }
        places.insert(signature, preview.shapes.len());
        let front = front(file, map, limit.max(1), limits, task)?;
        preview.shapes.push(shape_preview(file, &front, map));
    }
    Ok(preview)
}

fn refusal(file: &SourceFile, fault: Fault) -> Refusal {
    let Fault {
        code,
        message,
        line,
        remedy,
        ..
    } = fault;
    Refusal {
        path: file.relative.clone(),
        code,
        message,
        line,
        remedy,
    }
}

/// The first records of a file.
struct Front {
    shape: Option<Shape>,
    records: Vec<(u64, Value)>,
    damaged: u64,
}

impl Front {
    fn read_as(&self) -> String {
        self.shape.as_ref().map(Shape::describe).unwrap_or_default()
    }

    fn unmarked(&self) -> &[String] {
        match self.shape.as_ref().map(|shape| &shape.format) {
            Some(Format::Parquet(tables)) => &tables.unmarked_text,
            _ => &[],
        }
    }
}

fn front(
    file: &SourceFile,
    map: Option<&FieldMap>,
    limit: u64,
    limits: &Limits,
    task: &Task,
) -> Result<Front, Fault> {
    let columns = map.and_then(|map| map.columns.clone());
    let mut front = Front {
        shape: None,
        records: Vec::new(),
        damaged: 0,
    };
    let mut enough = false;
    let read = read_rows(file, columns.clone(), limits, task, &mut |step| {
        match step {
            Step::Shape(shape) => front.shape = Some(shape.clone()),
            Step::Row(Row::Notice { .. }, _) => {}
            Step::Row(Row::Damaged(_), _) => front.damaged += 1,
            Step::Row(Row::Record(RawRecord { line, value, key, .. }), _) => {
                front.records.push((line, named(value, columns.as_deref(), &key)));
            }
        }
        enough = front.records.len() as u64 + front.damaged >= limit;
        if enough {
            Err(Fault::new(Code::Cancelled, "enough was read", ""))
        } else {
            Ok(())
        }
    });
    match read {
        Err(fault) if !enough => Err(fault),
        _ => Ok(front),
    }
}

fn shape_preview(file: &SourceFile, front: &Front, given: Option<&FieldMap>) -> ShapePreview {
    let values: Vec<Value> = front
        .records
        .iter()
        .take(256)
        .map(|(_, value)| value.clone())
        .collect();
    let recognised = recognise_marked(&values, front.unmarked());
    let (map, mut problem) = choose(given, recognised, &values);
    let mapper = if given.is_some() {
        Mapper::new(&map)
    } else {
        Mapper::recognised(&map)
    };
    let mapper = mapper.map_err(|fault| problem = Some(fault.message)).ok();
    let mut mapped: Vec<Result<MappedSample, String>> = Vec::with_capacity(front.records.len());
    for (_, value) in &front.records {
        mapped.push(match &mapper {
            Some(mapper) => mapper
                .apply(value, &file.relative)
                .map(|(sample, _)| sample)
                .map_err(|(_, why)| why),
            None => Err("the map cannot be used".into()),
        });
    }
    let samples: Vec<&MappedSample> = mapped.iter().filter_map(|result| result.as_ref().ok()).collect();
    let shown = front.records.iter().zip(&mapped).take(SHOWN);
    ShapePreview {
        path: file.relative.clone(),
        read_as: front.read_as(),
        files: 1,
        records_read: front.records.len() as u64 + front.damaged,
        map_toml: map_to_toml(&map),
        fields: fields::previews(&front.records, &map, given.is_some(), SHOWN),
        records: shown
            .map(|((line, value), result)| record_preview(*line, value, result, &map))
            .collect(),
        rules: provenance::rules(&map, &samples),
        unknown: provenance::unknown(&map, &samples, given.is_some()),
        overlaps: samples.iter().filter(|sample| sample.overlap).count() as u64,
        quarantined: front.damaged + (mapped.len() - samples.len()) as u64,
        problem,
        map,
    }
}

fn choose(
    given: Option<&FieldMap>,
    recognised: Option<FieldMap>,
    values: &[Value],
) -> (FieldMap, Option<String>) {
    let unknown = || {
        Some(format!(
            "no field is known to be text; the fields are: {}",
            fields_seen(values)
        ))
    };
    let arrays = values.iter().any(|value| matches!(value, Value::List(_)));
    match (given, recognised) {
        (Some(map), _) if !map.parts.is_empty() => (map.clone(), None),
        (Some(map), Some(found)) => (
            FieldMap {
                parts: found.parts,
                ..map.clone()
            },
            None,
        ),
        (None, Some(found)) => (found, None),
        (map, None) if values.is_empty() => (map.cloned().unwrap_or_default(), None),
        (map, None) if arrays => (
            map.cloned().unwrap_or_default(),
            Some("the records are arrays; name their columns".into()),
        ),
        (map, None) => (map.cloned().unwrap_or_default(), unknown()),
    }
}

fn record_preview(
    line: u64,
    value: &Value,
    mapped: &Result<MappedSample, String>,
    map: &FieldMap,
) -> RecordPreview {
    let sample = match mapped {
        Ok(sample) => sample,
        Err(why) => {
            return RecordPreview {
                line,
                parts: Vec::new(),
                dimensions: Vec::new(),
                problem: Some(why.clone()),
            };
        }
    };
    let fields = fields::of_parts(value, map);
    let part = |(at, part): (usize, &assay_model::Part)| PartPreview {
        role: part.role.clone(),
        field: fields.get(at).cloned().unwrap_or_default(),
        text: part.text.clone(),
        origin: part.origin,
        decided_by: provenance::decided_by(sample, at),
    };
    RecordPreview {
        line,
        parts: sample.parts.iter().enumerate().map(part).collect(),
        dimensions: sample
            .dimensions
            .iter()
            .map(|(name, value)| (name.clone(), value.to_string()))
            .collect(),
        problem: None,
    }
}
