//! The figures of `shared/data/TRUTH.md`, where that data is at hand.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::PathBuf;

use assay_model::{Origin, Part};
use assay_sketch::{Sketch, Sketcher, WordCounts};

/// The folder of reference data, or `None` with a word about it.
fn data(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    if !path.exists() {
        eprintln!("SKIPPED: no reference data at {}", path.display());
        return None;
    }
    Some(path)
}

fn part(text: &str, origin: Origin) -> Part {
    Part {
        role: "document".into(),
        text: text.into(),
        origin,
        source_class: Default::default(),
        confidence: 0.0,
    }
}

struct Near {
    names: (String, String),
    jaccard: f64,
    containment: f64,
}

/// Every pair of distinct normalised texts with J >= 0.8, or C >= 0.9 from 20 shingles on, by brute force.
fn near_pairs(samples: &[(String, Sketch)]) -> Vec<Near> {
    let mut by_shingle: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut seen = HashSet::new();
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    for (b, (_, sketch)) in samples.iter().enumerate() {
        if !seen.insert(sketch.normalised) {
            continue;
        }
        for shingle in &sketch.shingles {
            let earlier = by_shingle.entry(*shingle).or_default();
            earlier
                .iter()
                .for_each(|&a| *shared.entry((a, b)).or_default() += 1);
            earlier.push(b);
        }
    }
    let mut pairs: Vec<Near> = shared
        .into_iter()
        .filter_map(|((a, b), both)| {
            let (one, other) = (samples[a].1.shingles.len(), samples[b].1.shingles.len());
            let jaccard = both as f64 / (one + other - both) as f64;
            let smaller = one.min(other);
            let containment = both as f64 / smaller as f64;
            (jaccard >= 0.8 || (containment >= 0.9 && smaller >= 20)).then(|| Near {
                names: (samples[a].0.clone(), samples[b].0.clone()),
                jaccard,
                containment,
            })
        })
        .collect();
    pairs.sort_by(|a, b| a.names.cmp(&b.names));
    pairs
}

/// Groups of two or more with the same key, and members beyond the first.
fn groups<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = K>) -> (usize, usize) {
    let mut counts: HashMap<K, usize> = HashMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    let repeated: Vec<usize> = counts.into_values().filter(|count| *count > 1).collect();
    (repeated.len(), repeated.iter().map(|count| count - 1).sum())
}

fn assert_groups(samples: &[(String, Sketch)], exact: (usize, usize), normalised: (usize, usize)) {
    assert_eq!(
        groups(samples.iter().map(|(_, sketch)| sketch.digest)),
        exact,
        "exact"
    );
    let by_form = samples.iter().map(|(_, sketch)| match sketch.normalised_empty {
        true => sketch.digest.0.to_vec(),
        false => sketch.normalised.to_vec(),
    });
    assert_eq!(groups(by_form), normalised, "normalised");
}

#[test]
fn articles_have_the_words_and_near_pairs_of_the_truth() {
    let Some(path) = data("minhash_plagiarism/data/articles_100.train") else {
        return;
    };
    let mut sketcher = Sketcher::new();
    let mut words = WordCounts::new();
    let mut samples = Vec::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let (id, text) = line.split_once(' ').unwrap();
        samples.push((id.to_owned(), sketcher.sketch(&[part(text, Origin::Unknown)])));
        sketcher.count_words(&mut words);
    }
    let counts: Vec<u64> = words
        .into_sorted_rows()
        .iter()
        .map(|(_, _, counts)| counts.iter().sum())
        .collect();
    let classes_of = |n: u64| counts.iter().filter(|count| **count == n).count();
    assert_eq!(counts.iter().sum::<u64>(), 25820);
    assert_eq!((counts.len(), classes_of(1), classes_of(2)), (6054, 3364, 1116));
    assert_groups(&samples, (0, 0), (0, 0));
    let found: Vec<(String, String)> = near_pairs(&samples)
        .into_iter()
        .map(|near| {
            (
                format!("{} {}", near.names.0, near.names.1),
                format!("{:.4} {:.4}", near.jaccard, near.containment),
            )
        })
        .collect();
    let expected = [
        ("t1088 t5015", "0.9665 0.9848"),
        ("t1297 t4638", "0.9654 0.9843"),
        ("t1768 t5248", "0.9651 0.9842"),
        ("t1952 t3495", "0.9639 0.9836"),
        ("t980 t2023", "0.9636 0.9835"),
    ];
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(names, figures)| (names.as_str(), figures.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn paws_sentences_are_near_in_the_pairs_of_the_truth_only() {
    let Some(path) = data("converted/paws_200_pairs.csv") else {
        return;
    };
    let mut sketcher = Sketcher::new();
    let mut samples = Vec::new();
    for row in csv_rows(&fs::read_to_string(path).unwrap()).into_iter().skip(1) {
        for (n, text) in row[1..3].iter().enumerate() {
            samples.push((
                format!("{}#{}", row[0], n + 1),
                sketcher.sketch(&[part(text, Origin::Unknown)]),
            ));
        }
    }
    assert_eq!(samples.len(), 400);
    assert_groups(&samples, (1, 1), (1, 1));
    let found: Vec<String> = near_pairs(&samples)
        .iter()
        .map(|near| {
            format!(
                "{} {} {:.4} {:.4}",
                near.names.0, near.names.1, near.jaccard, near.containment
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            "paws/119#1 paws/119#2 0.7600 0.9048",
            "paws/70#1 paws/70#2 0.8667 0.9286"
        ]
    );
}

/// Rows of a CSV file, as far as this one goes.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    rows
}

#[test]
fn l2r_has_the_tokens_duplicates_and_near_pairs_of_the_truth() {
    let Some(root) = data("l2r_21domains") else { return };
    let truth = BTreeMap::from([
        ("AcademicResearch", (23509, 124053)),
        ("Finance", (26222, 119024)),
        ("LegalDocument", (28010, 133446)),
        ("MedicalText", (8549, 52754)),
        ("PersonalCommunication", (10543, 54186)),
        ("ProductReview", (17353, 83942)),
    ]);
    let mut sketcher = Sketcher::new();
    let mut samples = Vec::new();
    for (domain, (human, all)) in truth {
        let (mut human_found, mut all_found) = (0u32, 0u32);
        let mut files: Vec<PathBuf> = fs::read_dir(root.join(domain))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            let texts: Vec<String> = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
            for (i, text) in texts.iter().enumerate() {
                let sketch = sketcher.sketch(&[part(text, Origin::Unknown)]);
                all_found += sketch.tokens;
                human_found += if name == "human.json" { sketch.tokens } else { 0 };
                samples.push((format!("{domain}/{name}:{}", i + 1), sketch));
            }
        }
        for (found, expected) in [(human_found, human), (all_found, all)] {
            let error = (f64::from(found) / f64::from(expected) - 1.0).abs();
            println!("{domain}: {found} tokens, {expected} expected, off by {error:.5}");
            assert!(
                error <= 0.01,
                "{domain}: {found} is more than 1 % from {expected}"
            );
        }
    }
    assert_eq!(samples.len(), 5922);
    assert_groups(&samples, (34, 34), (38, 38));
    let near: Vec<String> = near_pairs(&samples)
        .iter()
        .map(|near| {
            format!(
                "{} ~ {}: {:.4} {:.4}",
                near.names.0, near.names.1, near.jaccard, near.containment
            )
        })
        .collect();
    let expected = [
        "AcademicResearch/Llama-3-70B.json:74 ~ AcademicResearch/human.json:74: 0.7476 1.0000",
        "LegalDocument/GPT-4o.json:119 ~ LegalDocument/human.json:119: 0.8025 0.9000",
        "LegalDocument/GPT-4o.json:8 ~ LegalDocument/human.json:8: 0.7391 0.9084",
        "LegalDocument/Llama-3-70B.json:126 ~ LegalDocument/human.json:126: 0.8600 0.9281",
        "PersonalCommunication/GPT-4o.json:116 ~ PersonalCommunication/human.json:173: 0.5250 1.0000",
        "PersonalCommunication/human.json:106 ~ PersonalCommunication/human.json:161: 0.6082 1.0000",
        "PersonalCommunication/human.json:12 ~ PersonalCommunication/human.json:113: 0.5949 0.9038",
        "PersonalCommunication/human.json:46 ~ PersonalCommunication/human.json:115: 0.2535 1.0000",
    ];
    assert_eq!(near, expected);
}

#[test]
fn german_laws_have_the_duplicates_and_near_pairs_of_the_truth() {
    let Some(root) = data("gesetze") else { return };
    let mut files: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.to_string_lossy().contains('@'));
    files.sort();
    let mut sketcher = Sketcher::new();
    let samples: Vec<(String, Sketch)> = files
        .iter()
        .map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            (
                name,
                sketcher.sketch(&[part(&fs::read_to_string(file).unwrap(), Origin::Unknown)]),
            )
        })
        .collect();
    assert_eq!(samples.len(), 200);
    assert_groups(&samples, (0, 0), (55, 55));
    let pairs = near_pairs(&samples);
    let by_jaccard = pairs.iter().filter(|near| near.jaccard >= 0.8).count();
    assert_eq!((by_jaccard, pairs.len() - by_jaccard), (90, 1));
    assert!(samples.iter().all(|(_, sketch)| {
        sketch
            .detected
            .as_ref()
            .is_none_or(|found| found.language == "de")
    }));
}

#[test]
fn english_texts_are_never_taken_for_another_language_in_numbers() {
    let Some(root) = data("l2r_21domains") else { return };
    let (mut english, mut other, mut undetermined) = (0, 0, 0);
    let mut sketcher = Sketcher::new();
    for domain in ["AcademicResearch", "Finance", "LegalDocument", "ProductReview"] {
        let file = root.join(domain).join("human.json");
        let texts: Vec<String> = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        for text in &texts {
            match sketcher.sketch(&[part(text, Origin::Human)]).detected {
                Some(found) if found.language == "en" => english += 1,
                Some(_) => other += 1,
                None => undetermined += 1,
            }
        }
    }
    println!("English {english}, other {other}, undetermined {undetermined}");
    assert!(
        other * 200 <= english && undetermined * 10 <= english,
        "{english} {other} {undetermined}"
    );
}
