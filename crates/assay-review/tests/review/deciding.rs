use std::collections::BTreeMap;

use assay_model::{Code, Digest, Origin};
use assay_review::verdict::{self, Decide};
use assay_review::{Answer, Confidence, DecisionState, Verdict, queue};
use proptest::prelude::*;

use crate::world::{World, answer, by, world};

fn code(world: &mut World, decide: &Decide) -> Code {
    verdict::decide(&mut world.ledger, &by("Maria"), &world.queue.clone(), decide)
        .unwrap_err()
        .code
}

#[test]
fn an_answer_is_kept_whole() {
    let mut world = world();
    let decide = Decide {
        sample: world.items[0],
        answer: Answer {
            verdict: Verdict::Exclude,
            reason: " Unsafe ".to_owned(),
            labels: vec!["Boilerplate".to_owned(), "Rare case".to_owned()],
            scores: BTreeMap::from([("safe".to_owned(), 1)]),
            origin: Some(Origin::Human),
            confidence: Some(Confidence::High),
        },
        note: "the dose is wrong".to_owned(),
        dwell_ms: Some(4200),
    };
    let stamp = by("Maria");
    let entry = verdict::decide(&mut world.ledger, &stamp, &world.queue, &decide).unwrap();
    assert_eq!(
        verdict::decide(&mut world.ledger, &stamp, &world.queue, &decide).unwrap(),
        entry
    );
    let item = queue::item(&world.ledger, &world.queue, "Maria", 0).unwrap();
    let full = verdict::full_answer(&world.ledger, &item.answer.unwrap()).unwrap();
    assert_eq!(full.note, "the dose is wrong");
    assert_eq!(full.answer.reason, "Unsafe");
    assert_eq!(full.answer.labels, ["Rare case", "Boilerplate"]);
    assert_eq!(full.answer.scores, decide.answer.scores);
    assert_eq!(
        (full.answer.origin, full.answer.confidence),
        (Some(Origin::Human), Some(Confidence::High))
    );
}

#[test]
fn an_answer_the_rubric_does_not_ask_for_is_refused() {
    let mut world = world();
    let sample = world.items[0];
    let with = |change: fn(&mut Answer)| {
        let mut decide = answer(sample, Verdict::Approve);
        change(&mut decide.answer);
        decide
    };
    let size = world.ledger.size().unwrap();
    assert_eq!(
        code(&mut world, &with(|answer| answer.labels.push("Nice".to_owned()))),
        Code::Usage
    );
    assert_eq!(
        code(
            &mut world,
            &with(|answer| {
                answer.scores.insert("taste".to_owned(), 1);
            })
        ),
        Code::Usage
    );
    assert_eq!(
        code(
            &mut world,
            &with(|answer| {
                answer.scores.insert("safe".to_owned(), 5);
            })
        ),
        Code::Usage
    );
    assert_eq!(
        code(
            &mut world,
            &with(|answer| {
                answer.scores.insert("safe".to_owned(), 0);
            })
        ),
        Code::Usage
    );
    assert_eq!(
        code(&mut world, &with(|answer| answer.verdict = Verdict::Exclude)),
        Code::Usage
    );
    assert_eq!(
        code(&mut world, &answer(Digest::of(b"elsewhere"), Verdict::Approve)),
        Code::UnknownSample
    );
    assert_eq!(world.ledger.size().unwrap(), size);
}

#[test]
fn a_stranger_cannot_decide() {
    let mut world = world();
    let decide = answer(world.items[0], Verdict::Approve);
    let fault = verdict::decide(&mut world.ledger, &by("Nobody"), &world.queue, &decide).unwrap_err();
    assert_eq!(fault.code, Code::UnknownPerson);
    assert!(fault.remedy.contains("Maria, Jonas, Lena"));
}

#[test]
fn a_repeated_undo_takes_back_one_decision() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    world.decide("Maria", 1, Verdict::Approve);
    let (stamp, queue) = (by("Maria"), world.queue.clone());
    let first = verdict::undo(&mut world.ledger, &stamp, &queue).unwrap();
    assert_eq!(verdict::undo(&mut world.ledger, &stamp, &queue).unwrap(), first);
    assert_eq!(queue::progress(&world.ledger, &queue, "Maria").unwrap().done, 1);
    assert_eq!(
        verdict::changed_sample(&world.ledger, &first).unwrap(),
        Some(world.items[1])
    );
    let takes_back = |signed| queue::TakeBack::of(&world.ledger, &queue, "Maria", signed).unwrap();
    let now = takes_back(0);
    assert_eq!((now.can_undo, now.can_redo, now.amends), (true, true, false));
    let seq = world.ledger.undo_target(queue.id, "Maria").unwrap().unwrap().seq;
    assert!(!takes_back(seq).amends && takes_back(seq + 1).amends);
    let states: Vec<_> = queue::history(&world.ledger, &queue, "Maria", 9)
        .unwrap()
        .into_iter()
        .map(|step| (step.position, step.decision.state))
        .collect();
    assert_eq!(states, [(1, DecisionState::Undone), (0, DecisionState::Standing)]);
}

#[test]
fn an_undo_is_ones_own() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    let queue = world.queue.clone();
    assert_eq!(
        verdict::undo(&mut world.ledger, &by("Jonas"), &queue)
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    assert_eq!(
        verdict::redo(&mut world.ledger, &by("Maria"), &queue)
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
}

#[test]
fn a_thousand_undos_and_redos_lead_back_to_where_they_began() {
    let mut world = world();
    let queue = world.queue.clone();
    for turn in 0..1000 {
        world.decide("Maria", turn % 5, Verdict::ALL[turn % 4]);
    }
    let before = answers(&world);
    for _ in 0..1000 {
        verdict::undo(&mut world.ledger, &by("Maria"), &queue).unwrap();
    }
    assert_eq!(answers(&world), [None; 5]);
    for _ in 0..1000 {
        verdict::redo(&mut world.ledger, &by("Maria"), &queue).unwrap();
    }
    assert_eq!(answers(&world), before);
    assert!(verdict::redo(&mut world.ledger, &by("Maria"), &queue).is_err());
    assert!(world.ledger.verify().unwrap().whole());
}

/// What decide, undo and redo mean, in ten lines: two stacks.
#[derive(Default)]
struct Model {
    done: Vec<(usize, Verdict)>,
    undone: Vec<(usize, Verdict)>,
}

impl Model {
    fn act(&mut self, act: Act) -> bool {
        match act {
            Act::Decide(position, verdict) => {
                self.done.push((position, verdict));
                self.undone.clear();
                true
            }
            Act::Undo => self
                .done
                .pop()
                .map(|decision| self.undone.push(decision))
                .is_some(),
            Act::Redo => self
                .undone
                .pop()
                .map(|decision| self.done.push(decision))
                .is_some(),
        }
    }

    /// The latest answer that is not a skip, else a skip.
    fn answer(&self, position: usize) -> Option<Verdict> {
        let mine = || {
            self.done
                .iter()
                .rev()
                .filter(|(at, _)| *at == position)
                .map(|(_, verdict)| *verdict)
        };
        mine()
            .find(|verdict| *verdict != Verdict::Skip)
            .or_else(|| mine().next())
    }
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Decide(usize, Verdict),
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0..5usize, 0..4usize).prop_map(|(position, verdict)| Act::Decide(position, Verdict::ALL[verdict])),
        2 => Just(Act::Undo),
        2 => Just(Act::Redo),
    ]
}

fn answers(world: &World) -> [Option<Verdict>; 5] {
    let items = queue::items(&world.ledger, &world.queue, "Maria").unwrap();
    std::array::from_fn(|position| items[position].answer.as_ref().map(|answer| answer.verdict))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn decisions_undos_and_redos_mean_what_the_model_says(acts in prop::collection::vec(act(), 1..40)) {
        let mut world = world();
        let queue = world.queue.clone();
        let mut model = Model::default();
        for act in acts {
            let happened = match act {
                Act::Decide(position, verdict) => {
                    world.decide("Maria", position, verdict);
                    true
                }
                Act::Undo => verdict::undo(&mut world.ledger, &by("Maria"), &queue).is_ok(),
                Act::Redo => verdict::redo(&mut world.ledger, &by("Maria"), &queue).is_ok(),
            };
            prop_assert_eq!(model.act(act), happened);
            let expected: [Option<Verdict>; 5] = std::array::from_fn(|position| model.answer(position));
            prop_assert_eq!(answers(&world), expected);
            let can = (!model.done.is_empty(), !model.undone.is_empty());
            let back = queue::TakeBack::of(&world.ledger, &queue, "Maria", 0).unwrap();
            prop_assert_eq!((back.can_undo, back.can_redo), can);
            let progress = queue::progress(&world.ledger, &queue, "Maria").unwrap();
            let decided = expected.iter().flatten().filter(|verdict| **verdict != Verdict::Skip).count();
            prop_assert_eq!(progress.done, decided as u64);
        }
        prop_assert!(world.ledger.verify().unwrap().whole());
    }
}
