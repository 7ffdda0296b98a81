use std::collections::BTreeMap;

use assay_model::{Code, Fault};
use assay_review::verdict::{self, Decide};
use assay_review::{
    CriterionMapping, DecisionState, EarlierAnswers, RubricId, RubricMapping, Verdict, gold, queue, rubric,
};
use proptest::prelude::*;

use crate::world::{World, answer, by, world};

fn id(text: &str) -> RubricId {
    text.parse().unwrap()
}

/// `general` with the last criterion under another id and on a scale of two.
fn next_general() -> assay_review::Rubric {
    let mut next = rubric::general();
    let last = next.criteria.last_mut().unwrap();
    (last.id, last.max) = ("clear".to_owned(), 2);
    next
}

fn scored(world: &mut World, actor: &str, position: usize, criterion: &str, score: u64) -> Result<(), Fault> {
    let mut decide: Decide = answer(world.items[position], Verdict::Approve);
    decide.answer.scores = BTreeMap::from([(criterion.to_owned(), score)]);
    verdict::decide(&mut world.ledger, &by(actor), &world.queue.clone(), &decide).map(|_| ())
}

fn follow(world: &mut World, actor: &str, answers: EarlierAnswers) -> Result<(), Code> {
    let queue = world.queue.clone();
    rubric::follow(
        &mut world.ledger,
        &by(actor),
        &queue,
        &id("general@2"),
        answers,
        "clearer words",
    )
    .map(|_| ())
    .map_err(|fault| fault.code)
}

fn with_second_version() -> World {
    let mut world = world();
    let added = rubric::add(&mut world.ledger, &by("Jonas"), &next_general()).unwrap();
    assert_eq!(added.id, id("general@2"));
    world
}

fn plain_to_clear() -> RubricMapping {
    let scores = [("1", 1), ("2", 1), ("3", 2), ("4", 2)].map(|(from, to)| (from.to_owned(), to));
    RubricMapping {
        criteria: BTreeMap::from([(
            "plain".to_owned(),
            CriterionMapping {
                to: "clear".to_owned(),
                scores: BTreeMap::from(scores),
            },
        )]),
        labels: BTreeMap::new(),
    }
}

#[test]
fn the_templates_are_rubrics_and_the_general_one_is_what_it_was() {
    let names: Vec<String> = rubric::templates()
        .iter()
        .map(|template| template.id.to_string())
        .collect();
    assert_eq!(names, ["general@1", "health@1", "law@1", "finance@1"]);
    let general = rubric::general();
    assert_eq!(
        (
            general.labels.len(),
            general.criteria.len(),
            general.exclude_reasons.len()
        ),
        (6, 4, 9)
    );
    assert_eq!(
        (general.labels[5].key, general.labels[5].name.as_str()),
        (6, "Personal details")
    );
    // The same bytes as version 1 had in every ledger before rubrics were files.
    let body = serde_json::to_string(&general).unwrap();
    assert!(
        body.starts_with(
            r#"{"id":"general@1","labels":[{"key":1,"name":"Typical"},{"key":2,"name":"Rare case"}"#
        ),
        "{body}"
    );
    for template in rubric::templates() {
        for criterion in &template.criteria {
            for step in 1..=criterion.max {
                assert!(
                    criterion.guidance.contains(&format!("{step}: ")),
                    "{}: {}",
                    template.id,
                    criterion.id
                );
            }
        }
    }
}

#[test]
fn a_template_is_recorded_when_a_queue_first_needs_it() {
    let mut world = world();
    let order = queue::QueueOrder {
        rubric: Some(id("health@1")),
        ..crate::world::order("clinic", 2)
    };
    let drawn = queue::draw(&order, world.samples.iter().map(|sample| sample.digest).collect()).unwrap();
    let made = queue::create(
        &mut world.ledger,
        &by("Jonas"),
        &order,
        &drawn,
        &world.samples.clone(),
    )
    .unwrap();
    assert_eq!(rubric::asked(&world.ledger, &made).unwrap().id, id("health@1"));
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn the_same_questions_are_one_version_and_others_the_next() {
    let mut world = with_second_version();
    let size = world.ledger.size().unwrap();
    let again = rubric::add(&mut world.ledger, &by("Jonas"), &next_general()).unwrap();
    assert_eq!(
        (again.id, again.entry, world.ledger.size().unwrap()),
        (id("general@2"), None, size)
    );
    let back = rubric::add(&mut world.ledger, &by("Lena"), &rubric::general()).unwrap();
    assert_eq!(back.id, id("general@3"));
    assert_eq!(
        rubric::add(&mut world.ledger, &by("Maria"), &next_general())
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
}

#[test]
fn a_rubric_that_keys_cannot_answer_is_refused() {
    let good = "name = \"short\"\nlabels = [\"a\"]\nexclude_reasons = [\"no\"]\n";
    rubric::parse(good).unwrap();
    let criterion = |max: u64, guidance: &str| {
        format!("{good}[[criterion]]\nid = \"c\"\nname = \"C\"\nguidance = \"{guidance}\"\nmax = {max}\n")
    };
    rubric::parse(&criterion(9, "1: bad")).unwrap();
    for bad in [
        criterion(10, "1: bad"),
        criterion(1, "1: bad"),
        criterion(4, " "),
        good.replace("[\"a\"]", "[\"a\", \"a\"]"),
        good.replace("[\"no\"]", "[]"),
        good.replace("short", "sh@rt"),
        good.replace(
            "[\"a\"]",
            "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\"]",
        ),
    ] {
        assert_eq!(rubric::parse(&bad).unwrap_err().code, Code::Usage, "{bad}");
    }
    let fault = rubric::parse("name = \"x\"\nlabels = []\ncolour = 1\n").unwrap_err();
    assert_eq!(fault.line, Some(3), "{fault}");
}

#[test]
fn answers_that_are_asked_again_no_longer_stand_and_cannot_be_undone() {
    let mut world = with_second_version();
    scored(&mut world, "Maria", 0, "plain", 4).unwrap();
    world.decide("Maria", 1, Verdict::Approve);
    assert_eq!(
        follow(&mut world, "Maria", EarlierAnswers::AskAgain),
        Err(Code::NotAllowed)
    );
    follow(&mut world, "Jonas", EarlierAnswers::AskAgain).unwrap();
    assert_eq!(
        queue::progress(&world.ledger, &world.queue, "Maria")
            .unwrap()
            .done,
        0
    );
    assert_eq!(queue::position(&world.ledger, &world.queue, "Maria").unwrap(), 0);
    assert!(gold::candidates(&world.ledger).unwrap().is_empty());
    let states: Vec<DecisionState> = queue::history(&world.ledger, &world.queue, "Maria", 9)
        .unwrap()
        .into_iter()
        .map(|step| step.decision.state)
        .collect();
    assert_eq!(states, [DecisionState::Superseded, DecisionState::Superseded]);
    let queue = world.queue.clone();
    assert_eq!(
        verdict::undo(&mut world.ledger, &by("Maria"), &queue)
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    // The criterion's old name is no question any more; the new one is.
    assert!(scored(&mut world, "Maria", 0, "plain", 4).is_err());
    scored(&mut world, "Maria", 0, "clear", 2).unwrap();
    assert_eq!(
        world.ledger.decisions(queue.id, "Maria", 1).unwrap()[0].version,
        2
    );
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn answers_stand_through_a_mapping_and_are_refused_where_they_would_be_no_answers() {
    let mut world = with_second_version();
    scored(&mut world, "Maria", 0, "plain", 3).unwrap();
    // As it is, a score for `plain` is no answer to the second version.
    assert_eq!(
        follow(&mut world, "Jonas", EarlierAnswers::StillValid),
        Err(Code::NotAllowed)
    );
    let mut beyond = plain_to_clear();
    beyond.criteria.get_mut("plain").unwrap().scores.clear();
    assert_eq!(
        follow(&mut world, "Jonas", EarlierAnswers::Mapped(beyond)),
        Err(Code::NotAllowed)
    );
    follow(&mut world, "Jonas", EarlierAnswers::Mapped(plain_to_clear())).unwrap();
    let item = queue::item(&world.ledger, &world.queue, "Maria", 0).unwrap();
    let decision = item.answer.unwrap();
    let given = verdict::full_answer(&world.ledger, &decision).unwrap().answer;
    assert_eq!(given.scores["plain"], 3, "what was answered stays what it was");
    let read = rubric::read_as(&world.ledger, &decision, given).unwrap();
    assert_eq!(read.scores, BTreeMap::from([("clear".to_owned(), 2)]));
    assert_eq!(
        follow(&mut world, "Jonas", EarlierAnswers::AskAgain),
        Err(Code::NotAllowed),
        "no step back or sideways"
    );
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn a_mapping_is_read_from_a_file() {
    let text = "[criteria.plain]\nto = \"clear\"\nscores = { 1 = 1, 2 = 1, 3 = 2, 4 = 2 }\n";
    assert_eq!(rubric::parse_mapping(text).unwrap(), plain_to_clear());
    assert_eq!(
        rubric::parse_mapping("criteria = 3").unwrap_err().code,
        Code::Usage
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn replaying_the_log_gives_the_same_answers_whatever_became_of_them(
        acts in prop::collection::vec((0_usize..5, 0_u8..5), 1..25), move_at in 0_usize..25, again in any::<bool>()
    ) {
        let mut world = with_second_version();
        let queue = world.queue.clone();
        for (number, (position, act)) in acts.into_iter().enumerate() {
            if number == move_at {
                let answers = if again { EarlierAnswers::AskAgain } else { EarlierAnswers::StillValid };
                follow(&mut world, "Jonas", answers).unwrap();
            }
            match act {
                0 => drop(verdict::undo(&mut world.ledger, &by("Maria"), &queue)),
                1 => drop(verdict::redo(&mut world.ledger, &by("Maria"), &queue)),
                2 => world.decide("Maria", position, Verdict::Exclude),
                _ => world.decide("Maria", position, Verdict::Approve),
            }
        }
        let kept = world.ledger.decisions(queue.id, "Maria", 99).unwrap();
        world.ledger.rebuild_projections().unwrap();
        prop_assert_eq!(world.ledger.decisions(queue.id, "Maria", 99).unwrap(), kept);
        prop_assert!(world.ledger.verify().unwrap().whole());
    }
}
