//! From a snapshot's columns to its stored report.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use assay_index::{
    Index, MeasureWriter, MemberRow, PairJudgement, PairRow, RelabelledRow, Snapshot, StyleSaid, Texts,
};
use assay_measure::{
    Cluster, Inputs, Measures, Pair, PartText, Passage, Relabelled, RelabelledPart, Segment, Sink, TopicModel,
};
use assay_model::report::{Elapsed, Files, ReleaseRead, Samples};
use assay_model::{Code, Fault, Report, Task};

use crate::Workspace;
use crate::decisions::Decided;
use crate::judging::Under;
use crate::origins;
use crate::origins::derivation::{Derived, derive};

/// Rows of refused files, quarantined records and flags that a report lists; counts are whole.
const LISTED: u64 = 1000;
/// Seed of every resampling, so that the same content gives the same report anywhere.
const SEED: u64 = 20_260_101;

/// Brings evidence up to date, measures a snapshot and stores what was found, all at once.
pub fn measure(
    workspace: &Workspace,
    index: &mut Index,
    snapshot: &Snapshot,
    task: &Task,
) -> Result<Report, Fault> {
    let began = Instant::now();
    origins::refresh(workspace, index, task)?;
    // Its facts root may have changed with its origins.
    let snapshot = &index.snapshot(Some(&snapshot.dataset), Some(snapshot.number))?;
    let under = Under::of(workspace, index, snapshot)?;
    let inputs = inputs(workspace, index, snapshot, &under)?;
    let texts = Rereading::open(workspace, snapshot)?;
    let mut without_measures = collected(index, snapshot)?;
    let derived = derive(
        index,
        snapshot,
        (LISTED as usize).saturating_sub(without_measures.flags.len()),
    )?;
    without_measures.add(&derived);
    {
        let mut sink = Storing(index.write_measures(snapshot)?);
        let measures = assay_measure::measure(&inputs, &texts, &mut sink, task)?;
        let (style, scores) = crate::styling::stored(snapshot, &measures.style);
        let said = StyleSaid {
            scores: &scores,
            unscored: &measures.style.unscored,
        };
        sink.0.style(Some(&style), said)?;
        let elapsed = Elapsed {
            index: snapshot.index_s,
            measure: began.elapsed().as_secs_f64(),
        };
        for (sample, depth) in &derived.depths {
            sink.0.depth(*sample, *depth)?;
        }
        let mut report = without_measures.complete(snapshot, measures, elapsed);
        report.derivation = derived.report;
        let with_duplicates = sink.0.with_duplicates(&under.samples_of_gold())?;
        sink.0.finish(&report, &under.key(&with_duplicates))?;
    }
    // As it will be read from now on: to the last digit the same in this answer and in every later one.
    let stored = index.report(snapshot)?;
    stored.ok_or_else(|| Fault::internal("measuring", "the report was not kept"))
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
        relabelled: index.relabelled(snapshot)?.into_iter().map(relabelled).collect(),
        seed: SEED,
        ..Inputs::default()
    })
}

fn relabelled(row: RelabelledRow) -> Relabelled {
    Relabelled {
        sample: row.sample,
        origin: row.origin,
        source_class: row.source_class,
        conflict: row.conflict,
        parts: row
            .parts
            .into_iter()
            .map(|(tokens, was, now)| RelabelledPart { tokens, was, now })
            .collect(),
    }
}

/// The same with what the ledger says of the samples.
pub(crate) fn inputs(
    workspace: &Workspace,
    index: &Index,
    snapshot: &Snapshot,
    under: &Under,
) -> Result<Inputs, Fault> {
    let columns = columns(index, snapshot)?;
    let decided = Decided::read(&workspace.ledger()?)?;
    Ok(Inputs {
        gold: under.gold(),
        judged: decided.judged().collect(),
        judgements: under.judgements(),
        settings: under.measure_settings(columns.settings.clone()),
        ..columns
    })
}

/// What indexing knew, before the measures join it.
struct Collected {
    files: Files,
    releases: Vec<ReleaseRead>,
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
        releases: index.releases(snapshot)?,
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
    /// Notes records whose chain of parents leads back to themselves.
    fn add(&mut self, derived: &Derived) {
        if derived.cyclic > 0 {
            self.flags.extend(derived.flags.iter().cloned());
            self.flag_counts
                .push((Code::DerivationCycle.as_str().to_owned(), derived.cyclic));
        }
    }

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
            releases: self.releases,
            samples: self.samples,
            origin: measures.origin,
            composition: measures.composition,
            unique: measures.unique,
            conflicts: measures.conflicts,
            conflicting_samples: measures.conflicting_samples,
            flags: self.flags,
            flag_counts: self.flag_counts.into_iter().collect(),
            language_mismatch: measures.language_mismatch,
            duplication: measures.duplication,
            coverage: measures.coverage,
            diversity: measures.diversity,
            derivation: None,
            cells: measures.cells,
            elapsed_s,
            stylometry: Some(measures.style.summary),
            sources: measures.sources,
            source_count: measures.source_count,
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
        self.read_parts(samples, &mut |sample, parts| {
            let parts: Vec<&str> = parts.iter().map(|part| part.text).collect();
            each(sample, &parts.join("\n"));
        })
    }

    fn read_parts(&self, samples: &[u64], each: &mut dyn FnMut(u64, &[PartText<'_>])) -> Result<(), Fault> {
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
            let parts = read.mapped.parts.iter().map(|part| PartText {
                text: &part.text,
                origin: part.origin,
            });
            each(*sample, &parts.collect::<Vec<_>>());
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
            judgement: pair.judged.map(|judged| PairJudgement {
                entry: judged.entry,
                by: judged.by,
                reason: judged.reason,
            }),
        })
    }

    fn cluster(&mut self, cluster: Cluster) -> Result<(), Fault> {
        let members: Vec<MemberRow> = cluster
            .members
            .iter()
            .map(|member| MemberRow {
                sample: member.sample,
                kind: member.kind.as_str().to_owned(),
                jaccard: member.jaccard,
                containment: member.containment,
                redundant: member.redundant.as_str().to_owned(),
            })
            .collect();
        self.0
            .cluster(cluster.id, cluster.representative, &cluster.reason, &members)
    }

    fn topics(&mut self, model: &TopicModel, of: &mut dyn Iterator<Item = (u64, u32)>) -> Result<(), Fault> {
        let stored =
            serde_json::to_string(model).map_err(|error| Fault::internal("storing the topics", error))?;
        self.0.topics(model.names(), of, &stored)
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
