//! What is the sample made of, top to bottom? Its sentences with their places in the source, among
//! the tokens and in the normalised text, all found in one pass.
//!
//! Line breaks, and ends of sentences that are beyond doubt, are boundaries of words, sentences and
//! normalisation alike, so each piece between them is read by itself and a piece of ASCII takes the fast
//! path whatever the others hold.

use crate::normalise::Normaliser;
use crate::sentences::{certain_cuts, ends_paragraph, sentence_ends};
use crate::tokens::{count_ascii, tokens};

/// A sentence that holds a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    pub part: usize,
    /// Counts up by one per paragraph that holds a sentence, or more; equal inside one paragraph.
    pub paragraph: usize,
    /// Bytes of the part.
    pub from: usize,
    pub to: usize,
    /// Bytes of the normalised text, without spaces at either end.
    pub normalised_from: usize,
    pub normalised_to: usize,
    /// Numbers of tokens in the sample: those that begin in the sentence.
    pub tokens_from: u32,
    pub tokens_to: u32,
}

/// A part's share of the sample.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PartEnd {
    pub tokens: u32,
    /// Where the part ends in the normalised text.
    pub normalised_to: usize,
}

/// Buffers for one sample at a time.
#[derive(Default)]
pub(crate) struct Outline {
    normaliser: Normaliser,
    sentences: Vec<Sentence>,
    parts: Vec<PartEnd>,
    paragraph: usize,
    tokens: u32,
    token_starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Outline {
    pub(crate) fn read<'a>(&mut self, parts: impl Iterator<Item = &'a str>) {
        self.normaliser.clear();
        self.sentences.clear();
        self.parts.clear();
        self.paragraph = 0;
        self.tokens = 0;
        for (part, text) in parts.enumerate() {
            self.read_part(part, text);
        }
        self.normaliser.finish();
    }

    pub(crate) fn normalised(&self) -> &str {
        self.normaliser.text()
    }

    pub(crate) fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    pub(crate) fn parts(&self) -> &[PartEnd] {
        &self.parts
    }

    pub(crate) fn tokens(&self) -> u32 {
        self.tokens
    }

    fn read_part(&mut self, part: usize, text: &str) {
        let tokens_before = self.tokens;
        self.normaliser.separate();
        self.paragraph += 1;
        let mut from = 0;
        while from < text.len() {
            let to = memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at + 1);
            self.read_line(part, from, &text[from..to]);
            from = to;
        }
        self.parts.push(PartEnd {
            tokens: self.tokens - tokens_before,
            normalised_to: self.normaliser.len(),
        });
    }

    fn read_line(&mut self, part: usize, offset: usize, line: &str) {
        if line.is_ascii() {
            return self.read_piece(part, offset, line, true);
        }
        let mut from = offset;
        for piece in certain_cuts(line) {
            self.read_piece(part, from, piece, piece.is_ascii());
            from += piece.len();
        }
    }

    fn read_piece(&mut self, part: usize, offset: usize, piece: &str, ascii: bool) {
        let mut ends = std::mem::take(&mut self.ends);
        ends.clear();
        sentence_ends(piece, |end| ends.push(end));
        if !ascii {
            // A word may reach over the end of a sentence, so tokens are found in the whole piece.
            self.token_starts.clear();
            let start = piece.as_ptr() as usize;
            self.token_starts
                .extend(tokens(piece).map(|token| token.as_ptr() as usize - start));
        }
        let mut from = 0;
        let mut next_token = 0;
        for &to in &ends {
            let sentence = &piece[from..to];
            let count = if ascii {
                count_ascii(sentence.as_bytes())
            } else {
                let first = next_token;
                next_token += self.token_starts[first..].partition_point(|&start| start < to);
                (next_token - first) as u32
            };
            self.read_sentence(part, offset + from, sentence, count, ascii);
            from = to;
        }
        self.ends = ends;
    }

    fn read_sentence(&mut self, part: usize, from: usize, sentence: &str, count: u32, ascii: bool) {
        let normalised_from = self.normaliser.next_start();
        if ascii {
            self.normaliser.push_ascii(sentence.as_bytes());
        } else {
            self.normaliser.push(sentence);
        }
        let normalised_to = self.normaliser.len();
        let tokens_from = self.tokens;
        self.tokens = self.tokens.saturating_add(count);
        if normalised_to > normalised_from {
            self.sentences.push(Sentence {
                part,
                paragraph: self.paragraph,
                from,
                to: from + sentence.len(),
                normalised_from,
                normalised_to,
                tokens_from,
                tokens_to: self.tokens,
            });
        }
        if ends_paragraph(sentence) {
            self.paragraph += 1;
        }
    }
}
