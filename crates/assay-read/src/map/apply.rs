//! Applies a map to a record: parts, identity, dimensions, provenance.

use std::borrow::Cow;

use assay_model::{Code, Fault, FieldMap, MappedSample, Origin, Part, SourceClass, Value, resolve};

use super::cutoff::Cutoff;
use super::messages::pieces;
use super::provenance::{self, Rule};
use super::{disclosure, embedding};

/// A map made ready to be applied to many records.
pub struct Mapper {
    id: Option<String>,
    parent: Option<String>,
    embedding: Option<String>,
    parts: Vec<(String, String)>,
    dimensions: Vec<(String, Dimension)>,
    rules: Vec<Rule>,
    cutoff: Option<Cutoff>,
    trust: Trust,
}

/// Whether a record's own words about its origin count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    RulesOnly,
    OwnFields,
}

enum Dimension {
    Field(String),
    /// A folder below the root, from 1.
    Folder(usize),
    Fixed(String),
}

impl Dimension {
    fn new(text: &str) -> Result<Self, Fault> {
        if let Some(fixed) = text.strip_prefix('=') {
            return Ok(Self::Fixed(fixed.to_owned()));
        }
        match text.strip_prefix("path:").map(str::parse) {
            None => Ok(Self::Field(text.to_owned())),
            Some(Ok(level)) if level > 0 => Ok(Self::Folder(level)),
            Some(_) => {
                let message = format!("`{text}` names no folder");
                Err(Fault::new(
                    Code::InvalidMap,
                    message,
                    "`path:1` is the first folder below the indexed root",
                ))
            }
        }
    }
}

impl Mapper {
    /// Makes a given map ready. Only its rules say who made a text.
    pub fn new(map: &FieldMap) -> Result<Self, Fault> {
        Self::with_trust(map, Trust::RulesOnly)
    }

    /// Makes a recognised map ready: a record's own `origin` and `source_class` are believed as declared.
    pub fn recognised(map: &FieldMap) -> Result<Self, Fault> {
        Self::with_trust(map, Trust::OwnFields)
    }

    fn with_trust(map: &FieldMap, trust: Trust) -> Result<Self, Fault> {
        let dimensions = map.dimensions.iter();
        let dimensions = dimensions.map(|(name, text)| Ok((name.clone(), Dimension::new(text)?)));
        let rules = map
            .provenance
            .iter()
            .enumerate()
            .map(|(i, rule)| Rule::new(i + 1, rule));
        Ok(Self {
            id: map.id.clone(),
            parent: map.parent.clone(),
            cutoff: map.cutoff.as_ref().map(Cutoff::new).transpose()?,
            embedding: map.embedding.clone(),
            parts: map
                .parts
                .iter()
                .map(|part| (part.field.clone(), part.role.clone()))
                .collect(),
            dimensions: dimensions.collect::<Result<_, Fault>>()?,
            rules: rules.collect::<Result<_, Fault>>()?,
            trust,
        })
    }

    /// Maps one record of the file at `relative`. `Ok` carries what was noticed; `Err` why the record
    /// is quarantined.
    pub fn apply(
        &self,
        record: &Value,
        relative: &str,
    ) -> Result<(MappedSample, Vec<(Code, String)>), (Code, String)> {
        let mut parts = self.parts(record)?;
        let lookup = |field: &str| look_up(record, relative, field).into_owned();
        let mut found = match self.trust {
            Trust::RulesOnly => provenance::by_rules(&self.rules, &parts, &lookup),
            Trust::OwnFields => provenance::declared(record),
        };
        found.evidence.extend(disclosure::phrases(&parts));
        let dimension =
            |(name, source): &(String, Dimension)| (name.clone(), self.dimension(source, record, relative));
        let dimensions: Vec<(String, Value)> = self.dimensions.iter().map(dimension).collect();
        let mut noticed = empty_text(&parts);
        if let Some(cutoff) = &self.cutoff {
            match cutoff.judge(&dimensions) {
                Ok(evidence) => found.evidence.extend(evidence),
                Err(flag) => noticed.push(flag),
            }
        }
        let resolution = resolve(parts.len(), &found.evidence);
        for (part, resolved) in parts.iter_mut().zip(&resolution.parts) {
            part.origin = resolved.origin;
            part.source_class = resolved.source_class;
            part.confidence = resolved.confidence;
        }
        let (embedding, unusable) = self.embedding(record);
        noticed.extend(unusable.map(|why| (Code::UnusableEmbedding, why)));
        let sample = MappedSample {
            id: self
                .id
                .as_ref()
                .map(|id| look_up(record, relative, id).to_string())
                .filter(|id| !id.is_empty()),
            parents: self.parents(record, relative),
            dimensions,
            evidence: found.evidence,
            origin: resolution.origin,
            source_class: resolution.source_class,
            confidence: resolution.confidence,
            conflict: resolution.conflict,
            overlap: found.overlap,
            embedding,
            parts,
        };
        Ok((sample, noticed))
    }

    /// The records this one names as those it was made from.
    fn parents(&self, record: &Value, relative: &str) -> Vec<String> {
        let Some(field) = &self.parent else {
            return Vec::new();
        };
        let named = look_up(record, relative, field);
        let all = match named.as_ref() {
            Value::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut parents: Vec<String> = all
            .iter()
            .map(Value::to_string)
            .filter(|parent| !parent.is_empty())
            .collect();
        parents.dedup();
        parents
    }

    fn parts(&self, record: &Value) -> Result<Vec<Part>, (Code, String)> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for (field, role) in &self.parts {
            let Some(value) = value_at(record, field) else {
                continue;
            };
            for piece in pieces(&value, field)? {
                parts.push(Part {
                    role: piece.role.unwrap_or_else(|| role.clone()),
                    text: piece.text,
                    origin: Origin::Unknown,
                    source_class: SourceClass::Unknown,
                    confidence: 0.0,
                });
            }
        }
        if parts.is_empty() {
            let fields: Vec<&str> = self.parts.iter().map(|(field, _)| field.as_str()).collect();
            return Err((Code::NoText, format!("null or missing: {}", fields.join(", "))));
        }
        Ok(parts)
    }

    /// The record's vector, and why it cannot be used where it cannot. A missing one is only missing.
    fn embedding(&self, record: &Value) -> (Vec<f32>, Option<String>) {
        let value = self
            .embedding
            .as_deref()
            .and_then(|field| value_at(record, field));
        match value.as_deref().map(embedding::of) {
            None => (Vec::new(), None),
            Some(Ok(vector)) => (vector, None),
            Some(Err(why)) => (Vec::new(), Some(why)),
        }
    }

    fn dimension(&self, source: &Dimension, record: &Value, relative: &str) -> Value {
        match source {
            Dimension::Field(field) => look_up(record, relative, field).into_owned(),
            Dimension::Fixed(text) => Value::Text(text.clone()),
            Dimension::Folder(level) => {
                let folders = relative.rsplit_once('/').map_or("", |(folders, _)| folders);
                let folder = folders
                    .split('/')
                    .nth(level - 1)
                    .filter(|folder| !folder.is_empty());
                folder.map_or(Value::Null, |folder| Value::Text(folder.to_owned()))
            }
        }
    }
}

/// Flags a sample without any text, or with an empty document, prompt or response; white space is no text.
fn empty_text(parts: &[Part]) -> Vec<(Code, String)> {
    if parts.iter().all(|part| part.text.trim().is_empty()) {
        return vec![(Code::EmptyText, "the text is empty".into())];
    }
    let empty = |role: &str| {
        let mut of_role = parts.iter().filter(|part| part.role == role).peekable();
        of_role.peek().is_some() && of_role.all(|part| part.text.trim().is_empty())
    };
    let roles = ["document", "prompt", "response"]
        .into_iter()
        .filter(|role| empty(role));
    roles
        .map(|role| (Code::EmptyText, format!("the {role} is empty")))
        .collect()
}

/// A field of the record; `path` and `filename` are always those of its file.
fn look_up<'a>(record: &'a Value, relative: &str, field: &str) -> Cow<'a, Value> {
    let text = match field {
        "path" => relative,
        "filename" => relative.rsplit('/').next().unwrap_or(relative),
        _ => return value_at(record, field).unwrap_or(Cow::Owned(Value::Null)),
    };
    Cow::Owned(Value::Text(text.to_owned()))
}

/// Follows a dot path; through a list of objects it collects one value from each.
pub(crate) fn value_at<'a>(record: &'a Value, field: &str) -> Option<Cow<'a, Value>> {
    if let Some(value) = record.at(field) {
        return Some(Cow::Borrowed(value));
    }
    field.match_indices('.').find_map(|(dot, _)| {
        let Value::List(items) = record.at(&field[..dot])? else {
            return None;
        };
        let rest = &field[dot + 1..];
        let mut collected = Vec::new();
        for item in items {
            match value_at(item, rest).map(Cow::into_owned) {
                Some(Value::List(inner)) => collected.extend(inner),
                Some(value) => collected.push(value),
                None => {}
            }
        }
        (!collected.is_empty()).then_some(Cow::Owned(Value::List(collected)))
    })
}
