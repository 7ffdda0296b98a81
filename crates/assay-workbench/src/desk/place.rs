//! Workspaces, people and settings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use assay_index::Index;
use assay_index::worker::fence_of;
use assay_ledger::Ledger;
use assay_model::{Code, Fault};
use assay_review::{Stamp, adjudication, people};

use super::{Desk, Open, lock};
use crate::review::saved_entry;
use crate::wire::{
    About, AppState, BundledSample, DatasetInfo, Person, PersonRequest, ReaderRule, RecentWorkspace,
    Settings, SnapshotInfo, SyntheticMark, WorkspaceCreateRequest, WorkspaceInfo,
};
use crate::{Workspace, clock, review, verdicts, workspace};

impl Desk {
    pub fn app_state(&self) -> Result<AppState, Fault> {
        let open = lock(&self.open).clone();
        Ok(AppState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            workspace: open.as_deref().map(Open::info).transpose()?,
            recent: self.recent(),
            sample: self.bundled_sample(),
            pack: self.waiting_pack(),
        })
    }

    /// Asks a reading process of its own what holds for it.
    pub fn about(&self) -> Result<About, Fault> {
        let reader = fence_of(&self.worker)?.said();
        Ok(About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            licence: env!("CARGO_PKG_LICENSE").to_owned(),
            reader: reader
                .into_iter()
                .map(|(what, holds)| ReaderRule {
                    what: what.to_owned(),
                    holds,
                })
                .collect(),
        })
    }

    fn recent(&self) -> Vec<RecentWorkspace> {
        let mut handles = lock(&self.handles);
        self.home
            .recent()
            .into_iter()
            .map(|recent| RecentWorkspace {
                name: recent
                    .path
                    .file_stem()
                    .map(|name| name.to_string_lossy().into_owned())
                    .unwrap_or_default(),
                path: recent.path.display().to_string(),
                exists: recent.path.join("index.db").is_file(),
                opened: recent.opened,
                handle: handles.issue(recent.path).handle,
            })
            .collect()
    }

    /// What the bundled sample's own manifest announces.
    fn bundled_sample(&self) -> Option<BundledSample> {
        let manifest = std::fs::read(self.sample.as_ref()?.join("planted.json")).ok()?;
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).ok()?;
        let domains: std::collections::BTreeSet<&str> = manifest["domain_origin"]
            .as_object()?
            .keys()
            .filter_map(|cell| cell.split(' ').next())
            .collect();
        Some(BundledSample {
            samples: manifest["samples"]["indexed"].as_u64()?,
            languages: manifest["language_declared"].as_object()?.len() as u64,
            domains: domains.len() as u64,
        })
    }

    pub fn workspace_create(&self, request: &WorkspaceCreateRequest) -> Result<AppState, Fault> {
        let parent = match &request.parent {
            Some(handle) => self.path(handle)?,
            None => self.documents.clone(),
        };
        let name = request.name.trim();
        let usable = !name.is_empty()
            && name.len() <= 100
            && !name.contains(['/', '\\', '\0'])
            && !name.starts_with('.');
        if !usable {
            return Err(Fault::new(
                Code::Usage,
                "this cannot name a workspace",
                "use up to 100 characters without / or \\",
            ));
        }
        let folder = parent.join(format!("{name}.{}", workspace::EXTENSION));
        if folder.exists() {
            let message = format!("there is already something at {}", folder.display());
            return Err(Fault::new(
                Code::NotAllowed,
                message,
                "choose another name, or open that workspace",
            ));
        }
        self.enter(Workspace::create(&folder)?)
    }

    /// Opens a workspace by the handle of its folder, picked or recent.
    pub fn workspace_open(&self, handle: &str) -> Result<AppState, Fault> {
        let folder = self.path(handle)?;
        self.workspace_open_folder(&folder)
    }

    /// Opens a workspace by its folder: at start, from the command line.
    pub fn workspace_open_folder(&self, folder: &Path) -> Result<AppState, Fault> {
        self.enter(Workspace::open(folder)?)
    }

    pub fn workspace_close(&self) -> Result<AppState, Fault> {
        self.leave()?;
        self.open_next_time(None);
        self.app_state()
    }

    pub(super) fn enter(&self, workspace: Workspace) -> Result<AppState, Fault> {
        let already = lock(&self.open)
            .as_ref()
            .is_some_and(|open| open.workspace == workspace);
        if !already {
            self.leave()?;
            let person = self.home.settings().get(&person_key(&workspace)).cloned();
            self.home.remember(workspace.folder(), &clock::now_text());
            let open = Arc::new(Open::new(workspace, person, &self.home, self.keychain.clone())?);
            self.open_next_time(Some(open.workspace.folder()));
            *lock(&self.open) = Some(open.clone());
            open.ask_keychain();
        }
        self.app_state()
    }

    fn leave(&self) -> Result<(), Fault> {
        if self.jobs.is_busy() {
            return Err(Fault::new(
                Code::NotAllowed,
                "data is being indexed",
                "stop it first, or wait until it is done",
            ));
        }
        self.jobs.cancel_looking();
        if let Some(open) = lock(&self.open).take() {
            open.sign_head_quietly();
        }
        Ok(())
    }

    /// Stops jobs before the window goes away.
    pub fn shut_down(&self) {
        self.jobs.cancel_all();
        if let Some(open) = &*lock(&self.open) {
            open.sign_head_quietly();
        }
    }

    /// The workspace that was open when the application last ended, if it is still there.
    pub fn reopen_last(&self) -> Option<PathBuf> {
        let last = self.home.settings().get("last_workspace").map(PathBuf::from)?;
        last.join("index.db").is_file().then_some(last)
    }

    pub fn person_add(&self, request: &PersonRequest) -> Result<AppState, Fault> {
        let open = self.open()?;
        let name = request.name.trim();
        let actor = open.actor().unwrap_or_else(|_| name.to_owned());
        people::add(
            &mut lock(&open.ledger),
            &Stamp::now(actor),
            name,
            verdicts::role_from_wire(request.role),
        )?;
        self.choose(&open, name)
    }

    pub fn person_choose(&self, request: &PersonRequest) -> Result<AppState, Fault> {
        let open = self.open()?;
        let person = people::find(&lock(&open.ledger), request.name.trim())?;
        self.choose(&open, &person.name)
    }

    pub(super) fn choose(&self, open: &Arc<Open>, name: &str) -> Result<AppState, Fault> {
        let before = lock(&open.person).replace(name.to_owned());
        if before.as_deref() != Some(name) {
            open.heads.lock_up();
            open.ask_keychain();
        }
        self.home
            .set(BTreeMap::from([(person_key(&open.workspace), name.to_owned())]));
        self.app_state()
    }

    pub fn settings_get(&self) -> Settings {
        Settings {
            values: self.home.settings(),
        }
    }

    pub fn settings_set(&self, settings: Settings) {
        self.home.set(settings.values);
    }

    /// Remembers which workspace to open next time, as soon as it is open: an application may end without notice.
    fn open_next_time(&self, folder: Option<&Path>) {
        let path = folder
            .map(|folder| folder.display().to_string())
            .unwrap_or_default();
        self.home
            .set(BTreeMap::from([("last_workspace".to_owned(), path)]));
    }
}

fn person_key(workspace: &Workspace) -> String {
    format!("person:{}", workspace.folder().display())
}

impl Open {
    fn info(&self) -> Result<WorkspaceInfo, Fault> {
        let ledger = lock(&self.ledger);
        let datasets = datasets(&lock(&self.index), &ledger)?;
        let person = lock(&self.person).clone();
        let people: Vec<Person> = ledger
            .people()?
            .into_iter()
            .map(|person| Person {
                name: person.name,
                role: verdicts::role_to_wire(person.role),
            })
            .collect();
        let review_left = match &person {
            Some(actor) => review::list(&ledger, actor)?.iter().map(|queue| queue.left).sum(),
            None => 0,
        };
        let disputes = match &person {
            Some(name) if people::find(&ledger, name)?.role.may_promote() => {
                adjudication::may_settle(&ledger, name)?.len() as u64
            }
            _ => 0,
        };
        Ok(WorkspaceInfo {
            name: self.workspace.name(),
            path: self.workspace.folder().display().to_string(),
            datasets,
            person: person.and_then(|name| people.iter().find(|person| person.name == name).cloned()),
            people,
            last_entry: ledger.last_entry()?.as_ref().map(saved_entry),
            review_left,
            disputes,
            gold: ledger.gold_count()?,
        })
    }
}

fn datasets(index: &Index, ledger: &Ledger) -> Result<Vec<DatasetInfo>, Fault> {
    let marks = crate::origins::marks(ledger)?;
    index
        .datasets()?
        .into_iter()
        .map(|name| {
            let snapshots = index
                .snapshots(&name)?
                .into_iter()
                .map(|snapshot| SnapshotInfo {
                    number: snapshot.number,
                    created: snapshot.created,
                    samples: snapshot.indexed,
                    tokens: snapshot.tokens,
                    root: snapshot.root.to_string(),
                    measured: snapshot.measured,
                })
                .collect();
            let synthetic = marks
                .iter()
                .find(|mark| mark.dataset == name)
                .map(|mark| SyntheticMark {
                    generator: mark.generator.clone(),
                    reason: mark.reason.clone(),
                    by: mark.by.clone(),
                    at: mark.at.clone(),
                    entry: mark.entry,
                });
            Ok(DatasetInfo {
                name,
                snapshots,
                synthetic,
            })
        })
        .collect()
}
