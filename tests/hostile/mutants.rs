//! Rows 16 and 17 at length: hundreds of damaged Parquet and Arrow files, drawn with a fixed seed.
//!
//! The pages of the Parquet files are gzip streams, which carry a checksum: so whatever a mutant's rows are, they must be the
//! original's. A plain page has none, and nobody can tell its flipped letter from a letter.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, ListArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use parquet::basic::{Compression, GzipLevel};
use parquet::file::properties::WriterProperties;

use crate::place::{Place, number, refused};

const MUTANTS: usize = 400;
const ROWS: i64 = 24;

fn text(row: i64) -> String {
    format!(
        "Row {row} of the file says something of its own about {}.",
        row * 7
    )
}

fn batch() -> RecordBatch {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..ROWS));
    let texts: ArrayRef = Arc::new(StringArray::from_iter_values((0..ROWS).map(text)));
    let lists = (0..ROWS).map(|row| Some((0..row % 3).map(Some).collect::<Vec<_>>()));
    let lists: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int64Type, _, _>(lists));
    let schema = Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        Field::new("text", DataType::Utf8, true),
        Field::new("numbers", lists.data_type().clone(), true),
    ]);
    RecordBatch::try_new(Arc::new(schema), vec![ids, texts, lists]).expect("a batch")
}

/// A Parquet file of three row groups, with a nested column, a dictionary and statistics.
fn parquet() -> Vec<u8> {
    let batch = batch();
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(8))
        .set_compression(Compression::GZIP(GzipLevel::default()))
        .build();
    let mut bytes = Vec::new();
    let mut writer = ::parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties))
        .expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    bytes
}

fn arrow() -> Vec<u8> {
    let batch = batch();
    let mut bytes = Vec::new();
    let mut writer =
        ::arrow::ipc::writer::FileWriter::try_new(&mut bytes, &batch.schema()).expect("a writer");
    writer.write(&batch).expect("written");
    writer.finish().expect("finished");
    drop(writer);
    bytes
}

/// SplitMix64: the same mutants on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    /// A damaged copy: a byte or a bit flipped, a number made huge, a run wiped, a piece left out, the end cut.
    fn mutant(&mut self, good: &[u8]) -> Vec<u8> {
        let mut bytes = good.to_vec();
        let at = self.below(bytes.len());
        match self.below(6) {
            0 => bytes[at] ^= 0xff,
            1 => bytes[at] ^= 1 << self.below(8),
            2 => {
                let end = (at + 4).min(bytes.len());
                bytes[at..end].copy_from_slice(&0x7fff_ffffu32.to_le_bytes()[..end - at]);
            }
            3 => {
                let end = (at + 1 + self.below(64)).min(bytes.len());
                bytes[at..end].fill(0);
            }
            4 => {
                let end = (at + 1 + self.below(16)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => bytes.truncate(at),
        }
        bytes
    }
}

/// Texts of each file that was read, and how many of its records were quarantined.
fn read_of(place: &Place) -> BTreeMap<String, (Vec<String>, u64)> {
    let mut found: BTreeMap<String, (Vec<String>, u64)> = BTreeMap::new();
    let path = |row: &serde_json::Value| row["path"].as_str().expect("a path").to_owned();
    for row in place.samples("") {
        let text = row["parts"][0]["text"].as_str().expect("a text").to_owned();
        found.entry(path(&row)).or_default().0.push(text);
    }
    for row in place.run(&["samples", "--quarantined"]).succeeded().rows() {
        found.entry(path(&row)).or_default().1 += 1;
    }
    found
}

/// Indexes mutants beside a sound file and returns the paths that were refused with what was read of the others.
fn survived(place: &Place, good: &[u8], ending: &str) -> (Vec<String>, BTreeMap<String, (Vec<String>, u64)>) {
    let mut draw = Draw(16);
    for mutant in 0..MUTANTS {
        place.write(&format!("mutant-{mutant:03}.{ending}"), draw.mutant(good));
    }
    place.write(&format!("sound.{ending}"), good);
    let report = place.index_twice(None);
    let refused: Vec<String> = refused(&report).into_iter().map(|(path, _)| path).collect();
    let files = MUTANTS as u64 + 1;
    assert_eq!(number(&report, "/files/seen"), files);
    assert_eq!(number(&report, "/files/read") + refused.len() as u64, files);
    let read = read_of(place);
    assert_eq!(read[&format!("sound.{ending}")].0.len() as i64, ROWS);
    (refused, read)
}

#[test]
fn row_16_no_mutant_of_a_parquet_file_is_read_as_something_else() {
    let place = Place::new();
    let good = parquet();
    let (refused, read) = survived(&place, &good, "parquet");
    assert!(refused.len() > MUTANTS / 2, "{} refused", refused.len());
    let whole: Vec<String> = (0..ROWS).map(text).collect();
    let mut wrong = Vec::new();
    for mutant in 0..MUTANTS {
        let name = format!("mutant-{mutant:03}.parquet");
        if refused.contains(&name) {
            continue;
        }
        let (texts, quarantined) = read.get(&name).cloned().unwrap_or_default();
        let is_part = texts.iter().all(|text| whole.contains(text));
        if !is_part || texts.len() as u64 + quarantined != ROWS as u64 {
            let strange = texts.iter().find(|text| !whole.contains(text));
            wrong.push(format!(
                "{name}: {} rows, {quarantined} quarantined, {strange:?}",
                texts.len()
            ));
        }
    }
    println!(
        "{} of {MUTANTS} mutants of a Parquet file refused by name, the others read as the original",
        refused.len()
    );
    assert!(wrong.is_empty(), "read as something else:\n{}", wrong.join("\n"));
}

#[test]
fn row_17_no_mutant_of_an_arrow_file_ends_the_application() {
    let place = Place::new();
    let (refused, read) = survived(&place, &arrow(), "arrow");
    println!(
        "{} of {MUTANTS} mutants of an Arrow file refused by name",
        refused.len()
    );
    assert!(refused.len() > MUTANTS / 10, "{} refused", refused.len());
    for (path, (texts, quarantined)) in &read {
        assert_eq!(
            texts.len() as u64 + quarantined,
            ROWS as u64,
            "{path} lost rows unseen"
        );
    }
}

#[test]
fn row_17_offsets_that_go_back_beyond_or_through_a_letter_are_refused() {
    let place = Place::new();
    let texts: Vec<String> = (0..4).map(|n| format!("Grüße Nummer {n} aus Köln")).collect();
    let column: ArrayRef = Arc::new(StringArray::from(texts));
    let schema = Arc::new(Schema::new(vec![Field::new("text", DataType::Utf8, false)]));
    let batch = RecordBatch::try_new(schema, vec![column]).expect("a batch");
    let mut good = Vec::new();
    let mut writer = ::arrow::ipc::writer::FileWriter::try_new(&mut good, &batch.schema()).expect("a writer");
    writer.write(&batch).expect("written");
    writer.finish().expect("finished");
    drop(writer);
    let offsets: Vec<u8> = (0..5u32).flat_map(|n| (n * 26).to_le_bytes()).collect();
    let at = good
        .windows(offsets.len())
        .position(|window| window == offsets)
        .expect("the offsets are in the file");
    let mut bad = 0;
    // Beyond the buffer, before the one before, negative, and into the middle of the first ü.
    for wrong in [i32::MAX, 105, 1, -1, i32::MIN, 29] {
        let mut bytes = good.clone();
        bytes[at + 8..at + 12].copy_from_slice(&wrong.to_le_bytes());
        place.write(&format!("bad-{bad}.arrow"), bytes);
        bad += 1;
    }
    place.write("good.arrow", &good);
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 4);
    let refused = refused(&report);
    assert_eq!(refused.len(), bad, "{refused:?}");
    assert!(
        refused.iter().all(|(_, code)| code == "damaged_file"),
        "{refused:?}"
    );
}
