//! What stands in each field, and what the map makes of it.

use std::collections::{BTreeMap, HashSet};

use assay_model::{Expression, FieldMap, Value};

use crate::map::{pieces_of, value_at};

const MOST_FIELDS: usize = 300;
const MOST_DISTINCT: usize = 1000;
const MOST_CHARACTERS: usize = 200;
/// Levels of nested objects that are listed field by field.
const LEVELS: usize = 3;

#[derive(Clone, Debug, PartialEq)]
pub struct FieldPreview {
    /// Dot path.
    pub field: String,
    /// Share of records where it is not null, 0 to 1.
    pub filled: f64,
    /// `text`, `number`, `boolean`, `list`, `object`, `null`.
    pub kind: String,
    /// `identity`, `part:prompt`, `dimension:domain`, `evidence`, or empty for not used.
    pub becomes: String,
    /// `by name`, `unique in all`, `7 values`, `rule 2`, `by the map`.
    pub how: String,
    /// Distinct values, counted up to 1,000.
    pub distinct: u64,
    /// Its value in each record shown, cut to 200 characters.
    pub values: Vec<Option<String>>,
}

/// The names of the fields in these records, sorted: what makes two files one shape.
pub(super) fn names(records: &[(u64, Value)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (_, record) in records {
        let Value::Object(fields) = record else { continue };
        names.extend(fields.iter().take(MOST_FIELDS).map(|(name, _)| name.clone()));
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// The field behind each part that the map gives for `record`.
pub(super) fn of_parts(record: &Value, map: &FieldMap) -> Vec<String> {
    let parts = map.parts.iter();
    parts
        .flat_map(|part| std::iter::repeat_n(part.field.clone(), pieces_of(record, &part.field)))
        .collect()
}

pub(super) fn previews(
    records: &[(u64, Value)],
    map: &FieldMap,
    given: bool,
    shown: usize,
) -> Vec<FieldPreview> {
    let mut paths = Vec::new();
    let mut known = HashSet::new();
    for (_, record) in records {
        collect(record, "", 0, &mut paths, &mut known);
    }
    let uses = uses(map, given);
    paths
        .into_iter()
        .map(|path| field_preview(path, records, &uses, shown))
        .collect()
}

fn collect(value: &Value, before: &str, level: usize, paths: &mut Vec<String>, known: &mut HashSet<String>) {
    let Value::Object(fields) = value else { return };
    for (name, value) in fields {
        if paths.len() >= MOST_FIELDS {
            return;
        }
        let path = if before.is_empty() {
            name.clone()
        } else {
            format!("{before}.{name}")
        };
        if matches!(value, Value::Object(_)) && level + 1 < LEVELS {
            collect(value, &path, level + 1, paths, known);
        } else if known.insert(path.clone()) {
            paths.push(path);
        }
    }
}

struct Use {
    becomes: String,
    how: String,
}

/// What the map makes of each field it names.
fn uses(map: &FieldMap, given: bool) -> BTreeMap<String, Use> {
    let how = if given { "by the map" } else { "by name" };
    let mut uses = BTreeMap::new();
    let mut add = |field: &str, becomes: String, how: String| {
        uses.entry(field.to_owned()).or_insert(Use { becomes, how });
    };
    for part in &map.parts {
        add(&part.field, format!("part:{}", part.role), how.into());
    }
    if let Some(id) = &map.id {
        add(
            id,
            "identity".into(),
            if given { how.into() } else { "unique in all".into() },
        );
    }
    for (dimension, field) in &map.dimensions {
        add(
            field,
            format!("dimension:{dimension}"),
            if given { how.into() } else { String::new() },
        );
    }
    for (number, rule) in map.provenance.iter().enumerate() {
        let condition = rule.when.as_deref().and_then(|when| Expression::parse(when).ok());
        let of_condition = condition.as_ref().map(Expression::fields).unwrap_or_default();
        let of_generator = rule
            .generator
            .as_deref()
            .and_then(|generator| generator.strip_prefix("field:"));
        for field in of_condition.into_iter().chain(of_generator) {
            add(field, "evidence".into(), format!("rule {}", number + 1));
        }
    }
    if !given {
        for field in ["origin", "source_class"] {
            add(field, "evidence".into(), "by name".into());
        }
    }
    uses
}

fn field_preview(
    path: String,
    records: &[(u64, Value)],
    uses: &BTreeMap<String, Use>,
    shown: usize,
) -> FieldPreview {
    let (mut filled, mut kind, mut distinct, mut values) = (0_u64, "null", HashSet::new(), Vec::new());
    for (at, (_, record)) in records.iter().enumerate() {
        let value = value_at(record, &path).filter(|value| !value.is_null());
        if at < shown {
            values.push(
                value
                    .as_ref()
                    .map(|value| value.to_string().chars().take(MOST_CHARACTERS).collect()),
            );
        }
        let Some(value) = value else { continue };
        filled += 1;
        kind = match value.as_ref() {
            Value::Text(_) => "text",
            Value::Number(_) => "number",
            Value::Bool(_) => "boolean",
            Value::List(_) => "list",
            Value::Object(_) => "object",
            Value::Null => kind,
        };
        if distinct.len() < MOST_DISTINCT {
            distinct.insert(value.to_string());
        }
    }
    let (becomes, mut how) = uses
        .get(&path)
        .map_or_else(Default::default, |it| (it.becomes.clone(), it.how.clone()));
    if how.is_empty() && !becomes.is_empty() {
        how = format!("{} values", distinct.len());
    }
    let share = filled as f64 / records.len().max(1) as f64;
    FieldPreview {
        field: path,
        filled: share,
        kind: kind.into(),
        becomes,
        how,
        distinct: distinct.len() as u64,
        values,
    }
}
