//! Reading feature columns: the only place that opens Parquet.
//!
//! Columns are read by the `parquet` crate, which reading and releases link anyway, and handed to polars as frames. polars'
//! own reader is deliberately absent: with it come its streaming engine, an object store and an HTTP client.

mod decode;

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};

use assay_model::{Code, Fault};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use polars::prelude::*;
use rayon::prelude::*;

use crate::Segment;

/// One column file of one segment.
pub(crate) struct ColumnFile {
    path: PathBuf,
    members: DataFrame,
}

impl ColumnFile {
    pub fn new(segment: &Segment, name: &str) -> Result<Self, Fault> {
        let path = segment.folder.join(name);
        let column = Column::new("file".into(), segment.files.clone());
        let members = DataFrame::new(segment.files.len(), vec![column]).map_err(broken(&path))?;
        Ok(Self { path, members })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Rows in it, members or not.
    pub fn rows(&self) -> Result<u64, Fault> {
        let rows = self.metadata()?.metadata().file_metadata().num_rows();
        Ok(rows.unsigned_abs())
    }

    /// Whether the file has a column of this name; earlier versions wrote fewer.
    pub fn has(&self, column: &str) -> Result<bool, Fault> {
        Ok(self.metadata()?.schema().column_with_name(column).is_some())
    }

    /// Reads these columns of all rows, members or not, in the order written.
    pub fn all(&self, columns: &[&str]) -> Result<DataFrame, Fault> {
        self.query(columns, |rows| rows)
    }

    /// Reads these columns of some rows by number, members or not, as far as there are so many.
    pub fn some(&self, columns: &[&str], rows: Range<usize>) -> Result<DataFrame, Fault> {
        let metadata = self.metadata()?;
        let reader = self
            .reader(&metadata, columns)?
            .with_offset(rows.start)
            .with_limit(rows.len())
            .build();
        self.decode(columns, reader.map_err(broken(&self.path))?)
    }

    /// Reads one column of all rows, members or not, in the order written, and drops it after use.
    pub fn with<A, T>(
        &self,
        name: &str,
        of: impl Fn(&Column) -> PolarsResult<&A>,
        read: impl FnOnce(&A) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let frame = self.all(&[name])?;
        read(self.column(&frame, name, of)?)
    }

    /// Asks the rows of the snapshot's files. `columns` are those that the query names; answers come in the order written.
    pub fn of_members(
        &self,
        columns: &[&str],
        query: impl Fn(LazyFrame) -> LazyFrame + Sync,
    ) -> Result<DataFrame, Fault> {
        let columns: Vec<&str> = columns.iter().copied().chain(["file"]).collect();
        self.query(&columns, |rows| {
            let members = self.members.clone().lazy();
            query(rows.join(
                members,
                [col("file")],
                [col("file")],
                JoinArgs::new(JoinType::Semi),
            ))
        })
    }

    /// Asks all rows, a row group at a time and several at once: only answers add up in memory. A query that looks beyond a
    /// row must put its answers together itself.
    pub fn query(
        &self,
        columns: &[&str],
        query: impl Fn(LazyFrame) -> LazyFrame + Sync,
    ) -> Result<DataFrame, Fault> {
        let metadata = self.metadata()?;
        let groups = metadata.metadata().num_row_groups();
        let answers: Vec<DataFrame> = (0..groups.max(1))
            .into_par_iter()
            .map(|group| {
                let reader = self.reader(&metadata, columns)?;
                let group = if group < groups { vec![group] } else { Vec::new() };
                let reader = reader
                    .with_row_groups(group)
                    .build()
                    .map_err(broken(&self.path))?;
                let rows = self.decode(columns, reader)?;
                query(rows.lazy()).collect().map_err(broken(&self.path))
            })
            .collect::<Result<_, Fault>>()?;
        let mut answers = answers.into_iter();
        let mut all = answers.next().unwrap_or_default();
        for more in answers {
            all.vstack_mut(&more).map_err(broken(&self.path))?;
        }
        // Rows are looked up by number afterwards.
        all.rechunk_mut();
        Ok(all)
    }

    /// Reads a column of a frame that came from this file.
    pub fn column<'a, T>(
        &self,
        frame: &'a DataFrame,
        name: &str,
        of: impl Fn(&'a Column) -> PolarsResult<T>,
    ) -> Result<T, Fault> {
        frame.column(name).and_then(of).map_err(broken(&self.path))
    }

    fn metadata(&self) -> Result<ArrowReaderMetadata, Fault> {
        // Strings as polars wants them whatever wrote the file: no Arrow schema that it carries is heard.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        ArrowReaderMetadata::load(&self.open()?, options).map_err(broken(&self.path))
    }

    fn open(&self) -> Result<File, Fault> {
        File::open(&self.path).map_err(broken(&self.path))
    }

    fn reader(
        &self,
        metadata: &ArrowReaderMetadata,
        columns: &[&str],
    ) -> Result<ParquetRecordBatchReaderBuilder<File>, Fault> {
        let missing = columns
            .iter()
            .find(|name| metadata.schema().column_with_name(name).is_none());
        if let Some(name) = missing {
            return Err(broken(&self.path)(format!("there is no column `{name}`")));
        }
        let wanted = ProjectionMask::columns(metadata.parquet_schema(), columns.iter().copied());
        Ok(
            ParquetRecordBatchReaderBuilder::new_with_metadata(self.open()?, metadata.clone())
                .with_projection(wanted)
                .with_batch_size(BATCH_ROWS),
        )
    }

    fn decode(&self, columns: &[&str], reader: ParquetRecordBatchReader) -> Result<DataFrame, Fault> {
        decode::frame(columns, reader).map_err(broken(&self.path))
    }
}

/// Rows decoded at a time: a row group as it is written.
const BATCH_ROWS: usize = 64 * 1024;

/// Says that a column file cannot be used, and what to do.
pub(crate) fn broken<E: std::fmt::Display>(path: &Path) -> impl Fn(E) -> Fault + '_ {
    |error| {
        Fault::new(
            Code::WorkspaceDamaged,
            error.to_string(),
            "move its folder aside, then index the dataset again: it is rebuilt from the sources",
        )
        .at(path.display().to_string())
    }
}

#[cfg(test)]
mod tests;
