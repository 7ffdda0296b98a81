//! Which samples, and what is known of them: what the grid, filters and scripts read.

mod candidates;
mod classes;
mod compile;
mod derivations;
mod facets;
mod fields;
mod found;
mod kept_sets;
mod located;
mod rarity;
mod selection;
mod sets;
mod values;

pub use candidates::CandidateRow;
pub use facets::FieldSummary;
pub(crate) use fields::RESULT_COLUMNS;
pub use located::{GridRow, Located};
pub use selection::{Decisions, Matched, Selection, SelectionTotals};
pub use values::Clustered;
