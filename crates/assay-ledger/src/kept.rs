//! Which texts must not depend on a drive that may be gone tomorrow?
//!
//! Samples of frozen queues and of gold are copied here, outside the log, and checked against
//! their digest whenever they are read.

use assay_model::{Digest, Fault, Part, canonical};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Ledger;
use crate::faults::{self, Doing};
use crate::journal::Frame;

/// A sample's text with the facts that were known when it was kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptSample {
    pub digest: Digest,
    pub parts: Vec<Part>,
    /// Where it came from, dimensions and the like: the caller's own shape.
    pub facts: Value,
}

/// A sample's identity: SHA-256 over the canonical JSON of its parts' roles and texts.
pub fn digest_of_parts(parts: &[Part]) -> Digest {
    let parts: Value = parts
        .iter()
        .map(|part| json!({"role": part.role, "text": part.text}))
        .collect();
    let text = canonical::to_string(&parts).expect("texts always have a canonical form");
    Digest::of(text.as_bytes())
}

/// Writes those that are not kept yet, and returns them.
pub(crate) fn store(connection: &Connection, samples: &[KeptSample]) -> Result<Vec<KeptSample>, Fault> {
    let doing = "keeping samples";
    let mut added = Vec::new();
    for sample in samples {
        if digest_of_parts(&sample.parts) != sample.digest {
            return Err(Fault::internal(
                doing,
                format!("the text is not that of sample {}", sample.digest.short()),
            ));
        }
        let parts = serde_json::to_string(&sample.parts).map_err(|error| Fault::internal(doing, error))?;
        let rows = connection
            .prepare_cached("INSERT OR IGNORE INTO kept_sample (digest, parts, facts) VALUES (?, ?, ?)")
            .and_then(|mut insert| insert.execute(params![sample.digest.0, parts, sample.facts.to_string()]))
            .doing(doing)?;
        if rows == 1 {
            added.push(sample.clone());
        }
    }
    Ok(added)
}

impl Ledger {
    /// Copies samples into the workspace, all or none. One that is kept already stays as it is.
    pub fn keep_samples(&mut self, samples: &[KeptSample]) -> Result<(), Fault> {
        self.save(|transaction| {
            let added = store(transaction, samples)?;
            Ok(((), (!added.is_empty()).then_some(Frame::Samples(added))))
        })
    }

    /// A kept sample, its text checked against the digest.
    pub fn kept_sample(&self, digest: &Digest) -> Result<Option<KeptSample>, Fault> {
        let found: Option<(String, String)> = self
            .connection
            .prepare_cached("SELECT parts, facts FROM kept_sample WHERE digest = ?")
            .and_then(|mut select| {
                select
                    .query_row([digest.0], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })
            .doing("reading a kept sample")?;
        let Some((parts, facts)) = found else {
            return Ok(None);
        };
        let unreadable = |error| faults::damaged(format!("kept sample {}: {error}", digest.short()));
        let parts: Vec<Part> = serde_json::from_str(&parts).map_err(unreadable)?;
        let facts = serde_json::from_str(&facts).map_err(unreadable)?;
        if digest_of_parts(&parts) != *digest {
            return Err(faults::damaged(format!(
                "the text of kept sample {digest} is not the one that was kept"
            )));
        }
        Ok(Some(KeptSample {
            digest: *digest,
            parts,
            facts,
        }))
    }

    /// Of these samples, the ones that are not kept yet, in the given order.
    pub fn not_kept(&self, samples: &[Digest]) -> Result<Vec<Digest>, Fault> {
        let doing = "looking for kept samples";
        let mut select = self
            .connection
            .prepare_cached("SELECT 1 FROM kept_sample WHERE digest = ?")
            .doing(doing)?;
        let mut missing = Vec::new();
        for sample in samples {
            if !select.exists([sample.0]).doing(doing)? {
                missing.push(*sample);
            }
        }
        Ok(missing)
    }
}
