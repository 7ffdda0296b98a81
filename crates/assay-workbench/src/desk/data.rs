//! Adding data and looking at it.

use std::sync::Arc;

use assay_index::{Snapshot, Texts};
use assay_model::{Code, Fault, FieldMap};

use super::{Desk, Open, lock};
use crate::indexing::{self, IndexOrder};
use crate::jobs::JobEnd;
use crate::wire::{
    ClusterDetail, ClusterRequest, ClustersPage, ClustersRequest, CompareRequest, Comparison, EvidenceShare,
    FieldInfo, IndexRequest, Job, MappingPreview, MappingRequest, Overview, PendingEvidence, QuarantinePage,
    QuarantineRequest, RowsPage, RowsRequest, SampleDetail, SampleRequest, SamplesOpenRequest,
    SamplesSummary, SamplesView, SnapshotRequest, ViewRequest,
};
use crate::{duplicates, keeping, mapping, origins, samples, styling};

impl Desk {
    pub fn mapping_preview(&self, request: &MappingRequest) -> Result<MappingPreview, Fault> {
        let paths = request
            .handles
            .iter()
            .map(|handle| self.path(handle))
            .collect::<Result<Vec<_>, _>>()?;
        let map = match &request.map_handle {
            Some(handle) => Some(mapping::read_map(&self.path(handle)?)?),
            None => request.map.clone(),
        };
        mapping::preview(&paths, map.as_ref(), request.limit)
    }

    pub fn index_start(&self, request: &IndexRequest) -> Result<Job, Fault> {
        let open = self.open()?;
        let inputs = request
            .handles
            .iter()
            .map(|handle| self.path(handle))
            .collect::<Result<Vec<_>, _>>()?;
        self.start_index(
            &open,
            Some(request.dataset.trim().to_owned()),
            inputs,
            request.map.clone(),
        )
    }

    /// Opens a workspace with the bundled sample, made the first time; starts to index it if it is not there.
    pub fn sample_open(&self) -> Result<Option<Job>, Fault> {
        let sample = self.sample.clone().ok_or_else(|| {
            Fault::new(
                Code::NotFound,
                "the bundled sample dataset is not installed",
                "add a folder of your own",
            )
        })?;
        let folder = self
            .documents
            .join(format!("Sample.{}", crate::workspace::EXTENSION));
        crate::Workspace::create(&folder)?;
        self.workspace_open_folder(&folder)?;
        let open = self.open()?;
        let known = lock(&open.index).datasets()?.iter().any(|name| name == SAMPLE);
        if known {
            return Ok(None);
        }
        let map = mapping::read_map(&sample.join("assay-map.toml"))?;
        self.start_index(
            &open,
            Some(SAMPLE.to_owned()),
            vec![sample.join("data")],
            Some(map),
        )
        .map(Some)
    }

    fn start_index(
        &self,
        open: &Arc<Open>,
        dataset: Option<String>,
        inputs: Vec<std::path::PathBuf>,
        map: Option<FieldMap>,
    ) -> Result<Job, Fault> {
        let name = dataset
            .clone()
            .or_else(|| inputs.first().map(|path| indexing::dataset_name(path)))
            .unwrap_or_default();
        let order = IndexOrder {
            dataset,
            inputs,
            map,
            worker: self.worker.clone(),
        };
        let workspace = open.workspace.clone();
        let next = lock(&open.index)
            .snapshots(&name)?
            .last()
            .map_or(1, |snapshot| snapshot.number + 1);
        self.jobs.start(
            "index",
            &name,
            move |task, watch| {
                watch.snapshot(next);
                let outcome = indexing::index(&workspace, &order, task, &mut |step| watch.see(step))?;
                Ok(JobEnd {
                    snapshot: outcome.snapshot.number,
                    new_snapshot: Some(outcome.new_snapshot),
                })
            },
            || {},
        )
    }

    pub fn jobs(&self) -> Vec<Job> {
        self.jobs.list()
    }

    pub fn job_cancel(&self, id: u64) {
        self.jobs.cancel(id);
    }

    pub fn overview(&self, request: &SnapshotRequest) -> Result<Overview, Fault> {
        let open = self.open()?;
        let number = Some(open.snapshot(&request.dataset, request.snapshot)?.number);
        // A report that newer judgements have outrun is shown while the snapshot is measured again; the view of
        // duplicates says so.
        let stored = {
            let index = lock(&open.index);
            index.report(&index.snapshot(Some(&request.dataset), number)?)?
        };
        let report = match stored {
            Some(report) => report,
            None => indexing::report(
                &open.workspace,
                Some(&request.dataset),
                number,
                &assay_model::Task::silent(),
            )?,
        };
        let index = lock(&open.index);
        let snapshot = index.snapshot(Some(&request.dataset), number)?;
        let previous = index
            .snapshots(&request.dataset)?
            .into_iter()
            .rev()
            .find(|other| other.number < snapshot.number);
        let evidence = index
            .evidence_tokens(&snapshot)?
            .into_iter()
            .map(|row| EvidenceShare {
                origin: row.origin,
                strength: strength(&row.kind).to_owned(),
                tokens: row.tokens,
            })
            .collect();
        let previous = previous
            .map(|previous| index.report(&previous))
            .transpose()?
            .flatten();
        let pending = origins::pending(&open.workspace, &index, &open.workspace.ledger()?)?;
        Ok(Overview {
            report,
            previous,
            evidence,
            pending: PendingEvidence {
                judgements: pending.judgements,
                marks: pending.marks,
                files: pending.files,
            },
        })
    }

    pub fn quarantine_page(&self, request: &QuarantineRequest) -> Result<QuarantinePage, Fault> {
        let open = self.open()?;
        let snapshot = open.snapshot(&request.dataset, request.snapshot)?;
        let rows = lock(&open.index).quarantined(&snapshot, request.offset, request.limit.min(200))?;
        Ok(QuarantinePage {
            rows,
            total: snapshot.quarantined,
        })
    }

    pub fn fields(&self, request: &SnapshotRequest) -> Result<Vec<FieldInfo>, Fault> {
        let open = self.open()?;
        let snapshot = open.snapshot(&request.dataset, request.snapshot)?;
        let decided = open.decided()?;
        let index = lock(&open.index);
        decided.use_in(&index)?;
        let fields = index.fields(&snapshot)?;
        Ok(fields
            .into_iter()
            .map(|field| FieldInfo {
                name: field.name,
                kind: if field.is_number { "number" } else { "text" }.to_owned(),
                values: field.values,
            })
            .collect())
    }

    pub fn samples_open(&self, request: &SamplesOpenRequest) -> Result<SamplesView, Fault> {
        let open = self.open()?;
        let snapshot = open.snapshot(&request.dataset, request.snapshot)?;
        let decided = open.decided()?;
        let index = lock(&open.index);
        lock(&open.views).open(
            &open.workspace,
            &index,
            &snapshot,
            &request.filter,
            &request.find,
            &decided,
        )
    }

    pub fn samples_summary(&self, request: &ViewRequest) -> Result<SamplesSummary, Fault> {
        let open = self.open()?;
        let view = lock(&open.views).get(request.view)?;
        view.summary()
    }

    pub fn samples_rows(&self, request: &RowsRequest) -> Result<RowsPage, Fault> {
        let open = self.open()?;
        let view = lock(&open.views).get(request.view)?;
        let decided = open.decided()?;
        view.wait_unless_whole()?;
        view.rows(&lock(&open.index), request.offset, request.limit, &decided)
    }

    pub fn samples_close(&self, request: &ViewRequest) -> Result<(), Fault> {
        lock(&self.open()?.views).close(request.view);
        Ok(())
    }

    pub fn sample_detail(&self, request: &SampleRequest) -> Result<SampleDetail, Fault> {
        let open = self.open()?;
        let decided = open.decided()?;
        let snapshot = open.snapshot_of(request.sample)?;
        let index = lock(&open.index);
        let mut detail = open.with_texts(&snapshot, |texts| {
            samples::detail(&index, texts, &snapshot, request.sample, &decided)
        })?;
        let digest = crate::review::digest(&detail.digest)?;
        // A connection of its own: a verdict never waits for this.
        let ledger = open.workspace.ledger()?;
        if ledger.seen_by(&open.reader())?.hides(&digest)? {
            keeping::without_judgements(&index, &mut detail)?;
        }
        let roles: Vec<String> = detail.parts.iter().map(|part| part.role.clone()).collect();
        let opinions = open.opinions(&index, &snapshot, request.sample, &roles)?;
        let signals = styling::signals(&opinions).into_iter().map(samples::signal);
        detail.evidence.extend(signals);
        detail.opinions = Some(opinions);
        Ok(detail)
    }

    pub fn clusters_page(&self, request: &ClustersRequest) -> Result<ClustersPage, Fault> {
        let open = self.open()?;
        let snapshot = open.snapshot(&request.dataset, request.snapshot)?;
        let sizes = request.from.unwrap_or(2)..=request.to.unwrap_or(u64::MAX);
        duplicates::clusters_page(
            &lock(&open.index),
            &snapshot,
            sizes,
            request.offset,
            request.limit,
        )
    }

    pub fn cluster_detail(&self, request: &ClusterRequest) -> Result<ClusterDetail, Fault> {
        let open = self.open()?;
        let snapshot = open.snapshot(&request.dataset, request.snapshot)?;
        let ledger = open.workspace.ledger()?;
        duplicates::cluster_detail(&lock(&open.index), &ledger, &snapshot, request.cluster)
    }

    pub fn compare_texts(&self, request: &CompareRequest) -> Result<Comparison, Fault> {
        let open = self.open()?;
        let read = |sample| {
            let snapshot = open.snapshot_of(sample)?;
            open.with_texts(&snapshot, |texts| texts.read(sample))
        };
        Ok(duplicates::compare_texts(&read(request.a)?, &read(request.b)?))
    }
}

/// The dataset name under which the bundled sample is indexed.
const SAMPLE: &str = "sample";

/// How strong a kind of evidence is, in the three steps that are drawn.
fn strength(kind: &str) -> &'static str {
    match kind {
        "reviewer_judgement" => "judged",
        "generation_record" => "recorded",
        _ => "declared",
    }
}

impl Open {
    pub(super) fn snapshot(&self, dataset: &str, number: Option<u64>) -> Result<Snapshot, Fault> {
        lock(&self.index).snapshot(Some(dataset), number)
    }

    /// The latest snapshot that holds a sample.
    pub(super) fn snapshot_of(&self, sample: u64) -> Result<Snapshot, Fault> {
        lock(&self.index).snapshot_with(sample)
    }

    /// Reads texts with the files of the last look still open.
    pub(super) fn with_texts<T>(
        &self,
        snapshot: &Snapshot,
        read: impl FnOnce(&mut Texts) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut held = lock(&self.texts);
        if held.as_ref().is_none_or(|(id, _)| *id != snapshot.id) {
            *held = Some((snapshot.id, Texts::open(self.workspace.folder(), snapshot)?));
        }
        let (_, texts) = held.as_mut().expect("opened above");
        read(texts)
    }
}
