//! A training set under a policy: what each rule takes, who may write it, and what is never inside.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::place::{Place, number, root};

const LETTER: &str = "Dear madam, the flat in the second floor has no heating and the landlord does not answer my letters, so I \
    ask you how much of the rent I may keep back until it works again; it broke in";

/// Everything but gold and what reviewers excluded, duplicates too.
pub const ALL: &str = "name = \"all\"\n[duplicates]\nexact = \"all\"\nnormalised = \"all\"\nnear = \"all\"\n[gold]\nhandling = \"anchor\"\n";

/// Fewer machine samples, two of a cluster, a floor under every domain.
pub const CAPPED: &str = "name = \"capped\"\nseed = 11\nexclude = \"tokens < 3\"\n[duplicates]\nnear = 2\n\
    [[cap]]\nwhere = \"tokens > 0\"\nmax_machine_share = 0.1\n\
    [[tail]]\ndimension = \"domain\"\nmin_samples = 2\nup_to_samples = 60\nmax_factor = 2.0\nrepeat = true\n";

/// A dataset `test` with the curator Ilse and the expert Ada.
pub fn staffed(place: &Place) {
    for (name, role) in [("Ilse", "curator"), ("Ada", "expert")] {
        place
            .run(&["person", "add", name, "--role", role, "--actor", "Ilse"])
            .succeeded();
    }
}

/// The bundled sample dataset.
pub fn sample() -> Place {
    let place = Place::new();
    let sample = root().join("assets/sample");
    place.index(&[&sample.join("data")], Some(&sample.join("assay-map.toml")));
    staffed(&place);
    place
}

pub fn policy(place: &Place, name: &str, text: &str) -> String {
    let path = place.path(&format!("{name}.toml"));
    fs::write(&path, text).expect("the policy can be written");
    path.display().to_string()
}

/// Releases into a folder and returns what is said of it.
pub fn release(place: &Place, folder: &str, more: &[&str]) -> Value {
    let words = [
        "release",
        "--dataset",
        "test",
        "--out",
        folder,
        "--actor",
        "Ilse",
        "--json",
    ];
    place.run(&[&words[..], more].concat()).succeeded().json()
}

/// Verifies where there is no workspace.
pub fn verified(folder: &Path) -> (i32, Value) {
    let ran = Place::new().run(&["verify", &folder.display().to_string(), "--json"]);
    (ran.code, ran.json())
}

/// Rows of every JSON Lines shard below a folder of the release, in order.
pub fn rows(folder: &Path) -> Vec<Value> {
    let mut shards: Vec<PathBuf> = fs::read_dir(folder)
        .expect("there are shards")
        .map(|entry| entry.expect("a file").path())
        .collect();
    shards.sort();
    let text: String = shards
        .iter()
        .map(|path| fs::read_to_string(path).expect("it can be read"))
        .collect();
    text.lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect()
}

/// The file of a row and its record's place there.
pub fn place_of(row: &Value) -> String {
    format!("{} {}", row["lineage"]["path"], row["lineage"]["place"])
}

/// Every file below a folder, relative to it.
pub fn files(folder: &Path) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => {
                    let relative = path.strip_prefix(folder).expect("below");
                    found.push(relative.display().to_string());
                }
            }
        }
    }
    found.sort();
    found
}

/// Candidates less what each rule took are the rows; every row says where it is from; the folder holds elsewhere.
pub fn accounts(place: &Place, folder: &str, said: &Value) {
    let at = place.path(folder);
    let taken: u64 = said["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| number(rule, "/samples"))
        .sum();
    assert_eq!(
        number(said, "/candidates") - taken,
        number(said, "/samples"),
        "{said}"
    );
    let rows = rows(&at.join("data"));
    assert_eq!(rows.len() as u64, number(said, "/rows"));
    let manifest: Value =
        serde_json::from_slice(&fs::read(at.join("release.json")).expect("a manifest")).expect("JSON");
    let maps: HashSet<String> = files(&at.join("maps")).into_iter().collect();
    let mut copies: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for row in &rows {
        let lineage = &row["lineage"];
        let map = lineage["map"].as_str().expect("a map").replace("sha256:", "") + ".toml";
        assert!(maps.contains(&map), "{lineage}");
        assert!(row["weight"].as_f64().expect("a weight") > 0.0);
        copies
            .entry(place_of(row))
            .or_default()
            .push(number(lineage, "/copy"));
    }
    assert_eq!(copies.len() as u64, number(said, "/samples"));
    for (place, numbers) in copies {
        assert_eq!(
            numbers,
            (1..=numbers.len() as u64).collect::<Vec<_>>(),
            "{place:?}"
        );
    }
    assert_eq!(
        manifest["files"].as_array().expect("files").len() as u64 + 2,
        number(said, "/files")
    );
    let (code, found) = verified(&at);
    assert_eq!(code, 0, "{found}");
    assert_eq!(found["manifest"], said["manifest"]);
}

#[test]
fn three_policies_account_for_every_sample_of_the_bundled_dataset() {
    let place = sample();
    let report = place.run(&["report", "--json"]).succeeded().json();
    let default = release(&place, "default", &[]);
    accounts(&place, "default", &default);
    let redundant = number(&report, "/duplication/near/redundant");
    let duplicates: u64 = default["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .filter(|rule| rule["rule"].as_str().expect("a name").starts_with("duplicates"))
        .map(|rule| number(rule, "/samples"))
        .sum();
    assert_eq!(
        duplicates, redundant,
        "what the report calls redundant goes: {default}"
    );
    let all = release(&place, "all", &["--policy", &policy(&place, "all", ALL)]);
    accounts(&place, "all", &all);
    assert_eq!(all["samples"], report["samples"]["indexed"]);
    let capped = release(&place, "capped", &["--policy", &policy(&place, "capped", CAPPED)]);
    accounts(&place, "capped", &capped);
    let origins = &capped["origins"];
    assert!(
        number(origins, "/machine") * 10 <= number(&capped, "/samples"),
        "{origins}"
    );
    let mut domains: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows(&place.path("capped/data")) {
        let domain = row["dimensions"]["domain"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        *domains.entry(domain).or_default() += 1;
    }
    assert!(domains.values().all(|rows| *rows >= 2), "{domains:?}");
    let log = place
        .run(&["log", "--kind", "release_written", "--json"])
        .succeeded();
    assert!(
        log.stdout
            .contains(capped["manifest"].as_str().expect("a digest"))
    );
    place.run(&["verify"]).succeeded();
}

#[test]
fn a_preview_says_the_same_and_writes_nothing() {
    let place = sample();
    let path = policy(&place, "capped", CAPPED);
    let words = ["release", "--policy", &path, "--preview", "--json"];
    let preview = place.run(&words).succeeded().json();
    assert_eq!(
        place
            .run(&["log", "--kind", "release_written"])
            .succeeded()
            .stdout
            .trim(),
        ""
    );
    let written = release(&place, "capped", &["--policy", &path]);
    for (key, value) in preview.as_object().expect("an object") {
        assert_eq!(*value, written[key], "{key}");
    }
    let words = place
        .run(&["release", "--policy", &path, "--preview"])
        .succeeded()
        .stdout;
    assert!(words.contains("less by cap at line"), "{words}");
}

/// Letters of which the first is gold: it stands there twice, once in capitals, and nearly the same of December.
fn with_gold() -> (Place, String) {
    let place = Place::new();
    let november = format!("{LETTER} November");
    let texts = [
        ("a", november.clone()),
        ("b", november.clone()),
        ("c", november.to_uppercase()),
        ("d", format!("{LETTER} December")),
        (
            "e",
            "Where do I register a move within the town, and by when?".to_owned(),
        ),
        (
            "f",
            "A deposit is returned within six months of the end.".to_owned(),
        ),
    ];
    let lines: String = texts
        .iter()
        .map(|(id, text)| {
            let row = json!({"id": id, "text": text, "license": "CC0-1.0", "origin": "human"});
            format!("{row}\n")
        })
        .collect();
    place.write("letters.jsonl", lines);
    place.index(&[&place.data()], None);
    let gold = place.samples("id = 'a'")[0]["digest"]
        .as_str()
        .expect("a digest")
        .to_owned();
    place.approve(&gold);
    place
        .run(&["person", "add", "Ada", "--role", "expert"])
        .succeeded();
    place
        .run(&["gold", "promote", &gold, "--reason", "rare", "--actor", "Ilse"])
        .succeeded();
    (place, gold)
}

#[test]
fn gold_is_in_no_shard_neither_as_it_is_nor_normalised_nor_nearly() {
    let (place, gold) = with_gold();
    let said = release(&place, "out", &["--policy", &policy(&place, "all", ALL)]);
    accounts(&place, "out", &said);
    assert_eq!(
        said["gold"],
        json!({"exact": 2, "normalised": 1, "near": 1, "not_compared": 0})
    );
    let ids = |folder: &str| -> BTreeSet<String> {
        let rows = rows(&place.path(folder));
        rows.iter()
            .map(|row| row["lineage"]["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    assert_eq!(ids("out/data"), BTreeSet::from(["e".to_owned(), "f".to_owned()]));
    let anchor = rows(&place.path("out/gold"));
    assert_eq!(anchor.len(), 1, "the anchor holds each member once");
    assert_eq!(anchor[0]["digest"], json!(gold));
    let log = place
        .run(&["log", "--kind", "gold_exported", "--json"])
        .succeeded();
    assert!(log.stdout.contains("anchor beside a release"), "{log:?}");
    release(&place, "plain", &[]);
    assert!(!place.path("plain/gold").exists());
}

#[test]
fn what_reviewers_excluded_stays_out_and_reviewers_are_not_named() {
    let (place, _) = with_gold();
    let other = place.samples("id = 'e'")[0]["digest"]
        .as_str()
        .expect("a digest")
        .to_owned();
    let verdicts = [
        json!({"sample": other, "verdict": "exclude", "reason": "too short"}),
        json!({"sample": place.samples("id = 'f'")[0]["digest"], "verdict": "approve", "origin": "human"}),
    ];
    let lines: String = verdicts.iter().map(|line| format!("{line}\n")).collect();
    fs::write(place.path("more.jsonl"), lines).expect("verdicts");
    place
        .run(&["decide", "--queue", "q", "--actor", "Ilse", "more.jsonl"])
        .succeeded();
    place.run(&["evidence", "recompute"]).succeeded();
    release(&place, "out", &[]);
    let rows = rows(&place.path("out/data"));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["lineage"]["id"], "f");
    let evidence = rows[0]["evidence"].to_string();
    assert!(evidence.contains("reviewer_judgement"), "{evidence}");
    assert!(!evidence.contains("Ilse"), "{evidence}");
}

#[test]
fn only_curators_and_leads_release_and_only_into_a_free_folder_outside_every_source() {
    let (place, _) = with_gold();
    let refused = |words: &[&str], code: &str| {
        let ran = place.run(&[&["release", "--json"], words].concat());
        assert_eq!((ran.code, ran.error_code().as_str()), (2, code), "{words:?}");
    };
    refused(&["--out", "out", "--actor", "Ada"], "not_allowed");
    refused(&["--out", "out", "--actor", "Mallory"], "unknown_person");
    refused(&["--out", "data/out", "--actor", "Ilse"], "inside_source");
    fs::create_dir(place.path("full")).expect("a folder");
    fs::write(place.path("full/letter.txt"), "keep me").expect("a file");
    refused(&["--out", "full", "--actor", "Ilse"], "not_allowed");
    assert_eq!(files(&place.path("full")), ["letter.txt"]);
    let unknown = policy(
        &place,
        "unknown",
        "[[tail]]\ndimension = \"colour\"\nmin_samples = 2\n",
    );
    refused(
        &["--out", "out", "--actor", "Ilse", "--policy", &unknown],
        "unknown_field",
    );
    let wrong = policy(&place, "wrong", "sed = 3\n");
    refused(
        &["--out", "out", "--actor", "Ilse", "--policy", &wrong],
        "invalid_policy",
    );
    let nothing = policy(&place, "nothing", "include = \"tokens > 100000\"\n");
    refused(
        &["--out", "out", "--actor", "Ilse", "--policy", &nothing],
        "not_allowed",
    );
    refused(&["--out", "out", "--actor", "Ilse", "--ablation", "0,2"], "usage");
    assert!(!place.path("out").exists());
    fs::create_dir(place.path("empty")).expect("a folder");
    release(&place, "empty", &[]);
    let changed = fs::read_to_string(place.path("data/letters.jsonl")).expect("the source");
    fs::write(
        place.path("data/letters.jsonl"),
        changed.replace("register", "announce"),
    )
    .expect("a change");
    refused(&["--out", "out", "--actor", "Ilse"], "source_changed");
    assert!(!place.path("out").exists() && !place.path(".out.unfinished").exists());
}

#[test]
fn weights_by_origin_wait_for_a_sign_off_of_this_snapshot() {
    let place = crate::signing::signing();
    let weighing = policy(
        &place,
        "weights",
        "name = \"weighing\"\n[weights]\norigin = { unknown = 0.5 }\n",
    );
    let words = [
        "release", "--out", "out", "--policy", &weighing, "--actor", "Ilse", "--json",
    ];
    let locked = place.run(&words);
    assert_eq!((locked.code, locked.error_code().as_str()), (2, "not_allowed"));
    assert!(locked.stdout.contains("sign-off"), "{locked:?}");
    let preview = place.run(&["release", "--preview", "--policy", &weighing, "--json"]);
    assert_eq!(preview.succeeded().json()["weights_locked"], true);
    let signed = crate::signing::sign(&place, "card", "Ilse");
    let said = place.run(&words).succeeded().json();
    assert_eq!(
        (&said["weights_locked"], &said["signed_off"]),
        (&json!(false), &signed["sign_off"])
    );
    assert!(
        rows(&place.path("out/data"))
            .iter()
            .all(|row| row["weight"] == 0.5)
    );
    assert_eq!(
        fs::read(place.path("out/sign-off/envelope.json")).expect("the envelope"),
        fs::read(place.path("card/envelope.json")).expect("the envelope")
    );
    assert_eq!(verified(&place.path("out")).0, 0);
    // Another snapshot is another thing to sign.
    place.write("more.jsonl", "{\"text\":\"The cellar is wet in spring.\"}\n");
    place.index(&[&place.data()], None);
    let again = [
        "release", "--out", "again", "--policy", &weighing, "--actor", "Ilse", "--json",
    ];
    assert_eq!(place.run(&again).error_code(), "not_allowed");
}
