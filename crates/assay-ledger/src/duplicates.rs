//! What did people say of duplicates, and does it still stand?

use assay_model::{Digest, Fault, KeepPolicy};
use rusqlite::Row;
use uuid::Uuid;

use crate::Ledger;

/// What a person said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicateAct {
    /// The two stand for themselves; the lower digest first.
    NotDuplicate {
        a: Digest,
        b: Digest,
    },
    /// `sample` stays, where `over` represented the cluster.
    Kept {
        sample: Digest,
        over: Digest,
    },
    KeepPolicy(KeepPolicy),
}

/// One act about duplicates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateJudgement {
    pub id: Uuid,
    pub seq: u64,
    pub act: DuplicateAct,
    pub actor: String,
    pub reason: String,
    /// The entry that took it back.
    pub withdrawn: Option<u64>,
}

const COLUMNS: &str = "id, seq, kind, first, second, word, actor, reason, withdrawn";

impl Ledger {
    /// Judgements about duplicates that stand, in the order in which they were made.
    pub fn duplicate_judgements(&self) -> Result<Vec<DuplicateJudgement>, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM duplicate_judgement WHERE withdrawn IS NULL ORDER BY seq");
        self.rows(&sql, &[], judgement)
    }

    /// One judgement about duplicates, standing or withdrawn.
    pub fn duplicate_judgement(&self, id: Uuid) -> Result<Option<DuplicateJudgement>, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM duplicate_judgement WHERE id = ?");
        self.row(&sql, &[id.as_bytes()], judgement)
    }
}

fn judgement(row: &Row<'_>) -> rusqlite::Result<DuplicateJudgement> {
    let pair = |row: &Row<'_>| -> rusqlite::Result<(Digest, Digest)> {
        Ok((Digest(row.get(3)?), Digest(row.get(4)?)))
    };
    let kind: String = row.get(2)?;
    let act = match kind.as_str() {
        "not_duplicate" => {
            let (a, b) = pair(row)?;
            DuplicateAct::NotDuplicate { a, b }
        }
        "kept" => {
            let (sample, over) = pair(row)?;
            DuplicateAct::Kept { sample, over }
        }
        _ => DuplicateAct::KeepPolicy(crate::questions::word(row, 5, KeepPolicy::parse)?),
    };
    Ok(DuplicateJudgement {
        id: Uuid::from_bytes(row.get(0)?),
        seq: row.get(1)?,
        act,
        actor: row.get(6)?,
        reason: row.get(7)?,
        withdrawn: row.get(8)?,
    })
}
