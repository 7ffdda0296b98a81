//! The command `release`, and the verification of what it wrote.

use std::path::Path;

use assay_model::{Code, Fault, Task};
use assay_workbench::WorkerCommand;
use assay_workbench::releasing::{
    self, PolicyText, ReleaseOrder, ReleasePreview, ReleaseVerification, ShardFormat,
};
use assay_workbench::reviewing::Stamp;
use serde_json::json;

use super::{Place, decisions};
use crate::arguments::{ReleaseArguments, ReleaseFormat};
use crate::output::Output;
use crate::progress;

pub fn release(place: &Place, arguments: &ReleaseArguments, output: &Output) -> Result<(), Fault> {
    let policy = arguments.policy.as_deref().map(PolicyText::read).transpose()?;
    let order = ReleaseOrder {
        dataset: arguments.snapshot.dataset.clone(),
        snapshot: arguments.snapshot.snapshot,
        policy,
        seed: arguments.seed,
        format: match arguments.format {
            ReleaseFormat::Jsonl => ShardFormat::Jsonl,
            ReleaseFormat::Parquet => ShardFormat::Parquet,
        },
        ablations: arguments.ablation.clone(),
    };
    let (task, clear) = progress::task(output);
    let done = match &arguments.out {
        Some(folder) if !arguments.preview => write(place, &order, arguments, folder, (output, &task)),
        _ => preview(place, &order, (output, &task)),
    };
    clear();
    done
}

fn preview(place: &Place, order: &ReleaseOrder, (output, task): (&Output, &Task)) -> Result<(), Fault> {
    let workspace = place.open()?;
    let worker = WorkerCommand::this_executable()?;
    let prepared = releasing::prepare(&workspace, &workspace.ledger()?, order, &worker, task)?;
    let preview = prepared.preview();
    output.result(&preview, || in_words(&preview))
}

fn write(
    place: &Place,
    order: &ReleaseOrder,
    arguments: &ReleaseArguments,
    folder: &Path,
    (output, task): (&Output, &Task),
) -> Result<(), Fault> {
    let workspace = place.open()?;
    workspace.check_export(folder)?;
    let worker = WorkerCommand::this_executable()?;
    let mut ledger = workspace.ledger_writer()?;
    let stamp = Stamp::now(decisions::actor(&ledger, arguments.actor.as_deref())?);
    let prepared = releasing::prepare(&workspace, &ledger, order, &worker, task)?;
    let written = releasing::write(
        &workspace,
        &mut ledger,
        (&stamp, &arguments.reason),
        &prepared,
        folder,
        (&worker, task),
    )?;
    output.result(&written, || {
        format!(
            "{}\nSaved #{}: wrote {} files to {}\nManifest {}",
            in_words(&written.preview),
            written.entry,
            written.files,
            written.folder,
            written.manifest
        )
    })
}

fn in_words(preview: &ReleasePreview) -> String {
    let mut out = format!(
        "{}@{} under the policy {}, seed {}\n{:>10} samples to choose from\n",
        preview.dataset, preview.snapshot, preview.policy, preview.seed, preview.candidates
    );
    for cost in preview.rules.iter().filter(|cost| cost.samples > 0) {
        out += &format!(
            "{:>10} less by {}, {} tokens\n",
            cost.samples, cost.rule, cost.tokens
        );
        for class in &cost.tail {
            out += &format!(
                "{:>14} {} `{}`: {} left of {}\n",
                "", class.dimension, class.class, class.after, class.before
            );
        }
    }
    let origins = preview.origins;
    out += &format!(
        "{:>10} released: {} human, {} machine, {} mixed, {} unknown; {} tokens\n",
        preview.samples, origins.human, origins.machine, origins.mixed, origins.unknown, preview.tokens
    );
    if preview.rows != preview.samples {
        out += &format!("{:>10} rows, as rare classes are repeated\n", preview.rows);
    }
    if let Some([least, greatest]) = preview.weights.filter(|weights| *weights != [1.0, 1.0]) {
        out += &format!("Weights from {least} to {greatest}\n");
    }
    for set in &preview.ablations {
        out += &format!("{:>10} samples with {} from machines\n", set.samples, set.ratio);
    }
    if preview.gold.not_compared > 0 {
        out += &format!(
            "{} texts resemble so many others that not every pair was compared with gold\n",
            preview.gold.not_compared
        );
    }
    if preview.weights_locked {
        out += "Weights by origin or source wait for a sign-off of this snapshot\n";
    }
    out.trim_end().to_owned()
}

/// False where the folder is not what was written.
pub fn verify(folder: &Path, output: &Output) -> Result<bool, Fault> {
    if !folder.is_dir() {
        return Err(
            Fault::new(Code::NotFound, "there is no such folder", "check the path")
                .at(folder.display().to_string()),
        );
    }
    let found = releasing::verify_release(folder);
    let manifest = found.manifest.as_ref();
    let told = json!({
        "whole": found.failure.is_none(), "failure": found.failure, "files": found.files,
        "manifest": found.digest,
        "dataset": manifest.map(|manifest| &manifest.dataset),
        "snapshot": manifest.map(|manifest| manifest.snapshot),
        "policy": manifest.map(|manifest| &manifest.policy),
        "samples": manifest.map(|manifest| manifest.samples),
        "rows": manifest.map(|manifest| manifest.rows),
        "signed_off": manifest.and_then(|manifest| manifest.signed_off.as_ref()),
    });
    output.result(&told, || verified(&found))?;
    Ok(found.failure.is_none())
}

fn verified(found: &ReleaseVerification) -> String {
    match (&found.failure, &found.manifest, &found.digest) {
        (None, Some(manifest), Some(digest)) => format!(
            "Whole: the release of {}@{} under the policy {}, {} samples in {} files\nManifest {digest}: compare it with the ledger's entry",
            manifest.dataset, manifest.snapshot, manifest.policy, manifest.samples, found.files
        ),
        (failure, ..) => format!("Broken: {}", failure.as_deref().unwrap_or("there is no manifest")),
    }
}
