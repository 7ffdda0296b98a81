//! What is a snapshot made of?
//!
//! Composition, duplication, coverage and diversity, computed from the feature columns that indexing left
//! behind. Everything is a group-by, a join or a sort over columns; texts are reread only for resamples, a
//! bounded number at a time. Nothing here depends on sample ids, on the workspace or on the order of segments:
//! ties are broken by digests and by the place of a sample in its file.
//!
//! Deliberately absent: reading sources, storing results, and what a measure means for a release.

mod columns;
pub mod comparison;
mod composition;
pub mod contract;
mod coverage;
mod curves;
mod dimensions;
mod diversity;
mod duplication;
pub mod estimators;
mod evidence;
mod exchange;
mod frame;
mod groups;
mod leak;
mod names;
mod ngrams;
mod passages;
mod resample;
mod slices;
mod spans;
mod words;

use std::collections::HashSet;
use std::path::PathBuf;

use assay_model::report::{Cell, Coverage, Diversity, Duplication, LanguageMismatch, OriginTable};
use assay_model::{Digest, Fault, Progress, Stage, Task};

pub use evidence::{Cluster, Kind, Member, Pair, Passage, Sink, Unit};
pub use exchange::{ByOrigin, Exchange, exchange};
pub use leak::{LeakKind, LeakMatch, LeakSettings, LeakSide, Leaks, SharedRun, leak};
pub use slices::{SliceTable, TailRetention, WORD, tail_retention};

/// A folder of feature columns and the files of it that belong to the snapshot.
#[derive(Clone, Debug)]
pub struct Segment {
    pub folder: PathBuf,
    pub files: Vec<u32>,
}

/// What is measured, and by which settings.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    pub segments: Vec<Segment>,
    /// The snapshot's files by path. Ties between samples go to the earlier file; files not named come last.
    pub file_order: Vec<u32>,
    /// Mapped dimensions that are text, in the map's order: each gets a coverage entry.
    pub text_dimensions: Vec<String>,
    /// Samples in the gold set: they represent their clusters before all others.
    pub gold: HashSet<Digest>,
    pub seed: u64,
    pub settings: Settings,
}

/// Thresholds and budgets, by their defaults in the metrics chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Least Jaccard similarity of near-duplicates.
    pub jaccard: f64,
    /// Least containment of the shorter text in the longer, where the shorter has 20 shingles.
    pub containment: f64,
    /// Tokens in each resample at most.
    pub diversity_tokens: u64,
    /// Tokens in all resamples of all slices together at most.
    pub diversity_total_tokens: u64,
    pub resamples: u32,
    /// Origins and domains with fewer tokens are not compared.
    pub least_slice_tokens: u64,
    /// Domains compared at most, largest first.
    pub most_domains: usize,
    /// Recurring passages reported to the sink, for each unit.
    pub passages_listed: usize,
    /// Occurrences of passages sorted at a time, about; 40 bytes each.
    pub passages_together: u64,
    /// Tokens of redundant samples reread at most to tell what their removal costs the words.
    pub removal_tokens: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            jaccard: 0.8,
            containment: 0.9,
            diversity_tokens: 1_000_000,
            diversity_total_tokens: 20_000_000,
            resamples: 20,
            least_slice_tokens: 1_000,
            most_domains: 6,
            passages_listed: 500,
            passages_together: 4 << 20,
            removal_tokens: 20_000_000,
        }
    }
}

/// Rereads texts of samples.
pub trait Texts: Sync {
    /// Hands over each sample's parts joined by a line break. `samples` ascend; so does what is handed over.
    fn read(&self, samples: &[u64], each: &mut dyn FnMut(u64, &str)) -> Result<(), Fault>;
}

/// Everything measured; the workbench adds what indexing knew and makes a report of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    pub samples: u64,
    pub tokens: u64,
    pub bytes: u64,
    pub origin: OriginTable,
    pub composition: Vec<Cell>,
    pub unique: OriginTable,
    /// Digests with contradictory origins, plus samples whose evidence contradicts itself.
    pub conflicts: u64,
    pub conflicting_digests: u64,
    pub language_mismatch: Vec<LanguageMismatch>,
    pub duplication: Duplication,
    pub coverage: Vec<Coverage>,
    pub diversity: Vec<Diversity>,
}

/// Measures a snapshot. Pairs, clusters and passages go to `sink` as they are found.
pub fn measure(
    inputs: &Inputs,
    texts: &dyn Texts,
    sink: &mut dyn Sink,
    task: &Task,
) -> Result<Measures, Fault> {
    let report = |stage, fraction| {
        task.report(&Progress {
            stage,
            fraction,
            ..Progress::default()
        })
    };
    report(Stage::Composition, 0.0);
    let samples = columns::Samples::read(inputs, task)?;
    report(Stage::Duplication, 0.0);
    let found = duplication::find(inputs, &samples, sink, task)?;
    report(Stage::Passages, 0.0);
    let mut duplication = found.duplication;
    duplication.passages = passages::find(inputs, &samples, sink, task)?;
    report(Stage::Coverage, 0.0);
    let coverage = coverage::measure(inputs, &samples, &found.kept, texts, task)?;
    report(Stage::Diversity, 0.0);
    let diversity = diversity::measure(inputs, &samples, texts, task)?;
    report(Stage::Finishing, 1.0);

    let conflicting_digests = composition::conflicting_digests(&samples, &found.groups);
    Ok(Measures {
        samples: samples.len() as u64,
        tokens: samples.total_tokens(),
        bytes: samples.bytes.iter().map(|&bytes| u64::from(bytes)).sum(),
        origin: composition::by_origin(&samples, |_| true),
        composition: composition::cells(&samples),
        unique: composition::by_origin(&samples, |row| found.kept.best[row]),
        conflicts: conflicting_digests + samples.conflict.iter().filter(|&&conflict| conflict).count() as u64,
        conflicting_digests,
        language_mismatch: composition::language_mismatch(&samples),
        duplication,
        coverage,
        diversity,
    })
}
