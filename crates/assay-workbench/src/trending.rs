//! The warning signs of a dataset over all its measured snapshots.
//!
//! Each sign has its figure in every snapshot, with its interval where one is known, and the change of the last step.
//! Tails are held against that of the first snapshot, so that a slow loss is seen as one. Figures that depend on how
//! many tokens were compared stand only where as many were compared as in the latest snapshot.

use assay_index::Snapshot;
use assay_measure::comparison::{Between, Change, Retained, changes, tail_changes};
use assay_model::{Fault, Report, Task};
use serde::{Deserialize, Serialize};

use crate::Workspace;
use crate::answers::{Answers, Key};
use crate::comparing::retentions;
use crate::desk::figure;
use crate::settings::WorkspaceSettings;
use crate::wire::{TrendPoint, TrendSign, Trends};

/// The tails of one snapshot held against those of the first.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeptRetention(Vec<(String, u64, Option<f64>)>);

/// Follows the signs of a dataset. What was found of single snapshots before is not looked for again.
pub(crate) fn trends(
    workspace: &Workspace,
    dataset: &str,
    answers: &Answers,
    task: &Task,
) -> Result<Trends, Fault> {
    let index = workspace.index()?;
    let sizes = WorkspaceSettings::effect_sizes(workspace)?;
    let mut measured: Vec<(Snapshot, Report)> = Vec::new();
    for snapshot in index.snapshots(dataset)? {
        let report = index.report(&snapshot)?;
        measured.extend(report.map(|report| (snapshot, report)));
    }
    let Some((last, latest)) = measured.last() else {
        return Ok(Trends::default());
    };
    let (first, earliest) = &measured[0];

    let mut tails: Vec<Vec<Retained>> = Vec::new();
    for (snapshot, report) in &measured {
        task.check()?;
        let key = Key::of(
            "retention",
            &[&index.state_of(first)?.hex(), &index.state_of(snapshot)?.hex()],
        );
        let kept = match answers.get::<KeptRetention>(&key) {
            Some(kept) => kept,
            None => {
                let found = retentions(workspace, &index, (first, earliest), (snapshot, report), task)?;
                let rows = found.into_iter().map(|row| (row.unit, row.tail, row.retention));
                answers.put(&key, KeptRetention(rows.collect()))
            }
        };
        let rows = kept.0.iter();
        tails.push(
            rows.map(|(unit, tail, retention)| Retained {
                unit: unit.clone(),
                tail: *tail,
                retention: *retention,
            })
            .collect(),
        );
    }

    // Held against the latest, every sign has its figure in each snapshot.
    let series: Vec<Vec<Change>> = measured
        .iter()
        .zip(&tails)
        .map(|((_, report), retention)| {
            let between = Between {
                retention,
                shared: 0,
                sizes,
            };
            changes(latest, report, &between)
        })
        .collect();
    let step = match (measured.as_slice(), tails.as_slice()) {
        ([.., (before, report), _], [.., tails_before, tails_now]) => {
            let between = Between {
                retention: &[],
                shared: index.exchange(before, last, task)?.unchanged(),
                sizes,
            };
            let mut step = changes(report, latest, &between);
            step.extend(tail_changes(tails_before, tails_now, sizes));
            step
        }
        _ => Vec::new(),
    };
    let same = |a: &Change, b: &Change| a.measure == b.measure && a.about == b.about;
    let newest = series.last().expect("the latest is one of them");
    let signs = newest
        .iter()
        .filter(|sign| sign.warning_sign)
        .map(|sign| {
            let found: Vec<Option<&Change>> = series
                .iter()
                .map(|changes| changes.iter().find(|change| same(change, sign)))
                .collect();
            TrendSign {
                measure: sign.measure.to_owned(),
                about: sign.about.clone(),
                values: found.iter().map(|change| change.and_then(|one| one.b)).collect(),
                intervals: found
                    .iter()
                    .map(|change| change.and_then(|one| one.b_interval))
                    .collect(),
                interval_kind: found
                    .iter()
                    .flatten()
                    .next_back()
                    .map_or("unknown", |one| one.interval_kind)
                    .to_owned(),
                change: step.iter().find(|change| same(change, sign)).cloned().map(figure),
            }
        })
        .collect();
    let snapshots = measured
        .iter()
        .map(|(_, report)| TrendPoint {
            snapshot: report.snapshot,
            created: report.created.clone(),
        })
        .collect();
    Ok(Trends {
        snapshots,
        signs,
        sizes: [sizes.none, sizes.small, sizes.medium],
    })
}
