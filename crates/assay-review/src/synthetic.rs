//! Which datasets are the output of a model of one's own?
//!
//! A curator or lead says so, with the model's name and a reason, and can take it back. What follows for samples that are like
//! those of such a dataset is the index's.

use std::collections::HashMap;

use assay_ledger::{Draft, Entry, Event, Ledger, LogFilter};
use assay_model::{Code, Fault};

use crate::{Stamp, people, record};

/// A dataset that is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub dataset: String,
    pub generator: String,
    pub reason: String,
    pub by: String,
    /// RFC 3339.
    pub at: String,
    /// Of the ledger's entry.
    pub seq: u64,
    pub id: uuid::Uuid,
}

/// A mark that was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmarked {
    /// Entry of the mark that was taken back.
    pub mark: uuid::Uuid,
    pub by: String,
    /// RFC 3339.
    pub at: String,
    pub seq: u64,
}

/// Records that a dataset is a model's output.
pub fn mark(
    ledger: &mut Ledger,
    stamp: &Stamp,
    dataset: &str,
    generator: &str,
    reason: &str,
) -> Result<Entry, Fault> {
    may_mark(ledger, &stamp.actor)?;
    let generator = said(
        generator,
        "the model that made the dataset has no name",
        "name the model",
    )?;
    let reason = said(reason, "a mark needs a reason", "say why in a few words")?;
    let event = Event::SyntheticMarked {
        dataset: dataset.to_owned(),
        generator,
        reason,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Records that it is not, after all.
pub fn unmark(ledger: &mut Ledger, stamp: &Stamp, dataset: &str, reason: &str) -> Result<Entry, Fault> {
    may_mark(ledger, &stamp.actor)?;
    let event = Event::SyntheticUnmarked {
        dataset: dataset.to_owned(),
        reason: said(
            reason,
            "taking a mark back needs a reason",
            "say why in a few words",
        )?,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Marks that stand, in the order they were made, and those that were taken back.
pub fn marks(ledger: &Ledger) -> Result<(Vec<Mark>, Vec<Unmarked>), Fault> {
    let filter = LogFilter {
        kinds: vec!["synthetic_marked".to_owned(), "synthetic_unmarked".to_owned()],
        ..LogFilter::default()
    };
    let mut entries = ledger.latest(&filter, None, u64::MAX)?;
    entries.reverse();
    let mut standing: HashMap<String, Mark> = HashMap::new();
    let mut gone = Vec::new();
    for entry in entries {
        match entry.event {
            Event::SyntheticMarked {
                dataset,
                generator,
                reason,
            } => {
                let mark = Mark {
                    dataset: dataset.clone(),
                    generator,
                    reason,
                    by: entry.actor,
                    at: entry.at,
                    seq: entry.seq,
                    id: entry.id,
                };
                standing.insert(dataset, mark);
            }
            Event::SyntheticUnmarked { dataset, .. } => {
                if let Some(mark) = standing.remove(&dataset) {
                    gone.push(Unmarked {
                        mark: mark.id,
                        by: entry.actor,
                        at: entry.at,
                        seq: entry.seq,
                    });
                }
            }
            _ => {}
        }
    }
    let mut standing: Vec<Mark> = standing.into_values().collect();
    standing.sort_by_key(|mark| mark.seq);
    Ok((standing, gone))
}

fn said(text: &str, missing: &str, remedy: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::new(Code::Usage, missing, remedy));
    }
    Ok(text.to_owned())
}

fn may_mark(ledger: &Ledger, name: &str) -> Result<(), Fault> {
    let person = people::find(ledger, name)?;
    if person.role.may_promote() {
        return Ok(());
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!(
            "`{name}` is neither curator nor lead; only curators and leads may say that a dataset is a model's output"
        ),
        "ask a curator or a lead",
    ))
}
