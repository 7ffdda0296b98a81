//! Is a reference set (gold, a benchmark, another dataset) found in the given data?
//!
//! What is named is taken from the workspace; what is a path is indexed into a scratch workspace that is gone
//! afterwards. So files are read in the worker, under the same limits, as in any other run.

use std::io::Write;
use std::path::{Path, PathBuf};

use assay_index::{Index, IndexRequest, Indexed, Snapshot, WorkerCommand};
pub use assay_measure::LeakSettings;
use assay_measure::{LeakKind, LeakMatch, LeakSide, Leaks};
use assay_model::{Code, Fault, FieldMap, Task};
use assay_read::Limits;
use serde::Serialize;
use serde_json::{Value, json};

use crate::indexing::{dataset_name, tool};
use crate::measuring::{Rereading, columns};
use crate::samples::{located, place};
use crate::{Workspace, clock, gold};

/// The word that stands for the gold set.
const GOLD: &str = "gold";

/// What to look for, and where.
#[derive(Clone, Debug)]
pub struct LeakOrder {
    /// `gold`, a dataset (`NAME` or `NAME@N`), or a path.
    pub reference: String,
    /// Paths, or one dataset.
    pub data: Vec<String>,
    pub map: Option<FieldMap>,
    pub settings: LeakSettings,
    pub worker: WorkerCommand,
}

/// What was found: the shape of `assay leak --json`.
#[derive(Clone, Debug, Serialize)]
pub struct LeakReport {
    pub reference: String,
    pub reference_samples: u64,
    pub data_samples: u64,
    /// Reference samples found; each counts once.
    pub found: u64,
    pub by_kind: ByKind,
    pub matches: Vec<LeakRow>,
    /// Texts that resemble so many others that not every pair of theirs was compared.
    pub crowded_texts: u64,
    pub statement: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByKind {
    pub exact: u64,
    pub normalised: u64,
    pub near: u64,
    pub passage: u64,
}

/// One reference sample (`a`) and where it was found (`b`).
#[derive(Clone, Debug, Serialize)]
pub struct LeakRow {
    pub kind: &'static str,
    pub a: Value,
    pub b: Value,
    pub jaccard: f64,
    pub containment: f64,
    pub run: Option<Value>,
}

/// Looks for the reference in the data. `workspace` is asked for only where something is named.
pub fn leak(
    order: &LeakOrder,
    workspace: &dyn Fn() -> Result<Workspace, Fault>,
    task: &Task,
) -> Result<LeakReport, Fault> {
    let scratch = tempfile::tempdir()
        .map_err(|error| Fault::internal("making a scratch folder for the comparison", error))?;
    let asked = Asked {
        order,
        workspace,
        scratch: scratch.path(),
        task,
    };
    let reference = asked.reference()?;
    let data = asked.data()?;
    between(&order.reference, &reference, &data, &order.settings, task)
}

/// Looks for the gold set in a snapshot of the same workspace.
pub(crate) fn gold_in(
    workspace: &Workspace,
    snapshot: &Snapshot,
    worker: &WorkerCommand,
    settings: &LeakSettings,
    task: &Task,
) -> Result<LeakReport, Fault> {
    let order = LeakOrder {
        reference: GOLD.to_owned(),
        data: vec![format!("{}@{}", snapshot.dataset, snapshot.number)],
        map: None,
        settings: settings.clone(),
        worker: worker.clone(),
    };
    leak(&order, &|| Workspace::open(workspace.folder()), task)
}

/// A snapshot and the workspace that holds it.
pub(crate) struct Place {
    workspace: Workspace,
    index: Index,
    snapshot: Snapshot,
}

impl Place {
    pub fn open(workspace: Workspace, snapshot: Snapshot) -> Result<Self, Fault> {
        let index = workspace.index()?;
        Ok(Self {
            workspace,
            index,
            snapshot,
        })
    }

    fn row(&self, sample: u64) -> Result<Value, Fault> {
        Ok(place(
            &self.snapshot,
            &located(&self.index, &self.snapshot, sample)?,
        ))
    }
}

/// Looks for the samples of one snapshot in another.
pub(crate) fn between(
    name: &str,
    reference: &Place,
    data: &Place,
    settings: &LeakSettings,
    task: &Task,
) -> Result<LeakReport, Fault> {
    let inputs = [
        columns(&reference.index, &reference.snapshot)?,
        columns(&data.index, &data.snapshot)?,
    ];
    let texts = [
        Rereading::open(&reference.workspace, &reference.snapshot)?,
        Rereading::open(&data.workspace, &data.snapshot)?,
    ];
    let side = |number: usize| LeakSide {
        inputs: &inputs[number],
        texts: &texts[number],
    };
    let leaks = assay_measure::leak(side(0), side(1), settings, task)?;
    let row = |found: &LeakMatch| -> Result<LeakRow, Fault> {
        Ok(LeakRow {
            kind: found.kind.as_str(),
            a: reference.row(found.reference)?,
            b: data.row(found.data)?,
            jaccard: found.jaccard,
            containment: found.containment,
            run: found
                .run
                .as_ref()
                .map(|run| json!({"tokens": run.tokens, "text": run.text})),
        })
    };
    let by_kind = by_kind(&leaks);
    Ok(LeakReport {
        reference: name.to_owned(),
        reference_samples: leaks.reference_samples,
        data_samples: leaks.data_samples,
        found: leaks.matches.len() as u64,
        by_kind,
        matches: leaks.matches.iter().map(row).collect::<Result<_, _>>()?,
        crowded_texts: leaks.crowded,
        statement: statement(&leaks, by_kind, settings),
    })
}

fn by_kind(leaks: &Leaks) -> ByKind {
    let count = |kind: LeakKind| leaks.matches.iter().filter(|found| found.kind == kind).count() as u64;
    ByKind {
        exact: count(LeakKind::Exact),
        normalised: count(LeakKind::Normalised),
        near: count(LeakKind::Near),
        passage: count(LeakKind::Passage),
    }
}

/// Says what was found, by which method, and what the method cannot see.
fn statement(leaks: &Leaks, by_kind: ByKind, settings: &LeakSettings) -> String {
    let method = format!(
        "equal text, equal normalised text, near-duplicates verified at Jaccard {} of 5-token shingles or containment {}, \
         and shared runs of {} tokens or more over {} % of the shorter text",
        settings.jaccard,
        settings.containment,
        settings.run_tokens,
        (settings.run_share * 1000.0).round() / 10.0,
    );
    let unseen = "Paraphrases and translations share no runs of words and are not seen.";
    let crowded = match leaks.crowded {
        0 => String::new(),
        texts => {
            format!(" {texts} texts resemble so many others that not every pair of theirs was compared.")
        }
    };
    if leaks.matches.is_empty() {
        return format!(
            "None found by this method: of {}, none in {}, by {method}.{crowded} {unseen}",
            counted(leaks.reference_samples, "reference sample"),
            counted(leaks.data_samples, "sample")
        );
    }
    format!(
        "{} of {} found in {}: {} exact, {} equal after normalising, {} near, {} by a shared \
         passage. Method: {method}.{crowded} {unseen}",
        leaks.matches.len(),
        counted(leaks.reference_samples, "reference sample"),
        counted(leaks.data_samples, "sample"),
        by_kind.exact,
        by_kind.normalised,
        by_kind.near,
        by_kind.passage,
    )
}

/// `1 sample`, `3,080 samples`.
fn counted(number: u64, thing: &str) -> String {
    format!(
        "{} {thing}{}",
        assay_card::grouped(number),
        if number == 1 { "" } else { "s" }
    )
}

/// Finds or makes the two snapshots that an order means.
struct Asked<'a> {
    order: &'a LeakOrder,
    workspace: &'a dyn Fn() -> Result<Workspace, Fault>,
    scratch: &'a Path,
    task: &'a Task,
}

impl Asked<'_> {
    fn reference(&self) -> Result<Place, Fault> {
        let name = self.order.reference.as_str();
        if name == GOLD {
            let file = self.scratch.join("gold.jsonl");
            gold_file(&(self.workspace)()?, &file)?;
            return self.indexed("reference", &[file], None);
        }
        let path = PathBuf::from(name);
        if exists(&path) {
            return self.indexed("reference", &[path], self.order.map.as_ref());
        }
        self.named(name)
    }

    fn data(&self) -> Result<Place, Fault> {
        let paths: Vec<PathBuf> = self.order.data.iter().map(PathBuf::from).collect();
        if let ([name], [path]) = (self.order.data.as_slice(), paths.as_slice())
            && !exists(path)
        {
            return self.named(name);
        }
        self.indexed("data", &paths, self.order.map.as_ref())
    }

    /// The snapshot called `NAME` or `NAME@N`; a name that is neither dataset nor path is said to be missing.
    fn named(&self, name: &str) -> Result<Place, Fault> {
        let missing = |_| {
            Fault::new(
                Code::NotFound,
                "there is no file, folder or dataset of this name",
                "check the path, or index the data first",
            )
            .at(name)
        };
        let workspace = (self.workspace)().map_err(missing)?;
        let snapshot = snapshot_named(&workspace.index()?, name).map_err(missing)?;
        Place::open(workspace, snapshot)
    }

    fn indexed(&self, side: &str, paths: &[PathBuf], map: Option<&FieldMap>) -> Result<Place, Fault> {
        let inputs = paths
            .iter()
            .map(|path| crate::indexing::existing(path))
            .collect::<Result<Vec<_>, _>>()?;
        let workspace = Workspace::create(&self.scratch.join(side))?;
        let request = IndexRequest {
            dataset: dataset_name(&inputs[0]),
            inputs,
            map: map.cloned(),
            limits: Limits::default(),
            worker: self.order.worker.clone(),
            tool: tool(),
            now: clock::now_text(),
        };
        let indexed = assay_index::index(&mut workspace.index_writer()?, &request, self.task, &mut |_| {})?;
        let (Indexed::New(snapshot) | Indexed::Unchanged(snapshot)) = indexed;
        Place::open(workspace, snapshot)
    }
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Finds a snapshot by `NAME`, its latest, or `NAME@N`.
pub(crate) fn snapshot_named(index: &Index, name: &str) -> Result<Snapshot, Fault> {
    match name.rsplit_once('@') {
        Some((dataset, number)) => {
            let number = number.parse().map_err(|_| {
                Fault::new(
                    Code::UnknownDataset,
                    format!("`{}` names no snapshot", assay_model::fault::one_line(name)),
                    "write NAME or NAME@N",
                )
            })?;
            index.snapshot(Some(dataset), Some(number))
        }
        None => index.snapshot(Some(name), None),
    }
}

/// Writes the gold set's kept texts as records that are read back with the same digests.
fn gold_file(workspace: &Workspace, file: &Path) -> Result<(), Fault> {
    let failed = |error| Fault::internal("copying the gold set for comparison", error);
    let mut out = std::io::BufWriter::new(std::fs::File::create(file).map_err(failed)?);
    gold::export(&workspace.ledger()?, &mut out)?;
    out.flush().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_found_says_by_which_method_and_what_it_cannot_see() {
        let leaks = Leaks {
            reference_samples: 164,
            data_samples: 164,
            ..Leaks::default()
        };
        let words = statement(&leaks, ByKind::default(), &LeakSettings::default());
        assert!(words.starts_with("None found by this method"), "{words}");
        assert!(
            words.contains("Paraphrases and translations") && words.contains("30 %"),
            "{words}"
        );
    }
}
