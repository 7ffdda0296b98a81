//! Which snapshots were released for training?

use assay_model::{Digest, Fault};
use rusqlite::Row;
use uuid::Uuid;

use crate::Ledger;
use crate::event::GoldHeld;

/// A snapshot that was released for training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingRelease {
    pub seq: u64,
    pub id: Uuid,
    pub dataset: String,
    pub snapshot: u64,
    pub root: Digest,
    /// What it held of the gold set when it was released.
    pub held: GoldHeld,
    /// The entry that took it back.
    pub withdrawn: Option<u64>,
}

impl Ledger {
    /// Every release, earliest first, those that were taken back included.
    pub fn training_releases(&self) -> Result<Vec<TrainingRelease>, Fault> {
        let sql = "SELECT seq, id, dataset, snapshot, root, exact, near, withdrawn FROM training_release ORDER BY seq";
        self.rows(sql, &[], training_release)
    }
}

fn training_release(row: &Row<'_>) -> rusqlite::Result<TrainingRelease> {
    Ok(TrainingRelease {
        seq: row.get(0)?,
        id: Uuid::from_bytes(row.get(1)?),
        dataset: row.get(2)?,
        snapshot: row.get(3)?,
        root: Digest(row.get(4)?),
        held: GoldHeld {
            exact: row.get(5)?,
            near: row.get(6)?,
        },
        withdrawn: row.get(7)?,
    })
}
