use assay_model::{Code, Fault};
use assay_review::decisions::{self, Applied};
use assay_review::{Verdict, queue, verdict};
use jiff::Timestamp;

use crate::world::{World, by, world};

fn apply(world: &mut World, text: &str) -> Result<Applied, Fault> {
    let queue = world.queue.clone();
    decisions::apply(
        &mut world.ledger,
        &queue,
        "Maria",
        Timestamp::now(),
        "verdicts.jsonl",
        text,
    )
}

fn line(world: &World, position: usize, rest: &str) -> String {
    format!("{{\"sample\": \"{}\", {rest}}}\n", world.items[position])
}

fn verdict_at(world: &World, position: u64) -> Option<Verdict> {
    queue::item(&world.ledger, &world.queue, "Maria", position)
        .unwrap()
        .answer
        .map(|answer| answer.verdict)
}

#[test]
fn the_same_file_applied_twice_changes_nothing() {
    let mut world = world();
    let text = line(
        &world,
        0,
        r#""verdict": "approve", "reason": "", "labels": {}, "rubric": {"correct": 4}, "origin": "human", "confidence": "high", "note": "fine""#,
    ) + &line(
        &world,
        1,
        r#""verdict": "exclude", "reason": "Unsafe", "labels": {"Rare case": true, "Typical": false}"#,
    ) + "\n"
        + &line(&world, 2, r#""verdict": "skip""#);
    assert_eq!(
        apply(&mut world, &text).unwrap(),
        Applied {
            decisions: 3,
            recorded: 3
        }
    );
    let root = world.ledger.root().unwrap();
    assert_eq!(
        apply(&mut world, &text).unwrap(),
        Applied {
            decisions: 3,
            recorded: 0
        }
    );
    assert_eq!(world.ledger.root().unwrap(), root);
    assert_eq!(
        apply(&mut world, &text.replace('\n', "\r\n")).unwrap().recorded,
        0
    );
    let item = queue::item(&world.ledger, &world.queue, "Maria", 0).unwrap();
    let full = verdict::full_answer(&world.ledger, &item.answer.unwrap()).unwrap();
    assert_eq!((full.note.as_str(), full.answer.scores["correct"]), ("fine", 4));
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn a_file_applied_again_does_not_undo_a_later_change_of_mind() {
    let mut world = world();
    let text = line(&world, 0, r#""verdict": "approve""#);
    apply(&mut world, &text).unwrap();
    world.decide("Maria", 0, Verdict::Unsure);
    assert_eq!(apply(&mut world, &text).unwrap().recorded, 0);
    assert_eq!(verdict_at(&world, 0), Some(Verdict::Unsure));
}

#[test]
fn an_answer_the_file_comes_back_to_counts_again() {
    let mut world = world();
    let approve = line(&world, 0, r#""verdict": "approve""#);
    let unsure = line(&world, 0, r#""verdict": "unsure""#);
    let text = [approve.as_str(), &approve, &unsure, &approve].concat();
    assert_eq!(
        apply(&mut world, &text).unwrap(),
        Applied {
            decisions: 4,
            recorded: 3
        }
    );
    assert_eq!(verdict_at(&world, 0), Some(Verdict::Approve));
    assert_eq!(apply(&mut world, &text).unwrap().recorded, 0);
}

#[test]
fn a_bad_line_rejects_the_whole_file_and_is_named() {
    let bad = [
        (r#""verdict": "approved""#, "`approved` is not a verdict"),
        (r#""verdict": "exclude""#, "needs a reason"),
        (r#""verdict": "exclude", "reason": "  ""#, "needs a reason"),
        (r#""verdict": "approve", "rubric": {"safe": 9}"#, "out of range"),
        (
            r#""verdict": "approve", "rubric": {"taste": 1}"#,
            "no criterion `taste`",
        ),
        (
            r#""verdict": "approve", "labels": {"Nice": true}"#,
            "no label `Nice`",
        ),
        (
            r#""verdict": "approve", "origin": "robot""#,
            "`robot` is not an origin",
        ),
        (
            r#""verdict": "approve", "confidence": "very""#,
            "`very` is not a confidence",
        ),
        (r#""verdict": "approve", "colour": "red""#, "unknown field"),
        (r#""verdict": "approve", "verdict": "exclude""#, "duplicate field"),
        (r#""verdict": approve"#, "not a decision"),
        (r#""reason": "no verdict""#, "missing field `verdict`"),
    ];
    let mut world = world();
    let size = world.ledger.size().unwrap();
    for (rest, expected) in bad {
        let text = line(&world, 0, r#""verdict": "approve""#) + "\n" + &line(&world, 1, rest);
        let fault = apply(&mut world, &text).unwrap_err();
        assert_eq!(
            (fault.code, fault.line),
            (Code::InvalidDecisions, Some(3)),
            "{fault}"
        );
        assert_eq!(fault.path.as_deref(), Some("verdicts.jsonl"));
        assert!(fault.message.contains(expected), "{fault}");
        assert_eq!(world.ledger.size().unwrap(), size);
    }
    let stranger = format!("{{\"sample\": \"{}\", \"verdict\": \"approve\"}}", "a".repeat(64));
    assert!(
        apply(&mut world, &stranger)
            .unwrap_err()
            .message
            .contains("is not in queue")
    );
    assert!(
        apply(&mut world, "{\"sample\": \"12\", \"verdict\": \"approve\"}")
            .unwrap_err()
            .message
            .contains("not a digest")
    );
}

#[test]
fn an_empty_file_decides_nothing() {
    let mut world = world();
    assert_eq!(
        apply(&mut world, "\u{feff}\n \n").unwrap(),
        Applied {
            decisions: 0,
            recorded: 0
        }
    );
}

#[test]
fn verdicts_from_a_file_can_be_undone_on_screen() {
    let mut world = world();
    let text = line(&world, 0, r#""verdict": "approve""#);
    apply(&mut world, &text).unwrap();
    let queue = world.queue.clone();
    verdict::undo(&mut world.ledger, &by("Maria"), &queue).unwrap();
    assert_eq!(verdict_at(&world, 0), None);
    assert_eq!(apply(&mut world, &text).unwrap().recorded, 0);
}
