//! What does one sample look like from every angle?

use assay_model::{Digest, Origin, Part};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::digest::digest_of;
use crate::language::{self, Detected};
use crate::outline::Outline;
use crate::passages::{Passage, passages};
use crate::repetition::{Repeats, Repetition, Span};
use crate::style::{PartReading, PartStyle, StyleReader};
use crate::terms::{Term, Terms};
use crate::tokens::tokens;
use crate::uniform::UniformSort;
use crate::words::WordCounts;

/// Tokens of one shingle.
pub const SHINGLE_TOKENS: usize = 5;

/// Everything the measures need to know of one sample besides its labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sketch {
    /// Its identity.
    pub digest: Digest,
    /// xxh3-128 of the normalised text, big-endian.
    pub normalised: [u8; 16],
    /// Nothing is left after normalising: compared by digest only.
    pub normalised_empty: bool,
    /// Tokens of each part as written.
    pub part_tokens: Vec<u32>,
    /// Their sum.
    pub tokens: u32,
    pub characters: u32,
    pub bytes: u32,
    /// xxh3-64 of every run of five tokens of the normalised text joined by single spaces; ascending, each once.
    /// Empty for fewer than five tokens.
    #[serde(with = "crate::packed")]
    pub shingles: Vec<u64>,
    pub passages: Vec<Passage>,
    /// The language, where the detector is certain.
    pub detected: Option<Detected>,
    /// Letters that the detector saw.
    pub letters: u32,
    pub repetition: Repetition,
    /// What it is about: its most frequent words that mean something, by number, ascending.
    pub terms: Vec<Term>,
    /// How each part of at least 50 words is written, in their order.
    pub style: Vec<PartStyle>,
}

/// Sketches one sample. For many, keep a `Sketcher`.
pub fn sketch(parts: &[Part]) -> Sketch {
    Sketcher::new().sketch(parts)
}

/// Sketches sample after sample, with the same buffers.
#[derive(Default)]
pub struct Sketcher {
    outline: Outline,
    /// The tokens of the normalised text joined by single spaces, where that is not the normalised text itself.
    joined: String,
    is_joined: bool,
    spans: Vec<Span>,
    hashes: Vec<u64>,
    /// For each part, its origin and where its tokens end in `spans`.
    part_words: Vec<(Origin, usize)>,
    sort: UniformSort,
    repeats: Repeats,
    terms: Terms,
    style: StyleReader,
    /// The beginning that the language is detected from.
    letters: String,
}

impl Sketcher {
    pub fn new() -> Self {
        Self::default()
    }

    /// Sketches one sample.
    pub fn sketch(&mut self, parts: &[Part]) -> Sketch {
        let texts = parts.iter().map(|part| part.text.as_str());
        self.outline.read(texts.clone());
        self.find_words(parts);
        let (shingles, distinct) = self.shingles();
        let (detected, letters) = self.detect(texts.clone());
        let terms = self.terms();
        let style = self.styles(parts, detected.as_ref());
        let normalised = self.outline.normalised();
        Sketch {
            digest: digest_of(parts.iter().map(|part| (part.role.as_str(), part.text.as_str()))),
            normalised: xxh3_128(normalised.as_bytes()).to_be_bytes(),
            normalised_empty: normalised.is_empty(),
            part_tokens: self.outline.parts().iter().map(|part| part.tokens).collect(),
            tokens: self.outline.tokens(),
            characters: saturate(texts.clone().map(|text| text.chars().count()).sum()),
            bytes: saturate(texts.clone().map(str::len).sum()),
            shingles,
            passages: passages(&self.outline),
            detected,
            letters,
            repetition: self.repeats.measure(texts, &self.hashes, &self.spans, distinct),
            terms,
            style,
        }
    }

    /// Adds the words of the sample sketched last, each under its part's origin.
    pub fn count_words(&self, counts: &mut WordCounts) {
        let text = self.token_text();
        let mut from = 0;
        for &(origin, to) in &self.part_words {
            let spans = &self.spans[from..to];
            let word = |place: usize| &text[spans[place].0 as usize..spans[place].1 as usize];
            counts.add_hashed(&self.hashes[from..to], word, origin);
            from = to;
        }
    }

    /// The normalised text of the sample sketched last.
    pub fn normalised(&self) -> &str {
        self.outline.normalised()
    }

    fn detect<'a>(&mut self, texts: impl Iterator<Item = &'a str>) -> (Option<Detected>, u32) {
        let mut letters = std::mem::take(&mut self.letters);
        let found = language::detect(texts, self.token_text(), &self.spans, &mut letters);
        self.letters = letters;
        found
    }

    fn terms(&mut self) -> Vec<Term> {
        let mut terms = std::mem::take(&mut self.terms);
        let found = terms.of(self.token_text().as_bytes(), &self.spans, &self.hashes);
        self.terms = terms;
        found
    }

    /// How each part with words enough is written.
    fn styles(&mut self, parts: &[Part], detected: Option<&Detected>) -> Vec<PartStyle> {
        let (mut found, mut from, mut first) = (Vec::new(), 0, 0);
        let sentences = self.outline.sentences();
        for ((part, &(_, to)), number) in parts.iter().zip(&self.part_words).zip(0_u32..) {
            let last =
                first + sentences[first..].partition_point(|sentence| sentence.part <= number as usize);
            let reading = PartReading {
                text: &part.text,
                words: &self.spans[from..to],
                hashes: &self.hashes[from..to],
                sentences: &sentences[first..last],
                language: detected.map(|detected| detected.language.as_str()),
            };
            let figures = self.style.read(&reading);
            found.extend(figures.map(|figures| PartStyle {
                part: number,
                role: part.role.clone(),
                figures,
            }));
            (from, first) = (to, last);
        }
        found
    }

    fn token_text(&self) -> &str {
        if self.is_joined {
            &self.joined
        } else {
            self.outline.normalised()
        }
    }

    /// Finds the tokens of the normalised text: places, hashes, and whose they are.
    fn find_words(&mut self, parts: &[Part]) {
        self.spans.clear();
        self.part_words.clear();
        let normalised = self.outline.normalised();
        self.is_joined = !normalised.is_ascii();
        self.joined.clear();
        let mut from = 0;
        for (part, end) in parts.iter().zip(self.outline.parts()) {
            let text = &normalised[from..end.normalised_to];
            if self.is_joined {
                join_tokens(text, &mut self.joined, &mut self.spans);
            } else {
                split_at_spaces(text, from, &mut self.spans);
            }
            from = end.normalised_to;
            self.part_words.push((part.origin, self.spans.len()));
        }
        let text = if self.is_joined {
            self.joined.as_bytes()
        } else {
            normalised.as_bytes()
        };
        self.hashes.clear();
        let hashes = self
            .spans
            .iter()
            .map(|&(start, end)| xxh3_64(&text[start as usize..end as usize]));
        self.hashes.extend(hashes);
    }

    /// The shingles, and whether no shingle occurs twice.
    fn shingles(&mut self) -> (Vec<u64>, bool) {
        let mut sort = std::mem::take(&mut self.sort);
        let text = self.token_text().as_bytes();
        let shingle = |run: &[Span]| xxh3_64(&text[run[0].0 as usize..run[SHINGLE_TOKENS - 1].1 as usize]);
        let mut shingles: Vec<u64> = self.spans.windows(SHINGLE_TOKENS).map(shingle).collect();
        let all = shingles.len();
        sort.sort(&mut shingles, |&shingle| shingle);
        self.sort = sort;
        shingles.dedup();
        let distinct = shingles.len() == all;
        (shingles, distinct)
    }
}

/// Words of normalised ASCII: what stands between spaces.
fn split_at_spaces(text: &str, offset: usize, spans: &mut Vec<Span>) {
    let mut start = 0;
    let mut word_to = |end: usize| {
        if end > start {
            spans.push(((offset + start) as u32, (offset + end) as u32));
        }
        start = end + 1;
    };
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    for (chunk, at) in words.iter().zip((0..).step_by(8)) {
        let mut spaces = spaces(u64::from_le_bytes(*chunk));
        while spaces != 0 {
            word_to(at + spaces.trailing_zeros() as usize / 8);
            spaces &= spaces - 1;
        }
    }
    let rest_at = text.len() - rest.len();
    rest.iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b' ')
        .for_each(|(at, _)| word_to(rest_at + at));
    word_to(text.len());
}

/// The highest bit of each of eight bytes that is a space, for words are too short for a search that has to be begun anew
/// behind each. Exact: no carry runs from one byte into the next.
fn spaces(bytes: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let differs = bytes ^ 0x2020_2020_2020_2020;
    !((differs & LOW).wrapping_add(LOW) | differs | LOW)
}

fn join_tokens(text: &str, joined: &mut String, spans: &mut Vec<Span>) {
    for token in tokens(text) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        let start = joined.len() as u32;
        joined.push_str(token);
        spans.push((start, joined.len() as u32));
    }
}

fn saturate(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
