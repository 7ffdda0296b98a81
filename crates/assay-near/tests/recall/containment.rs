//! Extracts and quotations: the smaller text lies in the larger, whatever their Jaccard similarity.

use std::collections::BTreeSet;

use assay_model::Task;
use assay_near::{Pair, Settings, between};

use crate::corpora::{self, Random};
use crate::oracle::{Sets, accepted, brute_force, joined, shingles, stored};

/// Passages of 30 to 120 words, and as many texts of 300 to 900 that quote one each with a few slips.
fn quoted(seed: u64, passages: usize) -> (Vec<String>, Vec<String>) {
    let mut random = Random(seed);
    let (mut references, mut data) = (Vec::new(), Vec::new());
    for number in 0..passages {
        let length = 30 + random.below(91);
        let passage: Vec<String> = (0..length).map(|_| random.word()).collect();
        let mut quotation = passage.clone();
        for _ in 0..number % 4 {
            let place = random.below(quotation.len());
            quotation[place] = random.word();
        }
        let around = 300 + random.below(600);
        let mut text: Vec<String> = (0..around).map(|_| random.word()).collect();
        let at = random.below(text.len());
        text.splice(at..at, quotation);
        references.push(passage.join(" "));
        data.push(text.join(" "));
    }
    (references, data)
}

fn contained_only(pairs: Vec<Pair>, settings: &Settings) -> BTreeSet<Pair> {
    let long = |pair: &Pair| pair.size_a.min(pair.size_b) >= settings.containment_shingles;
    pairs
        .into_iter()
        .filter(|pair| long(pair) && !pair.is_similar(settings))
        .collect()
}

#[track_caller]
fn hold(found: &BTreeSet<Pair>, wanted: &BTreeSet<Pair>, least: usize) {
    assert!(
        wanted.len() >= least,
        "{} pairs are too few to tell",
        wanted.len()
    );
    assert!(found.is_subset(wanted));
    let recall = found.len() as f64 / wanted.len() as f64;
    println!("containment alone: {} pairs, recall {recall:.4}", wanted.len());
    assert!(recall >= 0.95, "recall {recall}");
}

#[test]
fn quotations_are_found_inside_one_corpus_and_between_two() {
    let (references, data) = quoted(3, 400);
    let texts = references.iter().chain(&data);
    let sets: Sets = texts.map(|text| shingles(text)).collect();
    let settings = Settings::default();
    let wanted = contained_only(brute_force(&sets, &settings), &settings);
    let found = contained_only(accepted(&joined(&sets, &settings), &settings), &settings);
    hold(&found, &wanted, 200);

    let (_folder, stored) = stored(&sets);
    let across = between(
        &stored,
        references.len() as u32,
        &settings,
        &Task::silent(),
        &|_| {},
    )
    .unwrap();
    hold(&contained_only(across.pairs, &settings), &wanted, 200);
}

#[test]
fn truncated_originals_of_real_texts_are_found_between_two_sides() {
    let Some(texts) = corpora::fast_detect_gpt() else {
        return;
    };
    // The second side holds the first two thirds of every text of the first.
    let cut = |text: &String| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words[..words.len() * 2 / 3].join(" ")
    };
    let whole: Sets = crate::oracle::distinct_sets(texts.iter().map(String::as_str));
    let cuts: Vec<String> = texts.iter().map(cut).collect();
    let parts: Sets = crate::oracle::distinct_sets(cuts.iter().map(String::as_str));
    let second = whole.len() as u32;
    let sets: Sets = whole.into_iter().chain(parts).collect();
    let settings = Settings::default();
    let across = |pair: &Pair| pair.a < second && pair.b >= second;
    let wanted: Vec<Pair> = brute_force(&sets, &settings).into_iter().filter(across).collect();
    let wanted = contained_only(wanted, &settings);
    let (_folder, stored) = stored(&sets);
    let found = between(&stored, second, &settings, &Task::silent(), &|_| {}).unwrap();
    hold(&contained_only(found.pairs, &settings), &wanted, 200);
}
