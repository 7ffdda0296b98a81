//! Inclusion and consistency proofs of RFC 6962 section 2.1, made and checked.

use std::ops::Range;

use assay_model::Digest;
use assay_model::merkle::{self, root_over};

/// The hashes that lead from leaf number `index` to the root over `leaves` (leaf hashes), nearest first; RFC 6962 2.1.1.
///
/// # Panics
/// Where there is no such leaf.
pub fn inclusion(leaves: &[Digest], index: usize) -> Vec<Digest> {
    assert!(index < leaves.len(), "leaf {index} of a tree of {}", leaves.len());
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(largest_power_below(leaves.len()));
    let (mut path, sibling) = if index < left.len() {
        (inclusion(left, index), root_over(right))
    } else {
        (inclusion(right, index - left.len()), root_over(left))
    };
    path.push(sibling);
    path
}

/// The leaves under each hash of the path that `inclusion` gives, nearest first; on the left of `index` or on its right.
///
/// # Panics
/// Where there is no such leaf.
pub fn siblings(size: u64, index: u64) -> Vec<Range<u64>> {
    assert!(index < size, "leaf {index} of a tree of {size}");
    let (mut all, mut found) = (0..size, Vec::new());
    while all.end - all.start > 1 {
        let half = all.start + (1 << (all.end - all.start - 1).ilog2());
        let (left, right) = (all.start..half, half..all.end);
        let (own, other) = if index < half {
            (left, right)
        } else {
            (right, left)
        };
        found.push(other);
        all = own;
    }
    found.reverse();
    found
}

/// Whether `leaf` (a leaf hash) is number `index` of the `size` leaves under `root`; RFC 9162 section 2.1.3.2.
pub fn included_in(root: &Digest, size: u64, index: u64, leaf: &Digest, path: &[Digest]) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = merkle::node(sibling, &hash);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = merkle::node(&hash, sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// The hashes that show that the first `earlier` of `leaves` were there before the others; RFC 6962 2.1.2.
/// Empty where `earlier` is none or all of them.
///
/// # Panics
/// Where there are fewer leaves.
pub fn consistency(leaves: &[Digest], earlier: usize) -> Vec<Digest> {
    assert!(
        earlier <= leaves.len(),
        "{earlier} leaves of a tree of {}",
        leaves.len()
    );
    if earlier == 0 || earlier == leaves.len() {
        return Vec::new();
    }
    subproof(leaves, earlier, true)
}

fn subproof(leaves: &[Digest], earlier: usize, is_whole: bool) -> Vec<Digest> {
    if earlier == leaves.len() {
        return if is_whole {
            Vec::new()
        } else {
            vec![root_over(leaves)]
        };
    }
    let (left, right) = leaves.split_at(largest_power_below(leaves.len()));
    let (mut path, other) = if earlier <= left.len() {
        (subproof(left, earlier, is_whole), root_over(right))
    } else {
        (subproof(right, earlier - left.len(), false), root_over(left))
    };
    path.push(other);
    path
}

/// Whether the tree of `later` leaves begins with the tree of `earlier`; RFC 9162 section 2.1.4.2.
pub fn is_consistent(earlier: (u64, &Digest), later: (u64, &Digest), path: &[Digest]) -> bool {
    let ((first, first_root), (second, second_root)) = (earlier, later);
    if first == 0 {
        return path.is_empty() && *first_root == Digest::of(b"");
    }
    if first >= second {
        return first == second && path.is_empty() && first_root == second_root;
    }
    let mut rest = path.iter();
    let start = if first.is_power_of_two() {
        Some(first_root)
    } else {
        rest.next()
    };
    let Some(&start) = start else { return false };
    let (mut at, mut last) = (first - 1, second - 1);
    while at & 1 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let (mut old, mut new) = (start, start);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old = merkle::node(sibling, &old);
            new = merkle::node(sibling, &new);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            new = merkle::node(&new, sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && old == *first_root && new == *second_root
}

/// The largest power of two below `size`, which is at least 2.
fn largest_power_below(size: usize) -> usize {
    1 << (size - 1).ilog2()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Inputs of the reference tests published with the Certificate Transparency implementation.
    const LEAVES: [&str; 8] = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    fn published() -> Vec<Digest> {
        LEAVES
            .iter()
            .map(|data| merkle::leaf(&hex::decode(data).unwrap()))
            .collect()
    }

    fn hexes(path: &[Digest]) -> Vec<String> {
        path.iter().map(Digest::hex).collect()
    }

    #[test]
    fn inclusion_paths_equal_the_published_ones() {
        let leaves = published();
        assert!(inclusion(&leaves[..1], 0).is_empty());
        assert_eq!(
            hexes(&inclusion(&leaves, 0)),
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        );
        assert_eq!(
            hexes(&inclusion(&leaves, 5)),
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
        assert_eq!(
            hexes(&inclusion(&leaves[..3], 2)),
            ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]
        );
    }

    #[test]
    fn consistency_paths_equal_the_published_ones() {
        let leaves = published();
        assert!(consistency(&leaves[..1], 1).is_empty());
        assert_eq!(
            hexes(&consistency(&leaves, 1)),
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        );
        assert_eq!(
            hexes(&consistency(&leaves, 6)),
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
        assert_eq!(
            hexes(&consistency(&leaves[..5], 2)),
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        );
    }

    fn leaves(count: usize) -> Vec<Digest> {
        (0..count).map(|i| merkle::leaf(&i.to_be_bytes())).collect()
    }

    proptest! {
        #[test]
        fn every_leaf_is_shown_and_no_other(size in 1_usize..80, index in 0_usize..80, other in 0_usize..80) {
            let leaves = leaves(size);
            let (index, other) = (index % size, other % size);
            let (path, top) = (inclusion(&leaves, index), root_over(&leaves));
            prop_assert!(included_in(&top, size as u64, index as u64, &leaves[index], &path));
            prop_assert_eq!(included_in(&top, size as u64, other as u64, &leaves[index], &path), index == other);
            prop_assert!(!included_in(&top, size as u64, index as u64, &Digest::of(b"x"), &path));
            if let Some((_, shorter)) = path.split_first() {
                prop_assert!(!included_in(&top, size as u64, index as u64, &leaves[index], shorter));
            }
        }

        #[test]
        fn the_siblings_of_a_leaf_are_those_whose_hashes_lead_to_the_root(size in 1_usize..80, index in 0_usize..80) {
            let leaves = leaves(size);
            let index = index % size;
            let ranges = siblings(size as u64, index as u64);
            let over = |range: &Range<u64>| root_over(&leaves[range.start as usize..range.end as usize]);
            prop_assert_eq!(ranges.iter().map(over).collect::<Vec<_>>(), inclusion(&leaves, index));
        }

        #[test]
        fn a_longer_log_is_shown_to_begin_with_a_shorter(later in 1_usize..80, earlier in 0_usize..80) {
            let leaves = leaves(later);
            let earlier = earlier % (later + 1);
            let (old, new) = (root_over(&leaves[..earlier]), root_over(&leaves));
            let path = consistency(&leaves, earlier);
            prop_assert!(is_consistent((earlier as u64, &old), (later as u64, &new), &path));
            if earlier > 0 {
                let forked = Digest::of(b"forked");
                prop_assert!(!is_consistent((earlier as u64, &forked), (later as u64, &new), &path));
                prop_assert!(!is_consistent((earlier as u64, &old), (later as u64, &forked), &path));
            }
        }
    }
}
