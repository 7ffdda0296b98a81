//! Which smaller texts have this shingle among their rarest?

use rayon::prelude::*;

/// A shingle, a text that has it (by its rank among the sizes), and the shingle's place in that text's order.
pub(crate) type Entry = (u64, u32, u16);

/// Places beyond this are kept as this, which only makes a bound looser.
pub(crate) const LAST_PLACE: u32 = u16::MAX as u32;

/// An inverted index: shingle to (rank of text, place).
pub(crate) struct Postings {
    hashes: Vec<u64>,
    texts: Vec<(u32, u16)>,
    /// `starts[b]..starts[b + 1]` are the entries whose hash begins with `b`.
    starts: Vec<u32>,
    shift: u32,
    filter: Filter,
}

/// Which hashes have no entry, from one bit each: small enough to stay near the core, it spares nearly all look-ups.
struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

impl Filter {
    fn of(entries: &[Entry]) -> Self {
        let length = (entries.len() * 32).next_power_of_two().clamp(1 << 16, 1 << 28);
        let mut filter = Self {
            bits: vec![0; length / 64],
            shift: 64 - length.trailing_zeros(),
        };
        for (hash, ..) in entries {
            let bit = (hash >> filter.shift) as usize;
            filter.bits[bit / 64] |= 1 << (bit % 64);
        }
        filter
    }

    fn may_hold(&self, hash: u64) -> bool {
        let bit = (hash >> self.shift) as usize;
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }
}

impl Postings {
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.par_sort_unstable();
        let filter = Filter::of(&entries);
        let buckets = entries.len().next_power_of_two().clamp(1 << 8, 1 << 24);
        let shift = 64 - buckets.trailing_zeros();
        let mut starts = vec![0_u32; buckets + 1];
        for entry in &entries {
            starts[(entry.0 >> shift) as usize + 1] += 1;
        }
        for bucket in 0..buckets {
            starts[bucket + 1] += starts[bucket];
        }
        let hashes = entries.iter().map(|entry| entry.0).collect();
        let texts = entries.iter().map(|entry| (entry.1, entry.2)).collect();
        Self {
            hashes,
            texts,
            starts,
            shift,
            filter,
        }
    }

    /// The texts of ranks below `rank` that have `hash`, with its place in each; by rank.
    pub fn below(&self, rank: u32, hash: u64) -> &[(u32, u16)] {
        if !self.filter.may_hold(hash) {
            return &[];
        }
        let bucket = (hash >> self.shift) as usize;
        let (start, end) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        if start == end {
            return &[];
        }
        let hashes = &self.hashes[start..end];
        let from = hashes.partition_point(|&other| other < hash);
        let to = from + hashes[from..].partition_point(|&other| other == hash);
        let texts = &self.texts[start + from..start + to];
        &texts[..texts.partition_point(|text| text.0 < rank)]
    }
}
