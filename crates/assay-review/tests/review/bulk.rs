use assay_model::{Code, Digest};
use assay_review::bulk::{self, BulkOrder};
use assay_review::gold::{self, SampleFacts};
use assay_review::{BulkAct, Choice, Role, Verdict, people, queue, standing};

use crate::world::{World, by, world};

fn order(act: BulkAct, reason: &str) -> BulkOrder {
    BulkOrder {
        act,
        dataset: "letters".to_owned(),
        snapshot: 1,
        filter: String::new(),
        choice: Choice::Whole,
        reason: reason.to_owned(),
    }
}

fn digests(world: &World) -> Vec<Digest> {
    world.samples.iter().map(|sample| sample.digest).collect()
}

#[test]
fn an_act_leaves_gold_out_and_a_repetition_gives_the_entry_back() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    let (kept, facts) = (world.kept(0), SampleFacts::default());
    gold::promote(&mut world.ledger, &by("Jonas"), &kept, &facts, "clear").unwrap();
    let (stamp, exclude) = (by("Jonas"), order(BulkAct::Exclude, "old"));
    let all = digests(&world);
    let twice = all.iter().chain(&all).copied();
    let entry = bulk::act(&mut world.ledger, &stamp, &exclude, twice).unwrap();
    let record = world.ledger.bulk_act(entry.id).unwrap().unwrap();
    assert_eq!(record.terms.size, 7);
    assert!(!world.ledger.bulk_items(&record).unwrap().contains(&kept.digest));
    // Its filter may match nothing any more; the entry stands all the same.
    assert_eq!(bulk::act(&mut world.ledger, &stamp, &exclude, []).unwrap(), entry);
    let other = order(BulkAct::Tag("x".to_owned()), "old");
    assert_eq!(
        bulk::act(&mut world.ledger, &stamp, &other, all)
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    let only_gold = bulk::act(&mut world.ledger, &by("Jonas"), &exclude, [kept.digest]);
    assert_eq!(only_gold.unwrap_err().code, Code::Usage);
}

#[test]
fn a_bulk_exclusion_changes_no_state_no_estimate_and_no_rule_and_the_checklist_tells_of_it() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    let sample = world.items[0];
    let status = standing::status(&world.ledger, &sample).unwrap();
    let progress = queue::progress(&world.ledger, &world.queue, "Maria").unwrap();
    let facts = SampleFacts::default();
    let checks = gold::checklist(&world.ledger, &sample, &facts).unwrap();
    let all = digests(&world);
    let entry = bulk::act(
        &mut world.ledger,
        &by("Jonas"),
        &order(BulkAct::Exclude, "old"),
        all,
    )
    .unwrap();
    assert_eq!(standing::status(&world.ledger, &sample).unwrap(), status);
    for who in ["Maria", "Jonas"] {
        let now = queue::progress(&world.ledger, &world.queue, who).unwrap();
        assert_eq!(now.excluded, 0);
        assert!(who == "Jonas" || now == progress);
    }
    let now = gold::checklist(&world.ledger, &sample, &facts).unwrap();
    assert_eq!(now[..checks.len()], checks);
    let told = now.last().unwrap();
    assert!(
        !told.holds && !told.required && told.finding.contains("unread"),
        "{told:?}"
    );
    bulk::withdraw(&mut world.ledger, &by("Lena"), entry.id).unwrap();
    assert_eq!(gold::checklist(&world.ledger, &sample, &facts).unwrap(), checks);
}

#[test]
fn acts_are_refused_by_role_reason_and_word() {
    let mut world = world();
    people::add(&mut world.ledger, &by("Lena"), "judge-3", Role::Machine).unwrap();
    let all = digests(&world);
    let tag = |word: &str| BulkAct::Tag(word.to_owned());
    let mut code = |actor: &str, act: BulkAct, reason: &str| {
        bulk::act(&mut world.ledger, &by(actor), &order(act, reason), all.clone())
            .err()
            .map(|fault| fault.code)
    };
    assert_eq!(code("Maria", BulkAct::Exclude, "why"), Some(Code::NotAllowed));
    assert_eq!(
        code("Maria", BulkAct::Route("Jonas".to_owned()), "why"),
        Some(Code::NotAllowed)
    );
    assert_eq!(code("judge-3", tag("x"), "why"), Some(Code::NotAllowed));
    assert_eq!(code("Jonas", BulkAct::Exclude, "  "), Some(Code::Usage));
    assert_eq!(code("Jonas", tag(&"x".repeat(65)), "why"), Some(Code::Usage));
    assert_eq!(code("Jonas", tag("a\nb"), "why"), Some(Code::Usage));
    assert_eq!(
        code("Jonas", BulkAct::Route("Nobody".to_owned()), "why"),
        Some(Code::UnknownPerson)
    );
    assert_eq!(code("Maria", tag("mine"), "why"), None);
}

#[test]
fn a_machine_s_answers_make_no_candidate_no_dispute_and_no_estimate() {
    let mut world = world();
    people::add(&mut world.ledger, &by("Lena"), "judge-3", Role::Machine).unwrap();
    for position in 0..5 {
        world.decide("judge-3", position, Verdict::Approve);
    }
    assert!(gold::candidates(&world.ledger).unwrap().is_empty());
    let progress = queue::progress(&world.ledger, &world.queue, "judge-3").unwrap();
    assert_eq!((progress.approved, progress.estimated_from), (5, 0));
    assert!(progress.estimate.is_none() && progress.ruling.is_none());
    world.decide("Maria", 0, Verdict::Exclude);
    assert!(
        assay_review::adjudication::disputes(&world.ledger, "Lena")
            .unwrap()
            .is_empty()
    );
    world.decide("Maria", 1, Verdict::Approve);
    let checks = gold::checklist(&world.ledger, &world.items[1], &SampleFacts::default()).unwrap();
    let approvals = checks
        .iter()
        .find(|check| check.name == "Enough approvals")
        .unwrap();
    assert!(approvals.finding.starts_with("1 of 1"), "{approvals:?}");
    assert!(checks.iter().all(|check| !check.finding.contains("judge-3")));
    let kept = world.kept(1);
    let promoted = gold::promote(
        &mut world.ledger,
        &by("judge-3"),
        &kept,
        &SampleFacts::default(),
        "why",
    );
    assert_eq!(promoted.unwrap_err().code, Code::NotAllowed);
    let people: Vec<String> = people::humans(&world.ledger)
        .unwrap()
        .into_iter()
        .map(|person| person.name)
        .collect();
    assert_eq!(people, ["Maria", "Jonas", "Lena"]);
}
