//! A small workspace to try things on.

use assay_ledger::{
    Answer, Choice, Draft, Event, KeptSample, Ledger, Ordering, QueueTerms, Role, Rubric, RubricId, Verdict,
    digest_of_parts, items_digest,
};
use assay_model::{Digest, Origin, Part, SourceClass};
use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

pub struct World {
    pub folder: TempDir,
    pub ledger: Ledger,
    pub queue: Uuid,
    pub items: Vec<Digest>,
}

pub fn id() -> Uuid {
    Uuid::now_v7()
}

pub fn draft(actor: &str, event: Event) -> Draft {
    Draft::new(id(), Timestamp::now(), actor, event)
}

pub fn kept(text: &str) -> KeptSample {
    let parts = vec![Part {
        role: "document".to_owned(),
        text: text.to_owned(),
        origin: Origin::Human,
        source_class: SourceClass::HumanAuthored,
        confidence: 0.9,
    }];
    KeptSample {
        digest: digest_of_parts(&parts),
        parts,
        facts: serde_json::json!({"path": "a.jsonl"}),
    }
}

pub fn rubric_id() -> RubricId {
    "general@1".parse().unwrap()
}

pub fn decided(queue: Uuid, sample: Digest, verdict: Verdict) -> Event {
    let mut answer = Answer::of(verdict);
    if verdict == Verdict::Exclude {
        answer.reason = "Unsafe".to_owned();
    }
    Event::Decided {
        queue,
        sample,
        rubric: rubric_id(),
        answer,
        dwell_ms: Some(1200),
    }
}

/// A new ledger with Maria (expert), Jonas (curator), a rubric and a queue of ten kept samples.
pub fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    let samples: Vec<KeptSample> = (0..10).map(|i| kept(&format!("sample {i}"))).collect();
    let items: Vec<Digest> = samples.iter().map(|sample| sample.digest).collect();
    ledger.keep_samples(&samples).unwrap();
    let rubric = Rubric {
        id: rubric_id(),
        labels: vec![],
        criteria: vec![],
        exclude_reasons: vec!["Unsafe".into()],
    };
    let terms = QueueTerms {
        name: "first".to_owned(),
        dataset: "letters".to_owned(),
        snapshot: 1,
        snapshot_root: None,
        filter: String::new(),
        seed: 7,
        size: 10,
        population: 10,
        reviewers: 1,
        blind: false,
        rubric: rubric_id(),
        items: items_digest(&items),
        ordering: Ordering::Random,
        rule: None,
        strata: None,
        one_per_cluster: false,
        slice: None,
        stop: None,
        choice: Choice::Whole,
    };
    let mut created = draft("Maria", Event::QueueCreated { terms });
    created.items = items.clone();
    let queue = created.id;
    let drafts = [
        draft(
            "Maria",
            Event::PersonAdded {
                name: "Maria".to_owned(),
                role: Role::Expert,
            },
        ),
        draft(
            "Jonas",
            Event::PersonAdded {
                name: "Jonas".to_owned(),
                role: Role::Curator,
            },
        ),
        draft("Maria", Event::RubricAdded { rubric }),
        created,
    ];
    ledger.append(&drafts).unwrap();
    World {
        folder,
        ledger,
        queue,
        items,
    }
}

impl World {
    pub fn decide(&mut self, sample: usize, verdict: Verdict) -> Uuid {
        let draft = draft("Maria", decided(self.queue, self.items[sample], verdict));
        self.ledger.append(std::slice::from_ref(&draft)).unwrap();
        draft.id
    }

    /// The database as an attacker opens it: plain SQLite, no guards of ours on the connection.
    pub fn raw(&self) -> Connection {
        Connection::open(self.folder.path().join(assay_ledger::DATABASE_FILE)).unwrap()
    }

    /// Runs `sql` with the triggers on entries out of the way, then puts them back word for word.
    pub fn behind_our_back(&self, sql: &str) {
        let raw = self.raw();
        let mut select = raw
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap();
        let triggers: Vec<(String, String)> = select
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        drop(select);
        for (name, _) in &triggers {
            raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
        raw.execute_batch(sql).unwrap();
        for (_, sql) in &triggers {
            raw.execute_batch(sql).unwrap();
        }
    }
}
