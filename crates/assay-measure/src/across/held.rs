//! Which samples of one side does another hold, as they are or nearly?
//!
//! The join of two sides, told by sample: every copy is named, each under the kind by which it is like the one it was found for.

use std::collections::BTreeSet;

use assay_model::{Digest, Fault, Task};

use super::{Join, Side};
use crate::{Inputs, Judgements, Kind};

/// A sample of the data that is a text of the reference, or nearly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// The text of the reference that it was found for.
    pub reference: Digest,
    pub sample: u64,
    pub digest: Digest,
    pub kind: Kind,
    pub jaccard: f64,
}

/// Every sample of `data` that is like a text of `reference`, once for each such text. The threshold is that of the reference's
/// settings. Pairs judged to be no duplicates are left out; texts with too many partners are counted beside it.
pub fn held(
    reference: &Inputs,
    data: &Inputs,
    judgements: &Judgements,
    task: &Task,
) -> Result<(Vec<Held>, u64), Fault> {
    let sides = [Side::read(reference, task)?, Side::read(data, task)?];
    let join = Join {
        sides: &sides,
        a: 0,
        b: 1,
        judgements,
        task,
        report: &|_| {},
    };
    let mut pairs = join.shared();
    let crowded = join.near(&mut pairs)?;
    let mut found = Vec::new();
    for pair in pairs.iter().filter(|pair| join.judged(pair).is_none()) {
        task.check()?;
        let texts: BTreeSet<Digest> = sides[0].digests(pair.a).map(|(digest, _)| digest).collect();
        for reference in texts {
            found.extend(sides[1].digests(pair.b).map(|(digest, row)| Held {
                reference,
                sample: sides[1].samples.sample[row as usize],
                digest,
                kind: match digest == reference {
                    true => Kind::Exact,
                    false => pair.kind.max(Kind::Normalised),
                },
                jaccard: pair.jaccard,
            }));
        }
    }
    found.sort_unstable_by_key(|held| (held.reference, held.kind, held.sample));
    Ok((found, crowded))
}
