//! Is this text full of words that only English is full of?
//!
//! Function words that are common in another language too (`in`, `is`, `was`, `for`, `as`) do not count.
//! The others make up a fifth of English prose and next to nothing of any other language's.

use crate::repetition::Span;

/// Words from the beginning that decide.
const EXAMINED: usize = 120;
const LEAST_WORDS: usize = 30;
/// One word in eight.
const LEAST_SHARE_INVERSE: usize = 8;
/// Different ones, so that a foreign text about one English title does not pass.
const LEAST_DISTINCT: u32 = 4;

/// The letters of the examined words of normalised text, if they are English beyond doubt. `None` says nothing.
pub(super) fn certain_letters(text: &str, words: &[Span]) -> Option<u32> {
    let words = &words[..words.len().min(EXAMINED)];
    let bytes = text.as_bytes();
    let (mut hits, mut distinct) = (0, 0u128);
    for &(start, end) in words {
        let found = pack(&bytes[start as usize..end as usize]).and_then(slot_of);
        hits += usize::from(found.is_some());
        distinct |= found.map_or(0, |slot| 1 << slot);
    }
    let enough = words.len() >= LEAST_WORDS && distinct.count_ones() >= LEAST_DISTINCT;
    if !enough || hits * LEAST_SHARE_INVERSE < words.len() {
        return None;
    }
    let (_, end) = words.last()?;
    let begins_letter = |byte: &&u8| byte.is_ascii_lowercase() || **byte >= 0xc0;
    Some(bytes[..*end as usize].iter().filter(begins_letter).count() as u32)
}

/// A word of at most eight bytes as one number, so that comparing is one instruction.
const fn pack(word: &[u8]) -> Option<u64> {
    if word.len() > 8 {
        return None;
    }
    let mut packed = 0;
    let mut at = 0;
    while at < word.len() {
        packed = packed << 8 | word[at] as u64;
        at += 1;
    }
    Some(packed)
}

#[rustfmt::skip]
const FUNCTION_WORDS: [&str; 41] = [
    "the", "of", "and", "to", "that", "it", "with", "this", "are", "from", "which", "have", "not", "you", "but", "they",
    "were", "their", "been", "would", "there", "what", "your", "these", "its", "who", "when", "than", "other", "about",
    "into", "because", "how", "should", "could", "through", "those", "while", "where", "being", "shall",
];

/// A hash table of the packed function words, laid out when Assay is compiled; 0 is an empty slot.
const SLOTS: [u64; 128] = {
    let mut slots = [0; 128];
    let mut at = 0;
    while at < FUNCTION_WORDS.len() {
        let Some(packed) = pack(FUNCTION_WORDS[at].as_bytes()) else {
            panic!("a function word is longer than eight bytes");
        };
        let mut slot = first_slot(packed);
        while slots[slot] != 0 {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = packed;
        at += 1;
    }
    slots
};

const fn first_slot(packed: u64) -> usize {
    (packed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 57) as usize
}

fn slot_of(packed: u64) -> Option<usize> {
    let mut slot = first_slot(packed);
    while SLOTS[slot] != 0 {
        if SLOTS[slot] == packed {
            return Some(slot);
        }
        slot = (slot + 1) % SLOTS.len();
    }
    None
}
