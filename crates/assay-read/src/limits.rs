//! How much of anything is read before it is refused, cut or quarantined.

use serde::{Deserialize, Serialize};

/// The limits of reading, stated in `docs/formats.md`. Every one can be overridden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of one line, record, element or text file; a longer one is quarantined unread.
    pub line_bytes: u64,
    /// Levels of nesting in one record.
    pub depth: u64,
    /// Fields of one record, over all its levels; columns of one table.
    pub fields: u64,
    /// List elements of one record, over all its levels.
    pub elements: u64,
    /// Bytes of a zstd window.
    pub zstd_window: u64,
    /// Decompressed bytes for each compressed one, beyond the grace.
    pub ratio: u64,
    /// Decompressed bytes that no ratio applies to.
    pub ratio_grace: u64,
    /// Bytes of a file after decompression.
    pub file_bytes: u64,
    /// Bytes of what can only be read in memory as a whole: an object of columns, compressed Parquet or Arrow.
    pub whole_bytes: u64,
    /// Seconds that a worker may say nothing before its file is given up.
    pub silence_s: u64,
    /// Seconds of a processor that any file may take,
    pub processor_s: u64,
    /// and one more for so many of its bytes: a hundredth of the speed at which files are read.
    pub processor_bytes: u64,
    /// Bytes of memory that the reading process may ask for; where none are given, three quarters of the machine's, and 2 GiB at
    /// least.
    #[serde(default)]
    pub memory_bytes: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            line_bytes: 64 << 20,
            depth: 128,
            fields: 10_000,
            elements: 1_000_000,
            zstd_window: 128 << 20,
            ratio: 1000,
            ratio_grace: 64 << 20,
            file_bytes: 64 << 30,
            whole_bytes: 256 << 20,
            silence_s: 300,
            processor_s: 600,
            processor_bytes: 64 << 10,
            memory_bytes: None,
        }
    }
}
