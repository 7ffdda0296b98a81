//! What would an act do? A copy of the ledger in memory, in which acts can be tried and are forgotten.

use assay_model::Fault;
use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::Ledger;
use crate::faults::Doing;

/// Copies the whole database in one step.
const ALL_PAGES: i32 = -1;

impl Ledger {
    /// A copy that can be written, whoever owns the ledger itself. Nothing of what is done there reaches the disk.
    pub fn rehearsal(&self) -> Result<Self, Fault> {
        let doing = "copying the ledger for a rehearsal";
        let mut copy = Connection::open_in_memory().doing(doing)?;
        Backup::new(&self.connection, &mut copy)
            .and_then(|backup| backup.step(ALL_PAGES).map(|_| ()))
            .doing(doing)?;
        copy.execute_batch("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON")
            .doing(doing)?;
        Ok(self.copied(copy))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use crate::{Access, Draft, Event, Ledger, Role};

    #[test]
    fn what_is_rehearsed_is_forgotten_and_needs_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let owner = Ledger::create(folder.path()).unwrap();
        let reader = Ledger::open(folder.path(), Access::Read).unwrap();
        let event = Event::PersonAdded {
            name: "Ana".to_owned(),
            role: Role::Lead,
        };
        let draft = Draft::new(Uuid::now_v7(), Timestamp::UNIX_EPOCH, "Ana", event);
        let mut rehearsal = reader.rehearsal().unwrap();
        rehearsal.append(std::slice::from_ref(&draft)).unwrap();
        assert!(rehearsal.person("Ana").unwrap().is_some());
        assert!(owner.person("Ana").unwrap().is_none());
    }
}
