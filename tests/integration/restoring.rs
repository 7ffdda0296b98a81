//! A damaged ledger comes back: told first, nothing deleted, every acknowledged entry there again.

use std::fs;

use crate::place::Place;

/// A workspace with three people, each an entry.
fn with_people() -> Place {
    let place = Place::new();
    place.write(
        "letters.jsonl",
        "{\"id\":\"a\",\"text\":\"The heating broke in March.\"}\n",
    );
    place.index(&[&place.data()], None);
    for (name, role) in [("Ilse", "lead"), ("Jonas", "curator"), ("Ada", "expert")] {
        place
            .run(&["person", "add", name, "--role", role, "--actor", "Ilse"])
            .succeeded();
    }
    place
}

#[test]
fn a_ledger_whose_pages_were_overwritten_comes_back_whole() {
    let place = with_people();
    let before = place.run(&["verify", "--json"]).succeeded().json();
    let database = place.path("test.assay/ledger.db");
    let whole = fs::read(&database).expect("the ledger");
    let mut damaged = whole.clone();
    damaged[..4096].fill(0x5a);
    fs::write(&database, &damaged).expect("it can be damaged");
    assert_ne!(place.run(&["verify"]).code, 0, "damage is told");
    assert_ne!(
        place
            .run(&["person", "add", "Ole", "--role", "lead", "--actor", "Ilse"])
            .code,
        0,
        "nothing is saved over it"
    );
    let told = place.run(&["doctor", "--restore", "--json"]).succeeded().json();
    assert_eq!(
        (told["entries"].as_u64(), told["lost"].as_u64()),
        (Some(3), Some(0)),
        "{told}"
    );
    let aside = told["aside"].as_str().expect("a folder");
    let kept = fs::read(std::path::Path::new(aside).join("ledger.db")).expect("the damaged file is kept");
    assert!(kept == damaged, "as it was");
    let after = place.run(&["verify", "--json"]).succeeded().json();
    assert_eq!(after["root"], before["root"]);
    place.run(&["doctor"]).succeeded();
    place
        .run(&["person", "add", "Ole", "--role", "lead", "--actor", "Ilse"])
        .succeeded();
}

#[test]
fn a_ledger_that_was_deleted_is_not_begun_anew() {
    let place = with_people();
    let before = place.run(&["verify", "--json"]).succeeded().json();
    for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
        let _ = fs::remove_file(place.path("test.assay").join(name));
    }
    let ran = place.run(&["log"]);
    assert_ne!(
        ran.code, 0,
        "an empty ledger in its place would hide the loss: {ran:?}"
    );
    place.run(&["doctor", "--restore"]).succeeded();
    let after = place.run(&["verify", "--json"]).succeeded().json();
    assert_eq!(
        (&after["root"], &after["entries"]),
        (&before["root"], &before["entries"])
    );
}
