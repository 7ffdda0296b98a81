//! Which pairs of sets are near?
//!
//! An exact set-similarity join: prefix and size filters in the manner of Bayardo, Ma and Srikant (WWW 2007) and
//! Xiao, Wang, Lin and Yu (WWW 2008), a bitmap bound on the overlap, then verification on the full sets. If two sets
//! of sizes a and b share at least o shingles, then in any one order of all shingles they share one among the
//! first a - o + 1 of the one and the first b - o + 1 of the other. The order is rarest first as far as shingles are
//! counted ([`crate::frequency`]); those of one text alone stand before all others and are never looked up, so most texts
//! of ordinary data have no candidate.
//!
//! Memory is bounded by indexing the texts block after block. Time is bounded by leaving texts with very many
//! candidates to [`crate::crowd`].

use assay_model::{Fault, Task};
use rayon::prelude::*;

use crate::filter::Signature;
use crate::frequency::{BATCH, Frequencies};
use crate::pair::{Pair, Settings};
use crate::postings::{Entry, LAST_PLACE, Postings};
use crate::shingles::{SetBuffer, TextSets};

/// Batches between two looks at who has partners enough.
const BATCHES_BETWEEN: usize = 8;

/// What the join found, before stars are made of it.
pub struct Joined {
    /// Verified pairs of the texts that were joined in full, by `(a, b)`.
    pub pairs: Vec<Pair>,
    /// Whether a text had too many candidates: its pairs with smaller texts are not all in `pairs`.
    pub crowded: Vec<bool>,
    pub(crate) frequencies: Frequencies,
    pub(crate) signatures: Vec<Signature>,
}

/// Which pairs are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every pair.
    All,
    /// Pairs of a text before `second` and one from there on.
    Between { second: u32 },
}

impl Scope {
    fn admits(self, a: u32, b: u32) -> bool {
        match self {
            Self::All => true,
            Self::Between { second } => (a < second) != (b < second),
        }
    }
}

/// Finds every pair of near texts in `scope`, except among crowded ones.
///
/// Between two sides only accepted pairs are kept, and a text of the first side with very many accepted
/// partners keeps those that were found first: it is found, however many copies there are.
pub fn join(
    sets: &TextSets,
    scope: Scope,
    settings: &Settings,
    task: &Task,
    fraction: &dyn Fn(f64),
) -> Result<Joined, Fault> {
    let (frequencies, signatures) = Frequencies::count(sets, task)?;
    fraction(0.2);
    let ranks = Ranks::of(sets, &signatures);
    let join = Join {
        sets,
        scope,
        settings,
        task,
        frequencies,
        signatures,
        ranks,
    };
    let mut found = Found {
        pairs: Vec::new(),
        candidates: vec![0; sets.len()],
        crowded: vec![false; sets.len()],
        partners: match scope {
            Scope::All => Vec::new(),
            Scope::Between { second } => vec![0; second as usize],
        },
        enough: settings.partners_enough,
    };
    let mut next = 0;
    while next < sets.len() {
        let (entries, end) = join.block_from(next)?;
        join.probe(&Postings::new(entries), &mut found)?;
        next = end;
        fraction(0.2 + 0.8 * next as f64 / sets.len() as f64);
    }
    found.pairs.par_sort_unstable();
    let Join {
        frequencies,
        signatures,
        ..
    } = join;
    Ok(Joined {
        pairs: found.pairs,
        crowded: found.crowded,
        frequencies,
        signatures,
    })
}

struct Found {
    pairs: Vec<Pair>,
    /// Candidates so far, by the larger text.
    candidates: Vec<u32>,
    crowded: Vec<bool>,
    /// Accepted partners of each text of the first side; empty where there are no sides.
    partners: Vec<u32>,
    /// Partners after which a text of the first side is looked for no more.
    enough: u32,
}

impl Found {
    fn has_enough(&self, text: u32) -> bool {
        self.partners
            .get(text as usize)
            .is_some_and(|&partners| partners >= self.enough)
    }

    /// Takes in what one text met.
    fn add(&mut self, text: u32, met: Met, join: &Join<'_>) {
        self.crowded[text as usize] |= !met.complete;
        self.candidates[text as usize] += met.pairs.len() as u32;
        let pairs = met.pairs.into_iter();
        if join.scope == Scope::All {
            return self.pairs.extend(pairs);
        }
        for pair in pairs.filter(|pair| pair.is_accepted(join.settings)) {
            // `a` is the lower of the two: the one on the first side.
            self.partners[pair.a as usize] += 1;
            self.pairs.push(pair);
        }
    }
}

struct Join<'a> {
    sets: &'a TextSets,
    scope: Scope,
    settings: &'a Settings,
    task: &'a Task,
    frequencies: Frequencies,
    signatures: Vec<Signature>,
    ranks: Ranks,
}

/// Texts from the smallest to the largest, equal sizes by content: of each pair the larger meets the smaller.
struct Ranks {
    of_text: Vec<u32>,
    texts: Vec<u32>,
}

impl Ranks {
    fn of(sets: &TextSets, signatures: &[Signature]) -> Self {
        let mut texts: Vec<u32> = (0..sets.len() as u32).collect();
        texts
            .par_sort_unstable_by_key(|&text| (sets.size(text), signatures[text as usize].fingerprint, text));
        let mut of_text = vec![0; texts.len()];
        for (&text, rank) in texts.iter().zip(0..) {
            of_text[text as usize] = rank;
        }
        Self { of_text, texts }
    }
}

/// What one text met in one block.
struct Met {
    /// Compared in full. None where all pairs are asked for and the text has too many candidates.
    pairs: Vec<Pair>,
    complete: bool,
}

impl Met {
    fn nobody() -> Self {
        Self {
            pairs: Vec::new(),
            complete: true,
        }
    }
}

impl Join<'_> {
    /// The entries of as many texts from `first` on as fit the index, and the text after them.
    fn block_from(&self, first: usize) -> Result<(Vec<Entry>, usize), Fault> {
        let mut entries = Vec::new();
        let mut end = first;
        while end < self.sets.len() && entries.len() < self.settings.index_entries {
            let stop = (end + 64 * BATCH).min(self.sets.len());
            let batches: Vec<Vec<Entry>> = (end..stop)
                .into_par_iter()
                .step_by(BATCH)
                .map(|start| self.entries(start, (start + BATCH).min(stop)))
                .collect::<Result<_, Fault>>()?;
            entries.extend(batches.into_iter().flatten());
            end = stop;
        }
        Ok((entries, end))
    }

    fn entries(&self, start: usize, end: usize) -> Result<Vec<Entry>, Fault> {
        self.task.check()?;
        let (mut buffer, mut shared, mut entries) = (SetBuffer::default(), Vec::new(), Vec::new());
        for text in start as u32..end as u32 {
            let set = self.sets.read(text, &mut buffer)?;
            let prefix = self.settings.index_prefix(set.len() as u32);
            if self.frequencies.has_alone(set, prefix) {
                continue;
            }
            let alone = self.frequencies.order(set, &mut shared);
            let places = (alone..prefix).map(|place| place.min(LAST_PLACE) as u16);
            entries.extend(
                shared
                    .iter()
                    .zip(places)
                    .map(|(&(_, hash), place)| (hash, self.ranks.of_text[text as usize], place)),
            );
        }
        Ok(entries)
    }

    /// Looks every text up among the indexed ones and verifies what it meets.
    fn probe(&self, postings: &Postings, found: &mut Found) -> Result<(), Fault> {
        let batches: Vec<usize> = (0..self.sets.len()).step_by(BATCH).collect();
        let together = match self.scope {
            Scope::All => batches.len().max(1),
            Scope::Between { .. } => BATCHES_BETWEEN,
        };
        for batches in batches.chunks(together) {
            let before = &*found;
            let met: Vec<Vec<(u32, Met)>> = batches
                .par_iter()
                .map_init(
                    || Probe::new(self.sets.len()),
                    |probe, &start| {
                        self.task.check()?;
                        let end = (start + BATCH).min(self.sets.len());
                        let mut met = Vec::new();
                        for text in start as u32..end as u32 {
                            let one = self.meet(text, before, postings, probe)?;
                            if !one.complete || !one.pairs.is_empty() {
                                met.push((text, one));
                            }
                        }
                        Ok(met)
                    },
                )
                .collect::<Result<_, Fault>>()?;
            for (text, met) in met.into_iter().flatten() {
                found.add(text, met, self);
            }
        }
        Ok(())
    }

    fn meet(&self, text: u32, before: &Found, postings: &Postings, probe: &mut Probe) -> Result<Met, Fault> {
        let Probe {
            own,
            other: buffer,
            shared,
            met,
        } = probe;
        let set = self.sets.read(text, own)?;
        let rank = self.ranks.of_text[text as usize];
        if set.iter().all(|&hash| postings.below(rank, hash).is_empty()) {
            return Ok(Met::nobody());
        }
        let alone = self.frequencies.order(set, shared);
        let places = shared
            .iter()
            .zip(alone..)
            .map(|(&(_, hash), place)| (hash, place));
        let complete = self.candidates(text, places, before, postings, met);
        if !complete && self.scope == Scope::All {
            met.candidates.clear();
        }
        let mut pairs = Vec::with_capacity(met.candidates.len());
        for &other in &met.candidates {
            pairs.push(Pair::verify(text, set, other, self.sets.read(other, buffer)?));
        }
        Ok(Met { pairs, complete })
    }

    /// Gathers the smaller texts that `text` may be near to; false where they are too many.
    fn candidates(
        &self,
        text: u32,
        places: impl Iterator<Item = (u64, u32)>,
        before: &Found,
        postings: &Postings,
        met: &mut Candidates,
    ) -> bool {
        met.start_text();
        let (size, rank) = (self.sets.size(text), self.ranks.of_text[text as usize]);
        if before.has_enough(text) {
            return true;
        }
        let verified = before.candidates[text as usize] as usize;
        let mut left = (self.settings.candidates_verified as usize).saturating_sub(verified);
        let mut visits = self.settings.postings_visited as usize;
        for (hash, place) in places {
            let others = postings.below(rank, hash);
            if others.len() > visits {
                return false;
            }
            visits -= others.len();
            for &(other_rank, other_place) in others {
                if met.seen[other_rank as usize] == met.turn {
                    continue;
                }
                let other = self.ranks.texts[other_rank as usize];
                if !self.scope.admits(text, other) || before.has_enough(other) {
                    continue;
                }
                let other_size = self.sets.size(other);
                let needed = self.settings.overlap_needed(size, other_size);
                if place + needed > size || u32::from(other_place) + needed > other_size {
                    continue;
                }
                met.seen[other_rank as usize] = met.turn;
                if self.may_overlap(text, other) >= needed {
                    if left == 0 {
                        return false;
                    }
                    left -= 1;
                    met.candidates.push(other);
                }
            }
        }
        true
    }

    fn may_overlap(&self, a: u32, b: u32) -> u32 {
        let (signature_a, signature_b) = (&self.signatures[a as usize], &self.signatures[b as usize]);
        signature_a.most_overlap(self.sets.size(a), signature_b, self.sets.size(b))
    }
}

/// One thread's room for looking texts up.
struct Probe {
    own: SetBuffer,
    other: SetBuffer,
    shared: Vec<(u8, u64)>,
    met: Candidates,
}

impl Probe {
    fn new(texts: usize) -> Self {
        let met = Candidates {
            candidates: Vec::new(),
            seen: vec![0; texts],
            turn: 0,
        };
        Self {
            own: SetBuffer::default(),
            other: SetBuffer::default(),
            shared: Vec::new(),
            met,
        }
    }
}

/// The indexed texts that one text may be near to.
struct Candidates {
    candidates: Vec<u32>,
    /// The turn in which the text of a rank was last seen.
    seen: Vec<u32>,
    turn: u32,
}

impl Candidates {
    fn start_text(&mut self) {
        self.candidates.clear();
        self.turn += 1;
    }
}
