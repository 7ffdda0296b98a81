//! The words of Assay: what a sample, an origin, a map, an expression and a report are.
//!
//! This crate answers "what are we talking about?" for every other crate. It does no I/O, reads
//! no clock and draws no random numbers; what needs them is handed them.

pub mod authored;
pub mod canonical;
pub mod digest;
pub mod evidence;
pub mod expression;
pub mod fault;
pub mod field_map;
pub mod halves;
pub mod hidden;
pub mod history;
pub mod keep_policy;
pub mod locator;
pub mod merkle;
pub mod origin;
mod remedy;
pub mod report;
pub mod resolution;
pub mod results;
pub mod sample;
pub mod tail;
pub mod task;
pub mod value;

pub use authored::AuthoredSection;
pub use digest::Digest;
pub use evidence::{Evidence, EvidenceKind, GenerationRecord};
pub use expression::Expression;
pub use fault::{Code, Fault};
pub use field_map::{CutOff, FieldMap, PartRule, ProvenanceRule};
pub use history::{Cause, OriginChange, OriginState};
pub use keep_policy::KeepPolicy;
pub use locator::Locator;
pub use origin::{Origin, SourceClass};
pub use report::Report;
pub use resolution::{Resolution, Resolved, resolve};
pub use sample::{Flag, MappedSample, Part, Quarantine, Refusal};
pub use task::{Progress, Stage, Task};
pub use value::Value;
