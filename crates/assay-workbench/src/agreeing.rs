//! How far do raters agree: in any table of ratings, or in a queue that several people judged?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assay_model::{Code, Fault, FieldMap, PartRule, Task, Value};
use assay_read::{Event, Found, Limits, SourceFile, read_file, walk};
pub use assay_review::agreement::{Agreement, Scale};
use assay_review::agreement::{Rating, Ratings, agreement};
use assay_review::{Verdict, people, queue, rubric, verdict};
use serde::Serialize;

use crate::Workspace;

const ITEM: &str = "item";
const RATER: &str = "rater";
const VALUE: &str = "value";

/// Agreement in a table with the columns item, rater and value. Rows without a value are left out.
pub fn of_table(path: &Path, scale: Scale) -> Result<Agreement, Fault> {
    let map = FieldMap {
        parts: vec![PartRule {
            field: VALUE.into(),
            role: VALUE.into(),
        }],
        ..FieldMap::default()
    };
    let mut ratings = Vec::new();
    let shown = path.display().to_string();
    read_file(
        &source(path)?,
        Some(&map),
        &Limits::default(),
        &Task::silent(),
        &mut |event| {
            match event {
                Event::Sample { record, .. } => {
                    ratings.push(
                        rating(&record.value).ok_or_else(|| missing(&shown, record.line, &record.value))?,
                    );
                }
                Event::Quarantine(row) if row.code != Code::NoText => {
                    return Err(invalid(&shown, &row.message).line(row.line));
                }
                _ => {}
            }
            Ok(())
        },
    )?;
    if ratings.is_empty() {
        return Err(invalid(&shown, "the table holds no rating"));
    }
    Ok(agreement(&Ratings::new(&ratings, scale)))
}

/// How far the reviewers of one or more queues agree: on verdicts, on origins, and on each criterion of their rubrics.
#[derive(Clone, Debug, Serialize)]
pub struct QueueAgreement {
    #[serde(flatten)]
    pub verdicts: Agreement,
    /// Judgements of the origin.
    pub origin: Agreement,
    /// By `rubric/criterion`, scores as numbers; read under the version that the queue asks now.
    pub criteria: BTreeMap<String, Agreement>,
}

/// Agreement of people's standing answers in a queue, or in all; whoever skipped has not rated. Machines are left out.
pub fn of_queue(workspace: &Workspace, name: Option<&str>) -> Result<QueueAgreement, Fault> {
    let ledger = workspace.ledger()?;
    let queues = match name {
        Some(name) => vec![queue::find(&ledger, name)?],
        None => ledger.queues()?,
    };
    let people = people::humans(&ledger)?;
    let (mut verdicts, mut origins) = (Vec::new(), Vec::new());
    let mut criteria: BTreeMap<String, Vec<Rating>> = BTreeMap::new();
    for queue in queues {
        let asked = rubric::asked(&ledger, &queue)?.id.name;
        for person in &people {
            for (sample, decision) in ledger.answers(queue.id, &person.name)? {
                if decision.verdict == Verdict::Skip {
                    continue;
                }
                let rating = |value: &str| Rating {
                    item: format!("{} {sample}", queue.id),
                    rater: person.name.clone(),
                    value: value.to_owned(),
                };
                verdicts.push(rating(decision.verdict.as_str()));
                origins.extend(decision.origin.map(|origin| rating(origin.as_str())));
                let answer = verdict::full_answer(&ledger, &decision)?.answer;
                for (criterion, score) in rubric::read_as(&ledger, &decision, answer)?.scores {
                    let scores = criteria.entry(format!("{asked}/{criterion}")).or_default();
                    scores.push(rating(&score.to_string()));
                }
            }
        }
    }
    let of = |ratings: &[Rating], scale| agreement(&Ratings::new(ratings, scale));
    Ok(QueueAgreement {
        verdicts: of(&verdicts, Scale::Nominal),
        origin: of(&origins, Scale::Nominal),
        criteria: criteria
            .into_iter()
            .map(|(criterion, scores)| (criterion, of(&scores, Scale::Ordinal)))
            .collect(),
    })
}

fn source(path: &Path) -> Result<SourceFile, Fault> {
    let path: PathBuf = crate::indexing::existing(path)?;
    match walk(&[path], &Task::silent())?.into_iter().next() {
        Some(Found::File(file)) => Ok(file),
        Some(Found::Refused(refusal)) => {
            Err(Fault::new(refusal.code, refusal.message, refusal.remedy).at(refusal.path))
        }
        None => Err(Fault::new(
            Code::NotFound,
            "there is no file here",
            "check the path",
        )),
    }
}

fn rating(record: &Value) -> Option<Rating> {
    let text = |name: &str| {
        record
            .get(name)
            .filter(|value| !value.is_null())
            .map(ToString::to_string)
    };
    Some(Rating {
        item: text(ITEM)?,
        rater: text(RATER)?,
        value: text(VALUE)?,
    })
}

fn names(record: &Value) -> Vec<String> {
    match record {
        Value::Object(fields) => fields.iter().map(|(name, _)| name.clone()).collect(),
        _ => Vec::new(),
    }
}

fn missing(path: &str, line: u64, record: &Value) -> Fault {
    let names = names(record);
    let absent: Vec<&str> = [ITEM, RATER, VALUE]
        .into_iter()
        .filter(|name| !names.iter().any(|each| each == name))
        .collect();
    if absent.is_empty() {
        return invalid(path, "a rating names no item or no rater").line(line);
    }
    invalid(
        path,
        &format!(
            "the table has no column {}; it has {}",
            absent.join(" and "),
            names.join(", ")
        ),
    )
    .line(line)
}

fn invalid(path: &str, what: &str) -> Fault {
    Fault::new(
        Code::InvalidTable,
        what,
        "write a table with the columns item, rater and value",
    )
    .at(path)
}
