//! croissant.json: the dataset in Croissant 1.1, for catalogues and loaders.
//!
//! Written from the same facts as the card. Who made the parts stands on their fields as PROV-O, and what the card says of
//! collection, annotation, limits and personal data under the names of the Croissant RAI vocabulary. `check` is a validator that
//! knows nothing of how the document was written. Source: Croissant Format Specification 1.1 (MLCommons, 2026) and the
//! Croissant RAI vocabulary 1.0. Deliberately absent: properties for which there is no fact.

mod check;
mod context;
mod distribution;
mod document;
mod provenance;
mod records;
mod responsible;

pub use check::{Problem, check};
pub(crate) use document::{address, creator, document};
pub(crate) use responsible::collection;
