//! How far do raters agree: in any table of ratings, or in a queue that several people judged?

use std::path::{Path, PathBuf};

use assay_model::{Code, Fault, FieldMap, PartRule, Task, Value};
use assay_read::{Event, Found, Limits, SourceFile, read_file, walk};
pub use assay_review::agreement::{Agreement, Scale};
use assay_review::agreement::{Rating, Ratings, agreement};
use assay_review::{Verdict, queue};

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

/// Agreement of the standing verdicts in a queue; whoever skipped has not rated.
pub fn of_queue(workspace: &Workspace, name: Option<&str>) -> Result<Agreement, Fault> {
    let ledger = workspace.ledger()?;
    let queues = match name {
        Some(name) => vec![queue::find(&ledger, name)?],
        None => ledger.queues()?,
    };
    let people = ledger.people()?;
    let mut ratings = Vec::new();
    for queue in queues {
        for person in &people {
            for (sample, decision) in ledger.answers(queue.id, &person.name)? {
                if decision.verdict != Verdict::Skip {
                    ratings.push(Rating {
                        item: format!("{} {sample}", queue.id),
                        rater: person.name.clone(),
                        value: decision.verdict.as_str().to_owned(),
                    });
                }
            }
        }
    }
    Ok(agreement(&Ratings::new(&ratings, Scale::Nominal)))
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
