//! Why is a sample held to be human or a machine's, and what changed that?
//!
//! Indexing writes what it found beside each sample. What comes later (a reviewer's judgement, a dataset marked as a model's
//! output, a file) is kept by digest, so that it finds its samples in every snapshot, and copied beside them when origins are
//! recomputed. Feature columns never change: what they say of a relabelled sample is corrected by an overlay.
//! Deliberately absent: who may bring evidence, and how near-duplicates are found.

mod added;
mod authorship;
mod history;
mod lines;
pub(crate) mod part_origins;
mod recompute;
pub(crate) mod stored;

pub use added::{AddedRow, Addition, AdditionKind, EvidenceWriter, Spoken};
pub use authorship::Authorship;
pub use history::{BroughtBy, EvidenceRow, RelabelledRow, Tie};
pub use lines::{evidence_lines, rejected_evidence};
pub use recompute::Recomputed;
