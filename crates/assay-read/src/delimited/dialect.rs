//! Which delimiter, and do quotes mean anything?

use assay_model::Fault;

use super::scan::{Scan, Step};
use crate::source::Input;

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// A guess at how a table is written, and how sure it is.
pub(crate) struct Guess {
    pub delimiter: u8,
    /// Columns of the header.
    pub columns: u64,
    /// Rows of the head that were looked at, header included.
    pub rows: usize,
    /// Share of rows with as many cells as the header.
    pub equal: f64,
}

/// Guesses the delimiter from the head of a file: the one under which most rows are as long as the header.
pub(crate) fn guess(head: &[u8], ended: bool) -> Guess {
    let guesses = DELIMITERS.map(|delimiter| measure(head, ended, delimiter));
    let best = guesses
        .into_iter()
        .reduce(|best, next| if better(&next, &best) { next } else { best });
    best.expect("there is a guess for each delimiter")
}

fn better(a: &Guess, b: &Guess) -> bool {
    match (a.columns > 1, b.columns > 1) {
        (true, false) => true,
        (false, _) => false,
        // A delimiter that holds nearly always beats one that splits into more cells by chance.
        (true, true) if (a.equal - b.equal).abs() > 0.05 => a.equal > b.equal,
        (true, true) => a.columns > b.columns,
    }
}

fn measure(head: &[u8], ended: bool, delimiter: u8) -> Guess {
    let mut counts = Vec::new();
    let mut start = 0;
    while start < head.len() && counts.len() < 1000 {
        let mut scan = Scan::new(delimiter, true, 0);
        match scan.advance(&head[start..], ended) {
            Step::Record { length, ending } => {
                if scan.count > 0 {
                    counts.push(scan.count);
                }
                if length + ending == 0 {
                    break;
                }
                start += length + ending;
            }
            Step::Unclosed(quote) => {
                let line = memchr::memchr2(b'\n', b'\r', &head[start + quote..]);
                start += quote + line.map_or(head.len(), |end| end + 1);
                counts.push(0);
            }
            Step::More => break,
        }
    }
    let columns = counts.first().copied().unwrap_or(0);
    let equal = counts.iter().filter(|&&count| count == columns).count() as f64 / counts.len().max(1) as f64;
    Guess {
        delimiter,
        columns,
        rows: counts.len(),
        equal,
    }
}

/// Whether quotes hold cells together in a tab-separated file: every quoted cell closes before a tab
/// or line end, and all rows have as many cells as the first. Reads the whole stream.
pub(crate) fn quotes_hold_throughout(input: &mut Input, line_bytes: u64) -> Result<bool, Fault> {
    let mut columns = None;
    loop {
        let mut scan = Scan::new(b'\t', true, 0);
        let (length, ending) = loop {
            match scan.advance(input.window(), input.ended()) {
                Step::Record { length, ending } => break (length, ending),
                Step::Unclosed(_) => return Ok(false),
                Step::More if scan.at() as u64 > line_bytes => return Ok(false),
                Step::More => {
                    input.more()?;
                }
            }
        };
        if length + ending == 0 {
            return Ok(true);
        }
        if scan.tails || (scan.count > 0 && *columns.get_or_insert(scan.count) != scan.count) {
            return Ok(false);
        }
        input.consume(length + ending);
    }
}
