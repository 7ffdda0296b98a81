//! Who may act, and as what?

use assay_ledger::{Draft, Entry, Event, Ledger, Person, Role};
use assay_model::{Code, Fault};

use crate::{Stamp, record};

/// Adds a person. The stamp's actor is whoever adds them, themselves included.
pub fn add(ledger: &mut Ledger, stamp: &Stamp, name: &str, role: Role) -> Result<Entry, Fault> {
    let name = name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Fault::new(
            Code::Usage,
            "a person needs a name of visible characters",
            "give a name",
        ));
    }
    record(
        ledger,
        Draft::new(
            stamp.entry,
            stamp.at,
            &stamp.actor,
            Event::PersonAdded {
                name: name.to_owned(),
                role,
            },
        ),
    )
}

/// Everyone who is no machine, in the order they were added: whose answers count.
pub fn humans(ledger: &Ledger) -> Result<Vec<Person>, Fault> {
    let mut people = ledger.people()?;
    people.retain(|person| person.role.is_human());
    Ok(people)
}

/// Everyone, in the order they were added.
pub fn list(ledger: &Ledger) -> Result<Vec<Person>, Fault> {
    ledger.people()
}

/// The person with this name, or a fault that lists who is there.
pub fn find(ledger: &Ledger, name: &str) -> Result<Person, Fault> {
    if let Some(person) = ledger.person(name)? {
        return Ok(person);
    }
    let names: Vec<String> = ledger.people()?.into_iter().map(|person| person.name).collect();
    let remedy = if names.is_empty() {
        "add them with `assay person add`".to_owned()
    } else {
        format!("known: {}; add others with `assay person add`", names.join(", "))
    };
    Err(Fault::new(
        Code::UnknownPerson,
        format!("there is no person named `{name}`"),
        remedy,
    ))
}

/// The person with this name if their role may change the gold set.
pub(crate) fn keeper_of_gold(ledger: &Ledger, name: &str) -> Result<Person, Fault> {
    let person = find(ledger, name)?;
    if person.role.may_promote() {
        return Ok(person);
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!("`{name}` is neither curator nor lead; only curators and leads may change the gold set"),
        "ask a curator or a lead",
    ))
}
