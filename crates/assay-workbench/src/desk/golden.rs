//! The gold set: members, candidates, frozen sets, exports.

use assay_model::Fault;

use super::{Desk, lock};
use crate::review::{digest, stamp};
use crate::wire::{
    DigestRequest, GoldCandidateDetail, GoldChanged, GoldExportRequest, GoldExported, GoldFreezeRequest,
    GoldFreezed, GoldOverview, GoldRequest,
};
use crate::{gold, gold_file};

impl Desk {
    pub fn gold_overview(&self) -> Result<GoldOverview, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        gold::overview(&open.workspace, &ledger.seen_by(&open.reader())?, &self.worker)
    }

    pub fn gold_candidate(&self, request: &DigestRequest) -> Result<GoldCandidateDetail, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        let sight = ledger.seen_by(&open.reader())?;
        gold::candidate_detail(&open.workspace, &sight, &digest(&request.digest)?, &self.worker)
    }

    pub fn gold_promote(&self, request: &GoldRequest) -> Result<GoldChanged, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        gold::promote(
            &open.workspace,
            &mut lock(&open.ledger),
            &stamp,
            (&digest(&request.digest)?, &request.reason),
            &self.worker,
        )
    }

    pub fn gold_revoke(&self, request: &GoldRequest) -> Result<GoldChanged, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        gold::revoke(
            &mut lock(&open.ledger),
            &stamp,
            &digest(&request.digest)?,
            &request.reason,
        )
    }

    pub fn gold_freeze(&self, request: &GoldFreezeRequest) -> Result<GoldFreezed, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let frozen = gold::freeze(&mut lock(&open.ledger), &stamp, &request.reason)?;
        open.sign_head_quietly();
        Ok(frozen)
    }

    pub fn gold_export(&self, request: &GoldExportRequest) -> Result<GoldExported, Fault> {
        let open = self.open()?;
        let path = self.path(&request.handle)?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        gold_file::export_to(
            &open.workspace,
            &mut lock(&open.ledger),
            &stamp,
            request.number,
            &request.purpose,
            &path,
        )
    }
}
