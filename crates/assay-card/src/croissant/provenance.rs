//! Who made a part, in the words of PROV-O.
//!
//! A field of a record set carries what holds of its column as a whole: an activity for each way in which parts came, with the
//! model as the software agent it was associated with. What differs from record to record is an annotation beside the field, by
//! Croissant's own mechanism: the column that names the model, the time, the record it was made from.
//! Source: PROV-O (W3C, 2013); Croissant 1.1, "Provenance Representation".

use assay_model::{FieldMap, Origin, SourceClass};
use serde_json::{Map, Value, json};

use crate::card::{AuthorshipFact, CardFacts};
use crate::croissant::address;
use crate::figure::counted;
use crate::visible::visible;

/// Where this snapshot came from: the pass that made it, and the snapshot it revises.
pub fn of_dataset(facts: &CardFacts) -> Map<String, Value> {
    let report = &facts.report;
    let pass = json!({
        "@type": "prov:Activity",
        "prov:label": "Indexing and measuring; no source file was altered",
        "prov:endedAtTime": visible(&report.created),
        "prov:wasAssociatedWith": {"@type": "prov:SoftwareAgent", "prov:label": visible(&report.tool)},
    });
    let mut out = Map::from_iter([("prov:wasGeneratedBy".to_owned(), pass)]);
    if let Some(previous) = &facts.previous {
        let revised = json!({"@id": address(&previous.snapshot_root)});
        out.insert("prov:wasRevisionOf".to_owned(), revised);
    }
    out
}

/// How the parts of a role came, one activity for each way; nothing where it is not known of any.
pub fn of_part(facts: &CardFacts, role: &str) -> Map<String, Value> {
    let made: Vec<&AuthorshipFact> = facts.authorship.iter().filter(|made| made.role == role).collect();
    let known = made
        .iter()
        .filter(|made| made.source_class != SourceClass::Unknown);
    let activities: Vec<Value> = known.map(|made| activity(made)).collect();
    let mut agents: Vec<Value> = Vec::new();
    for agent in made.iter().filter_map(|made| agent(made)) {
        if !agents.contains(&agent) {
            agents.push(agent);
        }
    }
    let stated = [
        ("prov:wasGeneratedBy", activities),
        ("prov:wasAttributedTo", agents),
    ]
    .into_iter();
    let stated = stated.filter(|(_, values)| !values.is_empty());
    stated
        .map(|(property, values)| (property.to_owned(), json!(values)))
        .collect()
}

fn activity(made: &AuthorshipFact) -> Value {
    let label = format!(
        "{}: {}",
        made.source_class.as_str().replace('_', " "),
        counted(made.parts, "part", "parts")
    );
    let mut out = Map::from_iter([
        ("@type".to_owned(), json!("prov:Activity")),
        ("prov:label".to_owned(), json!(label)),
    ]);
    if let Some(agent) = agent(made) {
        out.insert("prov:wasAssociatedWith".to_owned(), agent);
    }
    Value::Object(out)
}

/// The model that evidence names, people where a part is theirs, nobody else.
fn agent(made: &AuthorshipFact) -> Option<Value> {
    match (made.generator.as_str(), made.origin) {
        ("", Origin::Human) => Some(json!({"@type": "prov:Person", "prov:label": "people, not named"})),
        ("", _) => None,
        (generator, _) => Some(json!({"@type": "prov:SoftwareAgent", "prov:label": visible(generator)})),
    }
}

/// A field that says of each record what PROV says of a part.
pub struct Annotation {
    /// Below the record set.
    pub name: String,
    pub told: &'static str,
    pub data_types: Vec<&'static str>,
    pub property: &'static str,
    pub field: String,
}

/// What the map's rules take from the record itself about a role.
pub fn annotations(map: &FieldMap, role: &str) -> Vec<Annotation> {
    let mut found = Vec::new();
    let rules = map.provenance.iter();
    for rule in rules.filter(|rule| rule.part.as_deref().is_none_or(|part| part == role)) {
        let columns = [
            (
                &rule.generator,
                "generator",
                "The model that made the part.",
                vec!["sc:Text", "prov:SoftwareAgent"],
                "prov:wasAttributedTo",
            ),
            (
                &rule.generated_at,
                "generated_at",
                "When it was generated, as the record writes it.",
                vec!["sc:Text"],
                "prov:generatedAtTime",
            ),
            (
                &rule.prompt_ref,
                "prompt_ref",
                "Where the prompt can be found.",
                vec!["sc:Text", "prov:Entity"],
                "prov:wasDerivedFrom",
            ),
        ];
        for (from, name, told, data_types, property) in columns {
            if let Some(field) = from.as_deref().and_then(|from| from.strip_prefix("field:")) {
                found.push(Annotation {
                    name: format!("part/{role}/{name}"),
                    told,
                    data_types,
                    property,
                    field: field.to_owned(),
                });
            }
        }
    }
    if let Some(parent) = &map.parent {
        found.push(Annotation {
            name: format!("part/{role}/parent"),
            told: "The record, or the records, it was made from.",
            data_types: vec!["sc:Text", "prov:Entity"],
            property: "prov:wasDerivedFrom",
            field: parent.clone(),
        });
    }
    let mut names = std::collections::BTreeSet::new();
    found.retain(|annotation| names.insert(annotation.name.clone()));
    found
}
