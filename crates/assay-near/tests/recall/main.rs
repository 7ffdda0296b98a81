//! How many of the near pairs are found, and are all that are found near?
//!
//! - `oracle`: every pair of a corpus by counting each shared shingle, and texts as shingle sets
//! - `corpora`: planted edits, and real texts beside the project
//! - `tables`: recall and precision for each corpus and threshold; `--nocapture` prints the table
//! - `containment`: extracts and quotations, inside a corpus and between two
//! - `scripts`: without spaces, right to left, short, of one template, with one shingle in all

mod containment;
mod corpora;
mod oracle;
mod scripts;
mod tables;
