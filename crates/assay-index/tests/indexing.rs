//! The indexing pass from files to queries, with the worker on a thread of this process.

use std::path::{Path, PathBuf};

use assay_index::{Decisions, Index, IndexRequest, Indexed, Snapshot, Texts, Watch, WorkerCommand, index};
use assay_model::{Code, Expression, FieldMap, PartRule, Task, Value};
use assay_read::Limits;
use proptest::prelude::*;
use tempfile::TempDir;

struct World {
    folder: TempDir,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        std::fs::create_dir(folder.path().join("w.assay")).unwrap();
        Self { folder }
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("w.assay")
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join("data").join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn request(&self, map: Option<FieldMap>) -> IndexRequest {
        IndexRequest {
            dataset: "cases".to_owned(),
            inputs: vec![self.folder.path().join("data")],
            map,
            limits: Limits::default(),
            worker: WorkerCommand::Thread,
            tool: "assay test".to_owned(),
            now: "2026-01-01T00:00:00Z".to_owned(),
        }
    }

    fn index(&self, map: Option<FieldMap>) -> Indexed {
        let mut database = Index::open(&self.workspace()).unwrap();
        index(&mut database, &self.request(map), &Task::silent(), &mut |_| {}).unwrap()
    }

    fn open(&self) -> Index {
        Index::open_read_only(&self.workspace()).unwrap()
    }
}

fn new(indexed: Indexed) -> Snapshot {
    match indexed {
        Indexed::New(snapshot) => snapshot,
        Indexed::Unchanged(snapshot) => panic!("nothing new in {snapshot:?}"),
    }
}

fn map() -> FieldMap {
    FieldMap {
        id: Some("id".to_owned()),
        parts: vec![PartRule {
            field: "text".to_owned(),
            role: "document".to_owned(),
        }],
        dimensions: [("intent", "intent"), ("score", "score"), ("domain", "domain")]
            .map(|(name, field)| (name.to_owned(), field.to_owned()))
            .into(),
        ..FieldMap::default()
    }
}

fn ids(index: &Index, snapshot: &Snapshot, filter: Option<&str>) -> Vec<u64> {
    let filter = filter.map(|text| Expression::parse(text).unwrap());
    let selection = index.select(snapshot, filter.as_ref()).unwrap();
    index.all(&selection, &Task::silent()).unwrap().0
}

#[test]
fn a_damaged_line_is_quarantined_and_the_rest_indexed() {
    let world = World::new();
    world.write(
        "a.jsonl",
        "{\"text\":\"one\"}\n{\"text\":\n{\"text\":\"three\"}\n",
    );
    let snapshot = new(world.index(None));
    assert_eq!((snapshot.indexed, snapshot.quarantined), (2, 1));
    let rows = world.open().quarantined(&snapshot, 0, 10).unwrap();
    assert_eq!(
        (rows.len(), rows[0].line, rows[0].path.as_str()),
        (1, 2, "a.jsonl")
    );
}

#[test]
fn the_same_content_makes_no_new_snapshot_and_a_changed_file_is_read_alone() {
    let world = World::new();
    world.write("a.jsonl", "{\"text\":\"alpha\"}\n");
    world.write("b.jsonl", "{\"text\":\"beta\"}\n");
    let first = new(world.index(None));
    assert!(matches!(world.index(None), Indexed::Unchanged(same) if same.number == first.number));
    world.write("b.jsonl", "{\"text\":\"beta\"}\n{\"text\":\"gamma\"}\n");
    let (mut read, mut carried) = (Vec::new(), Vec::new());
    let mut database = Index::open(&world.workspace()).unwrap();
    let second = index(
        &mut database,
        &world.request(None),
        &Task::silent(),
        &mut |step| {
            if let Watch::Walked(files) = step {
                for (file, is_carried) in files {
                    if *is_carried {
                        carried.push(file.relative.clone())
                    } else {
                        read.push(file.relative.clone())
                    }
                }
            }
        },
    );
    let second = new(second.unwrap());
    assert_eq!(
        (read, carried),
        (vec!["b.jsonl".to_owned()], vec!["a.jsonl".to_owned()])
    );
    assert_eq!((second.number, second.indexed), (2, 3));
    assert_eq!(world.open().segments(&second).unwrap().len(), 2);
}

#[test]
fn the_snapshot_root_sees_content_and_nothing_else() {
    let (one, two) = (World::new(), World::new());
    one.write("a.jsonl", "{\"text\":\"alpha\"}\n{\"text\":\"beta\"}\n");
    two.write("x.jsonl", "{\"text\":\"beta\"}\n");
    two.write("y.jsonl", "{\"text\":\"alpha\"}\n");
    assert_eq!(new(one.index(None)).root, new(two.index(None)).root);
    two.write("z.jsonl", "{\"text\":\"alpha\"}\n");
    assert_ne!(new(one.index(Some(map()))).root, new(two.index(None)).root);
}

#[test]
fn a_changed_map_is_a_new_snapshot_with_the_same_root_and_another_facts_root() {
    let world = World::new();
    world.write("a.jsonl", "{\"text\":\"alpha\",\"domain\":\"health\"}\n");
    let mut without = map();
    without.dimensions.clear();
    let first = new(world.index(Some(without)));
    let second = new(world.index(Some(map())));
    assert_eq!(first.root, second.root);
    assert_ne!(first.facts_root, second.facts_root);
}

#[test]
fn a_cancelled_run_leaves_the_previous_snapshot() {
    let world = World::new();
    world.write("a.jsonl", "{\"text\":\"alpha\"}\n");
    let first = new(world.index(None));
    world.write("b.jsonl", &"{\"text\":\"beta\"}\n".repeat(5000));
    let task = Task::silent();
    let stop = task.clone();
    let mut database = Index::open(&world.workspace()).unwrap();
    let fault = index(&mut database, &world.request(None), &task, &mut |step| {
        if matches!(step, Watch::Rows { .. }) {
            stop.cancel();
        }
    })
    .unwrap_err();
    assert_eq!(fault.code, Code::Cancelled);
    let index = world.open();
    assert_eq!(index.snapshots("cases").unwrap(), vec![first.clone()]);
    assert_eq!(ids(&index, &first, None).len(), 1);
}

#[test]
fn nothing_readable_is_a_fault_that_names_the_reason() {
    let world = World::new();
    world.write("a.pkl", "\u{80}");
    let mut database = Index::open(&world.workspace()).unwrap();
    let fault = index(&mut database, &world.request(None), &Task::silent(), &mut |_| {}).unwrap_err();
    assert_eq!(fault.code, Code::NothingRead);
    assert!(fault.message.contains("a.pkl"), "{fault}");
    assert!(world.open().datasets().unwrap().is_empty());
}

#[test]
fn texts_are_found_again_in_plain_and_in_compressed_sources() {
    let world = World::new();
    world.write("a.jsonl", "{\"text\":\"alpha\"}\n{\"text\":\"bêta\"}\n");
    let packed = zstd::encode_all("{\"text\":\"gamma\"}\n{\"text\":\"delta\"}\n".as_bytes(), 3).unwrap();
    std::fs::write(world.folder.path().join("data/b.jsonl.zst"), packed).unwrap();
    let snapshot = new(world.index(None));
    let mut texts = Texts::open(&world.workspace(), &snapshot).unwrap();
    let read: Vec<String> = ids(&world.open(), &snapshot, None)
        .into_iter()
        .map(|sample| texts.read(sample).unwrap().mapped.parts[0].text.clone())
        .collect();
    assert_eq!(read, ["alpha", "bêta", "gamma", "delta"]);
}

#[test]
fn a_source_that_changed_is_told_and_never_shown_as_the_indexed_one() {
    let world = World::new();
    world.write("a.jsonl", "{\"text\":\"alpha\"}\n");
    let snapshot = new(world.index(None));
    world.write("a.jsonl", "{\"text\":\"other\"}\n");
    let sample = ids(&world.open(), &snapshot, None)[0];
    let fault = Texts::open(&world.workspace(), &snapshot)
        .unwrap()
        .read(sample)
        .unwrap_err();
    assert_eq!(fault.code, Code::SourceChanged);
    std::fs::remove_file(world.folder.path().join("data/a.jsonl")).unwrap();
    let fault = Texts::open(&world.workspace(), &snapshot)
        .unwrap()
        .read(sample)
        .unwrap_err();
    assert_eq!(fault.code, Code::SourceChanged);
}

#[test]
fn an_unknown_field_names_the_nearest_one() {
    let world = World::new();
    world.write("a.jsonl", "{\"text\":\"alpha\",\"domain\":\"health\"}\n");
    let snapshot = new(world.index(Some(map())));
    let fault = world
        .open()
        .select(&snapshot, Some(&Expression::parse("domian = 'x'").unwrap()))
        .unwrap_err();
    assert_eq!(fault.code, Code::UnknownField);
    assert!(
        fault.message.contains("domain") || fault.remedy.contains("domain"),
        "{fault}"
    );
}

/// What each of three texts holds of words and pairs that are seen so often.
const WEATHER: &str = "{\"text\":\"Rain on hills\"}\n{\"text\":\"rain on rivers\"}\n{\"text\":\"RAIN.\"}\n";

#[test]
fn words_and_their_neighbours_are_found_by_how_often_all_texts_hold_them() {
    let world = World::new();
    world.write("a.jsonl", WEATHER);
    let snapshot = new(world.index(None));
    let index = world.open();
    let found = |asked: &str| ids(&index, &snapshot, Some(&format!("class_seen = '{asked}'"))).len();
    // rain 3, on 2, hills 1, rivers 1; "rain on" 2, "on hills" 1, "on rivers" 1.
    let words = ["1 of word", "2 of word", "3+ of word", "4+ of word"].map(found);
    assert_eq!(words, [2, 2, 3, 0]);
    let pairs = ["1 of bigram", "2 of bigram", "1+ of bigram", "3+ of bigram"].map(found);
    assert_eq!(pairs, [2, 2, 2, 0]);

    world.write("b.jsonl", "{\"text\":\"snow on hills\"}\n");
    let second = new(world.index(None));
    let filter = "class_seen = '1 of word missing from cases@1'";
    assert_eq!(ids(&index, &second, Some(filter)).len(), 1, "snow");
    assert_eq!(found("1+ of word missing from cases@2"), 0);
}

#[test]
fn what_was_found_in_texts_is_kept_and_texts_that_are_gone_are_said_to_be() {
    let world = World::new();
    world.write("a.jsonl", WEATHER);
    let snapshot = new(world.index(None));
    let index = world.open();
    let [once, twice] = ["1 of word", "2 of word"].map(|asked| {
        let filter = format!("tokens > 1 and class_seen = '{asked}'");
        Expression::parse(&filter).unwrap()
    });
    assert!(index.reads_texts(&snapshot, &once).unwrap());
    index.select(&snapshot, Some(&once)).unwrap();
    assert!(!index.reads_texts(&snapshot, &once).unwrap());

    std::fs::remove_file(world.folder.path().join("data/a.jsonl")).unwrap();
    let kept = index.select(&snapshot, Some(&once)).unwrap();
    assert_eq!(index.count(&kept).unwrap(), 2);
    let gone = index.select(&snapshot, Some(&twice)).unwrap_err();
    assert_eq!(gone.code, Code::SourceChanged);

    let wrong = |filter: &str| index.reads_texts(&snapshot, &Expression::parse(filter).unwrap());
    assert_eq!(wrong("class_sen = 'x'").unwrap_err().code, Code::UnknownField);
    assert_eq!(
        wrong("class_seen = '1 of colour'").unwrap_err().code,
        Code::InvalidExpression
    );
    assert!(!wrong("tokens > 1").unwrap());
}

#[test]
fn how_far_review_is_can_be_filtered_by_as_the_ledger_tells_it() {
    let world = World::new();
    world.write("a.jsonl", WEATHER);
    let snapshot = new(world.index(None));
    let index = world.open();
    let all = ids(&index, &snapshot, None);
    let digests = index.digests_of(&all).unwrap();
    let queued = |sample: usize, queue: &str| (digests[sample], queue.to_owned());
    let decisions = Decisions {
        answers: vec![(digests[0], 2), (digests[1], 1)],
        disputed: vec![digests[0]],
        queues: vec![queued(0, "first"), queued(0, "second"), queued(1, "second")],
        ..Decisions::default()
    };
    index.use_decisions(&decisions).unwrap();
    let found = |filter: &str| -> Vec<usize> {
        let found = ids(&index, &snapshot, Some(filter));
        (0..all.len())
            .filter(|&sample| found.contains(&all[sample]))
            .collect()
    };
    for (filter, expected) in [
        ("answers >= 2", vec![0]),
        ("answers = 0", vec![2]),
        ("disputed = 'true'", vec![0]),
        ("disputed = 'false'", vec![1, 2]),
        ("queue = 'second'", vec![0, 1]),
        ("queue in ('first', 'third')", vec![0]),
        ("queue is null", vec![2]),
        ("not (queue = 'first')", vec![1]),
    ] {
        assert_eq!(found(filter), expected, "{filter}");
    }
    let fields = index.fields(&snapshot).unwrap();
    let queues = fields.iter().find(|field| field.name == "queue").unwrap();
    assert_eq!(queues.values.len(), 2);
    index.use_decisions(&Decisions::default()).unwrap();
    assert!(found("queue is not null").is_empty() && found("answers > 0").is_empty());
}

#[test]
fn reading_texts_stops_when_it_is_told_to() {
    let world = World::new();
    world.write("a.jsonl", WEATHER);
    let snapshot = new(world.index(None));
    let filter = Expression::parse("class_seen = '1 of word'").unwrap();
    let task = Task::silent();
    task.cancel();
    let stopped = world
        .open()
        .select_while(&snapshot, Some(&filter), &task)
        .unwrap_err();
    assert_eq!(stopped.code, Code::Cancelled);
}

#[test]
fn rows_are_found_by_position_across_files() {
    let world = World::new();
    world.write("a.jsonl", "{\"text\":\"0\"}\n{\"text\":\"1\"}\n");
    world.write("b.jsonl", "");
    world.write(
        "c.jsonl",
        "{\"text\":\"2\"}\n{\"text\":\"3\"}\n{\"text\":\"4\"}\n",
    );
    let snapshot = new(world.index(None));
    let index = world.open();
    let all = ids(&index, &snapshot, None);
    for start in 0..6 {
        for limit in 0..4 {
            let expected: Vec<u64> = all.iter().skip(start).take(limit).copied().collect();
            assert_eq!(
                index.at_position(&snapshot, start as u64, limit as u64).unwrap(),
                expected,
                "{start} {limit}"
            );
        }
    }
    let selection = index.select(&snapshot, None).unwrap();
    assert_eq!(index.first(&selection, Some(all[1]), 2).unwrap(), all[2..4]);
}

/// The records behind the law that filters mean in SQL what they mean in Rust.
const RECORDS: &str = r#"{"text":"a","intent":"pay","score":1,"domain":"health"}
{"text":"b","intent":["pay","refund"],"score":2.5}
{"text":"c","intent":null,"score":"10","domain":"law"}
{"text":"d","intent":"Refund","score":"n/a","domain":"health"}
{"text":"e","score":-3,"domain":""}
{"text":"f","intent":["x"],"domain":"10"}
"#;

fn literal() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "'pay'", "'refund'", "'health'", "'10'", "''", "'x'", "'n/a'"
        ])
        .prop_map(str::to_owned),
        prop::sample::select(vec!["1", "2.5", "10", "-3"]).prop_map(str::to_owned),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec!["intent", "score", "domain", "origin", "tokens"]);
    let operator = prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let leaf = prop_oneof![
        (field.clone(), operator, literal())
            .prop_map(|(field, operator, value)| format!("{field} {operator} {value}")),
        (field.clone(), literal(), literal()).prop_map(|(field, a, b)| format!("{field} in ({a}, {b})")),
        (
            field.clone(),
            prop::sample::select(vec!["'%e%'", "'pa_'", "'1%'"])
        )
            .prop_map(|(field, pattern)| format!("{field} like {pattern}")),
        field.clone().prop_map(|field| format!("{field} is null")),
        field.prop_map(|field| format!("{field} is not null")),
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
}

fn lookup(index: &Index, snapshot: &Snapshot, sample: u64, field: &str) -> Value {
    let located = index.located(snapshot, sample).unwrap().unwrap();
    match field {
        "origin" => Value::Text(located.origin.as_str().to_owned()),
        "tokens" => Value::Number(located.tokens.to_string()),
        other => value_of(located.dimensions.get(other).unwrap_or(&serde_json::Value::Null)),
    }
}

fn value_of(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Number(number) => Value::Number(number.to_string()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(value_of).collect()),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        other => Value::Text(other.to_string()),
    }
}

#[test]
fn filters_mean_the_same_in_sql_as_in_expressions() {
    let world = World::new();
    world.write("a.jsonl", RECORDS);
    let snapshot = new(world.index(Some(map())));
    let index = world.open();
    let all = ids(&index, &snapshot, None);
    assert_eq!(all.len(), 6);
    proptest!(ProptestConfig::with_cases(400), |(text in condition())| {
        let expression = Expression::parse(&text).unwrap();
        let expected: Vec<u64> = all
            .iter()
            .copied()
            .filter(|sample| expression.matches(&|field| lookup(&index, &snapshot, *sample, field)))
            .collect();
        prop_assert_eq!(ids(&index, &snapshot, Some(&text)), expected, "{}", text);
    });
}

#[test]
fn two_connections_and_a_missing_workspace_fail_in_words() {
    assert!(Index::open_read_only(Path::new("/nonexistent")).is_err());
}
