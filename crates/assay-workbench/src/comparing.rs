//! Two snapshots, or two datasets, side by side.

use std::sync::Arc;

use assay_contract::Reference;
pub use assay_index::ByOrigin;
use assay_index::{Exchange, ExchangeCounts, Index, Snapshot};
use assay_measure::comparison::{Between, EffectSizes, Retained, changes, moved};
pub use assay_measure::comparison::{Change, Moved};
use assay_measure::{LeakSettings, SliceTable, WORD};
use assay_model::{Fault, Progress, Report, Stage, Task};
use serde::Serialize;

use crate::leaks::{ByKind, LeakKept, Place, Searched};
use crate::measuring::{Rereading, columns};
use crate::settings::WorkspaceSettings;
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
    pub samples: ExchangeCounts,
    /// Which source moved the shares; null where nothing tells the tokens apart.
    pub moved: Option<Moved>,
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

/// A comparison with what is behind its counts.
pub(crate) struct Compared {
    pub report: ComparisonReport,
    pub exchange: Arc<Exchange>,
    /// Of `a` in `b`, and of `b` in `a`, for two datasets.
    pub leaks: Vec<LeakKept>,
}

/// Compares two snapshots by name: `NAME` is its latest, `NAME@N` the Nth.
pub fn compare(workspace: &Workspace, a: &str, b: &str, task: &Task) -> Result<ComparisonReport, Fault> {
    let index = workspace.index()?;
    let (a, b) = (index.snapshot_called(a)?, index.snapshot_called(b)?);
    drop(index);
    compared(workspace, &a, &b, task).map(|compared| compared.report)
}

pub(crate) fn compared(
    workspace: &Workspace,
    a: &Snapshot,
    b: &Snapshot,
    task: &Task,
) -> Result<Compared, Fault> {
    let sizes = WorkspaceSettings::effect_sizes(workspace)?;
    let report_of = |snapshot: &Snapshot| {
        indexing::report(workspace, Some(&snapshot.dataset), Some(snapshot.number), task)
    };
    let step = |stage, fraction| {
        task.report(&Progress {
            stage,
            fraction,
            ..Progress::default()
        });
    };
    let (report_a, report_b) = (report_of(a)?, report_of(b)?);
    let index = workspace.index()?;
    step(Stage::Composition, 0.0);
    let exchange = index.exchange(a, b, task)?;
    step(Stage::Coverage, 0.0);
    let inputs = asking(&index, b)?;
    let texts = Rereading::open(workspace, b)?;
    let here = Population {
        snapshot: b,
        inputs: &inputs,
        table: SliceTable::read(&inputs, task)?.rereading(&texts),
    };
    let held = Held::open(workspace, &index, &whole(a))?;
    let units = shared_units(&report_a, &report_b);
    let mut retention = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        step(Stage::Coverage, place as f64 / units.len() as f64);
        retention.push(retained(unit, &held, &here, task)?);
    }
    drop(held);
    let inputs_a = columns(&index, a)?;
    let moved = moved(&SliceTable::read(&inputs_a, task)?, &here.table, task)?;
    drop(here);
    let leaks = if a.dataset == b.dataset {
        Vec::new()
    } else {
        vec![found(workspace, a, b, task)?, found(workspace, b, a, task)?]
    };
    let leak = match leaks.as_slice() {
        [a_in_b, b_in_a] => Some(LeakBetween {
            a_in_b: counts(a_in_b),
            b_in_a: counts(b_in_a),
        }),
        _ => None,
    };
    let report = ComparisonReport {
        changes: changes_between(&report_a, &report_b, &retention, exchange.unchanged(), sizes),
        retention,
        samples: exchange.counts,
        moved,
        leak,
        a: side(&report_a),
        b: side(&report_b),
    };
    Ok(Compared {
        report,
        exchange,
        leaks,
    })
}

fn changes_between(
    a: &Report,
    b: &Report,
    retention: &[Retention],
    shared: u64,
    sizes: EffectSizes,
) -> Vec<Change> {
    let retention: Vec<Retained> = retention.iter().map(Retention::figure).collect();
    let between = Between {
        retention: &retention,
        shared,
        sizes,
    };
    changes(a, b, &between)
}

impl Retention {
    fn figure(&self) -> Retained {
        Retained {
            unit: self.unit.clone(),
            tail: self.tail,
            retention: self.retention,
        }
    }
}

fn side(report: &Report) -> Side {
    Side {
        dataset: report.dataset.clone(),
        snapshot: report.snapshot,
        snapshot_root: report.snapshot_root.clone(),
        created: report.created.clone(),
    }
}

/// What of every shared unit's tail in `a` is present in `b`.
pub(crate) fn retentions(
    workspace: &Workspace,
    index: &Index,
    a: (&Snapshot, &Report),
    b: (&Snapshot, &Report),
    task: &Task,
) -> Result<Vec<Retained>, Fault> {
    let inputs = asking(index, b.0)?;
    let texts = Rereading::open(workspace, b.0)?;
    let here = Population {
        snapshot: b.0,
        inputs: &inputs,
        table: SliceTable::read(&inputs, task)?.rereading(&texts),
    };
    let held = Held::open(workspace, index, &whole(a.0))?;
    let units = shared_units(a.1, b.1);
    units
        .iter()
        .map(|unit| Ok(retained(unit, &held, &here, task)?.figure()))
        .collect()
}

/// A snapshot as what another is held against.
fn whole(snapshot: &Snapshot) -> Reference {
    Reference::Snapshot(format!("{}@{}", snapshot.dataset, snapshot.number))
}

/// The units that both sides have, counted over the whole of each: what was counted in a sample does not compare.
fn shared_units(a: &Report, b: &Report) -> Vec<String> {
    let counted = |report: &Report, unit: &str| {
        let of_unit = report.coverage.iter().find(|coverage| coverage.unit == unit);
        of_unit.map_or(unit == WORD, |coverage| coverage.sampled.is_none())
    };
    let units = a.coverage.iter().map(|coverage| coverage.unit.clone());
    units
        .filter(|unit| counted(a, unit) && counted(b, unit))
        .collect()
}

fn retained(unit: &str, held: &Held<'_>, here: &Population<'_>, task: &Task) -> Result<Retention, Fault> {
    let found = held.tail(here, unit, 1, task)?.unwrap_or_default();
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
}

fn found(
    workspace: &Workspace,
    reference: &Snapshot,
    data: &Snapshot,
    task: &Task,
) -> Result<LeakKept, Fault> {
    let open = |snapshot: &Snapshot| Place::open(Workspace::open(workspace.folder())?, snapshot.clone());
    let name = format!("{}@{}", reference.dataset, reference.number);
    let (reference, data, settings) = (open(reference)?, open(data)?, LeakSettings::default());
    Searched::new(&reference, &data, &settings, task)?.pairs(&name)
}

fn counts(kept: &LeakKept) -> LeakFound {
    let found = &kept.finding;
    LeakFound {
        found: found.found,
        of: found.of,
        by_kind: ByKind {
            exact: found.exact,
            normalised: found.normalised,
            near: found.near,
            passage: found.passage,
        },
        statement: found.statement.clone(),
    }
}
