//! How much would show if the ledger were changed behind Assay's back?
//!
//! A head signed here shows what was changed later by whoever does not hold the key. A copy of it in another place also shows
//! a ledger that was put back together with its heads; a copy on another drive, a lost drive; another lead's signature, a lost
//! key. Copies are lines of a file like `heads.log`, one file for each ledger.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assay_ledger::{Failure, HEADS_FILE, Head, KeyRecord, Verification, append_head, read_heads};
use assay_model::Fault;
use assay_review::Ledger;

use crate::Workspace;
use crate::settings::WorkspaceSettings;

/// What the strongest copy of the last head shows, from nothing upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// No head is signed.
    None,
    /// In the workspace.
    ThisMachine,
    /// Also in a folder outside it, on the same drive.
    OtherFolder,
    /// Also on another drive.
    OtherDrive,
    /// Two people signed it.
    Cosigned,
}

impl Strength {
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ThisMachine => "this_machine",
            Self::OtherFolder => "other_folder",
            Self::OtherDrive => "other_drive",
            Self::Cosigned => "cosigned",
        }
    }
}

/// The last head, how strong heads are, and what contradicts the ledger.
#[derive(Clone, Debug)]
pub struct Standing {
    pub head: Option<Head>,
    /// How many there are.
    pub heads: u64,
    /// For each strength the longest head of it, shortest first.
    pub marks: Vec<Mark>,
    /// The first head, here or in the copies, that the ledger does not continue, in words.
    pub broken: Option<String>,
}

/// A head and its strength.
#[derive(Clone, Debug)]
pub struct Mark {
    pub head: Head,
    pub strength: Strength,
}

impl Standing {
    /// Of the last head.
    pub fn strength(&self) -> Strength {
        self.marks.last().map_or(Strength::None, |mark| mark.strength)
    }
}

/// Where copies of this ledger's heads go, in a folder that the user chose.
pub fn copy_in(ledger: &Ledger, folder: &Path) -> Result<Option<PathBuf>, Fault> {
    let named = |origin: String| {
        let id = origin.rsplit('/').next().unwrap_or_default().to_owned();
        folder.join(format!("{id}.{HEADS_FILE}"))
    };
    Ok(ledger.origin()?.map(named))
}

/// Adds the head to the copies, those that were signed before the folder was chosen first.
pub fn copy(ledger: &Ledger, folder: &Path) -> Result<(), Fault> {
    let Some(path) = copy_in(ledger, folder)? else {
        return Ok(());
    };
    std::fs::create_dir_all(folder)
        .map_err(|error| crate::file::unwritable(folder, "a copy of the heads", &error))?;
    let known = read_heads(&path)?;
    let missing = ledger.heads()?.into_iter().filter(|head| !known.contains(head));
    missing
        .map(|head| head.note.to_string())
        .try_for_each(|note| append_head(&path, &note))
}

/// Adds the heads to the copies where the workspace's settings name a folder for them.
pub fn copy_as_set(workspace: &Workspace, ledger: &Ledger) -> Result<(), Fault> {
    match copies(workspace)? {
        Some(folder) => copy(ledger, &folder),
        None => Ok(()),
    }
}

/// The folder for copies of heads, as the workspace's settings name it.
pub fn copies(workspace: &Workspace) -> Result<Option<PathBuf>, Fault> {
    Ok(WorkspaceSettings::read(workspace)?
        .trust
        .and_then(|trust| trust.heads_copy))
}

/// Verifies the workspace's ledger, and holds it against the copies of its heads too.
pub fn verify(workspace: &Workspace) -> Result<(Verification, Strength), Fault> {
    let ledger = workspace.ledger()?;
    let mut found = ledger.verify()?;
    let copies = copies(workspace)?;
    let standing = standing(&ledger, workspace.folder(), copies.as_deref(), None)?;
    let strength = standing.strength();
    if let (None, Some(what)) = (&found.failure, standing.broken) {
        found.failure = Some(Failure { seq: None, what });
    }
    Ok((found, strength))
}

/// Holds the ledger against every head that can be found, and against the one that this machine's keychain remembers: by
/// whatever key that was signed, for whoever put a ledger back together may have put other keys into it.
pub fn standing(
    ledger: &Ledger,
    workspace: &Path,
    copies: Option<&Path>,
    remembered: Option<&Head>,
) -> Result<Standing, Fault> {
    let copied = match copies
        .map(|folder| copy_in(ledger, folder))
        .transpose()?
        .flatten()
    {
        Some(path) => read_heads(&path)?,
        None => Vec::new(),
    };
    let keys = ledger.keys()?;
    let own = ledger.heads_that_speak()?;
    let elsewhere = copies.map(|folder| {
        if is_other_drive(folder, workspace) {
            Strength::OtherDrive
        } else {
            Strength::OtherFolder
        }
    });
    let mut longest: BTreeMap<Strength, &Head> = BTreeMap::new();
    for head in &own {
        let there = elsewhere.filter(|_| copied.contains(head));
        longest.insert(strength(head, &keys).max(there.unwrap_or(Strength::None)), head);
    }
    let mut marks: Vec<Mark> = longest
        .into_iter()
        .map(|(strength, head)| Mark {
            head: head.clone(),
            strength,
        })
        .collect();
    // One that is weaker and no longer than another adds nothing.
    let reach = |mark: &Mark| (mark.head.checkpoint.size, mark.strength);
    marks.sort_by_key(reach);
    let all = marks.clone();
    marks.retain(|mark| {
        let (size, strength) = reach(mark);
        all.iter()
            .all(|other| other.strength <= strength || other.head.checkpoint.size < size)
    });
    let head = own.last().cloned();
    let heads = own.len() as u64;
    let known = own
        .into_iter()
        .chain(copied.into_iter().filter(|head| head.speaks(&keys)))
        .chain(remembered.cloned());
    let broken = ledger.breaks(&known.collect::<Vec<_>>())?;
    Ok(Standing {
        head,
        heads,
        marks,
        broken,
    })
}

/// Who signed the head, of those whose keys are known.
pub fn signers(head: &Head, keys: &[KeyRecord]) -> Vec<String> {
    head.signers(keys).into_iter().map(str::to_owned).collect()
}

/// What the head shows by its signatures alone.
fn strength(head: &Head, keys: &[KeyRecord]) -> Strength {
    let may_be_cosigned = head.note.signatures.len() > 1;
    if may_be_cosigned && head.signers(keys).len() > 1 {
        Strength::Cosigned
    } else {
        Strength::ThisMachine
    }
}

#[cfg(unix)]
fn is_other_drive(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| std::fs::metadata(path).map(|about| about.dev()).ok();
    device(one)
        .zip(device(other))
        .is_some_and(|(one, other)| one != other)
}

/// By the letter of the drive, or the name of the share.
#[cfg(not(unix))]
fn is_other_drive(one: &Path, other: &Path) -> bool {
    let root = |path: &Path| {
        std::path::absolute(path)
            .ok()
            .and_then(|path| path.components().next().map(|first| first.as_os_str().to_owned()))
    };
    root(one) != root(other)
}
