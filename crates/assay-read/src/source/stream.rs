//! From the file on disk to decompressed bytes, hashing and counting what is read.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufRead, Read, Seek};
use std::rc::Rc;

use assay_model::{Code, Digest, Fault};
use flate2::bufread::GzDecoder;
use sha2::{Digest as _, Sha256};

use super::open;
use crate::row::Notice;
use crate::{Compression, Limits};

/// What is known about the raw bytes so far. Shared by the layers of one stream.
#[derive(Default)]
pub(crate) struct Tally {
    hasher: RefCell<Sha256>,
    bytes: Cell<u64>,
    notices: RefCell<Vec<Notice>>,
    cut_off: Cell<bool>,
}

impl Tally {
    /// Bytes of the file on disk read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// SHA-256 of the bytes read so far.
    pub fn digest(&self) -> Digest {
        Digest(self.hasher.borrow().clone().finalize().into())
    }

    /// Whether a compressed stream ended before its end.
    pub fn is_cut_off(&self) -> bool {
        self.cut_off.get()
    }

    pub fn take_notices(&self) -> Vec<Notice> {
        self.notices.take()
    }

    fn note(&self, code: Code, message: String) {
        self.notices.borrow_mut().push((code, message));
    }

    fn cut(&self) {
        if !self.cut_off.replace(true) {
            self.note(
                Code::StreamCutOff,
                "the compressed stream ends early; records before the cut were kept".into(),
            );
        }
    }
}

/// The file as it lies on disk, as long as it was when it was opened: one that goes on growing is refused, not read for ever.
pub(crate) struct Raw {
    file: File,
    length: u64,
    left: u64,
    tally: Rc<Tally>,
}

impl Raw {
    pub fn new(file: File, tally: Rc<Tally>) -> Self {
        // Whose length cannot be told is read to its end.
        let length = file.metadata().map_or(u64::MAX, |metadata| metadata.len());
        Self {
            file,
            length,
            left: length,
            tally,
        }
    }

    /// Goes back to the file's first byte.
    pub fn rewind(&mut self) -> Result<(), Fault> {
        self.left = self.length;
        self.file.rewind().map_err(|error| open::fault(&error))
    }
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match self.file.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            other => other.map_err(|error| io::Error::other(open::fault(&error)))?,
        };
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other(open::changed()))?;
        self.tally.hasher.borrow_mut().update(&buffer[..read]);
        self.tally.bytes.set(self.tally.bytes.get() + read as u64);
        Ok(read)
    }
}

/// Takes a fault back out of the I/O error that carried it.
pub(crate) fn fault_of(error: io::Error) -> Fault {
    match error.downcast::<Fault>() {
        Ok(fault) => fault,
        Err(error) => open::fault(&error),
    }
}

/// The decompressed bytes of `raw`. What was noticed on the way lands in `tally`.
pub(crate) fn decompress(raw: Raw, compression: Compression, limits: &Limits) -> Box<dyn Read> {
    let tally = raw.tally.clone();
    match compression {
        Compression::None => Box::new(raw),
        Compression::Gzip => {
            let stage = Stage::Between(Source::new(raw));
            Box::new(Members {
                stage,
                open: open_gzip,
                window_log: 0,
                magic: is_gzip,
                tally,
                members: 0,
            })
        }
        Compression::Zstd => {
            let window_log = limits.zstd_window.max(1 << 10).ilog2();
            let stage = Stage::Between(Source::new(raw));
            Box::new(Members {
                stage,
                open: open_zstd,
                window_log,
                magic: is_zstd,
                tally,
                members: 0,
            })
        }
    }
}

const BUFFER: usize = 128 << 10;

/// The raw file behind a buffer in which one can look ahead.
struct Source {
    raw: Raw,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl Source {
    fn new(raw: Raw) -> Self {
        Self {
            raw,
            buffer: vec![0; BUFFER],
            start: 0,
            end: 0,
        }
    }

    /// The next `count` bytes without passing them; fewer only at the end of the file.
    fn ahead(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.end - self.start < count {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            match self.raw.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.ahead(1)
    }

    fn consume(&mut self, count: usize) {
        self.start += count;
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let read = held.len().min(buffer.len());
        buffer[..read].copy_from_slice(&held[..read]);
        self.consume(read);
        Ok(read)
    }
}

/// One member of a gzip file or one frame of a zstd file.
trait Member: Read {
    fn into_source(self: Box<Self>) -> Source;
}

impl Member for GzDecoder<Source> {
    fn into_source(self: Box<Self>) -> Source {
        self.into_inner()
    }
}

impl Member for zstd::stream::read::Decoder<'static, Source> {
    fn into_source(self: Box<Self>) -> Source {
        self.finish()
    }
}

fn open_gzip(source: Source, _: u32) -> io::Result<Box<dyn Member>> {
    Ok(Box::new(GzDecoder::new(source)))
}

fn open_zstd(source: Source, window_log: u32) -> io::Result<Box<dyn Member>> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(source)?.single_frame();
    decoder.window_log_max(window_log)?;
    Ok(Box::new(decoder))
}

fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1F, 0x8B])
}

fn is_zstd(head: &[u8]) -> bool {
    match head {
        [0x28, 0xB5, 0x2F, 0xFD, ..] => true,
        [low, 0x2A, 0x4D, 0x18, ..] => low & 0xF0 == 0x50,
        _ => false,
    }
}

enum Stage {
    Between(Source),
    Inside(Box<dyn Member>),
    Done,
}

/// All members of a compressed file, one after another, read as one stream.
struct Members {
    stage: Stage,
    open: fn(Source, u32) -> io::Result<Box<dyn Member>>,
    window_log: u32,
    magic: fn(&[u8]) -> bool,
    tally: Rc<Tally>,
    members: u64,
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.stage, Stage::Done) {
                Stage::Done => return Ok(0),
                Stage::Between(source) => self.stage = self.next(source)?,
                Stage::Inside(mut member) => match member.read(buffer) {
                    Ok(0) => self.stage = Stage::Between(member.into_source()),
                    Ok(read) => {
                        self.stage = Stage::Inside(member);
                        return Ok(read);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        self.stage = Stage::Inside(member);
                    }
                    Err(error) => return self.end_early(error),
                },
            }
        }
    }
}

impl Members {
    fn next(&mut self, mut source: Source) -> io::Result<Stage> {
        let head = source.ahead(4)?;
        if head.is_empty() {
            if self.members > 1 && self.window_log == 0 {
                let message = format!("the gzip file holds {} members; all were read", self.members);
                self.tally.note(Code::SeveralMembers, message);
            }
            return Ok(Stage::Done);
        }
        if !(self.magic)(head) {
            let ignored = io::copy(&mut source, &mut io::sink())?;
            if self.members == 0 {
                return Err(io::Error::other(damaged(
                    "it does not begin as a compressed stream",
                )));
            }
            let message = format!("{ignored} bytes after the end of the compressed stream were ignored");
            self.tally.note(Code::TrailingGarbage, message);
            return Ok(Stage::Done);
        }
        self.members += 1;
        Ok(Stage::Inside((self.open)(source, self.window_log)?))
    }

    fn end_early(&mut self, error: io::Error) -> io::Result<usize> {
        if error.get_ref().is_some_and(|inner| inner.is::<Fault>()) {
            return Err(error);
        }
        let words = error.to_string();
        if error.kind() == io::ErrorKind::UnexpectedEof || words.contains("incomplete frame") {
            self.tally.cut();
            return Ok(0);
        }
        if words.contains("too much memory") {
            return Err(io::Error::other(Fault::new(
                Code::WindowTooLarge,
                format!(
                    "its zstd window is larger than the limit of {} MiB",
                    (1_u64 << self.window_log) >> 20
                ),
                "compress it again without --long, or with --long=27 at most",
            )));
        }
        Err(io::Error::other(damaged(&words)))
    }
}

fn damaged(why: &str) -> Fault {
    Fault::new(
        Code::DamagedArchive,
        format!("the compressed stream is damaged: {why}"),
        "fetch the file again; its digest may be published where it came from",
    )
}
