//! The report on one snapshot: the shape of `assay report --json`.
//!
//! Keys are a contract with scripts: added to, never renamed or dropped.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::{Flag, Origin, Quarantine, Refusal, SourceClass};

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
    pub samples: Samples,
    pub origin: OriginTable,
    pub composition: Vec<Cell>,
    /// Composition over representatives only: what stays when duplicates go.
    pub unique: OriginTable,
    pub conflicts: u64,
    /// At most 1,000 rows.
    pub flags: Vec<Flag>,
    pub flag_counts: BTreeMap<String, u64>,
    pub language_mismatch: Vec<LanguageMismatch>,
    pub duplication: Duplication,
    pub coverage: Vec<Coverage>,
    pub diversity: Vec<Diversity>,
    pub elapsed_s: Elapsed,
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
    /// Pairs that were candidates and did not hold.
    pub rejected_pairs: u64,
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
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Elapsed {
    pub index: f64,
    pub measure: f64,
}
