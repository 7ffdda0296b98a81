//! Samples by how rare they are, where no expression says which: sets that are kept under a name.
//!
//! How rare the words of a text are is no column: whoever ranked the texts leaves the bands here, and a filter asks for them
//! by name (`rarity_band = 'tail of word in gen1'`). A name holds for one snapshot and for the runs as they are. The sets lie
//! in the workspace's `answers` folder, whose oldest files may go at any time.

use std::path::PathBuf;

use assay_model::{Code, Digest, Fault};

use crate::database::Index;
use crate::id_set::IdSet;
use crate::snapshots::Snapshot;

impl Index {
    /// Keeps the samples of a band under its name, in place of those kept there before.
    pub fn keep_rarity_band(
        &self,
        snapshot: &Snapshot,
        name: &str,
        samples: impl IntoIterator<Item = u64>,
    ) -> Result<(), Fault> {
        let packed = samples.into_iter().collect::<IdSet>().pack()?;
        let path = self.rarity_file(snapshot, name)?;
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(path.parent().expect("the file lies in a folder"))?;
            // Whole or not at all: half a set would be read as a set.
            let half = path.with_extension("half");
            std::fs::write(&half, &packed)?;
            std::fs::rename(&half, &path)
        };
        write().map_err(|error| Fault::internal("keeping a band of samples", error))
    }

    /// The samples that are kept under this name.
    pub(super) fn rarity_band(&self, snapshot: &Snapshot, name: &str) -> Result<IdSet, Fault> {
        match std::fs::read(self.rarity_file(snapshot, name)?) {
            Ok(packed) => IdSet::unpack(&packed),
            Err(_) => Err(Fault::new(
                Code::InvalidExpression,
                format!(
                    "no samples are kept as `{}` for this snapshot and its results",
                    assay_model::fault::one_line(name)
                ),
                "ask for the report on results again: it ranks the samples and says what its bands are called",
            )),
        }
    }

    fn rarity_file(&self, snapshot: &Snapshot, name: &str) -> Result<PathBuf, Fault> {
        let runs: Vec<_> = self
            .runs()?
            .into_iter()
            .map(|run| {
                let files: Vec<String> = run.files.into_iter().map(|file| file.digest).collect();
                (run.run, run.added, files)
            })
            .collect();
        let whole = serde_json::json!([snapshot.id, snapshot.root.to_string(), name, runs]).to_string();
        let file = format!("{}.ids", Digest::of(whole.as_bytes()).hex());
        Ok(self.folder.join("answers").join(file))
    }
}
