//! Reviewing, promoting, and what the ledger and the card say.

use assay_index::Snapshot;
use assay_model::{Code, Fault};
use assay_review::Stamp;

use super::{Desk, Open, lock};
use crate::answers::Key;
use crate::card::{CardFiles, KeptCard};
use crate::review::{saved_entry, stamp};
use crate::wire::{
    ActivityPage, ActivityRequest, CardAnswer, CardExportRequest, CardTextRequest, CardTextRow,
    CardTextSaved, CardTextsRequest, DecideRequest, Decided, EntryProof, EntryProofRequest, Exported,
    FlagRequest, FlagSaved, LedgerCheck, NamedSlice, QueueCreateRequest, QueueInfo, QueuePreview,
    QueueRequest, QueueState, ReviewItem, ReviewItemRequest, RubricExample, SliceRequest, SnapshotRequest,
    UndoRequest, UnsealRequest,
};
use crate::{activity, card, review, slices};

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
        review::open(
            &lock(&open.ledger),
            &request.queue,
            &open.actor()?,
            open.heads.reached(),
        )
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
        let decided = review::decide(&mut lock(&open.ledger), &stamp, request, open.heads.reached())?;
        open.head_when_due(decided.saved.seq);
        Ok(decided)
    }

    pub fn flag(&self, request: &FlagRequest) -> Result<FlagSaved, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        review::flag(&mut lock(&open.ledger), &stamp, request)
    }

    pub fn slices(&self) -> Result<Vec<NamedSlice>, Fault> {
        slices::list(&self.open()?.workspace.ledger()?)
    }

    pub fn slice_define(&self, request: &SliceRequest) -> Result<Vec<NamedSlice>, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let mut ledger = lock(&open.ledger);
        slices::define(&mut ledger, &stamp, request)?;
        slices::list(&ledger)
    }

    pub fn slice_remove(&self, request: &SliceRequest) -> Result<Vec<NamedSlice>, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let mut ledger = lock(&open.ledger);
        assay_review::slices::remove(&mut ledger, &stamp, &request.slice.name, &request.reason)?;
        slices::list(&ledger)
    }

    pub fn rubric_examples(&self, request: &QueueRequest) -> Result<Vec<RubricExample>, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        slices::examples(&ledger.seen_by(&open.reader())?, &request.queue)
    }

    pub fn undo(&self, request: &UndoRequest) -> Result<Decided, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        review::undo(&mut lock(&open.ledger), &stamp, request, open.heads.reached())
    }

    pub fn redo(&self, request: &UndoRequest) -> Result<Decided, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        review::redo(&mut lock(&open.ledger), &stamp, request, open.heads.reached())
    }

    /// The card as it was drafted before, or the job that measures its gates and drafts it.
    pub fn card_draft(&self, request: &SnapshotRequest) -> Result<CardAnswer, Fault> {
        let open = self.open()?;
        let (key, snapshot) = self.card_key(&open, &request.dataset, request.snapshot)?;
        if let Some(known) = open.answers.get::<KeptCard>(&key) {
            return Ok(CardAnswer {
                job: None,
                answer: Some(known.draft.clone()),
            });
        }
        let (workspace, answers, of) = (open.workspace.clone(), open.answers.clone(), key.clone());
        let (worker, dataset) = (self.worker.clone(), request.dataset.clone());
        let about = format!("{dataset}@{snapshot}");
        let job = self.jobs.look("card", &about, key.as_str(), move |task| {
            let ledger = workspace.ledger()?;
            let card = card::card(&workspace, &ledger, Some(&dataset), Some(snapshot), &worker, task)?;
            let kept = KeptCard {
                draft: card::draft(&card),
                files: CardFiles::of(&card, &[]),
            };
            answers.put(&of, kept);
            Ok(())
        });
        Ok(CardAnswer {
            job: Some(job),
            answer: None,
        })
    }

    /// Writes the card that was drafted: what is on the disk is what was shown.
    pub fn card_export(&self, request: &CardExportRequest) -> Result<Exported, Fault> {
        let open = self.open()?;
        let folder = self.path(&request.handle)?;
        let (key, _) = self.card_key(&open, &request.dataset, request.snapshot)?;
        let kept = open.answers.get::<KeptCard>(&key).ok_or_else(|| {
            Fault::new(
                Code::NotFound,
                "something has been decided or measured since this card was drafted",
                "look at the card as it is now, then export it",
            )
        })?;
        card::export(&open.workspace, &kept.files, &folder)
    }

    /// Writes a section of a dataset's card; on disk when it returns.
    pub fn card_text_write(&self, request: &CardTextRequest) -> Result<CardTextSaved, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let mut ledger = lock(&open.ledger);
        let entry = card::write(
            &mut ledger,
            &stamp,
            &request.dataset,
            &request.section,
            &request.text,
        )?;
        Ok(CardTextSaved {
            saved: entry.as_ref().map(saved_entry),
        })
    }

    pub fn card_texts(&self, request: &CardTextsRequest) -> Result<Vec<CardTextRow>, Fault> {
        card::versions(&lock(&self.open()?.ledger), &request.dataset)
    }

    /// The name of a card: another one once the snapshot, the one before it, the contract, a decision or the day changes.
    pub(super) fn card_key(
        &self,
        open: &Open,
        dataset: &str,
        number: Option<u64>,
    ) -> Result<(Key, u64), Fault> {
        let gates = self.check_order(open, dataset, number)?;
        let decided = lock(&open.ledger).size()?.to_string();
        let index = lock(&open.index);
        let snapshot = index.snapshot(Some(dataset), number)?;
        let mut parts = vec![
            dataset.to_owned(),
            snapshot.number.to_string(),
            index.state_of(&snapshot)?.hex(),
            decided,
            gates.map_or_else(String::new, |(key, _)| key.as_str().to_owned()),
        ];
        let earlier = |each: &Snapshot| each.number < snapshot.number;
        if let Some(previous) = index.snapshots(dataset)?.into_iter().rfind(earlier) {
            parts.push(index.state_of(&previous)?.hex());
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Ok((Key::of("card", &parts), snapshot.number))
    }

    pub fn activity_page(&self, request: &ActivityRequest) -> Result<ActivityPage, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        activity::page(&ledger.seen_by(&open.reader())?, request)
    }

    pub fn entry_proof(&self, request: &EntryProofRequest) -> Result<Option<EntryProof>, Fault> {
        let open = self.open()?;
        let ledger = open.workspace.ledger()?;
        activity::proof(&ledger.seen_by(&open.reader())?, request.seq)
    }

    pub fn ledger_verify(&self) -> Result<LedgerCheck, Fault> {
        activity::verify(&self.open()?.workspace.ledger()?)
    }
}
