//! The command line: names, keys and exit codes are a contract with scripts.
//!
//! stdout carries results only; progress and errors go to stderr, except that with `--json` an error
//! is an object on stdout. No panic reaches the user: an internal fault says what was being read.

mod arguments;
mod commands;
mod output;
mod progress;

use std::process::ExitCode;

use assay_model::{Code, Fault};
use clap::Parser;

use arguments::{Arguments, Command};
use output::Output;

/// A check failed.
const CHECK_FAILED: u8 = 1;

/// Runs the command that the process arguments name.
pub fn run() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|word| word == "__worker") {
        return worker();
    }
    quiet_panics();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let output = Output {
        json: arguments.json,
        quiet: arguments.quiet,
    };
    let outcome = std::panic::catch_unwind(|| commands::run(&arguments, &output));
    match outcome {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        Ok(Ok(false)) => ExitCode::from(CHECK_FAILED),
        Ok(Err(fault)) => {
            output.fault(&fault);
            ExitCode::from(exit_code(&fault))
        }
        Err(panic) => {
            let fault = Fault::internal(
                format!("running {}", doing(&arguments.command)),
                words_of(&*panic),
            );
            output.fault(&fault);
            ExitCode::from(exit_code(&fault))
        }
    }
}

/// The hidden subcommand: reads files for the process that started it.
fn worker() -> ExitCode {
    match assay_workbench::worker::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// 1 is for failed checks, which are results and not faults.
fn exit_code(fault: &Fault) -> u8 {
    match fault.code {
        Code::NothingRead | Code::NotFound => 3,
        Code::WorkspaceDamaged
        | Code::WorkspaceLocked
        | Code::WorkspaceNewer
        | Code::LedgerBroken
        | Code::DiskFull
        | Code::NotSaved
        | Code::Internal => 4,
        _ => 2,
    }
}

/// Help and version go to stdout and are no error; everything else is wrong usage.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        print!("{error}");
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut what = lines()
        .next()
        .unwrap_or("wrong usage")
        .trim_start_matches("error: ")
        .to_owned();
    // What is missing stands on lines of its own.
    if what.ends_with(':') {
        let named = lines().skip(1).take_while(|line| !line.contains(": "));
        what = format!("{what} {}", named.collect::<Vec<_>>().join(", "));
    }
    let tip = lines()
        .find(|line| line.starts_with("tip:"))
        .map(|tip| format!("; {}", tip.trim_start_matches("tip:").trim()));
    let fault = Fault::new(Code::Usage, what + &tip.unwrap_or_default(), "see assay --help");
    let json = std::env::args_os().any(|word| word == "--json");
    Output { json, quiet: false }.fault(&fault);
    ExitCode::from(2)
}

/// A panic is told as a fault, with its words; the default message with its source lines helps nobody here.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no reason was given".to_owned())
}

fn doing(command: &Command) -> String {
    match command {
        Command::Index(arguments) => {
            let paths: Vec<String> = arguments
                .paths
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            format!("assay index {}", paths.join(" "))
        }
        other => format!("assay {}", other.name()),
    }
}
