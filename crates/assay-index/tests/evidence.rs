//! Evidence that comes after indexing: origins recomputed, with their history, and taken back.

use std::path::PathBuf;

use assay_index::{
    AddedRow, Addition, AdditionKind, Index, IndexRequest, Indexed, Snapshot, Spoken, WorkerCommand, index,
};
use assay_model::resolution::Effect;
use assay_model::{
    Digest, Evidence, EvidenceKind, Expression, FieldMap, Origin, PartRule, SourceClass, Task,
};
use assay_read::Limits;
use proptest::prelude::*;

const NOW: &str = "2026-02-03T04:05:06Z";

/// Three records with a prompt and a response; the first says who made it.
const RECORDS: &str = "{\"q\": \"why\", \"a\": \"because\", \"origin\": \"human\", \"score\": 1.50}\n\
    {\"q\": \"where\", \"a\": \"here\", \"score\": 2}\n{\"q\": \"when\", \"a\": \"now\"}\n";

struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> (Self, Snapshot) {
        let world = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir(world.folder.path().join("data")).unwrap();
        std::fs::create_dir(world.workspace()).unwrap();
        let snapshot = world.index(RECORDS);
        (world, snapshot)
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("w.assay")
    }

    fn open(&self) -> Index {
        Index::open(&self.workspace()).unwrap()
    }

    fn index(&self, text: &str) -> Snapshot {
        let data = self.folder.path().join("data");
        std::fs::write(data.join("a.jsonl"), text).unwrap();
        let part = |field: &str, role: &str| PartRule {
            field: field.to_owned(),
            role: role.to_owned(),
        };
        let map = FieldMap {
            parts: vec![part("q", "prompt"), part("a", "response")],
            dimensions: [("score".to_owned(), "score".to_owned())].into(),
            provenance: vec![assay_model::ProvenanceRule {
                when: Some("origin = 'human'".to_owned()),
                origin: Some(Origin::Human),
                ..assay_model::ProvenanceRule::default()
            }],
            ..FieldMap::default()
        };
        let request = IndexRequest {
            dataset: "cases".to_owned(),
            inputs: vec![data],
            map: Some(map),
            limits: Limits::default(),
            worker: WorkerCommand::Thread,
            tool: "assay test".to_owned(),
            now: NOW.to_owned(),
        };
        match index(&mut self.open(), &request, &Task::silent(), &mut |_| {}).unwrap() {
            Indexed::New(snapshot) | Indexed::Unchanged(snapshot) => snapshot,
        }
    }

    /// Adds evidence under an act and recomputes.
    fn add(&self, key: &str, rows: &[AddedRow]) -> assay_index::Recomputed {
        let mut index = self.open();
        let mut writer = index.change_evidence().unwrap();
        let addition = writer.addition(&act(key)).unwrap();
        for row in rows {
            writer.add(addition, row).unwrap();
        }
        writer.finish(NOW, &Task::silent(), &|_| {}).unwrap()
    }

    fn withdraw(&self, key: &str) -> assay_index::Recomputed {
        let mut index = self.open();
        let writer = index.change_evidence().unwrap();
        writer
            .withdraw(AdditionKind::File, key, "Ilse", NOW, Some(7))
            .unwrap();
        writer.finish(NOW, &Task::silent(), &|_| {}).unwrap()
    }

    fn snapshot(&self) -> Snapshot {
        self.open().snapshot(None, None).unwrap()
    }

    fn digest(&self, sample: u64) -> Digest {
        self.open().digests_of(&[sample]).unwrap()[0]
    }

    fn origin(&self, sample: u64) -> Origin {
        self.open()
            .located(&self.snapshot(), sample)
            .unwrap()
            .unwrap()
            .origin
    }
}

fn act(key: &str) -> Addition {
    Addition {
        kind: AdditionKind::File,
        key: key.to_owned(),
        name: format!("{key}.jsonl"),
        actor: "Ilse".to_owned(),
        at: NOW.to_owned(),
        entry: None,
    }
}

fn row(digest: Digest, spoken: Spoken, kind: EvidenceKind, origin: Origin) -> AddedRow {
    AddedRow {
        digest,
        spoken,
        evidence: Evidence {
            part: None,
            kind,
            origin,
            source_class: SourceClass::Unknown,
            confidence: 0.9,
            source: "test".to_owned(),
            value: String::new(),
            generator: None,
            record: None,
        },
    }
}

#[test]
fn taking_evidence_back_restores_everything_but_the_history() {
    let (world, before) = World::new();
    let watermark = row(
        world.digest(2),
        Spoken::All,
        EvidenceKind::Watermark,
        Origin::Machine,
    );
    let changed = world.add("w", &[watermark]);
    assert_eq!((changed.samples, changed.snapshots), (1, vec![before.id]));
    let after = world.snapshot();
    assert_eq!((world.origin(2), after.root), (Origin::Machine, before.root));
    assert_ne!(after.facts_root, before.facts_root);
    assert_eq!(world.open().relabelled(&after).unwrap().len(), 1);

    assert_eq!(world.withdraw("w").samples, 1);
    assert_eq!(world.origin(2), Origin::Unknown);
    assert_eq!(
        world.snapshot().facts_root,
        before.facts_root,
        "numbers stand as they were written"
    );
    assert!(world.open().relabelled(&before).unwrap().is_empty());
    let history = world.open().history(2).unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!(
        (history[0].became.origin, history[1].became.origin),
        (Origin::Machine, Origin::Unknown)
    );
    let cause = &history[1].causes[0];
    assert_eq!(
        (cause.added, cause.by.as_str(), cause.entry),
        (false, "Ilse", Some(7))
    );
}

#[test]
fn weaker_evidence_stands_beside_what_decides_and_changes_nothing() {
    let (world, before) = World::new();
    let watermark = row(
        world.digest(1),
        Spoken::All,
        EvidenceKind::Watermark,
        Origin::Machine,
    );
    let changed = world.add("w", &[watermark]);
    assert_eq!((changed.samples, changed.snapshots), (0, Vec::new()));
    assert_eq!(world.snapshot().facts_root, before.facts_root);
    let (evidence, _) = world.open().evidence(1).unwrap();
    let effects: Vec<Effect> = evidence.iter().map(|row| row.effect).collect();
    assert_eq!(effects, [Effect::Decides, Effect::Overruled]);
    assert_eq!(evidence[1].brought.as_ref().unwrap().by, "Ilse");
}

#[test]
fn what_a_model_can_have_written_is_not_the_prompt() {
    let (world, _) = World::new();
    let matched = row(
        world.digest(2),
        Spoken::Written,
        EvidenceKind::NearDuplicateOfSynthetic,
        Origin::Machine,
    );
    world.add("m", &[matched]);
    assert_eq!(world.origin(2), Origin::Mixed);
    let (evidence, resolution) = world.open().evidence(2).unwrap();
    let origins: Vec<Origin> = resolution.parts.iter().map(|part| part.origin).collect();
    assert_eq!(
        (evidence[0].evidence.part, origins),
        (Some(1), vec![Origin::Unknown, Origin::Machine])
    );
    let relabelled = world.open().relabelled(&world.snapshot()).unwrap();
    assert_eq!(
        relabelled[0].parts,
        [
            (1, Origin::Unknown, Origin::Unknown),
            (1, Origin::Unknown, Origin::Machine)
        ]
    );
    let by_kind = world.open().evidence_tokens(&world.snapshot()).unwrap();
    let tokens = |kind: &str| {
        by_kind
            .iter()
            .filter(|row| row.kind == kind)
            .map(|row| row.tokens)
            .sum::<u64>()
    };
    assert_eq!(
        (tokens("near_duplicate_of_synthetic"), tokens("rule")),
        (1, 2),
        "each token is decided once"
    );
}

#[test]
fn evidence_waits_for_samples_that_are_indexed_later() {
    let (world, _) = World::new();
    let parts = [("prompt", "who"), ("response", "she")];
    let digest = assay_sketch::sample_digest(&parts);
    world.add(
        "w",
        &[row(digest, Spoken::All, EvidenceKind::Watermark, Origin::Machine)],
    );
    let grown = world.index(&format!("{RECORDS}{{\"q\": \"who\", \"a\": \"she\"}}\n"));
    let changed = world.add("nothing", &[]);
    assert_eq!((changed.samples, changed.snapshots), (1, vec![grown.id]));
    let found = world.open().samples_with_digest(&grown, &digest).unwrap();
    assert_eq!(world.origin(found[0]), Origin::Machine);
}

#[test]
fn a_cancelled_recomputation_leaves_every_origin() {
    let (world, before) = World::new();
    let mut index = world.open();
    let mut writer = index.change_evidence().unwrap();
    let addition = writer.addition(&act("w")).unwrap();
    let machine = row(
        world.digest(2),
        Spoken::All,
        EvidenceKind::Watermark,
        Origin::Machine,
    );
    writer.add(addition, &machine).unwrap();
    let task = Task::silent();
    task.cancel();
    assert_eq!(
        writer.finish(NOW, &task, &|_| {}).unwrap_err().code,
        assay_model::Code::Cancelled
    );
    drop(index);
    assert_eq!(
        (world.origin(2), world.snapshot().facts_root),
        (Origin::Unknown, before.facts_root)
    );
    assert!(world.open().additions(AdditionKind::File).unwrap().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_in_which_evidence_comes_does_not_matter(
        acts in proptest::collection::vec((1_u64..4, 0_usize..10, 0_usize..4, 0_u32..3), 1..6),
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let outcome = |order: &[usize]| {
            let (world, _) = World::new();
            for place in order {
                let Some((sample, kind, origin, spoken)) = acts.get(*place) else { continue };
                let spoken = [Spoken::All, Spoken::Part(0), Spoken::Part(1)][*spoken as usize];
                let row = row(world.digest(*sample), spoken, EvidenceKind::ALL[*kind], Origin::ALL[*origin]);
                world.add(&format!("act {place}"), &[row]);
            }
            let snapshot = world.snapshot();
            let origins: Vec<Origin> = (1..4).map(|sample| world.origin(sample)).collect();
            (snapshot.facts_root, origins)
        };
        let in_order: Vec<usize> = (0..6).collect();
        prop_assert_eq!(outcome(&in_order), outcome(&order));
    }
}

impl World {
    /// How many samples a filter finds.
    fn count(&self, filter: &str) -> u64 {
        let index = self.open();
        let filter = Expression::parse(filter).unwrap();
        let selection = index.select(&self.snapshot(), Some(&filter)).unwrap();
        index.count(&selection).unwrap()
    }
}

#[test]
fn a_words_origin_is_that_of_its_part_as_the_evidence_tells_it_now() {
    let (world, _) = World::new();
    let counts = || {
        ["human", "unknown", "machine"]
            .map(|part| world.count(&format!("class_seen = '1 of word in {part} only'")))
    };
    assert_eq!(counts(), [1, 2, 0]);
    let of_response = row(
        world.digest(2),
        Spoken::Part(1),
        EvidenceKind::Watermark,
        Origin::Machine,
    );
    world.add("w", &[of_response]);
    // Its question stays as unknown as it was.
    assert_eq!(counts(), [1, 2, 1]);
    world.withdraw("w");
    assert_eq!(counts(), [1, 2, 0]);
}

#[test]
fn the_machine_part_of_a_mixed_sample_is_found_as_long_as_the_evidence_stands() {
    let (world, _) = World::new();
    let of_response = row(
        world.digest(2),
        Spoken::Part(1),
        EvidenceKind::Watermark,
        Origin::Machine,
    );
    world.add("w", &[of_response]);
    assert_eq!(world.origin(2), Origin::Mixed);
    let counts = || {
        [
            "part_origin = 'machine'",
            "part_origin = 'unknown'",
            "part_origin = 'human'",
            "not (part_origin = 'machine')",
            "part_origin in ('machine', 'human')",
            "part_origin like 'm%'",
            "part_origin is null",
            "origin = 'machine'",
        ]
        .map(|filter| world.count(filter))
    };
    // The second sample's prompt is unknown, and so is all of the third.
    assert_eq!(counts(), [1, 2, 1, 2, 2, 1, 0, 0]);
    // As it would be in an index of before.
    let older = rusqlite::Connection::open(world.workspace().join("index.db")).unwrap();
    older
        .execute_batch(
            "DROP TABLE part_origin; DROP TABLE release_read; DROP TABLE style_reason;
             ALTER TABLE style_model DROP COLUMN reasons",
        )
        .unwrap();
    older.pragma_update(None, "user_version", 6).unwrap();
    drop(older);
    assert_eq!(
        counts(),
        [1, 2, 1, 2, 2, 1, 0, 0],
        "an older index is brought up to date"
    );
    world.withdraw("w");
    assert_eq!(counts(), [0, 2, 1, 3, 1, 0, 0, 0]);
    // A snapshot that is read with the evidence waiting has the same.
    world.add(
        "again",
        &[row(
            world.digest(3),
            Spoken::Part(1),
            EvidenceKind::Watermark,
            Origin::Machine,
        )],
    );
    assert_eq!(world.count("part_origin = 'machine'"), 1);
}

#[test]
fn copies_that_contradict_each_other_are_found_with_what_their_text_is() {
    let (world, _) = World::new();
    // The first text once as people wrote it, once as nobody says; the second once as people wrote it, once as a machine did.
    let again = format!(
        "{RECORDS}{{\"q\": \"why\", \"a\": \"because\", \"score\": 1.50}}\n\
         {{\"q\": \"where\", \"a\": \"here\", \"score\": 2, \"origin\": \"human\"}}\n"
    );
    world.index(&again);
    let counts = || {
        [
            "contradictory = 'true'",
            "contradictory != 'true'",
            "text_origin = 'human'",
            "text_origin = 'unknown'",
        ]
        .map(|filter| world.count(filter))
    };
    assert_eq!(counts(), [0, 5, 4, 1]);
    let snapshot = world.snapshot();
    let copy = world
        .open()
        .first(&world.open().select(&snapshot, None).unwrap(), None, 9)
        .unwrap()[1];
    let connection = rusqlite::Connection::open(world.workspace().join("index.db")).unwrap();
    connection
        .execute(
            "UPDATE sample SET origin = 'machine' WHERE id = ?1",
            [copy as i64],
        )
        .unwrap();
    assert_eq!(
        counts(),
        [2, 3, 2, 3],
        "both copies of the text that two sides claim"
    );
    let fault = world.open().select(
        &snapshot,
        Some(&Expression::parse("contradictory is null").unwrap()),
    );
    assert!(fault.unwrap_err().remedy.contains("contradictory = 'true'"));
}
