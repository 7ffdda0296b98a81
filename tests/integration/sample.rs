//! The bundled sample dataset, held to what was planted in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::place::{Place, close, flagged, number, quarantine, refused, root};

fn sample() -> (PathBuf, PathBuf, Value) {
    let folder = root().join("assets/sample");
    let planted = std::fs::read_to_string(folder.join("planted.json")).expect("the sample dataset is there");
    (
        folder.join("data"),
        folder.join("assay-map.toml"),
        serde_json::from_str(&planted).expect("planted.json is JSON"),
    )
}

fn indexed() -> (Place, Value, Value) {
    let (data, map, planted) = sample();
    let place = Place::new();
    let report = place.index(&[&data], Some(&map));
    (place, report, planted)
}

#[test]
fn files_samples_and_damage_are_as_planted() {
    let (_place, report, planted) = indexed();
    for pointer in [
        "/files/seen",
        "/files/read",
        "/samples/seen",
        "/samples/indexed",
        "/samples/quarantined",
    ] {
        assert_eq!(number(&report, pointer), number(&planted, pointer), "{pointer}");
    }
    let pointer = (
        "finance/archive-2019.jsonl.gz".to_owned(),
        "git_lfs_pointer".to_owned(),
    );
    assert_eq!(refused(&report), [pointer]);
    let found = quarantine(&report);
    for row in planted["quarantine"].as_array().expect("a list") {
        let codes = row["codes"].as_array().expect("a list");
        let hit = found
            .iter()
            .any(|(line, code)| *line == number(row, "/line") && codes.iter().any(|wanted| wanted == code));
        assert!(hit, "{row} is not in {found:?}");
    }
    for row in planted["flags"].as_array().expect("a list") {
        assert!(
            flagged(&report, row["code"].as_str().expect("a code")) >= 1,
            "{row}"
        );
    }
}

#[test]
fn origins_are_as_declared_in_every_domain() {
    let (_place, report, planted) = indexed();
    for (origin, count) in planted["origin"].as_object().expect("an object") {
        assert_eq!(
            number(&report, &format!("/origin/{origin}/samples")),
            count.as_u64().expect("a count"),
            "{origin}"
        );
    }
    let mut cells: BTreeMap<String, u64> = BTreeMap::new();
    for cell in report["composition"].as_array().expect("a list") {
        let key = format!(
            "{} {}",
            cell["domain"].as_str().expect("a domain"),
            cell["origin"].as_str().expect("an origin")
        );
        *cells.entry(key).or_default() += number(cell, "/samples");
    }
    let expected: BTreeMap<String, u64> =
        serde_json::from_value(planted["domain_origin"].clone()).expect("counts");
    assert_eq!(cells, expected);
}

#[test]
fn duplicates_are_the_planted_ones_and_no_others() {
    let (place, report, planted) = indexed();
    for pointer in [
        "/duplication/exact/groups",
        "/duplication/exact/redundant",
        "/duplication/normalised/groups",
        "/duplication/normalised/redundant",
        "/duplication/near/clusters",
        "/duplication/near/redundant",
        "/duplication/near/verified_pairs",
        "/conflicts",
    ] {
        assert_eq!(number(&report, pointer), number(&planted, pointer), "{pointer}");
    }
    let id = |side: &Value| side["id"].as_str().expect("samples have ids").to_owned();
    let pair = |a: String, b: String| if a < b { (a, b) } else { (b, a) };
    let found: BTreeSet<(String, String)> = place
        .run(&["duplicates", "--pairs"])
        .succeeded()
        .rows()
        .iter()
        .filter(|row| row["kind"] == "near" && row["accepted"] == true)
        .map(|row| pair(id(&row["a"]), id(&row["b"])))
        .collect();
    let listed = planted["duplication"]["near"]["pairs"]
        .as_array()
        .expect("a list");
    let expected = listed
        .iter()
        .map(|row| {
            pair(
                row["a"].as_str().unwrap().into(),
                row["b"].as_str().unwrap().into(),
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_person_stays_and_the_machine_copy_goes() {
    let (place, _report, planted) = indexed();
    let clusters = place.run(&["duplicates", "--clusters"]).succeeded().rows();
    assert_eq!(
        clusters.len() as u64,
        number(&planted, "/duplication/near/clusters")
    );
    let originals: BTreeSet<&str> = planted["copies"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|copy| copy["kind"] == "machine_copy")
        .filter_map(|copy| copy["original"].as_str())
        .collect();
    let kept: BTreeSet<&str> = clusters
        .iter()
        .filter_map(|cluster| cluster["representative"]["id"].as_str())
        .collect();
    assert!(originals.is_subset(&kept), "{:?}", originals.difference(&kept));
}

#[test]
fn the_tail_of_intents_is_counted() {
    let (_place, report, planted) = indexed();
    let entry = report["coverage"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|entry| entry["unit"] == "intent")
        .expect("intent");
    for key in ["observations", "classes", "singletons", "doubletons"] {
        assert_eq!(entry[key], planted["intent"][key], "{key}");
    }
    let (n, f1) = (
        number(entry, "/observations") as f64,
        number(entry, "/singletons") as f64,
    );
    close(entry, "/good_turing", 1.0 - f1 / n, 9);
}

#[test]
fn wrongly_declared_languages_are_noticed() {
    let (place, report, planted) = indexed();
    let wrong: BTreeSet<&str> = planted["misdeclared"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let mismatched: u64 = report["language_mismatch"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| number(row, "/mismatched"))
        .sum();
    assert!(
        mismatched >= wrong.len() as u64,
        "{}",
        report["language_mismatch"]
    );
    // Texts of a few words cannot all be told apart; one in a hundred is the most that may be wrong.
    assert!(
        mismatched <= wrong.len() as u64 + 23,
        "{}",
        report["language_mismatch"]
    );
    assert_eq!(flagged(&report, "language_mismatch"), mismatched);
    drop(place);
}

#[test]
fn the_same_data_twice_is_one_snapshot_and_a_changed_map_another_with_the_same_root() {
    let (data, map, _) = sample();
    let place = Place::new();
    let first = place.index(&[&data], Some(&map));
    assert_eq!(first["new_snapshot"], true);
    assert_eq!(place.index(&[&data], Some(&map))["new_snapshot"], false);
    let changed = std::fs::read_to_string(&map)
        .expect("the map")
        .replace("domain = \"path:1\"", "domain = \"=advice\"");
    let other = place.path("other.toml");
    std::fs::write(&other, changed).expect("the map can be written");
    let second = place.index(&[&data], Some(&other));
    assert_eq!(
        (number(&first, "/snapshot"), number(&second, "/snapshot")),
        (1, 2)
    );
    assert_eq!(first["snapshot_root"], second["snapshot_root"]);
}

#[test]
fn a_report_reads_in_eighty_columns_and_stands_alone_as_a_page() {
    let (place, _report, _) = indexed();
    let text = place.run(&["report"]).succeeded().stdout;
    assert!(text.lines().count() > 20, "{text}");
    for line in text.lines() {
        assert!(
            line.chars().count() <= 80,
            "{} columns: {line}",
            line.chars().count()
        );
    }
    let page = place.run(&["report", "--format", "html"]).succeeded().stdout;
    assert!(page.contains("<svg") && page.to_lowercase().starts_with("<!doctype html>"));
    assert_eq!(
        page.matches("url(").count(),
        page.matches("url(#").count(),
        "only the page's own patterns are referred to"
    );
    // Names of vocabularies and references inside the page reach nowhere.
    let inside = page.replace("http://www.w3.org/", "").replace("url(#", "");
    for outside in ["src=\"http", "href=\"http", "@import", "<script", "url("] {
        assert!(!inside.contains(outside), "the page reaches outside: {outside}");
    }
}

#[test]
fn a_filter_gives_the_counts_of_the_report() {
    let (place, report, _) = indexed();
    let samples = place.samples("origin = 'machine' and domain = 'health'");
    let cells = report["composition"].as_array().expect("a list").iter();
    let expected: u64 = cells
        .filter(|cell| cell["origin"] == "machine" && cell["domain"] == "health")
        .map(|cell| number(cell, "/samples"))
        .sum();
    assert_eq!(samples.len() as u64, expected);
    assert!(samples.iter().all(|sample| {
        sample["parts"][0]["text"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    }));
    let wrong = place.run(&["samples", "--where", "domian = 'health'", "--json"]);
    assert_eq!((wrong.code, wrong.error_code().as_str()), (2, "unknown_field"));
    assert!(
        wrong.stdout.contains("domain"),
        "the nearest name is offered: {wrong:?}"
    );
}
