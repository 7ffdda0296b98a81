//! Two snapshots, or two datasets, side by side.

use assay_index::{Index, Snapshot};
pub use assay_measure::ByOrigin;
use assay_measure::comparison::{Change, EffectSizes, changes};
use assay_measure::contract::Reference;
use assay_measure::{Exchange, LeakSettings, SliceTable, WORD, exchange};
use assay_model::{Fault, Report, Task};
use serde::Serialize;

use crate::leaks::{self, ByKind, Place, snapshot_named};
use crate::measuring::{Rereading, columns};
use crate::tails::{Held, Population, asking};
use crate::{Workspace, indexing};

/// Missing classes that are named for each unit.
const CLASSES: usize = 50;

/// The shape of `assay compare --json`.
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonReport {
    pub a: Side,
    pub b: Side,
    /// Every measure that both sides have.
    pub changes: Vec<Change>,
    /// What of each unit's tail in `a` is present in `b`.
    pub retention: Vec<Retention>,
    pub samples: Exchange,
    /// Samples of one side found in the other; null for two snapshots of one dataset, which share most of theirs.
    pub leak: Option<LeakBetween>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Side {
    pub dataset: String,
    pub snapshot: u64,
    pub snapshot_root: String,
    pub created: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Retention {
    pub unit: String,
    /// Classes in the tail of `a`.
    pub tail: u64,
    /// Share of them present in `b`; null where there is no tail.
    pub retention: Option<f64>,
    /// At most 50, rarest first.
    pub missing: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct LeakBetween {
    pub a_in_b: LeakFound,
    pub b_in_a: LeakFound,
}

#[derive(Clone, Debug, Serialize)]
pub struct LeakFound {
    pub found: u64,
    pub of: u64,
    pub by_kind: ByKind,
    pub statement: String,
}

/// Compares two snapshots by name: `NAME` is its latest, `NAME@N` the Nth.
pub fn compare(workspace: &Workspace, a: &str, b: &str, task: &Task) -> Result<ComparisonReport, Fault> {
    let index = workspace.index()?;
    let (a, b) = (snapshot_named(&index, a)?, snapshot_named(&index, b)?);
    drop(index);
    let report_of = |snapshot: &Snapshot| {
        indexing::report(workspace, Some(&snapshot.dataset), Some(snapshot.number), task)
    };
    let (report_a, report_b) = (report_of(&a)?, report_of(&b)?);
    let index = workspace.index()?;
    let retention = retentions(workspace, &index, &a, &b, &report_a, &report_b, task)?;
    let retained: Vec<(String, Option<f64>)> = retention
        .iter()
        .map(|retention| (retention.unit.clone(), retention.retention))
        .collect();
    let leak = if a.dataset == b.dataset {
        None
    } else {
        Some(LeakBetween {
            a_in_b: found(workspace, &a, &b, task)?,
            b_in_a: found(workspace, &b, &a, task)?,
        })
    };
    Ok(ComparisonReport {
        changes: changes(&report_a, &report_b, &retained, &EffectSizes::default()),
        retention,
        samples: exchange(&columns(&index, &a)?, &columns(&index, &b)?, task)?,
        leak,
        a: side(&report_a),
        b: side(&report_b),
    })
}

fn side(report: &Report) -> Side {
    Side {
        dataset: report.dataset.clone(),
        snapshot: report.snapshot,
        snapshot_root: report.snapshot_root.clone(),
        created: report.created.clone(),
    }
}

/// Retention of each unit that both sides have.
fn retentions(
    workspace: &Workspace,
    index: &Index,
    a: &Snapshot,
    b: &Snapshot,
    report_a: &Report,
    report_b: &Report,
    task: &Task,
) -> Result<Vec<Retention>, Fault> {
    let inputs = asking(index, b)?;
    let texts = Rereading::open(workspace, b)?;
    let here = Population {
        snapshot: b,
        inputs: &inputs,
        table: SliceTable::read(&inputs, task)?.rereading(&texts),
    };
    let reference = Reference::Snapshot(format!("{}@{}", a.dataset, a.number));
    let held = Held::open(workspace, index, &reference)?;
    let has = |report: &Report, unit: &str| report.coverage.iter().any(|coverage| coverage.unit == unit);
    let shared = report_a.coverage.iter().map(|coverage| coverage.unit.as_str());
    shared
        .filter(|unit| *unit == WORD || has(report_b, unit))
        .map(|unit| {
            let found = held.tail(&here, unit, 1, task)?.unwrap_or_default();
            // The rarest first, as the tail itself is ordered.
            let mut missing = found.missing;
            missing.sort_by(|a, b| a.count.cmp(&b.count).then_with(|| a.class.cmp(&b.class)));
            Ok(Retention {
                unit: unit.to_owned(),
                tail: found.classes,
                retention: found.retention,
                missing: missing
                    .into_iter()
                    .take(CLASSES)
                    .map(|class| class.class)
                    .collect(),
            })
        })
        .collect()
}

fn found(
    workspace: &Workspace,
    reference: &Snapshot,
    data: &Snapshot,
    task: &Task,
) -> Result<LeakFound, Fault> {
    let open = |snapshot: &Snapshot| Place::open(Workspace::open(workspace.folder())?, snapshot.clone());
    let name = format!("{}@{}", reference.dataset, reference.number);
    let report = leaks::between(
        &name,
        &open(reference)?,
        &open(data)?,
        &LeakSettings::default(),
        task,
    )?;
    Ok(LeakFound {
        found: report.found,
        of: report.reference_samples,
        by_kind: report.by_kind,
        statement: report.statement,
    })
}
