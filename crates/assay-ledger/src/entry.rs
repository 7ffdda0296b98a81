//! What does one entry hold, and which bytes are hashed?

use assay_model::{Code, Digest, Fault, canonical, merkle};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Event, FeedPlace};

/// The longest body, in bytes of canonical JSON.
pub const MAX_BODY_BYTES: usize = 64 << 10;

/// An act that is to be recorded.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Made by the client: UUIDv7, or UUIDv8 where the id is derived from content. A retry repeats it.
    pub id: Uuid,
    pub at: Timestamp,
    pub actor: String,
    pub event: Event,
    /// Free words beside the log; the body holds only a salted digest of them.
    pub note: Option<String>,
    /// For what came with a pack: the salt that its note has there. A fresh one otherwise.
    pub salt: Option<[u8; 16]>,
    /// For what came with a pack: its place there.
    pub feed: Option<FeedPlace>,
    /// For `QueueCreated` and `BulkActed`: the list whose hash the terms state, for the latter in byte order. Empty otherwise.
    pub items: Vec<Digest>,
}

impl Draft {
    /// A draft without note or list.
    pub fn new(id: Uuid, at: Timestamp, actor: impl Into<String>, event: Event) -> Self {
        Self {
            id,
            at,
            actor: actor.into(),
            event,
            note: None,
            salt: None,
            feed: None,
            items: Vec::new(),
        }
    }
}

/// A recorded act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Dense, from 0.
    pub seq: u64,
    pub id: Uuid,
    /// RFC 3339, UTC, to the millisecond. The order of entries is `seq`, not this.
    pub at: String,
    pub actor: String,
    pub event: Event,
    /// Where it stood in the feed that it came with; none where it was made here.
    pub feed: Option<FeedPlace>,
    /// Salted digest of the note, where there is one.
    pub note: Option<Digest>,
    /// Leaf of the entry before; none for the first.
    pub previous: Option<Digest>,
    /// RFC 6962 leaf hash of `body`.
    pub leaf: Digest,
    /// RFC 8785 canonical JSON.
    pub body: String,
}

/// The body's fields; canonical JSON orders them.
#[derive(Serialize, Deserialize)]
struct Body {
    actor: String,
    at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    feed: Option<FeedPlace>,
    id: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Digest>,
    previous: Option<Digest>,
    #[serde(flatten)]
    event: Event,
}

/// The time as bodies write it.
pub(crate) fn written_time(at: Timestamp) -> String {
    format!("{at:.3}")
}

impl Entry {
    /// Seals a draft as entry number `seq` after the leaf `previous`.
    pub(crate) fn seal(
        draft: &Draft,
        seq: u64,
        note: Option<Digest>,
        previous: Option<Digest>,
    ) -> Result<Self, Fault> {
        let at = written_time(draft.at);
        let body = Body {
            actor: draft.actor.clone(),
            at: at.clone(),
            feed: draft.feed,
            id: draft.id,
            note,
            previous,
            event: draft.event.clone(),
        };
        let body =
            canonical_body(&body).map_err(|why| Fault::new(Code::Usage, why, "shorten it and try again"))?;
        Ok(Self {
            seq,
            id: draft.id,
            at,
            actor: draft.actor.clone(),
            event: draft.event.clone(),
            feed: draft.feed,
            note,
            previous,
            leaf: merkle::leaf(body.as_bytes()),
            body,
        })
    }

    /// Reads a stored body strictly: known fields only, canonical form, within the limit.
    pub(crate) fn parse(seq: u64, body: String) -> Result<Self, String> {
        let fields: Body =
            serde_json::from_str(&body).map_err(|error| format!("the body is not an entry: {error}"))?;
        if canonical_body(&fields)? != body {
            return Err("the body is not in canonical form, or holds unknown fields".to_owned());
        }
        match fields.at.parse::<Timestamp>() {
            Ok(at) if written_time(at) == fields.at => {}
            _ => return Err(format!("`{}` is not a time as Assay writes it", fields.at)),
        }
        Ok(Self {
            seq,
            id: fields.id,
            at: fields.at,
            actor: fields.actor,
            event: fields.event,
            feed: fields.feed,
            note: fields.note,
            previous: fields.previous,
            leaf: merkle::leaf(body.as_bytes()),
            body,
        })
    }
}

fn canonical_body(body: &Body) -> Result<String, String> {
    let value = serde_json::to_value(body).map_err(|error| error.to_string())?;
    let text = canonical::to_string(&value).map_err(|error| error.to_string())?;
    if text.len() > MAX_BODY_BYTES {
        return Err(format!(
            "the entry is {} bytes long; the limit is {MAX_BODY_BYTES}",
            text.len()
        ));
    }
    Ok(text)
}
