//! Bad inputs, generated here, each test named after its row in the table of hostile inputs.
//!
//! In every one the application lives, seen = indexed + quarantined, the source stays as it was and a second run says the same.

mod archives;
mod clocks;
mod columnar;
mod encodings;
mod exports;
mod filters;
mod killed;
mod lines;
mod mutants;
mod places;
mod rules;
mod shown;
mod tables;
mod texts;
mod workspaces;
