//! The validator of Croissant documents: each rule, broken once.

use assay_card::croissant::check;
use serde_json::{Value, json};

/// A document without a fault: two files, a set of them, a record set over it and one whose records are inline.
fn sound() -> Value {
    let file = |name: &str| json!({"@type": "cr:FileObject", "@id": name, "name": name, "contentUrl": name, "encodingFormat": "text/csv", "sha256": "0a".repeat(32)});
    let field = |id: &str| json!({"@type": "cr:Field", "@id": id, "dataType": "sc:Text", "source": {"fileSet": {"@id": "all"}, "extract": {"column": "text"}}});
    json!({
        "@context": {
            "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
            "dct": "http://purl.org/dc/terms/", "prov": "http://www.w3.org/ns/prov#",
        },
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "letters",
        "description": "Letters.",
        "url": "ni:///sha-256;x",
        "license": ["https://spdx.org/licenses/MIT.html", {"@type": "sc:CreativeWork", "name": "Contract"}],
        "creator": {"@type": "sc:Organization", "name": "An office"},
        "datePublished": "2026-11-14",
        "version": "7.0.0",
        "rai:dataBiases": "None known.",
        "distribution": [file("a.csv"), file("b.csv"), {"@type": "cr:FileSet", "@id": "all", "name": "all", "encodingFormat": "text/csv", "includes": ["*.csv"]}],
        "recordSet": [
            {"@type": "cr:RecordSet", "@id": "samples", "key": {"@id": "samples/id"}, "field": [field("samples/id"), field("samples/text")]},
            {"@type": "cr:RecordSet", "@id": "few", "field": [{"@type": "cr:Field", "@id": "few/word", "dataType": "sc:Text"}], "data": [{"few/word": "yes"}]},
        ],
    })
}

#[test]
fn a_sound_document_has_no_problem() {
    assert_eq!(check(&sound()), []);
}

#[test]
fn each_rule_is_told_where_it_is_broken() {
    let broken: [(&str, Value, &str); 24] = [
        ("/name", Value::Null, "`name` is required"),
        ("/distribution", json!([]), "`distribution` is required"),
        (
            "/@context/prov",
            json!("http://example.org/"),
            "is to be http://www.w3.org/ns/prov#",
        ),
        ("/@type", json!("Dataset"), "is to be sc:Dataset"),
        (
            "/conformsTo",
            json!("http://mlcommons.org/croissant/1.0"),
            "does not name",
        ),
        ("/url", json!("letters"), "is to be an address"),
        (
            "/license/0",
            json!("MIT"),
            "is to be an address or a sc:CreativeWork",
        ),
        ("/license/1/name", json!(""), "is required"),
        (
            "/creator/@type",
            json!("sc:Thing"),
            "is to be sc:Organization or sc:Person",
        ),
        ("/datePublished", json!("yesterday"), "is to be a day"),
        ("/version", json!("7"), "is to be MAJOR.MINOR.PATCH"),
        ("/rai:dataSecrets", json!("x"), "no vocabulary has the term"),
        ("/prov:wasDreamtUp", json!("x"), "no vocabulary has the term"),
        ("/colour", json!("red"), "no such property"),
        (
            "/distribution/0/@type",
            json!("sc:File"),
            "is to be cr:FileObject or cr:FileSet",
        ),
        (
            "/distribution/0/sha256",
            json!("0A".repeat(32)),
            "64 lower-case hexadecimal digits",
        ),
        ("/distribution/0/contentUrl", Value::Null, "is required"),
        ("/distribution/1/@id", json!("a.csv"), "is the id of"),
        ("/distribution/2/includes", json!([]), "is required"),
        ("/recordSet/0/key/@id", json!("samples/key"), "nothing has the id"),
        (
            "/recordSet/0/field/0/source/fileSet/@id",
            json!("none"),
            "nothing has the id",
        ),
        (
            "/recordSet/0/field/1/source/extract",
            json!({"column": "a", "jsonPath": "$.a"}),
            "says one of",
        ),
        (
            "/recordSet/0/field/1/@id",
            json!("text"),
            "is to begin with `samples/`",
        ),
        (
            "/recordSet/1/data/0",
            json!({"few/number": 1}),
            "no field of this record set",
        ),
    ];
    for (path, value, what) in broken {
        let mut document = sound();
        let (parent, name) = path.rsplit_once('/').expect("a path names a property");
        let parent = document
            .pointer_mut(parent)
            .expect("the property is in an object or a list");
        match (parent, value) {
            (Value::Array(values), value) => values[name.parse::<usize>().expect("a place")] = value,
            (parent, Value::Null) => drop(parent.as_object_mut().expect("an object").remove(name)),
            (parent, value) => parent[name] = value,
        }
        let found = check(&document);
        assert!(
            found.iter().any(|problem| problem.what.contains(what)),
            "{path}: {found:?}"
        );
    }
}

#[test]
fn a_field_has_a_source_unless_its_records_are_given() {
    let mut document = sound();
    let source = document["recordSet"][0]["field"][0]
        .as_object_mut()
        .expect("a field")
        .remove("source");
    assert_eq!(check(&document)[0].what, "a field has a `source`");
    document = sound();
    document["recordSet"][1]["field"][0]["source"] = source.expect("it had one");
    assert_eq!(check(&document)[0].path, "/recordSet/1/field/0/source");
}
