//! Keys, and a lead's sign-off of a card.

use std::path::{Path, PathBuf};

use assay_model::{Code, Fault, Task};
use assay_workbench::card::{CardFiles, Mapping};
use assay_workbench::ledger::{Ledger, SignOff};
use assay_workbench::reviewing::{Stamp, sign_offs};
use assay_workbench::seal::SecretKey;
use assay_workbench::sign_off::exceptions_code;
use assay_workbench::signing::{self, KeyRing, Signable, Signature};
use assay_workbench::{WorkerCommand, Workspace, heads};
use serde_json::{Value, json};

use super::Place;
use super::decisions::actor;
use crate::arguments::{KeyArguments, KeyRevokeArguments, SignArguments};
use crate::output::Output;

/// The window's folder for settings and keys is named after it.
const IDENTIFIER: &str = "org.assay.desktop";

/// Where keys and settings of this user lie: `ASSAY_HOME`, else the folder that the window uses.
pub fn home() -> Result<PathBuf, Fault> {
    let named = std::env::var_os("ASSAY_HOME").map(PathBuf::from);
    let of_user = || Some(dirs::config_dir()?.join(IDENTIFIER));
    named.or_else(of_user).ok_or_else(|| {
        Fault::new(
            Code::Usage,
            "there is no folder for keys",
            "set ASSAY_HOME to a folder of yours",
        )
    })
}

fn key_ring() -> Result<KeyRing, Fault> {
    Ok(KeyRing::at(&home()?))
}

/// The passphrase: the first line of a file, never an argument, which others on the machine could read.
fn passphrase(file: Option<&Path>) -> Result<String, Fault> {
    let named = file
        .map(Path::to_owned)
        .or_else(|| std::env::var_os("ASSAY_PASSPHRASE_FILE").map(PathBuf::from));
    let Some(path) = named else {
        return rpassword::prompt_password("Passphrase: ").map_err(|error| {
            Fault::new(
                Code::Usage,
                format!("no passphrase could be asked for: {error}"),
                "name a file that holds it with --passphrase-file",
            )
        });
    };
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Fault::new(
            Code::Usage,
            format!("the passphrase could not be read: {error}"),
            "name a file that holds it in its first line",
        )
        .at(path.display().to_string())
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

pub fn add_key(place: &Place, arguments: &KeyArguments, output: &Output) -> Result<(), Fault> {
    let mut ledger = place.open()?.ledger_writer()?;
    let key = key_ring()?.create(
        &arguments.name,
        &passphrase(arguments.passphrase_file.as_deref())?,
    )?;
    let stamp = Stamp::now(&arguments.name);
    let entry = sign_offs::claim_key(&mut ledger, &stamp, &key, arguments.replace)?;
    let public = key.public();
    let told = json!({"entry": entry.seq, "public": public, "fingerprint": public.fingerprint()});
    output.result(&told, || {
        format!(
            "Saved #{}: {public}\nFingerprint {}",
            entry.seq,
            public.fingerprint()
        )
    })
}

pub fn list_keys(place: &Place, output: &Output) -> Result<(), Fault> {
    let keys = place.open()?.ledger()?.keys()?;
    let rows: Vec<Value> = keys
        .iter()
        .map(|key| {
            json!({"public": key.public, "person": key.person, "entry": key.seq, "revoked": key.revoked,
                   "compromised": key.compromised, "fingerprint": key.public.fingerprint()})
        })
        .collect();
    output.result(&rows, || {
        keys.iter()
            .map(|key| {
                let state = match (key.revoked, key.compromised) {
                    (None, _) => "in use",
                    (Some(_), false) => "given up",
                    (Some(_), true) => "compromised",
                };
                format!("{state:<11} {}: {}\n", key.person, key.public)
            })
            .collect()
    })
}

pub fn revoke_key(place: &Place, arguments: &KeyRevokeArguments, output: &Output) -> Result<(), Fault> {
    let mut ledger = place.open()?.ledger_writer()?;
    let found = ledger
        .keys()?
        .into_iter()
        .find(|key| key.public.name() == arguments.key || key.public.to_string() == arguments.key);
    let key = found.ok_or_else(|| {
        Fault::new(
            Code::Usage,
            format!(
                "no key is named `{}`",
                assay_model::fault::one_line(&arguments.key)
            ),
            "see `assay person keys`",
        )
    })?;
    let stamp = Stamp::now(actor(&ledger, arguments.actor.as_deref())?);
    let entry = sign_offs::revoke_key(
        &mut ledger,
        &stamp,
        &key,
        arguments.compromised,
        &arguments.reason,
    )?;
    output.result(&json!({"entry": entry.seq}), || {
        format!("Saved #{}: {} counts no more", entry.seq, key.public.name())
    })
}

/// False where the exceptions were not confirmed yet.
pub fn sign(place: &Place, arguments: &SignArguments, output: &Output) -> Result<bool, Fault> {
    let (folder, meaning) = arguments
        .folder
        .as_deref()
        .zip(arguments.meaning.as_deref())
        .filter(|(_, meaning)| !meaning.trim().is_empty())
        .ok_or_else(|| {
            Fault::new(
                Code::Usage,
                "a sign-off has a folder and a meaning",
                "say what signing it means with --meaning",
            )
        })?;
    let workspace = place.open()?;
    workspace.check_export(folder)?;
    let mut ledger = workspace.ledger_writer()?;
    let actor = actor(&ledger, arguments.actor.as_deref())?;
    let (dataset, snapshot) = which(folder)?;
    if let Some(waiting) =
        sign_offs::standing(&ledger, &dataset)?.filter(|one| waits_for(one, snapshot, &actor))
    {
        let key = unlock(&ledger, &actor, arguments.passphrase_file.as_deref())?;
        let stamp = Stamp::now(actor);
        let signed = signing::join(&mut ledger, (&stamp, &key), &waiting, folder)?;
        heads::copy_as_set(&workspace, &ledger)?;
        return told(&signed, output).map(|()| true);
    }
    let signable = signable(&workspace, &ledger, (&dataset, snapshot), folder)?;
    sign_offs::may_sign(&ledger, &actor, &dataset, snapshot)?;
    let code = exceptions_code(&signable.exceptions);
    if !signable.exceptions.is_empty() && arguments.reviewed.as_deref() != Some(&code) {
        let rows = json!({"signed": false, "exceptions": signable.exceptions, "reviewed": code});
        output.result(&rows, || listed(&signable, &code))?;
        return Ok(false);
    }
    signing::is_card_of(folder, &signable.files)?;
    let key = unlock(&ledger, &actor, arguments.passphrase_file.as_deref())?;
    let stamp = Stamp::now(actor);
    let meaning = signable.meaning(&stamp.actor, meaning)?;
    let signer = (stamp.actor.as_str(), key.public(), stamp.at);
    let prepared = signing::prepare(&ledger, &signable, signer, &meaning)?;
    let signed = signing::sign(&mut ledger, &stamp, prepared, &key, folder)?;
    heads::copy_as_set(&workspace, &ledger)?;
    told(&signed, output).map(|()| true)
}

/// The card in a folder says of which snapshot it is.
fn which(folder: &Path) -> Result<(String, u64), Fault> {
    let unreadable = |why: String| {
        Fault::new(Code::Usage, why, "give a folder that `assay card` wrote").at(folder.display().to_string())
    };
    let text = std::fs::read(folder.join("card.json"))
        .map_err(|error| unreadable(format!("there is no card in the folder: {error}")))?;
    let card: Value = serde_json::from_slice(&text)
        .map_err(|error| unreadable(format!("card.json cannot be read: {error}")))?;
    let dataset = card["report"]["dataset"].as_str().map(str::to_owned);
    dataset
        .zip(card["report"]["snapshot"].as_u64())
        .ok_or_else(|| unreadable("card.json names no snapshot".to_owned()))
}

/// A sign-off of the same snapshot that others must still sign.
fn waits_for(sign_off: &SignOff, snapshot: u64, actor: &str) -> bool {
    let has_signed = sign_off.signed.iter().any(|signer| signer.person == actor);
    sign_off.snapshot == snapshot && !sign_off.is_complete() && !has_signed
}

fn signable(
    workspace: &Workspace,
    ledger: &Ledger,
    (dataset, snapshot): (&str, u64),
    folder: &Path,
) -> Result<Signable, Fault> {
    // Forms in other standards are signed too where they stand in the folder.
    let also: Vec<Mapping> = Mapping::ALL
        .into_iter()
        .filter(|mapping| folder.join(mapping.file_name()).exists())
        .collect();
    signing::signable(
        workspace,
        ledger,
        (Some(dataset), Some(snapshot)),
        |card| CardFiles::of(card, &also),
        &WorkerCommand::this_executable()?,
        &Task::silent(),
    )
}

/// Opens a person's key; the passphrase is the first line of the file, or asked for.
pub fn unlock(ledger: &Ledger, actor: &str, passphrase_file: Option<&Path>) -> Result<SecretKey, Fault> {
    let own = ledger.key_of(actor)?.ok_or_else(|| {
        Fault::new(
            Code::NotAllowed,
            format!("`{actor}` has no key"),
            "make one with `assay person key`",
        )
    })?;
    key_ring()?.unlock(&own.public, &passphrase(passphrase_file)?)
}

fn listed(signable: &Signable, code: &str) -> String {
    let mut out = String::from("Look at these first:\n");
    for exception in &signable.exceptions {
        out += &format!("  {:<12} {}\n", exception.kind, exception.what);
    }
    out + &format!("Then sign with --reviewed {code}")
}

fn told(signed: &Signature, output: &Output) -> Result<(), Fault> {
    let sign_off = &signed.sign_off;
    let rows = json!({
        "signed": true, "sign_off": sign_off.id, "entry": signed.seq, "statement": signed.statement,
        "signers": sign_off.signers, "signed_by": sign_off.signed.iter().map(|one| &one.person).collect::<Vec<_>>(),
        "complete": sign_off.is_complete(), "files": signed.files,
    });
    output.result(&rows, || {
        let names: Vec<&str> = sign_off.signed.iter().map(|one| one.person.as_str()).collect();
        let left = match sign_off.signers.saturating_sub(sign_off.signed.len() as u64) {
            0 => String::new(),
            left => format!("\nIt counts once {left} more has signed: run the same command as another lead"),
        };
        format!(
            "Saved #{}: signed by {}\nStatement {}{left}",
            signed.seq,
            names.join(", "),
            signed.statement
        )
    })
}

pub fn withdraw(
    place: &Place,
    dataset: &str,
    reason: &str,
    named: Option<&str>,
    output: &Output,
) -> Result<(), Fault> {
    let mut ledger = place.open()?.ledger_writer()?;
    let stands = sign_offs::standing(&ledger, dataset)?.ok_or_else(|| {
        Fault::new(
            Code::NotAllowed,
            format!(
                "no sign-off of `{}` stands",
                assay_model::fault::one_line(dataset)
            ),
            "see `assay log --kind signed_off`",
        )
    })?;
    let stamp = Stamp::now(actor(&ledger, named)?);
    let entry = sign_offs::withdraw(&mut ledger, &stamp, stands.id, reason)?;
    output.result(&json!({"entry": entry.seq, "sign_off": stands.id}), || {
        format!("Saved #{}: the sign-off of {dataset} is withdrawn", entry.seq)
    })
}

/// False where the card no longer says what was signed, or nothing stands.
pub fn state(place: &Place, dataset: &str, output: &Output) -> Result<bool, Fault> {
    let workspace = place.open()?;
    let ledger = workspace.ledger()?;
    let Some(stands) = sign_offs::standing(&ledger, dataset)? else {
        output.result(&json!({"stands": false}), || {
            format!("No sign-off of {dataset} stands.")
        })?;
        return Ok(false);
    };
    let card = assay_workbench::card::card(
        &workspace,
        &ledger,
        Some(dataset),
        Some(stands.snapshot),
        &WorkerCommand::this_executable()?,
        &Task::silent(),
    )?;
    let state = signing::state(&ledger, dataset, &card.json())?;
    let changes = state.map(|state| state.changes).unwrap_or_default();
    let rows = json!({"stands": true, "sign_off": stands.id, "snapshot": stands.snapshot,
                      "complete": stands.is_complete(), "changes": changes});
    output.result(&rows, || {
        if changes.is_empty() {
            return format!(
                "Signed: the card of {dataset}@{} says what was signed.",
                stands.snapshot
            );
        }
        let lines: String = changes
            .iter()
            .map(|change| format!("  {}: {} then, {} now\n", change.figure, change.then, change.now))
            .collect();
        format!("Changed since sign-off:\n{lines}")
    })?;
    Ok(changes.is_empty() && stands.is_complete())
}
