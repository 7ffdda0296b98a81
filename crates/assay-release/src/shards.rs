//! Writes rows into shards of a bounded size, and their digests as they pass.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use assay_model::Digest;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::columns::batch;
use crate::{Dimension, Row};

/// How rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShardFormat {
    /// JSON Lines.
    #[default]
    Jsonl,
    Parquet,
}

impl ShardFormat {
    /// The word on the command line and in the manifest, and the ending of the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        }
    }
}

/// A shard that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenShard {
    /// Without its folder.
    pub name: String,
    pub digest: Digest,
    pub bytes: u64,
    pub rows: u64,
}

/// Bytes of rows after which a shard ends unless its writer says otherwise.
pub const SHARD_BYTES: u64 = 256 << 20;
/// Rows that Parquet gathers before it encodes them, and their bytes at most.
const GATHERED_ROWS: usize = 1024;
const GATHERED_BYTES: u64 = 32 << 20;

/// Writes `PREFIX-00001.jsonl`, `PREFIX-00002.jsonl`, …; a shard ends before the row that would take it past its limit.
///
/// The limit is in bytes of JSON Lines also where Parquet is written, so that both formats have the same rows in the same
/// shards; a single longer row has a shard of its own.
pub struct Shards {
    folder: PathBuf,
    prefix: &'static str,
    format: ShardFormat,
    dimensions: Vec<Dimension>,
    limit: u64,
    open: Option<Open>,
    written: Vec<WrittenShard>,
}

struct Open {
    sink: Sink,
    name: String,
    /// Of the rows as JSON Lines.
    bytes: u64,
    rows: u64,
}

enum Sink {
    Jsonl(Hashed),
    Parquet(Box<Columns>),
}

/// Rows that wait to be written as one batch.
struct Columns {
    file: Option<Hashed>,
    writer: Option<ArrowWriter<Hashed>>,
    waiting: Vec<Row>,
    waiting_bytes: u64,
}

/// A file and the digest of what went into it.
struct Hashed {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Shards {
    /// Shards of at most `limit` bytes in a folder that exists. `dimensions` in the order of their names.
    pub fn new(
        folder: &Path,
        prefix: &'static str,
        format: ShardFormat,
        dimensions: &[Dimension],
        limit: u64,
    ) -> Self {
        Self {
            folder: folder.to_owned(),
            prefix,
            format,
            dimensions: dimensions.to_vec(),
            limit,
            open: None,
            written: Vec::new(),
        }
    }

    pub fn push(&mut self, row: Row) -> std::io::Result<()> {
        let line = serde_json::to_string(&row)? + "\n";
        let length = line.len() as u64;
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.bytes + length > self.limit)
        {
            self.close()?;
        }
        if self.open.is_none() {
            self.open = Some(self.start()?);
        }
        let open = self.open.as_mut().expect("opened above");
        match &mut open.sink {
            Sink::Jsonl(file) => file.write_all(line.as_bytes())?,
            Sink::Parquet(columns) => columns.push(row, length, &self.dimensions)?,
        }
        open.bytes += length;
        open.rows += 1;
        Ok(())
    }

    /// Every shard, in order. Without a row there is none.
    pub fn finish(mut self) -> std::io::Result<Vec<WrittenShard>> {
        self.close()?;
        Ok(self.written)
    }

    fn start(&self) -> std::io::Result<Open> {
        let name = format!(
            "{}-{:05}.{}",
            self.prefix,
            self.written.len() + 1,
            self.format.as_str()
        );
        let file = Hashed {
            file: BufWriter::with_capacity(1 << 16, File::create_new(self.folder.join(&name))?),
            hash: Sha256::new(),
            bytes: 0,
        };
        let sink = match self.format {
            ShardFormat::Jsonl => Sink::Jsonl(file),
            ShardFormat::Parquet => Sink::Parquet(Box::new(Columns {
                file: Some(file),
                writer: None,
                waiting: Vec::new(),
                waiting_bytes: 0,
            })),
        };
        Ok(Open {
            sink,
            name,
            bytes: 0,
            rows: 0,
        })
    }

    fn close(&mut self) -> std::io::Result<()> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        let mut file = match open.sink {
            Sink::Jsonl(file) => file,
            Sink::Parquet(columns) => columns.finish(&self.dimensions)?,
        };
        file.flush()?;
        file.file.get_ref().sync_all()?;
        self.written.push(WrittenShard {
            name: open.name,
            digest: Digest(file.hash.finalize().into()),
            bytes: file.bytes,
            rows: open.rows,
        });
        Ok(())
    }
}

impl Columns {
    fn push(&mut self, row: Row, bytes: u64, dimensions: &[Dimension]) -> std::io::Result<()> {
        self.waiting.push(row);
        self.waiting_bytes += bytes;
        if self.waiting.len() >= GATHERED_ROWS || self.waiting_bytes >= GATHERED_BYTES {
            self.write(dimensions)?;
        }
        Ok(())
    }

    fn write(&mut self, dimensions: &[Dimension]) -> std::io::Result<()> {
        let batch = batch(&self.waiting, dimensions).map_err(std::io::Error::other)?;
        self.waiting.clear();
        self.waiting_bytes = 0;
        if let Some(file) = self.file.take() {
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(ZstdLevel::default()))
                .build();
            self.writer = Some(ArrowWriter::try_new(file, batch.schema(), Some(properties))?);
        }
        let writer = self.writer.as_mut().expect("opened with the first batch");
        Ok(writer.write(&batch)?)
    }

    fn finish(mut self, dimensions: &[Dimension]) -> std::io::Result<Hashed> {
        if !self.waiting.is_empty() {
            self.write(dimensions)?;
        }
        let writer = self.writer.expect("a shard is opened for a row");
        Ok(writer.into_inner()?)
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::example;

    fn dimensions() -> Vec<Dimension> {
        let of = |name: &str, is_list| Dimension {
            name: name.to_owned(),
            is_list,
        };
        vec![of("domain", false), of("topics", true)]
    }

    fn written(format: ShardFormat, rows: u64, limit: u64) -> (tempfile::TempDir, Vec<WrittenShard>) {
        let folder = tempfile::tempdir().unwrap();
        let mut shards = Shards::new(folder.path(), "train", format, &dimensions(), limit);
        for number in 0..rows {
            shards.push(example(number)).unwrap();
        }
        let shards = shards.finish().unwrap();
        (folder, shards)
    }

    #[test]
    fn shards_end_at_their_limit_and_carry_the_digest_of_their_bytes() {
        let row = serde_json::to_string(&example(1)).unwrap().len() as u64 + 1;
        for format in [ShardFormat::Jsonl, ShardFormat::Parquet] {
            let (folder, shards) = written(format, 5, 2 * row + 40);
            let rows: Vec<u64> = shards.iter().map(|shard| shard.rows).collect();
            assert_eq!(rows, [2, 2, 1]);
            for shard in shards {
                let bytes = std::fs::read(folder.path().join(&shard.name)).unwrap();
                assert_eq!(
                    (shard.digest, shard.bytes),
                    (Digest::of(&bytes), bytes.len() as u64)
                );
            }
        }
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        for format in [ShardFormat::Jsonl, ShardFormat::Parquet] {
            assert_eq!(
                written(format, 3000, SHARD_BYTES).1,
                written(format, 3000, SHARD_BYTES).1
            );
        }
    }

    #[test]
    fn a_row_is_read_back_from_its_line() {
        let line = serde_json::to_string(&example(2)).unwrap();
        assert_eq!(serde_json::from_str::<Row>(&line).unwrap(), example(2));
    }
}
