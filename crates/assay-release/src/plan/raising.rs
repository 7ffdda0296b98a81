//! What does a released sample count for, and as how many rows is it written?

use std::collections::{BTreeMap, HashMap};

use super::{Planning, classes};

impl Planning<'_> {
    /// Factors by origin and source, and the greatest of those by which rare classes are raised.
    pub(super) fn weight(&self, place: usize) -> f64 {
        let candidate = &self.candidates[place];
        let weights = &self.policy.weights;
        let stated = weights.origin.get(&candidate.origin).unwrap_or(&1.0)
            * weights.source.get(&candidate.source).unwrap_or(&1.0);
        let raised = classes(candidate).filter_map(|class| {
            let floor = &self.policy.tail.floors[class.0];
            let factor = floor.up_to_samples as f64 / self.counts[&class] as f64;
            (!floor.repeat).then(|| factor.clamp(1.0, floor.max_factor))
        });
        stated * raised.fold(1.0, f64::max)
    }

    /// Rows of the samples that stand for more than one: a rare class comes to exactly its size, the first samples of the keyed
    /// order once more than the others. A sample of several such classes stands as often as the rarest asks.
    pub(super) fn copies(&self) -> HashMap<usize, u64> {
        let mut members: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for place in self.order.iter().copied().filter(|place| self.is_left(*place)) {
            for class in classes(&self.candidates[place]) {
                if self.policy.tail.floors[class.0].repeat {
                    members.entry(class).or_default().push(place);
                }
            }
        }
        let mut copies: HashMap<usize, u64> = HashMap::new();
        for (class, places) in members {
            let floor = &self.policy.tail.floors[class.0];
            let there = places.len() as u64;
            let most = (there as f64 * floor.max_factor).floor() as u64;
            let size = floor.up_to_samples.min(most).max(there);
            for (rank, place) in places.into_iter().enumerate() {
                let own = size / there + u64::from((rank as u64) < size % there);
                let known = copies.entry(place).or_insert(1);
                *known = own.max(*known);
            }
        }
        copies
    }
}
