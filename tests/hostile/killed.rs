//! Row 29: kill -9 at any moment of indexing.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::place::{Place, adds_up, number, refused};

/// The resident sets of a process and of everything it started; 0 where the system does not tell.
pub fn resident_bytes(root: u32) -> u64 {
    let mut rows: Vec<(u32, u32, u64)> = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Ok(text) = std::fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        let Some((head, tail)) = text.rsplit_once(')') else {
            continue;
        };
        let fields: Vec<&str> = tail.split_whitespace().collect();
        let process = head.split_whitespace().next().and_then(|id| id.parse().ok());
        let (parent, pages) = (
            fields.get(1).and_then(|id| id.parse().ok()),
            fields.get(21).and_then(|n| n.parse::<u64>().ok()),
        );
        if let (Some(process), Some(parent), Some(pages)) = (process, parent, pages) {
            rows.push((process, parent, pages * 4096));
        }
    }
    let mut family = vec![root];
    let mut reached = 0;
    while let Some(parent) = family.get(reached).copied() {
        family.extend(
            rows.iter()
                .filter(|(_, of, _)| *of == parent)
                .map(|(process, _, _)| *process),
        );
        reached += 1;
    }
    rows.iter()
        .filter(|(process, _, _)| family.contains(process))
        .map(|(_, _, bytes)| bytes)
        .sum()
}

fn kill(child: &mut Child) {
    // The process alone: the worker it started has to notice by itself.
    child.kill().expect("a child can be killed");
    child.wait().expect("a killed child ends");
}

fn steady(report: &Value) -> (Value, Value, Value) {
    (
        report["snapshot"].clone(),
        report["snapshot_root"].clone(),
        report["samples"].clone(),
    )
}

#[test]
#[cfg(unix)]
fn row_29_a_killed_run_leaves_the_previous_snapshot_and_the_next_is_clean() {
    let place = Place::new();
    let text = |file: usize, n: usize| {
        let words = [n * 31 % 997, n * 17 % 499, n * 7 % 251, file]
            .map(|word| format!("word{word}"))
            .join(" and ");
        format!("{{\"text\": \"Record {n} of file {file} is about {words}, and ends here.\"}}\n")
    };
    place.write("first.jsonl", (0..50).map(|n| text(0, n)).collect::<String>());
    let first = place.index(&[&place.data()], None);
    for file in 1..=12 {
        place.write(
            &format!("more-{file:02}.jsonl"),
            (0..4_000).map(|n| text(file, n)).collect::<String>(),
        );
    }
    let data = place.data().display().to_string();
    for milliseconds in [30, 120, 300, 700, 1_500, 3_000] {
        let mut command: Command = place.command(&["index", "--quiet", "--dataset", "test", &data]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("assay starts");
        std::thread::sleep(Duration::from_millis(milliseconds));
        if child.try_wait().expect("the child can be asked").is_some() {
            break; // it was faster than the clock: there is nothing left to kill
        }
        kill(&mut child);
        let report = place
            .run(&["report", "--json", "--dataset", "test"])
            .succeeded()
            .json();
        assert_eq!(
            steady(&report),
            steady(&first),
            "after a kill at {milliseconds} ms"
        );
        adds_up(&report);
        place.run(&["doctor"]).succeeded();
    }
    let whole = place.index(&[&place.data()], None);
    assert_eq!(number(&whole, "/samples/indexed"), 50 + 12 * 4_000);
    let other = Place::new();
    let fresh = other.index(&[&place.data()], None);
    assert_eq!(
        whole["snapshot_root"], fresh["snapshot_root"],
        "as if nothing had been killed"
    );
    assert_eq!(whole["duplication"], fresh["duplication"]);
}

/// The processes that one has started and that still run, with the bytes that each has read.
#[cfg(target_os = "linux")]
fn started_by(parent: u32) -> Vec<(u32, u64)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let Some((head, tail)) = stat.rsplit_once(')') else {
            continue;
        };
        let fields: Vec<&str> = tail.split_whitespace().collect();
        let runs = fields.first().is_some_and(|state| *state != "Z");
        if runs && fields.get(1).and_then(|id| id.parse().ok()) == Some(parent) {
            let io = std::fs::read_to_string(entry.path().join("io")).unwrap_or_default();
            let read = io
                .lines()
                .find_map(|line| line.strip_prefix("rchar: ")?.parse().ok());
            let process = head.split_whitespace().next().and_then(|id| id.parse().ok());
            found.extend(process.zip(Some(read.unwrap_or_default())));
        }
    }
    found
}

/// Waits for something that comes soon or never.
#[cfg(target_os = "linux")]
fn soon<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(60) {
        if let Some(found) = ask() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    panic!("never seen: {what}");
}

/// Starts to index one large file beside a small one, and waits until a worker is in the middle of the large one.
#[cfg(target_os = "linux")]
fn in_the_middle(place: &Place) -> (Child, u32) {
    let lines: String = (0..300_000_u64)
        .map(|n| {
            format!(
                "{{\"text\": \"Line {n} of a long file has {} words or so.\"}}\n",
                n * 7919 % 65_537
            )
        })
        .collect();
    place.write("large.jsonl", lines);
    place.write(
        "small.jsonl",
        "{\"text\": \"a neighbour in a file of its own\"}\n",
    );
    let data = place.data().display().to_string();
    let child = place
        .command(&["index", "--json", "--quiet", "--dataset", "test", &data])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("assay starts");
    let worker = soon("a worker that reads", || {
        let reading = |(_, read): &(u32, u64)| *read > 4 << 20;
        started_by(child.id()).into_iter().find(reading)
    });
    (child, worker.0)
}

#[test]
#[cfg(target_os = "linux")]
fn row_29_a_worker_that_is_killed_costs_the_file_that_it_was_reading_and_no_other() {
    let place = Place::new();
    let (child, worker) = in_the_middle(&place);
    let killed = Command::new("kill").args(["-9", &worker.to_string()]).status();
    assert!(killed.expect("kill runs").success());
    let output = child.wait_with_output().expect("assay ends");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    adds_up(&report);
    assert_eq!(
        refused(&report),
        [("large.jsonl".to_owned(), "worker_crashed".to_owned())]
    );
    assert_eq!(number(&report, "/samples/indexed"), 1);
    let whole = place.index(&[&place.data()], None);
    assert_eq!(
        number(&whole, "/samples/indexed"),
        300_001,
        "the next run reads it"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn row_29_no_worker_outlives_the_run_that_was_killed() {
    let place = Place::new();
    let (mut child, worker) = in_the_middle(&place);
    kill(&mut child);
    let folder = format!("/proc/{worker}");
    let is_gone = || {
        let stat = std::fs::read_to_string(format!("{folder}/stat")).unwrap_or_default();
        let ended = stat
            .rsplit_once(") ")
            .is_none_or(|(_, state)| state.starts_with('Z'));
        ended.then_some(())
    };
    soon("the end of the worker", is_gone);
    let ran = place.run(&["report", "--json"]);
    assert_eq!(ran.error_code(), "unknown_dataset", "nothing half read is there");
    place.run(&["doctor"]).succeeded();
}

/// A parser that takes a processor for itself, though what it says goes on, costs its file like one that crashes.
#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_takes_more_of_a_processor_than_its_file_may_is_ended() {
    use std::io::Write;
    use std::os::unix::{ffi::OsStrExt, process::ExitStatusExt};

    use assay_workbench::worker::frame::Job;

    let place = Place::new();
    let line = format!(
        "{{\"text\": \"{}\"}}\n",
        "what was asked of the patient ".repeat(40)
    );
    let path = place.write("data/long.jsonl", line.repeat((60 << 20) / line.len()));
    let job = Job {
        files: Vec::new(),
        map: None,
        limits: Default::default(),
    };
    let mut job = serde_json::to_value(job).expect("plain data");
    let bytes = std::fs::metadata(&path).expect("it was written").len();
    job["files"] = json!([{"path": path.as_os_str().as_bytes(), "relative": "long.jsonl", "bytes": bytes, "modified_ns": 0}]);
    // The second that everybody has.
    job["limits"]["processor_s"] = json!(0);
    job["limits"]["processor_bytes"] = json!(1_u64 << 40);
    let mut worker = Command::new(crate::place::assay())
        .arg("__worker")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut input = worker.stdin.take().expect("it is piped");
    input.write_all(job.to_string().as_bytes()).expect("it listens");
    drop(input);
    const SIGXCPU: i32 = 24;
    assert_eq!(worker.wait().expect("it ends").signal(), Some(SIGXCPU));
}

/// A file that takes more memory than the process may have is refused; what stands before and behind it is read.
#[test]
#[cfg(target_os = "linux")]
fn a_worker_that_runs_into_its_limit_of_memory_costs_its_file_and_nothing_else() {
    use assay_model::{Code, Task};
    use assay_read::{Limits, SourceFile};
    use assay_workbench::worker::{WorkerCommand, WorkerEvent, read_files};

    let place = Place::new();
    let line = |text: &str| format!("{{\"text\": \"{text}\"}}\n");
    let long = "what was asked of the patient ".repeat((60 << 20) / 30);
    let names = ["a.jsonl", "long.jsonl", "z.jsonl"];
    place.write(names[0], line("a short text before it"));
    place.write(names[1], line(&long));
    place.write(names[2], line("a short text behind it"));
    let file = |name: &str| SourceFile {
        path: place.data().join(name),
        relative: name.to_owned(),
        bytes: std::fs::metadata(place.data().join(name))
            .expect("it was written")
            .len(),
        modified_ns: 0,
    };
    let command = WorkerCommand::Process {
        program: crate::place::assay().to_owned(),
        arguments: vec!["__worker".to_owned()],
    };
    let read_with = |memory_bytes: Option<u64>| {
        let limits = Limits {
            memory_bytes,
            ..Limits::default()
        };
        let mut told = vec![None; names.len()];
        read_files(
            &command,
            &names.map(file),
            None,
            &limits,
            &Task::silent(),
            &mut |number, event| {
                match event {
                    WorkerEvent::Finished(finished) => told[number] = Some(Ok(finished.indexed)),
                    WorkerEvent::Refused(fault) => told[number] = Some(Err((fault.code, fault.message))),
                    _ => {}
                }
                Ok(())
            },
        )
        .expect("the others are asked for");
        told
    };
    // Enough for the allocator's first gibibyte of addresses and for any ordinary file; the long line takes more.
    let told = read_with(Some(1400 << 20));
    assert_eq!((&told[0], &told[2]), (&Some(Ok(1)), &Some(Ok(1))), "{told:?}");
    let Some(Err((code, message))) = &told[1] else {
        panic!("{told:?}")
    };
    assert_eq!(*code, Code::WorkerCrashed);
    assert!(
        message.contains("SIGABRT"),
        "it is ended by its own allocator: {message}"
    );
    // With the memory of this machine the same file is read: it is the limit that ended it.
    assert_eq!(read_with(None), [Some(Ok(1)), Some(Ok(1)), Some(Ok(1))]);
}
