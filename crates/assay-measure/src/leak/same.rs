//! Which reference samples stand in the data as they are, or the same after normalising?

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::{Found, LeakKind};
use crate::columns::Samples;

/// Finds equal digests and, where there are none, equal normalised texts; the earliest in the data is named.
pub(super) fn find(reference: &Samples, data: &Samples) -> Found {
    let digest = |samples: &Samples, row: usize| Some(samples.digest[row].0);
    let normalised = |samples: &Samples, row: usize| {
        // What normalises to nothing compares exactly only.
        (!samples.normalised_empty[row]).then(|| samples.normalised[row])
    };
    let exact = earliest(reference, data, digest);
    let alike = earliest(reference, data, normalised);
    exact
        .into_iter()
        .zip(alike)
        .map(|(exact, alike)| {
            let exact = exact.map(|row| (LeakKind::Exact, row));
            exact.or(alike.map(|row| (LeakKind::Normalised, row)))
        })
        .collect()
}

/// For each reference row the earliest row of the data with the same key.
fn earliest<K: Eq + Hash>(
    reference: &Samples,
    data: &Samples,
    key: impl Fn(&Samples, usize) -> Option<K>,
) -> Vec<Option<u32>> {
    let mut found: FxHashMap<K, Option<u32>> = (0..reference.len())
        .filter_map(|row| Some((key(reference, row)?, None)))
        .collect();
    let place = |row: u32| (data.place[row as usize], row);
    for row in 0..data.len() as u32 {
        let Some(first) = key(data, row as usize).and_then(|key| found.get_mut(&key)) else {
            continue;
        };
        if first.is_none_or(|first| place(row) < place(first)) {
            *first = Some(row);
        }
    }
    (0..reference.len())
        .map(|row| key(reference, row).and_then(|key| found[&key]))
        .collect()
}
