//! Every sample of a snapshot by its digests, for manifests and roots.

use assay_model::{Digest, Fault};

use crate::{Index, Snapshot, fault};

impl Index {
    /// Digest of the text and leaf of the facts of each sample, in byte order, repeats kept: the leaves of the snapshot's roots.
    pub fn leaves(&self, snapshot: &Snapshot) -> Result<Vec<(Digest, Digest)>, Fault> {
        let failed = fault::sql("listing a snapshot's samples");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.digest, d.facts FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed
                 CROSS JOIN sample_detail d ON d.id = s.id WHERE sf.snapshot = ?1",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                Ok((Digest(row.get(0)?), Digest(row.get(1)?)))
            })
            .map_err(&failed)?;
        let mut leaves = rows.collect::<Result<Vec<_>, _>>().map_err(&failed)?;
        leaves.sort_unstable();
        Ok(leaves)
    }
}
