//! Heads in a window's session: signed while a key is unlocked, copied elsewhere, and what shows when the workspace is put back.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use assay_workbench::Desk;
use assay_workbench::wire::{HeadSignRequest, KeyCreateRequest, Trust};
use serde_json::json;

use crate::desk::desk;
use crate::place::Place;

const PASSPHRASE: &str = "correct horse battery staple";

fn entry(number: u64) -> String {
    format!("01890a5d-ac96-774b-bcce-b302{number:08x}")
}

/// A workspace of one letter with its lead, and a desk where her key is made.
fn with_lead(place: &Place) -> Desk {
    place.write(
        "letters.jsonl",
        "{\"id\":\"a\",\"text\":\"The heating broke in March.\"}\n",
    );
    place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "lead"])
        .succeeded();
    let (desk, _) = desk(place);
    let key = KeyCreateRequest {
        passphrase: PASSPHRASE.to_owned().into(),
        entry: entry(1),
    };
    desk.key_create(&key).expect("a key");
    desk
}

fn sign(desk: &Desk) -> Trust {
    let request = HeadSignRequest {
        passphrase: PASSPHRASE.to_owned().into(),
        keep: false,
    };
    desk.head_sign(&request).expect("a head")
}

/// One more act: what the card says its data is for.
fn act(desk: &Desk, number: u64) {
    let request = json!({"dataset": "test", "section": "purpose", "text": format!("To teach, {number}."), "entry": entry(number)});
    desk.card_text_write(&serde_json::from_value(request).expect("a request"))
        .expect("it is written");
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for file in fs::read_dir(from)
        .expect("a folder")
        .map(|file| file.expect("a file"))
    {
        let target = to.join(file.file_name());
        if file.path().is_dir() {
            copied(&file.path(), &target);
        } else {
            fs::copy(file.path(), target).expect("it is copied");
        }
    }
}

#[test]
fn a_head_is_signed_by_itself_at_the_end_of_a_session_whose_key_is_unlocked() {
    let place = Place::new();
    let desk = with_lead(&place);
    let before = desk.trust().expect("an answer");
    assert_eq!(
        (before.head, before.strength.as_str(), before.is_unlocked),
        (None, "none", false)
    );
    let wrong = HeadSignRequest {
        passphrase: "something else entirely".to_owned().into(),
        keep: false,
    };
    assert!(desk.head_sign(&wrong).is_err());
    let signed = sign(&desk);
    assert_eq!(
        (signed.head, signed.by),
        (Some(signed.entries), vec!["Ilse".to_owned()])
    );
    assert_eq!(
        (signed.strength.as_str(), signed.is_unlocked),
        ("this_machine", true)
    );
    act(&desk, 2);
    act(&desk, 3);
    assert_eq!(desk.trust().expect("an answer").head, signed.head, "not yet");
    desk.workspace_close().expect("it closes");
    let told = place.run(&["verify", "--json"]).succeeded().json();
    assert_eq!(told["head"]["size"].as_u64(), signed.head.map(|size| size + 2));
}

#[test]
fn a_hundred_entries_later_a_head_is_signed_beside_the_work() {
    let place = Place::new();
    place.write(
        "letters.jsonl",
        (0..130)
            .map(|i| format!("{{\"id\":\"{i}\",\"text\":\"Letter number {i} says this.\"}}\n"))
            .collect::<String>(),
    );
    let desk = {
        place.index(&[&place.data()], None);
        place
            .run(&["person", "add", "Ilse", "--role", "lead"])
            .succeeded();
        let (desk, _) = desk(&place);
        let key = KeyCreateRequest {
            passphrase: PASSPHRASE.to_owned().into(),
            entry: entry(1),
        };
        desk.key_create(&key).expect("a key");
        desk
    };
    let first = sign(&desk).head.expect("a head");
    let queue = json!({"name": "all", "dataset": "test", "snapshot": null, "filter": "", "size": 120, "seed": 1,
        "reviewers": 1, "blind": false, "rubric": null});
    let queue = desk
        .queue_create(&serde_json::from_value(queue).expect("a request"))
        .expect("a queue");
    for position in 0..110 {
        let request = json!({"queue": queue.queue, "position": position});
        let item = desk
            .review_item(&serde_json::from_value(request).expect("a request"))
            .expect("an item");
        let decide = json!({"queue": queue.queue, "position": position, "digest": item.sample.digest, "entry": entry(10 + position),
            "answer": {"verdict": "approve", "reason": "", "labels": [], "scores": {}, "origin": null, "confidence": null, "note": ""}, "dwell_ms": 500});
        desk.decide(&serde_json::from_value(decide).expect("a request"))
            .expect("it is saved");
    }
    let began = Instant::now();
    loop {
        let trust = desk.trust().expect("an answer");
        assert_eq!(trust.trouble, None);
        if trust.head.is_some_and(|head| head >= first + 100) {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "no head was signed");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_workspace_that_was_put_back_with_its_heads_contradicts_their_copies() {
    let place = Place::new();
    let desk = with_lead(&place);
    let away = place.path("stick");
    let picked = desk.handle(away.clone());
    let request = serde_json::from_value(json!({"handle": picked.handle})).expect("a request");
    desk.heads_copy(&request).expect("copies are kept");
    sign(&desk);
    desk.workspace_close().expect("it closes");
    // What is kept outside must not come to lie inside what is indexed.
    let inside = place.run(&["index", &place.path("").display().to_string()]);
    assert!(
        inside.code == 2 && inside.stderr.contains("inside_source"),
        "{inside:?}"
    );
    let (workspace, shadow) = (place.path("test.assay"), place.path("shadow"));
    copied(&workspace, &shadow);
    desk.workspace_open_folder(&workspace).expect("it opens");
    sign(&desk);
    act(&desk, 2);
    desk.workspace_close().expect("it closes");
    desk.workspace_open_folder(&workspace).expect("it opens");
    let whole = desk.trust().expect("an answer");
    assert_eq!((whole.broken, whole.strength.as_str()), (None, "other_folder"));
    desk.workspace_close().expect("it closes");
    // Somebody puts the workspace back as it was, heads and all: only the copy remembers.
    fs::remove_dir_all(&workspace).expect("it goes");
    copied(&shadow, &workspace);
    assert_eq!(place.run(&["verify"]).code, 1, "the copies say otherwise");
    desk.workspace_open_folder(&workspace).expect("it opens");
    let broken = desk.trust().expect("an answer").broken.expect("it is told");
    assert!(broken.contains("cut off"), "{broken}");
}

#[test]
fn what_a_signed_head_covers_is_amended_with_a_reason_and_not_just_undone() {
    let place = Place::new();
    let desk = with_lead(&place);
    let queue = json!({"name": "all", "dataset": "test", "snapshot": null, "filter": "", "size": 1, "seed": 1,
        "reviewers": 1, "blind": false, "rubric": null});
    let queue = desk
        .queue_create(&serde_json::from_value(queue).expect("a request"))
        .expect("a queue")
        .queue;
    let item = json!({"queue": queue, "position": 0});
    let item = desk
        .review_item(&serde_json::from_value(item).expect("a request"))
        .expect("an item");
    let decide = |number: u64| {
        let decide = json!({"queue": queue, "position": 0, "digest": item.sample.digest, "entry": entry(number), "dwell_ms": 500,
            "answer": {"verdict": "approve", "reason": "", "labels": [], "scores": {}, "origin": null, "confidence": null, "note": ""}});
        desk.decide(&serde_json::from_value(decide).expect("a request"))
            .expect("it is saved")
    };
    let undo = |number: u64, reason: Option<&str>| {
        let undo = json!({"queue": queue, "entry": entry(number), "reason": reason});
        desk.undo(&serde_json::from_value(undo).expect("a request"))
    };
    let decided = decide(2);
    assert!(decided.can_undo && !decided.amends, "no head covers it yet");
    let signed = sign(&desk).head.expect("a head");
    let opened = json!({"queue": queue});
    let opened = desk
        .queue_open(&serde_json::from_value(opened).expect("a request"))
        .expect("it opens");
    assert!(opened.amends);
    for reason in [None, Some(" ")] {
        let fault = undo(3, reason).expect_err("it says why first");
        assert_eq!(fault.code.as_str(), "reason_needed");
        assert!(
            fault.message.contains(&format!("over {signed} entries")),
            "{fault}"
        );
    }
    let amended = undo(3, Some("I read the wrong column")).expect("it is taken back");
    assert!(!amended.can_undo && !amended.amends);
    assert_eq!(
        undo(3, Some("I read the wrong column")).expect("again").saved,
        amended.saved
    );
    let page = json!({"before": null, "limit": 1, "kinds": ["undone"], "actor": null});
    let page = desk
        .activity_page(&serde_json::from_value(page).expect("a request"))
        .expect("a page");
    assert!(format!("{page:?}").contains("I read the wrong column"));
    // What came after the head is undone without a word.
    assert!(!decide(4).amends);
    undo(5, None).expect("it is undone");
}
