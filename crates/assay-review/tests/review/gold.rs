use assay_model::{Code, Digest, Origin, merkle};
use assay_review::gold::{self, Released, SampleFacts};
use assay_review::queue::{self, QueueOrder};
use assay_review::releases::{self, Releasing};
use assay_review::standing::{self, Status};
use assay_review::{GoldHeld, Verdict, frozen, reveal, verdict, words};

use crate::world::{World, answer, by, order, world};

fn human() -> SampleFacts {
    SampleFacts {
        origin: Origin::Human,
        representative: Some(true),
        license: Some("CC-BY-4.0".to_owned()),
        ..SampleFacts::default()
    }
}

fn promote(world: &mut World, actor: &str, position: usize, facts: &SampleFacts) -> Result<u64, Code> {
    let kept = world.kept(position);
    gold::promote(&mut world.ledger, &by(actor), &kept, facts, "clear and rare")
        .map(|entry| entry.seq)
        .map_err(|fault| fault.code)
}

fn open_checks(world: &World, position: usize, facts: &SampleFacts) -> Vec<(&'static str, bool)> {
    let checks = gold::checklist(&world.ledger, &world.items[position], facts).unwrap();
    assert_eq!(checks.len(), 10);
    checks
        .into_iter()
        .filter(|check| !check.holds)
        .map(|check| (check.name, check.required))
        .collect()
}

#[test]
fn an_approved_human_sample_becomes_gold_and_can_be_revoked() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    assert_eq!(gold::candidates(&world.ledger).unwrap(), [world.items[0]]);
    assert_eq!(open_checks(&world, 0, &human()), []);
    let seq = promote(&mut world, "Jonas", 0, &human()).unwrap();
    assert_eq!(
        standing::status(&world.ledger, &world.items[0]).unwrap(),
        Status::Gold
    );
    assert!(gold::candidates(&world.ledger).unwrap().is_empty());
    assert_eq!(
        gold::root(&world.ledger).unwrap(),
        merkle::root([world.items[0].0.as_slice()])
    );
    let mut rows = Vec::new();
    gold::export(&world.ledger, |row| {
        rows.push(row);
        Ok(())
    })
    .unwrap();
    assert_eq!(
        (rows.len(), rows[0].member.seq, &rows[0].parts),
        (1, seq, &world.kept(0).parts)
    );

    let sample = world.items[0];
    gold::revoke(&mut world.ledger, &by("Lena"), &sample, "consent withdrawn").unwrap();
    assert_eq!(standing::status(&world.ledger, &sample).unwrap(), Status::Revoked);
    let members = gold::list(&world.ledger).unwrap();
    let revocation = members[0].revoked.as_ref().unwrap();
    assert_eq!(
        (revocation.by.as_str(), revocation.reason.as_str()),
        ("Lena", "consent withdrawn")
    );
    assert!(gold::membership(&world.ledger).unwrap().is_empty());
    assert_eq!(gold::root(&world.ledger).unwrap(), Digest::of(b""));
    // What was revoked may be promoted anew.
    promote(&mut world, "Jonas", 0, &human()).unwrap();
    assert_eq!(gold::list(&world.ledger).unwrap()[0].revoked, None);
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn experts_do_not_change_the_gold_set() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    assert_eq!(promote(&mut world, "Maria", 0, &human()), Err(Code::NotAllowed));
    assert_eq!(
        promote(&mut world, "Nobody", 0, &human()),
        Err(Code::UnknownPerson)
    );
    promote(&mut world, "Jonas", 0, &human()).unwrap();
    let sample = world.items[0];
    assert_eq!(
        gold::revoke(&mut world.ledger, &by("Maria"), &sample, "no")
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    assert_eq!(gold::membership(&world.ledger).unwrap().len(), 1);
}

#[test]
fn both_acts_need_a_reason() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    let kept = world.kept(0);
    assert_eq!(
        gold::promote(&mut world.ledger, &by("Jonas"), &kept, &human(), "  ")
            .unwrap_err()
            .code,
        Code::Usage
    );
    promote(&mut world, "Jonas", 0, &human()).unwrap();
    assert_eq!(
        gold::revoke(&mut world.ledger, &by("Jonas"), &kept.digest, "")
            .unwrap_err()
            .code,
        Code::Usage
    );
}

#[test]
fn without_approval_with_an_exclusion_or_from_a_machine_nothing_becomes_gold() {
    let mut world = world();
    assert_eq!(promote(&mut world, "Jonas", 0, &human()), Err(Code::NotAllowed));
    world.decide("Maria", 0, Verdict::Unsure);
    assert_eq!(promote(&mut world, "Jonas", 0, &human()), Err(Code::NotAllowed));

    world.decide("Maria", 1, Verdict::Approve);
    world.decide("Lena", 1, Verdict::Exclude);
    assert_eq!(open_checks(&world, 1, &human()), [("No open dispute", true)]);
    assert_eq!(promote(&mut world, "Jonas", 1, &human()), Err(Code::NotAllowed));
    assert!(gold::candidates(&world.ledger).unwrap().is_empty());

    world.decide("Maria", 2, Verdict::Approve);
    let machine = SampleFacts {
        origin: Origin::Machine,
        ..human()
    };
    assert_eq!(open_checks(&world, 2, &machine), [("Origin is human", true)]);
    assert_eq!(promote(&mut world, "Jonas", 2, &machine), Err(Code::NotAllowed));
}

#[test]
fn what_is_only_missing_is_shown_and_does_not_refuse() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    let bare = SampleFacts {
        origin: Origin::Unknown,
        representative: Some(false),
        license: Some(" ".to_owned()),
        personal_data: vec!["1 e-mail address".to_owned()],
        ..SampleFacts::default()
    };
    let open = open_checks(&world, 0, &bare);
    let expected = [
        ("Origin is human", false),
        ("Representative of its cluster", false),
        ("Licence known", false),
        ("No sensitive data flagged", false),
    ];
    assert_eq!(open, expected);
    let checks = gold::checklist(&world.ledger, &world.items[0], &bare).unwrap();
    assert!(gold::waits_for(&checks).contains("unknown"));
    assert_eq!(
        gold::waits_for(&gold::checklist(&world.ledger, &world.items[0], &human()).unwrap()),
        "ready"
    );
    promote(&mut world, "Jonas", 0, &bare).unwrap();
}

#[test]
fn a_reviewers_judgement_outweighs_the_declared_origin() {
    let mut world = world();
    let queue = world.queue.clone();
    let mut judged = answer(world.items[0], Verdict::Approve);
    judged.answer.origin = Some(Origin::Machine);
    verdict::decide(&mut world.ledger, &by("Maria"), &queue, &judged).unwrap();
    assert_eq!(open_checks(&world, 0, &human()), [("Origin is human", true)]);
    judged.answer.origin = Some(Origin::Human);
    verdict::decide(&mut world.ledger, &by("Lena"), &queue, &judged).unwrap();
    assert_eq!(open_checks(&world, 0, &human()), [("Origin is human", false)]);
    verdict::decide(&mut world.ledger, &by("Maria"), &queue, &judged).unwrap();
    assert_eq!(
        open_checks(
            &world,
            0,
            &SampleFacts {
                origin: Origin::Machine,
                ..human()
            }
        ),
        []
    );
}

#[test]
fn repeating_a_promotion_promotes_once() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    let (stamp, kept) = (by("Jonas"), world.kept(0));
    let first = gold::promote(&mut world.ledger, &stamp, &kept, &human(), "rare").unwrap();
    assert_eq!(
        gold::promote(&mut world.ledger, &stamp, &kept, &human(), "rare").unwrap(),
        first
    );
    assert_eq!(promote(&mut world, "Jonas", 0, &human()), Err(Code::NotAllowed));
    assert_eq!(world.ledger.gold_count().unwrap(), 1);
    assert_eq!(words::describe(&first), "Promote to gold: rare");
    assert_eq!(words::about(&world.ledger, &first).unwrap(), Some(kept.digest));
}

#[test]
fn a_frozen_gold_set_keeps_its_members_whatever_becomes_of_gold() {
    let mut world = world();
    assert_eq!(
        frozen::freeze(&mut world.ledger, &by("Jonas"), "first")
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    for position in 0..3 {
        world.decide("Maria", position, Verdict::Approve);
    }
    promote(&mut world, "Jonas", 0, &human()).unwrap();
    promote(&mut world, "Jonas", 1, &human()).unwrap();
    assert_eq!(
        frozen::freeze(&mut world.ledger, &by("Maria"), "first")
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    let stamp = by("Jonas");
    let (first, entry) = frozen::freeze(&mut world.ledger, &stamp, "for the spring model").unwrap();
    assert_eq!(
        frozen::freeze(&mut world.ledger, &stamp, "for the spring model")
            .unwrap()
            .1,
        entry,
        "a repetition is one act"
    );
    assert_eq!(
        (first.number, first.size, first.root),
        (1, 2, gold::root(&world.ledger).unwrap())
    );
    let taken_out = world.items[0];
    gold::revoke(&mut world.ledger, &by("Lena"), &taken_out, "consent withdrawn").unwrap();
    promote(&mut world, "Jonas", 2, &human()).unwrap();
    let (second, _) = frozen::freeze(&mut world.ledger, &by("Lena"), "after the revocation").unwrap();
    assert_eq!(second.number, 2);
    let set = |positions: [usize; 2]| {
        positions
            .map(|position| world.items[position])
            .into_iter()
            .collect()
    };
    assert_eq!(frozen::members(&world.ledger, &first).unwrap(), set([0, 1]));
    assert_eq!(frozen::members(&world.ledger, &second).unwrap(), set([1, 2]));
    let mut rows = 0;
    let members = frozen::members(&world.ledger, &first).unwrap();
    gold::export_of(&world.ledger, &members, |_| {
        rows += 1;
        Ok(())
    })
    .unwrap();
    assert_eq!(rows, 2, "what was frozen can be exported after a revocation");
    frozen::record_export(
        &mut world.ledger,
        &by("Jonas"),
        "evaluation of the spring model",
        Some(&first),
    )
    .unwrap();
    assert!(frozen::record_export(&mut world.ledger, &by("Jonas"), "  ", None).is_err());
    assert_eq!(frozen::find(&world.ledger, 3).unwrap_err().code, Code::Usage);
    let kept = world.ledger.gold_snapshots().unwrap();
    world.ledger.rebuild_projections().unwrap();
    assert_eq!(world.ledger.gold_snapshots().unwrap(), kept);
    assert!(world.ledger.verify().unwrap().whole());
    let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(49);
    assert_eq!(frozen::ages_days(&world.ledger, later).unwrap(), Some([2, 2, 2]));
}

#[test]
fn what_was_released_for_training_is_no_gold() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    let finding = |released: Released| {
        let facts = SampleFacts { released, ..human() };
        let checks = gold::checklist(&world.ledger, &world.items[0], &facts).unwrap();
        let check = checks
            .into_iter()
            .find(|check| check.name == "Not in a training release")
            .unwrap();
        (check.holds, check.finding)
    };
    let looked = |exact: &[&str], near: &[&str]| Released {
        looked_in: 2,
        exact: exact.iter().map(|name| (*name).to_owned()).collect(),
        near: near.iter().map(|name| (*name).to_owned()).collect(),
    };
    assert!(finding(Released::default()).1.contains("no snapshot is released"));
    assert_eq!(
        finding(looked(&[], &[])),
        (
            true,
            "none found in 2 releases, by digest or by near-duplicate".to_owned()
        )
    );
    assert_eq!(
        finding(looked(&["web@2"], &["forum@1"])),
        (false, "in web@2; a near-duplicate in forum@1".to_owned())
    );
    let trained = SampleFacts {
        released: looked(&[], &["forum@1"]),
        ..human()
    };
    assert_eq!(promote(&mut world, "Jonas", 0, &trained), Err(Code::NotAllowed));
    promote(&mut world, "Jonas", 0, &human()).unwrap();
}

#[test]
fn approvals_count_as_blind_where_no_peer_could_be_seen_and_no_opinion_changed_them() {
    let mut world = world();
    let demanding = |name: &str, blind| QueueOrder {
        reviewers: 2,
        blind,
        ..order(name, 5)
    };
    let held = |world: &World| {
        let checks = gold::checklist(&world.ledger, &world.items[0], &human()).unwrap();
        checks
            .into_iter()
            .filter(|check| ["Enough approvals", "Given blind"].contains(&check.name))
            .map(|check| (check.holds, check.finding))
            .collect::<Vec<_>>()
    };
    let create = |world: &mut World, order: &QueueOrder| {
        let drawn = queue::draw(order, world.items.clone()).unwrap();
        queue::create(&mut world.ledger, &by("Jonas"), order, &drawn, &world.samples).unwrap()
    };
    let open = create(&mut world, &demanding("open", false));
    let approval = answer(world.items[0], Verdict::Approve);
    for name in ["Maria", "Lena"] {
        verdict::decide(&mut world.ledger, &by(name), &open, &approval).unwrap();
    }
    assert_eq!(held(&world)[0], (true, "2 of 2 approvals".to_owned()));
    assert!(!held(&world)[1].0, "{:?}", held(&world));

    let blind = create(&mut world, &demanding("blind", true));
    verdict::decide(&mut world.ledger, &by("Maria"), &blind, &approval).unwrap();
    let unsure = answer(world.items[0], Verdict::Unsure);
    verdict::decide(&mut world.ledger, &by("Lena"), &blind, &unsure).unwrap();
    reveal::unseal(&mut world.ledger, &by("Lena"), &blind, &approval.sample).unwrap();
    verdict::decide(&mut world.ledger, &by("Lena"), &blind, &approval).unwrap();
    let (holds, finding) = held(&world).remove(1);
    assert!(!holds && finding.starts_with("1 of 2"), "{finding}");
    assert!(finding.ends_with("1 changed after machine opinions were shown"));
    verdict::decide(&mut world.ledger, &by("Jonas"), &blind, &approval).unwrap();
    assert!(held(&world)[1].0);
}

#[test]
fn a_snapshot_that_holds_gold_is_refused_for_training_unless_it_says_why() {
    let mut world = world();
    let releasing = |snapshot, exact| Releasing {
        dataset: "letters".to_owned(),
        snapshot,
        root: Digest::of(b"root"),
        held: GoldHeld { exact, near: 0 },
    };
    let mut release = |actor: &str, of: &Releasing, reason: &str| {
        releases::release(&mut world.ledger, &by(actor), of, reason).map_err(|fault| fault.code)
    };
    assert_eq!(
        release("Maria", &releasing(1, 0), "").unwrap_err(),
        Code::NotAllowed
    );
    assert_eq!(
        release("Jonas", &releasing(1, 2), " ").unwrap_err(),
        Code::NotAllowed
    );
    let entry = release("Jonas", &releasing(1, 2), "an ablation: the two are its subject").unwrap();
    assert_eq!(
        words::describe(&entry),
        "Release letters@1 for training with 2 gold samples: an ablation: the two are its subject"
    );
    release("Jonas", &releasing(2, 0), "").unwrap();
    releases::withdraw(&mut world.ledger, &by("Lena"), entry.id, "the ablation is off").unwrap();
    let standing = releases::standing(&world.ledger).unwrap();
    assert_eq!(
        (standing.len(), standing[0].of.snapshot, standing[0].by.as_str()),
        (1, 2, "Jonas")
    );
    assert!(world.ledger.verify().unwrap().whole());
}
