//! Two experts on two machines review one queue blind; one disagreement is settled; agreed samples become gold.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::place::{Place, Ran};

/// The issuer's place and the digests of a blind queue of four.
fn issuer() -> (Place, Vec<String>) {
    let place = Place::new();
    let row = |n: u64| {
        let text = format!("Letter {n}: the landlord does not answer and the flat is cold");
        format!(
            "{}\n",
            json!({"id": n, "text": text, "origin": "human", "license": "CC0-1.0"})
        )
    };
    place.write("letters.jsonl", (0..4).map(row).collect::<String>());
    place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    for expert in ["Maria", "Omar"] {
        place
            .run(&["person", "add", expert, "--role", "expert", "--actor", "Ilse"])
            .succeeded();
    }
    let create = [
        "queue",
        "create",
        "--name",
        "first",
        "--size",
        "4",
        "--reviewers",
        "2",
        "--actor",
        "Ilse",
    ];
    place.run(&create).succeeded();
    let shown = place
        .run(&["queue", "show", "first", "--json"])
        .succeeded()
        .json();
    let items = shown["items"].as_array().expect("items");
    let digests = items
        .iter()
        .map(|item| item["digest"].as_str().expect("a digest").to_owned());
    (place, digests.collect())
}

fn pack(place: &Place, person: &str) -> String {
    let path = place.path(&format!("{person}.assaypack")).display().to_string();
    place
        .run(&[
            "queue", "pack", "first", "--for", person, "--out", &path, "--actor", "Ilse",
        ])
        .succeeded();
    path
}

/// Opens a pack in a place of its own, answers with `verdicts` and writes the return.
fn answered(pack: &str, person: &str, decisions: &[Value]) -> (Place, PathBuf) {
    let place = Place::new();
    place.run(&["queue", "import", pack]).succeeded();
    let lines: String = decisions.iter().map(|decision| format!("{decision}\n")).collect();
    let file = place.path("answers.jsonl");
    std::fs::write(&file, lines).expect("it can be written");
    let file = file.display().to_string();
    place
        .run(&["decide", "--queue", "first", "--actor", person, &file])
        .succeeded();
    let returned = place.path(&format!("{person}.assayreturn"));
    let out = returned.display().to_string();
    place
        .run(&["queue", "pack", "first", "--return", "--out", &out])
        .succeeded();
    (place, returned)
}

fn import(place: &Place, returned: &Path, more: &[&str]) -> Ran {
    let returned = returned.display().to_string();
    place.run(&[&["queue", "import", &returned, "--actor", "Ilse", "--json"], more].concat())
}

#[test]
fn a_pack_goes_out_comes_back_and_its_answers_become_gold() {
    let (place, digests) = issuer();
    let (for_maria, for_omar) = (pack(&place, "Maria"), pack(&place, "Omar"));
    let verdict = |position: usize, verdict: &str| {
        json!({"sample": digests[position], "verdict": verdict, "reason": "Unsafe", "rubric": {"correct": 4},
               "origin": "human", "note": format!("{verdict} it is")})
    };
    let all = |of: &str| (0..4).map(|position| verdict(position, of)).collect::<Vec<_>>();
    let mut of_omar = all("approve");
    of_omar[2] = verdict(2, "exclude");
    let (_maria, from_maria) = answered(&for_maria, "Maria", &all("approve"));
    let (_omar, from_omar) = answered(&for_omar, "Omar", &of_omar);

    let dry = import(&place, &from_maria, &["--dry-run"]).succeeded().json();
    assert_eq!((dry["new"].as_u64(), dry["known"].as_u64()), (Some(4), Some(0)));
    let before = place.run(&["verify", "--json"]).succeeded().json();
    import(&place, &from_maria, &["--dry-run"]).succeeded();
    assert_eq!(place.run(&["verify", "--json"]).json()["root"], before["root"]);
    import(&place, &from_omar, &[]).succeeded();
    let told = import(&place, &from_maria, &[]).succeeded().json();
    assert_eq!(
        (told["new"].as_u64(), told["disputed"].as_u64()),
        (Some(4), Some(1))
    );
    let again = import(&place, &from_maria, &[]).succeeded().json();
    assert_eq!(
        (again["new"].as_u64(), again["known"].as_u64()),
        (Some(0), Some(4))
    );

    let agreement = place
        .run(&["agreement", "--queue", "first", "--json"])
        .succeeded()
        .json();
    assert_eq!(agreement["percent"], json!(0.75));
    assert_eq!(agreement["pairs"][0]["items"], json!(4));
    assert_eq!(agreement["criteria"]["general/correct"]["percent"], json!(1.0));

    let disputes = place
        .run(&["adjudicate", "list", "--actor", "Ilse", "--json"])
        .succeeded()
        .json();
    assert_eq!(
        (disputes[0]["sample"].as_str(), disputes.as_array().map(Vec::len)),
        (Some(digests[2].as_str()), Some(1))
    );
    let sealed = place.run(&["adjudicate", "show", &digests[2], "--actor", "Ilse", "--json"]);
    assert_eq!((sealed.code, sealed.error_code().as_str()), (2, "not_allowed"));
    let answer = [
        "adjudicate",
        "answer",
        &digests[2],
        "--verdict",
        "approve",
        "--actor",
        "Ilse",
    ];
    place.run(&answer).succeeded();
    let shown = place
        .run(&["adjudicate", "show", &digests[2], "--actor", "Ilse", "--json"])
        .succeeded();
    assert_eq!(shown.json().as_array().map(Vec::len), Some(2));
    assert!(
        !shown.stdout.contains("Maria") && !shown.stdout.contains("Omar"),
        "{}",
        shown.stdout
    );
    let settle = [
        "adjudicate",
        "settle",
        &digests[2],
        "--verdict",
        "approve",
        "--cause",
        "edge-case",
        "--actor",
        "Ilse",
    ];
    place.run(&settle).succeeded();

    for position in [0, 2] {
        let promote = [
            "gold",
            "promote",
            &digests[position],
            "--reason",
            "clear",
            "--actor",
            "Ilse",
        ];
        place.run(&promote).succeeded();
    }
    let frozen = place
        .run(&[
            "gold", "freeze", "--reason", "spring", "--actor", "Ilse", "--json",
        ])
        .succeeded()
        .json();
    assert_eq!(
        (frozen["number"].as_u64(), frozen["size"].as_u64()),
        (Some(1), Some(2))
    );
    place
        .run(&[
            "gold",
            "revoke",
            &digests[0],
            "--reason",
            "consent withdrawn",
            "--actor",
            "Ilse",
        ])
        .succeeded();
    let export = [
        "gold",
        "export",
        "--frozen",
        "1",
        "--purpose",
        "evaluation",
        "--actor",
        "Ilse",
    ];
    assert_eq!(place.run(&export).succeeded().rows().len(), 2);
    assert_eq!(place.run(&["gold", "export"]).succeeded().rows().len(), 1);
    let log = place.run(&["log", "--kind", "gold_exported"]).succeeded().rows();
    assert_eq!(log[0]["body"]["purpose"], json!("evaluation"));
    assert_eq!(
        place.run(&["verify", "--json"]).succeeded().json()["whole"],
        json!(true)
    );
}

#[test]
fn a_changed_return_and_a_strangers_are_refused_and_change_nothing() {
    let (place, digests) = issuer();
    let for_maria = pack(&place, "Maria");
    let approve = json!({"sample": digests[0], "verdict": "approve"});
    let (_maria, returned) = answered(&for_maria, "Maria", &[approve]);
    let text = std::fs::read_to_string(&returned).expect("the return");
    let changed = place.path("changed.assayreturn");
    std::fs::write(&changed, text.replace("approve", "exclude")).expect("it can be written");
    let before = place.run(&["verify", "--json"]).succeeded().json();
    let refused = import(&place, &changed, &[]);
    assert_eq!(
        (refused.code, refused.json()["error"]["line"].as_u64()),
        (2, Some(2))
    );
    let (elsewhere, _) = issuer();
    assert_eq!(import(&elsewhere, &returned, &[]).error_code(), "not_allowed");
    assert_eq!(place.run(&["verify", "--json"]).json()["root"], before["root"]);
    let here = place.path("here.jsonl");
    std::fs::write(
        &here,
        format!("{}\n", json!({"sample": digests[1], "verdict": "approve"})),
    )
    .expect("written");
    let here = place.run(&[
        "decide",
        "--queue",
        "first",
        "--actor",
        "Maria",
        &here.display().to_string(),
        "--json",
    ]);
    assert_eq!(
        (here.code, here.error_code().as_str()),
        (2, "not_allowed"),
        "her answers come from her pack"
    );
}

#[test]
fn a_queue_goes_over_to_a_rubric_of_the_house() {
    let (place, digests) = issuer();
    let file = place.path("verdicts.jsonl");
    std::fs::write(
        &file,
        format!(
            "{}\n",
            json!({"sample": digests[0], "verdict": "approve", "rubric": {"plain": 4}})
        ),
    )
    .expect("written");
    let file = file.display().to_string();
    place
        .run(&["decide", "--queue", "first", "--actor", "Maria", &file])
        .succeeded();
    let general = std::fs::read_to_string(crate::place::root().join("assets/rubrics/general.toml"))
        .expect("the template");
    let house = place.path("general.toml");
    std::fs::write(&house, general.replace("id = \"plain\"", "id = \"clear\"")).expect("written");
    let house = house.display().to_string();
    let added = place
        .run(&["rubric", "add", &house, "--actor", "Ilse", "--json"])
        .succeeded()
        .json();
    assert_eq!(added["rubric"], json!("general@2"));
    let follow = [
        "rubric",
        "follow",
        "first",
        "--to",
        "general@2",
        "--reason",
        "clearer",
        "--actor",
        "Ilse",
        "--json",
    ];
    let refused = place.run(&[&follow[..], &["--still-valid"]].concat());
    assert_eq!(refused.error_code(), "not_allowed");
    let map = place.path("map.toml");
    std::fs::write(&map, "[criteria.plain]\nto = \"clear\"\n").expect("written");
    place
        .run(&[&follow[..], &["--map", &map.display().to_string()]].concat())
        .succeeded();
    let shown = place
        .run(&["queue", "show", "first", "--actor", "Maria", "--json"])
        .succeeded()
        .json();
    assert_eq!(
        (&shown["info"]["rubric"], &shown["info"]["done"]),
        (&json!("general@2"), &json!(1))
    );
    let list = place.run(&["rubric", "list"]).succeeded();
    assert!(list.stdout.contains("health@1  (template"), "{}", list.stdout);
}
