//! Files of any bytes: are their records counted, placed inside them, and found again?

use std::io::Write;
use std::path::Path;

use assay_model::{Code, Fault, Flag, Locator, Quarantine, Task, Value};
use assay_read::{
    Compression, Encoding, Event, FileSummary, Format, Found, Limits, Record, Rereader, SourceFile,
    read_file, walk,
};

use crate::scratch::with_file;

/// Small enough for short inputs to reach them.
fn limits() -> Limits {
    Limits {
        line_bytes: 1000,
        depth: 12,
        fields: 24,
        elements: 64,
        ratio_grace: 1 << 20,
        zstd_window: 1 << 20,
        file_bytes: 1 << 20,
        whole_bytes: 1 << 18,
        ..Limits::default()
    }
}

pub(crate) fn json_lines(bytes: &[u8]) {
    holds_of("a.jsonl", bytes);
}

pub(crate) fn json_document(bytes: &[u8]) {
    holds_of("a.json", bytes);
}

pub(crate) fn delimited(bytes: &[u8]) {
    holds_of("a.csv", bytes);
    holds_of("a.tsv", bytes);
}

/// The first byte says how the others are packed; unpacked they are JSON Lines.
pub(crate) fn wrapped(bytes: &[u8]) {
    let Some((how, bytes)) = bytes.split_first() else {
        return;
    };
    match how % 5 {
        0 => holds_of("a.jsonl.gz", bytes),
        1 => holds_of("a.jsonl.zst", bytes),
        _ if !may_be_lines(bytes) => {}
        2 => same_records(bytes, "b.jsonl.gz", &gzip(bytes)),
        3 => same_records(
            bytes,
            "b.jsonl.zst",
            &zstd::encode_all(bytes, 1).expect("zstd packs"),
        ),
        _ => {
            let Ok(text) = std::str::from_utf8(bytes) else {
                return;
            };
            // What begins like another encoding is taken for it before and is plain text after.
            if text.starts_with(['\u{feff}', '\0']) {
                return;
            }
            let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            let wide: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
            same_records(bytes, "b.jsonl", &wide);
        }
    }
}

/// What begins like a container of any kind is opened as one where it lies plain, and is not inside another.
fn may_be_lines(bytes: &[u8]) -> bool {
    matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("memory can be written to");
    packed.finish().expect("memory can be written to")
}

pub(crate) fn columnar(bytes: &[u8]) {
    for name in ["a.parquet", "a.arrow"] {
        holds_of(name, bytes);
    }
}

/// Everything that reading a file gave.
#[derive(Debug, PartialEq)]
struct Reading {
    records: Vec<Record>,
    quarantine: Vec<Quarantine>,
    flags: Vec<Flag>,
    outcome: Result<FileSummary, Fault>,
}

fn reading(path: &Path) -> Reading {
    let (mut records, mut quarantine, mut flags) = (Vec::new(), Vec::new(), Vec::new());
    let outcome = source(path).and_then(|file| {
        read_file(&file, None, &limits(), &Task::silent(), &mut |event| {
            match event {
                Event::Sample { record, .. } => records.push(record),
                Event::Quarantine(row) => quarantine.push(row),
                Event::Flag(flag) => flags.push(flag),
                Event::Mapped { .. } | Event::Shape(_) | Event::Progress { .. } => {}
            }
            Ok(())
        })
    });
    Reading {
        records,
        quarantine,
        flags,
        outcome,
    }
}

pub(crate) fn source(path: &Path) -> Result<SourceFile, Fault> {
    match walk(&[path.to_owned()], &Task::silent())?.pop() {
        Some(Found::File(file)) => Ok(file),
        Some(Found::Refused(refused)) => Err(Fault::new(refused.code, refused.message, refused.remedy)),
        other => panic!("a file was found as {other:?}"),
    }
}

fn holds_of(name: &str, bytes: &[u8]) {
    with_file(name, bytes, |path| {
        let first = reading(path);
        assert_eq!(first, reading(path), "a second reading gives the same");
        for row in &first.quarantine {
            assert!(row.excerpt.chars().count() <= 200, "an excerpt of {row:?}");
            assert_ne!(row.code, Code::Internal, "{row:?}");
        }
        match &first.outcome {
            Ok(summary) => {
                counted(summary, &first);
                placed(summary, &first, bytes);
                found_again(path, summary, &first.records);
            }
            Err(fault) => assert_ne!(fault.code, Code::Internal, "{fault}"),
        }
    });
}

fn counted(summary: &FileSummary, reading: &Reading) {
    let counts = [
        summary.indexed,
        summary.quarantined,
        summary.indexed + summary.quarantined,
    ];
    let given = [
        reading.records.len() as u64,
        reading.quarantine.len() as u64,
        summary.seen,
    ];
    assert_eq!(counts, given, "indexed, quarantined, seen");
    let mut ordinals = reading.records.iter().map(|record| record.ordinal);
    assert!(ordinals.clone().is_sorted() && ordinals.all(|ordinal| (1..=summary.seen).contains(&ordinal)));
}

/// Places lie inside the file, in its order, on the line that an editor shows.
fn placed(summary: &FileSummary, reading: &Reading, bytes: &[u8]) {
    let is_plain = summary.shape.compression == Compression::None && summary.shape.encoding == Encoding::Utf8;
    if !is_plain
        || matches!(
            summary.shape.format,
            Format::Parquet(_) | Format::ArrowFile(_) | Format::ArrowStream(_)
        )
    {
        return;
    }
    let mut end_of_last = 0;
    for record in &reading.records {
        let Some(Locator::Bytes { offset, length }) = record.locator else {
            continue;
        };
        assert!(
            end_of_last <= offset && offset + length <= bytes.len() as u64,
            "{record:?}"
        );
        end_of_last = offset + length;
        assert_eq!(record.line, line_at(bytes, offset as usize), "{record:?}");
    }
    let last_line = line_at(bytes, bytes.len());
    for row in &reading.quarantine {
        assert!(
            (1..=last_line).contains(&row.line) && row.byte_offset <= bytes.len() as u64,
            "{row:?}"
        );
        assert_ne!(row.column, Some(0), "{row:?}");
    }
}

/// As an editor counts: LF, CR and CRLF each end a line.
fn line_at(bytes: &[u8], offset: usize) -> u64 {
    let ends = (0..offset).filter(|&at| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    1 + ends.count() as u64
}

fn found_again(path: &Path, summary: &FileSummary, records: &[Record]) {
    let mut rereader = Rereader::open(path, &summary.shape, &limits()).expect("the file is still there");
    for record in records {
        if let Some(locator) = &record.locator {
            let again = rereader.record(locator);
            let written = record.written.as_deref().cloned();
            assert_eq!(
                again,
                Ok((record.value.clone(), written)),
                "record {}",
                record.ordinal
            );
        }
    }
}

/// The same records, whether the lines lie plain on the disk or not.
fn same_records(plain: &[u8], name: &str, wrapped: &[u8]) {
    let values = |reading: &Reading| -> Vec<Value> {
        reading
            .records
            .iter()
            .map(|record| record.value.clone())
            .collect()
    };
    let open = with_file("b-plain.jsonl", plain, reading);
    let closed = with_file(name, wrapped, reading);
    match (&open.outcome, &closed.outcome) {
        (Ok(a), Ok(b)) => {
            assert_eq!(a.shape.format, b.shape.format);
            assert_eq!(values(&open), values(&closed));
            assert_eq!((a.indexed, a.quarantined), (b.indexed, b.quarantined));
        }
        (a, b) => assert_eq!(
            a.as_ref().err().map(|fault| fault.code),
            b.as_ref().err().map(|fault| fault.code),
            "{a:?}\n{b:?}"
        ),
    }
}
