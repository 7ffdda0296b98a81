//! The figures of style of a snapshot's parts: what is known of each part stays in memory, its figures pass by.

use assay_model::{Fault, Origin, Task};
use assay_sketch::STYLE_FIGURES;
use polars::prelude::*;
use rustc_hash::FxHashMap;

use crate::Inputs;
use crate::columns::Samples;
use crate::frame::ColumnFile;
use crate::names::Names;

pub(crate) const WIDTH: usize = STYLE_FIGURES.len();
/// Rows of figures held at a time: as many as are written together.
const TOGETHER: usize = 64 * 1024;

/// One row for each part with words enough; a part is a number from 0. About 30 bytes a part.
#[derive(Default)]
pub(crate) struct StyleRows {
    /// The part's row among the samples.
    pub row: Vec<u32>,
    pub part: Vec<u32>,
    /// As it was indexed; the sample's own origin is newer.
    pub origin: Vec<Origin>,
    /// Types over words in 50, by which sources are compared.
    pub variety: Vec<f32>,
    roles: Vec<u32>,
    languages: Vec<u32>,
    names: Names,
    /// The part's row in its file.
    found_at: Vec<u32>,
    /// Parts of each segment.
    segments: Vec<std::ops::Range<usize>>,
    /// Rows of samples in segments that hold no figures of style.
    pub without: Vec<u32>,
}

impl StyleRows {
    pub fn read(inputs: &Inputs, samples: &Samples) -> Result<Self, Fault> {
        let mut rows = Self::default();
        let members = samples.segments(inputs.segments.len());
        for (segment, members) in inputs.segments.iter().zip(members) {
            let first = rows.row.len();
            if segment.folder.join("style.parquet").exists() {
                rows.read_segment(&ColumnFile::new(segment, "style.parquet")?, samples, &members)?;
            } else {
                rows.without.extend(members.map(|row| row as u32));
            }
            rows.segments.push(first..rows.row.len());
        }
        Ok(rows)
    }

    pub fn len(&self) -> usize {
        self.row.len()
    }

    pub fn role(&self, part: usize) -> &str {
        self.names.name(self.roles[part])
    }

    pub fn language(&self, part: usize) -> &str {
        self.names.name(self.languages[part])
    }

    /// Hands over every part with its figures, in order.
    pub fn each(
        &self,
        inputs: &Inputs,
        task: &Task,
        each: &mut dyn FnMut(usize, &[f32]),
    ) -> Result<(), Fault> {
        let mut figures = [0.0; WIDTH];
        for (segment, parts) in inputs.segments.iter().zip(&self.segments) {
            let mut next = parts.start;
            while next < parts.end {
                task.check()?;
                let from = self.found_at[next] as usize;
                let file = ColumnFile::new(segment, "style.parquet")?;
                let frame = file.some(&STYLE_FIGURES, from..from + TOGETHER)?;
                let columns = STYLE_FIGURES
                    .iter()
                    .map(|name| file.column(&frame, name, Column::f32))
                    .collect::<Result<Vec<_>, _>>()?;
                while next < parts.end && (self.found_at[next] as usize) < from + TOGETHER {
                    let at = self.found_at[next] as usize - from;
                    for (figure, column) in figures.iter_mut().zip(&columns) {
                        *figure = column.get(at).unwrap_or_default();
                    }
                    each(next, &figures);
                    next += 1;
                }
            }
        }
        Ok(())
    }

    /// The figures of some parts, in the order given.
    pub fn gather(&self, inputs: &Inputs, parts: &[u32], task: &Task) -> Result<Vec<f32>, Fault> {
        let places: FxHashMap<u32, usize> = parts.iter().copied().zip(0..).collect();
        let mut gathered = vec![0.0; parts.len() * WIDTH];
        self.each(inputs, task, &mut |part, figures| {
            if let Some(place) = places.get(&(part as u32)) {
                gathered[place * WIDTH..(place + 1) * WIDTH].copy_from_slice(figures);
            }
        })?;
        Ok(gathered)
    }

    fn read_segment(
        &mut self,
        file: &ColumnFile,
        samples: &Samples,
        members: &std::ops::Range<usize>,
    ) -> Result<(), Fault> {
        let frame = file.all(&["sample", "part", "role", "origin", "type_token_ratio"])?;
        let ids = file.column(&frame, "sample", Column::u64)?;
        let parts = file.column(&frame, "part", Column::u32)?;
        let roles = file.column(&frame, "role", Column::str)?;
        let origins = file.column(&frame, "origin", Column::u8)?;
        let variety = file.column(&frame, "type_token_ratio", Column::f32)?;
        for at in 0..frame.height() {
            // A file that left the snapshot leaves its rows behind.
            let Some(row) = samples.row_of(members, ids.get(at).unwrap_or_default()) else {
                continue;
            };
            self.row.push(row as u32);
            self.found_at.push(at as u32);
            self.part.push(parts.get(at).unwrap_or_default());
            self.variety.push(variety.get(at).unwrap_or_default());
            self.roles
                .push(self.names.number(roles.get(at).unwrap_or_default()));
            let language = samples.names.name(samples.language[row]);
            self.languages.push(self.names.number(primary(language)));
            let origin = origins
                .get(at)
                .and_then(|index| Origin::ALL.get(usize::from(index)));
            self.origin.push(origin.copied().unwrap_or_default());
        }
        Ok(())
    }
}

/// A language without its region: varieties are written alike.
pub(crate) fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or_default()
}
