//! In which language is a text, and does it agree with the declared one?
//!
//! Detection is `whatlang` on the beginning of the text; only answers it calls reliable are kept. Codes
//! are ISO 639-1 where one exists, else 639-3. It knows the languages of `detectable` and no others:
//! a text in another language may be taken for one of them, so disagreement is judged conservatively.
//!
//! Comparing one text with every profile costs more than the rest of its sketch together, so a text full
//! of words that only one language is full of is called that without it.

mod codes;
mod function_words;

use serde::{Deserialize, Serialize};
use whatlang::Lang;

use crate::repetition::Span;

pub use codes::{canonical, scripts};
pub(crate) use function_words::is_function_word;

/// Letters from the beginning of a text that decide.
const EXAMINED_LETTERS: u32 = 600;
/// Fewer letters than this say nothing.
const LEAST_LETTERS: u32 = 20;

/// A language the detector is certain of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detected {
    /// ISO 639-1 where one exists, else 639-3.
    pub language: String,
    /// From 0 to 1.
    pub confidence: f32,
}

/// The languages the detector can find, by code, ascending.
pub fn detectable() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Lang::all().iter().map(|lang| codes::code(*lang)).collect();
    codes.sort_unstable();
    codes
}

/// Detects from the beginning of the joined texts; also says how many letters were seen.
///
/// `words` are places in `normalised`, the same texts normalised.
pub(crate) fn detect<'a>(
    texts: impl Iterator<Item = &'a str>,
    normalised: &str,
    words: &[Span],
    buffer: &mut String,
) -> (Option<Detected>, u32) {
    if let Some((language, letters)) = function_words::certain(normalised, words) {
        return (
            Some(Detected {
                language: language.to_owned(),
                confidence: 1.0,
            }),
            letters,
        );
    }
    let letters = take_beginning(texts, buffer);
    if letters < LEAST_LETTERS {
        return (None, letters);
    }
    let detected = whatlang::detect(buffer)
        .filter(whatlang::Info::is_reliable)
        .map(|info| Detected {
            language: codes::code(info.lang()).to_owned(),
            confidence: info.confidence() as f32,
        });
    (detected, letters)
}

/// Fills `buffer` with the beginning of the joined texts and counts its letters.
fn take_beginning<'a>(texts: impl Iterator<Item = &'a str>, buffer: &mut String) -> u32 {
    buffer.clear();
    let mut letters = 0;
    for text in texts {
        let cut = text.char_indices().find(|(_, c)| {
            letters += u32::from(c.is_alphabetic());
            letters > EXAMINED_LETTERS
        });
        buffer.push_str(&text[..cut.map_or(text.len(), |(at, _)| at)]);
        if cut.is_some() {
            return EXAMINED_LETTERS;
        }
        buffer.push('\n');
    }
    letters
}

/// Whether the detected language contradicts the declared one (reading 25 of the command line's contract).
///
/// Languages compare by primary subtag, varieties of one macrolanguage being equal. Never true for fewer
/// than 20 letters or an undetermined language. A declared language that the detector does not know is
/// contradicted only by a script it is not written in.
pub fn language_mismatch(declared: &str, detected: Option<&Detected>, letters: usize) -> bool {
    let Some(detected) = detected else { return false };
    if letters < LEAST_LETTERS as usize {
        return false;
    }
    let Some(declared) = canonical(declared) else {
        return false;
    };
    let found = codes::macrolanguage(&detected.language);
    if codes::macrolanguage(&declared) == found || codes::confusable(&declared, found) {
        return false;
    }
    let (Some(written), Some(seen)) = (scripts(&declared), scripts(found)) else {
        return false;
    };
    let same_script = written.iter().any(|script| script == &seen[0]);
    // A language with several scripts is known to the detector in the first one only.
    let known = detectable()
        .iter()
        .any(|code| codes::macrolanguage(code) == codes::macrolanguage(&declared))
        && written[0] == seen[0];
    known || !same_script
}
