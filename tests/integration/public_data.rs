//! Public data beside the repository (`../shared/data`), held to figures worked out by brute force from the same files.
//!
//! Where the data is absent, each test says so and is counted as skipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::place::{Place, close, number, refused, root};

/// The file or folder, if the data is here.
pub fn shared(relative: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data").join(relative);
    if path.exists() {
        return Some(path);
    }
    println!("SKIPPED: ../shared/data/{relative} is absent");
    None
}

pub fn map(name: &str) -> PathBuf {
    root().join("tests/fixtures/maps").join(name)
}

/// Copies the files whose relative path is accepted into the place's data.
pub fn take(place: &Place, from: &Path, accept: &dyn Fn(&str) -> bool) {
    let mut folders = vec![from.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)
            .expect("the data can be listed")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let relative = path
                .strip_prefix(from)
                .expect("it lies below")
                .to_string_lossy()
                .into_owned();
            if accept(&relative) {
                place.write(&relative, std::fs::read(&path).expect("the data can be read"));
            }
        }
    }
}

fn json_lines(rows: impl Iterator<Item = (String, String)>) -> String {
    rows.map(|(id, text)| format!("{}\n", json!({"id": id, "text": text})))
        .collect()
}

#[track_caller]
fn duplication(report: &Value, exact: (u64, u64), normalised: (u64, u64), pairs: u64) {
    let found = |level: &str| {
        let at = |key: &str| number(report, &format!("/duplication/{level}/{key}"));
        (at("groups"), at("redundant"))
    };
    assert_eq!(found("exact"), exact, "exact groups and redundant");
    assert_eq!(found("normalised"), normalised, "normalised groups and redundant");
    assert_eq!(
        number(report, "/duplication/near/verified_pairs"),
        pairs,
        "verified pairs"
    );
}

/// n, S, f1, f2; Good-Turing, Chao-Jost, Chao1; the Hill numbers; evenness.
#[track_caller]
fn coverage(
    report: &Value,
    unit: &str,
    counts: [u64; 4],
    estimates: [f64; 3],
    hill: [f64; 3],
    evenness: f64,
) {
    let entries = report["coverage"].as_array().expect("a list");
    let entry = entries
        .iter()
        .find(|entry| entry["unit"] == unit)
        .unwrap_or_else(|| panic!("no {unit} in {entries:?}"));
    let found = ["/observations", "/classes", "/singletons", "/doubletons"].map(|key| number(entry, key));
    assert_eq!(found, counts, "{unit}");
    for (key, expected, digits) in [
        ("/good_turing", estimates[0], 6),
        ("/chao_jost", estimates[1], 6),
        ("/chao1", estimates[2], 4),
    ] {
        close(entry, key, expected, digits);
    }
    for (order, expected) in hill.into_iter().enumerate() {
        close(entry, &format!("/hill/{order}"), expected, 6);
    }
    close(entry, "/evenness", evenness, 6);
}

#[test]
fn l2r_composition_is_exact_in_six_domains() {
    let Some(data) = shared("l2r_21domains") else {
        return;
    };
    let place = Place::new();
    take(&place, &data, &|path| {
        path.contains('/') && path.ends_with(".json")
    });
    let report = place.index(&[&place.data()], Some(&map("l2r.toml")));
    let expected = [
        ("AcademicResearch", 200, 794, 23_509, 124_053),
        ("Finance", 200, 781, 26_222, 119_024),
        ("LegalDocument", 200, 794, 28_010, 133_446),
        ("MedicalText", 200, 787, 8_549, 52_754),
        ("PersonalCommunication", 200, 780, 10_543, 54_186),
        ("ProductReview", 200, 786, 17_353, 83_942),
    ];
    let mut cells: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    for cell in report["composition"].as_array().expect("a list") {
        let key = (
            cell["domain"].as_str().unwrap_or_default().to_owned(),
            cell["origin"].as_str().unwrap_or_default().to_owned(),
        );
        let sum = cells.entry(key).or_default();
        *sum = (sum.0 + number(cell, "/samples"), sum.1 + number(cell, "/tokens"));
    }
    let near = |found: u64, expected: u64| (found as f64 / expected as f64 - 1.0).abs() <= 0.01;
    for (domain, human, machine, human_tokens, tokens) in expected {
        let cell = |origin: &str| {
            cells
                .get(&(domain.to_owned(), origin.to_owned()))
                .copied()
                .unwrap_or_default()
        };
        assert_eq!((cell("human").0, cell("machine").0), (human, machine), "{domain}");
        assert_eq!((cell("mixed").0, cell("unknown").0), (0, 0), "{domain}");
        assert!(
            near(cell("human").1, human_tokens),
            "{domain}: {} human tokens",
            cell("human").1
        );
        assert!(
            near(cell("human").1 + cell("machine").1, tokens),
            "{domain}: {:?}",
            cell("machine")
        );
    }
    close(&report, "/origin/human/share", 0.2026, 4);
    assert_eq!(number(&report, "/conflicts"), 2);
    duplication(&report, (34, 34), (38, 38), 8);
}

#[test]
fn fast_detect_texts_cut_at_different_lengths() {
    let Some(data) = shared("fast_detect_gpt") else {
        return;
    };
    let place = Place::new();
    take(&place, &data, &|path| path.ends_with(".raw_data.json"));
    let report = place.index(&[&place.data()], Some(&map("fast_detect.toml")));
    assert_eq!(number(&report, "/samples/indexed"), 1_350);
    duplication(&report, (115, 174), (116, 175), 885 + 148);
}

#[test]
fn articles_100_has_five_pairs_and_its_words() {
    let Some(file) = shared("minhash_plagiarism/data/articles_100.train") else {
        return;
    };
    let text = std::fs::read_to_string(file).expect("the articles");
    let rows = text
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(id, text)| (id.to_owned(), text.to_owned()));
    let place = Place::new();
    place.write("articles.jsonl", json_lines(rows));
    let report = place.index(&[&place.data()], Some(&map("text_with_id.toml")));
    assert_eq!(number(&report, "/samples/indexed"), 100);
    duplication(&report, (0, 0), (0, 0), 5);
    let rows = place.run(&["duplicates", "--pairs"]).succeeded().rows();
    let mut pairs: Vec<[&str; 2]> = rows
        .iter()
        .filter(|row| row["accepted"] == true)
        .map(|row| {
            let mut ids = [
                row["a"]["id"].as_str().unwrap_or_default(),
                row["b"]["id"].as_str().unwrap_or_default(),
            ];
            ids.sort_unstable_by_key(|id| id.trim_start_matches('t').parse::<u64>().unwrap_or_default());
            ids
        })
        .collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            ["t1088", "t5015"],
            ["t1297", "t4638"],
            ["t1768", "t5248"],
            ["t1952", "t3495"],
            ["t980", "t2023"]
        ]
    );
    coverage(
        &report,
        "word",
        [25_820, 6_054, 3_364, 1_116],
        [0.869_713, 0.869_717, 11_123.918_3],
        [6_054.0, 1_173.238_379, 135.249_450],
        0.811_568,
    );
}

#[test]
fn paws_sentences_with_the_same_words_are_not_merged() {
    let Some(file) = shared("converted/paws_200_pairs.csv") else {
        return;
    };
    let text = std::fs::read_to_string(file).expect("the pairs");
    let rows = text.lines().skip(1).map(cells).flat_map(|cells| {
        let id = cells[0].clone();
        [
            (format!("{id}#1"), cells[1].clone()),
            (format!("{id}#2"), cells[2].clone()),
        ]
    });
    let place = Place::new();
    place.write("paws.jsonl", json_lines(rows));
    let report = place.index(&[&place.data()], Some(&map("text_with_id.toml")));
    assert_eq!(number(&report, "/samples/indexed"), 400);
    duplication(&report, (1, 1), (1, 1), 2);
    let rows = place.run(&["duplicates", "--pairs"]).succeeded().rows();
    let pair = rows.iter().find(|row| {
        row["accepted"] == true
            && row["a"]["id"]
                .as_str()
                .is_some_and(|id| id.starts_with("paws/70#"))
    });
    let pair = pair.expect("the pair paws/70 is listed");
    close(pair, "/jaccard", 0.8667, 4);
    close(pair, "/containment", 0.9286, 4);
}

/// The cells of a line of CSV without line breaks in cells.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' if !quoted && cells.last().is_some_and(|cell| !cell.is_empty()) => {
                cells.last_mut().expect("there is a cell").push('"');
                quoted = true;
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("there is a cell").push(c),
        }
    }
    cells
}

#[test]
fn versions_of_laws_are_found_and_different_laws_are_not() {
    let Some(data) = shared("gesetze") else { return };
    let place = Place::new();
    take(&place, &data, &|path| path.ends_with(".md"));
    let report = place.index(&[&place.data()], None);
    assert_eq!(number(&report, "/samples/indexed"), 200);
    duplication(&report, (0, 0), (55, 55), 91);
    let law = |side: &Value| {
        side["path"]
            .as_str()
            .and_then(|path| path.split('@').next())
            .unwrap_or_default()
            .to_owned()
    };
    for row in place.run(&["duplicates", "--pairs"]).succeeded().rows() {
        assert!(
            row["accepted"] != true || law(&row["a"]) == law(&row["b"]),
            "{row}"
        );
    }
}

#[test]
fn self_instruct_answers_and_their_empty_ones() {
    let Some(data) = shared("self_instruct/human_eval/predictions") else {
        return;
    };
    let place = Place::new();
    take(&place, &data, &|path| path.ends_with(".jsonl"));
    let report = place.index(&[&place.data()], Some(&map("self_instruct.toml")));
    assert_eq!(number(&report, "/samples/indexed"), 504);
    assert_eq!(crate::place::flagged(&report, "empty_text"), 48);
    // TRUTH.md says 70: it takes the 51 answers whose normalised form is empty for one text. By the
    // definition of the metrics such texts compare exactly only (docs/decisions/0006), which leaves 64.
    duplication(&report, (10, 54), (17, 64), 1);
}

#[test]
fn legalbench_tables_with_quoted_cells() {
    let Some(data) = shared("legalbench/tasks") else {
        return;
    };
    let place = Place::new();
    take(&place, &data, &|path| {
        path.ends_with(".tsv") && !path.starts_with("corporate_lobbying")
    });
    let report = place.index(&[&place.data()], Some(&map("legalbench.toml")));
    assert_eq!(number(&report, "/samples/indexed"), 2_110);
    duplication(&report, (469, 673), (468, 676), 6);
}

#[test]
fn banking77_coverage() {
    let Some(file) = shared("polyai_banking/banking_data/train.csv") else {
        return;
    };
    let place = Place::new();
    let report = place.index(&[&file], Some(&map("banking77.toml")));
    let hill = [77.0, 74.382_304, 72.404_680];
    coverage(
        &report,
        "category",
        [10_003, 77, 0, 0],
        [1.0, 1.0, 77.0],
        hill,
        0.992_038,
    );
    let entry = report["coverage"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|entry| entry["unit"] == "category")
        .expect("category");
    assert_eq!(
        entry["smallest"][0],
        json!({"class": "contactless_not_working", "count": 35})
    );
    assert_eq!(
        entry["largest"][0],
        json!({"class": "card_payment_fee_charged", "count": 187})
    );
    let test = file.with_file_name("test.csv");
    let other = Place::new();
    let report = other.index(&[&test], Some(&map("banking77.toml")));
    coverage(
        &report,
        "category",
        [3_080, 77, 0, 0],
        [1.0, 1.0, 77.0],
        [77.0, 77.0, 77.0],
        1.0,
    );
}

#[test]
fn clinc150_coverage_over_six_splits() {
    let Some(file) = shared("clinc150/data/data_small.json") else {
        return;
    };
    let place = Place::new();
    let report = place.index(&[&file], Some(&map("clinc.toml")));
    let hill = [151.0, 134.764_549, 89.265_306];
    coverage(
        &report,
        "intent",
        [16_200, 151, 0, 0],
        [1.0, 1.0, 151.0],
        hill,
        0.977_328,
    );
    let arrays = place.try_index(&[&file], None);
    assert_eq!(arrays.code, 3, "arrays of arrays need `columns`: {arrays:?}");
}

#[test]
fn pubmedqa_headings_are_each_an_observation() {
    let Some(file) = shared("pubmedqa/data/ori_pqal.json") else {
        return;
    };
    let place = Place::new();
    let report = place.index(&[&file], Some(&map("pubmedqa.toml")));
    assert_eq!(number(&report, "/samples/indexed"), 1_000);
    coverage(
        &report,
        "mesh",
        [14_455, 3_408, 1_977, 588],
        [0.863_231, 0.863_236, 6_731.349_2],
        [3_408.0, 533.981_456, 67.928_449],
        0.772_124,
    );
    let hill = [28.0, 20.324_568, 17.800_682];
    coverage(
        &report,
        "year",
        [942, 28, 3, 0],
        [0.996_815, 0.996_819, 30.996_8],
        hill,
        0.903_855,
    );
    if let Some(nested) = shared("converted/pubmedqa_nested.zstd.parquet") {
        let other = Place::new();
        let same = other.index(&[&nested], Some(&map("pubmedqa.toml")));
        assert_eq!(number(&same, "/samples/indexed"), 1_000);
    }
}

#[test]
fn afrisenti_lines_are_rows_whatever_quotes_they_hold() {
    let Some(data) = shared("afrisenti/data") else {
        return;
    };
    let place = Place::new();
    take(&place, &data, &|path| path.ends_with(".tsv"));
    place.index(&[&place.data()], Some(&map("afrisenti.toml")));
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    for sample in place.samples("") {
        *rows
            .entry(sample["path"].as_str().unwrap_or_default().to_owned())
            .or_default() += 1;
    }
    let expected = [
        ("amh", 1_497),
        ("ibo", 1_841),
        ("orm", 396),
        ("por", 767),
        ("swa", 453),
        ("tso", 203),
    ];
    let expected = expected
        .map(|(language, count)| (format!("{language}/dev.tsv"), count))
        .into_iter()
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn apache_parquet_files_that_are_damaged_are_refused_by_name() {
    let Some(data) = shared("parquet_testing") else {
        return;
    };
    let place = Place::new();
    take(&place, &data, &|path| path.contains("parquet"));
    place.write("neighbour.jsonl", "{\"text\": \"an intact neighbour\"}\n");
    let report = place.index_twice(None);
    let codes: BTreeMap<String, String> = refused(&report).into_iter().collect();
    for (name, code) in [
        ("bad_data/ARROW-GH-45185.parquet", "damaged_file"),
        ("bad_data/PARQUET-1481.parquet", "damaged_file"),
        ("data/uniform_encryption.parquet.encrypted", "encrypted_file"),
        ("data/alltypes_plain.parquet", "no_text_field"),
    ] {
        assert_eq!(
            codes.get(name).map(String::as_str),
            Some(code),
            "{name}: {codes:?}"
        );
    }
}

#[test]
fn git_lfs_pointers_of_a_real_repository() {
    let Some(data) = shared("hh_rlhf") else { return };
    let place = Place::new();
    take(&place, &data, &|path| path.ends_with(".gz"));
    let ran = place.try_index(&[&place.data()], None);
    assert_eq!((ran.code, ran.error_code().as_str()), (3, "nothing_read"));
    assert!(
        ran.stdout.contains("git lfs pull") || ran.stderr.contains("git lfs pull"),
        "{ran:?}"
    );
}
