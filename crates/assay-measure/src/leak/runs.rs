//! Which texts share a long run of tokens?
//!
//! Runs of the least length are hashed and indexed for the smaller side, and the larger side is read past that index:
//! hits that follow one another on both sides are one longer run. All tokens are those of the normalised text.

use assay_model::{Fault, Task};
use assay_sketch::{SHINGLE_TOKENS, normalise, tokens};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::{LeakSettings, SharedRun, Side};

/// Indexed runs held at a time (16 bytes each, and as many again for their table).
const INDEXED: usize = 8 << 20;
/// Texts read and looked up together.
const BATCH: usize = 1024;
/// Places that one run is looked for in at most: a phrase that stands in more texts is boilerplate.
const PLACES: usize = 512;

/// Looks for shared runs.
pub(super) struct RunSearch<'a> {
    pub settings: &'a LeakSettings,
    pub task: &'a Task,
    pub report: &'a (dyn Fn(f64) + Sync),
}

/// A side's rows to be compared, in the order that breaks ties.
type Rows<'a> = (&'a Side<'a>, &'a [u32]);

/// A shared run: its tokens, and the position of the text of the data.
type Best = Option<(u32, u32)>;

impl RunSearch<'_> {
    /// For each text of the reference, by position, the text of the data with which it shares the longest run that counts.
    pub fn find(&self, reference: Rows<'_>, data: Rows<'_>) -> Result<Vec<Option<u32>>, Fault> {
        let mut best: Vec<Best> = vec![None; reference.1.len()];
        let swapped = data.1.len() < reference.1.len();
        let (indexed, streamed) = if swapped {
            (data, reference)
        } else {
            (reference, data)
        };
        if indexed.1.is_empty() {
            return Ok(vec![None; reference.1.len()]);
        }
        let mut from = 0;
        while from < indexed.1.len() {
            let (index, to) = self.index(indexed, from)?;
            self.look_up(&index, streamed, &mut |indexed, streamed, run| {
                let (reference, data) = if swapped {
                    (streamed, indexed)
                } else {
                    (indexed, streamed)
                };
                let kept = &mut best[reference as usize];
                // The longest run; of equals the earlier text.
                if kept.is_none_or(|(tokens, earlier)| {
                    (run, std::cmp::Reverse(data)) > (tokens, std::cmp::Reverse(earlier))
                }) {
                    *kept = Some((run, data));
                }
            })?;
            from = to;
            (self.report)(from as f64 / indexed.1.len() as f64);
        }
        Ok(best.into_iter().map(|best| best.map(|(_, data)| data)).collect())
    }

    /// Indexes texts from position `from` on, as many as fit, and says which comes next.
    fn index(&self, (side, rows): Rows<'_>, from: usize) -> Result<(Index, usize), Fault> {
        let mut index = Index::default();
        let mut next = from;
        while next < rows.len() && index.entries.len() < INDEXED {
            let batch = next..(next + BATCH).min(rows.len());
            for (position, words) in self.words(side, rows, batch.clone())? {
                index.lengths.insert(position, words.len() as u32);
                let runs = words.windows(self.settings.run_tokens as usize).zip(0..);
                index
                    .entries
                    .extend(runs.map(|(run, at)| (hash_of(run), position, at)));
            }
            next = batch.end;
        }
        index.sort();
        Ok((index, next))
    }

    /// Hands over each pair of texts with a run that counts: positions of the indexed and the streamed, and its tokens.
    fn look_up(
        &self,
        index: &Index,
        (side, rows): Rows<'_>,
        each: &mut dyn FnMut(u32, u32, u32),
    ) -> Result<(), Fault> {
        let mut next = 0;
        while next < rows.len() {
            self.task.check()?;
            let batch = next..(next + BATCH).min(rows.len());
            let texts = self.words(side, rows, batch.clone())?;
            let met: Vec<(u32, Vec<(u32, u32)>)> = texts
                .par_iter()
                .map(|(position, words)| (*position, self.longest_runs(index, words)))
                .collect();
            for (position, runs) in met {
                for (indexed, run) in runs {
                    each(indexed, position, run);
                }
            }
            next = batch.end;
        }
        Ok(())
    }

    /// The longest run that `words` share with each indexed text, where it counts; by position.
    fn longest_runs(&self, index: &Index, words: &[u64]) -> Vec<(u32, u32)> {
        let least = self.settings.run_tokens;
        let mut longest: FxHashMap<u32, u32> = FxHashMap::default();
        // Runs that reach up to here: where they would go on in the indexed text, and how long they are.
        let (mut open, mut going) = (FxHashMap::default(), FxHashMap::default());
        for run in words.windows(least as usize) {
            for &(_, text, at) in index.of(hash_of(run)) {
                let tokens = open.get(&(text, at)).map_or(least, |tokens| tokens + 1);
                going.insert((text, at + 1), tokens);
                let longest = longest.entry(text).or_default();
                *longest = tokens.max(*longest);
            }
            std::mem::swap(&mut open, &mut going);
            going.clear();
        }
        let counts = |&(text, tokens): &(u32, u32)| {
            let shorter = index.lengths[&text].min(words.len() as u32);
            f64::from(tokens) >= self.settings.run_share * f64::from(shorter)
        };
        let mut longest: Vec<(u32, u32)> = longest.into_iter().filter(counts).collect();
        longest.sort_unstable();
        longest
    }

    /// The hashed words of texts by position.
    fn words(
        &self,
        side: &Side<'_>,
        rows: &[u32],
        positions: std::ops::Range<usize>,
    ) -> Result<Vec<(u32, Vec<u64>)>, Fault> {
        self.task.check()?;
        let mut wanted: Vec<(u64, u32)> = positions
            .map(|position| (side.samples.sample[rows[position] as usize], position as u32))
            .collect();
        wanted.sort_unstable();
        let ids: Vec<u64> = wanted.iter().map(|&(id, _)| id).collect();
        let mut texts = Vec::with_capacity(ids.len());
        side.given.texts.read(&ids, &mut |sample, text| {
            if let Ok(place) = wanted.binary_search_by_key(&sample, |&(id, _)| id) {
                texts.push((wanted[place].1, text.to_owned()));
            }
        })?;
        Ok(texts
            .into_par_iter()
            .map(|(position, text)| (position, hashed_words(&normalise(&text))))
            .collect())
    }
}

/// Runs of the least length by their hash.
#[derive(Default)]
struct Index {
    /// Hash, position of the text, first token of the run.
    entries: Vec<(u64, u32, u32)>,
    starts: FxHashMap<u64, (u32, u32)>,
    /// Tokens of each indexed text.
    lengths: FxHashMap<u32, u32>,
}

impl Index {
    fn sort(&mut self) {
        self.entries.par_sort_unstable();
        let mut start = 0;
        for equal in self.entries.chunk_by(|a, b| a.0 == b.0) {
            self.starts
                .insert(equal[0].0, (start, start + equal.len().min(PLACES) as u32));
            start += equal.len() as u32;
        }
    }

    fn of(&self, hash: u64) -> &[(u64, u32, u32)] {
        self.starts
            .get(&hash)
            .map_or(&[], |&(from, to)| &self.entries[from as usize..to as usize])
    }
}

fn hash_of(run: &[u64]) -> u64 {
    let mut bytes = [0; 8 * 64];
    let mut hash = 0;
    for words in run.chunks(63) {
        bytes[..8].copy_from_slice(&u64::to_le_bytes(hash));
        for (word, place) in words.iter().zip(bytes[8..].chunks_exact_mut(8)) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        hash = xxh3_64(&bytes[..8 * (words.len() + 1)]);
    }
    hash
}

fn hashed_words(normalised: &str) -> Vec<u64> {
    tokens(normalised).map(|word| xxh3_64(word.as_bytes())).collect()
}

/// Two texts compared in full.
pub(super) struct Compared {
    pub jaccard: f64,
    pub containment: f64,
    pub run: Option<SharedRun>,
}

impl Compared {
    /// Two texts that are the same after normalising.
    pub const SAME: Self = Self {
        jaccard: 1.0,
        containment: 1.0,
        run: None,
    };

    /// Similarity by shingles, and the longest run of tokens in common as it stands in `data`.
    pub fn of(reference: &str, data: &str) -> Self {
        let (reference, data) = (normalise(reference), normalise(data));
        let (a, b) = (hashed_words(&reference), hashed_words(&data));
        let sets = [shingles(&a), shingles(&b)];
        let shared = sets[0].intersection(&sets[1]).count() as f64;
        let all = (sets[0].len() + sets[1].len()) as f64 - shared;
        let smaller = sets[0].len().min(sets[1].len()) as f64;
        let share = |whole: f64| if whole == 0.0 { 0.0 } else { shared / whole };
        let (tokens, end) = longest_common_run(&a, &b);
        Self {
            jaccard: share(all),
            containment: share(smaller),
            run: (tokens > 0).then(|| SharedRun {
                tokens,
                text: text_of(&data, end - tokens as usize, end),
            }),
        }
    }
}

fn shingles(words: &[u64]) -> FxHashSet<u64> {
    words.windows(SHINGLE_TOKENS).map(hash_of).collect()
}

/// The length of the longest common run, and where it ends in `b`; of equals the first in `b`.
fn longest_common_run(a: &[u64], b: &[u64]) -> (u32, usize) {
    let mut places: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (&word, at) in a.iter().zip(0..) {
        places.entry(word).or_default().push(at);
    }
    let (mut best, mut before): ((u32, usize), FxHashMap<u32, u32>) = ((0, 0), FxHashMap::default());
    for (end, word) in (1..).zip(b) {
        let mut here = FxHashMap::default();
        for &at in places.get(word).map_or(&[][..], Vec::as_slice) {
            let run = at
                .checked_sub(1)
                .and_then(|at| before.get(&at))
                .map_or(1, |run| run + 1);
            here.insert(at, run);
            if run > best.0 {
                best = (run, end);
            }
        }
        before = here;
    }
    best
}

/// The text from one token up to another.
fn text_of(normalised: &str, from: usize, to: usize) -> String {
    let start = |token: &str| token.as_ptr() as usize - normalised.as_ptr() as usize;
    let mut run = tokens(normalised).skip(from).take(to - from);
    let Some(first) = run.next() else {
        return String::new();
    };
    let last = run.last().unwrap_or(first);
    normalised[start(first)..start(last) + last.len()].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_run_is_shown_as_it_stands_in_the_data() {
        let compared = Compared::of(
            "He was given 400 mg of metronidazole, three times a day.",
            "Note: \"given 400 mg of metronidazole\" (by his dentist)",
        );
        let run = compared.run.unwrap();
        assert_eq!(
            (run.tokens, run.text.as_str()),
            (5, "given 400 mg of metronidazole")
        );
        assert!(compared.jaccard > 0.0 && compared.containment > compared.jaccard);
    }

    #[test]
    fn nothing_in_common_is_no_run() {
        assert_eq!(Compared::of("one two", "three four").run, None);
    }

    proptest! {
        #[test]
        fn the_longest_common_run_is_that_of_brute_force(a in prop::collection::vec(0_u64..4, 0..30), b in prop::collection::vec(0_u64..4, 0..30)) {
            let mut longest = 0;
            for i in 0..a.len() {
                for j in 0..b.len() {
                    let run = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
                    longest = longest.max(run as u32);
                }
            }
            let (run, end) = longest_common_run(&a, &b);
            prop_assert_eq!(run, longest);
            let found = &b[end - run as usize..end];
            prop_assert!(run == 0 || a.windows(found.len()).any(|window| window == found));
        }
    }
}
