//! Figures worked out by brute force on public data, where that data lies beside the project.

mod fixture;

use std::path::PathBuf;

use assay_measure::Kind;
use assay_measure::estimators::Frequencies;
use assay_measure::estimators::coverage::{chao_jost, chao1, good_turing};
use assay_measure::estimators::diversity::{evenness, hill};
use assay_model::Origin;
use fixture::{Sample, Snapshot};
use serde_json::Value;

/// A file of the shared data; says so and gives nothing where it is absent.
fn shared(path: &str) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(path);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        eprintln!("SKIPPED: {} is not here", file.display());
    }
    text
}

fn counts<S: Into<String>>(classes: impl IntoIterator<Item = S>) -> Frequencies {
    let mut counts = std::collections::BTreeMap::new();
    classes
        .into_iter()
        .for_each(|class| *counts.entry(class.into()).or_insert(0) += 1);
    Frequencies::of(counts.into_values())
}

/// n, S, f1, f2; Good-Turing, Chao-Jost; Chao1; Hill 1, 2; evenness, to the digits given.
fn assert_row(
    of: &Frequencies,
    whole: [u64; 4],
    coverage: [f64; 2],
    richness: f64,
    hills: [f64; 2],
    even: f64,
) {
    assert_eq!([of.observations, of.classes, of.singletons, of.doubletons], whole);
    let close = |value: f64, expected: f64, digits: i32| {
        assert!(
            (value - expected).abs() <= 0.5001 * 10_f64.powi(-digits),
            "{value} is not {expected}"
        );
    };
    close(good_turing(of).unwrap(), coverage[0], 6);
    close(chao_jost(of).unwrap(), coverage[1], 6);
    close(chao1(of).unwrap(), richness, 4);
    let [q0, q1, q2] = hill(of);
    assert_eq!(q0, whole[1] as f64);
    close(q1, hills[0], 6);
    close(q2, hills[1], 6);
    close(evenness(of).unwrap(), even, 6);
}

fn banking(split: &str) -> Option<Frequencies> {
    let table = shared(&format!("polyai_banking/banking_data/{split}.csv"))?;
    let names: Vec<String> =
        serde_json::from_str(&shared("polyai_banking/banking_data/categories.json")?).unwrap();
    let category = |line: &str| {
        line.rsplit(',')
            .next()
            .map(str::trim)
            .filter(|last| names.iter().any(|name| name == last))
            .map(str::to_owned)
    };
    Some(counts(table.lines().skip(1).filter_map(category)))
}

#[test]
fn banking77_train_has_its_coverage() {
    let Some(of) = banking("train") else { return };
    assert_row(
        &of,
        [10003, 77, 0, 0],
        [1.0, 1.0],
        77.0,
        [74.382304, 72.404680],
        0.992038,
    );
}

#[test]
fn banking77_test_has_its_coverage() {
    let Some(of) = banking("test") else { return };
    assert_row(&of, [3080, 77, 0, 0], [1.0, 1.0], 77.0, [77.0, 77.0], 1.0);
}

#[test]
fn clinc_has_its_coverage() {
    let Some(text) = shared("clinc150/data/data_small.json") else {
        return;
    };
    let splits: Value = serde_json::from_str(&text).unwrap();
    let intents = |split: &Value| -> Vec<String> {
        split
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row[1].as_str().unwrap().to_owned())
            .collect()
    };
    assert_row(
        &counts(intents(&splits["train"])),
        [7500, 150, 0, 0],
        [1.0, 1.0],
        150.0,
        [150.0, 150.0],
        1.0,
    );
    let all = splits.as_object().unwrap().values().flat_map(intents);
    assert_row(
        &counts(all),
        [16200, 151, 0, 0],
        [1.0, 1.0],
        151.0,
        [134.764549, 89.265306],
        0.977328,
    );
}

#[test]
fn pubmedqa_has_its_coverage() {
    let Some(text) = shared("pubmedqa/data/ori_pqal.json") else {
        return;
    };
    let records: Value = serde_json::from_str(&text).unwrap();
    let records = || records.as_object().unwrap().values();
    let headings = records()
        .flat_map(|record| record["MESHES"].as_array().unwrap())
        .map(|heading| heading.as_str().unwrap());
    let of = counts(headings);
    assert_row(
        &of,
        [14455, 3408, 1977, 588],
        [0.863231, 0.863236],
        6731.3492,
        [533.981456, 67.928449],
        0.772124,
    );
    let years = records().filter_map(|record| record["YEAR"].as_str());
    assert_row(
        &counts(years),
        [942, 28, 3, 0],
        [0.996815, 0.996819],
        30.9968,
        [20.324568, 17.800682],
        0.903855,
    );
}

#[test]
fn articles_have_their_words_and_their_five_pairs() {
    let Some(text) = shared("minhash_plagiarism/data/articles_100.train") else {
        return;
    };
    let lines: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once(' ')).collect();
    let samples: Vec<Sample> = lines
        .iter()
        .map(|(_, text)| Sample::new(text, Origin::Unknown))
        .collect();
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    let words = &measures.coverage[0];
    assert_eq!(
        (
            words.observations,
            words.classes,
            words.singletons,
            words.doubletons
        ),
        (25820, 6054, 3364, 1116)
    );
    assert!((words.chao1.unwrap() - 11123.9183).abs() < 1e-4);
    assert!((words.chao_jost.unwrap() - 0.869717).abs() < 1e-6);
    assert_eq!(
        (
            measures.duplication.exact.groups,
            measures.duplication.normalised.groups
        ),
        (0, 0)
    );
    let id = |sample: u64| lines[sample as usize - 1].0;
    let mut pairs: Vec<String> = found
        .pairs
        .iter()
        .filter(|pair| pair.accepted)
        .map(|pair| {
            format!(
                "{} {} {:.4} {:.4}",
                id(pair.a),
                id(pair.b),
                pair.jaccard,
                pair.containment
            )
        })
        .collect();
    pairs.sort();
    assert_eq!(
        pairs,
        [
            "t1088 t5015 0.9665 0.9848",
            "t1297 t4638 0.9654 0.9843",
            "t1768 t5248 0.9651 0.9842",
            "t1952 t3495 0.9639 0.9836",
            "t980 t2023 0.9636 0.9835",
        ]
    );
}

#[test]
fn l2r_has_its_composition_and_its_duplicates() {
    let domains = [
        "AcademicResearch",
        "Finance",
        "LegalDocument",
        "MedicalText",
        "PersonalCommunication",
        "ProductReview",
    ];
    let files = ["GPT-3-Turbo", "GPT-4o", "Gemini-1.5-Pro", "Llama-3-70B", "human"];
    let mut samples = Vec::new();
    for (domain, number) in domains.iter().zip(0..) {
        for (file, place) in files.iter().zip(1..) {
            let Some(text) = shared(&format!("l2r_21domains/{domain}/{file}.json")) else {
                return;
            };
            let origin = if *file == "human" {
                Origin::Human
            } else {
                Origin::Machine
            };
            let texts: Vec<String> = serde_json::from_str(&text).unwrap();
            samples.extend(
                texts
                    .iter()
                    .map(|text| Sample::new(text, origin).domain(domain).file(number * 5 + place)),
            );
        }
    }
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    let shares: Vec<(&str, Origin, u64)> = measures
        .composition
        .iter()
        .map(|cell| (cell.domain.as_str(), cell.origin, cell.samples))
        .collect();
    for (domain, machine) in domains.iter().zip([794, 781, 794, 787, 780, 786]) {
        assert!(
            shares.contains(&(domain, Origin::Human, 200))
                && shares.contains(&(domain, Origin::Machine, machine))
        );
    }
    assert_eq!((measures.samples, measures.conflicts), (5922, 2));
    assert!(
        (measures.tokens as f64 / 567_405.0 - 1.0).abs() < 0.01,
        "{} tokens",
        measures.tokens
    );
    assert!((measures.origin.human.tokens as f64 / 114_186.0 - 1.0).abs() < 0.01);
    let duplication = &measures.duplication;
    assert_eq!((duplication.exact.groups, duplication.exact.redundant), (34, 34));
    assert_eq!(
        (duplication.normalised.groups, duplication.normalised.redundant),
        (38, 38)
    );
    let mut pairs: Vec<String> = found
        .pairs
        .iter()
        .filter(|pair| pair.kind == Kind::Near && pair.accepted)
        .map(|pair| format!("{:.4} {:.4}", pair.jaccard, pair.containment))
        .collect();
    pairs.sort();
    let expected = [
        "0.2535 1.0000",
        "0.5250 1.0000",
        "0.5949 0.9038",
        "0.6082 1.0000",
        "0.7391 0.9084",
        "0.7476 1.0000",
        "0.8025 0.9000",
        "0.8600 0.9281",
    ];
    assert_eq!(pairs, expected);
}

/// Exact groups and redundant, normalised groups and redundant, near pairs by Jaccard and by containment alone.
fn duplicates(texts: &[String]) -> [usize; 6] {
    let samples: Vec<Sample> = texts
        .iter()
        .map(|text| Sample::new(text, Origin::Unknown))
        .collect();
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    let near = || {
        found
            .pairs
            .iter()
            .filter(|pair| pair.kind == Kind::Near && pair.accepted)
    };
    let similar = near().filter(|pair| pair.jaccard >= 0.8).count();
    let (exact, normalised) = (&measures.duplication.exact, &measures.duplication.normalised);
    assert_eq!(measures.duplication.near.verified_pairs, near().count() as u64);
    let groups = [
        exact.groups,
        exact.redundant,
        normalised.groups,
        normalised.redundant,
    ]
    .map(|count| count as usize);
    [
        groups[0],
        groups[1],
        groups[2],
        groups[3],
        similar,
        near().count() - similar,
    ]
}

#[test]
fn extracts_of_different_lengths_are_found_by_containment() {
    let mut texts = Vec::new();
    for name in [
        "exp_gpt3to4/data/pubmed_davinci",
        "exp_gpt3to4/data/pubmed_gpt-3.5-turbo",
        "exp_gpt3to4/data/pubmed_gpt-4",
        "exp_main/data/squad_gpt2-xl",
        "exp_main/data/squad_opt-2.7b",
        "exp_main/data/squad_gpt-j-6B",
    ] {
        let Some(text) = shared(&format!("fast_detect_gpt/{name}.raw_data.json")) else {
            return;
        };
        let columns: Value = serde_json::from_str(&text).unwrap();
        texts.extend(
            columns["original"]
                .as_array()
                .unwrap()
                .iter()
                .map(|text| text.as_str().unwrap().to_owned()),
        );
    }
    assert_eq!(texts.len(), 1350);
    assert_eq!(duplicates(&texts), [115, 174, 116, 175, 885, 148]);
}

#[test]
fn versions_of_one_law_are_near_and_different_laws_are_not() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/gesetze");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: {} is not here", folder.display());
        return;
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.extension().is_some_and(|extension| extension == "md") && path.to_string_lossy().contains('@')
    });
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    assert_eq!(texts.len(), 200);
    assert_eq!(duplicates(&texts), [0, 0, 55, 55, 90, 1]);
}

#[test]
fn short_and_empty_answers_never_collapse_together() {
    let mut texts = Vec::new();
    for name in ["davinci-t0-ft", "text-davinci-003"] {
        let Some(lines) = shared(&format!(
            "self_instruct/human_eval/predictions/{name}_predictions.jsonl"
        )) else {
            return;
        };
        for line in lines.lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            texts.push(record["response"].as_str().unwrap_or_default().to_owned());
        }
    }
    assert_eq!(texts.len(), 504);
    // The published 70 lets six texts of nothing but emoji or white space join the empty one; by definition a
    // text whose normalised form is empty compares exactly only.
    assert_eq!(duplicates(&texts), [10, 54, 17, 70 - 6, 0, 1]);
}

#[test]
fn rewritten_sentences_are_not_merged() {
    let Some(table) = shared("converted/paws_200_pairs.csv") else {
        return;
    };
    let mut sentences = Vec::new();
    for record in records(&table).into_iter().skip(1) {
        sentences.extend(
            record
                .into_iter()
                .filter(|cell| cell.split_whitespace().count() > 4),
        );
    }
    let samples: Vec<Sample> = sentences
        .iter()
        .map(|text| Sample::new(text, Origin::Unknown))
        .collect();
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    assert_eq!((measures.samples, measures.duplication.exact.redundant), (400, 1));
    let near: Vec<String> = found
        .pairs
        .iter()
        .filter(|pair| pair.kind == Kind::Near && pair.accepted)
        .map(|pair| format!("{:.4} {:.4}", pair.jaccard, pair.containment))
        .collect();
    assert_eq!(near, ["0.8667 0.9286", "0.7600 0.9048"]);
}

/// Comma-separated cells, quotes doubled inside quotes; enough for this one table.
fn records(table: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = table.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => cell.push(characters.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell).trim_end_matches('\r').to_owned());
                records.push(std::mem::take(&mut record));
            }
            c => cell.push(c),
        }
    }
    records
}
