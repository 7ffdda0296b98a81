//! What the ledger promises, tried from outside.
//!
//! - `append`: an act becomes an entry once, or not at all
//! - `bulk`: acts on many samples stand, are taken back as a whole, and leave gold alone
//! - `duplicates`: judgements about duplicates stand, are taken back, and keep their rules
//! - `guards`: recorded entries cannot be changed, not even by our own connection
//! - `opening`: one owner, readers beside it, strangers refused
//! - `tampering`: every kind of change is found and named
//! - `killed`: what was acknowledged survives kill -9
//! - `machines`: a machine's answers are kept and count for nothing that people decide
//! - `journal`: what the database loses, the journal brings back
//! - `restoring`: damage is set aside, and what comes back is told
//! - `rules`: acts that the ledger refuses, whoever appends them
//! - `replay`: projections equal what the log says

mod append;
mod bulk;
mod duplicates;
mod guards;
mod journal;
mod killed;
mod machines;
mod opening;
mod replay;
mod restoring;
mod rules;
mod signing;
mod tampering;
mod world;
