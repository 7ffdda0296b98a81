//! SPDX 3.0.1, dataset profile, as JSON-LD: a document, a dataset package, its files and its licence.
//!
//! Source: the SPDX 3.0 model, classes DatasetPackage and SpdxDocument. A package has every property that the profile requires.

use assay_model::AuthoredSection;
use serde_json::{Value, json};

use super::licenses;
use crate::card::{CardFacts, has_machine_part, spdx_identifier};
use crate::croissant::{address, collection, creator};
use crate::visible::{visible, visible_or};

pub fn document(facts: &CardFacts) -> Value {
    let report = &facts.report;
    let base = address(&report.snapshot_root);
    let id = |name: &str| format!("{base}#{name}");
    let mut graph = vec![
        json!({
            "type": "CreationInfo",
            "@id": "_:creation",
            "specVersion": "3.0.1",
            "created": second(&report.created),
            "createdBy": [id("assay")],
        }),
        json!({
            "type": "SoftwareAgent",
            "spdxId": id("assay"),
            "creationInfo": "_:creation",
            "name": visible_or(&report.tool, "assay"),
        }),
        json!({
            "type": "Agent",
            "spdxId": id("creator"),
            "creationInfo": "_:creation",
            "name": creator(facts),
        }),
        package(facts, &id),
    ];
    graph.extend(files(facts, &id));
    graph.extend(license(facts, &id));
    let elements: Vec<Value> = graph
        .iter()
        .filter_map(|element| element.get("spdxId").cloned())
        .collect();
    graph.push(json!({
        "type": "SpdxDocument",
        "spdxId": id("document"),
        "creationInfo": "_:creation",
        "name": format!("{}, snapshot {}", visible_or(&report.dataset, "unnamed dataset"), report.snapshot),
        "profileConformance": ["core", "software", "dataset", "simpleLicensing"],
        "rootElement": [id("dataset")],
        "element": elements,
    }));
    json!({
        "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
        "@graph": graph,
    })
}

fn package(facts: &CardFacts, id: &dyn Fn(&str) -> String) -> Value {
    let report = &facts.report;
    let found = report
        .flag_counts
        .get("personal_data")
        .copied()
        .unwrap_or_default();
    let mut package = json!({
        "type": "dataset_DatasetPackage",
        "spdxId": id("dataset"),
        "creationInfo": "_:creation",
        "name": visible_or(&report.dataset, "unnamed dataset"),
        "originatedBy": [id("creator")],
        "builtTime": second(&report.created),
        "releaseTime": second(&report.created),
        "software_packageVersion": report.snapshot.to_string(),
        "software_primaryPurpose": "data",
        "software_downloadLocation": address(&report.snapshot_root),
        "dataset_datasetType": ["text"],
        "dataset_datasetSize": report.samples.bytes,
        // Finding none by form does not say that there is none.
        "dataset_hasSensitivePersonalInformation": if found > 0 { "yes" } else { "noAssertion" },
    });
    let said = [
        ("dataset_intendedUse", facts.written(AuthoredSection::Purpose)),
        (
            "dataset_datasetUpdateMechanism",
            facts.written(AuthoredSection::Maintenance),
        ),
        (
            "dataset_dataCollectionProcess",
            Some(collection(facts)).filter(|text| !text.is_empty()),
        ),
    ];
    for (name, text) in said {
        if let Some(text) = text {
            package[name] = json!(text);
        }
    }
    if let Some(biases) = facts.written(AuthoredSection::Biases) {
        package["dataset_knownBias"] = json!([biases]);
    }
    if has_machine_part(report) {
        package["comment"] = json!("Holds machine-made text: see croissant.json for who made which parts.");
    }
    package
}

fn files(facts: &CardFacts, id: &dyn Fn(&str) -> String) -> Vec<Value> {
    let files = facts.layouts.iter().flat_map(|layout| &layout.files);
    let mut out: Vec<Value> = files
        .enumerate()
        .map(|(number, file)| {
            json!({
                "type": "software_File",
                "spdxId": id(&format!("file-{}", number + 1)),
                "creationInfo": "_:creation",
                "name": visible(&file.path),
                "software_primaryPurpose": "data",
                "verifiedUsing": [{"type": "Hash", "algorithm": "sha256", "hashValue": file.sha256}],
            })
        })
        .collect();
    if !out.is_empty() {
        let held: Vec<Value> = out.iter().map(|file| file["spdxId"].clone()).collect();
        out.push(relationship(id, "contents", "contains", held));
    }
    out
}

/// The one licence that every sample has, where the SPDX list knows it.
fn license(facts: &CardFacts, id: &dyn Fn(&str) -> String) -> Vec<Value> {
    let names = licenses(facts);
    let [Some(known)] = names.iter().map(|name| spdx_identifier(name)).collect::<Vec<_>>()[..] else {
        return Vec::new();
    };
    let expression = json!({
        "type": "simplelicensing_LicenseExpression",
        "spdxId": id("licence"),
        "creationInfo": "_:creation",
        "simplelicensing_licenseExpression": known,
    });
    let declared = relationship(
        id,
        "declared-licence",
        "hasDeclaredLicense",
        vec![json!(id("licence"))],
    );
    vec![expression, declared]
}

fn relationship(id: &dyn Fn(&str) -> String, name: &str, kind: &str, to: Vec<Value>) -> Value {
    json!({
        "type": "Relationship",
        "spdxId": id(name),
        "creationInfo": "_:creation",
        "relationshipType": kind,
        "from": id("dataset"),
        "to": to,
    })
}

/// `YYYY-MM-DDThh:mm:ssZ`, as SPDX writes a time; the text itself where it is none.
fn second(created: &str) -> String {
    created.parse::<jiff::Timestamp>().map_or_else(
        |_| visible(created),
        |time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    )
}
