//! Every figure opens what it counts: on the sample dataset, each figure of the report is opened by the filter its view uses,
//! and what comes is counted.
//!
//! `tests/fixtures/figures.json` names figures with the filters of `ui/src/lib/behind.ts`, which a test of the window holds
//! to the same file. Filters that views build of names alone (a source, a class, a cell) are written here as they write them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::place::{Place, number, range, root};

const ORIGINS: [&str; 4] = ["human", "mixed", "machine", "unknown"];

/// The sample dataset, with every filter asked once.
struct Opened {
    place: Place,
    report: Value,
    asked: RefCell<BTreeMap<String, Vec<Value>>>,
}

impl Opened {
    fn sample() -> Self {
        let place = Place::new();
        let folder = root().join("assets/sample");
        let report = place.index(&[&folder.join("data")], Some(&folder.join("assay-map.toml")));
        Self {
            place,
            report,
            asked: RefCell::default(),
        }
    }

    fn rows(&self, filter: &str) -> Vec<Value> {
        let known = self.asked.borrow().get(filter).cloned();
        known.unwrap_or_else(|| {
            let rows = self.place.samples(filter);
            self.asked.borrow_mut().insert(filter.to_owned(), rows.clone());
            rows
        })
    }

    /// Opens a figure by its filter and holds the number of samples to it.
    #[track_caller]
    fn counts(&self, figure: &str, counted: u64, filter: &str) {
        assert_eq!(
            self.rows(filter).len() as u64,
            counted,
            "{figure}, opened by `{filter}`"
        );
    }

    fn list(&self, pointer: &str) -> Vec<Value> {
        let found = self.report.pointer(pointer).and_then(Value::as_array);
        found.unwrap_or_else(|| panic!("no list {pointer}")).clone()
    }
}

/// `field = 'value'`, and a value that is missing as the window asks for it.
fn equals(field: &str, value: &str) -> String {
    if value.is_empty() {
        format!("{field} is null")
    } else {
        format!("{field} = '{}'", value.replace('\'', "''"))
    }
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

fn sample_of(row: &Value) -> u64 {
    row["sample"].as_u64().expect("every row says its sample")
}

#[test]
fn figures_of_the_overview_open_the_samples_they_count() {
    let opened = Opened::sample();
    let fixture =
        std::fs::read_to_string(root().join("tests/fixtures/figures.json")).expect("the figures are there");
    let figures: Vec<Value> = serde_json::from_str(&fixture).expect("the figures are JSON");
    let all = opened.rows("");
    for row in &figures {
        let (figure, filter) = (text(row, "figure"), text(row, "filter"));
        match figure
            .strip_prefix("/origin/")
            .and_then(|rest| rest.strip_suffix("/tokens"))
        {
            // Tokens are those of parts: the samples that hold any of this origin, and no other.
            Some(origin) => {
                let has = |row: &&Value| {
                    let mut parts = row["parts"].as_array().expect("parts").iter();
                    parts.any(|part| part["origin"] == origin)
                };
                let holding: BTreeSet<u64> = all.iter().filter(has).map(sample_of).collect();
                let found: BTreeSet<u64> = opened.rows(filter).iter().map(sample_of).collect();
                assert_eq!(found, holding, "{figure}, opened by `{filter}`");
                assert_eq!(
                    holding.is_empty(),
                    number(&opened.report, figure) == 0,
                    "{figure}"
                );
            }
            // A text may hold several words that are seen once.
            None if filter.contains(" of word") || filter.contains(" of bigram") => {
                let found = opened.rows(filter).len() as u64;
                assert!(
                    (1..=number(&opened.report, figure)).contains(&found),
                    "{figure}, opened by `{filter}`"
                );
            }
            None => opened.counts(figure, number(&opened.report, figure), filter),
        }
    }
    assert!(
        number(&opened.report, "/conflicting_samples") > 0,
        "the sample has contradictions planted"
    );
    let listed = opened.place.run(&["samples", "--conflicts"]).succeeded().rows();
    assert_eq!(
        listed.len() as u64,
        number(&opened.report, "/conflicting_samples")
    );

    let tokens = |filter: &str| -> u64 { opened.rows(filter).iter().map(|row| number(row, "/tokens")).sum() };
    for slice in opened.list("/diversity") {
        let name = text(&slice, "slice");
        let filter = if name == "all" { "" } else { name };
        assert_eq!(tokens(filter), number(&slice, "/tokens"), "diversity of {name}");
    }
    for row in opened.list("/language_mismatch") {
        let declared = equals("language", text(&row, "declared"));
        let filter = format!("{declared} and mismatch = 'true'");
        opened.counts("languages", number(&row, "/mismatched"), &filter);
    }
}

#[test]
fn cells_sources_and_classes_open_the_samples_they_count() {
    let opened = Opened::sample();
    let mut cells: BTreeMap<String, u64> = BTreeMap::new();
    for cell in opened.list("/composition") {
        let filter = [
            equals("domain", text(&cell, "domain")),
            equals("language", text(&cell, "language")),
            equals("origin", text(&cell, "origin")),
        ]
        .join(" and ");
        *cells.entry(filter).or_default() += number(&cell, "/samples");
    }
    for (filter, counted) in &cells {
        opened.counts("composition", *counted, filter);
    }
    for source in opened.list("/sources") {
        let of = equals("source", text(&source, "source"));
        opened.counts("a source", number(&source, "/samples"), &of);
        for (share, narrowed) in [
            ("unique", "redundant is null"),
            ("undated", "collected_at is null"),
            ("declared", "origin != 'unknown'"),
        ] {
            if !source[share].is_null() {
                let counted = number(&source, &format!("/{share}/count"));
                opened.counts(share, counted, &format!("{of} and {narrowed}"));
            }
        }
    }
    for coverage in opened.list("/coverage") {
        let unit = text(&coverage, "unit");
        // Which words a text holds is no field; how often they are seen is asked in `figures_in_texts`.
        if unit == "word" || unit == "bigram" {
            continue;
        }
        for list in ["largest", "smallest"] {
            for class in coverage[list].as_array().expect("a list").iter().take(3) {
                opened.counts(unit, number(class, "/count"), &equals(unit, text(class, "class")));
            }
        }
    }
}

#[test]
fn duplicates_and_what_was_noticed_open_the_samples_they_count() {
    let opened = Opened::sample();
    for (level, filter) in [
        ("exact", "redundant = 'exact'"),
        ("normalised", "redundant in ('exact', 'normalised')"),
        ("near", "redundant is not null"),
    ] {
        let counted = number(&opened.report, &format!("/duplication/{level}/redundant"));
        opened.counts(level, counted, filter);
    }
    for row in opened.list("/duplication/removal") {
        let filter = format!(
            "{} and redundant is not null",
            equals("source", text(&row, "source"))
        );
        opened.counts("loss by source", number(&row, "/redundant"), &filter);
    }
    for row in opened.list("/duplication/inside") {
        let filter = format!("{} > {}", text(&row, "measure"), row["limit"]);
        opened.counts("repetition", number(&row, "/above"), &filter);
    }
    let style = &opened.report["stylometry"];
    if style["refused"].is_null() {
        for (place, origin) in ORIGINS.into_iter().enumerate() {
            let scored = style["scored"][place].as_u64().unwrap_or_default();
            opened.counts(
                "style",
                scored,
                &format!("origin = '{origin}' and style_score is not null"),
            );
            let like = style["machine_like"][place].as_u64().unwrap_or_default();
            let filter = format!("origin = '{origin}' and style_score >= {}", style["threshold"]);
            opened.counts("style", like, &filter);
        }
        for row in style["not_scored"].as_array().expect("reasons") {
            let filter = format!("style_reason = '{}'", text(row, "reason"));
            opened.counts("not scored", number(row, "/samples"), &filter);
        }
        opened.counts(
            "not scored for any reason",
            opened.rows("style_score is null").len() as u64,
            "style_reason is not null",
        );
    }
}

/// The distinct classes of a unit among rows; a language that no field names is left out.
fn classes(rows: &[Value], unit: &str) -> u64 {
    let of = |row: &Value| {
        let value = if unit == "topic" {
            &row["topic"]
        } else {
            &row["dimensions"][unit]
        };
        value.as_str().map(str::to_owned)
    };
    let found: BTreeSet<String> = rows.iter().filter_map(of).collect();
    found.len() as u64
}

#[test]
fn figures_of_coverage_open_the_samples_of_the_classes_they_count() {
    let opened = Opened::sample();
    let mut missing = 0;
    for coverage in opened.list("/coverage") {
        let unit = text(&coverage, "unit");
        if unit == "word" || unit == "bigram" {
            continue;
        }
        let held = |asked: &str, counted: u64| {
            let rows = opened.rows(&format!("class_seen = '{asked} of {unit}'"));
            assert_eq!(classes(&rows, unit), counted, "{asked} of {unit}");
            rows.len() as u64
        };
        assert_eq!(
            held("1", number(&coverage, "/singletons")),
            number(&coverage, "/singletons")
        );
        assert_eq!(
            held("2", number(&coverage, "/doubletons")),
            2 * number(&coverage, "/doubletons")
        );
        held_in_unique(&opened, &coverage);
        assert_eq!(
            held("1+", number(&coverage, "/classes")),
            number(&coverage, "/observations")
        );
        for band in coverage
            .pointer("/tail/bands")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let counted = number(band, "/classes") - number(band, "/present");
            for (part, counted) in [
                ("human", number(band, "/classes")),
                ("human and outside", number(band, "/present")),
                ("human only", counted),
            ] {
                let filter = format!("class_seen = '{} of {unit} in {part}'", range(band));
                assert_eq!(classes(&opened.rows(&filter), unit), counted, "{filter}");
            }
            missing += counted;
        }
    }
    assert!(missing > 0, "the sample has classes that only people wrote");
}

/// Holds the classes that would be seen once without duplicates to the samples that are left of them.
#[track_caller]
fn held_in_unique(opened: &Opened, coverage: &Value) {
    let unit = text(coverage, "unit");
    let once = number(coverage, "/after_removal/singletons");
    let rows = opened.rows(&format!("class_seen = '1 of {unit} in unique'"));
    assert_eq!(
        (rows.len() as u64, classes(&rows, unit)),
        (once, once),
        "1 of {unit} in unique"
    );
}

#[test]
fn classes_that_only_copies_have_open_and_those_that_another_snapshot_lacks() {
    let place = Place::new();
    let line = |intent: &str, text: &str| format!("{}\n", json!({"text": text, "intent": intent}));
    let (rain, snow) = (
        "Rain fell on the northern hills for nine days before the river rose.",
        "Snow lay on the southern fields until the end of a mild and windy March.",
    );
    let first = place.write(
        "one.jsonl",
        [line("weather", rain), line("flood", rain), line("winter", snow)].concat(),
    );
    let map = place.write(
        "map.toml",
        "[[part]]\nfield = \"text\"\nrole = \"document\"\n[dimensions]\nintent = \"intent\"\n",
    );
    let report = place.index(&[&first], Some(&map));
    let unit = report["coverage"]
        .as_array()
        .expect("coverage")
        .iter()
        .find(|unit| unit["unit"] == "intent")
        .expect("intents are counted");
    let lost = place.samples("class_seen = '1+ of intent in redundant only'");
    assert_eq!(number(unit, "/after_removal/lost_count"), 1);
    assert_eq!((lost.len(), classes(&lost, "intent")), (1, 1));

    let second = place.write(
        "two.jsonl",
        [line("weather", rain), line("winter", snow)].concat(),
    );
    place.index(&[&second], Some(&map));
    let gone = place.run(&[
        "samples",
        "--snapshot",
        "1",
        "--where",
        "class_seen = '1+ of intent missing from test@2'",
    ]);
    let gone = gone.succeeded().rows();
    assert_eq!((gone.len(), classes(&gone, "intent")), (1, 1));
    assert_eq!(gone[0]["dimensions"]["intent"], "flood");
    assert_eq!(
        place.samples("class_seen = '1+ of intent also in test@1'").len(),
        2
    );

    for wrong in ["often", "1 of colour", "1+ of topic missing from test@1"] {
        let refused = place.run(&["samples", "--where", &format!("class_seen = '{wrong}'"), "--json"]);
        assert_eq!(
            (refused.code, refused.error_code().as_str()),
            (2, "invalid_expression"),
            "{wrong}"
        );
    }
}

/// The distinct texts among rows.
fn texts(rows: &[Value]) -> u64 {
    let digests: BTreeSet<&str> = rows.iter().map(|row| text(row, "digest")).collect();
    digests.len() as u64
}

/// A result for every second text of the sample dataset, by its digest.
fn results(opened: &Opened) -> String {
    let all = opened.rows("");
    let digests: BTreeSet<&str> = all.iter().map(|row| text(row, "digest")).collect();
    let of_text = |(place, digest): (usize, &str)| {
        let confidence = ((place * 37) % 40) as f64 / 40.0;
        let mut row = json!({"sample": digest, "confidence": confidence});
        // Some have no loss, others are not judged: a figure is made of those that have it.
        if place % 5 > 0 {
            row["loss"] = json!(1.0 + (place % 13) as f64 / 7.0);
        }
        if place % 7 > 0 {
            row["correct"] = json!(f64::from(u8::from((place * 31) % 40 < 25)));
        }
        format!("{row}\n")
    };
    digests.into_iter().step_by(2).enumerate().map(of_text).collect()
}

#[test]
fn a_text_whose_copies_lie_in_two_domains_is_counted_and_opened_in_both() {
    let place = Place::new();
    let line = |domain: &str, text: &str| format!("{}\n", json!({"text": text, "domain": domain}));
    let (shared, own) = (
        "Rain fell on the northern hills for nine days before the river rose.",
        "Snow lay on the southern fields until the end of a mild and windy March.",
    );
    let data = place.write(
        "data.jsonl",
        [line("health", shared), line("law", shared), line("law", own)].concat(),
    );
    let map = place.write(
        "map.toml",
        "[[part]]\nfield = \"text\"\nrole = \"document\"\n[dimensions]\ndomain = \"domain\"\n",
    );
    place.index(&[&data], Some(&map));
    let rows = place.samples("");
    let digests: BTreeSet<&str> = rows.iter().map(|row| text(row, "digest")).collect();
    let results: String = digests
        .iter()
        .map(|digest| format!("{}\n", json!({"sample": digest, "loss": 1.5})))
        .collect();
    let file = place.write("run.jsonl", results).display().to_string();
    place
        .run(&["results", "add", &file, "--run", "gen1", "--quiet"])
        .succeeded();
    let asked = ["results", "report", "--dimension", "domain", "--json", "--quiet"];
    let report = place.run(&asked).succeeded().json();
    let groups = report["runs"][0]["groups"].as_array().expect("groups");
    for (domain, counted) in [("health", 1), ("law", 2)] {
        let group = groups
            .iter()
            .find(|group| text(group, "by") == "domain" && text(group, "value") == domain);
        let group = group.expect("a group for each domain");
        assert_eq!(number(group, "/joined"), counted, "{domain}");
        let filter = group["filter"].as_str().expect("it opens");
        assert_eq!(texts(&place.samples(filter)), counted, "{filter}");
    }
}

#[test]
fn figures_of_a_run_open_the_texts_they_count_bands_by_word_and_bins_too() {
    let opened = Opened::sample();
    let file = opened.place.write("first run.jsonl", results(&opened));
    let added = [
        "results",
        "add",
        &file.display().to_string(),
        "--run",
        "first run",
        "--quiet",
    ];
    opened.place.run(&added).succeeded();
    for dimension in ["word", "intent"] {
        let asked = ["results", "report", "--dimension", dimension, "--json", "--quiet"];
        let report = opened.place.run(&asked).succeeded().json();
        for group in report["runs"][0]["groups"].as_array().expect("groups") {
            let name = format!("{} {}", text(group, "by"), text(group, "value"));
            // A class of which one copy of a text is and another is not stands with the first copy's text.
            let filter = group["filter"]
                .as_str()
                .unwrap_or_else(|| panic!("{name} opens nothing"));
            let within = |said: &str| {
                if filter.is_empty() {
                    said.to_owned()
                } else {
                    format!("{said} and ({filter})")
                }
            };
            let figures = [
                ("/joined", "evaluated = 'first run'"),
                ("/loss/n", "\"first run:loss\" is not null"),
                ("/accuracy/n", "\"first run:correct\" is not null"),
                (
                    "/calibration/n",
                    "\"first run:confidence\" is not null and \"first run:correct\" is not null",
                ),
            ];
            for (figure, said) in figures {
                if let Some(counted) = group.pointer(figure).and_then(Value::as_u64) {
                    assert_eq!(
                        texts(&opened.rows(&within(said))),
                        counted,
                        "{name}, {figure}, by `{}`",
                        within(said)
                    );
                }
            }
        }
        let bins = report
            .pointer("/runs/0/groups/0/calibration/mass_bins")
            .and_then(Value::as_array);
        let bins = bins.expect("the run says how sure it was");
        assert!(bins.len() > 10);
        for bin in bins {
            let filter = format!(
                "\"first run:correct\" is not null and \"first run:confidence\" >= {} and \"first run:confidence\" <= {}",
                bin["from"], bin["to"]
            );
            assert_eq!(
                texts(&opened.rows(&filter)),
                number(bin, "/n"),
                "the bin `{filter}`"
            );
        }
    }
    // Kept sets hold for the results they were ranked with.
    opened.place.run(&["results", "remove", "first run"]).succeeded();
    let gone = opened.place.run(&[
        "samples",
        "--where",
        "rarity_band = 'tail of word in first run'",
        "--json",
    ]);
    assert_eq!((gone.code, gone.error_code().as_str()), (2, "invalid_expression"));
}
