//! Commands about the ledger and the workspace's health: log, verify, doctor, open.

use std::io::{BufReader, Write};

use assay_model::{Code, Fault};
use assay_workbench::Workspace;
use assay_workbench::file::{create, finish};
use assay_workbench::ledger::{LogFilter, Verification, verify_file};
use serde_json::json;

use super::Place;
use crate::arguments::{LogArguments, VerifyArguments};
use crate::output::{Lines, Output};

/// Entries read at a time.
const PAGE: u64 = 1000;

pub fn log(place: &Place, arguments: &LogArguments, output: &Output) -> Result<(), Fault> {
    let workspace = place.open()?;
    let ledger = workspace.ledger()?;
    if let Some(path) = &arguments.export {
        workspace.check_export(path)?;
        let mut file = create(path, "the export")?;
        ledger.export(&mut file)?;
        finish(file, path, "the export")?;
        return output.text(&format!("Wrote {} entries to {}", ledger.size()?, path.display()));
    }
    let filter = LogFilter {
        kinds: arguments.kind.clone(),
        actor: arguments.actor.clone(),
    };
    let mut out = Lines::new();
    let (mut from, mut left) = (0, arguments.limit.unwrap_or(u64::MAX));
    while left > 0 {
        let page = ledger.entries(&filter, from, left.min(PAGE))?;
        let Some(last) = page.last() else { break };
        from = last.seq + 1;
        left -= page.len() as u64;
        for entry in &page {
            // The body is canonical JSON already; what stands beside it in the table goes around it.
            writeln!(
                out,
                r#"{{"seq":{},"leaf":"{}","body":{}}}"#,
                entry.seq, entry.leaf, entry.body
            )
            .map_err(|error| Fault::internal("writing the result", error))?;
        }
    }
    out.flush()
        .map_err(|error| Fault::internal("writing the result", error))
}

/// False when the ledger does not verify.
pub fn verify(place: &Place, arguments: &VerifyArguments, output: &Output) -> Result<bool, Fault> {
    let found = match &arguments.file {
        None => place.open()?.ledger()?.verify()?,
        Some(path) if Workspace::is_one(path) => Workspace::open(path)?.ledger()?.verify()?,
        Some(path) => {
            if path.is_dir() {
                let message = "verifying a signed card folder is not in this version";
                return Err(Fault::new(
                    Code::NotYet,
                    message,
                    "give a workspace, an exported ledger, or nothing",
                )
                .at(path.display().to_string()));
            }
            let file = std::fs::File::open(path).map_err(|error| {
                Fault::new(
                    Code::NotFound,
                    format!("the file cannot be read: {error}"),
                    "check the path",
                )
                .at(path.display().to_string())
            })?;
            verify_file(BufReader::new(file), &[])?
        }
    };
    let told = json!({
        "whole": found.whole(), "entries": found.entries, "root": found.root,
        "failure": found.failure.as_ref().map(|failure| json!({"seq": failure.seq, "what": failure.what})),
        "clock_set_back": found.clock_set_back,
    });
    output.result(&told, || in_words(&found))?;
    Ok(found.whole())
}

fn in_words(found: &Verification) -> String {
    match &found.failure {
        None => format!("Whole: {} entries, root {}", found.entries, found.root),
        Some(failure) => {
            let place = failure.seq.map_or(String::new(), |seq| format!("entry {seq}: "));
            format!("Broken: {place}{}", failure.what)
        }
    }
}

/// False when something is wrong.
pub fn doctor(place: &Place, output: &Output) -> Result<bool, Fault> {
    let workspace = place.open()?;
    let mut findings = workspace
        .ledger()?
        .doctor()?
        .into_iter()
        .map(|finding| (format!("ledger: {}", finding.check), finding.holds, finding.found))
        .collect::<Vec<_>>();
    let broken = workspace.index()?.check()?;
    let found = if broken.is_empty() {
        "whole".to_owned()
    } else {
        broken.join("; ")
    };
    findings.push(("index: database structure".to_owned(), broken.is_empty(), found));
    let rows: Vec<_> = findings
        .iter()
        .map(|(check, holds, found)| json!({"check": check, "holds": holds, "found": found}))
        .collect();
    output.result(
        &json!({"healthy": findings.iter().all(|(_, holds, _)| *holds), "findings": rows}),
        || {
            findings
                .iter()
                .map(|(check, holds, found)| format!("{} {check}: {found}\n", if *holds { "✓" } else { "✗" }))
                .collect()
        },
    )?;
    Ok(findings.iter().all(|(_, holds, _)| *holds))
}

/// Starts the application that stands beside this program.
pub fn open(place: &Place) -> Result<(), Fault> {
    let folder = place.folder()?;
    let program = std::env::current_exe()
        .map_err(|error| Fault::internal("finding this program", error))?
        .with_file_name(format!("assay-app{}", std::env::consts::EXE_SUFFIX));
    std::process::Command::new(&program)
        .arg(&folder)
        .spawn()
        .map(|_| ())
        .map_err(|error| {
            Fault::new(
                Code::NotFound,
                format!("the application cannot be started: {error}"),
                "build it: make app",
            )
            .at(program.display().to_string())
        })
}
