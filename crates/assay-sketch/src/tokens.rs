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
    if text.is_ascii() {
        return count_ascii(text.as_bytes());
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

/// ASCII letters, digits and the underscore: what UAX #29 never breaks between.
const WORD_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

fn in_word(byte: u8) -> bool {
    WORD_BYTES[usize::from(byte)]
}

/// The end of the word that starts at `start`, and whether it holds a letter or digit.
#[inline]
fn ascii_word_end(bytes: &[u8], start: usize) -> (usize, bool) {
    let mut end = start + 1;
    loop {
        while bytes.get(end).is_some_and(|&byte| in_word(byte)) {
            end += 1;
        }
        if !joins_words(&bytes[end - 1..]) {
            break;
        }
        end += 2;
    }
    let alphanumeric = bytes[start] != b'_' || bytes[start..end].iter().any(|&byte| byte != b'_');
    (end, alphanumeric)
}

/// Whether the second of three bytes joins the others: rules WB6, WB7, WB11 and WB12.
fn joins_words(around: &[u8]) -> bool {
    let &[before, sign, after, ..] = around else {
        return false;
    };
    match sign {
        b'.' | b'\'' => {
            both(before, after, u8::is_ascii_alphabetic) || both(before, after, u8::is_ascii_digit)
        }
        b':' => both(before, after, u8::is_ascii_alphabetic),
        b',' | b';' => both(before, after, u8::is_ascii_digit),
        _ => false,
    }
}

fn both(before: u8, after: u8, are: impl Fn(&u8) -> bool) -> bool {
    are(&before) && are(&after)
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
            let start = self.next + bytes[self.next..].iter().position(|&byte| in_word(byte))?;
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
        if in_word(bytes[at]) {
            let (end, alphanumeric) = ascii_word_end(bytes, at);
            count += u32::from(alphanumeric);
            at = end;
        } else {
            at += 1;
        }
    }
    count
}
