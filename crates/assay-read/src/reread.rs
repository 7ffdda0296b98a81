//! Finds one record again by its locator, without reading what stands before it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use assay_model::halves::Written;
use assay_model::{Code, Fault, Locator, Value};

use crate::columnar::{Rows, Store};
use crate::intake::named;
use crate::json::Parsed;
use crate::row::Context;
use crate::source::open;
use crate::{Compression, Format, Layout, Limits, Shape, delimited, json, text};

/// Reads single records of one file. Fastest when asked in ascending order.
pub struct Rereader {
    file: File,
    shape: Shape,
    limits: Limits,
    rows: Option<Rows>,
    buffer: Vec<u8>,
}

impl Rereader {
    /// Opens the file, which was read as `shape` before.
    pub fn open(path: &Path, shape: &Shape, limits: &Limits) -> Result<Self, Fault> {
        let (file, _) = open(path)?;
        Ok(Self {
            file,
            shape: shape.clone(),
            limits: limits.clone(),
            rows: None,
            buffer: Vec::new(),
        })
    }

    /// The record at `locator`, as it was handed out when the file was read; and with marks, where it holds half of a UTF-16 pair.
    pub fn record(&mut self, locator: &Locator) -> Result<(Value, Option<Written>), Fault> {
        let parsed = match *locator {
            Locator::Bytes { offset, length } => {
                self.fetch(offset, length)?;
                self.parse()?
            }
            Locator::Row { group, row } => plain(self.row(group, row)?),
            Locator::Kept { .. } => {
                return Err(Fault::internal(
                    "finding a record",
                    "the workspace keeps it, not its source",
                ));
            }
        };
        let parsed = parsed.map(|value| named(value, self.shape.columns.as_deref(), &None));
        Ok((parsed.value, parsed.written.map(|written| *written)))
    }

    /// The record's bytes as its source holds them: escapes and spacing unchanged.
    pub fn bytes(&mut self, locator: &Locator) -> Result<&[u8], Fault> {
        match *locator {
            Locator::Bytes { offset, length } => self.fetch(offset, length)?,
            _ => {
                return Err(Fault::internal(
                    "finding a record's bytes",
                    "its source holds it in columns",
                ));
            }
        }
        Ok(&self.buffer)
    }

    fn fetch(&mut self, offset: u64, length: u64) -> Result<(), Fault> {
        if length > self.limits.line_bytes.max(self.limits.whole_bytes) {
            return Err(changed());
        }
        self.buffer
            .resize(usize::try_from(length).map_err(|_| changed())?, 0);
        let read = self
            .file
            .seek(SeekFrom::Start(offset))
            .and_then(|_| self.file.read_exact(&mut self.buffer));
        read.map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => changed(),
            _ => crate::source::open_fault(&error),
        })
    }

    fn parse(&self) -> Result<Parsed, Fault> {
        let task = assay_model::Task::silent();
        let cut_off = || false;
        let context = Context {
            limits: &self.limits,
            task: &task,
            seekable: true,
            cut_off: &cut_off,
        };
        let parsed = match &self.shape.format {
            Format::JsonLines => json::parse_bytes(&self.buffer, &self.limits),
            Format::Json(Layout::Columns) => return Err(changed()),
            Format::Json(layout) => json::element(&self.buffer, *layout, &context),
            Format::Delimited(dialect) => {
                delimited::record(&self.buffer, dialect, self.limits.fields).map(plain)
            }
            Format::Text { .. } => text::record(&self.buffer).map(plain),
            Format::Parquet(_) | Format::ArrowFile(_) | Format::ArrowStream(_) => return Err(changed()),
        };
        parsed.map_err(|_| changed())
    }

    fn row(&mut self, group: u32, row: u64) -> Result<Value, Fault> {
        if self.rows.is_none() {
            if self.shape.compression != Compression::None {
                return Err(Fault::internal("finding a row", "its source is compressed"));
            }
            let file = self
                .file
                .try_clone()
                .map_err(|error| crate::source::open_fault(&error))?;
            self.rows = Some(Rows::new(Store::File(file), &self.shape.format)?);
        }
        let rows = self.rows.as_mut().expect("opened just above");
        rows.row(group, row)?.ok_or_else(changed)
    }
}

/// A value of a format that cannot write half of a pair.
fn plain(value: Value) -> Parsed {
    Parsed {
        value,
        notices: Vec::new(),
        written: None,
    }
}

fn changed() -> Fault {
    let remedy = "index the dataset again to see what it holds now";
    Fault::new(
        Code::SourceChanged,
        "the source no longer holds what was indexed",
        remedy,
    )
}
