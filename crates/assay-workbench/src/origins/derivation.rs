//! How far are a snapshot's records from what people wrote? From the index's records to the report's entry.

use assay_index::{Index, Snapshot};
use assay_measure::derivation::{Depth, Record, depths, summary};
use assay_model::report::Derivation;
use assay_model::{Code, Fault, Flag};

use crate::samples::located;

/// What was found, and what to store of it.
#[derive(Default)]
pub(crate) struct Derived {
    /// `None` where no record names its parent.
    pub report: Option<Derivation>,
    /// Depth by sample; none where its chain leads back to itself.
    pub depths: Vec<(u64, Option<u64>)>,
    /// One for each record whose chain leads back to itself, at most `flagged`.
    pub flags: Vec<Flag>,
    pub cyclic: u64,
}

/// Works the depths of a snapshot's records out.
pub(crate) fn derive(index: &Index, snapshot: &Snapshot, flagged: usize) -> Result<Derived, Fault> {
    let (samples, records): (Vec<u64>, Vec<Record>) = index
        .ties(snapshot)?
        .into_iter()
        .map(|tie| {
            let record = Record {
                key: tie.key,
                origin: tie.origin,
                tokens: tie.tokens,
                parents: tie.parents,
            };
            (tie.sample, record)
        })
        .unzip();
    if records.is_empty() {
        return Ok(Derived::default());
    }
    let found = depths(&records);
    let mut derived = Derived {
        report: Some(summary(&records, &found)),
        ..Derived::default()
    };
    for (sample, depth) in samples.into_iter().zip(found) {
        match depth {
            Depth::Steps(steps) => derived.depths.push((sample, Some(steps))),
            Depth::Cyclic => {
                derived.depths.push((sample, None));
                derived.cyclic += 1;
                if derived.flags.len() < flagged {
                    let located = located(index, snapshot, sample)?;
                    derived.flags.push(Flag {
                        path: located.path,
                        line: Some(located.line),
                        code: Code::DerivationCycle,
                        message: "a chain of parents leads back to this record, or to one it was made from"
                            .to_owned(),
                    });
                }
            }
            Depth::Unknown | Depth::Unrecorded => {}
        }
    }
    Ok(derived)
}
