//! Row 29: kill -9 at any moment of indexing.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::place::{Place, adds_up, number};

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
