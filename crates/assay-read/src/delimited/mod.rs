//! CSV and its kin: which dialect, which header, which rows.

mod dialect;
mod rows;
mod scan;

pub(crate) use dialect::{guess, quotes_hold_throughout};
pub(crate) use rows::{header, read, record};
