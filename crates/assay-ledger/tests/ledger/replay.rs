use crate::world::{World, draft, world};
use assay_ledger::{Event, GoldHeld, LogFilter, Verdict};
use assay_model::Digest;

fn dump(world: &World) -> Vec<String> {
    let raw = world.raw();
    let mut rows = Vec::new();
    for table in [
        "activity",
        "person",
        "rubric",
        "queue",
        "queue_rubric",
        "decision",
        "pack",
        "feed",
        "adjudication_first",
        "adjudication",
        "adjudication_settles",
        "gold",
        "gold_snapshot",
        "training_release",
        "known_synthetic",
        "duplicate_judgement",
        "bulk_act",
    ] {
        let mut select = raw
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))
            .unwrap();
        let width = select.column_count();
        let found = select
            .query_map([], |row| {
                let cells: Vec<rusqlite::types::Value> = (0..width)
                    .map(|column| row.get(column))
                    .collect::<Result<_, _>>()?;
                Ok(format!("{table} {cells:?}"))
            })
            .unwrap();
        rows.extend(found.map(Result::unwrap));
    }
    rows
}

/// Decisions, undos, redos, a promotion and a revocation.
fn busy() -> World {
    let mut world = world();
    let queue = world.queue;
    let first = world.decide(0, Verdict::Approve);
    world.decide(1, Verdict::Exclude);
    let third = world.decide(2, Verdict::Unsure);
    let undo = |decision| {
        draft(
            "Maria",
            Event::Undone {
                queue,
                decision,
                reason: None,
            },
        )
    };
    world.ledger.append(&[undo(third)]).unwrap();
    world
        .ledger
        .append(&[draft(
            "Maria",
            Event::Redone {
                queue,
                decision: third,
            },
        )])
        .unwrap();
    world.ledger.append(&[undo(third)]).unwrap();
    world.decide(3, Verdict::Skip);
    let (sample, reason) = (world.items[0], "clear and rare".to_owned());
    let promoted = Event::GoldPromoted {
        sample,
        reason: reason.clone(),
        approvals: vec![first],
    };
    world
        .ledger
        .append(&[
            draft("Jonas", promoted),
            draft("Jonas", Event::GoldRevoked { sample, reason }),
        ])
        .unwrap();
    world
}

/// The same, and two releases for training of which one is taken back.
fn busy_with_releases() -> World {
    let mut world = busy();
    let released = |snapshot, exact| Event::TrainingReleased {
        dataset: "letters".to_owned(),
        snapshot,
        root: Digest::of(b"root"),
        held: GoldHeld { exact, near: 0 },
        reason: "an ablation".to_owned(),
    };
    let first = draft("Jonas", released(1, 0));
    let release = first.id;
    world
        .ledger
        .append(&[first, draft("Jonas", released(2, 3))])
        .unwrap();
    let reason = "released by mistake".to_owned();
    let withdrawn = Event::TrainingReleaseWithdrawn { release, reason };
    world.ledger.append(&[draft("Jonas", withdrawn)]).unwrap();
    world
}

#[test]
fn rebuilt_projections_equal_the_ones_kept_along_the_way() {
    let mut world = busy_with_releases();
    let kept = dump(&world);
    assert!(kept.iter().any(|row| row.contains("dropped")));
    assert!(kept.iter().any(|row| row.starts_with("training_release")));
    world.ledger.rebuild_projections().unwrap();
    assert_eq!(dump(&world), kept);
}

#[test]
fn a_ruined_projection_is_mended_by_rebuilding() {
    let mut world = busy();
    let kept = dump(&world);
    world.behind_our_back(
        "DELETE FROM gold; DELETE FROM activity WHERE seq % 2; UPDATE decision SET state = 'undone'",
    );
    assert!(!world.ledger.verify().unwrap().whole());
    world.ledger.rebuild_projections().unwrap();
    assert_eq!(dump(&world), kept);
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn the_log_pages_by_kind_and_actor() {
    let world = busy();
    let by = |kinds: &[&str], actor: Option<&str>| LogFilter {
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        actor: actor.map(str::to_owned),
    };
    let seqs = |entries: Vec<assay_ledger::Entry>| entries.iter().map(|entry| entry.seq).collect::<Vec<_>>();
    let decided = by(&["decided"], None);
    assert_eq!(world.ledger.count(&decided).unwrap(), 4);
    assert_eq!(seqs(world.ledger.latest(&decided, None, 2).unwrap()), [10, 6]);
    assert_eq!(seqs(world.ledger.latest(&decided, Some(6), 9).unwrap()), [5, 4]);
    assert_eq!(
        seqs(world.ledger.entries(&by(&[], Some("Jonas")), 0, 9).unwrap()),
        [1, 11, 12]
    );
    assert_eq!(
        seqs(
            world
                .ledger
                .entries(&by(&["undone", "redone"], Some("Maria")), 8, 9)
                .unwrap()
        ),
        [8, 9]
    );
    assert_eq!(world.ledger.count(&by(&["undone"], Some("Jonas"))).unwrap(), 0);
}

#[test]
fn the_kinds_are_those_of_the_entries() {
    let world = busy();
    for entry in world.ledger.entries(&LogFilter::default(), 0, 100).unwrap() {
        let body: serde_json::Value = serde_json::from_str(&entry.body).unwrap();
        assert_eq!(body["kind"], entry.event.kind());
        assert!(Event::KINDS.contains(&entry.event.kind()));
    }
}

/// Copies what version 2 held into a new file of that version, as an earlier Assay left it.
fn as_version_2(world: &World) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let old = rusqlite::Connection::open(folder.path().join(assay_ledger::DATABASE_FILE)).unwrap();
    old.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
        .unwrap();
    old.execute_batch(include_str!("../../src/schema/1.sql")).unwrap();
    old.execute_batch(include_str!("../../src/schema/2.sql")).unwrap();
    let now = world.folder.path().join(assay_ledger::DATABASE_FILE);
    old.execute("ATTACH ? AS now", [now.to_str().unwrap()]).unwrap();
    for (table, columns) in [
        ("entry", "seq, id, body, leaf"),
        ("note", "entry, salt, text"),
        ("queue_item", "queue, position, sample"),
        ("kept_sample", "digest, parts, facts"),
        ("activity", "seq, kind, actor"),
        ("person", "name, role, seq"),
        ("rubric", "name, version, seq"),
        ("queue", "id, name, seq"),
        (
            "decision",
            "seq, id, queue, actor, sample, verdict, origin, state",
        ),
        ("gold", "sample, promoted, revoked"),
    ] {
        old.execute_batch(&format!(
            "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table} ORDER BY 1, 2"
        ))
        .unwrap();
    }
    old.execute_batch("PRAGMA application_id = 1095978055; PRAGMA user_version = 2;")
        .unwrap();
    folder
}

#[test]
fn a_ledger_of_version_2_with_decisions_is_brought_up_as_if_it_had_been_replayed() {
    let world = busy();
    let folder = as_version_2(&world);
    let before = assay_ledger::Ledger::open(folder.path(), assay_ledger::Access::Read).unwrap();
    assert!(before.is_older().unwrap());
    drop(before);
    let ledger = assay_ledger::Ledger::open(folder.path(), assay_ledger::Access::Write).unwrap();
    let found = ledger.verify().unwrap();
    assert!(found.whole(), "{found:?}");
    // Before anything was changed, a verified copy of the older ledger was put away.
    let backups = assay_ledger::list_backups(&folder.path().join(assay_ledger::BACKUPS_FOLDER)).unwrap();
    assert_eq!(backups.len(), 1);
    let old = rusqlite::Connection::open(&backups[0].path).unwrap();
    let version: i64 = old
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!((version, backups[0].entries), (2, found.entries));
    assert_eq!(
        ledger.decisions(world.queue, "Maria", 99).unwrap(),
        world.ledger.decisions(world.queue, "Maria", 99).unwrap()
    );
}
