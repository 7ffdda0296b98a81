//! Queues and the reviewer's minute.

use std::collections::BTreeMap;

use assay_model::Origin;

use super::{SampleDetail, SavedEntry, Verdict, wire};

fn random() -> String {
    "random".to_owned()
}

wire! {
    /// Commands `queue_preview` and `queue_create`: a random draw from a slice, frozen with its seed.
    #[derive(Default)]
    pub struct QueueCreateRequest {
        pub name: String,
        pub dataset: String,
        pub snapshot: Option<u64>,
        /// Expression; everything where empty.
        pub filter: String,
        pub size: u64,
        pub seed: u64,
        /// Rubric by `name@version`; the default where absent.
        pub rubric: Option<String>,
        /// Reviewers for each sample.
        pub reviewers: u64,
        pub blind: bool,
        /// `random`, `uncertain_origin`, `machine_like_unknown`, `rarest_first`, `cluster_by_cluster`. Only random draws feed estimates.
        #[serde(default = "random")]
        pub order: String,
        /// The claim by which the slice is to be accepted, registered before anyone looks: fewer than this share defective.
        #[serde(default)]
        #[ts(optional)]
        pub defective_below: Option<f64>,
        /// Defective samples that the rule allows; none where absent.
        #[serde(default)]
        #[ts(optional)]
        pub allowed: Option<u64>,
        /// A named slice; its filter takes the place of `filter`, and its tier and blur hold.
        #[serde(default)]
        #[ts(optional)]
        pub slice: Option<String>,
        /// Draw from each value of this field by itself: `origin`, `source_class`, `language` or a mapped dimension.
        #[serde(default)]
        #[ts(optional)]
        pub strata_by: Option<String>,
        /// `proportional`, `equal`, `tail_weighted`; proportional where absent.
        #[serde(default)]
        #[ts(optional)]
        pub allocation: Option<String>,
        /// One sample of each cluster of near-duplicates.
        #[serde(default)]
        #[ts(optional)]
        pub one_per_cluster: Option<bool>,
        /// Enough was read as soon as the rule is decided.
        #[serde(default)]
        #[ts(optional)]
        pub stop_when_decided: Option<bool>,
        /// Enough was read as soon as the estimate's interval is narrower than this share.
        #[serde(default)]
        #[ts(optional)]
        pub stop_narrower_than: Option<f64>,
        /// Digests picked one by one among what matches: the queue is drawn from these.
        #[serde(default)]
        #[ts(optional)]
        pub picked: Option<Vec<String>>,
        /// Digests left out one by one.
        #[serde(default)]
        #[ts(optional)]
        pub left_out: Option<Vec<String>>,
    }

    pub struct QueuePreview {
        /// Samples in the slice.
        pub slice_samples: u64,
        pub slice_tokens: u64,
        /// The sampling statement as it will stand on the card.
        pub statement: String,
        /// Price of a claim: samples to read for each limit, none defective, 95 %, exact hypergeometric.
        pub prices: Vec<ClaimPrice>,
        /// What this size supports if none is defective: the upper limit, 0 to 1.
        pub supports_below: f64,
        /// Whether anything may be estimated from it: it is drawn at random.
        pub estimates: bool,
        /// Samples that would be drawn.
        pub size: u64,
        /// Where it is drawn from groups; empty otherwise.
        pub strata: Vec<StratumRow>,
        /// Median time of an answer under this rubric in this workspace, in seconds; `None` before ten were measured.
        pub seconds_each: Option<f64>,
        /// Answers that the median rests on.
        pub seconds_from: u64,
    }

    pub struct ClaimPrice {
        pub defective_below: f64,
        /// With none, one and two defective samples allowed; `None` where no draw would do.
        pub samples: Vec<Option<u64>>,
    }

    /// One group of a slice that is drawn from by itself.
    pub struct StratumRow {
        /// Empty where its samples say nothing in the field.
        pub value: String,
        /// Distinct samples.
        pub population: u64,
        pub drawn: u64,
        /// The share that this group's draw alone shows not to be reached if none is defective, 95 %.
        pub supports_below: f64,
    }

    /// Command `slices`, no request: slices with a name, by name.
    pub struct NamedSlice {
        pub name: String,
        /// Expression.
        pub filter: String,
        /// `standard`, `high_stakes`: of the latter two reviewers or more judge each sample, blind.
        pub tier: String,
        /// Texts are blurred until the reviewer asks for them.
        pub blurred: bool,
    }

    /// Commands `slice_define` and `slice_remove`, of which the latter needs only name and reason; both answer with all slices.
    pub struct SliceRequest {
        pub slice: NamedSlice,
        pub reason: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    /// Command `flag`: raises this person's flag on a sample of a queue, or takes it down; on disk when it returns.
    pub struct FlagRequest {
        pub queue: String,
        pub position: u64,
        pub raised: bool,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct FlagSaved {
        /// `None` where it stood so already.
        pub saved: Option<SavedEntry>,
        pub raised: bool,
    }

    /// Command `rubric_examples`: gold samples by what reviewers scored them, to show what a score means. Only samples that this
    /// person is not asked about in the queue, with scores on which all known answers agree.
    pub struct RubricExample {
        /// Criterion id.
        pub criterion: String,
        pub score: u64,
        pub digest: String,
        pub title: String,
        /// The first 400 characters of its last part.
        pub excerpt: String,
    }

    /// Command `queues`, no request: a list.
    pub struct QueueInfo {
        pub queue: String,
        pub name: String,
        pub dataset: String,
        pub snapshot: u64,
        pub filter: String,
        pub seed: u64,
        pub size: u64,
        pub slice_samples: u64,
        pub reviewers: u64,
        pub blind: bool,
        pub rubric: String,
        pub statement: String,
        /// RFC 3339.
        pub created: String,
        pub created_by: String,
        /// Decided by the current person, skips not counted.
        pub done: u64,
        pub left: u64,
        pub approved: u64,
        pub excluded: u64,
        pub unsure: u64,
        pub skipped: u64,
        /// As in the request.
        pub order: String,
        /// Share of the slice that this person would exclude, with a 95 % interval that holds at every look; `None` before the
        /// first decision, and for a queue that was not drawn at random.
        pub estimate: Option<Estimate>,
        /// Answers it rests on: those up to the first place without one.
        pub estimated_from: u64,
        pub rule: Option<QueueRule>,
        /// The named slice it was drawn from, as it stood then.
        pub slice: Option<NamedSlice>,
        /// The field that grouped the draw, and the groups; empty where the slice was drawn from as a whole.
        pub strata_by: String,
        pub strata: Vec<StratumRow>,
        pub one_per_cluster: bool,
        pub stop: Option<QueueStop>,
        /// Set where it came in a pack.
        pub pack: Option<String>,
    }

    /// When enough was read. Reading on is never refused.
    pub struct QueueStop {
        pub when_decided: bool,
        pub narrower_than: Option<f64>,
        /// `decided`, `narrow`; `None` while more is to be read.
        pub enough: Option<String>,
    }

    /// The rule that was registered with a queue, and whether it holds for this person's answers.
    pub struct QueueRule {
        pub defective_below: f64,
        pub allowed: u64,
        /// `None` while samples are left to read.
        pub holds: Option<bool>,
        /// After a rejection: samples to be read yet, none defective, to support the claim after all; `None` where none would.
        pub further: Option<u64>,
    }

    pub struct Estimate {
        pub low: f64,
        pub value: f64,
        pub high: f64,
    }

    /// Commands `queue_open`.
    pub struct QueueRequest {
        pub queue: String,
    }

    pub struct QueueState {
        pub info: QueueInfo,
        pub rubric: Rubric,
        /// Every item in its frozen order with this person's own answer.
        pub items: Vec<QueueItem>,
        /// Where to go on: the first item without an answer, else the last.
        pub position: u64,
        pub can_undo: bool,
        pub can_redo: bool,
        /// Whether an undo would take back what a signed head covers: then it amends, and says why.
        pub amends: bool,
    }

    pub struct QueueItem {
        /// From 0.
        pub position: u64,
        pub digest: String,
        /// A few words of it.
        pub title: String,
        pub verdict: Option<Verdict>,
    }

    pub struct Rubric {
        pub name: String,
        pub version: u64,
        /// Labels by key 1 to 9.
        pub labels: Vec<RubricLabel>,
        pub criteria: Vec<RubricCriterion>,
        /// Reasons to exclude, by digit from 1.
        pub exclude_reasons: Vec<String>,
    }

    pub struct RubricLabel {
        pub key: u64,
        pub name: String,
    }

    pub struct RubricCriterion {
        pub id: String,
        pub name: String,
        pub guidance: String,
        /// Highest score; scores run from 1.
        pub max: u64,
    }

    /// Command `review_item`: one item's content and this person's own answer. Text comes from the frozen copy.
    pub struct ReviewItemRequest {
        pub queue: String,
        pub position: u64,
    }

    pub struct ReviewItem {
        pub position: u64,
        pub sample: SampleDetail,
        pub answer: Option<Answer>,
        pub seal: Seal,
        /// Whether this person has flagged it.
        pub flagged: bool,
    }

    /// What machines say of an item: sealed until this person has answered and asks for it.
    pub struct Seal {
        /// The entry that unsealed it for this person.
        pub unsealed: Option<SavedEntry>,
        /// Only once unsealed.
        pub opinions: Option<super::Opinions>,
        /// Whether the answer was changed after the reveal.
        pub revised: bool,
    }

    /// Command `unseal`: shows this person the machine's opinions of an item they have answered; on disk when it returns.
    pub struct UnsealRequest {
        pub queue: String,
        pub position: u64,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    /// What a reviewer answered: four axes, never one field.
    pub struct Answer {
        pub verdict: Verdict,
        /// For exclusions.
        pub reason: String,
        pub labels: Vec<String>,
        pub scores: BTreeMap<String, u64>,
        pub origin: Option<Origin>,
        /// `low`, `medium`, `high`.
        pub confidence: Option<String>,
        pub note: String,
    }

    /// Command `decide`. Idempotent by `entry`: repeat it with the same id when in doubt.
    pub struct DecideRequest {
        pub queue: String,
        pub position: u64,
        pub digest: String,
        /// UUIDv7 made by the window.
        pub entry: String,
        pub answer: Answer,
        /// Milliseconds from painted to answered. Flags, never ranks.
        pub dwell_ms: u64,
    }

    /// On disk. Commands `decide`, `undo`, `redo` answer with it.
    pub struct Decided {
        pub saved: SavedEntry,
        /// The item that changed, with its answer now.
        pub item: QueueItem,
        pub answer: Option<Answer>,
        /// Go here next.
        pub position: u64,
        pub info: QueueInfo,
        pub can_undo: bool,
        pub can_redo: bool,
        /// As in `QueueState`.
        pub amends: bool,
    }

    /// Commands `undo` and `redo`; `entry` as in `decide`.
    pub struct UndoRequest {
        pub queue: String,
        pub entry: String,
        /// Why; an undo of what a signed head covers is refused without (`reason_needed`). A redo has none.
        pub reason: Option<String>,
    }
}
