//! Packs: issue, return, import.

use assay_model::{Code, Fault};
use assay_workbench::reviewing::packs::{self, Author, Outcome, PackFile, Return};
use assay_workbench::reviewing::{Ledger, Stamp, queue as queues};
use assay_workbench::seal::PublicKey;
use assay_workbench::{Workspace, heads, packing};
use serde_json::json;

use super::Place;
use super::decisions::actor;
use super::sign::unlock;
use crate::arguments::{ImportArguments, PackArguments};
use crate::output::Output;

pub fn pack(workspace: &Workspace, arguments: &PackArguments, output: &Output) -> Result<(), Fault> {
    workspace.check_export(&arguments.out)?;
    match &arguments.recipient {
        Some(recipient) => issue(workspace, arguments, recipient, output),
        None => give_back(workspace, arguments, output),
    }
}

fn issue(
    workspace: &Workspace,
    arguments: &PackArguments,
    recipient: &str,
    output: &Output,
) -> Result<(), Fault> {
    let mut ledger = workspace.ledger_writer()?;
    let queue = queues::find(&ledger, &arguments.queue)?;
    // A pack that was issued already is written again, the same: what is signed now cannot be in it.
    let pack = match packing::issued(&ledger, &queue, recipient)? {
        Some(known) if arguments.sign && !packs::carries_head(&ledger, &known)? => {
            return Err(issued_unsigned(&queue.terms.name, recipient));
        }
        Some(known) => known.id,
        None => {
            let stamp = Stamp::now(actor(&ledger, arguments.actor.as_deref())?);
            if arguments.sign {
                let key = unlock(&ledger, &stamp.actor, arguments.passphrase_file.as_deref())?;
                ledger.sign_head(&key)?;
                heads::copy_as_set(workspace, &ledger)?;
            }
            packing::issue(&mut ledger, &stamp, &queue, recipient)?
        }
    };
    let written = packing::write_pack(workspace, &ledger, pack, &arguments.out)?;
    let told = json!({"pack": pack, "queue": queue.terms.name, "samples": written.count, "recipient": recipient,
                      "signed": written.signed, "path": written.path});
    output.result(&told, || {
        let signed = if written.signed {
            ", with a signed head"
        } else {
            ""
        };
        format!(
            "Wrote {} samples for {recipient} to {}{signed}",
            written.count, written.path
        )
    })
}

fn issued_unsigned(queue: &str, recipient: &str) -> Fault {
    Fault::new(
        Code::NotAllowed,
        format!(
            "the pack of `{queue}` for `{recipient}` was issued before, without a signed head, and is always written the same"
        ),
        "leave out --sign, or sign the next queue's pack",
    )
}

fn give_back(workspace: &Workspace, arguments: &PackArguments, output: &Output) -> Result<(), Fault> {
    let ledger = workspace.ledger()?;
    let queue = queues::find(&ledger, &arguments.queue)?;
    let opened = ledger
        .packs()?
        .into_iter()
        .rfind(|pack| !pack.issued && pack.queue == queue.id);
    let Some(opened) = opened else {
        return Err(Fault::new(
            Code::NotAllowed,
            format!("queue `{}` did not come in a pack", queue.terms.name),
            "issue one with --for NAME, or return one that was imported here",
        ));
    };
    let key = match arguments.sign {
        true => Some(unlock(
            &ledger,
            &opened.person,
            arguments.passphrase_file.as_deref(),
        )?),
        false => None,
    };
    let written = packing::write_return(workspace, &ledger, opened.id, key.as_ref(), &arguments.out)?;
    let told = json!({"pack": opened.id, "queue": queue.terms.name, "acts": written.count, "signed": written.signed,
                      "path": written.path});
    output.result(&told, || {
        let signed = if written.signed { ", signed" } else { "" };
        format!("Wrote {} acts to {}{signed}", written.count, written.path)
    })
}

pub fn import(place: &Place, arguments: &ImportArguments, output: &Output) -> Result<(), Fault> {
    let path = arguments.file.display().to_string();
    let unreadable = |error: std::io::Error| {
        Fault::new(
            Code::InvalidDecisions,
            format!("the file cannot be read: {error}"),
            "check the path",
        )
        .at(&path)
    };
    let text = std::fs::read_to_string(&arguments.file).map_err(unreadable)?;
    match packs::read(&path, &text)? {
        PackFile::Pack(pack) => {
            let mut ledger = place.create()?.ledger_writer()?;
            let person = pack.header.recipient.clone();
            let queue = packs::open(&mut ledger, &Stamp::now(&person), &pack)?;
            let told = json!({"pack": pack.header.pack, "queue": queue.terms.name, "samples": queue.terms.size,
                              "recipient": person});
            output.result(&told, || {
                format!(
                    "Opened {}: {} samples for {person}",
                    queue.terms.name, queue.terms.size
                )
            })
        }
        PackFile::Return(returned) => take_in(place, arguments, &returned, output),
    }
}

fn take_in(
    place: &Place,
    arguments: &ImportArguments,
    returned: &Return,
    output: &Output,
) -> Result<(), Fault> {
    let workspace = place.open()?;
    let outcome = if arguments.dry_run {
        let ledger = workspace.ledger()?;
        let stamp = Stamp::now(actor(&ledger, arguments.actor.as_deref())?);
        packs::dry_run(&ledger, &stamp, returned)?
    } else {
        let mut ledger: Ledger = workspace.ledger_writer()?;
        let stamp = Stamp::now(actor(&ledger, arguments.actor.as_deref())?);
        let outcome = packs::merge(&mut ledger, &stamp, returned)?;
        heads::copy_as_set(&workspace, &ledger)?;
        outcome
    };
    let told = json!({
        "pack": outcome.pack, "queue": outcome.queue.terms.name, "person": outcome.person, "dry_run": arguments.dry_run,
        "new": outcome.new, "known": outcome.known, "left_out": outcome.left_out, "disputed": outcome.disputed,
        "author": outcome.author.word(), "fingerprint": outcome.key.as_ref().map(PublicKey::fingerprint),
        "cosigned": outcome.cosigned.as_ref().map(|head| head.checkpoint.size),
        "stopped": outcome.stopped.as_ref().map(|stopped| stopped.in_words(&outcome.queue.terms.name)),
    });
    output.result(&told, || in_words(&outcome, arguments.dry_run))
}

fn in_words(outcome: &Outcome, dry_run: bool) -> String {
    let tense = if dry_run { "would be new" } else { "new" };
    let mut text = format!(
        "{}, {}: {} acts {tense}, {} known, {} left out; {} samples in dispute",
        outcome.queue.terms.name,
        outcome.person,
        outcome.new,
        outcome.known,
        outcome.left_out,
        outcome.disputed
    );
    text.push_str(&match (outcome.author, &outcome.key) {
        (Author::NewKey, Some(key)) => format!(
            "\nSigned with a key that is new here: ask {} whether it is theirs: {}",
            outcome.person,
            key.fingerprint()
        ),
        (Author::Known, _) => format!("\nSigned by {}", outcome.person),
        _ => "\nNot signed".to_owned(),
    });
    if let Some(head) = &outcome.cosigned {
        text.push_str(&format!(
            "\nThe first {} entries of this ledger came back cosigned",
            head.checkpoint.size
        ));
    }
    if let Some(stopped) = &outcome.stopped {
        text.push_str(&format!(
            "\nLeft out: {}",
            stopped.in_words(&outcome.queue.terms.name)
        ));
    }
    text
}
