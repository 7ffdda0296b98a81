//! Disputes and agreement.

use assay_model::Fault;

use super::{Desk, lock};
use crate::review::{digest, stamp};
use crate::wire::{
    AgreementRequest, AgreementView, DisputeAnswerRequest, DisputeDetail, DisputeRequest,
    DisputeSettleRequest, DisputeSettled, Disputes,
};
use crate::{adjudicating, agreeing};

impl Desk {
    pub fn disputes(&self) -> Result<Disputes, Fault> {
        let open = self.open()?;
        adjudicating::disputes(&open.workspace.ledger()?, &open.actor()?)
    }

    pub fn dispute_open(&self, request: &DisputeRequest) -> Result<DisputeDetail, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        adjudicating::detail(&ledger, &open.actor()?, &digest(&request.digest)?)
    }

    pub fn dispute_answer(&self, request: &DisputeAnswerRequest) -> Result<DisputeDetail, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let sample = digest(&request.digest)?;
        adjudicating::begin(&mut lock(&open.ledger), &stamp, &sample, &request.answer)
    }

    pub fn dispute_settle(&self, request: &DisputeSettleRequest) -> Result<DisputeSettled, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        adjudicating::settle(
            &mut lock(&open.ledger),
            &stamp,
            &digest(&request.digest)?,
            &request.answer,
            request.cause,
        )
    }

    pub fn agreement(&self, request: &AgreementRequest) -> Result<AgreementView, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        agreeing::seen(&ledger.seen_by(&open.reader())?, request.queue.as_deref())
    }
}
