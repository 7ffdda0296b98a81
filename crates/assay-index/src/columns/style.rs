//! How parts are written, one row for each part with words enough and one column for each figure.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float32Builder, StringBuilder, UInt8Builder, UInt32Builder, UInt64Builder};
use assay_model::Fault;
use assay_sketch::STYLE_FIGURES;

use super::{Table, origin_index};
use crate::worker::Row;

/// `style.parquet` of one segment.
pub(super) struct StyleColumns {
    table: Table,
    columns: StyleBuilders,
}

struct StyleBuilders {
    sample: UInt64Builder,
    file: UInt32Builder,
    part: UInt32Builder,
    role: StringBuilder,
    origin: UInt8Builder,
    figures: Vec<Float32Builder>,
}

impl StyleBuilders {
    fn new() -> Self {
        Self {
            sample: UInt64Builder::new(),
            file: UInt32Builder::new(),
            part: UInt32Builder::new(),
            role: StringBuilder::new(),
            origin: UInt8Builder::new(),
            figures: STYLE_FIGURES.iter().map(|_| Float32Builder::new()).collect(),
        }
    }

    /// Hands out what was gathered and starts again.
    fn take(&mut self) -> Vec<(&'static str, ArrayRef)> {
        let mut columns: Vec<(&'static str, ArrayRef)> = vec![
            ("sample", Arc::new(self.sample.finish())),
            ("file", Arc::new(self.file.finish())),
            ("part", Arc::new(self.part.finish())),
            ("role", Arc::new(self.role.finish())),
            ("origin", Arc::new(self.origin.finish())),
        ];
        for (name, figure) in STYLE_FIGURES.iter().zip(&mut self.figures) {
            columns.push((name, Arc::new(figure.finish())));
        }
        columns
    }
}

impl StyleColumns {
    pub(super) fn create(folder: &Path) -> Result<Self, Fault> {
        let mut columns = StyleBuilders::new();
        let table = Table::create(folder, "style.parquet", columns.take())?;
        Ok(Self { table, columns })
    }

    pub(super) fn push(&mut self, sample: u64, file: u32, row: &Row) -> Result<(), Fault> {
        for style in &row.sketch.style {
            let columns = &mut self.columns;
            columns.sample.append_value(sample);
            columns.file.append_value(file);
            columns.part.append_value(style.part);
            columns.role.append_value(&style.role);
            let origin = row.parts.get(style.part as usize).map(|part| part.origin);
            columns
                .origin
                .append_value(origin_index(origin.unwrap_or_default()));
            for (column, figure) in columns.figures.iter_mut().zip(&style.figures) {
                column.append_value(*figure);
            }
            if self.table.count() {
                self.table.write(self.columns.take())?;
            }
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), Fault> {
        let rest = self.columns.take();
        self.table.finish(rest)
    }
}
