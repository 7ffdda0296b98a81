//! Which labels did reviewers give a sample?
//!
//! Of several reviewers those labels count that all of them gave; where they have none in common they contradict each other.
//! Whoever settled a dispute speaks for all.

use std::collections::{BTreeSet, HashMap};

use assay_ledger::{Event, Sight};
use assay_model::{Digest, Fault};

/// The labels of one sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    pub labels: BTreeSet<String>,
    /// Whether reviewers gave labels and have none in common.
    pub contradictory: bool,
    /// Whether one of its answers was given in a random draw.
    pub drawn: bool,
}

/// Labels by sample, as far as a reader may know of them; samples without any are left out.
pub fn given(sight: &Sight<'_>) -> Result<HashMap<Digest, Given>, Fault> {
    let ledger = sight.ledger();
    let random: HashMap<_, _> = ledger
        .queues()?
        .into_iter()
        .map(|queue| (queue.id, queue.terms.ordering.is_random()))
        .collect();
    let mut answers = Vec::new();
    sight.each_standing(|decision| answers.push((decision.sample, decision.seq, decision.queue)))?;
    let labels_of = |seq: u64| -> Result<BTreeSet<String>, Fault> {
        Ok(match ledger.entry(seq)?.map(|entry| entry.event) {
            Some(Event::Decided { answer, .. } | Event::Adjudicated { answer, .. }) => {
                answer.labels.into_iter().collect()
            }
            _ => BTreeSet::new(),
        })
    };
    let mut found: HashMap<Digest, Given> = HashMap::new();
    for (sample, seq, queue) in answers {
        let labels = labels_of(seq)?;
        if labels.is_empty() {
            continue;
        }
        let drawn = random.get(&queue).copied().unwrap_or(false);
        match found.get_mut(&sample) {
            None => {
                let given = Given {
                    labels,
                    contradictory: false,
                    drawn,
                };
                found.insert(sample, given);
            }
            Some(known) => {
                known.labels.retain(|label| labels.contains(label));
                known.contradictory = known.labels.is_empty();
                known.drawn |= drawn;
            }
        }
    }
    for (sample, settled) in ledger.adjudications()? {
        let labels = labels_of(settled.seq)?;
        if labels.is_empty() {
            continue;
        }
        let known = found.entry(sample).or_default();
        known.labels = labels;
        known.contradictory = false;
    }
    Ok(found)
}
