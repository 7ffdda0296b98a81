//! How is the ledger opened, and by whom at a time?

use std::path::{Path, PathBuf};

use assay_model::fault::one_line;
use assay_model::{Code, Fault};
use rusqlite::{Connection, OpenFlags};

use crate::catch_up::{self, JournalEnd, Recovery};
use crate::faults::{self, Doing};
use crate::journal::{JOURNAL_FILE, Journal, sync_folder_of};
use crate::lock::OwnerLock;
use crate::upkeep::Upkeep;
use crate::{HEADS_FILE, backup, ballast, drive, journal, rollback, schema, segments, settings, switch};

/// The database's name in a workspace folder.
pub const DATABASE_FILE: &str = "ledger.db";
/// A database that is being made, before it takes its name.
const FRESH_FILE: &str = "ledger.db.new";
/// The owner's lock file beside it.
pub const LOCK_FILE: &str = "ledger.lock";

/// What a ledger is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Beside an owner or alone; nothing can be written.
    Read,
    /// As the one owner.
    Write,
}

/// An open ledger. One thread at a time; the owner's lock is held until it is dropped.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    folder: PathBuf,
    access: Access,
    /// What an owner keeps up beside the database.
    pub(crate) durable: Option<Durable>,
    /// The last to go: whoever waits for it finds everything closed.
    _lock: Option<OwnerLock>,
}

/// What makes an owner's saves outlive the database.
#[derive(Debug)]
pub(crate) struct Durable {
    pub journal: Journal,
    /// A save stopped half-way: the journal and the database must be brought level before the next one.
    pub in_doubt: bool,
    pub recovery: Recovery,
    pub upkeep: Upkeep,
}

impl Ledger {
    /// Makes the ledger of a new workspace in `folder`, which exists, and opens it as its owner.
    ///
    /// Refused where a ledger stands already.
    pub fn create(folder: &Path) -> Result<Self, Fault> {
        let lock = OwnerLock::take(&folder.join(LOCK_FILE))?;
        let path = folder.join(DATABASE_FILE);
        if path.exists() {
            return Err(Fault::new(
                Code::NotAllowed,
                "the workspace has a ledger already",
                "open it instead",
            )
            .at(path.display().to_string()));
        }
        refuse_to_start_again(folder)?;
        drive::refuse_network(folder)?;
        make(folder)?;
        Self::own(folder, lock)
    }

    /// Opens the ledger in `folder`. A newer or a stranger's ledger is refused untouched.
    ///
    /// An owner's database is first brought level with the journal; `recovery` says what came back. Damage that the journal
    /// does not make good is a fault, and `restore` the remedy.
    pub fn open(folder: &Path, access: Access) -> Result<Self, Fault> {
        let lock = match access {
            Access::Write if folder.join(LOCK_FILE).exists() || folder.join(DATABASE_FILE).exists() => {
                Some(OwnerLock::take(&folder.join(LOCK_FILE))?)
            }
            _ => None,
        };
        if lock.is_some() {
            drive::refuse_network(folder)?;
            switch::finish(folder)?;
        }
        let path = folder.join(DATABASE_FILE);
        if !path.is_file() {
            refuse_to_start_again(folder)?;
            return Err(Fault::new(
                Code::NotAWorkspace,
                "the folder holds no ledger.db",
                "give the folder of a workspace, or index some data to make one",
            )
            .at(folder.display().to_string()));
        }
        match lock {
            Some(lock) => Self::own(folder, lock),
            None => {
                switch::refuse_unfinished(folder)?;
                roll_back_if_alone(folder, &path)?;
                let connection =
                    reach(&path, access).map_err(|fault| fault.at(path.display().to_string()))?;
                Ok(Self::plain(connection, folder, access))
            }
        }
    }

    pub(crate) fn own(folder: &Path, lock: OwnerLock) -> Result<Self, Fault> {
        let path = folder.join(DATABASE_FILE);
        let at = |fault: Fault| match fault.path {
            Some(_) => fault,
            None => fault.at(path.display().to_string()),
        };
        let (connection, journal, recovery) = match reach_level(folder) {
            // SQLite itself needs room to open, and a save that a full disk cut short must not keep the ledger shut.
            Err(fault)
                if matches!(fault.code, Code::DiskFull | Code::NotSaved) && ballast::is_there(folder) =>
            {
                ballast::give_up(folder);
                reach_level(folder)
            }
            done => done,
        }
        .map_err(at)?;
        // A disk too full for it is told by `has_ballast`, and by the first save that does not fit.
        let _ = ballast::lay(folder);
        let mut ledger = Self::plain(connection, folder, Access::Write);
        ledger.hold_against_last_head().map_err(at)?;
        let upkeep = Upkeep::new(folder.join(backup::BACKUPS_FOLDER), ledger.size()?);
        ledger.durable = Some(Durable {
            journal,
            in_doubt: false,
            recovery,
            upkeep,
        });
        ledger._lock = Some(lock);
        Ok(ledger)
    }

    /// A connection that owns nothing.
    pub(crate) fn plain(connection: Connection, folder: &Path, access: Access) -> Self {
        Self {
            connection,
            folder: folder.to_owned(),
            access,
            durable: None,
            _lock: None,
        }
    }

    /// What opening it brought back; nothing for a reader.
    pub fn recovery(&self) -> Recovery {
        self.durable
            .as_ref()
            .map_or_else(Recovery::default, |durable| durable.recovery.clone())
    }

    /// Whether there is room kept aside for a decision that a full disk would not take.
    pub fn has_ballast(&self) -> bool {
        ballast::is_there(&self.folder)
    }

    /// Opens the ledger for writing, making it first where there is none.
    pub fn open_or_create(folder: &Path) -> Result<Self, Fault> {
        if folder.join(DATABASE_FILE).exists() {
            Self::open(folder, Access::Write)
        } else {
            Self::create(folder)
        }
    }

    /// Whether an earlier Assay wrote it and nothing has brought it to this version yet; opening it for writing does.
    pub fn is_older(&self) -> Result<bool, Fault> {
        Ok(schema::version(&self.connection)? < schema::VERSION)
    }

    /// Whether only an owner can make it what it was: see `is_older`; or the journal holds what the database lost, and no
    /// owner is at work on it.
    pub fn needs_its_owner(&self) -> Result<bool, Fault> {
        if self.is_older()? {
            return Ok(true);
        }
        let Some(reading) = journal::read(&self.folder.join(JOURNAL_FILE))? else {
            return Ok(false);
        };
        Ok(reading.reaches() > self.size()? && OwnerLock::take(&self.folder.join(LOCK_FILE)).is_ok())
    }

    /// Refuses a database that is shorter than the longest head says, or another one.
    fn hold_against_last_head(&self) -> Result<(), Fault> {
        let Some(head) = self.longest_head_that_speaks()? else {
            return Ok(());
        };
        match self.breaks(std::slice::from_ref(&head))? {
            None => Ok(()),
            Some(what) if head.checkpoint.size > self.size()? => Err(faults::damaged(what)),
            Some(what) => Err(faults::forked(what)),
        }
    }

    /// The workspace's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Another connection to the same contents, which owns nothing.
    pub(crate) fn copied(&self, connection: Connection) -> Self {
        Self::plain(connection, &self.folder, Access::Write)
    }

    pub(crate) fn may_write(&self) -> Result<(), Fault> {
        match self.access {
            Access::Write => Ok(()),
            Access::Read => Err(Fault::new(
                Code::NotAllowed,
                "the ledger is open for reading only",
                "open the workspace for writing",
            )),
        }
    }

    /// Drops a connection whose commit failed and takes a fresh one: what it believes is on disk cannot be trusted.
    pub(crate) fn reconnect(&mut self) -> Result<(), Fault> {
        self.connection = reach(&self.folder.join(DATABASE_FILE), self.access)?;
        Ok(())
    }
}

/// Nobody can read past a change that a crash cut short. A reader rolls it back as an owner would, where there is none and the
/// drive can be written to; else SQLite says what it cannot do.
fn roll_back_if_alone(folder: &Path, path: &Path) -> Result<(), Fault> {
    if !rollback::journal_of(path).exists() {
        return Ok(());
    }
    match OwnerLock::take(&folder.join(LOCK_FILE)) {
        Ok(_owner) => rollback::roll_back(path),
        Err(_) => Ok(()),
    }
}

/// An owner's connection, level with the journal.
fn reach_level(folder: &Path) -> Result<(Connection, Journal, Recovery), Fault> {
    let mut connection = reach(&folder.join(DATABASE_FILE), Access::Write)?;
    let (journal, recovery) = catch_up::level(&mut connection, folder, JournalEnd::OnDisk)?;
    Ok((connection, journal, recovery))
}

/// Opens an existing ledger: looks at it without writing first, unless a crash cut a change short.
fn reach(path: &Path, access: Access) -> Result<Connection, Fault> {
    if access == Access::Write {
        rollback::roll_back(path)?;
    }
    let reader =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).doing("opening the ledger")?;
    schema::check(&reader)?;
    let mut connection = match access {
        Access::Read => {
            settings::apply(&reader, access)?;
            reader
        }
        Access::Write => {
            refuse_damaged_pages(&reader)?;
            let mut writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, access)?;
            drop(reader);
            if schema::version(&writer)? < schema::VERSION {
                back_up_before_migrating(path)?;
            }
            schema::migrate(&mut writer)?;
            writer
        }
    };
    settings::seal(&mut connection)?;
    Ok(connection)
}

/// Nothing is added to a database whose pages are damaged. What this does not see, the journal and the heads show.
fn refuse_damaged_pages(reader: &Connection) -> Result<(), Fault> {
    let found: String = reader
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .doing("checking the ledger's pages")?;
    match found.as_str() {
        "ok" => Ok(()),
        _ => Err(faults::damaged(format!(
            "the ledger's pages are damaged: {}",
            one_line(&found)
        ))),
    }
}

/// A migration that goes wrong must leave more than itself.
fn back_up_before_migrating(path: &Path) -> Result<(), Fault> {
    let folder = path.parent().unwrap_or(Path::new(""));
    backup::make(folder, &folder.join(backup::BACKUPS_FOLDER)).map(|_| ())
}

pub(crate) fn connect(path: &Path, flags: OpenFlags, access: Access) -> Result<Connection, Fault> {
    let connection = Connection::open_with_flags(path, flags).doing("opening the ledger")?;
    settings::apply(&connection, access)?;
    Ok(connection)
}

/// Makes an empty ledger under another name, whole and on disk, and gives it its name: a crash leaves one or none.
fn make(folder: &Path) -> Result<(), Fault> {
    let (fresh, path) = (folder.join(FRESH_FILE), folder.join(DATABASE_FILE));
    switch::remove_database(&fresh)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut connection = connect(&fresh, flags, Access::Write)?;
    schema::migrate(&mut connection)?;
    connection
        .close()
        .map_err(|(_, error)| faults::from_sqlite("closing the new ledger", &error))?;
    std::fs::rename(&fresh, &path)
        .and_then(|()| sync_folder_of(&path))
        .map_err(|error| faults::from_io("making the ledger", &error, &path))
}

/// Where a ledger was, an empty one in its place would hide that it is gone.
fn refuse_to_start_again(folder: &Path) -> Result<(), Fault> {
    let backups = backup::list(&folder.join(backup::BACKUPS_FOLDER)).unwrap_or_default();
    let segments = segments::list(folder).unwrap_or_default();
    let traces = [JOURNAL_FILE, HEADS_FILE].map(|name| folder.join(name).exists());
    if !traces.contains(&true) && backups.is_empty() && segments.is_empty() {
        return Ok(());
    }
    Err(
        faults::damaged("ledger.db is gone, but its journal, heads or backups are here")
            .at(folder.display().to_string()),
    )
}
