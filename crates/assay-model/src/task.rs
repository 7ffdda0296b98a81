//! A running piece of work as its caller sees it: progress out, cancellation in.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use crate::{Code, Fault};

/// What a job is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    #[default]
    Walking,
    Reading,
    /// Bringing evidence that came after indexing, and recomputing origins.
    Origins,
    Composition,
    Duplication,
    Passages,
    Coverage,
    Diversity,
    Finishing,
}

/// How far a job is. Counters only grow within a stage; totals are 0 until known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Progress {
    pub stage: Stage,
    pub files_done: u64,
    pub files_total: u64,
    pub files_carried: u64,
    pub files_refused: u64,
    /// Records seen: indexed plus quarantined.
    pub seen: u64,
    pub indexed: u64,
    pub quarantined: u64,
    pub bytes_done: u64,
    pub bytes_total: u64,
    /// Tokens so far by origin, in the order of `Origin::ALL`.
    pub tokens_by_origin: [u64; 4],
    /// From 0 to 1 within a measuring stage.
    pub fraction: f64,
}

type Sink = dyn Fn(&Progress) + Send + Sync;

/// Handed down to every long piece of work. Cloning shares the same cancellation.
#[derive(Clone)]
pub struct Task {
    cancelled: Arc<AtomicBool>,
    sink: Arc<Sink>,
}

impl Task {
    pub fn new(sink: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        Self {
            cancelled: Arc::default(),
            sink: Arc::new(sink),
        }
    }

    /// A task that nobody watches.
    pub fn silent() -> Self {
        Self::new(|_| {})
    }

    pub fn report(&self, progress: &Progress) {
        (self.sink)(progress);
    }

    /// Asks the work to stop at its next safe point.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Fails with `cancelled` once the task was cancelled: called in every loop over user data.
    pub fn check(&self) -> Result<(), Fault> {
        if !self.is_cancelled() {
            return Ok(());
        }
        Err(Fault::new(
            Code::Cancelled,
            "stopped on request",
            "the previous snapshot stands; index again when you like",
        ))
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task")
            .field("cancelled", &self.is_cancelled())
            .finish_non_exhaustive()
    }
}
