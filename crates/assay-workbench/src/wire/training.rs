//! Gold in what models are trained on.

use super::{Job, SavedEntry, wire};

wire! {
    /// Command `training`: what a snapshot holds of gold, as it was searched before, or the job that searches it now.
    pub struct TrainingAnswer {
        pub job: Option<Job>,
        pub answer: Option<Training>,
    }

    pub struct Training {
        pub dataset: String,
        pub snapshot: u64,
        /// Members of the gold set.
        pub members: u64,
        /// Members that the snapshot holds as they are.
        pub exact: u64,
        /// Members that it holds only nearly: equal after normalising, or a verified near-duplicate.
        pub near: u64,
        /// Samples that are, or are like, a member; copies count.
        pub samples: u64,
        /// Expression of these samples; of those that are no members themselves it names at most 200.
        pub filter: Option<String>,
        /// Least Jaccard similarity of near-duplicates.
        pub threshold: f64,
        /// Texts that resemble so many others that not every pair of theirs was compared.
        pub crowded: u64,
        /// Releases for training that stand, of any snapshot, earliest first.
        pub releases: Vec<TrainingReleased>,
    }

    pub struct TrainingReleased {
        /// Its entry's id.
        pub release: String,
        pub dataset: String,
        pub snapshot: u64,
        pub exact: u64,
        pub near: u64,
        pub reason: String,
        pub by: String,
        /// RFC 3339.
        pub at: String,
        pub seq: u64,
    }

    /// Command `training_release`: the snapshot may be trained on. Needs a reason where it holds gold.
    pub struct TrainingReleaseRequest {
        pub dataset: String,
        pub snapshot: u64,
        pub reason: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    /// Command `training_withdraw`: it may not, after all.
    pub struct TrainingWithdrawRequest {
        pub release: String,
        pub reason: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct TrainingChanged {
        pub saved: SavedEntry,
    }
}
