//! What is a record: its identity, its text parts with who made them, its dimensions.

use std::collections::BTreeSet;

use assay_model::FieldMap;
use serde_json::{Map, Value, json};

use super::distribution::{encoded, source};
use super::provenance;
use crate::card::{CardFacts, LayoutFact, RecordsAt};
use crate::visible::visible;

/// One record set for each layout, and one that counts who made the parts.
pub fn record_sets(facts: &CardFacts) -> Vec<Value> {
    let layouts = facts.layouts.iter().enumerate();
    let mut sets: Vec<Value> = layouts
        .map(|(number, layout)| samples(number, layout, facts))
        .collect();
    if !facts.authorship.is_empty() {
        sets.push(authorship(facts));
    }
    sets
}

fn samples(number: usize, layout: &LayoutFact, facts: &CardFacts) -> Value {
    let set = Set { number, layout };
    let map = &layout.map;
    let mut fields = Vec::new();
    let mut set_out = Map::new();
    if let Some(id) = &map.id {
        fields.push(set.field("id", "Identity of the record.", id));
        set_out.insert("key".into(), json!({"@id": set.id("id")}));
    }
    for part in &map.parts {
        let mut field = set.field(
            &format!("part/{}", part.role),
            &format!("Text of the part in the role {}.", visible(&part.role)),
            &part.field,
        );
        field.extend(provenance::of_part(facts, &part.role));
        let beside = provenance::annotations(map, &part.role);
        let beside: Vec<Value> = beside.iter().map(|each| set.annotation(each)).collect();
        if !beside.is_empty() {
            field.insert("annotation".into(), json!(beside));
        }
        fields.push(field);
    }
    for (dimension, from) in mapped(map) {
        let told = format!("Dimension {}.", visible(dimension));
        fields.push(set.field(&format!("dimension/{dimension}"), &told, from));
    }
    let id = set.set_id();
    let head = json!({
        "@type": "cr:RecordSet",
        "@id": id,
        "name": id,
        "description": "One record for each sample, as it stands in its source file.",
        "field": distinct(fields),
    });
    let mut out = head.as_object().cloned().unwrap_or_default();
    out.extend(set_out);
    Value::Object(out)
}

/// Dimensions that are fields of the records; those of a path or a fixed value have no field.
fn mapped(map: &FieldMap) -> impl Iterator<Item = (&str, &str)> {
    let fields = map
        .dimensions
        .iter()
        .map(|(name, from)| (name.as_str(), from.as_str()));
    fields.filter(|(_, from)| !from.starts_with('=') && !from.starts_with("path:"))
}

/// Fields by id, the first of each: a map may give two fields one role.
fn distinct(fields: Vec<Map<String, Value>>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let fields = fields.into_iter();
    let fields = fields.filter(|field| seen.insert(field["@id"].to_string()));
    fields.map(Value::Object).collect()
}

/// A layout as a record set.
struct Set<'a> {
    number: usize,
    layout: &'a LayoutFact,
}

impl Set<'_> {
    fn set_id(&self) -> String {
        match self.number {
            0 => "samples".to_owned(),
            number => format!("samples-{}", number + 1),
        }
    }

    fn id(&self, name: &str) -> String {
        format!("{}/{}", self.set_id(), encoded(name))
    }

    fn field(&self, name: &str, told: &str, from: &str) -> Map<String, Value> {
        let id = self.id(name);
        let (kind, file) = source(self.number, self.layout);
        let mut source = values(&self.layout.records, from);
        source.insert(kind.to_owned(), json!({"@id": file}));
        let out = json!({
            "@type": "cr:Field",
            "@id": id,
            "name": id,
            "description": told,
            "dataType": "sc:Text",
            "source": source,
        });
        out.as_object().cloned().unwrap_or_default()
    }

    fn annotation(&self, of: &provenance::Annotation) -> Value {
        let mut field = self.field(&of.name, of.told, &of.field);
        field.insert("dataType".into(), json!(of.data_types));
        field.insert("equivalentProperty".into(), json!(of.property));
        Value::Object(field)
    }
}

/// How a field's values are taken out of a file: a column of a table, a path in a document, a whole text. What lies deeper in a
/// column is a transformation of it, for loaders read lines and rows as tables.
fn values(records: &RecordsAt, field: &str) -> Map<String, Value> {
    let extract = match records {
        RecordsAt::WholeFile => json!({"fileProperty": "content"}),
        RecordsAt::Document { records } => json!({"jsonPath": format!("{records}.{field}")}),
        RecordsAt::ColumnsOfDocument => json!({"jsonPath": format!("$.{field}[*]")}),
        RecordsAt::Columns | RecordsAt::Lines => {
            let (column, deeper) = field.split_once('.').unwrap_or((field, ""));
            let mut out = Map::from_iter([("extract".to_owned(), json!({"column": column}))]);
            if !deeper.is_empty() {
                out.insert("transform".to_owned(), json!({"jsonPath": format!("$.{deeper}")}));
            }
            return out;
        }
    };
    Map::from_iter([("extract".to_owned(), extract)])
}

/// Who made how many parts, as records of their own: origins follow from evidence and stand in no source file.
fn authorship(facts: &CardFacts) -> Value {
    let field = |name: &str, told: &str, kind: &str| {
        json!({
            "@type": "cr:Field",
            "@id": format!("authorship/{name}"),
            "name": format!("authorship/{name}"),
            "description": told,
            "dataType": kind,
        })
    };
    let rows = facts.authorship.iter().map(|made| {
        json!({
            "authorship/role": visible(&made.role),
            "authorship/origin": made.origin.as_str(),
            "authorship/source_class": made.source_class.as_str(),
            "authorship/generator": visible(&made.generator),
            "authorship/parts": made.parts,
        })
    });
    json!({
        "@type": "cr:RecordSet",
        "@id": "authorship",
        "name": "authorship",
        "description": "Parts of samples by role, origin, how they came and the model that made them, counted. Unknown is an answer.",
        "field": [
            field("role", "Role of the part.", "sc:Text"),
            field("origin", "human, machine, mixed or unknown.", "sc:Text"),
            field("source_class", "How the part came.", "sc:Text"),
            field("generator", "The model, where evidence names it; else empty.", "sc:Text"),
            field("parts", "Parts of samples.", "sc:Integer"),
        ],
        "data": rows.collect::<Vec<_>>(),
    })
}
