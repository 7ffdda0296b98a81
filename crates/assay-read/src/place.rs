//! Where in a text is this byte? Lines and columns as an editor counts them.

use assay_model::fault;

/// Counts line ends (LF, CRLF, CR) over bytes that arrive in pieces.
#[derive(Clone, Debug)]
pub(crate) struct LineCounter {
    line: u64,
    after_return: bool,
}

impl LineCounter {
    pub fn new() -> Self {
        Self {
            line: 1,
            after_return: false,
        }
    }

    /// The line that the next byte stands on, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Whether the last byte passed was a carriage return.
    pub fn ends_with_return(&self) -> bool {
        self.after_return
    }

    /// Moves past `bytes`.
    pub fn pass(&mut self, bytes: &[u8]) {
        let Some(&last) = bytes.last() else { return };
        for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let follows_return = if end == 0 {
                self.after_return
            } else {
                bytes[end - 1] == b'\r'
            };
            if bytes[end] == b'\r' || !follows_return {
                self.line += 1;
            }
        }
        self.after_return = last == b'\r';
    }
}

/// The column of byte `at` within `line`, in characters from 1. Bytes that are no UTF-8 count one each.
pub(crate) fn column(line: &[u8], at: usize) -> u64 {
    let before = &line[..at.min(line.len())];
    let chunks = before.utf8_chunks();
    1 + chunks
        .map(|chunk| (chunk.valid().chars().count() + chunk.invalid().len()) as u64)
        .sum::<u64>()
}

/// Where `at` lies in a record that may span lines: lines after its first, and the column there.
pub(crate) fn within(record: &[u8], at: usize) -> (u64, u64) {
    let before = &record[..at.min(record.len())];
    let mut counter = LineCounter::new();
    counter.pass(before);
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1);
    (counter.line() - 1, column(&record[start..], at - start))
}

/// At most 200 characters around byte `at`, controls and invalid bytes escaped.
pub(crate) fn around(bytes: &[u8], at: usize) -> String {
    let mut start = at.min(bytes.len()).saturating_sub(100);
    while start > 0 && bytes.len() > start && bytes[start] & 0xC0 == 0x80 && at - start < 104 {
        start -= 1;
    }
    let shown = fault::excerpt(&bytes[start..], 198);
    if start > 0 { format!("…{shown}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_lf_crlf_and_cr_wherever_the_pieces_are_cut() {
        let text = b"a\nb\r\nc\rd\r\r\ne\xE2\x80\xA8f";
        for cut in 0..=text.len() {
            let mut counter = LineCounter::new();
            counter.pass(&text[..cut]);
            counter.pass(&text[cut..]);
            assert_eq!(counter.line(), 6, "cut at {cut}");
        }
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(column("äöü\"x".as_bytes(), 6), 4);
        assert_eq!(within(b"{\n  \"a\": x}", 9), (1, 8));
    }

    #[test]
    fn excerpts_stay_within_200_characters() {
        let text = "ä".repeat(1000);
        let shown = around(text.as_bytes(), 1001);
        assert!(shown.chars().count() <= 200 && !shown.contains("\\x"), "{shown}");
    }
}
