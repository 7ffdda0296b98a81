use assay_ledger::{BulkAct, BulkTerms, Choice, Event, Role, Verdict, items_digest};

use crate::world::{World, decided, draft, world};

/// The world, with a machine that has approved the first sample and excluded the second.
fn with_machine() -> (World, uuid::Uuid) {
    let mut world = world();
    let judge = Event::PersonAdded {
        name: "judge-3".to_owned(),
        role: Role::Machine,
    };
    let approved = draft("judge-3", decided(world.queue, world.items[0], Verdict::Approve));
    let excluded = draft("judge-3", decided(world.queue, world.items[1], Verdict::Exclude));
    let id = approved.id;
    world
        .ledger
        .append(&[draft("Jonas", judge), approved, excluded])
        .unwrap();
    (world, id)
}

#[test]
fn a_machine_answers_and_its_answers_count_for_nothing() {
    let (mut world, _) = with_machine();
    assert_eq!(world.ledger.answers(world.queue, "judge-3").unwrap().len(), 2);
    assert!(world.ledger.standing(&world.items[0]).unwrap().is_empty());
    world.decide(1, Verdict::Approve);
    let whole = world.ledger.seen_whole();
    for standing in [
        world.ledger.standing(&world.items[1]).unwrap(),
        whole.standing(&world.items[1]).unwrap(),
    ] {
        assert_eq!(
            standing
                .iter()
                .map(|said| said.actor.as_str())
                .collect::<Vec<_>>(),
            ["Maria"]
        );
    }
    let mut actors = Vec::new();
    world
        .ledger
        .each_standing(|said| actors.push(said.actor))
        .unwrap();
    whole.each_standing(|said| actors.push(said.actor)).unwrap();
    assert_eq!(actors, ["Maria", "Maria"]);
    assert!(
        world.ledger.disputed().unwrap().is_empty(),
        "a person and a machine are no dispute"
    );
}

#[test]
fn a_machine_s_approval_carries_no_promotion_and_its_exclusion_bars_none() {
    let (mut world, approval) = with_machine();
    let promoted = |sample, approvals| Event::GoldPromoted {
        sample,
        reason: "clear".to_owned(),
        approvals,
    };
    let by_machine = promoted(world.items[0], vec![approval]);
    let fault = world.ledger.append(&[draft("Jonas", by_machine)]).unwrap_err();
    assert!(fault.message.contains("no standing approval"), "{fault}");
    let person = world.decide(1, Verdict::Approve);
    let by_person = promoted(world.items[1], vec![person]);
    world.ledger.append(&[draft("Jonas", by_person)]).unwrap();
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn a_machine_does_nothing_that_people_decide() {
    let (mut world, approval) = with_machine();
    let (low, high) = (
        world.items[0].min(world.items[1]),
        world.items[0].max(world.items[1]),
    );
    let terms = BulkTerms {
        act: BulkAct::Tag("x".to_owned()),
        dataset: "letters".to_owned(),
        snapshot: 1,
        filter: String::new(),
        choice: Choice::Picked,
        size: 1,
        items: items_digest(&[low]),
        reason: "why".to_owned(),
    };
    let mut tagged = draft("judge-3", Event::BulkActed { terms });
    tagged.items = vec![low];
    let rubric = crate::world::rubric_id();
    for act in [
        draft(
            "judge-3",
            Event::GoldPromoted {
                sample: low,
                reason: "why".to_owned(),
                approvals: vec![approval],
            },
        ),
        draft(
            "judge-3",
            Event::NotDuplicate {
                a: low,
                b: high,
                reason: "why".to_owned(),
            },
        ),
        draft(
            "judge-3",
            Event::PackIssued {
                queue: world.queue,
                recipient: "Maria".to_owned(),
                rubric: rubric.clone(),
            },
        ),
        draft(
            "Jonas",
            Event::PackIssued {
                queue: world.queue,
                recipient: "judge-3".to_owned(),
                rubric,
            },
        ),
        tagged,
    ] {
        let what = act.event.kind();
        assert!(world.ledger.append(&[act]).is_err(), "{what}");
    }
}
