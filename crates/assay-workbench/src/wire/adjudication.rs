//! Disputes: what an adjudicator sees before and after their own answer.

use super::{Answer, Rubric, SampleDetail, SavedEntry, Verdict, wire};

wire! {
    /// Command `disputes`, no request: for curators and leads, the worst first.
    pub struct Disputes {
        pub open: Vec<Dispute>,
        /// Settled so far and in force, latest first.
        pub settled: Vec<SettledDispute>,
        /// Samples that two people or more have judged, as far as this person may know; those in `open` are.
        pub read_by_several: u64,
        /// Disputes that this person may not settle, because they reviewed the sample.
        pub not_yours: u64,
    }

    /// A sample on which reviewers differ, as far as it may be known before one has answered.
    pub struct Dispute {
        pub digest: String,
        /// A few words of it.
        pub title: String,
        pub domain: String,
        pub language: String,
        pub queue: String,
        pub queue_name: String,
        /// From 0 to 1; the list is ordered by it.
        pub distance: f64,
        /// What they differ in, in words: `verdict`, `origin`, `safe by 3`.
        pub differs_in: Vec<String>,
        /// Whether this person has answered and may see the reviewers' answers.
        pub begun: bool,
    }

    pub struct SettledDispute {
        pub digest: String,
        pub title: String,
        pub verdict: Verdict,
        pub cause: DisputeCause,
        pub by: String,
        /// RFC 3339.
        pub at: String,
        pub seq: u64,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum DisputeCause { AmbiguousText, GuidelineGap, Slip, EdgeCase, TrueDifference }

    /// Command `dispute_open`.
    pub struct DisputeRequest {
        pub digest: String,
    }

    pub struct DisputeDetail {
        pub dispute: Dispute,
        pub sample: SampleDetail,
        pub rubric: Rubric,
        /// Whether its text is blurred until asked for.
        pub blurred: bool,
        /// This person's own answer, given before the others were shown; `None` until then.
        pub own: Option<OwnAnswer>,
        /// The reviewers' answers, unnamed, in an order of the sample's own; empty until one has answered.
        pub answers: Vec<Answer>,
    }

    pub struct OwnAnswer {
        pub answer: Answer,
        pub saved: SavedEntry,
    }

    /// Command `dispute_answer`: the adjudicator's own answer, on a blank form; on disk when it returns.
    pub struct DisputeAnswerRequest {
        pub digest: String,
        /// UUIDv7 made by the window.
        pub entry: String,
        pub answer: Answer,
    }

    /// Command `dispute_settle`; the answer's note says why, to the rubric's owner.
    pub struct DisputeSettleRequest {
        pub digest: String,
        /// UUIDv7 made by the window.
        pub entry: String,
        pub answer: Answer,
        pub cause: DisputeCause,
    }

    pub struct DisputeSettled {
        pub saved: SavedEntry,
        /// Disputes that this person may still settle.
        pub left: u64,
    }
}
