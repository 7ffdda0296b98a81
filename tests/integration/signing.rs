//! A lead signs a card, somebody else verifies the folder, and what happens afterwards shows.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::desk::desk;
use crate::place::{Place, root};

const PASSPHRASE: &str = "correct horse battery staple";

/// Four letters, Ilse (lead, with a key), Jonas (lead, with a key) and Ada (expert); the passphrase in a file.
pub fn signing() -> Place {
    let place = Place::new();
    let rows: String = [
        "My heating broke in March.",
        "The lease ends in May.",
        "Who pays the deposit?",
        "The key was lost.",
    ]
    .iter()
    .enumerate()
    .map(|(i, text)| format!("{{\"id\":\"{i}\",\"text\":\"{text}\",\"domain\":\"housing\"}}\n"))
    .collect();
    place.write("letters.jsonl", rows);
    fs::write(place.path("passphrase"), format!("{PASSPHRASE}\n")).expect("the passphrase can be written");
    place.index(&[&place.data()], None);
    for (name, role) in [("Ilse", "lead"), ("Jonas", "lead"), ("Ada", "expert")] {
        place
            .run(&["person", "add", name, "--role", role, "--actor", "Ilse"])
            .succeeded();
    }
    for name in ["Ilse", "Jonas"] {
        place
            .run(&["person", "key", name, "--passphrase-file", "passphrase"])
            .succeeded();
    }
    place
}

fn dataset(place: &Place) -> String {
    let report = place.run(&["report", "--json"]).succeeded().json();
    report["dataset"].as_str().expect("a dataset").to_owned()
}

/// Writes the card and signs it, exceptions looked at.
pub fn sign(place: &Place, folder: &str, actor: &str) -> Value {
    let name = dataset(place);
    place
        .run(&["card", "--dataset", &name, "--out", folder])
        .succeeded();
    let words = [
        "sign",
        folder,
        "--meaning",
        "fit to try",
        "--actor",
        actor,
        "--passphrase-file",
        "passphrase",
        "--json",
    ];
    let shown = place.run(&words);
    assert_eq!(
        shown.code, 1,
        "what nobody has looked at is shown first: {shown:?}"
    );
    let code = shown.json()["reviewed"].as_str().expect("a code").to_owned();
    let wrong = [&words[..], &["--reviewed", "00000000"]].concat();
    assert_eq!(place.run(&wrong).code, 1, "another list's code");
    let right = [&words[..], &["--reviewed", &code]].concat();
    place.run(&right).succeeded().json()
}

fn key_of(place: &Place, person: &str) -> String {
    let keys = place.run(&["person", "keys", "--json"]).succeeded().json();
    let own = keys
        .as_array()
        .expect("keys")
        .iter()
        .find(|key| key["person"] == person);
    own.expect("a key")["public"].as_str().expect("text").to_owned()
}

/// Verifies from a place without a workspace.
fn verified(folder: &Path, key: &str) -> (i32, Value) {
    let elsewhere = Place::new();
    let folder = folder.display().to_string();
    let ran = elsewhere.run(&["verify", &folder, "--key", key, "--json"]);
    (ran.code, ran.json())
}

#[test]
fn a_signed_folder_is_verified_without_a_workspace_and_any_changed_byte_is_named() {
    let place = signing();
    let signed = sign(&place, "card", "Ilse");
    assert_eq!(signed["complete"], true);
    let (folder, key) = (place.path("card"), key_of(&place, "Ilse"));
    let (code, found) = verified(&folder, &key);
    assert_eq!(code, 0, "{found}");
    assert!(found["proved_entries"].as_u64().is_some(), "{found}");
    let (code, found) = verified(&folder, &key_of(&place, "Jonas"));
    assert_eq!(code, 1, "another's key: {found}");
    for file in fs::read_dir(&folder).expect("the folder is there") {
        let path = file.expect("a file").path();
        let whole = fs::read(&path).expect("it can be read");
        for at in [0, whole.len() / 3, whole.len() / 2, whole.len() - 1] {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            fs::write(&path, changed).expect("it can be changed");
            let (code, found) = verified(&folder, &key);
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            assert_eq!(code, 1, "{name}, byte {at}: {found}");
            let why = found["failure"].as_str().unwrap_or_default();
            assert!(why.contains(&name), "{name}, byte {at}: {why}");
        }
        fs::write(&path, whole).expect("it can be put back");
    }
    let sums = Command::new("sha256sum")
        .args(["-c", "--quiet", "SHA256SUMS"])
        .current_dir(&folder)
        .status();
    assert!(sums.expect("sha256sum runs").success());
}

#[test]
fn a_later_verdict_shows_and_a_new_sign_off_supersedes() {
    let place = signing();
    let first = sign(&place, "card", "Ilse");
    let name = dataset(&place);
    place.run(&["sign", "--state", &name]).succeeded();
    place
        .run(&[
            "queue", "create", "--name", "first", "--size", "2", "--actor", "Ada",
        ])
        .succeeded();
    let changed = place.run(&["sign", "--state", &name, "--json"]);
    assert_eq!(changed.code, 1, "{changed:?}");
    assert!(
        changed.json()["changes"].to_string().contains("review.first"),
        "{changed:?}"
    );
    let stale = place.run(&[
        "sign",
        "card",
        "--meaning",
        "again",
        "--actor",
        "Jonas",
        "--passphrase-file",
        "passphrase",
        "--reviewed",
        "x",
    ]);
    assert_ne!(stale.code, 0, "the old card is not the card any more");
    let second = sign(&place, "again", "Jonas");
    assert_ne!(first["sign_off"], second["sign_off"]);
    let (code, found) = verified(&place.path("again"), &key_of(&place, "Jonas"));
    assert_eq!(code, 0, "{found}");
    assert_eq!(found["statement"]["previous"]["sign_off"], first["sign_off"]);
    place
        .run(&[
            "sign",
            "--withdraw",
            &name,
            "--reason",
            "a source withdrew",
            "--actor",
            "Ilse",
        ])
        .succeeded();
    assert_eq!(place.run(&["sign", "--state", &name]).code, 1);
    assert!(place.run(&["verify"]).succeeded().stdout.contains("signed for"));
}

#[test]
fn experts_strangers_and_wrong_passphrases_sign_nothing() {
    let place = signing();
    let name = dataset(&place);
    place
        .run(&["card", "--dataset", &name, "--out", "card"])
        .succeeded();
    let shown = place.run(&["sign", "card", "--meaning", "x", "--actor", "Ilse", "--json"]);
    let code = shown.json()["reviewed"].as_str().expect("a code").to_owned();
    fs::write(place.path("wrong"), "another passphrase").expect("a file");
    for (actor, file) in [
        ("Ada", "passphrase"),
        ("Mallory", "passphrase"),
        ("Ilse", "wrong"),
    ] {
        let ran = place.run(&[
            "sign",
            "card",
            "--meaning",
            "x",
            "--actor",
            actor,
            "--passphrase-file",
            file,
            "--reviewed",
            &code,
        ]);
        assert_ne!(ran.code, 0, "{actor}: {ran:?}");
        assert!(!place.path("card/envelope.json").exists());
    }
    let short = Place::new();
    fs::write(short.path("short"), "secret").expect("a file");
    short.run(&["person", "add", "Eva", "--role", "lead"]).succeeded();
    let ran = short.run(&["person", "key", "Eva", "--passphrase-file", "short"]);
    assert!(ran.stderr.contains("shorter"), "{ran:?}");
}

#[test]
fn an_auditor_s_own_program_verifies_the_exported_ledger() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("SKIPPED: python3 is not there");
        return;
    }
    let place = signing();
    sign(&place, "card", "Ilse");
    place.run(&["log", "--export", "ledger.jsonl"]).succeeded();
    let key = key_of(&place, "Ilse");
    place.run(&["verify", "ledger.jsonl", "--key", &key]).succeeded();
    let audit = |path: &str| {
        let script = root().join("tests/python/verify_ledger.py");
        let ran = Command::new("python3")
            .arg(script)
            .arg(place.path(path))
            .arg(&key)
            .output();
        ran.expect("python runs").status.success()
    };
    assert!(audit("ledger.jsonl"));
    let text = fs::read_to_string(place.path("ledger.jsonl")).expect("the export");
    fs::write(
        place.path("changed.jsonl"),
        text.replace("\"lead\"", "\"expert\""),
    )
    .expect("a copy");
    assert!(!audit("changed.jsonl"));
    assert_eq!(place.run(&["verify", "changed.jsonl", "--key", &key]).code, 1);
}

#[test]
fn a_slice_of_high_stakes_waits_for_a_second_lead_who_signs_the_same_bytes() {
    let place = signing();
    {
        let (desk, _jobs) = desk(&place);
        let slice = serde_json::json!({"slice": {"name": "Housing", "filter": "domain = 'housing'", "tier": "high_stakes", "blurred": false},
            "reason": "", "entry": "01890a5d-ac96-774b-bcce-b30200000001"});
        desk.slice_define(&serde_json::from_value(slice).expect("a request"))
            .expect("the slice is named");
        desk.workspace_close().expect("it closes");
    }
    let first = sign(&place, "card", "Ilse");
    assert_eq!(
        (&first["complete"], first["signers"].as_u64()),
        (&Value::Bool(false), Some(2))
    );
    let (folder, key) = (place.path("card"), key_of(&place, "Ilse"));
    let (code, found) = verified(&folder, &key);
    assert_eq!(code, 1, "one of two has signed: {found}");
    assert!(
        found["failure"]
            .as_str()
            .is_some_and(|why| why.contains("2 signatures")),
        "{found}"
    );
    let join = |actor: &str| {
        place.run(&[
            "sign",
            "card",
            "--meaning",
            "fit to try",
            "--actor",
            actor,
            "--passphrase-file",
            "passphrase",
            "--json",
        ])
    };
    // A folder that is not what was signed is not signed by a second either.
    let card = folder.join("card.json");
    let whole = fs::read(&card).expect("the card");
    fs::write(&card, [&whole[..], b" "].concat()).expect("it can be changed");
    assert_ne!(join("Jonas").code, 0);
    fs::write(&card, whole).expect("it can be put back");
    let payload = |folder: &Path| {
        let text = fs::read_to_string(folder.join("envelope.json")).expect("the envelope");
        let envelope: Value = serde_json::from_str(&text).expect("JSON");
        (
            envelope["payload"].clone(),
            envelope["signatures"].as_array().map(Vec::len),
        )
    };
    let before = payload(&folder);
    let second = join("Jonas").succeeded().json();
    assert_eq!(second["complete"], true, "{second}");
    assert_eq!(
        payload(&folder),
        (before.0, Some(2)),
        "the same statement, byte for byte"
    );
    let elsewhere = Place::new();
    let (at, other) = (folder.display().to_string(), key_of(&place, "Jonas"));
    let told = elsewhere.run(&["verify", &at, "--key", &key, "--key", &other, "--json"]);
    assert_eq!(
        (told.code, &told.json()["whole"]),
        (0, &Value::Bool(true)),
        "{told:?}"
    );
}
