//! Does the command line speak to anybody? No HTTP client is linked (decision 23); here the system says that nothing else speaks either.

use std::process::Command;

use crate::place::{Place, assay, root};

/// What a program must do before anything leaves it, and a call that it surely makes, so that an empty trace is not silence.
const CALLS: &str = "trace=execve,socket,connect,sendto,sendmsg";

/// Runs a command under strace, all its processes with it, and returns what it did of `CALLS`.
fn traced(place: &Place, arguments: &[&str]) -> Option<String> {
    let log = place.path("calls.log");
    let ended = Command::new("strace")
        .args(["-f", "-qq", "-e", "signal=none", "-e", CALLS, "-o"])
        .arg(&log)
        .arg(assay())
        .args(arguments)
        .arg("--workspace")
        .arg(place.path("test.assay"))
        .env("ASSAY_HOME", place.path("home"))
        .output()
        .ok()?;
    let code = ended.status.code();
    // 1 is what a contract answers that fails.
    assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {ended:?}");
    std::fs::read_to_string(log).ok()
}

#[test]
fn no_command_that_reads_data_or_measures_it_opens_a_connection() {
    let can_trace = Command::new("strace")
        .args(["-o", "/dev/null", "true"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !can_trace {
        println!("SKIPPED: strace is not installed or may not trace here");
        return;
    }
    let place = Place::new();
    let sample = root().join("assets/sample");
    let at = |path: &str| sample.join(path).display().to_string();
    let contract = root()
        .join("assets/contracts/high_stakes.toml")
        .display()
        .to_string();
    let (data, map) = (at("data"), at("assay-map.toml"));
    for arguments in [
        &["index", &data, "--map", &map, "--dataset", "sample"][..],
        &["report"],
        &["duplicates", "--clusters"],
        &["compare", "sample@1", "sample@1"],
        &["check", "--contract", &contract],
        &["style", "--dataset", "sample"],
    ] {
        let calls = traced(&place, arguments).expect("strace follows the command");
        assert!(calls.contains("execve("), "{arguments:?}: nothing was traced");
        let spoken: Vec<&str> = calls.lines().filter(|call| !call.contains("execve(")).collect();
        assert!(spoken.is_empty(), "{arguments:?}: {spoken:?}");
    }
}
