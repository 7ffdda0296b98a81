//! Joins runs to a snapshot and reports on them: by origin, tail band, domain, language, slice, and from run to run.

use std::collections::HashSet;

use assay_index::{Index, Snapshot};
use assay_measure::comparison::EffectSizes;
use assay_measure::results::{Band, Population, Rarity, Run, Slice, differences, figures, method};
use assay_measure::{Inputs, WORD};
use assay_model::expression::{Literal, Operator};
use assay_model::results::{ResultsReport, RunInfo};
use assay_model::{Code, Expression, Fault, Task};

use crate::Workspace;
use crate::decisions::Decided;
use crate::measuring::{Rereading, columns};

/// Dimensions that say where a sample comes from rather than what it is about.
const NOT_ABOUT: [&str; 5] = ["domain", "language", "source", "license", "collected_at"];

/// Which runs, on which snapshot, by what.
#[derive(Clone, Debug, Default)]
pub struct ReportOrder {
    pub dataset: Option<String>,
    pub snapshot: Option<u64>,
    /// In the order in which they are compared; where none is named, all that have results here.
    pub runs: Vec<String>,
    /// The dimension whose rarest classes are the tail, or `word`; the first that is mapped without one.
    pub dimension: Option<String>,
    pub slices: Vec<Expression>,
}

/// Reports on runs. Without any, the report says so by an empty list.
pub fn report(workspace: &Workspace, order: &ReportOrder, task: &Task) -> Result<ResultsReport, Fault> {
    let index = workspace.index()?;
    let snapshot = index.snapshot(order.dataset.as_deref(), order.snapshot)?;
    let runs = wanted(&index, &snapshot, &order.runs)?;
    let inputs = columns(&index, &snapshot)?;
    let dimension = dimension(&inputs, order.dimension.as_deref())?;
    let slices = slices(workspace, &index, &snapshot, &order.slices, task)?;
    let mut population = if dimension == WORD {
        let of: HashSet<_> = runs
            .iter()
            .flat_map(|run| run.results.iter().map(|(digest, _)| *digest))
            .collect();
        let texts = Rereading::open(workspace, &snapshot)?;
        Population::read(
            &inputs,
            &Rarity::Words {
                texts: &texts,
                of: &of,
            },
            &slices,
            task,
        )?
    } else {
        Population::read(&inputs, &Rarity::Dimension(&dimension), &slices, task)?
    };
    keep_bands(&index, &snapshot, &mut population, &dimension, &runs);
    Ok(ResultsReport {
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot.number,
        snapshot_root: snapshot.root.to_string(),
        texts: population.texts(),
        contradictory: population.contradictory,
        method: method(),
        bands: population.bands.clone(),
        runs: figures(&population, &runs, task)?,
        differences: differences(&population, &runs, &EffectSizes::default(), task)?,
    })
}

/// Keeps the samples of bands that no expression describes under a name, so that a filter finds them. Where they cannot be
/// kept, the report is the same and these bands open nothing.
fn keep_bands(
    index: &Index,
    snapshot: &Snapshot,
    population: &mut Population,
    dimension: &str,
    runs: &[Run],
) {
    // Texts are ranked by their words among those with a result, so the bands are those of the runs together.
    let among = if dimension == WORD {
        let names: Vec<&str> = runs.iter().map(|run| run.info.run.as_str()).collect();
        format!(" in {}", names.join(", "))
    } else {
        String::new()
    };
    let name = |band: Band| format!("{} of {dimension}{among}", band.as_str());
    let keep = |(band, samples): &(Band, Vec<u64>)| {
        index.keep_rarity_band(snapshot, &name(*band), samples.iter().copied())
    };
    if population.unnamed_bands().iter().any(|band| keep(band).is_err()) {
        return;
    }
    population.name_bands(|band| {
        let is_kept = Expression::Compare {
            field: "rarity_band".to_owned(),
            operator: Operator::Equal,
            value: Literal::Text(name(band)),
        };
        is_kept.to_string()
    });
}

/// The runs asked for; otherwise those with results on this snapshot, or all where none has any.
fn wanted(index: &Index, snapshot: &Snapshot, names: &[String]) -> Result<Vec<Run>, Fault> {
    let known = index.runs()?;
    let info_of = |name: &str| known.iter().find(|info| info.run == name).cloned();
    let read = |info: RunInfo| -> Result<Run, Fault> {
        Ok(Run {
            results: index.results(&info.run)?,
            info,
        })
    };
    if !names.is_empty() {
        return names
            .iter()
            .map(|name| {
                let results = index.results(name)?;
                let info = info_of(name).ok_or_else(|| Fault::internal("reading a run", "it is gone"))?;
                Ok(Run { info, results })
            })
            .collect();
    }
    let here = index.runs_in(snapshot)?;
    let some = known.iter().any(|info| here.contains(&info.run));
    known
        .iter()
        .filter(|info| !some || here.contains(&info.run))
        .cloned()
        .map(read)
        .collect()
}

/// The dimension to rank by; one that is not mapped as text is a fault that lists those that are.
fn dimension(inputs: &Inputs, asked: Option<&str>) -> Result<String, Fault> {
    let mapped = &inputs.text_dimensions;
    match asked {
        Some(name) if name == WORD || mapped.iter().any(|each| each == name) => Ok(name.to_owned()),
        Some(name) => {
            let name = assay_model::fault::one_line(name);
            let mut known = mapped.clone();
            known.push(WORD.to_owned());
            Err(Fault::new(
                Code::UnknownField,
                format!("`{name}` is no mapped dimension of text"),
                format!("rank by one of: {}", known.join(", ")),
            ))
        }
        None => Ok(mapped
            .iter()
            .find(|name| !NOT_ABOUT.contains(&name.as_str()))
            .cloned()
            .unwrap_or_else(|| WORD.to_owned())),
    }
}

fn slices(
    workspace: &Workspace,
    index: &Index,
    snapshot: &Snapshot,
    expressions: &[Expression],
    task: &Task,
) -> Result<Vec<Slice>, Fault> {
    if expressions.is_empty() {
        return Ok(Vec::new());
    }
    Decided::read(&workspace.ledger()?)?.use_in(index)?;
    expressions
        .iter()
        .map(|expression| {
            let selection = index.select(snapshot, Some(expression))?;
            Ok(Slice {
                expression: expression.to_string(),
                samples: index.all(&selection, task)?.0,
            })
        })
        .collect()
}
