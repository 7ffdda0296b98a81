//! Which samples are copies of one text?
//!
//! A group holds the rows with one normalised text, best standing first. A text whose normalised form is empty
//! compares exactly only, so its group is its digest's.

use std::collections::HashSet;

use assay_model::Digest;
use assay_model::report;
use assay_near::Standing;
use rayon::prelude::*;

use crate::columns::Samples;
use crate::composition::rate;
use crate::judgements::Judgements;

/// Rows by text.
pub(crate) struct Groups {
    /// Rows, group after group; within a group by standing.
    rows: Vec<u32>,
    /// `starts[group]..starts[group + 1]` of `rows`. Groups follow the order of the digests of their texts.
    starts: Vec<u32>,
}

impl Groups {
    /// Groups of equal normalised texts, parted where somebody judged that two of them are no duplicates.
    pub fn of(samples: &Samples, standings: &[Standing], judgements: &Judgements) -> Self {
        let key = |row: u32| {
            let row = row as usize;
            let mut key = [0; 32];
            if samples.normalised_empty[row] {
                key = samples.digest[row].0;
            } else {
                key[..16].copy_from_slice(&samples.normalised[row]);
            }
            (samples.normalised_empty[row], key)
        };
        let mut rows: Vec<u32> = (0..samples.len() as u32).collect();
        rows.par_sort_unstable_by(|&a, &b| {
            key(a)
                .cmp(&key(b))
                .then_with(|| standings[a as usize].cmp(&standings[b as usize]))
                .then(a.cmp(&b))
        });
        let mut starts = vec![0];
        for place in 1..rows.len() {
            if key(rows[place]) != key(rows[place - 1]) {
                starts.push(place as u32);
            }
        }
        if !rows.is_empty() {
            starts.push(rows.len() as u32);
        }
        let mut groups = Self { rows, starts };
        groups.part(samples, judgements);
        groups
    }

    fn part(&mut self, samples: &Samples, judgements: &Judgements) {
        let Some(judged) = judgements.judged_digests() else {
            return;
        };
        let mut further = Vec::new();
        for group in 0..self.len() {
            let (start, end) = (self.starts[group] as usize, self.starts[group + 1] as usize);
            if !Judgements::may_split(&judged, samples, &self.rows[start..end]) {
                continue;
            }
            let parts = judgements.split(samples, &self.rows[start..end]);
            let mut at = start;
            for part in parts {
                self.rows[at..at + part.len()].copy_from_slice(&part);
                at += part.len();
                if at < end {
                    further.push(at as u32);
                }
            }
        }
        self.starts.extend(further);
        self.starts.sort_unstable();
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The rows of one text, best standing first.
    pub fn rows(&self, group: usize) -> &[u32] {
        &self.rows[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// The row that stands for a text.
    pub fn best(&self, group: usize) -> u32 {
        self.rows[self.starts[group] as usize]
    }

    /// Groups of two rows or more.
    pub fn with_copies(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(|&group| self.starts[group + 1] - self.starts[group] > 1)
    }

    /// A group's rows by digest, each best standing first.
    pub fn by_digest(&self, samples: &Samples, group: usize) -> Vec<Vec<u32>> {
        let mut rows = self.rows(group).to_vec();
        rows.sort_by_key(|&row| samples.digest[row as usize]);
        rows.chunk_by(|&a, &b| samples.digest[a as usize] == samples.digest[b as usize])
            .map(<[u32]>::to_vec)
            .collect()
    }

    /// Groups of equal digests, and of equal normalised texts.
    pub fn totals(&self, samples: &Samples) -> (report::Groups, report::Groups) {
        let (mut exact, mut normalised) = (Tally::default(), Tally::default());
        for group in self.with_copies() {
            normalised.add(samples, self.rows(group));
            for copies in self.by_digest(samples, group) {
                exact.add(samples, &copies);
            }
        }
        (exact.total(samples), normalised.total(samples))
    }
}

/// Counts redundant rows: all but the first of each group.
#[derive(Default)]
pub(crate) struct Tally {
    pub groups: u64,
    pub redundant: u64,
    pub tokens: u64,
}

impl Tally {
    pub fn add(&mut self, samples: &Samples, rows: &[u32]) {
        if rows.len() > 1 {
            self.groups += 1;
            self.redundant += rows.len() as u64 - 1;
            self.tokens += rows[1..]
                .iter()
                .map(|&row| u64::from(samples.tokens[row as usize]))
                .sum::<u64>();
        }
    }

    fn total(&self, samples: &Samples) -> report::Groups {
        report::Groups {
            groups: self.groups,
            redundant: self.redundant,
            rate: rate(self.redundant, samples.len() as u64),
            token_rate: rate(self.tokens, samples.total_tokens()),
        }
    }
}

/// Each row's claim to represent copies of its text, and near-duplicates of it.
pub(crate) fn standings(samples: &Samples, gold: &HashSet<Digest>, judgements: &Judgements) -> Vec<Standing> {
    let times = samples.names.ranks();
    let kept = judgements.kept_ranks();
    (0..samples.len())
        .map(|row| {
            let collected = (samples.collected[row] != 0).then(|| times[samples.collected[row] as usize]);
            let licence = samples.names.name(samples.licence[row]);
            let licence_known = !licence.trim().is_empty() && !licence.trim().eq_ignore_ascii_case("unknown");
            let standing = Standing::new(
                gold.contains(&samples.digest[row]),
                samples.origin[row],
                collected,
                licence_known,
                samples.characters[row],
                samples.place[row],
            )
            .under(judgements.policy);
            match kept.get(&samples.digest[row]) {
                Some((rank, _)) => standing.chosen(*rank),
                None => standing,
            }
        })
        .collect()
}
