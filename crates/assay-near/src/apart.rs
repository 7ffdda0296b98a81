//! Which texts did a person judge to be no duplicates of each other?

use rustc_hash::FxHashSet;

/// Pairs of texts that are kept apart, whatever their sets say.
#[derive(Clone, Debug, Default)]
pub struct Apart(FxHashSet<(u32, u32)>);

impl Apart {
    /// Keeps two texts apart; a text is never apart from itself.
    pub fn add(&mut self, a: u32, b: u32) {
        if a != b {
            self.0.insert((a.min(b), a.max(b)));
        }
    }

    /// Whether the two were judged apart, in either order.
    pub fn holds(&self, a: u32, b: u32) -> bool {
        !self.0.is_empty() && self.0.contains(&(a.min(b), a.max(b)))
    }

    /// Every pair, the lower text first, in order.
    pub(crate) fn pairs(&self) -> Vec<(u32, u32)> {
        let mut pairs: Vec<(u32, u32)> = self.0.iter().copied().collect();
        pairs.sort_unstable();
        pairs
    }
}
