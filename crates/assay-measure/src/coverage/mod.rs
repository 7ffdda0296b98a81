//! Which classes has the snapshot seen, which has it likely missed, and what does removal cost the tail?

pub(crate) mod against;
pub(crate) mod cells;
pub(crate) mod tally;

use assay_model::report::Coverage;
use assay_model::{Fault, Task};

use crate::columns::Samples;
use crate::duplication::Kept;
use crate::topics::Found;
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
    let mut coverage = Vec::new();
    for dimension in dimensions::read(inputs, samples, task)? {
        task.check()?;
        coverage.push(Tally::of_dimension(&dimension, samples, kept).coverage(inputs.seed));
    }
    let words = words::read(inputs, task)?;
    let found = topics::find(inputs, samples, &words, task)?;
    coverage.push(words::tally(words, inputs, samples, kept, texts, task)?.coverage(inputs.seed));
    task.check()?;
    coverage.push(bigrams::tally(inputs, samples, kept, texts, task)?.coverage(inputs.seed));
    if let Some(Found {
        dimension,
        model,
        facts,
    }) = found
    {
        task.check()?;
        // Number 0 is the empty name, so that a topic's number is one less than its class's.
        let of = dimension.observations.iter();
        let mut of = of.map(|&(row, class)| (samples.sample[row as usize], class - 1));
        sink.topics(&model, &mut of)?;
        let mut topics = Tally::of_dimension(&dimension, samples, kept).coverage(inputs.seed);
        topics.topics = Some(facts);
        coverage.push(topics);
    }
    Ok(coverage)
}
