//! How do classes hold against a reference, and what would removing samples cost them? The parts of a report on tail coverage
//! that go beyond counts.
//!
//! Keys are part of the report's contract: added to, never renamed or dropped.

use serde::{Deserialize, Serialize};

use crate::Origin;
use crate::report::{ClassCount, RarefactionPoint};

/// A population held against a reference's classes.
///
/// The tail is the reference's rarest classes that together hold at most its last tenth of observations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Tail {
    /// `human part`, `gold`, or `NAME@N`.
    pub reference: String,
    /// What is held against it: `non-human part` against the human part, `whole` against everything else.
    pub held: String,
    /// Observations from which a class counts as present.
    pub present_at_least: u64,
    /// Classes of the tail.
    pub classes: u64,
    pub present: u64,
    /// `present` over `classes`; null where there is no tail, or nothing to hold against it.
    pub retention: Option<f64>,
    /// Wilson, 95 %, over the tail's classes.
    pub interval: Option<[f64; 2]>,
    /// Observations of the tail's classes over all, in what is held and in the reference.
    pub mass_here: Option<f64>,
    pub mass_there: Option<f64>,
    /// `mass_here` over `mass_there`: below 1, the tail is thinner here.
    pub mass_ratio: Option<f64>,
    /// Every class of the reference by how often it was seen there, rarest first.
    pub bands: Vec<RarityBand>,
    /// Tail classes absent here, whole.
    pub missing_count: u64,
    /// At most 200 of them, commonest in the reference first, ties by name.
    pub missing: Vec<ClassCount>,
    /// Of a reference outside the snapshot; the human part's stand under `by_origin`.
    #[serde(default)]
    pub there: Option<ReferenceFigures>,
}

/// What a reference's classes look like by themselves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ReferenceFigures {
    pub observations: u64,
    pub classes: u64,
    pub singletons: u64,
    pub doubletons: u64,
    pub good_turing: Option<f64>,
    pub chao_jost: Option<f64>,
    pub chao1: Option<f64>,
    pub hill: [f64; 3],
    pub evenness: Option<f64>,
    pub rank_frequency: Vec<(u64, u64)>,
    pub rarefaction: Vec<RarefactionPoint>,
}

/// Classes that the reference holds `from` to `to` times.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RarityBand {
    pub from: u64,
    /// Null for the last band, which is open.
    pub to: Option<u64>,
    pub classes: u64,
    /// Present in what is held.
    pub present: u64,
    /// Wilson, 95 %.
    pub interval: [f64; 2],
    /// Present in the machine part alone; null where there is none.
    pub machine_present: Option<u64>,
}

/// 95 % intervals by resampling.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Intervals {
    /// Of the Hill numbers of order 0, 1, 2.
    pub hill: [[f64; 2]; 3],
    pub evenness: Option<[f64; 2]>,
    pub chao_jost: Option<[f64; 2]>,
    pub replicates: u32,
    /// In words, with its source.
    pub method: String,
}

/// What a unit was counted over, where that is not everything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Sampled {
    /// Samples drawn, by seed and digest.
    pub samples: u64,
    pub of: u64,
    pub tokens: u64,
}

/// One origin once samples are gone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OriginAfter {
    pub origin: Origin,
    pub observations: u64,
    pub classes: u64,
    /// Classes of this origin that only removed samples had.
    pub lost: u64,
    /// Share of this origin's own tail that stays; null where it has none.
    pub tail_retention: Option<f64>,
}

/// The same figures once the samples of a filter are gone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Without {
    /// The filter.
    pub filter: String,
    /// Samples it takes away.
    pub samples: u64,
    pub tokens: u64,
    /// Null where it takes away so much text that rereading it is not worth the while.
    pub after: Option<crate::report::AfterRemoval>,
}

/// How a topic model was made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Topics {
    /// In words: vectors, clustering, seed.
    pub method: String,
    /// Distinct samples that the topics were found in.
    pub found_in: u64,
    /// Samples with no word of the vocabulary, or no vector: in no topic.
    pub unassigned: u64,
    pub topics: Vec<Topic>,
}

/// A group of samples that speak of the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Topic {
    /// The class name: its most characteristic words, joined by ` · `.
    pub name: String,
    /// Up to ten, most characteristic first.
    pub terms: Vec<String>,
    pub samples: u64,
}

/// Cells of domain x language that hold nothing, or fewer samples than the floor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Cells {
    /// Values seen of each; samples without one are in no cell.
    pub domains: u64,
    pub languages: u64,
    /// Samples below which a cell is thin.
    pub floor: u64,
    pub empty_count: u64,
    pub below_count: u64,
    /// At most 500 cells, empty ones first, then by count, ties by domain and language.
    pub cells: Vec<ThinCell>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ThinCell {
    pub domain: String,
    pub language: String,
    pub samples: u64,
}
