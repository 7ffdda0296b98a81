//! Commands about the ledger and the workspace's health: log, verify, doctor, open.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::path::Path;

use assay_model::hidden::visible_json;
use assay_model::{Code, Fault};
use assay_workbench::file::{create, finish};
use assay_workbench::heads;
use assay_workbench::ledger::{IfLost, LogFilter, Verification, verify_file};
use assay_workbench::releasing;
use assay_workbench::reviewing::gold_file::is_gold;
use assay_workbench::seal::{PublicKey, TlogProof};
use assay_workbench::sign_off::{CardSignOff, FolderVerification, verify_folder};
use assay_workbench::worker::fence_of;
use assay_workbench::{WorkerCommand, Workspace};
use serde_json::{Value, json};

use super::{Place, frozen, release, sign};
use crate::arguments::{DoctorArguments, LogArguments, VerifyArguments};
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
                entry.seq,
                entry.leaf,
                visible_json(&entry.body)
            )
            .map_err(|error| Fault::internal("writing the result", error))?;
        }
    }
    out.flush()
        .map_err(|error| Fault::internal("writing the result", error))
}

/// False when the ledger does not verify.
pub fn verify(place: &Place, arguments: &VerifyArguments, output: &Output) -> Result<bool, Fault> {
    let trusted = keys(&arguments.key)?;
    let (found, strength) = match &arguments.file {
        None => in_workspace(&place.open()?)?,
        Some(path) if Workspace::is_one(path) => in_workspace(&Workspace::open(path)?)?,
        Some(path) => {
            if releasing::is_release(path) {
                return release::verify(path, output);
            }
            if path.is_dir() {
                return verify_card(path, &trusted, output);
            }
            let mut input = opened(path)?;
            // What cannot be read here is told by whoever reads it as a ledger.
            let first = input.fill_buf().map(<[u8]>::to_vec).unwrap_or_default();
            if first.starts_with(TlogProof::FIRST.as_bytes()) {
                return verify_proof(input, &trusted, output);
            }
            if is_gold(&first) {
                return frozen::verify(input, path, &trusted, output);
            }
            (verify_file(input, &trusted)?, None)
        }
    };
    let told = json!({
        "whole": found.whole(), "entries": found.entries, "root": found.root,
        "failure": found.failure.as_ref().map(|failure| json!({"seq": failure.seq, "what": failure.what})),
        "clock_set_back": found.clock_set_back,
        "heads_passed_over": found.heads_passed_over,
        "strength": strength,
        "head": found.head.as_ref().map(|head| json!({"size": head.size, "key": head.key, "trusted": head.is_trusted})),
    });
    output.result(&told, || in_words(&found))?;
    Ok(found.whole())
}

fn opened(path: &Path) -> Result<BufReader<File>, Fault> {
    let file = File::open(path).map_err(|error| {
        Fault::new(
            Code::NotFound,
            format!("the file cannot be read: {error}"),
            "check the path",
        )
        .at(path.display().to_string())
    })?;
    Ok(BufReader::new(file))
}

/// With where the last head is known to be; an exported file says nothing of that.
fn in_workspace(workspace: &Workspace) -> Result<(Verification, Option<&'static str>), Fault> {
    let (found, strength) = heads::verify(workspace)?;
    Ok((found, Some(strength.word())))
}

/// Longer ones hold no entry of a ledger.
const MAX_PROOF: u64 = 1 << 20;

/// False when the entry does not stand under a head that one of the keys signed.
fn verify_proof(input: impl Read, trusted: &[PublicKey], output: &Output) -> Result<bool, Fault> {
    if trusted.is_empty() {
        return Err(Fault::new(
            Code::Usage,
            "a proof is verified against somebody's key",
            "give it with --key, as `assay person keys` writes it",
        ));
    }
    let mut text = String::new();
    let read = input.take(MAX_PROOF).read_to_string(&mut text);
    let checked = read.map_err(|error| error.to_string()).and_then(|_| {
        let proof = TlogProof::parse(&text).map_err(|error| error.to_string())?;
        let head = proof.verify(trusted).map_err(|error| error.to_string())?;
        let entry = serde_json::from_slice::<Value>(&proof.entry).map_err(|error| error.to_string())?;
        Ok((proof.index, head.size, entry))
    });
    let told = match &checked {
        Ok((seq, size, entry)) => {
            json!({"whole": true, "failure": null, "seq": seq, "entries": size, "entry": entry})
        }
        Err(why) => json!({"whole": false, "failure": {"seq": null, "what": why}}),
    };
    output.result(&told, || match &checked {
        Ok((seq, size, entry)) => {
            format!("Whole: entry {seq} stands in a ledger of {size} entries, under a head signed by that key\n{entry}")
        }
        Err(why) => format!("Broken: {why}"),
    })?;
    Ok(checked.is_ok())
}

fn keys(written: &[String]) -> Result<Vec<PublicKey>, Fault> {
    let read = written.iter().map(|key| {
        key.trim().parse().map_err(|error| {
            Fault::new(
                Code::Usage,
                format!("{error}"),
                "give it as `assay person keys` writes it",
            )
        })
    });
    read.collect()
}

/// False when the folder is not what was signed.
fn verify_card(folder: &Path, trusted: &[PublicKey], output: &Output) -> Result<bool, Fault> {
    let found = verify_folder(folder, trusted);
    let said = found.statement.as_ref();
    let told = json!({
        "whole": found.holds(), "failure": found.failure, "statement": said, "files": found.files,
        "signers": found.signers, "trusted": found.is_trusted, "missing": found.missing, "proved_entries": found.proved,
    });
    output.result(&told, || match (&found.failure, said) {
        (None, Some(said)) => signed_words(said, &found),
        (failure, _) => format!(
            "Broken: {}",
            failure.as_deref().unwrap_or("there is no statement")
        ),
    })?;
    Ok(found.holds())
}

fn signed_words(said: &CardSignOff, found: &FolderVerification) -> String {
    let mut out = format!(
        "Whole: {}@{}, signed by {} on {}: {}\n{} files are as they were signed",
        said.dataset, said.snapshot.number, said.signer.name, said.time, said.meaning, found.files
    );
    for key in &found.signers {
        out += &format!("\nKey {}, fingerprint {}", key.name(), key.fingerprint());
    }
    if !found.is_trusted {
        out +=
            "\nThe envelope names these keys itself: compare them with what their owners say, or give --key";
    }
    match found.proved {
        Some(size) => out + &format!("\nThe sign-off stands in a ledger of {size} entries"),
        None => out + "\nThere is no proof that the sign-off stands in a ledger",
    }
}

fn in_words(found: &Verification) -> String {
    match &found.failure {
        None => format!(
            "Whole: {} entries, root {}\n{}{}",
            found.entries,
            found.root,
            found.head.as_ref().map_or_else(
                || "No head is signed: this shows that it is whole in itself, not that nothing was cut off"
                    .to_owned(),
                |head| format!(
                    "{} signed for the first {} entries{}",
                    head.key.name(),
                    head.size,
                    if head.is_trusted {
                        ""
                    } else {
                        "; compare the key with what its owner says"
                    }
                ),
            ),
            match found.heads_passed_over {
                0 => String::new(),
                1 => "\n1 head passed over: its key was given up as compromised".to_owned(),
                more => format!("\n{more} heads passed over: their keys were given up as compromised"),
            }
        ),
        Some(failure) => {
            let place = failure.seq.map_or(String::new(), |seq| format!("entry {seq}: "));
            format!("Broken: {place}{}", failure.what)
        }
    }
}

/// Brings the ledger back, and says what came back. False where anything was lost.
fn restore(place: &Place, arguments: &DoctorArguments, output: &Output) -> Result<bool, Fault> {
    let if_lost = if arguments.accept_loss {
        IfLost::Accept
    } else {
        IfLost::Refuse
    };
    let folder = place.folder()?;
    let folder = folder.canonicalize().unwrap_or(folder);
    let of_window = sign::home().map(|home| Workspace::backups_below(&home, &folder));
    let backups = arguments
        .backups
        .clone()
        .or(of_window.ok().filter(|folder| folder.is_dir()));
    let restored = Workspace::restore_ledger(&folder, backups.as_deref(), if_lost)?;
    let passed_over: Vec<_> = restored
        .passed_over
        .iter()
        .map(|(path, why)| json!({"path": path, "why": why}))
        .collect();
    let told = json!({
        "entries": restored.entries, "root": restored.root, "from_journal": restored.from_journal, "lost": restored.lost,
        "unreadable_journal_bytes": restored.unreadable_journal_bytes, "passed_over": passed_over, "aside": restored.aside,
    });
    output.result(&told, || restored.to_string())?;
    Ok(restored.lost == 0)
}

/// False when something is wrong.
pub fn doctor(place: &Place, arguments: &DoctorArguments, output: &Output) -> Result<bool, Fault> {
    if arguments.restore {
        return restore(place, arguments, output);
    }
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
    findings.push(("worker: what holds for it".to_owned(), true, fenced()?));
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

/// What the machine lets Assay take away from the process that reads data. Nothing of it is needed for data to be read.
fn fenced() -> Result<String, Fault> {
    let fence = fence_of(&WorkerCommand::this_executable()?)?;
    let said = fence
        .said()
        .map(|(what, holds)| format!("{what}: {}", if holds { "yes" } else { "not on this machine" }));
    Ok(said.join("; "))
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
