//! The general rule above the table: whatever is wrong is told with code, file, place, excerpt and remedy, and costs only itself.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::Value;

use crate::place::{Place, number, root};

/// One of every damage that a record can have, between sound records.
fn damaged_records(place: &Place) {
    let sound = |n: usize| format!("{{\"id\": {n}, \"text\": \"Record {n} says something of its own.\"}}\n");
    let deep = format!(
        "{{\"text\": \"deep\", \"x\": {}{}}}\n",
        "[".repeat(500),
        "]".repeat(500)
    );
    let mut lines: Vec<u8> = Vec::new();
    for (n, broken) in [
        &b"{\"text\": \"no comma\" \"id\": 1}\n"[..],
        b"[1, 2, 3]\n",
        b"{\"text\": \"caf\xe9\"}\n",
        deep.as_bytes(),
        b"{\"id\": 5}\n",
        b"{\"id\": 6, \"text\": {\"not\": \"a text\"}}\n",
        b"{\"text\": \"\x1b[31m\xe2\x80\xae oops}\n",
        b"{\"text\": \"cut of",
    ]
    .iter()
    .enumerate()
    {
        lines.extend(sound(n).bytes());
        lines.extend_from_slice(broken);
    }
    place.write("lines.jsonl", lines);
    place.write(
        "table.csv",
        b"id,text\n1,a sound row of text\n2,too,many,cells\n3,a nul \0 byte\n4,another sound row\n5,\"never closed\n"
            .as_slice(),
    );
}

/// One of every damage that makes a whole file unreadable.
fn damaged_files(place: &Place) {
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("memory can be written");
        encoder.finish().expect("memory can be written")
    };
    let mut checksum = gzip(b"{\"text\": \"the checksum is wrong\"}\n");
    let end = checksum.len() - 8;
    checksum[end] ^= 0xff;
    place.write("checksum.jsonl.gz", checksum);
    place.write("footer.parquet", b"PAR1 and then nothing of it PAR1");
    place.write("weights.pt", b"PK\x03\x04 a checkpoint");
    place.write("picture.png", b"\x89PNG\r\n\x1a\n and so on");
    place.write("notext.jsonl", "{\"a\": 1}\n{\"a\": 2}\n");
    place.write(
        "pointer.jsonl",
        "version https://git-lfs.github.com/spec/v1\noid sha256:4b3f9c81d2a71e5c09d2f6a8b17e0c35d94a6621fe88b0c7a35d1e4f90b26c17\nsize 48213377\n",
    );
}

/// The codes that `docs/errors.md` lists.
fn documented() -> BTreeSet<String> {
    let page = std::fs::read_to_string(root().join("docs/errors.md")).expect("the page of errors");
    page.lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned()))
        .collect()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("no {key} in {row}"))
}

#[test]
fn a_quarantined_record_is_told_with_code_file_place_excerpt_and_remedy() {
    let place = Place::new();
    damaged_records(&place);
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (10, 11)
    );
    let rows = place.run(&["samples", "--quarantined"]).succeeded().rows();
    assert_eq!(rows.len(), 11);
    let documented = documented();
    let mut codes = BTreeSet::new();
    for row in &rows {
        let bytes = std::fs::read(place.data().join(text(row, "path"))).expect("the file that it names");
        let offset = number(row, "/byte_offset") as usize;
        let before = bytes[..offset].iter().filter(|byte| **byte == b'\n').count() as u64;
        assert_eq!(number(row, "/line"), before + 1, "line and offset agree: {row}");
        assert!(row["column"].is_null() || number(row, "/column") >= 1, "{row}");
        let code = text(row, "code");
        assert!(documented.contains(code), "{row}");
        codes.insert(code.to_owned());
        assert!(
            !text(row, "message").is_empty() && !text(row, "remedy").is_empty(),
            "{row}"
        );
        let excerpt = text(row, "excerpt");
        assert!(!excerpt.is_empty() && excerpt.chars().count() <= 200, "{row}");
        assert!(
            !excerpt.contains(|c: char| c.is_control() || c == '\u{202e}'),
            "the excerpt is escaped: {row}"
        );
    }
    assert_eq!(codes.len(), 10, "each damage has a code of its own: {codes:?}");
}

#[test]
fn a_refused_file_is_told_with_code_message_and_remedy_and_its_neighbours_are_read() {
    let place = Place::new();
    damaged_files(&place);
    place.write("sound.jsonl", "{\"text\": \"a sound record beside them\"}\n");
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 1);
    let rows = report["files"]["refused"].as_array().expect("a list");
    assert_eq!(rows.len(), 6, "{rows:?}");
    let documented = documented();
    for row in rows {
        assert!(place.data().join(text(row, "path")).is_file(), "{row}");
        assert!(documented.contains(text(row, "code")), "{row}");
        assert!(
            !text(row, "message").is_empty() && !text(row, "remedy").is_empty(),
            "{row}"
        );
    }
}

#[test]
fn an_error_of_a_command_names_its_place_and_what_to_do_on_one_line() {
    let place = Place::new();
    place.write(
        "one.jsonl",
        "{\"text\": \"a line of text\", \"domain\": \"law\"}\n",
    );
    place.index(&[&place.data()], None);
    std::fs::write(
        place.path("c.toml"),
        "name = \"gate\"\n\n[provenance]\nmax_machine_shore = 0.3\n",
    )
    .expect("a contract");
    std::fs::write(place.path("m.toml"), "[[part]]\nfield = \"text\"\n").expect("a map");
    for (arguments, code, at) in [
        (
            vec!["check", "--contract", "c.toml"],
            "invalid_contract",
            "c.toml:4",
        ),
        (
            vec!["index", "data", "--map", "m.toml"],
            "invalid_map",
            "m.toml:1",
        ),
        (
            vec!["samples", "--where", "domain ="],
            "invalid_expression",
            "column",
        ),
        (vec!["index", "nowhere"], "not_found", "nowhere"),
    ] {
        let ran = place.run(&arguments);
        let lines: Vec<&str> = ran.stderr.lines().collect();
        assert_eq!(lines.len(), 1, "{arguments:?}: {ran:?}");
        assert!(
            lines[0].starts_with(&format!("error[{code}]: ")) && lines[0].contains(at),
            "{arguments:?}: {ran:?}"
        );
        assert!(lines[0].contains("; "), "what to do: {ran:?}");
        let mut as_json = arguments.clone();
        as_json.push("--json");
        let error = &place.run(&as_json).json()["error"];
        for key in [
            "code",
            "message",
            "path",
            "line",
            "column",
            "byte_offset",
            "remedy",
        ] {
            assert!(error.get(key).is_some(), "{arguments:?}: no {key}: {error}");
        }
    }
}
