//! Rows 14 and 15: compressed sources, honest and not.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::place::{Place, flagged, number, refused};

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

fn records(range: std::ops::Range<usize>) -> String {
    range
        .map(|n| {
            format!(
                "{{\"id\": {n}, \"text\": \"Record {n} with a number {} of its own.\"}}\n",
                n * 7919 % 65_537
            )
        })
        .collect()
}

/// A line of one letter, `mebibytes` long: compresses a thousandfold and more.
fn bomb(mut out: impl Write, mebibytes: usize) {
    out.write_all(b"{\"id\": 1, \"text\": \"small\"}\n{\"id\": 2, \"text\": \"")
        .expect("written");
    let block = vec![b'a'; 1 << 20];
    for _ in 0..mebibytes {
        out.write_all(&block).expect("written");
    }
}

#[test]
fn row_14_bombs_are_stopped_by_their_ratio() {
    let place = Place::new();
    let mut zst = zstd::Encoder::new(Vec::new(), 3).expect("an encoder");
    bomb(&mut zst, 1_500);
    place.write("bomb.jsonl.zst", zst.finish().expect("finished"));
    place.write("fine.jsonl", records(0..3));
    let report = place.index_twice(None);
    assert_eq!(
        refused(&report),
        [("bomb.jsonl.zst".to_owned(), "expansion_limit".to_owned())]
    );
    assert!(number(&report, "/samples/indexed") >= 3);
}

#[test]
fn row_14_a_window_of_two_gibibytes_is_refused_with_its_remedy() {
    let place = Place::new();
    // Magic, a frame header without content size, a window descriptor of exponent 21 (2^31), an empty last raw block.
    place.write(
        "window.jsonl.zst",
        [0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 0x01, 0x00, 0x00],
    );
    place.write("fine.jsonl", records(0..3));
    let report = place.index_twice(None);
    assert_eq!(
        refused(&report),
        [("window.jsonl.zst".to_owned(), "window_too_large".to_owned())]
    );
}

#[test]
fn row_14_all_members_are_read_and_garbage_behind_them_is_flagged() {
    let place = Place::new();
    place.write(
        "members.jsonl.gz",
        [gzip(records(0..5).as_bytes()), gzip(records(5..9).as_bytes())].concat(),
    );
    place.write(
        "garbage.jsonl.gz",
        [gzip(records(10..14).as_bytes()), b"not a gzip member".to_vec()].concat(),
    );
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 13);
    assert_eq!(flagged(&report, "several_members"), 1);
    assert_eq!(flagged(&report, "trailing_garbage"), 1);
}

#[test]
fn row_14_records_before_a_cut_are_kept() {
    let place = Place::new();
    let whole = gzip(records(0..20_000).as_bytes());
    place.write("cut.jsonl.gz", &whole[..whole.len() / 2]);
    let whole = zstd::encode_all(records(30_000..50_000).as_bytes(), 3).expect("encoded");
    place.write("cut.jsonl.zst", &whole[..whole.len() * 3 / 4]);
    let report = place.index_twice(None);
    assert_eq!(flagged(&report, "stream_cut_off"), 2, "{}", report["flag_counts"]);
    assert!(
        number(&report, "/samples/indexed") > 5_000,
        "{}",
        report["samples"]
    );
    assert_eq!(refused(&report), []);
}

#[test]
fn row_15_a_git_lfs_pointer_is_no_data() {
    let place = Place::new();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4b3f9c81d2a71e5c09d2f6a8b17e0c35d94a6621fe88b0c7a35d1e4f90b26c17\nsize 48213377\n";
    place.write("archive.jsonl.gz", pointer);
    place.write("fine.jsonl", records(0..3));
    let report = place.index_twice(None);
    assert_eq!(
        refused(&report),
        [("archive.jsonl.gz".to_owned(), "git_lfs_pointer".to_owned())]
    );
    let message = report["files"]["refused"][0].to_string();
    assert!(message.contains("git lfs pull"), "{message}");
    let alone = place.path("alone");
    std::fs::create_dir(&alone).expect("a folder");
    std::fs::write(alone.join("archive.jsonl"), pointer).expect("written");
    let ran = place.try_index(&[&alone], None);
    assert_eq!((ran.code, ran.error_code().as_str()), (3, "nothing_read"));
}

/// Indexes the place's data and returns the report with the most memory that it took at once.
fn index_watched(place: &Place) -> (serde_json::Value, u64) {
    let data = place.data().display().to_string();
    let mut child = place
        .command(&["index", "--json", "--quiet", "--dataset", "test", &data])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("assay starts");
    let mut out = child.stdout.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut out, &mut text).expect("its words");
        text
    });
    let mut peak = 0;
    while child.try_wait().expect("the child can be asked").is_none() {
        peak = peak.max(super::killed::resident_bytes(child.id()));
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let report = reader.join().expect("read");
    (serde_json::from_str(&report).expect("a report"), peak)
}

#[test]
fn row_14_bombs_of_gzip_and_of_many_lines_stay_in_the_memory_budget() {
    let place = Place::new();
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    bomb(&mut gz, 1_500);
    place.write("one-line.jsonl.gz", gz.finish().expect("finished"));
    let mut zst = zstd::Encoder::new(Vec::new(), 3).expect("an encoder");
    zst.write_all(b"{\"text\": \"a sound record, and then\"}\n")
        .expect("written");
    let line = [vec![b'a'; 1 << 20], b"\n".to_vec()].concat();
    for _ in 0..1_500 {
        zst.write_all(&line).expect("written");
    }
    place.write("many-lines.jsonl.zst", zst.finish().expect("finished"));
    place.write("fine.jsonl", records(0..3));
    let (report, peak) = index_watched(&place);
    crate::place::adds_up(&report);
    assert!(
        refused(&report).contains(&("many-lines.jsonl.zst".to_owned(), "expansion_limit".to_owned())),
        "{}",
        report["files"]
    );
    // gzip cannot reach a ratio of 1,100: its line is too long.
    let told = report["samples"]["quarantine"].to_string() + &report["files"]["refused"].to_string();
    assert!(
        told.contains("line_too_long") || told.contains("one-line.jsonl.gz"),
        "{told}"
    );
    assert!(peak < 700 << 20, "memory grew to {} MiB", peak >> 20);
}

#[test]
fn row_14_thousands_of_members_and_a_record_across_two_of_them_are_read() {
    let place = Place::new();
    let members: Vec<u8> = (0..5_000)
        .flat_map(|n| gzip(records(n..n + 1).as_bytes()))
        .collect();
    place.write("many.jsonl.gz", members);
    place.write(
        "empty.jsonl.gz",
        [gzip(b"").repeat(50_000), gzip(records(6_000..6_001).as_bytes())].concat(),
    );
    place.write(
        "across.jsonl.gz",
        [
            gzip(b"{\"text\": \"begun in one"),
            gzip(b" and ended in the next\"}\n"),
        ]
        .concat(),
    );
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (5_002, 0)
    );
    assert_eq!(flagged(&report, "several_members"), 3);
}

#[test]
fn row_14_a_stream_whose_checksum_is_wrong_is_refused_and_one_cut_anywhere_is_not() {
    let place = Place::new();
    let whole = gzip(records(0..300).as_bytes());
    for (name, at) in [
        ("sum.jsonl.gz", whole.len() - 8),
        ("length.jsonl.gz", whole.len() - 4),
    ] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        place.write(name, bytes);
    }
    let cuts: Vec<usize> = (1..20).map(|n| whole.len() * n / 20).collect();
    for cut in &cuts {
        place.write(&format!("cut-{cut:05}.jsonl.gz"), &whole[..*cut]);
    }
    let report = place.index_twice(None);
    let mut codes = refused(&report);
    codes.sort();
    assert_eq!(
        codes,
        [
            ("length.jsonl.gz", "damaged_archive"),
            ("sum.jsonl.gz", "damaged_archive")
        ]
        .map(|(path, code)| (path.to_owned(), code.to_owned()))
    );
    assert_eq!(flagged(&report, "stream_cut_off"), cuts.len() as u64);
    // The later the cut, the more is kept, and every kept record is a whole one.
    let kept = |cut: &usize| place.samples(&format!("path = 'cut-{cut:05}.jsonl.gz'")).len();
    let counts: Vec<usize> = cuts.iter().map(kept).collect();
    assert!(counts.is_sorted() && counts[18] > 200, "{counts:?}");
}
