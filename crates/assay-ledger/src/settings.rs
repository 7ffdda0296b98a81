//! Under which settings of SQLite is a ledger trustworthy, and do they hold?

use assay_model::Fault;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::Value;

use crate::Access;
use crate::faults::Doing;

/// An earlier race in WAL could corrupt the database.
const OLDEST_SQLITE: i32 = 3_051_003;

/// Settings and what reading them back must answer. WAL is set apart: it belongs to the file.
const SETTINGS: &[(&str, &str, &str)] = &[
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    ("recursive_triggers", "ON", "1"),
    ("mmap_size", "0", "0"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    #[cfg(target_os = "macos")]
    ("fullfsync", "ON", "1"),
    #[cfg(target_os = "macos")]
    ("checkpoint_fullfsync", "ON", "1"),
];

/// What may still be asked by pragma once the authorizer stands.
const READABLE_PRAGMAS: &[&str] = &[
    "application_id",
    "cell_size_check",
    "checkpoint_fullfsync",
    "foreign_key_check",
    "foreign_keys",
    "fullfsync",
    "integrity_check",
    "journal_mode",
    "mmap_size",
    "query_only",
    "recursive_triggers",
    "synchronous",
    "trusted_schema",
    "user_version",
];

/// The one setting that the file keeps and that whoever else opened it may have changed.
const JOURNAL_MODE: &str = "journal_mode";

/// Sets everything, reads everything back.
pub(crate) fn apply(connection: &Connection, access: Access) -> Result<(), Fault> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(Fault::internal(
            "opening the ledger",
            format!("SQLite {} is too old", rusqlite::version()),
        ));
    }
    let doing = "setting up the ledger's connection";
    connection
        .busy_timeout(std::time::Duration::from_secs(5))
        .doing(doing)?;
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
        .doing(doing)?;
    if access == Access::Write {
        connection
            .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
            .doing(doing)?;
    } else {
        connection.pragma_update(None, "query_only", "ON").doing(doing)?;
    }
    for (name, value, _) in SETTINGS {
        connection
            .execute_batch(&format!("PRAGMA {name} = {value}"))
            .doing(doing)?;
    }
    // A reader takes the file as it is; the next owner brings the journal mode back.
    let matters = |words: &&String| access == Access::Write || !words.starts_with(JOURNAL_MODE);
    match broken(connection)?.iter().find(matters) {
        None => Ok(()),
        Some(broken) => Err(Fault::internal("setting up the ledger's connection", broken)),
    }
}

/// The settings that do not hold, in words; empty when all do.
pub(crate) fn broken(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut broken = Vec::new();
    let expected = SETTINGS
        .iter()
        .map(|(name, _, value)| (*name, *value))
        .chain([(JOURNAL_MODE, "wal")]);
    for (name, expected) in expected {
        let found = connection
            .pragma_query_value(None, name, |row| row.get::<_, Value>(0))
            .doing(format!("reading the setting {name}"))?;
        let found = match found {
            Value::Integer(number) => number.to_string(),
            Value::Text(text) => text,
            other => format!("{other:?}"),
        };
        if found != expected {
            broken.push(format!("{name} is {found}, expected {expected}"));
        }
    }
    let defensive = connection
        .db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE)
        .doing("reading the defensive flag")?;
    if !defensive {
        broken.push("the defensive flag is off".to_owned());
    }
    Ok(broken)
}

/// From here on the schema, the settings and recorded entries are out of reach of this connection.
pub(crate) fn seal(connection: &mut Connection) -> Result<(), Fault> {
    connection
        .authorizer(Some(authorize))
        .doing("guarding the ledger's connection")
}

fn authorize(context: AuthContext<'_>) -> Authorization {
    let allowed = match context.action {
        AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Function { .. }
        | AuthAction::Recursive
        | AuthAction::Transaction { .. }
        | AuthAction::Savepoint { .. } => true,
        AuthAction::Insert { table_name } => !is_schema(table_name),
        AuthAction::Update { table_name, .. } | AuthAction::Delete { table_name } => {
            table_name != "entry" && !is_schema(table_name)
        }
        AuthAction::Pragma {
            pragma_name,
            pragma_value,
        } => pragma_value.is_none() && READABLE_PRAGMAS.contains(&pragma_name),
        _ => false,
    };
    if allowed {
        Authorization::Allow
    } else {
        Authorization::Deny
    }
}

fn is_schema(table: &str) -> bool {
    table.starts_with("sqlite_")
}
