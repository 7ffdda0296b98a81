use std::collections::{BTreeMap, BTreeSet};

use assay_ledger::{BulkAct, BulkTerms, Choice, Draft, Event, Role, Verdict, items_digest};
use assay_model::{Code, Digest};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{World, draft, id, world};

fn acted(actor: &str, act: BulkAct, samples: &[Digest]) -> Draft {
    let mut items = samples.to_vec();
    items.sort_unstable();
    let terms = BulkTerms {
        act,
        dataset: "letters".to_owned(),
        snapshot: 1,
        filter: "domain = 'law'".to_owned(),
        choice: Choice::AllBut(1),
        size: items.len() as u64,
        items: items_digest(&items),
        reason: "scanned badly".to_owned(),
    };
    let mut draft = draft(actor, Event::BulkActed { terms });
    draft.items = items;
    draft
}

fn tag(word: &str) -> BulkAct {
    BulkAct::Tag(word.to_owned())
}

fn withdrawn(actor: &str, act: Uuid) -> Draft {
    draft(actor, Event::BulkWithdrawn { act })
}

/// What stands on each sample: exclusions, tags and routes by their words.
fn marks(world: &World, reader: Option<&str>) -> BTreeMap<Digest, BTreeSet<String>> {
    let sight = match reader {
        Some(name) => world.ledger.seen_by(name).unwrap(),
        None => world.ledger.seen_whole(),
    };
    let mut found: BTreeMap<Digest, BTreeSet<String>> = BTreeMap::new();
    sight
        .each_bulk_mark(|mark| {
            let (act, word) = mark.act.words();
            found
                .entry(mark.sample)
                .or_default()
                .insert(format!("{act} {word}"));
        })
        .unwrap();
    found
}

fn refused(world: &mut World, draft: Draft, why: &str) {
    let fault = world.ledger.append(&[draft]).unwrap_err();
    assert!(fault.message.contains(why), "{fault}");
}

#[test]
fn an_act_stands_on_its_samples_until_it_is_taken_back_as_a_whole() {
    let mut world = world();
    let said = acted("Jonas", BulkAct::Exclude, &world.items[..4]);
    let entries = world.ledger.append(std::slice::from_ref(&said)).unwrap();
    assert_eq!(world.ledger.append(std::slice::from_ref(&said)).unwrap(), entries);
    let found = marks(&world, None);
    assert_eq!(found.len(), 4);
    assert!(found.values().all(|words| words.contains("exclude ")));
    let record = world.ledger.bulk_act(said.id).unwrap().unwrap();
    assert_eq!(world.ledger.bulk_items(&record).unwrap(), said.items);
    assert!(world.ledger.standing(&world.items[0]).unwrap().is_empty());

    world.ledger.append(&[withdrawn("Jonas", said.id)]).unwrap();
    assert!(marks(&world, None).is_empty());
    assert!(
        world
            .ledger
            .bulk_act(said.id)
            .unwrap()
            .unwrap()
            .withdrawn
            .is_some()
    );
    refused(&mut world, withdrawn("Jonas", said.id), "stands");
    refused(&mut world, withdrawn("Jonas", id()), "stands");
}

#[test]
fn experts_tag_and_take_their_own_tags_back_and_do_no_more() {
    let mut world = world();
    let some = world.items[..2].to_vec();
    let own = acted("Maria", tag("table"), &some);
    let other = acted("Jonas", tag("list"), &some);
    world.ledger.append(&[own.clone(), other.clone()]).unwrap();
    refused(
        &mut world,
        acted("Maria", BulkAct::Exclude, &some),
        "only they may exclude or route",
    );
    let route = BulkAct::Route("Maria".to_owned());
    refused(
        &mut world,
        acted("Maria", route.clone(), &some),
        "only they may exclude or route",
    );
    refused(
        &mut world,
        withdrawn("Maria", other.id),
        "only they may take back",
    );
    refused(
        &mut world,
        acted("Jonas", BulkAct::Route("Nobody".to_owned()), &some),
        "no person",
    );
    refused(&mut world, acted("Nobody", tag("x"), &some), "no person");
    refused(&mut world, acted("Jonas", tag(" "), &some), "a tag is a word");
    world
        .ledger
        .append(&[withdrawn("Maria", own.id), acted("Jonas", route, &some)])
        .unwrap();
    let found = marks(&world, None);
    let expected: BTreeSet<String> = ["route Maria", "tag list"].map(str::to_owned).into();
    assert!(found.values().all(|words| *words == expected));
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn gold_and_lists_that_are_not_the_stated_ones_are_refused() {
    let mut world = world();
    let approval = world.decide(0, Verdict::Approve);
    let promoted = Event::GoldPromoted {
        sample: world.items[0],
        reason: "clear".to_owned(),
        approvals: vec![approval],
    };
    world.ledger.append(&[draft("Jonas", promoted)]).unwrap();
    let whole = world.items.clone();
    for act in [BulkAct::Exclude, tag("x"), BulkAct::Route("Maria".to_owned())] {
        let fault = world.ledger.append(&[acted("Jonas", act, &whole)]).unwrap_err();
        assert_eq!(fault.code, Code::NotAllowed);
        assert!(fault.message.contains("is gold"), "{fault}");
    }
    let mut short = acted("Jonas", tag("x"), &whole[1..]);
    short.items.pop();
    let mut turned = acted("Jonas", tag("x"), &whole[1..]);
    turned.items.reverse();
    for wrong in [short, turned] {
        assert_eq!(world.ledger.append(&[wrong]).unwrap_err().code, Code::Internal);
    }
    assert!(marks(&world, None).is_empty());
}

#[test]
fn a_list_that_was_changed_behind_our_back_is_found() {
    let mut world = world();
    let said = acted("Jonas", tag("x"), &world.items[..3]);
    world.ledger.append(&[said]).unwrap();
    assert!(world.ledger.verify().unwrap().whole());
    world.behind_our_back("DELETE FROM bulk_item WHERE sample = (SELECT min(sample) FROM bulk_item)");
    let failure = world.ledger.verify().unwrap().failure.unwrap();
    assert!(failure.what.contains("bulk act"), "{failure:?}");
}

#[test]
fn the_samples_of_an_act_are_frozen() {
    let mut world = world();
    let said = acted("Jonas", tag("x"), &world.items[..3]);
    world.ledger.append(&[said]).unwrap();
    let raw = world.raw();
    for sql in [
        "DELETE FROM bulk_item",
        "UPDATE bulk_item SET sample = zeroblob(32)",
        "INSERT OR REPLACE INTO bulk_item SELECT act, sample FROM bulk_item",
    ] {
        assert!(
            raw.execute(sql, []).unwrap_err().to_string().contains("frozen"),
            "{sql}"
        );
    }
}

/// A blind queue over the world's samples, answered by Maria; Omar is another expert.
fn answered_blind() -> World {
    let mut world = world();
    let queue = world.ledger.queue_named("first").unwrap().unwrap();
    let mut terms = queue.terms;
    terms.name = "blind".to_owned();
    terms.blind = true;
    let mut created = draft("Jonas", Event::QueueCreated { terms });
    created.items = world.items.clone();
    world.queue = created.id;
    let omar = Event::PersonAdded {
        name: "Omar".to_owned(),
        role: Role::Expert,
    };
    world.ledger.append(&[created, draft("Jonas", omar)]).unwrap();
    world
}

#[test]
fn what_was_done_after_an_answer_that_a_reader_may_not_know_is_kept_from_them() {
    let mut world = answered_blind();
    let before = acted("Jonas", tag("before"), &world.items[..2]);
    world.ledger.append(&[before]).unwrap();
    world.decide(0, Verdict::Exclude);
    let after = acted("Jonas", tag("bad"), &world.items[..2]);
    let routed = acted("Jonas", BulkAct::Route("Omar".to_owned()), &world.items[..1]);
    world.ledger.append(&[after, routed]).unwrap();
    let words = |reader: &str, sample: usize| -> Vec<String> {
        let found = marks(&world, Some(reader));
        let one: Vec<String> = found
            .get(&world.items[sample])
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        let sight = world.ledger.seen_by(reader).unwrap();
        assert_eq!(sight.bulk_marks(&world.items[sample]).unwrap().len(), one.len());
        one
    };
    assert_eq!(words("Omar", 0), ["route Omar", "tag before"]);
    assert_eq!(words("Omar", 1), ["tag bad", "tag before"]);
    assert_eq!(words("Jonas", 0), ["route Omar", "tag bad", "tag before"]);
    assert_eq!(words("Maria", 0), ["route Omar", "tag bad", "tag before"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Taking an act back leaves what stood before it, whatever came in between; and replaying gives the same.
    #[test]
    fn undo_leaves_what_the_other_acts_say(acts in prop::collection::vec((0_usize..4, 0_u16..1024, any::<bool>()), 1..12)) {
        let mut world = world();
        let mut model: Vec<(Uuid, BTreeMap<Digest, String>, bool)> = Vec::new();
        for (kind, mask, back) in acts {
            let samples: Vec<Digest> = (0..10).filter(|bit| mask >> bit & 1 == 1).map(|bit| world.items[bit]).collect();
            if samples.is_empty() {
                continue;
            }
            let act = [BulkAct::Exclude, tag("a"), tag("b"), BulkAct::Route("Maria".to_owned())][kind].clone();
            let (word, of) = act.words();
            let said: BTreeMap<Digest, String> = samples.iter().map(|sample| (*sample, format!("{word} {of}"))).collect();
            let draft = acted("Jonas", act, &samples);
            world.ledger.append(std::slice::from_ref(&draft)).unwrap();
            model.push((draft.id, said, true));
            if back {
                let place = usize::from(mask) % model.len();
                if model[place].2 {
                    model[place].2 = false;
                    let gone = model[place].0;
                    world.ledger.append(&[withdrawn("Jonas", gone)]).unwrap();
                }
            }
        }
        let mut expected: BTreeMap<Digest, BTreeSet<String>> = BTreeMap::new();
        for (_, said, _) in model.iter().filter(|(_, _, stands)| *stands) {
            for (sample, words) in said {
                expected.entry(*sample).or_default().insert(words.clone());
            }
        }
        prop_assert_eq!(&marks(&world, None), &expected);
        world.ledger.rebuild_projections().unwrap();
        prop_assert_eq!(&marks(&world, None), &expected);
        prop_assert!(world.ledger.verify().unwrap().whole());
    }
}
