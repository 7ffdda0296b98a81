//! A release and one sample's way, asked as the window asks.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use assay_workbench::Desk;
use assay_workbench::wire::{
    Job, JobState, ReleaseDone, ReleasePlan, ReleaseRequest, ReleaseWriteRequest, SampleRequest,
};
use serde_json::json;

use crate::desk::desk;
use crate::place::Place;

fn wait(jobs: &Receiver<Job>) {
    loop {
        let job = jobs.recv_timeout(Duration::from_secs(120)).expect("the job ends");
        if !matches!(job.state, JobState::Running | JobState::Queued) {
            assert_eq!(job.state, JobState::Succeeded, "{job:?}");
            return;
        }
    }
}

fn request(desk: &Desk) -> ReleaseRequest {
    let policy = desk.release_policy().expect("a policy").text;
    serde_json::from_value(
        json!({"dataset": "test", "snapshot": null, "policy": policy, "seed": null, "ablations": []}),
    )
    .expect("a request")
}

fn previewed(desk: &Desk, jobs: &Receiver<Job>, request: &ReleaseRequest) -> ReleasePlan {
    if let Some(plan) = desk.release_preview(request).expect("an answer").answer {
        return plan;
    }
    wait(jobs);
    let again = desk.release_preview(request).expect("an answer");
    again.answer.expect("it is there once the job has ended")
}

fn written(desk: &Desk, jobs: &Receiver<Job>, request: &ReleaseWriteRequest) -> ReleaseDone {
    assert!(desk.release_write(request).expect("an answer").job.is_some());
    wait(jobs);
    let again = desk.release_write(request).expect("an answer");
    again.answer.expect("it is there once the job has ended")
}

#[test]
fn what_was_previewed_is_written_once_and_stands_in_the_way_of_its_samples() {
    let place = Place::new();
    let row = |id: &str, text: &str| format!("{}\n", json!({"id": id, "text": text}));
    let rows = [
        row("a", "The heating broke in March and nobody came."),
        row("b", "The lease ends in May; who pays for the paint?"),
        row("c", "The lease ends in May; who pays for the paint?"),
    ];
    place.write("letters.jsonl", rows.concat());
    place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "lead"])
        .succeeded();
    let (desk, jobs) = desk(&place);
    let request = request(&desk);
    let plan = previewed(&desk, &jobs, &request);
    assert_eq!((plan.candidates, plan.samples), (3, 2));
    let exact = plan
        .rules
        .iter()
        .find(|rule| rule.rule == "duplicates exact")
        .expect("the rule");
    assert_eq!(exact.samples, 1);
    let mut wrong = request.clone();
    wrong.policy = "nonsense = true".to_owned();
    assert!(desk.release_preview(&wrong).is_err(), "a mistake is told at once");
    let out = place.path("out");
    let handle = desk.handle(out.clone()).handle;
    let write = ReleaseWriteRequest {
        release: request.clone(),
        format: "parquet".to_owned(),
        reason: "first".to_owned(),
        handle,
        entry: "01890a5d-ac96-774b-bcce-b302099a8057".to_owned(),
    };
    let done = written(&desk, &jobs, &write);
    assert_eq!((done.samples, done.rows), (2, 2));
    assert_eq!(
        desk.release_write(&write).expect("an answer").answer,
        Some(done.clone()),
        "once"
    );
    let told = place
        .run(&["verify", &out.display().to_string(), "--json"])
        .succeeded()
        .json();
    assert_eq!(
        (told["whole"].as_bool(), told["samples"].as_u64()),
        (Some(true), Some(2))
    );
    let inside = ReleaseWriteRequest {
        handle: desk.handle(place.data().join("in")).handle,
        entry: "01890a5d-ac96-774b-bcce-b302099a8058".to_owned(),
        ..write
    };
    assert!(desk.release_write(&inside).is_err(), "never inside a source");
    let steps = desk
        .sample_lineage(&SampleRequest {
            sample: first_sample(&desk),
        })
        .expect("a way");
    let stages: Vec<&str> = steps.iter().map(|step| step.stage.as_str()).collect();
    for stage in ["source", "file", "map", "sample", "snapshot", "release"] {
        assert!(stages.contains(&stage), "{stage}: {stages:?}");
    }
    let release = steps
        .iter()
        .find(|step| step.stage == "release")
        .expect("the release");
    assert_eq!(
        (release.detail.as_str(), release.entry),
        ("holds it", Some(done.saved.seq))
    );
}

fn first_sample(desk: &Desk) -> u64 {
    let open = json!({"dataset": "test", "snapshot": null, "filter": "id = 'a'", "find": ""});
    let view = desk
        .samples_open(&serde_json::from_value(open).expect("a request"))
        .expect("a view");
    view.rows[0].sample
}
