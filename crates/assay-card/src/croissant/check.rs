//! Is this a Croissant 1.1 document, to the letter?
//!
//! Stricter than readers are: required properties are present and of their type, every id is unique and every reference finds
//! one, digests and days are well formed, and no term is used that no vocabulary has. Knows nothing of how a document is
//! written. Deliberately absent: whether the files are there, and what they hold.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::context::NAMESPACES;

/// What is wrong, and where: a JSON Pointer (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub path: String,
    pub what: String,
}

/// Properties of the Croissant RAI vocabulary 1.0.
const RESPONSIBLE: [&str; 20] = [
    "annotationsPerItem",
    "annotatorDemographics",
    "dataAnnotationAnalysis",
    "dataAnnotationPlatform",
    "dataAnnotationProtocol",
    "dataBiases",
    "dataCollection",
    "dataCollectionMissingData",
    "dataCollectionRawData",
    "dataCollectionTimeframe",
    "dataCollectionType",
    "dataImputationProtocol",
    "dataLimitations",
    "dataManipulationProtocol",
    "dataPreprocessingProtocol",
    "dataReleaseMaintenancePlan",
    "dataSocialImpact",
    "dataUseCases",
    "machineAnnotationTools",
    "personalSensitiveInformation",
];

/// Properties and classes of PROV-O that say where an entity came from.
const PROVENANCE: [&str; 15] = [
    "Activity",
    "Agent",
    "Entity",
    "Organization",
    "Person",
    "SoftwareAgent",
    "endedAtTime",
    "generatedAtTime",
    "label",
    "startedAtTime",
    "wasAssociatedWith",
    "wasAttributedTo",
    "wasDerivedFrom",
    "wasGeneratedBy",
    "wasRevisionOf",
];

/// schema.org's properties of a dataset that Croissant 1.1 requires or recommends, and its own.
const OF_DATASET: [&str; 21] = [
    "@context",
    "@type",
    "conformsTo",
    "citeAs",
    "creator",
    "dateCreated",
    "dateModified",
    "datePublished",
    "description",
    "distribution",
    "inLanguage",
    "isLiveDataset",
    "keywords",
    "license",
    "name",
    "publisher",
    "recordSet",
    "sameAs",
    "sdVersion",
    "url",
    "version",
];
const REQUIRED: [&str; 10] = [
    "@context",
    "@type",
    "conformsTo",
    "creator",
    "datePublished",
    "description",
    "distribution",
    "license",
    "name",
    "url",
];

/// Every breach of the specification, in the order of the document.
pub fn check(document: &Value) -> Vec<Problem> {
    let mut check = Check::default();
    match document {
        Value::Object(dataset) => check.dataset(dataset),
        _ => check.wrong("", "a Croissant document is one object"),
    }
    check.problems
}

#[derive(Default)]
struct Check {
    problems: Vec<Problem>,
    /// Ids to the path where each is defined.
    ids: BTreeMap<String, String>,
}

impl Check {
    fn wrong(&mut self, path: &str, what: impl Into<String>) {
        self.problems.push(Problem {
            path: path.to_owned(),
            what: what.into(),
        });
    }

    fn dataset(&mut self, dataset: &Map<String, Value>) {
        for required in REQUIRED {
            if dataset.get(required).is_none_or(is_empty) {
                self.wrong("", format!("`{required}` is required"));
            }
        }
        for name in dataset.keys() {
            if !name.contains(':') && !OF_DATASET.contains(&name.as_str()) {
                self.wrong(&at("", name), "no such property of a dataset");
            }
        }
        self.prefixed("", &Value::Object(dataset.clone()));
        self.context(dataset.get("@context"));
        self.is(dataset, "", "@type", "sc:Dataset");
        let conforms = each(dataset.get("conformsTo")).any(|to| to == "http://mlcommons.org/croissant/1.1");
        if !conforms {
            self.wrong("/conformsTo", "does not name http://mlcommons.org/croissant/1.1");
        }
        self.texts(dataset, "", &["name", "description", "url", "citeAs", "version"]);
        self.address(dataset, "", "url");
        self.day(dataset, "datePublished");
        self.version(dataset);
        for (place, license) in each(dataset.get("license")).enumerate() {
            self.license(&format!("/license/{place}"), license);
        }
        for (place, creator) in each(dataset.get("creator")).enumerate() {
            self.named(
                &format!("/creator/{place}"),
                creator,
                &["sc:Organization", "sc:Person"],
            );
        }
        self.resources(dataset);
        for (place, set) in each(dataset.get("recordSet")).enumerate() {
            self.record_set(&format!("/recordSet/{place}"), set);
        }
        self.references("", &Value::Object(dataset.clone()));
    }

    fn context(&mut self, context: Option<&Value>) {
        let Some(Value::Object(context)) = context else {
            self.wrong("/@context", "is to be an object of terms");
            return;
        };
        for (prefix, namespace) in NAMESPACES {
            if context.get(prefix).and_then(Value::as_str) != Some(namespace) {
                self.wrong(&at("/@context", prefix), format!("is to be {namespace}"));
            }
        }
    }

    /// The rules of every object: terms with a prefix are of the vocabulary they name.
    fn prefixed(&mut self, path: &str, value: &Value) {
        match value {
            Value::Object(object) => {
                for (name, inner) in object {
                    let here = at(path, name);
                    // Inline records and the context are data, not terms.
                    if ["@context", "data", "examples"].contains(&name.as_str()) {
                        continue;
                    }
                    self.term(&here, name);
                    self.prefixed(&here, inner);
                }
            }
            Value::Array(values) => {
                for (place, inner) in values.iter().enumerate() {
                    self.prefixed(&format!("{path}/{place}"), inner);
                }
            }
            _ => {}
        }
    }

    fn term(&mut self, path: &str, name: &str) {
        let Some((prefix, term)) = name.split_once(':') else {
            return;
        };
        let known = match prefix {
            "rai" => RESPONSIBLE.contains(&term),
            "prov" => PROVENANCE.contains(&term),
            prefix => NAMESPACES.iter().any(|(known, _)| *known == prefix),
        };
        if !known {
            self.wrong(path, format!("no vocabulary has the term `{name}`"));
        }
    }

    fn resources(&mut self, dataset: &Map<String, Value>) {
        for (place, resource) in each(dataset.get("distribution")).enumerate() {
            let path = format!("/distribution/{place}");
            let Some(resource) = self.defined(&path, resource) else {
                continue;
            };
            match resource.get("@type").and_then(Value::as_str) {
                Some("cr:FileObject") => self.file(&path, resource),
                Some("cr:FileSet") => {
                    self.texts(resource, &path, &["name"]);
                    self.present(resource, &path, &["includes", "encodingFormat"]);
                }
                _ => self.wrong(&at(&path, "@type"), "is to be cr:FileObject or cr:FileSet"),
            }
        }
    }

    fn file(&mut self, path: &str, file: &Map<String, Value>) {
        self.texts(file, path, &["name", "contentUrl"]);
        self.present(file, path, &["encodingFormat", "sha256"]);
        if !file.contains_key("containedIn") {
            self.present(file, path, &["contentUrl"]);
        }
        let whole = |text: &str| {
            text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        if !file.get("sha256").and_then(Value::as_str).is_some_and(whole) {
            self.wrong(&at(path, "sha256"), "is to be 64 lower-case hexadecimal digits");
        }
    }

    fn record_set(&mut self, path: &str, set: &Value) {
        let Some(set) = self.defined(path, set) else {
            return;
        };
        self.is(set, path, "@type", "cr:RecordSet");
        self.texts(set, path, &["name"]);
        let id = set["@id"].as_str().unwrap_or_default();
        let inline = set.contains_key("data");
        if set.get("field").is_none_or(is_empty) {
            self.wrong(&at(path, "field"), "a record set has a field");
        }
        let mut names = Vec::new();
        for (place, field) in each(set.get("field")).enumerate() {
            self.field(&format!("{path}/field/{place}"), field, id, inline);
            names.extend(field.get("@id").and_then(Value::as_str));
        }
        for (row, record) in each(set.get("data")).enumerate() {
            let strange = record.as_object().into_iter().flat_map(Map::keys);
            for name in strange.filter(|name| !names.contains(&name.as_str())) {
                self.wrong(
                    &at(&format!("{path}/data/{row}"), name),
                    "no field of this record set",
                );
            }
        }
    }

    fn field(&mut self, path: &str, field: &Value, set: &str, inline: bool) {
        let Some(field) = self.defined(path, field) else {
            return;
        };
        self.is(field, path, "@type", "cr:Field");
        self.present(field, path, &["dataType"]);
        let inside = field["@id"]
            .as_str()
            .is_some_and(|id| id.starts_with(&format!("{set}/")));
        if !inside {
            self.wrong(&at(path, "@id"), format!("is to begin with `{set}/`"));
        }
        match (field.get("source"), inline) {
            (Some(_), true) => self.wrong(&at(path, "source"), "records are given here, and have no source"),
            (None, false) => self.wrong(path, "a field has a `source`"),
            (Some(source), false) => self.source(&at(path, "source"), source),
            (None, true) => {}
        }
        for (place, beside) in each(field.get("annotation")).enumerate() {
            self.field(&format!("{path}/annotation/{place}"), beside, set, inline);
        }
    }

    fn source(&mut self, path: &str, source: &Value) {
        let from = ["fileObject", "fileSet", "recordSet"];
        if from.iter().filter(|kind| source.get(**kind).is_some()).count() != 1 {
            self.wrong(path, "names one file, one set of files or one record set");
        }
        let ways = ["column", "jsonPath", "fileProperty"];
        let extract = source.get("extract");
        let given = ways
            .iter()
            .filter(|way| extract.is_some_and(|extract| extract.get(**way).is_some()));
        if given.count() != 1 {
            self.wrong(
                &at(path, "extract"),
                "says one of column, jsonPath and fileProperty",
            );
        }
    }

    /// An object with an id of its own.
    fn defined<'a>(&mut self, path: &str, value: &'a Value) -> Option<&'a Map<String, Value>> {
        let Value::Object(object) = value else {
            self.wrong(path, "is to be an object");
            return None;
        };
        match object.get("@id").and_then(Value::as_str) {
            None | Some("") => {
                self.wrong(&at(path, "@id"), "is required");
                return None;
            }
            Some(id) => {
                if let Some(first) = self.ids.insert(id.to_owned(), path.to_owned()) {
                    self.wrong(&at(path, "@id"), format!("`{id}` is the id of {first} too"));
                }
            }
        }
        Some(object)
    }

    /// Objects that are nothing but an id refer to one that is defined; what PROV refers to lies elsewhere.
    fn references(&mut self, path: &str, value: &Value) {
        match value {
            Value::Object(object) => {
                if let (1, Some(id)) = (object.len(), object.get("@id").and_then(Value::as_str))
                    && !self.ids.contains_key(id)
                {
                    self.wrong(path, format!("nothing has the id `{id}`"));
                }
                for (name, inner) in object {
                    if !name.starts_with("prov:") && !["@context", "data"].contains(&name.as_str()) {
                        self.references(&at(path, name), inner);
                    }
                }
            }
            Value::Array(values) => {
                for (place, inner) in values.iter().enumerate() {
                    self.references(&format!("{path}/{place}"), inner);
                }
            }
            _ => {}
        }
    }

    fn license(&mut self, path: &str, license: &Value) {
        match license {
            Value::String(text) if text.starts_with("https://") || text.starts_with("http://") => {}
            Value::Object(_) => self.named(path, license, &["sc:CreativeWork"]),
            _ => self.wrong(path, "is to be an address or a sc:CreativeWork"),
        }
    }

    fn named(&mut self, path: &str, value: &Value, types: &[&str]) {
        let kind = value.get("@type").and_then(Value::as_str).unwrap_or_default();
        if !types.contains(&kind) {
            self.wrong(&at(path, "@type"), format!("is to be {}", types.join(" or ")));
        }
        if value
            .get("name")
            .and_then(Value::as_str)
            .is_none_or(str::is_empty)
        {
            self.wrong(&at(path, "name"), "is required");
        }
    }

    fn is(&mut self, object: &Map<String, Value>, path: &str, name: &str, value: &str) {
        if object.get(name).and_then(Value::as_str) != Some(value) {
            self.wrong(&at(path, name), format!("is to be {value}"));
        }
    }

    fn present(&mut self, object: &Map<String, Value>, path: &str, names: &[&str]) {
        for name in names {
            if object.get(*name).is_none_or(is_empty) {
                self.wrong(&at(path, name), "is required");
            }
        }
    }

    /// Where these are given, they are texts that say something.
    fn texts(&mut self, object: &Map<String, Value>, path: &str, names: &[&str]) {
        for name in names {
            if object
                .get(*name)
                .is_some_and(|value| value.as_str().is_none_or(str::is_empty))
            {
                self.wrong(&at(path, name), "is to be a text");
            }
        }
    }

    fn address(&mut self, object: &Map<String, Value>, path: &str, name: &str) {
        let has_scheme = |text: &str| {
            text.split_once(':').is_some_and(|(scheme, rest)| {
                !rest.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        };
        if !object.get(name).and_then(Value::as_str).is_some_and(has_scheme) {
            self.wrong(&at(path, name), "is to be an address");
        }
    }

    fn day(&mut self, dataset: &Map<String, Value>, name: &str) {
        let day = dataset.get(name).and_then(Value::as_str);
        if day.and_then(|day| day.parse::<Date>().ok()).is_none() {
            self.wrong(&at("", name), "is to be a day, YYYY-MM-DD");
        }
    }

    /// Semantic Versioning 2.0.0, without pre-releases.
    fn version(&mut self, dataset: &Map<String, Value>) {
        let Some(version) = dataset.get("version").and_then(Value::as_str) else {
            return;
        };
        let numbers: Vec<&str> = version.split('.').collect();
        let whole = numbers.len() == 3 && numbers.iter().all(|number| number.parse::<u64>().is_ok());
        if !whole {
            self.wrong("/version", "is to be MAJOR.MINOR.PATCH");
        }
    }
}

/// The values of a property that may have one or many.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(values)) => values.as_slice().iter(),
        Some(one) => std::slice::from_ref(one).iter(),
        None => [].iter(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

/// The path with one more name, escaped.
fn at(path: &str, name: &str) -> String {
    format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"))
}
