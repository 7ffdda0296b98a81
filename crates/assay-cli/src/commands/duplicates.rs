//! The evidence behind the duplication rates, and what people say of it.

use std::fmt::Write as _;
use std::io::Write as _;

use assay_model::{Code, Digest, Fault, Task};
use assay_workbench::across::{self, AcrossMatrix, write_across};
use assay_workbench::duplicates::{DuplicateEvidence, representative_of, write_duplicates, write_judgements};
use assay_workbench::reviewing::{Entry, Stamp, duplicates as judgements};
use assay_workbench::{Workspace, indexing};
use serde_json::json;

use super::Place;
use super::decisions::{actor, digest};
use crate::arguments::DuplicatesArguments;
use crate::output::{Lines, Output};
use crate::progress;

pub fn duplicates(place: &Place, arguments: &DuplicatesArguments, output: &Output) -> Result<(), Fault> {
    let workspace = place.open()?;
    if let Some(saved) = judge(&workspace, arguments)? {
        let told = json!({"saved": {"seq": saved.seq, "id": saved.id}, "kind": saved.event.kind()});
        return output.result(&told, || {
            format!(
                "Saved #{} as {}; the next report takes it into account",
                saved.seq, saved.id
            )
        });
    }
    let mut out = Lines::new();
    let which = match (arguments.pairs, arguments.clusters) {
        (true, _) => DuplicateEvidence::Pairs,
        (_, true) => DuplicateEvidence::Clusters,
        _ => DuplicateEvidence::Passages,
    };
    match &arguments.across {
        Some(names) => {
            let (task, clear) = progress::task(output);
            if arguments.matrix {
                let found = across::find(&workspace, names, &task);
                clear();
                let matrix = found?.matrix();
                return output.result(&matrix, || text(&matrix));
            }
            let written = write_across(&workspace, names, which, &task, &mut out);
            clear();
            written?;
        }
        None if arguments.judgements => write_judgements(&workspace, &mut out)?,
        None => write_duplicates(
            &workspace,
            arguments.snapshot.dataset.as_deref(),
            arguments.snapshot.snapshot,
            which,
            &mut out,
        )?,
    }
    out.flush()
        .map_err(|error| Fault::internal("writing the result", error))
}

/// Records what was said, where something was; none where evidence is asked for.
fn judge(workspace: &Workspace, arguments: &DuplicatesArguments) -> Result<Option<Entry>, Fault> {
    let reason = arguments.reason.as_deref().unwrap_or_default();
    let recorded = |record: &dyn Fn(&mut assay_workbench::ledger::Ledger, &Stamp) -> Result<Entry, Fault>| {
        let mut ledger = workspace.ledger_writer()?;
        let actor = actor(&ledger, arguments.actor.as_deref())?;
        record(&mut ledger, &Stamp::now(actor)).map(Some)
    };
    if let Some(pair) = &arguments.not_a_duplicate {
        let (one, other) = (known(workspace, &pair[0])?, known(workspace, &pair[1])?);
        return recorded(&|ledger, stamp| judgements::not_duplicate(ledger, stamp, one, &[other], reason));
    }
    if let Some(sample) = &arguments.keep {
        let sample = digest(sample)?;
        let which = &arguments.snapshot;
        indexing::report(
            workspace,
            which.dataset.as_deref(),
            which.snapshot,
            &Task::silent(),
        )?;
        let over = representative_of(workspace, which.dataset.as_deref(), which.snapshot, &sample)?;
        return recorded(&|ledger, stamp| judgements::keep(ledger, stamp, sample, over, reason));
    }
    if let Some(policy) = arguments.keep_policy {
        return recorded(&|ledger, stamp| judgements::choose_policy(ledger, stamp, policy.policy(), reason));
    }
    if let Some(entry) = &arguments.withdraw {
        let entry = entry.parse().map_err(|_| {
            Fault::new(
                Code::Usage,
                format!("`{}` is no entry id", assay_model::fault::one_line(entry)),
                "copy one from `assay duplicates --judgements`",
            )
        })?;
        return recorded(&|ledger, stamp| judgements::withdraw(ledger, stamp, entry, reason));
    }
    Ok(None)
}

/// A digest that some snapshot of the workspace holds: a slip of one letter is no judgement on nothing.
fn known(workspace: &Workspace, text: &str) -> Result<Digest, Fault> {
    let digest = digest(text)?;
    let index = workspace.index()?;
    for dataset in index.datasets()? {
        for snapshot in index.snapshots(&dataset)? {
            if !index.samples_with_digest(&snapshot, &digest)?.is_empty() {
                return Ok(digest);
            }
        }
    }
    Err(Fault::new(
        Code::UnknownSample,
        format!("no snapshot of this workspace holds {}", digest.short()),
        "copy a digest from `assay duplicates --pairs`",
    ))
}

fn text(matrix: &AcrossMatrix) -> String {
    let mut out = format!(
        "Samples of one in another; near at Jaccard {} or above, verified.\n",
        matrix.threshold
    );
    for cell in &matrix.cells {
        let _ = write!(
            out,
            "\n{} in {}: {} samples ({:.1} %); pairs of texts: {} exact, {} normalised, {} near",
            cell.a,
            cell.b,
            cell.samples,
            cell.share * 100.0,
            cell.pairs.exact,
            cell.pairs.normalised,
            cell.pairs.near
        );
    }
    if matrix.crowded > 0 {
        let _ = write!(
            out,
            "\n\n{} texts have more than 1,000 partners; not all of their pairs are listed.",
            matrix.crowded
        );
    }
    out
}
