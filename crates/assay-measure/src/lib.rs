//! What is a snapshot made of?
//!
//! Composition, duplication, coverage and diversity, computed from the feature columns that indexing left
//! behind. Everything is a group-by, a join or a sort over columns; texts are reread only for resamples, a
//! bounded number at a time. Nothing here depends on sample ids, on the workspace or on the order of segments:
//! ties are broken by digests and by the place of a sample in its file.
//!
//! Deliberately absent: reading sources, storing results, and what a measure means for a release.

mod across;
mod bigrams;
mod columns;
pub mod comparison;
mod composition;
mod coverage;
mod curves;
pub mod derivation;
mod dimensions;
mod diversity;
mod duplication;
pub mod estimators;
mod evidence;
mod frame;
mod groups;
mod inside;
mod judgements;
mod leak;
mod names;
mod ngrams;
mod passages;
mod relabel;
mod resample;
pub mod results;
mod slices;
mod sources;
mod spans;
mod style;
mod topics;
mod words;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use assay_model::report::{
    Cell, Cells, Coverage, Diversity, Duplication, LanguageMismatch, OriginTable, SourceQuality,
};
use assay_model::{Digest, Fault, Origin, Progress, Stage, Task};

pub use across::{
    Across, AcrossCell, AcrossCluster, AcrossMember, AcrossPair, AcrossSample, Held, across,
    clusters as across_clusters, held,
};
pub use coverage::against::{Against, Sides, figures_of, side_by_side};
pub use evidence::{Cluster, Kind, Member, Pair, Passage, Sink, Unit};
pub use judgements::{Judged, Judgements};
pub use leak::{
    Alike, LEAST_TOKENS, LeakKind, LeakMatch, LeakSettings, LeakSide, Leaks, SharedRun, alike, leak,
};
pub use relabel::{Relabelled, RelabelledPart};
pub use slices::{SliceTable, WORD, Whose};
pub use style::{
    LEAST_IN_GROUP, StyleModel, StyleScore, Styled, THRESHOLD as STYLE_THRESHOLD,
    score_with as score_style_with, train as train_style,
};
pub use topics::TopicModel;

/// Units that every snapshot has beside its dimensions and `word`.
pub const BIGRAM: &str = "bigram";
pub const TOPIC: &str = "topic";

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
    /// Samples of the snapshot whose origin is another than their columns say, by id: evidence came after indexing.
    pub relabelled: Vec<Relabelled>,
    /// What people said of duplicates.
    pub judgements: Judgements,
    /// What reviewers judged samples to be, where their standing judgements agree.
    pub judged: HashMap<Digest, Origin>,
    pub seed: u64,
    pub settings: Settings,
    /// Topics that an earlier measuring found, for questions about them; measuring finds them anew.
    pub topics: Option<TopicColumn>,
}

/// The topic of each sample, as a snapshot's measures found them.
#[derive(Clone, Debug, Default)]
pub struct TopicColumn {
    /// The name of the unit.
    pub unit: String,
    pub names: Vec<String>,
    /// Sample id, and place in `names`.
    pub of: Vec<(u64, u32)>,
}

impl Inputs {
    /// The name of a derived unit: its own, unless a mapped dimension has it already.
    pub fn derived_unit(&self, unit: &str) -> String {
        if self.text_dimensions.iter().any(|name| name == unit) {
            format!("derived_{unit}")
        } else {
            unit.to_owned()
        }
    }
}

/// Thresholds and budgets, by their defaults in the metrics chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Least Jaccard similarity of near-duplicates.
    pub jaccard: f64,
    /// Least containment of the shorter text in the longer, where the shorter has 20 shingles.
    pub containment: f64,
    /// A source that would lose a greater share of its samples than this by deduplication is warned of.
    pub removal_limit: f64,
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
    /// Tokens of relabelled samples reread at most to tell which words are whose now.
    pub relabelled_tokens: u64,
    /// Tokens of the samples that bigrams are counted in at most.
    pub bigram_tokens: u64,
    /// Samples below which a cell of domain x language is thin.
    pub cell_floor: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            jaccard: 0.8,
            containment: 0.9,
            removal_limit: 0.5,
            diversity_tokens: 1_000_000,
            diversity_total_tokens: 20_000_000,
            resamples: 20,
            least_slice_tokens: 1_000,
            most_domains: 6,
            passages_listed: 500,
            passages_together: 4 << 20,
            removal_tokens: 20_000_000,
            relabelled_tokens: 20_000_000,
            bigram_tokens: 1_000_000,
            cell_floor: coverage::cells::FLOOR,
        }
    }
}

/// Rereads texts of samples.
pub trait Texts: Sync {
    /// Hands over each sample's parts joined by a line break. `samples` ascend; so does what is handed over.
    fn read(&self, samples: &[u64], each: &mut dyn FnMut(u64, &str)) -> Result<(), Fault>;

    /// The same, part by part.
    fn read_parts(&self, samples: &[u64], each: &mut dyn FnMut(u64, &[PartText<'_>])) -> Result<(), Fault>;
}

/// A part of a sample as it is read again.
#[derive(Clone, Copy, Debug)]
pub struct PartText<'a> {
    pub text: &'a str,
    /// What indexing found it to be; evidence that came later is not in it.
    pub origin: Origin,
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
    /// Every copy of these digests, and the samples whose evidence contradicts itself.
    pub conflicting_samples: u64,
    pub language_mismatch: Vec<LanguageMismatch>,
    pub duplication: Duplication,
    pub coverage: Vec<Coverage>,
    pub diversity: Vec<Diversity>,
    pub cells: Cells,
    pub style: Styled,
    /// The 200 largest.
    pub sources: Vec<SourceQuality>,
    pub source_count: u64,
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
    let mut grouping = style::Grouping::new(&samples, inputs.segments.len());
    let mut watching = style::Watching {
        sink: &mut *sink,
        samples: &samples,
        grouping: &mut grouping,
    };
    let found = duplication::find(inputs, &samples, &mut watching, task)?;
    report(Stage::Passages, 0.0);
    let mut duplication = found.duplication;
    duplication.passages = passages::find(inputs, &samples, sink, task)?;
    duplication.inside = inside::measure(inputs, &samples, task)?;
    report(Stage::Coverage, 0.0);
    let coverage = coverage::measure(inputs, &samples, &found.kept, texts, sink, task)?;
    report(Stage::Diversity, 0.0);
    let diversity = diversity::measure(inputs, &samples, texts, task)?;
    report(Stage::Finishing, 1.0);
    let style_rows = style::StyleRows::read(inputs, &samples)?;
    let style = style::measure(inputs, &samples, &style_rows, &grouping, task)?;
    let (sources, source_count) = sources::measure(&samples, &style_rows, &found.kept.best, inputs.seed);

    let conflicting = composition::conflicting(&samples, &found.groups);
    Ok(Measures {
        samples: samples.len() as u64,
        tokens: samples.total_tokens(),
        bytes: samples.bytes.iter().map(|&bytes| u64::from(bytes)).sum(),
        origin: composition::by_origin(&samples, |_| true),
        composition: composition::cells(&samples),
        unique: composition::by_origin(&samples, |row| found.kept.best[row]),
        conflicts: conflicting.digests + samples.conflict.iter().filter(|&&conflict| conflict).count() as u64,
        conflicting_digests: conflicting.digests,
        conflicting_samples: conflicting.samples,
        language_mismatch: composition::language_mismatch(&samples),
        duplication,
        coverage,
        diversity,
        cells: coverage::cells::thin(&samples, inputs.settings.cell_floor),
        style,
        sources,
        source_count,
    })
}
