//! Rubrics: list, show, add, and give a queue a later version.

use std::path::Path;

use assay_model::{Code, Fault};
use assay_workbench::ledger::{EarlierAnswers, Rubric, RubricId};
use assay_workbench::reviewing::{Stamp, queue, rubric as rubrics};
use serde_json::json;

use super::Place;
use super::decisions::actor;
use crate::arguments::{FollowArguments, RubricCommand};
use crate::output::Output;

pub fn rubric(place: &Place, command: &RubricCommand, output: &Output) -> Result<(), Fault> {
    match command {
        RubricCommand::List => list(place, output),
        RubricCommand::Show { rubric } => show(place, rubric, output),
        RubricCommand::Add { file, actor } => add(place, file, actor.as_deref(), output),
        RubricCommand::Follow(arguments) => follow(place, arguments, output),
    }
}

fn list(place: &Place, output: &Output) -> Result<(), Fault> {
    let recorded: Vec<RubricId> = place.open()?.ledger()?.rubrics()?;
    let templates = rubrics::templates();
    let unused: Vec<&Rubric> = templates
        .iter()
        .filter(|template| !recorded.contains(&template.id))
        .collect();
    let rows: Vec<_> = recorded
        .iter()
        .map(|id| json!({"rubric": id, "recorded": true}))
        .chain(
            unused
                .iter()
                .map(|template| json!({"rubric": template.id, "recorded": false})),
        )
        .collect();
    output.result(&rows, || {
        let known = recorded.iter().map(|id| format!("{id}\n"));
        let more = unused.iter().map(|template| {
            format!(
                "{}  (template, recorded when a queue first needs it)\n",
                template.id
            )
        });
        known.chain(more).collect()
    })
}

fn show(place: &Place, id: &str, output: &Output) -> Result<(), Fault> {
    let id = rubric_id(id)?;
    let template = rubrics::templates()
        .into_iter()
        .find(|template| template.id == id);
    let rubric = match place.open()?.ledger()?.rubric(&id)?.or(template) {
        Some(rubric) => rubric,
        None => rubrics::find(&place.open()?.ledger()?, &id)?,
    };
    output.result(&rubric, || in_words(&rubric))
}

fn in_words(rubric: &Rubric) -> String {
    let mut text = format!("{}\n\nLabels\n", rubric.id);
    for label in &rubric.labels {
        text.push_str(&format!("  {} {}\n", label.key, label.name));
    }
    text.push_str("\nCriteria\n");
    for criterion in &rubric.criteria {
        text.push_str(&format!(
            "  {} (1 to {}): {}\n    {}\n",
            criterion.id, criterion.max, criterion.name, criterion.guidance
        ));
    }
    text.push_str("\nReasons to exclude\n");
    for (digit, reason) in (1..).zip(&rubric.exclude_reasons) {
        text.push_str(&format!("  {digit} {reason}\n"));
    }
    text
}

fn add(place: &Place, file: &Path, named: Option<&str>, output: &Output) -> Result<(), Fault> {
    let rubric = rubrics::parse(&read(file)?).map_err(|fault| fault.at(file.display().to_string()))?;
    let mut ledger = place.open()?.ledger_writer()?;
    let actor = actor(&ledger, named)?;
    let added = rubrics::add(&mut ledger, &Stamp::now(actor), &rubric)?;
    let seq = added.entry.as_ref().map(|entry| entry.seq);
    output.result(&json!({"rubric": added.id, "entry": seq}), || match seq {
        Some(seq) => format!("Saved #{seq}: {}", added.id),
        None => format!("{} asks the same already", added.id),
    })
}

fn follow(place: &Place, arguments: &FollowArguments, output: &Output) -> Result<(), Fault> {
    let answers = match &arguments.map {
        Some(path) => EarlierAnswers::Mapped(
            rubrics::parse_mapping(&read(path)?).map_err(|fault| fault.at(path.display().to_string()))?,
        ),
        None if arguments.ask_again => EarlierAnswers::AskAgain,
        None => EarlierAnswers::StillValid,
    };
    let to = rubric_id(&arguments.to)?;
    let mut ledger = place.open()?.ledger_writer()?;
    let actor = actor(&ledger, arguments.actor.as_deref())?;
    let queue = queue::find(&ledger, &arguments.queue)?;
    let stamp = Stamp::now(actor);
    let entry = rubrics::follow(&mut ledger, &stamp, &queue, &to, answers, &arguments.reason)?;
    let told = json!({"entry": entry.seq, "queue": queue.terms.name, "rubric": to});
    output.result(&told, || {
        format!("Saved #{}: {} asks {to} from now on", entry.seq, queue.terms.name)
    })
}

fn read(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path).map_err(|error| {
        Fault::new(
            Code::Usage,
            format!("the file cannot be read: {error}"),
            "check the path",
        )
        .at(path.display().to_string())
    })
}

fn rubric_id(text: &str) -> Result<RubricId, Fault> {
    text.parse()
        .map_err(|what| Fault::new(Code::Usage, format!("`{text}`: {what}"), "such as general@1"))
}
