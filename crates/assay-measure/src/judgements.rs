//! What did people say of duplicates, and which rows does it concern?

use std::collections::BTreeMap;

use assay_model::{Digest, KeepPolicy};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::columns::Samples;
use crate::groups::Groups;

/// Who said it, why, and where that is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// The ledger entry's id.
    pub entry: String,
    pub by: String,
    pub reason: String,
}

/// Judgements about duplicates, by digest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgements {
    /// Pairs that are no duplicates, the lower digest first.
    pub apart: BTreeMap<(Digest, Digest), Judged>,
    /// Samples that stay, the earliest said first.
    pub kept: Vec<(Digest, Judged)>,
    /// The order in which representatives are chosen where nobody said which one stays.
    pub policy: KeepPolicy,
    /// Who chose that order, where it was chosen.
    pub policy_reason: Option<Judged>,
}

impl Judgements {
    /// Each kept sample's rank (0 for what was said last) and what was said of it last.
    pub(crate) fn kept_ranks(&self) -> FxHashMap<Digest, (u32, &Judged)> {
        let mut ranks = FxHashMap::default();
        for (rank, (digest, judged)) in (0..).zip(self.kept.iter().rev()) {
            ranks.entry(*digest).or_insert((rank, judged));
        }
        ranks
    }

    /// The digests that stand in any pair.
    fn digests(&self) -> FxHashSet<Digest> {
        self.apart.keys().flat_map(|&(a, b)| [a, b]).collect()
    }

    fn are_apart(&self, a: Digest, b: Digest) -> bool {
        self.apart.contains_key(&(a.min(b), a.max(b)))
    }

    /// Parts the copies of one normalised text of which somebody said that they are none: each row joins the first
    /// part from whose digests it is not apart. Rows come, and stay, best standing first.
    pub(crate) fn split(&self, samples: &Samples, rows: &[u32]) -> Vec<Vec<u32>> {
        let mut parts: Vec<Vec<u32>> = Vec::new();
        for &row in rows {
            let digest = samples.digest[row as usize];
            let joins = |part: &&mut Vec<u32>| {
                part.iter()
                    .all(|&other| !self.are_apart(digest, samples.digest[other as usize]))
            };
            match parts.iter_mut().find(joins) {
                Some(part) => part.push(row),
                None => parts.push(vec![row]),
            }
        }
        parts
    }

    /// Whether a group's rows hold two digests that were judged at all.
    pub(crate) fn may_split(judged: &FxHashSet<Digest>, samples: &Samples, rows: &[u32]) -> bool {
        let mut first = None;
        rows.iter().any(|&row| {
            let digest = samples.digest[row as usize];
            judged.contains(&digest) && *first.get_or_insert(digest) != digest
        })
    }

    pub(crate) fn judged_digests(&self) -> Option<FxHashSet<Digest>> {
        (!self.apart.is_empty()).then(|| self.digests())
    }
}

/// Texts (as groups of rows) that are kept apart in this snapshot. A judgement holds for the copies of both samples.
#[derive(Default)]
pub(crate) struct ApartGroups<'a>(FxHashMap<(u32, u32), &'a Judged>);

impl<'a> ApartGroups<'a> {
    pub fn of(judgements: &'a Judgements, samples: &Samples, groups: &Groups) -> Self {
        let Some(judged) = judgements.judged_digests() else {
            return Self::default();
        };
        let mut group_of: FxHashMap<Digest, u32> = FxHashMap::default();
        for group in 0..groups.len() {
            for &row in groups.rows(group) {
                let digest = samples.digest[row as usize];
                if judged.contains(&digest) {
                    group_of.insert(digest, group as u32);
                }
            }
        }
        let mut apart = FxHashMap::default();
        for ((a, b), judged) in &judgements.apart {
            if let (Some(&a), Some(&b)) = (group_of.get(a), group_of.get(b))
                && a != b
            {
                apart.entry((a.min(b), a.max(b))).or_insert(judged);
            }
        }
        Self(apart)
    }

    pub fn get(&self, a: u32, b: u32) -> Option<&'a Judged> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&(a.min(b), a.max(b))).copied()
    }

    /// Every pair of groups, in order.
    pub fn pairs(&self) -> Vec<(u32, u32)> {
        let mut pairs: Vec<(u32, u32)> = self.0.keys().copied().collect();
        pairs.sort_unstable();
        pairs
    }
}
