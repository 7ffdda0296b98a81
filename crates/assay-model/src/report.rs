//! The report on one snapshot: the shape of `assay report --json`.
//!
//! Keys are a contract with scripts: added to, never renamed or dropped.

mod sources;
mod stylometry;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use self::sources::*;
pub use self::stylometry::*;
pub use crate::tail::{
    Cells, Intervals, OriginAfter, RarityBand, ReferenceFigures, Sampled, Tail, ThinCell, Topic, Topics,
    Without,
};
use crate::{Flag, KeepPolicy, Origin, Quarantine, Refusal, SourceClass};

/// Everything measured about one snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Report {
    pub dataset: String,
    pub snapshot: u64,
    /// RFC 6962 root over the sample digests in byte order.
    pub snapshot_root: String,
    /// The same tree over digests with origins, source classes and dimensions.
    pub facts_root: String,
    /// Digest of the map's canonical form.
    pub map_digest: String,
    pub tool: String,
    /// RFC 3339.
    pub created: String,
    pub files: Files,
    /// Folders that are releases of Assay; empty in reports of earlier versions.
    #[serde(default)]
    pub releases: Vec<ReleaseRead>,
    pub samples: Samples,
    pub origin: OriginTable,
    pub composition: Vec<Cell>,
    /// Composition over representatives only: what stays when duplicates go.
    pub unique: OriginTable,
    /// Texts that stand under contradictory origins, and samples whose own evidence contradicts itself.
    pub conflicts: u64,
    /// All samples concerned: every copy of such a text, and those samples. 0 in reports of earlier versions.
    #[serde(default)]
    pub conflicting_samples: u64,
    /// At most 1,000 rows.
    pub flags: Vec<Flag>,
    pub flag_counts: BTreeMap<String, u64>,
    pub language_mismatch: Vec<LanguageMismatch>,
    pub duplication: Duplication,
    pub coverage: Vec<Coverage>,
    pub diversity: Vec<Diversity>,
    /// How far records are from what people wrote; `None` where no record names its parent.
    #[serde(default)]
    pub derivation: Option<Derivation>,
    /// Cells of domain x language that hold nothing or little.
    #[serde(default)]
    pub cells: Cells,
    pub elapsed_s: Elapsed,
    /// The writing style as a signal; absent from reports of earlier versions.
    #[serde(default)]
    pub stylometry: Option<Stylometry>,
    /// The 200 largest sources; empty where no source is mapped.
    #[serde(default)]
    pub sources: Vec<SourceQuality>,
    /// All of them.
    #[serde(default)]
    pub source_count: u64,
}

/// A release among what was indexed: the origins of its samples are those that it declares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ReleaseRead {
    /// Its folder, relative to the indexed root; empty for the root itself.
    pub path: String,
    /// What it is a release of.
    pub dataset: String,
    pub snapshot: u64,
    pub policy: String,
    /// Digest of its manifest, as the entry of the release names it.
    pub manifest: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Files {
    pub seen: u64,
    pub read: u64,
    pub refused_count: u64,
    /// At most 1,000 rows.
    pub refused: Vec<Refusal>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Samples {
    /// `indexed + quarantined`.
    pub seen: u64,
    pub indexed: u64,
    pub quarantined: u64,
    /// UAX #29 words; Han, kana, Thai, Lao, Khmer and Myanmar by grapheme cluster.
    pub tokens: u64,
    /// Of UTF-8 text in the parts.
    pub bytes: u64,
    /// At most 1,000 rows.
    pub quarantine: Vec<Quarantine>,
}

/// One row for each origin; unknown always present.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OriginTable {
    pub human: OriginShare,
    pub machine: OriginShare,
    pub mixed: OriginShare,
    pub unknown: OriginShare,
}

impl OriginTable {
    pub fn of(&self, origin: Origin) -> &OriginShare {
        match origin {
            Origin::Human => &self.human,
            Origin::Machine => &self.machine,
            Origin::Mixed => &self.mixed,
            Origin::Unknown => &self.unknown,
        }
    }

    pub fn of_mut(&mut self, origin: Origin) -> &mut OriginShare {
        match origin {
            Origin::Human => &mut self.human,
            Origin::Machine => &mut self.machine,
            Origin::Mixed => &mut self.mixed,
            Origin::Unknown => &mut self.unknown,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OriginShare {
    /// Samples of this origin; a sample whose parts differ is mixed.
    pub samples: u64,
    /// Tokens of the parts of this origin.
    pub tokens: u64,
    /// Of samples, 0 to 1.
    pub share: f64,
    /// Of tokens, 0 to 1.
    pub token_share: f64,
    /// 95 % interval of the share of tokens, as if the samples were drawn anew from where they came from. Null without
    /// tokens, and in reports of earlier versions.
    #[serde(default)]
    pub token_share_interval: Option<[f64; 2]>,
}

/// Depth of derivation: the longest chain of "made by a model from".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Derivation {
    /// By depth, ascending; 0 for what people wrote.
    pub by_depth: Vec<DepthCount>,
    /// Samples that name a parent.
    pub with_parent: u64,
    /// Of these, samples whose parent is not in the snapshot.
    pub missing_parents: u64,
    /// Samples in a chain that leads back to itself, and what was made from them.
    pub cyclic: u64,
    /// Samples that name a parent, and nobody said who made them.
    pub unknown: u64,
    /// Samples that name no parent and that people did not write.
    pub unrecorded: u64,
}

/// Samples and tokens at one depth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DepthCount {
    pub depth: u64,
    pub samples: u64,
    pub tokens: u64,
}

/// One cell of domain x language x origin x source class. `""` where the sample has none. Samples by the origin of the
/// whole, tokens by that of their parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Cell {
    pub domain: String,
    pub language: String,
    pub origin: Origin,
    pub source_class: SourceClass,
    pub samples: u64,
    pub tokens: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LanguageMismatch {
    pub declared: String,
    pub samples: u64,
    pub mismatched: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Duplication {
    pub exact: Groups,
    pub normalised: Groups,
    pub near: Near,
    pub passages: Passages,
    pub by_origin: Vec<OriginPairs>,
    /// Accepted pairs by the sources of the two, most pairs first; at most 200. `""` where a sample has none.
    #[serde(default)]
    pub by_source: Vec<SourcePairs>,
    /// What removing redundant samples would take from each source, the greatest share first; at most 200.
    #[serde(default)]
    pub removal: Vec<SourceRemoval>,
    /// A source that would lose a greater share than this is warned of.
    #[serde(default = "half")]
    pub removal_limit: f64,
    /// The order in which representatives were chosen where nobody said which sample stays.
    #[serde(default)]
    pub keep_policy: KeepPolicy,
    /// Who chose that order and why; empty where nobody did.
    #[serde(default)]
    pub keep_policy_reason: String,
    /// How much of single samples repeats itself; empty where that was not measured when they were indexed.
    #[serde(default)]
    pub inside: Vec<InsideRepetition>,
}

/// One measure of repetition inside a sample (Gopher, Rae et al. 2021, table A1).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct InsideRepetition {
    /// The field under which samples can be filtered by it.
    pub measure: String,
    /// The greatest value that Gopher's filter lets pass.
    pub limit: f64,
    /// Samples above the limit, and their share of all samples.
    pub above: u64,
    pub share: f64,
    /// Over all samples.
    pub mean: f64,
    /// The greatest values, greatest first; at most five.
    pub worst: Vec<RepetitiveSample>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RepetitiveSample {
    pub digest: String,
    pub value: f64,
}

fn half() -> f64 {
    0.5
}

/// Accepted pairs between two sources; `a` before `b` by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SourcePairs {
    pub a: String,
    pub b: String,
    pub pairs: u64,
}

/// A source that would lose samples if redundant ones went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SourceRemoval {
    pub source: String,
    pub samples: u64,
    pub redundant: u64,
    /// Redundant samples over samples.
    pub share: f64,
    /// Whether so much would go that the source itself is at stake.
    pub warned: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Groups {
    pub groups: u64,
    /// Members minus one, summed over groups.
    pub redundant: u64,
    /// Redundant samples over samples.
    pub rate: f64,
    /// Tokens in redundant samples over tokens.
    #[serde(default)]
    pub token_rate: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Near {
    /// Jaccard similarity of 5-token shingle sets.
    pub threshold: f64,
    pub clusters: u64,
    pub redundant: u64,
    pub rate: f64,
    #[serde(default)]
    pub token_rate: f64,
    /// Pairs of distinct normalised texts that hold.
    pub verified_pairs: u64,
    /// Pairs that were candidates and did not hold, or that a person judged to be no duplicates.
    pub rejected_pairs: u64,
    /// Of the rejected pairs, those that hold by their texts and were judged to be no duplicates.
    #[serde(default)]
    pub judged_apart: u64,
    /// Texts with more than 1,000 partners, of which only the representative is listed.
    #[serde(default)]
    pub crowded_texts: u64,
    /// Clusters by size: (smallest size of the doubling bin, clusters, samples in them).
    #[serde(default)]
    pub histogram: Vec<SizeBin>,
}

/// Clusters whose size lies in `from..=to`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SizeBin {
    pub from: u64,
    pub to: u64,
    pub clusters: u64,
    pub samples: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Passages {
    pub paragraph: Recurring,
    pub sentence: Recurring,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Recurring {
    /// Distinct passages of at least 20 tokens found in two or more samples.
    pub recurring: u64,
    /// Tokens inside them over all tokens.
    pub token_share: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OriginPairs {
    pub a: Origin,
    pub b: Origin,
    pub pairs: u64,
}

/// Tail coverage of one dimension, or of words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Coverage {
    pub unit: String,
    pub observations: u64,
    pub classes: u64,
    pub singletons: u64,
    pub doubletons: u64,
    pub good_turing: Option<f64>,
    pub chao_jost: Option<f64>,
    pub chao1: Option<f64>,
    /// 95 % interval of the Good-Turing coverage (Esty 1983).
    #[serde(default)]
    pub coverage_interval: Option<[f64; 2]>,
    /// 95 % interval of Chao1 (Chao 1987).
    #[serde(default)]
    pub chao1_interval: Option<[f64; 2]>,
    /// Hill numbers of order 0, 1, 2.
    pub hill: [f64; 3],
    /// Normalised Shannon entropy; null for fewer than two classes.
    pub evenness: Option<f64>,
    pub reference: Option<String>,
    pub tail_retention: Option<f64>,
    pub missing: Vec<String>,
    /// The 20 rarest classes, rarest first, ties by name.
    pub smallest: Vec<ClassCount>,
    /// The commonest 20 classes.
    #[serde(default)]
    pub largest: Vec<ClassCount>,
    /// The parts of each origin against the human part, where there is one.
    #[serde(default)]
    pub by_origin: Vec<OriginCoverage>,
    /// Points of the rank-frequency plot: (rank from 1, count), thinned logarithmically.
    #[serde(default)]
    pub rank_frequency: Vec<(u64, u64)>,
    /// Coverage-based rarefaction of the whole.
    #[serde(default)]
    pub rarefaction: Vec<RarefactionPoint>,
    /// What removing redundant samples would cost: classes lost.
    #[serde(default)]
    pub after_removal: Option<AfterRemoval>,
    /// What the counts are over, where that is a sample; null where they are exact.
    #[serde(default)]
    pub sampled: Option<Sampled>,
    /// Of the Hill numbers, the evenness and the Chao-Jost coverage; null without observations.
    #[serde(default)]
    pub intervals: Option<Intervals>,
    /// Against the reference named above; `reference`, `tail_retention` and `missing` repeat it in short.
    #[serde(default)]
    pub tail: Option<Tail>,
    /// Once the samples of a filter are gone, where one was asked for.
    #[serde(default)]
    pub without: Option<Without>,
    /// For the unit `topic`.
    #[serde(default)]
    pub topics: Option<Topics>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ClassCount {
    pub class: String,
    pub count: u64,
}

/// Coverage of the samples of one origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OriginCoverage {
    pub origin: Origin,
    pub observations: u64,
    pub classes: u64,
    pub singletons: u64,
    pub doubletons: u64,
    pub chao_jost: Option<f64>,
    pub hill: [f64; 3],
    /// Share of the human part's tail classes present here; null for the human part itself.
    pub human_tail_retention: Option<f64>,
    pub rank_frequency: Vec<(u64, u64)>,
    pub rarefaction: Vec<RarefactionPoint>,
    /// At most 100 of the human part's tail classes that are absent here.
    pub missing: Vec<ClassCount>,
    /// Of them, whole.
    #[serde(default)]
    pub missing_count: u64,
    /// Of the retention: Wilson, 95 %, over the tail's classes.
    #[serde(default)]
    pub retention_interval: Option<[f64; 2]>,
    /// Share of observations in the human part's tail here, over the same there.
    #[serde(default)]
    pub tail_mass_ratio: Option<f64>,
    #[serde(default)]
    pub intervals: Option<Intervals>,
}

/// Expected classes in a random subset of `observations`, and the sample coverage there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RarefactionPoint {
    pub observations: u64,
    pub classes: f64,
    pub coverage: f64,
    /// Beyond the observed number (dashed).
    pub extrapolated: bool,
}

/// A dimension once redundant samples are gone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AfterRemoval {
    pub classes: u64,
    pub singletons: u64,
    pub chao_jost: Option<f64>,
    /// Share of the whole's tail classes that remain when the provenance-aware representative stays.
    pub tail_retention: f64,
    /// The same when merely the first sample of each cluster stays.
    pub tail_retention_first: f64,
    #[serde(default)]
    pub observations: u64,
    #[serde(default)]
    pub hill: [f64; 3],
    /// Classes that only removed samples had, whole.
    #[serde(default)]
    pub lost_count: u64,
    /// At most 100 of them with their counts before, rarest first, ties by name.
    #[serde(default)]
    pub lost: Vec<ClassCount>,
    /// Each origin on its own.
    #[serde(default)]
    pub by_origin: Vec<OriginAfter>,
}

/// Diversity of one slice at the common token budget; triples are [low, estimate, high].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Diversity {
    /// `all`, or an expression such as `origin = 'human'`.
    pub slice: String,
    /// Of the slice.
    pub tokens: u64,
    /// Tokens in each resample.
    #[serde(default)]
    pub budget: u64,
    pub compression_ratio: [f64; 3],
    pub self_repetition: [f64; 3],
    /// Distinct-1, -2, -3.
    pub distinct: [f64; 3],
    pub heaps_beta: [f64; 3],
    /// Distinct n-grams over n-grams, summed over n = 1 to 4.
    #[serde(default)]
    pub ngram_diversity: [f64; 3],
    /// Share of all 4-grams that are one of the 100 commonest.
    #[serde(default)]
    pub commonest_4grams: [f64; 3],
    /// Share of samples that begin with one of the 100 commonest first three words.
    #[serde(default)]
    pub commonest_openings: [f64; 3],
    /// 95 % intervals of distinct-1, -2, -3.
    #[serde(default)]
    pub distinct_intervals: [[f64; 2]; 3],
    /// Seeded draws behind the intervals.
    #[serde(default)]
    pub resamples: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Elapsed {
    pub index: f64,
    pub measure: f64,
}
