//! From a snapshot's columns to its stored report.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use assay_index::{Index, MeasureWriter, PairRow, Snapshot, Texts};
use assay_measure::{Cluster, Inputs, Measures, Pair, Passage, Segment, Sink};
use assay_model::report::{Elapsed, Files, Samples};
use assay_model::{Fault, Report, Task};

use crate::Workspace;
use crate::decisions::Decided;

/// Rows of refused files, quarantined records and flags that a report lists; counts are whole.
const LISTED: u64 = 1000;
/// Seed of every resampling, so that the same content gives the same report anywhere.
const SEED: u64 = 20_260_101;

/// Measures a snapshot and stores what was found, all at once.
pub fn measure(
    workspace: &Workspace,
    index: &mut Index,
    snapshot: &Snapshot,
    task: &Task,
) -> Result<Report, Fault> {
    let began = Instant::now();
    let inputs = inputs(workspace, index, snapshot)?;
    let texts = Rereading::open(workspace, snapshot)?;
    let without_measures = collected(index, snapshot)?;
    let mut sink = Storing(index.write_measures(snapshot)?);
    let measures = assay_measure::measure(&inputs, &texts, &mut sink, task)?;
    let elapsed = Elapsed {
        index: snapshot.index_s,
        measure: began.elapsed().as_secs_f64(),
    };
    let report = without_measures.complete(snapshot, measures, elapsed);
    sink.0.finish(&report)?;
    Ok(report)
}

/// A snapshot's columns as the measures read them.
pub(crate) fn columns(index: &Index, snapshot: &Snapshot) -> Result<Inputs, Fault> {
    let segments: Vec<Segment> = index
        .segments(snapshot)?
        .into_iter()
        .map(|segment| Segment {
            folder: segment.folder,
            files: segment.files,
        })
        .collect();
    // Numbers, identity and dates are dimensions to filter by, but no classes to be covered.
    let text_dimensions = index
        .dimensions(snapshot)?
        .into_iter()
        .filter(|(name, only_numbers)| !only_numbers && name != "collected_at")
        .map(|(name, _)| name)
        .collect();
    Ok(Inputs {
        segments,
        file_order: index.file_order(snapshot)?,
        text_dimensions,
        seed: SEED,
        ..Inputs::default()
    })
}

fn inputs(workspace: &Workspace, index: &Index, snapshot: &Snapshot) -> Result<Inputs, Fault> {
    Ok(Inputs {
        gold: Decided::read(&workspace.ledger()?)?.gold().clone(),
        ..columns(index, snapshot)?
    })
}

/// What indexing knew, before the measures join it.
struct Collected {
    files: Files,
    samples: Samples,
    flags: Vec<assay_model::Flag>,
    flag_counts: Vec<(String, u64)>,
}

fn collected(index: &Index, snapshot: &Snapshot) -> Result<Collected, Fault> {
    let (refused, refused_count) = index.refused(snapshot, LISTED)?;
    Ok(Collected {
        files: Files {
            seen: snapshot.files_seen,
            read: snapshot.files_read,
            refused_count,
            refused,
        },
        samples: Samples {
            seen: snapshot.indexed + snapshot.quarantined,
            indexed: snapshot.indexed,
            quarantined: snapshot.quarantined,
            tokens: snapshot.tokens,
            bytes: snapshot.bytes,
            quarantine: index.quarantined(snapshot, 0, LISTED)?,
        },
        flags: index.flags(snapshot, LISTED)?,
        flag_counts: index.flag_counts(snapshot)?,
    })
}

impl Collected {
    fn complete(self, snapshot: &Snapshot, measures: Measures, elapsed_s: Elapsed) -> Report {
        Report {
            dataset: snapshot.dataset.clone(),
            snapshot: snapshot.number,
            snapshot_root: snapshot.root.to_string(),
            facts_root: snapshot.facts_root.to_string(),
            map_digest: snapshot.map_digest.to_string(),
            tool: snapshot.tool.clone(),
            created: snapshot.created.clone(),
            files: self.files,
            samples: self.samples,
            origin: measures.origin,
            composition: measures.composition,
            unique: measures.unique,
            conflicts: measures.conflicts,
            flags: self.flags,
            flag_counts: self.flag_counts.into_iter().collect(),
            language_mismatch: measures.language_mismatch,
            duplication: measures.duplication,
            coverage: measures.coverage,
            diversity: measures.diversity,
            elapsed_s,
        }
    }
}

/// Rereads texts for the measures, on as many threads as ask. A sample whose source has changed since is left out.
pub(crate) struct Rereading {
    folder: PathBuf,
    snapshot: Snapshot,
    /// Readers that nobody uses at present; each has its own connection and its own open files.
    idle: Mutex<Vec<Texts>>,
}

impl Rereading {
    pub fn open(workspace: &Workspace, snapshot: &Snapshot) -> Result<Self, Fault> {
        let first = Texts::open(workspace.folder(), snapshot)?;
        Ok(Self {
            folder: workspace.folder().to_owned(),
            snapshot: snapshot.clone(),
            idle: Mutex::new(vec![first]),
        })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Texts>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl assay_measure::Texts for Rereading {
    fn read(&self, samples: &[u64], each: &mut dyn FnMut(u64, &str)) -> Result<(), Fault> {
        let idle = self.idle().pop();
        let mut texts = match idle {
            Some(texts) => texts,
            None => Texts::open(&self.folder, &self.snapshot)?,
        };
        for sample in samples {
            let read = match texts.read(*sample) {
                Ok(read) => read,
                Err(fault) if fault.code == assay_model::Code::SourceChanged => continue,
                Err(fault) => return Err(fault),
            };
            let parts: Vec<&str> = read.mapped.parts.iter().map(|part| part.text.as_str()).collect();
            each(*sample, &parts.join("\n"));
        }
        self.idle().push(texts);
        Ok(())
    }
}

/// Stores the evidence as it is found.
struct Storing<'a>(MeasureWriter<'a>);

impl Sink for Storing<'_> {
    fn pair(&mut self, pair: Pair) -> Result<(), Fault> {
        self.0.pair(&PairRow {
            a: pair.a,
            b: pair.b,
            kind: pair.kind.as_str().to_owned(),
            jaccard: pair.jaccard,
            containment: pair.containment,
            accepted: pair.accepted,
            representative: pair.representative,
        })
    }

    fn cluster(&mut self, cluster: Cluster) -> Result<(), Fault> {
        let members: Vec<(u64, &str, f64, f64)> = cluster
            .members
            .iter()
            .map(|member| {
                (
                    member.sample,
                    member.kind.as_str(),
                    member.jaccard,
                    member.containment,
                )
            })
            .collect();
        self.0
            .cluster(cluster.id, cluster.representative, cluster.reason, &members)
    }

    fn passage(&mut self, passage: Passage) -> Result<(), Fault> {
        self.0.passage(
            passage.unit.as_str(),
            passage.tokens,
            passage.samples,
            &passage.found_in,
        )
    }
}
