//! A small workspace: Maria is an expert, Jonas a curator, Lena a lead; one queue of five samples.

use assay_ledger::digest_of_parts;
use assay_model::{Digest, Origin, Part, SourceClass};
use assay_review::queue::{self, QueueOrder};
use assay_review::verdict::Decide;
use assay_review::{Answer, Choice, KeptSample, Ledger, Ordering, Queue, Role, Stamp, Verdict, people};
use tempfile::TempDir;

pub struct World {
    pub ledger: Ledger,
    pub queue: Queue,
    pub samples: Vec<KeptSample>,
    pub items: Vec<Digest>,
    pub _folder: TempDir,
}

pub fn kept(text: &str) -> KeptSample {
    let parts = vec![Part {
        role: "document".to_owned(),
        text: text.to_owned(),
        origin: Origin::Human,
        source_class: SourceClass::HumanAuthored,
        confidence: 1.0,
    }];
    KeptSample {
        digest: digest_of_parts(&parts),
        parts,
        facts: serde_json::json!({}),
    }
}

pub fn order(name: &str, size: u64) -> QueueOrder {
    QueueOrder {
        name: name.to_owned(),
        dataset: "letters".to_owned(),
        snapshot: 1,
        snapshot_root: None,
        filter: String::new(),
        size,
        seed: 42,
        rubric: None,
        reviewers: 1,
        blind: false,
        ordering: Ordering::Random,
        rule: None,
        choice: Choice::Whole,
    }
}

pub fn by(actor: &str) -> Stamp {
    Stamp::now(actor)
}

pub fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    for (name, role) in [
        ("Maria", Role::Expert),
        ("Jonas", Role::Curator),
        ("Lena", Role::Lead),
    ] {
        people::add(&mut ledger, &by(name), name, role).unwrap();
    }
    let samples: Vec<KeptSample> = (0..8).map(|number| kept(&format!("sample {number}"))).collect();
    let order = order("first", 5);
    let drawn = queue::draw(&order, samples.iter().map(|sample| sample.digest).collect()).unwrap();
    let queue = queue::create(&mut ledger, &by("Jonas"), &order, &drawn, &samples).unwrap();
    World {
        ledger,
        queue,
        samples,
        items: drawn.items,
        _folder: folder,
    }
}

pub fn answer(sample: Digest, verdict: Verdict) -> Decide {
    let mut answer = Answer::of(verdict);
    if verdict == Verdict::Exclude {
        answer.reason = "Unsafe".to_owned();
    }
    Decide {
        sample,
        answer,
        note: String::new(),
        dwell_ms: None,
    }
}

impl World {
    pub fn decide(&mut self, actor: &str, position: usize, verdict: Verdict) {
        let decide = answer(self.items[position], verdict);
        assay_review::verdict::decide(&mut self.ledger, &by(actor), &self.queue, &decide).unwrap();
    }

    pub fn kept(&self, position: usize) -> KeptSample {
        self.samples
            .iter()
            .find(|sample| sample.digest == self.items[position])
            .unwrap()
            .clone()
    }
}
