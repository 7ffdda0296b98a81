//! Comparisons, trends and searches for leaks, as the window asks for them.
//!
//! None of them blocks: what is not known yet is found out by a job that can be stopped, and kept.

use std::path::Path;
use std::sync::Arc;

use assay_index::{Exchange, Snapshot};
use assay_measure::comparison::{Change, EffectSizes, Moved};
use assay_model::{Code, Fault};

use super::{Desk, Open, lock};
use crate::answers::{Answers, Key};
use crate::comparing::{self, ByOrigin, Compared};
use crate::leaks::{self, LeakKept, LeakOrder, LeakSettings};
use crate::settings::WorkspaceSettings;
use crate::trending;
use crate::wire::{
    ChartSaveRequest, CompareSnapshotsRequest, ComparisonAnswer, EffectBounds, FigureChange, GroupMoved,
    LeakAnswer, LeakFinding, LeakPairs, LeakPairsRequest, LeakRequest, OriginCounts, SharesMoved,
    SnapshotComparison, Trends, TrendsAnswer, TrendsRequest, UnitRetention,
};

/// Pairs handed out at a time at most.
const PAIRS_A_PAGE: u64 = 50;

impl Desk {
    pub fn compare(&self, request: &CompareSnapshotsRequest) -> Result<ComparisonAnswer, Fault> {
        let open = self.open()?;
        let sizes = WorkspaceSettings::effect_sizes(&open.workspace)?;
        let (a, b, key) = {
            let index = lock(&open.index);
            let (a, b) = (
                index.snapshot_called(&request.a)?,
                index.snapshot_called(&request.b)?,
            );
            let states = [index.state_of(&a)?.hex(), index.state_of(&b)?.hex()];
            (
                a,
                b,
                Key::of("compare", &[&states[0], &states[1], &format!("{sizes:?}")]),
            )
        };
        if let Some(known) = open.answers.get::<SnapshotComparison>(&key) {
            open.recall_exchange(&a, &b, &key)?;
            return Ok(ComparisonAnswer {
                job: None,
                answer: Some(known.as_ref().clone()),
            });
        }
        let (workspace, answers, of, session) = (
            open.workspace.clone(),
            open.answers.clone(),
            key.clone(),
            Arc::downgrade(&open),
        );
        let about = format!("{} with {}", request.a, request.b);
        let job = self.jobs.look("compare", &about, key.as_str(), move |task| {
            let compared = comparing::compared(&workspace, &a, &b, task)?;
            let exchange = compared.exchange.clone();
            answers.put_bytes(&of, &exchange.pack()?);
            let answer = comparison(compared, &of, &answers, sizes);
            answers.put(&of, answer);
            match session.upgrade() {
                Some(open) => lock(&open.index).keep_exchange(&a, &b, exchange),
                None => Ok(()),
            }
        });
        Ok(ComparisonAnswer {
            job: Some(job),
            answer: None,
        })
    }

    pub fn trends(&self, request: &TrendsRequest) -> Result<TrendsAnswer, Fault> {
        let open = self.open()?;
        let sizes = WorkspaceSettings::effect_sizes(&open.workspace)?;
        let key = {
            let index = lock(&open.index);
            let mut parts = vec![request.dataset.clone(), format!("{sizes:?}")];
            for snapshot in index.snapshots(&request.dataset)? {
                parts.push(index.state_of(&snapshot)?.hex());
            }
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            Key::of("trends", &parts)
        };
        if let Some(known) = open.answers.get::<Trends>(&key) {
            return Ok(TrendsAnswer {
                job: None,
                answer: Some(known.as_ref().clone()),
            });
        }
        let (workspace, answers, of, dataset) = (
            open.workspace.clone(),
            open.answers.clone(),
            key.clone(),
            request.dataset.clone(),
        );
        let job = self
            .jobs
            .look("trends", &request.dataset, key.as_str(), move |task| {
                let found = trending::trends(&workspace, &dataset, &answers, task)?;
                answers.put(&of, found);
                Ok(())
            });
        Ok(TrendsAnswer {
            job: Some(job),
            answer: None,
        })
    }

    /// Looks for the gold set, a snapshot, or what was picked, in a snapshot.
    pub fn leak(&self, request: &LeakRequest) -> Result<LeakAnswer, Fault> {
        let open = self.open()?;
        let reference = &request.reference;
        let (name, shown, state) = match (&reference.snapshot, &reference.handle) {
            (Some(snapshot), _) => {
                let index = lock(&open.index);
                let state = index.state_of(&index.snapshot_called(snapshot)?)?;
                (snapshot.clone(), snapshot.clone(), state.hex())
            }
            (None, Some(handle)) => {
                let path = self.path(handle)?;
                let label = path
                    .file_name()
                    .map(|name| assay_model::fault::one_line(&name.to_string_lossy()))
                    .unwrap_or_default();
                // A file may change behind its name: what was found holds for this choice of it only.
                (path.display().to_string(), label, handle.clone())
            }
            (None, None) if reference.gold => {
                let decided = lock(&open.ledger).size()?.to_string();
                ("gold".to_owned(), "gold".to_owned(), decided)
            }
            (None, None) => {
                return Err(Fault::new(
                    Code::Usage,
                    "no reference was given",
                    "choose gold, a dataset, or a file",
                ));
            }
        };
        let data = {
            let index = lock(&open.index);
            index.state_of(&index.snapshot_called(&request.data)?)?.hex()
        };
        let key = Key::of("leak", &[&name, &state, &request.data, &data]);
        if let Some(known) = open.answers.get::<LeakKept>(&key) {
            return Ok(LeakAnswer {
                job: None,
                answer: Some(known.finding.clone()),
            });
        }
        let order = LeakOrder {
            reference: name,
            data: vec![request.data.clone()],
            map: None,
            settings: LeakSettings::default(),
            worker: self.worker.clone(),
        };
        let about = format!("{shown} in {}", request.data);
        let (workspace, answers, of) = (open.workspace.clone(), open.answers.clone(), key.clone());
        let job = self.jobs.look("leak", &about, key.as_str(), move |task| {
            let mut kept = leaks::leak_pairs(&order, &workspace, task)?;
            kept.finding.reference = shown;
            of.as_str().clone_into(&mut kept.finding.key);
            answers.put(&of, kept);
            Ok(())
        });
        Ok(LeakAnswer {
            job: Some(job),
            answer: None,
        })
    }

    pub fn leak_pairs(&self, request: &LeakPairsRequest) -> Result<LeakPairs, Fault> {
        let open = self.open()?;
        let kept = Key::parse(&request.key)
            .and_then(|key| open.answers.get::<LeakKept>(&key))
            .ok_or_else(|| {
                Fault::new(
                    Code::NotFound,
                    "what this search found is no longer kept",
                    "search again",
                )
            })?;
        let kind = request.kind.as_deref();
        let of_kind = || {
            kept.pairs
                .iter()
                .filter(|pair| kind.is_none_or(|kind| pair.kind == kind))
        };
        let page = of_kind()
            .skip(request.offset as usize)
            .take(request.limit.min(PAIRS_A_PAGE) as usize);
        Ok(LeakPairs {
            offset: request.offset,
            total: kept.finding.of_kind(kind),
            listed: of_kind().count() as u64,
            pairs: page.cloned().collect(),
        })
    }

    pub fn effect_sizes(&self) -> Result<EffectBounds, Fault> {
        let sizes = WorkspaceSettings::effect_sizes(&self.open()?.workspace)?;
        Ok(EffectBounds {
            none: sizes.none,
            small: sizes.small,
            medium: sizes.medium,
        })
    }

    pub fn effect_sizes_set(&self, request: &EffectBounds) -> Result<EffectBounds, Fault> {
        let sizes = EffectSizes {
            none: request.none,
            small: request.small,
            medium: request.medium,
        };
        WorkspaceSettings::set_effect_sizes(&self.open()?.workspace, sizes)?;
        self.effect_sizes()
    }

    /// Writes a chart where the user said, never into a source.
    pub fn chart_save(&self, request: &ChartSaveRequest) -> Result<(), Fault> {
        let path = self.path(&request.handle)?;
        if let Ok(open) = self.open() {
            open.workspace.check_export(&path)?;
        }
        match (&request.text, &request.bytes) {
            (Some(text), _) => write(&path, text.as_bytes()),
            (None, Some(bytes)) => write(&path, bytes),
            (None, None) => Err(Fault::new(
                Code::Usage,
                "there is nothing to save",
                "choose a format",
            )),
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    crate::file::write(path, bytes, "the chart")
}

impl Open {
    /// Lets filters use what a kept comparison found, without finding it again.
    fn recall_exchange(&self, a: &Snapshot, b: &Snapshot, key: &Key) -> Result<(), Fault> {
        let index = lock(&self.index);
        if index.knows_exchange(a, b)? {
            return Ok(());
        }
        match self.answers.bytes(key).map(|bytes| Exchange::unpack(&bytes)) {
            Some(Ok(exchange)) => index.keep_exchange(a, b, Arc::new(exchange)),
            _ => Ok(()),
        }
    }
}

impl LeakFinding {
    fn of_kind(&self, kind: Option<&str>) -> u64 {
        match kind {
            None => self.found,
            Some("exact") => self.exact,
            Some("normalised") => self.normalised,
            Some("near") => self.near,
            Some("passage") => self.passage,
            Some(_) => 0,
        }
    }
}

pub(crate) fn figure(change: Change) -> FigureChange {
    FigureChange {
        measure: change.measure.to_owned(),
        about: change.about,
        a: change.a,
        b: change.b,
        change: change.change,
        effect: change.effect,
        effect_kind: change.effect_kind.to_owned(),
        size: change.size.map(str::to_owned),
        direction: change.direction.to_owned(),
        warning_sign: change.warning_sign,
        a_interval: change.a_interval,
        b_interval: change.b_interval,
        effect_interval: change.effect_interval,
        interval_kind: change.interval_kind.to_owned(),
    }
}

/// The comparison for the window; its matches are kept under keys of their own.
fn comparison(compared: Compared, key: &Key, answers: &Answers, sizes: EffectSizes) -> SnapshotComparison {
    let report = compared.report;
    let counts = |by: ByOrigin| OriginCounts {
        human: by.human,
        mixed: by.mixed,
        machine: by.machine,
        unknown: by.unknown,
    };
    let directions = ["a in b", "b in a"];
    let leaks = directions
        .into_iter()
        .zip(compared.leaks)
        .map(|(direction, mut kept)| {
            let key = Key::of("leak of a comparison", &[key.as_str(), direction]);
            key.as_str().clone_into(&mut kept.finding.key);
            direction.clone_into(&mut kept.finding.direction);
            answers.put(&key, kept).finding.clone()
        })
        .collect();
    let samples = report.samples;
    SnapshotComparison {
        changes: report.changes.into_iter().map(figure).collect(),
        retention: report
            .retention
            .into_iter()
            .map(|retention| UnitRetention {
                unit: retention.unit,
                tail: retention.tail,
                retention: retention.retention,
                missing: retention.missing,
            })
            .collect(),
        kept: counts(samples.kept),
        added: counts(samples.added),
        left_out: counts(samples.left_out),
        kept_tokens: samples.kept_tokens,
        added_tokens: samples.added_tokens,
        left_out_tokens: samples.left_out_tokens,
        relabelled: samples.relabelled,
        moved: report.moved.map(shares_moved),
        leaks,
        sizes: [sizes.none, sizes.small, sizes.medium],
    }
}

fn shares_moved(moved: Moved) -> SharesMoved {
    SharesMoved {
        by: moved.by.to_owned(),
        groups: moved
            .groups
            .into_iter()
            .map(|group| GroupMoved {
                name: group.name,
                a: group.a,
                b: group.b,
                points: group.points,
            })
            .collect(),
        others: moved.others,
        others_points: moved.others_points,
    }
}
