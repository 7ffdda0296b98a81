//! What models made of the samples: results brought in, listed, removed, and reported on.

mod reporting;

use std::collections::HashMap;
use std::path::PathBuf;

use assay_index::result_files::{self, Key, ResultRow, ResultsFile};
use assay_index::{Added, FileResults, Index, Snapshot};
use assay_model::results::{RunInfo, SampleResult};
use assay_model::{Code, Digest, Fault, Task};
use serde::Serialize;

use crate::{Workspace, clock};
pub use assay_index::result_files::ColumnNames;
pub use reporting::{ReportOrder, report};

/// Unknown keys that are told to whoever adds a file.
const TOLD: usize = 1000;

/// Files to add to a run.
#[derive(Clone, Debug, Default)]
pub struct AddOrder {
    pub paths: Vec<PathBuf>,
    pub run: String,
    /// Where ids are looked up: `NAME` or `NAME@N`; the only dataset where none is named.
    pub dataset: Option<String>,
    pub model: String,
    pub checkpoint: String,
    pub trained_on: String,
    pub columns: ColumnNames,
}

/// What adding came to: the shape of `assay results add --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AddOutcome {
    pub run: RunInfo,
    pub files: Vec<FileOutcome>,
}

/// One file's rows: `rows = kept + copies + unknown ids`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FileOutcome {
    pub file: String,
    pub digest: String,
    pub format: String,
    /// Whether the run had this very file already; then nothing changed.
    pub known: bool,
    pub rows: u64,
    /// Results kept, unknown digests among them.
    pub kept: u64,
    /// Results whose sample is in the workspace.
    pub matched: u64,
    /// Rows whose id names a text that an earlier row has a result for; the earlier one counts.
    pub copies: u64,
    /// Rows whose key names no sample.
    pub unknown: u64,
    /// Of the unknown, those keyed by digest: kept for a snapshot that holds the sample.
    pub kept_unknown: u64,
    /// At most 1,000.
    pub unknown_keys: Vec<String>,
    /// (column, the file's field).
    pub columns: Vec<(String, String)>,
    /// Fields that mean nothing here.
    pub ignored: Vec<String>,
    /// The snapshot that ids were looked up in, `NAME@N`; empty where digests were given.
    pub looked_up_in: String,
}

/// Adds files to a run, each whole or not at all; a fault in one keeps all of them out.
pub fn add(workspace: &Workspace, order: &AddOrder, task: &Task) -> Result<AddOutcome, Fault> {
    check_run_name(&order.run)?;
    let mut joined = Vec::new();
    {
        let index = workspace.index()?;
        for path in &order.paths {
            let file = result_files::read(path, &order.columns, task)?;
            let shown = path.display().to_string();
            let known = already_added(&index, &order.run, &file.digest)?;
            joined.push((look_up(&index, file, order.dataset.as_deref())?, known, shown));
        }
    }
    let mut index = workspace.index_writer()?;
    let mut files = Vec::new();
    for (looked, known, shown) in joined {
        task.check()?;
        let mut outcome = looked.outcome();
        outcome.known = known;
        if !known {
            let run = RunInfo {
                run: order.run.trim().to_owned(),
                model: order.model.trim().to_owned(),
                checkpoint: order.checkpoint.trim().to_owned(),
                trained_on: order.trained_on.trim().to_owned(),
                dataset: looked.looked_up_in.clone(),
                added: clock::now_text(),
                ..RunInfo::default()
            };
            let added = index
                .add_results(&run, &looked.results)
                .map_err(|fault| fault.at(shown))?;
            outcome.known = added == Added::Known;
        }
        files.push(outcome);
    }
    let runs = index.runs()?;
    let run = runs.into_iter().find(|info| info.run == order.run.trim());
    Ok(AddOutcome {
        run: run.ok_or_else(|| Fault::internal("adding results", "the run is not there"))?,
        files,
    })
}

/// Reads a file and looks its keys up without keeping anything.
pub fn preview(workspace: &Workspace, order: &AddOrder, task: &Task) -> Result<Vec<FileOutcome>, Fault> {
    let index = workspace.index()?;
    order
        .paths
        .iter()
        .map(|path| {
            let file = result_files::read(path, &order.columns, task)?;
            let known = !order.run.trim().is_empty() && already_added(&index, &order.run, &file.digest)?;
            let looked = look_up(&index, file, order.dataset.as_deref())?;
            Ok(FileOutcome {
                known,
                ..looked.outcome()
            })
        })
        .collect()
}

/// Every run, the first added first: the shape of `assay results list --json`.
pub fn runs(workspace: &Workspace) -> Result<Vec<RunInfo>, Fault> {
    workspace.index()?.runs()
}

/// Forgets a run; says how many results went.
pub fn remove(workspace: &Workspace, run: &str) -> Result<u64, Fault> {
    workspace.index_writer()?.remove_run(run.trim())
}

fn already_added(index: &Index, run: &str, digest: &Digest) -> Result<bool, Fault> {
    let digest = digest.to_string();
    let runs = index.runs()?;
    let found = runs.iter().find(|info| info.run == run.trim());
    Ok(found.is_some_and(|info| info.files.iter().any(|file| file.digest == digest)))
}

/// A file's results by the digests its keys name.
struct LookedUp {
    file: ResultsFile,
    results: FileResults,
    matched: u64,
    looked_up_in: String,
}

impl LookedUp {
    fn outcome(&self) -> FileOutcome {
        let columns = self.file.columns.iter();
        FileOutcome {
            file: self.file.name.clone(),
            digest: self.file.digest.to_string(),
            format: self.file.format.clone(),
            known: false,
            rows: self.results.rows,
            kept: self.results.results.len() as u64,
            matched: self.matched,
            copies: self.results.copies,
            unknown: self.results.unknown.len() as u64,
            kept_unknown: self.results.kept_unknown,
            unknown_keys: self.results.unknown.iter().take(TOLD).cloned().collect(),
            columns: columns
                .map(|(column, field)| ((*column).to_owned(), field.clone()))
                .collect(),
            ignored: self.file.ignored.clone(),
            looked_up_in: self.looked_up_in.clone(),
        }
    }
}

fn look_up(index: &Index, mut file: ResultsFile, dataset: Option<&str>) -> Result<LookedUp, Fault> {
    let rows = std::mem::take(&mut file.rows);
    let by_id = rows.iter().any(|row| matches!(row.key, Key::Id(_)));
    let snapshot: Option<Snapshot> = match (by_id, dataset) {
        (true, Some(name)) => Some(index.snapshot_called(name)?),
        (true, None) => Some(index.snapshot(None, None)?),
        (false, _) => None,
    };
    let keys = rows.iter().filter_map(|row| match &row.key {
        Key::Id(id) => Some(id.clone()),
        Key::Sample(_) => None,
    });
    let ids = match &snapshot {
        Some(snapshot) => index.digests_by_id(snapshot, &keys.collect())?,
        None => HashMap::default(),
    };
    let mut results = FileResults {
        name: file.name.clone(),
        digest: Some(file.digest),
        rows: rows.len() as u64,
        ..FileResults::default()
    };
    let mut matched = 0;
    let mut taken: HashMap<Digest, SampleResult> = HashMap::new();
    for ResultRow { line, key, result } in rows {
        let digest = match &key {
            Key::Sample(digest) => {
                if index.has_sample(digest)? {
                    matched += 1;
                } else {
                    results.kept_unknown += 1;
                    results.unknown.push(key.written());
                }
                *digest
            }
            Key::Id(id) => match ids.get(id).map(Vec::as_slice) {
                Some([digest]) => {
                    if taken.contains_key(digest) {
                        results.copies += 1;
                        continue;
                    }
                    matched += 1;
                    *digest
                }
                // Several texts under one id: which of them the result is of cannot be known.
                _ => {
                    results.unknown.push(key.written());
                    continue;
                }
            },
        };
        if taken.insert(digest, result).is_some() {
            return Err(Fault::new(
                Code::InvalidResults,
                format!("{digest} has a result in an earlier row, under its id"),
                "give each sample one row; nothing of the file was kept",
            )
            .line(line));
        }
        results.results.push((digest, result, line));
    }
    Ok(LookedUp {
        looked_up_in: snapshot.map_or(String::new(), |found| {
            format!("{}@{}", found.dataset, found.number)
        }),
        file,
        results,
        matched,
    })
}

fn check_run_name(name: &str) -> Result<(), Fault> {
    let usable = !name.trim().is_empty() && name.len() <= 200 && !name.contains(char::is_control);
    if usable {
        return Ok(());
    }
    let shown = assay_model::fault::one_line(name);
    Err(Fault::new(
        Code::Usage,
        format!("`{shown}` cannot name a run"),
        "use 1 to 200 characters",
    ))
}
