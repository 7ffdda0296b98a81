//! Reading the terms and the vectors of samples from the feature columns, a bounded number at a time.

use assay_model::{Fault, Task};
use polars::prelude::*;

use crate::Inputs;
use crate::columns::Samples;
use crate::frame::ColumnFile;

/// Rows read at a time.
const ROWS: usize = 1 << 16;
/// The same for vectors, which are up to a hundred times as long.
const VECTOR_ROWS: usize = 1 << 12;
/// Bytes of one packed term: its number, little-endian, and its count.
const PACKED: usize = 5;

/// Whether every segment was indexed with this column.
pub(super) fn are_kept(inputs: &Inputs, column: &str) -> Result<bool, Fault> {
    for segment in &inputs.segments {
        if !ColumnFile::new(segment, "samples.parquet")?.has(column)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Hands over the terms of each row that has any, rows ascending.
pub(crate) fn each_terms(
    inputs: &Inputs,
    samples: &Samples,
    task: &Task,
    each: &mut dyn FnMut(u32, &[(u32, u8)]),
) -> Result<(), Fault> {
    let mut terms = Vec::new();
    each_packed(inputs, samples, "terms", ROWS, task, &mut |row, packed| {
        terms.clear();
        terms.extend(packed.chunks_exact(PACKED).map(unpacked));
        each(row, &terms);
    })
}

/// Hands over the vector of each row that has one, rows ascending.
pub(super) fn each_vector(
    inputs: &Inputs,
    samples: &Samples,
    task: &Task,
    each: &mut dyn FnMut(u32, Vec<f32>),
) -> Result<(), Fault> {
    each_packed(
        inputs,
        samples,
        "embedding",
        VECTOR_ROWS,
        task,
        &mut |row, packed| {
            let numbers = packed.chunks_exact(4);
            each(
                row,
                numbers
                    .map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
                    .collect(),
            );
        },
    )
}

/// Hands over what a row's binary column holds, where it holds anything, `batch` rows in memory at a time.
fn each_packed(
    inputs: &Inputs,
    samples: &Samples,
    column: &str,
    batch: usize,
    task: &Task,
    each: &mut dyn FnMut(u32, &[u8]),
) -> Result<(), Fault> {
    for (segment, rows) in inputs
        .segments
        .iter()
        .zip(samples.segments(inputs.segments.len()))
    {
        let file = ColumnFile::new(segment, "samples.parquet")?;
        let mut rows = rows.peekable();
        let mut from = 0;
        while let Some(&next) = rows.peek() {
            task.check()?;
            // Rows of files outside the snapshot are passed over a whole batch at a time.
            from = from.max(samples.found_at[next].1 as usize / batch * batch);
            let frame = file.some(&[column], from..from + batch)?;
            let packed = file.column(&frame, column, Column::binary)?;
            while let Some(row) = rows.next_if(|&row| (samples.found_at[row].1 as usize) < from + batch) {
                let place = samples.found_at[row].1 as usize - from;
                if let Some(held) = packed.get(place).filter(|held| !held.is_empty()) {
                    each(row as u32, held);
                }
            }
            from += batch;
        }
    }
    Ok(())
}

fn unpacked(bytes: &[u8]) -> (u32, u8) {
    (
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
        bytes[4],
    )
}
