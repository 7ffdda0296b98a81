//! Records that the workspace keeps, because their source cannot be entered in the middle.
//!
//! One file a segment: zstd blocks of about a megabyte, each holding whole records one after another.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use assay_model::{Fault, Locator};

use crate::fault;

/// A block is closed once it holds this much.
const BLOCK_BYTES: usize = 1 << 20;
/// No block can be longer than one record of the longest line and a block.
const MAX_BLOCK_BYTES: u64 = (1 << 30) + (1 << 20);

/// The file that holds a segment's kept records.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("kept.zst")
}

/// Appends records of one segment.
pub struct KeptWriter {
    path: PathBuf,
    file: Option<File>,
    offset: u64,
    block: Vec<u8>,
}

impl KeptWriter {
    /// Prepares to write into a segment's folder; the file appears with the first record.
    pub fn new(folder: &Path) -> Self {
        Self {
            path: path(folder),
            file: None,
            offset: 0,
            block: Vec::new(),
        }
    }

    /// Keeps one record and says where it will be found.
    pub fn push(&mut self, record: &[u8]) -> Result<Locator, Fault> {
        if self.block.len() + record.len() > BLOCK_BYTES && !self.block.is_empty() {
            self.flush()?;
        }
        let start = self.block.len() as u32;
        self.block.extend_from_slice(record);
        Ok(Locator::Kept {
            block: self.offset,
            start,
            length: record.len() as u32,
        })
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<(), Fault> {
        self.flush()?;
        match self.file {
            Some(file) => file.sync_all().map_err(fault::io("keeping records", &self.path)),
            None => Ok(()),
        }
    }

    fn flush(&mut self) -> Result<(), Fault> {
        if self.block.is_empty() {
            return Ok(());
        }
        let failed = fault::io("keeping records", &self.path);
        let packed = zstd::bulk::compress(&self.block, 3).map_err(&failed)?;
        if self.file.is_none() {
            self.file = Some(File::create(&self.path).map_err(&failed)?);
        }
        let file = self.file.as_mut().expect("opened above");
        file.write_all(&(packed.len() as u64).to_le_bytes())
            .map_err(&failed)?;
        file.write_all(&packed).map_err(&failed)?;
        self.offset += 8 + packed.len() as u64;
        self.block.clear();
        Ok(())
    }
}

/// Reads kept records; remembers the last block.
pub struct KeptReader {
    path: PathBuf,
    file: File,
    block: Option<(u64, Vec<u8>)>,
}

impl KeptReader {
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        let path = path(folder);
        let file = File::open(&path).map_err(fault::io("reading kept records", &path))?;
        Ok(Self {
            path,
            file,
            block: None,
        })
    }

    /// The bytes of one record.
    pub fn record(&mut self, block: u64, start: u32, length: u32) -> Result<&[u8], Fault> {
        if self.block.as_ref().is_none_or(|(offset, _)| *offset != block) {
            self.block = Some((block, self.load(block)?));
        }
        let (_, bytes) = self.block.as_ref().expect("loaded above");
        let start = start as usize;
        bytes.get(start..start + length as usize).ok_or_else(|| {
            Fault::internal("reading a kept record", "its place lies outside its block")
                .at(self.path.display().to_string())
        })
    }

    fn load(&mut self, block: u64) -> Result<Vec<u8>, Fault> {
        let failed = fault::io("reading kept records", &self.path);
        self.file.seek(SeekFrom::Start(block)).map_err(&failed)?;
        let mut length = [0; 8];
        self.file.read_exact(&mut length).map_err(&failed)?;
        let mut packed = Vec::new();
        (&self.file)
            .take(u64::from_le_bytes(length))
            .read_to_end(&mut packed)
            .map_err(&failed)?;
        let mut bytes = Vec::new();
        zstd::stream::read::Decoder::new(packed.as_slice())
            .map_err(&failed)?
            .take(MAX_BLOCK_BYTES)
            .read_to_end(&mut bytes)
            .map_err(&failed)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_kept_record_is_found_again(records in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300_000), 0..12)) {
            let folder = tempfile::tempdir().unwrap();
            let mut writer = KeptWriter::new(folder.path());
            let places: Vec<Locator> = records.iter().map(|record| writer.push(record).unwrap()).collect();
            writer.finish().unwrap();
            if !records.iter().all(Vec::is_empty) {
                let mut reader = KeptReader::open(folder.path()).unwrap();
                for (record, place) in records.iter().zip(places).rev() {
                    let Locator::Kept { block, start, length } = place else { panic!("{place:?}") };
                    if length > 0 {
                        prop_assert_eq!(reader.record(block, start, length).unwrap(), record.as_slice());
                    }
                }
            }
        }
    }
}
