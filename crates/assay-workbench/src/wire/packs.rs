//! Packs: a queue on its way to another machine, and what comes back.

use super::{AppState, Passphrase, Role, SavedEntry, wire};

wire! {
    /// Command `packs`, no request: latest first.
    pub struct PackInfo {
        pub pack: String,
        /// Issued from here; opened here otherwise.
        pub issued: bool,
        pub queue: String,
        pub queue_name: String,
        /// Its recipient.
        pub person: String,
        /// RFC 3339.
        pub at: String,
        pub seq: u64,
        pub samples: u64,
        /// Samples that its recipient has answered, as far as is known here.
        pub answered: u64,
        /// Acts that came back with it; for an opened pack, acts that a return would hold.
        pub acts: u64,
        /// The act from which on two returns differ: nothing stands from there.
        pub quarantined_from: Option<u64>,
    }

    /// Command `pack_issue`: writes a pack of a queue for one person into the file that was picked.
    pub struct PackIssueRequest {
        pub queue: String,
        pub recipient: String,
        /// File picked with `pick_save`, purpose `pack_file`.
        pub handle: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    /// Command `pack_return`: writes what was done in an opened pack into the file that was picked.
    pub struct PackReturnRequest {
        pub pack: String,
        pub handle: String,
        /// Of the recipient's key, to sign it with; where their key is unlocked in this session it is signed without.
        #[ts(type = "string | null")]
        pub passphrase: Option<Passphrase>,
    }

    pub struct PackWritten {
        pub path: String,
        /// Samples of a pack, acts of a return.
        pub count: u64,
        /// A pack: with a signed head. A return: signed by its author.
        pub signed: bool,
    }

    /// Command `pack_look`: what a picked or dropped file is and what it would bring; nothing is recorded.
    pub struct PackLook {
        pub label: String,
        pub queue_name: String,
        pub dataset: String,
        pub snapshot: u64,
        pub person: String,
        pub role: Option<Role>,
        pub issued_by: String,
        /// RFC 3339.
        pub issued: String,
        /// Samples of the pack; acts of the return.
        pub count: u64,
        pub rubric: String,
        pub blind: bool,
        /// Set for returns.
        pub brings: Option<ReturnOutcome>,
        /// Set for packs that were opened here before.
        pub opened_before: bool,
        /// What a pack's signed head is to the ledger here: `unsigned`, `first`, `continues`, `unproven` or `contradicts`. None for returns.
        pub seen: Option<String>,
        /// Entries under a pack's signed head.
        pub head: Option<u64>,
    }

    /// What a return brings, or brought. Counts of acts.
    pub struct ReturnOutcome {
        pub new: u64,
        pub known: u64,
        pub left_out: u64,
        /// `forks`, `outside_the_pack`, `other_rubric`, `breaks_a_rule`.
        pub stopped: Option<String>,
        /// The same in words, with the act.
        pub why: Option<String>,
        /// Samples in dispute in its queue afterwards.
        pub disputed: u64,
        /// Of these, disputes that this return makes.
        pub newly_disputed: u64,
        /// By its signature: `unsigned`, `known`, or `new_key` where the person has no key here and this one is taken in.
        pub author: String,
        /// Of the key that signed it, in groups of four digits.
        pub fingerprint: Option<String>,
        /// Entries under the head of this ledger that its author cosigned.
        pub cosigned: Option<u64>,
    }

    /// Command `pack_take`: opens a pack, in a new workspace where none is open, or takes a return in.
    pub struct PackTakeRequest {
        pub handle: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct PackTaken {
        pub state: AppState,
        pub queue: String,
        pub saved: Option<SavedEntry>,
        pub brought: Option<ReturnOutcome>,
    }
}
