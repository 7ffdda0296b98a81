//! Is this text full of words that only English is full of?
//!
//! Function words that are common in another language too (`in`, `is`, `was`, `for`, `as`) do not count.
//! They make up a fifth to a third of English prose and next to nothing of any other language's.

/// Words from the beginning that decide.
const EXAMINED: usize = 120;
const LEAST_WORDS: usize = 30;
/// One word in eight.
const LEAST_SHARE_INVERSE: usize = 8;
/// Different ones, so that a foreign text about one English title does not pass.
const LEAST_DISTINCT: u32 = 4;

/// Whether normalised words are English beyond doubt. `false` says nothing.
pub(super) fn is_certain<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut examined, mut hits, mut distinct) = (0, 0, 0u64);
    for word in words.take(EXAMINED) {
        examined += 1;
        if let Some(number) = FUNCTION_WORDS.iter().position(|known| *known == word) {
            hits += 1;
            distinct |= 1 << number;
        }
    }
    examined >= LEAST_WORDS
        && hits * LEAST_SHARE_INVERSE >= examined
        && distinct.count_ones() >= LEAST_DISTINCT
}

/// At most 64, commonest first.
const FUNCTION_WORDS: [&str; 40] = [
    "the", "of", "and", "to", "that", "it", "with", "this", "are", "from", "which", "have", "not", "you",
    "but", "they", "were", "their", "been", "would", "there", "what", "your", "these", "its", "who", "when",
    "than", "other", "about", "into", "because", "how", "should", "could", "through", "those", "while",
    "where", "being",
];
