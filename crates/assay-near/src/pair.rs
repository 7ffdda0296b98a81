//! When are two sets near?
//!
//! Jaccard similarity at the threshold, or containment of the smaller in the larger where the smaller has
//! enough shingles to mean something. All bounds follow from these two and lose nothing.

/// What counts as near, and how much work a single text may cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Least Jaccard similarity, over 0 up to 1.
    pub jaccard: f64,
    /// Least share of the smaller set that lies in the larger.
    pub containment: f64,
    /// Fewest shingles of the smaller set for containment alone to count.
    pub containment_shingles: u32,
    /// A text with more accepted partners than this lists only its representative.
    pub partners_listed: u32,
    /// Where two sides are joined, a text of the first with this many accepted partners is looked for no more.
    pub partners_enough: u32,
    /// A text with more candidates than this is compared with representatives only.
    pub candidates_verified: u32,
    /// A text that meets more postings than this is compared with representatives only.
    pub postings_visited: u32,
    /// Entries of the inverted index held at a time (16 bytes each, twice that while it is built).
    pub index_entries: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            jaccard: 0.8,
            containment: 0.9,
            containment_shingles: 20,
            partners_listed: 1_000,
            partners_enough: 64,
            candidates_verified: 1_250,
            postings_visited: 1 << 18,
            index_entries: 12 << 20,
        }
    }
}

/// Keeps a bound from excluding what rounding alone puts below it; verification decides.
const ROUNDING: f64 = 1e-9;

impl Settings {
    /// The least overlap with which sets of these sizes can have the Jaccard similarity asked for.
    pub(crate) fn overlap_for_jaccard(&self, a: u32, b: u32) -> u32 {
        let sum = f64::from(a) + f64::from(b);
        at_least_one(self.jaccard / (1.0 + self.jaccard) * sum)
    }

    /// The least overlap with which a set of `smaller` shingles is contained in another.
    pub(crate) fn overlap_for_containment(&self, smaller: u32) -> Option<u32> {
        (smaller >= self.containment_shingles).then(|| at_least_one(self.containment * f64::from(smaller)))
    }

    /// The least overlap with which sets of these sizes are near at all.
    pub(crate) fn overlap_needed(&self, a: u32, b: u32) -> u32 {
        let (smaller, larger) = (a.min(b), a.max(b));
        let jaccard = self.overlap_for_jaccard(smaller, larger);
        match self.overlap_for_containment(smaller) {
            Some(containment) => jaccard.min(containment),
            None => jaccard,
        }
    }

    /// How many of a set's rarest shingles an equal or larger near set must meet in one of.
    pub(crate) fn index_prefix(&self, size: u32) -> u32 {
        (size + 1).saturating_sub(self.overlap_needed(size, size))
    }
}

fn at_least_one(bound: f64) -> u32 {
    let bound = bound - ROUNDING;
    let below = bound as u32;
    (below + u32::from(f64::from(below) < bound)).max(1)
}

/// Two texts whose full sets were compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    pub a: u32,
    pub b: u32,
    /// Shingles that both have.
    pub overlap: u32,
    pub size_a: u32,
    pub size_b: u32,
}

impl Pair {
    /// Overlap over union.
    pub fn jaccard(&self) -> f64 {
        let union = u64::from(self.size_a) + u64::from(self.size_b) - u64::from(self.overlap);
        if union == 0 {
            0.0
        } else {
            f64::from(self.overlap) / union as f64
        }
    }

    /// Overlap over the smaller set.
    pub fn containment(&self) -> f64 {
        let smaller = self.size_a.min(self.size_b);
        if smaller == 0 {
            0.0
        } else {
            f64::from(self.overlap) / f64::from(smaller)
        }
    }

    /// Whether the two are near by Jaccard similarity.
    pub fn is_similar(&self, settings: &Settings) -> bool {
        self.overlap > 0 && self.jaccard() >= settings.jaccard
    }

    /// Whether the smaller lies in the larger, and is large enough for that to count.
    pub fn is_contained(&self, settings: &Settings) -> bool {
        self.size_a.min(self.size_b) >= settings.containment_shingles
            && self.containment() >= settings.containment
    }

    /// Whether the two are near.
    pub fn is_accepted(&self, settings: &Settings) -> bool {
        self.is_similar(settings) || self.is_contained(settings)
    }

    pub(crate) fn verify(a: u32, set_a: &[u64], b: u32, set_b: &[u64]) -> Self {
        let overlap = overlap(set_a, set_b);
        let (size_a, size_b) = (set_a.len() as u32, set_b.len() as u32);
        if a < b {
            Self {
                a,
                b,
                overlap,
                size_a,
                size_b,
            }
        } else {
            Self {
                a: b,
                b: a,
                overlap,
                size_a: size_b,
                size_b: size_a,
            }
        }
    }
}

/// How many hashes two ascending sets share.
fn overlap(a: &[u64], b: &[u64]) -> u32 {
    let (smaller, larger) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if smaller.len() * 16 < larger.len() {
        return smaller
            .iter()
            .filter(|hash| larger.binary_search(hash).is_ok())
            .count() as u32;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < smaller.len() && j < larger.len() {
        let (x, y) = (smaller[i], larger[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
        shared += u32::from(x == y);
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_exactly_at_the_threshold_is_accepted() {
        let settings = Settings::default();
        let pair = Pair {
            a: 0,
            b: 1,
            overlap: 8,
            size_a: 9,
            size_b: 9,
        };
        assert!(pair.jaccard() == 0.8 && pair.is_accepted(&settings));
        let contained = Pair {
            a: 0,
            b: 1,
            overlap: 18,
            size_a: 20,
            size_b: 400,
        };
        assert!(contained.is_accepted(&settings) && !contained.is_similar(&settings));
    }

    #[test]
    fn containment_of_a_set_of_nineteen_does_not_count() {
        assert!(
            !Pair {
                a: 0,
                b: 1,
                overlap: 19,
                size_a: 19,
                size_b: 400
            }
            .is_accepted(&Settings::default())
        );
    }

    #[test]
    fn overlap_is_the_same_by_merging_and_by_searching() {
        let small: Vec<u64> = (0..10).map(|i| i * 7).collect();
        let large: Vec<u64> = (0..1000).collect();
        assert_eq!(overlap(&small, &large), 10);
        assert_eq!(overlap(&large[..40], &small), 6);
    }
}
