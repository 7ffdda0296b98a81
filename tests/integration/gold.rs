//! A gold set that can be defended: what is trained on, what moves on, what labels and signals are worth.

use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use assay_workbench::wire::{
    DigestRequest, HeadSignRequest, Job, JobState, LabelNoise, LabelNoiseRequest, SnapshotRequest, Training,
    TrainingReleaseRequest, TrainingWithdrawRequest,
};
use assay_workbench::{Desk, DeskSettings, WorkerCommand};
use serde_json::json;

use crate::place::{Place, number};

const LETTER: &str = "Dear madam, the flat in the second floor has no heating and the landlord does not answer my letters, so I \
    ask you how much of the rent I may keep back until it works again; it broke in";

const MAP: &str = "id = \"id\"\n[[part]]\nfield = \"text\"\nrole = \"document\"\n[dimensions]\ndomain = \"domain\"\nlanguage = \"lang\"\n\
    intent = \"intent\"\nlicense = \"license\"\n[[provenance]]\nwhen = \"origin = 'human'\"\nsource_class = \"human_authored\"\n\
    [[provenance]]\nwhen = \"origin = 'machine'\"\nsource_class = \"synthetic\"\n";

fn row(id: &str, text: &str, intent: &str, origin: &str) -> String {
    let row = json!({"id": id, "text": text, "domain": "housing", "lang": "en", "intent": intent, "license": "CC0-1.0", "origin": origin});
    format!("{row}\n")
}

/// Letters of the dataset `test`: the one of November twice, under two labels, and nearly the same of December.
fn letters() -> Vec<String> {
    let november = format!("{LETTER} November");
    vec![
        row("a", &november, "rare_case", "human"),
        row("b", &november, "typical", "human"),
        row("c", &format!("{LETTER} December"), "typical", "human"),
        row(
            "d",
            "Where do I register a move within the town, and by when?",
            "typical",
            "human",
        ),
        row(
            "e",
            "Certainly, a deposit is returned within six months.",
            "typical",
            "machine",
        ),
        row(
            "f",
            "Write to anna@mietverein-berlin.de about the keys of the flat.",
            "typical",
            "human",
        ),
    ]
}

fn index(place: &Place, dataset: &str, file: &str, rows: &[String]) {
    let map = place.write("../map.toml", MAP).display().to_string();
    let data = place.write(&format!("{dataset}/{file}"), rows.concat());
    let folder = data.parent().expect("a folder").display().to_string();
    place
        .run(&["index", &folder, "--dataset", dataset, "--map", &map, "--quiet"])
        .succeeded();
}

/// `test` with a curator's answers to all of it, drawn at random; digests by id.
fn answered(answers: &[(&str, &str, &str)]) -> (Place, impl Fn(&str) -> String + use<>) {
    let place = Place::new();
    index(&place, "test", "letters.jsonl", &letters());
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    let samples = place.samples("");
    let digest = move |id: &str| -> String {
        let row = samples.iter().find(|row| row["id"] == id).expect("a sample");
        row["digest"].as_str().expect("a digest").to_owned()
    };
    let queue = [
        "queue", "create", "--name", "q", "--size", "20", "--seed", "1", "--actor", "Ilse",
    ];
    place.run(&queue).succeeded();
    let lines: String = answers
        .iter()
        .map(|(id, label, origin)| {
            let line =
                json!({"sample": digest(id), "verdict": "approve", "labels": [label], "origin": origin});
            format!("{line}\n")
        })
        .collect();
    let file = place.path("answers.jsonl");
    std::fs::write(&file, lines).expect("it can be written");
    let file = file.display().to_string();
    place
        .run(&["decide", "--queue", "q", "--actor", "Ilse", &file])
        .succeeded();
    (place, digest)
}

fn promote(place: &Place, digest: &str) -> crate::place::Ran {
    place.run(&[
        "gold", "promote", digest, "--reason", "rare", "--actor", "Ilse", "--json",
    ])
}

fn desk(place: &Place) -> (Desk, Receiver<Job>) {
    let (told, jobs) = mpsc::channel();
    let settings = DeskSettings {
        home: place.path("home"),
        documents: place.path("documents"),
        sample: None,
        worker: WorkerCommand::Thread,
        keychain: assay_workbench::signing::Keychain::none(),
    };
    let desk = Desk::new(settings, move |job| drop(told.send(job))).expect("a desk");
    desk.workspace_open_folder(&place.path("test.assay"))
        .expect("it opens");
    (desk, jobs)
}

fn ended(jobs: &Receiver<Job>, id: u64) {
    loop {
        let job = jobs.recv_timeout(Duration::from_secs(120)).expect("the job ends");
        if job.id == id && !matches!(job.state, JobState::Running | JobState::Queued) {
            assert_eq!(job.state, JobState::Succeeded, "{job:?}");
            return;
        }
    }
}

fn of(dataset: &str) -> SnapshotRequest {
    SnapshotRequest {
        dataset: dataset.to_owned(),
        snapshot: None,
    }
}

fn training(desk: &Desk, jobs: &Receiver<Job>, dataset: &str) -> Training {
    let asked = desk.training(&of(dataset)).expect("an answer");
    match (asked.answer, asked.job) {
        (Some(answer), _) => answer,
        (None, Some(job)) => {
            ended(jobs, job.id);
            desk.training(&of(dataset))
                .expect("an answer")
                .answer
                .expect("it is known now")
        }
        (None, None) => panic!("neither answer nor job"),
    }
}

fn entry() -> String {
    assay_workbench::reviewing::Stamp::now("window").entry.to_string()
}

fn release(dataset: &str, reason: &str) -> TrainingReleaseRequest {
    TrainingReleaseRequest {
        dataset: dataset.to_owned(),
        snapshot: 1,
        reason: reason.to_owned(),
        entry: entry(),
    }
}

fn check(desk: &Desk, digest: &str, name: &str) -> (bool, String) {
    let request = DigestRequest {
        digest: digest.to_owned(),
    };
    let detail = desk.gold_candidate(&request).expect("a candidate");
    let check = detail.checks.into_iter().find(|check| check.name == name);
    let check = check.expect("it is on the list");
    (check.holds, check.finding)
}

#[test]
fn a_snapshot_with_gold_or_its_like_is_refused_for_training_until_it_says_why() {
    let (place, digest) = answered(&[("a", "Rare case", "human")]);
    promote(&place, &digest("a")).succeeded();
    let vendor = [
        row("v1", &format!("{LETTER} November"), "x", "human"),
        row("v2", &format!("{LETTER} December"), "x", "machine"),
        row(
            "v3",
            "Something else entirely, about bicycles in the yard.",
            "x",
            "human",
        ),
    ];
    index(&place, "vendor", "v.jsonl", &vendor);
    index(&place, "clean", "c.jsonl", &vendor[2..]);
    let (desk, jobs) = desk(&place);
    let found = training(&desk, &jobs, "vendor");
    assert_eq!(
        (found.members, found.exact, found.near, found.samples),
        (1, 1, 0, 2)
    );
    let filter = found.filter.expect("samples can be opened");
    let rows = place
        .run(&["samples", "--dataset", "vendor", "--where", &filter])
        .succeeded()
        .rows();
    let mut ids: Vec<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["v1", "v2"], "the copy and what is nearly it");

    let refused = desk.training_release(&release("vendor", " ")).unwrap_err();
    assert!(refused.message.contains("holds gold"), "{refused}");
    let saved = desk
        .training_release(&release("vendor", "an ablation"))
        .expect("it says why");
    assert_eq!(training(&desk, &jobs, "clean").filter, None);
    desk.training_release(&release("clean", ""))
        .expect("nothing to explain");
    let releases = training(&desk, &jobs, "vendor").releases;
    let told: Vec<_> = releases
        .iter()
        .map(|release| (release.dataset.as_str(), release.exact, release.reason.as_str()))
        .collect();
    assert_eq!(told, [("vendor", 1, "an ablation"), ("clean", 0, "")]);
    assert_eq!(releases[0].seq, saved.saved.seq);

    let card = place.path("card").display().to_string();
    place
        .run(&["card", "--dataset", "vendor", "--out", &card])
        .succeeded();
    let readme = std::fs::read_to_string(place.path("card/README.md")).expect("a card");
    assert!(readme.contains("although it holds gold: 1 member as they are, 0 nearly. an ablation"));

    let gone = TrainingWithdrawRequest {
        release: releases[0].release.clone(),
        reason: "the ablation is off".to_owned(),
        entry: entry(),
    };
    desk.training_withdraw(&gone).expect("it is taken back");
    assert_eq!(training(&desk, &jobs, "vendor").releases.len(), 1);
    place.run(&["doctor"]).succeeded();
}

#[test]
fn what_is_in_a_release_nearly_cannot_become_gold_and_personal_data_is_told() {
    let (place, digest) = answered(&[("c", "Typical", "human"), ("f", "Typical", "human")]);
    let vendor = [row("v1", &format!("{LETTER} November"), "x", "human")];
    index(&place, "vendor", "v.jsonl", &vendor);
    let (desk, jobs) = desk(&place);
    assert!(
        check(&desk, &digest("c"), "Not in a training release")
            .1
            .contains("no snapshot is released")
    );
    training(&desk, &jobs, "vendor");
    desk.training_release(&release("vendor", ""))
        .expect("it holds no gold");
    drop(desk);
    let ran = promote(&place, &digest("c"));
    assert_eq!(
        (ran.code, ran.error_code().as_str()),
        (2, "not_allowed"),
        "{ran:?}"
    );
    let (desk, _jobs) = self::desk(&place);
    assert_eq!(
        check(&desk, &digest("c"), "Not in a training release"),
        (false, "a near-duplicate in vendor@1".to_owned())
    );
    assert_eq!(
        check(&desk, &digest("f"), "Not in a training release").1,
        "not in the one release, by digest or by near-duplicate"
    );
    let (clean, finding) = check(&desk, &digest("f"), "No sensitive data flagged");
    assert_eq!((clean, finding.as_str()), (false, "1 e-mail address"));
    assert!(check(&desk, &digest("c"), "No sensitive data flagged").0);
}

#[test]
fn the_gate_on_gold_opens_what_it_found() {
    let (place, digest) = answered(&[("a", "Rare case", "human")]);
    promote(&place, &digest("a")).succeeded();
    let contract = place.path("contract.toml");
    std::fs::write(&contract, "name = \"t\"\n[gold]\nmax_leaked = 0\n").expect("it can be written");
    let contract = contract.display().to_string();
    let ran = place.run(&["check", "--contract", &contract, "--dataset", "test", "--json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let gate = &ran.json()["gates"][0];
    assert_eq!(number(gate, "/offending"), 1);
    let filter = gate["filter"].as_str().expect("a filter");
    let rows = place.samples(filter);
    assert_eq!(rows.len(), 2, "both copies: {filter}");
    assert!(rows.iter().all(|row| row["gold"] == true), "{rows:?}");
}

#[test]
fn a_slice_that_grew_since_its_gold_was_promoted_is_told_with_what_was_added() {
    let (place, digest) = answered(&[("a", "Rare case", "human")]);
    promote(&place, &digest("a")).succeeded();
    let (desk, _jobs) = desk(&place);
    let anchor = desk.gold_anchor(&of("test")).expect("an anchor");
    assert_eq!(
        (
            anchor.settings.max_age_days,
            anchor.old_count,
            anchor.changed.len()
        ),
        (365, 0, 0)
    );
    let [cell] = anchor.cells.as_slice() else {
        panic!("one cell of human samples: {:?}", anchor.cells)
    };
    assert_eq!((cell.members, cell.samples), (1, 5));
    assert_eq!(place.samples(&cell.filter).len(), 5);
    assert_eq!(anchor.months.last().map(|month| month.members), Some(1));

    drop(desk);
    // Snapshots and promotions are dated to the second.
    std::thread::sleep(Duration::from_millis(1_100));
    let mut rows = letters();
    rows.push(row(
        "g",
        "My neighbour keeps bees on the balcony above mine.",
        "typical",
        "human",
    ));
    index(&place, "test", "letters.jsonl", &rows);
    let (desk, _jobs) = self::desk(&place);
    let anchor = desk.gold_anchor(&of("test")).expect("an anchor");
    let [change] = anchor.changed.as_slice() else {
        panic!("one slice changed: {:?}", anchor.changed)
    };
    assert_eq!(
        (change.since, change.then, change.now, change.added),
        (Some(1), 5, 6, 1)
    );
    assert_eq!(place.samples(&change.filter)[0]["id"], "g");
}

#[test]
fn labels_are_held_against_reviewers_and_against_duplicates() {
    let (place, digest) = answered(&[
        ("a", "Rare case", "human"),
        ("c", "Rare case", "human"),
        ("d", "Typical", "human"),
        ("e", "Needs context", "machine"),
    ]);
    let (desk, jobs) = desk(&place);
    let noise = noise(&desk, &jobs);
    assert_eq!(noise.dimension, "intent", "its classes are labels of the rubric");
    // `e` has a label that is no class of the dimension; `a` is right in one of its two rows, the first.
    assert_eq!((noise.audited, noise.disagreeing), (3, 1));
    let rate = noise.rate.expect("the queue is a random draw");
    assert_eq!((rate.count, rate.of), (1, 3));
    assert!(rate.interval[0] > 0.05 && rate.interval[1] < 0.80, "{rate:?}");
    assert_eq!(noise.disagreements[0].digest, digest("c"));
    let wrong = place.samples(&noise.filter.expect("a filter"));
    assert_eq!(wrong.iter().map(|row| &row["id"]).collect::<Vec<_>>(), ["c"]);
    assert!(
        noise.pairs_apart >= 1,
        "the two rows of November carry two labels"
    );
    let first = &noise.apart[0];
    assert_eq!((first.kind.as_str(), first.jaccard), ("exact", 1.0));
    assert_ne!(first.label_a, first.label_b);
    assert!(place.samples(&noise.apart_filter.expect("a filter")).len() >= 2);
}

fn noise(desk: &Desk, jobs: &Receiver<Job>) -> LabelNoise {
    let request = LabelNoiseRequest {
        dataset: "test".to_owned(),
        snapshot: None,
        dimension: None,
    };
    let job = desk.label_noise(&request).expect("an answer").job.expect("a job");
    ended(jobs, job.id);
    let known = desk.label_noise(&request).expect("an answer");
    known.answer.expect("it is known now")
}

#[test]
fn evidence_is_held_against_what_reviewers_judged() {
    let (place, digest) = answered(&[
        ("a", "Rare case", "human"),
        ("d", "Typical", "machine"),
        ("e", "Typical", "machine"),
    ]);
    let (desk, _jobs) = desk(&place);
    let found = desk.signal_calibration(&of("test")).expect("an answer");
    assert_eq!((found.judged, found.drawn), (3, 3));
    assert_eq!(found.style, None, "six texts teach no signal");
    let [rule] = &found
        .evidence
        .iter()
        .filter(|row| row.kind.as_str() == "rule")
        .collect::<Vec<_>>()[..]
    else {
        panic!("the map's rules speak: {:?}", found.evidence)
    };
    assert_eq!((rule.agreeing.count, rule.agreeing.of), (2, 3));
    let wrong = place.samples(rule.filter.as_deref().expect("a filter"));
    assert_eq!(
        wrong.iter().map(|row| &row["digest"]).collect::<Vec<_>>(),
        [&json!(digest("d"))]
    );
}

#[test]
fn a_frozen_set_in_a_file_is_verified_without_a_workspace_and_each_change_is_named() {
    const PASSPHRASE: &str = "correct horse battery staple";
    let (place, digest) = answered(&[("a", "Rare case", "human"), ("d", "Typical", "human")]);
    for id in ["a", "d"] {
        promote(&place, &digest(id)).succeeded();
    }
    place
        .run(&["gold", "freeze", "--reason", "the autumn set", "--actor", "Ilse"])
        .succeeded();
    let export = |name: &str| {
        let out = place.path(name).display().to_string();
        place
            .run(&[
                "gold",
                "export",
                "--frozen",
                "1",
                "--out",
                &out,
                "--purpose",
                "to evaluate",
                "--actor",
                "Ilse",
            ])
            .succeeded();
        place.path(name)
    };
    let elsewhere = Place::new();
    let verify = |file: &std::path::Path, keys: &[&str]| {
        let file = file.display().to_string();
        let mut words = vec!["verify", &file, "--json"];
        words.extend(keys.iter().flat_map(|key| ["--key", *key]));
        let ran = elsewhere.run(&words);
        (ran.code, ran.json())
    };
    let (code, told) = verify(&export("unsigned.jsonl"), &[]);
    assert_eq!(
        (code, &told["members"], &told["frozen"]),
        (0, &json!(2), &json!(null)),
        "{told}"
    );

    std::fs::write(place.path("pass"), PASSPHRASE).expect("a passphrase");
    let made = ["person", "key", "Ilse", "--passphrase-file", "pass", "--json"];
    let key = place.run(&made).succeeded().json()["public"]
        .as_str()
        .expect("a key")
        .to_owned();
    {
        let (desk, _jobs) = desk(&place);
        let request = HeadSignRequest {
            passphrase: PASSPHRASE.to_owned().into(),
            keep: false,
        };
        desk.head_sign(&request).expect("a head is signed");
        desk.workspace_close().expect("it closes");
    }
    let file = export("gold.jsonl");
    let root = place.run(&["gold", "frozen", "--json"]).succeeded().json()[0]["root"].clone();
    let (code, told) = verify(&file, &[&key]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(
        (&told["frozen"], &told["root"], &told["trusted"]),
        (&json!(1), &root, &json!(true))
    );

    let (other, _) = answered(&[]);
    std::fs::write(other.path("pass"), PASSPHRASE).expect("a passphrase");
    let stranger = other.run(&made).succeeded().json()["public"]
        .as_str()
        .expect("a key")
        .to_owned();
    assert_eq!(verify(&file, &[&stranger]).0, 1, "another's key");
    assert_eq!(
        verify(&place.path("unsigned.jsonl"), &[&key]).0,
        1,
        "nothing says that it is all"
    );
    let whole = std::fs::read_to_string(&file).expect("the file");
    let lines: Vec<&str> = whole.lines().collect();
    for (changed, why) in [
        (
            whole.replacen("heating", "Heating", 1),
            "line 1: its text is not that of its digest",
        ),
        (
            format!("{}\n", lines[0]),
            "its 1 members are not the 2 of frozen set 1",
        ),
        (
            format!("{}\n{}\n", lines[1], lines[0]),
            "line 2: it does not stand in its place",
        ),
        (
            format!("{whole}{}\n", lines[1]),
            "line 3: it does not stand in its place, or stands twice",
        ),
        (whole.trim_end().to_owned(), "line 2: it has no end"),
    ] {
        // Which of the two letters comes first is up to their digests.
        let why = if lines[0].contains("heating") {
            why.to_owned()
        } else {
            why.replace("line 1: its text", "line 2: its text")
        };
        std::fs::write(&file, &changed).expect("it is changed");
        let (code, told) = verify(&file, &[&key]);
        assert_eq!(code, 1, "{why}: {told}");
        assert!(
            told["failure"].as_str().is_some_and(|told| told.contains(&why)),
            "{why}: {told}"
        );
    }
}
