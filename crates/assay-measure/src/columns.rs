//! Which samples does the snapshot hold, and what is known of each?
//!
//! One column for each fact; a sample is a row number from 0. About 148 bytes a sample stay in memory.

use assay_model::{Digest, Fault, Origin, SourceClass, Task};
use polars::prelude::*;
use rustc_hash::FxHashMap;

use crate::frame::ColumnFile;
use crate::names::Names;
use crate::{Inputs, Relabelled, Segment};

const COLUMNS: [&str; 25] = [
    "sample",
    "file",
    "ordinal",
    "digest",
    "normalised",
    "normalised_empty",
    "origin",
    "source_class",
    "conflict",
    "tokens",
    "tokens_human",
    "tokens_mixed",
    "tokens_machine",
    "tokens_unknown",
    "bytes",
    "shingles",
    "declared_language",
    "language_mismatch",
    "domain",
    "language",
    "source",
    "license",
    "collected_at",
    "characters",
    "confidence",
];

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
        let frame = file.all(&COLUMNS)?;
        let files = numbers_u32(&file, &frame, "file")?;
        let mut member: Vec<u32> = segment.files.clone();
        member.sort_unstable();
        let rows: Vec<usize> = (0..files.len())
            .filter(|&row| member.binary_search(&files[row]).is_ok())
            .collect();

        let ordinals = numbers_u32(&file, &frame, "ordinal")?;
        self.place.extend(rows.iter().map(|&row| {
            places.get(&files[row]).copied().unwrap_or(UNORDERED) << 32 | u64::from(ordinals[row])
        }));
        self.found_at.extend(rows.iter().map(|&row| (number, row as u32)));
        let ids: Vec<u64> = file.column(&frame, "sample", |column| {
            Ok(column.u64()?.iter().map(Option::unwrap_or_default).collect())
        })?;
        self.sample.extend(rows.iter().map(|&row| ids[row]));
        self.read_identity(&file, &frame, &rows)?;
        self.read_numbers(&file, &frame, &rows)?;
        self.read_names(&file, &frame, &rows)
    }

    fn read_identity(&mut self, file: &ColumnFile, frame: &DataFrame, rows: &[usize]) -> Result<(), Fault> {
        let digests = file.column(frame, "digest", Column::binary)?;
        let normalised = file.column(frame, "normalised", Column::binary)?;
        for &row in rows {
            self.digest.push(Digest(fixed(digests.get(row))?));
            self.normalised.push(fixed(normalised.get(row))?);
        }
        extend_flags(&mut self.normalised_empty, file, frame, "normalised_empty", rows)?;
        extend_flags(&mut self.conflict, file, frame, "conflict", rows)?;
        extend_flags(
            &mut self.language_mismatch,
            file,
            frame,
            "language_mismatch",
            rows,
        )?;
        let origins = file.column(frame, "origin", Column::u8)?;
        let classes = file.column(frame, "source_class", Column::u8)?;
        for &row in rows {
            let origin = origins
                .get(row)
                .and_then(|index| Origin::ALL.get(usize::from(index)));
            let class = classes
                .get(row)
                .and_then(|index| SourceClass::ALL.get(usize::from(index)));
            self.origin.push(origin.copied().unwrap_or_default());
            self.source_class.push(class.copied().unwrap_or_default());
        }
        Ok(())
    }

    fn read_numbers(&mut self, file: &ColumnFile, frame: &DataFrame, rows: &[usize]) -> Result<(), Fault> {
        let columns = [
            (&mut self.tokens, "tokens"),
            (&mut self.bytes, "bytes"),
            (&mut self.characters, "characters"),
            (&mut self.shingles, "shingles"),
        ];
        for (column, name) in columns {
            let numbers = numbers_u32(file, frame, name)?;
            column.extend(rows.iter().map(|&row| numbers[row]));
        }
        let confidence = file.column(frame, "confidence", Column::f32)?;
        self.confidence
            .extend(rows.iter().map(|&row| confidence.get(row).unwrap_or_default()));
        let first = self.tokens_by_origin.len();
        self.tokens_by_origin.resize(first + rows.len(), [0; 4]);
        for (place, origin) in Origin::ALL.into_iter().enumerate() {
            let numbers = numbers_u32(file, frame, &format!("tokens_{}", origin.as_str()))?;
            for (tokens, &row) in self.tokens_by_origin[first..].iter_mut().zip(rows) {
                tokens[place] = numbers[row];
            }
        }
        Ok(())
    }

    fn read_names(&mut self, file: &ColumnFile, frame: &DataFrame, rows: &[usize]) -> Result<(), Fault> {
        let columns = [
            (&mut self.declared, "declared_language"),
            (&mut self.domain, "domain"),
            (&mut self.language, "language"),
            (&mut self.source, "source"),
            (&mut self.collected, "collected_at"),
            (&mut self.licence, "license"),
        ];
        for (column, name) in columns {
            let texts = file.column(frame, name, Column::str)?;
            column.extend(
                rows.iter()
                    .map(|&row| self.names.number(texts.get(row).unwrap_or(""))),
            );
        }
        Ok(())
    }
}

fn numbers_u32(file: &ColumnFile, frame: &DataFrame, name: &str) -> Result<Vec<u32>, Fault> {
    file.column(frame, name, |column| {
        Ok(column.u32()?.iter().map(Option::unwrap_or_default).collect())
    })
}

fn extend_flags(
    to: &mut Vec<bool>,
    file: &ColumnFile,
    frame: &DataFrame,
    name: &str,
    rows: &[usize],
) -> Result<(), Fault> {
    let flags = file.column(frame, name, Column::bool)?;
    to.extend(rows.iter().map(|&row| flags.get(row).unwrap_or(false)));
    Ok(())
}

fn fixed<const N: usize>(bytes: Option<&[u8]>) -> Result<[u8; N], Fault> {
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Fault::internal("reading feature columns", "a digest has the wrong length"))
}
