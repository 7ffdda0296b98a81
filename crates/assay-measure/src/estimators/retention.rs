//! How much of a reference's tail is still there?
//!
//! The tail is the rarest classes that together hold at most the last tenth of the observations, by ascending
//! count, ties by name; the class that would cross is not in it.

/// The tail's share of the observations at most.
pub const TAIL_SHARE: f64 = 0.1;

/// The tail of a reference: indices into `classes`, rarest first. `classes` are (name, count); zeros are no classes.
pub fn tail<N: Ord>(classes: &[(N, u64)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..classes.len()).filter(|&class| classes[class].1 > 0).collect();
    order.sort_unstable_by(|&a, &b| (classes[a].1, &classes[a].0).cmp(&(classes[b].1, &classes[b].0)));
    let most = TAIL_SHARE * classes.iter().map(|class| class.1).sum::<u64>() as f64;
    let mut held = 0;
    let within = order.iter().take_while(|&&class| {
        held += classes[class].1;
        held as f64 <= most
    });
    let length = within.count();
    order.truncate(length);
    order
}

/// The share of the tail's classes seen at least once, by `count`; `None` for an empty tail.
pub fn retention(tail: &[usize], count: impl Fn(usize) -> u64) -> Option<f64> {
    let present = tail.iter().filter(|&&class| count(class) > 0).count();
    (!tail.is_empty()).then(|| present as f64 / tail.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_class_that_would_cross_a_tenth_is_not_in_the_tail() {
        let classes = [("d", 90), ("b", 4), ("a", 4), ("c", 2)];
        assert_eq!(tail(&classes), [3, 2, 1]);
        let classes = [("d", 89), ("b", 4), ("a", 4), ("c", 3)];
        assert_eq!(tail(&classes), [3, 2], "3 + 4 + 4 would be 11 of 100");
    }

    #[test]
    fn an_empty_tail_has_no_retention() {
        assert_eq!(retention(&tail(&[("a", 50), ("b", 50)]), |_| 1), None);
    }

    proptest! {
        #[test]
        fn a_reference_retains_its_own_tail(counts in prop::collection::vec(0_u64..50, 0..60)) {
            let classes: Vec<(usize, u64)> = counts.into_iter().enumerate().collect();
            let tail = tail(&classes);
            let share = retention(&tail, |class| classes[class].1);
            prop_assert!(share.is_none_or(|share| share == 1.0));
        }

        #[test]
        fn adding_observations_never_lowers_retention(counts in prop::collection::vec((1_u64..50, 0_u64..3, 0_u64..3), 1..60)) {
            let reference: Vec<(usize, u64)> = counts.iter().map(|count| count.0).enumerate().collect();
            let tail = tail(&reference);
            let before = retention(&tail, |class| counts[class].1);
            let after = retention(&tail, |class| counts[class].1 + counts[class].2);
            prop_assert!(before.is_none() && after.is_none() || before <= after);
        }
    }
}
