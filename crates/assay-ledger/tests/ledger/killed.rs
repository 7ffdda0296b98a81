//! The test binary runs itself as a child that records decisions and acknowledges each; the parent
//! kills it with SIGKILL at an arbitrary moment and looks what is there.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::effort::{count, figure};
use crate::world::{decided, draft, world};
use assay_ledger::{Access, Ledger, Verdict};

const FOLDER: &str = "ASSAY_TEST_KILLED_FOLDER";

/// The child's life; does nothing in an ordinary run.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let mut ledger = Ledger::open(Path::new(&folder), Access::Write).unwrap();
    let queue = ledger.queues().unwrap().remove(0);
    let items = ledger.queue_items(&queue).unwrap();
    for turn in 0.. {
        let event = decided(queue.id, items[turn % items.len()], Verdict::ALL[turn % 4]);
        let entry = ledger.append(&[draft("Maria", event)]).unwrap().remove(0);
        println!("saved {} {}", entry.seq, entry.id);
    }
}

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let world = world();
    let folder = world.folder.path().to_owned();
    drop(world.ledger);
    let mut acknowledged = Vec::new();
    for round in 0..count(20, 1_000) {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::child", "--nocapture", "--test-threads=1"])
            .env(FOLDER, &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map(Result::unwrap);
        // The harness prints the test's name on the line of the first acknowledgement.
        let mut note = |line: String| {
            if let Some((_, saved)) = line.split_once("saved ") {
                let (seq, id) = saved.split_once(' ').unwrap();
                acknowledged.push((seq.parse::<u64>().unwrap(), id.to_owned()));
            }
        };
        let mut seen = 0;
        while seen < 3 + round % 5 {
            let line = lines.next().expect("the child records until it is killed");
            seen += usize::from(line.contains("saved "));
            note(line);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What still stands in the pipe was acknowledged too; a line is written whole or not at all.
        lines.for_each(&mut note);

        let ledger = Ledger::open(&folder, Access::Write).unwrap();
        for (seq, id) in &acknowledged {
            let entry = ledger
                .entry(*seq)
                .unwrap()
                .expect("an acknowledged entry is there");
            assert_eq!(entry.id.to_string(), *id);
        }
        assert!(ledger.verify().unwrap().whole());
    }
    assert!(acknowledged.len() >= 60);
    figure(&format!(
        "kill -9: {} kills, {} decisions acknowledged, 0 lost",
        count(20, 1_000),
        acknowledged.len()
    ));
}
