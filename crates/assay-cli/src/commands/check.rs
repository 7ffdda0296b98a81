//! The gates of a data contract.

use std::fmt::Write;

use assay_model::Fault;
use assay_model::fault::one_line;
use assay_workbench::checking::{self, CheckOrder, CheckReport, GateResult, WaiveOrder};
use assay_workbench::{WorkerCommand, Workspace};

use super::Place;
use crate::arguments::CheckArguments;
use crate::output::Output;
use crate::progress;

/// False when a gate fails.
pub fn check(place: &Place, arguments: &CheckArguments, output: &Output) -> Result<bool, Fault> {
    let order = CheckOrder {
        contract: checking::read_contract(&arguments.contract)?,
        path: arguments.contract.display().to_string(),
        dataset: arguments.snapshot.dataset.clone(),
        snapshot: arguments.snapshot.snapshot,
        worker: WorkerCommand::this_executable()?,
    };
    let workspace = place.open()?;
    let (task, clear) = progress::task(output);
    let report = checking::check(&workspace, &order, &task);
    clear();
    let mut report = report?;
    if let Some(gate) = &arguments.waive {
        waive(&workspace, &mut report, gate, arguments)?;
    }
    output.result(&report, || text(&report))?;
    Ok(report.passed || arguments.accept_waivers && report.passed_with_waivers)
}

fn waive(
    workspace: &Workspace,
    report: &mut CheckReport,
    gate: &str,
    arguments: &CheckArguments,
) -> Result<(), Fault> {
    let order = WaiveOrder {
        gate: gate.to_owned(),
        slice: arguments.waive_where.clone(),
        about: None,
        reason: arguments.reason.clone().unwrap_or_default(),
        until: arguments.until.clone().unwrap_or_default(),
    };
    checking::waive(
        &mut workspace.ledger_writer()?,
        report,
        &order,
        arguments.actor.as_deref().unwrap_or_default(),
    )
}

fn text(report: &CheckReport) -> String {
    let failed = report
        .gates
        .iter()
        .filter(|gate| !gate.passed && gate.severity == "fail")
        .count();
    let mut out = format!(
        "{}: {} of {} gates {} for {} snapshot {}\n",
        if report.contract.is_empty() {
            "contract"
        } else {
            &report.contract
        },
        if failed > 0 { failed } else { report.gates.len() },
        report.gates.len(),
        if failed > 0 { "fail" } else { "hold" },
        report.dataset,
        report.snapshot,
    );
    for gate in &report.gates {
        let state = match (gate.passed, gate.severity) {
            (true, _) => "holds",
            (false, _) if gate.waived.is_some() => "waived",
            (false, "watch") => "watch",
            (false, _) => "FAILS",
        };
        let about = gate
            .about
            .as_ref()
            .map_or(String::new(), |about| format!(", {about}"));
        let slice = gate
            .slice
            .as_ref()
            .map_or(String::new(), |slice| format!(" where {slice}"));
        let _ = write!(
            out,
            "\n{state}  {}{}{}\n       {}",
            gate.id,
            one_line(&about),
            one_line(&slice),
            measured(gate)
        );
    }
    out
}

fn measured(gate: &GateResult) -> String {
    let sign = if gate.limit_is_least { "≥" } else { "≤" };
    let mut out = match gate.measured {
        Some(value) => format!("{} (limit {sign} {})", number(value), number(gate.limit)),
        None => format!("not measured (limit {sign} {})", number(gate.limit)),
    };
    if let Some([low, high]) = gate.interval {
        let _ = write!(out, ", 95 % {} to {}", number(low), number(high));
    }
    if gate.offending > 0 {
        let _ = write!(out, ", {} behind it", gate.offending);
    }
    if let Some(example) = gate.examples.first() {
        let _ = write!(out, ", such as {example}");
    } else if let Some(class) = gate.classes.first() {
        let _ = write!(out, ", such as {}", one_line(class));
    }
    if let Some(waived) = &gate.waived {
        let _ = write!(
            out,
            "; fails, waived until {} by {}: {}",
            waived.until,
            one_line(&waived.by),
            one_line(&waived.reason)
        );
    }
    if let Some(note) = &gate.note {
        let _ = write!(out, "; {note}");
    }
    out
}

/// A figure without digits that mean nothing.
fn number(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.4}")
    }
}
