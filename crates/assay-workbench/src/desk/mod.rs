//! One window's session: the open workspace, who is at the keyboard, what runs.
//!
//! Every method is one use case of the window: a request in, a response or a fault out. All are
//! blocking and may be called from any thread; a verdict never waits for a query or a job.

mod adjudicate;
mod bulk;
mod comparing;
mod data;
mod decide;
mod duplicates;
mod gates;
mod gold_audit;
mod golden;
mod handles;
mod heads;
mod incidents;
mod keys;
mod origins;
mod packs;
mod place;
mod releasing;
mod results;
mod rubrics;
mod signing;
mod tails;
mod training;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use assay_index::{Index, Snapshot, Texts, WorkerCommand};
use assay_ledger::Ledger;
use assay_model::{Code, Fault};

use crate::Workspace;
use crate::across::AcrossFound;
use crate::answers::{Answers, Key};
use crate::checking::CheckReport;
use crate::decisions::Decided;
use crate::home::Home;
use crate::jobs::Jobs;
use crate::signing::Keychain;
use crate::sources::ReviewsBySource;
use crate::views::Views;
use crate::wire::{Job, Opinions, SampleDetail};
use crate::{review, samples, sources, styling};

pub(crate) use comparing::figure;
pub use handles::Handles;
pub use packs::is_pack;

/// What a desk is set up with.
pub struct DeskSettings {
    /// The application's own folder, for recents and settings.
    pub home: PathBuf,
    /// Where new workspaces go unless the user says otherwise.
    pub documents: PathBuf,
    /// The bundled sample dataset, if it is there.
    pub sample: Option<PathBuf>,
    pub worker: WorkerCommand,
    pub keychain: Keychain,
}

/// The window's session.
pub struct Desk {
    home: Home,
    documents: PathBuf,
    sample: Option<PathBuf>,
    worker: WorkerCommand,
    open: Mutex<Option<Arc<Open>>>,
    keychain: Arc<Keychain>,
    jobs: Jobs,
    handles: Mutex<Handles>,
    /// A pack that Assay was started with, until it is taken.
    pack: Mutex<Option<PathBuf>>,
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
    /// What the ledger had decided when it had this many entries, as far as this person may know.
    decided: Mutex<(u64, String, Arc<Decided>)>,
    /// The same of what reviewers found by source in a snapshot.
    reviews: Mutex<(u64, String, i64, Arc<ReviewsBySource>)>,
    person: Mutex<Option<String>>,
    /// What was found across datasets last, and for which question.
    across: Mutex<Option<(String, Arc<AcrossFound>)>>,
    /// What is being looked at before it is signed.
    look: Mutex<Option<Arc<signing::Look>>>,
    /// The release that was previewed last.
    prepared: Mutex<Option<releasing::Kept<crate::releasing::Prepared>>>,
    /// The release that was written last.
    released: Mutex<Option<releasing::Kept<crate::wire::ReleaseDone>>>,
    heads: heads::Keeper,
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
            keychain: Arc::new(settings.keychain),
            open: Mutex::new(None),
            jobs: Jobs::new(listener)?,
            handles: Mutex::default(),
            pack: Mutex::default(),
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
    fn new(
        workspace: Workspace,
        person: Option<String>,
        home: &Home,
        keychain: Arc<Keychain>,
    ) -> Result<Self, Fault> {
        let mut ledger = workspace.ledger_writer()?;
        if workspace.backups().is_none() {
            // Outside the workspace, so that what befalls its folder does not befall them.
            ledger.keep_backups_in(Workspace::backups_below(home.folder(), workspace.folder()))?;
        }
        let index = workspace.index()?;
        let person = match person {
            Some(name) if ledger.person(&name)?.is_some() => Some(name),
            _ => ledger.people()?.into_iter().next().map(|person| person.name),
        };
        // Heads that cannot be read are told by `trust`; the workspace opens all the same.
        let last = ledger.last_head().ok().flatten();
        let reached = last.map_or(0, |head| head.checkpoint.size);
        Ok(Self {
            answers: Arc::new(Answers::of(workspace.folder())),
            checked: Mutex::default(),
            workspace,
            ledger: Mutex::new(ledger),
            index: Mutex::new(index),
            views: Mutex::default(),
            texts: Mutex::new(None),
            decided: Mutex::new((u64::MAX, String::new(), Arc::default())),
            reviews: Mutex::new((u64::MAX, String::new(), 0, Arc::default())),
            person: Mutex::new(person),
            across: Mutex::new(None),
            look: Mutex::new(None),
            prepared: Mutex::new(None),
            released: Mutex::new(None),
            heads: heads::Keeper::new(keychain, reached),
        })
    }

    /// What the ledger has decided as far as the person at the keyboard may know, read again only when it has grown.
    fn decided(&self) -> Result<Arc<Decided>, Fault> {
        let reader = self.reader();
        let ledger = lock(&self.ledger);
        let size = ledger.size()?;
        let mut known = lock(&self.decided);
        if (known.0, &known.1) != (size, &reader) {
            let decided = Arc::new(Decided::seen(&ledger.seen_by(&reader)?)?);
            *known = (size, reader, decided);
        }
        Ok(known.2.clone())
    }

    /// What reviewers found in each source of a snapshot, as far as the person may know, read again only when the ledger has grown.
    fn reviews(&self, index: &Index, snapshot: &Snapshot) -> Result<Arc<ReviewsBySource>, Fault> {
        // A connection of its own: a verdict never waits for this.
        let ledger = self.workspace.ledger()?;
        let (size, reader) = (ledger.size()?, self.reader());
        let mut known = lock(&self.reviews);
        if (known.0, &known.1, known.2) != (size, &reader, snapshot.id) {
            let found = sources::reviews(index, snapshot, &ledger.seen_by(&reader)?)?;
            *known = (size, reader, snapshot.id, Arc::new(found));
        }
        Ok(known.3.clone())
    }

    /// What machines say of one sample, each with how often it is wrong.
    fn opinions(
        &self,
        index: &Index,
        snapshot: &Snapshot,
        sample: u64,
        roles: &[String],
    ) -> Result<Opinions, Fault> {
        let located = samples::located(index, snapshot, sample)?;
        let source = index.sources_of(snapshot, &located.digest)?.into_iter().next();
        let reviews = self.reviews(index, snapshot)?;
        Ok(Opinions {
            style: styling::opinion(index, snapshot, &located, roles)?,
            reputation: source.and_then(|source| reviews.get(&source)?.reputation(&source)),
        })
    }

    /// The same of a sample that is kept for review, where its snapshot still holds it.
    fn opinions_of_kept(&self, kept: &SampleDetail) -> Result<Option<Opinions>, Fault> {
        let index = lock(&self.index);
        // What came in a pack was indexed elsewhere.
        if !index.datasets()?.contains(&kept.dataset) {
            return Ok(None);
        }
        let snapshot = index.snapshot(Some(&kept.dataset), Some(kept.snapshot))?;
        let Some(sample) = samples::by_digest(&index, &snapshot, &review::digest(&kept.digest)?)? else {
            return Ok(None);
        };
        let roles: Vec<String> = kept.parts.iter().map(|part| part.role.clone()).collect();
        self.opinions(&index, &snapshot, sample, &roles).map(Some)
    }

    /// For whom the ledger is read; nobody before someone has said who they are.
    fn reader(&self) -> String {
        lock(&self.person).clone().unwrap_or_default()
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
