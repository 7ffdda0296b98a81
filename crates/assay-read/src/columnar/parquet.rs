//! Parquet, row group by row group.

use std::sync::Arc;

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use ::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader};
use ::parquet::file::metadata::{FileMetaData, ParquetMetaData};
use arrow::array::RecordBatch;
use arrow::datatypes::DataType;
use assay_model::{Fault, Locator, Value};

use super::guard::{damaged, guarded};
use super::{Store, rows};
use crate::row::{Context, Damage, Emit, RawRecord, Row};
use crate::shape::Tables;

const MOST_ROWS: u64 = 1024;
/// Bytes that one batch of rows may take, as far as the file's own averages tell.
const BATCH_BYTES: u64 = 16 << 20;

/// Reads the metadata and refuses what it cannot mean.
fn metadata(store: &Store) -> Result<ArrowReaderMetadata, Fault> {
    let options = ArrowReaderOptions::new();
    let metadata = guarded("reading the footer", || ArrowReaderMetadata::load(store, options))?;
    let length = store
        .length()
        .map_err(|error| damaged("reading the footer", &error.to_string()))?;
    for group in metadata.metadata().row_groups() {
        if group.num_rows() < 0 || group.total_byte_size() < 0 {
            return Err(damaged(
                "reading the footer",
                "a row group declares a negative size",
            ));
        }
        for column in group.columns() {
            let (start, size) = guarded("reading the footer", || Ok::<_, Fault>(column.byte_range()))?;
            if start.checked_add(size).is_none_or(|end| end > length) {
                return Err(damaged(
                    "reading the footer",
                    "a column lies beyond the end of the file",
                ));
            }
        }
    }
    with_true_rows(metadata)
}

/// Counts the file's rows by its row groups. Old writers left the file's own count at 0, and the
/// decoder would believe it.
fn with_true_rows(metadata: ArrowReaderMetadata) -> Result<ArrowReaderMetadata, Fault> {
    let footer = metadata.metadata();
    let file = footer.file_metadata();
    let rows = footer
        .row_groups()
        .iter()
        .fold(0_i64, |rows, group| rows.saturating_add(group.num_rows()));
    if rows == file.num_rows() {
        return Ok(metadata);
    }
    let (by, orders) = (
        file.created_by().map(str::to_owned),
        file.column_orders().cloned(),
    );
    let marks = file.key_value_metadata().cloned();
    let corrected = FileMetaData::new(file.version(), rows, by, marks, file.schema_descr_ptr(), orders);
    let footer = ParquetMetaData::new(corrected, footer.row_groups().to_vec());
    guarded("reading the footer", || {
        ArrowReaderMetadata::try_new(Arc::new(footer), ArrowReaderOptions::new())
    })
}

fn batches(
    store: &Store,
    metadata: &ArrowReaderMetadata,
    group: usize,
    from: u64,
) -> Result<ParquetRecordBatchReader, Fault> {
    let described = metadata.metadata().row_group(group);
    let rows = described.num_rows().max(1) as u64;
    let average = (described.total_byte_size().max(0) as u64 / rows).max(1);
    let size = (BATCH_BYTES / average).clamp(1, MOST_ROWS) as usize;
    guarded("reading a row group", || {
        let store = store
            .reopen()
            .map_err(|error| ::parquet::errors::ParquetError::External(Box::new(error)))?;
        ParquetRecordBatchReaderBuilder::new_with_metadata(store, metadata.clone())
            .with_row_groups(vec![group])
            .with_offset(usize::try_from(from).unwrap_or(usize::MAX))
            .with_batch_size(size)
            .build()
    })
}

fn next(reader: &mut ParquetRecordBatchReader) -> Result<Option<RecordBatch>, Fault> {
    guarded("reading rows", || reader.next().transpose())
}

/// Decides over the first batch which unmarked binary columns hold text.
pub(super) fn tables(store: &Store) -> Result<Tables, Fault> {
    let metadata = metadata(store)?;
    let binary: Vec<usize> = {
        let fields = metadata.schema().fields().iter().enumerate();
        let is_binary = |kind: &DataType| {
            matches!(
                kind,
                DataType::Binary | DataType::LargeBinary | DataType::BinaryView
            )
        };
        fields
            .filter(|(_, field)| is_binary(field.data_type()))
            .map(|(i, _)| i)
            .collect()
    };
    let filled = metadata
        .metadata()
        .row_groups()
        .iter()
        .position(|group| group.num_rows() > 0);
    let (Some(group), false) = (filled, binary.is_empty()) else {
        return Ok(Tables::default());
    };
    let Some(batch) = next(&mut batches(store, &metadata, group, 0)?)? else {
        return Ok(Tables::default());
    };
    let is_text = |column: &usize| {
        let column = batch.column(*column);
        let mut values = (0..batch.num_rows())
            .filter_map(|row| rows::bytes(column, row))
            .peekable();
        values.peek().is_some() && values.all(|bytes| std::str::from_utf8(bytes).is_ok())
    };
    let names = binary
        .into_iter()
        .filter(is_text)
        .map(|column| metadata.schema().field(column).name().clone());
    Ok(Tables {
        unmarked_text: names.collect(),
    })
}

/// Reads every row of every row group.
pub(super) fn read(store: &Store, tables: &Tables, context: &Context, emit: &mut Emit) -> Result<(), Fault> {
    let metadata = metadata(store)?;
    let mut ordinal = 0;
    for group in 0..metadata.metadata().num_row_groups() {
        let mut reader = batches(store, &metadata, group, 0)?;
        let mut row = 0;
        while let Some(batch) = next(&mut reader)? {
            context.task.check()?;
            emit_batch(
                &batch,
                &tables.unmarked_text,
                &mut ordinal,
                (group as u32, &mut row),
                context,
                emit,
            )?;
        }
    }
    Ok(())
}

/// Hands on the rows of one batch.
pub(super) fn emit_batch(
    batch: &RecordBatch,
    text: &[String],
    ordinal: &mut u64,
    (group, first): (u32, &mut u64),
    context: &Context,
    emit: &mut Emit,
) -> Result<(), Fault> {
    for at in 0..batch.num_rows() {
        *ordinal += 1;
        let found = guarded("reading a row", || Ok::<_, Fault>(rows::record(batch, at, text)))?;
        let row = match found {
            Ok((value, notices)) => {
                let locator = context.seekable.then_some(Locator::Row { group, row: *first });
                Row::Record(RawRecord {
                    line: *ordinal,
                    byte_offset: 0,
                    locator,
                    value,
                    key: None,
                    notices,
                    written: None,
                })
            }
            Err((code, message)) => {
                let (line, excerpt) = (*ordinal, String::new());
                Row::Damaged(Damage {
                    line,
                    column: None,
                    byte_offset: 0,
                    code,
                    message,
                    excerpt,
                })
            }
        };
        *first += 1;
        emit(row)?;
    }
    Ok(())
}

/// Finds rows again; keeps the reader and its last batch, so that ascending requests read once.
pub(crate) struct Rows {
    store: Store,
    tables: Tables,
    metadata: Option<ArrowReaderMetadata>,
    open: Option<Open>,
}

struct Open {
    group: u32,
    reader: ParquetRecordBatchReader,
    batch: Option<RecordBatch>,
    /// Row of the group that the batch begins with.
    first: u64,
}

/// Rows that are decoded on the way rather than skipped by opening the group again.
const STRIDE: u64 = 4 * MOST_ROWS;

impl Rows {
    pub fn new(store: Store, tables: Tables) -> Self {
        Self {
            store,
            tables,
            metadata: None,
            open: None,
        }
    }

    pub fn row(&mut self, group: u32, row: u64) -> Result<Option<Value>, Fault> {
        if self.metadata.is_none() {
            self.metadata = Some(metadata(&self.store)?);
        }
        let metadata = self.metadata.as_ref().expect("read just above");
        if group as usize >= metadata.metadata().num_row_groups() {
            return Ok(None);
        }
        let near = |open: &Open| open.group == group && open.first <= row && row < open.first + STRIDE;
        if !self.open.as_ref().is_some_and(near) {
            let reader = batches(&self.store, metadata, group as usize, row)?;
            self.open = Some(Open {
                group,
                reader,
                batch: None,
                first: row,
            });
        }
        let open = self.open.as_mut().expect("opened just above");
        loop {
            if let Some(batch) = &open.batch {
                let rows = batch.num_rows() as u64;
                if row < open.first + rows {
                    let found = rows::record(batch, (row - open.first) as usize, &self.tables.unmarked_text);
                    return Ok(found.ok().map(|(value, _)| value));
                }
                open.first += rows;
            }
            open.batch = next(&mut open.reader)?;
            if open.batch.is_none() {
                self.open = None;
                return Ok(None);
            }
        }
    }
}
