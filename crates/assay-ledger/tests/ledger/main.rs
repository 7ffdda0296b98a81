//! What the ledger promises, tried from outside.
//!
//! - `append`: an act becomes an entry once, or not at all
//! - `bulk`: acts on many samples stand, are taken back as a whole, and leave gold alone
//! - `duplicates`: judgements about duplicates stand, are taken back, and keep their rules
//! - `guards`: recorded entries cannot be changed, not even by our own connection
//! - `opening`: one owner, readers beside it, strangers refused
//! - `tampering`: every kind of change is found and named
//! - `killed`: what was acknowledged survives kill -9
//! - `cut_short`: a crash while the database is not in WAL mode
//! - `damage`: cut and flipped files, 0 silent
//! - `power_cut`: what a power cut leaves, replayed from a recording
//! - `syscalls`: system calls that fail or at which the process dies
//! - `full_disk`: a small disk that is full
//! - `model`: the ledger beside a model of it
//! - `machines`: a machine's answers are kept and count for nothing that people decide
//! - `journal`: what the database loses, the journal brings back
//! - `restoring`: damage is set aside, and what comes back is told
//! - `rules`: acts that the ledger refuses, whoever appends them
//! - `replay`: projections equal what the log says

mod append;
mod bulk;
mod cut_short;
mod damage;
mod duplicates;
mod effort;
mod full_disk;
mod guards;
mod hand;
mod journal;
mod killed;
mod machines;
mod model;
mod opening;
mod power_cut;
mod recording;
mod replay;
mod restoring;
mod rules;
mod signing;
mod syscalls;
mod tampering;
mod world;
