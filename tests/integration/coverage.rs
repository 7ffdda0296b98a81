//! Tail coverage from the command line: derived units, references, the cost of a removal, and contracts that agree.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::place::{Place, Ran, close, number};

const MAP: &str = r#"
id = "id"
[[part]]
field = "text"
role = "document"
[dimensions]
domain = "domain"
language = "lang"
intent = "intent"
[[provenance]]
when = "by = 'person'"
source_class = "human_authored"
[[provenance]]
when = "by = 'model'"
source_class = "synthetic"
"#;

const WORDS: [[&str; 6]; 3] = [
    ["warfarin", "dose", "bleeding", "clinic", "tablet", "vitamin"],
    ["contract", "clause", "court", "liability", "notice", "tenant"],
    ["flour", "oven", "dough", "butter", "yeast", "bread"],
];

fn line(n: usize, theme: usize, by: &str, intent: &str, lang: &str) -> String {
    let word = |step: usize| WORDS[theme][(n * step + n / 6 + step) % 6];
    let domain = ["health", "law", "kitchen"][theme];
    let text = format!(
        "A {} with a {} and one {} stand in letter{n}.",
        word(1),
        word(3),
        word(4)
    );
    format!(
        "{}\n",
        json!({"id": n, "domain": domain, "lang": lang, "intent": intent, "by": by, "text": text})
    )
}

/// 90 human letters of three themes with four rare intents, and 60 machine letters of two themes that have one of the four.
fn letters() -> String {
    let rare = ["copper", "kuru", "lead", "yaws"];
    let human = (0..90).map(|n| line(n, n % 3, "person", if n < 4 { rare[n] } else { "common" }, "en"));
    let machine = (90..150).map(|n| line(n, n % 2, "model", if n == 90 { "lead" } else { "common" }, "en"));
    let german = [line(150, 1, "person", "common", "de")];
    human.chain(machine).chain(german).collect()
}

fn indexed(text: &str) -> Place {
    let place = Place::new();
    let data = place.write("letters.jsonl", text);
    let map = place.path("map.toml");
    std::fs::write(&map, MAP).expect("the map can be written");
    index(&place, "letters", &data.display().to_string());
    place
}

fn index(place: &Place, dataset: &str, data: &str) {
    let map = place.path("map.toml").display().to_string();
    place
        .run(&["index", "--quiet", "--dataset", dataset, "--map", &map, data])
        .succeeded();
}

fn report(place: &Place, more: &[&str]) -> Value {
    let mut arguments = vec!["report", "--json", "--quiet", "--dataset", "letters"];
    arguments.extend(more);
    place.run(&arguments).succeeded().json()
}

fn unit<'a>(report: &'a Value, name: &str) -> &'a Value {
    let units = report["coverage"].as_array().expect("a list");
    units
        .iter()
        .find(|unit| unit["unit"] == name)
        .unwrap_or_else(|| panic!("{name} is not counted"))
}

fn check(place: &Place, contract: &str) -> Ran {
    let path = place.path("contract.toml");
    std::fs::write(&path, contract).expect("the contract can be written");
    let path = path.display().to_string();
    place.run(&[
        "check",
        "--json",
        "--quiet",
        "--dataset",
        "letters",
        "--contract",
        &path,
    ])
}

#[test]
fn the_report_holds_the_rest_against_the_human_part_and_a_contract_says_the_same() {
    let place = indexed(&letters());
    let report = report(&place, &[]);
    let intent = unit(&report, "intent");
    assert_eq!(intent["reference"], "human part");
    close(intent, "/tail_retention", 0.25, 9);
    assert_eq!(intent["missing"], json!(["copper", "kuru", "yaws"]));
    assert_eq!(intent["tail"]["held"], "non-human part");
    assert_eq!(number(intent, "/tail/missing_count"), 3);
    let ran = check(
        &place,
        "[coverage]\nreference = \"human\"\nmin_tail_retention = 0.5\ndimensions = [\"intent\", \"topic\", \"bigram\"]\n",
    );
    let gates = ran.json()["gates"].as_array().expect("gates").clone();
    assert_eq!((ran.code, gates.len()), (1, 3));
    for gate in &gates {
        let name = gate["about"].as_str().expect("what it is about");
        assert_eq!(gate["measured"], unit(&report, name)["tail_retention"], "{name}");
    }
    assert_eq!(gates[0]["offending"], 3);
}

#[test]
fn bigrams_and_topics_are_units_and_topics_are_fields_to_filter_by() {
    let place = indexed(&letters());
    let report = report(&place, &[]);
    let bigram = unit(&report, "bigram");
    assert_eq!(bigram["sampled"], Value::Null);
    assert!(number(bigram, "/observations") > 151 * 8);
    let topic = unit(&report, "topic");
    let topics = topic["topics"]["topics"].as_array().expect("topics");
    let mut seen = 0;
    for each in topics {
        let name = each["name"].as_str().expect("a name");
        let rows = place.samples(&format!("topic = '{name}'"));
        assert_eq!(rows.len() as u64, number(each, "/samples"), "{name}");
        assert!(rows.iter().all(|row| row["topic"] == name));
        let domains: BTreeSet<&str> = rows
            .iter()
            .filter_map(|row| row["dimensions"]["domain"].as_str())
            .collect();
        assert_eq!(domains.len(), 1, "{name} mixes {domains:?}");
        seen += rows.len() as u64;
    }
    assert_eq!(seen, number(topic, "/observations"));
    let none = place.samples("topic is null").len() as u64;
    assert_eq!(none, number(topic, "/topics/unassigned"));
}

#[test]
fn the_same_letters_in_another_order_and_workspace_have_the_same_topics() {
    let text = letters();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.reverse();
    let other = format!("{}\n", lines.join("\n"));
    let (one, two) = (report(&indexed(&text), &[]), report(&indexed(&other), &[]));
    assert_eq!(unit(&one, "topic"), unit(&two, "topic"));
    assert_eq!(unit(&one, "bigram"), unit(&two, "bigram"));
    assert_eq!(one["cells"], two["cells"]);
}

#[test]
fn another_dataset_is_a_reference_for_every_unit() {
    let place = indexed(&letters());
    let field: String = (0..40)
        .map(|n| {
            line(
                1_000 + n,
                n % 3,
                "person",
                ["common", "kuru", "scurvy"][usize::from(n < 2) * (1 + n % 2)],
                "en",
            )
        })
        .collect();
    let field = place.write("field/notes.jsonl", field);
    index(&place, "field", &field.display().to_string());
    let report = report(&place, &["--reference", "field"]);
    let intent = unit(&report, "intent");
    assert_eq!(intent["reference"], "field@1");
    assert_eq!(
        (&intent["missing"], &intent["tail"]["held"]),
        (&json!(["scurvy"]), &json!("whole"))
    );
    close(intent, "/tail_retention", 0.5, 9);
    for name in ["word", "bigram", "topic"] {
        assert_eq!(unit(&report, name)["reference"], "field@1", "{name}");
    }
    // `kuru` stands once in the letters.
    let twice = self::report(&place, &["--reference", "field@1", "--at-least", "2"]);
    close(unit(&twice, "intent"), "/tail_retention", 0.0, 9);
    assert_eq!(number(unit(&twice, "intent"), "/tail/present_at_least"), 2);
    let wrong = place.run(&[
        "report",
        "--json",
        "--dataset",
        "letters",
        "--reference",
        "nobody",
    ]);
    assert_eq!((wrong.code, wrong.error_code().as_str()), (2, "unknown_dataset"));
    let compared = place
        .run(&["compare", "--json", "--quiet", "field", "letters"])
        .succeeded()
        .json();
    let units: Vec<&str> = compared["retention"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|row| row["unit"].as_str())
        .collect();
    assert!(units.contains(&"topic") && units.contains(&"bigram"), "{units:?}");
}

#[test]
fn gold_is_a_reference_once_it_has_members() {
    let place = indexed(&letters());
    let none = report(&place, &["--reference", "gold"]);
    assert_eq!(unit(&none, "intent")["reference"], Value::Null);
}

#[test]
fn taking_samples_away_costs_what_only_they_had() {
    let place = indexed(&letters());
    let report = report(&place, &["--without", "domain = 'kitchen'"]);
    let without = &unit(&report, "domain")["without"];
    assert_eq!(
        (number(without, "/samples"), &without["after"]["lost"][0]["class"]),
        (30, &json!("kitchen"))
    );
    let words = &unit(&report, "word")["without"]["after"];
    assert_eq!(
        number(words, "/lost_count"),
        6 + 30,
        "six words, and the number of each letter"
    );
    let machine = words["by_origin"]
        .as_array()
        .expect("origins")
        .iter()
        .find(|part| part["origin"] == "machine")
        .expect("machine");
    assert_eq!(number(machine, "/lost"), 0);
    let topics = &unit(&report, "topic")["without"]["after"];
    assert!(number(topics, "/lost_count") > 0);
    let wrong = place.run(&[
        "report",
        "--json",
        "--dataset",
        "letters",
        "--without",
        "domian = 'x'",
    ]);
    assert_eq!((wrong.code, wrong.error_code().as_str()), (2, "unknown_field"));
}

#[test]
fn empty_and_thin_cells_are_listed_and_estimates_have_intervals() {
    let place = indexed(&letters());
    let report = report(&place, &[]);
    let cells = &report["cells"];
    assert_eq!(
        (number(cells, "/empty_count"), number(cells, "/below_count")),
        (2, 1)
    );
    assert_eq!(
        cells["cells"][2],
        json!({"domain": "law", "language": "de", "samples": 1})
    );
    for name in ["intent", "word", "bigram", "topic"] {
        let intervals = &unit(&report, name)["intervals"];
        assert_eq!(number(intervals, "/replicates"), 200, "{name}");
        for order in 0..3 {
            let at = |end: usize| intervals["hill"][order][end].as_f64().expect("a number");
            let estimate = unit(&report, name)["hill"][order].as_f64().expect("a number");
            assert!(at(0) <= estimate && estimate <= at(1), "{name} {order}");
        }
    }
}

#[test]
fn vectors_of_the_users_own_make_topics_and_odd_ones_are_flagged() {
    let place = Place::new();
    let lines: String = (0..60)
        .map(|n: usize| {
            let mut vector = vec![json!(0.01), json!(0.02), json!(0.03)];
            vector[n % 3] = json!(1.0);
            let vector = match n {
                5 => json!([1.0, 2.0]),
                6 => json!([1.0, null, 2.0]),
                7 => Value::Null,
                _ => json!(vector),
            };
            let text = format!(
                "A {} and a {} in letter{n}",
                WORDS[n % 3][n % 6],
                WORDS[n % 3][(n + 1) % 6]
            );
            format!("{}\n", json!({"text": text, "vec": vector}))
        })
        .collect();
    let data = place.write("letters.jsonl", lines);
    let map = place.path("map.toml");
    std::fs::write(
        &map,
        "embedding = \"vec\"\n[[part]]\nfield = \"text\"\nrole = \"document\"\n",
    )
    .expect("the map can be written");
    let report = place.index(&[&data], Some(&map));
    let topics = &unit(&report, "topic")["topics"];
    assert!(
        topics["method"]
            .as_str()
            .expect("a method")
            .contains("vectors of 3 numbers")
    );
    assert_eq!(number(topics, "/unassigned"), 3);
    assert_eq!(number(&report, "/flag_counts/unusable_embedding"), 2);
    assert_eq!(number(&report, "/samples/indexed"), 60);
}
