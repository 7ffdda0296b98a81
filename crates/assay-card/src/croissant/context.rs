//! Which words may a Croissant document use, and what do they stand for?

use serde_json::{Map, Value, json};

/// Terms of the context that are names of properties, beside the prefix of the vocabulary each belongs to
/// (Croissant 1.1, appendix 1).
const TERMS: [(&str, &str); 32] = [
    ("annotation", "cr"),
    ("arrayShape", "cr"),
    ("citeAs", "cr"),
    ("column", "cr"),
    ("conformsTo", "dct"),
    ("containedIn", "cr"),
    ("equivalentProperty", "cr"),
    ("excludes", "cr"),
    ("extract", "cr"),
    ("field", "cr"),
    ("fileObject", "cr"),
    ("fileProperty", "cr"),
    ("fileSet", "cr"),
    ("format", "cr"),
    ("includes", "cr"),
    ("isArray", "cr"),
    ("isLiveDataset", "cr"),
    ("jsonPath", "cr"),
    ("key", "cr"),
    ("md5", "cr"),
    ("parentField", "cr"),
    ("path", "cr"),
    ("readLines", "cr"),
    ("recordSet", "cr"),
    ("references", "cr"),
    ("regex", "cr"),
    ("repeated", "cr"),
    ("replace", "cr"),
    ("samplingRate", "cr"),
    ("sdVersion", "cr"),
    ("separator", "cr"),
    ("source", "cr"),
];

/// Namespaces by prefix.
pub const NAMESPACES: [(&str, &str); 5] = [
    ("sc", "https://schema.org/"),
    ("cr", "http://mlcommons.org/croissant/"),
    ("rai", "http://mlcommons.org/croissant/RAI/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("prov", "http://www.w3.org/ns/prov#"),
];

/// The `@context` of the document.
pub fn context() -> Value {
    let mut context = Map::from_iter([
        ("@language".to_owned(), json!("en")),
        ("@vocab".to_owned(), json!("https://schema.org/")),
    ]);
    context.extend(NAMESPACES.map(|(prefix, address)| (prefix.to_owned(), json!(address))));
    context.extend(TERMS.map(|(term, prefix)| (term.to_owned(), json!(format!("{prefix}:{term}")))));
    for term in ["data", "examples"] {
        context.insert(
            term.to_owned(),
            json!({"@id": format!("cr:{term}"), "@type": "@json"}),
        );
    }
    for (term, prefix) in [
        ("subField", "cr"),
        ("transform", "cr"),
        ("unArchive", "cr"),
        ("value", "cr"),
    ] {
        context.insert(term.to_owned(), json!(format!("{prefix}:{term}")));
    }
    context.insert(
        "dataType".to_owned(),
        json!({"@id": "cr:dataType", "@type": "@vocab"}),
    );
    // Plain texts here are in no language that anyone declared.
    for term in ["name", "description"] {
        context.insert(term.to_owned(), json!({"@container": "@language"}));
    }
    Value::Object(context)
}
