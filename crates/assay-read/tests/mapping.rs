//! From records to samples: recognition, rules, parts and the preview.

mod support;

use assay_model::{Code, EvidenceKind, Origin, SourceClass, Value};
use assay_read::preview::preview;
use assay_read::{Found, Limits, Mapper, parse_map, recognise, walk};
use support::{Folder, read, read_mapped};

fn value(json: &str) -> Value {
    fn convert(json: serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(bool) => Value::Bool(bool),
            serde_json::Value::Number(number) => Value::Number(number.to_string()),
            serde_json::Value::String(text) => Value::Text(text),
            serde_json::Value::Array(items) => Value::List(items.into_iter().map(convert).collect()),
            serde_json::Value::Object(map) => {
                Value::Object(map.into_iter().map(|(k, v)| (k, convert(v))).collect())
            }
        }
    }
    convert(serde_json::from_str(json).unwrap())
}

fn recognised(json: &str) -> Option<Vec<(String, String)>> {
    let map = recognise(&[value(json)])?;
    Some(
        map.parts
            .into_iter()
            .map(|part| (part.field, part.role))
            .collect(),
    )
}

fn pairs(pairs: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
    Some(
        pairs
            .iter()
            .map(|(field, role)| (field.to_string(), role.to_string()))
            .collect(),
    )
}

#[test]
fn usual_field_names_are_recognised() {
    assert_eq!(recognised(r#"{"Text": "a"}"#), pairs(&[("Text", "document")]));
    assert_eq!(
        recognised(r#"{"instruction": "a", "input": "", "output": "b"}"#),
        pairs(&[
            ("instruction", "prompt"),
            ("input", "context"),
            ("output", "response")
        ])
    );
    assert_eq!(
        recognised(r#"{"prompt": "a", "completion": "b"}"#),
        pairs(&[("prompt", "prompt"), ("completion", "response")])
    );
    assert_eq!(
        recognised(r#"{"question": "a", "answer": "b"}"#),
        pairs(&[("question", "prompt"), ("answer", "response")])
    );
    assert_eq!(
        recognised(r#"{"title": "a", "body": "b"}"#),
        pairs(&[("title", "title"), ("body", "document")])
    );
    assert_eq!(
        recognised(r#"{"messages": [{"role": "user", "content": "a"}]}"#),
        pairs(&[("messages", "document")])
    );
    assert_eq!(
        recognised(r#"{"tweet": "a", "label": "x"}"#),
        pairs(&[("tweet", "document")])
    );
    assert_eq!(recognised(r#"{"a": "x", "b": "y"}"#), None);
    assert_eq!(recognised(r#"{"a": 1}"#), None);
    assert_eq!(
        recognised(r#"{"when": "2020-01-01 12:00:00", "n": "17.5"}"#),
        None
    );
}

#[test]
fn identity_must_be_unique_and_dimensions_are_those_known_by_name() {
    let records = [
        value(r#"{"text":"a","id":1,"lang":"en","dept":"x"}"#),
        value(r#"{"text":"b","id":2,"lang":"de"}"#),
    ];
    let map = recognise(&records).unwrap();
    assert_eq!(map.id.as_deref(), Some("id"));
    assert_eq!(
        map.dimensions.into_iter().collect::<Vec<_>>(),
        [("language".to_owned(), "lang".to_owned())]
    );
    let twice = [value(r#"{"text":"a","id":1}"#), value(r#"{"text":"b","id":1}"#)];
    assert_eq!(recognise(&twice).unwrap().id, None);
}

const RULES: &str = r#"
[[part]]
field = "q"
role = "prompt"
[[part]]
field = "a"
role = "response"
[dimensions]
folder = "path:1"
kind = "=fixed"
score = "score"
[[provenance]]
part = "response"
when = "generator is not null"
source_class = "synthetic"
generator = "field:generator"
confidence = 0.9
[[provenance]]
when = "path like '%/human.jsonl'"
source_class = "human_authored"
"#;

#[test]
fn the_first_rule_that_matches_decides_each_part() {
    let mapper = Mapper::new(&parse_map(RULES, "map.toml").unwrap()).unwrap();
    let record = value(r#"{"q": "ask", "a": "say", "generator": "m-1", "score": 0.5}"#);
    let (sample, _) = mapper.apply(&record, "deep/er/human.jsonl").unwrap();
    assert_eq!(
        (sample.parts[0].origin, sample.parts[1].origin),
        (Origin::Human, Origin::Machine)
    );
    assert_eq!(
        (sample.origin, sample.source_class, sample.confidence),
        (Origin::Mixed, SourceClass::Unknown, 0.9)
    );
    assert!(sample.overlap && !sample.conflict);
    assert_eq!(sample.evidence.len(), 2);
    let machine = sample.evidence.iter().find(|row| row.part == Some(1)).unwrap();
    assert_eq!(
        (machine.source.as_str(), machine.generator.as_deref()),
        ("rule 1", Some("m-1"))
    );
    let dimensions: Vec<Value> = sample.dimensions.iter().map(|(_, value)| value.clone()).collect();
    assert_eq!(
        dimensions,
        [
            Value::Text("deep".into()),
            Value::Text("fixed".into()),
            Value::Number("0.5".into())
        ]
    );
    let (sample, _) = mapper
        .apply(&value(r#"{"q": "ask", "a": null}"#), "human.jsonl")
        .unwrap();
    assert_eq!(
        (sample.origin, sample.parts.len(), sample.evidence.len()),
        (Origin::Unknown, 1, 0)
    );
    assert_eq!(sample.dimensions[0].1, Value::Null);
}

#[test]
fn declared_origins_count_only_without_a_map() {
    let folder = Folder::new();
    let text = concat!(
        "{\"text\":\"a\",\"origin\":\"human\"}\n",
        "{\"text\":\"b\",\"source_class\":\"synthetic\"}\n",
        "{\"text\":\"c\",\"origin\":\"Human\"}\n",
        "{\"text\":\"d\",\"origin\":\"human\",\"source_class\":\"synthetic\"}\n"
    );
    let path = folder.file("a.jsonl", text);
    let reading = read(&path).unwrap();
    let origins: Vec<Origin> = reading.samples.iter().map(|(_, sample)| sample.origin).collect();
    assert_eq!(
        origins,
        [Origin::Human, Origin::Machine, Origin::Unknown, Origin::Unknown]
    );
    assert_eq!(reading.samples[0].1.evidence[0].kind, EvidenceKind::Declared);
    assert!(reading.samples[3].1.conflict);
    let mapped = read_mapped(&path, "[[part]]\nfield = \"text\"\nrole = \"document\"\n").unwrap();
    assert!(
        mapped
            .samples
            .iter()
            .all(|(_, sample)| sample.origin == Origin::Unknown && !sample.conflict)
    );
}

#[test]
fn values_under_a_part_become_text_or_are_refused() {
    let map = "[[part]]\nfield = \"t\"\nrole = \"document\"\n";
    let mapper = Mapper::new(&parse_map(map, "map.toml").unwrap()).unwrap();
    let text = |json: &str| {
        mapper
            .apply(&value(json), "a")
            .map(|(sample, _)| sample.parts[0].text.clone())
    };
    assert_eq!(text(r#"{"t": ["a", null, "b"]}"#).unwrap(), "a\nb");
    assert_eq!(text(r#"{"t": 1.50}"#).unwrap(), "1.5");
    assert_eq!(text(r#"{"t": {"a": 1}}"#).unwrap_err().0, Code::TextNotText);
    assert_eq!(text(r#"{"t": null}"#).unwrap_err().0, Code::NoText);
    assert_eq!(text(r#"{"u": "a"}"#).unwrap_err().0, Code::NoText);
    let (sample, noticed) = mapper.apply(&value(r#"{"t": ""}"#), "a").unwrap();
    assert_eq!((sample.parts.len(), noticed[0].0), (1, Code::EmptyText));
    let messages = r#"{"t": [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "ho"}, {"role": "system", "content": "x"}]}"#;
    let (sample, _) = mapper.apply(&value(messages), "a").unwrap();
    let roles: Vec<&str> = sample.parts.iter().map(|part| part.role.as_str()).collect();
    assert_eq!(roles, ["prompt", "response", "system"]);
}

#[test]
fn the_preview_shows_what_would_be_indexed() {
    let folder = Folder::new();
    let lines = "{\"q\":\"one\",\"a\":\"two\",\"generator\":\"m\",\"meta\":{\"n\":1}}\n{\"q\":\"x\",\"a\":null,\"meta\":{\"n\":2}}\nbad\n";
    folder.file("a.jsonl", lines);
    folder.file("b.jsonl", lines);
    folder.file("c.pkl", "x");
    let found = walk(&[folder.path().to_owned()], &assay_model::Task::silent()).unwrap();
    let files: Vec<_> = found
        .into_iter()
        .filter_map(|found| {
            if let Found::File(file) = found {
                Some(file)
            } else {
                None
            }
        })
        .collect();
    let task = assay_model::Task::silent();
    let map = parse_map(RULES, "map.toml").unwrap();
    let shown = preview(&files, Some(&map), 2000, &Limits::default(), &task).unwrap();
    assert_eq!(
        (shown.files_seen, shown.refused.len(), shown.shapes.len()),
        (3, 1, 1)
    );
    let shape = &shown.shapes[0];
    assert_eq!((shape.files, shape.records_read, shape.quarantined), (2, 3, 1));
    assert_eq!(shape.rules[0].records, 1);
    let field = |name: &str| shape.fields.iter().find(|field| field.field == name).unwrap();
    assert_eq!(
        (field("a").filled, field("a").becomes.as_str()),
        (0.5, "part:response")
    );
    assert_eq!(field("generator").becomes, "evidence");
    assert_eq!(field("meta.n").kind, "number");
    assert_eq!(shape.records[0].parts[1].decided_by, "rule 1");
    let unmapped = preview(&files[..1], None, 10, &Limits::default(), &task).unwrap();
    assert!(
        unmapped.shapes[0]
            .problem
            .as_ref()
            .unwrap()
            .contains("q, a, generator, meta")
    );
}

/// A map of these rules over the one field `text`.
fn ruled(rules: &[(&str, &str)]) -> Mapper {
    let rules: String = rules
        .iter()
        .map(|(when, origin)| format!("[[provenance]]\nwhen = \"{when}\"\norigin = \"{origin}\"\n"))
        .collect();
    let map = format!("parent = \"from\"\n[[part]]\nfield = \"text\"\nrole = \"document\"\n{rules}");
    Mapper::new(&parse_map(&map, "map.toml").unwrap()).unwrap()
}

proptest::proptest! {
    #[test]
    fn rules_of_one_map_are_not_equals(
        first in 0_usize..4,
        later in proptest::collection::vec((0_i64..10, 0_usize..4), 0..5),
    ) {
        let record = value(r#"{"text": "a text", "n": 5}"#);
        let later: Vec<(String, &str)> =
            later.iter().map(|(n, origin)| (format!("n >= {n}"), Origin::ALL[*origin].as_str())).collect();
        let mut rules = vec![("n = 5", Origin::ALL[first].as_str())];
        rules.extend(later.iter().map(|(when, origin)| (when.as_str(), *origin)));
        let (sample, _) = ruled(&rules).apply(&record, "a.jsonl").unwrap();
        proptest::prop_assert_eq!((sample.origin, sample.conflict), (Origin::ALL[first], false));
        proptest::prop_assert_eq!(sample.evidence.len(), 1);
    }
}

#[test]
fn a_record_names_its_parent_or_several() {
    let parents = |json: &str| ruled(&[]).apply(&value(json), "a.jsonl").unwrap().0.parents;
    assert_eq!(parents(r#"{"text": "a", "from": "one"}"#), ["one"]);
    assert_eq!(
        parents(r#"{"text": "a", "from": [1, "two", null]}"#),
        ["1", "two"]
    );
    assert!(parents(r#"{"text": "a", "from": null}"#).is_empty());
}
