//! JSON: one value as a whole, and files of many records piece by piece.

mod document;
mod extent;
mod lines;
mod parse;

pub(crate) use document::{element, read as read_document, with_key};
pub(crate) use extent::{Extent, extent, value_end};
pub(crate) use lines::read as read_lines;
pub(crate) use parse::{Broken, Parsed, not_utf8, parse_bytes};
