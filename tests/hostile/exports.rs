//! Rows 10 and 23 and the first promise: what leaves Assay is what came in, and never lands in a source.

use std::path::PathBuf;

use crate::place::{Place, Ran};

const LINES: &str = "{\"id\": 1, \"text\": \"The first text of all that are here.\"}\n{\"id\": 2, \"text\": \"A second one, about something else.\"}\n";

/// A place with a source, a gold sample in a queue, and a card.
fn reviewed() -> Place {
    let place = Place::new();
    place.write("source.jsonl", LINES);
    place.index(&[&place.data()], None);
    let digest = place.samples("")[0]["digest"]
        .as_str()
        .expect("a digest")
        .to_owned();
    place.approve(&digest);
    place
        .run(&["person", "add", "Maria", "--role", "expert"])
        .succeeded();
    place
        .run(&["gold", "promote", &digest, "--reason", "rare", "--actor", "Ilse"])
        .succeeded();
    place
}

/// Every command that writes where the user says, with this place to write to.
fn writers(target: &str) -> Vec<Vec<String>> {
    [
        &["gold", "export", "--out", target][..],
        &["log", "--export", target],
        &[
            "queue", "pack", "q", "--for", "Maria", "--actor", "Ilse", "--out", target,
        ],
        &["card", "--dataset", "test", "--out", target],
        &["release", "--dataset", "test", "--out", target, "--actor", "Ilse"],
        &["sign", target, "--meaning", "reviewed", "--actor", "Ilse"],
    ]
    .iter()
    .map(|words| words.iter().map(ToString::to_string).collect())
    .collect()
}

fn run(place: &Place, words: &[String]) -> Ran {
    place.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The source folder is as it was: one file, with its bytes.
#[track_caller]
fn untouched(place: &Place, after: &str) {
    let names: Vec<PathBuf> = std::fs::read_dir(place.data())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert_eq!(names, [place.data().join("source.jsonl")], "{after}");
    assert_eq!(
        std::fs::read_to_string(&names[0]).expect("the source"),
        LINES,
        "{after}"
    );
}

#[test]
fn promise_1_no_command_writes_into_a_source_whatever_the_path_to_it_looks_like() {
    let place = reviewed();
    let data = place.data().display().to_string();
    let mut targets = vec![
        "data/new".to_owned(),
        "data/source.jsonl".to_owned(),
        "data/deep/er/new".to_owned(),
        "./data/../data/new".to_owned(),
        "missing/../data/new".to_owned(),
        format!("{data}/new"),
    ];
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("data", place.path("link")).expect("a link");
        symlink(place.data().join("new"), place.path("leads_nowhere_yet")).expect("a link");
        symlink("leads_nowhere_yet", place.path("twice")).expect("a link");
        targets.extend(["link/new", "leads_nowhere_yet", "twice", "twice/new"].map(str::to_owned));
    }
    for target in &targets {
        for words in writers(target) {
            let ran = run(&place, &words);
            untouched(&place, &format!("{words:?}"));
            assert_eq!(ran.code, 2, "{words:?}: {ran:?}");
            assert!(ran.stderr.contains("inside_source"), "{words:?}: {ran:?}");
        }
    }
}

#[test]
fn promise_1_a_name_that_shares_its_bytes_with_a_source_is_replaced_and_not_written_into() {
    let place = reviewed();
    let source = place.data().join("source.jsonl");
    for command in [
        &["gold", "export", "--out", "export"][..],
        &["log", "--export", "export"],
    ] {
        std::fs::hard_link(&source, place.path("export")).expect("a second name");
        place.run(command).succeeded();
        untouched(&place, &format!("{command:?}"));
        std::fs::remove_file(place.path("export")).expect("the export");
    }
    // A card's folder may hold such names too.
    std::fs::create_dir(place.path("card")).expect("a folder");
    std::fs::hard_link(&source, place.path("card/README.md")).expect("a second name");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&source, place.path("card/card.json")).expect("a link");
    place
        .run(&["card", "--dataset", "test", "--out", "card"])
        .succeeded();
    untouched(&place, "card");
    let card = std::fs::read_to_string(place.path("card/card.json")).expect("a card");
    assert!(card.contains("\"schema\""), "the card is there");
}

#[test]
fn promise_1_a_source_given_as_a_single_file_is_not_overwritten_by_an_export() {
    let place = Place::new();
    let source = place.write("source.jsonl", LINES);
    place.index(&[&source], None);
    place
        .run(&["person", "add", "Ilse", "--role", "lead"])
        .succeeded();
    let ran = place.run(&["log", "--export", "data/source.jsonl"]);
    assert!(ran.stderr.contains("inside_source"), "{ran:?}");
    untouched(&place, "log");
}

#[test]
fn an_export_that_fails_leaves_the_last_one() {
    let place = reviewed();
    place.run(&["gold", "export", "--out", "gold.jsonl"]).succeeded();
    let before = std::fs::read(place.path("gold.jsonl")).expect("an export");
    let ran = place.run(&["gold", "export", "--frozen", "7", "--out", "gold.jsonl"]);
    assert_ne!(ran.code, 0, "there is no frozen set 7: {ran:?}");
    assert_eq!(
        std::fs::read(place.path("gold.jsonl")).expect("an export"),
        before
    );
    let left = std::fs::read_dir(place.path(""))
        .expect("the folder")
        .filter(|entry| {
            entry
                .as_ref()
                .is_ok_and(|entry| entry.file_name().to_string_lossy().ends_with(".unfinished"))
        })
        .count();
    assert_eq!(left, 0, "nothing half written is left");
}

#[test]
fn row_23_texts_that_a_spreadsheet_would_run_are_faithful_in_json_lines_and_parquet() {
    let place = Place::new();
    let texts = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\tTab first",
        "\rReturn first",
    ];
    let lines: String = texts
        .iter()
        .map(|text| format!("{}\n", serde_json::json!({"text": text, "domain": text})))
        .collect();
    place.write("formulas.jsonl", lines);
    place.index(&[&place.data()], None);
    let of = |rows: Vec<serde_json::Value>| {
        let mut found: Vec<String> = rows
            .iter()
            .map(|row| row["parts"][0]["text"].as_str().expect("a text").to_owned())
            .collect();
        found.sort();
        found
    };
    let mut expected = texts.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(of(place.samples("")), expected);
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    for (format, ending) in [("jsonl", "jsonl"), ("parquet", "parquet")] {
        place
            .run(&["release", "--out", format, "--format", format, "--actor", "Ilse"])
            .succeeded();
        let shard = place.path(format).join(format!("data/train-00001.{ending}"));
        let other = Place::new();
        other.index(&[&shard], None);
        assert_eq!(of(other.samples("")), expected, "{format}");
    }
}
