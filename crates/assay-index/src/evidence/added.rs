//! Bringing evidence after indexing, and taking it back.

use std::path::PathBuf;

use assay_model::{Digest, Evidence, Fault};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use super::stored::{ALL_PARTS, EvidenceTable, WRITTEN_PARTS};
use crate::database::Index;
use crate::fault;
use crate::snapshots::Snapshot;

/// What kind of act brought evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdditionKind {
    /// A reviewer's decision.
    Judgement,
    /// A dataset marked as a model's output.
    KnownSynthetic,
    /// A file of evidence.
    File,
}

impl AdditionKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Judgement => "judgement",
            Self::KnownSynthetic => "known_synthetic",
            Self::File => "file",
        }
    }
}

/// An act that brought evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    pub kind: AdditionKind,
    /// What names it for good: the ledger entry's id, the file's digest.
    pub key: String,
    /// For people.
    pub name: String,
    /// Empty where nobody was named.
    pub actor: String,
    /// RFC 3339.
    pub at: String,
    /// Of the ledger.
    pub entry: Option<u64>,
}

/// Which parts a piece of added evidence speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    All,
    /// Those that a model can have written: not the prompt.
    Written,
    Part(u32),
}

/// A piece of evidence for every sample with this digest. The evidence's own `part` is not read.
#[derive(Clone, Debug)]
pub struct AddedRow {
    pub digest: Digest,
    pub spoken: Spoken,
    pub evidence: Evidence,
}

/// Adds and withdraws evidence in one transaction; `finish` recomputes origins and commits.
pub struct EvidenceWriter<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) folder: PathBuf,
    evidence: EvidenceTable,
}

impl Index {
    /// Starts to change the evidence. Dropped without `finish`, nothing has changed.
    pub fn change_evidence(&mut self) -> Result<EvidenceWriter<'_>, Fault> {
        let folder = self.folder.clone();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fault::sql("starting to change the evidence"))?;
        Ok(EvidenceWriter {
            transaction,
            folder,
            evidence: EvidenceTable::default(),
        })
    }

    /// Acts of one kind that stand, in the order they came.
    pub fn additions(&self, kind: AdditionKind) -> Result<Vec<Addition>, Fault> {
        let failed = fault::sql("listing added evidence");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT key, name, actor, at, entry FROM addition WHERE kind = ?1 AND withdrawn_at IS NULL ORDER BY id",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([kind.as_str()], |row| {
                Ok(Addition {
                    kind,
                    key: row.get(0)?,
                    name: row.get(1)?,
                    actor: row.get(2)?,
                    at: row.get(3)?,
                    entry: row.get::<_, Option<i64>>(4)?.map(|entry| entry as u64),
                })
            })
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// The samples that a file of evidence speaks of, by the file's digest (`sha256:…`): of every snapshot, and none once it was
    /// withdrawn and origins were recomputed.
    pub(crate) fn spoken_of(&self, file: &str) -> Result<Vec<u64>, Fault> {
        let failed = fault::sql("finding what a file of evidence speaks of");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT s.id FROM addition a JOIN added_evidence e ON e.addition = a.id
                 JOIN sample s ON s.digest = e.digest WHERE a.kind = ?1 AND a.key = ?2",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([AdditionKind::File.as_str(), file], |row| {
                row.get::<_, i64>(0).map(|id| id as u64)
            })
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Whether the samples of `data` were looked for among those of `reference` for this act.
    pub fn is_compared(
        &self,
        kind: AdditionKind,
        key: &str,
        reference: &Snapshot,
        data: &Snapshot,
    ) -> Result<bool, Fault> {
        self.connection
            .prepare_cached(
                "SELECT 1 FROM addition a JOIN compared c ON c.addition = a.id
                 WHERE a.kind = ?1 AND a.key = ?2 AND c.reference = ?3 AND c.data = ?4",
            )
            .and_then(|mut statement| statement.exists(params![kind.as_str(), key, reference.id, data.id]))
            .map_err(fault::sql("looking for an earlier comparison"))
    }
}

impl EvidenceWriter<'_> {
    /// Records an act, or finds it again; returns the number under which its evidence is added.
    pub fn addition(&self, addition: &Addition) -> Result<i64, Fault> {
        let failed = fault::sql("recording where evidence comes from");
        let known: Option<(i64, bool)> = self
            .transaction
            .prepare_cached("SELECT id, withdrawn_at IS NULL FROM addition WHERE kind = ?1 AND key = ?2")
            .and_then(|mut statement| {
                let of_key = params![addition.kind.as_str(), addition.key];
                statement
                    .query_row(of_key, |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })
            .map_err(&failed)?;
        match known {
            Some((id, true)) => return Ok(id),
            // A decision that was undone and then redone.
            Some((id, false)) => {
                self.transaction
                    .execute(
                        "UPDATE addition SET withdrawn_by = NULL, withdrawn_at = NULL, withdrawn_entry = NULL WHERE id = ?1",
                        [id],
                    )
                    .map_err(&failed)?;
                return Ok(id);
            }
            None => {}
        }
        self.transaction
            .execute(
                "INSERT INTO addition (kind, key, name, actor, at, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    addition.kind.as_str(),
                    addition.key,
                    addition.name,
                    addition.actor,
                    addition.at,
                    addition.entry.map(|entry| entry as i64)
                ],
            )
            .map_err(&failed)?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Adds one piece of evidence under an act; one that is there already changes nothing. True where it is new.
    pub fn add(&mut self, addition: i64, row: &AddedRow) -> Result<bool, Fault> {
        let part = match row.spoken {
            Spoken::All => ALL_PARTS,
            Spoken::Written => WRITTEN_PARTS,
            Spoken::Part(part) => i64::from(part),
        };
        let record = row
            .evidence
            .record
            .as_ref()
            .map(|record| serde_json::to_string(record).expect("a record holds texts only"));
        let mut insert = || -> rusqlite::Result<usize> {
            let evidence = self.evidence.id(&self.transaction, &row.evidence)?;
            self.transaction
                .prepare_cached("INSERT OR IGNORE INTO added_evidence VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![row.digest.0, part, evidence, addition, record])
        };
        insert()
            .map(|added| added > 0)
            .map_err(fault::sql("adding evidence"))
    }

    /// Remembers that two snapshots were compared for an act.
    pub fn compared(&self, addition: i64, reference: &Snapshot, data: &Snapshot) -> Result<(), Fault> {
        self.transaction
            .execute(
                "INSERT OR IGNORE INTO compared VALUES (?1, ?2, ?3)",
                params![addition, reference.id, data.id],
            )
            .map(|_| ())
            .map_err(fault::sql("remembering a comparison"))
    }

    /// Takes back what an act brought. The act itself stays, with who took it back and when.
    pub fn withdraw(
        &self,
        kind: AdditionKind,
        key: &str,
        by: &str,
        at: &str,
        entry: Option<u64>,
    ) -> Result<(), Fault> {
        let delete = || -> rusqlite::Result<()> {
            for table in ["added_evidence", "compared"] {
                let statement = format!(
                    "DELETE FROM {table} WHERE addition IN (SELECT id FROM addition WHERE kind = ?1 AND key = ?2)"
                );
                self.transaction
                    .execute(&statement, params![kind.as_str(), key])?;
            }
            self.transaction.execute(
                "UPDATE addition SET withdrawn_by = ?3, withdrawn_at = ?4, withdrawn_entry = ?5
                 WHERE kind = ?1 AND key = ?2",
                params![kind.as_str(), key, by, at, entry.map(|entry| entry as i64)],
            )?;
            Ok(())
        };
        delete().map_err(fault::sql("withdrawing evidence"))
    }
}
