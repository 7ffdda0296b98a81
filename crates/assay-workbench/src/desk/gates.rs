//! Contracts and comparisons, as the window asks for them.

use assay_measure::comparison::{Change, EffectSizes, changes};
use assay_measure::contract::parse_contract;
use assay_model::{Code, Fault, Task};

use super::{Desk, Open, lock};
use crate::checking::{self, CONTRACT_FILE, CheckOrder, CheckReport, GateResult, WaiveOrder};
use crate::comparing::{self, ComparisonReport};
use crate::wire::{
    BundledContract, ChosenContract, CompareSnapshotsRequest, ContractInfo, ContractRequest, FigureChange,
    GateRow, GateWaiver, Gates, GatesRequest, LeakFinding, OriginCounts, SnapshotComparison, TrendPoint,
    TrendSign, Trends, TrendsRequest, UnitRetention, WaiveRequest,
};

/// Id, purpose, text.
const BUNDLED: [(&str, &str, &str); 3] = [
    (
        "pretraining",
        "Text from many hands: little of it by machines, little of it repeated.",
        include_str!("../../../../assets/contracts/pretraining.toml"),
    ),
    (
        "instruction",
        "Instructions and answers: machine answers are expected, and capped.",
        include_str!("../../../../assets/contracts/instruction.toml"),
    ),
    (
        "high_stakes",
        "A slice on which somebody's health, case or money depends.",
        include_str!("../../../../assets/contracts/high_stakes.toml"),
    ),
];

impl Desk {
    pub fn contract(&self) -> Result<ContractInfo, Fault> {
        let open = self.open()?;
        let bundled = BUNDLED
            .iter()
            .map(|(id, purpose, text)| {
                Ok(BundledContract {
                    id: (*id).to_owned(),
                    name: parse_contract(text, id)?.name,
                    purpose: (*purpose).to_owned(),
                })
            })
            .collect::<Result<_, Fault>>()?;
        let chosen = match checking::contract_text(&open.workspace)? {
            None => None,
            Some(text) => {
                let contract = parse_contract(&text, CONTRACT_FILE)?;
                Some(ChosenContract {
                    gates: contract.gates.len() as u64,
                    name: contract.name,
                    text,
                })
            }
        };
        Ok(ContractInfo { chosen, bundled })
    }

    pub fn contract_choose(&self, request: &ContractRequest) -> Result<ContractInfo, Fault> {
        let open = self.open()?;
        let text = match (&request.handle, &request.bundled) {
            (Some(handle), _) => {
                let path = self.path(handle)?;
                // Read and checked as it is, so that a mistake is named in the user's own file.
                checking::read_contract(&path)?;
                std::fs::read_to_string(&path)
                    .map_err(|error| Fault::internal("reading the contract", error))?
            }
            (None, Some(id)) => bundled(id)?.to_owned(),
            (None, None) => {
                return Err(Fault::new(
                    Code::Usage,
                    "no contract was given",
                    "choose a file, or one that comes with Assay",
                ));
            }
        };
        let target = open.workspace.folder().join(CONTRACT_FILE);
        std::fs::write(&target, text).map_err(|error| {
            Fault::new(
                Code::DiskFull,
                format!("the contract could not be kept: {error}"),
                "make room, then choose it again",
            )
            .at(target.display().to_string())
        })?;
        self.contract()
    }

    pub fn gates(&self, request: &GatesRequest) -> Result<Option<Gates>, Fault> {
        let open = self.open()?;
        match self.check_order(&open, &request.dataset, request.snapshot)? {
            None => Ok(None),
            Some(order) => {
                checking::check(&open.workspace, &order, &Task::silent()).map(|report| Some(gates(report)))
            }
        }
    }

    pub fn gate_waive(&self, request: &WaiveRequest) -> Result<Gates, Fault> {
        let open = self.open()?;
        let actor = open.actor()?;
        let order = self
            .check_order(&open, &request.dataset, request.snapshot)?
            .ok_or_else(|| Fault::new(Code::Usage, "no contract is chosen", "choose one first"))?;
        let mut report = checking::check(&open.workspace, &order, &Task::silent())?;
        let waive = WaiveOrder {
            gate: request.gate.clone(),
            slice: Some(request.slice.clone()),
            about: Some(request.about.clone()),
            reason: request.reason.clone(),
            until: request.until.clone(),
        };
        checking::waive(&mut lock(&open.ledger), &mut report, &waive, &actor)?;
        Ok(gates(report))
    }

    fn check_order(
        &self,
        open: &Open,
        dataset: &str,
        snapshot: Option<u64>,
    ) -> Result<Option<CheckOrder>, Fault> {
        let Some(text) = checking::contract_text(&open.workspace)? else {
            return Ok(None);
        };
        Ok(Some(CheckOrder {
            contract: parse_contract(&text, CONTRACT_FILE)?,
            path: CONTRACT_FILE.to_owned(),
            dataset: Some(dataset.to_owned()),
            snapshot,
            worker: self.worker.clone(),
        }))
    }

    pub fn compare(&self, request: &CompareSnapshotsRequest) -> Result<SnapshotComparison, Fault> {
        let open = self.open()?;
        comparing::compare(&open.workspace, &request.a, &request.b, &Task::silent()).map(comparison)
    }

    pub fn trends(&self, request: &TrendsRequest) -> Result<Trends, Fault> {
        let open = self.open()?;
        let index = lock(&open.index);
        let mut reports = Vec::new();
        for snapshot in index.snapshots(&request.dataset)? {
            reports.extend(index.report(&snapshot)?);
        }
        let Some(first) = reports.first() else {
            return Ok(Trends {
                snapshots: Vec::new(),
                signs: Vec::new(),
            });
        };
        let sizes = EffectSizes::default();
        // Against the first, every sign has its value in each snapshot; the last step is the change that is shown.
        let series: Vec<Vec<Change>> = reports
            .iter()
            .map(|report| changes(first, report, &[], &sizes))
            .collect();
        let last = match reports.as_slice() {
            [.., before, last] => changes(before, last, &[], &sizes),
            _ => Vec::new(),
        };
        let same = |a: &Change, b: &Change| a.measure == b.measure && a.about == b.about;
        let signs = series[0]
            .iter()
            .filter(|sign| sign.warning_sign)
            .map(|sign| TrendSign {
                measure: sign.measure.to_owned(),
                about: sign.about.clone(),
                values: series
                    .iter()
                    .map(|changes| {
                        changes
                            .iter()
                            .find(|change| same(change, sign))
                            .and_then(|change| change.b)
                    })
                    .collect(),
                change: last.iter().find(|change| same(change, sign)).cloned().map(figure),
            })
            .collect();
        let snapshots = reports
            .iter()
            .map(|report| TrendPoint {
                snapshot: report.snapshot,
                created: report.created.clone(),
            })
            .collect();
        Ok(Trends { snapshots, signs })
    }
}

fn bundled(id: &str) -> Result<&'static str, Fault> {
    let found = BUNDLED.iter().find(|(each, _, _)| *each == id);
    found.map(|(_, _, text)| *text).ok_or_else(|| {
        Fault::new(
            Code::Usage,
            "no contract of this name comes with Assay",
            "choose one of the list",
        )
    })
}

fn gates(report: CheckReport) -> Gates {
    Gates {
        contract: report.contract,
        snapshot: report.snapshot,
        passed: report.passed,
        passed_with_waivers: report.passed_with_waivers,
        gates: report.gates.into_iter().map(gate).collect(),
    }
}

fn gate(gate: GateResult) -> GateRow {
    GateRow {
        unit: gate.unit().to_owned(),
        id: gate.id.to_owned(),
        slice: gate.slice.unwrap_or_default(),
        about: gate.about.unwrap_or_default(),
        measured: gate.measured,
        limit: gate.limit,
        limit_is_least: gate.limit_is_least,
        interval: gate.interval,
        passed: gate.passed,
        severity: gate.severity.to_owned(),
        offending: gate.offending,
        filter: gate.filter,
        classes: gate.classes,
        note: gate.note,
        waived: gate.waived.map(|waived| GateWaiver {
            by: waived.by,
            reason: waived.reason,
            until: waived.until,
            not_worse_than: waived.not_worse_than,
        }),
        line: gate.line,
    }
}

fn figure(change: Change) -> FigureChange {
    FigureChange {
        measure: change.measure.to_owned(),
        about: change.about,
        a: change.a,
        b: change.b,
        change: change.change,
        effect: change.effect,
        effect_kind: change.effect_kind.to_owned(),
        size: change.size.map(str::to_owned),
        direction: change.direction.to_owned(),
        warning_sign: change.warning_sign,
    }
}

fn comparison(report: ComparisonReport) -> SnapshotComparison {
    let counts = |by: comparing::ByOrigin| OriginCounts {
        human: by.human,
        mixed: by.mixed,
        machine: by.machine,
        unknown: by.unknown,
    };
    let finding = |direction: &str, found: comparing::LeakFound| LeakFinding {
        direction: direction.to_owned(),
        found: found.found,
        of: found.of,
        exact: found.by_kind.exact,
        normalised: found.by_kind.normalised,
        near: found.by_kind.near,
        passage: found.by_kind.passage,
        statement: found.statement,
    };
    let leaks = report.leak.map_or_else(Vec::new, |leak| {
        vec![finding("a in b", leak.a_in_b), finding("b in a", leak.b_in_a)]
    });
    SnapshotComparison {
        changes: report.changes.into_iter().map(figure).collect(),
        retention: report
            .retention
            .into_iter()
            .map(|retention| UnitRetention {
                unit: retention.unit,
                tail: retention.tail,
                retention: retention.retention,
                missing: retention.missing,
            })
            .collect(),
        kept: counts(report.samples.kept),
        added: counts(report.samples.added),
        left_out: counts(report.samples.left_out),
        relabelled: report.samples.relabelled,
        leaks,
    }
}
