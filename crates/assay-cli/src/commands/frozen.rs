//! Gold sets under a number: freeze, list, and export with a purpose.

use std::io::{BufRead, Write};
use std::path::Path;

use assay_model::Fault;
use assay_workbench::reviewing::{self, Stamp, frozen};
use assay_workbench::seal::PublicKey;
use assay_workbench::{Workspace, gold_file};
use serde_json::json;

use super::decisions::actor;
use crate::arguments::GoldExportArguments;
use crate::output::{Lines, Output};

pub fn freeze(
    workspace: &Workspace,
    reason: &str,
    named: Option<&str>,
    output: &Output,
) -> Result<(), Fault> {
    let mut ledger = workspace.ledger_writer()?;
    let stamp = Stamp::now(actor(&ledger, named)?);
    let (frozen, entry) = frozen::freeze(&mut ledger, &stamp, reason)?;
    let told = json!({"entry": entry.seq, "number": frozen.number, "size": frozen.size, "root": frozen.root});
    output.result(&told, || {
        format!(
            "Saved #{}: gold set {}, {} samples, root {}",
            entry.seq, frozen.number, frozen.size, frozen.root
        )
    })
}

pub fn list(workspace: &Workspace, output: &Output) -> Result<(), Fault> {
    let all = workspace.ledger()?.gold_snapshots()?;
    let rows: Vec<_> = all
        .iter()
        .map(|frozen| json!({"number": frozen.number, "entry": frozen.seq, "size": frozen.size, "root": frozen.root}))
        .collect();
    output.result(&rows, || {
        all.iter()
            .map(|frozen| {
                format!(
                    "{:>4}  {:>7} samples  {}  #{}\n",
                    frozen.number, frozen.size, frozen.root, frozen.seq
                )
            })
            .collect()
    })
}

/// False where a file of gold is not what it says, or not the set that the proof beside it names.
pub fn verify(
    input: impl BufRead,
    path: &Path,
    trusted: &[PublicKey],
    output: &Output,
) -> Result<bool, Fault> {
    let found = reviewing::gold_file::verify(input, path, trusted);
    let whole = found.failure.is_none();
    let told = json!({
        "whole": whole, "failure": found.failure, "members": found.members, "root": found.root, "frozen": found.frozen,
        "trusted": found.is_trusted,
    });
    output.result(&told, || match (&found.failure, found.frozen) {
        (Some(why), _) => format!("Broken: {why}"),
        (None, Some(number)) if found.is_trusted => format!(
            "Whole: the {} members of frozen gold set {number}, under a head signed by that key; root {}",
            found.members, found.root
        ),
        (None, Some(number)) => format!(
            "Whole: the {} members of frozen gold set {number}, as the proof beside it says; give --key to ask whose it is\nroot {}",
            found.members, found.root
        ),
        (None, None) => format!(
            "Each of {} samples is whole. Nothing beside the file says that they are all: hold the root against the card's or the ledger's\nroot {}",
            found.members, found.root
        ),
    })?;
    Ok(whole)
}

pub fn export(workspace: &Workspace, arguments: &GoldExportArguments, output: &Output) -> Result<(), Fault> {
    if let Some(path) = &arguments.out {
        workspace.check_export(path)?;
    }
    if let Some(purpose) = &arguments.purpose {
        let mut ledger = workspace.ledger_writer()?;
        let stamp = Stamp::now(actor(&ledger, arguments.actor.as_deref())?);
        let number = arguments
            .frozen
            .map(|number| frozen::find(&ledger, number))
            .transpose()?;
        frozen::record_export(&mut ledger, &stamp, purpose, number.as_ref())?;
    }
    let ledger = workspace.ledger()?;
    let Some(path) = &arguments.out else {
        let mut lines = Lines::new();
        gold_file::export(&ledger, arguments.frozen, &mut lines)?;
        return lines
            .flush()
            .map_err(|error| Fault::internal("writing the result", error));
    };
    let written = gold_file::write(&ledger, arguments.frozen, path)?;
    let told = json!({"written": written, "path": path.display().to_string()});
    output.result(&told, || {
        format!("Wrote {written} gold samples to {}", path.display())
    })
}
