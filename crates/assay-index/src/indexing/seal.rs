//! Making a snapshot of a run, or nothing.

use assay_model::merkle::{self, TreeHasher};
use assay_model::{Digest, Fault};
use rusqlite::{Connection, params};

use super::Run;
use crate::fault;
use crate::kept::KeptWriter;

impl Run<'_> {
    /// Computes the roots, writes the snapshot and commits. Returns its number.
    pub(super) fn seal(mut self, index_s: f64) -> Result<u64, Fault> {
        if let Some(columns) = self.columns.take() {
            columns.finish()?;
        }
        let failed = fault::sql("sealing the snapshot");
        self.deferred.build(&self.transaction).map_err(&failed)?;
        self.members
            .sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
        let mut position = 0;
        for member in &self.members {
            self.transaction
                .prepare_cached("INSERT INTO snapshot_file VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                .and_then(|mut insert| {
                    insert.execute(params![
                        self.snapshot,
                        member.path,
                        member.source.as_encoded_bytes(),
                        member.modified_ns,
                        member.file,
                        position as i64
                    ])
                })
                .map_err(&failed)?;
            position += member.indexed;
        }
        self.write_refusals().map_err(&failed)?;
        self.write_releases().map_err(&failed)?;
        let (root, facts_root) = roots(&self.transaction, self.snapshot)?;
        let number: i64 = self
            .transaction
            .query_row(
                "SELECT coalesce(max(number), 0) + 1 FROM snapshot WHERE dataset = ?1",
                [self.dataset],
                |row| row.get(0),
            )
            .map_err(&failed)?;
        self.write_snapshot(number, root, facts_root, index_s)
            .map_err(&failed)?;
        std::mem::replace(&mut self.kept, KeptWriter::new(&self.segment_folder)).finish()?;
        self.transaction.commit().map_err(&failed)?;
        Ok(number as u64)
    }

    /// Leaves everything as it was.
    pub(super) fn abandon(self) -> Result<(), Fault> {
        self.transaction
            .rollback()
            .map_err(fault::sql("leaving the index as it was"))
    }

    fn write_refusals(&self) -> rusqlite::Result<()> {
        let mut insert = self
            .transaction
            .prepare("INSERT INTO refusal VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for refusal in &self.refusals {
            insert.execute(params![
                self.snapshot,
                refusal.path,
                refusal.code.as_str(),
                refusal.message,
                refusal.line.map(|line| line as i64),
                refusal.remedy
            ])?;
        }
        Ok(())
    }

    fn write_releases(&self) -> rusqlite::Result<()> {
        let mut insert = self
            .transaction
            .prepare("INSERT INTO release_read VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for release in &self.releases {
            insert.execute(params![
                self.snapshot,
                release.path,
                release.dataset,
                release.snapshot as i64,
                release.policy,
                release.manifest.0
            ])?;
        }
        Ok(())
    }

    fn write_snapshot(
        &self,
        number: i64,
        root: Digest,
        facts_root: Digest,
        index_s: f64,
    ) -> rusqlite::Result<()> {
        let sums: (i64, i64, i64, i64) = self.transaction.query_row(
            "SELECT coalesce(sum(f.indexed), 0), coalesce(sum(f.quarantined), 0), coalesce(sum(f.tokens), 0),
             coalesce(sum(f.text_bytes), 0) FROM snapshot_file sf JOIN file f ON f.id = sf.file WHERE sf.snapshot = ?1",
            [self.snapshot],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        let json = |value: serde_json::Result<String>| value.expect("maps and paths have a JSON form");
        self.transaction.execute(
            "INSERT INTO snapshot VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, NULL, NULL)",
            params![
                self.snapshot,
                self.dataset,
                number,
                self.request.now,
                self.request.tool,
                self.request.map.as_ref().map(|map| json(serde_json::to_string(map))),
                self.digest_of_map.0,
                root.0,
                facts_root.0,
                self.files_seen as i64,
                self.members.len() as i64,
                sums.0,
                sums.1,
                sums.2,
                sums.3,
                index_s,
                json(serde_json::to_string(
                    &self.request.inputs.iter().map(|path| path.to_string_lossy()).collect::<Vec<_>>()
                )),
            ],
        )?;
        Ok(())
    }
}

/// Snapshot root and facts root, over digests in byte order, repeats kept.
pub(crate) fn roots(connection: &Connection, snapshot: i64) -> Result<(Digest, Digest), Fault> {
    let failed = fault::sql("computing the snapshot root");
    let mut leaves: Vec<([u8; 32], [u8; 32])> = Vec::new();
    let mut statement = connection
        .prepare(
            "SELECT s.digest, d.facts FROM snapshot_file sf JOIN file f ON f.id = sf.file
             CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed
             CROSS JOIN sample_detail d ON d.id = s.id WHERE sf.snapshot = ?1",
        )
        .map_err(&failed)?;
    let mut rows = statement.query([snapshot]).map_err(&failed)?;
    while let Some(row) = rows.next().map_err(&failed)? {
        leaves.push((row.get(0).map_err(&failed)?, row.get(1).map_err(&failed)?));
    }
    leaves.sort_unstable();
    let (mut root, mut facts_root) = (TreeHasher::default(), TreeHasher::default());
    for (digest, facts) in leaves {
        root.push(merkle::leaf(&digest));
        facts_root.push(Digest(facts));
    }
    Ok((root.root(), facts_root.root()))
}
