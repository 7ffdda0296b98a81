//! Which paragraphs and spans of three sentences recur in distinct samples?
//!
//! Passages are sorted by hash, one range of the hash space after the other, so that memory stays bounded however
//! many there are.

use assay_model::report::{Passages, Recurring};
use assay_model::{Fault, Progress, Stage, Task};
use polars::prelude::*;

use crate::columns::Samples;
use crate::composition::rate;
use crate::frame::ColumnFile;
use crate::spans::{Span, covered};
use crate::{Inputs, Passage, Sink, Unit};

/// Places named for one passage at most.
const PLACES: usize = 100;

/// One passage in one sample.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence {
    hash: u64,
    place: u64,
    row: u32,
    position: u32,
    start: u32,
    tokens: u32,
}

/// Counts recurring passages and hands the most frequent ones to `sink`.
pub(crate) fn find(
    inputs: &Inputs,
    samples: &Samples,
    sink: &mut dyn Sink,
    task: &Task,
) -> Result<Passages, Fault> {
    let files: Vec<ColumnFile> = inputs
        .segments
        .iter()
        .map(|segment| ColumnFile::new(segment, "passages.parquet"))
        .collect::<Result<_, Fault>>()?;
    let search = Search {
        files: &files,
        rows: samples.segments(files.len()),
        samples,
        most: inputs.settings.passages_listed,
        rows_together: inputs.settings.passages_together.max(1),
        task,
    };
    Ok(Passages {
        paragraph: search.unit(Unit::Paragraph, sink)?,
        sentence: search.unit(Unit::Sentence, sink)?,
    })
}

struct Search<'a> {
    files: &'a [ColumnFile],
    rows: Vec<std::ops::Range<usize>>,
    samples: &'a Samples,
    most: usize,
    rows_together: u64,
    task: &'a Task,
}

impl Search<'_> {
    fn unit(&self, unit: Unit, sink: &mut dyn Sink) -> Result<Recurring, Fault> {
        let ranges = self
            .count()?
            .div_ceil(self.rows_together)
            .next_power_of_two()
            .min(1 << 16);
        let mut recurring = 0;
        let mut spans = Vec::new();
        let mut frequent = Frequent {
            most: self.most,
            passages: Vec::new(),
        };
        for range in 0..ranges {
            self.task.check()?;
            let done = (unit as u64 * ranges + range) as f64 / (2 * ranges) as f64;
            self.task.report(&Progress {
                stage: Stage::Passages,
                fraction: done,
                ..Progress::default()
            });
            let mut occurrences = self.occurrences(unit, range, ranges)?;
            occurrences.sort_unstable();
            for equal in occurrences.chunk_by(|a, b| a.hash == b.hash) {
                if equal[0].row == equal[equal.len() - 1].row {
                    continue;
                }
                recurring += 1;
                let span = |found: &Occurrence| Span {
                    row: found.row,
                    start: found.start,
                    end: found.start + found.tokens,
                };
                spans.extend(equal.iter().map(span));
                frequent.add(unit, equal, self.samples);
            }
        }
        for passage in frequent.into_passages() {
            sink.passage(passage)?;
        }
        Ok(Recurring {
            recurring,
            token_share: rate(covered(spans), self.samples.total_tokens()),
        })
    }

    fn count(&self) -> Result<u64, Fault> {
        self.files.iter().map(ColumnFile::rows).sum()
    }

    /// The passages of one unit in one of `ranges` equal ranges of the hash space.
    fn occurrences(&self, unit: Unit, range: u64, ranges: u64) -> Result<Vec<Occurrence>, Fault> {
        let mut occurrences = Vec::new();
        for (file, rows) in self.files.iter().zip(&self.rows) {
            let mut wanted = col("unit").eq(lit(unit as u8));
            if ranges > 1 {
                let width = u64::MAX / ranges + 1;
                let last = (range * width).saturating_add(width - 1);
                wanted = wanted
                    .and(col("hash").gt_eq(lit(Scalar::from(range * width))))
                    .and(col("hash").lt_eq(lit(Scalar::from(last))));
            }
            let columns = ["sample", "position", "start_token", "tokens", "hash", "unit"];
            let frame = file.of_members(&columns, |rows| rows.filter(wanted.clone()))?;
            let samples = file.column(&frame, "sample", Column::u64)?;
            let hashes = file.column(&frame, "hash", Column::u64)?;
            let positions = file.column(&frame, "position", Column::u32)?;
            let starts = file.column(&frame, "start_token", Column::u32)?;
            let tokens = file.column(&frame, "tokens", Column::u32)?;
            let numbers = positions.iter().zip(starts.iter()).zip(tokens.iter());
            for ((sample, hash), ((position, start), tokens)) in
                samples.iter().zip(hashes.iter()).zip(numbers)
            {
                let (Some(sample), Some(hash), Some(position), Some(start), Some(tokens)) =
                    (sample, hash, position, start, tokens)
                else {
                    continue;
                };
                let Some(row) = self.samples.row_of(rows, sample) else {
                    continue;
                };
                let place = self.samples.place[row];
                occurrences.push(Occurrence {
                    hash,
                    place,
                    row: row as u32,
                    position,
                    start,
                    tokens,
                });
            }
        }
        Ok(occurrences)
    }
}

/// The most frequent passages so far.
struct Frequent {
    most: usize,
    /// With the hash, which breaks ties.
    passages: Vec<(u64, Passage)>,
}

impl Frequent {
    fn add(&mut self, unit: Unit, equal: &[Occurrence], samples: &Samples) {
        let by_sample = || equal.chunk_by(|a, b| a.row == b.row).map(|same| same[0]);
        let passage = Passage {
            unit,
            tokens: equal[0].tokens,
            samples: by_sample().count() as u64,
            found_in: by_sample()
                .take(PLACES)
                .map(|found| (samples.sample[found.row as usize], found.position))
                .collect(),
        };
        self.passages.push((equal[0].hash, passage));
        if self.passages.len() >= 8 * self.most.max(1) {
            self.shorten();
        }
    }

    fn shorten(&mut self) {
        let key = |(hash, passage): &(u64, Passage)| {
            (
                std::cmp::Reverse(passage.samples),
                std::cmp::Reverse(passage.tokens),
                *hash,
            )
        };
        self.passages.sort_unstable_by_key(key);
        self.passages.truncate(self.most);
    }

    fn into_passages(mut self) -> impl Iterator<Item = Passage> {
        self.shorten();
        self.passages.into_iter().map(|(_, passage)| passage)
    }
}
