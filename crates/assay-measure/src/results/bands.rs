//! Which classes are the head, which the tail, and what lies between?
//!
//! The tail is that of `estimators::retention`: the rarest classes that hold at most the last tenth of the
//! observations. The head is the commonest classes with which half of the observations are reached. Both walk the same
//! order, ascending count and ties by name, from its two ends.

use crate::estimators::retention::tail;

/// The head's share of the observations: the class that reaches it is in it.
pub const HEAD_SHARE: f64 = 0.5;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    Head,
    Middle,
    Tail,
}

impl Band {
    pub const ALL: [Self; 3] = [Self::Head, Self::Middle, Self::Tail];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Middle => "middle",
            Self::Tail => "tail",
        }
    }
}

/// The band of each class, in the order of `classes`; none for a class without observations.
pub fn bands<N: Ord>(classes: &[(N, u64)]) -> Vec<Option<Band>> {
    let mut order: Vec<usize> = (0..classes.len()).filter(|&class| classes[class].1 > 0).collect();
    order.sort_unstable_by(|&a, &b| (classes[b].1, &classes[b].0).cmp(&(classes[a].1, &classes[a].0)));
    let all = classes.iter().map(|class| class.1).sum::<u64>() as f64;
    let mut bands = vec![None; classes.len()];
    let mut held = 0;
    for class in order {
        let reached = held as f64 >= HEAD_SHARE * all;
        bands[class] = Some(if reached { Band::Middle } else { Band::Head });
        held += classes[class].1;
    }
    for class in tail(classes) {
        bands[class] = Some(Band::Tail);
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_head_reaches_half_and_the_tail_stays_within_a_tenth() {
        let classes = [("a", 40), ("b", 30), ("c", 20), ("d", 5), ("e", 5), ("none", 0)];
        let found = bands(&classes);
        let head = Some(Band::Head);
        // 40 is less than half, so b, which reaches it, is head too; d and e hold ten of a hundred.
        assert_eq!(
            found,
            [
                head,
                head,
                Some(Band::Middle),
                Some(Band::Tail),
                Some(Band::Tail),
                None
            ]
        );
    }

    #[test]
    fn one_class_is_all_head() {
        assert_eq!(bands(&[("only", 7)]), [Some(Band::Head)]);
    }

    proptest! {
        #[test]
        fn every_seen_class_has_one_band_and_the_tail_is_never_commoner(counts in prop::collection::vec(0_u64..60, 0..60)) {
            let classes: Vec<(usize, u64)> = counts.iter().copied().enumerate().collect();
            let found = bands(&classes);
            let of = |band: Band| counts.iter().zip(&found).filter(move |(_, found)| **found == Some(band)).map(|(count, _)| *count);
            prop_assert_eq!(found.iter().flatten().count(), counts.iter().filter(|&&count| count > 0).count());
            let all: u64 = counts.iter().sum();
            prop_assert!(of(Band::Tail).sum::<u64>() * 10 <= all);
            prop_assert!(of(Band::Head).sum::<u64>() * 2 >= all);
            if let (Some(common), Some(rare)) = (of(Band::Head).min(), of(Band::Tail).max()) {
                prop_assert!(rare <= common);
            }
        }
    }
}
