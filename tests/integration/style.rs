//! The writing-style signal on real texts: what it says, how often it is wrong, and that it decides nothing.

use serde_json::Value;

use std::path::{Path, PathBuf};

use crate::place::{Place, number};
use crate::public_data::{map, shared, take};

fn text(value: &Value, pointer: &str) -> String {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found
        .unwrap_or_else(|| panic!("no text at {pointer} in {value}"))
        .to_owned()
}

/// Indexes a folder as a dataset of this name and returns the report.
fn index_as(place: &Place, dataset: &str, data: &Path, map: &Path) -> Value {
    let (data, map) = (data.display().to_string(), map.display().to_string());
    place
        .run(&[
            "index",
            "--json",
            "--quiet",
            "--dataset",
            dataset,
            "--map",
            &map,
            &data,
        ])
        .succeeded()
        .json()
}

/// A new folder in the place.
fn folder(place: &Place, name: &str) -> PathBuf {
    let path = place.path(name);
    std::fs::create_dir_all(&path).expect("the folder can be made");
    path
}

/// Figures of one run, printed so that the documents can quote them.
fn told(name: &str, style: &Value) {
    println!(
        "{name}: {} human, {} machine, AUC {}, false positives {}, true positives {}, calibration error {}",
        style["human"],
        style["machine"],
        style["auc"],
        style["false_positives"],
        style["true_positives"],
        style["calibration_error"]
    );
}

/// Samples by origin and digest, in the order they are listed.
fn origins(place: &Place, dataset: &str) -> Vec<(String, String)> {
    let rows = place.run(&["samples", "--dataset", dataset]).succeeded().rows();
    rows.iter()
        .map(|row| (text(row, "/digest"), text(row, "/origin")))
        .collect()
}

#[test]
fn essays_by_people_stay_what_they_were_however_machine_like_they_score() {
    let (Some(l2r), Some(essays)) = (shared("l2r_21domains"), shared("detector_bias/Data_and_Results"))
    else {
        return;
    };
    let place = Place::new();
    take(&place, &l2r, &|path| {
        path.contains('/') && path.ends_with(".json")
    });
    let report = index_as(&place, "l2r", &place.data(), &map("l2r.toml"));
    let style = &report["stylometry"];
    told("l2r, out of fold", style);
    assert!(
        number(style, "/human") >= 500 && number(style, "/machine") >= 500,
        "{style}"
    );
    let area = style["auc"][1].as_f64().unwrap_or_default();
    assert!(area > 0.75, "it learned something: {area}");
    let [wrong, of] = ["count", "of"].map(|key| number(style, &format!("/false_positives/{key}")));
    assert!(
        wrong > 0 && of == number(style, "/human"),
        "nobody's detector is never wrong"
    );

    let data = folder(&place, "essays");
    for (folder, name) in [
        ("Human_Data/CollegeEssay_real_70", "human"),
        ("GPT_Data/CollegeEssay_gpt3_31", "gpt3"),
        ("GPT_Data/CollegeEssay_gpt3PromptEng_31", "gpt3_prompted"),
    ] {
        std::fs::copy(
            essays.join(folder).join("data.json"),
            data.join(format!("{name}.json")),
        )
        .expect("the essays");
    }
    let report = index_as(&place, "essays", &data, &map("essays.toml"));
    assert_eq!(
        number(&report, "/origin/unknown/samples"),
        132,
        "nobody declared them"
    );
    let refused = text(&report, "/stylometry/refused");
    assert!(refused.contains("there are 0 and 0"), "{refused}");
    let before = origins(&place, "essays");

    let state = place
        .run(&["style", "--dataset", "essays", "--with", "l2r", "--json"])
        .succeeded()
        .json();
    assert_eq!(state["own"], false);
    assert_eq!(origins(&place, "essays"), before, "a score changes no origin");
    let again = place
        .run(&["report", "--dataset", "essays", "--json"])
        .succeeded()
        .json();
    assert_eq!(again["origin"], report["origin"]);
    assert_eq!(again["facts_root"], report["facts_root"]);
    for written_by in ["human", "gpt3", "gpt3_prompted"] {
        let of = |condition: &str| {
            let filter = format!("filename = '{written_by}.json' and {condition}");
            let rows = place
                .run(&["samples", "--dataset", "essays", "--where", &filter])
                .succeeded()
                .rows();
            assert!(rows.iter().all(|row| row["origin"] == "unknown"));
            rows.len()
        };
        let (scored, like) = (of("style_score is not null"), of("style_score >= 0.5"));
        println!("essays by {written_by}: {like} of {scored} called machine-like");
        assert!(scored > 25, "{written_by}: {scored}");
    }
}

#[test]
fn a_queue_by_score_is_no_random_draw_and_says_so() {
    let Some(essays) = shared("detector_bias/Data_and_Results") else {
        return;
    };
    let Some(l2r) = shared("l2r_21domains") else {
        return;
    };
    let place = Place::new();
    take(&place, &l2r, &|path| {
        path.contains('/') && path.ends_with(".json")
    });
    index_as(&place, "l2r", &place.data(), &map("l2r.toml"));
    let data = folder(&place, "essays");
    std::fs::copy(
        essays.join("Human_Data/CollegeEssay_real_70/data.json"),
        data.join("human.json"),
    )
    .expect("the essays");
    index_as(&place, "essays", &data, &map("essays.toml"));
    place
        .run(&["person", "add", "Ilse", "--role", "lead"])
        .succeeded();
    let create = |name: &str, order: &str| {
        place.run(&[
            "queue",
            "create",
            "--dataset",
            "essays",
            "--name",
            name,
            "--size",
            "10",
            "--order",
            order,
            "--json",
        ])
    };
    let refused = create("early", "machine-like-unknown");
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(
        refused.stdout.contains("has no style signal to order by"),
        "{refused:?}"
    );
    place
        .run(&["style", "--dataset", "essays", "--with", "l2r"])
        .succeeded();
    let queue = create("likely", "machine-like-unknown").succeeded().json();
    assert!(text(&queue, "/statement").contains("Not drawn at random: nothing may be estimated from it."));
    let scores: Vec<f64> = queue_scores(&place, "likely");
    assert!(scores.windows(2).all(|two| two[0] >= two[1]), "{scores:?}");
    create("doubtful", "uncertain-origin").succeeded();
    let lines: String = place
        .run(&["queue", "show", "likely", "--json"])
        .succeeded()
        .json()["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| {
            format!(
                "{{\"sample\": {}, \"verdict\": \"exclude\", \"reason\": \"Wrong\"}}\n",
                item["digest"]
            )
        })
        .collect();
    let file = folder(&place, "decisions").join("all.jsonl");
    std::fs::write(&file, lines).expect("decisions");
    place
        .run(&[
            "decide",
            "--queue",
            "likely",
            "--actor",
            "Ilse",
            &file.display().to_string(),
        ])
        .succeeded();
    let list = place
        .run(&["queue", "list", "--actor", "Ilse", "--json"])
        .succeeded()
        .json();
    let likely = list
        .as_array()
        .expect("a list")
        .iter()
        .find(|queue| queue["name"] == "likely")
        .expect("the queue");
    assert_eq!(
        (&likely["done"], &likely["estimate"]),
        (&Value::from(10), &Value::Null)
    );
}

/// The scores of a queue's samples in its order.
fn queue_scores(place: &Place, queue: &str) -> Vec<f64> {
    let shown = place.run(&["queue", "show", queue, "--json"]).succeeded().json();
    let above = |digest: &str, score: f64| {
        let filter = format!("digest = '{digest}' and style_score >= {score}");
        !place
            .run(&["samples", "--dataset", "essays", "--where", &filter])
            .succeeded()
            .rows()
            .is_empty()
    };
    let digests = shown["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| text(item, "/digest"));
    digests
        .map(|digest| {
            (0..20)
                .map(|step| f64::from(step) / 20.0)
                .filter(|&score| above(&digest, score))
                .fold(0.0, f64::max)
        })
        .collect()
}
