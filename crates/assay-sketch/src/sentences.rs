//! Where do sentences end? UAX #29, with a fast path for ASCII.

use unicode_segmentation::UnicodeSegmentation;

/// Calls `each` with the end of every sentence of `text`, in order; the last is the text's own end.
///
/// A line break always ends a sentence and belongs to it.
pub(crate) fn sentence_ends(text: &str, mut each: impl FnMut(usize)) {
    if text.is_ascii() {
        return ascii_sentence_ends(text.as_bytes(), each);
    }
    let mut end = 0;
    for sentence in text.split_sentence_bounds() {
        end += sentence.len();
        each(end);
    }
}

/// Cuts a text where a sentence certainly ends whatever stands on either side: behind `.`, `!` or `?` and
/// spaces, before an ASCII capital. Each piece can then be read by itself, in ASCII or not.
pub(crate) fn certain_cuts(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest;
        if from == bytes.len() {
            return None;
        }
        let mut at = from;
        while let Some(found) = memchr::memchr3(b'.', b'!', b'?', &bytes[at..]) {
            let after = at + found + 1;
            let spaces = bytes[after..].iter().take_while(|&&byte| byte == b' ').count();
            at = after + spaces;
            if spaces > 0 && bytes.get(at).is_some_and(u8::is_ascii_uppercase) {
                rest = at;
                return Some(&text[from..at]);
            }
        }
        rest = bytes.len();
        Some(&text[from..])
    })
}

/// Whether a sentence ends its paragraph: its last character is a line or paragraph break.
pub(crate) fn ends_paragraph(sentence: &str) -> bool {
    sentence.ends_with(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Break,
    Space,
    Lower,
    Upper,
    Digit,
    /// The full stop.
    Stop,
    /// `!` and `?`.
    Terminator,
    Continue,
    Close,
    Other,
}

const CLASSES: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'\n' | b'\r' => Class::Break,
            b' ' | b'\t' | 0x0b | 0x0c => Class::Space,
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            b'.' => Class::Stop,
            b'!' | b'?' => Class::Terminator,
            b',' | b'-' | b':' | b';' => Class::Continue,
            b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => Class::Close,
            _ => Class::Other,
        };
        byte += 1;
    }
    table
};

/// The rules SB3 to SB11 as far as ASCII reaches.
fn ascii_sentence_ends(bytes: &[u8], mut each: impl FnMut(usize)) {
    let class_at = |at: usize| bytes.get(at).map(|&byte| CLASSES[usize::from(byte & 0x7f)]);
    let mut last_end = 0;
    let mut at = 0;
    while let Some(found) = next_candidate(bytes, at) {
        let class = class_at(found).expect("the candidate lies inside the text");
        let end = if class == Class::Break {
            Some(after_break(bytes, found))
        } else {
            after_terminator(bytes, found, class, &class_at)
        };
        match end {
            Some(end) => {
                each(end);
                last_end = end;
                at = end;
            }
            None => at = found + 1,
        }
    }
    if last_end < bytes.len() {
        each(bytes.len());
    }
}

/// The next byte that may end a sentence.
fn next_candidate(bytes: &[u8], from: usize) -> Option<usize> {
    let stops = |&byte: &u8| {
        matches!(
            CLASSES[usize::from(byte & 0x7f)],
            Class::Break | Class::Stop | Class::Terminator
        )
    };
    bytes[from..].iter().position(stops).map(|at| from + at)
}

/// SB3, SB4: behind a line break, CR LF being one.
fn after_break(bytes: &[u8], at: usize) -> usize {
    if bytes[at..].starts_with(b"\r\n") {
        at + 2
    } else {
        at + 1
    }
}

/// SB6 to SB11: where the sentence that this terminator closes ends, if it closes one.
fn after_terminator(
    bytes: &[u8],
    at: usize,
    class: Class,
    class_at: &impl Fn(usize) -> Option<Class>,
) -> Option<usize> {
    let next = class_at(at + 1);
    if class == Class::Stop {
        let before = at.checked_sub(1).and_then(class_at);
        let between_letters =
            matches!(before, Some(Class::Upper | Class::Lower)) && next == Some(Class::Upper);
        if next == Some(Class::Digit) || between_letters {
            return None;
        }
    }
    let mut end = at + 1;
    while class_at(end) == Some(Class::Close) {
        end += 1;
    }
    while class_at(end) == Some(Class::Space) {
        end += 1;
    }
    match class_at(end)? {
        Class::Continue | Class::Stop | Class::Terminator => return None,
        Class::Break => return Some(after_break(bytes, end)),
        _ => {}
    }
    let goes_on_in_lower_case = || {
        (end..bytes.len()).map_while(class_at).find(|class| {
            use Class::{Break, Lower, Stop, Terminator, Upper};
            matches!(class, Upper | Lower | Break | Stop | Terminator)
        }) == Some(Class::Lower)
    };
    if class == Class::Stop && goes_on_in_lower_case() {
        None
    } else {
        Some(end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ends(text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        sentence_ends(text, |end| ends.push(end));
        ends
    }

    fn by_the_tables(text: &str) -> Vec<usize> {
        text.split_sentence_bound_indices()
            .map(|(at, sentence)| at + sentence.len())
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn ascii_sentences_end_where_uax_29_says(text in "[aB1.!?,;\"()' \n\r\t\u{b}\\-_:/]{0,16}|[ -~\n]{0,60}") {
            prop_assert_eq!(ends(&text), by_the_tables(&text));
        }

        #[test]
        fn certain_cuts_are_ends_of_sentences(text in "[aBé1.!?,\"() ’…。ب\u{301}\u{200d}\n]{0,24}") {
            let mut end = 0;
            let mut found = Vec::new();
            for piece in certain_cuts(&text) {
                sentence_ends(piece, |within| found.push(end + within));
                end += piece.len();
            }
            prop_assert_eq!(found, by_the_tables(&text));
        }
    }

    #[test]
    fn abbreviations_and_decimals_do_not_end_sentences() {
        assert_eq!(ends("Pay 3.50 to e.g. him. U.S. law! (Yes.) No\nEnd").len(), 5);
    }
}
