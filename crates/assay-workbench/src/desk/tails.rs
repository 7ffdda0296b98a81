//! The coverage of one unit, held against a reference and without some samples, as the window asks for it.

use assay_model::report::Coverage;
use assay_model::{Code, Expression, Fault, Task};

use super::Desk;
use crate::tails::{self, TailOrder};
use crate::wire::{CoverageRequest, References, SnapshotRequest};

impl Desk {
    /// The stored figures where nothing else is asked.
    pub fn coverage(&self, request: &CoverageRequest) -> Result<Coverage, Fault> {
        let open = self.open()?;
        let without = match request.without.trim() {
            "" => None,
            filter => Some(Expression::parse(filter)?),
        };
        let order = TailOrder {
            dataset: Some(request.dataset.clone()),
            snapshot: request.snapshot,
            unit: Some(request.unit.clone()),
            reference: Some(request.reference.clone()).filter(|reference| !reference.is_empty()),
            present_at_least: request.present_at_least,
            without,
        };
        let report = tails::report(&open.workspace, &order, &Task::silent())?;
        report.coverage.into_iter().next().ok_or_else(|| {
            Fault::new(
                Code::UnknownField,
                format!(
                    "this snapshot counts no {}",
                    assay_model::fault::one_line(&request.unit)
                ),
                "choose one of its units",
            )
        })
    }

    /// What a snapshot can be held against: other snapshots by name, newest first, and whether there is gold.
    pub fn references(&self, request: &SnapshotRequest) -> Result<References, Fault> {
        let open = self.open()?;
        let index = super::lock(&open.index);
        let this = index.snapshot(Some(&request.dataset), request.snapshot)?;
        let mut snapshots = Vec::new();
        for dataset in index.datasets()? {
            let others = index.snapshots(&dataset)?;
            let others = others.iter().rev().filter(|snapshot| snapshot.id != this.id);
            snapshots.extend(others.map(|snapshot| format!("{}@{}", snapshot.dataset, snapshot.number)));
        }
        drop(index);
        Ok(References {
            snapshots,
            gold: open.decided()?.gold().len() as u64,
        })
    }
}
