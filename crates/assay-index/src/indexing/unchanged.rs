//! What need not be read again: files that are as the snapshot before holds them.

use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use assay_model::{Digest, Fault};
use assay_read::SourceFile;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest as _, Sha256};

use super::{Member, Run};
use crate::snapshots::Snapshot;
use crate::{columns, fault};

/// SHA-256 of a file's bytes, for files whose time changed but whose size did not.
fn digest_of(path: &Path) -> std::io::Result<Digest> {
    let mut file = std::fs::File::open(path)?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(Digest(hasher.finalize().into())),
            read => hasher.update(&buffer[..read]),
        }
    }
}

/// A file carried over from the snapshot before.
pub(super) struct Carried {
    file: i64,
    indexed: u64,
}

impl Run<'_> {
    /// Segments of the snapshot before whose columns are lost or damaged: what they hold is read again.
    pub(super) fn broken_segments(&self, previous: Option<&Snapshot>) -> Result<HashSet<i64>, Fault> {
        let (Some(previous), Some(features)) = (previous, self.segment_folder.parent()) else {
            return Ok(HashSet::new());
        };
        let failed = fault::sql("comparing with the snapshot before");
        let mut statement = self
            .transaction
            .prepare_cached(
                "SELECT DISTINCT f.segment FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 WHERE sf.snapshot = ?1 AND f.indexed > 0",
            )
            .map_err(&failed)?;
        let segments = statement
            .query_map([previous.id], |row| row.get::<_, i64>(0))
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(&failed)?;
        let is_broken = |segment: &i64| !columns::are_whole(&features.join(segment.to_string()));
        Ok(segments.into_iter().filter(is_broken).collect())
    }

    /// The file as the snapshot before holds it, if it did not change, the map is the same and its columns can be used.
    pub(super) fn carried(
        &self,
        previous: Option<&Snapshot>,
        broken: &HashSet<i64>,
        file: &SourceFile,
    ) -> Result<Option<Carried>, Fault> {
        let Some(previous) = previous.filter(|previous| previous.map_digest == self.digest_of_map) else {
            return Ok(None);
        };
        let failed = fault::sql("comparing with the snapshot before");
        let known = self
            .transaction
            .prepare_cached(
                "SELECT f.id, f.indexed, f.bytes, f.digest, sf.modified_ns, f.segment FROM snapshot_file sf
                 JOIN file f ON f.id = sf.file WHERE sf.snapshot = ?1 AND sf.path = ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![previous.id, file.relative], |row| {
                        let carried = Carried {
                            file: row.get(0)?,
                            indexed: row.get::<_, i64>(1)? as u64,
                        };
                        Ok((
                            carried,
                            row.get::<_, i64>(2)?,
                            Digest(row.get(3)?),
                            row.get::<_, i64>(4)?,
                            row.get::<_, i64>(5)?,
                        ))
                    })
                    .optional()
            })
            .map_err(&failed)?;
        let Some((carried, bytes, digest, modified_ns, segment)) = known else {
            return Ok(None);
        };
        if bytes as u64 != file.bytes || broken.contains(&segment) {
            return Ok(None);
        }
        let same = modified_ns == file.modified_ns || digest_of(&file.path).is_ok_and(|now| now == digest);
        Ok(same.then_some(carried))
    }

    pub(super) fn carry(&mut self, file: &SourceFile, carried: &Carried) {
        self.members.push(Member {
            path: file.relative.clone(),
            source: file.path.clone().into_os_string(),
            modified_ns: file.modified_ns,
            file: carried.file,
            indexed: carried.indexed,
        });
        self.progress.indexed += carried.indexed;
        self.progress.seen += carried.indexed;
    }

    /// Whether what was found is exactly what `previous` consists of, refusals included.
    pub(super) fn same_as(&self, previous: Option<&Snapshot>) -> Result<bool, Fault> {
        let Some(previous) = previous.filter(|previous| previous.map_digest == self.digest_of_map) else {
            return Ok(false);
        };
        let failed = fault::sql("comparing with the snapshot before");
        let strings = |query: &str| -> Result<Vec<String>, Fault> {
            let mut statement = self.transaction.prepare_cached(query).map_err(&failed)?;
            let rows = statement
                .query_map([previous.id], |row| row.get(0))
                .map_err(&failed)?;
            rows.collect::<Result<_, _>>().map_err(&failed)
        };
        let sorted = |mut rows: Vec<String>| {
            rows.sort();
            rows
        };
        let members = self
            .members
            .iter()
            .map(|member| format!("{} {}", member.file, member.path))
            .collect();
        let refusals = self
            .refusals
            .iter()
            .map(|refusal| format!("{} {}", refusal.code, refusal.path))
            .collect();
        Ok(sorted(strings(
            "SELECT file || ' ' || path FROM snapshot_file WHERE snapshot = ?1",
        )?) == sorted(members)
            && sorted(strings(
                "SELECT code || ' ' || path FROM refusal WHERE snapshot = ?1",
            )?) == sorted(refusals))
    }
}
