//! Which tables, guards and indexes does `ledger.db` hold, and is this one of ours?

use std::collections::BTreeSet;

use assay_model::{Code, Fault};
use rusqlite::Connection;

use crate::faults::{self, Doing};

/// Marks the file as an Assay ledger in its header.
pub(crate) const APPLICATION_ID: i64 = 0x4153_4c47;

/// Numbered migrations; `user_version` counts those applied. Shipped ones never change.
const MIGRATIONS: [&str; 10] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
    include_str!("schema/7.sql"),
    include_str!("schema/8.sql"),
    include_str!("schema/9.sql"),
    include_str!("schema/10.sql"),
];

/// The version this Assay writes.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Brings an empty or older ledger to this version, in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    let current = version(connection)?;
    if current == VERSION {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .doing("starting the migration of the ledger")?;
    for (number, sql) in (1_i64..).zip(MIGRATIONS).filter(|(number, _)| *number > current) {
        transaction
            .execute_batch(sql)
            .doing(format!("migrating the ledger to version {number}"))?;
    }
    transaction
        .pragma_update(None, "application_id", APPLICATION_ID)
        .doing("marking the ledger")?;
    transaction
        .pragma_update(None, "user_version", VERSION)
        .doing("numbering the ledger")?;
    transaction
        .commit()
        .doing("finishing the migration of the ledger")
}

pub(crate) fn version(connection: &Connection) -> Result<i64, Fault> {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .doing("reading the ledger's version")
}

/// Refuses a newer ledger, and one that holds other tables, triggers, views or indexes than ours.
pub(crate) fn check(connection: &Connection) -> Result<(), Fault> {
    let found = version(connection)?;
    if found > VERSION {
        return Err(Fault::new(
            Code::WorkspaceNewer,
            format!("the ledger has version {found}; this Assay knows versions up to {VERSION}"),
            "open it with the newer Assay; nothing was changed",
        ));
    }
    let mark: i64 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .doing("reading the ledger's mark")?;
    if found < 1 || mark != APPLICATION_ID {
        return Err(faults::damaged("the file ledger.db is not an Assay ledger"));
    }
    match first_difference(&objects(connection)?, &expected(found)?) {
        None => Ok(()),
        Some(difference) => Err(faults::damaged(format!(
            "the ledger's schema is not as Assay made it: {difference}"
        ))),
    }
}

type Objects = BTreeSet<(String, String, String)>;

fn first_difference(found: &Objects, expected: &Objects) -> Option<String> {
    let name = |(kind, name, _): &(String, String, String)| format!("{kind} `{name}`");
    let strange = found
        .difference(expected)
        .next()
        .map(|object| format!("{} is not ours", name(object)));
    strange.or_else(|| {
        expected
            .difference(found)
            .next()
            .map(|object| format!("{} is missing or changed", name(object)))
    })
}

fn objects(connection: &Connection) -> Result<Objects, Fault> {
    let mut statement = connection
        .prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
        .doing("reading the ledger's schema")?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .doing("reading the ledger's schema")?;
    rows.collect::<rusqlite::Result<_>>()
        .doing("reading the ledger's schema")
}

/// What a ledger of that version holds, found by making an empty one in memory.
fn expected(version: i64) -> Result<Objects, Fault> {
    let connection = Connection::open_in_memory().doing("opening memory")?;
    for (_, sql) in (1_i64..)
        .zip(MIGRATIONS)
        .take_while(|(number, _)| *number <= version)
    {
        connection
            .execute_batch(sql)
            .doing("making the expected schema")?;
    }
    objects(&connection)
}
