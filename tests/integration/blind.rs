//! What a blinded reviewer's window, errors, exports and packs tell of a peer: nothing.

use assay_workbench::wire::{
    ActivityRequest, AgreementRequest, DecideRequest, DigestRequest, DisputeRequest, LabelNoise,
    LabelNoiseRequest, PersonRequest, QueueRequest, ReviewItemRequest, Role, RowsRequest, SampleRequest,
    SamplesOpenRequest, SnapshotRequest, UndoRequest, UnsealRequest,
};
use assay_workbench::{Desk, DeskSettings, WorkerCommand};
use serde::Serialize;
use serde_json::{Value, json};

use crate::place::Place;

/// A third reviewer, who has a pack.
const ELSEWHERE: &str = "Ximena Vale";

/// Words that only the peer's entries hold.
const PEER: [&str; 4] = ["Zebedee Quill", "plugh", "xyzzy", "frotz"];

/// Four letters, a curator, two experts, a blind queue of all four, and the peer's answers to all of them.
fn answered_by_a_peer() -> (Place, Vec<String>) {
    let place = Place::new();
    let row = |n: u64| {
        format!(
            "{}\n",
            json!({"id": n, "text": format!("Letter {n} about a flat without heating"), "source": "forum"})
        )
    };
    place.write("letters.jsonl", (0..4).map(row).collect::<String>());
    place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    for expert in ["Maria", "Zebedee Quill"] {
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
    let digests: Vec<String> = shown["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["digest"].as_str().expect("a digest").to_owned())
        .collect();
    let verdicts = [
        json!({"sample": digests[0], "verdict": "approve", "origin": "machine", "note": "xyzzy note"}),
        json!({"sample": digests[1], "verdict": "exclude", "reason": "plugh reason", "origin": "machine"}),
        json!({"sample": digests[2], "verdict": "unsure", "note": "frotz"}),
        json!({"sample": digests[3], "verdict": "approve", "origin": "machine"}),
    ];
    let lines: String = verdicts.iter().map(|verdict| format!("{verdict}\n")).collect();
    let file = place.path("peer.jsonl");
    std::fs::write(&file, lines).expect("it can be written");
    let file = file.display().to_string();
    place
        .run(&["decide", "--queue", "first", "--actor", "Zebedee Quill", &file])
        .succeeded();
    place.run(&["evidence", "recompute"]).succeeded();
    place
        .run(&["person", "add", ELSEWHERE, "--role", "expert", "--actor", "Ilse"])
        .succeeded();
    let out = place.path("peer.assaypack").display().to_string();
    let issue = [
        "queue", "pack", "first", "--for", ELSEWHERE, "--out", &out, "--actor", "Ilse",
    ];
    place.run(&issue).succeeded();
    (place, digests)
}

fn desk(place: &Place, person: &str) -> Desk {
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
    let request = PersonRequest {
        name: person.to_owned(),
        role: Role::Expert,
    };
    desk.person_choose(&request).expect("they are there");
    desk
}

/// Everything that was answered, as it crosses to the window.
#[derive(Default)]
struct Heard(Vec<(String, String)>);

impl Heard {
    fn add<T: Serialize, E: std::fmt::Display + std::fmt::Debug>(
        &mut self,
        surface: &str,
        answer: Result<T, E>,
    ) {
        let text = match answer {
            Ok(answer) => serde_json::to_string(&answer).expect("it is written"),
            Err(fault) => format!("{fault} {fault:?}"),
        };
        self.0.push((surface.to_owned(), text));
    }

    fn surfaces_with(&self, word: &str) -> Vec<&str> {
        let holds = self.0.iter().filter(|(_, text)| text.contains(word));
        holds.map(|(surface, _)| surface.as_str()).collect()
    }
}

fn request<T: for<'de> serde::Deserialize<'de>>(value: Value) -> T {
    serde_json::from_value(value).expect("a request")
}

/// A UUIDv7, as a window makes one for each act.
fn entry_id() -> String {
    assay_workbench::reviewing::Stamp::now("window").entry.to_string()
}

/// Asks the desk everything that a reviewer's window asks.
fn ask_everything(desk: &Desk, digests: &[String]) -> Heard {
    let mut heard = Heard::default();
    heard.add("queues", desk.queues());
    heard.add(
        "queue_open",
        desk.queue_open(&request::<QueueRequest>(json!({"queue": "first"}))),
    );
    for position in 0..4 {
        let at = json!({"queue": "first", "position": position});
        heard.add(
            "review_item",
            desk.review_item(&request::<ReviewItemRequest>(at.clone())),
        );
        let unseal = json!({"queue": "first", "position": position, "entry": entry_id()});
        heard.add("unseal", desk.unseal(&request::<UnsealRequest>(unseal)));
    }
    let mut samples = Vec::new();
    for filter in [
        "",
        "verdict = 'approve'",
        "verdict = 'exclude'",
        "origin = 'machine'",
        "verdict is not null",
    ] {
        let open = json!({"dataset": "test", "snapshot": null, "filter": filter, "find": ""});
        let view = desk
            .samples_open(&request::<SamplesOpenRequest>(open))
            .expect("a view");
        let rows = request::<RowsRequest>(json!({"view": view.view, "offset": 0, "limit": 50}));
        let page = desk.samples_rows(&rows).expect("rows");
        if filter.is_empty() {
            samples = page.rows.iter().map(|row| row.sample).collect();
        }
        heard.add::<_, String>(&format!("samples {filter}"), Ok(page));
    }
    assert_eq!(samples.len(), 4);
    for sample in samples {
        let request = request::<SampleRequest>(json!({"sample": sample}));
        heard.add::<_, String>(
            "sample_detail",
            Ok(desk.sample_detail(&request).expect("a detail")),
        );
    }
    heard.add("gold_overview", desk.gold_overview());
    for digest in digests {
        heard.add(
            "gold_candidate",
            desk.gold_candidate(&request::<DigestRequest>(json!({"digest": digest}))),
        );
    }
    for actor in [Value::Null, json!("Zebedee Quill")] {
        let page =
            json!({"before": null, "limit": 200, "kinds": ["decided", "undone", "unsealed"], "actor": actor});
        heard.add("activity", desk.activity_page(&request::<ActivityRequest>(page)));
    }
    heard.add(
        "undo",
        desk.undo(&request::<UndoRequest>(
            json!({"queue": "first", "entry": entry_id(), "reason": null}),
        )),
    );
    let wrong = json!({"queue": "first", "position": 0, "digest": digests[0], "entry": "no id", "dwell_ms": 1,
        "answer": {"verdict": "approve", "reason": "", "labels": [], "scores": {}, "origin": null, "confidence": null, "note": ""}});
    heard.add("decide", desk.decide(&request::<DecideRequest>(wrong)));
    heard.add("disputes", desk.disputes());
    for digest in digests {
        let about = request::<DisputeRequest>(json!({"digest": digest}));
        heard.add("dispute_open", desk.dispute_open(&about));
    }
    for queue in [Value::Null, json!("first")] {
        let asked = request::<AgreementRequest>(json!({"queue": queue}));
        heard.add("agreement", desk.agreement(&asked));
    }
    heard.add("packs", desk.packs());
    heard.add("rubrics", desk.rubrics());
    heard.add("slices", desk.slices());
    let first = request::<QueueRequest>(json!({"queue": "first"}));
    heard.add("rubric_examples", desk.rubric_examples(&first));
    let overview = request::<SnapshotRequest>(json!({"dataset": "test", "snapshot": null}));
    heard.add("overview", desk.overview(&overview));
    heard.add("gold_anchor", desk.gold_anchor(&overview));
    heard.add("signal_calibration", desk.signal_calibration(&overview));
    heard.add("label_noise", label_noise(desk));
    heard
}

/// What the job finds is asked for until it is there.
fn label_noise(desk: &Desk) -> Result<LabelNoise, assay_model::Fault> {
    let asked = request::<LabelNoiseRequest>(json!({"dataset": "test", "snapshot": null, "dimension": null}));
    let begun = std::time::Instant::now();
    while begun.elapsed().as_secs() < 60 {
        if let Some(found) = desk.label_noise(&asked)?.answer {
            return Ok(found);
        }
        std::thread::yield_now();
    }
    panic!("the job never ends");
}

#[test]
fn no_surface_tells_a_blinded_reviewer_of_a_peer_and_a_curator_is_told() {
    let (place, digests) = answered_by_a_peer();
    let maria = desk(&place, "Maria");
    let heard = ask_everything(&maria, &digests);
    for word in PEER {
        assert_eq!(heard.surfaces_with(word), Vec::<&str>::new(), "{word}");
    }
    assert!(!heard.surfaces_with(ELSEWHERE).contains(&"packs"));
    // What the peer decided shows in no row either: nothing is approved, excluded or judged as far as Maria may know.
    let rows = |filter: &str| {
        let surface = format!("samples {filter}");
        let (_, text) = heard
            .0
            .iter()
            .find(|(name, _)| *name == surface)
            .expect("it was asked");
        let page: Value = serde_json::from_str(text).unwrap_or_else(|_| panic!("{text}"));
        page["rows"].as_array().expect("rows").len()
    };
    assert_eq!(
        (rows(""), rows("verdict = 'approve'"), rows("verdict is not null")),
        (4, 0, 0)
    );
    assert_eq!(
        rows("origin = 'machine'"),
        0,
        "a judgement given blind is no evidence yet"
    );
    drop(maria);

    let sealed = |text: &str| serde_json::from_str::<Value>(text).map(|view| view["sealed_queues"] == 1);
    let agreement = heard.0.iter().filter(|(surface, _)| surface == "agreement");
    assert!(
        agreement
            .into_iter()
            .all(|(_, text)| sealed(text).expect("a view")),
        "a sum over two would tell the peer's answers"
    );
    let ilse = desk(&place, "Ilse");
    let heard = ask_everything(&ilse, &digests);
    assert!(
        heard.surfaces_with(ELSEWHERE).contains(&"packs"),
        "the control: a curator sees whose packs are out"
    );
    assert!(
        heard.surfaces_with("Zebedee Quill").contains(&"activity"),
        "the control: a curator reads it"
    );
    assert!(heard.surfaces_with("plugh").contains(&"activity"));
    drop(ilse);

    let out = place.path("maria.assaypack").display().to_string();
    place
        .run(&[
            "queue", "pack", "first", "--for", "Maria", "--out", &out, "--actor", "Ilse",
        ])
        .succeeded();
    let pack = std::fs::read_to_string(&out).expect("the pack");
    for word in PEER {
        assert!(!pack.contains(word), "{word} is in the pack");
    }
    let shown = place
        .run(&["queue", "show", "first", "--actor", "Maria", "--json"])
        .succeeded();
    for word in PEER {
        assert!(
            !shown.stdout.contains(word) && !shown.stderr.contains(word),
            "{word}"
        );
    }
}

/// How many rows a filter finds for whoever is at the desk.
fn found(desk: &Desk, filter: &str) -> u64 {
    let open = json!({"dataset": "test", "snapshot": null, "filter": filter, "find": ""});
    let view = desk
        .samples_open(&request::<SamplesOpenRequest>(open))
        .expect("a view");
    let rows = request::<RowsRequest>(json!({"view": view.view, "offset": 0, "limit": 50}));
    desk.samples_rows(&rows).expect("rows").rows.len() as u64
}

#[test]
fn filters_by_answers_and_disputes_tell_a_reviewer_of_their_own_answers_only() {
    let (place, digests) = answered_by_a_peer();
    // The peer approved the first and excluded the second.
    let own = [&digests[0], &digests[1]]
        .map(|sample| json!({"sample": sample, "verdict": "approve", "origin": "human"}));
    let file = place.path("own.jsonl");
    std::fs::write(&file, own.map(|line| format!("{line}\n")).concat()).expect("it can be written");
    let file = file.display().to_string();
    place
        .run(&["decide", "--queue", "first", "--actor", "Maria", &file])
        .succeeded();
    let several = "answers >= 2 or disputed = 'true'";
    let filters = [
        "answers = 1",
        "answers >= 2",
        "disputed = 'true'",
        several,
        "queue = 'first'",
    ];
    let maria = desk(&place, "Maria");
    assert_eq!(filters.map(|filter| found(&maria, filter)), [2, 0, 0, 0, 4]);
    drop(maria);

    // The first two were read by both; on the second they differ, and its answers are sealed until Ilse has given hers.
    let ilse = desk(&place, "Ilse");
    assert_eq!(filters.map(|filter| found(&ilse, filter)), [2, 1, 1, 2, 4]);
    let disputes = ilse.disputes().expect("a list");
    assert_eq!((disputes.open.len() as u64, disputes.read_by_several), (1, 2));
    drop(ilse);
    let whole = place.samples("answers >= 2 and disputed = 'true'");
    assert_eq!(whole.len(), 1, "the command line reads the files as they are");
}

#[test]
fn signals_are_held_against_those_judgements_only_that_the_reader_may_know() {
    let (place, _) = answered_by_a_peer();
    let asked = request::<SnapshotRequest>(json!({"dataset": "test", "snapshot": null}));
    // One desk, and one after another at it: what a desk still looks up as it ends may hold the workspace a moment longer.
    let desk = desk(&place, "Maria");
    let judged = |person: &str| {
        let request = PersonRequest {
            name: person.to_owned(),
            role: Role::Expert,
        };
        desk.person_choose(&request).expect("they are there");
        desk.signal_calibration(&asked).expect("an answer").judged
    };
    assert_eq!(judged("Maria"), 0, "a peer's judgements in a blind queue");
    assert_eq!(judged("Ilse"), 3);
}
