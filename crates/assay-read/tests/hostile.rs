//! Bad inputs cost themselves and nothing else: each row of the table of hostile inputs that the
//! reader answers for, with files made here.

mod support;

use std::io::Write;

use assay_model::{Code, Task, Value};
use assay_read::{Found, Limits, walk};
use support::{Folder, read, read_mapped, read_with, source};

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

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn lines(from: usize, to: usize) -> String {
    (from..to)
        .map(|number| format!("{{\"text\":\"record number {number}\"}}\n"))
        .collect()
}

#[test]
fn all_members_are_read_and_garbage_behind_them_is_flagged() {
    let folder = Folder::new();
    let mut bytes = gzip(lines(0, 500).as_bytes());
    bytes.extend(gzip(lines(500, 1000).as_bytes()));
    let reading = read(&folder.file("a.jsonl.gz", &bytes)).unwrap();
    assert_eq!(
        (reading.summary.indexed, reading.flag_codes()),
        (1000, vec![Code::SeveralMembers])
    );
    bytes.extend(b"garbage!");
    let reading = read(&folder.file("b.jsonl.gz", &bytes)).unwrap();
    assert_eq!(
        (reading.summary.indexed, reading.flag_codes()),
        (1000, vec![Code::TrailingGarbage])
    );
    assert_eq!(reading.summary.digest, assay_model::Digest::of(&bytes));
    let mut frames = zstd::encode_all(lines(0, 500).as_bytes(), 1).unwrap();
    frames.extend(zstd::encode_all(lines(500, 1000).as_bytes(), 1).unwrap());
    frames.extend(b"!");
    let reading = read(&folder.file("c.jsonl.zst", &frames)).unwrap();
    assert_eq!(
        (reading.summary.indexed, reading.flag_codes()),
        (1000, vec![Code::TrailingGarbage])
    );
}

#[test]
fn rows_before_the_cut_of_a_compressed_stream_are_kept() {
    let folder = Folder::new();
    let noise: String = (0..20_000_u64)
        .map(|n| {
            format!(
                "{{\"text\":\"record {}\"}}\n",
                n.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            )
        })
        .collect();
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(noise.as_bytes())),
        ("b.jsonl.zst", zstd::encode_all(noise.as_bytes(), 1).unwrap()),
    ] {
        let reading = read(&folder.file(name, &bytes[..bytes.len() / 2])).unwrap();
        assert!(
            reading.summary.indexed > 1000 && reading.summary.indexed < 19_000,
            "{name}"
        );
        assert!(reading.flag_codes().contains(&Code::StreamCutOff), "{name}");
        assert!(reading.summary.quarantined <= 1, "{name}");
    }
    let table = format!("text,n\n{}", "some words,1\n".repeat(50_000));
    let bytes = gzip(table.as_bytes());
    let reading = read(&folder.file("c.csv.gz", &bytes[..bytes.len() - 12])).unwrap();
    assert!(
        reading
            .samples
            .iter()
            .all(|(record, _)| record.value.get("n") == Some(&Value::Text("1".into())))
    );
}

#[test]
fn bombs_stop_at_the_budget_and_large_windows_are_refused_with_a_remedy() {
    let folder = Folder::new();
    let limits = Limits {
        ratio_grace: 1 << 20,
        ..Limits::default()
    };
    let bomb = gzip(&vec![b' '; 64 << 20]);
    let fault = read_with(&folder.file("a.jsonl.gz", &bomb), None, &limits)
        .err()
        .unwrap();
    assert_eq!(fault.code, Code::ExpansionLimit);
    let limits = Limits {
        file_bytes: 8 << 20,
        ..Limits::default()
    };
    let fault = read_with(&folder.file("b.jsonl.gz", &bomb), None, &limits)
        .err()
        .unwrap();
    assert_eq!(fault.code, Code::FileTooLarge);
    // A frame header that declares a window of 2^31 bytes (RFC 8878, 3.1.1.1.2).
    let window = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x01, 0x00, 0x00];
    let fault = read(&folder.file("c.jsonl.zst", window)).err().unwrap();
    assert_eq!(fault.code, Code::WindowTooLarge, "{fault}");
    let mut damaged = gzip(lines(0, 5000).as_bytes());
    let checksum = damaged.len() - 8;
    damaged[checksum] ^= 0xFF;
    let fault = read(&folder.file("d.jsonl.gz", damaged)).err().unwrap();
    assert_eq!(fault.code, Code::DamagedArchive, "{fault}");
}

#[test]
fn what_is_no_data_is_refused_by_name() {
    let folder = Folder::new();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
    for (name, bytes, code) in [
        ("a.jsonl.gz", pointer.as_bytes(), Code::GitLfsPointer),
        ("b.pkl", b"\x80\x04\x95", Code::NeverLoaded),
        ("c.data", b"\x80\x04\x95....", Code::NeverLoaded),
        ("d.ipynb", b"{\"cells\": []}", Code::NeverLoaded),
        ("e.py", b"print()", Code::NeverLoaded),
        ("f.zip", b"PK\x03\x04", Code::UnknownFormat),
        ("g.bin", b"\0\x01\x02\x03\0\0\0\0", Code::UnknownFormat),
        ("h.jsonl.parquet", b"PARE....PARE", Code::EncryptedFile),
        ("i.parquet", b"PAR1....", Code::DamagedFile),
        ("j.arrow", b"ARROW1\0\0....", Code::DamagedFile),
        (
            "k.arrow",
            b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F....",
            Code::DamagedFile,
        ),
        (
            "state.json",
            b"{\"_data_files\": [], \"_fingerprint\": \"x\"}",
            Code::UnknownFormat,
        ),
        (
            "LICENSE",
            b"Permission is hereby granted,\nfree of charge, to any person, etc.\n",
            Code::UnknownFormat,
        ),
    ] {
        let fault = read(&folder.file(name, bytes))
            .err()
            .unwrap_or_else(|| panic!("{name} was read"));
        assert_eq!((fault.code, fault.path.as_deref()), (code, Some(name)), "{fault}");
        assert!(!fault.remedy.is_empty(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices_are_refused_by_name_and_nothing_hangs() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    let root = folder.path();
    folder.file("real.jsonl", "{\"text\":\"a\"}\n");
    std::fs::create_dir(root.join("empty.jsonl")).unwrap();
    std::fs::create_dir(root.join(".git")).unwrap();
    std::fs::write(root.join(".git/config.json"), "{}").unwrap();
    std::fs::create_dir(root.join("my.assay")).unwrap();
    std::fs::write(root.join("my.assay/x.json"), "{}").unwrap();
    symlink("loop", root.join("loop")).unwrap();
    symlink("..", root.join("up")).unwrap();
    symlink("/etc/hostname", root.join("out.jsonl")).unwrap();
    symlink("/dev/zero", root.join("zero.jsonl")).unwrap();
    let pipe = std::ffi::CString::new(root.join("pipe.jsonl").as_os_str().as_bytes()).unwrap();
    assert!(
        std::process::Command::new("mkfifo")
            .arg(pipe.to_str().unwrap())
            .status()
            .unwrap()
            .success()
    );
    std::fs::write(
        root.join(std::ffi::OsStr::from_bytes(b"m\xE9d.jsonl")),
        "{\"text\":\"b\"}\n",
    )
    .unwrap();
    let found = walk(&[root.to_owned()], &Task::silent()).unwrap();
    let listed: Vec<(String, Option<Code>)> = found
        .iter()
        .map(|found| match found {
            Found::File(file) => (file.relative.clone(), None),
            Found::Refused(refusal) => (refusal.path.clone(), Some(refusal.code)),
        })
        .collect();
    let refused = |name: &str, code| (name.to_owned(), Some(code));
    assert_eq!(
        listed,
        [
            refused("empty.jsonl", Code::NotRegular),
            refused("loop", Code::SymlinkLoop),
            ("m\\xE9d.jsonl".to_owned(), None),
            refused("out.jsonl", Code::SymlinkNotFollowed),
            refused("pipe.jsonl", Code::NotRegular),
            ("real.jsonl".to_owned(), None),
            refused("up", Code::SymlinkLoop),
            refused("zero.jsonl", Code::SymlinkNotFollowed),
        ]
    );
    let mut file = source(&root.join("real.jsonl"));
    file.path = root.join("pipe.jsonl");
    let refusal = assay_read::read_file(&file, None, &Limits::default(), &Task::silent(), &mut |_| Ok(()));
    assert_eq!(refusal.unwrap_err().code, Code::NotRegular);
    let named = found.iter().find_map(|found| match found {
        Found::File(file) if file.relative.starts_with('m') => Some(file.clone()),
        _ => None,
    });
    let named = named.unwrap();
    let reading = read(&named.path).unwrap();
    assert_eq!(reading.flag_codes(), [Code::UnreadableName]);
    let carried = serde_json::to_string(&named).unwrap();
    assert_eq!(
        serde_json::from_str::<assay_read::SourceFile>(&carried).unwrap(),
        named
    );
}

#[test]
fn a_file_that_changes_or_goes_while_it_is_read_is_refused() {
    let folder = Folder::new();
    let path = folder.file("a.jsonl", lines(0, 1000));
    let file = source(&path);
    for change in ["grow", "remove"] {
        let mut touched = false;
        let result = assay_read::read_file(&file, None, &Limits::default(), &Task::silent(), &mut |_| {
            if !std::mem::replace(&mut touched, true) {
                match change {
                    "grow" => {
                        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
                        file.write_all(b"{}\n").unwrap();
                    }
                    _ => std::fs::remove_file(&path).unwrap(),
                }
            }
            Ok(())
        });
        assert_eq!(result.unwrap_err().code, Code::ChangedWhileRead, "{change}");
    }
    let gone = assay_read::read_file(&file, None, &Limits::default(), &Task::silent(), &mut |_| Ok(()));
    assert_eq!(gone.unwrap_err().code, Code::NotFound);
}

#[test]
fn a_changed_source_is_told_not_shown() {
    let folder = Folder::new();
    let path = folder.file("a.jsonl", lines(0, 10));
    let reading = read(&path).unwrap();
    std::fs::write(&path, "{\"text\":\"x\"}").unwrap();
    let mut rereader = assay_read::Rereader::open(&path, &reading.summary.shape, &Limits::default()).unwrap();
    let fault = rereader
        .record(&reading.samples[9].0.locator.unwrap())
        .unwrap_err();
    assert_eq!(fault.code, Code::SourceChanged);
}

#[test]
fn a_cancelled_task_stops_reading() {
    let folder = Folder::new();
    let file = source(&folder.file("a.jsonl", lines(0, 100)));
    let task = Task::silent();
    task.cancel();
    let result = assay_read::read_file(&file, None, &Limits::default(), &task, &mut |_| Ok(()));
    assert_eq!(result.unwrap_err().code, Code::Cancelled);
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
