//! Which texts are nearly the same?
//!
//! Texts are sets of 64-bit shingle hashes, kept in a flat file ([`shingles`]). [`find`] joins the sets
//! exactly (every pair at the threshold is found, every reported pair is verified on the full sets) and
//! gathers them in stars around a representative ([`cluster`]): no chains, each text in one star at most.
//!
//! Deliberately absent: the text itself, copies of one text (the caller joins distinct texts only),
//! and what the pairs mean for a dataset.

pub mod cluster;
mod crowd;
mod filter;
mod frequency;
pub mod join;
pub mod pair;
mod postings;
pub mod shingles;
pub mod standing;

pub use cluster::{Member, Star};
pub use pair::{Pair, Settings};
pub use shingles::{SetBuffer, ShingleError, ShingleReader, ShingleWriter, TextSets};
pub use standing::{Reason, Standing};

use assay_model::{Fault, Task};

/// Near-duplicates among the texts of one [`TextSets`].
#[derive(Clone, Debug, Default)]
pub struct Near {
    /// Verified pairs, accepted and rejected, by `(a, b)` with `a < b`.
    pub pairs: Vec<Pair>,
    /// By representative.
    pub stars: Vec<Star>,
    /// Texts with too many partners to list: of their pairs among each other only those with their
    /// representative are in `pairs`. Ascending.
    pub crowded: Vec<u32>,
}

/// Finds near-duplicates and gathers them in stars. `standings[text]` decides who represents whom.
///
/// `fraction` hears how far the work is, from 0 to 1.
pub fn find(
    sets: &TextSets,
    standings: &[Standing],
    settings: &Settings,
    task: &Task,
    fraction: &dyn Fn(f64),
) -> Result<Near, Fault> {
    let joined = join::join(sets, settings, task, fraction)?;
    cluster::gather(sets, joined, standings, settings, task)
}
