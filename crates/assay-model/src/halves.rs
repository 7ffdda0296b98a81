//! Half of a UTF-16 pair: JSON can write one (`\ud83d` alone), and no text can hold it.
//!
//! A text is read with U+FFFD in its place, and its digest is over that. So that an export may write what the source wrote, each
//! half can be carried through everything that handles texts as a mark: a character of a private-use plane which the document
//! holds nowhere else, and which says which half it stands for.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Value;

/// The first of the 2,048 halves, U+D800 to U+DFFF.
const FIRST: u32 = 0xD800;
const HALVES: u32 = 0x800;
/// The two private-use planes.
const PLANES: u32 = 0xF_0000;
const BLOCKS: u32 = 0x2_0000 / HALVES;

/// Where a text holds U+FFFD because its source wrote half of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Half {
    /// The byte at which U+FFFD begins.
    pub at: u32,
    /// The half, from 0xD800 to 0xDFFF.
    pub unit: u16,
}

/// A block of private-use characters, one for each half, of which a document held none before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks(u8);

/// A record in which marks stand for halves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Written {
    pub value: Value,
    pub marks: Marks,
}

impl Marks {
    /// The first block without a character among these; none where each has one, which nobody writes by accident.
    fn absent_from(characters: impl Iterator<Item = char>) -> Option<Self> {
        let mut taken = [false; BLOCKS as usize];
        for block in characters.filter_map(|c| u32::from(c).checked_sub(PLANES)) {
            taken[(block / HALVES) as usize] = true;
        }
        let free = taken.iter().position(|taken| !taken)?;
        Some(Self(free as u8))
    }

    fn mark(self, unit: u16) -> char {
        let base = PLANES + u32::from(self.0) * HALVES;
        char::from_u32(base + u32::from(unit) - FIRST).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn unit(self, mark: char) -> Option<u16> {
        let base = PLANES + u32::from(self.0) * HALVES;
        let half = u32::from(mark).checked_sub(base).filter(|half| *half < HALVES)?;
        Some((FIRST + half) as u16)
    }

    /// A text as it is read, and where its marks stood.
    pub fn take(self, marked: &str) -> (String, Vec<Half>) {
        let (mut text, mut halves) = (String::with_capacity(marked.len()), Vec::new());
        for character in marked.chars() {
            let half = self
                .unit(character)
                .and_then(|unit| Some((u32::try_from(text.len()).ok()?, unit)));
            text.push(half.map_or(character, |_| char::REPLACEMENT_CHARACTER));
            halves.extend(half.map(|(at, unit)| Half { at, unit }));
        }
        (text, halves)
    }

    /// The text with marks where the halves stood. A half that finds no U+FFFD is left out.
    fn put(self, text: &str, halves: &[Half]) -> String {
        let (mut marked, mut from) = (String::with_capacity(text.len() + halves.len()), 0);
        for half in halves {
            let at = half.at as usize;
            if let Some(before) = text.get(from..at)
                && text[at..].starts_with(char::REPLACEMENT_CHARACTER)
            {
                marked.push_str(before);
                marked.push(self.mark(half.unit));
                from = at + char::REPLACEMENT_CHARACTER.len_utf8();
            }
        }
        marked + &text[from..]
    }

    /// JSON in which every mark is the escape that it stands for.
    fn escaped(self, json: &str) -> String {
        let mut out = String::with_capacity(json.len());
        for character in json.chars() {
            match self.unit(character) {
                Some(unit) => out.push_str(&format!("\\u{unit:04x}")),
                None => out.push(character),
            }
        }
        out
    }
}

/// A document with marks in place of its halves: none where it holds no half. `json` is a JSON text.
pub fn marked(json: &str) -> Option<(String, Marks)> {
    let found = escapes(json);
    if found.iter().all(|(_, said)| said.is_ok()) {
        return None;
    }
    let escaped = found.iter().filter_map(|(_, said)| said.ok());
    let marks = Marks::absent_from(json.chars().chain(escaped))?;
    let mut out = String::with_capacity(json.len());
    let mut from = 0;
    for (place, said) in found {
        if let Err(unit) = said {
            out.push_str(&json[from..place.start]);
            out.push(marks.mark(unit));
            from = place.end;
        }
    }
    out.push_str(&json[from..]);
    Some((out, marks))
}

/// A document that any JSON reader takes: `\ufffd` where half of a pair was written.
pub fn replaced(json: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (place, said) in escapes(json) {
        if said.is_err() {
            out.push_str(&json[from..place.start]);
            out.push_str("\\ufffd");
            from = place.end;
        }
    }
    if from == 0 {
        return Cow::Borrowed(json);
    }
    out.push_str(&json[from..]);
    Cow::Owned(out)
}

/// A sample's row as JSON, each part's text written as its source wrote it. `row` holds `parts`, each with its `text`; `halves` are
/// those of each part.
pub fn as_written(mut row: serde_json::Value, halves: &[Vec<Half>]) -> String {
    let plain = row.to_string();
    if halves.iter().all(Vec::is_empty) {
        return plain;
    }
    let Some(marks) = Marks::absent_from(plain.chars()) else {
        return plain;
    };
    for (number, halves) in halves.iter().enumerate() {
        if let Some(text) = row["parts"].get_mut(number).and_then(|part| part.get_mut("text"))
            && let Some(held) = text.as_str()
        {
            *text = marks.put(held, halves).into();
        }
    }
    marks.escaped(&row.to_string())
}

/// Every `\u` of a JSON text: where it stands, and the character that it says, or the half that it is.
fn escapes(json: &str) -> Vec<(Range<usize>, Result<char, u16>)> {
    let bytes = json.as_bytes();
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)
    };
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = bytes[from..]
        .iter()
        .position(|byte| *byte == b'\\')
        .map(|at| from + at)
    {
        let Some(first) = unit(at) else {
            // Whatever it escapes is passed over with it, so that a backslash is not taken for a beginning.
            from = (at + 2).min(bytes.len());
            continue;
        };
        let pair = [first, unit(at + 6).unwrap_or(0)];
        let said = char::decode_utf16(pair)
            .next()
            .expect("a unit gives a character or a half");
        let length = if said.as_ref().is_ok_and(|c| c.len_utf16() == 2) {
            12
        } else {
            6
        };
        found.push((at..at + length, said.map_err(|half| half.unpaired_surrogate())));
        from = at + length;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of a JSON text, and what they say; a half stands for itself.
    fn piece() -> impl Strategy<Value = (String, Result<String, u16>)> {
        prop_oneof![
            "[a-z é中😀\u{f0000}\u{10fffd}\u{fffd}]{0,4}".prop_map(|text| (text.clone(), Ok(text))),
            any::<char>().prop_map(|c| {
                let units = &mut [0; 2];
                let escape: String = c
                    .encode_utf16(units)
                    .iter()
                    .map(|unit| format!("\\u{unit:04X}"))
                    .collect();
                (escape, Ok(c.to_string()))
            }),
            Just(("\\\\".to_owned(), Ok("\\".to_owned()))),
            Just(("\\\\ud83d".to_owned(), Ok("\\ud83d".to_owned()))),
            Just(("\\\"".to_owned(), Ok("\"".to_owned()))),
            // The low half stands alone wherever it comes; a high one would join a low one behind it.
            (0xDC00_u16..0xE000).prop_map(|unit| (format!("\\u{unit:04x}"), Err(unit))),
            (0xD800_u16..0xDC00).prop_map(|unit| (format!("\\u{unit:04x}."), Err(unit))),
        ]
    }

    proptest! {
        #[test]
        fn what_was_written_comes_out_again(pieces in prop::collection::vec(piece(), 0..12)) {
            let json: String = pieces.iter().map(|(written, _)| written.as_str()).collect();
            let json = format!("{{\"text\":\"{json}\"}}");
            let (mut text, mut units) = (String::new(), Vec::new());
            for (written, said) in &pieces {
                match said {
                    Ok(said) => text.push_str(said),
                    Err(unit) => {
                        text.push(char::REPLACEMENT_CHARACTER);
                        text.push_str(if written.ends_with('.') { "." } else { "" });
                        units.push(*unit);
                    }
                }
            }
            let read: serde_json::Value = serde_json::from_str(&replaced(&json)).unwrap();
            prop_assert_eq!(read["text"].as_str(), Some(text.as_str()));
            let Some((with_marks, marks)) = marked(&json) else {
                prop_assert!(units.is_empty());
                return Ok(());
            };
            let read: serde_json::Value = serde_json::from_str(&with_marks).unwrap();
            let (taken, halves) = marks.take(read["text"].as_str().unwrap());
            prop_assert_eq!(&taken, &text);
            prop_assert_eq!(halves.iter().map(|half| half.unit).collect::<Vec<_>>(), units);
            let again = as_written(serde_json::json!({"parts": [{"text": text}]}), &[halves]);
            // Spelled in other ways, and the same to a reader who knows halves: marked alike, they read alike.
            let (again, same) = marked(&again).unwrap();
            let again: serde_json::Value = serde_json::from_str(&again).unwrap();
            prop_assert_eq!(same.take(again["parts"][0]["text"].as_str().unwrap()), marks.take(read["text"].as_str().unwrap()));
        }
    }

    #[test]
    fn halves_are_told_from_pairs_and_from_escaped_backslashes() {
        assert_eq!(
            replaced(r#""\ud83d\ude00 \\ud83d \u00e9""#),
            r#""\ud83d\ude00 \\ud83d \u00e9""#
        );
        assert_eq!(
            replaced(r#""\ud83d\ud83d\ude00\ude00 \ud83""#),
            r#""\ufffd\ud83d\ude00\ufffd \ud83""#
        );
        assert!(matches!(replaced(r#""plain \n""#), Cow::Borrowed(_)));
    }

    #[test]
    fn a_text_that_uses_every_private_character_is_written_as_it_is_read() {
        let all: String = (0..BLOCKS)
            .filter_map(|block| char::from_u32(PLANES + block * HALVES))
            .collect();
        assert_eq!(marked(&format!("\"{all}\\ud83d\"")), None);
        let row = serde_json::json!({"parts": [{"text": format!("{all}\u{fffd}")}]});
        let half = Half {
            at: all.len() as u32,
            unit: 0xD83D,
        };
        assert_eq!(as_written(row.clone(), &[vec![half]]), row.to_string());
    }
}
