//! Which texts are nearly the same?
//!
//! Texts are sets of 64-bit shingle hashes, kept in a flat file ([`shingles`]). [`find`] joins the sets
//! exactly (every pair at the threshold is found, every reported pair is verified on the full sets) and
//! gathers them in stars around a representative ([`cluster`]): no chains, each text in one star at most.
//!
//! Deliberately absent: the text itself, copies of one text (the caller joins distinct texts only),
//! and what the pairs mean for a dataset.

mod apart;
pub mod cluster;
mod crowd;
mod filter;
mod frequency;
pub mod join;
pub mod pair;
mod postings;
pub mod shingles;
pub mod standing;

pub use apart::Apart;
pub use cluster::{Member, Star};
pub use pair::{Pair, Settings};
pub use shingles::{SetBuffer, ShingleError, ShingleReader, ShingleWriter, TextSets};
pub use standing::{Reason, Standing};

use join::Scope;

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
/// Texts that somebody judged `apart` never stand in each other's star; their pair is listed all the same, with
/// what was measured. `fraction` hears how far the work is, from 0 to 1.
pub fn find(
    sets: &TextSets,
    standings: &[Standing],
    apart: &Apart,
    settings: &Settings,
    task: &Task,
    fraction: &dyn Fn(f64),
) -> Result<Near, Fault> {
    let joined = join::join(sets, Scope::All, settings, task, fraction)?;
    cluster::gather(sets, joined, standings, apart, settings, task)
}

/// Near pairs between the texts before `second` and those from there on.
#[derive(Clone, Debug, Default)]
pub struct Across {
    /// Verified and accepted, by `(a, b)`; `a` is of the first side, `b` of the second.
    pub pairs: Vec<Pair>,
    /// Texts with more candidates than the settings allow to verify: some of their pairs may be missing. Ascending.
    pub crowded: Vec<u32>,
}

/// Finds the near pairs between two sides: which texts of the first occur, nearly, in the second?
pub fn between(
    sets: &TextSets,
    second: u32,
    settings: &Settings,
    task: &Task,
    fraction: &dyn Fn(f64),
) -> Result<Across, Fault> {
    let joined = join::join(sets, Scope::Between { second }, settings, task, fraction)?;
    let crowded = (0..sets.len() as u32)
        .filter(|&text| joined.crowded[text as usize])
        .collect();
    Ok(Across {
        pairs: joined.pairs,
        crowded,
    })
}
