//! The rules of review, tried over a real ledger.
//!
//! - `queues`: frozen draws, and what comes next
//! - `adjudicating`: disputes, and what nobody may read before they have answered
//! - `apart`: what is said of duplicates
//! - `bulk`: acts on many samples, and machines, count for nothing that people decide
//! - `deciding`: verdicts, undo and redo, against a model of what they mean
//! - `files`: decisions from a file
//! - `revealing`: machine opinions, sealed until answered
//! - `rubrics`: versions, and what becomes of answers to earlier ones
//! - `packs`: answers from other machines, in any order
//! - `gold`: what may become gold, and what stays so
//! - `incidents`: what went wrong in use
//! - `card_texts`: what a person writes on a dataset's card

mod adjudicating;
mod apart;
mod bulk;
mod card_texts;
mod deciding;
mod files;
mod gold;
mod incidents;
mod packs;
mod queues;
mod revealing;
mod rubrics;
mod witnesses;
mod world;
