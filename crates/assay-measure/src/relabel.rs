//! Which samples have another origin than their columns say, and whose are their words now?
//!
//! Columns are written once. Evidence that comes later changes origins in the index; the caller hands over the difference,
//! and every measure reads the columns through it.

use assay_model::{Fault, Origin, SourceClass, Task};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::Texts;
use crate::coverage::tally::{Class, place};

/// Samples reread at a time.
const BATCH: usize = 1024;

/// A sample whose origin is another than its columns say.
#[derive(Clone, Debug, PartialEq)]
pub struct Relabelled {
    pub sample: u64,
    pub origin: Origin,
    pub source_class: SourceClass,
    pub conflict: bool,
    /// In reading order.
    pub parts: Vec<RelabelledPart>,
}

/// One part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelabelledPart {
    pub tokens: u32,
    /// As the columns have it.
    pub was: Origin,
    pub now: Origin,
}

impl Relabelled {
    /// Tokens of its parts by their origin now, in the order of `Origin::ALL`.
    pub(crate) fn tokens_by_origin(&self) -> [u32; 4] {
        let mut tokens = [0; 4];
        for part in &self.parts {
            tokens[place(part.now)] += part.tokens;
        }
        tokens
    }

    fn moves_words(&self) -> bool {
        self.parts.iter().any(|part| part.was != part.now)
    }
}

/// Tokens of the samples whose words change hands.
pub(crate) fn moved_tokens(relabelled: &[Relabelled]) -> u64 {
    let moving = relabelled.iter().filter(|each| each.moves_words());
    moving
        .flat_map(|each| &each.parts)
        .map(|part| u64::from(part.tokens))
        .sum()
}

/// Rereads relabelled samples and counts their words under the origins of now. Those whose source has changed since are left
/// out: their words stay where the columns have them.
pub(crate) fn move_words(
    relabelled: &[Relabelled],
    texts: &dyn Texts,
    words: &mut FxHashMap<u64, Class>,
    task: &Task,
) -> Result<(), Fault> {
    let moving: FxHashMap<u64, &Relabelled> = relabelled
        .iter()
        .filter(|each| each.moves_words())
        .map(|each| (each.sample, each))
        .collect();
    let mut ids: Vec<u64> = moving.keys().copied().collect();
    ids.sort_unstable();
    for batch in ids.chunks(BATCH) {
        task.check()?;
        texts.read_parts(batch, &mut |sample, parts| {
            let Some(relabelled) = moving.get(&sample) else {
                return;
            };
            for (read, part) in parts.iter().zip(&relabelled.parts) {
                if part.was != part.now {
                    move_part(read.text, part, words);
                }
            }
        })?;
    }
    Ok(())
}

fn move_part(text: &str, part: &RelabelledPart, words: &mut FxHashMap<u64, Class>) {
    let normalised = assay_sketch::normalise(text);
    for word in assay_sketch::tokens(&normalised) {
        let Some(class) = words.get_mut(&xxh3_64(word.as_bytes())) else {
            continue;
        };
        let was = &mut class.by_origin[place(part.was)];
        // A word whose count is used up was counted under another origin: nothing is moved twice.
        if *was > 0 {
            *was -= 1;
            class.by_origin[place(part.now)] += 1;
        }
    }
}

/// Whose a part is now, for those who reread it.
pub(crate) struct Now<'a>(FxHashMap<u64, &'a Relabelled>);

impl<'a> Now<'a> {
    pub fn of(relabelled: &'a [Relabelled]) -> Self {
        Self(relabelled.iter().map(|each| (each.sample, each)).collect())
    }

    /// The origin of a sample's part, `indexed` unless evidence that came later says otherwise.
    pub fn origin(&self, sample: u64, part: usize, indexed: Origin) -> Origin {
        let relabelled = self.0.get(&sample).and_then(|each| each.parts.get(part));
        relabelled.map_or(indexed, |part| part.now)
    }
}
