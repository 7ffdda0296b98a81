//! The ledger beside a model of it that fits on a screen, through any series of decisions, undos, promotions, retries, crashes and
//! clocks set back.

use std::collections::BTreeSet;

use assay_ledger::{Access, DecisionState, Draft, Event, Ledger, Verdict};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

use crate::effort::count;
use crate::journal::crashed;
use crate::world::{World, decided, id, world};

#[derive(Clone, Debug)]
enum Act {
    Decide {
        sample: usize,
        verdict: usize,
        noted: bool,
    },
    UndoLast,
    RedoLast,
    /// The draft of an earlier act once more, at another time.
    Retry(usize),
    /// By the curator; whether the rules let it is the model's to say.
    Promote(usize),
    Revoke(usize),
    /// A rule is broken: nothing may come of it.
    Forbidden,
    MoveClock(i64),
    Crash(Crash),
    Close,
}

/// What is left of the log of changes.
#[derive(Clone, Copy, Debug)]
enum Crash {
    AllOfIt,
    Percent(u8),
    None,
    /// And the journal was in the middle of a save.
    AllAndHalfASave,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let crash = prop_oneof![
        Just(Crash::AllOfIt),
        (0_u8..100).prop_map(Crash::Percent),
        Just(Crash::None),
        Just(Crash::AllAndHalfASave),
    ];
    let act = prop_oneof![
        6 => (0_usize..10, 0_usize..4, any::<bool>())
            .prop_map(|(sample, verdict, noted)| Act::Decide { sample, verdict, noted }),
        2 => Just(Act::UndoLast),
        1 => Just(Act::RedoLast),
        2 => any::<usize>().prop_map(Act::Retry),
        2 => (0_usize..10).prop_map(Act::Promote),
        1 => (0_usize..10).prop_map(Act::Revoke),
        1 => Just(Act::Forbidden),
        1 => (-100_000_i64..100_000).prop_map(Act::MoveClock),
        2 => crash.prop_map(Act::Crash),
        1 => Just(Act::Close),
    ];
    proptest::collection::vec(act, 1..30)
}

/// What the ledger must say.
#[derive(Default)]
struct Model {
    /// Drafts that were acknowledged, in order.
    recorded: Vec<Draft>,
    /// Maria's decisions, in order.
    decisions: Vec<(Uuid, usize, Verdict, DecisionState)>,
    /// Samples that are gold now.
    gold: BTreeSet<usize>,
}

impl Model {
    fn decide(&mut self, id: Uuid, sample: usize, verdict: Verdict) {
        for (_, _, _, state) in &mut self.decisions {
            if *state == DecisionState::Undone {
                *state = DecisionState::Dropped;
            }
        }
        self.decisions
            .push((id, sample, verdict, DecisionState::Standing));
    }

    /// Maria's word on a sample: her latest that stands and is no skip.
    fn word(&self, sample: usize) -> Option<(Uuid, Verdict)> {
        let stands = |(_, of, verdict, state): &&(Uuid, usize, Verdict, DecisionState)| {
            *of == sample && *verdict != Verdict::Skip && *state == DecisionState::Standing
        };
        let found = self.decisions.iter().rev().find(stands);
        found.map(|(id, _, verdict, _)| (*id, *verdict))
    }

    /// The latest that stands is taken back first,
    fn next_to_undo(&self) -> Option<usize> {
        self.decisions
            .iter()
            .rposition(|(_, _, _, state)| *state == DecisionState::Standing)
    }

    /// and the earliest of those taken back comes back first.
    fn next_to_redo(&self) -> Option<usize> {
        self.decisions
            .iter()
            .position(|(_, _, _, state)| *state == DecisionState::Undone)
    }
}

struct Run {
    folder: TempDir,
    ledger: Option<Ledger>,
    queue: Uuid,
    items: Vec<assay_model::Digest>,
    before: u64,
    clock: Timestamp,
    model: Model,
}

impl Run {
    fn new() -> Self {
        let World {
            folder,
            ledger,
            queue,
            items,
        } = world();
        let before = ledger.size().unwrap();
        Self {
            folder,
            ledger: Some(ledger),
            queue,
            items,
            before,
            clock: Timestamp::now(),
            model: Model::default(),
        }
    }

    fn ledger(&mut self) -> &mut Ledger {
        self.ledger.as_mut().unwrap()
    }

    fn record(&mut self, event: Event, note: Option<String>) -> Uuid {
        self.record_by("Maria", event, note)
    }

    fn record_by(&mut self, actor: &str, event: Event, note: Option<String>) -> Uuid {
        let mut draft = Draft::new(id(), self.clock, actor, event);
        draft.note = note;
        self.ledger().append(std::slice::from_ref(&draft)).unwrap();
        let id = draft.id;
        self.model.recorded.push(draft);
        id
    }

    fn does(&mut self, act: &Act) {
        match act {
            Act::Decide {
                sample,
                verdict,
                noted,
            } => {
                let verdict = Verdict::ALL[*verdict];
                let event = decided(self.queue, self.items[*sample], verdict);
                let id = self.record(event, noted.then(|| format!("about {sample}")));
                self.model.decide(id, *sample, verdict);
            }
            Act::UndoLast => self.undo(),
            Act::RedoLast => self.redo(),
            Act::Retry(which) => self.retry(*which),
            Act::Promote(sample) => self.promote(*sample),
            Act::Revoke(sample) => self.revoke(*sample),
            Act::Forbidden => {
                let event = decided(self.queue, self.items[0], Verdict::Approve);
                let draft = Draft::new(id(), self.clock, "Nobody", event);
                self.ledger().append(&[draft]).unwrap_err();
            }
            Act::MoveClock(seconds) => self.clock += SignedDuration::from_secs(*seconds),
            Act::Crash(crash) => self.crash(*crash),
            Act::Close => {
                drop(self.ledger.take());
                self.ledger = Some(Ledger::open(self.folder.path(), Access::Write).unwrap());
            }
        }
    }

    fn undo(&mut self) {
        if let Some(place) = self.model.next_to_undo() {
            let (queue, decision) = (self.queue, self.model.decisions[place].0);
            let undo = Event::Undone {
                queue,
                decision,
                reason: None,
            };
            self.record(undo, None);
            self.model.decisions[place].3 = DecisionState::Undone;
        }
    }

    fn redo(&mut self) {
        if let Some(place) = self.model.next_to_redo() {
            let (queue, decision) = (self.queue, self.model.decisions[place].0);
            self.record(Event::Redone { queue, decision }, None);
            self.model.decisions[place].3 = DecisionState::Standing;
        }
    }

    fn promote(&mut self, sample: usize) {
        let word = self.model.word(sample);
        let event = Event::GoldPromoted {
            sample: self.items[sample],
            reason: "clear and rare".to_owned(),
            approvals: word.iter().map(|(id, _)| *id).collect(),
        };
        let approved = word.is_some_and(|(_, verdict)| verdict == Verdict::Approve);
        if approved && !self.model.gold.contains(&sample) {
            self.record_by("Jonas", event, None);
            self.model.gold.insert(sample);
        } else {
            self.refuses(event);
        }
    }

    fn revoke(&mut self, sample: usize) {
        let event = Event::GoldRevoked {
            sample: self.items[sample],
            reason: "no longer".to_owned(),
        };
        if self.model.gold.remove(&sample) {
            self.record_by("Jonas", event, None);
        } else {
            self.refuses(event);
        }
    }

    fn refuses(&mut self, event: Event) {
        let draft = Draft::new(id(), self.clock, "Jonas", event);
        let fault = self.ledger().append(&[draft]).unwrap_err();
        assert_eq!(fault.code, assay_model::Code::NotAllowed, "{fault}");
    }

    fn retry(&mut self, which: usize) {
        let count = self.model.recorded.len();
        if count == 0 {
            return;
        }
        let mut draft = self.model.recorded[which % count].clone();
        draft.at = self.clock;
        let size = self.ledger().size().unwrap();
        let entries = self.ledger().append(std::slice::from_ref(&draft)).unwrap();
        assert_eq!(entries[0].id, draft.id);
        assert_eq!(self.ledger().size().unwrap(), size, "a retry recorded something");
    }

    fn crash(&mut self, crash: Crash) {
        let left = crashed(self.folder.path());
        let log = left.path().join("ledger.db-wal");
        let bytes = std::fs::read(&log).unwrap_or_default();
        let keep = match crash {
            Crash::AllOfIt | Crash::AllAndHalfASave => bytes.len(),
            Crash::Percent(percent) => bytes.len() * usize::from(percent) / 100,
            Crash::None => 0,
        };
        std::fs::write(&log, &bytes[..keep]).unwrap();
        if matches!(crash, Crash::AllAndHalfASave) {
            let journal = left.path().join(assay_ledger::JOURNAL_FILE);
            let mut bytes = std::fs::read(&journal).unwrap();
            bytes.extend_from_slice(b"512 0123456789abcdef");
            std::fs::write(&journal, bytes).unwrap();
        }
        self.ledger = Some(Ledger::open(left.path(), Access::Write).unwrap());
        self.folder = left;
    }

    fn agrees(&mut self) {
        let (before, queue) = (self.before, self.queue);
        let ledger = self.ledger.as_ref().unwrap();
        let entries = ledger.entries(&Default::default(), before, u64::MAX).unwrap();
        let ids: Vec<Uuid> = entries.iter().map(|entry| entry.id).collect();
        let expected: Vec<Uuid> = self.model.recorded.iter().map(|draft| draft.id).collect();
        assert_eq!(ids, expected);
        for draft in &self.model.recorded {
            assert_eq!(ledger.note(draft.id).unwrap(), draft.note);
        }
        let mut decisions: Vec<_> = ledger
            .decisions(queue, "Maria", 999)
            .unwrap()
            .into_iter()
            .map(|found| (found.id, found.sample, found.verdict, found.state))
            .collect();
        decisions.reverse();
        let expected: Vec<_> = self
            .model
            .decisions
            .iter()
            .map(|(id, sample, verdict, state)| (*id, self.items[*sample], *verdict, *state))
            .collect();
        assert_eq!(decisions, expected);
        let mut gold: Vec<_> = ledger.gold().unwrap();
        gold.retain(|record| record.revoked.is_none());
        let mut gold: Vec<_> = gold.into_iter().map(|record| record.sample).collect();
        gold.sort();
        let mut expected: Vec<_> = self.model.gold.iter().map(|sample| self.items[*sample]).collect();
        expected.sort();
        assert_eq!(gold, expected);
    }
}

#[test]
fn the_ledger_agrees_with_its_model_through_crashes_retries_and_clocks_set_back() {
    let cases = count(24, 600) as u32;
    let config = ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::with_cases(cases)
    };
    proptest!(config, |(acts in acts())| {
        let mut run = Run::new();
        for act in &acts {
            run.does(act);
            run.agrees();
        }
        assert!(run.ledger().verify().unwrap().whole());
    });
    crate::effort::figure(&format!("model: {cases} series of up to 30 acts, all agree"));
}
