//! Rows 1 to 5, 7 and 8: JSON Lines with damage.

use std::io::{Seek, SeekFrom, Write};

use crate::place::{Place, flagged, number, quarantine};

fn good(number: usize) -> String {
    format!(
        "{{\"id\": {number}, \"text\": \"Record {number} says something of its own about {}.\"}}\n",
        number * 7
    )
}

#[test]
fn row_01_one_broken_line_of_ten_thousand_costs_itself() {
    let place = Place::new();
    let mut text = String::new();
    for line in 1..=10_000 {
        text += &if line == 7_001 {
            "{\"id\": 7001, \"text\": \"broken\" oops}\n".to_owned()
        } else {
            good(line)
        };
    }
    place.write("ten.jsonl", text);
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (9_999, 1)
    );
    assert_eq!(quarantine(&report), [(7_001, "invalid_json".to_owned())]);
    assert_eq!(number(&report, "/samples/quarantine/0/column"), 31);
    assert_eq!(
        place.run(&["samples", "--quarantined"]).succeeded().rows().len(),
        1
    );
}

#[test]
fn row_02_a_last_line_without_newline_is_indexed_and_a_cut_one_quarantined() {
    let place = Place::new();
    place.write("whole.jsonl", good(1) + good(2).trim_end());
    let cut = good(1) + "{\"id\": 2, \"text\": \"the transfer stopped in the mid";
    let offset = good(1).len() as u64;
    place.write("cut.jsonl", &cut);
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (3, 1)
    );
    assert_eq!(quarantine(&report), [(2, "cut_off".to_owned())]);
    assert_eq!(number(&report, "/samples/quarantine/0/byte_offset"), offset);
}

#[test]
fn row_03_a_line_of_two_gibibytes_is_skipped_and_later_lines_are_read() {
    const LENGTH: u64 = 2 << 30;
    let place = Place::new();
    let path = place.write("long.jsonl", good(1) + "{\"id\": 2, \"text\": \"");
    // A hole reads as zeros: two gibibytes of line that take no room on the disk.
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .expect("the file opens");
    file.seek(SeekFrom::End(LENGTH as i64))
        .expect("the file can be seeked");
    file.write_all(format!("\"}}\n{}{}", good(3), good(4)).as_bytes())
        .expect("the file can be written");
    drop(file);
    let mut child = place.command(&[
        "index",
        "--json",
        "--quiet",
        "--dataset",
        "test",
        &path.display().to_string(),
    ]);
    let mut child = child
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("assay starts");
    let mut peak = 0;
    while child.try_wait().expect("the child can be asked").is_none() {
        peak = peak.max(super::killed::resident_bytes(child.id()));
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let output = child.wait_with_output().expect("assay ends");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (3, 1)
    );
    assert_eq!(quarantine(&report), [(2, "line_too_long".to_owned())]);
    let message = report["samples"]["quarantine"][0]["message"]
        .as_str()
        .expect("a message");
    assert!(
        message.chars().any(|c| c.is_ascii_digit()),
        "the length is told: {message}"
    );
    assert!(peak < 700 << 20, "memory grew to {} MiB", peak >> 20);
}

#[test]
fn row_04_nesting_of_a_hundred_thousand_is_quarantined_at_a_stated_depth() {
    let place = Place::new();
    let deep = format!(
        "{{\"id\": 2, \"text\": \"deep\", \"x\": {}{}}}\n",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    place.write("deep.jsonl", good(1) + &deep + &good(3));
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (2, 1)
    );
    assert_eq!(quarantine(&report), [(2, "nested_too_deep".to_owned())]);
    let message = report["samples"]["quarantine"][0]["message"]
        .as_str()
        .expect("a message");
    assert!(message.contains("128"), "the depth is stated: {message}");
}

#[test]
fn row_05_duplicate_keys_are_flagged_with_both_values() {
    let place = Place::new();
    place.write(
        "twice.jsonl",
        good(1) + "{\"id\": 2, \"text\": \"the first\", \"text\": \"the second\"}\n",
    );
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 2);
    assert_eq!(flagged(&report, "duplicate_key"), 1);
    let message = report["flags"][0]["message"].as_str().expect("a message");
    assert!(
        message.contains("the first") && message.contains("the second"),
        "{message}"
    );
    assert_eq!(place.samples("")[1]["parts"][0]["text"], "the second");
}

#[test]
fn row_07_an_array_or_pretty_json_named_jsonl_is_read_as_what_it_is() {
    let place = Place::new();
    let records: Vec<_> = (1..=3)
        .map(|n| serde_json::json!({"id": n, "text": format!("Text number {n}, at some length.")}))
        .collect();
    place.write("array.jsonl", serde_json::to_string(&records).expect("json"));
    place.write(
        "pretty-array.jsonl",
        serde_json::to_string_pretty(&records).expect("json"),
    );
    let objects: String = records
        .iter()
        .map(|record| serde_json::to_string_pretty(record).expect("json") + "\n")
        .collect();
    place.write("pretty-objects.jsonl", objects);
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (9, 0)
    );
    assert_eq!(number(&report, "/files/read"), 3);
}

#[test]
fn row_08_line_numbers_are_those_of_an_editor() {
    let place = Place::new();
    // CRLF, blank lines, a lone CR between records, and U+2028 inside a string, which ends no line.
    let text = "{\"id\":1,\"text\":\"one\u{2028}still one\"}\r\n\r\n{\"id\":2,\"text\":\"two words\"}\r{\"id\":3,\"text\":\"three words\"}\n\n\n{oops}\n{\"id\":4,\"text\":\"four words\"}\n";
    place.write("mixed.jsonl", text);
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (4, 1)
    );
    assert_eq!(quarantine(&report), [(7, "invalid_json".to_owned())]);
    assert!(
        place.samples("")[0]["parts"][0]["text"]
            .as_str()
            .is_some_and(|text| text.contains('\u{2028}'))
    );
}
