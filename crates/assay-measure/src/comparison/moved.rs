//! Which source moved a share?
//!
//! A share of tokens is a sum over sources, so that its change is one too: what each source adds to the share in the
//! second snapshot, less what it added in the first. The parts sum to the whole change, exactly.

use std::collections::BTreeMap;

use assay_model::{Fault, Task};
use serde::Serialize;

use crate::SliceTable;
use crate::slices::TokensBy;

/// Groups that are named; the others are summed.
const LISTED: usize = 50;
/// By what the tokens are grouped: the first of these that tells some of them apart.
const DIMENSIONS: [&str; 3] = ["source", "domain", "language"];

/// The change of each origin's share of tokens, by source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moved {
    /// `source`, or `domain` or `language` where no source is mapped.
    pub by: &'static str,
    /// At most 50, those that moved any share most first.
    pub groups: Vec<MovedGroup>,
    /// The rest together, and of how many.
    pub others: u64,
    pub others_points: [f64; 4],
}

/// What one source did; origins in the order of `Origin::ALL`: human, mixed, machine, unknown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MovedGroup {
    /// Empty where samples have none.
    pub name: String,
    /// Tokens in `a` and in `b`.
    pub a: [u64; 4],
    pub b: [u64; 4],
    /// What it adds to the share in `b`, less what it added in `a`.
    pub points: [f64; 4],
}

/// Tells by which source the shares of two snapshots moved; none where nothing tells their tokens apart.
pub fn moved(a: &SliceTable<'_>, b: &SliceTable<'_>, task: &Task) -> Result<Option<Moved>, Fault> {
    for by in DIMENSIONS {
        task.check()?;
        let found = between(by, &a.tokens_by(by), &b.tokens_by(by));
        if found.groups.len() + found.others as usize > 1 {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn between(by: &'static str, a: &TokensBy, b: &TokensBy) -> Moved {
    let whole = |table: &TokensBy| -> u64 { table.values().flatten().sum() };
    let (all_a, all_b) = (whole(a), whole(b));
    let mut names: BTreeMap<&str, ()> = BTreeMap::new();
    names.extend(a.keys().chain(b.keys()).map(|name| (name.as_str(), ())));
    let of = |table: &TokensBy, name: &str| table.get(name).copied().unwrap_or_default();
    let share = |tokens: u64, all: u64| if all == 0 { 0.0 } else { tokens as f64 / all as f64 };
    let mut groups: Vec<MovedGroup> = names
        .into_keys()
        .map(|name| {
            let (in_a, in_b) = (of(a, name), of(b, name));
            MovedGroup {
                name: name.to_owned(),
                a: in_a,
                b: in_b,
                points: std::array::from_fn(|origin| share(in_b[origin], all_b) - share(in_a[origin], all_a)),
            }
        })
        .collect();
    let most = |group: &MovedGroup| group.points.iter().map(|points| points.abs()).fold(0.0, f64::max);
    groups.sort_by(|one, other| {
        most(other)
            .total_cmp(&most(one))
            .then_with(|| one.name.cmp(&other.name))
    });
    let rest = groups.split_off(groups.len().min(LISTED));
    Moved {
        by,
        others: rest.len() as u64,
        others_points: std::array::from_fn(|origin| rest.iter().map(|group| group.points[origin]).sum()),
        groups,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(rows: &[(u8, [u64; 4])]) -> TokensBy {
        let mut table = TokensBy::new();
        for (name, tokens) in rows {
            let row = table.entry(format!("source {name}")).or_default();
            row.iter_mut().zip(tokens).for_each(|(sum, more)| *sum += more);
        }
        table
    }

    #[test]
    fn the_source_that_brought_machine_text_is_named_first() {
        let before = table(&[(1, [80, 0, 0, 0]), (2, [0, 0, 20, 0])]);
        let after = table(&[(1, [80, 0, 0, 0]), (2, [0, 0, 20, 0]), (3, [0, 0, 100, 0])]);
        let found = between("source", &before, &after);
        assert_eq!(found.groups[0].name, "source 3");
        assert_eq!(found.groups[0].points[2], 0.5);
        let machine: f64 = found.groups.iter().map(|group| group.points[2]).sum();
        assert!((machine - (0.6 - 0.2)).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_the_change_of_the_whole(
            a in prop::collection::vec((0_u8..90, prop::array::uniform4(0_u64..900)), 1..120),
            b in prop::collection::vec((0_u8..90, prop::array::uniform4(0_u64..900)), 1..120),
        ) {
            let (a, b) = (table(&a), table(&b));
            let found = between("source", &a, &b);
            for origin in 0..4 {
                let share = |table: &TokensBy| {
                    let all: u64 = table.values().flatten().sum();
                    if all == 0 { 0.0 } else { table.values().map(|row| row[origin]).sum::<u64>() as f64 / all as f64 }
                };
                let parts: f64 = found.groups.iter().map(|group| group.points[origin]).sum::<f64>() + found.others_points[origin];
                prop_assert!((parts - (share(&b) - share(&a))).abs() < 1e-9);
            }
        }
    }
}
