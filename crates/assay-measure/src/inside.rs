//! How much of single samples repeats itself?
//!
//! Indexing stored the fractions of each sample that has any (Gopher, Rae et al. 2021, table A1); here they are
//! counted and averaged. Deliberately absent: what two samples share.

use assay_model::report::{InsideRepetition, RepetitiveSample};
use assay_model::{Digest, Fault, Task};
use assay_sketch::Repetition;
use polars::prelude::*;

use crate::Inputs;
use crate::columns::Samples;
use crate::composition::rate;
use crate::frame::ColumnFile;

const COLUMNS_FILE: &str = "repetition.parquet";
/// Samples named for each measure.
const WORST: usize = 5;
const MILLIONTHS: f64 = 1e6;

/// Every measure over all samples; none where some of them were indexed before it was taken.
pub(crate) fn measure(
    inputs: &Inputs,
    samples: &Samples,
    task: &Task,
) -> Result<Vec<InsideRepetition>, Fault> {
    let measured = |segment: &crate::Segment| segment.folder.join(COLUMNS_FILE).is_file();
    if samples.len() == 0 || !inputs.segments.iter().all(measured) {
        return Ok(Vec::new());
    }
    let mut tallies: Vec<Tally> = Repetition::MEASURES
        .iter()
        .map(|&(_, limit)| Tally::new(limit))
        .collect();
    let segments = samples.segments(inputs.segments.len());
    for (segment, rows) in inputs.segments.iter().zip(segments) {
        task.check()?;
        let file = ColumnFile::new(segment, COLUMNS_FILE)?;
        let columns: Vec<&str> = Repetition::MEASURES
            .iter()
            .map(|&(name, _)| name)
            .chain(["sample"])
            .collect();
        let frame = file.of_members(&columns, |rows| rows)?;
        let ids: Vec<u64> = file.column(&frame, "sample", |column| {
            Ok(column.u64()?.iter().map(Option::unwrap_or_default).collect())
        })?;
        for (&(name, _), tally) in Repetition::MEASURES.iter().zip(&mut tallies) {
            let values = file.column(&frame, name, Column::f64)?;
            for (&id, value) in ids.iter().zip(values.iter()) {
                if let (Some(row), Some(value)) = (samples.row_of(&rows, id), value) {
                    tally.add(samples.digest[row], value);
                }
            }
        }
    }
    let all = samples.len() as u64;
    Ok(Repetition::MEASURES
        .iter()
        .zip(tallies)
        .map(|(&(name, _), tally)| tally.finish(name, all))
        .collect())
}

/// One measure as it is counted.
struct Tally {
    limit: f64,
    above: u64,
    /// In millionths, to which the fractions are rounded: a sum that depends on no order.
    sum: u128,
    /// Greatest first, equal values by digest.
    worst: Vec<(f64, Digest)>,
}

impl Tally {
    fn new(limit: f64) -> Self {
        Self {
            limit,
            above: 0,
            sum: 0,
            worst: Vec::with_capacity(WORST + 1),
        }
    }

    fn add(&mut self, digest: Digest, value: f64) {
        if value <= 0.0 {
            return;
        }
        self.above += u64::from(value > self.limit);
        self.sum += (value * MILLIONTHS).round() as u128;
        let place = self
            .worst
            .partition_point(|&(greater, other)| greater > value || greater == value && other < digest);
        if place < WORST {
            self.worst.insert(place, (value, digest));
            self.worst.truncate(WORST);
        }
    }

    fn finish(self, name: &str, all: u64) -> InsideRepetition {
        let worst = self.worst.into_iter().map(|(value, digest)| RepetitiveSample {
            digest: digest.to_string(),
            value,
        });
        InsideRepetition {
            measure: name.to_owned(),
            limit: self.limit,
            above: self.above,
            share: rate(self.above, all),
            mean: self.sum as f64 / MILLIONTHS / all as f64,
            worst: worst.collect(),
        }
    }
}
