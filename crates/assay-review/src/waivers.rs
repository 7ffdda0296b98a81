//! Which gates are waived, by whom, and until when?

use assay_ledger::{Draft, Entry, Event, Ledger, LogFilter, Role, Waiver};
use assay_model::{Code, Fault};
use jiff::civil::Date;

use crate::{Stamp, people, record};

/// A waiver as it stands in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    pub waiver: Waiver,
    pub by: String,
    pub seq: u64,
}

/// Records a waiver. For leads, with a reason and a last day that is not over.
pub fn waive(ledger: &mut Ledger, stamp: &Stamp, waiver: Waiver, today: Date) -> Result<Entry, Fault> {
    let person = people::find(ledger, &stamp.actor)?;
    if person.role != Role::Lead {
        return Err(Fault::new(
            Code::NotAllowed,
            format!(
                "`{}` is {}; only leads may waive a gate",
                person.name,
                with_article(person.role)
            ),
            "ask a lead",
        ));
    }
    if waiver.reason.trim().is_empty() {
        return Err(Fault::new(
            Code::Usage,
            "a waiver needs a reason",
            "say why in a few words",
        ));
    }
    if last_day(&waiver)? < today {
        return Err(Fault::new(
            Code::Usage,
            format!("the last day {} is over", waiver.until),
            "give a day from today on",
        ));
    }
    record(
        ledger,
        Draft::new(stamp.entry, stamp.at, &stamp.actor, Event::GateWaived { waiver }),
    )
}

/// Waivers whose last day is not over, latest first.
pub fn standing(ledger: &Ledger, today: Date) -> Result<Vec<Waived>, Fault> {
    let filter = LogFilter {
        kinds: vec!["gate_waived".to_owned()],
        ..LogFilter::default()
    };
    let mut found = Vec::new();
    for entry in ledger.latest(&filter, None, u64::MAX)? {
        if let Event::GateWaived { waiver } = entry.event
            && last_day(&waiver)? >= today
        {
            found.push(Waived {
                waiver,
                by: entry.actor,
                seq: entry.seq,
            });
        }
    }
    Ok(found)
}

fn last_day(waiver: &Waiver) -> Result<Date, Fault> {
    waiver.until.parse().map_err(|_| {
        Fault::new(
            Code::Usage,
            format!("`{}` is no day", waiver.until),
            "write it as YYYY-MM-DD",
        )
    })
}

fn with_article(role: Role) -> &'static str {
    match role {
        Role::Expert => "an expert",
        Role::Curator => "a curator",
        Role::Lead => "a lead",
        Role::Machine => "a machine",
    }
}
