//! What did models make of the samples: by who made these, by how rare they are, and from run to run?
//!
//! Results that the user brings are joined to the texts of a snapshot. A text counts once, however many copies of it
//! stand there: a model has one loss for it, and copies would only make the intervals look better than they are.
//!
//! That models trained on their own output lose the tail first, and rate likely (machine) text ever likelier, is
//! what Shumailov et al. (2024, Nature 631, 755-759) found in perplexities over generations; the signs here ask for
//! the same in a user's own runs. Deliberately absent: running models, and any judgement of which run is to be used.

mod bands;
mod bootstrap;
mod calibration;
mod figures;
mod groups;
mod paired;
mod population;
mod scored;
mod signs;

use assay_model::results::{
    GroupDifference, GroupFigures, ResultsMethod, RunDifference, RunFigures, RunInfo, SampleResult,
};
use assay_model::{Digest, Fault, Task};
use rayon::prelude::*;

use crate::comparison::EffectSizes;
pub use bands::Band;
use calibration::BINS;
pub use groups::Group;
pub use population::{Population, Rarity, Slice};
use scored::Scored;

/// Seed of every resampling, so that the same results give the same report anywhere.
pub const SEED: u64 = 20_260_101;
/// Resamples of each interval at most.
pub const RESAMPLES: u64 = 1000;

/// One run's results, by digest in ascending order.
#[derive(Clone, Debug)]
pub struct Run {
    pub info: RunInfo,
    pub results: Vec<(Digest, SampleResult)>,
}

/// How the figures are computed.
pub fn method() -> ResultsMethod {
    ResultsMethod {
        resamples: RESAMPLES,
        seed: SEED,
        bins: BINS as u64,
        perplexity: "exp of the mean loss, each text weighing the same; token_perplexity weighs by the model's tokens \
                     where every result says them"
            .to_owned(),
        statement: "Losses are nats a token. Intervals are 95 %: Wilson for accuracy, otherwise a seeded bootstrap over \
                    texts; that of the calibration error is turned about the estimate, which few texts make too high. \
                    Calibration error by Guo et al. (2017), Brier score by Brier (1950; Gneiting and Raftery 2007)."
            .to_owned(),
    }
}

/// Every run's figures on every group, in the order given.
pub fn figures(population: &Population, runs: &[Run], task: &Task) -> Result<Vec<RunFigures>, Fault> {
    let groups = population.groups();
    runs.iter()
        .map(|run| {
            task.check()?;
            let scored = population.join(&run.results);
            let joined = scored.iter().flatten().count() as u64;
            let of_group = |group: &Group| -> Result<GroupFigures, Fault> {
                task.check()?;
                Ok(figures::of_group(group, &scored))
            };
            let lost: u64 = run
                .info
                .files
                .iter()
                .map(|file| file.unknown - file.kept_unknown.min(file.unknown))
                .sum();
            Ok(RunFigures {
                joined,
                unmatched: run.results.len() as u64 - joined + lost,
                groups: groups.par_iter().map(of_group).collect::<Result<_, _>>()?,
                info: run.info.clone(),
            })
        })
        .collect()
}

/// Differences of paired texts: each run against the one before it, and the last against the first of several.
pub fn differences(
    population: &Population,
    runs: &[Run],
    sizes: &EffectSizes,
    task: &Task,
) -> Result<Vec<RunDifference>, Fault> {
    let mut pairs: Vec<(usize, usize)> = (1..runs.len()).map(|later| (later - 1, later)).collect();
    if runs.len() > 2 {
        pairs.push((0, runs.len() - 1));
    }
    let scored: Vec<Vec<Option<Scored>>> = runs.iter().map(|run| population.join(&run.results)).collect();
    let groups = population.groups();
    pairs
        .into_iter()
        .map(|(a, b)| {
            let compared = |group: &Group| -> Result<(GroupDifference, paired::Rounds), Fault> {
                task.check()?;
                Ok(paired::of_group(group, &scored[a], &scored[b], sizes))
            };
            let compared: Vec<(GroupDifference, paired::Rounds)> =
                groups.par_iter().map(compared).collect::<Result<_, _>>()?;
            Ok(RunDifference {
                a: runs[a].info.run.clone(),
                b: runs[b].info.run.clone(),
                signs: signs::between(&compared, sizes),
                groups: compared.into_iter().map(|(difference, _)| difference).collect(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
