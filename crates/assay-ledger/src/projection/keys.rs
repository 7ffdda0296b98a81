//! What follows when a key is claimed or given up?

use assay_seal::PublicKey;
use base64::{Engine, prelude::BASE64_STANDARD};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Applied, Breach, exists, known_human, role_of, rule, write};
use crate::event::key_claim;
use crate::{Entry, Role};

/// A person claims their own key, and the key says so too. One that it replaces must be theirs.
pub(super) fn add(
    tables: &Connection,
    entry: &Entry,
    person: &str,
    (public, proof): (&PublicKey, &str),
    replaces: Option<&PublicKey>,
) -> Applied {
    known_human(tables, person)?;
    rule(entry.actor == person, || {
        format!("`{}` cannot claim a key for `{person}`", entry.actor)
    })?;
    let signature = BASE64_STANDARD
        .decode(proof)
        .ok()
        .and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
    let claimed = signature
        .is_some_and(|signature| public.verifies(key_claim(entry.id, person, public).as_bytes(), &signature));
    rule(claimed, || {
        format!("the key {} does not sign its own claim", public.name())
    })?;
    let written = public.to_string();
    let known = exists(
        tables,
        "SELECT 1 FROM person_key WHERE public = ?",
        params![written],
    )?;
    rule(!known, || format!("the key {} is known already", public.name()))?;
    if let Some(old) = replaces {
        rule(owner(tables, old)?.as_deref() == Some(person), || {
            format!("the key {} is not `{person}`'s to replace", old.name())
        })?;
        end(tables, entry, old, false)?;
    }
    write(
        tables,
        "INSERT INTO person_key (public, person, seq) VALUES (?, ?, ?)",
        params![written, person, entry.seq],
    )
}

/// By its owner, or by a lead.
pub(super) fn revoke(
    tables: &Connection,
    entry: &Entry,
    public: &PublicKey,
    compromised: bool,
    reason: &str,
) -> Applied {
    rule(!reason.trim().is_empty(), || {
        "revoking a key needs a reason".to_owned()
    })?;
    let owner = owner(tables, public)?;
    rule(owner.is_some(), || {
        format!("no such key is in use: {}", public.name())
    })?;
    let is_own = owner.as_deref() == Some(&entry.actor);
    let is_lead = role_of(tables, &entry.actor)? == Some(Role::Lead);
    rule(is_own || is_lead, || {
        format!(
            "`{}` is no lead and does not own the key {}",
            entry.actor,
            public.name()
        )
    })?;
    end(tables, entry, public, compromised)
}

/// Whose key it is while it is in use.
pub(super) fn owner(tables: &Connection, public: &PublicKey) -> Result<Option<String>, Breach> {
    let sql = "SELECT person FROM person_key WHERE public = ? AND revoked IS NULL";
    let found = tables
        .prepare_cached(sql)?
        .query_row([public.to_string()], |row| row.get(0))
        .optional()?;
    Ok(found)
}

fn end(tables: &Connection, entry: &Entry, public: &PublicKey, compromised: bool) -> Applied {
    write(
        tables,
        "UPDATE person_key SET revoked = ?, compromised = ? WHERE public = ?",
        params![entry.seq, compromised, public.to_string()],
    )
}
