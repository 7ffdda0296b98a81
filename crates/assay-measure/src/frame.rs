//! Reading feature columns: the only place that opens Parquet.

use std::path::{Path, PathBuf};

use assay_model::{Code, Fault};
use polars::prelude::*;

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

    /// Reads these columns of all rows, members or not, in the order written.
    pub fn all(&self, columns: &[&str]) -> Result<DataFrame, Fault> {
        let columns: Vec<Expr> = columns.iter().map(|&name| col(name)).collect();
        self.scan()?.select(columns).collect().map_err(broken(&self.path))
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

    /// Prepares a query over the rows of the snapshot's files.
    pub fn of_members(&self) -> Result<LazyFrame, Fault> {
        let members = self.members.clone().lazy();
        Ok(self.scan()?.join(
            members,
            [col("file")],
            [col("file")],
            JoinArgs::new(JoinType::Semi),
        ))
    }

    /// Whether the file has a column of this name; earlier versions wrote fewer.
    pub fn has(&self, column: &str) -> Result<bool, Fault> {
        let schema = self.scan()?.collect_schema().map_err(broken(&self.path))?;
        Ok(schema.contains(column))
    }

    pub fn scan(&self) -> Result<LazyFrame, Fault> {
        let path = PlRefPath::try_from_path(&self.path).map_err(broken(&self.path))?;
        let arguments = ScanArgsParquet {
            glob: false,
            low_memory: true,
            cache: false,
            ..Default::default()
        };
        LazyFrame::scan_parquet(path, arguments).map_err(broken(&self.path))
    }

    pub fn collect(&self, query: LazyFrame) -> Result<DataFrame, Fault> {
        query.collect().map_err(broken(&self.path))
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
}

/// Says that a column file cannot be used, and what to do.
pub(crate) fn broken(path: &Path) -> impl Fn(PolarsError) -> Fault + '_ {
    |error| {
        Fault::new(
            Code::WorkspaceDamaged,
            error.to_string(),
            "move its folder aside, then index the dataset again: it is rebuilt from the sources",
        )
        .at(path.display().to_string())
    }
}
