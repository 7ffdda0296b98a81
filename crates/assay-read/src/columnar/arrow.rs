//! Arrow IPC, as a file (Feather) or as a stream, batch by batch.

use std::io::{Read, Seek, SeekFrom};

use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use arrow::ipc::reader::{FileReader, StreamReader};
use arrow::ipc::{MessageHeader, root_as_footer, root_as_message};
use assay_model::{Fault, Value};

use super::guard::{damaged, guarded};
use super::parquet::emit_batch;
use super::{Cursor, Store, rows};
use crate::row::{Context, Emit};

const CHECKING: &str = "checking the Arrow messages";
/// Bytes of metadata before one message that are believed.
const METADATA_BYTES: u64 = 64 << 20;
/// Decompressed bytes for each compressed one that a buffer may claim.
const RATIO: u64 = 10_000;

/// Checks that what the footer of an Arrow file points at lies inside the file.
pub(super) fn check_file(store: &Store) -> Result<(), Fault> {
    let length = store
        .length()
        .map_err(|error| damaged(CHECKING, &error.to_string()))?;
    let mut cursor = Cursor::new(store).map_err(|error| damaged(CHECKING, &error.to_string()))?;
    let mut tail = [0; 10];
    if length < 20 {
        return Err(damaged(CHECKING, "the file ends before its footer"));
    }
    read_at(&mut cursor, length - 10, &mut tail)?;
    let footer_length = i32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]);
    if &tail[4..] != b"ARROW1" || footer_length <= 0 || footer_length as u64 > length - 10 {
        return Err(damaged(CHECKING, "the footer is cut off"));
    }
    let mut footer = vec![0; footer_length as usize];
    read_at(&mut cursor, length - 10 - footer_length as u64, &mut footer)?;
    let footer = guarded(CHECKING, || root_as_footer(&footer))?;
    let blocks = footer
        .recordBatches()
        .into_iter()
        .chain(footer.dictionaries())
        .flatten();
    for block in blocks {
        let (offset, metadata, body) = (block.offset(), block.metaDataLength(), block.bodyLength());
        let end = u64::try_from(offset)
            .ok()
            .zip(u64::try_from(metadata).ok())
            .zip(u64::try_from(body).ok());
        let end = end.and_then(|((offset, metadata), body)| offset.checked_add(metadata)?.checked_add(body));
        if end.is_none_or(|end| end > length) || metadata < 8 || metadata as u64 > METADATA_BYTES {
            return Err(damaged(CHECKING, "a batch lies beyond the end of the file"));
        }
        check_message(&mut cursor, offset as u64, length)?;
    }
    Ok(())
}

/// Walks the messages of a stream and checks that each lies inside the file.
pub(super) fn check_stream(store: &Store) -> Result<(), Fault> {
    let length = store
        .length()
        .map_err(|error| damaged(CHECKING, &error.to_string()))?;
    let mut cursor = Cursor::new(store).map_err(|error| damaged(CHECKING, &error.to_string()))?;
    let mut at = 0;
    while at < length {
        match check_message(&mut cursor, at, length)? {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(())
}

/// Checks the message at `at` and gives the place behind it; `None` at the end mark of a stream.
fn check_message(cursor: &mut Cursor, at: u64, length: u64) -> Result<Option<u64>, Fault> {
    let mut prefix = [0; 8];
    if at + 8 > length {
        return Err(damaged(CHECKING, "a message is cut off"));
    }
    read_at(cursor, at, &mut prefix)?;
    let modern = prefix[..4] == [0xFF; 4];
    let size = if modern { &prefix[4..8] } else { &prefix[..4] };
    let size = u64::from(u32::from_le_bytes([size[0], size[1], size[2], size[3]]));
    let start = at + if modern { 8 } else { 4 };
    if size == 0 {
        return Ok(None);
    }
    if size > METADATA_BYTES || start + size > length {
        return Err(damaged(CHECKING, "a message is cut off"));
    }
    let mut header = vec![0; size as usize];
    read_at(cursor, start, &mut header)?;
    let message = guarded(CHECKING, || root_as_message(&header))?;
    let body = u64::try_from(message.bodyLength()).unwrap_or(u64::MAX);
    let end = (start + size).checked_add(body).filter(|end| *end <= length);
    let Some(end) = end else {
        return Err(damaged(CHECKING, "a batch is cut off"));
    };
    let batch = match message.header_type() {
        MessageHeader::RecordBatch => message.header_as_record_batch(),
        MessageHeader::DictionaryBatch => message
            .header_as_dictionary_batch()
            .and_then(|batch| batch.data()),
        _ => None,
    };
    let Some(batch) = batch else { return Ok(Some(end)) };
    let compressed = batch.compression().is_some();
    for buffer in batch.buffers().into_iter().flatten() {
        let (offset, size) = (buffer.offset(), buffer.length());
        let inside =
            offset >= 0 && size >= 0 && offset.checked_add(size).is_some_and(|end| end as u64 <= body);
        if !inside {
            return Err(damaged(CHECKING, "a buffer lies outside its batch"));
        }
        if compressed && size >= 8 {
            let mut claimed = [0; 8];
            read_at(cursor, start + header.len() as u64 + offset as u64, &mut claimed)?;
            let claimed = i64::from_le_bytes(claimed);
            if claimed > 0 && claimed as u64 > (size as u64).saturating_mul(RATIO) {
                return Err(damaged(CHECKING, "a buffer claims to grow beyond all measure"));
            }
        }
    }
    Ok(Some(end))
}

fn read_at(cursor: &mut Cursor, at: u64, buffer: &mut [u8]) -> Result<(), Fault> {
    let read = cursor
        .seek(SeekFrom::Start(at))
        .and_then(|_| cursor.read_exact(buffer));
    read.map_err(|error| damaged(CHECKING, &error.to_string()))
}

fn open_file(store: &Store) -> Result<FileReader<Cursor>, Fault> {
    guarded("reading the Arrow footer", || {
        FileReader::try_new(Cursor::new(store)?, None)
    })
}

fn open_stream(store: &Store) -> Result<StreamReader<std::io::BufReader<Cursor>>, Fault> {
    guarded("reading the Arrow schema", || {
        StreamReader::try_new(
            std::io::BufReader::with_capacity(64 << 10, Cursor::new(store)?),
            None,
        )
    })
}

fn next(
    reader: &mut impl Iterator<Item = Result<RecordBatch, ArrowError>>,
) -> Result<Option<RecordBatch>, Fault> {
    guarded("reading a batch", || reader.next().transpose())
}

pub(super) fn read_file(store: &Store, context: &Context, emit: &mut Emit) -> Result<(), Fault> {
    read(&mut open_file(store)?, context, emit)
}

pub(super) fn read_stream(store: &Store, context: &Context, emit: &mut Emit) -> Result<(), Fault> {
    read(&mut open_stream(store)?, context, emit)
}

fn read(
    batches: &mut impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    context: &Context,
    emit: &mut Emit,
) -> Result<(), Fault> {
    let (mut ordinal, mut group) = (0, 0);
    while let Some(batch) = next(batches)? {
        context.task.check()?;
        emit_batch(&batch, &[], &mut ordinal, (group, &mut 0), context, emit)?;
        group += 1;
    }
    Ok(())
}

fn record(batch: &RecordBatch, row: u64) -> Option<Value> {
    let row = usize::try_from(row).ok().filter(|row| *row < batch.num_rows())?;
    rows::record(batch, row, &[]).ok().map(|(value, _)| value)
}

/// Finds rows of a file again; keeps the last batch.
pub(crate) struct FileRows {
    reader: FileReader<Cursor>,
    batch: Option<(u32, RecordBatch)>,
}

impl FileRows {
    pub fn new(store: Store) -> Result<Self, Fault> {
        check_file(&store)?;
        Ok(Self {
            reader: open_file(&store)?,
            batch: None,
        })
    }

    pub fn row(&mut self, group: u32, row: u64) -> Result<Option<Value>, Fault> {
        if self.batch.as_ref().is_none_or(|(at, _)| *at != group) {
            if group as usize >= self.reader.num_batches() {
                return Ok(None);
            }
            guarded("finding a batch", || self.reader.set_index(group as usize))?;
            self.batch = next(&mut self.reader)?.map(|batch| (group, batch));
        }
        Ok(self.batch.as_ref().and_then(|(_, batch)| record(batch, row)))
    }
}

/// Finds rows of a stream again; a request for an earlier batch begins the stream anew.
pub(crate) struct StreamRows {
    store: Store,
    reader: StreamReader<std::io::BufReader<Cursor>>,
    batch: Option<(u32, RecordBatch)>,
}

impl StreamRows {
    pub fn new(store: Store) -> Result<Self, Fault> {
        check_stream(&store)?;
        let reader = open_stream(&store)?;
        Ok(Self {
            store,
            reader,
            batch: None,
        })
    }

    pub fn row(&mut self, group: u32, row: u64) -> Result<Option<Value>, Fault> {
        if self.batch.as_ref().is_some_and(|(at, _)| *at > group) {
            self.reader = open_stream(&self.store)?;
            self.batch = None;
        }
        while self.batch.as_ref().is_none_or(|(at, _)| *at < group) {
            let following = self.batch.as_ref().map_or(0, |(at, _)| at + 1);
            let Some(batch) = next(&mut self.reader)? else {
                return Ok(None);
            };
            self.batch = Some((following, batch));
        }
        Ok(self.batch.as_ref().and_then(|(_, batch)| record(batch, row)))
    }
}
