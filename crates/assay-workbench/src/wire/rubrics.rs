//! Rubrics: every version there is, and the next.

use std::collections::BTreeMap;

use super::{Rubric, RubricCriterion, SavedEntry, wire};

wire! {
    /// Command `rubrics`, no request: by name, the latest version first.
    pub struct RubricInfo {
        /// `name@version`.
        pub id: String,
        pub rubric: Rubric,
        /// Whether the ledger holds it; a template is recorded when a queue first needs it.
        pub recorded: bool,
        /// Whether no later version is there.
        pub latest: bool,
        /// RFC 3339 and who; empty for templates.
        pub added: String,
        pub added_by: String,
        /// Queues that ask it now.
        pub queues: Vec<RubricQueue>,
    }

    pub struct RubricQueue {
        pub queue: String,
        pub name: String,
        /// Answers that stand in it.
        pub answers: u64,
    }

    /// Command `rubric_add`: records the next version of its name; the same questions again are the same version.
    pub struct RubricAddRequest {
        pub name: String,
        /// By key from 1.
        pub labels: Vec<String>,
        pub criteria: Vec<RubricCriterion>,
        /// By digit from 1.
        pub exclude_reasons: Vec<String>,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct RubricAdded {
        /// `name@version` as it stands now.
        pub id: String,
        /// `None` where the latest version asks the same already.
        pub saved: Option<SavedEntry>,
    }

    /// Command `rubric_follow`: a queue asks a later version from now on.
    pub struct RubricFollowRequest {
        pub queue: String,
        /// `name@version`.
        pub to: String,
        pub answers: EarlierAnswersChoice,
        /// For `map`: earlier label to later label.
        #[serde(default)]
        pub labels: BTreeMap<String, String>,
        /// For `map`: by the earlier criterion's id.
        #[serde(default)]
        pub criteria: BTreeMap<String, CriterionMap>,
        pub reason: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum EarlierAnswersChoice { StillValid, AskAgain, Map }

    pub struct CriterionMap {
        /// The later criterion's id.
        pub to: String,
        /// Earlier score to later score; every score stays where this is empty.
        pub scores: BTreeMap<String, u64>,
    }

    pub struct RubricFollowed {
        pub saved: SavedEntry,
        pub queue: super::QueueInfo,
    }
}
