//! What the window does to many samples at once, on a real index and ledger.

use assay_model::Code;
use assay_workbench::wire::{
    ActivityRequest, BulkPreviewRequest, BulkRequest, BulkUndoRequest, DecideRequest, DigestRequest,
    GoldRequest, PersonRequest, QueueCreateRequest, QueueRequest, Role, RowsRequest, SampleRow,
    SamplesOpenRequest, SnapshotRequest,
};
use assay_workbench::{Desk, DeskSettings, WorkerCommand};
use serde_json::{Value, json};

use crate::place::Place;

fn request<T: for<'de> serde::Deserialize<'de>>(value: Value) -> T {
    serde_json::from_value(value).expect("a request")
}

/// A UUIDv7, as a window makes one for each act.
fn entry_id() -> String {
    assay_workbench::reviewing::Stamp::now("window").entry.to_string()
}

/// Thirty letters, one of them twice, from two sources; a curator, an expert and a machine.
fn letters() -> (Place, Desk) {
    let place = Place::new();
    let row = |n: u64| {
        let source = if n.is_multiple_of(2) { "forum" } else { "post" };
        format!(
            "{}\n",
            json!({"id": n, "text": format!("Letter {} about a flat without heating", n.min(29)), "source": source})
        )
    };
    place.write("letters.jsonl", (0..31).map(row).collect::<String>());
    place.index(&[&place.data()], None);
    for (name, role) in [("Ilse", "curator"), ("Maria", "expert"), ("judge-3", "machine")] {
        place
            .run(&["person", "add", name, "--role", role, "--actor", "Ilse"])
            .succeeded();
    }
    let settings = DeskSettings {
        home: place.path("home"),
        documents: place.path("documents"),
        sample: None,
        worker: WorkerCommand::this_executable().expect("a path"),
        keychain: assay_workbench::signing::Keychain::none(),
    };
    let desk = Desk::new(settings, |_| {}).expect("a desk");
    desk.workspace_open_folder(&place.path("test.assay"))
        .expect("it opens");
    become_(&desk, "Ilse");
    (place, desk)
}

fn become_(desk: &Desk, name: &str) {
    let request = PersonRequest {
        name: name.to_owned(),
        role: Role::Expert,
    };
    desk.person_choose(&request).expect("they are there");
}

fn rows(desk: &Desk, filter: &str) -> Vec<SampleRow> {
    let open = json!({"dataset": "test", "snapshot": null, "filter": filter, "find": ""});
    let view = desk
        .samples_open(&request::<SamplesOpenRequest>(open))
        .expect("a view");
    let page = json!({"view": view.view, "offset": 0, "limit": 200});
    desk.samples_rows(&request::<RowsRequest>(page))
        .expect("rows")
        .rows
}

fn selection(filter: &str, picked: Option<&[&str]>, left_out: &[&str]) -> Value {
    json!({"dataset": "test", "snapshot": 1, "filter": filter, "picked": picked, "left_out": left_out})
}

fn act(entry: &str, selection: &Value, act: &str, word: &str) -> BulkRequest {
    request(
        json!({"entry": entry, "selection": selection, "act": act, "word": word, "reason": "badly scanned"}),
    )
}

fn preview(desk: &Desk, selection: &Value) -> assay_workbench::wire::BulkPreview {
    let asked = json!({"selection": selection, "seed": 7});
    desk.bulk_preview(&request::<BulkPreviewRequest>(asked))
        .expect("a preview")
}

/// Approves the first letter and makes it gold; its digest.
fn one_gold(desk: &Desk) -> String {
    let queue = json!({"name": "all", "dataset": "test", "snapshot": null, "filter": "id = '0'", "size": 1, "seed": 1,
        "rubric": null, "reviewers": 1, "blind": false});
    let queue = desk
        .queue_create(&request::<QueueCreateRequest>(queue))
        .expect("a queue");
    let state = desk
        .queue_open(&request::<QueueRequest>(json!({"queue": queue.queue})))
        .expect("it opens");
    let digest = state.items[0].digest.clone();
    let decide = json!({"queue": queue.queue, "position": 0, "digest": digest, "entry": entry_id(), "dwell_ms": 1,
        "answer": {"verdict": "approve", "reason": "", "labels": [], "scores": {}, "origin": "human", "confidence": null, "note": ""}});
    desk.decide(&request::<DecideRequest>(decide))
        .expect("it is decided");
    let promote = json!({"digest": digest, "reason": "clear", "entry": entry_id()});
    desk.gold_promote(&request::<GoldRequest>(promote))
        .expect("it is gold");
    digest
}

#[test]
fn a_selection_is_previewed_tagged_found_and_taken_back_and_gold_is_left_out() {
    let (place, desk) = letters();
    let gold = one_gold(&desk);
    let forum = rows(&desk, "source = 'forum'");
    assert_eq!(forum.len(), 16);
    let last = forum.last().expect("rows");
    let chosen = selection("source = 'forum'", None, &[&last.digest]);
    let before = preview(&desk, &chosen);
    // Sixteen rows: one is gold, one was left out.
    assert_eq!(
        (before.rows, before.samples, before.gold, before.answered),
        (14, 14, 1, 0)
    );
    assert_eq!(before.hits.len(), 14);
    assert_eq!(
        before.hits,
        preview(&desk, &chosen).hits,
        "a seed draws the same hits"
    );
    assert!(
        before
            .hits
            .iter()
            .all(|hit| hit.digest != gold && hit.digest != last.digest)
    );

    let first = act(&entry_id(), &chosen, "tag", " scans ");
    let saved = desk.bulk_act(&first).expect("it is saved");
    assert_eq!(saved.samples, 14);
    assert_eq!(
        desk.bulk_act(&first).expect("again"),
        saved,
        "a repetition changes nothing"
    );
    let tagged = rows(&desk, "tag = 'scans'");
    assert_eq!(tagged.len(), 14);
    assert!(tagged.iter().all(|row| {
        row.bulk
            .as_ref()
            .is_some_and(|bulk| bulk.tags == ["scans"] && !bulk.excluded)
    }));
    assert!(
        rows(&desk, "tag != 'scans'").is_empty(),
        "as with any field of several values"
    );
    assert_eq!(rows(&desk, "tag is null").len(), 17);
    let fields = desk
        .fields(&request::<SnapshotRequest>(
            json!({"dataset": "test", "snapshot": null}),
        ))
        .expect("fields");
    let tag = fields
        .iter()
        .find(|field| field.name == "tag")
        .expect("the field");
    assert_eq!(
        tag.values
            .iter()
            .map(|value| value.class.as_str())
            .collect::<Vec<_>>(),
        ["scans"]
    );
    let shown = place
        .run(&["samples", "--where", "tag = 'scans'", "--limit", "100"])
        .succeeded();
    assert_eq!(shown.stdout.lines().count(), 14);

    let undo = json!({"entry": entry_id(), "act": saved.act});
    desk.bulk_undo(&request::<BulkUndoRequest>(undo))
        .expect("it is taken back");
    assert!(rows(&desk, "tag is not null").is_empty());
    let again = json!({"entry": entry_id(), "act": saved.act});
    let fault = desk.bulk_undo(&request::<BulkUndoRequest>(again)).unwrap_err();
    assert_eq!(fault.code, Code::NotAllowed);
}

#[test]
fn an_exclusion_in_bulk_is_no_verdict_and_copies_are_one_sample() {
    let (_place, desk) = letters();
    let twice = rows(&desk, "id in ('29', '30')");
    assert_eq!(twice[0].digest, twice[1].digest);
    let chosen = selection("", Some(&[&twice[0].digest]), &[]);
    let before = preview(&desk, &chosen);
    assert_eq!((before.rows, before.samples), (2, 1));
    desk.bulk_act(&act(&entry_id(), &chosen, "exclude", ""))
        .expect("it is saved");
    assert_eq!(rows(&desk, "excluded_in_bulk = true").len(), 2);
    assert_eq!(rows(&desk, "excluded_in_bulk = 'false'").len(), 29);
    assert!(rows(&desk, "verdict is not null").is_empty());
    desk.bulk_act(&act(
        &entry_id(),
        &selection("id = '3'", None, &[]),
        "route",
        "Maria",
    ))
    .expect("it is saved");
    assert_eq!(rows(&desk, "routed = 'Maria'").len(), 1);
    let candidate = json!({"digest": twice[0].digest});
    let checks = desk
        .gold_candidate(&request::<DigestRequest>(candidate))
        .expect("a checklist")
        .checks;
    let holds = |name: &str| {
        checks
            .iter()
            .find(|check| check.name == name)
            .map(|check| check.holds)
    };
    assert_eq!(holds("Not excluded in bulk"), Some(false));
    assert!(
        checks.iter().any(|check| check.required && !check.holds),
        "nobody has read it: {checks:?}"
    );
    let page = json!({"before": null, "limit": 5, "kinds": ["bulk_acted"], "actor": null});
    let entries = desk
        .activity_page(&request::<ActivityRequest>(page))
        .expect("entries");
    assert_eq!(entries.total, 2);
    assert_eq!(entries.rows[1].what, "Exclude 1 sample in bulk: badly scanned");
}

#[test]
fn experts_tag_and_do_no_more_and_machines_do_nothing_in_bulk() {
    let (_place, desk) = letters();
    let chosen = selection("source = 'post'", None, &[]);
    for (name, allowed) in [("Maria", &["tag"][..]), ("judge-3", &[])] {
        become_(&desk, name);
        for (kind, word) in [("exclude", ""), ("tag", "mine"), ("route", "Ilse")] {
            let done = desk.bulk_act(&act(&entry_id(), &chosen, kind, word));
            assert_eq!(done.is_ok(), allowed.contains(&kind), "{name} {kind} {done:?}");
            if let Err(fault) = done {
                assert_eq!(fault.code, Code::NotAllowed);
            }
        }
    }
    become_(&desk, "Ilse");
    let nobody = act(&entry_id(), &selection("id = '99'", None, &[]), "tag", "x");
    assert_eq!(desk.bulk_act(&nobody).unwrap_err().code, Code::Usage);
    let stranger = format!("sha256:{}", "0".repeat(64));
    let strange = act(&entry_id(), &selection("", Some(&[&stranger]), &[]), "tag", "x");
    assert_eq!(desk.bulk_act(&strange).unwrap_err().code, Code::UnknownSample);
}

#[test]
fn a_queue_of_a_selection_leaves_out_what_hands_left_out_and_says_so() {
    let (_place, desk) = letters();
    let forum = rows(&desk, "source = 'forum'");
    let left_out: Vec<&str> = forum[..3].iter().map(|row| row.digest.as_str()).collect();
    let order = |name: &str, more: Value| -> QueueCreateRequest {
        let mut whole = json!({"name": name, "dataset": "test", "snapshot": 1, "filter": "source = 'forum'", "size": 99,
            "seed": 5, "rubric": null, "reviewers": 1, "blind": true});
        for (key, value) in more.as_object().expect("an object") {
            whole[key] = value.clone();
        }
        request(whole)
    };
    let but = order("but three", json!({"left_out": left_out}));
    let before = desk.queue_preview(&but).expect("a preview");
    assert_eq!(before.slice_samples, 13);
    assert!(
        before.statement.contains("3 of them left out by hand"),
        "{}",
        before.statement
    );
    let queue = desk.queue_create(&but).expect("a queue");
    assert_eq!((queue.size, queue.slice_samples), (13, 13));
    assert_eq!(queue.statement, before.statement);
    let state = desk
        .queue_open(&request::<QueueRequest>(json!({"queue": queue.queue})))
        .expect("it opens");
    assert!(
        state
            .items
            .iter()
            .all(|item| !left_out.contains(&item.digest.as_str()))
    );

    let picked = order("picked", json!({"picked": left_out}));
    let queue = desk.queue_create(&picked).expect("a queue");
    assert_eq!(queue.size, 3);
    assert!(queue.statement.contains("picked by hand"), "{}", queue.statement);
    assert!(desk.ledger_verify().expect("it is read").whole);
}
