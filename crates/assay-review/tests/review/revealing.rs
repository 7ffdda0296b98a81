//! Machine opinions: sealed until answered, each reveal an entry, and what changed afterwards is counted.

use assay_model::{Code, Origin};
use assay_review::verdict::{self, Decide};
use assay_review::{Answer, Stamp, Verdict, reveal};

use crate::world::{World, world};

fn decide(world: &mut World, actor: &str, place: usize, verdict: Verdict, origin: Option<Origin>) {
    let answer = Answer {
        reason: if verdict == Verdict::Exclude {
            "Wrong".to_owned()
        } else {
            String::new()
        },
        origin,
        ..Answer::of(verdict)
    };
    let decide = Decide {
        sample: world.items[place],
        answer,
        note: String::new(),
        dwell_ms: None,
    };
    verdict::decide(&mut world.ledger, &Stamp::now(actor), &world.queue, &decide).unwrap();
}

fn unseal(world: &mut World, actor: &str, place: usize) -> Result<u64, Code> {
    let sample = world.items[place];
    reveal::unseal(&mut world.ledger, &Stamp::now(actor), &world.queue, &sample)
        .map(|entry| entry.seq)
        .map_err(|fault| fault.code)
}

#[test]
fn opinions_are_sealed_until_this_person_has_answered_and_a_skip_is_no_answer() {
    let mut world = world();
    assert_eq!(unseal(&mut world, "Maria", 0), Err(Code::NotAllowed));
    decide(&mut world, "Maria", 0, Verdict::Skip, None);
    assert_eq!(unseal(&mut world, "Maria", 0), Err(Code::NotAllowed));
    decide(&mut world, "Maria", 0, Verdict::Approve, None);
    let seq = unseal(&mut world, "Maria", 0).unwrap();
    assert_eq!(
        unseal(&mut world, "Maria", 0),
        Ok(seq),
        "the same act twice is one entry"
    );
    assert_eq!(
        unseal(&mut world, "Jonas", 0),
        Err(Code::NotAllowed),
        "each for themselves"
    );
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn only_an_answer_that_differs_after_the_reveal_is_revised() {
    let mut world = world();
    for place in 0..3 {
        decide(&mut world, "Maria", place, Verdict::Approve, Some(Origin::Human));
        unseal(&mut world, "Maria", place).unwrap();
    }
    decide(&mut world, "Maria", 0, Verdict::Approve, Some(Origin::Human));
    decide(&mut world, "Maria", 1, Verdict::Exclude, Some(Origin::Human));
    decide(&mut world, "Maria", 2, Verdict::Approve, Some(Origin::Unknown));
    decide(&mut world, "Maria", 3, Verdict::Approve, None);
    decide(&mut world, "Maria", 3, Verdict::Unsure, None);
    let revised = reveal::revised_by(&world.ledger, &world.queue, "Maria").unwrap();
    let mut expected = vec![world.items[1], world.items[2]];
    expected.sort_unstable();
    assert_eq!(revised, expected);
}
