//! Two snapshots against each other, signs over all of them, and what of one is found in another.
//!
//! These take seconds on large snapshots: a command answers with what is known, or with the job that finds it out.
//! When the job has succeeded, the same command has the answer.

use super::{Job, wire};

wire! {
    /// Command `compare`: two snapshots as `NAME@N`.
    pub struct CompareSnapshotsRequest {
        pub a: String,
        pub b: String,
    }

    pub struct ComparisonAnswer {
        pub job: Option<Job>,
        pub answer: Option<SnapshotComparison>,
    }

    pub struct SnapshotComparison {
        pub changes: Vec<FigureChange>,
        pub retention: Vec<UnitRetention>,
        /// Filters of the samples: `also_in = 'A'` on `b`, `added_since = 'A'` on `b`, `left_out_of = 'B'` on `a`.
        pub kept: OriginCounts,
        pub added: OriginCounts,
        pub left_out: OriginCounts,
        pub kept_tokens: u64,
        pub added_tokens: u64,
        pub left_out_tokens: u64,
        /// Of those kept, how many have another origin in `b`: `relabelled_since = 'A'` on `b`.
        pub relabelled: u64,
        /// Which source moved the shares of tokens; null where nothing tells the tokens apart.
        pub moved: Option<SharesMoved>,
        /// Samples of one found in the other; empty for two snapshots of one dataset.
        pub leaks: Vec<LeakFinding>,
        /// Below these effects are none, small and medium.
        pub sizes: [f64; 3],
    }

    /// One figure on both sides.
    pub struct FigureChange {
        /// Such as `machine_share`, `human_tokens`, `hill_1`.
        pub measure: String,
        /// Dimension or slice; empty for the whole.
        pub about: String,
        pub a: Option<f64>,
        pub b: Option<f64>,
        pub change: Option<f64>,
        pub effect: Option<f64>,
        /// `cohens_h` or `log_ratio`.
        pub effect_kind: String,
        /// `none`, `small`, `medium`, `large`.
        pub size: Option<String>,
        /// `worse`, `better`, `same`; empty where more is neither.
        pub direction: String,
        pub warning_sign: bool,
        /// 95 % intervals of both figures and of the effect; null where none is known.
        pub a_interval: Option<[f64; 2]>,
        pub b_interval: Option<[f64; 2]>,
        pub effect_interval: Option<[f64; 2]>,
        /// `samples`, `resamples`, `estimator`; `exact` for a count; `unknown` where no interval is known.
        pub interval_kind: String,
    }

    pub struct UnitRetention {
        pub unit: String,
        pub tail: u64,
        pub retention: Option<f64>,
        pub missing: Vec<String>,
    }

    pub struct OriginCounts {
        pub human: u64,
        pub mixed: u64,
        pub machine: u64,
        pub unknown: u64,
    }

    pub struct SharesMoved {
        /// `source`, `domain` or `language`.
        pub by: String,
        /// Those that moved any share most first.
        pub groups: Vec<GroupMoved>,
        /// How many others there are, and what they did together.
        pub others: u64,
        pub others_points: [f64; 4],
    }

    /// Origins in the order human, mixed, machine, unknown.
    pub struct GroupMoved {
        /// Empty where samples have none.
        pub name: String,
        /// Tokens in `a` and in `b`.
        pub a: [u64; 4],
        pub b: [u64; 4],
        /// What it adds to each share in `b`, less what it added in `a`; from -1 to 1.
        pub points: [f64; 4],
    }

    pub struct LeakFinding {
        /// Names the matches for `leak_pairs`.
        pub key: String,
        /// Which way: `a in b` or `b in a`; empty for a search of its own.
        pub direction: String,
        pub reference: String,
        pub data: String,
        pub found: u64,
        /// Samples of the reference.
        pub of: u64,
        pub exact: u64,
        pub normalised: u64,
        pub near: u64,
        pub passage: u64,
        pub statement: String,
    }

    /// Command `leak`: looks for a reference in a snapshot.
    pub struct LeakRequest {
        pub reference: LeakReference,
        /// `NAME@N`
        pub data: String,
    }

    /// `gold`, a snapshot as `NAME@N`, or a file or folder that was picked.
    pub struct LeakReference {
        pub gold: bool,
        pub snapshot: Option<String>,
        pub handle: Option<String>,
    }

    pub struct LeakAnswer {
        pub job: Option<Job>,
        pub answer: Option<LeakFinding>,
    }

    /// Command `leak_pairs`: the matches of a search, of one kind where it is given; at most 50 at a time.
    pub struct LeakPairsRequest {
        pub key: String,
        /// `exact`, `normalised`, `near`, `passage`.
        pub kind: Option<String>,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct LeakPairs {
        pub offset: u64,
        /// Of this kind, as they were counted.
        pub total: u64,
        /// Of this kind, with their texts: the first 1,000.
        pub listed: u64,
        pub pairs: Vec<LeakPair>,
    }

    /// A sample of the reference, and where it was found.
    pub struct LeakPair {
        pub kind: String,
        pub a: LeakSample,
        pub b: LeakSample,
        pub jaccard: f64,
        pub containment: f64,
        /// The longest run of tokens that both hold, for near and passage.
        pub run: Option<LeakRun>,
    }

    pub struct LeakRun {
        pub tokens: u64,
        /// As it stands in the normalised text.
        pub text: String,
    }

    pub struct LeakSample {
        pub dataset: String,
        pub snapshot: u64,
        /// Whether Samples can show it; what was read only to be compared is not indexed.
        pub opens: bool,
        pub path: String,
        pub line: u64,
        pub id: Option<String>,
        pub digest: String,
        pub text: String,
        /// Whether the text goes on: the first 20,000 characters are kept.
        pub cut: bool,
        pub rtl: bool,
    }

    /// Command `trends`: the warning signs over all measured snapshots of a dataset.
    pub struct TrendsRequest {
        pub dataset: String,
    }

    pub struct TrendsAnswer {
        pub job: Option<Job>,
        pub answer: Option<Trends>,
    }

    #[derive(Default)]
    pub struct Trends {
        /// Measured snapshots, earliest first.
        pub snapshots: Vec<TrendPoint>,
        pub signs: Vec<TrendSign>,
        /// Below these effects are none, small and medium.
        pub sizes: [f64; 3],
    }

    pub struct TrendPoint {
        pub snapshot: u64,
        /// RFC 3339.
        pub created: String,
    }

    pub struct TrendSign {
        pub measure: String,
        pub about: String,
        /// In the order of the snapshots.
        pub values: Vec<Option<f64>>,
        /// 95 %; null where none is known.
        pub intervals: Vec<Option<[f64; 2]>>,
        /// As in `FigureChange`.
        pub interval_kind: String,
        /// From the last snapshot but one to the last; null with a single snapshot.
        pub change: Option<FigureChange>,
    }

    /// Commands `effect_sizes`, no request, and `effect_sizes_set`: below which effects are none, small and medium.
    #[derive(Copy)]
    pub struct EffectBounds {
        pub none: f64,
        pub small: f64,
        pub medium: f64,
    }
}
