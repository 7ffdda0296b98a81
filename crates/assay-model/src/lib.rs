//! The words of Assay: what a sample, an origin, a map, an expression and a report are.
//!
//! This crate answers "what are we talking about?" for every other crate. It does no I/O, reads
//! no clock and draws no random numbers; what needs them is handed them.

pub mod canonical;
pub mod digest;
pub mod evidence;
pub mod expression;
pub mod fault;
pub mod field_map;
pub mod locator;
pub mod merkle;
pub mod origin;
pub mod report;
pub mod results;
pub mod sample;
pub mod task;
pub mod value;

pub use digest::Digest;
pub use evidence::{Evidence, EvidenceKind};
pub use expression::Expression;
pub use fault::{Code, Fault};
pub use field_map::{FieldMap, PartRule, ProvenanceRule};
pub use locator::Locator;
pub use origin::{Origin, SourceClass};
pub use report::Report;
pub use sample::{Flag, MappedSample, Part, Quarantine, Refusal};
pub use task::{Progress, Stage, Task};
pub use value::Value;
