//! Two snapshots against each other: what was left out, kept and added opens as samples, with as many as were counted.

use std::sync::mpsc;
use std::time::Duration;

use assay_workbench::wire::{
    CompareSnapshotsRequest, EffectBounds, GatesRequest, Job, JobState, LeakPairsRequest, LeakReference,
    LeakRequest, SamplesOpenRequest, SnapshotComparison, TrendsRequest, ViewRequest,
};
use assay_workbench::{Desk, DeskSettings, WorkerCommand};
use serde_json::{Value, json};

use crate::place::{Place, number, root};

const MAP: &str = r#"
[[part]]
field = "text"
role = "document"
[dimensions]
source = "source"
topic = "topic"
[[provenance]]
when = "by = 'model'"
source_class = "synthetic"
[[provenance]]
when = "by = 'person'"
source_class = "human_authored"
"#;

fn line(text: &str, by: &str, source: &str, topic: &str) -> String {
    format!(
        "{}\n",
        json!({"text": text, "by": by, "source": source, "topic": topic})
    )
}

fn question(number: usize) -> String {
    format!(
        "Question {number}: how long may a landlord of flat {number} keep the deposit when {number} keys are missing?"
    )
}

/// Two snapshots of `test`: two samples left out, one of them a copy; one relabelled; three added by a new source.
fn two_snapshots() -> (Place, Value) {
    let place = Place::new();
    let map = place.path("map.toml");
    std::fs::write(&map, MAP).expect("the map can be written");
    let mut first: Vec<String> = (0..20)
        .map(|each| line(&question(each), "person", "forum", &format!("topic {}", each % 5)))
        .collect();
    first.push(line(&question(0), "person", "forum", "topic 0"));
    first.push(line(
        "Only the first one has this question about tenancy law.",
        "person",
        "forum",
        "rare",
    ));
    first.push(line(
        "Somebody changed their mind about who wrote this one.",
        "person",
        "forum",
        "topic 1",
    ));
    place.write("all.jsonl", first.concat());
    place.index(&[&place.data()], Some(&map));

    let mut second: Vec<String> = first[..20].to_vec();
    second.push(line(
        "Somebody changed their mind about who wrote this one.",
        "model",
        "forum",
        "topic 1",
    ));
    for each in 0..3 {
        let text =
            format!("Certainly! Here is answer number {each}, written by a model for everyone who asks.");
        second.push(line(&text, "model", "vendor", "topic 2"));
    }
    place.write("all.jsonl", second.concat());
    place.index(&[&place.data()], Some(&map));
    let compared = place
        .run(&["compare", "test@1", "test@2", "--json", "--quiet"])
        .succeeded()
        .json();
    (place, compared)
}

fn samples(place: &Place, snapshot: &str, filter: &str) -> Vec<Value> {
    place
        .run(&["samples", "--snapshot", snapshot, "--where", filter])
        .succeeded()
        .rows()
}

fn change<'a>(compared: &'a Value, measure: &str) -> &'a Value {
    let changes = compared["changes"].as_array().expect("changes are a list");
    changes
        .iter()
        .find(|change| change["measure"] == measure)
        .unwrap_or_else(|| panic!("no {measure} in {compared}"))
}

#[test]
fn every_count_of_a_comparison_is_the_number_of_samples_its_filter_lists() {
    let (place, compared) = two_snapshots();
    for (fate, snapshot, filter, expected) in [
        ("left_out", "1", "left_out_of = 'test@2'", 2),
        ("added", "2", "added_since = 'test@1'", 3),
        ("kept", "2", "also_in = 'test@1'", 21),
    ] {
        let mut sum = 0;
        for origin in ["human", "mixed", "machine", "unknown"] {
            let counted = number(&compared, &format!("/samples/{fate}/{origin}"));
            let listed = samples(&place, snapshot, &format!("{filter} and origin = '{origin}'"));
            assert_eq!(listed.len() as u64, counted, "{fate} {origin}");
            sum += counted;
        }
        assert_eq!(sum, expected, "{fate}");
        assert_eq!(samples(&place, snapshot, filter).len() as u64, sum);
    }
    assert_eq!(number(&compared, "/samples/relabelled"), 1);
    let relabelled = samples(&place, "2", "relabelled_since = 'test@1'");
    assert_eq!(relabelled.len(), 1);
    assert_eq!(relabelled[0]["origin"], "machine");
    assert_eq!(
        samples(&place, "1", "also_in = 'test@2'").len(),
        21,
        "from the other side"
    );
    assert_eq!(samples(&place, "2", "not added_since = 'test@1'").len(), 21);
    assert_eq!(
        samples(&place, "2", "added_since in ('test@1') and source = 'vendor'").len(),
        3
    );
    let tokens: u64 = samples(&place, "2", "added_since = 'test@1'")
        .iter()
        .map(|row| number(row, "/tokens"))
        .sum();
    assert_eq!(number(&compared, "/samples/added_tokens"), tokens);
}

#[test]
fn a_set_of_samples_compares_by_equality_only_and_an_unknown_one_is_said_to_be() {
    let (place, _) = two_snapshots();
    for (filter, code) in [
        ("added_since > 'test@1'", "invalid_expression"),
        ("added_since like 'test%'", "invalid_expression"),
        ("also_in is null", "invalid_expression"),
        ("added_since = 7", "invalid_expression"),
        ("added_since = 'test@9'", "unknown_dataset"),
        ("flag = 'no_such_flag'", "invalid_expression"),
    ] {
        let ran = place.run(&["samples", "--json", "--where", filter]);
        assert_eq!((ran.code, ran.error_code().as_str()), (2, code), "{filter}");
    }
}

#[test]
fn a_mapped_dimension_of_the_same_name_is_meant() {
    let place = Place::new();
    let map = place.path("map.toml");
    std::fs::write(
        &map,
        "[[part]]\nfield = \"text\"\nrole = \"document\"\n[dimensions]\nflag = \"flag\"\nadded_since = \"year\"\n",
    )
    .expect("written");
    let row = |flag: &str, year: &str| {
        format!(
            "{}\n",
            json!({"text": format!("a text of {year}"), "flag": flag, "year": year})
        )
    };
    place.write("all.jsonl", row("red", "2024") + &row("green", "2025"));
    place.index(&[&place.data()], Some(&map));
    assert_eq!(place.samples("flag = 'red'").len(), 1);
    assert_eq!(place.samples("added_since >= '2025'").len(), 1);
}

#[test]
fn effects_have_intervals_where_one_is_known_and_sources_sum_to_the_change() {
    let (place, compared) = two_snapshots();
    let machine = change(&compared, "machine_share");
    let effect = machine["effect"].as_f64().expect("an effect");
    let [low, high] = [0, 1].map(|end| machine["effect_interval"][end].as_f64().expect("an interval"));
    assert!(low <= effect && effect <= high && low < high, "{machine}");
    assert_eq!(machine["interval_kind"], "samples");
    assert_eq!(change(&compared, "human_tokens")["interval_kind"], "exact");
    assert_eq!(change(&compared, "near_rate")["effect_interval"], Value::Null);

    let moved = &compared["moved"];
    assert_eq!(moved["by"], "source");
    let groups = moved["groups"].as_array().expect("groups are a list");
    let machine_points = |group: &Value| group["points"][2].as_f64().expect("points");
    let most = groups
        .iter()
        .max_by(|a, b| machine_points(a).total_cmp(&machine_points(b)))
        .expect("a group");
    assert_eq!(most["name"], "vendor", "{moved}");
    let sum: f64 = groups
        .iter()
        .map(|group| group["points"][2].as_f64().expect("points"))
        .sum();
    assert!(
        (sum - machine["change"].as_f64().expect("a change")).abs() < 1e-9,
        "{moved}"
    );

    let text = place.run(&["compare", "test@1", "test@2"]).succeeded().stdout;
    assert!(
        text.contains("what moved the machine share") && text.contains("no interval known"),
        "{text}"
    );
    assert!(text.contains("left_out_of = 'test@2'"), "{text}");
}

#[test]
fn the_words_for_effects_follow_the_bounds_that_the_workspace_sets() {
    let (place, compared) = two_snapshots();
    assert_eq!(change(&compared, "machine_share")["size"], "large");
    let settings = place.path("test.assay").join("settings.toml");
    std::fs::write(&settings, "[effects]\nnone = 5.0\nsmall = 6.0\nmedium = 7.0\n")
        .expect("the settings can be written");
    let again = place
        .run(&["compare", "test@1", "test@2", "--json", "--quiet"])
        .succeeded()
        .json();
    assert_eq!(change(&again, "machine_share")["size"], "none");
    std::fs::write(&settings, "[effects]\nnone = 5.0\nsmall = 1.0\nmedium = 7.0\n")
        .expect("the settings can be written");
    let wrong = place.run(&["compare", "test@1", "test@2", "--json", "--quiet"]);
    assert_eq!((wrong.code, wrong.error_code().as_str()), (2, "usage"));
}

#[test]
fn numbers_of_the_report_open_the_samples_that_they_count() {
    let place = Place::new();
    let sample = root().join("assets/sample");
    let report = place.index(&[&sample.join("data")], Some(&sample.join("assay-map.toml")));
    let listed = |filter: &str| place.samples(filter).len() as u64;
    let mismatched: u64 = report["language_mismatch"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| number(row, "/mismatched"))
        .sum();
    assert!(mismatched > 0);
    assert_eq!(listed("mismatch = 'true'"), mismatched);
    let flags = report["flag_counts"].as_object().expect("counts");
    assert!(!flags.is_empty());
    for (code, count) in flags {
        let flagged = listed(&format!("flag = '{code}'"));
        let count = count.as_u64().expect("a count");
        assert!(
            flagged > 0 && flagged <= count,
            "{flagged} samples carry {count} flags {code}"
        );
    }
}

/// The window's session on the workspace of a place, and the jobs that have ended.
fn desk(place: &Place) -> (Desk, mpsc::Receiver<Job>) {
    let (out, ended) = mpsc::channel();
    let settings = DeskSettings {
        home: place.path("window"),
        documents: place.path("documents"),
        sample: None,
        worker: WorkerCommand::Thread,
        keychain: assay_workbench::signing::Keychain::none(),
    };
    let desk = Desk::new(settings, move |job| {
        if !matches!(job.state, JobState::Running | JobState::Queued) {
            let _ = out.send(job);
        }
    })
    .expect("the desk can be set up");
    desk.workspace_open_folder(&place.path("test.assay"))
        .expect("the workspace opens");
    (desk, ended)
}

fn wait(ended: &mpsc::Receiver<Job>) -> Job {
    ended
        .recv_timeout(Duration::from_secs(120))
        .expect("the job ends")
}

/// Samples that the window's grid counts under a filter.
fn grid(desk: &Desk, snapshot: u64, filter: &str) -> u64 {
    let request = SamplesOpenRequest {
        dataset: "test".to_owned(),
        snapshot: Some(snapshot),
        filter: filter.to_owned(),
        find: String::new(),
    };
    let view = desk.samples_open(&request).expect("the filter is right").view;
    desk.samples_summary(&ViewRequest { view })
        .expect("it is counted")
        .samples
}

fn compare(desk: &Desk, ended: &mpsc::Receiver<Job>) -> SnapshotComparison {
    let request = CompareSnapshotsRequest {
        a: "test@1".to_owned(),
        b: "test@2".to_owned(),
    };
    let asked = desk.compare(&request).expect("it can be compared");
    if let Some(known) = asked.answer {
        return known;
    }
    assert_eq!(wait(ended).state, JobState::Succeeded);
    desk.compare(&request)
        .expect("it was compared")
        .answer
        .expect("the answer is kept")
}

#[test]
fn the_window_compares_in_a_job_and_its_counts_open_the_grid() {
    let (place, _) = two_snapshots();
    let (desk, ended) = desk(&place);
    let compared = compare(&desk, &ended);
    let total = |of: &assay_workbench::wire::OriginCounts| of.human + of.mixed + of.machine + of.unknown;
    assert_eq!(
        grid(&desk, 1, "left_out_of = 'test@2'"),
        total(&compared.left_out)
    );
    assert_eq!(grid(&desk, 2, "added_since = 'test@1'"), total(&compared.added));
    assert_eq!(grid(&desk, 2, "also_in = 'test@1'"), total(&compared.kept));
    assert_eq!(
        grid(&desk, 2, "added_since = 'test@1' and origin = 'machine'"),
        compared.added.machine
    );
    drop(desk);
    // Another session has the answer at once, and its filters still count the same.
    let (desk, ended) = self::desk(&place);
    let request = CompareSnapshotsRequest {
        a: "test@1".to_owned(),
        b: "test@2".to_owned(),
    };
    assert_eq!(
        desk.compare(&request).expect("kept").answer,
        Some(compared.clone())
    );
    assert!(ended.try_recv().is_err(), "no job ran");
    assert_eq!(
        grid(&desk, 1, "left_out_of = 'test@2'"),
        total(&compared.left_out)
    );
}

#[test]
fn other_bounds_are_another_answer() {
    let (place, _) = two_snapshots();
    let (desk, ended) = desk(&place);
    let size = |compared: &SnapshotComparison| {
        compared
            .changes
            .iter()
            .find(|change| change.measure == "machine_share")
            .and_then(|change| change.size.clone())
    };
    assert_eq!(size(&compare(&desk, &ended)).as_deref(), Some("large"));
    desk.effect_sizes_set(&EffectBounds {
        none: 5.0,
        small: 6.0,
        medium: 7.0,
    })
    .expect("they ascend");
    assert_eq!(size(&compare(&desk, &ended)).as_deref(), Some("none"));
    assert!(
        desk.effect_sizes_set(&EffectBounds {
            none: 5.0,
            small: 6.0,
            medium: 6.0
        })
        .is_err()
    );
}

#[test]
fn every_warning_sign_is_followed_over_all_snapshots() {
    let (place, compared) = two_snapshots();
    let (desk, ended) = desk(&place);
    let request = TrendsRequest {
        dataset: "test".to_owned(),
    };
    assert!(
        desk.trends(&request)
            .expect("it can be followed")
            .answer
            .is_none()
    );
    assert_eq!(wait(&ended).state, JobState::Succeeded);
    let trends = desk
        .trends(&request)
        .expect("it was followed")
        .answer
        .expect("kept");
    assert_eq!(
        trends
            .snapshots
            .iter()
            .map(|point| point.snapshot)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    for measure in [
        "human_tokens",
        "machine_share",
        "unknown_share",
        "near_rate",
        "hill_0",
        "hill_1",
        "hill_2",
        "tail_retention",
    ] {
        assert!(
            trends.signs.iter().any(|sign| sign.measure == measure),
            "{measure} in {trends:?}"
        );
    }
    let machine = trends
        .signs
        .iter()
        .find(|sign| sign.measure == "machine_share")
        .expect("there");
    assert_eq!(machine.values.len(), 2);
    assert!(machine.intervals.iter().all(Option::is_some));
    let step = machine.change.as_ref().expect("two snapshots");
    let same = change(&compared, "machine_share");
    assert_eq!(step.effect, same["effect"].as_f64());
    assert_eq!(
        step.effect_interval.map(|[low, _]| low),
        same["effect_interval"][0].as_f64(),
        "as in the comparison"
    );
    let tail = trends
        .signs
        .iter()
        .find(|sign| sign.measure == "tail_retention" && sign.about == "topic")
        .expect("there");
    assert_eq!(tail.values[0], Some(1.0), "the first one has its own tail");
    assert!(
        tail.values[1].is_some_and(|value| value < 1.0),
        "the rare topic is gone: {tail:?}"
    );
}

#[test]
fn the_window_looks_for_a_file_and_shows_both_sides_of_what_it_finds() {
    let (place, _) = two_snapshots();
    let benchmark = place.path("benchmark.jsonl");
    let quoted = format!(
        "{}\n{}\n",
        json!({"text": question(3)}),
        json!({"text": "Nobody has this one."})
    );
    std::fs::write(&benchmark, quoted).expect("the benchmark can be written");
    let (desk, ended) = desk(&place);
    let picked = desk.handle(benchmark);
    let request = LeakRequest {
        reference: LeakReference {
            gold: false,
            snapshot: None,
            handle: Some(picked.handle),
        },
        data: "test@2".to_owned(),
    };
    assert!(desk.leak(&request).expect("it can be looked for").job.is_some());
    let job = wait(&ended);
    assert_eq!(job.state, JobState::Succeeded, "{:?}", job.fault);
    let found = desk
        .leak(&request)
        .expect("it was looked for")
        .answer
        .expect("kept");
    assert_eq!((found.found, found.of, found.exact), (1, 2, 1));
    assert_eq!(found.reference, "benchmark.jsonl");
    let pairs = desk
        .leak_pairs(&LeakPairsRequest {
            key: found.key,
            kind: Some("exact".to_owned()),
            offset: 0,
            limit: 50,
        })
        .expect("kept");
    assert_eq!((pairs.total, pairs.pairs.len()), (1, 1));
    assert_eq!(pairs.pairs[0].a.text, question(3));
    assert!(!pairs.pairs[0].a.opens && pairs.pairs[0].b.opens);

    let gold = LeakRequest {
        reference: LeakReference {
            gold: true,
            snapshot: None,
            handle: None,
        },
        data: "test@2".to_owned(),
    };
    desk.leak(&gold).expect("it can be looked for");
    wait(&ended);
    let none = desk.leak(&gold).expect("looked for").answer;
    assert!(
        none.is_none_or(|found| found.found == 0 && found.statement.starts_with("None found by this method"))
    );
}

#[test]
fn gates_are_measured_in_a_job_and_are_there_at_once_when_asked_again() {
    let (place, _) = two_snapshots();
    std::fs::write(
        place.path("test.assay").join("contract.toml"),
        "name = \"few\"\n[provenance]\nmax_machine_share = 0.01\n",
    )
    .expect("written");
    let (desk, ended) = desk(&place);
    let request = GatesRequest {
        dataset: "test".to_owned(),
        snapshot: Some(2),
    };
    assert!(
        desk.gates(&request)
            .expect("a contract is there")
            .answer
            .is_none()
    );
    assert_eq!(wait(&ended).state, JobState::Succeeded);
    let gates = desk.gates(&request).expect("measured").answer.expect("kept");
    let gate = &gates.gates[0];
    assert!(!gate.passed);
    assert_eq!(
        grid(&desk, 2, gate.filter.as_deref().expect("samples are behind it")),
        gate.offending
    );
    assert!(ended.try_recv().is_err(), "it was measured once");
}
