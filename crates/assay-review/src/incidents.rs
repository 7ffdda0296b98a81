//! What went wrong where a model was used?
//!
//! An incident is reported once and never changed. Its text is kept beside the log, like every note. Deliberately absent: which
//! samples are like it, which is the index's to find.

use assay_ledger::{Draft, Entry, Event, IncidentSeverity, Ledger, LogFilter};
use assay_model::{Code, Digest, Fault};
use jiff::civil::Date;
use uuid::Uuid;

use crate::{Stamp, people, record};

/// An incident as it is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub title: String,
    /// What was written or said; empty where a sample says it.
    pub text: String,
    pub sample: Option<Digest>,
    /// `YYYY-MM-DD`, not after the day of the report.
    pub happened: String,
    pub severity: IncidentSeverity,
}

/// An incident as it stands in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    pub id: Uuid,
    pub seq: u64,
    pub by: String,
    /// When it was reported, RFC 3339.
    pub at: String,
    pub of: Report,
}

/// Records an incident. For anyone who is known here.
pub fn report(ledger: &mut Ledger, stamp: &Stamp, report: &Report, today: Date) -> Result<Entry, Fault> {
    people::find(ledger, &stamp.actor)?;
    let (title, text) = (report.title.trim(), report.text.trim());
    if title.is_empty() {
        return Err(unusable(
            "an incident needs a title",
            "say in a few words what went wrong",
        ));
    }
    if text.is_empty() && report.sample.is_none() {
        return Err(unusable(
            "an incident needs the text that went wrong, or the sample",
            "paste what was asked and answered, or give a digest",
        ));
    }
    let happened: Date = report
        .happened
        .trim()
        .parse()
        .map_err(|_| unusable("the day of an incident is written as YYYY-MM-DD", "write the day"))?;
    if happened > today {
        return Err(unusable(
            "an incident has happened already",
            "give a day up to today",
        ));
    }
    let event = Event::IncidentReported {
        title: title.to_owned(),
        happened: happened.to_string(),
        severity: report.severity,
        sample: report.sample,
    };
    let mut draft = Draft::new(stamp.entry, stamp.at, &stamp.actor, event);
    draft.note = Some(text.to_owned()).filter(|text| !text.is_empty());
    record(ledger, draft)
}

fn unusable(what: &str, remedy: &str) -> Fault {
    Fault::new(Code::Usage, what, remedy)
}

/// Every incident, latest first.
pub fn list(ledger: &Ledger) -> Result<Vec<Incident>, Fault> {
    let filter = LogFilter {
        kinds: vec!["incident_reported".to_owned()],
        ..LogFilter::default()
    };
    let mut found = Vec::new();
    for entry in ledger.latest(&filter, None, u64::MAX)? {
        if let Event::IncidentReported {
            title,
            happened,
            severity,
            sample,
        } = entry.event
        {
            let text = ledger.note(entry.id)?.unwrap_or_default();
            found.push(Incident {
                id: entry.id,
                seq: entry.seq,
                by: entry.actor,
                at: entry.at,
                of: Report {
                    title,
                    text,
                    sample,
                    happened,
                    severity,
                },
            });
        }
    }
    Ok(found)
}

/// The incident with this id.
pub fn find(ledger: &Ledger, id: Uuid) -> Result<Incident, Fault> {
    let found = list(ledger)?.into_iter().find(|incident| incident.id == id);
    found.ok_or_else(|| {
        Fault::new(
            Code::NotFound,
            "there is no such incident",
            "choose one of the list",
        )
    })
}
