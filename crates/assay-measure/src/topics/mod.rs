//! What do the samples speak of?
//!
//! Topics are found in a bounded number of distinct samples (drawn by seed and digest) and every sample is assigned to
//! one. They can be explained: a sample is its most frequent telling words weighed by how rare they are, a topic is the
//! mean of its samples cut to its strongest words, and those words are its name. Nothing depends on the order of files, on
//! sample ids or on the workspace: samples are taken in the order of seeded digests and ties go to the earlier.
//!
//! Deliberately absent: language models and embeddings of our own. A user's own vectors take the words' place where the map
//! names them.

mod dense;
mod fit;
mod model;
mod vectors;

use std::collections::BTreeMap;

use assay_model::report::{Topic, Topics};
use assay_model::{Fault, Task};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::Inputs;
use crate::columns::Samples;
use crate::dimensions::Dimension;
use crate::names::Names;
use crate::words::Words;

pub use model::TopicModel;

use vectors::{each_terms, each_vector};

/// Distinct samples that topics are found in at most.
const FOUND_IN: usize = 12_000;
/// Fewer distinct samples speak of no topics.
const LEAST_SAMPLES: usize = 20;
/// Samples assigned at a time, on all cores.
const TOGETHER: usize = 8192;
/// Numbers of the user's vectors held at a time at most: 64 MiB.
const VECTOR_NUMBERS: usize = 16 << 20;

/// The topics of a snapshot.
pub(crate) struct Found {
    /// The topic of each sample that has one, as a dimension.
    pub dimension: Dimension,
    pub model: TopicModel,
    pub facts: Topics,
}

/// Finds topics and assigns every sample. `None` where there are too few samples with words to speak of any, or where
/// the snapshot was indexed before terms were kept.
pub(crate) fn find(
    inputs: &Inputs,
    samples: &Samples,
    words: &Words,
    task: &Task,
) -> Result<Option<Found>, Fault> {
    if !vectors::are_kept(inputs, "terms")? {
        return Ok(None);
    }
    if let Some(found) = find_in_vectors(inputs, samples, words, task)? {
        return Ok(Some(found));
    }
    let chosen = chosen(samples, inputs.seed);
    let mut terms: Vec<Vec<(u32, u8)>> = vec![Vec::new(); chosen.len()];
    let places: FxHashMap<u32, u32> = chosen.iter().copied().zip(0..).collect();
    each_terms(inputs, samples, task, &mut |row, found| {
        if let Some(&place) = places.get(&row) {
            terms[place as usize] = found.to_vec();
        }
    })?;
    terms.retain(|terms| !terms.is_empty());
    if terms.len() < LEAST_SAMPLES {
        return Ok(None);
    }
    let Some(model) = fit::fit(&terms, inputs.seed, &word_of(words, &terms), task)? else {
        return Ok(None);
    };
    let dimension = assign(inputs, samples, &model, task)?;
    let facts = facts(&model, &dimension, terms.len(), samples.len());
    Ok(Some(Found {
        dimension,
        model,
        facts,
    }))
}

/// Topics of the user's own vectors; `None` where there are too few of one length.
fn find_in_vectors(
    inputs: &Inputs,
    samples: &Samples,
    words: &Words,
    task: &Task,
) -> Result<Option<Found>, Fault> {
    if !vectors::are_kept(inputs, "embedding")? {
        return Ok(None);
    }
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    let mut has = vec![0; samples.len()];
    each_vector(inputs, samples, task, &mut |row, vector| {
        *lengths.entry(vector.len()).or_default() += 1;
        has[row as usize] = vector.len();
    })?;
    // The commonest length; of equally common ones the shortest.
    let Some((&length, _)) = lengths.iter().rev().max_by_key(|&(_, &count)| count) else {
        return Ok(None);
    };
    let mut chosen = chosen(samples, inputs.seed);
    chosen.retain(|&row| has[row as usize] == length);
    chosen.truncate(FOUND_IN.min(VECTOR_NUMBERS / length.max(1)));
    if chosen.len() < LEAST_SAMPLES {
        return Ok(None);
    }
    let places: FxHashMap<u32, usize> = chosen.iter().copied().zip(0..).collect();
    let mut vectors = vec![Vec::new(); chosen.len()];
    each_vector(inputs, samples, task, &mut |row, vector| {
        if let Some(&place) = places.get(&row) {
            vectors[place] = vector;
        }
    })?;
    let mut terms = vec![Vec::new(); chosen.len()];
    each_terms(inputs, samples, task, &mut |row, found| {
        if let Some(&place) = places.get(&row) {
            terms[place] = found.to_vec();
        }
    })?;
    let named = word_of(words, &terms);
    let Some(model) = fit::fit_vectors(&terms, &vectors, inputs.seed, &named, task)? else {
        return Ok(None);
    };
    let dimension = assign(inputs, samples, &model, task)?;
    let facts = facts(&model, &dimension, chosen.len(), samples.len());
    Ok(Some(Found {
        dimension,
        model,
        facts,
    }))
}

/// Assigns every sample of a snapshot to the topics of a model, which may be another snapshot's.
pub(crate) fn assign(
    inputs: &Inputs,
    samples: &Samples,
    model: &TopicModel,
    task: &Task,
) -> Result<Dimension, Fault> {
    let mut classes = Names::default();
    let numbers: Vec<u32> = model.names().map(|name| classes.number(name)).collect();
    let mut observations = Vec::new();
    if model.is_of_vectors() {
        let centres = model.centres();
        let length = centres.first().map_or(0, Vec::len);
        each_vector(inputs, samples, task, &mut |row, vector| {
            let unit = Some(vector)
                .filter(|vector| vector.len() == length)
                .and_then(dense::unit);
            if let Some(topic) = unit.and_then(|vector| dense::nearest_centre(&vector, &centres)) {
                observations.push((row, numbers[topic]));
            }
        })?;
    } else {
        let assigning = model.assigning();
        let mut waiting = Vec::new();
        let mut assign = |waiting: &mut Vec<(u32, Vec<(u32, u8)>)>| {
            let found: Vec<Option<(u32, u32)>> = waiting
                .par_iter()
                .map(|(row, terms)| Some((*row, numbers[assigning.topic(terms)?])))
                .collect();
            observations.extend(found.into_iter().flatten());
            waiting.clear();
        };
        each_terms(inputs, samples, task, &mut |row, terms| {
            waiting.push((row, terms.to_vec()));
            if waiting.len() == TOGETHER {
                assign(&mut waiting);
            }
        })?;
        assign(&mut waiting);
    }
    Ok(Dimension {
        name: inputs.derived_unit(crate::TOPIC),
        classes,
        observations,
    })
}

/// Rows in the order of their seeded digests, one for each digest.
fn chosen(samples: &Samples, seed: u64) -> Vec<u32> {
    let key = |row: u32| xxh3_64_with_seed(&samples.digest[row as usize].0, seed);
    let mut keyed: Vec<(u64, u32)> = (0..samples.len() as u32)
        .filter(|&row| samples.tokens[row as usize] > 0)
        .map(|row| (key(row), row))
        .collect();
    // Rows of one digest stand together, whichever of them came first.
    keyed.sort_unstable();
    keyed.dedup_by_key(|keyed| samples.digest[keyed.1 as usize]);
    keyed.truncate(FOUND_IN);
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// The word behind each term that occurs; of two words of one number the first by name.
fn word_of(words: &Words, terms: &[Vec<(u32, u8)>]) -> FxHashMap<u32, String> {
    let mut named: FxHashMap<u32, String> = FxHashMap::default();
    for &(term, _) in terms.iter().flatten() {
        named.entry(term).or_default();
    }
    for (&hash, class) in words {
        if let Some(name) = named.get_mut(&assay_sketch::term_of(hash))
            && (name.is_empty() || class.name < *name)
        {
            name.clone_from(&class.name);
        }
    }
    named
}

fn facts(model: &TopicModel, dimension: &Dimension, found_in: usize, samples: usize) -> Topics {
    let mut counts: FxHashMap<u32, u64> = FxHashMap::default();
    for &(_, class) in &dimension.observations {
        *counts.entry(class).or_default() += 1;
    }
    // The empty name is class 0.
    let topics = model.topics().zip(1..).map(|((name, terms), class)| Topic {
        name: name.to_owned(),
        terms: terms.to_vec(),
        samples: counts.get(&class).copied().unwrap_or(0),
    });
    Topics {
        method: model.method().to_owned(),
        found_in: found_in as u64,
        unassigned: (samples - dimension.observations.len()) as u64,
        topics: topics.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_model::Digest;

    #[test]
    fn copies_are_chosen_once_and_the_order_of_rows_does_not_matter() {
        let samples = |order: &[u32]| Samples {
            sample: order.iter().map(|&i| u64::from(i)).collect(),
            digest: order
                .iter()
                .map(|&i| Digest::of(&(i / 2).to_le_bytes()))
                .collect(),
            tokens: vec![7; order.len()],
            ..Samples::default()
        };
        let digests = |order: &[u32]| {
            let samples = samples(order);
            let rows = chosen(&samples, 3);
            rows.iter()
                .map(|&row| samples.digest[row as usize])
                .collect::<Vec<_>>()
        };
        let forward: Vec<u32> = (0..40).collect();
        let backward: Vec<u32> = (0..40).rev().collect();
        assert_eq!(digests(&forward).len(), 20);
        assert_eq!(digests(&forward), digests(&backward));
    }
}
