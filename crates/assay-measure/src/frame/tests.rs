use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Float32Array, Float64Array, RecordBatch, StringArray, UInt8Array,
    UInt32Array, UInt64Array,
};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

use super::*;

/// Writes columns into `x.parquet`, `group` rows to a row group, and opens the file for the members 1 and 3.
fn file_of(columns: Vec<(&str, ArrayRef)>, group: usize) -> (tempfile::TempDir, ColumnFile) {
    let folder = tempfile::tempdir().unwrap();
    let columns = columns.into_iter().map(|(name, array)| (name, array, true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(group))
        .build();
    let file = File::create(folder.path().join("x.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let segment = Segment {
        folder: folder.path().to_owned(),
        files: vec![1, 3],
    };
    let file = ColumnFile::new(&segment, "x.parquet").unwrap();
    (folder, file)
}

/// Ten rows, three to a row group: row n is of file n.
fn ten() -> (tempfile::TempDir, ColumnFile) {
    let files: ArrayRef = Arc::new(UInt32Array::from_iter_values(0..10));
    let ids: ArrayRef = Arc::new(UInt64Array::from_iter_values(100..110));
    file_of(vec![("file", files), ("sample", ids)], 3)
}

fn ids(frame: &DataFrame) -> Vec<u64> {
    frame
        .column("sample")
        .unwrap()
        .u64()
        .unwrap()
        .iter()
        .flatten()
        .collect()
}

#[test]
fn every_type_that_is_written_is_read_with_what_is_missing() {
    let (_folder, file) = file_of(
        vec![
            ("u8", Arc::new(UInt8Array::from(vec![Some(1), None]))),
            ("u32", Arc::new(UInt32Array::from(vec![7, 8]))),
            ("u64", Arc::new(UInt64Array::from(vec![None, Some(u64::MAX)]))),
            ("f32", Arc::new(Float32Array::from(vec![0.5, -1.0]))),
            ("f64", Arc::new(Float64Array::from(vec![Some(0.25), None]))),
            ("flag", Arc::new(BooleanArray::from(vec![Some(true), None]))),
            ("text", Arc::new(StringArray::from(vec![Some("wörd"), None]))),
            (
                "bytes",
                Arc::new(BinaryArray::from_opt_vec(vec![None, Some(b"\xff\x00")])),
            ),
        ],
        100,
    );
    let frame = file
        .all(&["bytes", "text", "flag", "f64", "f32", "u64", "u32", "u8"])
        .unwrap();
    assert_eq!(
        frame.get_column_names()[0].as_str(),
        "bytes",
        "in the order asked for"
    );
    let row = |at| {
        frame
            .get(at)
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(row(0)[1..], ["\"wörd\"", "true", "0.25", "0.5", "null", "7", "1"]);
    assert_eq!(
        row(1)[1..],
        [
            "null",
            "null",
            "null",
            "-1.0",
            "18446744073709551615",
            "8",
            "null"
        ]
    );
    let bytes = frame.column("bytes").unwrap().binary().unwrap();
    assert_eq!((bytes.get(0), bytes.get(1)), (None, Some(b"\xff\x00".as_slice())));
}

#[test]
fn rows_come_in_the_order_written_over_all_row_groups() {
    let (_folder, file) = ten();
    assert_eq!(file.rows().unwrap(), 10);
    let frame = file.all(&["sample"]).unwrap();
    assert_eq!(ids(&frame), (100..110).collect::<Vec<_>>());
    assert_eq!(frame.first_col_n_chunks(), 1, "rows are looked up by number");
    assert_eq!(
        ids(&file.some(&["sample"], 2..7).unwrap()),
        [102, 103, 104, 105, 106]
    );
    assert_eq!(ids(&file.some(&["sample"], 8..20).unwrap()), [108, 109]);
    assert_eq!(file.some(&["sample"], 10..20).unwrap().height(), 0);
}

#[test]
fn members_are_asked_and_others_are_not() {
    let (_folder, file) = ten();
    assert_eq!(
        ids(&file.of_members(&["sample"], |rows| rows).unwrap()),
        [101, 103]
    );
    let later = |rows: LazyFrame| rows.filter(col("sample").gt(lit(101_u64)));
    assert_eq!(ids(&file.of_members(&["sample"], later).unwrap()), [103]);
}

#[test]
fn a_file_without_rows_has_its_columns() {
    let nothing: ArrayRef = Arc::new(UInt64Array::from(Vec::<u64>::new()));
    let (_folder, file) = file_of(vec![("sample", nothing)], 3);
    assert_eq!(ids(&file.all(&["sample"]).unwrap()), [0; 0]);
    assert!(file.has("sample").unwrap() && !file.has("embedding").unwrap());
}

#[test]
fn a_missing_column_and_a_damaged_file_are_told_with_the_path() {
    let (folder, file) = ten();
    let fault = file.all(&["embedding"]).unwrap_err();
    assert!(
        fault.message.contains("no column `embedding`"),
        "{}",
        fault.message
    );
    let path = folder.path().join("x.parquet");
    std::fs::write(&path, b"PAR1 and nothing more").unwrap();
    let fault = file.all(&["sample"]).unwrap_err();
    assert_eq!(fault.code, Code::WorkspaceDamaged);
    assert_eq!(fault.path, Some(path.display().to_string()));
}
