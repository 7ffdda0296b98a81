//! What would be decided about origins, and what would stay unknown.

use assay_model::field_map::KNOWN_DIMENSIONS;
use assay_model::{FieldMap, MappedSample, Origin};

/// What one rule would decide; `when` is empty for "no rule matches".
#[derive(Clone, Debug, PartialEq)]
pub struct RulePreview {
    pub number: Option<u64>,
    pub part: String,
    pub when: String,
    pub origin: Origin,
    pub records: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct UnknownPreview {
    pub what: String,
    pub why: String,
    pub records: u64,
}

/// `rule 2`, `field origin`, or nothing: what decided part `at`.
pub(super) fn decided_by(sample: &MappedSample, at: usize) -> String {
    let mut evidence = sample.evidence.iter();
    let found = evidence.find(|row| row.part.is_none_or(|part| part as usize == at));
    found.map(|row| row.source.clone()).unwrap_or_default()
}

/// Records that each rule decides, part by part, and those that none decides.
pub(super) fn rules(map: &FieldMap, samples: &[&MappedSample]) -> Vec<RulePreview> {
    if map.provenance.is_empty() {
        return Vec::new();
    }
    let roles = roles(samples);
    let mut rows = Vec::new();
    for (at, rule) in map.provenance.iter().enumerate() {
        let source = format!("rule {}", at + 1);
        let class = rule.source_class.unwrap_or_default();
        rows.push(RulePreview {
            number: Some(at as u64 + 1),
            part: rule.part.clone().unwrap_or_else(|| roles.join(", ")),
            when: rule.when.clone().unwrap_or_default(),
            origin: rule.origin.unwrap_or(class.origin()),
            records: count(samples, |sample| {
                (0..sample.parts.len()).any(|part| decided_by(sample, part) == source)
            }),
        });
    }
    for role in roles {
        let records = count(samples, |sample| undecided(sample, &role));
        if records > 0 {
            rows.push(RulePreview {
                number: None,
                part: role,
                when: String::new(),
                origin: Origin::Unknown,
                records,
            });
        }
    }
    rows
}

/// What stays unknown: origins part by part, and the dimensions that measures know.
pub(super) fn unknown(map: &FieldMap, samples: &[&MappedSample], given: bool) -> Vec<UnknownPreview> {
    let mut rows = Vec::new();
    for dimension in KNOWN_DIMENSIONS {
        let why = match map.dimensions.get(dimension) {
            None => "no field says it".to_owned(),
            Some(field) => format!("{field} is empty"),
        };
        let empty = |sample: &MappedSample| {
            let mut values = sample.dimensions.iter();
            values
                .find(|(name, _)| name == dimension)
                .is_none_or(|(_, value)| value.is_null())
        };
        let records = count(samples, empty);
        if records > 0 {
            rows.push(UnknownPreview {
                what: dimension.into(),
                why,
                records,
            });
        }
    }
    for role in roles(samples) {
        let unknown = |sample: &MappedSample| {
            sample
                .parts
                .iter()
                .any(|part| part.role == role && part.origin == Origin::Unknown)
        };
        let records = count(samples, unknown);
        if records > 0 {
            let why = match (given, map.provenance.is_empty()) {
                (true, false) => "no rule matches",
                (true, true) => "the map has no rule",
                (false, _) => "no field declares it",
            };
            rows.push(UnknownPreview {
                what: format!("origin of {role}"),
                why: why.into(),
                records,
            });
        }
    }
    rows
}

fn undecided(sample: &MappedSample, role: &str) -> bool {
    let parts = sample.parts.iter().enumerate();
    parts
        .filter(|(_, part)| part.role == role)
        .any(|(at, _)| decided_by(sample, at).is_empty())
}

fn count(samples: &[&MappedSample], holds: impl Fn(&MappedSample) -> bool) -> u64 {
    samples.iter().filter(|sample| holds(sample)).count() as u64
}

/// The roles of the parts, in the order in which they first appear.
fn roles(samples: &[&MappedSample]) -> Vec<String> {
    let mut roles: Vec<String> = Vec::new();
    for part in samples.iter().flat_map(|sample| &sample.parts) {
        if !roles.contains(&part.role) {
            roles.push(part.role.clone());
        }
    }
    roles
}
