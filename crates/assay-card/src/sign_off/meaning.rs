//! What a signature under a card may mean, and when it may.

use super::ContractOutcome;

/// The meanings that Assay offers; a signer may also write their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Fit to train on: every gate holds.
    Approved,
    /// Fit to train on, though gates fail that leads have waived.
    ApprovedWithWaivers,
    /// Read, and not said to be fit for anything.
    Reviewed,
}

impl Meaning {
    pub const ALL: [Self; 3] = [Self::Approved, Self::ApprovedWithWaivers, Self::Reviewed];

    /// The word on the command line and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::ApprovedWithWaivers => "approved-with-waivers",
            Self::Reviewed => "reviewed",
        }
    }

    /// The meaning of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.word() == word)
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "Approved for training",
            Self::ApprovedWithWaivers => "Approved for training, with waivers",
            Self::Reviewed => "Reviewed, not approved",
        }
    }

    /// Whether it may be said of a card with this outcome; the error says why not, in a few words.
    pub fn may_be_said(self, contract: Option<&ContractOutcome>) -> Result<(), String> {
        let (failing, waived) = contract.map_or((0, 0), |held| (held.failing.len(), held.waivers.len()));
        let gates = if failing == 1 {
            "1 gate fails".to_owned()
        } else {
            format!("{failing} gates fail")
        };
        match self {
            Self::Approved if failing > 0 => Err(format!("not possible: {gates}")),
            Self::ApprovedWithWaivers if failing == 0 => Err("no gate fails".to_owned()),
            Self::ApprovedWithWaivers if waived < failing => {
                Err(format!("not possible: {gates}, {waived} waived"))
            }
            _ => Ok(()),
        }
    }

    /// The sentence that is signed.
    pub fn sentence(
        self,
        name: &str,
        dataset: &str,
        snapshot: u64,
        exceptions: usize,
        waivers: usize,
    ) -> String {
        let read = match exceptions {
            0 => "which lists no exceptions".to_owned(),
            1 => "and the exception listed in it".to_owned(),
            more => format!("and the {more} exceptions listed in it"),
        };
        let approve = match self {
            Self::Approved => "I approve it for training.".to_owned(),
            Self::ApprovedWithWaivers if waivers == 1 => {
                "I approve it for training with the one waiver that stands in it.".to_owned()
            }
            Self::ApprovedWithWaivers => {
                format!("I approve it for training with the {waivers} waivers that stand in it.")
            }
            Self::Reviewed => "I do not approve it for any use.".to_owned(),
        };
        format!("I, {name}, lead, have read the card of {dataset}, snapshot {snapshot}, {read}. {approve}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(failing: usize, waivers: usize) -> ContractOutcome {
        let gates = |count| (0..count).map(|gate| format!("gate {gate}")).collect();
        ContractOutcome {
            name: "release gate".to_owned(),
            passed: failing == 0,
            failing: gates(failing),
            waivers: gates(waivers),
        }
    }

    #[test]
    fn approval_follows_from_the_gates_and_never_from_a_wish() {
        let may = |failing, waived| {
            Meaning::ALL.map(|meaning| meaning.may_be_said(Some(&outcome(failing, waived))).is_ok())
        };
        assert_eq!(may(0, 0), [true, false, true]);
        assert_eq!(may(4, 3), [false, false, true]);
        assert_eq!(may(4, 4), [false, true, true]);
        assert_eq!(
            Meaning::ALL.map(|meaning| meaning.may_be_said(None).is_ok()),
            [true, false, true]
        );
    }

    #[test]
    fn a_sentence_names_who_what_and_which() {
        assert_eq!(
            Meaning::ApprovedWithWaivers.sentence("Tomás Ribeiro", "praxis-instruct", 7, 14, 4),
            "I, Tomás Ribeiro, lead, have read the card of praxis-instruct, snapshot 7, and the 14 exceptions listed in it. \
             I approve it for training with the 4 waivers that stand in it."
        );
        for meaning in Meaning::ALL {
            assert_eq!(Meaning::of(meaning.word()), Some(meaning));
        }
    }
}
