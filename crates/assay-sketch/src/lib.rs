//! What does one sample look like from every angle: digest, tokens, language, shingles, passages, style?
//!
//! Pure functions of a sample's parts, by the definitions of the metrics chapter. Nothing here reads
//! files, knows other samples, or compares; `Sketch` is what the comparing crates need.

mod digest;
mod direction;
mod language;
mod normalise;
mod outline;
mod packed;
mod passages;
mod personal;
mod repetition;
mod seen;
mod sentences;
mod sketch;
mod style;
mod terms;
mod tokens;
mod uniform;
mod words;

pub use digest::sample_digest;
pub use direction::is_rtl;
pub use language::{Detected, canonical, detectable, language_mismatch, scripts};
pub use normalise::{normalise, normalise_parts};
pub use passages::{LEAST_TOKENS, Passage, PassageUnit, passage_text};
pub use personal::{PersonalKind, personal_data};
pub use repetition::Repetition;
pub use sketch::{SHINGLE_TOKENS, Sketch, Sketcher, sketch};
pub use style::{PartStyle, STYLE_FIGURES, STYLE_LEAST_WORDS};
pub use terms::{MOST_TERMS, Term, term_of};
pub use tokens::{count_tokens, tokens};
pub use uniform::UniformSort;
pub use words::{WordCounts, WordRow};
