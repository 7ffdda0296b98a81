//! Writes records as each of the formats of the sample dataset.

use std::error::Error;
use std::io::Write;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::ipc::writer::FileWriter;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::Value;

use super::record::{FIELDS, Record};

type Outcome = Result<Vec<u8>, Box<dyn Error>>;

/// The bytes of a file, in the format that its name says.
pub fn encode(path: &str, records: &[&Record]) -> Outcome {
    let (_, extension) = path
        .split_once('.')
        .ok_or_else(|| format!("{path} has no extension"))?;
    match extension {
        "jsonl" => Ok(json_lines(records)),
        "jsonl.gz" => gzip(&json_lines(records)),
        "jsonl.zst" => Ok(zstd::encode_all(json_lines(records).as_slice(), 12)?),
        "json" => Ok(serde_json::to_vec_pretty(&Value::Array(
            records.iter().map(|r| r.object()).collect(),
        ))?),
        "csv" if path.ends_with("desk-queries.csv") => Ok(table(records, ';')),
        "csv" => Ok(table(records, ',')),
        "tsv" => Ok(table(records, '\t')),
        "parquet" => parquet(&batch(records)?),
        "arrow" => arrow_file(&batch(records)?),
        _ => Err(format!("no format is known for {path}").into()),
    }
}

fn json_lines(records: &[&Record]) -> Vec<u8> {
    let mut lines = Vec::new();
    for record in records {
        lines.extend(record.object().to_string().into_bytes());
        lines.push(b'\n');
    }
    lines
}

pub fn gzip(bytes: &[u8]) -> Outcome {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(9));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn table(records: &[&Record], separator: char) -> Vec<u8> {
    let used: Vec<&str> = FIELDS
        .into_iter()
        .filter(|name| records.iter().any(|r| r.field(name).is_some()))
        .collect();
    let mut rows = vec![used.join(&separator.to_string())];
    for record in records {
        let cells: Vec<String> = used
            .iter()
            .map(|name| cell(record.field(name).unwrap_or_default(), separator))
            .collect();
        rows.push(cells.join(&separator.to_string()));
    }
    (rows.join("\n") + "\n").into_bytes()
}

/// Quotes a cell where it must be quoted.
pub fn cell(text: &str, separator: char) -> String {
    if text.contains([separator, '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn batch(records: &[&Record]) -> Result<RecordBatch, Box<dyn Error>> {
    let used: Vec<&str> = FIELDS
        .into_iter()
        .filter(|name| records.iter().any(|r| r.field(name).is_some()))
        .collect();
    let fields: Vec<Field> = used
        .iter()
        .map(|name| Field::new(*name, DataType::Utf8, true))
        .collect();
    let columns: Vec<ArrayRef> = used
        .iter()
        .map(|name| Arc::new(records.iter().map(|r| r.field(name)).collect::<StringArray>()) as ArrayRef)
        .collect();
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
}

fn parquet(batch: &RecordBatch) -> Outcome {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(9)?))
        .set_max_row_group_row_count(Some(100))
        .set_created_by("assay sample".to_owned())
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties))?;
    writer.write(batch)?;
    writer.close()?;
    Ok(bytes)
}

fn arrow_file(batch: &RecordBatch) -> Outcome {
    let mut bytes = Vec::new();
    let mut writer = FileWriter::try_new(&mut bytes, &batch.schema())?;
    writer.write(batch)?;
    writer.finish()?;
    drop(writer);
    Ok(bytes)
}
