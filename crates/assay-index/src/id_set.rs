//! A set of sample ids: one bit for each id between the first and the last.
//!
//! Ids of a snapshot lie close together, so that a million of them take about 125 kB.

use assay_model::Fault;

const BITS: u64 = 64;
/// Level of zstd; runs of equal bits shrink to nothing at any.
const LEVEL: i32 = 1;

/// Sample ids, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdSet {
    /// The id of the first bit; a multiple of 64.
    first: u64,
    words: Vec<u64>,
    count: u64,
}

impl IdSet {
    /// How many ids it holds.
    pub fn len(&self) -> u64 {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn contains(&self, id: u64) -> bool {
        let Some(place) = id.checked_sub(self.first) else {
            return false;
        };
        self.words
            .get((place / BITS) as usize)
            .is_some_and(|word| word >> (place % BITS) & 1 == 1)
    }

    /// As bytes that `unpack` reads.
    pub fn pack(&self) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::with_capacity(8 * (self.words.len() + 1));
        bytes.extend(self.first.to_le_bytes());
        self.words
            .iter()
            .for_each(|word| bytes.extend(word.to_le_bytes()));
        zstd::bulk::compress(&bytes, LEVEL)
            .map_err(|error| Fault::internal("keeping a set of samples", error))
    }

    /// Reads what `pack` wrote.
    pub fn unpack(packed: &[u8]) -> Result<Self, Fault> {
        let bytes = zstd::stream::decode_all(packed)
            .map_err(|error| Fault::internal("reading a set of samples", error))?;
        let mut words = bytes
            .chunks_exact(8)
            .map(|word| u64::from_le_bytes(word.try_into().expect("chunks of eight")));
        let first = words.next().unwrap_or_default();
        let words: Vec<u64> = words.collect();
        let count = words.iter().map(|word| u64::from(word.count_ones())).sum();
        Ok(Self { first, words, count })
    }
}

impl FromIterator<u64> for IdSet {
    fn from_iter<Ids: IntoIterator<Item = u64>>(ids: Ids) -> Self {
        let ids: Vec<u64> = ids.into_iter().collect();
        let (Some(least), Some(most)) = (ids.iter().min(), ids.iter().max()) else {
            return Self::default();
        };
        let first = least / BITS * BITS;
        let mut words = vec![0_u64; ((most - first) / BITS + 1) as usize];
        let mut count = 0;
        for id in ids {
            let (word, bit) = (((id - first) / BITS) as usize, 1 << ((id - first) % BITS));
            count += u64::from(words[word] & bit == 0);
            words[word] |= bit;
        }
        Self { first, words, count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_holds_what_was_put_in_and_nothing_else(ids in prop::collection::vec(900_u64..1_400, 0..300)) {
            let wanted: BTreeSet<u64> = ids.iter().copied().collect();
            let set: IdSet = ids.into_iter().collect();
            prop_assert_eq!(set.len(), wanted.len() as u64);
            for id in 0..1_500 {
                prop_assert_eq!(set.contains(id), wanted.contains(&id));
            }
            prop_assert_eq!(IdSet::unpack(&set.pack().unwrap()).unwrap(), set);
        }
    }
}
