//! Beside whom does a text stand that has too many candidates to verify them all?
//!
//! Twenty thousand letters of one template have 200 million near pairs. Such texts are compared with
//! representatives only, through an index of the representatives' rarest shingles, and with a bounded number of
//! them: those that share the most of these shingles.

use std::cmp::Reverse;

use assay_model::{Fault, Task};
use rustc_hash::FxHashMap;

use crate::filter::Signature;
use crate::frequency::Frequencies;
use crate::pair::{Pair, Settings};
use crate::shingles::{SetBuffer, TextSets};

/// Representatives that a crowded text is verified against at most.
const VERIFIED: usize = 64;
/// Postings of representatives that a crowded text meets at most.
const VISITED: usize = 1 << 14;
/// Representatives kept for one shingle at most.
const KEPT: usize = 1 << 10;
/// Bits of the set of shingles that matter to crowded texts.
const MARKS: usize = 1 << 24;

/// A representative and when it became one: the earlier stands first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Leader {
    order: u32,
    text: u32,
}

/// The representatives that crowded texts may stand beside.
pub(crate) struct Crowd<'a> {
    sets: &'a TextSets,
    settings: &'a Settings,
    frequencies: &'a Frequencies,
    signatures: &'a [Signature],
    crowded: &'a [bool],
    /// Which shingles any crowded text has among its rarest; empty where no text is crowded.
    marks: Vec<u64>,
    leaders: FxHashMap<u64, Vec<Leader>>,
    next: u32,
    own: SetBuffer,
    other: SetBuffer,
    shared: Vec<(u8, u64)>,
}

impl<'a> Crowd<'a> {
    pub fn new(
        sets: &'a TextSets,
        settings: &'a Settings,
        frequencies: &'a Frequencies,
        signatures: &'a [Signature],
        crowded: &'a [bool],
        task: &Task,
    ) -> Result<Self, Fault> {
        let mut crowd = Self {
            sets,
            settings,
            frequencies,
            signatures,
            crowded,
            marks: Vec::new(),
            leaders: FxHashMap::default(),
            next: 0,
            own: SetBuffer::default(),
            other: SetBuffer::default(),
            shared: Vec::new(),
        };
        if !crowded.contains(&true) {
            return Ok(crowd);
        }
        crowd.marks = vec![0; MARKS / 64];
        for text in (0..sets.len() as u32).filter(|&text| crowded[text as usize]) {
            task.check()?;
            for hash in crowd.rarest(text)? {
                let bit = mark(hash);
                crowd.marks[bit / 64] |= 1 << (bit % 64);
            }
        }
        Ok(crowd)
    }

    /// The representative, if any, that `text` may join, by standing; only pairs with a crowded side are looked for.
    pub fn find(&mut self, text: u32, may_join: impl Fn(u32, &Pair) -> bool) -> Result<Option<Pair>, Fault> {
        if self.marks.is_empty() {
            return Ok(None);
        }
        let candidates = self.candidates(text)?;
        if candidates.is_empty() {
            return Ok(None);
        }
        let set = self.sets.read(text, &mut self.own)?;
        for leader in candidates {
            let pair = Pair::verify(text, set, leader, self.sets.read(leader, &mut self.other)?);
            if may_join(leader, &pair) {
                return Ok(Some(pair));
            }
        }
        Ok(None)
    }

    /// Makes `text` known as a representative.
    pub fn lead(&mut self, text: u32) -> Result<(), Fault> {
        if self.marks.is_empty() {
            return Ok(());
        }
        for hash in self.rarest(text)? {
            if self.is_marked(hash) {
                let leaders = self.leaders.entry(hash).or_default();
                if leaders.len() < KEPT {
                    leaders.push(Leader {
                        order: self.next,
                        text,
                    });
                }
            }
        }
        self.next += 1;
        Ok(())
    }

    /// Leaders that share the most of the rarest shingles, best standing first among equals.
    fn candidates(&mut self, text: u32) -> Result<Vec<u32>, Fault> {
        let mut shared: FxHashMap<Leader, u32> = FxHashMap::default();
        let mut visited = 0;
        for hash in self.rarest(text)? {
            let Some(leaders) = self.leaders.get(&hash) else {
                continue;
            };
            for &leader in leaders {
                *shared.entry(leader).or_default() += 1;
            }
            visited += leaders.len();
            if visited > VISITED {
                break;
            }
        }
        let mut candidates: Vec<(Reverse<u32>, Leader)> = shared
            .into_iter()
            .filter(|&(leader, _)| self.crowded[text as usize] || self.crowded[leader.text as usize])
            .filter(|&(leader, _)| self.may_be_near(text, leader.text))
            .map(|(leader, count)| (Reverse(count), leader))
            .collect();
        candidates.sort_unstable();
        candidates.truncate(VERIFIED);
        Ok(candidates.into_iter().map(|(_, leader)| leader.text).collect())
    }

    fn may_be_near(&self, a: u32, b: u32) -> bool {
        let (size_a, size_b) = (self.sets.size(a), self.sets.size(b));
        let most = self.signatures[a as usize].most_overlap(size_a, &self.signatures[b as usize], size_b);
        most.min(size_a).min(size_b) >= self.settings.overlap_needed(size_a, size_b)
    }

    /// The shared shingles of which a near text must have one, whichever of the two is larger.
    fn rarest(&mut self, text: u32) -> Result<Vec<u64>, Fault> {
        let set = self.sets.read(text, &mut self.own)?;
        let alone = self.frequencies.order(set, &mut self.shared) as usize;
        let prefix =
            (set.len() + 1).saturating_sub((self.settings.jaccard * set.len() as f64).ceil() as usize);
        let shared = self.shared.iter().take(prefix.saturating_sub(alone));
        Ok(shared.map(|&(_, hash)| hash).collect())
    }

    fn is_marked(&self, hash: u64) -> bool {
        let bit = mark(hash);
        self.marks[bit / 64] >> (bit % 64) & 1 == 1
    }
}

fn mark(hash: u64) -> usize {
    (hash as usize) & (MARKS - 1)
}
