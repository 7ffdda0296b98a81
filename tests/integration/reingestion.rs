//! What came back from a model of one's own, and what phrases must not do, on public data.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::evidence::{evidence, judge, report, samples_of};
use crate::place::{Place, number, root};
use crate::public_data::shared;

/// Indexes the human texts of one domain with every third text of a model among them, unlabelled, as `mixed`, and all of the
/// model's as `house`.
fn reingested(data: &Path) -> (Place, usize) {
    let place = Place::new();
    let read = |name: &str| -> Vec<String> {
        let text = std::fs::read_to_string(data.join("Finance").join(name)).expect("the data can be read");
        serde_json::from_str(&text).expect("a list of texts")
    };
    let (human, machine) = (read("human.json"), read("GPT-4o.json"));
    let taken: Vec<&String> = machine
        .iter()
        .filter(|text| text.split_whitespace().count() >= 20)
        .step_by(3)
        .collect();
    let lines = |texts: &mut dyn Iterator<Item = (String, String)>| -> String {
        texts
            .map(|(id, text)| format!("{}\n", json!({"id": id, "text": text})))
            .collect()
    };
    let mut mixed = human
        .iter()
        .enumerate()
        .map(|(n, text)| (format!("human {n}"), text.clone()))
        // Copies as they come back: word for word, with other case and spaces, with a word changed in a long text.
        .chain(taken.iter().enumerate().map(|(n, text)| {
            let changed = match n % 3 {
                0 => (*text).clone(),
                1 => format!("  {}", text.to_uppercase().replace(". ", ".  ")),
                _ => format!("{text} Indeed."),
            };
            (format!("copy {n}"), changed)
        }));
    place.write("mixed/mixed.jsonl", lines(&mut mixed));
    place.write(
        "house/house.jsonl",
        lines(
            &mut machine
                .iter()
                .enumerate()
                .map(|(n, text)| (format!("made {n}"), text.clone())),
        ),
    );
    for name in ["mixed", "house"] {
        let folder = place.data().join(name).display().to_string();
        place
            .run(&["index", &folder, "--dataset", name, "--json", "--quiet"])
            .succeeded();
    }
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    place
        .run(&["person", "add", "Amara", "--role", "expert", "--actor", "Ilse"])
        .succeeded();
    (place, taken.len())
}

fn dataset_samples(place: &Place, filter: &str) -> Vec<Value> {
    place
        .run(&["samples", "--dataset", "mixed", "--where", filter])
        .succeeded()
        .rows()
}

#[test]
fn what_came_back_from_ones_own_model_is_a_machines_and_only_that_until_the_mark_is_taken_off() {
    let Some(data) = shared("l2r_21domains") else {
        return;
    };
    let (place, copies) = reingested(&data);
    let before = report(&place, "mixed");
    assert_eq!(number(&before, "/origin/machine/samples"), 0);
    let mark = [
        "evidence",
        "mark",
        "house",
        "--generator",
        "GPT-4o",
        "--reason",
        "our own drafts",
        "--json",
        "--actor",
    ];
    let expert = place.run(&[&mark[..], &["Amara"]].concat());
    assert_eq!((expert.code, expert.error_code().as_str()), (2, "not_allowed"));
    let marked = place.run(&[&mark[..], &["Ilse"]].concat()).succeeded().json();
    assert_eq!(marked["snapshots"], json!(["mixed@1", "house@1"]));

    let machine = dataset_samples(&place, "origin = 'machine'");
    assert!(
        machine
            .iter()
            .all(|row| row["id"].as_str().unwrap().starts_with("copy ")),
        "no human text was taken"
    );
    assert_eq!(
        machine.len(),
        copies,
        "every copy was found: as it was, reset and changed at the end"
    );
    for row in evidence(&place, "mixed", "origin = 'machine'") {
        let reason = &row["evidence"][0];
        assert_eq!(reason["kind"], "near_duplicate_of_synthetic");
        assert_eq!(
            (reason["source"].as_str(), reason["generator"].as_str()),
            (Some("dataset house"), Some("GPT-4o"))
        );
        assert!(
            reason["value"]
                .as_str()
                .unwrap()
                .contains("house@1, house.jsonl:"),
            "{reason}"
        );
    }
    let after = report(&place, "mixed");
    assert_eq!(number(&after, "/origin/machine/samples") as usize, copies);
    assert_eq!(number(&report(&place, "house"), "/origin/human/samples"), 0);
    assert_eq!(
        number(&report(&place, "house"), "/origin/unknown/samples"),
        0,
        "the dataset itself is what it was said to be"
    );

    // A later snapshot is held against the mark as well.
    let text = std::fs::read_to_string(place.data().join("mixed/mixed.jsonl")).unwrap();
    place.write(
        "mixed/more.jsonl",
        text.lines()
            .filter(|line| line.contains("\"copy 0\""))
            .collect::<String>()
            .replace("copy 0", "copy again"),
    );
    let folder = place.data().join("mixed").display().to_string();
    let grown = place
        .run(&["index", &folder, "--dataset", "mixed", "--json", "--quiet"])
        .succeeded()
        .json();
    assert_eq!(number(&grown, "/origin/machine/samples") as usize, copies + 1);

    place
        .run(&[
            "evidence",
            "unmark",
            "house",
            "--reason",
            "wrong folder",
            "--actor",
            "Ilse",
        ])
        .succeeded();
    assert_eq!(dataset_samples(&place, "origin = 'machine'").len(), 0);
    let restored = place
        .run(&[
            "report",
            "--dataset",
            "mixed",
            "--snapshot",
            "1",
            "--json",
            "--quiet",
        ])
        .succeeded()
        .json();
    for key in [
        "origin",
        "composition",
        "unique",
        "coverage",
        "duplication",
        "facts_root",
    ] {
        assert_eq!(restored[key], before[key], "{key} is what it was");
    }
    let history = &evidence(&place, "mixed", "id = 'copy 0'")[0]["history"];
    assert_eq!(
        (
            history[0]["became"]["origin"].as_str(),
            history[1]["became"]["origin"].as_str()
        ),
        (Some("machine"), Some("unknown"))
    );
    assert_eq!(
        (
            history[1]["causes"][0]["added"].as_bool(),
            history[1]["causes"][0]["by"].as_str()
        ),
        (Some(false), Some("Ilse"))
    );
    let log = place
        .run(&["log", "--kind", "synthetic_unmarked"])
        .succeeded()
        .rows();
    assert_eq!(log.len(), 1);
    assert_eq!(place.run(&["verify"]).code, 0, "the acts keep the ledger's rules");
}

#[test]
fn a_reviewer_overrules_the_match_with_a_known_synthetic_dataset() {
    let Some(data) = shared("l2r_21domains") else {
        return;
    };
    let (place, _) = reingested(&data);
    let mark = [
        "evidence",
        "mark",
        "house",
        "--generator",
        "GPT-4o",
        "--reason",
        "our own drafts",
        "--actor",
        "Ilse",
    ];
    place.run(&mark).succeeded();
    let machine = dataset_samples(&place, "origin = 'machine'");
    place
        .run(&[
            "queue",
            "create",
            "--dataset",
            "mixed",
            "--name",
            "q",
            "--where",
            "origin = 'machine'",
            "--size",
            "5",
            "--seed",
            "1",
            "--actor",
            "Ilse",
        ])
        .succeeded();
    let shown = place.run(&["queue", "show", "q", "--json"]).succeeded().json();
    let digest = shown["items"][0]["digest"].as_str().unwrap();
    judge(&place, "Amara", digest, "human");
    place.run(&["evidence", "recompute"]).succeeded();
    assert_eq!(
        dataset_samples(&place, "origin = 'machine'").len(),
        machine.len() - 1
    );
    assert_eq!(dataset_samples(&place, "origin = 'human'").len(), 1);
}

/// The report on a folder's essays, which come as a list of records under `document`.
fn essays(folder: &str) -> Option<Value> {
    let path: PathBuf = shared(&format!("detector_bias/Data_and_Results/{folder}"))?.join("data.json");
    let text = std::fs::read_to_string(path).expect("the essays can be read");
    let place = Place::new();
    place.write("essays.json", text);
    Some(place.index(&[&place.data()], None))
}

#[test]
fn no_essay_becomes_a_machines_by_its_phrases() {
    for (folder, essays_there) in [
        ("Human_Data/CollegeEssay_real_70", 70),
        ("GPT_Data/CollegeEssay_gpt3_31", 31),
        ("GPT_Data/CollegeEssay_gpt3PromptEng_31", 31),
    ] {
        let Some(report) = essays(folder) else { return };
        assert_eq!(
            samples_of(&report),
            [0, 0, 0, essays_there],
            "{folder}: nothing is guessed"
        );
    }
}

#[test]
fn no_human_text_of_six_domains_becomes_a_machines_by_its_phrases() {
    let Some(data) = shared("l2r_21domains") else {
        return;
    };
    let place = Place::new();
    for domain in std::fs::read_dir(&data)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_dir())
    {
        let name = domain.file_name().to_string_lossy().into_owned();
        place.write(
            &format!("{name}/human.json"),
            std::fs::read(domain.path().join("human.json")).unwrap(),
        );
    }
    let map = root().join("tests/fixtures/maps/text.toml");
    let report = place.index(&[&place.data()], Some(&map));
    assert_eq!(samples_of(&report), [0, 0, 0, 1200]);
}
