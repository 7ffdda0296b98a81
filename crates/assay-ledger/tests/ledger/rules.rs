//! Rules that the ledger keeps by itself, whoever appends.

use assay_ledger::{
    Answer, Cause, Draft, EarlierAnswers, Event, FeedAct, FeedPlace, GoldHeld, Role, Verdict, feed_link,
};
use assay_model::{AuthoredSection, Code, Digest};
use uuid::Uuid;

use crate::world::{World, decided, draft, rubric_id, world};

fn refused(world: &mut World, draft: Draft, why: &str) {
    let size = world.ledger.size().unwrap();
    let fault = world.ledger.append(&[draft]).unwrap_err();
    assert!(
        fault.code == Code::NotAllowed && fault.message.contains(why),
        "{fault}"
    );
    assert_eq!(world.ledger.size().unwrap(), size);
}

fn taken(world: &mut World, draft: Draft) -> Uuid {
    let id = draft.id;
    world.ledger.append(&[draft]).unwrap();
    id
}

/// Maria approves and Omar excludes the first sample; Jonas is a curator. The two decisions, in the order of their ids.
fn disputed() -> (World, Digest, Vec<Uuid>) {
    let mut world = world();
    let omar = Event::PersonAdded {
        name: "Omar".to_owned(),
        role: Role::Expert,
    };
    taken(&mut world, draft("Jonas", omar));
    let (queue, sample) = (world.queue, world.items[0]);
    let mut ids = vec![
        taken(
            &mut world,
            draft("Maria", decided(queue, sample, Verdict::Approve)),
        ),
        taken(
            &mut world,
            draft("Omar", decided(queue, sample, Verdict::Exclude)),
        ),
    ];
    ids.sort_unstable();
    (world, sample, ids)
}

fn begun(world: &World, sample: Digest) -> Event {
    Event::AdjudicationBegun {
        queue: world.queue,
        sample,
        rubric: rubric_id(),
        answer: Answer::of(Verdict::Approve),
    }
}

fn settled(world: &World, sample: Digest, first: Uuid, settles: &[Uuid]) -> Event {
    Event::Adjudicated {
        queue: world.queue,
        sample,
        rubric: rubric_id(),
        answer: Answer::of(Verdict::Approve),
        first,
        cause: Cause::Slip,
        settles: settles.to_vec(),
    }
}

#[test]
fn an_adjudication_needs_a_curator_an_answer_of_their_own_and_all_that_stands() {
    let (mut world, sample, ids) = disputed();
    let event = begun(&world, sample);
    refused(
        &mut world,
        draft("Maria", event.clone()),
        "only they may adjudicate",
    );
    let early = settled(&world, sample, Uuid::now_v7(), &ids);
    refused(&mut world, draft("Jonas", early), "has not answered");
    let elsewhere = begun(&world, world.items[1]);
    refused(&mut world, draft("Jonas", elsewhere), "not in dispute");
    let first = taken(&mut world, draft("Jonas", event));
    for wrong in [
        &ids[..1],
        &[ids[0], ids[0]][..],
        &[ids[0], ids[1], Uuid::now_v7()][..],
    ] {
        let event = settled(&world, sample, first, wrong);
        refused(
            &mut world,
            draft("Jonas", event),
            "names the decisions that stand",
        );
    }
    let event = settled(&world, sample, first, &ids);
    taken(&mut world, draft("Jonas", event.clone()));
    refused(&mut world, draft("Jonas", event), "not in dispute");
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn a_queue_follows_its_own_rubric_forwards_with_a_reason() {
    let mut world = world();
    let queue = world.queue;
    let follow = |to: &str, reason: &str| Event::RubricMoved {
        queue,
        to: to.parse().unwrap(),
        answers: EarlierAnswers::AskAgain,
        reason: reason.to_owned(),
    };
    refused(
        &mut world,
        draft("Jonas", follow("general@2", "clearer")),
        "there is no rubric",
    );
    let mut rubric = world.ledger.rubric(&rubric_id()).unwrap().unwrap();
    for id in ["general@2", "other@3"] {
        rubric.id = id.parse().unwrap();
        taken(
            &mut world,
            draft(
                "Jonas",
                Event::RubricAdded {
                    rubric: rubric.clone(),
                },
            ),
        );
    }
    refused(
        &mut world,
        draft("Maria", follow("general@2", "clearer")),
        "no curator",
    );
    refused(
        &mut world,
        draft("Jonas", follow("general@2", " ")),
        "needs a reason",
    );
    refused(
        &mut world,
        draft("Jonas", follow("other@3", "clearer")),
        "no later version",
    );
    refused(
        &mut world,
        draft("Jonas", follow("general@1", "clearer")),
        "no later version",
    );
    taken(&mut world, draft("Jonas", follow("general@2", "clearer")));
    // `decided` answers the first version, which the queue no longer asks.
    let old = decided(queue, world.items[0], Verdict::Approve);
    refused(&mut world, draft("Maria", old), "asks rubric `general@2`");
}

/// A draft as it comes with a pack, `place` acts after the first.
fn from_pack(pack: Uuid, place: u64, previous: Option<&Digest>, event: Event) -> Draft {
    let mut draft = draft("Omar", event);
    let at = format!("{:.3}", draft.at);
    let act = FeedAct {
        id: draft.id,
        at: &at,
        actor: "Omar",
        event: &draft.event,
        note: None,
    };
    let chain = feed_link(previous, &act).unwrap();
    draft.feed = Some(FeedPlace { pack, place, chain });
    draft
}

#[test]
fn what_comes_with_a_pack_stands_in_its_place_of_its_feed() {
    let mut world = world();
    let omar = Event::PersonAdded {
        name: "Omar".to_owned(),
        role: Role::Expert,
    };
    taken(&mut world, draft("Jonas", omar));
    let (queue, items) = (world.queue, world.items.clone());
    let issue = Event::PackIssued {
        queue,
        recipient: "Omar".to_owned(),
        rubric: rubric_id(),
    };
    refused(
        &mut world,
        draft("Maria", issue.clone()),
        "only they may issue packs",
    );
    let pack = taken(&mut world, draft("Jonas", issue.clone()));
    refused(&mut world, draft("Jonas", issue), "has answers here or a pack");
    let here = draft("Omar", decided(queue, items[0], Verdict::Approve));
    refused(&mut world, here, "answers this queue in a pack");

    let approve = |position: usize| decided(queue, items[position], Verdict::Approve);
    let stranger = from_pack(Uuid::now_v7(), 0, None, approve(0));
    refused(&mut world, stranger, "was issued here");
    let late = from_pack(pack, 1, None, approve(0));
    refused(&mut world, late, "is not the next");
    let forged = from_pack(pack, 0, Some(&Digest::of(b"elsewhere")), approve(0));
    refused(&mut world, forged, "does not follow");
    let mut another = from_pack(pack, 0, None, approve(0));
    another.actor = "Maria".to_owned();
    refused(&mut world, another, "of another queue or person");
    let act = Event::PersonAdded {
        name: "Ghost".to_owned(),
        role: Role::Lead,
    };
    let smuggled = from_pack(pack, 0, None, act);
    refused(&mut world, smuggled, "comes with no pack");
    let first = from_pack(pack, 0, None, approve(0));
    let chain = first.feed.unwrap().chain;
    let id = taken(&mut world, first);
    let second = from_pack(
        pack,
        1,
        Some(&chain),
        Event::Undone {
            queue,
            decision: id,
            reason: None,
        },
    );
    taken(&mut world, second);
    assert!(world.ledger.standing(&items[0]).unwrap().is_empty());
    let fork = |place: u64, chain: Digest| Event::PackForked { pack, place, chain };
    refused(&mut world, draft("Jonas", fork(0, chain)), "does not fork");
    refused(&mut world, draft("Maria", fork(1, chain)), "only they may import");
    // From the second act on nothing counts: what it took back stands again.
    taken(&mut world, draft("Jonas", fork(1, Digest::of(b"another branch"))));
    assert_eq!(world.ledger.standing(&items[0]).unwrap().len(), 1);
    refused(
        &mut world,
        draft("Jonas", fork(1, Digest::of(b"a third branch"))),
        "from an earlier act",
    );
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn gold_is_frozen_as_it_is_and_in_order() {
    let mut world = world();
    let (sample, approval) = (world.items[0], world.decide(0, Verdict::Approve));
    let promoted = Event::GoldPromoted {
        sample,
        reason: "clear".to_owned(),
        approvals: vec![approval],
    };
    taken(&mut world, draft("Jonas", promoted));
    let root = assay_model::merkle::root([sample.0.as_slice()]);
    let frozen = |number: u64, size: u64, root: Digest| Event::GoldFrozen {
        number,
        size,
        root,
        reason: "spring".to_owned(),
    };
    refused(
        &mut world,
        draft("Maria", frozen(1, 1, root)),
        "only curators and leads",
    );
    refused(&mut world, draft("Jonas", frozen(2, 1, root)), "not the next");
    refused(
        &mut world,
        draft("Jonas", frozen(1, 2, root)),
        "not the one that is stated",
    );
    refused(
        &mut world,
        draft("Jonas", frozen(1, 1, Digest::of(b"x"))),
        "not the one that is stated",
    );
    taken(&mut world, draft("Jonas", frozen(1, 1, root)));
    let exported = |number, size| Event::GoldExported {
        purpose: "evaluation".to_owned(),
        number,
        size,
        root,
    };
    refused(
        &mut world,
        draft("Jonas", exported(Some(1), 2)),
        "is not what was exported",
    );
    refused(
        &mut world,
        draft("Jonas", exported(Some(2), 1)),
        "is not what was exported",
    );
    taken(&mut world, draft("Maria", exported(Some(1), 1)));
}

#[test]
fn a_snapshot_with_gold_is_released_for_training_only_with_a_reason_and_once() {
    let mut world = world();
    let release = |snapshot, near, reason: &str| Event::TrainingReleased {
        dataset: "letters".to_owned(),
        snapshot,
        root: Digest::of(b"root"),
        held: GoldHeld { exact: 0, near },
        reason: reason.to_owned(),
    };
    refused(
        &mut world,
        draft("Maria", release(1, 0, "")),
        "only curators and leads",
    );
    refused(&mut world, draft("Jonas", release(1, 1, " ")), "needs a reason");
    let id = taken(&mut world, draft("Jonas", release(1, 0, "")));
    refused(
        &mut world,
        draft("Jonas", release(1, 1, "anyway")),
        "released for training already",
    );
    let withdraw = |release, reason: &str| Event::TrainingReleaseWithdrawn {
        release,
        reason: reason.to_owned(),
    };
    refused(&mut world, draft("Jonas", withdraw(id, "")), "needs a reason");
    refused(
        &mut world,
        draft("Jonas", withdraw(Uuid::now_v7(), "slip")),
        "no such release",
    );
    taken(&mut world, draft("Jonas", withdraw(id, "slip")));
    taken(
        &mut world,
        draft("Jonas", release(1, 1, "the one copy is the contract's own text")),
    );
    let releases = world.ledger.training_releases().unwrap();
    let standing: Vec<_> = releases
        .iter()
        .map(|release| (release.held.near, release.withdrawn.is_some()))
        .collect();
    assert_eq!(standing, [(0, true), (1, false)]);
}

#[test]
fn only_curators_and_leads_write_on_the_card_of_a_named_dataset() {
    let mut world = world();
    let text = |dataset: &str| Event::CardTextWritten {
        dataset: dataset.to_owned(),
        section: AuthoredSection::Purpose,
    };
    refused(
        &mut world,
        draft("Maria", text("letters")),
        "only curators and leads",
    );
    refused(&mut world, draft("Nobody", text("letters")), "no person named");
    refused(&mut world, draft("Jonas", text(" ")), "names its dataset");
    taken(&mut world, draft("Jonas", text("letters")));
}
