//! Which samples does the snapshot hold, and what is known of each?
//!
//! One column for each fact; a sample is a row number from 0. About 148 bytes a sample stay in memory. Columns are read
//! one at a time, so that reading them takes little more.

use assay_model::{Digest, Fault, Origin, SourceClass, Task};
use polars::prelude::*;
use rustc_hash::FxHashMap;

use crate::frame::ColumnFile;
use crate::names::Names;
use crate::{Inputs, Relabelled, Segment};

/// Files that the caller did not put in order come after those it did.
const UNORDERED: u64 = u32::MAX as u64;

/// The samples of a snapshot, segment after segment.
#[derive(Default)]
pub(crate) struct Samples {
    pub sample: Vec<u64>,
    /// The file's place and the record's ordinal in it: the order that breaks ties.
    pub place: Vec<u64>,
    pub digest: Vec<Digest>,
    pub normalised: Vec<[u8; 16]>,
    pub normalised_empty: Vec<bool>,
    pub origin: Vec<Origin>,
    pub source_class: Vec<SourceClass>,
    pub conflict: Vec<bool>,
    pub confidence: Vec<f32>,
    pub tokens: Vec<u32>,
    /// In the order of `Origin::ALL`.
    pub tokens_by_origin: Vec<[u32; 4]>,
    pub bytes: Vec<u32>,
    pub characters: Vec<u32>,
    pub shingles: Vec<u32>,
    /// Numbers in `names`; 0 where there is none.
    pub declared: Vec<u32>,
    pub domain: Vec<u32>,
    pub language: Vec<u32>,
    pub source: Vec<u32>,
    pub collected: Vec<u32>,
    pub licence: Vec<u32>,
    pub language_mismatch: Vec<bool>,
    /// Segment, and row in the segment's files.
    pub found_at: Vec<(u32, u32)>,
    pub names: Names,
}

impl Samples {
    pub fn read(inputs: &Inputs, task: &Task) -> Result<Self, Fault> {
        let places: FxHashMap<u32, u64> = inputs.file_order.iter().copied().zip(0..).collect();
        let mut samples = Self::default();
        for (number, segment) in inputs.segments.iter().enumerate() {
            task.check()?;
            let first = samples.len();
            samples.read_segment(number as u32, segment, &places)?;
            samples.relabel(first..samples.len(), &inputs.relabelled);
        }
        Ok(samples)
    }

    pub fn len(&self) -> usize {
        self.sample.len()
    }

    pub fn total_tokens(&self) -> u64 {
        self.tokens.iter().map(|&tokens| u64::from(tokens)).sum()
    }

    /// The row of a sample id within one segment's rows.
    pub fn row_of(&self, rows: &std::ops::Range<usize>, sample: u64) -> Option<usize> {
        self.sample[rows.clone()]
            .binary_search(&sample)
            .ok()
            .map(|row| rows.start + row)
    }

    /// The rows of each segment.
    pub fn segments(&self, segments: usize) -> Vec<std::ops::Range<usize>> {
        (0..segments as u32)
            .map(|segment| {
                let start = self.found_at.partition_point(|at| at.0 < segment);
                start..self.found_at.partition_point(|at| at.0 <= segment)
            })
            .collect()
    }

    /// Puts what evidence says now in the place of what the columns say.
    fn relabel(&mut self, rows: std::ops::Range<usize>, relabelled: &[Relabelled]) {
        for each in relabelled {
            let Some(row) = self.row_of(&rows, each.sample) else {
                continue;
            };
            self.origin[row] = each.origin;
            self.source_class[row] = each.source_class;
            self.conflict[row] = each.conflict;
            self.tokens_by_origin[row] = each.tokens_by_origin();
        }
    }

    fn read_segment(
        &mut self,
        number: u32,
        segment: &Segment,
        places: &FxHashMap<u32, u64>,
    ) -> Result<(), Fault> {
        let file = ColumnFile::new(segment, "samples.parquet")?;
        let files = numbers_u32(&file, "file")?;
        let mut member: Vec<u32> = segment.files.clone();
        member.sort_unstable();
        let rows: Vec<usize> = (0..files.len())
            .filter(|&row| member.binary_search(&files[row]).is_ok())
            .collect();

        let ordinals = numbers_u32(&file, "ordinal")?;
        self.place.extend(rows.iter().map(|&row| {
            places.get(&files[row]).copied().unwrap_or(UNORDERED) << 32 | u64::from(ordinals[row])
        }));
        self.found_at.extend(rows.iter().map(|&row| (number, row as u32)));
        file.with("sample", Column::u64, |ids| {
            self.sample
                .extend(rows.iter().map(|&row| ids.get(row).unwrap_or_default()));
            Ok(())
        })?;
        self.read_identity(&file, &rows)?;
        self.read_numbers(&file, &rows)?;
        self.read_names(&file, &rows)
    }

    fn read_identity(&mut self, file: &ColumnFile, rows: &[usize]) -> Result<(), Fault> {
        self.digest.reserve_exact(rows.len());
        self.normalised.reserve_exact(rows.len());
        file.with("digest", Column::binary, |digests| {
            rows.iter()
                .try_for_each(|&row| fixed(digests.get(row)).map(|digest| self.digest.push(Digest(digest))))
        })?;
        file.with("normalised", Column::binary, |normalised| {
            rows.iter()
                .try_for_each(|&row| fixed(normalised.get(row)).map(|hash| self.normalised.push(hash)))
        })?;
        extend_flags(&mut self.normalised_empty, file, "normalised_empty", rows)?;
        extend_flags(&mut self.conflict, file, "conflict", rows)?;
        extend_flags(&mut self.language_mismatch, file, "language_mismatch", rows)?;
        file.with("origin", Column::u8, |origins| {
            self.origin
                .extend(rows.iter().map(|&row| of_index(&Origin::ALL, origins.get(row))));
            Ok(())
        })?;
        file.with("source_class", Column::u8, |classes| {
            self.source_class.extend(
                rows.iter()
                    .map(|&row| of_index(&SourceClass::ALL, classes.get(row))),
            );
            Ok(())
        })
    }

    fn read_numbers(&mut self, file: &ColumnFile, rows: &[usize]) -> Result<(), Fault> {
        let columns = [
            (&mut self.tokens, "tokens"),
            (&mut self.bytes, "bytes"),
            (&mut self.characters, "characters"),
            (&mut self.shingles, "shingles"),
        ];
        for (column, name) in columns {
            let numbers = numbers_u32(file, name)?;
            column.extend(rows.iter().map(|&row| numbers[row]));
        }
        file.with("confidence", Column::f32, |confidence| {
            self.confidence
                .extend(rows.iter().map(|&row| confidence.get(row).unwrap_or_default()));
            Ok(())
        })?;
        let first = self.tokens_by_origin.len();
        self.tokens_by_origin.resize(first + rows.len(), [0; 4]);
        for (place, origin) in Origin::ALL.into_iter().enumerate() {
            let numbers = numbers_u32(file, &format!("tokens_{}", origin.as_str()))?;
            for (tokens, &row) in self.tokens_by_origin[first..].iter_mut().zip(rows) {
                tokens[place] = numbers[row];
            }
        }
        Ok(())
    }

    fn read_names(&mut self, file: &ColumnFile, rows: &[usize]) -> Result<(), Fault> {
        let columns = [
            (&mut self.declared, "declared_language"),
            (&mut self.domain, "domain"),
            (&mut self.language, "language"),
            (&mut self.source, "source"),
            (&mut self.collected, "collected_at"),
            (&mut self.licence, "license"),
        ];
        for (column, name) in columns {
            let names = &mut self.names;
            file.with(name, Column::str, |texts| {
                column.extend(rows.iter().map(|&row| names.number(texts.get(row).unwrap_or(""))));
                Ok(())
            })?;
        }
        Ok(())
    }
}

fn numbers_u32(file: &ColumnFile, name: &str) -> Result<Vec<u32>, Fault> {
    file.with(name, Column::u32, |numbers| {
        Ok(numbers.iter().map(Option::unwrap_or_default).collect())
    })
}

fn extend_flags(to: &mut Vec<bool>, file: &ColumnFile, name: &str, rows: &[usize]) -> Result<(), Fault> {
    file.with(name, Column::bool, |flags| {
        to.extend(rows.iter().map(|&row| flags.get(row).unwrap_or(false)));
        Ok(())
    })
}

fn of_index<T: Copy + Default>(all: &[T], index: Option<u8>) -> T {
    index
        .and_then(|index| all.get(usize::from(index)))
        .copied()
        .unwrap_or_default()
}

fn fixed<const N: usize>(bytes: Option<&[u8]>) -> Result<[u8; N], Fault> {
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Fault::internal("reading feature columns", "a digest has the wrong length"))
}
