//! What a worker may still do behind its fence, tried in a process of its own; and what happens to one that never answers.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use assay_index::WorkerCommand;
use assay_index::worker::{self, WorkerEvent};
use assay_model::{Code, Task};
use assay_read::{Limits, SourceFile};
use serde_json::{Value, json};

/// Tells the process started by the test below what to try.
const TASK: &str = "ASSAY_FENCE_TEST";

#[test]
fn a_fenced_process_reads_its_folder_and_nothing_else() {
    let given = match std::env::var(TASK) {
        Ok(task) => serde_json::from_str::<Value>(&task).expect("a task"),
        Err(_) => return started_with_the_fence(),
    };
    let text = |name: &str| given[name].as_str().expect("a path").to_owned();
    let own = text("own");
    let fence = worker::raise_fence([own.as_ref()].into_iter(), &Limits::default());
    let tried = json!({
        "files": fence.files, "calls": fence.calls, "limits": fence.limits,
        "reads its file": fs::read_to_string(&own).is_ok(),
        "reads another": fs::read_to_string(text("other")).is_ok(),
        "writes beside it": fs::write(format!("{own}.new"), "x").is_ok(),
        "writes into it": fs::OpenOptions::new().append(true).open(&own).is_ok(),
        "removes it": fs::remove_file(&own).is_ok(),
        "connects": TcpStream::connect(text("address")).is_ok(),
        "starts a program": Command::new("/bin/true").status().is_ok_and(|status| status.success()),
    });
    println!("tried {tried}");
}

fn started_with_the_fence() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let (own, other) = (
        folder.path().join("own.jsonl"),
        elsewhere.path().join("other.jsonl"),
    );
    for path in [&own, &other] {
        fs::write(path, "{}\n").expect("it can be written");
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let task = json!({"own": own, "other": other, "address": address}).to_string();
    let ran = Command::new(std::env::current_exe().expect("this test"))
        .args([
            "--exact",
            "a_fenced_process_reads_its_folder_and_nothing_else",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(TASK, task)
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&ran.stdout);
    let line = told.lines().find_map(|line| Some(line.split_once("tried ")?.1));
    let tried: Value =
        serde_json::from_str(line.unwrap_or_else(|| panic!("it tried nothing: {ran:?}"))).expect("JSON");
    assert_eq!(tried["reads its file"], true, "{tried}");
    if tried["files"] == true {
        for refused in [
            "reads another",
            "writes beside it",
            "writes into it",
            "removes it",
        ] {
            assert_eq!(tried[refused], false, "{refused}: {tried}");
        }
    } else {
        println!("not tried: this kernel has no Landlock");
    }
    if tried["calls"] == true {
        for refused in ["connects", "starts a program"] {
            assert_eq!(tried[refused], false, "{refused}: {tried}");
        }
    } else {
        println!("not tried: this kernel has no seccomp");
    }
    if cfg!(target_os = "linux") {
        assert_eq!(tried["limits"], true, "{tried}");
    }
}

/// A parser that takes a processor for itself, while what it says goes on, is ended too.
#[cfg(target_os = "linux")]
#[test]
fn a_process_that_takes_more_of_a_processor_than_its_file_may_is_ended() {
    use std::os::unix::process::ExitStatusExt;

    if std::env::var(TASK).is_ok() {
        let limits = Limits {
            processor_s: 1,
            processor_bytes: 10,
            ..Limits::default()
        };
        assert!(worker::allow_processor_time(9, &limits), "the limit is set");
        let mut turns = 0_u64;
        loop {
            turns = std::hint::black_box(turns + 1);
        }
    }
    let began = Instant::now();
    let ended = Command::new(std::env::current_exe().expect("this test"))
        .args([
            "--exact",
            "a_process_that_takes_more_of_a_processor_than_its_file_may_is_ended",
            "--test-threads=1",
        ])
        .env(TASK, "burn")
        .output()
        .expect("it runs");
    const SIGXCPU: i32 = 24;
    assert_eq!(ended.status.signal(), Some(SIGXCPU), "{ended:?}");
    assert!(
        began.elapsed() < Duration::from_secs(120),
        "it is told from a hang"
    );
}

/// A worker that never says anything costs its file after the limit, and the rest is asked of a new one.
#[cfg(unix)]
#[test]
fn a_worker_that_says_nothing_is_ended_and_its_file_refused() {
    let silent = WorkerCommand::Process {
        program: "/bin/sleep".into(),
        arguments: vec!["600".to_owned()],
    };
    let limits = Limits {
        silence_s: 1,
        ..Limits::default()
    };
    let file = |name: &str| SourceFile {
        path: name.into(),
        relative: name.to_owned(),
        bytes: 0,
        modified_ns: 0,
    };
    let began = Instant::now();
    let mut refused = Vec::new();
    worker::read_files(
        &silent,
        &[file("a.jsonl"), file("b.jsonl")],
        None,
        &limits,
        &Task::silent(),
        &mut |number, event| {
            if let WorkerEvent::Refused(fault) = event {
                refused.push((number, fault.code, fault.message));
            }
            Ok(())
        },
    )
    .expect("the others are asked for");
    let numbers: Vec<usize> = refused.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, [0, 1]);
    for (_, code, message) in &refused {
        assert_eq!(*code, Code::WorkerCrashed);
        assert!(message.contains("said nothing for 1 s"), "{message}");
    }
    assert!(
        began.elapsed() < Duration::from_secs(60),
        "it waited for the sleeper"
    );
}
