//! What the ledger has decided about samples, as filters, grids and measures need it.

use std::collections::{HashMap, HashSet};

use assay_index::Decisions;
use assay_ledger::{Ledger, Sight, Verdict};
use assay_model::{Digest, Fault, Origin};

/// Standing verdicts and gold by digest.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    verdicts: HashMap<Digest, (u64, Verdict)>,
    gold: HashSet<Digest>,
    /// What the standing answers say of the origin; none where they differ.
    judged: HashMap<Digest, Option<Origin>>,
}

impl Decided {
    /// Reads them all. Of several reviewers' verdicts on one sample the latest is shown, or the one that settled a dispute.
    pub fn read(ledger: &Ledger) -> Result<Self, Fault> {
        Self::seen(&ledger.seen_whole())
    }

    /// The same, as far as one person may know.
    pub fn seen(sight: &Sight<'_>) -> Result<Self, Fault> {
        let mut decided = Self::default();
        sight.each_standing(|decision| {
            if decision.verdict == Verdict::Skip {
                return;
            }
            if let Some(origin) = decision.origin {
                let known = decided.judged.entry(decision.sample).or_insert(Some(origin));
                *known = known.filter(|known| *known == origin);
            }
            let latest = decided
                .verdicts
                .entry(decision.sample)
                .or_insert((decision.seq, decision.verdict));
            if decision.seq >= latest.0 {
                *latest = (decision.seq, decision.verdict);
            }
        })?;
        for (sample, settled) in sight.ledger().adjudications()? {
            decided.verdicts.insert(sample, (settled.seq, settled.verdict));
            if settled.origin.is_some() {
                decided.judged.insert(sample, settled.origin);
            }
        }
        decided.gold = sight
            .ledger()
            .gold()?
            .into_iter()
            .filter(|record| record.revoked.is_none())
            .map(|record| record.sample)
            .collect();
        Ok(decided)
    }

    pub fn verdict(&self, digest: &Digest) -> Option<Verdict> {
        self.verdicts.get(digest).map(|(_, verdict)| *verdict)
    }

    pub fn is_gold(&self, digest: &Digest) -> bool {
        self.gold.contains(digest)
    }

    pub fn gold(&self) -> &HashSet<Digest> {
        &self.gold
    }

    /// What all who judged a sample's origin said, where they say the same.
    pub fn judged(&self) -> impl Iterator<Item = (Digest, Origin)> {
        self.judged
            .iter()
            .filter_map(|(digest, origin)| Some((*digest, (*origin)?)))
    }

    /// In the form that filters join with.
    pub fn for_filters(&self) -> Decisions {
        Decisions {
            verdicts: self
                .verdicts
                .iter()
                .map(|(digest, (_, verdict))| (*digest, verdict.as_str().to_owned()))
                .collect(),
            gold: self.gold.iter().copied().collect(),
            judged: self
                .judged()
                .map(|(digest, origin)| (digest, origin.as_str().to_owned()))
                .collect(),
        }
    }
}
