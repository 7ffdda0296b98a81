//! How often does each pair of neighbouring words occur, by the origin of the part it stands in?
//!
//! Pairs of words of the normalised text, inside one part. Texts are reread for it: all of them where they hold no more
//! tokens than the budget, else samples drawn by seed and digest up to the budget, and the report says of how many.

use assay_model::report::Sampled;
use assay_model::{Fault, Origin, Task};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::columns::Samples;
use crate::coverage::tally::{Class, Tally, place};
use crate::duplication::Kept;
use crate::names::Names;
use crate::relabel::Now;
use crate::resample::Draws;
use crate::{Inputs, Texts, Whose};

/// Samples reread at a time by each core. All of them together hold no more tokens than the budget.
const BATCH: usize = 512;
/// The draw that bigrams are counted in, apart from those of diversity.
const ROUND: u32 = 1_000_003;

/// Counts bigrams, and what stays of them when samples go.
pub(crate) fn tally(
    inputs: &Inputs,
    samples: &Samples,
    kept: &Kept,
    texts: &dyn Texts,
    task: &Task,
) -> Result<Tally, Fault> {
    let (rows, sampled) = drawn(inputs, samples);
    let counted = count(inputs, samples, &rows, kept, texts, task)?;
    Ok(Tally::new(inputs.derived_unit(crate::BIGRAM), counted, true).sampled(sampled))
}

/// Observations of each bigram of the rows that `holds`, by name, of one part where it is given.
pub(crate) fn counts(
    inputs: &Inputs,
    samples: &Samples,
    holds: &[bool],
    whose: Whose,
    texts: &dyn Texts,
    task: &Task,
) -> Result<Vec<(String, u64)>, Fault> {
    let (mut rows, _) = drawn(inputs, samples);
    rows.retain(|&row| holds[row as usize]);
    let all = Kept {
        best: vec![true; samples.len()],
        first: vec![true; samples.len()],
    };
    let mut counts: Vec<(String, u64)> = count(inputs, samples, &rows, &all, texts, task)?
        .into_iter()
        .map(|class| (whose.count(&class.by_origin), class.name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| (name, count))
        .collect();
    counts.sort_unstable();
    Ok(counts)
}

/// The rows whose bigrams are counted, and what they are a sample of, where they are one.
fn drawn(inputs: &Inputs, samples: &Samples) -> (Vec<u32>, Option<Sampled>) {
    let all: Vec<u32> = (0..samples.len() as u32).collect();
    let (tokens, budget) = (samples.total_tokens(), inputs.settings.bigram_tokens);
    if tokens <= budget {
        return (all, None);
    }
    let draws = Draws::new(samples, inputs.seed);
    let drawn = draws.draw(&all, tokens, budget, &draws.keys(ROUND));
    // The last sample is cut by the budget; half a text would be no sample of its bigrams.
    let whole = drawn
        .iter()
        .filter(|drawn| drawn.tokens == samples.tokens[drawn.row as usize]);
    let mut rows: Vec<u32> = whole.map(|drawn| drawn.row).collect();
    rows.sort_unstable();
    let sampled = Sampled {
        samples: rows.len() as u64,
        of: samples.len() as u64,
        tokens: rows
            .iter()
            .map(|&row| u64::from(samples.tokens[row as usize]))
            .sum(),
    };
    (rows, Some(sampled))
}

/// Counts of one bigram.
#[derive(Clone, Copy, Default)]
struct Counts {
    by_origin: [u32; 4],
    kept: [u32; 4],
    kept_first: u32,
}

fn count(
    inputs: &Inputs,
    samples: &Samples,
    rows: &[u32],
    kept: &Kept,
    texts: &dyn Texts,
    task: &Task,
) -> Result<Vec<Class>, Fault> {
    let mut wanted: Vec<(u64, u32)> = rows
        .iter()
        .map(|&row| (samples.sample[row as usize], row))
        .collect();
    wanted.sort_unstable();
    let now = Now::of(&inputs.relabelled);
    let mut words = Names::default();
    let mut counts: FxHashMap<u64, Counts> = FxHashMap::default();
    let read: Vec<Vec<ReadPart>> = wanted
        .par_chunks(BATCH)
        .map(|batch| {
            task.check()
                .and_then(|()| read_parts(samples, batch, &now, texts))
        })
        .collect::<Result<_, Fault>>()?;
    for part in read.iter().flatten() {
        let (row, origin) = (part.row as usize, place(part.origin));
        let mut numbers = assay_sketch::tokens(&part.normalised).map(|word| words.number(word));
        let Some(mut before) = numbers.next() else {
            continue;
        };
        for word in numbers {
            let counts = counts
                .entry(u64::from(before) << 32 | u64::from(word))
                .or_default();
            counts.by_origin[origin] += 1;
            counts.kept[origin] += u32::from(kept.best[row]);
            counts.kept_first += u32::from(kept.first[row]);
            before = word;
        }
    }
    let name = |pair: u64| {
        let (first, second) = ((pair >> 32) as u32, pair as u32);
        format!("{} {}", words.name(first), words.name(second))
    };
    Ok(counts
        .iter()
        .map(|(&pair, counts)| Class {
            name: name(pair),
            by_origin: counts.by_origin.map(u64::from),
            kept: counts.kept.map(u64::from),
            kept_first: u64::from(counts.kept_first),
        })
        .collect())
}

/// A part read again.
struct ReadPart {
    row: u32,
    origin: Origin,
    normalised: String,
}

/// Reads the parts of samples, which are given by id with their rows.
fn read_parts(
    samples: &Samples,
    batch: &[(u64, u32)],
    now: &Now<'_>,
    texts: &dyn Texts,
) -> Result<Vec<ReadPart>, Fault> {
    let ids: Vec<u64> = batch.iter().map(|&(id, _)| id).collect();
    let mut read = Vec::new();
    texts.read_parts(&ids, &mut |id, parts| {
        if let Ok(found) = batch.binary_search_by_key(&id, |&(id, _)| id) {
            let row = batch[found].1;
            let each = parts.iter().enumerate().map(|(number, part)| ReadPart {
                row,
                origin: origin_of(samples.origin[row as usize], now.origin(id, number, part.origin)),
                normalised: assay_sketch::normalise(part.text),
            });
            read.extend(each);
        }
    })?;
    Ok(read)
}

/// A sample's origin may have been judged since it was read; only where its parts differ does the part's own decide.
fn origin_of(sample: Origin, part: Origin) -> Origin {
    if sample == Origin::Mixed { part } else { sample }
}
