//! Sets of samples that took long to find, kept beside the answers under a name that says all they depend on.
//!
//! They lie in the workspace's `answers` folder, whose oldest files may go at any time. Deliberately absent: what a set means;
//! whoever names it knows.

use std::path::PathBuf;

use assay_model::{Digest, Fault};

use crate::database::Index;
use crate::id_set::IdSet;

impl Index {
    /// Keeps a set under its name, in place of the one kept there before.
    pub(super) fn keep_set(&self, name: &Digest, set: &IdSet) -> Result<(), Fault> {
        let packed = set.pack()?;
        let path = self.set_file(name);
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(path.parent().expect("the file lies in a folder"))?;
            // Whole or not at all: half a set would be read as a set.
            let half = path.with_extension("half");
            std::fs::write(&half, &packed)?;
            std::fs::rename(&half, &path)
        };
        write().map_err(|error| Fault::internal("keeping a set of samples", error))
    }

    /// The set that is kept under this name; a damaged one is none.
    pub(super) fn kept_set(&self, name: &Digest) -> Option<IdSet> {
        let packed = std::fs::read(self.set_file(name)).ok()?;
        IdSet::unpack(&packed).ok()
    }

    fn set_file(&self, name: &Digest) -> PathBuf {
        self.folder().join("answers").join(format!("{}.ids", name.hex()))
    }
}
