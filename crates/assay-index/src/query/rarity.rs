//! Samples by how rare they are, where no expression says which: sets that are kept under a name.
//!
//! How rare the words of a text are is no column: whoever ranked the texts leaves the bands here, and a filter asks for them
//! by name (`rarity_band = 'tail of word in gen1'`). A name holds for one snapshot and for the runs as they are.

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
        self.keep_set(&self.rarity_name(snapshot, name)?, &samples.into_iter().collect())
    }

    /// The samples that are kept under this name.
    pub(super) fn rarity_band(&self, snapshot: &Snapshot, name: &str) -> Result<IdSet, Fault> {
        self.kept_set(&self.rarity_name(snapshot, name)?).ok_or_else(|| {
            Fault::new(
                Code::InvalidExpression,
                format!(
                    "no samples are kept as `{}` for this snapshot and its results",
                    assay_model::fault::one_line(name)
                ),
                "ask for the report on results again: it ranks the samples and says what its bands are called",
            )
        })
    }

    fn rarity_name(&self, snapshot: &Snapshot, name: &str) -> Result<Digest, Fault> {
        let runs: Vec<_> = self
            .runs()?
            .into_iter()
            .map(|run| {
                let files: Vec<String> = run.files.into_iter().map(|file| file.digest).collect();
                (run.run, run.added, files)
            })
            .collect();
        let whole = serde_json::json!([snapshot.id, snapshot.root.to_string(), name, runs]).to_string();
        Ok(Digest::of(whole.as_bytes()))
    }
}
