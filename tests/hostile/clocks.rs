//! Row 30: clocks at 1970, set back, and in the far future. The order is that of the sequence; what went back is flagged.

#![cfg(target_os = "linux")]

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::place::{Place, number};

/// Puts the wall clock of a process to the seconds in `TEST_CLOCK`, and leaves every other clock as it is.
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t clock, struct timespec *at) {
    long failed = syscall(SYS_clock_gettime, clock, at);
    const char *set = getenv("TEST_CLOCK");
    if (!failed && set && clock == CLOCK_REALTIME) at->tv_sec = atoll(set);
    return (int)failed;
}
"#;

/// A library that sets the clock of whoever loads it; none where there is no compiler.
fn shim(place: &Place) -> Option<PathBuf> {
    let (source, library) = (place.path("clock.c"), place.path("clock.so"));
    std::fs::write(&source, SHIM).expect("the source can be written");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .status();
    if built.is_ok_and(|status| status.success()) {
        return Some(library);
    }
    println!("SKIPPED: there is no C compiler to build a clock with");
    None
}

/// Adds a person while the clock shows `seconds`.
fn add(place: &Place, shim: &PathBuf, name: &str, seconds: i64) {
    let ran = place
        .command(&["person", "add", name, "--role", "curator", "--actor", "Person 0"])
        .env("LD_PRELOAD", shim)
        .env("TEST_CLOCK", seconds.to_string())
        .output()
        .expect("assay starts");
    assert!(ran.status.success(), "{seconds}: {ran:?}");
}

#[test]
fn row_30_the_order_is_that_of_the_sequence_whatever_the_clock_says_and_what_went_back_is_flagged() {
    let place = Place::new();
    let Some(shim) = shim(&place) else { return };
    place.write("one.jsonl", "{\"text\": \"a line of text\"}\n");
    place.index(&[&place.data()], None);
    // A fair day, 1970, a leap second's neighbour, the year 2100, and back.
    let clocks = [1_700_000_000, 1, 1_483_228_799, 4_102_444_800, 1_700_000_001];
    for (n, seconds) in clocks.iter().enumerate() {
        add(&place, &shim, &format!("Person {n}"), *seconds);
    }
    let entries = place.run(&["log"]).succeeded().rows();
    let of = |pointer: &str| -> Vec<Value> {
        entries
            .iter()
            .map(|entry| entry.pointer(pointer).expect("a field").clone())
            .collect()
    };
    assert_eq!(of("/seq"), (0..5).map(Value::from).collect::<Vec<_>>());
    let names: Vec<Value> = (0..5).map(|n| Value::from(format!("Person {n}"))).collect();
    assert_eq!(of("/body/name"), names, "in the order in which they were added");
    let times = of("/body/at");
    assert!(
        times[1].as_str().is_some_and(|at| at.starts_with("1970-01-01")),
        "{times:?}"
    );
    let verified = place.run(&["verify", "--json"]).succeeded().json();
    assert_eq!(verified["whole"], true, "{verified}");
    assert_eq!(
        verified["clock_set_back"],
        serde_json::json!([1, 4]),
        "{verified}"
    );
}

#[test]
fn row_30_files_of_1970_and_of_the_future_are_read_and_a_clock_set_back_hides_no_change() {
    let place = Place::new();
    let text = |word: &str| format!("{{\"text\": \"The {word} line of text.\"}}\n");
    let set = |path: &PathBuf, seconds: u64| {
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        let file = std::fs::File::options().write(true).open(path).expect("the file");
        file.set_modified(time).expect("a time");
    };
    let old = place.write("old.jsonl", text("first"));
    let future = place.write("future.jsonl", text("later"));
    set(&old, 0);
    set(&future, 4_102_444_800);
    let first = place.index_twice(None);
    assert_eq!(number(&first, "/samples/indexed"), 2);
    // The same length, and older than what was indexed.
    std::fs::write(&future, text("other")).expect("written");
    set(&future, 1);
    let second = place.index(&[&place.data()], None);
    assert_eq!(second["new_snapshot"], true);
    let texts: Vec<Value> = place
        .samples("")
        .iter()
        .map(|row| row["parts"][0]["text"].clone())
        .collect();
    assert!(texts.contains(&"The other line of text.".into()), "{texts:?}");
}
