use crate::world::{decided, draft, rubric_id, world};
use assay_ledger::{Answer, Event, MAX_BODY_BYTES, Role, Verdict, verify_file};
use assay_model::{Code, canonical, merkle};

#[test]
fn entries_are_numbered_chained_and_canonical() {
    let mut world = world();
    world.decide(0, Verdict::Approve);
    let entries = world.ledger.entries(&Default::default(), 0, 100).unwrap();
    assert_eq!(
        entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
        [0, 1, 2, 3, 4]
    );
    assert_eq!(entries[0].previous, None);
    for pair in entries.windows(2) {
        assert_eq!(pair[1].previous, Some(pair[0].leaf));
    }
    for entry in &entries {
        assert_eq!(entry.leaf, merkle::leaf(entry.body.as_bytes()));
        let value: serde_json::Value = serde_json::from_str(&entry.body).unwrap();
        assert_eq!(canonical::to_string(&value).unwrap(), entry.body);
    }
    let root = merkle::root(entries.iter().map(|entry| entry.body.as_bytes()));
    assert_eq!(world.ledger.root().unwrap(), root);
}

#[test]
fn repeating_a_draft_gives_the_first_entry_back() {
    let mut world = world();
    let mut again = draft("Maria", decided(world.queue, world.items[0], Verdict::Approve));
    again.note = Some("a quiet word".to_owned());
    let first = world.ledger.append(std::slice::from_ref(&again)).unwrap();
    again.at += jiff::SignedDuration::from_secs(60);
    assert_eq!(world.ledger.append(&[again]).unwrap(), first);
    assert_eq!(world.ledger.size().unwrap(), 5);
}

#[test]
fn an_id_cannot_be_used_for_something_else() {
    let mut world = world();
    let mut draft = draft("Maria", decided(world.queue, world.items[0], Verdict::Approve));
    world.ledger.append(std::slice::from_ref(&draft)).unwrap();
    draft.event = decided(world.queue, world.items[0], Verdict::Unsure);
    assert_eq!(
        world
            .ledger
            .append(std::slice::from_ref(&draft))
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    draft.event = decided(world.queue, world.items[0], Verdict::Approve);
    draft.note = Some("added later".to_owned());
    assert_eq!(world.ledger.append(&[draft]).unwrap_err().code, Code::NotAllowed);
    assert_eq!(world.ledger.size().unwrap(), 5);
}

#[test]
fn drafts_are_recorded_all_or_none() {
    let mut world = world();
    let good = draft("Maria", decided(world.queue, world.items[0], Verdict::Approve));
    let stranger = draft("Nobody", decided(world.queue, world.items[1], Verdict::Approve));
    let fault = world.ledger.append(&[good.clone(), stranger]).unwrap_err();
    assert!(fault.message.contains("no person named `Nobody`"), "{fault}");
    assert_eq!(world.ledger.size().unwrap(), 4);
    assert_eq!(world.ledger.entry_by_id(good.id).unwrap(), None);
}

#[test]
fn an_entry_beyond_the_limit_is_refused_with_its_size() {
    let mut world = world();
    let answer = Answer {
        reason: "x".repeat(MAX_BODY_BYTES),
        ..Answer::of(Verdict::Exclude)
    };
    let (queue, sample) = (world.queue, world.items[0]);
    let event = Event::Decided {
        queue,
        sample,
        rubric: rubric_id(),
        answer,
        dwell_ms: None,
    };
    let fault = world.ledger.append(&[draft("Maria", event)]).unwrap_err();
    assert_eq!(fault.code, Code::Usage);
    assert!(fault.message.contains("the limit is 65536"), "{fault}");
}

#[test]
fn only_made_ids_are_taken() {
    let mut world = world();
    let mut draft = draft(
        "Eva",
        Event::PersonAdded {
            name: "Eva".to_owned(),
            role: Role::Lead,
        },
    );
    draft.id = uuid::Uuid::nil();
    assert_eq!(world.ledger.append(&[draft]).unwrap_err().code, Code::Usage);
}

#[test]
fn notes_stay_out_of_the_log() {
    let mut world = world();
    let mut noted = draft("Maria", decided(world.queue, world.items[0], Verdict::Approve));
    noted.note = Some("the patient's own words".to_owned());
    let entry = world
        .ledger
        .append(std::slice::from_ref(&noted))
        .unwrap()
        .remove(0);
    assert!(!entry.body.contains("patient"));
    assert!(entry.note.is_some());
    assert_eq!(
        world.ledger.note(noted.id).unwrap().as_deref(),
        Some("the patient's own words")
    );

    let mut exported = Vec::new();
    world.ledger.export(&mut exported).unwrap();
    assert!(!String::from_utf8(exported.clone()).unwrap().contains("patient"));
    assert!(
        verify_file(std::io::Cursor::new(exported.as_slice()), &[])
            .unwrap()
            .whole()
    );
}
