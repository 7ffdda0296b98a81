//! Packs as a window handles them: issued, looked at, opened, returned, taken in.

use std::path::Path;

use assay_ledger::Head;
use assay_model::{Code, Fault};
use assay_review::packs::{self, Outcome, Pack, PackFile, Return, Stopped, Witnessed};
use assay_review::{IssuedPack, Ledger, Queue, Stamp, queue, rubric};
use assay_seal::{PublicKey, SecretKey};
use uuid::Uuid;

use crate::wire::{PackInfo, PackLook, PackWritten, ReturnOutcome};
use crate::{Workspace, clock, file, verdicts};

/// Names the file in a refusal.
const PACK: &str = "the pack";

/// The packs that were issued or opened here, latest first. Whoever reviews a queue blind does not learn who else does: packs
/// of peers are left out.
pub fn list(ledger: &Ledger, reader: &str) -> Result<Vec<PackInfo>, Fault> {
    let sight = ledger.seen_by(reader)?;
    let mut known = Vec::new();
    for pack in ledger.packs()?.iter().rev() {
        if pack.person == reader || sight.may_sum(pack.queue)? {
            known.push(info(ledger, pack)?);
        }
    }
    Ok(known)
}

fn info(ledger: &Ledger, pack: &IssuedPack) -> Result<PackInfo, Fault> {
    let queue = queue::find(ledger, &pack.queue.to_string())?;
    let entry = ledger
        .entry(pack.seq)?
        .ok_or_else(|| Fault::internal("reading a pack", "its entry is gone"))?;
    let acts = match pack.issued {
        true => ledger.feed(pack.id)?.len() as u64,
        false => packs::count_acts(ledger, pack)?,
    };
    let reviewed = ledger.reviewed(queue.id, &pack.person)?;
    Ok(PackInfo {
        pack: pack.id.to_string(),
        issued: pack.issued,
        queue: queue.id.to_string(),
        queue_name: queue.terms.name.clone(),
        person: pack.person.clone(),
        at: entry.at,
        seq: pack.seq,
        samples: queue.terms.size,
        answered: reviewed.approved + reviewed.excluded + reviewed.unsure,
        acts,
        quarantined_from: pack.quarantined_from,
    })
}

/// The pack of a queue that was issued to this person last, unless the queue asks other questions by now.
pub fn issued(ledger: &Ledger, queue: &Queue, recipient: &str) -> Result<Option<IssuedPack>, Fault> {
    let asked = rubric::asked(ledger, queue)?.id.version;
    Ok(packs::issued(ledger, queue, recipient)?.filter(|pack| pack.version == asked))
}

/// The pack of a queue for one person: the one that was issued, or a new one.
pub fn issue(ledger: &mut Ledger, stamp: &Stamp, queue: &Queue, recipient: &str) -> Result<Uuid, Fault> {
    match issued(ledger, queue, recipient)? {
        Some(known) => Ok(known.id),
        None => Ok(packs::issue(ledger, stamp, queue, recipient)?.id),
    }
}

/// Writes an issued pack.
pub fn write_pack(
    workspace: &Workspace,
    ledger: &Ledger,
    pack: Uuid,
    path: &Path,
) -> Result<PackWritten, Fault> {
    workspace.check_export(path)?;
    let mut out = file::create(path, PACK)?;
    let header = packs::write_pack(ledger, pack, &mut out)?;
    file::finish(out, path, PACK)?;
    Ok(PackWritten {
        path: path.display().to_string(),
        count: header.terms.size,
        signed: header.signed.is_some(),
    })
}

/// Writes what was done in an opened pack so far; signed with its recipient's key where one is given.
pub fn write_return(
    workspace: &Workspace,
    ledger: &Ledger,
    pack: Uuid,
    key: Option<&SecretKey>,
    path: &Path,
) -> Result<PackWritten, Fault> {
    workspace.check_export(path)?;
    let mut out = file::create(path, "the return")?;
    let signer = key.map(|key| (key, clock::now().as_second().unsigned_abs()));
    let count = packs::write_return(ledger, pack, signer, &mut out)?;
    file::finish(out, path, "the return")?;
    Ok(PackWritten {
        path: path.display().to_string(),
        count,
        signed: key.is_some(),
    })
}

/// Whether a key is one that the recipient of an opened pack uses.
pub fn is_of_recipient(ledger: &Ledger, pack: Uuid, key: &SecretKey) -> Result<bool, Fault> {
    let mut packs = ledger.packs()?.into_iter();
    let Some(opened) = packs.find(|known| known.id == pack && !known.issued) else {
        return Ok(false);
    };
    let own = ledger.key_of(&opened.person)?;
    Ok(own.is_some_and(|own| own.public == *key.public()))
}

/// Reads a pack or a return from a file.
pub fn read(path: &Path) -> Result<PackFile, Fault> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Fault::new(
            Code::InvalidDecisions,
            format!("the file cannot be read: {error}"),
            "choose a pack, or the return of one",
        )
        .at(&shown)
    })?;
    packs::read(&shown, &text)
}

/// What a pack would bring.
pub fn look_at_pack(ledger: Option<&Ledger>, label: String, pack: &Pack) -> Result<PackLook, Fault> {
    let header = &pack.header;
    let opened_before = match ledger {
        Some(ledger) => ledger.packs()?.iter().any(|known| known.id == header.pack),
        None => false,
    };
    let seen = match ledger {
        Some(ledger) => packs::witnessed(ledger, header)?,
        None if header.signed.is_some() => Witnessed::First,
        None => Witnessed::Unsigned,
    };
    let head = header
        .signed
        .as_ref()
        .and_then(|signed| Head::parse(&signed.note).ok());
    Ok(PackLook {
        label,
        queue_name: header.terms.name.clone(),
        dataset: header.terms.dataset.clone(),
        snapshot: header.terms.snapshot,
        person: header.recipient.clone(),
        role: Some(verdicts::role_to_wire(header.role)),
        issued_by: header.issued_by.clone(),
        issued: header.issued.clone(),
        count: header.terms.size,
        rubric: header.rubric.id.to_string(),
        blind: header.terms.blind,
        brings: None,
        opened_before,
        seen: Some(seen.word().to_owned()),
        head: head.map(|head| head.checkpoint.size),
    })
}

/// What a return would bring: it is taken into a copy of the ledger.
pub fn look_at_return(
    ledger: &Ledger,
    stamp: &Stamp,
    label: String,
    returned: &Return,
) -> Result<PackLook, Fault> {
    let outcome = packs::dry_run(ledger, stamp, returned)?;
    let terms = &outcome.queue.terms;
    let issued = ledger.entry_by_id(outcome.pack)?;
    Ok(PackLook {
        label,
        queue_name: terms.name.clone(),
        dataset: terms.dataset.clone(),
        snapshot: terms.snapshot,
        person: outcome.person.clone(),
        role: ledger
            .person(&outcome.person)?
            .map(|person| verdicts::role_to_wire(person.role)),
        issued_by: issued
            .as_ref()
            .map(|entry| entry.actor.clone())
            .unwrap_or_default(),
        issued: issued.map(|entry| entry.at).unwrap_or_default(),
        count: outcome.new + outcome.known + outcome.left_out,
        rubric: rubric::asked(ledger, &outcome.queue)?.id.to_string(),
        blind: terms.blind,
        brings: Some(outcome_to_wire(&outcome)),
        opened_before: false,
        seen: None,
        head: None,
    })
}

pub fn outcome_to_wire(outcome: &Outcome) -> ReturnOutcome {
    ReturnOutcome {
        new: outcome.new,
        known: outcome.known,
        left_out: outcome.left_out,
        stopped: outcome.stopped.as_ref().map(|stopped| kind(stopped).to_owned()),
        why: outcome
            .stopped
            .as_ref()
            .map(|stopped| stopped.in_words(&outcome.queue.terms.name)),
        disputed: outcome.disputed,
        newly_disputed: outcome.disputed.saturating_sub(outcome.disputed_before),
        author: outcome.author.word().to_owned(),
        fingerprint: outcome.key.as_ref().map(PublicKey::fingerprint),
        cosigned: outcome.cosigned.as_ref().map(|head| head.checkpoint.size),
    }
}

fn kind(stopped: &Stopped) -> &'static str {
    match stopped {
        Stopped::Forks { .. } => "forks",
        Stopped::OutsideThePack { .. } => "outside_the_pack",
        Stopped::OtherRubric { .. } => "other_rubric",
        Stopped::BreaksARule { .. } => "breaks_a_rule",
    }
}
