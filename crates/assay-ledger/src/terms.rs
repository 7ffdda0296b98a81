//! What does a queue ask of whom, and how were its samples chosen? Fixed before anyone opens it.

use assay_model::{Digest, merkle};
use serde::{Deserialize, Serialize};

use crate::RubricId;

/// What a queue was drawn from and how; with the list's hash, this freezes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueTerms {
    pub name: String,
    pub dataset: String,
    pub snapshot: u64,
    /// Root of that snapshot.
    pub snapshot_root: Option<Digest>,
    /// Expression of the slice; everything where empty.
    pub filter: String,
    /// Seed of the draw, at most 2^53 - 1.
    pub seed: u64,
    /// Samples in the queue.
    pub size: u64,
    /// Distinct samples in the slice it was drawn from.
    pub population: u64,
    /// Reviewers asked for each sample.
    pub reviewers: u64,
    pub blind: bool,
    pub rubric: RubricId,
    /// RFC 6962 root over the drawn digests in queue order.
    pub items: Digest,
    /// Left out of the entry where it is random, as every queue was before there was a choice.
    #[serde(default, skip_serializing_if = "Ordering::is_random")]
    pub ordering: Ordering,
    /// By which the slice is accepted, said before anyone looked; none where nothing is to be claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<AcceptanceRule>,
    /// The groups that were drawn from each by itself; none where the slice was drawn from as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strata: Option<Strata>,
    /// One sample of each cluster of near-duplicates, the one that represents it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub one_per_cluster: bool,
    /// The named slice it was drawn from, as it stood then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slice: Option<SliceTerms>,
    /// When reviewers are told that enough was read; none where all is to be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<StopRule>,
    /// What hands did to the slice before it was drawn from.
    #[serde(default, skip_serializing_if = "Choice::is_whole")]
    pub choice: Choice,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// How far hands, not the filter, say which samples are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// All that match.
    #[default]
    Whole,
    /// All that match but this many, which were left out one by one.
    AllBut(u64),
    /// Those that were picked one by one among what matched.
    Picked,
}

impl Choice {
    pub fn is_whole(&self) -> bool {
        *self == Self::Whole
    }
}

/// A named predicate over samples, and how carefully it is to be treated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SliceTerms {
    pub name: String,
    /// Expression; everything where empty.
    pub filter: String,
    pub tier: Tier,
    /// Texts are blurred until the reviewer asks for them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub blurred: bool,
}

/// What a mistake in a slice would cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    #[default]
    Standard,
    /// Two people or more judge each sample, blind.
    HighStakes,
}

impl Tier {
    pub const ALL: [Self; 2] = [Self::Standard, Self::HighStakes];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::HighStakes => "high_stakes",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.as_str() == word)
    }
}

/// Groups of a slice by the values of one field, each drawn from by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strata {
    /// The field whose values group the samples.
    pub by: String,
    pub allocation: Allocation,
    /// By value.
    pub groups: Vec<Stratum>,
}

/// One group: what it holds and what was drawn from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    pub value: String,
    /// Distinct samples.
    pub population: u64,
    pub drawn: u64,
}

/// How a draw is shared out over strata: by their sizes to this power (Bankier 1988, power allocation).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allocation {
    /// Power 1: as they stand in the slice.
    #[default]
    Proportional,
    /// Power 0: the same from each.
    Equal,
    /// Power 1/2: the small ones more often than they stand in the slice.
    TailWeighted,
}

impl Allocation {
    pub const ALL: [Self; 3] = [Self::Proportional, Self::Equal, Self::TailWeighted];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proportional => "proportional",
            Self::Equal => "equal",
            Self::TailWeighted => "tail_weighted",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|allocation| allocation.as_str() == word)
    }
}

/// When enough was read. Reading on is never refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopRule {
    /// As soon as the acceptance rule is decided.
    pub when_decided: bool,
    /// As soon as the interval of the estimate is narrower than this many millionths; it holds at every look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrower_than_ppm: Option<u64>,
}

/// What a queue is to show: with no more than `allowed` of its samples defective, fewer than the limit are in its slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptanceRule {
    /// The limit in millionths: 10,000 is 1 %.
    pub defective_below_ppm: u64,
    pub allowed: u64,
}

/// What is done to many samples at once. Approval is not among it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkAct {
    /// Leaves them out unread: no verdict, and counted as none.
    Exclude,
    /// Gives them a word by which they are found.
    Tag(String),
    /// Says who is to look at them.
    Route(String),
}

impl BulkAct {
    /// The act's word and what it carries; the latter empty for an exclusion.
    pub fn words(&self) -> (&'static str, &str) {
        match self {
            Self::Exclude => ("exclude", ""),
            Self::Tag(tag) => ("tag", tag),
            Self::Route(person) => ("route", person),
        }
    }

    /// Reads what `words` gives.
    pub fn parse(act: &str, word: &str) -> Option<Self> {
        match act {
            "exclude" => Some(Self::Exclude),
            "tag" => Some(Self::Tag(word.to_owned())),
            "route" => Some(Self::Route(word.to_owned())),
            _ => None,
        }
    }
}

/// Which samples a bulk act is about and why; with the list's hash, this freezes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulkTerms {
    pub act: BulkAct,
    pub dataset: String,
    pub snapshot: u64,
    /// The expression that was looked at; everything where empty.
    pub filter: String,
    pub choice: Choice,
    /// Distinct samples.
    pub size: u64,
    /// RFC 6962 root over their digests in byte order.
    pub items: Digest,
    pub reason: String,
}

/// How a queue's samples were chosen. Only random draws feed estimates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ordering {
    /// Each with the same chance.
    #[default]
    Random,
    /// Those whose origin is least certain, that first.
    UncertainOrigin,
    /// Those of unknown origin whose style is most like the machine texts', that first.
    MachineLikeUnknown,
    /// Those of the smallest classes of domain and language first.
    RarestFirst,
    /// Cluster by cluster of near-duplicates, clusters as the seed draws them.
    ClusterByCluster,
}

impl Ordering {
    pub const ALL: [Self; 5] = [
        Self::Random,
        Self::UncertainOrigin,
        Self::MachineLikeUnknown,
        Self::RarestFirst,
        Self::ClusterByCluster,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::UncertainOrigin => "uncertain_origin",
            Self::MachineLikeUnknown => "machine_like_unknown",
            Self::RarestFirst => "rarest_first",
            Self::ClusterByCluster => "cluster_by_cluster",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ordering| ordering.as_str() == word)
    }

    pub fn is_random(&self) -> bool {
        *self == Self::Random
    }
}

/// The hash that freezes a list of samples in its order: the RFC 6962 root over the digests' bytes.
pub fn items_digest(items: &[Digest]) -> Digest {
    merkle::root(items.iter().map(|digest| digest.0.as_slice()))
}
