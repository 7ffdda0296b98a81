//! Which words does a dataset hold, how often, and from whom?

use assay_model::Origin;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Counts of words by origin. Counting in pieces and merging gives the same as counting at once.
#[derive(Clone, Debug, Default)]
pub struct WordCounts {
    counts: FxHashMap<u64, (Box<str>, [u64; 4])>,
    text_bytes: usize,
}

/// One word's row: its xxh3-64, the word, and its counts in the order of `Origin::ALL`.
pub type WordRow = (u64, Box<str>, [u64; 4]);

impl WordCounts {
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts words of a normalised text.
    pub fn add<'a>(&mut self, words: impl IntoIterator<Item = &'a str>, origin: Origin) {
        for word in words {
            self.add_hashed(xxh3_64(word.as_bytes()), word, origin, 1);
        }
    }

    pub(crate) fn add_hashed(&mut self, hash: u64, word: &str, origin: Origin, count: u64) {
        let text_bytes = &mut self.text_bytes;
        let (_, counts) = self.counts.entry(hash).or_insert_with(|| {
            *text_bytes += word.len();
            (word.into(), [0; 4])
        });
        counts[column(origin)] += count;
    }

    /// Takes over the counts of `other`.
    pub fn merge(&mut self, other: Self) {
        for (hash, (word, theirs)) in other.counts {
            let (_, ours) = self.counts.entry(hash).or_insert_with(|| {
                self.text_bytes += word.len();
                (word, [0; 4])
            });
            ours.iter_mut()
                .zip(theirs)
                .for_each(|(ours, theirs)| *ours += theirs);
        }
    }

    /// Distinct words.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Memory in use, roughly.
    pub fn approx_bytes(&self) -> usize {
        const ROW: usize = size_of::<(u64, Box<str>, [u64; 4])>() + 1;
        const ALLOCATION: usize = 16;
        self.counts.capacity() * ROW + self.counts.len() * ALLOCATION + self.text_bytes
    }

    /// The rows in byte order of the words.
    pub fn into_sorted_rows(self) -> Vec<WordRow> {
        let mut rows: Vec<WordRow> = self
            .counts
            .into_iter()
            .map(|(hash, (word, counts))| (hash, word, counts))
            .collect();
        rows.sort_unstable_by(|a, b| a.1.cmp(&b.1));
        rows
    }
}

/// The place of an origin in `Origin::ALL`.
fn column(origin: Origin) -> usize {
    Origin::ALL
        .iter()
        .position(|each| *each == origin)
        .expect("ALL holds every origin")
}
