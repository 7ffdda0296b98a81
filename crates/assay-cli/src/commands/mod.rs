//! One function for each command: arguments in, use case, result out.

mod adjudicate;
mod agreement;
mod between;
mod card;
mod check;
mod data;
mod decisions;
mod duplicates;
mod evidence;
mod frozen;
mod ledger;
mod packs;
mod release;
mod results;
mod rubrics;
mod sign;
mod style;

use std::path::PathBuf;

use assay_model::{Expression, Fault};
use assay_workbench::Workspace;

use crate::arguments::{Arguments, Command, SignArguments};
use crate::output::Output;

/// Runs a command; false when a check failed.
pub fn run(arguments: &Arguments, output: &Output) -> Result<bool, Fault> {
    let place = Place {
        named: arguments.workspace.clone(),
    };
    match &arguments.command {
        Command::Index(index) => data::index(&place, index, output)?,
        Command::Report(report) => data::report(&place, report, output)?,
        Command::Samples(samples) => data::samples(&place, samples)?,
        Command::Duplicates(duplicates) => duplicates::duplicates(&place, duplicates, output)?,
        Command::Agreement(which) => agreement::agreement(&place, which, output)?,
        Command::Compare(compare) => between::compare(&place, compare, output)?,
        Command::Leak(leak) => return between::leak(&place, leak, output),
        Command::Check(contract) => return check::check(&place, contract, output),
        Command::Card(arguments) => card::card(&place, arguments, output)?,
        Command::Results(command) => results::results(&place, command, output)?,
        Command::Queue(queue) => decisions::queue(&place, queue, output)?,
        Command::Rubric(rubric) => rubrics::rubric(&place, rubric, output)?,
        Command::Adjudicate(adjudicate) => adjudicate::adjudicate(&place, adjudicate, output)?,
        Command::Decide(decide) => decisions::decide(&place, decide, output)?,
        Command::Gold(gold) => decisions::gold(&place, gold, output)?,
        Command::Person(person) => decisions::person(&place, person, output)?,
        Command::Log(log) => ledger::log(&place, log, output)?,
        Command::Sign(sign) => return signed(&place, sign, output),
        Command::Verify(verify) => return ledger::verify(&place, verify, output),
        Command::Evidence(evidence) => evidence::evidence(&place, evidence, output)?,
        Command::Doctor(arguments) => return ledger::doctor(&place, arguments, output),
        Command::Open => ledger::open(&place)?,
        Command::Style(which) => style::style(&place, which, output)?,
        Command::Release(arguments) => release::release(&place, arguments, output)?,
    }
    Ok(true)
}

fn signed(place: &Place, arguments: &SignArguments, output: &Output) -> Result<bool, Fault> {
    if let Some(dataset) = &arguments.state {
        return sign::state(place, dataset, output);
    }
    let Some(dataset) = &arguments.withdraw else {
        return sign::sign(place, arguments, output);
    };
    let reason = arguments.reason.as_deref().unwrap_or_default();
    sign::withdraw(place, dataset, reason, arguments.actor.as_deref(), output).map(|()| true)
}

/// Where the workspace is looked for.
pub struct Place {
    named: Option<PathBuf>,
}

impl Place {
    fn folder(&self) -> Result<PathBuf, Fault> {
        let here =
            std::env::current_dir().map_err(|error| Fault::internal("finding the current folder", error))?;
        Workspace::locate(self.named.as_deref(), &here)
    }

    /// The workspace, made if it is not there.
    fn create(&self) -> Result<Workspace, Fault> {
        Workspace::create(&self.folder()?)
    }

    /// The workspace, which must be there.
    fn open(&self) -> Result<Workspace, Fault> {
        Workspace::open(&self.folder()?)
    }
}

fn expression(text: Option<&str>) -> Result<Option<Expression>, Fault> {
    text.map(|text| Expression::parse(text).map_err(Fault::from))
        .transpose()
}
