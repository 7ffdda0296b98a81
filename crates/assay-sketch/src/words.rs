//! Which words does a dataset hold, how often, and from whom?

use std::hint::black_box;

use assay_model::Origin;
use xxhash_rust::xxh3::xxh3_64;

const ORIGINS: usize = Origin::ALL.len();
/// Words looked up together, so that the waits for memory overlap: the table is far larger than the caches.
const TOGETHER: usize = 16;

/// Counts of words by origin. Counting in pieces and merging gives the same as counting at once.
#[derive(Clone, Debug, Default)]
pub struct WordCounts {
    /// One table for each of `Origin::ALL`, for a slot of sixteen bytes never straddles two lines of the cache.
    tables: [Table; ORIGINS],
}

/// One word's row: its xxh3-64, the word, and its counts in the order of `Origin::ALL`.
pub type WordRow = (u64, Box<str>, [u64; ORIGINS]);

impl WordCounts {
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts words of a normalised text.
    pub fn add<'a>(&mut self, words: impl IntoIterator<Item = &'a str>, origin: Origin) {
        let table = &mut self.tables[column(origin)];
        for word in words {
            table.add(xxh3_64(word.as_bytes()), 1, || word);
        }
    }

    /// Counts words that are hashed already; `word` gives the one at a place.
    pub(crate) fn add_hashed<'a>(&mut self, hashes: &[u64], word: impl Fn(usize) -> &'a str, origin: Origin) {
        let table = &mut self.tables[column(origin)];
        for (chunk, first) in hashes.chunks(TOGETHER).zip((0..).step_by(TOGETHER)) {
            table.fetch(chunk);
            for (place, &hash) in chunk.iter().enumerate() {
                table.add(hash, 1, || word(first + place));
            }
        }
    }

    /// Takes over the counts of `other`.
    pub fn merge(&mut self, other: Self) {
        for (ours, theirs) in self.tables.iter_mut().zip(&other.tables) {
            for (hash, word, count) in theirs.rows() {
                ours.add(hash, count, || word);
            }
        }
    }

    /// Distinct words, those of several origins once for each.
    pub fn len(&self) -> usize {
        self.tables.iter().map(|table| table.words.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Memory in use, roughly.
    pub fn approx_bytes(&self) -> usize {
        self.tables.iter().map(Table::approx_bytes).sum()
    }

    /// The rows in byte order of the words.
    pub fn into_sorted_rows(self) -> Vec<WordRow> {
        let each = self.tables.iter().enumerate();
        let mut found: Vec<(&str, u64, usize, u64)> = each
            .flat_map(|(origin, table)| {
                table
                    .rows()
                    .map(move |(hash, word, count)| (word, hash, origin, count))
            })
            .collect();
        found.sort_unstable();
        let same = |a: &(&str, u64, usize, u64), b: &(&str, u64, usize, u64)| a.1 == b.1;
        let rows = found.chunk_by(same).map(|of_word| {
            let (word, hash, ..) = of_word[0];
            let mut counts = [0; ORIGINS];
            for &(_, _, origin, count) in of_word {
                counts[origin] += count;
            }
            (hash, word.into(), counts)
        });
        rows.collect()
    }
}

/// Counts of one origin: a hash table that is probed slot after slot.
#[derive(Clone, Debug, Default)]
struct Table {
    /// A power of two of them, at most half in use; none before the first word.
    slots: Vec<Slot>,
    /// Hash and end in `text` of each word, as it was met first.
    words: Vec<(u64, usize)>,
    text: String,
}

/// Empty where it counts nothing.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u64,
    count: u64,
}

impl Table {
    const LEAST_SLOTS: usize = 64;

    /// Asks for the memory that these words will be looked for in.
    fn fetch(&self, hashes: &[u64]) {
        if !self.slots.is_empty() {
            let touched = hashes
                .iter()
                .fold(0, |all, &hash| all ^ self.slots[self.first_slot(hash)].hash);
            black_box(touched);
        }
    }

    fn add<'a>(&mut self, hash: u64, count: u64, word: impl FnOnce() -> &'a str) {
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let place = self.place_of(hash);
        let slot = &mut self.slots[place];
        if slot.count == 0 {
            slot.hash = hash;
            self.text.push_str(word());
            self.words.push((hash, self.text.len()));
        }
        slot.count += count;
    }

    fn first_slot(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    /// The slot of a word, or the one where it would stand.
    fn place_of(&self, hash: u64) -> usize {
        let mut place = self.first_slot(hash);
        while self.slots[place].count != 0 && self.slots[place].hash != hash {
            place = (place + 1) & (self.slots.len() - 1);
        }
        place
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(Self::LEAST_SLOTS);
        let before = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in before.into_iter().filter(|slot| slot.count != 0) {
            let place = self.place_of(slot.hash);
            self.slots[place] = slot;
        }
    }

    /// Hash, word and count, in the order in which the words were met.
    fn rows(&self) -> impl Iterator<Item = (u64, &str, u64)> {
        let mut from = 0;
        self.words.iter().map(move |&(hash, to)| {
            let word = &self.text[std::mem::replace(&mut from, to)..to];
            (hash, word, self.slots[self.place_of(hash)].count)
        })
    }

    fn approx_bytes(&self) -> usize {
        self.slots.len() * size_of::<Slot>()
            + self.words.capacity() * size_of::<(u64, usize)>()
            + self.text.capacity()
    }
}

/// The place of an origin in `Origin::ALL`.
fn column(origin: Origin) -> usize {
    Origin::ALL
        .iter()
        .position(|each| *each == origin)
        .expect("ALL holds every origin")
}
