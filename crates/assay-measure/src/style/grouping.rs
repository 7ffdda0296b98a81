//! Which samples are near-duplicates of one another, directly or through others? They must share a fold.

use std::ops::Range;

use assay_model::Fault;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::columns::Samples;
use crate::{Cluster, Pair, Passage, Sink, TopicModel};

/// Groups of rows, joined pair by pair. Wider than clusters, which never chain: here a chain is what must not be cut.
pub(crate) struct Grouping {
    /// The row above each row; its own for the head of a group.
    above: Vec<u32>,
    segments: Vec<Range<usize>>,
}

impl Grouping {
    pub fn new(samples: &Samples, segments: usize) -> Self {
        let mut grouping = Self {
            above: (0..samples.len() as u32).collect(),
            segments: samples.segments(segments),
        };
        grouping.join_equal_texts(samples);
        grouping
    }

    /// Texts that are equal once normalised belong together, whether or not a pair of them was handed over.
    fn join_equal_texts(&mut self, samples: &Samples) {
        let mut rows: Vec<u32> = (0..samples.len() as u32)
            .filter(|&row| !samples.normalised_empty[row as usize])
            .collect();
        rows.sort_unstable_by_key(|&row| (samples.normalised[row as usize], row));
        for two in rows.windows(2) {
            if samples.normalised[two[0] as usize] == samples.normalised[two[1] as usize] {
                self.join_rows(two[0], two[1]);
            }
        }
    }

    /// Joins two samples' groups; a sample of another snapshot joins nothing.
    pub fn join(&mut self, samples: &Samples, a: u64, b: u64) {
        let row = |sample| {
            self.segments
                .iter()
                .find_map(|rows| samples.row_of(rows, sample))
                .map(|row| row as u32)
        };
        if let (Some(a), Some(b)) = (row(a), row(b)) {
            self.join_rows(a, b);
        }
    }

    fn join_rows(&mut self, a: u32, b: u32) {
        let (a, b) = (self.shortened_head(a), self.shortened_head(b));
        self.above[a.max(b) as usize] = a.min(b);
    }

    fn shortened_head(&mut self, row: u32) -> u32 {
        let head = self.head(row);
        let mut at = row;
        while at != head {
            at = std::mem::replace(&mut self.above[at as usize], head);
        }
        head
    }

    fn head(&self, mut row: u32) -> u32 {
        while self.above[row as usize] != row {
            row = self.above[row as usize];
        }
        row
    }

    /// A number for each row's group that depends on the texts in it alone: by its smallest digest.
    pub fn keys(&self, samples: &Samples, seed: u64) -> Vec<u64> {
        let heads: Vec<u32> = (0..self.above.len() as u32).map(|row| self.head(row)).collect();
        let mut smallest: Vec<u32> = (0..heads.len() as u32).collect();
        for (row, &head) in heads.iter().enumerate() {
            let best = &mut smallest[head as usize];
            if samples.digest[row] < samples.digest[*best as usize] {
                *best = row as u32;
            }
        }
        heads
            .iter()
            .map(|&head| {
                let digest = &samples.digest[smallest[head as usize] as usize];
                xxh3_64_with_seed(&digest.0, seed)
            })
            .collect()
    }
}

/// Hands everything on, and joins the accepted pairs as they pass.
pub(crate) struct Watching<'a> {
    pub sink: &'a mut dyn Sink,
    pub samples: &'a Samples,
    pub grouping: &'a mut Grouping,
}

impl Sink for Watching<'_> {
    fn pair(&mut self, pair: Pair) -> Result<(), Fault> {
        if pair.accepted {
            self.grouping.join(self.samples, pair.a, pair.b);
        }
        self.sink.pair(pair)
    }

    fn cluster(&mut self, cluster: Cluster) -> Result<(), Fault> {
        for member in &cluster.members {
            self.grouping
                .join(self.samples, cluster.representative, member.sample);
        }
        self.sink.cluster(cluster)
    }

    fn passage(&mut self, passage: Passage) -> Result<(), Fault> {
        self.sink.passage(passage)
    }

    fn topics(&mut self, model: &TopicModel, of: &mut dyn Iterator<Item = (u64, u32)>) -> Result<(), Fault> {
        self.sink.topics(model, of)
    }
}

#[cfg(test)]
mod tests {
    use assay_model::Digest;

    use super::*;

    fn samples(digests: &[u8]) -> Samples {
        Samples {
            sample: (0..digests.len() as u64).collect(),
            digest: digests.iter().map(|&byte| Digest([byte; 32])).collect(),
            normalised: digests.iter().map(|&byte| [byte; 16]).collect(),
            normalised_empty: vec![false; digests.len()],
            found_at: (0..digests.len() as u32).map(|row| (0, row)).collect(),
            ..Samples::default()
        }
    }

    #[test]
    fn a_chain_of_pairs_is_one_group_whatever_their_order() {
        let samples = samples(&[9, 4, 7, 1, 5]);
        let keys = |pairs: &[(u64, u64)]| {
            let mut grouping = Grouping::new(&samples, 1);
            pairs.iter().for_each(|&(a, b)| grouping.join(&samples, a, b));
            grouping.keys(&samples, 3)
        };
        let forward = keys(&[(0, 1), (1, 2), (2, 3)]);
        assert!(forward[..4].iter().all(|key| *key == forward[3]));
        assert_ne!(forward[4], forward[0]);
        assert_eq!(forward, keys(&[(2, 3), (0, 1), (2, 1), (1, 2)]));
    }

    #[test]
    fn equal_texts_share_a_group_without_a_pair() {
        let samples = samples(&[2, 3, 2]);
        let keys = Grouping::new(&samples, 1).keys(&samples, 3);
        assert!(keys[0] == keys[2] && keys[0] != keys[1]);
    }
}
