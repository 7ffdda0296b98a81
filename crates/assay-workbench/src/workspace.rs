//! A workspace is a folder: what makes one, where it is found, what it may touch.

use std::path::{Component, Path, PathBuf};

use assay_index::Index;
use assay_ledger::{Access, IfLost, Ledger, Restored};
use assay_model::{Code, Digest, Fault};

use crate::settings::WorkspaceSettings;

/// The ending of workspace folders.
pub const EXTENSION: &str = "assay";
/// What can be double-clicked in a workspace, which is a folder: systems give programs to files only.
const DOOR_FILE: &str = "Open in Assay.assayworkspace";
const DOOR_EXTENSION: &str = "assayworkspace";
const DOOR_TEXT: &str = "The folder that this file lies in is a workspace of Assay. Opened with Assay, the file opens the workspace; it holds nothing else.\n";

/// The folder of one project's index, ledger and exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// Makes a workspace, or opens the one that is there.
    pub fn create(folder: &Path) -> Result<Self, Fault> {
        if folder.exists() && !Self::is_one(folder) && !is_empty_folder(folder) {
            return Err(not_a_workspace(
                folder,
                "choose another name: this folder holds other things",
            ));
        }
        std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let folder = folder
            .canonicalize()
            .map_err(|error| unwritable(folder, &error))?;
        drop(Index::open(&folder)?);
        drop(Ledger::open_or_create(&folder)?);
        let door = folder.join(DOOR_FILE);
        if !door.exists() {
            std::fs::write(&door, DOOR_TEXT).map_err(|error| unwritable(&door, &error))?;
        }
        Ok(Self { folder })
    }

    /// The folder that is meant by a path: itself, or for the file that can be double-clicked the folder that it lies in.
    pub fn meant_by(path: &Path) -> &Path {
        match path.extension() {
            Some(ending) if ending == DOOR_EXTENSION => path.parent().unwrap_or(path),
            _ => path,
        }
    }

    /// Opens an existing workspace; refuses anything else untouched.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        if !Self::is_one(folder) {
            return Err(not_a_workspace(
                folder,
                "choose a folder that Assay made; its name ends in .assay",
            ));
        }
        let folder = folder
            .canonicalize()
            .map_err(|error| unwritable(folder, &error))?;
        let workspace = Self { folder };
        // A kill between the two creations leaves one database; the other is made good here.
        if !workspace.folder.join("index.db").exists() {
            drop(Index::open(&workspace.folder)?);
        }
        if !workspace.folder.join(assay_ledger::DATABASE_FILE).exists() {
            drop(Ledger::open_or_create(&workspace.folder)?);
        }
        // A ledger that an earlier Assay wrote, or that a crash left behind its journal, is brought up to date before anything is
        // asked of it; an index is when it is opened. A ledger that cannot be read is told by whoever reads it: `assay doctor` must still open the workspace.
        if workspace
            .ledger()
            .and_then(|ledger| ledger.needs_its_owner())
            .unwrap_or(false)
        {
            drop(workspace.ledger_writer()?);
        }
        Ok(workspace)
    }

    /// The workspace a command means: the one named, else the only `*.assay` folder in `start` or its
    /// nearest parent that has one.
    pub fn locate(named: Option<&Path>, start: &Path) -> Result<PathBuf, Fault> {
        if let Some(folder) = named {
            return Ok(Self::meant_by(folder).to_owned());
        }
        for folder in start.ancestors() {
            let found = workspaces_in(folder);
            match found.as_slice() {
                [] => {}
                [only] => return Ok(only.clone()),
                several => {
                    let names: Vec<String> = several
                        .iter()
                        .filter_map(|path| path.file_name())
                        .map(|name| name.to_string_lossy().into_owned())
                        .collect();
                    let message = format!("several workspaces here: {}", names.join(", "));
                    return Err(Fault::new(Code::Usage, message, "say which with --workspace")
                        .at(folder.display().to_string()));
                }
            }
        }
        Ok(start.join("workspace.assay"))
    }

    /// Whether a folder holds a workspace.
    pub fn is_one(folder: &Path) -> bool {
        folder.join("index.db").is_file() || folder.join(assay_ledger::DATABASE_FILE).is_file()
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder's name without its ending.
    pub fn name(&self) -> String {
        self.folder
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    }

    /// A connection to the index that cannot write.
    pub fn index(&self) -> Result<Index, Fault> {
        Index::open_read_only(&self.folder)
    }

    /// The connection that indexing and measuring write through.
    pub fn index_writer(&self) -> Result<Index, Fault> {
        Index::open(&self.folder)
    }

    /// The ledger for reading, beside whoever writes.
    pub fn ledger(&self) -> Result<Ledger, Fault> {
        Ledger::open(&self.folder, Access::Read)
    }

    /// The ledger for writing; one owner at a time.
    pub fn ledger_writer(&self) -> Result<Ledger, Fault> {
        let mut ledger = Ledger::open(&self.folder, Access::Write)?;
        if let Some(backups) = self.backups() {
            ledger.keep_backups_in(backups)?;
        }
        Ok(ledger)
    }

    /// Where the settings say that backups of the ledger go; none where they say nothing, or cannot be read.
    pub fn backups(&self) -> Option<PathBuf> {
        WorkspaceSettings::read(self).ok()?.trust?.backups
    }

    /// Brings the ledger of the workspace in `folder` back from what there is, as its owner. Asks nothing else of the workspace,
    /// which a damaged ledger may keep from being opened. `backups` is where to look before the place that the settings name.
    pub fn restore_ledger(folder: &Path, backups: Option<&Path>, if_lost: IfLost) -> Result<Restored, Fault> {
        if !Self::is_one(folder) {
            return Err(not_a_workspace(
                folder,
                "choose a folder that Assay made; its name ends in .assay",
            ));
        }
        let workspace = Self {
            folder: folder.to_owned(),
        };
        let set = workspace.backups();
        Ledger::restore(folder, backups.or(set.as_deref()), if_lost)
    }

    /// Where the window keeps backups of this workspace, below its own folder: by the digest of the workspace's place.
    pub fn backups_below(home: &Path, workspace: &Path) -> PathBuf {
        let place = workspace.to_string_lossy();
        home.join("backups")
            .join(&Digest::of(place.as_bytes()).hex()[..16])
    }

    /// Refuses to index a folder into which the workspace's settings would have backups or copies of heads written.
    pub fn check_inputs(&self, inputs: &[PathBuf]) -> Result<(), Fault> {
        let Some(trust) = WorkspaceSettings::read(self)?.trust else {
            return Ok(());
        };
        let kept = [("backups", trust.backups), ("copies of heads", trust.heads_copy)];
        for (what, folder) in kept {
            let Some(folder) = folder.as_deref().map(absolute) else {
                continue;
            };
            if let Some(input) = inputs.iter().find(|input| folder.starts_with(absolute(input))) {
                return Err(Fault::new(
                    Code::InsideSource,
                    format!(
                        "{what} are kept in {}, inside {}",
                        folder.display(),
                        input.display()
                    ),
                    "keep them somewhere else, or index another folder: sources are never altered",
                )
                .at(input.display().to_string()));
            }
        }
        Ok(())
    }

    /// Refuses to write into a folder that holds, or lies inside, indexed sources.
    pub fn check_export(&self, target: &Path) -> Result<(), Fault> {
        let target = absolute(target);
        let index = self.index()?;
        for dataset in index.datasets()? {
            for snapshot in index.snapshots(&dataset)? {
                if let Some(source) = snapshot
                    .inputs
                    .iter()
                    .find(|input| target.starts_with(absolute(input)))
                {
                    return Err(Fault::new(
                        Code::InsideSource,
                        format!("{} is inside the source {}", target.display(), source.display()),
                        "write somewhere else: sources are never altered",
                    )
                    .at(target.display().to_string()));
                }
            }
        }
        Ok(())
    }
}

fn workspaces_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == EXTENSION) && Workspace::is_one(path))
        .collect();
    found.sort();
    found
}

/// Links followed to find where a path leads, as the systems themselves do.
const MAX_LINKS: u32 = 40;

/// Where a path leads, without links and `..`: what is not there yet would be made there, be it behind a link that leads to nothing.
fn absolute(path: &Path) -> PathBuf {
    let mut links_left = MAX_LINKS;
    resolved(path, &mut links_left)
}

fn resolved(path: &Path, links_left: &mut u32) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for component in whole.components() {
        match component {
            // What stands before it holds no link any more.
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(name) => {
                let folder = real.clone();
                real.push(name);
                if let Ok(found) = real.canonicalize() {
                    real = found;
                } else if let (Ok(target), true) = (real.read_link(), *links_left > 0) {
                    *links_left -= 1;
                    real = resolved(&folder.join(target), links_left);
                }
            }
            other => real.push(other),
        }
    }
    real
}

fn is_empty_folder(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn not_a_workspace(folder: &Path, remedy: &str) -> Fault {
    Fault::new(Code::NotAWorkspace, "this is not an Assay workspace", remedy).at(folder.display().to_string())
}

fn unwritable(folder: &Path, error: &std::io::Error) -> Fault {
    let code = match error.kind() {
        std::io::ErrorKind::PermissionDenied => Code::NoPermission,
        std::io::ErrorKind::StorageFull => Code::DiskFull,
        _ => Code::NotReadable,
    };
    Fault::new(
        code,
        format!("the workspace folder cannot be used: {error}"),
        "choose a folder you may write to",
    )
    .at(folder.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_workspace_of_the_nearest_parent_is_meant() {
        let root = tempfile::tempdir().unwrap();
        Workspace::create(&root.path().join("cases.assay")).unwrap();
        let deep = root.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        let found = Workspace::locate(None, &deep).unwrap();
        assert_eq!(found.file_name().unwrap(), "cases.assay");
        Workspace::create(&root.path().join("other.assay")).unwrap();
        assert_eq!(Workspace::locate(None, &deep).unwrap_err().code, Code::Usage);
    }

    #[test]
    fn a_folder_with_other_things_is_refused_untouched() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("letter.txt"), "keep me").unwrap();
        assert_eq!(
            Workspace::create(root.path()).unwrap_err().code,
            Code::NotAWorkspace
        );
        assert_eq!(
            Workspace::open(root.path()).unwrap_err().code,
            Code::NotAWorkspace
        );
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_file_that_is_double_clicked_means_the_folder_it_lies_in() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("letters.assay");
        let workspace = Workspace::create(&folder).unwrap();
        let door = folder.join(DOOR_FILE);
        assert!(door.is_file());
        assert_eq!(Workspace::meant_by(&door), folder);
        assert_eq!(Workspace::meant_by(workspace.folder()), workspace.folder());
        assert_eq!(Workspace::locate(Some(&door), root.path()).unwrap(), folder);
    }
}
