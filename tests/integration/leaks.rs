//! Reference samples in given data: planted ones, the gold set, and public benchmarks with known overlaps.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::place::{Place, Ran, number, root};
use crate::public_data::{map, shared};

fn leak(place: &Place, reference: &str, data: &Path, map: Option<&Path>) -> Ran {
    let data = data.display().to_string();
    let mut arguments = vec!["leak", "--json", "--quiet", "--reference", reference, &data];
    let map = map.map(|map| map.display().to_string());
    if let Some(map) = &map {
        arguments.extend(["--map", map]);
    }
    place.run(&arguments)
}

/// Found, and exact, normalised, near and passage.
#[track_caller]
fn by_kind(ran: &Ran) -> [u64; 4] {
    let report = ran.json();
    let kinds =
        ["exact", "normalised", "near", "passage"].map(|kind| number(&report, &format!("/by_kind/{kind}")));
    let found = number(&report, "/found");
    assert_eq!(
        found,
        kinds.iter().sum::<u64>(),
        "each reference sample counts once"
    );
    assert_eq!(found, report["matches"].as_array().expect("a list").len() as u64);
    assert_eq!(ran.code, i32::from(found > 0), "exit 1 when something was found");
    kinds
}

fn lines(texts: &[&str]) -> String {
    texts
        .iter()
        .map(|text| format!("{}\n", json!({"text": text})))
        .collect()
}

const WARFARIN: &str = "My father is seventy eight and has taken warfarin for six years, always steady between two and three, \
     until his dentist gave him metronidazole for an abscess on Friday and a bruise appeared that none of us can explain.";

#[test]
fn each_planted_kind_is_found_once_with_both_sides() {
    let place = Place::new();
    let reworded = WARFARIN.replace("My father", "Our father");
    let quoted = "Somebody wrote to us: has taken warfarin for six years, always steady between two and three, until his dentist \
         gave him metronidazole. We would like to know what to say to that.";
    let reference = place.write(
        "reference.jsonl",
        lines(&[
            "Do I need a referral?",
            "Can you do push-ups?",
            WARFARIN,
            "Nobody wrote this one anywhere else in the data at hand today.",
        ]),
    );
    let data = place.write(
        "data.jsonl",
        lines(&[
            "can you do PUSH-UPS",
            "Do I need a referral?",
            &reworded,
            quoted,
            "Do I need a referral?",
        ]),
    );
    let ran = leak(&place, &reference.display().to_string(), &data, None);
    assert_eq!(by_kind(&ran), [1, 1, 1, 0], "{ran:?}");
    let report = ran.json();
    let near = &report["matches"][2];
    assert_eq!(
        (&near["a"]["line"], &near["b"]["line"]),
        (&json!(3), &json!(3)),
        "{near}"
    );
    assert!(
        near["jaccard"]
            .as_f64()
            .is_some_and(|jaccard| (0.5..1.0).contains(&jaccard))
    );
    assert!(number(near, "/run/tokens") >= 10, "{near}");

    let only_quoted = place.write("quoted.jsonl", lines(&[quoted]));
    let ran = leak(&place, &reference.display().to_string(), &only_quoted, None);
    assert_eq!(by_kind(&ran), [0, 0, 0, 1], "{ran:?}");
    let report = ran.json();
    let run = report["matches"][0]["run"]["text"].as_str().unwrap_or_default();
    assert!(
        run.starts_with("has taken warfarin") && run.ends_with("metronidazole"),
        "{run}"
    );
}

#[test]
fn nothing_found_is_said_with_its_method_and_exits_0() {
    let place = Place::new();
    let reference = place.write("reference.jsonl", lines(&[WARFARIN]));
    let data = place.write(
        "data.jsonl",
        lines(&["The lease ends in March and the deposit was never returned."]),
    );
    let ran = leak(&place, &reference.display().to_string(), &data, None);
    assert_eq!(by_kind(&ran), [0; 4]);
    let report = ran.json();
    let statement = report["statement"].as_str().unwrap_or_default();
    assert!(statement.starts_with("None found by this method"), "{statement}");
    assert!(
        !place.path("test.assay").exists(),
        "paths need no workspace and leave none"
    );
}

#[test]
fn what_is_neither_path_nor_dataset_is_told() {
    let place = Place::new();
    let data = place.write("data.jsonl", lines(&[WARFARIN]));
    let ran = leak(&place, "nowhere", &data, None);
    assert_eq!((ran.code, ran.error_code().as_str()), (3, "not_found"));
    let ran = place.run(&["leak", "--json", "--reference", "x", "--threshold", "7", "y"]);
    assert_eq!((ran.code, ran.error_code().as_str()), (2, "usage"));
}

#[test]
fn gold_is_found_in_a_training_file_by_its_digest() {
    let place = Place::new();
    let indexed = place.write(
        "data.jsonl",
        lines(&[WARFARIN, "A second text that stays out of it."]),
    );
    place.index(&[&indexed], None);
    let digest = place.samples("")[0]["digest"]
        .as_str()
        .expect("a digest")
        .to_owned();
    place.approve(&digest);
    let none = leak(&place, "gold", &indexed, None);
    assert_eq!(by_kind(&none), [0; 4], "no gold, no leak");
    place
        .run(&[
            "gold",
            "promote",
            &digest,
            "--reason",
            "real and rare",
            "--actor",
            "Ilse",
        ])
        .succeeded();
    let ran = leak(&place, "gold", &indexed, None);
    assert_eq!(by_kind(&ran), [1, 0, 0, 0], "{ran:?}");
    assert_eq!(ran.json()["matches"][0]["a"]["digest"], json!(digest));
    let named = leak(&place, "gold", Path::new("test@1"), None);
    assert_eq!(by_kind(&named), [1, 0, 0, 0], "{named:?}");
}

/// The public pairs of reference and data, and what brute force finds in them.
#[track_caller]
fn benchmark(reference: PathBuf, data: PathBuf, map: Option<PathBuf>, expected: [u64; 4]) {
    let place = Place::new();
    let ran = leak(&place, &reference.display().to_string(), &data, map.as_deref());
    assert_eq!(by_kind(&ran), expected, "{}", ran.json()["statement"]);
}

#[test]
fn banking77_test_in_train() {
    let Some(folder) = shared("polyai_banking/banking_data") else {
        return;
    };
    benchmark(
        folder.join("test.csv"),
        folder.join("train.csv"),
        Some(map("banking77.toml")),
        [0, 25, 12, 16],
    );
}

#[test]
fn legalbench_tests_in_their_train_tables() {
    let Some(folder) = shared("legalbench/tasks") else {
        return;
    };
    for (task, expected) in [
        ("CUAD_Exclusivity", [10, 0, 0, 0]),
        ("CUAD_Insurance", [8, 0, 0, 1]),
    ] {
        let folder = folder.join(task);
        benchmark(
            folder.join("test.tsv"),
            folder.join("train.tsv"),
            Some(map("legalbench.toml")),
            expected,
        );
    }
}

#[test]
fn clinc_test_in_train() {
    let Some(file) = shared("clinc150/data/data_small.json") else {
        return;
    };
    let splits: Value = serde_json::from_slice(&std::fs::read(file).expect("the splits")).expect("JSON");
    let texts = |split: &str| -> String {
        let rows = splits[split].as_array().expect("a list");
        rows.iter()
            .map(|row| format!("{}\n", json!({"text": row[0]})))
            .collect()
    };
    let place = Place::new();
    let reference = place.write("test.jsonl", texts("test"));
    let data = place.write("train.jsonl", texts("train"));
    let ran = leak(&place, &reference.display().to_string(), &data, None);
    assert_eq!(by_kind(&ran), [1, 8, 11, 1], "{}", ran.json()["statement"]);
}

#[test]
fn rewritten_benchmarks_are_out_of_reach_and_it_says_so() {
    let Some(folder) = shared("llm_decontaminator/data") else {
        return;
    };
    let place = Place::new();
    let ran = leak(
        &place,
        &folder.join("test/HumanEval.jsonl").display().to_string(),
        &folder.join("rephrase/humaneval_python.jsonl"),
        Some(&root().join("tests/fixtures/maps/text.toml")),
    );
    assert_eq!(by_kind(&ran), [0, 0, 0, 1], "{}", ran.json()["statement"]);
    let report = ran.json();
    let statement = report["statement"].as_str().unwrap_or_default();
    assert!(statement.contains("Paraphrases and translations"), "{statement}");
}
