//! One window's session: the open workspace, who is at the keyboard, what runs.
//!
//! Every method is one use case of the window: a request in, a response or a fault out. All are
//! blocking and may be called from any thread; a verdict never waits for a query or a job.

mod comparing;
mod data;
mod decide;
mod gates;
mod handles;
mod place;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use assay_index::{Index, Texts, WorkerCommand};
use assay_ledger::Ledger;
use assay_model::{Code, Fault};

use crate::Workspace;
use crate::answers::{Answers, Key};
use crate::checking::CheckReport;
use crate::decisions::Decided;
use crate::home::Home;
use crate::jobs::Jobs;
use crate::views::Views;
use crate::wire::Job;

pub(crate) use comparing::figure;
pub use handles::Handles;

/// What a desk is set up with.
pub struct DeskSettings {
    /// The application's own folder, for recents and settings.
    pub home: PathBuf,
    /// Where new workspaces go unless the user says otherwise.
    pub documents: PathBuf,
    /// The bundled sample dataset, if it is there.
    pub sample: Option<PathBuf>,
    pub worker: WorkerCommand,
}

/// The window's session.
pub struct Desk {
    home: Home,
    documents: PathBuf,
    sample: Option<PathBuf>,
    worker: WorkerCommand,
    open: Mutex<Option<Arc<Open>>>,
    jobs: Jobs,
    handles: Mutex<Handles>,
}

/// The open workspace.
struct Open {
    workspace: Workspace,
    ledger: Mutex<Ledger>,
    index: Mutex<Index>,
    answers: Arc<Answers>,
    /// The gates as they were measured last, for whoever waives one.
    checked: Mutex<Option<(Key, CheckReport)>>,
    views: Mutex<Views>,
    /// Texts of the snapshot looked at last, with its id.
    texts: Mutex<Option<(i64, Texts)>>,
    /// What the ledger had decided when it had this many entries.
    decided: Mutex<(u64, Arc<Decided>)>,
    person: Mutex<Option<String>>,
}

impl Desk {
    /// Sets a desk up; `listener` hears of jobs.
    pub fn new(
        settings: DeskSettings,
        listener: impl Fn(Job) + Send + Sync + 'static,
    ) -> Result<Self, Fault> {
        Ok(Self {
            home: Home::at(settings.home),
            documents: settings.documents,
            sample: settings.sample,
            worker: settings.worker,
            open: Mutex::new(None),
            jobs: Jobs::new(listener)?,
            handles: Mutex::default(),
        })
    }

    /// Turns a path that the user picked or dropped into something the window may hold.
    pub fn handle(&self, path: PathBuf) -> crate::wire::Picked {
        lock(&self.handles).issue(path)
    }

    fn open(&self) -> Result<Arc<Open>, Fault> {
        lock(&self.open).clone().ok_or_else(|| {
            Fault::new(
                Code::NotAWorkspace,
                "no workspace is open",
                "open one, or create one by adding data",
            )
        })
    }

    fn path(&self, handle: &str) -> Result<PathBuf, Fault> {
        lock(&self.handles).path(handle)
    }
}

impl Open {
    fn new(workspace: Workspace, person: Option<String>) -> Result<Self, Fault> {
        let ledger = workspace.ledger_writer()?;
        let index = workspace.index()?;
        let person = match person {
            Some(name) if ledger.person(&name)?.is_some() => Some(name),
            _ => ledger.people()?.into_iter().next().map(|person| person.name),
        };
        Ok(Self {
            answers: Arc::new(Answers::of(workspace.folder())),
            checked: Mutex::default(),
            workspace,
            ledger: Mutex::new(ledger),
            index: Mutex::new(index),
            views: Mutex::default(),
            texts: Mutex::new(None),
            decided: Mutex::new((u64::MAX, Arc::default())),
            person: Mutex::new(person),
        })
    }

    /// What the ledger has decided, read again only when it has grown.
    fn decided(&self) -> Result<Arc<Decided>, Fault> {
        let ledger = lock(&self.ledger);
        let size = ledger.size()?;
        let mut known = lock(&self.decided);
        if known.0 != size {
            *known = (size, Arc::new(Decided::read(&ledger)?));
        }
        Ok(known.1.clone())
    }

    /// Who is at the keyboard.
    fn actor(&self) -> Result<String, Fault> {
        lock(&self.person).clone().ok_or_else(|| {
            Fault::new(
                Code::UnknownPerson,
                "nobody has said who is at the keyboard",
                "say who you are first",
            )
        })
    }
}

/// A poisoned lock means a panic that was already reported; what it guards is checked by its own means.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
