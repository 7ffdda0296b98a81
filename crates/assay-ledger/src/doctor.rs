//! Is the ledger's database healthy?

use assay_model::Fault;

use crate::faults::Doing;
use crate::journal::{self, JOURNAL_FILE};
use crate::{Ledger, backup, schema, settings};

/// One check and what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub check: &'static str,
    pub holds: bool,
    /// In words.
    pub found: String,
}

impl Ledger {
    /// Checks the file's structure, references, guards, settings and the log itself.
    pub fn doctor(&self) -> Result<Vec<Finding>, Fault> {
        let integrity = self.words("PRAGMA integrity_check", 0)?;
        let references = self.words("PRAGMA foreign_key_check", 0)?;
        let guards = schema::check(&self.connection);
        let broken = settings::broken(&self.connection)?;
        let log = self.verify()?;
        Ok(vec![
            finding(
                "database structure",
                integrity == ["ok"],
                "whole",
                integrity.join("; "),
            ),
            finding(
                "references",
                references.is_empty(),
                "whole",
                format!("dangling in {}", references.join(", ")),
            ),
            match guards {
                Ok(()) => finding("tables and guards", true, "as Assay made them", String::new()),
                Err(fault) => finding("tables and guards", false, "", fault.message),
            },
            finding(
                "settings",
                broken.is_empty(),
                "all read back as set",
                broken.join("; "),
            ),
            match &log.failure {
                None => finding(
                    "log",
                    true,
                    &format!("{} entries, root {}", log.entries, log.root),
                    String::new(),
                ),
                Some(failure) => {
                    let place = failure.seq.map_or(String::new(), |seq| format!("entry {seq}: "));
                    finding("log", false, "", place + &failure.what)
                }
            },
            self.journal_finding()?,
            self.backup_finding()?,
        ])
    }

    fn journal_finding(&self) -> Result<Finding, Fault> {
        let check = "journal";
        let Some(reading) = journal::read(&self.folder().join(JOURNAL_FILE))? else {
            return Ok(finding(check, true, "not begun yet", String::new()));
        };
        let (reaches, entries) = (reading.reaches(), self.size()?);
        Ok(if let Some(damage) = reading.damaged.first() {
            finding(check, false, "", format!("damaged at byte {}", damage.start))
        } else if reaches > entries {
            let ahead =
                format!("it holds {reaches} entries, the database {entries}: open the workspace for writing");
            finding(check, false, "", ahead)
        } else {
            finding(
                check,
                true,
                &format!("every save since entry {}", reading.begun_at().unwrap_or(0)),
                String::new(),
            )
        })
    }

    fn backup_finding(&self) -> Result<Finding, Fault> {
        let backups = backup::list(&self.folder().join(backup::BACKUPS_FOLDER))?;
        let found = match backups.last() {
            None => "none yet".to_owned(),
            Some(newest) => format!(
                "{} verified; the newest holds {} entries",
                backups.len(),
                newest.entries
            ),
        };
        Ok(finding("backups", true, &found, String::new()))
    }

    fn words(&self, sql: &str, column: usize) -> Result<Vec<String>, Fault> {
        let doing = format!("running {sql}");
        let mut select = self.connection.prepare(sql).doing(&doing)?;
        let rows = select.query_map([], |row| row.get(column)).doing(&doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(&doing)
    }
}

fn finding(check: &'static str, holds: bool, good: &str, bad: String) -> Finding {
    Finding {
        check,
        holds,
        found: if holds { good.to_owned() } else { bad },
    }
}
