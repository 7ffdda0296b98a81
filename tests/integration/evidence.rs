//! Evidence that comes after indexing, on the command line: who said what, which origin follows, and what it was before.

use serde_json::{Value, json};

use crate::place::{Place, Ran, number};

/// Three undeclared notes, Ilse a curator, Amara an expert, and a queue `q` of all of them.
fn notes() -> (Place, Vec<String>) {
    let place = Place::new();
    place.write(
        "notes.jsonl",
        "{\"id\": \"n1\", \"text\": \"The patient slept well after the evening dose and woke without pain.\"}\n\
         {\"id\": \"n2\", \"text\": \"The lease had ended before the flood came, so nobody was to blame.\"}\n\
         {\"id\": \"n3\", \"text\": \"Interest rates rose again and the bank closed two of its branches.\"}\n",
    );
    place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    place
        .run(&["person", "add", "Amara", "--role", "expert", "--actor", "Ilse"])
        .succeeded();
    place
        .run(&[
            "queue", "create", "--name", "q", "--size", "3", "--seed", "1", "--actor", "Ilse",
        ])
        .succeeded();
    let mut rows = place.samples("");
    rows.sort_by_key(|row| row["id"].as_str().map(str::to_owned));
    let digests = rows
        .iter()
        .map(|row| row["digest"].as_str().expect("a digest").to_owned())
        .collect();
    (place, digests)
}

pub fn judge(place: &Place, actor: &str, digest: &str, origin: &str) {
    let verdict = json!({"sample": digest, "verdict": "approve", "origin": origin, "confidence": "high"});
    let file = place.path("verdicts.jsonl");
    std::fs::write(&file, format!("{verdict}\n")).expect("the verdict can be written");
    place
        .run(&[
            "decide",
            "--queue",
            "q",
            "--actor",
            actor,
            &file.display().to_string(),
        ])
        .succeeded();
}

pub fn report(place: &Place, dataset: &str) -> Value {
    place
        .run(&["report", "--dataset", dataset, "--json", "--quiet"])
        .succeeded()
        .json()
}

pub fn samples_of(report: &Value) -> [u64; 4] {
    ["human", "mixed", "machine", "unknown"]
        .map(|origin| number(report, &format!("/origin/{origin}/samples")))
}

pub fn evidence(place: &Place, dataset: &str, filter: &str) -> Vec<Value> {
    place
        .run(&["evidence", "list", "--dataset", dataset, "--where", filter])
        .succeeded()
        .rows()
}

fn add(place: &Place, lines: &[Value]) -> Ran {
    let file = place.path("evidence.jsonl");
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(&file, text).expect("the evidence can be written");
    place.run(&[
        "evidence",
        "add",
        &file.display().to_string(),
        "--actor",
        "Ilse",
        "--json",
    ])
}

#[test]
fn a_judgement_becomes_the_origin_in_report_and_filter_and_its_undoing_restores_it() {
    let (place, digests) = notes();
    let before = report(&place, "test");
    assert_eq!(samples_of(&before), [0, 0, 0, 3]);
    judge(&place, "Ilse", &digests[0], "human");
    // The report that stands was measured before; recomputing brings the judgement in.
    assert_eq!(samples_of(&report(&place, "test")), [0, 0, 0, 3]);
    let changed = place.run(&["evidence", "recompute", "--json"]).succeeded().json();
    assert_eq!(
        (number(&changed, "/samples"), &changed["snapshots"]),
        (1, &json!(["test@1"]))
    );
    let after = report(&place, "test");
    assert_eq!(samples_of(&after), [1, 0, 0, 2]);
    assert_eq!(
        after["snapshot_root"], before["snapshot_root"],
        "the text is the same"
    );
    assert_ne!(
        after["facts_root"], before["facts_root"],
        "a relabelling changes the facts"
    );
    assert_eq!(
        number(&after, "/origin/human/tokens"),
        number(&place.samples("origin = 'human'")[0], "/tokens")
    );
    let word = after["coverage"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["unit"] == "word")
        .unwrap();
    assert_eq!(
        word["by_origin"][0]["origin"], "human",
        "words follow their samples"
    );
    assert_eq!(
        number(word, "/by_origin/0/observations"),
        number(&after, "/origin/human/tokens")
    );

    let human = place.samples("origin = 'human' and decided_by = 'reviewer_judgement'");
    assert_eq!((human.len(), human[0]["id"].as_str()), (1, Some("n1")));
    assert_eq!(human[0]["parts"][0]["origin"], "human");
    let listed = &evidence(&place, "test", "id = 'n1'")[0];
    assert_eq!(listed["evidence"][0]["kind"], "reviewer_judgement");
    assert_eq!(listed["evidence"][0]["effect"], "decides");
    assert_eq!(listed["evidence"][0]["added"]["by"], "Ilse");
    assert_eq!(listed["history"][0]["was"]["origin"], "unknown");
    assert_eq!(listed["history"][0]["became"]["origin"], "human");
    assert_eq!(listed["history"][0]["causes"][0]["by"], "Ilse");

    // Another answer takes its place; the history keeps both.
    judge(&place, "Ilse", &digests[0], "unknown");
    place.run(&["evidence", "recompute"]).succeeded();
    let again = report(&place, "test");
    assert_eq!(samples_of(&again), [0, 0, 0, 3]);
    assert_eq!(
        again["facts_root"], before["facts_root"],
        "the facts are what they were"
    );
    let history = evidence(&place, "test", "id = 'n1'")[0]["history"].clone();
    assert_eq!(history.as_array().map(Vec::len), Some(2));
    let causes = history[1]["causes"].as_array().unwrap();
    assert_eq!(causes.iter().filter(|cause| cause["added"] == false).count(), 1);
}

#[test]
fn reviewers_who_disagree_leave_the_origin_unknown_and_both_sides_are_listed() {
    let (place, digests) = notes();
    judge(&place, "Ilse", &digests[1], "human");
    judge(&place, "Amara", &digests[1], "machine");
    place.run(&["evidence", "recompute"]).succeeded();
    let report = report(&place, "test");
    assert_eq!(
        (samples_of(&report), number(&report, "/conflicts")),
        ([0, 0, 0, 3], 1)
    );
    let conflicts = place.run(&["samples", "--conflicts"]).succeeded().rows();
    assert_eq!((conflicts.len(), conflicts[0]["id"].as_str()), (1, Some("n2")));
    let sides: Vec<(&str, &str)> = conflicts[0]["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|side| (side["origin"].as_str().unwrap(), side["effect"].as_str().unwrap()))
        .collect();
    assert_eq!(sides.len(), 2);
    assert!(sides.contains(&("human", "contradicts")) && sides.contains(&("machine", "contradicts")));
}

#[test]
fn a_judgement_finds_its_sample_again_in_the_next_snapshot() {
    let (place, digests) = notes();
    judge(&place, "Ilse", &digests[2], "machine");
    let text = std::fs::read_to_string(place.data().join("notes.jsonl")).unwrap();
    place.write(
        "notes.jsonl",
        format!("{text}{{\"id\": \"n4\", \"text\": \"One more note, in another hand.\"}}\n"),
    );
    let report = place.index(&[&place.data()], None);
    assert_eq!(
        (number(&report, "/snapshot"), samples_of(&report)),
        (2, [0, 0, 1, 3])
    );
    assert_eq!(place.samples("origin = 'machine'")[0]["id"], "n3");
    // The snapshot before holds rows of its own, and they follow as well.
    let earlier = place
        .run(&["report", "--snapshot", "1", "--json", "--quiet"])
        .succeeded()
        .json();
    assert_eq!(samples_of(&earlier), [0, 0, 1, 2]);
}

#[test]
fn texts_declared_differently_name_each_other() {
    let place = Place::new();
    place.write(
        "a.jsonl",
        "{\"text\": \"One and the same text, said twice.\", \"origin\": \"human\"}\n",
    );
    place.write(
        "b.jsonl",
        "{\"text\": \"One and the same text, said twice.\", \"origin\": \"machine\"}\n",
    );
    let report = place.index(&[&place.data()], None);
    assert_eq!(number(&report, "/conflicts"), 1);
    let rows = place.run(&["samples", "--conflicts"]).succeeded().rows();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["contradicts"][0]["path"], "b.jsonl");
    assert_eq!(rows[0]["contradicts"][0]["evidence"][0]["source"], "field origin");
    assert_eq!(rows[1]["contradicts"][0]["path"], "a.jsonl");
    assert_eq!(
        rows[0]["parts"][0]["origin"], "human",
        "parts are told as the record declares them"
    );
}

#[test]
fn a_file_of_evidence_is_taken_whole_or_not_at_all_and_once() {
    let (place, digests) = notes();
    let credential = json!({"sample": digests[0], "kind": "content_credential", "origin": "machine",
        "source": "manifest 7", "value": "c2pa.created", "generator": "m-1", "confidence": 0.99});
    let bad = json!({"sample": digests[1], "kind": "reviewer_judgement", "origin": "human"});
    let refused = add(&place, &[credential.clone(), bad]);
    assert_eq!(
        (refused.code, refused.error_code().as_str()),
        (2, "invalid_evidence")
    );
    assert_eq!(number(&refused.json(), "/error/line"), 2);
    assert_eq!(place.samples("origin = 'machine'").len(), 0);
    let no_part = json!({"sample": digests[1], "kind": "declared", "origin": "human", "part": 3});
    assert_eq!(number(&add(&place, &[no_part]).json(), "/error/line"), 1);

    let elsewhere =
        json!({"sample": format!("sha256:{}", "0".repeat(64)), "kind": "declared", "origin": "human"});
    let lines = [credential, elsewhere];
    let added = add(&place, &lines).succeeded().json();
    assert_eq!(
        ["lines", "samples", "waiting"].map(|key| number(&added, &format!("/{key}"))),
        [2, 1, 1]
    );
    assert_eq!(added["snapshots"], json!(["test@1"]));
    let again = add(&place, &lines).succeeded().json();
    assert_eq!((&again["known"], &again["snapshots"]), (&json!(true), &json!([])));
    let listed = &evidence(&place, "test", "origin = 'machine'")[0];
    assert_eq!(listed["evidence"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["evidence"][0]["added"]["name"], "evidence.jsonl");
    assert_eq!(listed["confidence"], 0.99);

    // A reviewer's judgement is stronger, whatever comes after it.
    judge(&place, "Ilse", &digests[0], "human");
    place.run(&["evidence", "recompute"]).succeeded();
    let listed = &evidence(&place, "test", "id = 'n1'")[0];
    assert_eq!(
        (listed["origin"].as_str(), listed["conflict"].as_bool()),
        (Some("human"), Some(false))
    );
    let overruled = listed["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .find(|each| each["kind"] == "content_credential");
    assert_eq!(overruled.unwrap()["effect"], "overruled");
}

#[test]
fn a_lost_index_finds_files_of_evidence_and_judgements_again() {
    let (place, digests) = notes();
    add(
        &place,
        &[json!({"sample": digests[0], "kind": "watermark", "origin": "machine", "source": "detector"})],
    )
    .succeeded();
    judge(&place, "Ilse", &digests[1], "human");
    for name in ["index.db", "index.db-wal", "index.db-shm"] {
        let _ = std::fs::remove_file(place.path("test.assay").join(name));
    }
    let report = place.index(&[&place.data()], None);
    assert_eq!(samples_of(&report), [1, 0, 1, 1]);
}

#[test]
fn evidence_for_one_part_leaves_the_others() {
    let place = Place::new();
    place.write("a.jsonl", "{\"prompt\": \"Why is the sky blue on a clear day?\", \"response\": \"Because air scatters the short waves of light more than the long ones.\"}\n");
    place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    let digest = place.samples("")[0]["digest"].clone();
    let record = json!({"sample": digest, "kind": "generation_record", "part": 1, "source_class": "synthetic",
        "source": "log 4", "generator": "m-1", "model": "m-1-2026", "prompt_ref": "p/17", "generated_at": "2026-01-02"});
    add(&place, &[record]).succeeded();
    let row = &place.samples("")[0];
    assert_eq!(row["origin"], "mixed");
    assert_eq!(row["parts"][0]["origin"], "unknown");
    assert_eq!(row["parts"][1]["origin"], "machine");
    let listed = &evidence(&place, "test", "origin = 'mixed'")[0]["evidence"][0];
    assert_eq!(
        (listed["model"].as_str(), listed["prompt_ref"].as_str()),
        (Some("m-1-2026"), Some("p/17"))
    );
    let report = report(&place, "test");
    assert!(number(&report, "/origin/machine/tokens") > number(&report, "/origin/unknown/tokens"));
    assert_eq!(number(&report, "/origin/mixed/samples"), 1);
}

#[test]
fn a_day_before_the_cut_off_is_weak_evidence_and_a_bad_date_is_flagged() {
    let place = Place::new();
    place.write(
        "a.jsonl",
        "{\"id\": \"old\", \"text\": \"A letter from an earlier time, kept in a drawer.\", \"day\": \"2019-04-30\"}\n\
         {\"id\": \"new\", \"text\": \"A letter from yesterday, still on the desk here.\", \"day\": \"2025-04-30\"}\n\
         {\"id\": \"odd\", \"text\": \"A letter that nobody dated with any great care.\", \"day\": \"some time ago\"}\n\
         {\"id\": \"said\", \"text\": \"As an AI language model I cannot have written this.\", \"day\": \"2019-04-30\"}\n\
         {\"id\": \"made\", \"text\": \"An answer that a model gave before its time came.\", \"day\": \"2019\", \"model\": \"m-1\", \"prompt\": \"p/3\", \"at\": \"2019-01-01T00:00:00Z\"}\n",
    );
    let map = place.path("map.toml");
    std::fs::write(
        &map,
        "id = \"id\"\n[[part]]\nfield = \"text\"\nrole = \"document\"\n[dimensions]\ncollected_at = \"day\"\n\
         [[provenance]]\nwhen = \"model is not null\"\nsource_class = \"synthetic\"\ngenerator = \"field:model\"\n\
         prompt_ref = \"field:prompt\"\ngenerated_at = \"field:at\"\n[cutoff]\nbefore = \"2022-11-30\"\n",
    )
    .unwrap();
    let report = place.index(&[&place.data()], Some(&map));
    assert_eq!(samples_of(&report), [1, 0, 1, 3]);
    assert_eq!(
        (
            number(&report, "/flag_counts/invalid_date"),
            number(&report, "/conflicts")
        ),
        (1, 1)
    );
    assert_eq!(
        place.samples("origin = 'human' and decided_by = 'before_cut_off'")[0]["id"],
        "old"
    );
    let conflict = place.run(&["samples", "--conflicts"]).succeeded().rows();
    assert_eq!(conflict[0]["id"], "said", "a text cannot be both");
    let made = &evidence(&place, "test", "id = 'made'")[0];
    assert_eq!(
        (
            made["origin"].as_str(),
            made["evidence"][0]["generated_at"].as_str()
        ),
        (Some("machine"), Some("2019-01-01T00:00:00Z"))
    );
    assert_eq!(made["evidence"][1]["effect"], "overruled");
}

#[test]
fn depth_of_derivation_counts_models_in_the_longest_chain() {
    let place = Place::new();
    place.write(
        "a.jsonl",
        "{\"id\": \"a\", \"text\": \"What a person wrote at first, in her own words.\", \"by\": \"human\"}\n\
         {\"id\": \"b\", \"text\": \"What a model made of it, a little shorter.\", \"by\": \"machine\", \"from\": \"a\"}\n\
         {\"id\": \"c\", \"text\": \"What another model made of that, shorter still.\", \"by\": \"machine\", \"from\": [\"b\", \"a\"]}\n\
         {\"id\": \"d\", \"text\": \"A text whose parent nobody kept, sadly enough.\", \"by\": \"machine\", \"from\": \"gone\"}\n\
         {\"id\": \"e\", \"text\": \"One half of a circle that should not be there.\", \"by\": \"machine\", \"from\": \"f\"}\n\
         {\"id\": \"f\", \"text\": \"The other half of the circle, just as wrong.\", \"by\": \"machine\", \"from\": \"e\"}\n",
    );
    let map = place.path("map.toml");
    std::fs::write(
        &map,
        "id = \"id\"\nparent = \"from\"\n[[part]]\nfield = \"text\"\nrole = \"document\"\n\
         [[provenance]]\nwhen = \"by = 'human'\"\norigin = \"human\"\n[[provenance]]\norigin = \"machine\"\n",
    )
    .unwrap();
    let report = place.index(&[&place.data()], Some(&map));
    let by_depth: Vec<[u64; 2]> = report["derivation"]["by_depth"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| ["/depth", "/samples"].map(|key| number(row, key)))
        .collect();
    assert_eq!(by_depth, [[0, 1], [1, 2], [2, 1]]);
    assert_eq!(
        ["missing_parents", "cyclic"].map(|key| number(&report["derivation"], &format!("/{key}"))),
        [1, 2]
    );
    assert_eq!(number(&report, "/flag_counts/derivation_cycle"), 2);
    assert_eq!(place.samples("derivation_depth = 2")[0]["id"], "c");
    let text = place.run(&["report"]).succeeded().stdout;
    assert!(text.contains("made by a model from"), "{text}");
}

#[test]
fn each_reason_for_having_no_depth_opens_the_samples_it_counts() {
    let place = Place::new();
    let record = |id: &str, by: Option<&str>, from: Option<&str>| {
        let text = format!("Record {id} of a chain, in words of its own.");
        format!("{}\n", json!({"id": id, "text": text, "by": by, "from": from}))
    };
    let (human, machine) = (Some("human"), Some("machine"));
    let lines = [
        record("written", human, None),
        record("without a parent", machine, None),
        record("with a parent that is gone", machine, Some("gone")),
        record("from nobody knows whom", None, Some("written")),
        record("round", machine, Some("about")),
        record("about", machine, Some("round")),
        record("from a circle", machine, Some("round")),
    ];
    let data = place.write("a.jsonl", lines.concat());
    let map = place.write(
        "map.toml",
        "id = \"id\"\nparent = \"from\"\n[[part]]\nfield = \"text\"\nrole = \"document\"\n\
         [[provenance]]\nwhen = \"by = 'human'\"\norigin = \"human\"\n[[provenance]]\nwhen = \"by = 'machine'\"\norigin = \"machine\"\n",
    );
    let report = place.index(&[&data], Some(&map));
    for (why, figure, counted) in [
        ("unrecorded", "unrecorded", 1),
        ("unknown", "unknown", 1),
        ("cyclic", "cyclic", 3),
        ("missing_parent", "missing_parents", 1),
    ] {
        assert_eq!(
            number(&report["derivation"], &format!("/{figure}")),
            counted,
            "{why}"
        );
        let found = place.samples(&format!("derivation = '{why}'"));
        assert_eq!(found.len() as u64, counted, "{why}");
    }
    let without = place.samples("derivation in ('unrecorded', 'unknown', 'cyclic')");
    assert_eq!(without.len(), place.samples("derivation_depth is null").len());
    let wrong = place.run(&["samples", "--where", "derivation = 'deep'", "--json"]);
    assert_eq!(
        (wrong.code, wrong.error_code().as_str()),
        (2, "invalid_expression")
    );
}

#[test]
fn a_file_that_is_withdrawn_speaks_no_longer_and_its_history_stays() {
    let (place, digests) = notes();
    let line =
        json!({"sample": digests[0], "kind": "watermark", "origin": "machine", "source": "detector 3"});
    let file = place.path("marks.jsonl");
    std::fs::write(&file, format!("{line}\n")).expect("the evidence can be written");
    let shown = file.display().to_string();
    let add = || {
        place
            .run(&["evidence", "add", &shown, "--actor", "Ilse", "--json"])
            .succeeded()
            .json()
    };
    assert_eq!(number(&add(), "/samples"), 1);
    let samples = || samples_of(&report(&place, "test"));
    let [_, _, before, _] = samples();
    assert_eq!(before, 1, "the watermark decides");

    // The file's samples are a filter while it speaks, and none are afterwards.
    let spoken_of = || {
        let listed = place.run(&["evidence", "files", "--json"]).succeeded().json();
        let file = listed[0]["file"].as_str().expect("a digest").to_owned();
        place.samples(&format!("evidence_file = '{file}'")).len()
    };
    assert_eq!(spoken_of(), 1);

    let withdraw = |actor: &str, reason: &str| {
        let words = [
            "evidence",
            "withdraw",
            "marks.jsonl",
            "--reason",
            reason,
            "--actor",
            actor,
            "--json",
        ];
        place.run(&words)
    };
    assert_eq!(withdraw("Amara", "a false alarm").error_code(), "not_allowed");
    let ran = withdraw("Ilse", "a false alarm").succeeded();
    assert_eq!(number(&ran.json(), "/samples"), 1);
    let [_, _, after, unknown] = samples();
    assert_eq!((after, unknown), (0, 3));
    assert_eq!(spoken_of(), 0);
    assert_eq!(withdraw("Ilse", "again").error_code(), "not_allowed");

    let listed = place.run(&["evidence", "files", "--json"]).succeeded().json();
    assert_eq!(listed[0]["name"], "marks.jsonl");
    assert_eq!(listed[0]["withdrawn"]["by"], "Ilse");
    assert_eq!(listed[0]["withdrawn"]["reason"], "a false alarm");
    let rows = place.run(&["evidence", "list"]).succeeded().rows();
    let history = rows[0]["history"].as_array().expect("a history");
    assert_eq!(history.len(), 2, "what it was stays known");
    assert_eq!(history[1]["causes"][0]["added"], false);
    assert_eq!(history[1]["causes"][0]["by"], "Ilse");
    assert_eq!(history[1]["causes"][0]["entry"], listed[0]["withdrawn"]["entry"]);

    // A lost index does not bring it back.
    for name in ["index.db", "index.db-wal", "index.db-shm"] {
        let _ = std::fs::remove_file(place.path("test.assay").join(name));
    }
    place.index(&[&place.data()], None);
    assert_eq!(samples()[2], 0);
    // The very same file added again does, and the ledger says who brought it.
    assert_eq!(number(&add(), "/samples"), 1);
    assert_eq!(samples()[2], 1);
    let log = place
        .run(&["log", "--kind", "evidence_restored"])
        .succeeded()
        .rows();
    assert_eq!(log.len(), 1);
    place.run(&["verify"]).succeeded();
}
