//! Does a snapshot keep a data contract? Every gate measured, with the samples behind it.

mod measured;

use std::path::Path;

use assay_contract::{Contract, Severity, parse_contract};
use assay_index::WorkerCommand;
use assay_measure::SliceTable;
use assay_model::{Code, Fault, Task};
use assay_review::{Ledger, Stamp, Waiver, waivers};
use serde::Serialize;

use crate::decisions::Decided;
use crate::measuring::Rereading;
use crate::tails::{Population, asking};
use crate::{Workspace, clock, indexing};
use measured::Checking;

/// What to hold against which contract.
#[derive(Clone, Debug)]
pub struct CheckOrder {
    pub contract: Contract,
    /// As it was given, for messages.
    pub path: String,
    pub dataset: Option<String>,
    pub snapshot: Option<u64>,
    pub worker: WorkerCommand,
}

/// Whether the contract is kept: the shape of `assay check --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckReport {
    pub contract: String,
    pub dataset: String,
    pub snapshot: u64,
    pub snapshot_root: String,
    /// Whether every gate holds that can fail.
    pub passed: bool,
    /// The same, counting waived gates as if they held.
    pub passed_with_waivers: bool,
    pub gates: Vec<GateResult>,
}

/// One gate: what was measured, and what is behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GateResult {
    pub id: &'static str,
    /// The slice; null for the whole snapshot.
    #[serde(rename = "where")]
    pub slice: Option<String>,
    /// The dimension or field the gate is about, where it is about one.
    pub about: Option<String>,
    /// Null where nothing could be measured; `note` says why.
    pub measured: Option<f64>,
    pub limit: f64,
    /// Whether the limit is the least that is allowed, and not the most.
    pub limit_is_least: bool,
    /// 95 %, where the measure is an estimate.
    pub interval: Option<[f64; 2]>,
    pub passed: bool,
    pub severity: &'static str,
    pub offending: u64,
    /// Digests of offending samples.
    pub examples: Vec<String>,
    /// Offending classes.
    pub classes: Vec<String>,
    pub note: Option<String>,
    /// Present where a waiver covers it; `passed` stays false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<WaivedGate>,
    /// Expression of the samples behind it, where they are samples of one expression.
    pub filter: Option<String>,
    /// Expression of the samples that hold the tokens which the measured figure counts; null for gates that count no tokens.
    pub made_of: Option<String>,
    /// Where it stands in the contract.
    pub line: u64,
}

impl GateResult {
    /// Whether its figures are shares, from 0 to 1.
    pub fn is_share(&self) -> bool {
        self.unit() == "share"
    }

    /// How its figures are written: `share`, `tokens`, `count`, `ratio`, `days` or `number`.
    pub fn unit(&self) -> &'static str {
        match self.id {
            "min_human_tokens" => "tokens",
            "floor" | "max_leaked" => "count",
            "max_compression_ratio" => "ratio",
            "max_age_days" => "days",
            "max" => "number",
            _ => "share",
        }
    }

    /// Whether it makes the contract fail.
    pub(crate) fn fails(&self) -> bool {
        !self.passed && self.severity != Severity::Watch.as_str()
    }
}

/// Who let a failing gate pass, why, until when, and up to which value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaivedGate {
    pub by: String,
    pub reason: String,
    /// The last day.
    pub until: String,
    pub not_worse_than: f64,
}

/// A gate to be waived, as a lead says it.
#[derive(Clone, Debug)]
pub struct WaiveOrder {
    /// The gate's id.
    pub gate: String,
    /// Its slice, where several gates have this id.
    pub slice: Option<String>,
    /// What it is about, where several gates have this id and slice.
    pub about: Option<String>,
    pub reason: String,
    /// `YYYY-MM-DD`
    pub until: String,
}

/// Reads a contract file.
pub fn read_contract(path: &Path) -> Result<Contract, Fault> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => Code::Usage,
            _ => Code::InvalidContract,
        };
        Fault::new(
            code,
            format!("the contract cannot be read: {error}"),
            "check the path",
        )
        .at(shown.clone())
    })?;
    parse_contract(&text, &shown)
}

/// The workspace's own contract.
pub(crate) const CONTRACT_FILE: &str = "contract.toml";

/// The workspace's contract as it was written, if one was chosen.
pub(crate) fn contract_text(workspace: &Workspace) -> Result<Option<String>, Fault> {
    match std::fs::read_to_string(workspace.folder().join(CONTRACT_FILE)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::internal("reading the workspace's contract", error)),
    }
}

/// Holds a snapshot against the workspace's contract, if one was chosen.
pub fn of_workspace(
    workspace: &Workspace,
    dataset: &str,
    snapshot: Option<u64>,
    worker: &WorkerCommand,
    task: &Task,
) -> Result<Option<CheckReport>, Fault> {
    let Some(text) = contract_text(workspace)? else {
        return Ok(None);
    };
    let order = CheckOrder {
        contract: parse_contract(&text, CONTRACT_FILE)?,
        path: CONTRACT_FILE.to_owned(),
        dataset: Some(dataset.to_owned()),
        snapshot,
        worker: worker.clone(),
    };
    check(workspace, &order, task).map(Some)
}

/// Measures every gate of a contract on a snapshot.
pub fn check(workspace: &Workspace, order: &CheckOrder, task: &Task) -> Result<CheckReport, Fault> {
    let report = indexing::report(workspace, order.dataset.as_deref(), order.snapshot, task)?;
    let index = workspace.index()?;
    let snapshot = index.snapshot(Some(&report.dataset), Some(report.snapshot))?;
    let decided = Decided::read(&workspace.ledger()?)?;
    decided.use_in(&index)?;
    let inputs = asking(&index, &snapshot)?;
    let texts = Rereading::open(workspace, &snapshot)?;
    let checking = Checking {
        workspace,
        order,
        report: &report,
        index: &index,
        snapshot: &snapshot,
        decided: &decided,
        inputs: &inputs,
        here: Population {
            snapshot: &snapshot,
            inputs: &inputs,
            table: SliceTable::read(&inputs, task)?.rereading(&texts),
        },
        task,
    };
    let mut gates = Vec::new();
    for gate in &order.contract.gates {
        task.check()?;
        gates.extend(checking.results(gate)?);
    }
    let mut report = CheckReport {
        contract: order.contract.name.clone(),
        dataset: report.dataset.clone(),
        snapshot: report.snapshot,
        snapshot_root: report.snapshot_root.clone(),
        passed: !gates.iter().any(GateResult::fails),
        passed_with_waivers: false,
        gates,
    };
    report.apply_waivers(&workspace.ledger()?)?;
    Ok(report)
}

impl CheckReport {
    /// Marks the failing gates that standing waivers cover.
    fn apply_waivers(&mut self, ledger: &Ledger) -> Result<(), Fault> {
        let waivers = waivers::standing(ledger, clock::today())?;
        let (contract, dataset) = (&self.contract, &self.dataset);
        for gate in self.gates.iter_mut().filter(|gate| !gate.passed) {
            let found = waivers
                .iter()
                .find(|waived| covers(&waived.waiver, contract, dataset, gate));
            gate.waived = found.map(shown);
        }
        let fails = |gate: &GateResult| gate.fails() && gate.waived.is_none();
        self.passed_with_waivers = !self.gates.iter().any(fails);
        Ok(())
    }
}

/// Records a waiver for one failing gate of a report, and marks the gate. On disk when it returns.
pub fn waive(
    ledger: &mut Ledger,
    report: &mut CheckReport,
    order: &WaiveOrder,
    actor: &str,
) -> Result<(), Fault> {
    let gate = failing_gate(report, order)?;
    let not_worse_than = gate.measured.ok_or_else(|| {
        Fault::new(
            Code::NotAllowed,
            "a gate that could not be measured cannot be waived",
            "see its note for what is missing",
        )
    })?;
    let waiver = Waiver {
        contract: report.contract.clone(),
        dataset: report.dataset.clone(),
        gate: gate.id.to_owned(),
        slice: gate.slice.clone().unwrap_or_default(),
        about: gate.about.clone().unwrap_or_default(),
        reason: order.reason.trim().to_owned(),
        until: order.until.clone(),
        not_worse_than: not_worse_than.to_string(),
    };
    waivers::waive(ledger, &Stamp::now(actor), waiver, clock::today())?;
    report.apply_waivers(ledger)
}

/// The one failing gate that an order means.
fn failing_gate<'a>(report: &'a CheckReport, order: &WaiveOrder) -> Result<&'a GateResult, Fault> {
    let meant: Vec<&GateResult> = report
        .gates
        .iter()
        .filter(|gate| !gate.passed && gate.id == order.gate)
        .filter(|gate| meant_by(&order.slice, &gate.slice) && meant_by(&order.about, &gate.about))
        .collect();
    let (what, remedy) = match meant.as_slice() {
        [gate] => return Ok(gate),
        [] => ("no failing gate", "only a gate that fails can be waived"),
        _ => (
            "more than one failing gate",
            "say which by its slice: --waive-where",
        ),
    };
    let name = assay_model::fault::one_line(&order.gate);
    Err(Fault::new(
        Code::Usage,
        format!("{what} of this contract is called `{name}`"),
        remedy,
    ))
}

/// Whether an order that may leave it open means a gate's slice, or what it is about. Empty means none.
fn meant_by(order: &Option<String>, gate: &Option<String>) -> bool {
    order
        .as_deref()
        .is_none_or(|order| order == gate.as_deref().unwrap_or_default())
}

/// Whether a waiver is about this gate, and what is measured no worse than what was waived.
fn covers(waiver: &Waiver, contract: &str, dataset: &str, gate: &GateResult) -> bool {
    let same = waiver.contract == contract
        && waiver.dataset == dataset
        && waiver.gate == gate.id
        && waiver.slice == gate.slice.as_deref().unwrap_or_default()
        && waiver.about == gate.about.as_deref().unwrap_or_default();
    let (Some(measured), Ok(limit)) = (gate.measured, waiver.not_worse_than.parse::<f64>()) else {
        return false;
    };
    let no_worse = if gate.limit_is_least {
        measured >= limit
    } else {
        measured <= limit
    };
    same && no_worse
}

fn shown(waived: &waivers::Waived) -> WaivedGate {
    WaivedGate {
        by: waived.by.clone(),
        reason: waived.waiver.reason.clone(),
        until: waived.waiver.until.clone(),
        not_worse_than: waived.waiver.not_worse_than.parse().unwrap_or_default(),
    }
}
