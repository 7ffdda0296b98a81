//! Which samples of a dataset are another's, word for word or nearly?
//!
//! As `leak`, without shared passages: a text that quotes another is not that text.

use assay_model::{Digest, Fault, Task};

use super::{LeakKind, LeakSettings, LeakSide, Search, Side, same};
use crate::{Inputs, PartText, Texts};

/// Fewest tokens of a text whose copy means anything: shorter ones ("Yes, thank you.") coincide by chance, as in the usual
/// 13-gram overlap.
pub const LEAST_TOKENS: u32 = 13;

/// A sample, and the one among the others that it is a copy or near-duplicate of.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    pub sample: u64,
    pub digest: Digest,
    /// The sample it is like.
    pub other: u64,
    pub kind: LeakKind,
    pub jaccard: f64,
    pub containment: f64,
}

/// Nothing here is read again.
struct Unread;

impl Texts for Unread {
    fn read(&self, _: &[u64], _: &mut dyn FnMut(u64, &str)) -> Result<(), Fault> {
        Ok(())
    }

    fn read_parts(&self, _: &[u64], _: &mut dyn FnMut(u64, &[PartText<'_>])) -> Result<(), Fault> {
        Ok(())
    }
}

/// Every sample of `of` that is, exactly, normalised or nearly, one `among` the others; by its place in `of`.
///
/// Near is verified on the full shingle sets: Jaccard similarity at the threshold, or the sample contained in a text that is
/// no shorter. A longer text that holds one of the others is not that other, and texts under 13 tokens are left out.
pub fn alike(of: &Inputs, among: &Inputs, settings: &LeakSettings, task: &Task) -> Result<Vec<Alike>, Fault> {
    let side = |inputs| LeakSide {
        inputs,
        texts: &Unread,
    };
    let search = Search {
        reference: Side::read(side(of), task)?,
        data: Side::read(side(among), task)?,
        settings,
        task,
    };
    let (samples, others) = (&search.reference.samples, &search.data.samples);
    let mut found = same::find(samples, others);
    let (near, _) = search.near(&mut found, &|pair| {
        pair.jaccard() >= settings.jaccard || pair.size_a <= pair.size_b
    })?;
    let mut rows: Vec<u32> = (0..samples.len() as u32)
        .filter(|&row| found[row as usize].is_some())
        .collect();
    rows.sort_unstable_by_key(|&row| (samples.place[row as usize], row));
    let matched = rows.into_iter().filter_map(|row| {
        let (kind, other) = found[row as usize]?;
        if samples.tokens[row as usize] < LEAST_TOKENS {
            return None;
        }
        let (jaccard, containment) = near.get(&row).copied().unwrap_or((1.0, 1.0));
        Some(Alike {
            sample: samples.sample[row as usize],
            digest: samples.digest[row as usize],
            other: others.sample[other as usize],
            kind,
            jaccard,
            containment,
        })
    });
    Ok(matched.collect())
}
