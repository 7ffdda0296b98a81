//! Packs and their returns; rubrics and frozen gold, which travel with them or are made from what came back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use assay_model::{Code, Fault};
use assay_review::packs::{self, Pack, PackFile};
use assay_review::{Stamp, queue};

use super::{Desk, lock};
use crate::review::{saved_entry, stamp};
use crate::wire::{
    HandleRequest, PackInfo, PackIssueRequest, PackLook, PackReturnRequest, PackTakeRequest, PackTaken,
    PackWritten, Picked,
};
use crate::{Workspace, heads, packing, workspace};

impl Desk {
    pub fn packs(&self) -> Result<Vec<PackInfo>, Fault> {
        let open = self.open()?;
        packing::list(&open.workspace.ledger()?, &open.reader())
    }

    pub fn pack_issue(&self, request: &PackIssueRequest) -> Result<PackWritten, Fault> {
        let open = self.open()?;
        let path = self.path(&request.handle)?;
        open.workspace.check_export(&path)?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        open.sign_head_quietly();
        let mut ledger = lock(&open.ledger);
        let queue = queue::find(&ledger, &request.queue)?;
        let pack = packing::issue(&mut ledger, &stamp, &queue, &request.recipient)?;
        packing::write_pack(&open.workspace, &ledger, pack, &path)
    }

    pub fn pack_return(&self, request: &PackReturnRequest) -> Result<PackWritten, Fault> {
        let open = self.open()?;
        let path = self.path(&request.handle)?;
        let pack = request.pack.parse().map_err(|_| {
            Fault::new(
                Code::Usage,
                format!("`{}` is no pack", request.pack),
                "choose one from the list",
            )
        })?;
        let ledger = open.workspace.ledger()?;
        let key = match &request.passphrase {
            Some(passphrase) => Some(Arc::new(self.unlock(&ledger, &open.actor()?, passphrase)?)),
            None => match open.heads.key() {
                Some(key) if packing::is_of_recipient(&ledger, pack, &key)? => Some(key),
                _ => None,
            },
        };
        packing::write_return(&open.workspace, &ledger, pack, key.as_deref(), &path)
    }

    /// What a file is and would bring; nothing is recorded.
    pub fn pack_look(&self, request: &HandleRequest) -> Result<PackLook, Fault> {
        let path = self.path(&request.handle)?;
        let label = label(&path);
        let open = self.open();
        match packing::read(&path)? {
            PackFile::Pack(pack) => {
                let ledger = open.ok().map(|open| open.workspace.ledger()).transpose()?;
                packing::look_at_pack(ledger.as_ref(), label, &pack)
            }
            PackFile::Return(returned) => {
                let open = open?;
                let stamp = Stamp::now(open.actor()?);
                packing::look_at_return(&open.workspace.ledger()?, &stamp, label, &returned)
            }
        }
    }

    /// Opens a pack or takes a return in; on disk when it returns.
    pub fn pack_take(&self, request: &PackTakeRequest) -> Result<PackTaken, Fault> {
        let path = self.path(&request.handle)?;
        self.pack_done();
        match packing::read(&path)? {
            PackFile::Pack(pack) => self.open_pack(&pack, &request.entry),
            PackFile::Return(returned) => {
                let open = self.open()?;
                let stamp = stamp(&open.actor()?, &request.entry)?;
                let mut ledger = lock(&open.ledger);
                let outcome = packs::merge(&mut ledger, &stamp, &returned)?;
                heads::copy_as_set(&open.workspace, &ledger)?;
                let saved = ledger.last_entry()?.as_ref().map(saved_entry);
                drop(ledger);
                Ok(PackTaken {
                    state: self.app_state()?,
                    queue: outcome.queue.id.to_string(),
                    saved,
                    brought: Some(packing::outcome_to_wire(&outcome)),
                })
            }
        }
    }

    /// Opens a pack in the open workspace, or in a new one named after its queue; whoever it was made for is chosen.
    fn open_pack(&self, pack: &Pack, entry: &str) -> Result<PackTaken, Fault> {
        let recipient = &pack.header.recipient;
        if self.open().is_err() {
            self.enter(Workspace::create(&self.room_for(&pack.header.terms.name))?)?;
        }
        let open = self.open()?;
        let queue = {
            let mut ledger = lock(&open.ledger);
            packs::open(&mut ledger, &stamp(recipient, entry)?, pack)?
        };
        let state = self.choose(&open, recipient)?;
        Ok(PackTaken {
            state,
            queue: queue.id.to_string(),
            saved: lock(&open.ledger).last_entry()?.as_ref().map(saved_entry),
            brought: None,
        })
    }

    /// A folder that is not there yet, among the user's workspaces.
    fn room_for(&self, name: &str) -> PathBuf {
        let plain: String = name
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || c == '-' || c == ' ' {
                    c
                } else {
                    ' '
                }
            })
            .take(60)
            .collect();
        let plain = match plain.trim() {
            "" => "Pack",
            plain => plain,
        };
        let named = |number: u64| {
            let name = if number == 1 {
                plain.to_owned()
            } else {
                format!("{plain} {number}")
            };
            self.documents.join(format!("{name}.{}", workspace::EXTENSION))
        };
        (1..)
            .map(named)
            .find(|folder| !folder.exists())
            .expect("some number is free")
    }

    /// A file that Assay was started with: it waits until the window asks what it is.
    pub fn bring_pack(&self, path: PathBuf) {
        *lock(&self.pack) = Some(path);
    }

    /// The pack that waits, if any.
    pub(super) fn waiting_pack(&self) -> Option<Picked> {
        lock(&self.pack).clone().map(|path| self.handle(path))
    }

    fn pack_done(&self) {
        *lock(&self.pack) = None;
    }
}

/// Whether a path names a pack or the return of one.
pub fn is_pack(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("assaypack" | "assayreturn"))
}

fn label(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    assay_model::fault::one_line(&name.to_string_lossy())
}
