//! UTF-16 with a byte order mark, read as UTF-8. What is no UTF-16 becomes a byte that is no UTF-8,
//! so that the record around it is quarantined rather than silently changed.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};

use crate::Encoding;

/// A byte that never stands in UTF-8.
const NOT_UTF8: u8 = 0xFF;
const CHUNK: usize = 64 << 10;

pub(crate) struct Utf16<R> {
    inner: R,
    decoder: Decoder,
    units: Vec<u8>,
    start: usize,
    end: usize,
    /// Decoded and not yet handed on.
    text: Vec<u8>,
    given: usize,
    ended: bool,
    finished: bool,
}

impl<R: Read> Utf16<R> {
    pub fn new(inner: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf16Be => UTF_16BE.new_decoder_without_bom_handling(),
            _ => UTF_16LE.new_decoder_without_bom_handling(),
        };
        Self {
            inner,
            decoder,
            units: vec![0; CHUNK],
            start: 0,
            end: 0,
            text: Vec::new(),
            given: 0,
            ended: false,
            finished: false,
        }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.finished {
            self.decode()?;
        }
        let rest = &self.text[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

impl<R: Read> Utf16<R> {
    /// Decodes the next piece into `text`.
    fn decode(&mut self) -> io::Result<()> {
        if self.start == self.end && !self.ended {
            self.start = 0;
            self.end = self.inner.read(&mut self.units)?;
            self.ended = self.end == 0;
        }
        self.given = 0;
        self.text.resize(CHUNK, 0);
        let source = &self.units[self.start..self.end];
        let (result, read, mut written) =
            self.decoder
                .decode_to_utf8_without_replacement(source, &mut self.text[..CHUNK - 1], self.ended);
        self.start += read;
        match result {
            DecoderResult::InputEmpty => self.finished = self.ended,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                self.text[written] = NOT_UTF8;
                written += 1;
            }
        }
        self.text.truncate(written);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(units: &[u16], encoding: Encoding) -> Vec<u8> {
        let bytes: Vec<u8> = match encoding {
            Encoding::Utf16Be => units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
            _ => units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        };
        let mut out = Vec::new();
        Utf16::new(&bytes[..], encoding).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn both_byte_orders_give_the_same_text() {
        let units: Vec<u16> = "Grüße 😀 世界\n".encode_utf16().collect();
        for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
            assert_eq!(read(&units, encoding), "Grüße 😀 世界\n".as_bytes());
        }
    }

    #[test]
    fn half_a_pair_becomes_a_byte_that_is_no_utf8() {
        assert_eq!(read(&[0x61, 0xD800, 0x62], Encoding::Utf16Le), [b'a', 0xFF, b'b']);
    }
}
