//! Parquet and Arrow: rows out of columns, with no trust in what the file says about itself.

mod arrow;
mod guard;
mod parquet;
mod rows;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{ChunkReader, Length};
use assay_model::{Fault, Value};
use bytes::Bytes;

use crate::row::{Context, Emit};
use crate::shape::{Format, Tables};

/// The bytes of a columnar file: on disk, or in memory where they were compressed.
pub(crate) enum Store {
    File(File),
    Memory(Bytes),
}

impl Store {
    fn reopen(&self) -> io::Result<Self> {
        match self {
            Self::File(file) => file.try_clone().map(Self::File),
            Self::Memory(bytes) => Ok(Self::Memory(bytes.clone())),
        }
    }

    fn length(&self) -> io::Result<u64> {
        match self {
            Self::File(file) => file.metadata().map(|metadata| metadata.len()),
            Self::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }
}

impl Length for Store {
    fn len(&self) -> u64 {
        self.length().unwrap_or(0)
    }
}

impl ChunkReader for Store {
    type T = Box<dyn Read + Send>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        match self {
            Self::File(file) => Ok(Box::new(file.get_read(start)?)),
            Self::Memory(bytes) => Ok(Box::new(bytes.get_read(start)?)),
        }
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let fits = start
            .checked_add(length as u64)
            .is_some_and(|end| end <= self.len());
        if !fits {
            return Err(ParquetError::EOF(
                "a column lies beyond the end of the file".into(),
            ));
        }
        match self {
            Self::File(file) => file.get_bytes(start, length),
            Self::Memory(bytes) => bytes.get_bytes(start, length),
        }
    }
}

/// A store with a position of its own.
struct Cursor {
    store: Store,
    position: u64,
}

impl Cursor {
    fn new(store: &Store) -> io::Result<Self> {
        Ok(Self {
            store: store.reopen()?,
            position: 0,
        })
    }
}

impl Read for Cursor {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.store {
            Store::File(file) => {
                file.seek(SeekFrom::Start(self.position))?;
                file.read(buffer)?
            }
            Store::Memory(bytes) => {
                let start = usize::try_from(self.position)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len());
                (&bytes[start..]).read(buffer)?
            }
        };
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for Cursor {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.store.length()?.checked_add_signed(by),
        };
        self.position = position.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

/// Looks at the first rows and says which unmarked binary columns are text.
pub(crate) fn tables(store: &Store, format: &Format) -> Result<Tables, Fault> {
    match format {
        Format::ArrowFile(_) => arrow::check_file(store).map(|()| Tables::default()),
        Format::ArrowStream(_) => arrow::check_stream(store).map(|()| Tables::default()),
        _ => parquet::tables(store),
    }
}

/// Reads every row. Locators are given only where the file lies on disk as it is.
pub(crate) fn read(store: &Store, format: &Format, context: &Context, emit: &mut Emit) -> Result<(), Fault> {
    match format {
        Format::ArrowFile(_) => arrow::read_file(store, context, emit),
        Format::ArrowStream(_) => arrow::read_stream(store, context, emit),
        Format::Parquet(tables) => parquet::read(store, tables, context, emit),
        _ => Err(Fault::internal("reading rows", "not a columnar format")),
    }
}

/// Finds single rows again, best asked for in ascending order.
pub(crate) enum Rows {
    Parquet(parquet::Rows),
    ArrowFile(arrow::FileRows),
    ArrowStream(arrow::StreamRows),
}

impl Rows {
    pub fn new(store: Store, format: &Format) -> Result<Self, Fault> {
        Ok(match format {
            Format::ArrowFile(_) => Self::ArrowFile(arrow::FileRows::new(store)?),
            Format::ArrowStream(_) => Self::ArrowStream(arrow::StreamRows::new(store)?),
            Format::Parquet(tables) => Self::Parquet(parquet::Rows::new(store, tables.clone())),
            _ => return Err(Fault::internal("finding a row", "not a columnar format")),
        })
    }

    pub fn row(&mut self, group: u32, row: u64) -> Result<Option<Value>, Fault> {
        match self {
            Self::Parquet(rows) => rows.row(group, row),
            Self::ArrowFile(rows) => rows.row(group, row),
            Self::ArrowStream(rows) => rows.row(group, row),
        }
    }
}
