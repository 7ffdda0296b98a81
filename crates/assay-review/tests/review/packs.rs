use assay_model::{Code, Digest};
use assay_review::packs::{self, Outcome, PackFile, Return, Stopped};
use assay_review::standing::{self, Status};
use assay_review::verdict::{self, Decide};
use assay_review::{
    EarlierAnswers, Ledger, Queue, Role, RubricId, Verdict, adjudication, people, reveal, rubric,
};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::adjudicating::blind;
use crate::world::{World, answer, by};

/// The recipient's own Assay.
pub struct Elsewhere {
    pub ledger: Ledger,
    queue: Queue,
    pub pack: uuid::Uuid,
    person: String,
    items: Vec<Digest>,
    _folder: TempDir,
}

pub fn pack_for(world: &mut World, person: &str) -> String {
    let queue = world.queue.clone();
    packs::issue(&mut world.ledger, &by("Jonas"), &queue, person).unwrap();
    written(world, person)
}

pub fn written(world: &World, person: &str) -> String {
    let pack = packs::issued(&world.ledger, &world.queue, person)
        .unwrap()
        .unwrap();
    let mut bytes = Vec::new();
    packs::write_pack(&world.ledger, pack.id, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

pub fn elsewhere(pack: &str) -> Elsewhere {
    let PackFile::Pack(pack) = packs::read("x.assaypack", pack).unwrap() else {
        panic!("not a pack");
    };
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    let person = pack.header.recipient.clone();
    let queue = packs::open(&mut ledger, &by(&person), &pack).unwrap();
    Elsewhere {
        items: ledger.queue_items(&queue).unwrap(),
        ledger,
        queue,
        pack: pack.header.pack,
        person,
        _folder: folder,
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Act {
    Say(usize, Verdict),
    Undo,
    Redo,
    Unseal(usize),
}

impl Elsewhere {
    pub fn act(&mut self, act: Act) {
        let stamp = by(&self.person);
        let queue = self.queue.clone();
        // What cannot be done is not done; that is no act.
        match act {
            Act::Say(position, verdict) => {
                let decide = Decide {
                    note: format!("{verdict:?} because"),
                    ..answer(self.items[position], verdict)
                };
                verdict::decide(&mut self.ledger, &stamp, &queue, &decide)
                    .map(|_| ())
                    .unwrap();
            }
            Act::Undo => drop(verdict::undo(&mut self.ledger, &stamp, &queue)),
            Act::Redo => drop(verdict::redo(&mut self.ledger, &stamp, &queue)),
            Act::Unseal(position) => drop(reveal::unseal(
                &mut self.ledger,
                &stamp,
                &queue,
                &self.items[position],
            )),
        }
    }

    fn returns(&self) -> String {
        let mut bytes = Vec::new();
        packs::write_return(&self.ledger, self.pack, None, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }
}

pub fn read(text: &str) -> Return {
    match packs::read("x.assayreturn", text).unwrap() {
        PackFile::Return(returned) => returned,
        PackFile::Pack(_) => panic!("not a return"),
    }
}

pub fn merge(world: &mut World, text: &str) -> Outcome {
    packs::merge(&mut world.ledger, &by("Jonas"), &read(text)).unwrap()
}

/// What stands, apart from the numbers of entries.
fn result(world: &World) -> Vec<String> {
    let mut rows = Vec::new();
    for sample in &world.items {
        let mut standing: Vec<String> = world
            .ledger
            .standing(sample)
            .unwrap()
            .iter()
            .map(|decision| {
                let full = verdict::full_answer(&world.ledger, decision).unwrap();
                format!(
                    "{} {} {:?} {}",
                    decision.actor, decision.id, full.answer, full.note
                )
            })
            .collect();
        standing.sort_unstable();
        rows.push(format!(
            "{} {standing:?}",
            standing::status(&world.ledger, sample).unwrap()
        ));
    }
    for person in ["Maria", "Omar"] {
        let answers = world.ledger.answers(world.queue.id, person).unwrap();
        let reviewed = world.ledger.reviewed(world.queue.id, person).unwrap();
        rows.push(format!("{person} {} {reviewed:?}", answers.len()));
    }
    rows
}

#[test]
fn two_experts_elsewhere_answer_blind_and_one_disagreement_is_settled() {
    let mut world = blind();
    let (for_maria, for_omar) = (pack_for(&mut world, "Maria"), pack_for(&mut world, "Omar"));
    let (mut maria, mut omar) = (elsewhere(&for_maria), elsewhere(&for_omar));
    for position in 0..4 {
        maria.act(Act::Say(position, Verdict::Approve));
        omar.act(Act::Say(
            position,
            if position == 2 {
                Verdict::Exclude
            } else {
                Verdict::Approve
            },
        ));
    }
    let size = world.ledger.size().unwrap();
    let dry = packs::dry_run(&world.ledger, &by("Jonas"), &read(&maria.returns())).unwrap();
    assert_eq!(
        (dry.new, dry.known, dry.left_out, dry.stopped.clone()),
        (4, 0, 0, None)
    );
    assert_eq!(size, world.ledger.size().unwrap(), "a dry run records nothing");
    merge(&mut world, &maria.returns());
    let rehearsed = packs::dry_run(&world.ledger, &by("Jonas"), &read(&omar.returns())).unwrap();
    assert_eq!((rehearsed.disputed_before, rehearsed.disputed), (0, 1));
    let outcome = merge(&mut world, &omar.returns());
    assert_eq!(outcome, rehearsed, "what was rehearsed is what happens");
    assert_eq!((outcome.new, outcome.disputed), (4, 1));
    let disputed = world.items[2];
    assert_eq!(
        adjudication::disputes(&world.ledger, "Jonas").unwrap()[0].sample,
        disputed
    );
    let approve = answer(disputed, Verdict::Approve).answer;
    adjudication::begin(&mut world.ledger, &by("Jonas"), &disputed, &approve, "").unwrap();
    let notes: Vec<String> = adjudication::answers(&world.ledger, "Jonas", &disputed)
        .unwrap()
        .into_iter()
        .map(|unnamed| unnamed.note)
        .collect();
    assert_eq!(notes.len(), 2);
    assert!(
        notes.contains(&"Exclude because".to_owned()),
        "notes come along: {notes:?}"
    );
    adjudication::settle(
        &mut world.ledger,
        &by("Jonas"),
        &disputed,
        &approve,
        "",
        assay_review::Cause::Slip,
    )
    .unwrap();
    assert_eq!(
        standing::status(&world.ledger, &disputed).unwrap(),
        Status::Adjudicated
    );
    assert_eq!(
        standing::status(&world.ledger, &world.items[0]).unwrap(),
        Status::GoldCandidate
    );
    let kept = result(&world);
    let found = world.ledger.verify().unwrap();
    assert!(found.whole() && found.clock_set_back.is_empty(), "{found:?}");
    world.ledger.rebuild_projections().unwrap();
    assert_eq!(result(&world), kept);
}

#[test]
fn a_pack_holds_no_entry_of_a_peer() {
    let mut world = blind();
    people::add(&mut world.ledger, &by("Lena"), "Zebedee Quill", Role::Expert).unwrap();
    let secret = Decide {
        note: "peer note xyzzy".to_owned(),
        ..answer(world.items[0], Verdict::Exclude)
    };
    verdict::decide(
        &mut world.ledger,
        &by("Zebedee Quill"),
        &world.queue.clone(),
        &secret,
    )
    .unwrap();
    let mut reason = answer(world.items[1], Verdict::Exclude);
    reason.answer.reason = "peer reason plugh".to_owned();
    verdict::decide(
        &mut world.ledger,
        &by("Zebedee Quill"),
        &world.queue.clone(),
        &reason,
    )
    .unwrap();
    let pack = pack_for(&mut world, "Maria");
    for word in [
        "Zebedee",
        "Quill",
        "xyzzy",
        "plugh",
        "Omar",
        "Lena",
        "\"exclude\"",
        "decided",
    ] {
        assert!(!pack.contains(word), "{word}");
    }
    assert!(
        pack.contains("Maria") && pack.contains("sample "),
        "the control: what belongs there is found"
    );
    assert_eq!(written(&world, "Maria"), pack, "the same bytes each time");
}

#[test]
fn while_a_pack_is_out_its_holder_answers_nowhere_else() {
    let mut world = blind();
    let pack = pack_for(&mut world, "Maria");
    let here = verdict::decide(
        &mut world.ledger,
        &by("Maria"),
        &world.queue.clone(),
        &answer(world.items[0], Verdict::Approve),
    );
    assert_eq!(here.unwrap_err().code, Code::NotAllowed);
    let queue = world.queue.clone();
    assert!(
        packs::issue(&mut world.ledger, &by("Jonas"), &queue, "Maria").is_err(),
        "no second pack"
    );
    assert!(
        packs::issue(&mut world.ledger, &by("Maria"), &queue, "Omar").is_err(),
        "experts issue none"
    );
    let mut maria = elsewhere(&pack);
    people::add(&mut maria.ledger, &by("Ghost"), "Ghost", Role::Lead).unwrap();
    let ghost = verdict::decide(
        &mut maria.ledger,
        &by("Ghost"),
        &maria.queue.clone(),
        &answer(maria.items[0], Verdict::Approve),
    );
    assert_eq!(
        ghost.unwrap_err().code,
        Code::NotAllowed,
        "nor anyone but her there"
    );
    let PackFile::Pack(again) = packs::read("x", &pack).unwrap() else {
        panic!()
    };
    let size = maria.ledger.size().unwrap();
    packs::open(&mut maria.ledger, &by("Maria"), &again).unwrap();
    assert_eq!(
        maria.ledger.size().unwrap(),
        size,
        "opening again changes nothing"
    );
    assert_eq!(
        packs::open(&mut world.ledger, &by("Maria"), &again)
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
}

#[test]
fn a_changed_return_is_refused_with_its_line() {
    let mut world = blind();
    let mut maria = elsewhere(&pack_for(&mut world, "Maria"));
    maria.act(Act::Say(0, Verdict::Approve));
    maria.act(Act::Say(1, Verdict::Exclude));
    let text = maria.returns();
    let lines: Vec<&str> = text.lines().collect();
    for (changed, line) in [
        (text.replacen("approve", "exclude", 1), 2),
        (text.replacen("Exclude because", "Exclude, because", 1), 3),
        ([lines[0], lines[2], lines[1]].join("\n"), 2),
        (lines[..2].join("\n"), 1),
        (text.replacen("Maria", "Omar", 1), 2),
    ] {
        let fault = packs::read("x.assayreturn", &changed).unwrap_err();
        assert_eq!(
            (fault.code, fault.line),
            (Code::InvalidDecisions, Some(line)),
            "{fault}"
        );
    }
    let stranger = blind();
    assert_eq!(
        packs::dry_run(&stranger.ledger, &by("Jonas"), &read(&text))
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    assert_eq!(
        packs::merge(&mut world.ledger, &by("Omar"), &read(&text))
            .unwrap_err()
            .code,
        Code::NotAllowed,
        "experts import nothing"
    );
}

#[test]
fn an_act_that_no_ledger_could_record_is_refused_with_its_line() {
    let mut world = blind();
    let mut other = elsewhere(&pack_for(&mut world, "Maria"));
    other.act(Act::Say(0, Verdict::Approve));
    let whole = other.returns();
    assert!(
        whole.contains("\"dwell_ms\":null") && whole.contains("\"salt\":\""),
        "{whole}"
    );
    for changed in [
        whole.replace("\"dwell_ms\":null", "\"dwell_ms\":18446744073709551615"),
        whole.replace("\"salt\":\"", "\"salt\":\"x"),
    ] {
        let fault = packs::read("x.assayreturn", &changed).unwrap_err();
        assert_eq!(
            (fault.code, fault.line),
            (Code::InvalidDecisions, Some(2)),
            "{fault}"
        );
    }
}

#[test]
fn a_changed_pack_is_refused() {
    let mut world = blind();
    let pack = pack_for(&mut world, "Maria");
    let lines: Vec<&str> = pack.lines().collect();
    for changed in [
        pack.replacen("sample ", "Sample ", 1),
        [lines[0], lines[2], lines[1], lines[3], lines[4]].join("\n"),
        lines[..4].join("\n"),
        pack.replacen("assay-pack-1", "assay-pack-9", 1),
    ] {
        assert_eq!(
            packs::read("x", &changed).unwrap_err().code,
            Code::InvalidDecisions
        );
    }
}

#[test]
fn two_returns_that_part_ways_are_quarantined_from_there_whichever_came_first() {
    let mut ends = Vec::new();
    let mut world = blind();
    let pack = pack_for(&mut world, "Maria");
    let mut one = elsewhere(&pack);
    one.act(Act::Say(0, Verdict::Approve));
    one.act(Act::Say(1, Verdict::Approve));
    let common = one.returns();
    // The same ledger file copied to a second machine and carried on there.
    let copied = tempfile::tempdir().unwrap();
    for name in ["ledger.db", "ledger.db-wal"] {
        std::fs::copy(one._folder.path().join(name), copied.path().join(name)).unwrap();
    }
    let mut other = Elsewhere {
        ledger: Ledger::open(copied.path(), assay_ledger::Access::Write).unwrap(),
        queue: one.queue.clone(),
        pack: one.pack,
        person: one.person.clone(),
        items: one.items.clone(),
        _folder: copied,
    };
    one.act(Act::Undo);
    one.act(Act::Say(2, Verdict::Exclude));
    other.act(Act::Say(3, Verdict::Approve));
    for order in [[one.returns(), other.returns()], [other.returns(), one.returns()]] {
        let mut world = copy(&world);
        merge(&mut world, &order[0]);
        let outcome = merge(&mut world, &order[1]);
        assert_eq!(outcome.stopped, Some(Stopped::Forks { act: 2 }));
        assert_eq!(outcome.known, 2);
        let root = world.ledger.root().unwrap();
        merge(&mut world, &order[1]);
        merge(&mut world, &common);
        assert_eq!(world.ledger.root().unwrap(), root);
        assert!(world.ledger.verify().unwrap().whole());
        ends.push(result(&world));
    }
    assert_eq!(ends[0], ends[1]);
    assert!(
        ends[0][0].contains("Maria") && ends[0][1].contains("Maria"),
        "what both say stands: {ends:?}"
    );
    assert!(
        !ends[0][2].contains("Maria") && !ends[0][3].contains("Maria"),
        "{ends:?}"
    );
}

#[test]
fn a_return_under_an_earlier_rubric_counts_as_the_queue_decided() {
    let mut ends = Vec::new();
    for again in [true, false] {
        let mut world = blind();
        let mut maria = elsewhere(&pack_for(&mut world, "Maria"));
        maria.act(Act::Say(0, Verdict::Approve));
        let first = maria.returns();
        maria.act(Act::Say(1, Verdict::Approve));
        maria.act(Act::Undo);
        maria.act(Act::Unseal(0));
        let last = maria.returns();
        let mut next = rubric::general();
        next.criteria.pop();
        rubric::add(&mut world.ledger, &by("Jonas"), &next).unwrap();
        let to: RubricId = "general@2".parse().unwrap();
        let answers = if again {
            EarlierAnswers::AskAgain
        } else {
            EarlierAnswers::StillValid
        };
        for before in [&last, &first] {
            let mut world = copy(&world);
            merge(&mut world, before);
            let queue = world.queue.clone();
            rubric::follow(
                &mut world.ledger,
                &by("Jonas"),
                &queue,
                &to,
                answers.clone(),
                "shorter",
            )
            .unwrap();
            let outcome = merge(&mut world, &last);
            assert_eq!(outcome.stopped, None);
            assert!(world.ledger.verify().unwrap().whole());
            ends.push(result(&world));
        }
    }
    assert_eq!(ends[0], ends[1]);
    assert_eq!(ends[2], ends[3]);
    assert!(
        ends[0]
            .iter()
            .all(|row| !row.contains("Maria ") || row.contains("Maria 0")),
        "asked again: {ends:?}"
    );
    assert!(ends[2][0].contains("Maria"), "still valid: {ends:?}");
}

/// The same ledger on another disk.
fn copy(world: &World) -> World {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ledger.db", "ledger.db-wal"] {
        std::fs::copy(world.ledger.folder().join(name), folder.path().join(name)).unwrap();
    }
    World {
        ledger: Ledger::open(folder.path(), assay_ledger::Access::Write).unwrap(),
        queue: world.queue.clone(),
        samples: world.samples.clone(),
        items: world.items.clone(),
        _folder: folder,
    }
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0_usize..4, prop::sample::select(vec![Verdict::Approve, Verdict::Exclude, Verdict::Unsure, Verdict::Skip]))
            .prop_map(|(position, verdict)| Act::Say(position, verdict)),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => (0_usize..4).prop_map(Act::Unseal),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn any_order_of_imports_gives_the_same_result_and_twice_changes_nothing(
        common in prop::collection::vec(act(), 0..4),
        branches in prop::collection::vec(prop::collection::vec(act(), 0..4), 1..3),
        of_omar in prop::collection::vec(act(), 0..6),
        shuffled in Just((0_usize..20).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut world = blind();
        let (for_maria, for_omar) = (pack_for(&mut world, "Maria"), pack_for(&mut world, "Omar"));
        let mut returns = Vec::new();
        // Maria carries on in several copies of her ledger; each returns after every act.
        let mut first = elsewhere(&for_maria);
        for act in common {
            first.act(act);
            returns.push(first.returns());
        }
        for branch in branches {
            let folder = tempfile::tempdir().unwrap();
            for name in ["ledger.db", "ledger.db-wal"] {
                std::fs::copy(first._folder.path().join(name), folder.path().join(name)).unwrap();
            }
            let mut carried_on = Elsewhere {
                ledger: Ledger::open(folder.path(), assay_ledger::Access::Write).unwrap(),
                queue: first.queue.clone(),
                pack: first.pack,
                person: first.person.clone(),
                items: first.items.clone(),
                _folder: folder,
            };
            for act in branch {
                carried_on.act(act);
                returns.push(carried_on.returns());
            }
        }
        let mut omar = elsewhere(&for_omar);
        for act in of_omar {
            omar.act(act);
            returns.push(omar.returns());
        }
        let mut straight = copy(&world);
        for text in &returns {
            merge(&mut straight, text);
        }
        let mut mixed = copy(&world);
        for place in shuffled.iter().filter(|place| **place < returns.len()) {
            merge(&mut mixed, &returns[*place]);
        }
        prop_assert_eq!(result(&mixed), result(&straight));
        let root = mixed.ledger.root().unwrap();
        for text in &returns {
            merge(&mut mixed, text);
        }
        prop_assert_eq!(mixed.ledger.root().unwrap(), root, "twice changes nothing");
        prop_assert!(mixed.ledger.verify().unwrap().whole());
        mixed.ledger.rebuild_projections().unwrap();
        prop_assert_eq!(result(&mixed), result(&straight));
    }
}
