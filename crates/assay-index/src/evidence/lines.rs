//! What does a line of a file of evidence say?
//!
//! JSON Lines, one piece of evidence each, about a sample that is named by its digest. A bad line rejects the whole file.
//! Deliberately absent: whether the sample is here, and where the file is kept.

use assay_model::{
    Code, Digest, Evidence, EvidenceKind, Fault, GenerationRecord, Origin, SourceClass, fault::excerpt,
};
use serde::Deserialize;

use super::{AddedRow, Spoken};

/// One line as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    sample: String,
    #[serde(default)]
    part: Option<u32>,
    kind: String,
    #[serde(default)]
    origin: Option<String>,
    #[serde(default)]
    source_class: Option<String>,
    #[serde(default)]
    confidence: Option<f64>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    generator: Option<String>,
    #[serde(default)]
    model: Option<String>,
    #[serde(default)]
    prompt_ref: Option<String>,
    #[serde(default)]
    generated_at: Option<String>,
}

/// Every line's evidence with its number, counted from 1; `path` names the file in a fault.
///
/// # Errors
/// `invalid_evidence` at the first line that is no evidence.
pub fn evidence_lines(text: &str, path: &str) -> Result<Vec<(u64, AddedRow)>, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = Vec::new();
    for (number, line) in (1_u64..).zip(text.split('\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            continue;
        }
        rows.push((
            number,
            one(line).map_err(|fault| rejected_evidence(fault, path, number))?,
        ));
    }
    Ok(rows)
}

/// A fault of one line as the fault of its file, of which nothing is added.
pub fn rejected_evidence(fault: Fault, path: &str, line: u64) -> Fault {
    let mut rejected = Fault::new(
        Code::InvalidEvidence,
        format!("{}; nothing was added", fault.message),
        fault.remedy,
    )
    .at(path)
    .line(line);
    rejected.column = fault.column;
    rejected
}

fn one(line: &str) -> Result<AddedRow, Fault> {
    let wrong = |what: String, remedy: &str| Fault::new(Code::Usage, what, remedy);
    let word = |given: &str| excerpt(given.as_bytes(), 40);
    let line: Line = serde_json::from_str(line).map_err(|error| {
        let what = format!("not a piece of evidence: {error} in `{}`", excerpt(line.as_bytes(), 80));
        let remedy = r#"write {"sample": "sha256:…", "kind": "declared", "origin": "human", "source": "…"} on one line"#;
        wrong(what, remedy).column(error.column().max(1) as u64)
    })?;
    let digest: Digest = line.sample.parse().map_err(|error| {
        wrong(
            format!("`{}` is {error}", word(&line.sample)),
            "give the digest as `assay samples` prints it",
        )
    })?;
    let kinds: Vec<&str> = EvidenceKind::ALL
        .iter()
        .filter(|kind| kind.comes_in_files())
        .map(|kind| kind.as_str())
        .collect();
    let kind = EvidenceKind::parse(&line.kind)
        .filter(|kind| kind.comes_in_files())
        .ok_or_else(|| {
            let remedy = format!("write one of {}", kinds.join(", "));
            wrong(
                format!(
                    "`{}` is not a kind of evidence that a file can bring",
                    word(&line.kind)
                ),
                &remedy,
            )
        })?;
    let origin = line.origin.as_deref().map(|text| {
        Origin::parse(text).ok_or_else(|| {
            wrong(
                format!("`{}` is not an origin", word(text)),
                "write human, machine, mixed or unknown",
            )
        })
    });
    let class = line.source_class.as_deref().map(|text| {
        SourceClass::parse(text).ok_or_else(|| {
            let words: Vec<&str> = SourceClass::ALL.iter().map(|class| class.as_str()).collect();
            wrong(
                format!("`{}` is not a source class", word(text)),
                &format!("write one of {}", words.join(", ")),
            )
        })
    });
    let (origin, class) = (origin.transpose()?, class.transpose()?);
    if origin.is_none() && class.is_none() {
        return Err(wrong(
            "evidence needs an origin or a source class".to_owned(),
            "say which it speaks for",
        ));
    }
    let confidence = line.confidence.unwrap_or(1.0);
    if !(0.0..=1.0).contains(&confidence) {
        return Err(wrong(
            format!("confidence is {confidence}"),
            "it lies between 0 and 1",
        ));
    }
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let class = class.unwrap_or_default();
    Ok(AddedRow {
        digest,
        spoken: line.part.map_or(Spoken::All, Spoken::Part),
        evidence: Evidence {
            part: line.part,
            kind,
            origin: origin.unwrap_or(class.origin()),
            source_class: class,
            confidence,
            source: given(line.source).unwrap_or_else(|| "file".to_owned()),
            value: line.value.unwrap_or_default(),
            generator: given(line.generator),
            record: GenerationRecord {
                model: given(line.model),
                prompt_ref: given(line.prompt_ref),
                generated_at: given(line.generated_at),
            }
            .some(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    fn line(rest: &str) -> Result<Vec<(u64, AddedRow)>, Fault> {
        evidence_lines(
            &format!("\n{{\"sample\": \"{DIGEST}\", {rest}}}\n"),
            "evidence.jsonl",
        )
    }

    #[test]
    fn a_bad_line_is_named_with_what_is_wrong() {
        for (rest, what) in [
            (
                r#""kind": "reviewer_judgement", "origin": "human""#,
                "`reviewer_judgement`",
            ),
            (r#""kind": "stylometric", "origin": "machine""#, "`stylometric`"),
            (r#""kind": "declared""#, "an origin or a source class"),
            (r#""kind": "declared", "origin": "robot""#, "`robot`"),
            (
                r#""kind": "declared", "origin": "human", "confidence": 2"#,
                "confidence is 2",
            ),
            (r#""kind": "declared", "origin": "human", "colour": 2"#, "colour"),
        ] {
            let fault = line(rest).unwrap_err();
            assert_eq!(
                (fault.code, fault.line),
                (Code::InvalidEvidence, Some(2)),
                "{rest}"
            );
            assert!(fault.message.contains(what), "{} lacks {what}", fault.message);
        }
    }

    #[test]
    fn an_origin_follows_from_the_source_class_unless_it_is_said() {
        let rows =
            line(r#""kind": "content_credential", "source_class": "synthetic", "part": 1, "model": "m-1""#)
                .unwrap();
        let (number, row) = &rows[0];
        assert_eq!(
            (*number, row.spoken, row.evidence.origin),
            (2, Spoken::Part(1), Origin::Machine)
        );
        assert_eq!(
            row.evidence.record.as_ref().unwrap().model.as_deref(),
            Some("m-1")
        );
        let rows = line(r#""kind": "declared", "source_class": "synthetic", "origin": "mixed""#).unwrap();
        assert_eq!(rows[0].1.evidence.origin, Origin::Mixed);
    }
}
