//! Who represents whom?
//!
//! Gold before human before mixed before unknown before machine; then the earliest collected, the clearer
//! licence, the longer text, the lower place in the dataset.

use std::cmp::Reverse;
use std::fmt;

use assay_model::Origin;

/// A text's claim to represent a cluster. The least stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// 0 for gold, then by origin.
    class: u8,
    /// Rank of the time of collection among all, earliest first; `u32::MAX` where unknown.
    collected: u32,
    licence_unknown: bool,
    length: Reverse<u32>,
    place: u64,
}

impl Standing {
    /// `collected` is a rank, earliest lowest; `place` is the sample's place in the dataset and differs for each.
    pub fn new(
        gold: bool,
        origin: Origin,
        collected: Option<u32>,
        licence_known: bool,
        length: u32,
        place: u64,
    ) -> Self {
        Self {
            class: if gold { 0 } else { 1 + origin.representative_rank() },
            collected: collected.unwrap_or(u32::MAX),
            licence_unknown: !licence_known,
            length: Reverse(length),
            place,
        }
    }

    /// Whether its origin ranks no lower than the other's.
    pub fn origin_ranks_no_lower(&self, other: &Self) -> bool {
        self.class <= other.class
    }

    /// The rule by which this one stands before the other.
    pub fn reason_over(&self, other: &Self) -> Reason {
        if self > other {
            Reason::ContainsOthers
        } else if self.class != other.class {
            match self.class {
                0 => Reason::Gold,
                1 => Reason::HumanOrigin,
                2 => Reason::MixedOrigin,
                _ => Reason::UnknownOrigin,
            }
        } else if self.collected != other.collected {
            Reason::EarliestCollected
        } else if self.licence_unknown != other.licence_unknown {
            Reason::ClearerLicence
        } else if self.length != other.length {
            Reason::Longer
        } else {
            Reason::LowerOrdinal
        }
    }
}

/// The rule that made a text the representative of its cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Gold,
    HumanOrigin,
    MixedOrigin,
    UnknownOrigin,
    EarliestCollected,
    ClearerLicence,
    Longer,
    LowerOrdinal,
    /// A member would stand first, but lies inside this one and not the other way round.
    ContainsOthers,
}

impl Reason {
    /// The rule in words, as shown beside a cluster.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gold => "gold",
            Self::HumanOrigin => "human origin",
            Self::MixedOrigin => "mixed origin before unknown and machine",
            Self::UnknownOrigin => "unknown origin before machine",
            Self::EarliestCollected => "earliest collected",
            Self::ClearerLicence => "clearer licence",
            Self::Longer => "longer",
            Self::LowerOrdinal => "lower ordinal",
            Self::ContainsOthers => "contains the others",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_decides_only_where_the_earlier_ones_are_silent() {
        let of = |gold, origin, collected, licence, length, place| {
            Standing::new(gold, origin, collected, licence, length, place)
        };
        let ladder = [
            (of(true, Origin::Machine, None, false, 1, 9), Reason::Gold),
            (of(false, Origin::Human, None, false, 1, 8), Reason::HumanOrigin),
            (of(false, Origin::Mixed, None, false, 1, 7), Reason::MixedOrigin),
            (
                of(false, Origin::Unknown, None, false, 1, 6),
                Reason::UnknownOrigin,
            ),
            (
                of(false, Origin::Machine, Some(3), false, 1, 5),
                Reason::EarliestCollected,
            ),
            (
                of(false, Origin::Machine, None, true, 1, 4),
                Reason::ClearerLicence,
            ),
            (of(false, Origin::Machine, None, false, 2, 3), Reason::Longer),
            (
                of(false, Origin::Machine, None, false, 1, 1),
                Reason::LowerOrdinal,
            ),
            (
                of(false, Origin::Machine, None, false, 1, 2),
                Reason::LowerOrdinal,
            ),
        ];
        for pair in ladder.windows(2) {
            assert!(pair[0].0 < pair[1].0);
            assert_eq!(pair[0].0.reason_over(&pair[1].0), pair[0].1);
        }
    }
}
