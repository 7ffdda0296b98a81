//! Which classes has the snapshot seen, which has it likely missed, and what does removal cost the tail?

pub(crate) mod against;
pub(crate) mod cells;
pub(crate) mod tally;

use assay_model::report::Coverage;
use assay_model::{Fault, Task};
use rayon::prelude::*;

use crate::columns::Samples;
use crate::duplication::Kept;
use crate::{Inputs, Sink, Texts, bigrams, dimensions, topics, words};

use tally::Tally;

/// One entry for each text dimension, then words, bigrams and topics. Topics go to `sink`, for samples are found by them.
pub(crate) fn measure(
    inputs: &Inputs,
    samples: &Samples,
    kept: &Kept,
    texts: &dyn Texts,
    sink: &mut dyn Sink,
    task: &Task,
) -> Result<Vec<Coverage>, Fault> {
    let mut tallies = Vec::new();
    for dimension in dimensions::read(inputs, samples, task)? {
        task.check()?;
        tallies.push(Tally::of_dimension(&dimension, samples, kept));
    }
    let words = words::read(inputs, task)?;
    let found = topics::find(inputs, samples, &words, task)?;
    tallies.push(words::tally(words, inputs, samples, kept, texts, task)?);
    tallies.push(bigrams::tally(inputs, samples, kept, texts, task)?);
    let facts = match found {
        None => None,
        Some(found) => {
            // Number 0 is the empty name, so that a topic's number is one less than its class's.
            let of = found.dimension.observations.iter();
            let mut of = of.map(|&(row, class)| (samples.sample[row as usize], class - 1));
            sink.topics(&found.model, &mut of)?;
            tallies.push(Tally::of_dimension(&found.dimension, samples, kept));
            Some(found.facts)
        }
    };
    let mut coverage: Vec<Coverage> = tallies
        .into_par_iter()
        .map(|tally| task.check().map(|()| tally.coverage(inputs.seed)))
        .collect::<Result<_, Fault>>()?;
    if let (Some(facts), Some(of_topics)) = (facts, coverage.last_mut()) {
        of_topics.topics = Some(facts);
    }
    Ok(coverage)
}
