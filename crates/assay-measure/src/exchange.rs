//! Which samples were kept, added and left out from one snapshot to another?

use assay_model::{Digest, Fault, Origin, Task};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::Inputs;
use crate::columns::Samples;

/// Rows by origin, in the order of `Origin::ALL`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByOrigin {
    pub human: u64,
    pub mixed: u64,
    pub machine: u64,
    pub unknown: u64,
}

impl ByOrigin {
    fn add(&mut self, origin: Origin) {
        *match origin {
            Origin::Human => &mut self.human,
            Origin::Mixed => &mut self.mixed,
            Origin::Machine => &mut self.machine,
            Origin::Unknown => &mut self.unknown,
        } += 1;
    }
}

/// What became of the rows of `a`, and where those of `b` come from. Copies are counted: two of three may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// In both, by the origin they have in `b`.
    pub kept: ByOrigin,
    pub added: ByOrigin,
    pub left_out: ByOrigin,
    /// Of those kept, how many have another origin in `b`.
    pub relabelled: u64,
}

/// Matches the rows of two snapshots by digest.
pub fn exchange(a: &Inputs, b: &Inputs, task: &Task) -> Result<Exchange, Fault> {
    let (a, b) = (Samples::read(a, task)?, Samples::read(b, task)?);
    let mut before: FxHashMap<Digest, Vec<Origin>> = FxHashMap::default();
    for row in 0..a.len() {
        before.entry(a.digest[row]).or_default().push(a.origin[row]);
    }
    // Copies of one digest are matched first with those of their own origin.
    let mut open: Vec<(Digest, Origin)> = Vec::new();
    let mut exchange = Exchange::default();
    for row in 0..b.len() {
        let (digest, origin) = (b.digest[row], b.origin[row]);
        let same = before
            .get_mut(&digest)
            .and_then(|origins| Some((origins.iter().position(|&each| each == origin)?, origins)));
        match same {
            Some((place, origins)) => {
                origins.swap_remove(place);
                exchange.kept.add(origin);
            }
            None => open.push((digest, origin)),
        }
    }
    for (digest, origin) in open {
        match before.get_mut(&digest).and_then(Vec::pop) {
            Some(_) => {
                exchange.kept.add(origin);
                exchange.relabelled += 1;
            }
            None => exchange.added.add(origin),
        }
    }
    before
        .into_values()
        .flatten()
        .for_each(|origin| exchange.left_out.add(origin));
    Ok(exchange)
}
