//! Rows 6, 9, 10 and 13: numbers that are none, bytes that are no UTF-8, files without rows.

use assay_model::halves::replaced;

use super::archives::gzip;
use crate::place::{Place, flagged, number, quarantine};

#[test]
fn row_06_numbers_that_are_none_are_null_and_flagged_and_others_kept_as_written() {
    let place = Place::new();
    let map = place.path("map.toml");
    std::fs::write(
        &map,
        "[[part]]\nfield = \"text\"\nrole = \"document\"\n[dimensions]\nscore = \"score\"\n",
    )
    .expect("a map");
    place.write(
        "numbers.jsonl",
        concat!(
            "{\"text\": \"the first text\", \"score\": NaN}\n",
            "{\"text\": \"the second text\", \"score\": -Infinity}\n",
            "{\"text\": \"the third text\", \"score\": 1e400}\n",
            "{\"text\": \"the fourth text\", \"score\": 1234567890123456789012345678901234567890}\n",
        ),
    );
    let report = place.index_twice(Some(&map));
    assert_eq!(number(&report, "/samples/indexed"), 4);
    assert_eq!(flagged(&report, "not_a_number"), 2);
    assert_eq!(flagged(&report, "number_out_of_range"), 1);
    assert_eq!(place.samples("score is null").len(), 2);
    let shown = place.run(&["samples"]).succeeded().stdout;
    assert!(
        shown.contains("1234567890123456789012345678901234567890"),
        "all forty digits are kept: {shown}"
    );
}

#[test]
fn row_09_bytes_that_are_no_utf8_are_quarantined_with_their_place() {
    let place = Place::new();
    let mut bytes = b"{\"id\": 1, \"text\": \"a plain line of text\"}\n".to_vec();
    let offset = bytes.len() as u64;
    bytes.extend(
        b"{\"id\": 2, \"text\": \"caf\xe9 in Latin-1\"}\n{\"id\": 3, \"text\": \"another plain line\"}\n",
    );
    place.write("latin.jsonl", bytes);
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 2);
    assert_eq!(quarantine(&report), [(2, "invalid_utf8".to_owned())]);
    assert_eq!(number(&report, "/samples/quarantine/0/byte_offset"), offset);
    assert!(
        !place.run(&["samples"]).succeeded().stdout.contains('\u{fffd}'),
        "nothing is replaced in silence"
    );
}

#[test]
fn row_09_utf16_is_recognised_by_its_mark_and_a_mark_is_no_part_of_the_first_key() {
    let place = Place::new();
    let lines = "{\"id\": 1, \"text\": \"Grüße aus Köln\"}\n{\"id\": 2, \"text\": \"押金什么时候退\"}\n";
    for (name, little) in [("little.jsonl", true), ("big.jsonl", false)] {
        let units = std::iter::once(0xfeff).chain(lines.encode_utf16());
        let bytes: Vec<u8> = units
            .flat_map(|unit: u16| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect();
        place.write(name, bytes);
    }
    place.write("marked.jsonl", format!("\u{feff}{lines}"));
    place.write(
        "marked.csv",
        "\u{feff}text,label\nA first cell of text,one\nA second cell of text,two\n",
    );
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (8, 0)
    );
    assert_eq!(
        number(&report, "/duplication/exact/redundant"),
        4,
        "the three forms hold the same two texts"
    );
}

#[test]
fn row_13_files_without_rows_are_read_and_no_error() {
    let place = Place::new();
    place.write("empty.jsonl", "");
    place.write("empty.csv", "");
    place.write("mark.jsonl", "\u{feff}");
    place.write("header.csv", "id,text\n");
    place.write("header.tsv", "id\ttext\n");
    place.write("array.json", "[]");
    place.write("none.parquet", super::columnar::parquet(&[]));
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/seen"), 0);
    assert_eq!(number(&report, "/files/seen"), 7);
    assert_eq!(number(&report, "/files/read"), 7, "{}", report["files"]);
    let text = place.run(&["report"]).succeeded().stdout;
    assert!(text.contains('0'), "{text}");
}

#[test]
fn row_09_no_encoding_is_guessed_at_and_nothing_is_lost_unseen() {
    let place = Place::new();
    let line = "{\"text\": \"Grüße aus Köln am Rhein\"}\n";
    let wide: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide.iter().copied()).collect();
    let latin: Vec<u8> = line.chars().map(|c| u32::from(c) as u8).collect();
    place.write("wide-without-mark.jsonl", &wide);
    place.write("odd-number-of-bytes.jsonl", [&marked[..], b"x"].concat());
    place.write("latin.txt", &latin);
    place.write(
        "latin.csv",
        [b"text\n".as_slice(), &latin[10..30], b"\n"].concat(),
    );
    let half: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("{\"text\": \"half".encode_utf16().flat_map(u16::to_le_bytes))
        .chain(0xd83d_u16.to_le_bytes())
        .chain("\"}\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    place.write("half-a-pair.jsonl", half);
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 1, "the whole line of UTF-16");
    let rows = place.run(&["samples", "--quarantined"]).succeeded().rows();
    let of = |path: &str| rows.iter().filter(|row| row["path"] == path).count();
    for path in [
        "wide-without-mark.jsonl",
        "odd-number-of-bytes.jsonl",
        "latin.txt",
        "latin.csv",
        "half-a-pair.jsonl",
    ] {
        assert!(of(path) >= 1, "{path} is told: {rows:?}");
    }
    assert!(
        !place.run(&["samples"]).succeeded().stdout.contains('\u{fffd}'),
        "nothing is replaced in silence"
    );
}

#[test]
fn row_10_lone_surrogates_and_nul_characters_are_flagged() {
    let place = Place::new();
    place.write(
        "odd.jsonl",
        "{\"id\": 1, \"text\": \"half \\ud83d of a pair\"}\n{\"id\": 2, \"text\": \"a nul \\u0000 in it\"}\n{\"id\": 3, \"text\": \"a whole \\ud83d\\ude00 pair\"}\n",
    );
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 3);
    assert_eq!(flagged(&report, "lone_surrogate"), 1);
    assert_eq!(flagged(&report, "nul_character"), 1);
    let message = report["flags"][0]["message"].as_str().expect("a message");
    assert!(message.contains("\\ud83d"), "the escape is told: {message}");
    let shown = place.run(&["samples"]).succeeded().stdout;
    let texts: Vec<_> = rows_of(&shown)
        .iter()
        .map(|row| row["parts"][0]["text"].clone())
        .collect();
    assert_eq!(
        texts,
        ["half \u{fffd} of a pair", "a nul \0 in it", "a whole 😀 pair"]
    );
}

/// One record in each layout of JSON, plain and packed: halves of both kinds, one beside a pair, one beside a true U+FFFD.
const HALVED: &str = r"low \ude00, high \ud83d, \ud83d\ud83d\ude00, \\ud83d and \ufffd; the end";
/// The same as an export writes it.
const WRITTEN: &str = "low \\ude00, high \\ud83d, \\ud83d😀, \\\\ud83d and \u{fffd}; the end";

/// What the texts of the test below begin with: one for each way to a record, the last two in one.
const NAMES: [&str; 8] = [
    "lines", "packed", "list", "columns", "members", "keyed", "asked", "said",
];

#[test]
fn row_10_exports_write_half_of_a_pair_as_its_source_wrote_it() {
    let place = Place::new();
    let other = |text: &str| format!("{{\"id\": 9, \"text\": \"{text}\"}}");
    let lines = |name: &str| format!("{{\"id\": 1, \"text\": \"{name} {HALVED}\"}}\n{}\n", other(name));
    place.write("lines.jsonl", lines("lines"));
    place.write("packed.jsonl.gz", gzip(lines("packed").as_bytes()));
    place.write(
        "list.json",
        format!("[{{\"text\": \"list {HALVED}\"}}, {}]", other("list")),
    );
    place.write(
        "columns.json",
        format!("{{\"text\": [\"columns\", \"columns {HALVED}\"]}}"),
    );
    place.write(
        "members.json",
        format!(
            "{{\"a\": {{\"text\": \"members {HALVED}\"}}, \"b\": {}}}",
            other("members")
        ),
    );
    place.write(
        "keyed.json",
        format!(
            "{{\"k\": [{{\"text\": \"keyed {HALVED}\"}}], \"l\": [{}]}}",
            other("keyed")
        ),
    );
    place.write(
        "chat.jsonl",
        format!("{{\"messages\": [{{\"role\": \"user\", \"content\": \"asked {HALVED}\"}}, {{\"role\": \"assistant\", \"content\": [\"said\", \"said {HALVED}\"]}}]}}\n"),
    );
    place.index_twice(None);
    let shown = place.run(&["samples"]).succeeded().stdout;
    for name in NAMES {
        let written = format!("{name} {WRITTEN}\"");
        assert!(shown.contains(&written), "{written} in {shown}");
    }
    // Gold keeps a copy, and the copy knows what was written when the source is gone.
    let digests: Vec<String> = rows_of(&shown)
        .iter()
        .filter(|row| row["parts"].to_string().contains("the end"))
        .map(|row| row["digest"].as_str().expect("a digest").to_owned())
        .collect();
    assert_eq!(digests.len(), 7);
    place.approve_all(&digests);
    for digest in &digests {
        place
            .run(&["gold", "promote", digest, "--reason", "rare", "--actor", "Ilse"])
            .succeeded();
    }
    std::fs::remove_dir_all(place.data()).expect("the sources are there");
    place.run(&["gold", "export", "--out", "gold.jsonl"]).succeeded();
    let gold = std::fs::read_to_string(place.path("gold.jsonl")).expect("an export");
    for name in NAMES {
        assert!(gold.contains(&format!("{name} {WRITTEN}\"")), "{name} in {gold}");
    }
    // The digest is over what was read, and whoever verifies the file reads the same.
    place.run(&["verify", "gold.jsonl"]).succeeded();
}

/// Rows in which a half may stand, as a reader sees them who knows none.
fn rows_of(lines: &str) -> Vec<serde_json::Value> {
    lines
        .lines()
        .map(|line| serde_json::from_str(&replaced(line)).expect("a row"))
        .collect()
}
