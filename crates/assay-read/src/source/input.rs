//! A window over a decoded stream that grows until a whole record stands in it.

use std::io::{self, Read};
use std::rc::Rc;

use assay_model::{Code, Fault, Task};

use super::{Tally, fault_of};
use crate::Limits;

const CHUNK: usize = 256 << 10;

/// Bytes of the decoded stream, from the present position on.
pub(crate) struct Input {
    reader: Box<dyn Read>,
    tally: Rc<Tally>,
    task: Task,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Position of the window's first byte in the decoded stream.
    offset: u64,
    decoded: u64,
    ended: bool,
    ratio: u64,
    ratio_grace: u64,
    file_bytes: u64,
}

impl Input {
    pub fn new(reader: Box<dyn Read>, tally: Rc<Tally>, limits: &Limits, task: &Task) -> Self {
        Self {
            reader,
            tally,
            task: task.clone(),
            buffer: Vec::new(),
            start: 0,
            end: 0,
            offset: 0,
            decoded: 0,
            ended: false,
            ratio: limits.ratio,
            ratio_grace: limits.ratio_grace,
            file_bytes: limits.file_bytes,
        }
    }

    /// Wraps the rest of the stream, window included, in another decoder.
    pub fn wrap(self, limits: &Limits, decode: impl FnOnce(Box<dyn Read>) -> Box<dyn Read>) -> Self {
        let held = io::Cursor::new(self.buffer[self.start..self.end].to_vec());
        let reader = decode(Box::new(held.chain(self.reader)));
        Self::new(reader, self.tally, limits, &self.task)
    }

    /// What was read of the stream and not consumed yet.
    pub fn window(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Position of the window's first byte in the decoded stream.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether the window reaches to the end of the stream.
    pub fn ended(&self) -> bool {
        self.ended
    }

    pub fn tally(&self) -> &Rc<Tally> {
        &self.tally
    }

    pub fn consume(&mut self, count: usize) {
        assert!(
            count <= self.end - self.start,
            "only what stands in the window can be consumed"
        );
        self.start += count;
        self.offset += count as u64;
    }

    /// Reads on, so that the window grows; false once the stream has ended.
    pub fn more(&mut self) -> Result<bool, Fault> {
        self.task.check()?;
        if self.ended {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.buffer.len() - self.end < CHUNK {
            self.buffer
                .resize((self.end + CHUNK).max(self.buffer.len() * 2), 0);
        }
        loop {
            match self.reader.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(read) => {
                    self.end += read;
                    self.decoded += read as u64;
                    self.check_budget()?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(fault_of(error)),
            }
            return Ok(!self.ended);
        }
    }

    /// Reads on until the window holds `count` bytes or the stream ends.
    pub fn ahead(&mut self, count: usize) -> Result<&[u8], Fault> {
        while self.end - self.start < count && self.more()? {}
        Ok(self.window())
    }

    /// Whether the window's first byte exists, reading on if needed.
    pub fn first(&mut self) -> Result<Option<u8>, Fault> {
        if self.start == self.end && !self.more()? {
            return Ok(None);
        }
        Ok(self.window().first().copied())
    }

    fn check_budget(&self) -> Result<(), Fault> {
        if self.decoded > self.file_bytes {
            return Err(Fault::new(
                Code::FileTooLarge,
                format!(
                    "more than the limit of {} bytes after decompression",
                    self.file_bytes
                ),
                "split the file",
            ));
        }
        let raw = self.tally.bytes().max(1);
        if self.decoded > self.ratio_grace && self.decoded / raw > self.ratio {
            return Err(Fault::new(
                Code::ExpansionLimit,
                format!(
                    "{raw} compressed bytes grew beyond {} times their size",
                    self.ratio
                ),
                "if the file is what it should be, decompress it yourself and index the result",
            ));
        }
        Ok(())
    }
}
