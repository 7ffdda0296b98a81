//! The command `card`: the card of a snapshot in its forms, and the sections that a person writes.

use std::path::Path;

use assay_model::{Code, Fault, Task};
use assay_workbench::card::{self, CardFiles, Mapping};
use assay_workbench::reviewing::Stamp;
use assay_workbench::{WorkerCommand, indexing};
use serde_json::json;

use super::{Place, decisions};
use crate::arguments::{CardArguments, CardCommand};
use crate::output::Output;

pub fn card(place: &Place, arguments: &CardArguments, output: &Output) -> Result<(), Fault> {
    match &arguments.command {
        None => write_files(place, arguments, output),
        Some(CardCommand::Texts { dataset }) => texts(place, dataset, output),
        Some(CardCommand::Write {
            dataset,
            section,
            text,
            file,
            actor,
        }) => {
            let text = match (text, file) {
                (Some(text), _) => text.clone(),
                (None, Some(file)) => read(file)?,
                (None, None) => String::new(),
            };
            write_section(place, (dataset, section), &text, actor.as_deref(), output)
        }
    }
}

fn write_files(place: &Place, arguments: &CardArguments, output: &Output) -> Result<(), Fault> {
    let workspace = place.open()?;
    let (dataset, number) = (arguments.snapshot.dataset.as_deref(), arguments.snapshot.snapshot);
    let also = arguments.also.iter().map(|word| mapping(word));
    let also = also.collect::<Result<Vec<_>, _>>()?;
    let out = arguments.out.as_deref().ok_or_else(|| {
        Fault::new(
            Code::Usage,
            "a card is written into a folder",
            "say which with --out",
        )
    })?;
    indexing::report(&workspace, dataset, number, &Task::silent())?;
    let card = card::card(
        &workspace,
        &workspace.ledger()?,
        dataset,
        number,
        &WorkerCommand::this_executable()?,
        &Task::silent(),
    )?;
    let exported = card::export(&workspace, &CardFiles::of(&card, &also), out)?;
    output.result(&exported, || {
        format!("Wrote {} to {}", exported.files.join(", "), exported.folder)
    })
}

fn mapping(word: &str) -> Result<Mapping, Fault> {
    Mapping::parse(word).ok_or_else(|| {
        let known = Mapping::ALL.map(Mapping::as_str);
        Fault::new(
            Code::Usage,
            format!("a card has no form `{}`", assay_model::fault::one_line(word)),
            format!("known: {}", known.join(", ")),
        )
    })
}

fn read(file: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(file).map_err(|error| {
        Fault::new(
            Code::Usage,
            format!("the text could not be read: {error}"),
            "give a file of text in UTF-8",
        )
        .at(file.display().to_string())
    })
}

fn write_section(
    place: &Place,
    (dataset, section): (&str, &str),
    text: &str,
    actor: Option<&str>,
    output: &Output,
) -> Result<(), Fault> {
    let workspace = place.open()?;
    // Nobody writes on the card of a dataset that is not there.
    let dataset = workspace.index()?.snapshot(Some(dataset), None)?.dataset;
    let mut ledger = workspace.ledger_writer()?;
    let stamp = Stamp::now(decisions::actor(&ledger, actor)?);
    let entry = card::write(&mut ledger, &stamp, &dataset, section, text)?;
    let saved =
        json!({"entry": entry.as_ref().map(|entry| entry.seq), "dataset": dataset, "section": section});
    output.result(&saved, || match entry {
        Some(entry) => format!("Saved #{}: {section} on the card of {dataset}", entry.seq),
        None => format!("Nothing has changed: this text stands on the card of {dataset}"),
    })
}

fn texts(place: &Place, dataset: &str, output: &Output) -> Result<(), Fault> {
    let rows = card::versions(&place.open()?.ledger()?, dataset)?;
    output.result(&rows, || {
        rows.iter()
            .map(|row| {
                let text = match row.text.as_str() {
                    "" => "(open again)".to_owned(),
                    text => assay_model::fault::one_line(text),
                };
                format!("#{:<6} {:<14} {}: {text}\n", row.seq, row.section, row.by)
            })
            .collect()
    })
}
