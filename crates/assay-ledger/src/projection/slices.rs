//! Which names stand for which slices?

use rusqlite::{Connection, params};

use super::{Applied, exists, role_of, rule, write};
use crate::{Entry, Role, SliceTerms};

/// Names a slice, or changes what stands under its name.
pub(super) fn define(tables: &Connection, entry: &Entry, slice: &SliceTerms) -> Applied {
    keeper(tables, entry)?;
    rule(!slice.name.trim().is_empty(), || {
        "a slice needs a name".to_owned()
    })?;
    write(
        tables,
        "INSERT OR REPLACE INTO slice (name, filter, tier, blurred, seq) VALUES (?, ?, ?, ?, ?)",
        params![
            slice.name,
            slice.filter,
            slice.tier.as_str(),
            slice.blurred,
            entry.seq
        ],
    )
}

/// The name stands for nothing from now on.
pub(super) fn remove(tables: &Connection, entry: &Entry, name: &str, reason: &str) -> Applied {
    keeper(tables, entry)?;
    rule(!reason.trim().is_empty(), || {
        "removing a slice needs a reason".to_owned()
    })?;
    let known = exists(tables, "SELECT 1 FROM slice WHERE name = ?", params![name])?;
    rule(known, || format!("there is no slice `{name}`"))?;
    write(tables, "DELETE FROM slice WHERE name = ?", params![name])
}

fn keeper(tables: &Connection, entry: &Entry) -> Applied {
    let role = role_of(tables, &entry.actor)?;
    rule(role.is_some_and(Role::may_promote), || {
        format!(
            "`{}` is no curator and no lead; only they may name slices",
            entry.actor
        )
    })
}
