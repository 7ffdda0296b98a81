//! Writes rows into shards of a bounded size, and their digests as they pass.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use assay_model::Digest;
use sha2::{Digest as _, Sha256};

/// A shard that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenShard {
    /// Without its folder.
    pub name: String,
    pub digest: Digest,
    pub bytes: u64,
    pub rows: u64,
}

/// JSON Lines in `PREFIX-00001.jsonl`, `PREFIX-00002.jsonl`, …; a shard ends before the row that would take it past its limit.
pub struct JsonLines {
    folder: PathBuf,
    prefix: &'static str,
    limit: u64,
    open: Option<Open>,
    written: Vec<WrittenShard>,
}

struct Open {
    file: BufWriter<File>,
    name: String,
    hash: Sha256,
    bytes: u64,
    rows: u64,
}

impl JsonLines {
    /// `limit` in bytes; a single longer row has a shard of its own.
    pub fn new(folder: &Path, prefix: &'static str, limit: u64) -> Self {
        Self {
            folder: folder.to_owned(),
            prefix,
            limit,
            open: None,
            written: Vec::new(),
        }
    }

    /// Writes one row, which holds no line break.
    pub fn push(&mut self, row: &str) -> std::io::Result<()> {
        let length = row.len() as u64 + 1;
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
        for bytes in [row.as_bytes(), b"\n"] {
            open.file.write_all(bytes)?;
            open.hash.update(bytes);
        }
        open.bytes += length;
        open.rows += 1;
        Ok(())
    }

    /// Every shard, in order.
    pub fn finish(mut self) -> std::io::Result<Vec<WrittenShard>> {
        self.close()?;
        Ok(self.written)
    }

    fn start(&self) -> std::io::Result<Open> {
        let name = format!("{}-{:05}.jsonl", self.prefix, self.written.len() + 1);
        Ok(Open {
            file: BufWriter::with_capacity(1 << 16, File::create_new(self.folder.join(&name))?),
            name,
            hash: Sha256::new(),
            bytes: 0,
            rows: 0,
        })
    }

    fn close(&mut self) -> std::io::Result<()> {
        let Some(mut open) = self.open.take() else {
            return Ok(());
        };
        open.file.flush()?;
        open.file.get_ref().sync_all()?;
        self.written.push(WrittenShard {
            name: open.name,
            digest: Digest(open.hash.finalize().into()),
            bytes: open.bytes,
            rows: open.rows,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_end_at_their_limit_and_carry_the_digest_of_their_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let mut lines = JsonLines::new(folder.path(), "train", 10);
        for row in ["1234", "1234", "5", "longer than the limit"] {
            lines.push(row).unwrap();
        }
        let shards = lines.finish().unwrap();
        assert_eq!(
            shards.iter().map(|shard| shard.rows).collect::<Vec<_>>(),
            [2, 1, 1]
        );
        for shard in shards {
            let bytes = std::fs::read(folder.path().join(&shard.name)).unwrap();
            assert_eq!(
                (shard.digest, shard.bytes),
                (Digest::of(&bytes), bytes.len() as u64)
            );
        }
    }
}
