//! The figures of made-up runs, worked out by hand or by counting.

use assay_model::results::{RunFigures, RunInfo};
use proptest::prelude::*;

use super::*;

/// Texts 0..n in the order of their digests.
fn digests(n: u32) -> Vec<Digest> {
    let mut digests: Vec<Digest> = (0..n).map(|i| Digest::of(&i.to_le_bytes())).collect();
    digests.sort_unstable();
    digests
}

/// A tenth is tail, a half head; every second text is human, the others are a machine's.
fn population(n: u32) -> Population {
    let group = |by, value: &str, holds: &dyn Fn(u32) -> bool| Group {
        by,
        value: value.to_owned(),
        filter: Some(format!("{by} = '{value}'")),
        members: (0..n).filter(|&text| holds(text)).collect(),
    };
    let groups = vec![
        group("all", "", &|_| true),
        group("origin", "human", &|text| text % 2 == 0),
        group("origin", "machine", &|text| text % 2 == 1),
        group("band", "head", &|text| text < n / 2),
        group("band", "tail", &|text| text >= n - n / 10),
    ];
    Population::of(digests(n), groups)
}

fn run(name: &str, n: u32, result: impl Fn(u32) -> SampleResult) -> Run {
    Run {
        info: RunInfo {
            run: name.to_owned(),
            ..RunInfo::default()
        },
        results: digests(n).into_iter().zip((0..n).map(result)).collect(),
    }
}

fn lossy(loss: f64) -> SampleResult {
    SampleResult {
        loss: Some(loss),
        ..SampleResult::default()
    }
}

fn group<'a>(figures: &'a RunFigures, by: &str, value: &str) -> &'a GroupFigures {
    figures
        .groups
        .iter()
        .find(|group| group.by == by && group.value == value)
        .unwrap()
}

fn only(population: &Population, run: Run) -> RunFigures {
    figures(population, &[run], &Task::silent()).unwrap().remove(0)
}

#[test]
fn loss_perplexity_and_accuracy_by_hand() {
    // A model that spreads its belief evenly over eight tokens has a perplexity of eight.
    let found = only(
        &population(20),
        run("even", 20, |text| SampleResult {
            loss: Some(8_f64.ln()),
            tokens: Some(f64::from(text + 1)),
            correct: Some(f64::from(u8::from(text < 15))),
            confidence: Some(0.75),
        }),
    );
    let all = group(&found, "all", "");
    let loss = all.loss.as_ref().unwrap();
    assert!((loss.perplexity - 8.0).abs() < 1e-9 && (loss.token_perplexity.unwrap() - 8.0).abs() < 1e-9);
    assert_eq!((loss.n, loss.tokens), (20, Some(210.0)));
    let accuracy = all.accuracy.as_ref().unwrap();
    assert_eq!(
        (accuracy.value, accuracy.interval_kind.as_str()),
        (0.75, "wilson")
    );
    assert_eq!(accuracy.interval, crate::estimators::interval::wilson(15, 20));
    let calibration = all.calibration.as_ref().unwrap();
    assert!(calibration.equal_mass.value < 1e-12 && calibration.equal_width.value < 1e-12);
    assert!((calibration.brier.value - 0.1875).abs() < 1e-12);
}

#[test]
fn token_perplexity_weighs_by_tokens_and_needs_them_all() {
    let result = |text: u32| SampleResult {
        tokens: Some(if text == 0 { 9.0 } else { 1.0 }),
        ..lossy(if text == 0 { 1.0 } else { 2.0 })
    };
    let found = only(&population(2), run("two", 2, result));
    let loss = group(&found, "all", "").loss.clone().unwrap();
    assert!((loss.mean - 1.5).abs() < 1e-12);
    assert!((loss.token_perplexity.unwrap() - 1.1_f64.exp()).abs() < 1e-12);
    let some = run("some", 2, |text| SampleResult {
        tokens: (text == 0).then_some(9.0),
        ..lossy(1.0)
    });
    assert_eq!(
        group(&only(&population(2), some), "all", "")
            .loss
            .clone()
            .unwrap()
            .token_perplexity,
        None
    );
}

#[test]
fn what_has_no_result_or_no_sample_is_counted() {
    let mut half = run("half", 20, |_| lossy(1.0));
    half.results.truncate(10);
    half.results.push((Digest([255; 32]), lossy(9.0)));
    half.info.files.push(assay_model::results::RunFile {
        unknown: 4,
        kept_unknown: 1,
        ..Default::default()
    });
    let found = only(&population(20), half);
    // One result without a sample, and three rows whose id named none.
    assert_eq!((found.joined, found.unmatched), (10, 4));
    let all = group(&found, "all", "");
    assert_eq!((all.texts, all.joined, all.accuracy.is_none()), (20, 10, true));
}

#[test]
fn the_tail_that_rises_while_the_head_falls_is_a_sign() {
    let n = 200;
    let spread = |text: u32| f64::from(text * 37 % 100) / 500.0;
    let first = run("gen1", n, |text| lossy(2.0 + spread(text)));
    let third = run("gen3", n, |text| {
        lossy(2.0 + spread(text) + if text >= n - n / 10 { 0.5 } else { -0.1 })
    });
    let found = differences(
        &population(n),
        &[first.clone(), third.clone()],
        &EffectSizes::default(),
        &Task::silent(),
    )
    .unwrap();
    let sign = |differences: &[RunDifference], name: &str| {
        differences[0]
            .signs
            .iter()
            .find(|sign| sign.sign == name)
            .unwrap()
            .clone()
    };
    let tail = sign(&found, "tail_against_head");
    assert!((tail.change.unwrap() - 0.6).abs() < 1e-9, "{tail:?}");
    assert!(tail.found && tail.size.as_deref() == Some("large"), "{tail:?}");
    assert_eq!(tail.note, "the tail rises by 0.500 while the head falls by 0.100");
    assert!(sign(&found, "calibration").change.is_none());
    // The other way round, nothing is being lost.
    let back = differences(
        &population(n),
        &[third, first],
        &EffectSizes::default(),
        &Task::silent(),
    )
    .unwrap();
    assert!(!sign(&back, "tail_against_head").found);
}

#[test]
fn pairs_cancel_what_makes_a_text_hard() {
    // Losses differ by whole nats from text to text, but every text moves by 0.01.
    let first = run("a", 50, |text| lossy(f64::from(text)));
    let second = run("b", 50, |text| lossy(f64::from(text) + 0.01));
    let found = differences(
        &population(50),
        &[first, second],
        &EffectSizes::default(),
        &Task::silent(),
    )
    .unwrap();
    let change = &found[0].groups[0].changes[0];
    assert!((change.interval[0] - 0.01).abs() < 1e-9 && (change.interval[1] - 0.01).abs() < 1e-9);
}

#[test]
fn only_texts_with_both_results_are_compared() {
    let first = run("a", 10, |text| lossy(f64::from(text)));
    let mut second = run("b", 10, |text| lossy(f64::from(text) + 1.0));
    second.results.drain(..4);
    let found = differences(
        &population(10),
        &[first, second],
        &EffectSizes::default(),
        &Task::silent(),
    )
    .unwrap();
    let change = &found[0].groups[0].changes[0];
    assert_eq!((found[0].groups[0].paired, change.n), (6, 6));
    assert!((change.a - 6.5).abs() < 1e-12 && (change.b - 7.5).abs() < 1e-12);
}

#[test]
fn three_runs_are_compared_step_by_step_and_from_end_to_end() {
    let runs: Vec<Run> = ["1", "2", "3"].map(|name| run(name, 10, |_| lossy(1.0))).to_vec();
    let found = differences(&population(10), &runs, &EffectSizes::default(), &Task::silent()).unwrap();
    let pairs: Vec<(&str, &str)> = found
        .iter()
        .map(|pair| (pair.a.as_str(), pair.b.as_str()))
        .collect();
    assert_eq!(pairs, [("1", "2"), ("2", "3"), ("1", "3")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_results_does_not_matter_and_joining_twice_changes_nothing(
        losses in prop::collection::vec((0.0..9.0_f64, 0.0..=1.0_f64, prop::bool::ANY), 2..40),
        turn in 0_usize..40,
    ) {
        let n = losses.len() as u32;
        let whole = run("r", n, |text| {
            let (loss, confidence, right) = losses[text as usize];
            SampleResult { loss: Some(loss), confidence: Some(confidence), correct: Some(f64::from(u8::from(right))), tokens: None }
        });
        let mut turned = whole.clone();
        turned.results.rotate_left(turn % losses.len());
        let mut twice = whole.clone();
        twice.results.extend(whole.results.clone());
        let population = population(n);
        let found = figures(&population, std::slice::from_ref(&whole), &Task::silent()).unwrap();
        prop_assert_eq!(&found, &figures(&population, &[turned], &Task::silent()).unwrap());
        prop_assert_eq!(&found[0].groups, &figures(&population, &[twice], &Task::silent()).unwrap()[0].groups);
        for group in &found[0].groups {
            if let Some(calibration) = &group.calibration {
                for figure in [calibration.equal_mass, calibration.equal_width, calibration.brier] {
                    prop_assert!((0.0..=1.0).contains(&figure.value));
                    prop_assert!(figure.interval[0] <= figure.interval[1]);
                }
            }
            if let Some(loss) = &group.loss {
                prop_assert!(loss.interval[0] - 1e-9 <= loss.mean && loss.mean <= loss.interval[1] + 1e-9 || group.joined < 12);
            }
        }
    }
}
