//! What has a person written on a dataset's card, and who may?
//!
//! Texts are versioned by being written anew: the latest of a section stands, an empty one opens the section again, and every
//! earlier one is kept. The text lies beside the log, like every note. Deliberately absent: figures, which a card takes from
//! queries and never from these texts.

use std::collections::BTreeMap;

use assay_ledger::{Draft, Entry, Event, Ledger, LogFilter};
use assay_model::{AuthoredSection, Code, Fault};
use uuid::Uuid;

use crate::{Stamp, people, record};

/// Longest text of a section, in bytes.
pub const LONGEST_BYTES: usize = 32 * 1024;

/// One version of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardText {
    pub entry: Uuid,
    pub seq: u64,
    pub section: AuthoredSection,
    /// Empty where it opened the section again.
    pub text: String,
    pub by: String,
    /// RFC 3339.
    pub at: String,
}

/// Writes a section anew. For curators and leads; saying what stands already changes nothing.
pub fn write(
    ledger: &mut Ledger,
    stamp: &Stamp,
    dataset: &str,
    section: AuthoredSection,
    text: &str,
) -> Result<Option<Entry>, Fault> {
    writer(ledger, &stamp.actor)?;
    let text = text.trim();
    if text.len() > LONGEST_BYTES {
        return Err(Fault::new(
            Code::Usage,
            format!(
                "a section of a card holds {LONGEST_BYTES} bytes at most; this text has {}",
                text.len()
            ),
            "shorten it, or name a document that says the rest",
        ));
    }
    if let Some(entry) = ledger.entry_by_id(stamp.entry)? {
        return Ok(Some(entry));
    }
    let stands = standing(ledger, dataset)?.remove(&section);
    if stands.map_or(String::new(), |stands| stands.text) == text {
        return Ok(None);
    }
    let event = Event::CardTextWritten {
        dataset: dataset.to_owned(),
        section,
    };
    let mut draft = Draft::new(stamp.entry, stamp.at, &stamp.actor, event);
    draft.note = Some(text.to_owned()).filter(|text| !text.is_empty());
    record(ledger, draft).map(Some)
}

/// Every version of every section of a dataset's card, latest first.
pub fn versions(ledger: &Ledger, dataset: &str) -> Result<Vec<CardText>, Fault> {
    let filter = LogFilter {
        kinds: vec!["card_text_written".to_owned()],
        ..LogFilter::default()
    };
    let mut found = Vec::new();
    for entry in ledger.latest(&filter, None, u64::MAX)? {
        match entry.event {
            Event::CardTextWritten { dataset: of, section } if of == dataset => found.push(CardText {
                text: ledger.note(entry.id)?.unwrap_or_default(),
                entry: entry.id,
                seq: entry.seq,
                section,
                by: entry.actor,
                at: entry.at,
            }),
            _ => {}
        }
    }
    Ok(found)
}

/// The texts that stand, by section; sections that are open are absent.
pub fn standing(ledger: &Ledger, dataset: &str) -> Result<BTreeMap<AuthoredSection, CardText>, Fault> {
    let mut latest = BTreeMap::new();
    for version in versions(ledger, dataset)? {
        latest.entry(version.section).or_insert(version);
    }
    latest.retain(|_, version: &mut CardText| !version.text.is_empty());
    Ok(latest)
}

fn writer(ledger: &Ledger, name: &str) -> Result<(), Fault> {
    if people::find(ledger, name)?.role.may_promote() {
        return Ok(());
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!("`{name}` is neither curator nor lead; only curators and leads may write on a card"),
        "ask a curator or a lead",
    ))
}
