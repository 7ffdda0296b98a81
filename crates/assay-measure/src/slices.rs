//! Who made a slice, and which classes does it hold? For gates, which ask about any slice.

use std::collections::BTreeMap;

use assay_model::report::{AfterRemoval, OriginTable};
use assay_model::{Fault, Origin, Task};

use rustc_hash::FxHashMap;

use crate::columns::Samples;
use crate::coverage::tally::Tally;
use crate::duplication::Kept;
use crate::{BIGRAM, Inputs, Texts, TopicModel, bigrams, composition, dimensions, topics, words};

/// The name of the unit that every snapshot has beside its dimensions.
pub const WORD: &str = "word";

/// Which observations count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Everyone,
    Of(Origin),
    /// Of every origin but human: machine, mixed and unknown.
    NotHuman,
}

impl Whose {
    pub(crate) fn holds(self, origin: Origin) -> bool {
        match self {
            Self::Everyone => true,
            Self::Of(wanted) => origin == wanted,
            Self::NotHuman => origin != Origin::Human,
        }
    }

    /// Sums counts that stand in the order of `Origin::ALL`.
    pub(crate) fn count(self, by_origin: &[u64; 4]) -> u64 {
        let counted = Origin::ALL.into_iter().zip(by_origin);
        counted
            .filter(|&(origin, _)| self.holds(origin))
            .map(|(_, count)| count)
            .sum()
    }
}
/// Tokens by name, origins in the order of `Origin::ALL`.
pub(crate) type TokensBy = BTreeMap<String, [u64; 4]>;

/// A snapshot's samples, ready to be asked about slices.
pub struct SliceTable<'a> {
    inputs: &'a Inputs,
    samples: Samples,
    /// (sample id, row), ascending.
    rows: Vec<(u64, u32)>,
    texts: Option<&'a dyn Texts>,
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
            texts: None,
        })
    }

    /// Lets it reread texts, which bigrams need, and words where samples are taken away or were relabelled since they
    /// were indexed.
    pub fn rereading(mut self, texts: &'a dyn Texts) -> Self {
        self.texts = Some(texts);
        self
    }

    /// Composition of the samples with these ids; of all where there is no slice.
    pub fn origins(&self, slice: Option<&[u64]>) -> OriginTable {
        let holds = self.holds(slice);
        composition::by_origin(&self.samples, |row| holds[row])
    }

    /// Observations of each class of a unit, by name, of those that count.
    pub fn classes(
        &self,
        unit: &str,
        slice: Option<&[u64]>,
        whose: Whose,
        task: &Task,
    ) -> Result<Vec<(String, u64)>, Fault> {
        if unit == WORD && slice.is_none() {
            return words::counts(self.inputs, whose, self.texts, task);
        }
        let holds = self.holds(slice);
        if unit == self.inputs.derived_unit(BIGRAM) {
            return bigrams::counts(self.inputs, &self.samples, &holds, whose, self.texts()?, task);
        }
        let inputs = self.only(unit);
        let mut counts = Vec::new();
        for read in dimensions::read(&inputs, &self.samples, task)? {
            let mut observed = vec![0; read.classes.len()];
            for &(row, class) in &read.observations {
                let row = row as usize;
                let counts = holds[row] && whose.holds(self.samples.origin[row]);
                observed[class as usize] += u64::from(counts);
            }
            let named = (0..read.classes.len() as u32).map(|class| read.classes.name(class).to_owned());
            counts.extend(named.zip(observed).filter(|(_, count)| *count > 0));
        }
        counts.sort_unstable();
        Ok(counts)
    }

    /// What a unit looks like once samples are gone, against the tail of the whole. `None` where so much text would
    /// have to be reread that the cost is not known.
    pub fn without(&self, unit: &str, removed: &[u64], task: &Task) -> Result<Option<AfterRemoval>, Fault> {
        let gone = self.holds(Some(removed));
        let stays: Vec<bool> = gone.into_iter().map(|gone| !gone).collect();
        let kept = Kept {
            first: stays.clone(),
            best: stays,
        };
        let tally = if unit == WORD {
            let words = words::read(self.inputs, task)?;
            words::tally(words, self.inputs, &self.samples, &kept, self.texts()?, task)?
        } else if unit == self.inputs.derived_unit(BIGRAM) {
            bigrams::tally(self.inputs, &self.samples, &kept, self.texts()?, task)?
        } else {
            match dimensions::read(&self.only(unit), &self.samples, task)?.pop() {
                Some(dimension) => Tally::of_dimension(&dimension, &self.samples, &kept),
                None => return Ok(None),
            }
        };
        Ok(tally.removal_known.then(|| tally.after_removal()))
    }

    /// Samples and tokens of these ids.
    pub fn size(&self, ids: &[u64]) -> (u64, u64) {
        let holds = self.holds(Some(ids));
        let rows = || (0..self.samples.len()).filter(|&row| holds[row]);
        let tokens = rows().map(|row| u64::from(self.samples.tokens[row])).sum();
        (rows().count() as u64, tokens)
    }

    /// Assigns the samples to the topics of a model, which may be another snapshot's, and counts them by name.
    pub fn topics_of(
        &self,
        model: &TopicModel,
        whose: Whose,
        task: &Task,
    ) -> Result<Vec<(String, u64)>, Fault> {
        let found = topics::assign(self.inputs, &self.samples, model, task)?;
        let mut observed = vec![0; found.classes.len()];
        for &(row, class) in &found.observations {
            observed[class as usize] += u64::from(whose.holds(self.samples.origin[row as usize]));
        }
        let named = (0..found.classes.len() as u32).map(|class| found.classes.name(class).to_owned());
        let mut counts: Vec<(String, u64)> = named.zip(observed).filter(|(_, count)| *count > 0).collect();
        counts.sort_unstable();
        Ok(counts)
    }

    /// The inputs with one unit to read.
    fn only(&self, unit: &str) -> Inputs {
        Inputs {
            text_dimensions: vec![unit.to_owned()],
            segments: self.inputs.segments.clone(),
            topics: self.inputs.topics.clone(),
            ..Inputs::default()
        }
    }

    fn texts(&self) -> Result<&'a dyn Texts, Fault> {
        self.texts
            .ok_or_else(|| Fault::internal("counting classes", "no texts were handed over to reread"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_human_is_everything_else() {
        let by_origin = [1, 20, 300, 4_000];
        assert_eq!(Whose::Everyone.count(&by_origin), 4_321);
        assert_eq!(Whose::NotHuman.count(&by_origin), 4_320);
        assert_eq!(Whose::Of(Origin::Machine).count(&by_origin), 300);
    }
}
