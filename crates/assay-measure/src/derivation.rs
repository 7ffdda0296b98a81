//! How many models stand between a record and what people wrote?
//!
//! The depth of a record is the longest chain of "made by a model from" that ends in it. A step counts where the record that
//! names a parent is a machine's or mixed; where it is human, the chain begins anew. Deliberately absent: guesses about records
//! that name no parent, and chains that leave the snapshot.

use assay_model::Origin;
use assay_model::report::{DepthCount, Derivation};
use rustc_hash::FxHashMap;

/// A record and what it says it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its own identity.
    pub key: Option<String>,
    pub origin: Origin,
    pub tokens: u64,
    /// Identities of the records it was made from.
    pub parents: Vec<String>,
}

/// The depth of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Models in the longest chain that ends here; 0 for what people wrote.
    Steps(u64),
    /// A chain leads back to itself.
    Cyclic,
    /// It names a parent, and nobody said who made it: whether a model did is unknown.
    Unknown,
    /// It names no parent and is a machine's, mixed or unknown: what it was made from is not recorded.
    Unrecorded,
}

/// The depth of each record, in their order.
///
/// An identity that several records have means all of them: the longest chain counts. A parent that is not here counts as one
/// whose own parents are not recorded: the step from it is known, what came before is not.
pub fn depths(records: &[Record]) -> Vec<Depth> {
    let by_key = by_key(records);
    let parents: Vec<Vec<u32>> = records.iter().map(|record| parents_of(record, &by_key)).collect();
    let mut known: Vec<Option<Option<u64>>> = vec![None; records.len()];
    for start in 0..records.len() {
        resolve(start, records, &parents, &mut known);
    }
    records
        .iter()
        .zip(known)
        .map(
            |(record, steps)| match steps.expect("every record was resolved") {
                None => Depth::Cyclic,
                Some(_) if record.origin == Origin::Unknown && !record.parents.is_empty() => Depth::Unknown,
                Some(_) if record.origin != Origin::Human && record.parents.is_empty() => Depth::Unrecorded,
                Some(steps) => Depth::Steps(steps),
            },
        )
        .collect()
}

/// The report's entry: samples and tokens by depth, and what could not be told.
pub fn summary(records: &[Record], depths: &[Depth]) -> Derivation {
    let by_key = by_key(records);
    let mut derivation = Derivation::default();
    let mut by_depth: std::collections::BTreeMap<u64, (u64, u64)> = std::collections::BTreeMap::new();
    for (record, depth) in records.iter().zip(depths) {
        derivation.with_parent += u64::from(!record.parents.is_empty());
        derivation.missing_parents += u64::from(
            record
                .parents
                .iter()
                .any(|parent| !by_key.contains_key(parent.as_str())),
        );
        match depth {
            Depth::Steps(steps) => {
                let counted = by_depth.entry(*steps).or_default();
                counted.0 += 1;
                counted.1 += record.tokens;
            }
            Depth::Cyclic => derivation.cyclic += 1,
            Depth::Unknown => derivation.unknown += 1,
            Depth::Unrecorded => derivation.unrecorded += 1,
        }
    }
    derivation.by_depth = by_depth
        .into_iter()
        .map(|(depth, (samples, tokens))| DepthCount {
            depth,
            samples,
            tokens,
        })
        .collect();
    derivation
}

fn by_key(records: &[Record]) -> FxHashMap<&str, Vec<u32>> {
    let mut by_key: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (record, number) in records.iter().zip(0..) {
        if let Some(key) = &record.key {
            by_key.entry(key).or_default().push(number);
        }
    }
    by_key
}

/// The steps that can count: what people wrote begins anew, whatever it was written from.
fn parents_of(record: &Record, by_key: &FxHashMap<&str, Vec<u32>>) -> Vec<u32> {
    if record.origin == Origin::Human {
        return Vec::new();
    }
    let named = record
        .parents
        .iter()
        .filter_map(|parent| by_key.get(parent.as_str()));
    named.flatten().copied().collect()
}

/// Steps of what depends on nothing unresolved, depth first and without recursion. `Some(None)` marks records whose chain leads
/// back to itself, and all that were made from these.
fn resolve(start: usize, records: &[Record], parents: &[Vec<u32>], known: &mut [Option<Option<u64>>]) {
    if known[start].is_some() {
        return;
    }
    let mut path: Vec<(usize, usize)> = vec![(start, 0)];
    let mut on_path: rustc_hash::FxHashSet<usize> = std::iter::once(start).collect();
    while let Some((record, next)) = path.last_mut() {
        let record = *record;
        if let Some(&parent) = parents[record].get(*next) {
            *next += 1;
            let parent = parent as usize;
            if on_path.contains(&parent) {
                // Everything from the parent on down the path stands in the circle.
                let from = path
                    .iter()
                    .position(|(each, _)| *each == parent)
                    .expect("it is on the path");
                for (each, _) in &path[from..] {
                    known[*each] = Some(None);
                }
            } else if known[parent].is_none() {
                on_path.insert(parent);
                path.push((parent, 0));
            }
            continue;
        }
        path.pop();
        on_path.remove(&record);
        if known[record] != Some(None) {
            known[record] = Some(steps(record, records, parents, known));
        }
    }
}

fn steps(
    record: usize,
    records: &[Record],
    parents: &[Vec<u32>],
    known: &[Option<Option<u64>>],
) -> Option<u64> {
    let mut longest = 0;
    for &parent in &parents[record] {
        longest = longest.max(known[parent as usize].flatten()?);
    }
    Some(match records[record].origin {
        Origin::Human => 0,
        _ if records[record].parents.is_empty() => 0,
        Origin::Machine | Origin::Mixed => longest + 1,
        Origin::Unknown => longest,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(key: &str, origin: Origin, parents: &[&str]) -> Record {
        Record {
            key: Some(key.to_owned()),
            origin,
            tokens: 1,
            parents: parents.iter().map(|&parent| parent.to_owned()).collect(),
        }
    }

    #[test]
    fn the_longest_chain_of_models_counts() {
        let records = [
            record("a", Origin::Human, &[]),
            record("b", Origin::Machine, &["a"]),
            record("c", Origin::Mixed, &["b", "a"]),
            record("d", Origin::Human, &["c"]),
            record("e", Origin::Machine, &["d"]),
        ];
        let steps = [0, 1, 2, 0, 1].map(Depth::Steps);
        assert_eq!(depths(&records), steps);
        let summary = summary(&records, &depths(&records));
        let counted: Vec<(u64, u64)> = summary
            .by_depth
            .iter()
            .map(|each| (each.depth, each.samples))
            .collect();
        assert_eq!(counted, [(0, 2), (1, 2), (2, 1)]);
        assert_eq!(
            (summary.with_parent, summary.missing_parents, summary.cyclic),
            (4, 0, 0)
        );
    }

    #[test]
    fn what_cannot_be_told_is_told_apart() {
        let records = [
            record("a", Origin::Machine, &["gone"]),
            record("b", Origin::Machine, &[]),
            record("c", Origin::Unknown, &["a"]),
            record("d", Origin::Machine, &["c"]),
        ];
        assert_eq!(
            depths(&records),
            [
                Depth::Steps(1),
                Depth::Unrecorded,
                Depth::Unknown,
                Depth::Steps(2)
            ]
        );
        let summary = summary(&records, &depths(&records));
        assert_eq!(
            (summary.missing_parents, summary.unknown, summary.unrecorded),
            (1, 1, 1)
        );
    }

    #[test]
    fn a_circle_has_no_depth_and_neither_has_what_was_made_from_it() {
        let records = [
            record("a", Origin::Machine, &["c"]),
            record("b", Origin::Machine, &["a"]),
            record("c", Origin::Machine, &["b"]),
            record("d", Origin::Machine, &["c"]),
            record("e", Origin::Machine, &["e"]),
            record("f", Origin::Machine, &["h"]),
            record("h", Origin::Human, &[]),
        ];
        let found = depths(&records);
        assert_eq!(&found[..5], [Depth::Cyclic; 5]);
        assert_eq!(&found[5..], [Depth::Steps(1), Depth::Steps(0)]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_is_walked_without_running_out_of_stack() {
        let mut records = vec![record("0", Origin::Human, &[])];
        records.extend(
            (1..100_000).map(|n: u64| record(&n.to_string(), Origin::Machine, &[&(n - 1).to_string()])),
        );
        records.reverse();
        assert_eq!(depths(&records)[0], Depth::Steps(99_999));
    }

    proptest! {
        #[test]
        fn the_order_of_records_does_not_matter(
            edges in proptest::collection::vec(proptest::collection::vec(0_usize..8, 0..3), 8),
            order in Just((0..8).collect::<Vec<usize>>()).prop_shuffle(),
        ) {
            let records: Vec<Record> = edges
                .iter()
                .enumerate()
                .map(|(number, parents)| Record {
                    key: Some(number.to_string()),
                    origin: Origin::Machine,
                    tokens: 1,
                    parents: parents.iter().map(ToString::to_string).collect(),
                })
                .collect();
            let shuffled: Vec<Record> = order.iter().map(|&number| records[number].clone()).collect();
            let (found, of_shuffled) = (depths(&records), depths(&shuffled));
            for (place, &number) in order.iter().enumerate() {
                prop_assert_eq!(found[number], of_shuffled[place]);
            }
        }
    }
}
