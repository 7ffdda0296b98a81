//! Which stretches of a sample can recur elsewhere? Paragraphs, and spans of three sentences.
//!
//! A paragraph ends at a line break (one is enough). A span is three consecutive sentences of one part
//! (UAX #29; those without a word are passed over), sliding by one. Either counts from 20 tokens on.

use assay_model::Part;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::outline::{Outline, Sentence};

/// The fewest tokens of a passage.
pub const LEAST_TOKENS: u32 = 20;
const SPAN: usize = 3;

/// The two kinds of passages, with the numbers that feature columns hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageUnit {
    Paragraph = 0,
    Sentence = 1,
}

/// A stretch of a sample that other samples may hold too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub unit: PassageUnit,
    /// Of the paragraph, or of the span's first sentence, among those of the sample, from 0.
    pub position: u32,
    /// Tokens that begin inside it.
    pub tokens: u32,
    /// Its first token's number in the sample, from 0, for uniting overlapping passages.
    pub start_token: u32,
    /// xxh3-64 of its normalised text.
    pub hash: u64,
}

/// The passages of an outlined sample, paragraphs first.
pub(crate) fn passages(outline: &Outline) -> Vec<Passage> {
    let mut found = Vec::new();
    let normalised = outline.normalised().as_bytes();
    for (unit, sentences, position) in stretches(outline) {
        let (first, last) = ends(sentences);
        let tokens = last.tokens_to - first.tokens_from;
        if tokens >= LEAST_TOKENS {
            let text = &normalised[first.normalised_from..last.normalised_to];
            found.push(Passage {
                unit,
                position,
                tokens,
                start_token: first.tokens_from,
                hash: xxh3_64(text),
            });
        }
    }
    found
}

/// Finds a passage again in the parts it was taken from, as it was written.
pub fn passage_text(parts: &[Part], unit: PassageUnit, position: u32) -> Option<String> {
    let mut outline = Outline::default();
    outline.read(parts.iter().map(|part| part.text.as_str()));
    let (_, sentences, _) = stretches(&outline).find(|(u, _, p)| (*u, *p) == (unit, position))?;
    let (first, last) = ends(sentences);
    Some(parts[first.part].text[first.from..last.to].trim().to_owned())
}

type Stretch<'a> = (PassageUnit, &'a [Sentence], u32);

fn stretches(outline: &Outline) -> impl Iterator<Item = Stretch<'_>> {
    let sentences = outline.sentences();
    let paragraphs = sentences
        .chunk_by(|a, b| a.paragraph == b.paragraph)
        .zip(0..)
        .map(|(sentences, position)| (PassageUnit::Paragraph, sentences, position));
    let spans = sentences
        .windows(SPAN)
        .zip(0..)
        .filter(|(span, _)| span[0].part == span[SPAN - 1].part)
        .map(|(span, position)| (PassageUnit::Sentence, span, position));
    paragraphs.chain(spans)
}

fn ends(sentences: &[Sentence]) -> (&Sentence, &Sentence) {
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else {
        unreachable!("stretches are never empty");
    };
    (first, last)
}
