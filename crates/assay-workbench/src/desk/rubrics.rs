//! Rubrics and their versions.

use assay_model::Fault;

use super::{Desk, lock};
use crate::review::stamp;
use crate::rubrics;
use crate::wire::{RubricAddRequest, RubricAdded, RubricFollowRequest, RubricFollowed, RubricInfo};

impl Desk {
    pub fn rubrics(&self) -> Result<Vec<RubricInfo>, Fault> {
        let open = self.open()?;
        rubrics::list(&open.workspace.ledger()?, &open.reader())
    }

    pub fn rubric_add(&self, request: &RubricAddRequest) -> Result<RubricAdded, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        rubrics::add(&mut lock(&open.ledger), &stamp, request)
    }

    pub fn rubric_follow(&self, request: &RubricFollowRequest) -> Result<RubricFollowed, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        rubrics::follow(&mut lock(&open.ledger), &stamp, request)
    }
}
