//! How is a text written, apart from what it says?
//!
//! Rates and shapes of the beginning of one part: marks, words, sentences, function words by class. Nothing here knows
//! who wrote it, and no feature grows with length, so that a long text is no other style than a short one. Deliberately
//! absent: words that carry a topic, and any judgement (`assay-measure` trains on these figures).

mod characters;
mod word_classes;

use serde::{Deserialize, Serialize};

use crate::outline::Sentence;
use crate::repetition::Span;
use crate::seen::Seen;
use word_classes::CLASSES;

/// Parts with fewer words have no style figures: rates of so few say nothing.
pub const STYLE_LEAST_WORDS: usize = 50;
/// The beginning that is looked at.
const EXAMINED_BYTES: usize = 8 * 1024;
const EXAMINED_WORDS: usize = 1_000;
/// Words in which types and words used once are counted, so that length does not decide (Covington and McFall 2010).
const WINDOW: usize = STYLE_LEAST_WORDS;

/// The figures in the order in which they stand in `PartStyle::figures`, by the names of their columns.
///
/// Marks, digits, capitals, line breaks: per 1,000 characters. Lists: share of lines. Words: mean and standard deviation
/// of their bytes; types and words used once in 50; burstiness of their returns, from -1 to 1 (Goh and Barabási 2008).
/// Sentences: mean words, their standard deviation and mean step from one to the next over that mean. Paragraphs: words.
/// Function words: per 100 words, 0 in a language without a list.
pub const STYLE_FIGURES: [&str; 34] = [
    "comma",
    "full_stop",
    "colon",
    "question_mark",
    "exclamation_mark",
    "quotation_mark",
    "apostrophe",
    "dash",
    "bracket",
    "other_mark",
    "digit",
    "capital",
    "line_break",
    "space_run",
    "typographic_mark",
    "list_line",
    "word_length",
    "word_length_spread",
    "type_token_ratio",
    "hapax_share",
    "word_burstiness",
    "sentence_length",
    "sentence_variation",
    "sentence_step",
    "paragraph_length",
    "first_person",
    "second_person",
    "article",
    "preposition",
    "conjunction",
    "auxiliary",
    "negation",
    "connective",
    "emphasis",
];

/// How one part is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartStyle {
    /// Index of the part in its sample.
    pub part: u32,
    pub role: String,
    /// One for each of `STYLE_FIGURES`; finite.
    pub figures: Vec<f32>,
}

/// A part as its style is read.
pub(crate) struct PartReading<'a> {
    pub text: &'a str,
    /// Places of the words of the normalised text, and their hashes.
    pub words: &'a [Span],
    pub hashes: &'a [u64],
    /// Those of the part alone.
    pub sentences: &'a [Sentence],
    pub language: Option<&'a str>,
}

/// Buffers for one part at a time.
#[derive(Default)]
pub(crate) struct StyleReader {
    seen: Seen,
}

impl StyleReader {
    /// The figures of a part; none for fewer than 50 words.
    pub fn read(&mut self, part: &PartReading<'_>) -> Option<Vec<f32>> {
        if part.words.len() < STYLE_LEAST_WORDS {
            return None;
        }
        let count = part.words.len().min(EXAMINED_WORDS);
        let mut figures = Vec::with_capacity(STYLE_FIGURES.len());
        figures.extend(characters::rates(beginning(part.text)));
        figures.extend(word_lengths(&part.words[..count]));
        figures.extend(self.variety(&part.hashes[..count]));
        figures.push(self.burstiness(&part.hashes[..count]));
        figures.extend(sentences(part.sentences));
        figures.extend(function_words(&part.hashes[..count], part.language));
        debug_assert_eq!(figures.len(), STYLE_FIGURES.len());
        Some(figures.into_iter().map(|figure| figure as f32).collect())
    }

    /// Distinct words, and words used once, over all words; means of windows of 50.
    fn variety(&mut self, hashes: &[u64]) -> [f64; 2] {
        let (mut types, mut once, mut windows) = (0, 0, 0);
        for window in hashes.chunks_exact(WINDOW) {
            self.seen.clear(WINDOW);
            let counts = window.iter().map(|&hash| self.seen.count(hash, 0).0);
            for count in counts {
                types += usize::from(count == 1);
                once += usize::from(count == 1);
                once -= usize::from(count == 2);
            }
            windows += 1;
        }
        let words = (windows * WINDOW) as f64;
        [types as f64 / words, once as f64 / words]
    }

    /// (s - m) / (s + m) of the distances between returns of the same word; 0 without returns.
    fn burstiness(&mut self, hashes: &[u64]) -> f64 {
        self.seen.clear(hashes.len());
        let mut gaps = Moments::default();
        for (&hash, at) in hashes.iter().zip(0_u32..) {
            if let Some(before) = self.seen.last(hash, at) {
                gaps.add(f64::from(at - before));
            }
        }
        let (mean, spread) = (gaps.mean(), gaps.spread());
        if gaps.count < 2.0 {
            0.0
        } else {
            (spread - mean) / (spread + mean)
        }
    }
}

/// The text's first 8 KiB, cut between characters.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(EXAMINED_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn word_lengths(words: &[Span]) -> [f64; 2] {
    let mut lengths = Moments::default();
    words
        .iter()
        .for_each(|&(start, end)| lengths.add(f64::from(end - start)));
    [lengths.mean(), lengths.spread()]
}

/// Length, variation, step of the sentences; words of a paragraph. Sentences without a word do not count.
fn sentences(all: &[Sentence]) -> [f64; 4] {
    let (mut lengths, mut steps) = (Moments::default(), Moments::default());
    let (mut before, mut words, mut paragraphs, mut paragraph) = (None::<f64>, 0, 0, None);
    for sentence in all {
        let length = sentence.tokens_to - sentence.tokens_from;
        if length == 0 {
            continue;
        }
        lengths.add(f64::from(length));
        if let Some(before) = before {
            steps.add((f64::from(length) - before).abs());
        }
        before = Some(f64::from(length));
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            paragraphs += 1;
        }
        words += length;
        if words as usize >= EXAMINED_WORDS {
            break;
        }
    }
    let mean = lengths.mean().max(1.0);
    let paragraph_words = f64::from(words) / f64::from(paragraphs.max(1));
    [
        lengths.mean(),
        lengths.spread() / mean,
        steps.mean() / mean,
        paragraph_words,
    ]
}

fn function_words(hashes: &[u64], language: Option<&str>) -> [f64; CLASSES] {
    let mut counts = [0.0; CLASSES];
    let Some(classes) = language.and_then(word_classes::of) else {
        return counts;
    };
    for class in hashes.iter().filter_map(|hash| classes.get(hash)) {
        counts[usize::from(*class)] += 1.0;
    }
    counts.map(|count| 100.0 * count / hashes.len() as f64)
}

/// Count, sum and sum of squares: mean and standard deviation of a population.
#[derive(Default)]
struct Moments {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    fn mean(&self) -> f64 {
        if self.count == 0.0 {
            0.0
        } else {
            self.sum / self.count
        }
    }

    fn spread(&self) -> f64 {
        if self.count == 0.0 {
            return 0.0;
        }
        (self.squares / self.count - self.mean().powi(2)).max(0.0).sqrt()
    }
}
