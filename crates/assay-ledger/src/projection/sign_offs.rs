//! What follows when a card is signed, signed by another, or its sign-off is withdrawn?

use assay_seal::PublicKey;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Applied, Breach, keys, role_of, rule, write};
use crate::event::SignOffTerms;
use crate::{Entry, Role};

/// Two leads may have to agree, hardly more than nine.
const MOST_SIGNERS: u64 = 9;

/// A new sign-off names the one of its dataset that it takes the place of.
pub(super) fn sign(tables: &Connection, entry: &Entry, terms: &SignOffTerms, key: &PublicKey) -> Applied {
    may_sign(tables, entry, key)?;
    let named = [&terms.dataset, &terms.meaning];
    rule(named.iter().all(|word| !word.trim().is_empty()), || {
        "a sign-off names its dataset and says what it means".to_owned()
    })?;
    rule((1..=MOST_SIGNERS).contains(&terms.signers), || {
        format!("a sign-off has from one to {MOST_SIGNERS} signers")
    })?;
    let before = standing(tables, &terms.dataset)?;
    rule(before == terms.supersedes.map(Uuid::into_bytes), || {
        format!(
            "a sign-off of `{}` stands that this one does not take the place of, or none stands",
            terms.dataset
        )
    })?;
    if let Some(before) = before {
        write(
            tables,
            "UPDATE sign_off SET superseded = ? WHERE id = ?",
            params![entry.seq, before],
        )?;
    }
    write(
        tables,
        "INSERT INTO sign_off (seq, id, dataset, snapshot, root, statement, signers, supersedes)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            entry.seq,
            entry.id.as_bytes(),
            terms.dataset,
            terms.snapshot,
            terms.root.0,
            terms.statement.0,
            terms.signers,
            before
        ],
    )?;
    add_signer(tables, entry, entry.id, key)
}

/// Each lead signs once, and only what stands.
pub(super) fn join(tables: &Connection, entry: &Entry, sign_off: Uuid, key: &PublicKey) -> Applied {
    may_sign(tables, entry, key)?;
    stands(tables, sign_off)?;
    let signed = super::exists(
        tables,
        "SELECT 1 FROM signer WHERE sign_off = ? AND person = ?",
        params![sign_off.as_bytes(), entry.actor],
    )?;
    rule(!signed, || format!("`{}` has signed this already", entry.actor))?;
    add_signer(tables, entry, sign_off, key)
}

pub(super) fn withdraw(tables: &Connection, entry: &Entry, sign_off: Uuid, reason: &str) -> Applied {
    is_lead(tables, &entry.actor)?;
    rule(!reason.trim().is_empty(), || {
        "withdrawing a sign-off needs a reason".to_owned()
    })?;
    stands(tables, sign_off)?;
    write(
        tables,
        "UPDATE sign_off SET withdrawn = ? WHERE id = ?",
        params![entry.seq, sign_off.as_bytes()],
    )
}

fn may_sign(tables: &Connection, entry: &Entry, key: &PublicKey) -> Applied {
    is_lead(tables, &entry.actor)?;
    let owner = keys::owner(tables, key)?;
    rule(owner.as_deref() == Some(&entry.actor), || {
        format!("the key {} is not in use by `{}`", key.name(), entry.actor)
    })
}

fn is_lead(tables: &Connection, name: &str) -> Applied {
    rule(role_of(tables, name)? == Some(Role::Lead), || {
        format!("`{name}` is no lead; only leads sign cards and withdraw sign-offs")
    })
}

fn stands(tables: &Connection, sign_off: Uuid) -> Applied {
    let sql = "SELECT 1 FROM sign_off WHERE id = ? AND superseded IS NULL AND withdrawn IS NULL";
    rule(super::exists(tables, sql, params![sign_off.as_bytes()])?, || {
        "no such sign-off stands".to_owned()
    })
}

fn standing(tables: &Connection, dataset: &str) -> Result<Option<[u8; 16]>, Breach> {
    let sql = "SELECT id FROM sign_off WHERE dataset = ? AND superseded IS NULL AND withdrawn IS NULL";
    let found = tables
        .prepare_cached(sql)?
        .query_row([dataset], |row| row.get(0))
        .optional()?;
    Ok(found)
}

fn add_signer(tables: &Connection, entry: &Entry, sign_off: Uuid, key: &PublicKey) -> Applied {
    write(
        tables,
        "INSERT INTO signer (sign_off, person, public, seq) VALUES (?, ?, ?, ?)",
        params![sign_off.as_bytes(), entry.actor, key.to_string(), entry.seq],
    )
}
