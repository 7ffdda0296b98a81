//! Who represents whom?
//!
//! Gold before human before mixed before unknown before machine; then the earliest collected, the clearer
//! licence, the longer text, the lower place in the dataset. A person's choice stands before all of it, and a
//! workspace may put another order behind gold.

use std::cmp::Reverse;
use std::fmt;

use assay_model::{KeepPolicy, Origin};

/// A text's claim to represent a cluster. The least stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// 0 for the text that a person chose last, `u32::MAX` where nobody chose it.
    chosen: u32,
    not_gold: bool,
    /// What a policy other than the usual one puts before all else; 0 under the usual one.
    lead: u64,
    /// 0 for gold, then by origin.
    class: u8,
    /// Rank of the time of collection among all, earliest first; `u32::MAX` where unknown.
    collected: u32,
    licence_unknown: bool,
    length: Reverse<u32>,
    place: u64,
    policy: KeepPolicy,
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
            chosen: u32::MAX,
            not_gold: !gold,
            lead: 0,
            class: if gold { 0 } else { 1 + origin.representative_rank() },
            collected: collected.unwrap_or(u32::MAX),
            licence_unknown: !licence_known,
            length: Reverse(length),
            place,
            policy: KeepPolicy::Provenance,
        }
    }

    /// The same claim under a keep policy. Every text that is compared stands under the same one.
    pub fn under(self, policy: KeepPolicy) -> Self {
        let lead = match policy {
            KeepPolicy::Provenance => 0,
            KeepPolicy::First => self.place,
            KeepPolicy::Longest => u64::from(u32::MAX - self.length.0),
            KeepPolicy::Earliest => u64::from(self.collected),
        };
        Self { lead, policy, ..self }
    }

    /// The same claim by a person's choice: 0 for what was chosen last.
    pub fn chosen(self, rank: u32) -> Self {
        Self { chosen: rank, ..self }
    }

    /// Whether a person said that this one stays.
    pub fn is_chosen(&self) -> bool {
        self.chosen != u32::MAX
    }

    /// Whether its origin ranks no lower than the other's; a person's choice counts for more than any origin.
    pub fn origin_ranks_no_lower(&self, other: &Self) -> bool {
        (self.chosen, self.class) <= (other.chosen, other.class)
    }

    /// The rule by which this one stands before the other.
    pub fn reason_over(&self, other: &Self) -> Reason {
        if self.chosen < other.chosen {
            Reason::Chosen
        } else if self > other {
            Reason::ContainsOthers
        } else if self.not_gold != other.not_gold {
            Reason::Gold
        } else if self.lead != other.lead {
            Reason::Policy(self.policy)
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
    /// A person said that this one stays.
    Chosen,
    Gold,
    /// The workspace's keep policy, where it is not the usual one.
    Policy(KeepPolicy),
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
            Self::Chosen => "kept by a person",
            Self::Gold => "gold",
            Self::Policy(KeepPolicy::First) => "first in the dataset, by the keep policy",
            Self::Policy(KeepPolicy::Longest) => "longest, by the keep policy",
            Self::Policy(KeepPolicy::Earliest) => "earliest collected, by the keep policy",
            Self::Policy(KeepPolicy::Provenance) => "provenance, by the keep policy",
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

    #[test]
    fn a_persons_choice_stands_before_gold_and_the_last_choice_before_earlier_ones() {
        let of = |gold, place| Standing::new(gold, Origin::Machine, None, false, 1, place);
        let (gold, earlier, last) = (of(true, 0), of(false, 1).chosen(1), of(false, 2).chosen(0));
        assert!(last < earlier && earlier < gold);
        assert_eq!(last.reason_over(&gold), Reason::Chosen);
        assert!(last.origin_ranks_no_lower(&gold) && !gold.origin_ranks_no_lower(&last));
    }

    #[test]
    fn a_policy_decides_behind_gold_and_says_so() {
        let human = Standing::new(false, Origin::Human, Some(7), true, 10, 5);
        let machine = Standing::new(false, Origin::Machine, Some(3), false, 90, 2);
        let gold = Standing::new(true, Origin::Human, None, false, 1, 9);
        assert!(human < machine);
        for policy in [KeepPolicy::First, KeepPolicy::Longest, KeepPolicy::Earliest] {
            let (human, machine, gold) = (human.under(policy), machine.under(policy), gold.under(policy));
            assert!(gold < machine && machine < human, "{policy:?}");
            assert_eq!(machine.reason_over(&human), Reason::Policy(policy));
            assert!(
                !machine.origin_ranks_no_lower(&human),
                "an extract is still not lost to a lower origin"
            );
        }
    }
}
