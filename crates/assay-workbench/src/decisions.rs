//! What the ledger has decided about samples, as filters, grids and measures need it.

use std::collections::{HashMap, HashSet};

use assay_index::{Decisions, Index};
use assay_ledger::{BulkAct, Ledger, Sight, Verdict};
use assay_model::{Digest, Fault, Origin};

/// Standing verdicts, gold and what was done in bulk, by digest.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// Reader and length of the ledger: the same word, the same decisions.
    of: Option<String>,
    verdicts: HashMap<Digest, (u64, Verdict)>,
    gold: HashSet<Digest>,
    /// Samples with a reviewer's flag.
    flagged: HashSet<Digest>,
    /// What the standing answers say of the origin; none where they differ.
    judged: HashMap<Digest, Option<Origin>>,
    bulk: HashMap<Digest, InBulk>,
    /// How many people's answers stand.
    answers: HashMap<Digest, u64>,
    /// Samples in open dispute, whether or not the answers may be known.
    disputed: HashSet<Digest>,
    /// The names of the queues that a sample stands in.
    queues: Vec<(Digest, String)>,
}

/// What stands on a sample of what was done to many at once. None of it is a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InBulk {
    /// Each once, in the order in which they were given.
    pub tags: Vec<String>,
    /// Who it was routed to last.
    pub routed: Option<String>,
    /// Never of gold: whoever promoted it had it read.
    pub excluded: bool,
}

impl Decided {
    /// Reads them all. Of several reviewers' verdicts on one sample the latest is shown, or the one that settled a dispute.
    pub fn read(ledger: &Ledger) -> Result<Self, Fault> {
        Self::seen(&ledger.seen_whole())
    }

    /// The same, as far as one person may know.
    pub fn seen(sight: &Sight<'_>) -> Result<Self, Fault> {
        let reader = if sight.is_whole() { "whole" } else { sight.reader() };
        let mut decided = Self {
            of: Some(format!(
                "{} {} {reader}",
                sight.ledger().size()?,
                sight.is_whole()
            )),
            ..Self::default()
        };
        sight.each_standing(|decision| {
            if decision.verdict == Verdict::Skip {
                return;
            }
            *decided.answers.entry(decision.sample).or_default() += 1;
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
        decided.flagged = sight.flags()?.into_iter().map(|flag| flag.sample).collect();
        decided.disputed = sight.disputed()?.into_iter().collect();
        decided.queues = in_queues(sight.ledger())?;
        sight.each_bulk_mark(|mark| {
            let excludable = !decided.gold.contains(&mark.sample);
            let known = decided.bulk.entry(mark.sample).or_default();
            match mark.act {
                BulkAct::Exclude => known.excluded = excludable,
                BulkAct::Tag(tag) if known.tags.contains(&tag) => {}
                BulkAct::Tag(tag) => known.tags.push(tag),
                BulkAct::Route(person) => known.routed = Some(person),
            }
        })?;
        Ok(decided)
    }

    pub fn verdict(&self, digest: &Digest) -> Option<Verdict> {
        self.verdicts.get(digest).map(|(_, verdict)| *verdict)
    }

    /// Samples on which two people's answers or more stand: a dispute tells as much, even where the answers may not be known.
    pub fn read_by_several(&self) -> u64 {
        let several = |(digest, answers): &(&Digest, &u64)| **answers > 1 && !self.disputed.contains(digest);
        (self.answers.iter().filter(several).count() + self.disputed.len()) as u64
    }

    /// What was done to it with many others, where anything was.
    pub fn in_bulk(&self, digest: &Digest) -> Option<&InBulk> {
        self.bulk.get(digest)
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

    /// Has filters on this connection join with these, unless they do already.
    pub fn use_in(&self, index: &Index) -> Result<(), Fault> {
        if self.of.as_deref().is_some_and(|of| index.uses_decisions(of)) {
            return Ok(());
        }
        index.use_decisions(&self.for_filters())
    }

    fn for_filters(&self) -> Decisions {
        Decisions {
            of: self.of.clone(),
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
            tags: self
                .bulk
                .iter()
                .flat_map(|(digest, known)| known.tags.iter().map(|tag| (*digest, tag.clone())))
                .collect(),
            routed: self
                .bulk
                .iter()
                .filter_map(|(digest, known)| Some((*digest, known.routed.clone()?)))
                .collect(),
            flagged: self.flagged.iter().copied().collect(),
            answers: self
                .answers
                .iter()
                .map(|(digest, answers)| (*digest, *answers))
                .collect(),
            disputed: self.disputed.iter().copied().collect(),
            queues: self.queues.clone(),
            excluded_in_bulk: self
                .bulk
                .iter()
                .filter(|(_, known)| known.excluded)
                .map(|(digest, _)| *digest)
                .collect(),
        }
    }
}

/// Each sample of each queue with the queue's name. Lists are no secret: whoever reviews has them.
fn in_queues(ledger: &Ledger) -> Result<Vec<(Digest, String)>, Fault> {
    let names: HashMap<_, String> = ledger
        .queues()?
        .into_iter()
        .map(|queue| (queue.id, queue.terms.name))
        .collect();
    let queued = ledger.queued()?.into_iter();
    Ok(queued
        .filter_map(|(queue, sample)| Some((sample, names.get(&queue)?.clone())))
        .collect())
}
