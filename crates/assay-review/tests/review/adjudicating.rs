use assay_ledger::LogFilter;
use assay_model::{Code, Digest, Fault, Origin};
use assay_review::gold::{self, SampleFacts};
use assay_review::standing::{self, Status};
use assay_review::verdict::{self, Decide};
use assay_review::{Answer, Cause, Role, Verdict, adjudication, people, queue, reveal};

use crate::world::{World, answer, by, order, world};

/// A blind queue of four with two reviewers each, Maria and Omar; Jonas and Lena review nothing.
pub fn blind() -> World {
    let mut world = world();
    people::add(&mut world.ledger, &by("Lena"), "Omar", Role::Expert).unwrap();
    let order = queue::QueueOrder {
        reviewers: 2,
        blind: true,
        ..order("blind", 4)
    };
    let drawn = queue::draw(&order, world.samples.iter().map(|sample| sample.digest).collect()).unwrap();
    world.queue = queue::create(&mut world.ledger, &by("Jonas"), &order, &drawn, &[]).unwrap();
    world.items = drawn.items;
    world
}

fn say(world: &mut World, actor: &str, position: usize, verdict: Verdict, note: &str) {
    let decide = Decide {
        note: note.to_owned(),
        ..answer(world.items[position], verdict)
    };
    verdict::decide(&mut world.ledger, &by(actor), &world.queue.clone(), &decide).unwrap();
}

/// Maria approves and Omar excludes the first sample.
fn disputed() -> (World, Digest) {
    let mut world = blind();
    say(&mut world, "Maria", 0, Verdict::Approve, "Marias note");
    say(&mut world, "Omar", 0, Verdict::Exclude, "Omars note");
    let sample = world.items[0];
    (world, sample)
}

fn begin(world: &mut World, actor: &str, sample: &Digest, verdict: Verdict) -> Result<(), Code> {
    let answer = answer(*sample, verdict).answer;
    adjudication::begin(&mut world.ledger, &by(actor), sample, &answer, "")
        .map(|_| ())
        .map_err(|fault| fault.code)
}

fn settle(world: &mut World, actor: &str, sample: &Digest, verdict: Verdict) -> Result<(), Code> {
    let answer = answer(*sample, verdict).answer;
    adjudication::settle(
        &mut world.ledger,
        &by(actor),
        sample,
        &answer,
        "the rubric is silent on this",
        Cause::GuidelineGap,
    )
    .map(|_| ())
    .map_err(|fault| fault.code)
}

fn status(world: &World, sample: &Digest) -> Status {
    standing::status(&world.ledger, sample).unwrap()
}

fn human() -> SampleFacts {
    SampleFacts {
        origin: Origin::Human,
        representative: Some(true),
        license: Some("CC0-1.0".to_owned()),
        ..SampleFacts::default()
    }
}

fn promote(world: &mut World, position: usize) -> Result<(), Fault> {
    let kept = world.kept(position);
    gold::promote(&mut world.ledger, &by("Jonas"), &kept, &human(), "clear").map(|_| ())
}

#[test]
fn a_dispute_is_answered_first_then_read_then_settled_and_may_become_gold() {
    let (mut world, sample) = disputed();
    assert_eq!(status(&world, &sample), Status::Disputed);
    assert!(promote(&mut world, 0).is_err());
    assert_eq!(
        settle(&mut world, "Jonas", &sample, Verdict::Approve),
        Err(Code::NotAllowed),
        "not before the own answer"
    );
    assert_eq!(
        adjudication::answers(&world.ledger, "Jonas", &sample)
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    begin(&mut world, "Jonas", &sample, Verdict::Approve).unwrap();
    let answers = adjudication::answers(&world.ledger, "Jonas", &sample).unwrap();
    let mut notes: Vec<&str> = answers.iter().map(|unnamed| unnamed.note.as_str()).collect();
    notes.sort_unstable();
    assert_eq!(notes, ["Marias note", "Omars note"]);
    settle(&mut world, "Jonas", &sample, Verdict::Approve).unwrap();
    assert_eq!(status(&world, &sample), Status::Adjudicated);
    assert!(adjudication::disputes(&world.ledger, "Jonas").unwrap().is_empty());
    assert_eq!(gold::candidates(&world.ledger).unwrap(), [sample]);
    promote(&mut world, 0).unwrap();
    assert_eq!(status(&world, &sample), Status::Gold);
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn neither_a_reviewer_nor_an_expert_nor_anyone_without_a_dispute_settles() {
    let (mut world, sample) = disputed();
    assert_eq!(
        begin(&mut world, "Maria", &sample, Verdict::Approve),
        Err(Code::NotAllowed)
    );
    say(&mut world, "Jonas", 0, Verdict::Approve, "");
    assert_eq!(
        begin(&mut world, "Jonas", &sample, Verdict::Approve),
        Err(Code::NotAllowed)
    );
    assert!(adjudication::disputes(&world.ledger, "Jonas").unwrap().is_empty());
    // Taking the answer back does not unsee the sample.
    let queue = world.queue.clone();
    verdict::undo(&mut world.ledger, &by("Jonas"), &queue).unwrap();
    assert_eq!(
        begin(&mut world, "Jonas", &sample, Verdict::Approve),
        Err(Code::NotAllowed)
    );
    let quiet = world.items[1];
    assert_eq!(
        begin(&mut world, "Lena", &quiet, Verdict::Approve),
        Err(Code::NotAllowed)
    );
    assert_eq!(
        begin(&mut world, "Lena", &sample, Verdict::Skip),
        Err(Code::NotAllowed)
    );
    begin(&mut world, "Lena", &sample, Verdict::Exclude).unwrap();
    settle(&mut world, "Lena", &sample, Verdict::Exclude).unwrap();
    assert!(promote(&mut world, 0).is_err(), "settled as excluded");
    assert!(gold::candidates(&world.ledger).unwrap().is_empty());
}

#[test]
fn a_reviewer_who_answers_otherwise_afterwards_opens_the_dispute_again() {
    let (mut world, sample) = disputed();
    begin(&mut world, "Jonas", &sample, Verdict::Approve).unwrap();
    settle(&mut world, "Jonas", &sample, Verdict::Approve).unwrap();
    say(&mut world, "Omar", 0, Verdict::Approve, "");
    assert_eq!(
        status(&world, &sample),
        Status::Adjudicated,
        "who comes round opens nothing"
    );
    say(&mut world, "Maria", 0, Verdict::Unsure, "");
    assert_eq!(status(&world, &sample), Status::Disputed);
    assert!(promote(&mut world, 0).is_err());
    let queue = world.queue.clone();
    verdict::undo(&mut world.ledger, &by("Maria"), &queue).unwrap();
    assert_eq!(status(&world, &sample), Status::Adjudicated);
    let kept = world.ledger.adjudications().unwrap();
    world.ledger.rebuild_projections().unwrap();
    assert_eq!(world.ledger.adjudications().unwrap(), kept);
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn the_worst_disagreement_comes_first() {
    let mut world = blind();
    for (position, (one, other)) in [
        (Verdict::Approve, Verdict::Unsure),
        (Verdict::Approve, Verdict::Exclude),
        (Verdict::Approve, Verdict::Approve),
    ]
    .into_iter()
    .enumerate()
    {
        say(&mut world, "Maria", position, one, "");
        say(&mut world, "Omar", position, other, "");
    }
    let found: Vec<Digest> = adjudication::disputes(&world.ledger, "Lena")
        .unwrap()
        .into_iter()
        .map(|dispute| dispute.sample)
        .collect();
    assert_eq!(found, [world.items[1], world.items[0]]);
}

#[test]
fn the_order_of_unnamed_answers_does_not_follow_who_answered_first() {
    let mut world = blind();
    for position in 0..4 {
        say(&mut world, "Maria", position, Verdict::Approve, "");
        say(&mut world, "Omar", position, Verdict::Exclude, "");
    }
    let first: Vec<Verdict> = world
        .items
        .clone()
        .iter()
        .flat_map(|sample| {
            ["Jonas", "Lena"].map(|adjudicator| {
                begin(&mut world, adjudicator, sample, Verdict::Unsure).unwrap();
                adjudication::answers(&world.ledger, adjudicator, sample).unwrap()[0]
                    .answer
                    .verdict
            })
        })
        .collect();
    assert!(
        first.contains(&Verdict::Approve) && first.contains(&Verdict::Exclude),
        "{first:?}"
    );
}

#[test]
fn a_blinded_reviewer_reads_no_row_of_a_peer() {
    let (mut world, sample) = disputed();
    say(&mut world, "Omar", 1, Verdict::Approve, "");
    let queue = world.queue.clone();
    reveal::unseal(&mut world.ledger, &by("Omar"), &queue, &sample).unwrap();
    verdict::undo(&mut world.ledger, &by("Omar"), &queue).unwrap();
    let sight = world.ledger.seen_by("Maria").unwrap();
    let seen: Vec<String> = sight
        .standing(&sample)
        .unwrap()
        .into_iter()
        .map(|decision| decision.actor)
        .collect();
    assert_eq!(seen, ["Maria"]);
    assert!(sight.hides(&sample).unwrap());
    assert!(!sight.hides(&world.items[2]).unwrap());
    let mut actors = Vec::new();
    sight
        .each_standing(|decision| actors.push(decision.actor))
        .unwrap();
    assert_eq!(actors, ["Maria"]);
    let of_omar = LogFilter {
        actor: Some("Omar".to_owned()),
        ..LogFilter::default()
    };
    assert_eq!(
        (
            sight.latest(&of_omar, None, 99).unwrap().len(),
            sight.count(&of_omar).unwrap()
        ),
        (0, 0)
    );
    let decided = LogFilter {
        kinds: vec!["decided".to_owned()],
        ..LogFilter::default()
    };
    assert_eq!(sight.count(&decided).unwrap(), 1);
    assert_eq!(
        standing::status_seen(&sight, &sample).unwrap(),
        Status::InReview { answered: 1, of: 2 },
        "that peers differ is not told either"
    );
    let words = format!("{:?}", gold::checklist_seen(&sight, &sample, &human()).unwrap());
    assert!(!words.contains("Omar") && words.contains("Maria"), "{words}");
    assert_eq!(
        gold::candidates_seen(&sight).unwrap(),
        [sample],
        "as far as Maria knows"
    );
    // Public acts stay public.
    let queues = LogFilter {
        kinds: vec!["queue_created".to_owned()],
        ..LogFilter::default()
    };
    assert_eq!(sight.count(&queues).unwrap(), 2);
}

#[test]
fn a_dispute_is_known_to_those_who_may_settle_it_and_to_no_reviewer_of_it() {
    let (mut world, sample) = disputed();
    let known = |world: &World, reader: &str| world.ledger.seen_by(reader).unwrap().disputed().unwrap();
    for (reader, expected) in [
        ("Jonas", vec![sample]),
        ("Maria", vec![]),
        ("Omar", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(known(&world, reader), expected, "{reader}");
    }
    assert_eq!(world.ledger.seen_whole().disputed().unwrap(), [sample]);
    say(&mut world, "Lena", 0, Verdict::Approve, "");
    assert!(
        known(&world, "Lena").is_empty(),
        "a lead who reviewed it is a reviewer"
    );
    begin(&mut world, "Jonas", &sample, Verdict::Approve).unwrap();
    settle(&mut world, "Jonas", &sample, Verdict::Approve).unwrap();
    assert!(known(&world, "Jonas").is_empty() && world.ledger.seen_whole().disputed().unwrap().is_empty());
}

#[test]
fn in_an_open_queue_everyone_knows_what_reviewers_differ_on() {
    let mut world = world();
    for (reviewer, verdict) in [("Maria", Verdict::Approve), ("Lena", Verdict::Exclude)] {
        say(&mut world, reviewer, 0, verdict, "");
    }
    let sight = world.ledger.seen_by("Maria").unwrap();
    assert_eq!(sight.disputed().unwrap(), [world.items[0]]);
}

#[test]
fn an_adjudicator_reads_answers_only_after_their_own_and_others_keep_reading() {
    let (mut world, sample) = disputed();
    say(&mut world, "Maria", 1, Verdict::Approve, "");
    let (agreed, seen) = (world.items[1], |world: &World, reader: &str, sample: &Digest| {
        world
            .ledger
            .seen_by(reader)
            .unwrap()
            .standing(sample)
            .unwrap()
            .len()
    });
    assert_eq!(seen(&world, "Jonas", &agreed), 1, "nothing is in dispute there");
    assert_eq!(seen(&world, "Jonas", &sample), 0);
    begin(&mut world, "Jonas", &sample, Verdict::Approve).unwrap();
    assert_eq!(
        (seen(&world, "Jonas", &sample), seen(&world, "Lena", &sample)),
        (2, 0)
    );
    assert_eq!(seen(&world, "", &sample), 0, "nobody knows of open queues only");
    // Who reviews in the queue is a reviewer, whatever their role.
    say(&mut world, "Lena", 2, Verdict::Approve, "");
    assert_eq!(seen(&world, "Lena", &agreed), 0);
}

#[test]
fn in_an_open_queue_everyone_reads_everything() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    world.decide("Jonas", 0, Verdict::Exclude);
    let sample = world.items[0];
    assert_eq!(
        world
            .ledger
            .seen_by("Maria")
            .unwrap()
            .standing(&sample)
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn too_few_approvals_do_not_make_gold() {
    let mut world = blind();
    say(&mut world, "Maria", 0, Verdict::Approve, "");
    let fault = promote(&mut world, 0).unwrap_err();
    assert!(fault.message.contains("1 of 2 approvals"), "{fault}");
    say(&mut world, "Omar", 0, Verdict::Approve, "");
    promote(&mut world, 0).unwrap();
}

#[test]
fn an_exclusion_that_settles_needs_a_reason() {
    let (mut world, sample) = disputed();
    begin(&mut world, "Jonas", &sample, Verdict::Exclude).unwrap();
    let bare = Answer::of(Verdict::Exclude);
    let fault =
        adjudication::settle(&mut world.ledger, &by("Jonas"), &sample, &bare, "", Cause::Slip).unwrap_err();
    assert_eq!(fault.code, Code::Usage);
}
