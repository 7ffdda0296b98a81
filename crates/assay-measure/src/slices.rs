//! Who made a slice, and which classes does it hold? For gates, which ask about any slice.

use std::collections::BTreeMap;

use assay_model::report::OriginTable;
use assay_model::{Fault, Origin, Task};

use rustc_hash::FxHashMap;

use crate::columns::Samples;
use crate::estimators::retention::{retention, tail};
use crate::{Inputs, composition, dimensions, words};

/// The name of the unit that every snapshot has beside its dimensions.
pub const WORD: &str = "word";

/// Tokens by name, origins in the order of `Origin::ALL`.
pub(crate) type TokensBy = BTreeMap<String, [u64; 4]>;

/// A snapshot's samples, ready to be asked about slices.
pub struct SliceTable<'a> {
    inputs: &'a Inputs,
    samples: Samples,
    /// (sample id, row), ascending.
    rows: Vec<(u64, u32)>,
}

impl<'a> SliceTable<'a> {
    pub fn read(inputs: &'a Inputs, task: &Task) -> Result<Self, Fault> {
        let samples = Samples::read(inputs, task)?;
        let mut rows: Vec<(u64, u32)> = samples.sample.iter().copied().zip(0..).collect();
        rows.sort_unstable();
        Ok(Self {
            inputs,
            samples,
            rows,
        })
    }

    /// Composition of the samples with these ids; of all where there is no slice.
    pub fn origins(&self, slice: Option<&[u64]>) -> OriginTable {
        let holds = self.holds(slice);
        composition::by_origin(&self.samples, |row| holds[row])
    }

    /// Observations of each class of a dimension, or of each word, by name; of one origin only where it is given.
    pub fn classes(
        &self,
        dimension: &str,
        slice: Option<&[u64]>,
        origin: Option<Origin>,
        task: &Task,
    ) -> Result<Vec<(String, u64)>, Fault> {
        if dimension == WORD && slice.is_none() {
            return words::counts(self.inputs, origin, task);
        }
        let holds = self.holds(slice);
        let inputs = Inputs {
            text_dimensions: vec![dimension.to_owned()],
            segments: self.inputs.segments.clone(),
            ..Inputs::default()
        };
        let mut counts = Vec::new();
        for read in dimensions::read(&inputs, &self.samples, task)? {
            let mut observed = vec![0; read.classes.len()];
            for &(row, class) in &read.observations {
                let row = row as usize;
                let counts = holds[row] && origin.is_none_or(|origin| self.samples.origin[row] == origin);
                observed[class as usize] += u64::from(counts);
            }
            let named = (0..read.classes.len() as u32).map(|class| read.classes.name(class).to_owned());
            counts.extend(named.zip(observed).filter(|(_, count)| *count > 0));
        }
        counts.sort_unstable();
        Ok(counts)
    }

    /// Tokens of each origin by `source`, `domain` or `language`; samples without one stand under the empty name.
    pub(crate) fn tokens_by(&self, dimension: &str) -> TokensBy {
        let names = match dimension {
            "source" => &self.samples.source,
            "domain" => &self.samples.domain,
            _ => &self.samples.language,
        };
        let mut numbered: FxHashMap<u32, [u64; 4]> = FxHashMap::default();
        for (name, tokens) in names.iter().zip(&self.samples.tokens_by_origin) {
            let sums = numbered.entry(*name).or_default();
            sums.iter_mut()
                .zip(tokens)
                .for_each(|(sum, tokens)| *sum += u64::from(*tokens));
        }
        let named = numbered.into_iter();
        named
            .map(|(number, tokens)| (self.samples.names.name(number).to_owned(), tokens))
            .collect()
    }

    fn holds(&self, slice: Option<&[u64]>) -> Vec<bool> {
        let Some(slice) = slice else {
            return vec![true; self.samples.len()];
        };
        let mut holds = vec![false; self.samples.len()];
        for id in slice {
            if let Ok(place) = self.rows.binary_search_by_key(id, |&(id, _)| id) {
                holds[self.rows[place].1 as usize] = true;
            }
        }
        holds
    }
}

/// How much of a reference's tail is here.
#[derive(Clone, Debug, PartialEq)]
pub struct TailRetention {
    /// Classes in the tail of the reference.
    pub tail: u64,
    /// Share of them present here; none where the reference has no tail.
    pub retention: Option<f64>,
    /// Those absent, rarest first, ties by name.
    pub missing: Vec<String>,
}

/// Holds the classes seen here against the tail of a reference. Both by name.
pub fn tail_retention(here: &[(String, u64)], reference: &[(String, u64)]) -> TailRetention {
    let count = |class: usize| {
        here.binary_search_by(|(name, _)| name.cmp(&reference[class].0))
            .map_or(0, |place| here[place].1)
    };
    let tail = tail(reference);
    let missing = tail.iter().filter(|&&class| count(class) == 0);
    TailRetention {
        tail: tail.len() as u64,
        missing: missing.map(|&class| reference[class].0.clone()).collect(),
        retention: retention(&tail, count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_classes_of_the_reference_are_named() {
        let of = |classes: &[(&str, u64)]| -> Vec<(String, u64)> {
            classes
                .iter()
                .map(|&(name, count)| (name.to_owned(), count))
                .collect()
        };
        let reference = of(&[("common", 96), ("odd", 2), ("rare", 1), ("strange", 1)]);
        let here = of(&[("common", 3), ("new", 7), ("rare", 1)]);
        let found = tail_retention(&here, &reference);
        assert_eq!(
            (found.tail, found.missing),
            (3, vec!["strange".to_owned(), "odd".to_owned()])
        );
        assert!((found.retention.unwrap() - 1.0 / 3.0).abs() < 1e-12);
    }
}
