//! What do datasets and snapshots of this workspace have in common?

use std::io::Write;

use assay_index::{Index, Snapshot};
use assay_measure::{Across, AcrossSample, Inputs, Kind};
use assay_model::{Code, Fault, Task};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Workspace;
use crate::duplicates::DuplicateEvidence;
use crate::judging::Under;
use crate::measuring::inputs;
use crate::samples::{located, place, write_line};

/// The sides, and everything found between them.
#[derive(Clone, Debug)]
pub struct AcrossFound {
    pub sides: Vec<Snapshot>,
    pub found: Across,
    pub threshold: f64,
}

/// How many samples of each side have a partner in each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AcrossMatrix {
    /// Least Jaccard similarity of near-duplicates.
    pub threshold: f64,
    pub sides: Vec<AcrossSide>,
    /// One for each ordered pair of different sides.
    pub cells: Vec<AcrossCellRow>,
    /// Texts with more than 1,000 partners or too many candidates: not all of their pairs are listed.
    pub crowded: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AcrossSide {
    pub dataset: String,
    pub snapshot: u64,
    pub samples: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AcrossCellRow {
    /// As `NAME@N`.
    pub a: String,
    pub b: String,
    pub pairs: PairsByKind,
    /// Samples of `a` with a partner in `b`, and their share of the samples of `a`.
    pub samples: u64,
    pub share: f64,
}

/// Pairs of texts; copies of a text inside a side make no further pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PairsByKind {
    pub exact: u64,
    pub normalised: u64,
    pub near: u64,
}

/// Finds what two sides or more have in common; every dataset's latest snapshot where none is named.
pub fn find(workspace: &Workspace, names: &[String], task: &Task) -> Result<AcrossFound, Fault> {
    let index = workspace.index()?;
    let sides = sides(&index, names)?;
    let everywhere = Under::everywhere(workspace)?;
    let columns = columns(workspace, &index, &sides)?;
    let references: Vec<&Inputs> = columns.iter().collect();
    let found = assay_measure::across(&references, &everywhere.judgements(), task)?;
    Ok(AcrossFound {
        sides,
        found,
        threshold: columns[0].settings.jaccard,
    })
}

/// Tells one question from another: the same text for the same sides, thresholds and judgements.
pub(crate) fn key(workspace: &Workspace, names: &[String]) -> Result<String, Fault> {
    let index = workspace.index()?;
    let ids: Vec<String> = sides(&index, names)?
        .iter()
        .map(|snapshot| snapshot.id.to_string())
        .collect();
    Ok(format!(
        "{} {}",
        ids.join(" "),
        Under::everywhere(workspace)?.key(&[])
    ))
}

/// Writes pairs or clusters as JSON Lines.
pub fn write_across(
    workspace: &Workspace,
    names: &[String],
    which: DuplicateEvidence,
    task: &Task,
    out: &mut dyn Write,
) -> Result<(), Fault> {
    match which {
        DuplicateEvidence::Clusters => write_clusters(workspace, names, task, out),
        _ => write_pairs(workspace, &find(workspace, names, task)?, out),
    }
}

fn write_pairs(workspace: &Workspace, across: &AcrossFound, out: &mut dyn Write) -> Result<(), Fault> {
    let index = workspace.index()?;
    for pair in &across.found.pairs {
        let judgement = pair
            .judged
            .as_ref()
            .map(|judged| json!({"entry": judged.entry, "by": judged.by, "reason": judged.reason}));
        let row = json!({
            "a": sample(&index, &across.sides, pair.a)?,
            "b": sample(&index, &across.sides, pair.b)?,
            "kind": pair.kind.as_str(),
            "jaccard": pair.jaccard,
            "containment": pair.containment,
            "accepted": pair.judged.is_none(),
            "judgement": judgement,
        });
        write_line(out, &row)?;
    }
    Ok(())
}

fn write_clusters(
    workspace: &Workspace,
    names: &[String],
    task: &Task,
    out: &mut dyn Write,
) -> Result<(), Fault> {
    let index = workspace.index()?;
    let sides = sides(&index, names)?;
    let everywhere = Under::everywhere(workspace)?;
    let columns = columns(workspace, &index, &sides)?;
    let references: Vec<&Inputs> = columns.iter().collect();
    let clusters = assay_measure::across_clusters(&references, &everywhere.judgements(), task)?;
    for (cluster, id) in clusters.iter().zip(1_u64..) {
        let members = cluster.members.iter().map(|member| {
            let mut row = sample(&index, &sides, member.sample)?;
            row["kind"] = json!(member.kind.as_str());
            row["jaccard"] = json!(member.jaccard);
            row["containment"] = json!(member.containment);
            Ok(row)
        });
        let row = json!({
            "id": id,
            "representative": sample(&index, &sides, cluster.representative)?,
            "reason": cluster.reason,
            "members": members.collect::<Result<Vec<_>, Fault>>()?,
        });
        write_line(out, &row)?;
    }
    Ok(())
}

/// A sample with its place and how often its side holds the text.
fn sample(index: &Index, sides: &[Snapshot], sample: AcrossSample) -> Result<Value, Fault> {
    let snapshot = &sides[sample.side];
    let mut row = place(snapshot, &located(index, snapshot, sample.sample)?);
    row["copies"] = json!(sample.copies);
    Ok(row)
}

fn columns(workspace: &Workspace, index: &Index, sides: &[Snapshot]) -> Result<Vec<Inputs>, Fault> {
    let of = |snapshot: &Snapshot| {
        let under = Under::of(workspace, index, snapshot)?;
        inputs(workspace, index, snapshot, &under)
    };
    sides.iter().map(of).collect()
}

fn sides(index: &Index, names: &[String]) -> Result<Vec<Snapshot>, Fault> {
    let all = if names.is_empty() {
        index.datasets()?
    } else {
        names.to_vec()
    };
    let sides = all
        .iter()
        .map(|name| index.snapshot_called(name))
        .collect::<Result<Vec<_>, _>>()?;
    let mut ids: Vec<i64> = sides.iter().map(|snapshot| snapshot.id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() < sides.len() || sides.len() < 2 {
        return Err(Fault::new(
            Code::Usage,
            "two different datasets or snapshots are needed to look for duplicates across them",
            "name them as NAME or NAME@N",
        ));
    }
    Ok(sides)
}

impl AcrossFound {
    /// What each side has in common with each other.
    pub fn matrix(&self) -> AcrossMatrix {
        let name = |side: usize| format!("{}@{}", self.sides[side].dataset, self.sides[side].number);
        let sides = self.sides.iter().map(|snapshot| AcrossSide {
            dataset: snapshot.dataset.clone(),
            snapshot: snapshot.number,
            samples: snapshot.indexed,
        });
        let cells = self.found.cells.iter().map(|cell| AcrossCellRow {
            a: name(cell.a),
            b: name(cell.b),
            pairs: PairsByKind {
                exact: cell.pairs[Kind::Exact as usize],
                normalised: cell.pairs[Kind::Normalised as usize],
                near: cell.pairs[Kind::Near as usize],
            },
            samples: cell.samples,
            share: if cell.of == 0 {
                0.0
            } else {
                cell.samples as f64 / cell.of as f64
            },
        });
        AcrossMatrix {
            threshold: self.threshold,
            sides: sides.collect(),
            cells: cells.collect(),
            crowded: self.found.crowded,
        }
    }
}
