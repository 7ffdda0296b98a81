//! Reviewing, promoting, and what the ledger and the card say.

use assay_model::Fault;
use assay_review::Stamp;

use super::{Desk, lock};
use crate::review::{digest, stamp};
use crate::wire::{
    ActivityPage, ActivityRequest, CardDraft, CardExportRequest, DecideRequest, Decided, DigestRequest,
    Exported, GoldCandidateDetail, GoldChanged, GoldOverview, GoldRequest, LedgerCheck, QueueCreateRequest,
    QueueInfo, QueuePreview, QueueRequest, QueueState, ReviewItem, ReviewItemRequest, SnapshotRequest,
    UndoRequest, UnsealRequest,
};
use crate::{activity, card, gold, review};

impl Desk {
    pub fn queue_preview(&self, request: &QueueCreateRequest) -> Result<QueuePreview, Fault> {
        let open = self.open()?;
        review::preview(&open.workspace, &open.workspace.ledger()?, request)
    }

    pub fn queue_create(&self, request: &QueueCreateRequest) -> Result<QueueInfo, Fault> {
        let open = self.open()?;
        let actor = open.actor()?;
        let mut ledger = lock(&open.ledger);
        let queue = review::create(&open.workspace, &mut ledger, &Stamp::now(&actor), request)?;
        review::info(&ledger, &queue, &actor)
    }

    pub fn queues(&self) -> Result<Vec<QueueInfo>, Fault> {
        let open = self.open()?;
        // Without a person there are queues all the same, and nobody's answers in them.
        let actor = open.actor().unwrap_or_default();
        review::list(&lock(&open.ledger), &actor)
    }

    pub fn queue_open(&self, request: &QueueRequest) -> Result<QueueState, Fault> {
        let open = self.open()?;
        review::open(&lock(&open.ledger), &request.queue, &open.actor()?)
    }

    /// One item. The sample's place in the index is looked up anew, so that its duplicates can be opened.
    pub fn review_item(&self, request: &ReviewItemRequest) -> Result<ReviewItem, Fault> {
        let open = self.open()?;
        let (mut item, blind) = {
            let ledger = lock(&open.ledger);
            let item = review::item(&ledger, &request.queue, &open.actor()?, request.position)?;
            (item, review::is_blind(&ledger, &request.queue)?)
        };
        if item.seal.unsealed.is_some() {
            item.seal.opinions = open.opinions_of_kept(&item.sample)?;
            // What peers judged stays theirs, even added up.
            if let Some(opinions) = item.seal.opinions.as_mut().filter(|_| blind) {
                opinions.reputation = None;
            }
        }
        Ok(item)
    }

    /// Shows the machine's opinions of an item that this person has answered.
    pub fn unseal(&self, request: &UnsealRequest) -> Result<ReviewItem, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        review::unseal(&mut lock(&open.ledger), &stamp, request)?;
        self.review_item(&ReviewItemRequest {
            queue: request.queue.clone(),
            position: request.position,
        })
    }

    pub fn decide(&self, request: &DecideRequest) -> Result<Decided, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        review::decide(&mut lock(&open.ledger), &stamp, request)
    }

    pub fn undo(&self, request: &UndoRequest) -> Result<Decided, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        review::undo(&mut lock(&open.ledger), &stamp, &request.queue)
    }

    pub fn redo(&self, request: &UndoRequest) -> Result<Decided, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        review::redo(&mut lock(&open.ledger), &stamp, &request.queue)
    }

    pub fn gold_overview(&self) -> Result<GoldOverview, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        gold::overview(&open.workspace, &ledger.seen_by(&open.reader())?)
    }

    pub fn gold_candidate(&self, request: &DigestRequest) -> Result<GoldCandidateDetail, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        let sight = ledger.seen_by(&open.reader())?;
        gold::candidate_detail(&open.workspace, &sight, &digest(&request.digest)?)
    }

    pub fn gold_promote(&self, request: &GoldRequest) -> Result<GoldChanged, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        gold::promote(
            &open.workspace,
            &mut lock(&open.ledger),
            &stamp,
            &digest(&request.digest)?,
            &request.reason,
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

    pub fn card_draft(&self, request: &SnapshotRequest) -> Result<CardDraft, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        Ok(card::draft(&card::card(
            &open.workspace,
            &ledger,
            Some(&request.dataset),
            request.snapshot,
            &self.worker,
        )?))
    }

    pub fn card_export(&self, request: &CardExportRequest) -> Result<Exported, Fault> {
        let open = self.open()?;
        let folder = self.path(&request.handle)?;
        let ledger = open.workspace.ledger()?;
        let card = card::card(
            &open.workspace,
            &ledger,
            Some(&request.dataset),
            request.snapshot,
            &self.worker,
        )?;
        card::export(&open.workspace, &card, &folder)
    }

    pub fn activity_page(&self, request: &ActivityRequest) -> Result<ActivityPage, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        activity::page(&ledger.seen_by(&open.reader())?, request)
    }

    pub fn ledger_verify(&self) -> Result<LedgerCheck, Fault> {
        activity::verify(&self.open()?.workspace.ledger()?)
    }
}
