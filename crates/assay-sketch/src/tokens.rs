//! What is a token? A word of UAX #29; in scripts written without spaces, a grapheme cluster.
//!
//! Runs of Han, kana, Thai, Lao, Khmer and Myanmar count by extended grapheme cluster, because UAX #29
//! words would be single characters there or whole sentences. A token holds a letter or a digit.

use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::{Graphemes, UnicodeSegmentation, UnicodeWords};

/// The tokens of a text, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii_whitespace())
        .flat_map(ChunkTokens::new)
}

/// How many tokens a text has.
pub fn count_tokens(text: &str) -> u32 {
    count_from(text.as_bytes(), text)
}

fn count_from(bytes: &[u8], text: &str) -> u32 {
    if bytes.is_ascii() {
        return count_ascii(bytes);
    }
    let chunks = text.split(|c: char| c.is_ascii_whitespace());
    chunks
        .map(|chunk| match chunk.is_ascii() {
            true => count_ascii(chunk.as_bytes()),
            false => ChunkTokens::new(chunk).count() as u32,
        })
        .sum()
}

/// Tokens of a stretch without ASCII white space.
enum ChunkTokens<'a> {
    Ascii(AsciiWords<'a>),
    General { rest: &'a str, run: Run<'a> },
}

enum Run<'a> {
    Words(UnicodeWords<'a>),
    Clusters(Graphemes<'a>),
}

impl<'a> ChunkTokens<'a> {
    fn new(chunk: &'a str) -> Self {
        if chunk.is_ascii() {
            return Self::Ascii(AsciiWords { text: chunk, next: 0 });
        }
        let (run, rest) = first_run(chunk);
        Self::General { rest, run }
    }
}

impl<'a> Iterator for ChunkTokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        match self {
            Self::Ascii(words) => words.next(),
            Self::General { rest, run } => loop {
                let found = match run {
                    Run::Words(words) => words.next(),
                    Run::Clusters(clusters) => {
                        clusters.find(|cluster| cluster.contains(char::is_alphanumeric))
                    }
                };
                if found.is_some() || rest.is_empty() {
                    return found;
                }
                (*run, *rest) = first_run(rest);
            },
        }
    }
}

/// Cuts off the longest beginning that is written with spaces throughout, or without throughout.
fn first_run(text: &str) -> (Run<'_>, &str) {
    let mut spaceless = None;
    for (at, c) in text.char_indices() {
        let this = match writing(c) {
            Writing::Follows => continue,
            Writing::Spaceless => true,
            Writing::Spaced => false,
        };
        if *spaceless.get_or_insert(this) != this {
            return (run(&text[..at], !this), &text[at..]);
        }
    }
    (run(text, spaceless == Some(true)), "")
}

fn run(text: &str, spaceless: bool) -> Run<'_> {
    if spaceless {
        Run::Clusters(text.graphemes(true))
    } else {
        Run::Words(text.unicode_words())
    }
}

enum Writing {
    Spaced,
    Spaceless,
    /// A mark or joiner that belongs to what precedes it.
    Follows,
}

fn writing(c: char) -> Writing {
    // Nothing below Thai is written without spaces; marks of no script stand from U+0300.
    if (c as u32) < 0x300 {
        return Writing::Spaced;
    }
    match c {
        // Prolonged sound and voicing marks, of no one script by their property.
        '\u{30fc}' | '\u{ff70}' | '\u{ff9e}' | '\u{ff9f}' => return Writing::Spaceless,
        _ => {}
    }
    match c.script() {
        Script::Han
        | Script::Hiragana
        | Script::Katakana
        | Script::Thai
        | Script::Lao
        | Script::Khmer
        | Script::Myanmar => Writing::Spaceless,
        Script::Inherited => Writing::Follows,
        _ => Writing::Spaced,
    }
}

/// How UAX #29 sees an ASCII character between words.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Letter,
    Digit,
    Underscore,
    /// Joins letters: the colon.
    MidLetter,
    /// Joins digits: comma and semicolon.
    MidDigit,
    /// Joins either: full stop and apostrophe.
    MidBoth,
    Other,
}

const CLASSES: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Underscore,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidDigit,
            b'.' | b'\'' => Class::MidBoth,
            _ => Class::Other,
        };
        byte += 1;
    }
    table
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte & 0x7f)]
}

/// The end of the word that starts at `start`, and whether it holds a letter or digit.
#[inline]
fn ascii_word_end(bytes: &[u8], start: usize) -> (usize, bool) {
    let mut at = start;
    let mut previous = class(bytes[at]);
    let mut alphanumeric = previous != Class::Underscore;
    loop {
        at += 1;
        let Some(&byte) = bytes.get(at) else {
            return (at, alphanumeric);
        };
        let this = class(byte);
        match this {
            Class::Letter | Class::Digit => alphanumeric = true,
            Class::Underscore => {}
            Class::Other => return (at, alphanumeric),
            mid => {
                let joins = (previous == Class::Letter && mid != Class::MidDigit)
                    || (previous == Class::Digit && mid != Class::MidLetter);
                let next = bytes.get(at + 1).map(|&byte| class(byte));
                if !(joins && next == Some(previous)) {
                    return (at, alphanumeric);
                }
                at += 1;
                continue;
            }
        }
        previous = this;
    }
}

fn starts_word(byte: u8) -> bool {
    matches!(class(byte), Class::Letter | Class::Digit | Class::Underscore)
}

/// Words of ASCII text: what `unicode_words` gives, without its tables.
struct AsciiWords<'a> {
    text: &'a str,
    next: usize,
}

impl<'a> Iterator for AsciiWords<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.next + bytes[self.next..].iter().position(|&byte| starts_word(byte))?;
            let (end, alphanumeric) = ascii_word_end(bytes, start);
            self.next = end;
            if alphanumeric {
                return Some(&self.text[start..end]);
            }
        }
    }
}

/// How many words ASCII text has.
pub(crate) fn count_ascii(bytes: &[u8]) -> u32 {
    let mut count = 0;
    let mut at = 0;
    while at < bytes.len() {
        if starts_word(bytes[at]) {
            let (end, alphanumeric) = ascii_word_end(bytes, at);
            count += u32::from(alphanumeric);
            at = end;
        } else {
            at += 1;
        }
    }
    count
}
