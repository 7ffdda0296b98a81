//! Where a sample's record can be found again.

use serde::{Deserialize, Serialize};

/// The place of one record inside its file, or inside the workspace's kept copy of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Locator {
    /// A byte range of the source file as it lies on disk (plain JSONL line, JSON element, CSV record, whole text file).
    Bytes { offset: u64, length: u64 },
    /// A row of a Parquet row group or an Arrow record batch, both from 0.
    Row { group: u32, row: u64 },
    /// A record that the workspace keeps because its source cannot be entered in the middle (compressed,
    /// UTF-16, an object of columns): the compressed block's offset, and the record's place inside it.
    Kept { block: u64, start: u32, length: u32 },
}
