//! What people say of duplicates and what follows, datasets side by side, and the numbers behind the rates.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::evidence::judge;
use crate::place::{Place, number};

const LEAFLET: &str = "Take five milligrams of the tablets once a week with a large glass of water and do not take them on any \
    other day unless the clinic tells you so in writing; the first one is due on";

fn row(id: &str, text: &str, source: &str) -> String {
    format!("{}\n", json!({"id": id, "text": text, "source": source}))
}

/// Two leaflets that differ in the day, one of them twice, and another text.
fn leaflets(place: &Place) -> Value {
    let (monday, friday) = (format!("{LEAFLET} Monday"), format!("{LEAFLET} Friday"));
    let rows = [
        row("monday", &monday, "ward"),
        row("friday", &friday, "ward"),
        row("friday again", &friday, "web"),
        row("other", "A letter about something else altogether", "web"),
    ];
    place.write("leaflets.jsonl", rows.concat());
    let report = place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    report
}

fn report(place: &Place) -> Value {
    place.run(&["report", "--json"]).succeeded().json()
}

fn digest_of(place: &Place, id: &str) -> String {
    let rows = place
        .run(&["samples", "--where", &format!("id = '{id}'")])
        .succeeded()
        .rows();
    rows[0]["digest"].as_str().expect("a digest").to_owned()
}

fn redundant(report: &Value) -> u64 {
    number(report, "/duplication/near/redundant")
}

#[test]
fn not_a_duplicate_is_remembered_for_new_snapshots_and_can_be_taken_back() {
    let place = Place::new();
    assert_eq!(redundant(&leaflets(&place)), 2);
    let (monday, friday) = (digest_of(&place, "monday"), digest_of(&place, "friday"));

    let without_reason = place.run(&["duplicates", "--not-a-duplicate", &monday, &friday]);
    assert_eq!(without_reason.code, 2);
    let unknown = format!("sha256:{}", "0".repeat(64));
    let refused = place.run(&[
        "duplicates",
        "--not-a-duplicate",
        &monday,
        &unknown,
        "--reason",
        "?",
        "--json",
    ]);
    assert_eq!(
        (refused.code, refused.error_code().as_str()),
        (2, "unknown_sample")
    );

    let said = place
        .run(&[
            "duplicates",
            "--not-a-duplicate",
            &monday,
            &friday,
            "--reason",
            "the day differs",
            "--json",
        ])
        .succeeded()
        .json();
    assert_eq!(said["kind"], "not_duplicate");

    // The copies of one text are still a cluster; the pair is listed as rejected, by whom and why.
    let after = report(&place);
    assert_eq!(redundant(&after), 1);
    assert_eq!(number(&after, "/duplication/near/judged_apart"), 1);
    assert_eq!(number(&after, "/unique/unknown/samples"), 3);
    let pairs = place.run(&["duplicates", "--pairs"]).succeeded().rows();
    let judged: Vec<&Value> = pairs.iter().filter(|pair| !pair["judgement"].is_null()).collect();
    assert_eq!(judged.len(), 1);
    assert_eq!(judged[0]["accepted"], false);
    assert_eq!(judged[0]["judgement"]["reason"], "the day differs");
    assert_eq!(judged[0]["judgement"]["by"], "Ilse");

    // A new snapshot of grown data takes it into account without being told again.
    place.write(
        "more.jsonl",
        row("new", "One more letter, about the garden", "web"),
    );
    let next = place.index(&[&place.data()], None);
    assert_eq!((number(&next, "/snapshot"), redundant(&next)), (2, 1));

    let entry = said["saved"]["id"].as_str().expect("an id");
    place
        .run(&["duplicates", "--withdraw", entry, "--reason", "looked again"])
        .succeeded();
    assert_eq!(redundant(&report(&place)), 2);
    assert!(
        place
            .run(&["duplicates", "--judgements"])
            .succeeded()
            .rows()
            .is_empty()
    );
    assert_eq!(place.run(&["verify"]).code, 0, "the ledger is whole");
}

#[test]
fn a_kept_sample_represents_its_cluster_and_a_policy_is_told_in_the_report() {
    let place = Place::new();
    leaflets(&place);
    let friday = digest_of(&place, "friday");
    let clusters = || place.run(&["duplicates", "--clusters"]).succeeded().rows();
    assert_eq!(clusters()[0]["representative"]["id"], "monday");
    place
        .run(&["duplicates", "--keep", &friday, "--reason", "the corrected day"])
        .succeeded();
    let cluster = &clusters()[0];
    assert_eq!(cluster["representative"]["id"], "friday");
    assert_eq!(cluster["reason"], "kept by Ilse: the corrected day");

    place
        .run(&[
            "duplicates",
            "--keep-policy",
            "longest",
            "--reason",
            "whole leaflets",
        ])
        .succeeded();
    let told = report(&place);
    assert_eq!(told["duplication"]["keep_policy"], "longest");
    let text = place.run(&["report"]).succeeded().stdout;
    // As one line, however it is broken.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("the longest is kept") && text.contains("Ilse: whole leaflets"),
        "{text}"
    );
    assert_eq!(
        clusters()[0]["representative"]["id"],
        "friday",
        "a person's choice stands before the policy"
    );
}

#[test]
fn the_threshold_and_the_removal_limit_are_remembered() {
    let place = Place::new();
    leaflets(&place);
    let strict = place
        .run(&[
            "report",
            "--near-threshold",
            "0.99",
            "--removal-limit",
            "0.2",
            "--json",
        ])
        .succeeded()
        .json();
    assert_eq!(strict["duplication"]["near"]["threshold"], 0.99);
    assert_eq!(strict["duplication"]["removal_limit"], 0.2);
    assert_eq!(report(&place)["duplication"]["near"]["threshold"], 0.99);
    let impossible = place.run(&["report", "--near-threshold", "1.2", "--json"]);
    assert_eq!((impossible.code, impossible.error_code().as_str()), (2, "usage"));
}

#[test]
fn duplicates_across_datasets_are_paired_counted_and_named() {
    let place = Place::new();
    leaflets(&place);
    let (monday, sunday) = (format!("{LEAFLET} MONDAY!"), format!("{LEAFLET} Sunday"));
    let other = place.path("other");
    std::fs::create_dir_all(&other).expect("a folder");
    let rows = [
        row("m", &monday, "press"),
        row("s", &sunday, "press"),
        row("x", &format!("{LEAFLET} Friday"), "press"),
    ];
    std::fs::write(other.join("other.jsonl"), rows.concat()).expect("a file");
    place
        .run(&["index", other.to_str().expect("a path"), "--dataset", "zother"])
        .succeeded();

    let matrix = place
        .run(&["duplicates", "--across", "--matrix", "--json"])
        .succeeded()
        .json();
    assert_eq!(matrix["sides"].as_array().map(Vec::len), Some(2));
    let cell = &matrix["cells"][0];
    assert_eq!(
        (cell["a"].as_str(), cell["b"].as_str()),
        (Some("test@1"), Some("zother@1"))
    );
    assert_eq!(
        (number(cell, "/samples"), cell["share"].as_f64()),
        (3, Some(0.75))
    );
    assert_eq!(cell["pairs"], json!({"exact": 1, "normalised": 1, "near": 4}));

    let pairs = place
        .run(&["duplicates", "--across", "test", "zother", "--pairs"])
        .succeeded()
        .rows();
    let kinds: BTreeSet<(String, String, String)> = pairs
        .iter()
        .map(|pair| {
            let of = |pointer: &str| {
                pair.pointer(pointer)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            (of("/kind"), of("/a/id"), of("/b/id"))
        })
        .collect();
    assert!(
        kinds.contains(&("exact".into(), "friday".into(), "x".into())),
        "{kinds:?}"
    );
    assert!(
        kinds.contains(&("normalised".into(), "monday".into(), "m".into())),
        "{kinds:?}"
    );
    assert_eq!(pairs.len(), 6);
    let exact = pairs.iter().find(|pair| pair["kind"] == "exact").expect("a pair");
    assert_eq!((number(exact, "/a/copies"), number(exact, "/b/copies")), (2, 1));

    let clusters = place
        .run(&["duplicates", "--across", "test", "zother", "--clusters"])
        .succeeded()
        .rows();
    assert_eq!(clusters.len(), 1);
    assert_eq!(clusters[0]["members"].as_array().map(Vec::len), Some(5));

    assert_eq!(place.run(&["duplicates", "--across", "test", "--matrix"]).code, 2);
    assert_eq!(
        place
            .run(&["duplicates", "--across", "test", "nowhere", "--pairs"])
            .code,
        2
    );
}

#[test]
fn two_snapshots_of_one_dataset_can_be_set_side_by_side() {
    let place = Place::new();
    leaflets(&place);
    place.write(
        "more.jsonl",
        row("new", "One more letter, about the garden", "web"),
    );
    place.index(&[&place.data()], None);
    let matrix = place
        .run(&["duplicates", "--across", "test@1", "test@2", "--matrix", "--json"])
        .succeeded()
        .json();
    let samples = |cell: usize| number(&matrix, &format!("/cells/{cell}/samples"));
    assert_eq!((samples(0), samples(1)), (4, 4), "the new letter has no partner");
}

#[test]
fn the_levels_of_redundancy_can_be_filtered_and_add_up_to_the_rates() {
    let place = Place::new();
    let report = leaflets(&place);
    let count = |filter: &str| {
        place
            .run(&["samples", "--where", filter])
            .succeeded()
            .rows()
            .len() as u64
    };
    assert_eq!(count("redundant is not null"), redundant(&report));
    assert_eq!(
        count("redundant = 'exact'"),
        number(&report, "/duplication/exact/redundant")
    );
    assert_eq!(
        count("redundant in ('exact', 'normalised')"),
        number(&report, "/duplication/normalised/redundant")
    );
}

#[test]
fn repetition_inside_samples_is_reported_and_filtered() {
    let place = Place::new();
    let stuck = "the same line\n".repeat(6);
    let rows = [
        row("stuck", &stuck, "web"),
        row("fine", "Nothing is said twice in this one", "web"),
    ];
    place.write("texts.jsonl", rows.concat());
    let report = place.index(&[&place.data()], None);
    let lines = &report["duplication"]["inside"][0];
    assert_eq!(lines["measure"], "repeated_lines");
    assert_eq!((number(lines, "/above"), lines["share"].as_f64()), (1, Some(0.5)));
    let found = place
        .run(&["samples", "--where", "repeated_lines > 0.3"])
        .succeeded()
        .rows();
    assert_eq!((found.len(), &found[0]["id"]), (1, &json!("stuck")));
    let none = place
        .run(&["samples", "--where", "repeated_lines = 0"])
        .succeeded()
        .rows();
    assert_eq!(none[0]["id"], "fine");
    assert!(
        place
            .run(&["report"])
            .succeeded()
            .stdout
            .contains("repeated lines above 0.30")
    );
}

#[test]
fn a_sample_that_becomes_gold_stands_for_its_cluster_and_one_without_a_duplicate_changes_nothing() {
    let place = Place::new();
    let letter = "The flat on the second floor has had no heating since the autumn and the landlord does not answer my \
                  letters, so I ask you how much of the rent I may keep back until it works again";
    let rows = [
        json!({"id": "long", "text": format!("{letter}, and since when.")}),
        json!({"id": "short", "text": format!("{letter}.")}),
        json!({"id": "alone", "text": "Boil the lentils for twenty minutes, then add the lemon and the salt."}),
    ];
    place.write("letters.jsonl", rows.map(|row| format!("{row}\n")).concat());
    place.index(&[&place.data()], None);
    let digest = |id: &str| {
        let rows = place.samples(&format!("id = '{id}'"));
        rows[0]["digest"].as_str().expect("a digest").to_owned()
    };
    place.approve(&digest("long"));
    for id in ["short", "alone"] {
        judge(&place, "Ilse", &digest(id), "human");
    }
    let measured =
        || place.run(&["report", "--json", "--quiet"]).succeeded().json()["elapsed_s"]["measure"].clone();
    let representative = || {
        let clusters = place.run(&["duplicates", "--clusters"]).succeeded().rows();
        assert_eq!(clusters.len(), 1, "{clusters:?}");
        clusters[0]["representative"]["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    };
    let gold = |act: &str, id: &str| {
        let digest = digest(id);
        place
            .run(&[
                "gold",
                act,
                &digest,
                "--reason",
                "real and rare",
                "--actor",
                "Ilse",
            ])
            .succeeded();
    };
    measured();
    assert_eq!(representative(), "long");
    let before = measured();
    gold("promote", "alone");
    assert_eq!(measured(), before, "it represents itself, gold or not");
    gold("promote", "short");
    assert_ne!(measured(), before, "measured again");
    assert_eq!(representative(), "short");
    gold("revoke", "short");
    measured();
    assert_eq!(representative(), "long");
}
