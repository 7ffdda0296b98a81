//! Rows 6, 9 and 13: numbers that are none, bytes that are no UTF-8, files without rows.

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
