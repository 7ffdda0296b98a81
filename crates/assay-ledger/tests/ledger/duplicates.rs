use assay_ledger::{Access, DATABASE_FILE, DuplicateAct, Event, Ledger};
use assay_model::{Code, Digest, KeepPolicy};

use crate::world::{World, draft, id, world};

fn not_duplicate(world: &World, reason: &str) -> Event {
    let (one, other) = (world.items[0], world.items[1]);
    Event::NotDuplicate {
        a: one.min(other),
        b: one.max(other),
        reason: reason.to_owned(),
    }
}

#[test]
fn a_judgement_stands_until_it_is_withdrawn_and_may_then_be_made_again() {
    let mut world = world();
    let said = draft("Maria", not_duplicate(&world, "the doses differ"));
    world.ledger.append(std::slice::from_ref(&said)).unwrap();
    let standing = world.ledger.duplicate_judgements().unwrap();
    assert_eq!(
        (standing.len(), standing[0].id, standing[0].actor.as_str()),
        (1, said.id, "Maria")
    );
    assert!(matches!(standing[0].act, DuplicateAct::NotDuplicate { a, b } if a < b));

    let again = draft("Jonas", not_duplicate(&world, "once more"));
    let refused = world.ledger.append(std::slice::from_ref(&again)).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);

    let withdrawn = |judgement| Event::DuplicateJudgementWithdrawn {
        judgement,
        reason: "looked again".to_owned(),
    };
    world
        .ledger
        .append(&[draft("Jonas", withdrawn(said.id))])
        .unwrap();
    assert!(world.ledger.duplicate_judgements().unwrap().is_empty());
    let taken_back = world.ledger.duplicate_judgement(said.id).unwrap().unwrap();
    assert!(taken_back.withdrawn.is_some());
    for gone in [said.id, id()] {
        assert!(world.ledger.append(&[draft("Jonas", withdrawn(gone))]).is_err());
    }
    world.ledger.append(&[again]).unwrap();
    assert_eq!(world.ledger.duplicate_judgements().unwrap().len(), 1);
}

#[test]
fn judgements_need_a_reason_a_known_person_and_two_samples() {
    let mut world = world();
    let (one, other) = (world.items[0], world.items[1]);
    let (low, high) = (one.min(other), one.max(other));
    let pair = |a: Digest, b: Digest, reason: &str| Event::NotDuplicate {
        a,
        b,
        reason: reason.to_owned(),
    };
    for (actor, event) in [
        ("Maria", pair(low, high, "  ")),
        ("Nobody", pair(low, high, "why")),
        ("Maria", pair(low, low, "why")),
        ("Maria", pair(high, low, "why")),
        (
            "Maria",
            Event::KeepPolicyChosen {
                policy: KeepPolicy::First,
                reason: "an expert may not".to_owned(),
            },
        ),
        (
            "Maria",
            Event::RepresentativeKept {
                sample: one,
                over: one,
                reason: "itself".to_owned(),
            },
        ),
    ] {
        assert!(
            world.ledger.append(&[draft(actor, event.clone())]).is_err(),
            "{event:?}"
        );
    }
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn judgements_are_replayed_rebuilt_and_verified() {
    let mut world = world();
    let said = draft("Maria", not_duplicate(&world, "the doses differ"));
    let policy = Event::KeepPolicyChosen {
        policy: KeepPolicy::Longest,
        reason: "whole letters".to_owned(),
    };
    let kept = Event::RepresentativeKept {
        sample: world.items[2],
        over: world.items[3],
        reason: "the corrected one".to_owned(),
    };
    let acts = [said, draft("Jonas", policy), draft("Maria", kept)];
    world.ledger.append(&acts).unwrap();
    let before = world.ledger.duplicate_judgements().unwrap();
    assert_eq!(before[1].act, DuplicateAct::KeepPolicy(KeepPolicy::Longest));
    world.ledger.rebuild_projections().unwrap();
    assert_eq!(world.ledger.duplicate_judgements().unwrap(), before);
    assert!(world.ledger.verify().unwrap().whole());

    world.behind_our_back("UPDATE duplicate_judgement SET withdrawn = 1 WHERE kind = 'not_duplicate'");
    let found = world.ledger.verify().unwrap();
    assert!(found.failure.unwrap().what.contains("duplicate_judgement"));
}

#[test]
fn a_ledger_of_the_first_version_is_brought_up_when_it_is_opened_for_writing() {
    let folder = tempfile::tempdir().unwrap();
    let raw = rusqlite::Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    raw.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
        .unwrap();
    raw.execute_batch(include_str!("../../src/schema/1.sql")).unwrap();
    raw.execute_batch("PRAGMA application_id = 1095978055; PRAGMA user_version = 1;")
        .unwrap();
    drop(raw);
    assert!(
        Ledger::open(folder.path(), Access::Read)
            .unwrap()
            .is_older()
            .unwrap()
    );
    let ledger = Ledger::open(folder.path(), Access::Write).unwrap();
    assert!(!ledger.is_older().unwrap());
    assert!(ledger.duplicate_judgements().unwrap().is_empty());
}
