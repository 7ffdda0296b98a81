//! What went wrong in use, as it is reported and read again.

use assay_model::Code;
use assay_review::incidents::{self, Report};
use assay_review::{IncidentSeverity, words};
use jiff::civil::date;

use crate::world::{by, world};

fn dosing() -> Report {
    Report {
        title: "Wrong dose for a child".to_owned(),
        text: "Asked for 20 kg, it answered for an adult.".to_owned(),
        sample: None,
        happened: "2026-11-02".to_owned(),
        severity: IncidentSeverity::High,
    }
}

#[test]
fn an_incident_is_read_as_it_was_reported_and_its_text_is_not_in_the_log() {
    let mut world = world();
    let today = date(2026, 11, 3);
    let stamp = by("Maria");
    let entry = incidents::report(&mut world.ledger, &stamp, &dosing(), today).unwrap();
    assert_eq!(
        incidents::report(&mut world.ledger, &stamp, &dosing(), today).unwrap(),
        entry,
        "a repetition is one act"
    );
    assert!(!entry.body.contains("20 kg"), "{}", entry.body);
    assert_eq!(
        words::describe(&entry),
        "Incident of 2026-11-02, high: Wrong dose for a child"
    );
    let found = incidents::list(&world.ledger).unwrap();
    assert_eq!(
        (found.len(), &found[0].of, found[0].by.as_str()),
        (1, &dosing(), "Maria")
    );
    assert_eq!(incidents::find(&world.ledger, entry.id).unwrap(), found[0]);
    world.ledger.rebuild_projections().unwrap();
    assert!(world.ledger.verify().unwrap().whole());
    assert_eq!(incidents::list(&world.ledger).unwrap(), found);
}

#[test]
fn an_incident_without_title_text_or_a_day_that_is_over_is_refused() {
    let mut world = world();
    let mut refused = |change: &dyn Fn(&mut Report)| {
        let mut report = dosing();
        change(&mut report);
        incidents::report(&mut world.ledger, &by("Maria"), &report, date(2026, 11, 3))
            .unwrap_err()
            .code
    };
    assert_eq!(refused(&|report| report.title = " ".to_owned()), Code::Usage);
    assert_eq!(refused(&|report| report.text = String::new()), Code::Usage);
    assert_eq!(
        refused(&|report| report.happened = "yesterday".to_owned()),
        Code::Usage
    );
    assert_eq!(
        refused(&|report| report.happened = "2026-11-04".to_owned()),
        Code::Usage
    );
    let named = Report {
        text: String::new(),
        sample: Some(world.items[0]),
        ..dosing()
    };
    incidents::report(&mut world.ledger, &by("Maria"), &named, date(2026, 11, 3)).unwrap();
}
