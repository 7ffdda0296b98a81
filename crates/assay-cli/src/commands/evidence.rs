//! Commands about evidence: add, list, files, withdraw, mark, unmark, marks, recompute.

use std::io::Write;
use std::path::Path;

use assay_model::{Fault, Task};
use assay_workbench::Workspace;
use assay_workbench::ledger::Ledger;
use assay_workbench::origins::{self, EvidenceQuery, OriginsChanged, write_evidence};
use assay_workbench::reviewing::{Stamp, people};
use serde_json::json;

use super::decisions::{actor, only_person};
use super::{Place, expression};
use crate::arguments::EvidenceCommand;
use crate::output::{Lines, Output};
use crate::progress;

pub fn evidence(place: &Place, command: &EvidenceCommand, output: &Output) -> Result<(), Fault> {
    let workspace = place.open()?;
    match command {
        EvidenceCommand::Add { file, actor } => add(&workspace, file, actor.as_deref(), output),
        EvidenceCommand::List { snapshot, filter } => {
            let query = EvidenceQuery {
                dataset: snapshot.dataset.clone(),
                snapshot: snapshot.snapshot,
                filter: expression(filter.as_deref())?,
            };
            let mut out = Lines::new();
            write_evidence(&workspace, &query, &mut out)?;
            out.flush()
                .map_err(|error| Fault::internal("writing the result", error))
        }
        EvidenceCommand::Files => files(&workspace, output),
        EvidenceCommand::Withdraw {
            file,
            reason,
            actor: named,
        } => {
            let mut ledger = workspace.ledger_writer()?;
            let stamp = Stamp::now(actor(&ledger, named.as_deref())?);
            let entry = origins::withdraw(&workspace, &mut ledger, &stamp, file, reason)?;
            let said = format!("Saved #{}: {file} speaks no longer", entry.seq);
            marked(&workspace, ledger, entry.seq, said, output)
        }
        EvidenceCommand::Mark {
            dataset,
            generator,
            reason,
            actor: named,
        } => {
            let mut ledger = workspace.ledger_writer()?;
            let stamp = Stamp::now(actor(&ledger, named.as_deref())?);
            let entry = origins::mark(&workspace, &mut ledger, &stamp, dataset, generator, reason)?;
            let said = format!("Saved #{}: {dataset} is output of {generator}", entry.seq);
            marked(&workspace, ledger, entry.seq, said, output)
        }
        EvidenceCommand::Unmark {
            dataset,
            reason,
            actor: named,
        } => {
            let mut ledger = workspace.ledger_writer()?;
            let stamp = Stamp::now(actor(&ledger, named.as_deref())?);
            let entry = origins::unmark(&mut ledger, &stamp, dataset, reason)?;
            let said = format!("Saved #{}: {dataset} is marked no longer", entry.seq);
            marked(&workspace, ledger, entry.seq, said, output)
        }
        EvidenceCommand::Marks => {
            let marks = origins::marks(&workspace.ledger()?)?;
            output.result(&marks, || {
                marks
                    .iter()
                    .map(|mark| {
                        format!(
                            "{}  {}, {}, by {}\n",
                            mark.dataset, mark.generator, mark.reason, mark.by
                        )
                    })
                    .collect()
            })
        }
        EvidenceCommand::Recompute => {
            let changed = drawn(output, |task| origins::recompute(&workspace, task))?;
            output.result(&changed, || in_words(&changed))
        }
    }
}

fn files(workspace: &Workspace, output: &Output) -> Result<(), Fault> {
    let files = origins::files(workspace)?;
    output.result(&files, || {
        files
            .iter()
            .map(|file| {
                let by = if file.by.is_empty() {
                    "nobody named"
                } else {
                    &file.by
                };
                let withdrawn = file.withdrawn.as_ref().map_or_else(String::new, |withdrawn| {
                    format!(
                        "; withdrawn by {}, #{}: {}",
                        withdrawn.by, withdrawn.entry, withdrawn.reason
                    )
                });
                format!("{}  {}, added by {by}{withdrawn}\n", file.file, file.name)
            })
            .collect()
    })
}

fn add(workspace: &Workspace, file: &Path, named: Option<&str>, output: &Output) -> Result<(), Fault> {
    // Without people there is nobody to name; the file is kept all the same.
    let who = {
        let ledger = workspace.ledger()?;
        match named {
            Some(name) => people::find(&ledger, name)?.name,
            None => only_person(&ledger)?.unwrap_or_default(),
        }
    };
    let added = drawn(output, |task| origins::add_file(workspace, file, &who, task))?;
    output.result(&added, || {
        let known = if added.known { ", known already" } else { "" };
        format!(
            "{} pieces of evidence{known}, about {} samples here and {} that are not here yet\n{}",
            added.lines,
            added.samples,
            added.waiting,
            in_words(&added.changed)
        )
    })
}

/// The act is recorded; what follows from it is recomputed at once.
fn marked(
    workspace: &Workspace,
    ledger: Ledger,
    entry: u64,
    said: String,
    output: &Output,
) -> Result<(), Fault> {
    drop(ledger);
    let changed = drawn(output, |task| origins::recompute(workspace, task))?;
    let result = json!({"entry": entry, "samples": changed.samples, "snapshots": changed.snapshots});
    output.result(&result, || format!("{said}\n{}", in_words(&changed)))
}

/// Works under a bar on the terminal.
fn drawn<T>(output: &Output, work: impl FnOnce(&Task) -> Result<T, Fault>) -> Result<T, Fault> {
    let (task, clear) = progress::task(output);
    let done = work(&task);
    clear();
    done
}

fn in_words(changed: &OriginsChanged) -> String {
    if changed.samples == 0 {
        return "No origin changed".to_owned();
    }
    format!(
        "{} samples have another origin, source class or confidence, in {}; their reports are measured anew when asked for",
        changed.samples,
        changed.snapshots.join(", ")
    )
}
