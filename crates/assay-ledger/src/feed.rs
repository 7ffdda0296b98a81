//! How do a reviewer's acts travel from one ledger to another, so that none can be left out, changed or moved unseen?
//!
//! The acts of one person on one pack form a feed of their own, chained by hash: each link covers the act and the link
//! before it. What is taken into another ledger keeps its id, time, act, note and link. Deliberately absent: signatures.

use assay_model::canonical::NotCanonical;
use assay_model::{Digest, canonical, merkle};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::Event;

/// Where an entry stands in the feed that it came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedPlace {
    pub pack: Uuid,
    /// From 0.
    pub place: u64,
    /// Hash over this act and all before it.
    pub chain: Digest,
}

/// One act as a feed covers it.
#[derive(Clone, Debug)]
pub struct FeedAct<'a> {
    pub id: Uuid,
    /// RFC 3339, UTC, to the millisecond.
    pub at: &'a str,
    pub actor: &'a str,
    pub event: &'a Event,
    /// Salted digest of the note.
    pub note: Option<Digest>,
}

/// The link after `previous` (none for the first): SHA-256(0x02 || previous or 32 zeros || RFC 6962 leaf of the act's
/// canonical JSON). The byte sets links apart from the leaves and nodes of trees. `Err` for an act with a number that is too
/// large to have a canonical form: no ledger records one, a file may hold it.
pub fn link(previous: Option<&Digest>, act: &FeedAct<'_>) -> Result<Digest, NotCanonical> {
    let body = json!({"act": act.event, "actor": act.actor, "at": act.at, "id": act.id, "note": act.note});
    let leaf = merkle::leaf(canonical::to_string(&body)?.as_bytes());
    Ok(Digest(
        Sha256::new()
            .chain_update([2])
            .chain_update(previous.map_or([0; 32], |previous| previous.0))
            .chain_update(leaf.0)
            .finalize()
            .into(),
    ))
}
