//! Datasets, their snapshots, and the files these consist of.

use std::path::PathBuf;

use assay_model::report::ReleaseRead;
use assay_model::{Code, Digest, Fault, FieldMap, Flag, Quarantine, Refusal, Report};
use assay_read::Shape;
use rusqlite::{OptionalExtension, Row, params};

use crate::database::Index;
use crate::fault;

/// The immutable result of indexing a dataset once.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    pub id: i64,
    pub dataset: String,
    pub number: u64,
    /// RFC 3339.
    pub created: String,
    pub tool: String,
    pub map_digest: Digest,
    pub root: Digest,
    pub facts_root: Digest,
    pub files_seen: u64,
    pub files_read: u64,
    pub indexed: u64,
    pub quarantined: u64,
    pub tokens: u64,
    pub bytes: u64,
    pub index_s: f64,
    /// Absolute paths that were given.
    pub inputs: Vec<PathBuf>,
    pub measured: bool,
}

/// Feature columns and the files in them that belong to a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    pub folder: PathBuf,
    pub files: Vec<u32>,
}

/// A file of a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRow {
    pub path: String,
    pub digest: Digest,
    pub bytes: u64,
    pub indexed: u64,
    pub quarantined: u64,
}

/// How a file's records became samples.
#[derive(Clone, Debug, PartialEq)]
pub struct FileLayout {
    pub file: FileRow,
    pub shape: Shape,
    pub map: FieldMap,
}

const SNAPSHOT_COLUMNS: &str =
    "s.id, d.name, s.number, s.created, s.tool, s.map_digest, s.root, s.facts_root, s.files_seen,
    s.files_read, s.indexed, s.quarantined, s.tokens, s.bytes, s.index_s, s.inputs, s.report IS NOT NULL";

impl Index {
    /// Every dataset's name, in order.
    pub fn datasets(&self) -> Result<Vec<String>, Fault> {
        let failed = fault::sql("listing datasets");
        let mut statement = self
            .connection
            .prepare_cached("SELECT name FROM dataset d WHERE EXISTS (SELECT 1 FROM snapshot WHERE dataset = d.id) ORDER BY name")
            .map_err(&failed)?;
        let names = statement.query_map([], |row| row.get(0)).map_err(&failed)?;
        names.collect::<Result<_, _>>().map_err(&failed)
    }

    /// A dataset's snapshots, earliest first.
    pub fn snapshots(&self, dataset: &str) -> Result<Vec<Snapshot>, Fault> {
        let failed = fault::sql("listing snapshots");
        let query = format!(
            "SELECT {SNAPSHOT_COLUMNS} FROM snapshot s JOIN dataset d ON d.id = s.dataset WHERE d.name = ?1 ORDER BY s.number"
        );
        let mut statement = self.connection.prepare_cached(&query).map_err(&failed)?;
        let rows = statement.query_map([dataset], read_snapshot).map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Finds the snapshot meant: the only dataset's where none is named, the latest where no number is given.
    pub fn snapshot(&self, dataset: Option<&str>, number: Option<u64>) -> Result<Snapshot, Fault> {
        let names = self.datasets()?;
        let listed = || match names.as_slice() {
            [] => "index some data first: assay index PATH".to_owned(),
            names => format!("the datasets are: {}", names.join(", ")),
        };
        let name = match (dataset, names.as_slice()) {
            (Some(name), _) => name,
            (None, [only]) => only,
            (None, []) => {
                return Err(Fault::new(
                    Code::UnknownDataset,
                    "this workspace holds no dataset yet",
                    listed(),
                ));
            }
            (None, _) => {
                let message = "this workspace holds several datasets; say which with --dataset";
                return Err(Fault::new(Code::UnknownDataset, message, listed()));
            }
        };
        let mut snapshots = self.snapshots(name)?;
        let found = match number {
            Some(number) => snapshots.into_iter().find(|snapshot| snapshot.number == number),
            None => snapshots.pop(),
        };
        found.ok_or_else(|| {
            let what = match number {
                Some(number) => format!("dataset `{name}` has no snapshot {number}"),
                None => format!("there is no dataset `{name}`"),
            };
            Fault::new(Code::UnknownDataset, what, listed())
        })
    }

    /// The latest snapshot that holds a sample.
    pub fn snapshot_with(&self, sample: u64) -> Result<Snapshot, Fault> {
        let query = format!(
            "SELECT {SNAPSHOT_COLUMNS} FROM sample x JOIN snapshot_file sf ON sf.file = x.file
             JOIN snapshot s ON s.id = sf.snapshot JOIN dataset d ON d.id = s.dataset
             WHERE x.id = ?1 ORDER BY s.id DESC LIMIT 1"
        );
        self.connection
            .prepare_cached(&query)
            .and_then(|mut statement| statement.query_row([sample as i64], read_snapshot).optional())
            .map_err(fault::sql("finding a sample's snapshot"))?
            .ok_or_else(|| {
                Fault::new(
                    Code::UnknownSample,
                    "there is no such sample",
                    "open the list again",
                )
            })
    }

    /// The snapshot with this id.
    pub fn snapshot_by_id(&self, id: i64) -> Result<Option<Snapshot>, Fault> {
        let query = format!(
            "SELECT {SNAPSHOT_COLUMNS} FROM snapshot s JOIN dataset d ON d.id = s.dataset WHERE s.id = ?1"
        );
        self.connection
            .prepare_cached(&query)
            .and_then(|mut statement| statement.query_row([id], read_snapshot).optional())
            .map_err(fault::sql("finding a snapshot"))
    }

    /// The report of a snapshot, once measured.
    pub fn report(&self, snapshot: &Snapshot) -> Result<Option<Report>, Fault> {
        let text: Option<String> = self
            .connection
            .prepare_cached("SELECT report FROM snapshot WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([snapshot.id], |row| row.get(0)))
            .map_err(fault::sql("reading a report"))?;
        let Some(text) = text else { return Ok(None) };
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| Fault::internal("reading a stored report", error))
    }

    /// What the answers about a snapshot are made of: its content, its facts and its report, as one digest.
    pub fn state_of(&self, snapshot: &Snapshot) -> Result<Digest, Fault> {
        let report: Option<String> = self
            .connection
            .prepare_cached("SELECT report FROM snapshot WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([snapshot.id], |row| row.get(0)))
            .map_err(fault::sql("reading a report"))?;
        let report = report.map(|report| Digest::of(report.as_bytes()).hex());
        Ok(Digest::of(
            format!(
                "{} {} {} {}",
                snapshot.id,
                snapshot.root,
                snapshot.facts_root,
                report.unwrap_or_default()
            )
            .as_bytes(),
        ))
    }

    /// The columns that the snapshot's samples lie in.
    pub fn segments(&self, snapshot: &Snapshot) -> Result<Vec<Segment>, Fault> {
        let failed = fault::sql("listing a snapshot's segments");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT f.segment, f.id FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 WHERE sf.snapshot = ?1 ORDER BY f.segment, f.id",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?))
            })
            .map_err(&failed)?;
        let mut segments: Vec<(i64, Segment)> = Vec::new();
        for row in rows {
            let (segment, file) = row.map_err(&failed)?;
            match segments.last_mut() {
                Some((last, found)) if *last == segment => found.files.push(file),
                _ => segments.push((
                    segment,
                    Segment {
                        folder: self.segment_folder(segment),
                        files: vec![file],
                    },
                )),
            }
        }
        Ok(segments.into_iter().map(|(_, segment)| segment).collect())
    }

    /// Numbers of the snapshot's files in path order.
    pub fn file_order(&self, snapshot: &Snapshot) -> Result<Vec<u32>, Fault> {
        let failed = fault::sql("listing a snapshot's files");
        let mut statement = self
            .connection
            .prepare_cached("SELECT file FROM snapshot_file WHERE snapshot = ?1 ORDER BY path")
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| row.get(0))
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// The snapshot's files in path order.
    pub fn files(&self, snapshot: &Snapshot) -> Result<Vec<FileRow>, Fault> {
        let failed = fault::sql("listing a snapshot's files");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT sf.path, f.digest, f.bytes, f.indexed, f.quarantined FROM snapshot_file sf
                 JOIN file f ON f.id = sf.file WHERE sf.snapshot = ?1 ORDER BY sf.path",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                Ok(FileRow {
                    path: row.get(0)?,
                    digest: Digest(row.get(1)?),
                    bytes: row.get::<_, i64>(2)? as u64,
                    indexed: row.get::<_, i64>(3)? as u64,
                    quarantined: row.get::<_, i64>(4)? as u64,
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// The snapshot's files in path order, each with its shape and the map it was read under.
    pub fn layouts(&self, snapshot: &Snapshot) -> Result<Vec<FileLayout>, Fault> {
        let failed = fault::sql("listing how a snapshot's files were read");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT f.shape, f.map FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 WHERE sf.snapshot = ?1 ORDER BY sf.path",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })
            .map_err(&failed)?;
        let read = rows.collect::<Result<Vec<_>, _>>().map_err(&failed)?;
        let layouts = self.files(snapshot)?.into_iter().zip(read);
        layouts
            .map(|(file, (shape, map))| {
                let shape = serde_json::from_str(&shape)
                    .map_err(|error| Fault::internal("reading a file's shape", error))?;
                let map = crate::worker::parse_map(&map)?;
                Ok(FileLayout { file, shape, map })
            })
            .collect()
    }

    /// Files that were not read, in path order; at most `limit`, and how many there are.
    pub fn refused(&self, snapshot: &Snapshot, limit: u64) -> Result<(Vec<Refusal>, u64), Fault> {
        let failed = fault::sql("listing refused files");
        let mut statement = self
            .connection
            .prepare_cached("SELECT path, code, message, line, remedy FROM refusal WHERE snapshot = ?1 ORDER BY path LIMIT ?2")
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![snapshot.id, limit as i64], |row| {
                Ok(Refusal {
                    path: row.get(0)?,
                    code: code(&row.get::<_, String>(1)?),
                    message: row.get(2)?,
                    line: row.get::<_, Option<i64>>(3)?.map(|line| line as u64),
                    remedy: row.get(4)?,
                })
            })
            .map_err(&failed)?;
        let rows = rows.collect::<Result<_, _>>().map_err(&failed)?;
        let total: i64 = self
            .connection
            .query_row(
                "SELECT count(*) FROM refusal WHERE snapshot = ?1",
                [snapshot.id],
                |row| row.get(0),
            )
            .map_err(&failed)?;
        Ok((rows, total as u64))
    }

    /// Releases that Assay wrote, among what was indexed; in the order of their folders.
    pub fn releases(&self, snapshot: &Snapshot) -> Result<Vec<ReleaseRead>, Fault> {
        let failed = fault::sql("listing releases that were indexed");
        let mut statement = self
            .connection
            .prepare_cached("SELECT path, dataset, number, policy, manifest FROM release_read WHERE snapshot = ?1 ORDER BY path")
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                Ok(ReleaseRead {
                    path: row.get(0)?,
                    dataset: row.get(1)?,
                    snapshot: row.get::<_, i64>(2)? as u64,
                    policy: row.get(3)?,
                    manifest: Digest(row.get(4)?).to_string(),
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Quarantined records in file order, from `offset`.
    pub fn quarantined(
        &self,
        snapshot: &Snapshot,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<Quarantine>, Fault> {
        let failed = fault::sql("listing quarantined records");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT sf.path, q.line, q.column_, q.byte_offset, q.code, q.message, q.excerpt
                 FROM snapshot_file sf CROSS JOIN quarantine q ON q.file = sf.file
                 WHERE sf.snapshot = ?1 ORDER BY sf.path, q.byte_offset, q.line LIMIT ?2 OFFSET ?3",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![snapshot.id, limit as i64, offset as i64], |row| {
                Ok(Quarantine {
                    path: row.get(0)?,
                    line: row.get::<_, i64>(1)? as u64,
                    column: row.get::<_, Option<i64>>(2)?.map(|column| column as u64),
                    byte_offset: row.get::<_, i64>(3)? as u64,
                    code: code(&row.get::<_, String>(4)?),
                    message: row.get(5)?,
                    excerpt: row.get(6)?,
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Flags in file order, at most `limit`.
    pub fn flags(&self, snapshot: &Snapshot, limit: u64) -> Result<Vec<Flag>, Fault> {
        let failed = fault::sql("listing flags");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT sf.path, g.line, g.code, g.message FROM snapshot_file sf CROSS JOIN flag g ON g.file = sf.file
                 WHERE sf.snapshot = ?1 ORDER BY sf.path, g.line, g.code LIMIT ?2",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![snapshot.id, limit as i64], |row| {
                Ok(Flag {
                    path: row.get(0)?,
                    line: row.get::<_, Option<i64>>(1)?.map(|line| line as u64),
                    code: code(&row.get::<_, String>(2)?),
                    message: row.get(3)?,
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// How many flags there are of each code.
    pub fn flag_counts(&self, snapshot: &Snapshot) -> Result<Vec<(String, u64)>, Fault> {
        let failed = fault::sql("counting flags");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT g.code, count(*) FROM snapshot_file sf JOIN flag g ON g.file = sf.file
                 WHERE sf.snapshot = ?1 GROUP BY g.code ORDER BY g.code",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)? as u64))
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// The samples of the first `limit` records that carry a flag, in file order.
    pub fn flagged(&self, snapshot: &Snapshot, flag: Code, limit: u64) -> Result<Vec<u64>, Fault> {
        let failed = fault::sql("listing flagged samples");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT f.first, f.indexed, g.line FROM snapshot_file sf
                 CROSS JOIN flag g ON g.file = sf.file JOIN file f ON f.id = sf.file
                 WHERE sf.snapshot = ?1 AND g.code = ?2 AND g.line IS NOT NULL ORDER BY sf.path, g.line LIMIT ?3",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map(params![snapshot.id, flag.as_str(), limit as i64], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .map_err(&failed)?;
        let mut samples = Vec::new();
        for row in rows {
            let (first, indexed, line): (i64, i64, i64) = row.map_err(&failed)?;
            samples.extend(self.sample_at_line(first..first + indexed, line)?);
        }
        Ok(samples)
    }

    /// The sample among consecutive ones of a file that begins at a line: lines ascend with ids, so it is searched for by halves.
    fn sample_at_line(&self, samples: std::ops::Range<i64>, line: i64) -> Result<Option<u64>, Fault> {
        let failed = fault::sql("finding a flagged sample");
        let mut statement = self
            .connection
            .prepare_cached("SELECT line FROM sample_detail WHERE id = ?1")
            .map_err(&failed)?;
        let (mut low, mut high) = (samples.start, samples.end);
        while low < high {
            let middle = low + (high - low) / 2;
            let found: i64 = statement.query_row([middle], |row| row.get(0)).map_err(&failed)?;
            match found.cmp(&line) {
                std::cmp::Ordering::Equal => return Ok(Some(middle as u64)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(None)
    }

    /// Names of the snapshot's mapped dimensions, each with whether all its values are numbers.
    pub fn dimensions(&self, snapshot: &Snapshot) -> Result<Vec<(String, bool)>, Fault> {
        let failed = fault::sql("listing dimensions");
        let maps: Vec<String> = {
            let mut statement = self
                .connection
                .prepare_cached("SELECT DISTINCT f.map FROM snapshot_file sf JOIN file f ON f.id = sf.file WHERE sf.snapshot = ?1")
                .map_err(&failed)?;
            let rows = statement
                .query_map([snapshot.id], |row| row.get(0))
                .map_err(&failed)?;
            rows.collect::<Result<_, _>>().map_err(&failed)?
        };
        let mut names = std::collections::BTreeSet::new();
        for map in maps {
            names.extend(crate::worker::parse_map(&map)?.dimensions.into_keys());
        }
        let mut numeric = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM dimension WHERE name = ?1 LIMIT 1)
                 AND NOT EXISTS (SELECT 1 FROM dimension WHERE name = ?1 AND written = 0 LIMIT 1)",
            )
            .map_err(&failed)?;
        names
            .into_iter()
            .map(|name| {
                let all_numbers = numeric.query_row([&name], |row| row.get(0)).map_err(&failed)?;
                Ok((name, all_numbers))
            })
            .collect()
    }

    pub(crate) fn dataset_id(&self, name: &str) -> Result<Option<i64>, Fault> {
        self.connection
            .query_row("SELECT id FROM dataset WHERE name = ?1", [name], |row| row.get(0))
            .optional()
            .map_err(fault::sql("finding a dataset"))
    }
}

fn read_snapshot(row: &Row<'_>) -> rusqlite::Result<Snapshot> {
    let count = |index: usize| row.get::<_, i64>(index).map(|value| value as u64);
    Ok(Snapshot {
        id: row.get(0)?,
        dataset: row.get(1)?,
        number: count(2)?,
        created: row.get(3)?,
        tool: row.get(4)?,
        map_digest: Digest(row.get(5)?),
        root: Digest(row.get(6)?),
        facts_root: Digest(row.get(7)?),
        files_seen: count(8)?,
        files_read: count(9)?,
        indexed: count(10)?,
        quarantined: count(11)?,
        tokens: count(12)?,
        bytes: count(13)?,
        index_s: row.get(14)?,
        inputs: serde_json::from_str(&row.get::<_, String>(15)?).unwrap_or_default(),
        measured: row.get(16)?,
    })
}

/// Codes are written by this program alone; one that is unknown comes from a newer one.
fn code(word: &str) -> Code {
    Code::parse(word).unwrap_or(Code::Internal)
}
