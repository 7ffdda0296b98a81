//! Where do the shingle sets lie, and how is one fetched?
//!
//! `shingles.bin` holds the sets one after the other, each a run of ascending little-endian 64-bit hashes;
//! `shingles.offsets` holds a magic word and, for each row, the number of hashes up to its end.
//! Sets are read where they lie: no set stays in memory.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use assay_model::{Code, Fault};

const SETS: &str = "shingles.bin";
const OFFSETS: &str = "shingles.offsets";
const MAGIC: [u8; 8] = *b"ASSAYSH1";

/// Says why shingle sets could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ShingleError {
    #[error("{doing} {path}: {source}")]
    Io {
        doing: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("{path} is damaged: {what}")]
    Damaged { path: PathBuf, what: &'static str },
}

impl ShingleError {
    fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}

impl From<ShingleError> for Fault {
    fn from(error: ShingleError) -> Self {
        Self::new(
            Code::WorkspaceDamaged,
            error.to_string(),
            "move its folder aside, then index the dataset again: it is rebuilt from the sources",
        )
    }
}

/// Appends one set for each row.
pub struct ShingleWriter {
    folder: PathBuf,
    sets: BufWriter<File>,
    offsets: BufWriter<File>,
    end: u64,
    /// The set being appended.
    bytes: Vec<u8>,
}

impl ShingleWriter {
    /// Starts the two files in `folder`, replacing what is there.
    pub fn create(folder: &Path) -> Result<Self, ShingleError> {
        let open = |name: &str| {
            let path = folder.join(name);
            File::create(&path).map_err(ShingleError::io("creating", &path))
        };
        let sets = BufWriter::with_capacity(1 << 20, open(SETS)?);
        let mut offsets = BufWriter::with_capacity(1 << 16, open(OFFSETS)?);
        offsets
            .write_all(&MAGIC)
            .map_err(ShingleError::io("writing", &folder.join(OFFSETS)))?;
        Ok(Self {
            folder: folder.to_owned(),
            sets,
            offsets,
            end: 0,
            bytes: Vec::new(),
        })
    }

    /// Appends the next row's set: ascending and without repeats.
    pub fn append(&mut self, set: &[u64]) -> Result<(), ShingleError> {
        debug_assert!(
            set.windows(2).all(|pair| pair[0] < pair[1]),
            "a shingle set is ascending and unique"
        );
        let failed = |name: &str| ShingleError::io("writing", &self.folder.join(name));
        self.bytes.clear();
        self.bytes.extend(set.iter().flat_map(|hash| hash.to_le_bytes()));
        self.sets
            .write_all(&self.bytes)
            .map_err(|source| failed(SETS)(source))?;
        self.end += set.len() as u64;
        self.offsets
            .write_all(&self.end.to_le_bytes())
            .map_err(|source| failed(OFFSETS)(source))
    }

    /// Writes what is buffered and makes it durable.
    pub fn finish(self) -> Result<(), ShingleError> {
        for (file, name) in [(self.sets, SETS), (self.offsets, OFFSETS)] {
            let path = self.folder.join(name);
            let file = file.into_inner().map_err(io::IntoInnerError::into_error);
            file.and_then(|file| file.sync_all())
                .map_err(ShingleError::io("writing", &path))?;
        }
        Ok(())
    }
}

/// Reads the sets of one folder, any row at any time, from any thread.
pub struct ShingleReader {
    path: PathBuf,
    file: File,
    /// `ends[row]` hashes lie before the end of `row`.
    ends: Vec<u64>,
}

impl ShingleReader {
    pub fn open(folder: &Path) -> Result<Self, ShingleError> {
        let path = folder.join(SETS);
        let file = File::open(&path).map_err(ShingleError::io("opening", &path))?;
        let ends = read_ends(&folder.join(OFFSETS))?;
        let bytes = file.metadata().map_err(ShingleError::io("opening", &path))?.len();
        if ends.last().copied().unwrap_or(0).checked_mul(8) != Some(bytes) {
            return Err(ShingleError::Damaged {
                path,
                what: "its length is not what its offsets say",
            });
        }
        Ok(Self { path, file, ends })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.ends.len()
    }

    /// The number of shingles of `row`.
    pub fn size(&self, row: u32) -> u32 {
        let (start, end) = self.span(row);
        u32::try_from(end - start).unwrap_or(u32::MAX)
    }

    /// Fetches the set of `row`.
    pub fn read<'b>(&self, row: u32, buffer: &'b mut SetBuffer) -> Result<&'b [u64], ShingleError> {
        let (start, end) = self.span(row);
        buffer.bytes.resize(((end - start) * 8) as usize, 0);
        read_at(&self.file, &mut buffer.bytes, start * 8).map_err(ShingleError::io("reading", &self.path))?;
        buffer.set.clear();
        buffer.set.extend(
            buffer
                .bytes
                .chunks_exact(8)
                .map(|hash| u64::from_le_bytes(hash.try_into().expect("chunks_exact gives eight bytes"))),
        );
        Ok(&buffer.set)
    }

    fn span(&self, row: u32) -> (u64, u64) {
        let row = row as usize;
        (if row == 0 { 0 } else { self.ends[row - 1] }, self.ends[row])
    }
}

fn read_ends(path: &Path) -> Result<Vec<u64>, ShingleError> {
    let file = File::open(path).map_err(ShingleError::io("opening", path))?;
    let damaged = |what| ShingleError::Damaged {
        path: path.to_owned(),
        what,
    };
    let length = file.metadata().map_err(ShingleError::io("opening", path))?.len();
    let mut file = BufReader::with_capacity(1 << 16, file);
    let mut word = [0; 8];
    file.read_exact(&mut word)
        .map_err(|_| damaged("it is too short"))?;
    if word != MAGIC || length % 8 != 0 {
        return Err(damaged("it does not start or end as offsets do"));
    }
    let mut ends = Vec::with_capacity((length / 8 - 1) as usize);
    let mut last = 0;
    while ends.len() < ends.capacity() && (ends.len() as u64) < length / 8 - 1 {
        file.read_exact(&mut word)
            .map_err(ShingleError::io("reading", path))?;
        let end = u64::from_le_bytes(word);
        if end < last {
            return Err(damaged("offsets go backwards"));
        }
        last = end;
        ends.push(end);
    }
    Ok(ends)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        offset += read as u64;
    }
    Ok(())
}

/// Room for one set, used again and again.
#[derive(Default)]
pub struct SetBuffer {
    bytes: Vec<u8>,
    set: Vec<u64>,
}

/// The texts to be joined: chosen rows of one or more readers, numbered from 0.
pub struct TextSets {
    readers: Vec<ShingleReader>,
    rows: Vec<(u32, u32)>,
    sizes: Vec<u32>,
}

impl TextSets {
    /// Text `i` is row `rows[i].1` of reader `rows[i].0`. Reading is fastest where rows ascend.
    pub fn new(readers: Vec<ShingleReader>, rows: Vec<(u32, u32)>) -> Self {
        let sizes = rows
            .iter()
            .map(|&(reader, row)| readers[reader as usize].size(row))
            .collect();
        Self { readers, rows, sizes }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of shingles of `text`.
    pub fn size(&self, text: u32) -> u32 {
        self.sizes[text as usize]
    }

    /// Fetches the set of `text`.
    pub fn read<'b>(&self, text: u32, buffer: &'b mut SetBuffer) -> Result<&'b [u64], ShingleError> {
        let (reader, row) = self.rows[text as usize];
        self.readers[reader as usize].read(row, buffer)
    }
}
