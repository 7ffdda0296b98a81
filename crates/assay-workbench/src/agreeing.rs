//! How far do raters agree: in any table of ratings, or in a queue that several people judged?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assay_model::{Code, Fault, FieldMap, PartRule, Task, Value};
use assay_read::{Event, Found, Limits, SourceFile, read_file, walk};
pub use assay_review::agreement::{Agreement, Scale};
use assay_review::agreement::{Rating, Ratings, agreement};
use assay_review::{Ledger, Queue, Sight, Verdict, people, queue, rubric, verdict};
use serde::Serialize;

use crate::Workspace;
use crate::wire::{
    AgreementFigures, AgreementView, ClassAgreement, Coefficient, CriterionAgreement, PairAgreement,
};

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
    of_queues(&ledger, &queues)
}

/// The same over chosen queues of an open ledger.
pub(crate) fn of_queues(ledger: &Ledger, queues: &[Queue]) -> Result<QueueAgreement, Fault> {
    let people = people::humans(ledger)?;
    let (mut verdicts, mut origins) = (Vec::new(), Vec::new());
    let mut criteria: BTreeMap<String, Vec<Rating>> = BTreeMap::new();
    for queue in queues {
        let asked = rubric::asked(ledger, queue)?.id.name;
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
                let answer = verdict::full_answer(ledger, &decision)?.answer;
                for (criterion, score) in rubric::read_as(ledger, &decision, answer)?.scores {
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

/// What a reader may know of the agreement in a queue, or in all.
pub fn seen(sight: &Sight<'_>, name: Option<&str>) -> Result<AgreementView, Fault> {
    let ledger = sight.ledger();
    let asked = match name {
        Some(name) => vec![queue::find(ledger, name)?],
        None => ledger.queues()?,
    };
    let (mut queues, mut sealed) = (Vec::new(), 0);
    for queue in asked {
        match sight.may_sum(queue.id)? {
            true => queues.push(queue),
            false => sealed += 1,
        }
    }
    let found = of_queues(ledger, &queues)?;
    Ok(AgreementView {
        verdicts: figures(&found.verdicts),
        origin: figures(&found.origin),
        criteria: found
            .criteria
            .iter()
            .map(|(criterion, agreement)| CriterionAgreement {
                criterion: criterion.clone(),
                figures: figures(agreement),
            })
            .collect(),
        sealed_queues: sealed,
    })
}

fn figures(found: &Agreement) -> AgreementFigures {
    let intervals = &found.interval_95;
    let plain = |name: &str, value: Option<f64>, interval: Option<[f64; 2]>| Coefficient {
        name: name.to_owned(),
        value,
        low: interval.map(|[low, _]| low),
        high: interval.map(|[_, high]| high),
        undefined: None,
    };
    let of = |name: &str, value, interval| Coefficient {
        undefined: found.undefined.get(name).cloned(),
        ..plain(name, value, interval)
    };
    AgreementFigures {
        items: found.items,
        rated_by_several: found.rated_by_several,
        raters: found.raters,
        ratings: found.ratings,
        coefficients: vec![
            of("percent", found.percent, intervals.percent),
            of("ac1", found.ac1, intervals.ac1),
            of("alpha_nominal", found.alpha.nominal, intervals.alpha.nominal),
            of("alpha_ordinal", found.alpha.ordinal, intervals.alpha.ordinal),
            of("alpha_interval", found.alpha.interval, intervals.alpha.interval),
            of("cohen", found.cohen, intervals.cohen),
            of("fleiss", found.fleiss, intervals.fleiss),
        ],
        per_class: found
            .per_class
            .iter()
            .map(|class| ClassAgreement {
                value: class.value.clone(),
                n: class.n,
                specific: class.specific,
                low: class.interval_95.map(|[low, _]| low),
                high: class.interval_95.map(|[_, high]| high),
            })
            .collect(),
        pairs: found
            .pairs
            .iter()
            .map(|pair| PairAgreement {
                a: pair.a.clone(),
                b: pair.b.clone(),
                items: pair.items,
                coefficients: vec![
                    plain("percent", pair.percent, pair.interval_95.percent),
                    plain("ac1", pair.ac1, pair.interval_95.ac1),
                    plain("cohen", pair.cohen, pair.interval_95.cohen),
                ],
            })
            .collect(),
    }
}

fn source(path: &Path) -> Result<SourceFile, Fault> {
    let path: PathBuf = crate::indexing::existing(path)?;
    match walk(&[path], &Task::silent())?.into_iter().next() {
        Some(Found::File(file)) => Ok(file),
        Some(Found::Refused(refusal)) => {
            Err(Fault::new(refusal.code, refusal.message, refusal.remedy).at(refusal.path))
        }
        Some(Found::Release(_)) | None => Err(Fault::new(
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
