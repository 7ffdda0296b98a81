//! Which samples, and what is known of them: what the grid, filters and scripts read.

mod compile;
mod facets;
mod located;
mod selection;
mod sets;

pub use facets::FieldSummary;
pub use located::{GridRow, Located};
pub use selection::{Decisions, Selection, SelectionTotals};
