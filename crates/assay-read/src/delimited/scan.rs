//! Where do the cells of the record that begins here end? Resumes as the window grows.

/// One cell as a range of the window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub start: usize,
    pub end: usize,
    /// Whether doubled quotes stand in it.
    pub escaped: bool,
    /// The end of what follows the closing quote, where something does.
    pub tail: Option<usize>,
}

impl Cell {
    /// The cell's text. `record` is valid UTF-8 and begins where the window began.
    pub fn text(&self, record: &str) -> String {
        let held = &record[self.start..self.end];
        let mut text = if self.escaped {
            held.replace("\"\"", "\"")
        } else {
            held.to_owned()
        };
        if let Some(tail) = self.tail {
            text.push_str(&record[self.end + 1..tail]);
        }
        text
    }
}

/// What a step of the scan found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The record's length without its line ending, and that ending's length.
    Record {
        length: usize,
        ending: usize,
    },
    /// The quote at this place is never closed, or its closing quote stands inside another row.
    Unclosed(usize),
    More,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum State {
    CellStart,
    Bare,
    Quoted,
    /// Behind a closing quote, with something other than a delimiter.
    Tail,
}

/// The scan of one record, from the front of the window.
pub(crate) struct Scan {
    delimiter: u8,
    quoted: bool,
    at: usize,
    state: State,
    cell: Cell,
    pub cells: Vec<Cell>,
    /// All cells, also those beyond the limit.
    pub count: u64,
    /// Whether anything stood between a closing quote and the next delimiter.
    pub tails: bool,
    /// Whether any cell was quoted.
    pub any_quoted: bool,
    limit: u64,
}

impl Scan {
    pub fn new(delimiter: u8, quoted: bool, limit: u64) -> Self {
        let cell = Cell {
            start: 0,
            end: 0,
            escaped: false,
            tail: None,
        };
        let (state, cells) = (State::CellStart, Vec::new());
        Self {
            delimiter,
            quoted,
            at: 0,
            state,
            cell,
            cells,
            count: 0,
            tails: false,
            any_quoted: false,
            limit,
        }
    }

    /// How far the scan came.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The place of the quote that is open, if one is.
    pub fn open_quote(&self) -> Option<usize> {
        (self.state == State::Quoted).then(|| self.cell.start - 1)
    }

    /// Scans on; `ended` tells that no more bytes will come.
    pub fn advance(&mut self, window: &[u8], ended: bool) -> Step {
        loop {
            match self.state {
                State::CellStart => {
                    let Some(&byte) = window.get(self.at) else {
                        if ended {
                            return self.end_record(self.at, 0);
                        }
                        return Step::More;
                    };
                    self.cell = Cell {
                        start: self.at,
                        end: self.at,
                        escaped: false,
                        tail: None,
                    };
                    self.state = State::Bare;
                    if byte == b'"' && self.quoted {
                        self.at += 1;
                        self.cell.start = self.at;
                        self.any_quoted = true;
                        self.state = State::Quoted;
                    }
                }
                State::Quoted => match self.quoted_step(window, ended) {
                    Some(step) => return step,
                    None => continue,
                },
                State::Bare | State::Tail => {
                    let found = memchr::memchr3(self.delimiter, b'\n', b'\r', &window[self.at..]);
                    let Some(end) = found.map(|found| self.at + found) else {
                        self.at = window.len();
                        if ended {
                            return self.end_record(window.len(), 0);
                        }
                        return Step::More;
                    };
                    self.at = end;
                    let ending = match window[end] {
                        b'\n' => 1,
                        b'\r' if window.get(end + 1) == Some(&b'\n') => 2,
                        b'\r' if end + 1 == window.len() && !ended => return Step::More,
                        b'\r' => 1,
                        _ => {
                            self.end_cell(end);
                            self.at = end + 1;
                            self.state = State::CellStart;
                            continue;
                        }
                    };
                    return self.end_record(end, ending);
                }
            }
        }
    }

    fn quoted_step(&mut self, window: &[u8], ended: bool) -> Option<Step> {
        let opening = self.cell.start - 1;
        let Some(quote) = memchr::memchr(b'"', &window[self.at..]).map(|found| self.at + found) else {
            self.at = window.len();
            return Some(if ended {
                Step::Unclosed(opening)
            } else {
                Step::More
            });
        };
        self.at = quote;
        match window.get(quote + 1) {
            None if !ended => return Some(Step::More),
            Some(b'"') => {
                self.cell.escaped = true;
                self.at = quote + 2;
                return None;
            }
            Some(&byte) if byte != self.delimiter && !matches!(byte, b'\n' | b'\r') => {
                if memchr::memchr2(b'\n', b'\r', &window[self.cell.start..quote]).is_some() {
                    return Some(Step::Unclosed(opening));
                }
                self.tails = true;
                self.state = State::Tail;
            }
            _ => self.state = State::Tail,
        }
        self.cell.end = quote;
        self.at = quote + 1;
        None
    }

    fn end_cell(&mut self, end: usize) {
        match self.state {
            State::Tail => self.cell.tail = (end > self.cell.end + 1).then_some(end),
            _ => self.cell.end = end,
        }
        self.count += 1;
        if self.count <= self.limit {
            self.cells.push(self.cell);
        }
    }

    fn end_record(&mut self, end: usize, ending: usize) -> Step {
        if self.state == State::CellStart {
            self.cell = Cell {
                start: end,
                end,
                escaped: false,
                tail: None,
            };
        }
        if end > 0 {
            self.end_cell(end);
        }
        Step::Record { length: end, ending }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, delimiter: u8, quoted: bool) -> (Vec<String>, Step) {
        let mut scan = Scan::new(delimiter, quoted, 100);
        let mut step = Step::More;
        for end in 0..=text.len() {
            step = scan.advance(&text.as_bytes()[..end], end == text.len());
            if step != Step::More {
                break;
            }
        }
        (scan.cells.iter().map(|cell| cell.text(text)).collect(), step)
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_quotes() {
        let (found, step) = cells("a,\"b,\"\"c\"\"\r\nd\",\r\nnext", b',', true);
        assert_eq!(found, ["a", "b,\"c\"\r\nd", ""]);
        assert_eq!(
            step,
            Step::Record {
                length: 15,
                ending: 2
            }
        );
    }

    #[test]
    fn a_quote_inside_a_bare_cell_is_a_quote() {
        assert_eq!(cells("5\" disk;x\n", b';', true).0, ["5\" disk", "x"]);
        assert_eq!(cells("\"a\"b;x\n", b';', true).0, ["ab", "x"]);
        assert_eq!(cells("\"a\tb\n", b'\t', false).0, ["\"a", "b"]);
    }

    #[test]
    fn an_unclosed_quote_is_found_at_the_end_or_where_another_row_closes_it() {
        assert_eq!(cells("a,\"b\nc,d\n", b',', true).1, Step::Unclosed(2));
        assert_eq!(cells("a,\"b\nc,\"d\"\n", b',', true).1, Step::Unclosed(2));
    }
}
