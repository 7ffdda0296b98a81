//! Signing a card, and what became of it since.

use super::{Job, Passphrase, SavedEntry, wire};

wire! {
    /// Command `sign_look` (request: `SnapshotRequest`): what there is to sign, or the job that measures it.
    pub struct SignLookAnswer {
        pub job: Option<Job>,
        pub answer: Option<SignLook>,
    }

    pub struct SignLook {
        pub dataset: String,
        pub snapshot: u64,
        /// Who would sign.
        pub signer: String,
        /// Why they may not, in words.
        pub refused: Option<String>,
        /// Their key; none before they have made one.
        pub key: Option<SigningKey>,
        pub meanings: Vec<SignMeaning>,
        pub exceptions: Vec<SignException>,
        /// Files of the card and the sign-off that the signature covers.
        pub files: u64,
        pub source_files: u64,
        pub samples: u64,
        /// The snapshot's root.
        pub root: String,
        /// Entries of the ledger.
        pub entries: u64,
        pub gold_members: u64,
        /// Different leads who must sign.
        pub signers: u64,
        /// People whose verdicts stand in queues of this snapshot; the signer among them or not.
        pub reviewers: u64,
        pub signer_reviewed: bool,
        /// Verdicts that were changed after a machine's opinion was shown.
        pub revised: u64,
        /// The sign-off of the dataset that this one would take the place of.
        pub supersedes: Option<SignOffInfo>,
    }

    pub struct SigningKey {
        pub name: String,
        /// Eight hexadecimal digits.
        pub id: String,
        pub fingerprint: String,
        /// Whether its file is on this machine.
        pub is_here: bool,
    }

    pub struct SignMeaning {
        /// `approved`, `approved-with-waivers` or `reviewed`.
        pub word: String,
        pub name: String,
        /// Why it cannot be signed.
        pub refused: Option<String>,
        /// Gates that are waived, and those that fail.
        pub waived: u64,
        pub failing: u64,
        /// What is signed.
        pub sentence: String,
        /// Present once the signer has a key and may sign.
        pub statement: Option<StatementDigest>,
    }

    pub struct StatementDigest {
        /// 64 hexadecimal digits.
        pub hex: String,
        /// Its first 44 bits, to be read aloud.
        pub words: Vec<String>,
    }

    pub struct SignException {
        /// `gate`, `refused`, `quarantined`, `conflicts`, `unread`, `open`, `revised`.
        pub kind: String,
        pub what: String,
    }

    /// Command `sign_card`: signs what was looked at and writes card and sign-off into a picked folder.
    pub struct SignRequest {
        pub dataset: String,
        pub snapshot: u64,
        pub meaning: String,
        /// The statement's digest as it was shown.
        pub statement: String,
        #[ts(type = "string")]
        pub passphrase: Passphrase,
        pub handle: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    /// Command `sign_join`: signs a folder that another lead signed first.
    pub struct SignJoinRequest {
        pub dataset: String,
        #[ts(type = "string")]
        pub passphrase: Passphrase,
        pub handle: String,
        pub entry: String,
    }

    pub struct Signed {
        pub saved: SavedEntry,
        pub folder: String,
        pub files: Vec<String>,
        pub statement: StatementDigest,
        /// Leads who must sign yet.
        pub missing: u64,
    }

    /// Command `key_create`: makes the person's key, under a passphrase, in place of one they had.
    pub struct KeyCreateRequest {
        #[ts(type = "string")]
        pub passphrase: Passphrase,
        pub entry: String,
    }

    pub struct KeyCreated {
        pub saved: SavedEntry,
        /// The public key, as it is given to others.
        pub public: String,
    }

    /// Command `keys`, no request: every key that was ever claimed, the latest first.
    pub struct KeyInfo {
        pub key: SigningKey,
        /// As it is given to others.
        pub public: String,
        pub person: String,
        /// RFC 3339.
        pub since: String,
        /// RFC 3339: when it was given up or replaced.
        pub until: Option<String>,
        /// Somebody else may have had it.
        pub compromised: bool,
    }

    /// Command `key_revoke`: nothing signed with the key from now on counts. For its owner, and for leads.
    pub struct KeyRevokeRequest {
        /// As `KeyInfo` writes it.
        pub public: String,
        pub compromised: bool,
        pub reason: String,
        pub entry: String,
    }

    pub struct KeyRevoked {
        pub saved: SavedEntry,
    }

    /// Command `sign_withdraw`.
    pub struct SignWithdrawRequest {
        pub dataset: String,
        pub reason: String,
        pub entry: String,
    }

    pub struct SignWithdrawn {
        pub saved: SavedEntry,
    }

    /// Command `sign_state` (request: `SnapshotRequest`): the dataset's sign-offs, and the one that stands held against the card
    /// that was drafted last.
    pub struct SignState {
        /// Latest first.
        pub sign_offs: Vec<SignOffInfo>,
        /// None where none stands, or the card must be drafted again first.
        pub changes: Option<Vec<SignedChange>>,
    }

    pub struct SignOffInfo {
        pub id: String,
        pub seq: u64,
        pub dataset: String,
        pub snapshot: u64,
        pub meaning: String,
        /// RFC 3339.
        pub at: String,
        pub by: Vec<String>,
        /// Leads who must sign yet.
        pub missing: u64,
        pub statement: StatementDigest,
        /// `stands`, `superseded` or `withdrawn`.
        pub state: String,
    }

    /// A figure that was another when the card was signed.
    pub struct SignedChange {
        /// Where it stands, in words.
        pub figure: String,
        pub then: String,
        pub now: String,
    }

    /// Command `head_sign`: unlocks the person's key for this session and signs a head over the ledger.
    pub struct HeadSignRequest {
        #[ts(type = "string")]
        pub passphrase: Passphrase,
        /// Keeps the key in the system's keychain, so that heads are signed without it from now on.
        pub keep: bool,
    }

    /// What is done so that the ledger survives.
    pub struct Keeping {
        /// What opening the workspace brought back, or met, in words; none on an ordinary day.
        pub recovered: Option<String>,
        /// Where verified backups go.
        pub backups: Option<String>,
        /// Entries in the latest of them; none where there is none.
        pub backed_up: Option<u64>,
        /// Why the last backup failed.
        pub trouble: Option<String>,
        /// Whether room is kept aside for a decision that a full disk would not take.
        pub has_ballast: bool,
    }

    /// A signed head, and what shows that it was there.
    pub struct HeadMark {
        /// Entries under it.
        pub entries: u64,
        /// RFC 3339: the time of the last of them.
        pub at: Option<String>,
        /// As in `Trust`, never `none`.
        pub strength: String,
        /// Who signed it.
        pub by: Vec<String>,
    }

    /// Command `trust`, no request; also the answer of `head_sign`, `key_forget` (no request) and `heads_copy` (request: `HandleRequest`, a picked folder).
    pub struct Trust {
        /// Entries of the ledger.
        pub entries: u64,
        /// Entries under the last signed head; none where none is signed.
        pub head: Option<u64>,
        pub by: Vec<String>,
        /// RFC 3339: the time of the last entry under it.
        pub since: Option<String>,
        /// `none`, `this_machine`, `other_folder`, `other_drive` or `cosigned`.
        pub strength: String,
        /// For each strength the longest head of it, shortest first.
        pub marks: Vec<HeadMark>,
        /// Signed heads in all.
        pub heads: u64,
        /// What contradicts a signed head, in words.
        pub broken: Option<String>,
        pub keeping: Keeping,
        /// Why the last head was not signed.
        pub trouble: Option<String>,
        /// Where copies of heads go.
        pub copies: Option<String>,
        /// Whether the person at the keyboard has a key.
        pub has_key: bool,
        /// Whether heads are signed by themselves in this session.
        pub is_unlocked: bool,
        /// Whether the key is in the system's keychain.
        pub is_kept: bool,
        /// Whether the system has a keychain that answers.
        pub has_keychain: bool,
        /// The latest sign-off that stands.
        pub last_signed: Option<SignOffInfo>,
    }
}
