//! Laws of reading: no bytes cause a panic, nothing is lost uncounted, and every locator leads back.

mod support;

use arrow::array::{ArrayRef, Int64Array, ListArray, RecordBatch, StringArray};
use arrow::datatypes::Int32Type;
use proptest::prelude::*;
use std::sync::Arc;
use support::{Folder, read, read_mapped};

/// Pieces that meet the readers where it hurts.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"{\"text\":\"a\"}".to_vec()),
        Just(b"{\"text\":\"".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\"\"".to_vec()),
        Just(b"{".to_vec()),
        Just(b"}".to_vec()),
        Just(b"[".to_vec()),
        Just(b"]".to_vec()),
        Just(b",".to_vec()),
        Just(b";".to_vec()),
        Just(b"\t".to_vec()),
        Just(b":".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\\u12".to_vec()),
        Just(b"\\ud800".to_vec()),
        Just(b"text,label\n".to_vec()),
        Just(b"NaN".to_vec()),
        Just(b"-1.5e3".to_vec()),
        Just(b"\xEF\xBB\xBF".to_vec()),
        Just(b"\xFF\xFE".to_vec()),
        Just("世".as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 0..6),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// `read` itself checks the counts and every locator.
    #[test]
    fn any_bytes_under_any_name_are_read_or_refused(bytes in pieces()) {
        let folder = Folder::new();
        for name in ["a.jsonl", "a.json", "a.csv", "a.tsv", "a.txt", "a.data", "a.jsonl.gz", "a.parquet"] {
            let path = folder.file(name, &bytes);
            if let Err(fault) = read(&path) {
                prop_assert_ne!(fault.code, assay_model::Code::Internal, "{}", fault);
            }
            let map = "columns = [\"text\", \"label\"]\n[[part]]\nfield = \"text\"\nrole = \"document\"\n";
            if let Err(fault) = read_mapped(&path, map) {
                prop_assert_ne!(fault.code, assay_model::Code::Internal, "{}", fault);
            }
        }
    }

    #[test]
    fn records_written_as_json_lines_come_back(texts in proptest::collection::vec(any::<String>(), 1..20)) {
        let folder = Folder::new();
        let lines: String = texts.iter().map(|text| serde_json::json!({ "text": text }).to_string() + "\n").collect();
        prop_assert_eq!(&read(&folder.file("a.jsonl", &lines)).unwrap().texts(), &texts);
        let array = serde_json::to_string_pretty(&texts).unwrap();
        prop_assert_eq!(&read(&folder.file("a.json", array)).unwrap().texts(), &texts);
    }

    #[test]
    fn cells_written_with_quotes_come_back(texts in proptest::collection::vec("[\t\r\n -~¡-\u{10FFFF}]{1,40}", 2..20)) {
        let folder = Folder::new();
        let rows: String = texts.iter().map(|text| format!("\"{}\",1\r\n", text.replace('"', "\"\""))).collect();
        let reading = read(&folder.file("a.csv", format!("text,n\r\n{rows}"))).unwrap();
        prop_assert_eq!(reading.texts(), texts);
    }

    #[test]
    fn a_flipped_byte_in_parquet_or_arrow_is_no_panic(at in 0.0..1.0_f64, to in any::<u8>()) {
        let folder = Folder::new();
        for (name, mut bytes) in [("a.parquet", parquet()), ("a.arrow", arrow_file()), ("b.arrow", arrow_stream())] {
            let place = (at * bytes.len() as f64) as usize;
            bytes[place] = to;
            if let Err(fault) = read(&folder.file(name, &bytes)) {
                prop_assert_ne!(fault.code, assay_model::Code::Internal, "{}", fault);
            }
        }
    }

    #[test]
    fn a_cut_parquet_or_arrow_file_is_refused(at in 0.0..0.99_f64) {
        let folder = Folder::new();
        for (name, bytes) in [("a.parquet", parquet()), ("a.arrow", arrow_file())] {
            let cut = ((at * bytes.len() as f64) as usize).max(8);
            prop_assert!(read(&folder.file(name, &bytes[..cut])).is_err(), "{}", name);
        }
    }
}

fn batch() -> RecordBatch {
    let texts: StringArray = (0..3000).map(|i| Some(format!("text number {i}"))).collect();
    let lists =
        ListArray::from_iter_primitive::<Int32Type, _, _>((0..3000).map(|i| Some(vec![Some(i), None])));
    let numbers: Int64Array = (0..3000).map(Some).collect();
    let columns: [(&str, ArrayRef); 3] = [
        ("text", Arc::new(texts)),
        ("pair", Arc::new(lists)),
        ("n", Arc::new(numbers)),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

fn parquet() -> Vec<u8> {
    let batch = batch();
    let properties = parquet::file::properties::WriterProperties::builder()
        .set_max_row_group_row_count(Some(1000))
        .build();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn arrow_file() -> Vec<u8> {
    let batch = batch();
    let mut writer = arrow::ipc::writer::FileWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    for start in [0, 1000, 2000] {
        writer.write(&batch.slice(start, 1000)).unwrap();
    }
    writer.into_inner().unwrap()
}

fn arrow_stream() -> Vec<u8> {
    let batch = batch();
    let mut writer = arrow::ipc::writer::StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    for start in [0, 1000, 2000] {
        writer.write(&batch.slice(start, 1000)).unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn columnar_files_give_every_row_and_find_it_again() {
    let folder = Folder::new();
    for (name, bytes) in [
        ("a.parquet", parquet()),
        ("a.feather", arrow_file()),
        ("b.arrow", arrow_stream()),
    ] {
        let reading = read(&folder.file(name, &bytes)).unwrap();
        assert_eq!(reading.summary.indexed, 3000, "{name}");
        assert_eq!(reading.summary.digest, assay_model::Digest::of(&bytes), "{name}");
        assert!(
            reading.samples.iter().all(|(record, _)| record.locator.is_some()),
            "{name}"
        );
        let packed = zstd::encode_all(&bytes[..], 1).unwrap();
        let reading = read(&folder.file(&format!("{name}.zst"), packed)).unwrap();
        assert_eq!(reading.summary.indexed, 3000, "{name} packed");
        assert!(
            reading.samples.iter().all(|(record, _)| record.locator.is_none()),
            "{name} packed"
        );
    }
}
