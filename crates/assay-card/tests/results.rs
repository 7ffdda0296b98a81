//! The report on results of models: every figure in eighty columns, and a page that cannot act.

use assay_card::{results_page, results_text};
use assay_model::results::*;

fn report() -> ResultsReport {
    let est = |v: f64| Estimated {
        value: v,
        interval: [v - 0.01, v + 0.01],
    };
    let bins = vec![
        CalibrationBin {
            from: 0.1,
            to: 0.3,
            n: 100,
            confidence: 0.2,
            accuracy: 0.15,
            interval: [0.1, 0.2],
        },
        CalibrationBin {
            from: 0.3,
            to: 0.9,
            n: 100,
            confidence: 0.6,
            accuracy: 0.5,
            interval: [0.4, 0.6],
        },
    ];
    let group = |by: &str, value: &str, mean: f64| GroupFigures {
        by: by.into(),
        value: value.into(),
        filter: Some(String::new()),
        texts: 1_284_594,
        joined: 1_284_594,
        loss: Some(LossFigures {
            n: 10,
            mean,
            interval: [mean - 0.1, mean + 0.1],
            perplexity: mean.exp(),
            perplexity_interval: [1.0, 2.0],
            token_perplexity: None,
            tokens: None,
        }),
        accuracy: Some(AccuracyFigures {
            n: 10,
            value: 0.734,
            interval: [0.7, 0.77],
            interval_kind: "wilson".into(),
        }),
        calibration: Some(CalibrationFigures {
            n: 10,
            equal_mass: est(0.05),
            equal_width: est(0.04),
            brier: est(0.2),
            mass_bins: bins.clone(),
            width_bins: bins.clone(),
        }),
    };
    let run = |name: &str, up: f64| RunFigures {
        info: RunInfo {
            run: name.into(),
            model: "a-model-with-a-very-long-name-that-goes-on".into(),
            checkpoint: "step 3000".into(),
            trained_on: "80 % machine".into(),
            ..Default::default()
        },
        joined: 10,
        unmatched: 2,
        groups: vec![
            group("all", "", 2.4),
            group("origin", "human", 2.5 + up),
            group("origin", "machine", 2.0),
            group("band", "tail", 12.0 + up),
            group("band", "none", 2.0),
            group(
                "domain",
                "a domain with a name that is far too long for a column",
                2.0,
            ),
            group("domain", "", 2.0),
            group(
                "slice",
                "domain = 'health' and language in ('en', 'de', 'ar')",
                2.0,
            ),
        ],
    };
    let ch = |m: &str| PairedChange {
        measure: m.into(),
        n: 1_284_594,
        a: 2.0,
        b: 2.5,
        change: -0.5,
        interval: [-0.6, -0.4],
        effect: Some(0.22),
        effect_kind: "log_ratio".into(),
        size: Some("large".into()),
        direction: "worse".into(),
    };
    let sign = ModelSign {
        sign: "tail_against_head".into(),
        about: "Mean loss of the tail minus that of the head, in nats a token".into(),
        a: Some(1.0),
        b: Some(1.5),
        change: Some(0.5),
        interval: Some([0.4, 0.6]),
        effect: Some(0.3),
        effect_kind: "log_ratio".into(),
        size: Some("large".into()),
        direction: "worse".into(),
        note: "the tail rises by 0.500 while the head falls by 0.100".into(),
        found: true,
        filters: vec![],
    };
    let none = ModelSign {
        sign: "calibration".into(),
        note: "no figure in both runs for confidence and correctness".into(),
        ..Default::default()
    };
    ResultsReport {
        dataset: "praxis<script>".into(),
        snapshot: 7,
        texts: 1_284_594,
        contradictory: 4,
        method: ResultsMethod {
            statement: "Losses are nats a token.".into(),
            perplexity: "exp of the mean loss".into(),
            ..Default::default()
        },
        bands: BandTable {
            dimension: "intent".into(),
            definition: "Tail: the rarest.".into(),
            bands: vec![
                BandRow {
                    band: "head".into(),
                    classes: Some(3),
                    observations: 9,
                    texts: 800_000,
                },
                BandRow {
                    band: "tail".into(),
                    classes: Some(3),
                    observations: 9,
                    texts: 1,
                },
            ],
            without: 0,
        },
        runs: vec![
            run("gen1", 0.0),
            run("gen3 with a name that is long and then longer", 0.4),
        ],
        differences: vec![RunDifference {
            a: "gen1".into(),
            b: "gen3 with a name that is long".into(),
            signs: vec![sign, none],
            groups: vec![GroupDifference {
                by: "origin".into(),
                value: "human".into(),
                filter: None,
                paired: 9,
                changes: vec![ch("loss"), ch("calibration_error")],
            }],
        }],
        ..Default::default()
    }
}

#[test]
fn every_figure_fits_eighty_columns_whatever_the_names() {
    let text = results_text(&report());
    for line in text.lines() {
        assert!(
            line.chars().count() <= 80,
            "{} columns: {line}",
            line.chars().count()
        );
    }
    let head = text
        .lines()
        .find(|line| line.contains("perplexity") && line.contains("accuracy"))
        .expect("the head of the table");
    assert!(head.ends_with("Brier"), "nothing is cut off: {head}");
    assert!(
        text.contains("+0.500, 95 % +0.400 to +0.600; large, worse."),
        "the number comes first"
    );
    assert!(
        !text
            .lines()
            .any(|line| line.ends_with('…') && line.contains("0.0")),
        "{text}"
    );
}

#[test]
fn a_page_draws_what_it_says_and_runs_nothing() {
    let page = results_page(&report());
    assert!(page.contains("<svg") && !page.contains("<script>"));
    for words in [
        "Model-level signs",
        "By origin",
        "By tail band",
        "Calibration",
        "162,754.79",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn without_runs_it_says_what_to_bring() {
    let text = results_text(&ResultsReport::default());
    assert!(
        text.contains("assay results add") && text.contains("confidence"),
        "{text}"
    );
}
