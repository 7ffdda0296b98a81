//! Agreement figures through the command line: published tables, public annotations, and wrong tables.

use std::path::Path;

use serde_json::{Value, json};

use crate::place::{Place, Ran, close, number};
use crate::public_data::shared;

fn run(place: &Place, table: &Path, scale: &str) -> Ran {
    let table = table.display().to_string();
    place.run(&["agreement", "--json", "--table", &table, "--scale", scale])
}

fn table(rows: impl Iterator<Item = (String, String, String)>) -> String {
    let lines = rows.map(|(item, rater, value)| format!("{item},{rater},{value}\n"));
    std::iter::once("item,rater,value\n".to_owned())
        .chain(lines)
        .collect()
}

#[test]
fn worked_examples_of_the_literature() {
    let Some(file) = shared("agreement_worked_examples.json") else {
        return;
    };
    let examples: Value = serde_json::from_slice(&std::fs::read(file).expect("the examples")).expect("JSON");
    let place = Place::new();
    for (name, items, percent, ac1, alphas) in [
        ("krippendorff_4x12", 12, 0.7818, 0.7754, [0.7434, 0.8154, 0.8491]),
        ("wikipedia_3x15", 13, 0.7500, 0.7092, [0.6914, 0.8067, 0.8108]),
    ] {
        let coders = examples[name]["coders"].as_array().expect("a list of coders");
        let ratings = coders.iter().enumerate().flat_map(|(coder, values)| {
            let values = values.as_array().expect("a list of values");
            let rated = values.iter().enumerate().filter(|(_, value)| !value.is_null());
            rated.map(move |(item, value)| (item.to_string(), format!("coder {coder}"), value.to_string()))
        });
        let path = place.write(&format!("{name}.csv"), table(ratings));
        let found = run(&place, &path, "interval").succeeded().json();
        assert_eq!(number(&found, "/items"), items, "{name}");
        close(&found, "/percent", percent, 4);
        close(&found, "/ac1", ac1, 4);
        for (scale, alpha) in ["nominal", "ordinal", "interval"].iter().zip(alphas) {
            close(&found, &format!("/alpha/{scale}"), alpha, 4);
            let interval = &found["interval_95"]["alpha"][scale];
            let (low, high) = (
                interval[0].as_f64().expect("low"),
                interval[1].as_f64().expect("high"),
            );
            assert!(low <= alpha && alpha <= high, "{name} {scale}: {interval}");
        }
        assert!(
            found["cohen"].is_null() && found["undefined"]["cohen"].is_string(),
            "{found}"
        );
    }
}

#[test]
fn annotators_of_tweets_in_twi_and_xithonga() {
    for (name, items, percent, ac1, alpha) in [
        ("twi", 5_771, 0.5665, 0.4401, 0.3580),
        ("xithonga", 2_978, 0.5343, 0.3910, 0.3401),
    ] {
        let Some(file) = shared(&format!(
            "afrisenti/data_with_annotators_labels/{name}_individual_labels.csv"
        )) else {
            return;
        };
        // The texts hold commas and quotes; the last six columns do not.
        let text = std::fs::read_to_string(file).expect("the labels");
        let place = Place::new();
        let mut ratings = Vec::new();
        for (item, row) in rows(&text).iter().skip(1).enumerate() {
            let last = &row[row.len() - 6..];
            for rater in 0..3 {
                ratings.push((item.to_string(), last[rater].clone(), last[rater + 3].clone()));
            }
        }
        let path = place.write("ratings.csv", table(ratings.into_iter()));
        let found = run(&place, &path, "nominal").succeeded().json();
        assert_eq!(number(&found, "/items"), items, "{name}");
        close(&found, "/percent", percent, 4);
        close(&found, "/ac1", ac1, 4);
        close(&found, "/alpha/nominal", alpha, 4);
        assert!(found["alpha"]["ordinal"].is_null(), "labels are no numbers");
    }
}

/// Rows of quoted CSV whose cells may hold line breaks.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                cell.push('"');
                characters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell).trim_end_matches('\r').to_owned());
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

#[test]
fn two_annotators_of_pubmedqa() {
    let Some(file) = shared("pubmedqa/data/ori_pqal.json") else {
        return;
    };
    let records: Value = serde_json::from_slice(&std::fs::read(file).expect("the records")).expect("JSON");
    let records = records.as_object().expect("an object of records");
    let ratings = records.iter().flat_map(|(id, record)| {
        ["reasoning_required_pred", "reasoning_free_pred"].map(|rater| {
            (
                id.clone(),
                rater.to_owned(),
                record[rater].as_str().unwrap_or_default().to_owned(),
            )
        })
    });
    let place = Place::new();
    let path = place.write("ratings.csv", table(ratings));
    let found = run(&place, &path, "nominal").succeeded().json();
    assert_eq!(number(&found, "/items"), 1_000);
    close(&found, "/percent", 0.7010, 4);
    close(&found, "/ac1", 0.5879, 4);
    close(&found, "/alpha/nominal", 0.4555, 4);
    close(&found, "/cohen", 0.4567, 4);
}

#[test]
fn a_table_without_its_columns_is_refused_with_a_remedy() {
    let place = Place::new();
    let path = place.write("wrong.csv", "item,annotator,value\n1,a,yes\n");
    let ran = run(&place, &path, "nominal");
    assert_eq!((ran.code, ran.error_code().as_str()), (2, "invalid_table"));
    assert!(ran.stdout.contains("rater"), "{ran:?}");
    let path = place.write("empty.csv", "item,rater,value\n");
    assert_eq!(run(&place, &path, "nominal").error_code(), "invalid_table");
}

#[test]
fn two_reviewers_of_one_queue() {
    let place = Place::new();
    let lines: String = (0..8)
        .map(|n| {
            format!(
                "{}\n",
                json!({"text": format!("Letter number {n} about the same old thing.")})
            )
        })
        .collect();
    let data = place.write("data.jsonl", lines);
    place.index(&[&data], None);
    for name in ["Ada", "Bo"] {
        place
            .run(&["person", "add", name, "--role", "curator", "--actor", "Ada"])
            .succeeded();
    }
    place
        .run(&[
            "queue", "create", "--name", "q", "--size", "8", "--seed", "3", "--actor", "Ada",
        ])
        .succeeded();
    let digests: Vec<String> = place
        .samples("")
        .iter()
        .map(|row| row["digest"].as_str().expect("a digest").to_owned())
        .collect();
    for (name, excluded) in [("Ada", 2), ("Bo", 4)] {
        let verdicts: String = digests
            .iter()
            .enumerate()
            .map(|(place, digest)| {
                let verdict = if place < excluded { "exclude" } else { "approve" };
                format!(
                    "{}\n",
                    json!({"sample": digest, "verdict": verdict, "reason": "off topic"})
                )
            })
            .collect();
        let file = place
            .write(&format!("{name}.jsonl"), verdicts)
            .display()
            .to_string();
        place
            .run(&["decide", "--queue", "q", "--actor", name, &file])
            .succeeded();
    }
    let found = place
        .run(&["agreement", "--queue", "q", "--json"])
        .succeeded()
        .json();
    assert_eq!((number(&found, "/items"), number(&found, "/raters")), (8, 2));
    close(&found, "/percent", 0.75, 4);
    // Margins 2/8 and 4/8 exclusions: chance 0.5, kappa (0.75 - 0.5) / 0.5.
    close(&found, "/cohen", 0.5, 4);
}
