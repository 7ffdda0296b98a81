//! Gold sets under a number: freeze, list, and export with a purpose.

use std::io::Write;

use assay_model::Fault;
use assay_workbench::file::{create, finish};
use assay_workbench::reviewing::{Stamp, frozen};
use assay_workbench::{Workspace, gold as golden};
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
    let write = |out: &mut dyn Write| match arguments.frozen {
        Some(number) => golden::export_frozen(&ledger, number, out),
        None => golden::export(&ledger, out),
    };
    let Some(path) = &arguments.out else {
        let mut lines = Lines::new();
        write(&mut lines)?;
        return lines
            .flush()
            .map_err(|error| Fault::internal("writing the result", error));
    };
    let mut file = create(path, "the export")?;
    let written = write(&mut file)?;
    finish(file, path, "the export")?;
    let told = json!({"written": written, "path": path.display().to_string()});
    output.result(&told, || {
        format!("Wrote {written} gold samples to {}", path.display())
    })
}
