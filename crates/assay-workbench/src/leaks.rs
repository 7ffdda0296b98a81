//! Is a reference set (gold, a benchmark, another dataset) found in the given data?
//!
//! What is named is taken from the workspace; what is a path is indexed into a scratch workspace that is gone
//! afterwards. So files are read in the worker, under the same limits, as in any other run.

use std::io::Write;
use std::path::{Path, PathBuf};

use assay_index::{Index, IndexRequest, Indexed, Snapshot, WorkerCommand};
pub use assay_measure::LeakSettings;
use assay_measure::{Inputs, LeakKind, LeakMatch, LeakSide, Leaks};
use assay_model::{Code, Fault, FieldMap, Task};
use assay_read::Limits;
use assay_review::KeptSample;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::indexing::{dataset_name, tool};
use crate::measuring::{Rereading, columns};
use crate::samples::{located, place};
use crate::wire::{LeakFinding, LeakPair, LeakRun, LeakSample};
use crate::{Workspace, clock, gold_file};

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

/// The same for a window: the matches with both texts, kept so that they can be paged through.
pub(crate) fn leak_pairs(order: &LeakOrder, workspace: &Workspace, task: &Task) -> Result<LeakKept, Fault> {
    let scratch = tempfile::tempdir()
        .map_err(|error| Fault::internal("making a scratch folder for the comparison", error))?;
    let asked = Asked {
        order,
        workspace: &|| Workspace::open(workspace.folder()),
        scratch: scratch.path(),
        task,
    };
    let reference = asked.reference()?;
    let data = asked.data()?;
    Searched::new(&reference, &data, &order.settings, task)?.pairs(&order.reference)
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
    /// Whether the window can open its samples: those of a scratch workspace are gone afterwards.
    stays: bool,
}

impl Place {
    pub fn open(workspace: Workspace, snapshot: Snapshot) -> Result<Self, Fault> {
        let index = workspace.index()?;
        Ok(Self {
            workspace,
            index,
            snapshot,
            stays: true,
        })
    }

    /// Its columns, for measures.
    pub fn columns(&self) -> Result<Inputs, Fault> {
        columns(&self.index, &self.snapshot)
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
    Searched::new(reference, data, settings, task)?.report(name)
}

/// What one snapshot holds of another, and both at hand.
pub(crate) struct Searched<'a> {
    reference: &'a Place,
    data: &'a Place,
    texts: [Rereading; 2],
    leaks: Leaks,
    settings: &'a LeakSettings,
    task: &'a Task,
}

impl<'a> Searched<'a> {
    pub fn new(
        reference: &'a Place,
        data: &'a Place,
        settings: &'a LeakSettings,
        task: &'a Task,
    ) -> Result<Self, Fault> {
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
        Ok(Self {
            reference,
            data,
            texts,
            leaks,
            settings,
            task,
        })
    }

    pub fn report(&self, name: &str) -> Result<LeakReport, Fault> {
        let row = |found: &LeakMatch| -> Result<LeakRow, Fault> {
            Ok(LeakRow {
                kind: found.kind.as_str(),
                a: self.reference.row(found.reference)?,
                b: self.data.row(found.data)?,
                jaccard: found.jaccard,
                containment: found.containment,
                run: found
                    .run
                    .as_ref()
                    .map(|run| json!({"tokens": run.tokens, "text": run.text})),
            })
        };
        let by_kind = by_kind(&self.leaks);
        Ok(LeakReport {
            reference: name.to_owned(),
            reference_samples: self.leaks.reference_samples,
            data_samples: self.leaks.data_samples,
            found: self.leaks.matches.len() as u64,
            by_kind,
            matches: self.leaks.matches.iter().map(row).collect::<Result<_, _>>()?,
            crowded_texts: self.leaks.crowded,
            statement: self.statement(),
        })
    }

    /// The matches with both texts, the first of each kind.
    pub fn pairs(&self, name: &str) -> Result<LeakKept, Fault> {
        let mut pairs = Vec::new();
        for kind in LeakKind::ALL {
            let of_kind = self.leaks.matches.iter().filter(|found| found.kind == kind);
            for found in of_kind.take(PAIRS) {
                self.task.check()?;
                pairs.push(LeakPair {
                    kind: kind.as_str().to_owned(),
                    a: self.reference.sample(&self.texts[0], found.reference)?,
                    b: self.data.sample(&self.texts[1], found.data)?,
                    jaccard: found.jaccard,
                    containment: found.containment,
                    run: found.run.as_ref().map(|run| LeakRun {
                        tokens: u64::from(run.tokens),
                        text: run.text.clone(),
                    }),
                });
            }
        }
        let by_kind = by_kind(&self.leaks);
        Ok(LeakKept {
            finding: LeakFinding {
                key: String::new(),
                direction: String::new(),
                reference: name.to_owned(),
                data: format!("{}@{}", self.data.snapshot.dataset, self.data.snapshot.number),
                found: self.leaks.matches.len() as u64,
                of: self.leaks.reference_samples,
                exact: by_kind.exact,
                normalised: by_kind.normalised,
                near: by_kind.near,
                passage: by_kind.passage,
                statement: self.statement(),
            },
            pairs,
        })
    }

    fn statement(&self) -> String {
        statement(&self.leaks, by_kind(&self.leaks), self.settings)
    }
}

/// What a search found, as the window pages through it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LeakKept {
    pub finding: LeakFinding,
    /// The first of each kind, with both texts.
    pub pairs: Vec<LeakPair>,
}

/// Matches of each kind that are kept with their texts; the counts are whole.
pub(crate) const PAIRS: usize = 1_000;
/// Characters of a text that are kept.
const TEXT: usize = 20_000;

impl Place {
    fn sample(&self, texts: &Rereading, sample: u64) -> Result<LeakSample, Fault> {
        let located = located(&self.index, &self.snapshot, sample)?;
        let mut whole = String::new();
        assay_measure::Texts::read(texts, &[sample], &mut |_, text| text.clone_into(&mut whole))?;
        let text: String = whole.chars().take(TEXT).collect();
        Ok(LeakSample {
            dataset: self.snapshot.dataset.clone(),
            snapshot: self.snapshot.number,
            opens: self.stays,
            cut: text.len() < whole.len(),
            rtl: assay_sketch::is_rtl(&text),
            text,
            path: located.path,
            line: located.line,
            id: located.id,
            digest: located.digest.to_string(),
        })
    }
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

/// Kept texts as a snapshot of a scratch workspace, so that what looks through snapshots can look for them.
pub(crate) fn kept_texts(
    samples: &[KeptSample],
    worker: &WorkerCommand,
    scratch: &Path,
    task: &Task,
) -> Result<Place, Fault> {
    let failed = |error| Fault::internal("copying texts for comparison", error);
    let file = scratch.join("texts.jsonl");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&file).map_err(failed)?);
    for sample in samples {
        crate::samples::write_line(&mut out, &json!({"parts": sample.parts}))?;
    }
    out.flush().map_err(failed)?;
    drop(out);
    index_into(&scratch.join("texts"), &[file], None, worker, task)
}

impl Asked<'_> {
    fn reference(&self) -> Result<Place, Fault> {
        let name = self.order.reference.as_str();
        if name == GOLD {
            let file = self.scratch.join("gold.jsonl");
            write_gold(&(self.workspace)()?, &file)?;
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
        let snapshot = workspace.index()?.snapshot_called(name).map_err(missing)?;
        Place::open(workspace, snapshot)
    }

    fn indexed(&self, side: &str, paths: &[PathBuf], map: Option<&FieldMap>) -> Result<Place, Fault> {
        let inputs = paths
            .iter()
            .map(|path| crate::indexing::existing(path))
            .collect::<Result<Vec<_>, _>>()?;
        index_into(
            &self.scratch.join(side),
            &inputs,
            map,
            &self.order.worker,
            self.task,
        )
    }
}

/// Indexes files into a scratch workspace.
fn index_into(
    folder: &Path,
    inputs: &[PathBuf],
    map: Option<&FieldMap>,
    worker: &WorkerCommand,
    task: &Task,
) -> Result<Place, Fault> {
    let workspace = Workspace::create(folder)?;
    let request = IndexRequest {
        dataset: dataset_name(&inputs[0]),
        inputs: inputs.to_vec(),
        map: map.cloned(),
        limits: Limits::default(),
        worker: worker.clone(),
        tool: tool(),
        now: clock::now_text(),
    };
    let indexed = assay_index::index(&mut workspace.index_writer()?, &request, task, &mut |_| {})?;
    let (Indexed::New(snapshot) | Indexed::Unchanged(snapshot)) = indexed;
    Ok(Place {
        stays: false,
        ..Place::open(workspace, snapshot)?
    })
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes the gold set's kept texts as records that are read back with the same digests.
fn write_gold(workspace: &Workspace, file: &Path) -> Result<(), Fault> {
    let failed = |error| Fault::internal("copying the gold set for comparison", error);
    let mut out = std::io::BufWriter::new(std::fs::File::create(file).map_err(failed)?);
    gold_file::export(&workspace.ledger()?, None, &mut out)?;
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
