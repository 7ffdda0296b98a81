//! Depth of derivation in words, for the text and the page alike.

use assay_model::report::Derivation;

use crate::figure::{counted, grouped};

/// A depth as a row's name.
pub fn step(depth: u64) -> String {
    match depth {
        0 => "0, by people".to_owned(),
        1 => "1, by a model".to_owned(),
        depth => format!("{}, by models", grouped(depth)),
    }
}

/// What the depths leave out, a sentence each.
pub fn remarks(derivation: &Derivation) -> Vec<String> {
    let said = [
        (
            derivation.unrecorded,
            "name no parent and were not written by people: what they were made from is not recorded.",
        ),
        (
            derivation.unknown,
            "name a parent, and nobody said who made them.",
        ),
        (
            derivation.missing_parents,
            "name a parent that is not in this snapshot: their chain may be longer.",
        ),
        (
            derivation.cyclic,
            "have no depth, for a chain of parents leads back to itself.",
        ),
    ];
    said.into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", counted(count, "sample", "samples")))
        .collect()
}
