//! Acting on many samples at once.

use assay_model::Fault;

use super::{Desk, lock};
use crate::bulk;
use crate::review::stamp;
use crate::wire::{BulkPreview, BulkPreviewRequest, BulkRequest, BulkSaved, BulkUndoRequest};

impl Desk {
    pub fn bulk_preview(&self, request: &BulkPreviewRequest) -> Result<BulkPreview, Fault> {
        let open = self.open()?;
        let decided = open.decided()?;
        // A connection of its own: the grid never waits for this.
        bulk::preview(
            &open.workspace.index()?,
            &decided,
            &request.selection,
            request.seed,
        )
    }

    pub fn bulk_act(&self, request: &BulkRequest) -> Result<BulkSaved, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let index = open.workspace.index()?;
        let order = bulk::order(&index, &lock(&open.ledger), &stamp.actor, request)?;
        let decided = open.decided()?;
        let samples = bulk::samples(&index, &decided, &request.selection)?;
        bulk::act(&mut lock(&open.ledger), &stamp, &order, samples)
    }

    pub fn bulk_undo(&self, request: &BulkUndoRequest) -> Result<BulkSaved, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        bulk::undo(&mut lock(&open.ledger), &stamp, request)
    }
}
