//! Duplicates beyond one snapshot's own arithmetic.
//!
//! - `judgements`: what people said, and what follows for pairs, clusters, rates and what is kept
//! - `across`: between datasets and snapshots
//! - `inside`: repetition within one sample
//! - `leaks`: planted references with slips, cuts and quotations

mod across;
#[path = "../fixture/mod.rs"]
mod fixture;
mod inside;
mod judgements;
mod leaks;
