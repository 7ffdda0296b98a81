//! The window's session, asked as the window asks it: what a person says of duplicates, and the figures that follow.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use assay_workbench::wire::{
    AcrossPairsRequest, AcrossRequest, ClusterRequest, ClustersRequest, CompareRequest, Job, JobState,
    JudgeAct, JudgeRequest, PairsRequest, PassagesRequest, SnapshotRequest, WithdrawRequest,
};
use assay_workbench::{Desk, DeskSettings, WorkerCommand};
use serde_json::json;

use crate::place::Place;

const LETTER: &str = "Dear madam, the flat in the second floor has no heating and the landlord does not answer my letters, so I \
    ask you how much of the rent I may keep back until it works again; it broke in";

/// A desk on the place's workspace, and the jobs it tells of.
pub fn desk(place: &Place) -> (Desk, Receiver<Job>) {
    let (told, jobs) = channel();
    let settings = DeskSettings {
        home: place.path("home"),
        documents: place.path("documents"),
        sample: None,
        worker: WorkerCommand::this_executable().expect("a path"),
        keychain: assay_workbench::signing::Keychain::none(),
    };
    let desk = Desk::new(settings, move |job| drop(told.send(job))).expect("a desk");
    desk.workspace_open_folder(&place.path("test.assay"))
        .expect("it opens");
    (desk, jobs)
}

fn wait(jobs: &Receiver<Job>) -> Job {
    loop {
        let job = jobs.recv_timeout(Duration::from_secs(120)).expect("the job ends");
        if job.state != JobState::Running {
            return job;
        }
    }
}

/// Waits until a job of this number has succeeded.
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
    serde_json::from_value(json!({"dataset": dataset, "snapshot": null})).expect("a request")
}

fn pairs(desk: &Desk, conditions: serde_json::Value) -> assay_workbench::wire::PairsPage {
    let mut request = json!({
        "dataset": "test", "snapshot": null, "kind": null, "accepted": null, "judged": null, "origins": null,
        "sources": null, "offset": 0, "limit": 10,
    });
    for (key, value) in conditions.as_object().expect("an object") {
        request[key] = value.clone();
    }
    let request: PairsRequest = serde_json::from_value(request).expect("a request");
    desk.pairs_page(&request).expect("a page")
}

fn letters(place: &Place) {
    let row = |id: &str, month: &str, source: &str| {
        format!(
            "{}\n",
            json!({"id": id, "text": format!("{LETTER} {month}"), "source": source})
        )
    };
    let rows = [
        row("n", "November", "forum"),
        row("d", "December", "vendor"),
        row("d2", "December", "vendor"),
    ];
    place.write("letters.jsonl", rows.concat());
    place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
}

#[test]
fn a_judgement_in_a_cluster_is_measured_behind_the_window_and_can_be_taken_back() {
    let place = Place::new();
    letters(&place);
    let (desk, jobs) = desk(&place);
    let clusters = ClustersRequest {
        dataset: "test".into(),
        snapshot: None,
        from: None,
        to: None,
        offset: 0,
        limit: 10,
    };
    let cluster = desk.clusters_page(&clusters).expect("a page").rows[0].cluster;
    let request = ClusterRequest {
        dataset: "test".into(),
        snapshot: None,
        cluster,
    };
    let detail = desk.cluster_detail(&request).expect("a cluster");
    assert_eq!(detail.size, 3);
    let (representative, member) = (&detail.members[0], &detail.members[1]);
    let judge = JudgeRequest {
        entry: "01890a5d-ac96-774b-bcce-b302099a8057".into(),
        dataset: "test".into(),
        snapshot: None,
        act: JudgeAct::NotDuplicate,
        a: representative.digest.clone(),
        b: member.digest.clone(),
        rest: Vec::new(),
        reason: "another month".into(),
    };
    let saved = desk.duplicate_judge(&judge).expect("it is saved");
    assert!(saved.saved.is_some() && saved.job.is_some());
    assert_eq!(wait(&jobs).state, JobState::Succeeded);

    let state = desk.duplicate_state(&of("test")).expect("a state");
    assert!(!state.stale);
    assert_eq!(
        (state.judgements.len(), state.judgements[0].by.as_str()),
        (1, "Ilse")
    );
    let report = desk.overview(&of("test")).expect("an overview").report;
    assert_eq!(
        (
            report.duplication.near.redundant,
            report.duplication.near.judged_apart
        ),
        (1, 1)
    );
    let rejected = pairs(&desk, json!({"accepted": false}));
    assert_eq!(rejected.total, report.duplication.near.rejected_pairs);
    assert_eq!(
        rejected.rows[0].judged.as_ref().expect("judged").reason,
        "another month"
    );

    let taken_back = WithdrawRequest {
        entry: "01890a5d-ac96-774b-bcce-b302099a8058".into(),
        dataset: "test".into(),
        snapshot: None,
        judgement: state.judgements[0].entry.clone(),
        reason: "undone".into(),
    };
    desk.duplicate_withdraw(&taken_back).expect("it is saved");
    wait(&jobs);
    let report = desk.overview(&of("test")).expect("an overview").report;
    assert_eq!(
        (
            report.duplication.near.redundant,
            report.duplication.near.judged_apart
        ),
        (2, 0)
    );
}

#[test]
fn every_count_of_pairs_is_what_its_query_finds() {
    let place = Place::new();
    letters(&place);
    let (desk, _jobs) = desk(&place);
    let found = desk
        .overview(&of("test"))
        .expect("an overview")
        .report
        .duplication;
    assert!(found.near.verified_pairs > 0 && !found.by_source.is_empty());
    assert_eq!(
        pairs(&desk, json!({"kind": "near", "accepted": true})).total,
        found.near.verified_pairs
    );
    assert_eq!(
        pairs(&desk, json!({"accepted": false})).total,
        found.near.rejected_pairs
    );
    for cell in &found.by_origin {
        let query = json!({"accepted": true, "origins": [cell.b, cell.a]});
        assert_eq!(pairs(&desk, query).total, cell.pairs, "{cell:?}");
    }
    for cell in &found.by_source {
        let query = json!({"accepted": true, "sources": [cell.b, cell.a]});
        assert_eq!(pairs(&desk, query).total, cell.pairs, "{cell:?}");
    }
}

#[test]
fn pairs_across_datasets_can_be_read_word_by_word() {
    let place = Place::new();
    letters(&place);
    let other = place.path("other");
    std::fs::create_dir_all(&other).expect("a folder");
    let row = json!({"id": "m", "text": format!("{LETTER} May"), "source": "press"});
    std::fs::write(other.join("other.jsonl"), format!("{row}\n")).expect("a file");
    place
        .run(&["index", other.to_str().expect("a path"), "--dataset", "zother"])
        .succeeded();
    let (desk, jobs) = desk(&place);
    let all = AcrossRequest { names: Vec::new() };
    let job = desk
        .across_matrix(&all)
        .expect("a job")
        .job
        .expect("nothing is known yet");
    ended(&jobs, job.id);
    let table = desk
        .across_matrix(&all)
        .expect("an answer")
        .answer
        .expect("a table");
    let cell = &table.cells[0];
    assert_eq!((cell.near, cell.samples), (2, 3));
    let request = AcrossPairsRequest {
        key: table.key.clone(),
        a: cell.b.clone(),
        b: cell.a.clone(),
        kind: Some("near".into()),
        offset: 0,
        limit: 10,
    };
    let page = desk.across_pairs(&request).expect("a page");
    assert_eq!(page.total, 2);
    let pair = &page.rows[0];
    assert_eq!(
        (pair.a.dataset.as_str(), pair.b.dataset.as_str()),
        ("test", "zother")
    );
    let compared = desk
        .compare_texts(&CompareRequest {
            a: pair.a.sample,
            b: pair.b.sample,
        })
        .expect("texts of two datasets");
    assert_eq!(compared.changes, 1);
}

#[test]
fn recurring_passages_name_their_samples() {
    let place = Place::new();
    letters(&place);
    let (desk, _jobs) = desk(&place);
    let request = PassagesRequest {
        dataset: "test".into(),
        snapshot: None,
        unit: Some("paragraph".into()),
        offset: 0,
        limit: 10,
    };
    let page = desk.passages_page(&request).expect("a page");
    let recurring = desk
        .overview(&of("test"))
        .expect("an overview")
        .report
        .duplication
        .passages
        .paragraph
        .recurring;
    assert_eq!((page.total, recurring), (1, 1));
    assert_eq!((page.rows[0].samples, page.rows[0].found_in.len()), (2, 2));
    assert!(page.rows[0].text.contains("no heating"));
}
