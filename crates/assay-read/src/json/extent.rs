//! Where does the value that begins here end? Without parsing it, in constant memory if it is too long.

use assay_model::{Fault, fault};

use crate::source::Input;

/// How far the value reaches that begins at the given place in the window.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Its end in the window.
    Whole(usize),
    /// The stream ends inside it; it reaches to the end of the window.
    CutOff,
    /// A line break inside a text: its place in the window.
    Torn(usize),
    /// Longer than the limit. It was consumed with all before it; `text` is what it begins with.
    TooLong { bytes: u64, excerpt: String },
}

/// Where the value at the front of `bytes` ends, if it ends there without a tear.
pub(crate) fn value_end(bytes: &[u8]) -> Option<usize> {
    match Scan::default().advance(bytes) {
        Found::End(end) => Some(end),
        Found::Torn(_) | Found::Nothing => None,
    }
}

/// Finds the end of the value at `from`, which must not be white space.
pub(crate) fn extent(
    input: &mut Input,
    from: usize,
    limit: u64,
    pass: &mut dyn FnMut(&[u8]),
) -> Result<Extent, Fault> {
    let mut scan = Scan::default();
    let mut at = from;
    loop {
        match scan.advance(&input.window()[at..]) {
            Found::End(length) => return Ok(Extent::Whole(at + length)),
            Found::Torn(length) => return Ok(Extent::Torn(at + length)),
            Found::Nothing => at = input.window().len(),
        }
        if (at - from) as u64 > limit {
            return skip(input, from, at, scan, pass);
        }
        if !input.more()? {
            return Ok(if scan.is_bare() {
                Extent::Whole(at)
            } else {
                Extent::CutOff
            });
        }
    }
}

/// Consumes the rest of a value that is too long to hold.
fn skip(
    input: &mut Input,
    from: usize,
    held: usize,
    mut scan: Scan,
    pass: &mut dyn FnMut(&[u8]),
) -> Result<Extent, Fault> {
    let excerpt = fault::excerpt(&input.window()[from..held.min(from + 1000)], 120);
    let mut bytes = (held - from) as u64;
    pass(&input.window()[..held]);
    input.consume(held);
    loop {
        let window = input.window();
        let (length, done) = match scan.advance(window) {
            Found::End(length) | Found::Torn(length) => (length, true),
            Found::Nothing => (window.len(), false),
        };
        pass(&window[..length]);
        bytes += length as u64;
        input.consume(length);
        if done || !input.more()? {
            return Ok(Extent::TooLong { bytes, excerpt });
        }
    }
}

/// The state of a scan between two pieces.
#[derive(Default)]
struct Scan {
    started: bool,
    bare: bool,
    in_text: bool,
    escaped: bool,
    depth: u64,
}

enum Found {
    End(usize),
    Torn(usize),
    Nothing,
}

impl Scan {
    /// Whether the value is a bare word or number, which any end may end.
    fn is_bare(&self) -> bool {
        self.bare
    }

    fn advance(&mut self, piece: &[u8]) -> Found {
        let mut at = 0;
        while at < piece.len() {
            if self.escaped {
                self.escaped = false;
                at += 1;
                continue;
            }
            if self.in_text {
                let Some(length) = memchr::memchr3(b'"', b'\\', b'\n', &piece[at..]) else {
                    return Found::Nothing;
                };
                at += length;
                match piece[at] {
                    b'\\' => self.escaped = true,
                    b'\n' => return Found::Torn(at),
                    _ => {
                        self.in_text = false;
                        if self.depth == 0 {
                            return Found::End(at + 1);
                        }
                    }
                }
                at += 1;
                continue;
            }
            let byte = piece[at];
            let first = !std::mem::replace(&mut self.started, true);
            match byte {
                b'"' if self.bare => return Found::End(at),
                b'"' => self.in_text = true,
                b'{' | b'[' if self.bare => return Found::End(at),
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth == 0 => return Found::End(if first { at + 1 } else { at }),
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Found::End(at + 1);
                    }
                }
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' if self.depth == 0 => {
                    return Found::End(if first { at + 1 } else { at });
                }
                _ if self.depth == 0 => self.bare = true,
                _ => {}
            }
            at += 1;
        }
        Found::Nothing
    }
}
