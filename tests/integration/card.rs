//! The folder of a card, as the readers that others use read it.

use std::process::Command;

use serde_json::{Value, json};

use crate::place::{Place, root};

/// What a script under `tests/python` prints of its arguments; none where the packages it needs are not installed.
pub fn python(script: &str, arguments: &[&str]) -> Option<Value> {
    let python = root().join(".cache/python-tests/bin/python");
    if !python.is_file() {
        println!("SKIPPED: {script} needs Python packages; scripts/setup.sh installs them");
        return None;
    }
    let ran = Command::new(python)
        .arg(root().join("tests/python").join(script))
        .args(arguments)
        .output()
        .expect("python runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{script} {arguments:?}: {said}");
    Some(
        serde_json::from_slice(&ran.stdout)
            .unwrap_or_else(|error| panic!("{script} prints JSON ({error}): {said}")),
    )
}

/// Two conversations with answers by a model, under a map that names it.
fn small() -> Place {
    let place = Place::new();
    let records = [
        json!({"id": "a", "ask": {"text": "What helps against a cold in winter?"}, "answer": "Rest and warm tea help most.", "model": "writer-7b", "dept": "health"}),
        json!({"id": "b", "ask": {"text": "May I end the lease before its term?"}, "answer": "Only if the contract says so.", "model": "writer-7b", "dept": "law"}),
    ];
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    place.write("talks.jsonl", lines);
    let map = r#"
id = "id"
[[part]]
field = "ask.text"
role = "prompt"
[[part]]
field = "answer"
role = "response"
[dimensions]
domain = "dept"
[[provenance]]
part = "response"
source_class = "synthetic"
generator = "field:model"
"#;
    std::fs::write(place.path("map.toml"), map).expect("the map can be written");
    place.index(&[&place.data()], Some(&place.path("map.toml")));
    place
        .run(&["person", "add", "Ilse Marchetti", "--role", "curator"])
        .succeeded();
    place
        .run(&[
            "person",
            "add",
            "Amara Osei",
            "--role",
            "expert",
            "--actor",
            "Ilse Marchetti",
        ])
        .succeeded();
    place
}

fn written(place: &Place, name: &str) -> String {
    std::fs::read_to_string(place.path("card").join(name)).expect("the file was written")
}

#[test]
fn what_a_person_wrote_stands_on_the_card_and_every_version_is_kept() {
    let place = small();
    let write = |text: &str, actor: &str| {
        place.run(&[
            "card",
            "write",
            "--dataset",
            "test",
            "--section",
            "purpose",
            "--text",
            text,
            "--actor",
            actor,
        ])
    };
    write("To practise triage.", "Ilse Marchetti").succeeded();
    write("To teach triage.", "Ilse Marchetti").succeeded();
    assert_eq!(
        write("Mine.", "Amara Osei").code,
        2,
        "experts do not write on cards"
    );
    let rows = place
        .run(&["card", "texts", "--dataset", "test", "--json"])
        .succeeded()
        .json();
    assert_eq!(rows.as_array().expect("rows").len(), 2);
    assert_eq!(rows[0]["text"], "To teach triage.");
    place
        .run(&["card", "--dataset", "test", "--out", "card"])
        .succeeded();
    assert!(written(&place, "README.md").contains("To teach triage."));
    let numbers: Value = serde_json::from_str(&written(&place, "card.json")).expect("card.json is JSON");
    assert_eq!(numbers["authors"]["purpose"]["by"], "Ilse Marchetti");
    write("", "Ilse Marchetti").succeeded();
    place
        .run(&["card", "--dataset", "test", "--out", "card"])
        .succeeded();
    assert!(!written(&place, "README.md").contains("triage."));
}

#[test]
fn a_card_is_written_in_every_form_that_is_asked_for() {
    let place = small();
    let also = "data-and-trust,spdx,eu-summary";
    let files = place
        .run(&[
            "card",
            "--dataset",
            "test",
            "--out",
            "card",
            "--also",
            also,
            "--json",
        ])
        .succeeded()
        .json();
    let expected = [
        "README.md",
        "croissant.json",
        "card.html",
        "card.json",
        "data-provenance.json",
        "dataset.spdx3.json",
        "training-content-summary.md",
    ];
    assert_eq!(files["files"], json!(expected));
    assert_eq!(
        place
            .run(&["card", "--dataset", "test", "--out", "card", "--also", "iso"])
            .code,
        2
    );
    let croissant: Value = serde_json::from_str(&written(&place, "croissant.json")).expect("it is JSON");
    let fields = croissant["recordSet"][0]["field"].as_array().expect("fields");
    let response = fields
        .iter()
        .find(|field| field["@id"] == "samples/part/response")
        .expect("the response is a field");
    let agent = &response["prov:wasGeneratedBy"][0]["prov:wasAssociatedWith"];
    assert_eq!(agent["@type"], "prov:SoftwareAgent");
    assert_eq!(agent["prov:label"], "writer-7b");
    assert_eq!(
        response["annotation"][0]["equivalentProperty"],
        "prov:wasAttributedTo"
    );
}

#[test]
fn mlcroissant_reads_the_document_without_a_warning_and_loads_every_record() {
    let place = small();
    place
        .run(&["card", "--dataset", "test", "--out", "card"])
        .succeeded();
    let document = place.path("card/croissant.json").display().to_string();
    let data = place.path("data").display().to_string();
    if let Some(found) = python("croissant.py", &[&document, "samples", &data]) {
        assert_eq!(found["records"], 2);
        assert_eq!(found["record_sets"], json!(["samples", "authorship"]));
    }
}

#[test]
fn the_sample_datasets_card_is_accepted_by_the_readers_of_others() {
    let place = Place::new();
    let sample = root().join("assets/sample");
    place.index(&[&sample.join("data")], Some(&sample.join("assay-map.toml")));
    place.run(&["card", "--out", "card"]).succeeded();
    let document = place.path("card/croissant.json").display().to_string();
    if let Some(found) = python("croissant.py", &[&document]) {
        let report = place
            .run(&["report", "--json", "--format", "json"])
            .succeeded()
            .json();
        assert_eq!(found["files"], report["files"]["read"]);
    }
    let readme = place.path("card/README.md").display().to_string();
    if let Some(found) = python("dataset_card.py", &[&readme]) {
        let tags = found["data"]["tags"].as_array().expect("tags");
        assert!(tags.contains(&json!("synthetic")), "{tags:?}");
    }
}
