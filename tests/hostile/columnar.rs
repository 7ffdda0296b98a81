//! Rows 16 and 17: Parquet and Arrow with damage.

use std::sync::Arc;

use arrow::array::{Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};

use crate::place::{Place, number, refused};

fn batch(texts: &[&str]) -> RecordBatch {
    let schema = Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        Field::new("text", DataType::Utf8, true),
    ]);
    let ids = Int64Array::from_iter_values(0..texts.len() as i64);
    let texts = StringArray::from_iter_values(texts);
    RecordBatch::try_new(Arc::new(schema), vec![Arc::new(ids), Arc::new(texts)]).expect("a batch")
}

/// A Parquet file with these texts.
pub fn parquet(texts: &[&str]) -> Vec<u8> {
    let batch = batch(texts);
    let mut bytes = Vec::new();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    bytes
}

fn arrow(texts: &[&str]) -> Vec<u8> {
    let batch = batch(texts);
    let mut bytes = Vec::new();
    let mut writer = arrow::ipc::writer::FileWriter::try_new(&mut bytes, &batch.schema()).expect("a writer");
    writer.write(&batch).expect("written");
    writer.finish().expect("finished");
    drop(writer);
    bytes
}

const TEXTS: [&str; 4] = [
    "the first text of all",
    "a second text, longer",
    "and a third one",
    "the fourth and last",
];

#[test]
fn row_16_damaged_parquet_is_refused_by_name_and_the_rest_is_read() {
    let place = Place::new();
    let good = parquet(&TEXTS);
    place.write("good.parquet", &good);
    place.write("footer-cut.parquet", &good[..good.len() - 9]);
    place.write("magic-only.parquet", b"PAR1PAR1");
    let mut footer = good.clone();
    let end = footer.len() - 8;
    footer[end..end + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    place.write("huge-footer.parquet", &footer);
    let mut encrypted = good.clone();
    let end = encrypted.len() - 4;
    encrypted[end..].copy_from_slice(b"PARE");
    encrypted[..4].copy_from_slice(b"PARE");
    place.write("encrypted.parquet", &encrypted);
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 4);
    let mut names: Vec<String> = refused(&report).into_iter().map(|(path, _)| path).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "encrypted.parquet",
            "footer-cut.parquet",
            "huge-footer.parquet",
            "magic-only.parquet"
        ]
    );
    let code = |name: &str| {
        refused(&report)
            .into_iter()
            .find(|(path, _)| path == name)
            .map(|(_, code)| code)
    };
    assert_eq!(code("encrypted.parquet").as_deref(), Some("encrypted_file"));
    assert_eq!(code("footer-cut.parquet").as_deref(), Some("damaged_file"));
}

#[test]
fn row_16_every_flipped_byte_of_a_parquet_file_costs_at_most_that_file() {
    let place = Place::new();
    let good = parquet(&TEXTS);
    for (number, at) in (0..good.len()).step_by((good.len() / 40).max(1)).enumerate() {
        let mut bytes = good.clone();
        bytes[at] ^= 0xff;
        place.write(&format!("flip-{number:03}.parquet"), bytes);
    }
    place.write("good.jsonl", "{\"text\": \"an intact neighbour\"}\n");
    let report = place.index_twice(None);
    let files = number(&report, "/files/seen");
    assert_eq!(
        files,
        number(&report, "/files/read") + refused(&report).len() as u64
    );
    assert!(number(&report, "/samples/indexed") >= 1);
}

#[test]
fn row_17_arrow_with_bad_offsets_is_refused_or_read_in_part_and_nothing_falls() {
    let place = Place::new();
    let good = arrow(&TEXTS);
    place.write("good.arrow", &good);
    // The offsets of the text column: 0, 21, 42, 57, 76 as 32-bit numbers.
    let offsets: Vec<u8> = [0u32, 21, 42]
        .iter()
        .flat_map(|offset| offset.to_le_bytes())
        .collect();
    let at = good
        .windows(offsets.len())
        .position(|window| window == offsets)
        .expect("the offsets are in the file");
    let mut bad = good.clone();
    bad[at + 4..at + 8].copy_from_slice(&0x7fff_fff0u32.to_le_bytes());
    place.write("offsets.arrow", &bad);
    place.write("cut.arrow", &good[..good.len() / 2]);
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 4);
    let names: Vec<String> = refused(&report).into_iter().map(|(path, _)| path).collect();
    assert_eq!(names, ["cut.arrow", "offsets.arrow"]);
}
