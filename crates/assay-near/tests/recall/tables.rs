//! Recall and precision of accepted pairs against brute force, for each corpus and threshold.

use std::collections::BTreeSet;
use std::time::Instant;

use assay_near::{Pair, Settings};

use crate::corpora;
use crate::oracle::{accepted, brute_force, distinct_sets, joined};

const THRESHOLDS: [f64; 4] = [0.5, 0.7, 0.8, 0.9];

fn hold(name: &str, texts: &[String]) {
    let sets = distinct_sets(texts.iter().map(String::as_str));
    for jaccard in THRESHOLDS {
        let settings = Settings {
            jaccard,
            ..Settings::default()
        };
        let began = Instant::now();
        let near = joined(&sets, &settings);
        let seconds = began.elapsed().as_secs_f64();
        let found: BTreeSet<Pair> = accepted(&near, &settings).into_iter().collect();
        let wanted: BTreeSet<Pair> = brute_force(&sets, &settings).into_iter().collect();
        let both = found.intersection(&wanted).count() as f64;
        let of = |all: usize| if all == 0 { 1.0 } else { both / all as f64 };
        let (recall, precision) = (of(wanted.len()), of(found.len()));
        println!(
            "| {name} | {} | {jaccard} | {} | {recall:.4} | {precision:.4} | {:.0} ms | {} |",
            sets.len(),
            wanted.len(),
            seconds * 1000.0,
            near.crowded.len(),
        );
        assert!(recall >= 0.99, "{name} at {jaccard}: recall {recall}");
        assert!(
            found.is_subset(&wanted),
            "{name} at {jaccard}: precision {precision}"
        );
        assert!(
            near.crowded.is_empty(),
            "{name}: nothing was left to representatives only"
        );
    }
}

#[test]
fn planted_edits_are_found_at_every_threshold() {
    hold("planted edits, seed 1", &corpora::planted(120, 1));
    hold("planted edits, seed 2", &corpora::planted(120, 2));
}

#[test]
fn cut_texts_of_fast_detect_gpt_are_found_at_every_threshold() {
    if let Some(texts) = corpora::fast_detect_gpt() {
        hold("fast_detect_gpt", &texts);
    }
}

#[test]
fn versions_of_laws_are_found_at_every_threshold() {
    if let Some(texts) = corpora::gesetze() {
        hold("gesetze", &texts);
    }
}

#[test]
fn clauses_of_legalbench_are_found_at_every_threshold() {
    if let Some(texts) = corpora::legalbench() {
        hold("legalbench", &texts);
    }
}

#[test]
fn rewritings_of_l2r_are_found_at_every_threshold() {
    if let Some(texts) = corpora::l2r() {
        hold("l2r", &texts);
    }
}

#[test]
fn planted_plagiarisms_are_found_at_every_threshold() {
    if let Some(texts) = corpora::articles() {
        hold("articles_100", &texts);
    }
}

#[test]
fn no_paws_pair_below_the_threshold_is_merged() {
    let Some(pairs) = corpora::paws() else { return };
    let texts: Vec<String> = pairs.iter().flatten().cloned().collect();
    hold("paws, 200 pairs", &texts);
    let sets: Vec<Vec<u64>> = texts.iter().map(|text| crate::oracle::shingles(text)).collect();
    for jaccard in THRESHOLDS {
        let settings = Settings {
            jaccard,
            ..Settings::default()
        };
        let wanted: BTreeSet<(u32, u32)> = brute_force(&sets, &settings)
            .iter()
            .map(|pair| (pair.a, pair.b))
            .collect();
        let near = joined(&sets, &settings);
        let merged = near.stars.iter().flat_map(|star| {
            let leading = star.representative;
            star.members
                .iter()
                .map(move |member| (leading.min(member.text), leading.max(member.text)))
        });
        let false_merges: Vec<(u32, u32)> = merged.filter(|pair| !wanted.contains(pair)).collect();
        assert!(false_merges.is_empty(), "at {jaccard}: {false_merges:?}");
    }
}
