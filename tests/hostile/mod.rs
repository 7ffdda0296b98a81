//! Bad inputs, generated here, each test named after its row in the table of hostile inputs.
//!
//! In every one the application lives, seen = indexed + quarantined, the source stays as it was and a second run says the same.

mod archives;
mod columnar;
mod encodings;
mod killed;
mod lines;
mod places;
mod tables;
mod texts;
