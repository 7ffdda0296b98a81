//! When do two texts count as the same? When their normalised forms are equal.
//!
//! NFC, full case fold, NFC again; punctuation, symbols and controls become space; white space is
//! collapsed and trimmed. Letters, digits and diacritics are kept. Three cases need a decision:
//!
//! - Format characters (Cf: joiners, soft hyphens, direction marks) and variation selectors are taken
//!   out, not replaced by a space, so that Persian and Indic words written with joiners stay whole and
//!   an invisible character makes no difference. The zero width *space* separates words and is a space.
//! - A combining mark goes with its base: kept on a letter or digit, gone with a symbol or space.
//! - Private-use and unassigned characters are kept: they may be letters.

use caseless::Caseless;
use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_normalization::UnicodeNormalization;

/// Normalises one text.
pub fn normalise(text: &str) -> String {
    normalise_parts(&[text])
}

/// Normalises parts as if joined by a line break.
pub fn normalise_parts(parts: &[&str]) -> String {
    let mut normaliser = Normaliser::default();
    for part in parts {
        normaliser.separate();
        normaliser.push(part);
    }
    normaliser.finish();
    normaliser.text().to_owned()
}

/// Appends texts to one normalised text. Its buffer is kept from sample to sample.
#[derive(Default)]
pub(crate) struct Normaliser {
    /// UTF-8. Between pushes it may end in one space, which `finish` takes off.
    out: Vec<u8>,
}

impl Normaliser {
    pub(crate) fn clear(&mut self) {
        self.out.clear();
    }

    /// Puts a word boundary here.
    pub(crate) fn separate(&mut self) {
        if !self.at_boundary() {
            self.out.push(b' ');
        }
    }

    /// The bytes so far, without the space at the end.
    pub(crate) fn len(&self) -> usize {
        self.out.len() - usize::from(self.out.last() == Some(&b' '))
    }

    /// Where the next word would start.
    pub(crate) fn next_start(&self) -> usize {
        self.out.len()
    }

    pub(crate) fn finish(&mut self) {
        self.out.truncate(self.len());
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("only whole characters are appended")
    }

    fn at_boundary(&self) -> bool {
        self.out.last().is_none_or(|&last| last == b' ')
    }

    /// Appends `text`; what comes next must not begin with a mark that composes with its last character.
    pub(crate) fn push(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let ascii = rest
                .bytes()
                .position(|byte| !byte.is_ascii())
                .unwrap_or(rest.len());
            if ascii == rest.len() {
                return self.push_ascii(rest.as_bytes());
            }
            // The last ASCII character may be the base of a mark that follows.
            let general = ascii.saturating_sub(1);
            self.push_ascii(&rest.as_bytes()[..general]);
            let end = rest[ascii..]
                .bytes()
                .position(|byte| byte.is_ascii())
                .map_or(rest.len(), |n| ascii + n);
            self.push_general(&rest[general..end]);
            rest = &rest[end..];
        }
    }

    pub(crate) fn push_ascii(&mut self, bytes: &[u8]) {
        let start = self.out.len();
        let mut after_space = self.at_boundary();
        self.out.resize(start + bytes.len(), 0);
        let target = &mut self.out[start..];
        let mut written = 0;
        for &byte in bytes {
            let folded = ASCII[usize::from(byte & 0x7f)];
            target[written] = folded;
            let is_space = folded == b' ';
            written += usize::from(!(is_space && after_space));
            after_space = is_space;
        }
        self.out.truncate(start + written);
    }

    fn push_general(&mut self, text: &str) {
        let folded = text
            .chars()
            .filter(|&c| !is_invisible(c))
            .nfc()
            .default_case_fold();
        for c in folded.nfc() {
            match role(c) {
                Role::Kept => self.out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Role::Mark if self.at_boundary() => {}
                Role::Mark => self.out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Role::Space => self.separate(),
            }
        }
    }
}

/// What becomes of each ASCII character: itself in lower case, or a space.
const ASCII: [u8; 128] = {
    let mut table = [b' '; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

enum Role {
    Kept,
    Mark,
    Space,
}

fn role(c: char) -> Role {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() {
            Role::Kept
        } else {
            Role::Space
        };
    }
    match get_general_category(c) {
        Category::NonspacingMark | Category::SpacingMark | Category::EnclosingMark => Role::Mark,
        Category::ConnectorPunctuation
        | Category::DashPunctuation
        | Category::OpenPunctuation
        | Category::ClosePunctuation
        | Category::InitialPunctuation
        | Category::FinalPunctuation
        | Category::OtherPunctuation
        | Category::MathSymbol
        | Category::CurrencySymbol
        | Category::ModifierSymbol
        | Category::OtherSymbol
        | Category::Control
        | Category::SpaceSeparator
        | Category::LineSeparator
        | Category::ParagraphSeparator
        | Category::Format => Role::Space,
        _ => Role::Kept,
    }
}

/// Format characters and variation selectors, but not the zero width space.
fn is_invisible(c: char) -> bool {
    match c {
        '\u{200b}' => false,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}' => true,
        c if (c as u32) < 0xad => false,
        c => get_general_category(c) == Category::Format,
    }
}
