//! Which acts does the ledger record, and what does each say?

use std::collections::BTreeMap;

use assay_model::{AuthoredSection, Digest, KeepPolicy, Origin};
use assay_seal::PublicKey;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{BulkTerms, Cause, EarlierAnswers, QueueTerms, Rubric, RubricId, SliceTerms};

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Expert,
    Curator,
    Lead,
    /// A program that answers under its own name. Its answers are kept and count for nothing that people decide.
    Machine,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Expert, Self::Curator, Self::Lead, Self::Machine];

    /// The word used in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expert => "expert",
            Self::Curator => "curator",
            Self::Lead => "lead",
            Self::Machine => "machine",
        }
    }

    /// Reads the word that `as_str` writes.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// Whether this role may promote to gold and revoke.
    pub fn may_promote(self) -> bool {
        matches!(self, Self::Curator | Self::Lead)
    }

    pub fn is_human(self) -> bool {
        self != Self::Machine
    }
}

/// One reviewer's decision on one sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Approve,
    Exclude,
    Unsure,
    /// Decides nothing: an earlier answer stands.
    Skip,
}

impl Verdict {
    pub const ALL: [Self; 4] = [Self::Approve, Self::Exclude, Self::Unsure, Self::Skip];

    /// The word used in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Exclude => "exclude",
            Self::Unsure => "unsure",
            Self::Skip => "skip",
        }
    }

    /// Reads the word that `as_str` writes.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == word)
    }
}

/// How sure a reviewer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

impl Confidence {
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// Reads the word that `as_str` writes.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|confidence| confidence.as_str() == word)
    }
}

/// What a reviewer answered: four axes, never one field. The note travels beside it, in `Draft::note`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub verdict: Verdict,
    /// Needed for exclusions; empty otherwise allowed.
    pub reason: String,
    /// Names of labels of the rubric, in its order.
    pub labels: Vec<String>,
    /// Criterion id to score, from 1.
    pub scores: BTreeMap<String, u64>,
    pub origin: Option<Origin>,
    pub confidence: Option<Confidence>,
}

impl Answer {
    /// An answer that is a verdict and nothing else.
    pub fn of(verdict: Verdict) -> Self {
        Self {
            verdict,
            reason: String::new(),
            labels: Vec::new(),
            scores: BTreeMap::new(),
            origin: None,
            confidence: None,
        }
    }
}

/// One recorded act. The variant's word is the entry's `kind`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    PersonAdded {
        name: String,
        role: Role,
    },
    RubricAdded {
        rubric: Rubric,
    },
    /// A queue asks a later version of its rubric from now on.
    RubricMoved {
        queue: Uuid,
        to: RubricId,
        answers: EarlierAnswers,
        reason: String,
    },
    /// The entry's id is the queue's id.
    QueueCreated {
        terms: QueueTerms,
    },
    Decided {
        queue: Uuid,
        sample: Digest,
        rubric: RubricId,
        answer: Answer,
        /// From painted to answered, where a window measured it. May flag, never rank.
        dwell_ms: Option<u64>,
    },
    /// Takes the reviewer's latest standing decision in the queue back.
    Undone {
        queue: Uuid,
        decision: Uuid,
        /// Why, where a signed head covered the decision: then it is an amendment of what was signed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Puts back what the latest undo took.
    Redone {
        queue: Uuid,
        decision: Uuid,
    },
    /// An adjudicator's own answer to a disputed sample, before they see the reviewers'.
    AdjudicationBegun {
        queue: Uuid,
        sample: Digest,
        rubric: RubricId,
        answer: Answer,
    },
    /// Settles a dispute.
    Adjudicated {
        queue: Uuid,
        sample: Digest,
        rubric: RubricId,
        answer: Answer,
        /// The entry of the adjudicator's own answer.
        first: Uuid,
        cause: Cause,
        /// All decisions that stood on the sample, by entry id.
        settles: Vec<Uuid>,
    },
    /// One person answers a queue in a pack from now on. The entry's id is the pack's id.
    PackIssued {
        queue: Uuid,
        recipient: String,
        rubric: RubricId,
    },
    /// A pack that was issued elsewhere is answered here.
    PackOpened {
        pack: Uuid,
        queue: Uuid,
        recipient: String,
        rubric: RubricId,
        /// The issuer's ledger then.
        issuer_entries: u64,
        issuer_root: Digest,
        /// The note that signed it there, where it continues every head of that ledger that was seen here before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issuer_head: Option<String>,
    },
    /// Two returns of a pack differ from act `place` on; `chain` is the link there that was not taken in.
    PackForked {
        pack: Uuid,
        place: u64,
        chain: Digest,
    },
    GoldPromoted {
        sample: Digest,
        reason: String,
        /// The approving decisions or the adjudication it rests on, by entry id.
        approvals: Vec<Uuid>,
    },
    GoldRevoked {
        sample: Digest,
        reason: String,
    },
    /// Numbers the gold set as it is: `root` over its members' digests in byte order.
    GoldFrozen {
        /// From 1.
        number: u64,
        size: u64,
        root: Digest,
        reason: String,
    },
    /// Gold left the workspace, and what for.
    GoldExported {
        purpose: String,
        /// The frozen set; none for the gold set as it was then.
        number: Option<u64>,
        size: u64,
        root: Digest,
    },
    /// A snapshot may be trained on. One that holds gold says why.
    TrainingReleased {
        dataset: String,
        snapshot: u64,
        root: Digest,
        held: GoldHeld,
        reason: String,
    },
    /// It may not, after all; what was trained on it was.
    TrainingReleaseWithdrawn {
        release: Uuid,
        reason: String,
    },
    /// Something went wrong where a model was used. What was said or written there travels beside it, as the entry's note.
    IncidentReported {
        title: String,
        /// The day, `YYYY-MM-DD`.
        happened: String,
        severity: IncidentSeverity,
        /// The sample it is about, where one is known.
        sample: Option<Digest>,
    },
    /// Lets a failing gate of a contract pass for a while. The gate still fails, and says so.
    GateWaived {
        waiver: Waiver,
    },
    /// A dataset is the output of a model of one's own: what is like its samples is a machine's until reviewed.
    SyntheticMarked {
        dataset: String,
        /// The model that made it.
        generator: String,
        reason: String,
    },
    /// It is not, after all.
    SyntheticUnmarked {
        dataset: String,
        reason: String,
    },
    /// Says of two samples that neither stands for the other, whatever their texts share. `a` before `b` by bytes.
    NotDuplicate {
        a: Digest,
        b: Digest,
        reason: String,
    },
    /// Says which sample of a cluster stays; `over` represented it until then.
    RepresentativeKept {
        sample: Digest,
        over: Digest,
        reason: String,
    },
    /// Says in which order representatives are chosen in this workspace from now on.
    KeepPolicyChosen {
        policy: KeepPolicy,
        reason: String,
    },
    /// Takes one of the three acts above back, by entry id.
    DuplicateJudgementWithdrawn {
        judgement: Uuid,
        reason: String,
    },
    /// Shows a reviewer what machines say of a sample that they have answered.
    Unsealed {
        queue: Uuid,
        sample: Digest,
    },
    /// A reviewer wants others to look at a sample, whatever they answer; or no longer does.
    Flagged {
        queue: Uuid,
        sample: Digest,
        raised: bool,
    },
    /// Names a slice, or changes what stands under its name.
    SliceDefined {
        slice: SliceTerms,
        reason: String,
    },
    /// The name stands for nothing from now on; queues that were drawn from it keep their terms.
    SliceRemoved {
        name: String,
        reason: String,
    },
    /// A file of evidence, by the digest of its bytes, no longer speaks of its samples.
    EvidenceWithdrawn {
        file: Digest,
        /// What it was called when it was added.
        name: String,
        reason: String,
    },
    /// A file that was withdrawn speaks again.
    EvidenceRestored {
        file: Digest,
        name: String,
    },
    /// Excludes, tags or routes many samples at once. The entry's id is the act's id.
    BulkActed {
        terms: BulkTerms,
    },
    /// Takes a bulk act back as a whole.
    BulkWithdrawn {
        act: Uuid,
    },
    /// Writes a section of a dataset's card anew. The text travels beside it, as the entry's note; without one the section is
    /// open again.
    CardTextWritten {
        dataset: String,
        section: AuthoredSection,
    },
    /// Signatures of this key are the person's from now on.
    KeyAdded {
        person: String,
        public: PublicKey,
        /// Base64: the key's own signature over `key_claim`, so that nobody claims another's key.
        proof: String,
        /// The key whose place it takes; none beside others.
        replaces: Option<PublicKey>,
    },
    /// Nothing signed from now on with this key counts; after `compromised`, the reason says what came before.
    KeyRevoked {
        public: PublicKey,
        compromised: bool,
        reason: String,
    },
    /// A lead signed a card. The entry's id is the sign-off's id.
    SignedOff {
        terms: SignOffTerms,
        key: PublicKey,
        /// Base64: the signature in the envelope.
        signature: String,
    },
    /// Another lead signed the same statement.
    SignOffJoined {
        sign_off: Uuid,
        key: PublicKey,
        signature: String,
    },
    /// The sign-off stands no longer; what was signed stays as it is.
    SignOffWithdrawn {
        sign_off: Uuid,
        reason: String,
    },
    /// A training set left the workspace under a policy.
    ReleaseWritten {
        release: WrittenRelease,
        reason: String,
    },
}

/// What a lead signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOffTerms {
    pub dataset: String,
    pub snapshot: u64,
    /// The snapshot's root.
    pub root: Digest,
    /// SHA-256 over the envelope's payload.
    pub statement: Digest,
    pub meaning: String,
    /// Different leads who must sign it before it counts.
    pub signers: u64,
    /// The sign-off of this dataset that stood until then.
    pub supersedes: Option<Uuid>,
}

/// What a key signs when it is claimed: that it is this person's, in this entry.
pub fn key_claim(entry: Uuid, person: &str, public: &PublicKey) -> String {
    format!("assay key claim v1\n{entry}\n{person}\n{public}\n")
}

/// A training set that was written: what it was made from, and what its files are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenRelease {
    pub dataset: String,
    pub snapshot: u64,
    pub root: Digest,
    /// Over the bytes of the policy.
    pub policy: Digest,
    /// Over the bytes of the manifest, which names every file of samples.
    pub manifest: Digest,
    pub seed: u64,
    pub samples: u64,
}

/// How bad an incident was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentSeverity {
    Low,
    Medium,
    High,
}

impl IncidentSeverity {
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == word)
    }
}

/// How many samples of the gold set a snapshot holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldHeld {
    /// As they are.
    pub exact: u64,
    /// Not as they are, but as a text that is equal after normalising, or a verified near-duplicate.
    pub near: u64,
}

impl GoldHeld {
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Which gate of which contract is waived, why, and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The contract's name.
    pub contract: String,
    pub dataset: String,
    /// The gate's id.
    pub gate: String,
    /// Its slice; empty for the whole snapshot.
    pub slice: String,
    /// The dimension or field it is about; empty where it is about none.
    pub about: String,
    pub reason: String,
    /// The last day, `YYYY-MM-DD`.
    pub until: String,
    /// What was measured when it was waived, as a decimal number: a worse value is not covered.
    pub not_worse_than: String,
}

impl Event {
    /// Every kind, in the order of the variants.
    pub const KINDS: [&'static str; 41] = [
        "person_added",
        "rubric_added",
        "rubric_moved",
        "queue_created",
        "decided",
        "undone",
        "redone",
        "adjudication_begun",
        "adjudicated",
        "pack_issued",
        "pack_opened",
        "pack_forked",
        "gold_promoted",
        "gold_revoked",
        "gold_frozen",
        "gold_exported",
        "training_released",
        "training_release_withdrawn",
        "incident_reported",
        "gate_waived",
        "synthetic_marked",
        "synthetic_unmarked",
        "not_duplicate",
        "representative_kept",
        "keep_policy_chosen",
        "duplicate_judgement_withdrawn",
        "unsealed",
        "flagged",
        "slice_defined",
        "slice_removed",
        "evidence_withdrawn",
        "evidence_restored",
        "bulk_acted",
        "bulk_withdrawn",
        "card_text_written",
        "key_added",
        "key_revoked",
        "signed_off",
        "sign_off_joined",
        "sign_off_withdrawn",
        "release_written",
    ];

    /// The kind's word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::PersonAdded { .. } => "person_added",
            Self::RubricAdded { .. } => "rubric_added",
            Self::RubricMoved { .. } => "rubric_moved",
            Self::QueueCreated { .. } => "queue_created",
            Self::Decided { .. } => "decided",
            Self::Undone { .. } => "undone",
            Self::Redone { .. } => "redone",
            Self::AdjudicationBegun { .. } => "adjudication_begun",
            Self::Adjudicated { .. } => "adjudicated",
            Self::PackIssued { .. } => "pack_issued",
            Self::PackOpened { .. } => "pack_opened",
            Self::PackForked { .. } => "pack_forked",
            Self::GoldPromoted { .. } => "gold_promoted",
            Self::GoldRevoked { .. } => "gold_revoked",
            Self::GoldFrozen { .. } => "gold_frozen",
            Self::GoldExported { .. } => "gold_exported",
            Self::TrainingReleased { .. } => "training_released",
            Self::TrainingReleaseWithdrawn { .. } => "training_release_withdrawn",
            Self::IncidentReported { .. } => "incident_reported",
            Self::GateWaived { .. } => "gate_waived",
            Self::SyntheticMarked { .. } => "synthetic_marked",
            Self::SyntheticUnmarked { .. } => "synthetic_unmarked",
            Self::NotDuplicate { .. } => "not_duplicate",
            Self::RepresentativeKept { .. } => "representative_kept",
            Self::KeepPolicyChosen { .. } => "keep_policy_chosen",
            Self::DuplicateJudgementWithdrawn { .. } => "duplicate_judgement_withdrawn",
            Self::Unsealed { .. } => "unsealed",
            Self::Flagged { .. } => "flagged",
            Self::SliceDefined { .. } => "slice_defined",
            Self::SliceRemoved { .. } => "slice_removed",
            Self::EvidenceWithdrawn { .. } => "evidence_withdrawn",
            Self::EvidenceRestored { .. } => "evidence_restored",
            Self::BulkActed { .. } => "bulk_acted",
            Self::BulkWithdrawn { .. } => "bulk_withdrawn",
            Self::CardTextWritten { .. } => "card_text_written",
            Self::KeyAdded { .. } => "key_added",
            Self::KeyRevoked { .. } => "key_revoked",
            Self::SignedOff { .. } => "signed_off",
            Self::SignOffJoined { .. } => "sign_off_joined",
            Self::SignOffWithdrawn { .. } => "sign_off_withdrawn",
            Self::ReleaseWritten { .. } => "release_written",
        }
    }
}
