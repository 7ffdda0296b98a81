//! Bad records cost themselves and nothing else: broken JSON, tables and encodings, made here.

mod support;

use assay_model::{Code, Value};
use assay_read::Limits;
use support::{Folder, read, read_mapped, read_with};

#[test]
fn one_broken_line_costs_itself_alone() {
    let folder = Folder::new();
    let mut text = String::new();
    for number in 1..=10_000 {
        match number {
            7_001 => text.push_str("{\"text\": \"line\" \"number\": 7001}\n"),
            _ => text.push_str(&format!("{{\"text\": \"line {number}\"}}\n")),
        }
    }
    let reading = read(&folder.file("a.jsonl", &text)).unwrap();
    assert_eq!((reading.summary.indexed, reading.summary.quarantined), (9_999, 1));
    let row = &reading.quarantine[0];
    assert_eq!(
        (row.line, row.column, row.code),
        (7_001, Some(17), Code::InvalidJson)
    );
    assert_eq!(
        &text.as_bytes()[row.byte_offset as usize..][..15],
        b"{\"text\": \"line\""
    );
    assert!(row.message.contains("expected a comma or }"), "{}", row.message);
}

#[test]
fn a_last_line_needs_no_line_end_and_a_cut_one_is_quarantined_with_its_offset() {
    let folder = Folder::new();
    let whole = read(&folder.file("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}")).unwrap();
    assert_eq!(whole.summary.indexed, 2);
    let cut = read(&folder.file("b.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b")).unwrap();
    let row = &cut.quarantine[0];
    assert_eq!(
        (cut.summary.indexed, row.code, row.line, row.byte_offset),
        (1, Code::CutOff, 2, 13)
    );
    let array = read(&folder.file("c.json", "[{\"text\":\"a\"},\n {\"text\":\"b\"},\n {\"te")).unwrap();
    let row = &array.quarantine[0];
    assert_eq!(
        (array.summary.indexed, row.code, row.line, row.byte_offset),
        (2, Code::CutOff, 3, 31)
    );
    let alone = read(&folder.file("d.jsonl", "{\"text\": \"never clos")).unwrap();
    assert_eq!(
        (alone.summary.indexed, alone.quarantine[0].code),
        (0, Code::CutOff)
    );
}

#[test]
fn a_line_beyond_the_limit_is_passed_over_and_its_length_told() {
    let folder = Folder::new();
    let limits = Limits {
        line_bytes: 1 << 20,
        ..Limits::default()
    };
    let long = "x".repeat(5 << 20);
    let text = format!("{{\"text\":\"a\"}}\r\n{{\"text\":\"{long}\"}}\r\n{{\"text\":\"b\"}}\n");
    let reading = read_with(&folder.file("a.jsonl", text), None, &limits).unwrap();
    assert_eq!(reading.texts(), ["a", "b"]);
    assert_eq!(reading.samples[1].0.line, 3);
    let row = &reading.quarantine[0];
    assert_eq!((row.code, row.line, row.byte_offset), (Code::LineTooLong, 2, 14));
    assert!(
        row.message.contains(&format!("{} bytes", (5 << 20) + 11)),
        "{}",
        row.message
    );
    let array = format!("[{{\"text\":\"a\"}}, {{\"text\":\"{long}\"}}, {{\"text\":\"b\"}}]");
    let reading = read_with(&folder.file("a.json", array), None, &limits).unwrap();
    assert_eq!(
        (reading.texts().join(""), reading.quarantine[0].code),
        ("ab".into(), Code::LineTooLong)
    );
    let table = format!("text,label\na,1\n{long},2\nb,3\n");
    let reading = read_with(&folder.file("a.csv", table), None, &limits).unwrap();
    assert_eq!(
        (reading.texts().join(""), reading.quarantine[0].line),
        ("ab".into(), 3)
    );
}

#[test]
fn nesting_beyond_the_limit_is_quarantined_at_a_stated_depth() {
    let folder = Folder::new();
    let deep = format!(
        "{{\"text\":\"x\",\"a\":{}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let text = format!("{{\"text\":\"a\"}}\n{deep}\n");
    for name in ["a.jsonl", "b.json"] {
        let reading = read(&folder.file(name, &text)).unwrap();
        let row = &reading.quarantine[0];
        assert_eq!(
            (reading.summary.indexed, row.code),
            (1, Code::NestedTooDeep),
            "{name}"
        );
        assert!(
            row.message.contains("100001 levels; the limit is 128"),
            "{}",
            row.message
        );
    }
    let array = read(&folder.file("c.json", format!("[{{\"text\":\"a\"}},\n{deep}]"))).unwrap();
    assert_eq!((array.summary.indexed, array.quarantine[0].line), (1, 2));
}

#[test]
fn oddities_of_json_are_flagged_and_read_as_stated() {
    let folder = Folder::new();
    let text = concat!(
        r#"{"text":"a","text":"b","n":NaN,"m":-Infinity,"big":1e400,"long":1234567890123456789012345678901234567890}"#,
        "\n",
        r#"{"text":"half \ud83d pair","zero":"\u0000"}"#,
        "\n"
    );
    let reading = read(&folder.file("a.jsonl", text)).unwrap();
    let (first, second) = (&reading.samples[0], &reading.samples[1]);
    assert_eq!(first.1.parts[0].text, "b");
    assert_eq!(first.0.value.get("n"), Some(&Value::Null));
    assert_eq!(first.0.value.get("big"), Some(&Value::Number("1e400".into())));
    assert_eq!(
        first.0.value.get("long"),
        Some(&Value::Number("1234567890123456789012345678901234567890".into()))
    );
    assert_eq!(second.1.parts[0].text, "half \u{FFFD} pair");
    use Code::{DuplicateKey, LoneSurrogate, NotANumber, NulCharacter, NumberOutOfRange};
    assert_eq!(
        reading.flag_codes(),
        [
            DuplicateKey,
            NotANumber,
            NotANumber,
            NumberOutOfRange,
            LoneSurrogate,
            NulCharacter
        ]
    );
    assert!(
        reading.flags[0].message.contains("\"a\" and \"b\""),
        "{}",
        reading.flags[0].message
    );
    assert_eq!(reading.flags[5].line, Some(2));
}

#[test]
fn json_is_read_as_what_it_is_whatever_its_name() {
    let folder = Folder::new();
    let pretty = "{\n  \"text\": \"a\",\n  \"n\": {\"m\": 1}\n}\n{\n  \"text\": \"b\"\n}\n";
    for (name, text, described) in [
        ("pretty.jsonl", pretty, "JSON"),
        (
            "array.jsonl",
            "[\n {\"text\": \"a\"},\n {\"text\": \"b\"}\n]\n",
            "JSON array",
        ),
        ("joined.jsonl", "{\"text\":\"a\"}{\"text\":\"b\"}", "JSON"),
        ("lines.json", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "JSON Lines"),
        ("lines.txt", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "JSON Lines"),
        ("strings.json", "[\"a\", \"b\"]", "JSON array"),
        (
            "columns.json",
            "{\"text\": [\"a\", \"b\"], \"n\": [1, 2]}",
            "JSON object of columns",
        ),
        (
            "records.json",
            "{\"x\": {\"text\": \"a\"}, \"y\": {\"text\": \"b\"}}",
            "JSON object of records",
        ),
        (
            "one.line.jsonl",
            "[{\"text\":\"a\"},{\"text\":\"b\"}]",
            "JSON array",
        ),
    ] {
        let reading = read(&folder.file(name, text)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(reading.texts(), ["a", "b"], "{name}");
        assert_eq!(reading.summary.shape.describe(), described, "{name}");
    }
    let single = read(&folder.file("single.json", "{\"text\": \"a\", \"tags\": [\"x\"]}")).unwrap();
    assert_eq!(single.texts(), ["a"]);
}

#[test]
fn a_broken_first_line_does_not_hide_json_lines() {
    let folder = Folder::new();
    for first in [
        "{\"text\": \"a",
        "{\"text\": {\"a\": 1}",
        "{\"text\" \"a\"}",
        "garbage",
        "{\"text\":\"a\"} trailing",
    ] {
        let text = format!("{first}\n{{\"text\":\"b\"}}\n{{\"text\":\"c\"}}\n");
        let reading = read(&folder.file("a.jsonl", text)).unwrap();
        assert_eq!(reading.texts(), ["b", "c"], "{first}");
        assert_eq!(reading.quarantine[0].line, 1, "{first}");
    }
}

#[test]
fn a_torn_record_in_an_array_costs_itself_alone() {
    let folder = Folder::new();
    let text = "[\n  {\"text\": \"a\"},\n  {\"text\": \"torn\n here\", \"n\": {\n  }},\n  {\"text\": \"b\"},\n  nonsense,\n  {\"text\": \"c\"}\n]\n";
    let reading = read(&folder.file("a.json", text)).unwrap();
    assert_eq!(reading.texts(), ["a", "b", "c"]);
    let rows: Vec<(u64, Code)> = reading
        .quarantine
        .iter()
        .map(|row| (row.line, row.code))
        .collect();
    assert_eq!(rows, [(3, Code::InvalidJson), (7, Code::InvalidJson)]);
    assert!(reading.flags.is_empty(), "{:?}", reading.flags);
}

#[test]
fn lines_are_counted_as_an_editor_shows_them() {
    let folder = Folder::new();
    let text =
        "{\"text\":\"1\"}\n{\"text\":\"2\"}\r\n\r\n{\"text\":\"4\u{2028}x\"}\r{\"text\":\"5\"}\n\n\nbroken\n";
    let reading = read(&folder.file("a.jsonl", text)).unwrap();
    let lines: Vec<u64> = reading.samples.iter().map(|(record, _)| record.line).collect();
    assert_eq!(lines, [1, 2, 4, 5]);
    assert_eq!(reading.quarantine[0].line, 8);
    let array = read(&folder.file("a.json", "[\r\n\"a\",\r\n\r\n\"b\"\r\n]")).unwrap();
    let lines: Vec<u64> = array.samples.iter().map(|(record, _)| record.line).collect();
    assert_eq!(lines, [2, 4]);
}

#[test]
fn encodings_are_recognised_or_the_record_is_quarantined() {
    let folder = Folder::new();
    let mut latin = b"{\"text\":\"a\"}\n{\"text\":\"m\xE9decin\"}\n".to_vec();
    let reading = read(&folder.file("latin.jsonl", &latin)).unwrap();
    let row = &reading.quarantine[0];
    assert_eq!(
        (row.code, row.line, row.column, row.byte_offset),
        (Code::InvalidUtf8, 2, Some(11), 13)
    );
    assert!(
        row.message.contains("0xE9") && row.excerpt.contains("m\\xE9decin"),
        "{row:?}"
    );
    latin.splice(0..0, *b"\xEF\xBB\xBF");
    let marked = read(&folder.file("bom.jsonl", &latin)).unwrap();
    assert_eq!(marked.texts(), ["a"]);
    let table = read(&folder.file("bom.csv", b"\xEF\xBB\xBFtext,label\na,1\n")).unwrap();
    assert_eq!(
        table.samples[0].0.value.get("text"),
        Some(&Value::Text("a".into()))
    );
    for (little, name) in [(true, "le.jsonl"), (false, "be.jsonl")] {
        let units = "\u{FEFF}{\"text\":\"Grüße\"}\r\n{\"text\":\"世界\"}\r\n".encode_utf16();
        let bytes: Vec<u8> = units
            .flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() })
            .collect();
        let reading = read(&folder.file(name, bytes)).unwrap();
        assert_eq!(reading.texts(), ["Grüße", "世界"]);
        assert_eq!(reading.summary.shape.describe(), "JSON Lines, UTF-16");
        assert!(reading.samples.iter().all(|(record, _)| record.locator.is_none()));
    }
}

#[test]
fn a_million_fields_are_capped_with_a_warning() {
    let folder = Folder::new();
    let fields: Vec<String> = (0..1_000_000).map(|i| format!("\"k{i}\":{i}")).collect();
    let reading =
        read(&folder.file("a.jsonl", format!("{{\"text\":\"a\",{}}}\n", fields.join(",")))).unwrap();
    assert_eq!(
        (reading.texts(), reading.flag_codes()),
        (vec!["a".to_owned()], vec![Code::FieldsCapped])
    );
    let header: Vec<String> = (0..1_000_000).map(|i| format!("c{i}")).collect();
    let cells = "1,".repeat(999_998);
    let table = format!("text,{}\na,{cells}1\n", header[1..].join(","));
    let reading = read(&folder.file("a.csv", table)).unwrap();
    assert_eq!(
        (reading.texts(), reading.flag_codes()),
        (vec!["a".to_owned()], vec![Code::FieldsCapped])
    );
}

#[test]
fn tables_lose_only_their_damaged_rows() {
    let folder = Folder::new();
    let text = "id,text\n1,\"two\nlines, and \"\"quotes\"\"\"\n2,\"never closed\n3,\"fine, really\"\n4,a,b\n5\n6,x\0y\n7,\n8,last";
    let reading = read(&folder.file("a.csv", text)).unwrap();
    assert_eq!(
        reading.texts(),
        ["two\nlines, and \"quotes\"", "fine, really", "last"]
    );
    let rows: Vec<(u64, Code)> = reading
        .quarantine
        .iter()
        .map(|row| (row.line, row.code))
        .collect();
    use Code::{NoText, NulByte, RaggedRow, UnclosedQuote};
    assert_eq!(
        rows,
        [
            (4, UnclosedQuote),
            (6, RaggedRow),
            (7, NoText),
            (8, NulByte),
            (9, NoText)
        ]
    );
    assert_eq!(reading.quarantine[0].column, Some(3));
    let open = read(&folder.file("b.csv", "id,text\n1,a\n2,\"open\n3,b\n4,c\n")).unwrap();
    assert_eq!(open.texts(), ["a", "b", "c"]);
    assert_eq!(
        (open.quarantine[0].line, open.quarantine[0].code),
        (3, UnclosedQuote)
    );
    let renamed = read(&folder.file("c.csv", "text,,text,x\na,b,c\n")).unwrap();
    assert_eq!(renamed.flag_codes(), [Code::HeaderRenamed, Code::ShortRow]);
    assert_eq!(
        renamed.samples[0].0.value.get("text_2"),
        Some(&Value::Text("c".into()))
    );
    assert_eq!(renamed.samples[0].0.value.get("x"), Some(&Value::Null));
}

#[test]
fn delimiters_are_recognised_by_content() {
    let folder = Folder::new();
    for (name, delimiter) in [
        ("a.csv", ';'),
        ("b.csv", '\t'),
        ("c.csv", '|'),
        ("d.csv", ','),
        ("e.tsv", '\t'),
    ] {
        let text = format!("text{delimiter}label\na, b{delimiter}1\nc, d{delimiter}2\n")
            .replace("a, b", if delimiter == ',' { "\"a, b\"" } else { "a, b" });
        let text = text.replace("c, d", if delimiter == ',' { "\"c, d\"" } else { "c, d" });
        assert_eq!(
            read(&folder.file(name, text)).unwrap().texts(),
            ["a, b", "c, d"],
            "{name}"
        );
    }
    assert_eq!(
        read(&folder.file("one.csv", "text\nhello\n\nworld, too\n"))
            .unwrap()
            .summary
            .seen,
        2
    );
}

#[test]
fn quotes_in_tab_separated_files_count_only_if_they_hold_throughout() {
    let folder = Folder::new();
    let plain = "text\tlabel\n\"quoted\" word\t1\n\"open\t2\nx\t3\n";
    assert_eq!(
        read(&folder.file("a.tsv", plain)).unwrap().texts(),
        ["\"quoted\" word", "\"open", "x"]
    );
    let quoted = "text\tlabel\n\"two\nlines\"\t1\nx\t2\n";
    assert_eq!(
        read(&folder.file("b.tsv", quoted)).unwrap().texts(),
        ["two\nlines", "x"]
    );
}

#[test]
fn files_without_rows_are_read_as_zero_samples() {
    let folder = Folder::new();
    for (name, bytes) in [
        ("a.jsonl", &b""[..]),
        ("b.json", b""),
        ("c.csv", b""),
        ("d.txt", b""),
        ("e.jsonl", b"\xEF\xBB\xBF"),
        ("f.csv", b"\xEF\xBB\xBF"),
        ("g.csv", b"text,label\n"),
        ("h.tsv", b"text\tlabel"),
        ("i.json", b"[]"),
        ("j.json", b"{}\n"),
        ("k.jsonl", b"\n\n\n"),
    ] {
        match read(&folder.file(name, bytes)) {
            Ok(reading) => assert_eq!(reading.summary.indexed, 0, "{name}"),
            Err(fault) => assert_eq!((name, fault.code), ("j.json", Code::NoTextField)),
        }
    }
}

#[test]
fn arrays_of_arrays_need_column_names() {
    let folder = Folder::new();
    let path = folder.file(
        "a.json",
        "{\"train\": [[\"hello there\", \"greet\"]], \"test\": [[\"bye now\", \"leave\"]]}",
    );
    assert_eq!(read(&path).err().unwrap().code, Code::ArraysNeedColumns);
    let map = "columns = [\"text\", \"intent\"]\n[[part]]\nfield = \"text\"\nrole = \"document\"\n\
               [dimensions]\nsplit = \"key\"\nintent = \"intent\"\n";
    let reading = read_mapped(&path, map).unwrap();
    assert_eq!(reading.texts(), ["hello there", "bye now"]);
    let split: Vec<String> = reading
        .samples
        .iter()
        .map(|(_, sample)| sample.dimensions[1].1.to_string())
        .collect();
    assert_eq!(split, ["train", "test"]);
}
