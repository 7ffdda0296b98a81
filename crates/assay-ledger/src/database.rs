//! How is the ledger opened, and by whom at a time?

use std::path::{Path, PathBuf};

use assay_model::{Code, Fault};
use rusqlite::{Connection, OpenFlags};

use crate::faults::Doing;
use crate::lock::OwnerLock;
use crate::{schema, settings};

/// The database's name in a workspace folder.
pub const DATABASE_FILE: &str = "ledger.db";
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
    _lock: Option<OwnerLock>,
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
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut connection = connect(&path, flags, Access::Write)?;
        schema::migrate(&mut connection)?;
        settings::seal(&mut connection)?;
        sync_folder(folder)?;
        Ok(Self {
            connection,
            folder: folder.to_owned(),
            access: Access::Write,
            _lock: Some(lock),
        })
    }

    /// Opens the ledger in `folder`. A newer or a stranger's ledger is refused untouched.
    pub fn open(folder: &Path, access: Access) -> Result<Self, Fault> {
        let path = folder.join(DATABASE_FILE);
        if !path.is_file() {
            return Err(Fault::new(
                Code::NotAWorkspace,
                "the folder holds no ledger.db",
                "give the folder of a workspace, or index some data to make one",
            )
            .at(folder.display().to_string()));
        }
        let lock = match access {
            Access::Write => Some(OwnerLock::take(&folder.join(LOCK_FILE))?),
            Access::Read => None,
        };
        let connection = reach(&path, access).map_err(|fault| fault.at(path.display().to_string()))?;
        Ok(Self {
            connection,
            folder: folder.to_owned(),
            access,
            _lock: lock,
        })
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

    /// The workspace's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Another connection to the same contents, which owns nothing.
    pub(crate) fn copied(&self, connection: Connection) -> Self {
        Self {
            connection,
            folder: self.folder.clone(),
            access: Access::Write,
            _lock: None,
        }
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

/// Opens an existing ledger: looks at it without writing first.
fn reach(path: &Path, access: Access) -> Result<Connection, Fault> {
    let reader =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).doing("opening the ledger")?;
    schema::check(&reader)?;
    let mut connection = match access {
        Access::Read => {
            settings::apply(&reader, access)?;
            reader
        }
        Access::Write => {
            let mut writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, access)?;
            drop(reader);
            schema::migrate(&mut writer)?;
            writer
        }
    };
    settings::seal(&mut connection)?;
    Ok(connection)
}

fn connect(path: &Path, flags: OpenFlags, access: Access) -> Result<Connection, Fault> {
    let connection = Connection::open_with_flags(path, flags).doing("opening the ledger")?;
    settings::apply(&connection, access)?;
    Ok(connection)
}

/// Makes the new file's name itself durable; SQLite syncs the folder only for its journals.
fn sync_folder(folder: &Path) -> Result<(), Fault> {
    if cfg!(windows) {
        return Ok(());
    }
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| {
            Fault::new(
                Code::NotSaved,
                format!("syncing the workspace's folder: {error}"),
                "check the drive",
            )
        })
}
