//! Whose is a key, and which are in use?

use assay_model::Fault;
use assay_seal::PublicKey;
use rusqlite::Row;

use crate::Ledger;

/// A key that a person claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRecord {
    pub public: PublicKey,
    pub person: String,
    /// The entry that added it.
    pub seq: u64,
    /// The entry from which on it counts no more.
    pub revoked: Option<u64>,
    /// Whether somebody else may have had it.
    pub compromised: bool,
}

impl Ledger {
    /// Every key that was ever added, in that order.
    pub fn keys(&self) -> Result<Vec<KeyRecord>, Fault> {
        if !crate::rebuild::is_there(&self.connection, "person_key")? {
            return Ok(Vec::new());
        }
        let sql = "SELECT public, person, seq, revoked, compromised FROM person_key ORDER BY seq";
        self.rows(sql, &[], record)
    }

    /// The person's key that was added last and is in use.
    pub fn key_of(&self, person: &str) -> Result<Option<KeyRecord>, Fault> {
        let mut keys = self.keys()?.into_iter();
        Ok(keys.rfind(|key| key.person == person && key.revoked.is_none()))
    }
}

fn record(row: &Row<'_>) -> rusqlite::Result<KeyRecord> {
    let written: String = row.get(0)?;
    let public = written.parse::<PublicKey>().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(KeyRecord {
        public,
        person: row.get(1)?,
        seq: row.get(2)?,
        revoked: row.get(3)?,
        compromised: row.get(4)?,
    })
}
