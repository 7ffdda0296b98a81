//! What models made of samples: results joined to the sample dataset and to public data, held to figures that these
//! tests work out themselves, row by row.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::place::{Place, Ran, close, number, root};
use crate::public_data::{map, shared};

/// One text of the indexed data, as the test sees it.
#[derive(Clone, Debug)]
struct Text {
    digest: String,
    id: String,
    origin: String,
    domain: String,
    /// Classes of the dimension by which texts are rare.
    classes: BTreeSet<String>,
}

/// The distinct texts of a snapshot, by digest; and how many rows have each class.
fn texts(place: &Place, dimension: &str) -> (Vec<Text>, BTreeMap<String, u64>) {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for row in place.samples("") {
        let classes: Vec<String> = match &row["dimensions"][dimension] {
            Value::Array(items) => items.iter().map(word).collect(),
            value => vec![word(value)],
        };
        let classes: Vec<String> = classes.into_iter().filter(|class| !class.is_empty()).collect();
        for class in &classes {
            *counts.entry(class.clone()).or_default() += 1;
        }
        let origin = word(&row["origin"]);
        let text = texts.entry(word(&row["digest"])).or_insert_with(|| Text {
            digest: word(&row["digest"]),
            id: word(&row["id"]),
            origin: "unknown".to_owned(),
            domain: word(&row["dimensions"]["domain"]),
            classes: BTreeSet::new(),
        });
        text.classes.extend(classes);
        if text.origin == "unknown" {
            text.origin = origin;
        } else if origin != "unknown" && origin != text.origin {
            text.origin = "contradictory".to_owned();
        }
    }
    let mut texts: Vec<Text> = texts.into_values().collect();
    for text in &mut texts {
        if text.origin == "contradictory" {
            text.origin = "unknown".to_owned();
        }
    }
    (texts, counts)
}

/// The band of each class: the rarest that hold a tenth at most, the commonest that reach half.
fn bands(counts: &BTreeMap<String, u64>) -> BTreeMap<String, &'static str> {
    let all: u64 = counts.values().sum();
    let mut rising: Vec<(u64, &String)> = counts.iter().map(|(class, count)| (*count, class)).collect();
    rising.sort();
    let mut found: BTreeMap<String, &'static str> = BTreeMap::new();
    let mut held = 0;
    for (count, class) in &rising {
        held += count;
        found.insert((*class).clone(), if held * 10 <= all { "tail" } else { "middle" });
    }
    let mut reached = 0;
    for (count, class) in rising.iter().rev() {
        if reached * 2 >= all || found[*class] == "tail" {
            break;
        }
        found.insert((*class).clone(), "head");
        reached += count;
    }
    found
}

/// A text stands with its rarest class.
fn band_of(text: &Text, bands: &BTreeMap<String, &'static str>) -> &'static str {
    let of: BTreeSet<&str> = text.classes.iter().map(|class| bands[class]).collect();
    ["tail", "middle", "head"]
        .into_iter()
        .find(|band| of.contains(band))
        .unwrap_or("none")
}

/// A number from 0 to 1 that depends on the digest and a word alone.
fn draw(digest: &str, word: &str) -> f64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in digest.bytes().chain(word.bytes()) {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (state >> 11) as f64 / (1_u64 << 53) as f64
}

#[derive(Clone, Copy, Debug)]
struct Scored {
    loss: f64,
    correct: bool,
    confidence: f64,
}

/// A model of a generation: from the first to the third the tail's losses rise by 1.2, the head's fall by 0.2,
/// machine text grows easier, and confidence stays while answers get worse.
fn scored(text: &Text, band: &str, generation: u32) -> Scored {
    let step = f64::from(generation - 1) / 2.0;
    let drift = match band {
        "tail" => 1.2 * step,
        "head" => -0.2 * step,
        _ => 0.0,
    };
    let ease = if text.origin == "machine" {
        -0.3 * step
    } else {
        0.0
    };
    let confidence = 0.4 + 0.6 * draw(&text.digest, "confidence");
    Scored {
        loss: 2.0 + draw(&text.digest, "loss") + drift + ease,
        correct: draw(&text.digest, "correct") < confidence - 0.25 * step,
        confidence,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

/// Guo et al.'s calibration error over fifteen bins ((m - 1)/15, m/15].
fn calibration_error(scored: &[Scored]) -> f64 {
    let mut bins: BTreeMap<u64, Vec<Scored>> = BTreeMap::new();
    for each in scored {
        bins.entry((each.confidence * 15.0).ceil() as u64)
            .or_default()
            .push(*each);
    }
    let gap = |bin: &Vec<Scored>| {
        let right = mean(bin.iter().map(|each| f64::from(u8::from(each.correct))));
        bin.len() as f64 * (right - mean(bin.iter().map(|each| each.confidence))).abs()
    };
    bins.values().map(gap).sum::<f64>() / scored.len() as f64
}

fn written(text: &Text, key: &str, scored: Scored) -> String {
    let key_value = if key == "sample" { &text.digest } else { &text.id };
    let row = json!({key: key_value, "loss": scored.loss, "correct": scored.correct, "confidence": scored.confidence, "topic": "any"});
    format!("{row}\n")
}

fn path_of(place: &Place, name: &str, content: &str) -> String {
    let path = place.path(name);
    std::fs::write(&path, content).expect("the results can be written");
    path.display().to_string()
}

fn add(place: &Place, run: &str, file: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["results", "add", file, "--run", run, "--json", "--quiet"];
    arguments.extend(more);
    place.run(&arguments)
}

fn report(place: &Place, more: &[&str]) -> Value {
    let mut arguments = vec!["results", "report", "--json", "--quiet"];
    arguments.extend(more);
    place.run(&arguments).succeeded().json()
}

#[track_caller]
fn group<'a>(figures: &'a Value, by: &str, value: &str) -> &'a Value {
    let groups = figures["groups"].as_array().expect("groups");
    let found = groups
        .iter()
        .find(|group| group["by"] == by && group["value"] == value);
    found.unwrap_or_else(|| panic!("no group {by} {value}"))
}

fn sample() -> Place {
    let place = Place::new();
    let folder = root().join("assets/sample");
    place.index(&[&folder.join("data")], Some(&folder.join("assay-map.toml")));
    place
}

#[test]
fn three_generations_lose_the_tail_and_the_report_shows_it_to_the_last_digit() {
    let place = sample();
    let (texts, counts) = texts(&place, "intent");
    let bands = bands(&counts);
    for generation in 1..=3 {
        let rows: String = texts
            .iter()
            .map(|text| written(text, "sample", scored(text, band_of(text, &bands), generation)))
            .collect();
        let file = path_of(&place, &format!("gen{generation}.jsonl"), &rows);
        let added = add(
            &place,
            &format!("gen{generation}"),
            &file,
            &["--model", "tiny", "--step", "3000"],
        )
        .succeeded()
        .json();
        assert_eq!(number(&added, "/files/0/matched"), texts.len() as u64);
        assert_eq!(
            (number(&added, "/files/0/unknown"), &added["files"][0]["ignored"]),
            (0, &json!(["topic"]))
        );
    }
    let found = report(&place, &["--slice", "domain = 'health' and origin = 'machine'"]);
    assert_eq!(number(&found, "/texts"), texts.len() as u64);
    assert_eq!(found["bands"]["dimension"], "intent");
    for (at, generation) in (1..=3).enumerate() {
        let run = &found["runs"][at];
        assert_eq!(
            (number(run, "/joined"), number(run, "/unmatched")),
            (texts.len() as u64, 0)
        );
        let check = |by: &str, value: &str, holds: &dyn Fn(&Text) -> bool| {
            let meant: Vec<&Text> = texts.iter().filter(|text| holds(text)).collect();
            let figures: Vec<Scored> = meant
                .iter()
                .map(|text| scored(text, band_of(text, &bands), generation))
                .collect();
            let group = group(run, by, value);
            assert_eq!(number(group, "/joined"), meant.len() as u64, "{by} {value}");
            if meant.is_empty() {
                return;
            }
            let loss = mean(figures.iter().map(|each| each.loss));
            close(group, "/loss/mean", loss, 9);
            close(group, "/loss/perplexity", loss.exp(), 6);
            close(
                group,
                "/accuracy/value",
                mean(figures.iter().map(|each| f64::from(u8::from(each.correct)))),
                9,
            );
            close(
                group,
                "/calibration/equal_width/value",
                calibration_error(&figures),
                9,
            );
            let squares = figures
                .iter()
                .map(|each| (each.confidence - f64::from(u8::from(each.correct))).powi(2));
            close(group, "/calibration/brier/value", mean(squares), 9);
        };
        check("all", "", &|_| true);
        for origin in ["human", "machine", "mixed", "unknown"] {
            check("origin", origin, &|text| text.origin == origin);
        }
        for band in ["head", "middle", "tail"] {
            check("band", band, &|text| band_of(text, &bands) == band);
        }
        for domain in ["health", "law", "finance"] {
            check("domain", domain, &|text| text.domain == domain);
        }
    }
    let ends = &found["differences"][2];
    assert_eq!((&ends["a"], &ends["b"]), (&json!("gen1"), &json!("gen3")));
    let moved = |band: &str| {
        let of = texts.iter().filter(|text| band_of(text, &bands) == band);
        mean(of.map(|text| scored(text, band, 3).loss - scored(text, band, 1).loss))
    };
    let sign = |name: &str| -> Value {
        let signs = ends["signs"].as_array().expect("signs");
        signs
            .iter()
            .find(|sign| sign["sign"] == name)
            .cloned()
            .expect("the sign")
    };
    let tail = sign("tail_against_head");
    close(&tail, "/change", moved("tail") - moved("head"), 9);
    assert_eq!(
        (&tail["found"], &tail["size"], &tail["direction"]),
        (&json!(true), &json!("large"), &json!("worse"))
    );
    let (low, high) = (
        tail["interval"][0].as_f64().unwrap(),
        tail["interval"][1].as_f64().unwrap(),
    );
    let change = tail["change"].as_f64().unwrap();
    assert!(low > 0.0 && low <= change && change <= high, "{tail}");
    assert_eq!(sign("human_against_machine")["found"], true);
    assert_eq!(sign("calibration")["found"], true);
    // What was asked for as a slice is the same as counting its samples.
    let slice = group(
        &found["runs"][0],
        "slice",
        "domain = 'health' and origin = 'machine'",
    );
    let digests: BTreeSet<String> = place
        .samples("domain = 'health' and origin = 'machine'")
        .iter()
        .map(|row| row["digest"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(number(slice, "/joined"), digests.len() as u64);
    // Every number opens its samples: the filter of a group gives the group's texts.
    let tail = group(&found["runs"][2], "band", "tail");
    let filter = format!(
        "evaluated = 'gen3' and {}",
        tail["filter"].as_str().expect("a filter")
    );
    let behind: BTreeSet<String> = place
        .samples(&filter)
        .iter()
        .map(|row| row["digest"].as_str().unwrap().to_owned())
        .collect();
    let expected: BTreeSet<String> = texts
        .iter()
        .filter(|text| band_of(text, &bands) == "tail")
        .map(|text| text.digest.clone())
        .collect();
    assert_eq!(behind, expected);
    assert_eq!(
        report(&place, &["--slice", "domain = 'health' and origin = 'machine'"]),
        found,
        "seeded"
    );
}

#[test]
fn results_by_id_survive_a_new_snapshot_and_unknown_keys_are_listed() {
    let place = sample();
    let (texts, _) = texts(&place, "intent");
    // An id of several texts names none of them.
    let named = |id: &str| texts.iter().filter(|text| text.id == id).count();
    let with_id = texts
        .iter()
        .filter(|text| !text.id.is_empty() && named(&text.id) == 1);
    let mut rows: String = with_id
        .map(|text| written(text, "id", scored(text, "middle", 1)))
        .collect();
    rows += "{\"id\": \"nobody-knows\", \"loss\": 1}\n";
    let unseen = format!("sha256:{}", "ab".repeat(32));
    rows += &format!("{{\"sample\": \"{unseen}\", \"loss\": 1}}\n");
    let file = path_of(&place, "by_id.jsonl", &rows);
    let added = add(&place, "gen1", &file, &["--dataset", "test"])
        .succeeded()
        .json();
    let outcome = &added["files"][0];
    // Beside these two, ids that copies with another text share: they name no one text.
    let unknown = outcome["unknown_keys"].as_array().expect("keys");
    for key in ["nobody-knows", unseen.as_str()] {
        assert!(unknown.iter().any(|each| each == key), "{key} in {unknown:?}");
    }
    assert_eq!(number(outcome, "/unknown"), unknown.len() as u64);
    assert_eq!(
        number(outcome, "/kept_unknown"),
        1,
        "a digest may be indexed later"
    );
    assert_eq!(outcome["looked_up_in"], "test@1");
    let rows_seen = number(outcome, "/matched") + number(outcome, "/copies") + number(outcome, "/unknown");
    assert_eq!(rows_seen, number(outcome, "/rows"));
    // The same file again changes nothing; another file with the same samples is refused, whole.
    let again = add(&place, "gen1", &file, &["--dataset", "test"])
        .succeeded()
        .json();
    assert_eq!(again["files"][0]["known"], true);
    assert_eq!(number(&again, "/run/results"), number(&added, "/run/results"));
    let other = path_of(
        &place,
        "other.jsonl",
        &format!(
            "{}{rows}",
            written(&texts[0], "sample", scored(&texts[0], "head", 2))
        ),
    );
    let refused = add(&place, "gen1", &other, &["--dataset", "test"]);
    assert_eq!(
        (refused.code, refused.error_code().as_str()),
        (2, "invalid_results")
    );
    // A second snapshot under another map has other rows; the results are attached to the texts.
    let first = report(&place, &[]);
    let folder = root().join("assets/sample");
    let changed = std::fs::read_to_string(folder.join("assay-map.toml"))
        .expect("the map")
        .replace("domain = \"path:1\"", "domain = \"=advice\"");
    let changed = path_of(&place, "other.toml", &changed);
    place.index(&[&folder.join("data")], Some(Path::new(&changed)));
    let second = report(&place, &[]);
    assert_eq!(number(&second, "/snapshot"), 2);
    assert_eq!(
        second["runs"][0]["groups"][0]["loss"],
        first["runs"][0]["groups"][0]["loss"]
    );
    assert_eq!(
        group(&second["runs"][0], "domain", "advice")["joined"],
        first["runs"][0]["joined"]
    );
    // One result without a sample, and the ids that named none.
    assert_eq!(number(&second, "/runs/0/unmatched"), number(outcome, "/unknown"));
    let listed = place.run(&["results", "list", "--json"]).succeeded().json();
    assert_eq!(
        (&listed[0]["run"], &listed[0]["files"][0]["name"]),
        (&json!("gen1"), &json!("by_id.jsonl"))
    );
    place.run(&["results", "remove", "gen1"]).succeeded();
    assert_eq!(report(&place, &[])["runs"], json!([]));
}

#[test]
fn a_wrong_file_is_refused_at_its_line_and_nothing_of_it_is_kept() {
    let place = sample();
    let (texts, _) = texts(&place, "intent");
    let good = written(&texts[0], "sample", scored(&texts[0], "head", 1));
    for bad in [
        "{\"sample\": \"x\", \"loss\": 1}",
        "{\"id\": \"a\", \"loss\": NaN}",
        "{\"id\": \"a\"}",
        good.trim_end(),
    ] {
        let file = path_of(&place, "bad.jsonl", &format!("{good}{bad}\n"));
        let ran = add(&place, "gen1", &file, &[]);
        assert_eq!(
            (ran.code, ran.error_code().as_str()),
            (2, "invalid_results"),
            "{bad}"
        );
        assert_eq!(number(&ran.json(), "/error/line"), 2, "{bad}");
    }
    assert_eq!(
        place.run(&["results", "list", "--json"]).succeeded().json(),
        json!([])
    );
    let unknown = place.run(&["results", "report", "--run", "gen7", "--json"]);
    assert_eq!((unknown.code, unknown.error_code().as_str()), (2, "unknown_run"));
    let dimension = place.run(&["results", "report", "--dimension", "intention", "--json"]);
    assert_eq!(dimension.error_code(), "unknown_field");
}

#[test]
fn the_report_reads_in_eighty_columns_as_a_page_and_by_the_rarity_of_words() {
    let place = sample();
    let empty = place.run(&["results", "report"]).succeeded().stdout;
    assert!(empty.contains("assay results add"), "{empty}");
    let (texts, counts) = texts(&place, "intent");
    let bands = bands(&counts);
    for generation in [1, 3] {
        let head = "doc,nll,correct,confidence\n".to_owned();
        let rows = texts.iter().map(|text| {
            let Scored {
                loss,
                correct,
                confidence,
            } = scored(text, band_of(text, &bands), generation);
            format!("{},{loss},{},{confidence}\n", text.digest, u8::from(correct))
        });
        let file = path_of(
            &place,
            &format!("gen{generation}.csv"),
            &rows.fold(head, |all, row| all + &row),
        );
        add(
            &place,
            &format!("gen{generation}"),
            &file,
            &["--column", "sample=doc", "--column", "loss=nll"],
        )
        .succeeded();
    }
    let text = place.run(&["results", "report"]).succeeded().stdout;
    assert!(
        text.contains("Tail loss against head") && text.contains("the head falls"),
        "{text}"
    );
    for line in text.lines() {
        assert!(
            line.chars().count() <= 80,
            "{} columns: {line}",
            line.chars().count()
        );
    }
    let page = place
        .run(&["results", "report", "--format", "html"])
        .succeeded()
        .stdout;
    assert!(page.contains("<svg") && page.to_lowercase().starts_with("<!doctype html>"));
    for outside in ["src=\"http", "href=\"http", "@import", "<script"] {
        assert!(!page.contains(outside), "the page reaches outside: {outside}");
    }
    let words = report(&place, &["--dimension", "word"]);
    let n = texts.len() as u64;
    let texts_in = |at: usize| number(&words, &format!("/bands/bands/{at}/texts"));
    assert_eq!(texts_in(2), n / 10, "the tail is a tenth of the texts with words");
    assert_eq!(
        texts_in(0) + texts_in(1) + texts_in(2) + number(&words, "/bands/without"),
        n
    );
}

#[test]
fn pubmedqa_by_its_ids_with_a_text_in_the_band_of_its_rarest_heading() {
    let Some(file) = shared("pubmedqa/data/ori_pqal.json") else {
        return;
    };
    let place = Place::new();
    let by_key = format!(
        "id = \"key\"\n{}",
        std::fs::read_to_string(map("pubmedqa.toml")).expect("the map")
    );
    let by_key = path_of(&place, "by_key.toml", &by_key);
    place.index(&[&file], Some(Path::new(&by_key)));
    let dimension = "mesh";
    let (texts, counts) = texts(&place, dimension);
    let bands = bands(&counts);
    let rows: String = texts
        .iter()
        .map(|text| written(text, "id", scored(text, band_of(text, &bands), 1)))
        .collect();
    let results = path_of(&place, "answers.jsonl", &rows);
    let added = add(&place, "answers", &results, &[]).succeeded().json();
    assert_eq!(
        (
            number(&added, "/files/0/matched"),
            number(&added, "/files/0/unknown")
        ),
        (texts.len() as u64, 0)
    );
    let found = report(&place, &["--dimension", dimension]);
    for band in ["head", "middle", "tail"] {
        let meant = texts.iter().filter(|text| band_of(text, &bands) == band);
        let losses: Vec<f64> = meant.map(|text| scored(text, band, 1).loss).collect();
        let group = group(&found["runs"][0], "band", band);
        assert_eq!(number(group, "/joined"), losses.len() as u64, "{band}");
        if !losses.is_empty() {
            close(group, "/loss/mean", mean(losses.into_iter()), 9);
        }
    }
}
