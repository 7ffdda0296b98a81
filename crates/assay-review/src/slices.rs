//! Which slices have a name, and who may give one?

use assay_ledger::{Draft, Entry, Event, Ledger, SliceTerms};
use assay_model::{Code, Expression, Fault};

use crate::{Stamp, people, record};

/// Names a slice, or changes what stands under its name. For curators and leads; saying the same again changes nothing.
pub fn define(
    ledger: &mut Ledger,
    stamp: &Stamp,
    slice: &SliceTerms,
    reason: &str,
) -> Result<Option<Entry>, Fault> {
    keeper(ledger, &stamp.actor)?;
    let slice = SliceTerms {
        name: slice.name.trim().to_owned(),
        filter: slice.filter.trim().to_owned(),
        ..slice.clone()
    };
    let refuse = |what: &str, remedy: &str| Err(Fault::new(Code::Usage, what, remedy));
    if slice.name.is_empty() || slice.name.len() > 100 || slice.name.chars().any(char::is_control) {
        return refuse("a slice needs a name of visible characters", "give a name");
    }
    if slice.filter.is_empty() {
        return refuse("a slice needs a condition", "say which samples it holds");
    }
    Expression::parse(&slice.filter)?;
    if let Some(entry) = ledger.entry_by_id(stamp.entry)? {
        return Ok(Some(entry));
    }
    if ledger.slice(&slice.name)?.as_ref() == Some(&slice) {
        return Ok(None);
    }
    let event = Event::SliceDefined {
        slice,
        reason: reason.trim().to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event)).map(Some)
}

/// Takes a name away, with a reason; queues that were drawn from the slice keep their terms.
pub fn remove(ledger: &mut Ledger, stamp: &Stamp, name: &str, reason: &str) -> Result<Entry, Fault> {
    keeper(ledger, &stamp.actor)?;
    let event = Event::SliceRemoved {
        name: name.trim().to_owned(),
        reason: reason.trim().to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// The slice of this name, or a fault that lists those there are.
pub fn find(ledger: &Ledger, name: &str) -> Result<SliceTerms, Fault> {
    if let Some(slice) = ledger.slice(name)? {
        return Ok(slice);
    }
    let names: Vec<String> = ledger.slices()?.into_iter().map(|slice| slice.name).collect();
    let remedy = match names.is_empty() {
        true => "name one first".to_owned(),
        false => format!("known: {}", names.join(", ")),
    };
    Err(Fault::new(
        Code::Usage,
        format!("there is no slice `{name}`"),
        remedy,
    ))
}

fn keeper(ledger: &Ledger, name: &str) -> Result<(), Fault> {
    if people::find(ledger, name)?.role.may_promote() {
        return Ok(());
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!("`{name}` is an expert; only curators and leads may name slices"),
        "ask a curator or a lead",
    ))
}
