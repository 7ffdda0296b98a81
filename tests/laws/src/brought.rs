//! What people and other tools bring: are verdicts, evidence, results and gold taken as they stand, and faults placed in the file?

use std::collections::HashSet;
use std::path::Path;

use assay_index::result_files::{self, ColumnNames, Key, ResultsFile};
use assay_index::{AddedRow, Spoken, evidence_lines};
use assay_ledger::digest_of_parts;
use assay_model::{Code, Digest, Fault, Part, Task, merkle};
use assay_review::decisions;
use assay_review::gold_file;
use assay_review::verdict::Decide;
use assay_seal::SecretKey;
use serde_json::{Value, json};

use crate::scratch::with_file;

/// A fault of a file names a line that the file has, and a column within it.
fn is_placed(fault: &Fault, text: &str) {
    let number = fault.line.expect("a fault of a file names its line");
    let line = text.split('\n').nth(number as usize - 1);
    let line = line.unwrap_or_else(|| panic!("there is no line {number}: {fault}"));
    if let Some(column) = fault.column {
        // The mark before a first line is not counted.
        assert!(
            column >= 1 && column <= line.len() as u64 + 1,
            "column {column} of `{line}`: {fault}"
        );
    }
}

pub(crate) fn decisions_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut taken = Vec::new();
    for line in decisions::lines("verdicts.jsonl", text) {
        match line {
            Ok((_, decide)) => taken.push(decide),
            Err(fault) => {
                assert_eq!(fault.code, Code::InvalidDecisions, "{fault}");
                is_placed(&fault, text);
            }
        }
    }
    let written: String = taken
        .iter()
        .map(|decide| format!("{}\n", decision(decide)))
        .collect();
    let again: Vec<Decide> = decisions::lines("again.jsonl", &written)
        .map(|line| line.expect("a decision is written as it is read").1)
        .collect();
    assert_eq!(again, taken);
}

fn decision(decide: &Decide) -> Value {
    let answer = &decide.answer;
    json!({
        "sample": decide.sample, "verdict": answer.verdict.as_str(), "reason": answer.reason, "labels": answer.labels,
        "rubric": answer.scores, "origin": answer.origin.map(|origin| origin.as_str()),
        "confidence": answer.confidence.map(|confidence| confidence.as_str()), "note": decide.note,
    })
}

pub(crate) fn evidence_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let rows = match evidence_lines(text, "evidence.jsonl") {
        Ok(rows) => rows,
        Err(fault) => {
            assert_eq!(fault.code, Code::InvalidEvidence, "{fault}");
            return is_placed(&fault, text);
        }
    };
    let written: String = rows
        .iter()
        .map(|(_, row)| format!("{}\n", evidence(row)))
        .collect();
    let again = evidence_lines(&written, "again.jsonl").expect("evidence is written as it is read");
    assert_eq!(again.len(), rows.len());
    for ((_, row), (_, again)) in rows.iter().zip(&again) {
        assert!((0.0..=1.0).contains(&row.evidence.confidence));
        assert_eq!(
            (row.digest, row.spoken, &row.evidence),
            (again.digest, again.spoken, &again.evidence)
        );
    }
}

fn evidence(row: &AddedRow) -> Value {
    let evidence = &row.evidence;
    let record = evidence.record.clone().unwrap_or_default();
    let part = match row.spoken {
        Spoken::Part(part) => Some(part),
        Spoken::All | Spoken::Written => None,
    };
    json!({
        "sample": row.digest, "part": part, "kind": evidence.kind.as_str(), "origin": evidence.origin.as_str(),
        "source_class": evidence.source_class.as_str(), "confidence": evidence.confidence, "source": evidence.source,
        "value": evidence.value, "generator": evidence.generator, "model": record.model, "prompt_ref": record.prompt_ref,
        "generated_at": record.generated_at,
    })
}

pub(crate) fn results_file(bytes: &[u8]) {
    for name in ["a.jsonl", "a.csv"] {
        let Ok(file) = with_file(name, bytes, read_results) else {
            continue;
        };
        assert!(!file.rows.is_empty());
        let keys: HashSet<&Key> = file.rows.iter().map(|row| &row.key).collect();
        assert_eq!(keys.len(), file.rows.len(), "each sample has one result");
        for row in &file.rows {
            let result = row.result;
            let bounded =
                |value: Option<f64>, most: f64| value.is_none_or(|value| (0.0..=most).contains(&value));
            assert!(
                bounded(result.loss, f64::MAX) && bounded(result.tokens, f64::MAX),
                "{row:?}"
            );
            assert!(
                bounded(result.correct, 1.0) && bounded(result.confidence, 1.0),
                "{row:?}"
            );
            assert!(
                result.loss.or(result.correct).or(result.confidence).is_some(),
                "{row:?}"
            );
        }
        let written: String = file
            .rows
            .iter()
            .map(|row| {
                let (sample, id) = match &row.key {
                    Key::Sample(digest) => (Some(digest), None),
                    Key::Id(id) => (None, Some(id)),
                };
                let result = row.result;
                let row = json!({
                    "sample": sample, "id": id, "loss": result.loss, "tokens": result.tokens, "correct": result.correct,
                    "confidence": result.confidence,
                });
                format!("{row}\n")
            })
            .collect();
        let again = with_file("again.jsonl", written.as_bytes(), read_results)
            .expect("results are written as they are read");
        let said = |file: &ResultsFile| -> Vec<_> {
            file.rows
                .iter()
                .map(|row| (row.key.clone(), row.result))
                .collect()
        };
        assert_eq!(said(&again), said(&file));
    }
}

fn read_results(path: &Path) -> Result<ResultsFile, Fault> {
    result_files::read(path, &ColumnNames::default(), &Task::silent())
}

pub(crate) fn gold_export(bytes: &[u8]) {
    held(bytes);
    // As a forger would: each text under its own digest, in order.
    let lines: Option<Vec<Value>> = bytes
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).ok().filter(Value::is_object))
        .collect();
    let mut lines = lines.unwrap_or_default();
    for line in &mut lines {
        if let Ok(parts) = serde_json::from_value::<Vec<Part>>(line["parts"].clone()) {
            line["digest"] = json!(digest_of_parts(&parts));
        }
    }
    lines.sort_by_key(|line| line["digest"].to_string());
    let forged: String = lines.iter().map(|line| format!("{line}\n")).collect();
    held(forged.as_bytes());
}

/// What is taken for gold holds each text under its digest, once; and a stranger's key stands for none of it.
fn held(bytes: &[u8]) {
    with_file("gold.jsonl", bytes, |path| {
        let found = gold_file::verify(bytes, path, &[]);
        let stranger = SecretKey::from_seed("stranger", &[201; 32]).public().clone();
        let trusted = gold_file::verify(bytes, path, &[stranger]);
        assert!(
            trusted.failure.is_some() && !trusted.is_trusted,
            "there is no proof beside the file"
        );
        let Ok(members) = gold_file::members(bytes) else {
            assert!(found.failure.is_some());
            return;
        };
        assert_eq!((found.failure, found.frozen), (None, None));
        assert!(members.is_sorted_by(|a, b| a < b));
        let texts: Vec<Digest> = bytes
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| {
                let line: Value = serde_json::from_slice(line).expect("a member's line is JSON");
                digest_of_parts(
                    &serde_json::from_value::<Vec<Part>>(line["parts"].clone()).expect("it has parts"),
                )
            })
            .collect();
        assert_eq!(members, texts);
        assert_eq!(
            found.root,
            merkle::root(texts.iter().map(|digest| digest.0.as_slice()))
        );
    });
}
