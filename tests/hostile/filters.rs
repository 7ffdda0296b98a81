//! Row 26: filters built to explode. There are no regular expressions: `like` knows two wildcards and is linear in effect.

use std::time::{Duration, Instant};

use crate::place::{Place, Ran};

/// Far above what an answer takes on a slow machine, far below what an explosion does.
const SOON: Duration = Duration::from_secs(60);

/// A dataset with one long field, which a wildcard has to be tried at every place of.
fn place() -> Place {
    let place = Place::new();
    let long = "a".repeat(100_000);
    let lines: String = (0..20)
        .map(|n| {
            serde_json::json!({"id": n, "text": format!("Sample {n} of a few."), "domain": long}).to_string()
                + "\n"
        })
        .collect();
    place.write("long.jsonl", lines);
    place.index(&[&place.data()], None);
    place
}

fn soon(place: &Place, arguments: &[&str]) -> Ran {
    let started = Instant::now();
    let ran = place.run(arguments);
    assert!(
        started.elapsed() < SOON,
        "{:?}: {:?}",
        started.elapsed(),
        arguments[0]
    );
    ran
}

/// Asks by a contract: a filter may be longer than an argument can be.
fn gate(place: &Place, filter: &str) -> Ran {
    let contract = format!(
        "name = \"gate\"\n[[provenance.cap]]\nwhere = \"\"\"{filter}\"\"\"\nmax_machine_share = 1.0\n"
    );
    std::fs::write(place.path("contract.toml"), contract).expect("a contract");
    soon(place, &["check", "--contract", "contract.toml", "--json"])
}

#[test]
fn row_26_wildcards_do_not_explode() {
    let place = place();
    for wildcards in [5, 50, 1_000] {
        let filter = format!("domain like '{}b'", "%a".repeat(wildcards));
        assert_eq!(soon(&place, &["samples", "--where", &filter]).rows().len(), 0);
        let filter = format!("domain like '{}'", "%a".repeat(wildcards));
        assert_eq!(soon(&place, &["samples", "--where", &filter]).rows().len(), 20);
    }
    let map = place.path("map.toml");
    let rule = format!("when = \"domain like '{}b'\"", "%a".repeat(500));
    std::fs::write(
        &map,
        format!(
            "[[part]]\nfield = \"text\"\nrole = \"document\"\n[dimensions]\ndomain = \"domain\"\n[[provenance]]\npart = \"document\"\n{rule}\nsource_class = \"synthetic\"\n"
        ),
    )
    .expect("a map");
    let started = Instant::now();
    place.index(&[&place.data()], Some(&map));
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
}

#[test]
fn row_26_what_reads_like_a_regular_expression_is_a_text() {
    let place = place();
    for filter in ["domain like '(a+)+$'", "domain = '^(a|a)*$'", "id like '.*'"] {
        assert_eq!(
            soon(&place, &["samples", "--where", filter]).rows().len(),
            0,
            "{filter}"
        );
    }
}

#[test]
fn row_26_two_thousand_comparisons_are_answered() {
    let place = place();
    // The gate itself adds a few of its own.
    let alternatives: Vec<String> = (0..1_990).map(|n| format!("id = '{n}'")).collect();
    let values: Vec<String> = (0..1_990).map(|n| format!("'{n}'")).collect();
    let other: Vec<String> = (100..2_090).map(|n| format!("id != '{n}'")).collect();
    for filter in [
        alternatives.join(" or "),
        format!("id in ({})", values.join(", ")),
        other.join(" and "),
    ] {
        let ran = gate(&place, &filter);
        assert_eq!(ran.code, 0, "{ran:?}");
    }
}

#[test]
fn row_26_what_is_beyond_the_caps_is_refused_at_its_place() {
    let place = place();
    let values: Vec<String> = (0..2_001).map(|n| format!("'{n}'")).collect();
    for (filter, words) in [
        (
            format!("{}id = '1'{}", "(".repeat(40_000), ")".repeat(40_000)),
            "nested deeper than 100",
        ),
        (
            format!("{}id = '1'", "not ".repeat(50_000)),
            "nested deeper than 100",
        ),
        (vec!["id = '1'"; 30_000].join(" or "), "more than 100000 words"),
        (
            format!("id in ({})", values.join(", ")),
            "more than 2000 comparisons",
        ),
    ] {
        let ran = gate(&place, &filter);
        assert_eq!(ran.code, 2, "{ran:?}");
        let error = &ran.json()["error"];
        let message = error["message"].as_str().expect("a message");
        assert!(message.contains(words), "{error}");
    }
}
