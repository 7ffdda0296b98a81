//! Which files of evidence no longer speak?
//!
//! A file that was added is kept in the workspace and speaks of its samples. A curator or lead withdraws it with a reason, and
//! brings it back by adding the very same file again; both are entries of the ledger, so what a file once said and until when
//! stays known. Deliberately absent: the files themselves, and what follows for the samples they speak of.

use std::collections::BTreeMap;

use assay_ledger::{Draft, Entry, Event, Ledger, LogFilter};
use assay_model::{Code, Digest, Fault};

use crate::{Stamp, people, record};

/// A file that does not speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    pub file: Digest,
    pub name: String,
    pub reason: String,
    pub by: String,
    /// RFC 3339.
    pub at: String,
    /// Of the ledger's entry.
    pub seq: u64,
}

/// Records that a file no longer speaks.
pub fn withdraw(
    ledger: &mut Ledger,
    stamp: &Stamp,
    file: Digest,
    name: &str,
    reason: &str,
) -> Result<Entry, Fault> {
    may_withdraw(ledger, &stamp.actor)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Fault::new(
            Code::Usage,
            "withdrawing evidence needs a reason",
            "say why in a few words",
        ));
    }
    if let Some(earlier) = withdrawn(ledger)?.get(&file) {
        return Err(Fault::new(
            Code::NotAllowed,
            format!(
                "`{name}` was withdrawn by {} already, entry {}",
                earlier.by, earlier.seq
            ),
            "add the file again to bring it back",
        ));
    }
    let event = Event::EvidenceWithdrawn {
        file,
        name: name.to_owned(),
        reason: reason.to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Records that a file which was withdrawn speaks again.
pub fn restore(ledger: &mut Ledger, stamp: &Stamp, file: Digest, name: &str) -> Result<Entry, Fault> {
    may_withdraw(ledger, &stamp.actor)?;
    let event = Event::EvidenceRestored {
        file,
        name: name.to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Files that do not speak now, by digest.
pub fn withdrawn(ledger: &Ledger) -> Result<BTreeMap<Digest, Withdrawn>, Fault> {
    let filter = LogFilter {
        kinds: vec!["evidence_withdrawn".to_owned(), "evidence_restored".to_owned()],
        ..LogFilter::default()
    };
    let mut silent = BTreeMap::new();
    for entry in ledger.latest(&filter, None, u64::MAX)?.into_iter().rev() {
        match entry.event {
            Event::EvidenceWithdrawn { file, name, reason } => {
                let withdrawn = Withdrawn {
                    file,
                    name,
                    reason,
                    by: entry.actor,
                    at: entry.at,
                    seq: entry.seq,
                };
                silent.insert(file, withdrawn);
            }
            Event::EvidenceRestored { file, .. } => {
                silent.remove(&file);
            }
            _ => {}
        }
    }
    Ok(silent)
}

fn may_withdraw(ledger: &Ledger, name: &str) -> Result<(), Fault> {
    let person = people::find(ledger, name)?;
    if person.role.may_promote() {
        return Ok(());
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!(
            "`{name}` is neither curator nor lead; only curators and leads may withdraw evidence or bring it back"
        ),
        "ask a curator or a lead",
    ))
}
