//! Contracts and their gates, as the window asks for them.

use std::sync::Arc;

use assay_contract::parse_contract;
use assay_model::{Code, Fault, Task};

use super::{Desk, Open, lock};
use crate::answers::Key;
use crate::checking::{self, CONTRACT_FILE, CheckOrder, CheckReport, GateResult, WaiveOrder};
use crate::clock;
use crate::wire::{
    BundledContract, ChosenContract, ContractInfo, ContractRequest, GateRow, GateWaiver, Gates, GatesAnswer,
    GatesRequest, WaiveRequest,
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

    /// The gates as they were measured before, or the job that measures them.
    pub fn gates(&self, request: &GatesRequest) -> Result<GatesAnswer, Fault> {
        let open = self.open()?;
        let nothing = GatesAnswer {
            job: None,
            answer: None,
        };
        let Some((key, order)) = self.check_order(&open, &request.dataset, request.snapshot)? else {
            return Ok(nothing);
        };
        if let Some(known) = open.answers.get::<Gates>(&key) {
            return Ok(GatesAnswer {
                answer: Some(known.as_ref().clone()),
                ..nothing
            });
        }
        let (workspace, answers, of, session) = (
            open.workspace.clone(),
            open.answers.clone(),
            key.clone(),
            Arc::downgrade(&open),
        );
        let about = format!("{}@{}", request.dataset, order.snapshot.unwrap_or_default());
        let job = self.jobs.look("gates", &about, key.as_str(), move |task| {
            let report = checking::check(&workspace, &order, task)?;
            answers.put(&of, gates(report.clone()));
            if let Some(open) = session.upgrade() {
                *lock(&open.checked) = Some((of, report));
            }
            Ok(())
        });
        Ok(GatesAnswer {
            job: Some(job),
            ..nothing
        })
    }

    pub fn gate_waive(&self, request: &WaiveRequest) -> Result<Gates, Fault> {
        let open = self.open()?;
        let actor = open.actor()?;
        let (key, order) = self
            .check_order(&open, &request.dataset, request.snapshot)?
            .ok_or_else(|| Fault::new(Code::Usage, "no contract is chosen", "choose one first"))?;
        let seen = lock(&open.checked).take().filter(|(of, _)| *of == key);
        let mut report = match seen {
            Some((_, report)) => report,
            None => checking::check(&open.workspace, &order, &Task::silent())?,
        };
        let waive = WaiveOrder {
            gate: request.gate.clone(),
            slice: Some(request.slice.clone()),
            about: Some(request.about.clone()),
            reason: request.reason.clone(),
            until: request.until.clone(),
        };
        checking::waive(&mut lock(&open.ledger), &mut report, &waive, &actor)?;
        let waived = gates(report.clone());
        if let Some((key, _)) = self.check_order(&open, &request.dataset, request.snapshot)? {
            open.answers.put(&key, waived.clone());
            *lock(&open.checked) = Some((key, report));
        }
        Ok(waived)
    }

    /// What to measure, and the name of the answer: another one once the contract, the snapshot, a decision or the day changes.
    pub(super) fn check_order(
        &self,
        open: &Open,
        dataset: &str,
        snapshot: Option<u64>,
    ) -> Result<Option<(Key, CheckOrder)>, Fault> {
        let Some(text) = checking::contract_text(&open.workspace)? else {
            return Ok(None);
        };
        let (snapshot, state) = {
            let index = lock(&open.index);
            let snapshot = index.snapshot(Some(dataset), snapshot)?;
            let state = index.state_of(&snapshot)?;
            (snapshot, state)
        };
        let decided = lock(&open.ledger).size()?.to_string();
        let key = Key::of(
            "gates",
            &[&text, &state.hex(), &decided, &clock::today().to_string()],
        );
        let order = CheckOrder {
            contract: parse_contract(&text, CONTRACT_FILE)?,
            path: CONTRACT_FILE.to_owned(),
            dataset: Some(dataset.to_owned()),
            snapshot: Some(snapshot.number),
            worker: self.worker.clone(),
        };
        Ok(Some((key, order)))
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
        made_of: gate.made_of,
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
