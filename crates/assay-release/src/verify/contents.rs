//! Do the rows of the shards come to what the manifest says?

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use arrow::array::{Array, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::Int64Type;
use assay_model::Origin;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::Deserialize;

use crate::{FileEntry, Manifest, OriginCounts, ShardFormat};

#[derive(Default)]
struct Sums {
    rows: u64,
    samples: u64,
    tokens: u64,
    origins: OriginCounts,
}

impl Sums {
    /// Counts a row; a sample counts with its first.
    fn count(&mut self, tokens: u64, origin: Origin, copy: u64) -> Result<(), String> {
        self.rows += 1;
        if copy == 1 {
            self.samples += 1;
            self.tokens = super::sum([self.tokens, tokens])?;
            *self.origins.of(origin) += 1;
        }
        Ok(())
    }
}

pub(super) fn checked(folder: &Path, manifest: &Manifest) -> Result<(), String> {
    let mut all = Sums::default();
    for file in &manifest.files {
        let Some(rows) = file.rows else { continue };
        let mut own = Sums::default();
        count(folder, file, manifest.shards, &mut own).map_err(|why| format!("{}: {why}", file.path))?;
        if own.rows != rows {
            return Err(format!(
                "{}: it holds {} rows and not {rows}",
                file.path, own.rows
            ));
        }
        if file.role == "train" {
            all.rows += own.rows;
            all.samples += own.samples;
            all.tokens = super::sum([all.tokens, own.tokens])?;
            all.origins.add(own.origins);
        }
    }
    let said = (manifest.rows, manifest.samples, manifest.tokens, manifest.origins);
    if (all.rows, all.samples, all.tokens, all.origins) != said {
        return Err("release.json: the rows of the shards do not come to its counts".to_owned());
    }
    Ok(())
}

fn count(folder: &Path, entry: &FileEntry, format: ShardFormat, sums: &mut Sums) -> Result<(), String> {
    let file = File::open(folder.join(&entry.path)).map_err(|error| error.to_string())?;
    match format {
        ShardFormat::Jsonl => count_lines(file, sums),
        ShardFormat::Parquet => count_columns(file, sums),
    }
}

/// What of a row is counted.
#[derive(Deserialize)]
struct Counted {
    tokens: u64,
    origin: Origin,
    lineage: CountedLineage,
}

#[derive(Deserialize)]
struct CountedLineage {
    copy: u64,
}

fn count_lines(file: File, sums: &mut Sums) -> Result<(), String> {
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|error| error.to_string())?;
        let row: Counted = serde_json::from_str(&line).map_err(|error| format!("a row is none: {error}"))?;
        sums.count(row.tokens, row.origin, row.lineage.copy)?;
    }
    Ok(())
}

fn count_columns(file: File, sums: &mut Sums) -> Result<(), String> {
    let told = |error: &dyn std::fmt::Display| format!("it cannot be read: {error}");
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| told(&error))?;
    let columns = ["tokens", "origin", "lineage.copy"];
    let mask = ProjectionMask::columns(builder.parquet_schema(), columns);
    let reader = builder
        .with_projection(mask)
        .build()
        .map_err(|error| told(&error))?;
    for batch in reader {
        count_batch(&batch.map_err(|error| told(&error))?, sums)?;
    }
    Ok(())
}

fn count_batch(batch: &RecordBatch, sums: &mut Sums) -> Result<(), String> {
    let (tokens, origins, copies) = counted_columns(batch).ok_or("a column is missing")?;
    for row in 0..batch.num_rows() {
        let is_whole = !tokens.is_null(row) && !origins.is_null(row) && !copies.is_null(row);
        let origin = is_whole.then(|| Origin::parse(origins.value(row))).flatten();
        let origin = origin.ok_or("a row has no origin")?;
        sums.count(tokens.value(row) as u64, origin, copies.value(row) as u64)?;
    }
    Ok(())
}

fn counted_columns(batch: &RecordBatch) -> Option<(&Int64Array, &StringArray, &Int64Array)> {
    let lineage = batch.column_by_name("lineage")?.as_struct_opt()?;
    Some((
        batch.column_by_name("tokens")?.as_primitive_opt::<Int64Type>()?,
        batch.column_by_name("origin")?.as_string_opt::<i32>()?,
        lineage.column_by_name("copy")?.as_primitive_opt::<Int64Type>()?,
    ))
}
