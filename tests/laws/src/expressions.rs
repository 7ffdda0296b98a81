//! Conditions: do they mean the same on paper, in memory and in SQLite?

use std::collections::HashMap;

use assay_index::{Index, IndexRequest, Indexed, Snapshot, WorkerCommand, index};
use assay_model::{Code, Expression, FieldMap, PartRule, Task, Value};
use assay_read::Limits;
use tempfile::TempDir;

pub(crate) fn expression(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Expression::parse(text) {
        Ok(expression) => {
            let printed = expression.to_string();
            assert_eq!(Expression::parse(&printed).as_ref(), Ok(&expression), "{printed}");
            let long = Value::Text("ab".repeat(2000));
            let values = [
                Value::Null,
                Value::Number("1".to_owned()),
                Value::List(vec![long.clone()]),
                long,
            ];
            for value in values {
                expression.matches(&|_| value.clone());
            }
        }
        Err(error) => {
            let length = text.chars().count();
            assert!(
                (1..=length + 1).contains(&error.column),
                "{error} in {length} characters"
            );
        }
    }
}

pub(crate) fn filter_sql(bytes: &[u8]) {
    let Some(expression) = std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| Expression::parse(text).ok())
    else {
        return;
    };
    WORLD.with(|world| {
        let selection = match world.index.select(&world.snapshot, Some(&expression)) {
            Ok(selection) => selection,
            Err(fault) => return assert_ne!(fault.code, Code::Internal, "{expression}: {fault}"),
        };
        let found = world
            .index
            .all(&selection, &Task::silent())
            .map(|(samples, _)| samples);
        let found = found.unwrap_or_else(|fault| panic!("{expression}: {fault}"));
        assert!(
            found.iter().all(|sample| world.fields.contains_key(sample)),
            "{expression}"
        );
        // The other fields have values that only the index knows.
        if expression.fields().iter().all(|field| COMPARED.contains(field)) {
            let matching = |sample: &&u64| expression.matches(&|field| world.fields[sample][field].clone());
            let mut expected: Vec<u64> = world.fields.keys().filter(matching).copied().collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{expression}");
        }
    });
}

/// Fields whose values are known without the index.
const COMPARED: [&str; 5] = ["intent", "score", "domain", "origin", "a b'\"c"];

const RECORDS: &str = r#"{"text":"one","intent":"pay","score":1,"domain":"health","odd":"'; drop table sample; --"}
{"text":"two","intent":["pay","refund"],"score":2.5,"odd":"\""}
{"text":"three","intent":null,"score":"10","domain":"law"}
{"text":"four","intent":"Refund","score":"n/a","domain":"health"}
{"text":"five","score":-3,"domain":"","odd":"%_"}
{"text":"six","intent":["x"],"domain":"10","odd":["null","true"]}
"#;

/// A small snapshot, and what its samples hold.
struct World {
    index: Index,
    snapshot: Snapshot,
    fields: HashMap<u64, HashMap<String, Value>>,
    _folder: TempDir,
}

thread_local! {
    static WORLD: World = World::new();
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let (data, workspace) = (folder.path().join("data"), folder.path().join("w.assay"));
        for made in [&data, &workspace] {
            std::fs::create_dir(made).expect("the folder can be written to");
        }
        std::fs::write(data.join("a.jsonl"), RECORDS).expect("the folder can be written to");
        let names = [
            ("intent", "intent"),
            ("score", "score"),
            ("domain", "domain"),
            ("a b'\"c", "odd"),
        ];
        let request = IndexRequest {
            dataset: "it's \"one\"".to_owned(),
            inputs: vec![data],
            map: Some(FieldMap {
                parts: vec![PartRule {
                    field: "text".to_owned(),
                    role: "document".to_owned(),
                }],
                dimensions: names
                    .map(|(name, field)| (name.to_owned(), field.to_owned()))
                    .into(),
                ..FieldMap::default()
            }),
            limits: Limits::default(),
            worker: WorkerCommand::Thread,
            tool: "assay laws".to_owned(),
            now: "2026-01-01T00:00:00Z".to_owned(),
        };
        let mut writing = Index::open(&workspace).expect("an index is made");
        let indexed =
            index(&mut writing, &request, &Task::silent(), &mut |_| {}).expect("the records are indexed");
        let (Indexed::New(snapshot) | Indexed::Unchanged(snapshot)) = indexed;
        drop(writing);
        let index = Index::open_read_only(&workspace).expect("the index is there");
        let everything = index
            .select(&snapshot, None)
            .expect("no condition is a condition");
        let samples = index
            .all(&everything, &Task::silent())
            .expect("the index is read")
            .0;
        assert_eq!(samples.len(), 6);
        let fields = samples
            .into_iter()
            .map(|sample| (sample, known_fields(&index, &snapshot, sample)))
            .collect();
        Self {
            index,
            snapshot,
            fields,
            _folder: folder,
        }
    }
}

fn known_fields(index: &Index, snapshot: &Snapshot, sample: u64) -> HashMap<String, Value> {
    let located = index
        .located(snapshot, sample)
        .expect("the index is read")
        .expect("the sample is there");
    let value = |field: &str| match field {
        "origin" => Value::Text(located.origin.as_str().to_owned()),
        _ => located.dimensions.get(field).map_or(Value::Null, value_of),
    };
    COMPARED
        .iter()
        .map(|field| ((*field).to_owned(), value(field)))
        .collect()
}

fn value_of(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(bool) => Value::Bool(*bool),
        serde_json::Value::Number(number) => Value::Number(number.to_string()),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(value_of).collect()),
        serde_json::Value::Object(_) => Value::Text(json.to_string()),
    }
}
