//! From a queue to gold and a card, on the command line.

use serde_json::{Value, json};

use crate::place::{Place, number, root};

/// The sample dataset with a curator, an expert and a queue of twelve human samples.
fn reviewed() -> (Place, Vec<String>) {
    let place = Place::new();
    let sample = root().join("assets/sample");
    place.index(&[&sample.join("data")], Some(&sample.join("assay-map.toml")));
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
    let queue = [
        "queue",
        "create",
        "--name",
        "first",
        "--where",
        "origin = 'human' and domain = 'health'",
        "--size",
        "12",
    ];
    place
        .run(&[&queue[..], &["--seed", "7", "--actor", "Ilse Marchetti"]].concat())
        .succeeded();
    let shown = place
        .run(&["queue", "show", "first", "--json"])
        .succeeded()
        .json();
    let items = shown["items"].as_array().expect("a queue has items");
    let digests: Vec<String> = items
        .iter()
        .map(|item| item["digest"].as_str().expect("a digest").to_owned())
        .collect();
    assert_eq!(digests.len(), 12);
    (place, digests)
}

fn decide(place: &Place, decisions: &[Value]) -> crate::place::Ran {
    let lines: String = decisions.iter().map(|decision| format!("{decision}\n")).collect();
    let file = place.path("decisions.jsonl");
    std::fs::write(&file, lines).expect("the decisions can be written");
    place.run(&[
        "decide",
        "--queue",
        "first",
        "--actor",
        "Amara Osei",
        &file.display().to_string(),
        "--json",
    ])
}

#[test]
fn the_same_seed_draws_the_same_queue() {
    let (_, once) = reviewed();
    let (_, again) = reviewed();
    assert_eq!(once, again);
}

#[test]
fn verdicts_are_saved_once_and_a_bad_line_rejects_the_whole_file() {
    let (place, digests) = reviewed();
    let good: Vec<Value> = digests
        .iter()
        .take(3)
        .map(|digest| json!({"sample": digest, "verdict": "approve", "origin": "human"}))
        .collect();
    let mut bad = good.clone();
    bad.push(json!({"sample": digests[3], "verdict": "perhaps"}));
    let refused = decide(&place, &bad);
    assert_eq!(
        (refused.code, refused.error_code().as_str()),
        (2, "invalid_decisions")
    );
    assert_eq!(number(&refused.json(), "/error/line"), 4);
    assert_eq!(
        place.samples("verdict = 'approve'").len(),
        0,
        "nothing of a bad file is applied"
    );

    decide(&place, &good).succeeded();
    let entries = place.run(&["log"]).succeeded().rows().len();
    assert_eq!(place.samples("verdict = 'approve'").len(), 3);
    decide(&place, &good).succeeded();
    assert_eq!(
        place.run(&["log"]).succeeded().rows().len(),
        entries,
        "the same file twice changes nothing"
    );
    place.run(&["verify"]).succeeded();
    place.run(&["doctor"]).succeeded();
}

#[test]
fn an_approved_human_sample_becomes_gold_and_leaves_it_again() {
    let (place, digests) = reviewed();
    let promote = |reason: &str| {
        place.run(&[
            "gold",
            "promote",
            &digests[0],
            "--reason",
            reason,
            "--actor",
            "Ilse Marchetti",
            "--json",
        ])
    };
    assert_eq!(promote("too early").error_code(), "not_allowed");
    decide(
        &place,
        &[json!({"sample": digests[0], "verdict": "approve", "origin": "human"})],
    )
    .succeeded();
    promote("clear and rare").succeeded();
    let listed = place.run(&["gold", "list", "--json"]).succeeded().stdout;
    assert!(listed.contains(&digests[0]), "{listed}");
    assert_eq!(place.samples("gold = true").len(), 1);
    let export = place.run(&["gold", "export"]).succeeded().stdout;
    assert!(export.contains("\"text\""), "{export}");
    place
        .run(&[
            "gold",
            "revoke",
            &digests[0],
            "--reason",
            "a second look",
            "--actor",
            "Ilse Marchetti",
        ])
        .succeeded();
    assert!(
        !place
            .run(&["gold", "list", "--json"])
            .succeeded()
            .stdout
            .contains(&digests[0])
    );
    place.run(&["verify"]).succeeded();
}

#[test]
fn the_ledger_verifies_without_its_workspace_and_a_changed_letter_breaks_it() {
    let (place, digests) = reviewed();
    decide(
        &place,
        &[json!({"sample": digests[1], "verdict": "exclude", "reason": "wrong"})],
    );
    let file = place.path("ledger.jsonl");
    place
        .run(&["log", "--export", &file.display().to_string()])
        .succeeded();
    place.run(&["verify", &file.display().to_string()]).succeeded();
    let text = std::fs::read_to_string(&file).expect("the export");
    std::fs::write(&file, text.replacen("Amara", "Amira", 1)).expect("the export can be written");
    assert_ne!(place.run(&["verify", &file.display().to_string()]).code, 0);
}

#[test]
fn a_card_is_drafted_from_measured_facts() {
    let (place, _) = reviewed();
    let out = place.path("card");
    place
        .run(&["card", "--dataset", "test", "--out", &out.display().to_string()])
        .succeeded();
    let readme = std::fs::read_to_string(out.join("README.md")).expect("README.md");
    assert!(readme.starts_with("---\n"), "front matter stands first: {readme}");
    assert!(
        readme.contains("language:") && readme.contains("health"),
        "{readme}"
    );
    let page = std::fs::read_to_string(out.join("card.html")).expect("card.html");
    assert!(page.to_lowercase().starts_with("<!doctype html>") && !page.contains("<script"));
    let inside = place.write("x.jsonl", "{\"text\": \"a line of text\"}\n");
    place
        .run(&[
            "index",
            &place.data().display().to_string(),
            "--dataset",
            "inside",
        ])
        .succeeded();
    let refused = place.run(&[
        "card",
        "--dataset",
        "inside",
        "--json",
        "--out",
        &inside.with_file_name("card").display().to_string(),
    ]);
    assert_eq!(
        (refused.code, refused.error_code().as_str()),
        (2, "inside_source")
    );
}

#[test]
fn a_command_that_is_none_is_one_line() {
    let wrong = Place::new().run(&["indx"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.stderr.starts_with("error[usage]: ") && wrong.stderr.trim_end().lines().count() == 1,
        "{wrong:?}"
    );
}

#[test]
fn what_is_missing_on_the_command_line_is_named() {
    let wrong = Place::new().run(&["decide", "verdicts.jsonl"]);
    assert_eq!((wrong.code, wrong.stderr.trim_end().lines().count()), (2, 1));
    for argument in ["--queue", "--actor"] {
        assert!(wrong.stderr.contains(argument), "{}", wrong.stderr);
    }
}
