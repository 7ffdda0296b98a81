//! Which cards were signed, by whom, and what exactly was signed?

use assay_model::{Digest, Fault};
use assay_seal::PublicKey;
use base64::{Engine, prelude::BASE64_STANDARD};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::Ledger;
use crate::faults::Doing;
use crate::journal::{Frame, FramedFile};

/// The name under which a sign-off's envelope is kept and exported.
pub const ENVELOPE_FILE: &str = "envelope.json";

/// A sign-off, standing or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    pub seq: u64,
    pub id: Uuid,
    pub dataset: String,
    pub snapshot: u64,
    pub root: Digest,
    /// SHA-256 over what was signed.
    pub statement: Digest,
    /// Different leads who must sign it before it counts.
    pub signers: u64,
    pub supersedes: Option<Uuid>,
    /// The entry that took its place.
    pub superseded: Option<u64>,
    /// The entry that withdrew it.
    pub withdrawn: Option<u64>,
    /// Who signed, in that order.
    pub signed: Vec<Signer>,
}

/// A signature under a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    pub person: String,
    pub key: PublicKey,
    /// The entry.
    pub seq: u64,
}

impl SignOff {
    /// Neither superseded nor withdrawn.
    pub fn stands(&self) -> bool {
        self.superseded.is_none() && self.withdrawn.is_none()
    }

    /// Leads who must sign it yet.
    pub fn missing(&self) -> u64 {
        self.signers.saturating_sub(self.signed.len() as u64)
    }

    /// Enough leads have signed it.
    pub fn is_complete(&self) -> bool {
        self.signed.len() as u64 >= self.signers
    }
}

impl Ledger {
    /// Every sign-off, earliest first.
    pub fn sign_offs(&self) -> Result<Vec<SignOff>, Fault> {
        if !crate::rebuild::is_there(&self.connection, "sign_off")? {
            return Ok(Vec::new());
        }
        let sql =
            "SELECT seq, id, dataset, snapshot, root, statement, signers, supersedes, superseded, withdrawn
                   FROM sign_off ORDER BY seq";
        let mut all = self.rows(sql, &[], sign_off)?;
        for one in &mut all {
            let sql = "SELECT person, public, seq FROM signer WHERE sign_off = ? ORDER BY seq";
            one.signed = self.rows(sql, &[&one.id.as_bytes()], signer)?;
        }
        Ok(all)
    }

    /// Keeps what a sign-off was about. A name that is kept already is replaced: an envelope gains signatures.
    pub fn keep_signed(&mut self, sign_off: Uuid, files: &[(String, Vec<u8>)]) -> Result<(), Fault> {
        self.save(|transaction| {
            let changed = store(transaction, sign_off, files)?;
            let files: Vec<FramedFile> = changed.iter().map(framed).collect();
            Ok((
                (),
                (!files.is_empty()).then_some(Frame::Signed { sign_off, files }),
            ))
        })
    }

    /// A file of a sign-off, as it was kept.
    pub fn signed_file(&self, sign_off: Uuid, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.connection
            .prepare_cached("SELECT bytes FROM signed_file WHERE sign_off = ? AND name = ?")
            .and_then(|mut select| {
                select
                    .query_row(params![sign_off.as_bytes(), name], |row| row.get(0))
                    .optional()
            })
            .doing("reading what was signed")
    }
}

/// Writes the files that are not kept as they are here, and returns them.
pub(crate) fn store(
    connection: &Connection,
    sign_off: Uuid,
    files: &[(String, Vec<u8>)],
) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let doing = "keeping what was signed";
    let mut changed = Vec::new();
    for (name, bytes) in files {
        let same = connection
            .prepare_cached("SELECT 1 FROM signed_file WHERE sign_off = ? AND name = ? AND bytes = ?")
            .and_then(|mut select| select.exists(params![sign_off.as_bytes(), name, bytes]))
            .doing(doing)?;
        if !same {
            connection
                .prepare_cached("INSERT OR REPLACE INTO signed_file (sign_off, name, bytes) VALUES (?, ?, ?)")
                .and_then(|mut insert| insert.execute(params![sign_off.as_bytes(), name, bytes]))
                .doing(doing)?;
            changed.push((name.clone(), bytes.clone()));
        }
    }
    Ok(changed)
}

fn framed((name, bytes): &(String, Vec<u8>)) -> FramedFile {
    FramedFile {
        name: name.clone(),
        base64: BASE64_STANDARD.encode(bytes),
    }
}

fn sign_off(row: &Row<'_>) -> rusqlite::Result<SignOff> {
    Ok(SignOff {
        seq: row.get(0)?,
        id: Uuid::from_bytes(row.get(1)?),
        dataset: row.get(2)?,
        snapshot: row.get(3)?,
        root: Digest(row.get(4)?),
        statement: Digest(row.get(5)?),
        signers: row.get(6)?,
        supersedes: row.get::<_, Option<[u8; 16]>>(7)?.map(Uuid::from_bytes),
        superseded: row.get(8)?,
        withdrawn: row.get(9)?,
        signed: Vec::new(),
    })
}

fn signer(row: &Row<'_>) -> rusqlite::Result<Signer> {
    let written: String = row.get(1)?;
    let key = written.parse::<PublicKey>().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(Signer {
        person: row.get(0)?,
        key,
        seq: row.get(2)?,
    })
}
