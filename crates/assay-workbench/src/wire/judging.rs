//! Pairs behind the numbers, and what people say of duplicates.

use assay_model::{KeepPolicy, Origin};

use super::{Job, SavedEntry, wire};

wire! {
    /// Command `pairs_page`: compared pairs, the most alike first; every condition that is given must hold.
    pub struct PairsRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        /// `exact`, `normalised`, `near`.
        pub kind: Option<String>,
        pub accepted: Option<bool>,
        /// Only pairs that a person judged to be no duplicates.
        pub judged: Option<bool>,
        /// Origins of the two, in either order.
        pub origins: Option<[Origin; 2]>,
        /// Sources of the two, in either order; empty where a sample has none.
        pub sources: Option<[String; 2]>,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct PairsPage {
        pub total: u64,
        pub rows: Vec<SamplePair>,
    }

    pub struct SamplePair {
        pub a: PairSide,
        pub b: PairSide,
        pub kind: String,
        pub jaccard: f64,
        pub containment: f64,
        pub accepted: bool,
        pub judged: Option<PairJudged>,
    }

    pub struct PairSide {
        pub sample: u64,
        pub digest: String,
        pub dataset: String,
        pub snapshot: u64,
        pub path: String,
        pub line: u64,
        pub id: String,
        pub origin: Origin,
        pub source: String,
        pub tokens: u64,
        /// Its first 120 characters.
        pub text: String,
        /// Whether it represents the other.
        pub representative: bool,
    }

    /// Who said that two samples are no duplicates.
    pub struct PairJudged {
        /// The entry, by which it is withdrawn.
        pub entry: String,
        pub by: String,
        pub reason: String,
    }

    /// Command `duplicate_judge`: `not_duplicate` of `a` and `b` and each of `rest`, all of it or nothing; or `keep` of `a` where
    /// `b` represents.
    pub struct JudgeRequest {
        pub entry: String,
        pub dataset: String,
        pub snapshot: Option<u64>,
        pub act: JudgeAct,
        /// Digests.
        pub a: String,
        pub b: String,
        /// More members of the cluster, each against `a`; empty with `keep`.
        pub rest: Vec<String>,
        pub reason: String,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum JudgeAct { NotDuplicate, Keep }

    /// Command `duplicate_withdraw`.
    pub struct WithdrawRequest {
        pub entry: String,
        pub dataset: String,
        pub snapshot: Option<u64>,
        pub judgement: String,
        pub reason: String,
    }

    /// Command `duplicate_policy`: the keep policy, with its reason, for curators and leads.
    pub struct KeepPolicyRequest {
        pub entry: String,
        pub dataset: String,
        pub snapshot: Option<u64>,
        pub policy: KeepPolicy,
        pub reason: String,
    }

    /// Command `duplicate_settings`: thresholds of this workspace.
    pub struct DuplicateSettingsRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        pub near_threshold: f64,
        pub removal_limit: f64,
    }

    /// What was recorded, and the measuring that follows; none where another job runs.
    pub struct JudgementSaved {
        pub saved: Option<SavedEntry>,
        pub job: Option<Job>,
    }

    /// Command `duplicate_state`: what was said, and whether the measures know of it.
    pub struct DuplicateState {
        /// Whether thresholds, policy or judgements have changed since the snapshot was measured.
        pub stale: bool,
        pub near_threshold: f64,
        pub removal_limit: f64,
        /// Those that stand and concern the snapshot, latest first.
        pub judgements: Vec<StandingJudgement>,
    }

    pub struct StandingJudgement {
        pub entry: String,
        pub seq: u64,
        /// `not_duplicate`, `kept`, `keep_policy`.
        pub kind: String,
        /// The two digests; empty for a policy.
        pub a: String,
        pub b: String,
        pub by: String,
        pub reason: String,
    }

    /// Command `passages_page`: passages that recur, the most frequent first.
    pub struct PassagesRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        /// `paragraph` or `sentence`; both where absent.
        pub unit: Option<String>,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct PassagesPage {
        pub total: u64,
        pub rows: Vec<RecurringPassage>,
    }

    pub struct RecurringPassage {
        pub unit: String,
        /// As it stands in the first of its samples; empty where that source has changed.
        pub text: String,
        pub tokens: u64,
        pub samples: u64,
        /// At most 100.
        pub found_in: Vec<PassagePlace>,
    }

    pub struct PassagePlace {
        pub sample: u64,
        pub digest: String,
        pub path: String,
        pub line: u64,
    }

    /// Command `across_matrix`: datasets or snapshots, as `NAME` or `NAME@N`; all datasets where none is named.
    pub struct AcrossRequest {
        pub names: Vec<String>,
    }

    /// The table, or the job that compares the sides.
    pub struct AcrossAnswer {
        pub job: Option<Job>,
        pub answer: Option<AcrossTable>,
    }

    pub struct AcrossTable {
        /// Names this comparison when its pairs are asked for.
        pub key: String,
        pub threshold: f64,
        pub sides: Vec<AcrossName>,
        /// One for each ordered pair of different sides.
        pub cells: Vec<AcrossCount>,
        pub crowded: u64,
    }

    pub struct AcrossName {
        /// `NAME@N`.
        pub name: String,
        pub dataset: String,
        pub snapshot: u64,
        pub samples: u64,
    }

    pub struct AcrossCount {
        pub a: String,
        pub b: String,
        /// Pairs of texts.
        pub exact: u64,
        pub normalised: u64,
        pub near: u64,
        /// Samples of `a` with a partner in `b`, and their share.
        pub samples: u64,
        pub share: f64,
    }

    /// Command `across_pairs`: the pairs behind one cell.
    pub struct AcrossPairsRequest {
        /// Of the table.
        pub key: String,
        /// Two of the sides, as `NAME@N`, in either order.
        pub a: String,
        pub b: String,
        pub kind: Option<String>,
        pub offset: u64,
        pub limit: u64,
    }
}
