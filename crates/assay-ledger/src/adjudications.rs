//! Which disputes were settled, and do they stay so?
//!
//! An adjudication is in force while every decision that stands on its sample is one it settled, or says what it says. A
//! reviewer who answers otherwise afterwards opens the dispute again.

use std::collections::HashMap;

use assay_model::{Digest, Fault, Origin};
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::projection::HUMAN;
use crate::questions::word;
use crate::{Ledger, Verdict};

/// Why reviewers differed, as the adjudicator sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    AmbiguousText,
    GuidelineGap,
    Slip,
    EdgeCase,
    TrueDifference,
}

impl Cause {
    pub const ALL: [Self; 5] = [
        Self::AmbiguousText,
        Self::GuidelineGap,
        Self::Slip,
        Self::EdgeCase,
        Self::TrueDifference,
    ];

    /// The word used in entries and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AmbiguousText => "ambiguous_text",
            Self::GuidelineGap => "guideline_gap",
            Self::Slip => "slip",
            Self::EdgeCase => "edge_case",
            Self::TrueDifference => "true_difference",
        }
    }

    /// Reads the word that `as_str` writes.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == word)
    }
}

/// A dispute as it was settled; `Ledger::entry(seq)` holds the whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjudication {
    pub id: Uuid,
    pub seq: u64,
    pub queue: Uuid,
    pub sample: Digest,
    pub actor: String,
    pub verdict: Verdict,
    pub origin: Option<Origin>,
    pub cause: Cause,
}

pub(crate) const COLUMNS: &str = "id, seq, queue, sample, actor, verdict, origin, cause";

/// Holds for the row `settled` of `adjudication` that is in force.
pub(crate) const IN_FORCE: &str = "settled.seq = (SELECT max(seq) FROM adjudication WHERE sample = settled.sample)
    AND NOT EXISTS (
        SELECT 1 FROM decision AS latest
        WHERE latest.sample = settled.sample AND latest.state = 'standing' AND latest.verdict <> 'skip'
          AND latest.actor NOT IN (SELECT name FROM person WHERE role = 'machine')
          AND latest.seq = (SELECT max(seq) FROM decision WHERE sample = latest.sample AND actor = latest.actor
                                                            AND state = 'standing' AND verdict <> 'skip')
          AND latest.verdict <> settled.verdict
          AND latest.id NOT IN (SELECT decision FROM adjudication_settles WHERE adjudication = settled.id))";

impl Ledger {
    /// The adjudication of a sample that is in force.
    pub fn adjudication(&self, sample: &Digest) -> Result<Option<Adjudication>, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM adjudication AS settled WHERE sample = ? AND {IN_FORCE}");
        self.row(&sql, &[&sample.0], adjudication)
    }

    /// Every adjudication that is in force, by sample.
    pub fn adjudications(&self) -> Result<HashMap<Digest, Adjudication>, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM adjudication AS settled WHERE {IN_FORCE}");
        let rows = self.rows(&sql, &[], adjudication)?;
        Ok(rows.into_iter().map(|row| (row.sample, row)).collect())
    }

    /// The adjudicator's own answers to a sample, by the entries that hold them, latest first.
    pub fn adjudication_begun(&self, sample: &Digest, actor: &str) -> Result<Vec<Uuid>, Fault> {
        let sql = "SELECT id FROM adjudication_first WHERE sample = ? AND actor = ? ORDER BY seq DESC";
        self.rows(sql, &[&sample.0, &actor], |row| Ok(Uuid::from_bytes(row.get(0)?)))
    }

    /// Samples on which standing verdicts differ and no adjudication is in force, by digest.
    pub fn disputed(&self) -> Result<Vec<Digest>, Fault> {
        let sql = format!(
            "SELECT sample FROM (SELECT sample, verdict, max(seq) FROM decision
                                 WHERE state = 'standing' AND verdict <> 'skip' AND {HUMAN} GROUP BY sample, actor)
             GROUP BY sample HAVING count(DISTINCT verdict) > 1
             EXCEPT SELECT sample FROM adjudication AS settled WHERE {IN_FORCE} ORDER BY 1"
        );
        self.rows(&sql, &[], |row| Ok(Digest(row.get(0)?)))
    }
}

fn adjudication(row: &Row<'_>) -> rusqlite::Result<Adjudication> {
    let origin = match row.get_ref(6)? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(word(row, 6, Origin::parse)?),
    };
    Ok(Adjudication {
        id: Uuid::from_bytes(row.get(0)?),
        seq: row.get(1)?,
        queue: Uuid::from_bytes(row.get(2)?),
        sample: Digest(row.get(3)?),
        actor: row.get(4)?,
        verdict: word(row, 5, Verdict::parse)?,
        origin,
        cause: word(row, 7, Cause::parse)?,
    })
}
