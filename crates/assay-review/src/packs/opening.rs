//! How is a pack issued, and what does opening it in another Assay do?

use std::io::Write;

use assay_ledger::{Draft, Entry, Event, IssuedPack, Ledger, Queue};
use assay_model::{Code, Digest, Fault};
use uuid::Uuid;

use super::file::{Head, Header, PACK, Pack, Sample};
use super::witness;
use crate::{Stamp, people, queue, record, rubric};

/// Issues a pack of a queue to one person, who answers it there from now on. For curators and leads. The entry's id is the
/// pack's id.
pub fn issue(ledger: &mut Ledger, stamp: &Stamp, queue: &Queue, recipient: &str) -> Result<Entry, Fault> {
    let recipient = people::find(ledger, recipient)?;
    if !people::find(ledger, &stamp.actor)?.role.may_promote() {
        return Err(Fault::new(
            Code::NotAllowed,
            format!(
                "`{}` is neither curator nor lead; only curators and leads may issue packs",
                stamp.actor
            ),
            "ask a curator or a lead",
        ));
    }
    let event = Event::PackIssued {
        queue: queue.id,
        recipient: recipient.name,
        rubric: rubric::asked(ledger, queue)?.id,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// The pack of a queue that was issued to this person last.
pub fn issued(ledger: &Ledger, queue: &Queue, recipient: &str) -> Result<Option<IssuedPack>, Fault> {
    let mut packs = ledger.packs()?.into_iter();
    Ok(packs.rfind(|pack| pack.issued && pack.queue == queue.id && pack.person == recipient))
}

/// Whether an issued pack carries a signed head, as it does where one was signed before it was issued.
pub fn carries_head(ledger: &Ledger, pack: &IssuedPack) -> Result<bool, Fault> {
    Ok(witness::issuer_head(ledger, pack.seq, &pack.person)?.is_some())
}

/// Writes an issued pack: the same bytes each time, for they depend on what stood before it was issued. Returns its first line.
pub fn write_pack(ledger: &Ledger, pack: Uuid, out: &mut dyn Write) -> Result<Header, Fault> {
    let unknown = || {
        Fault::new(
            Code::NotAllowed,
            format!("no pack {pack} was issued here"),
            "issue one first",
        )
    };
    let entry = ledger.entry_by_id(pack)?.ok_or_else(unknown)?;
    let Event::PackIssued {
        queue: id,
        recipient,
        rubric: asked,
    } = &entry.event
    else {
        return Err(unknown());
    };
    let queue = ledger.queue(*id)?.ok_or_else(unknown)?;
    let person = people::find(ledger, recipient)?;
    let mut terms = queue.terms.clone();
    terms.rubric = asked.clone();
    let header = Header {
        format: PACK.to_owned(),
        pack,
        issued_by: entry.actor.clone(),
        issued: entry.at.clone(),
        recipient: person.name,
        role: person.role,
        queue: queue.id,
        created: queue.created.clone(),
        created_by: queue.created_by.clone(),
        terms,
        rubric: rubric::find(ledger, asked)?,
        head: Head {
            entries: entry.seq,
            root: ledger.root_at(entry.seq)?,
        },
        signed: witness::issuer_head(ledger, entry.seq, recipient)?,
    };
    line(out, &header)?;
    for digest in ledger.queue_items(&queue)? {
        let kept = ledger.kept_sample(&digest)?.ok_or_else(|| missing(&digest))?;
        line(
            out,
            &Sample {
                digest,
                parts: kept.parts,
                facts: kept.facts,
            },
        )?;
    }
    out.flush().map_err(unwritten)?;
    Ok(header)
}

pub(super) fn line(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<(), Fault> {
    let text = serde_json::to_string(value).map_err(|error| Fault::internal("writing a pack", error))?;
    writeln!(out, "{text}").map_err(unwritten)
}

pub(super) fn unwritten(error: std::io::Error) -> Fault {
    Fault::new(
        Code::NotSaved,
        format!("the pack could not be written: {error}"),
        "check the drive and repeat",
    )
}

fn missing(digest: &Digest) -> Fault {
    Fault::new(
        Code::WorkspaceDamaged,
        format!("the text of sample {digest} is missing"),
        "restore the latest backup",
    )
}

/// Opens a pack in its recipient's ledger: the person, the rubric, the texts and the queue are there afterwards. Opening it
/// again changes nothing.
pub fn open(ledger: &mut Ledger, stamp: &Stamp, pack: &Pack) -> Result<Queue, Fault> {
    let header = &pack.header;
    let of_queue = ledger.packs()?.into_iter().find(|known| known.id == header.pack);
    if let Some(known) = of_queue {
        if known.issued {
            return Err(Fault::new(
                Code::NotAllowed,
                "this pack was issued from this very workspace",
                format!("open it in the workspace of {}", header.recipient),
            ));
        }
        return queue::find(ledger, &header.queue.to_string());
    }
    let seen = witness::to_remember(ledger, header)?;
    ledger.keep_samples(&pack.samples)?;
    let drafts = drafts(ledger, stamp, pack, seen)?;
    ledger.append(&drafts)?;
    queue::find(ledger, &header.queue.to_string())
}

fn drafts(ledger: &Ledger, stamp: &Stamp, pack: &Pack, seen: Option<String>) -> Result<Vec<Draft>, Fault> {
    let header = &pack.header;
    let mut drafts = Vec::new();
    let derived = |word: &str| queue::derived(header.pack, word);
    if ledger.person(&header.recipient)?.is_none() {
        let event = Event::PersonAdded {
            name: header.recipient.clone(),
            role: header.role,
        };
        drafts.push(Draft::new(derived("person"), stamp.at, &header.issued_by, event));
    }
    match ledger.rubric(&header.rubric.id)? {
        None => {
            let event = Event::RubricAdded {
                rubric: header.rubric.clone(),
            };
            drafts.push(Draft::new(derived("rubric"), stamp.at, &header.issued_by, event));
        }
        Some(known) if known == header.rubric => {}
        Some(_) => {
            return Err(Fault::new(
                Code::NotAllowed,
                format!("this workspace has another rubric named `{}`", header.rubric.id),
                "open the pack in a workspace of its own",
            ));
        }
    }
    if ledger.queue(header.queue)?.is_none() {
        let at = header.created.parse().map_err(|_| {
            Fault::new(
                Code::InvalidDecisions,
                "the pack's day is no time",
                "ask for the file again",
            )
        })?;
        let terms = header.terms.clone();
        let mut draft = Draft::new(
            header.queue,
            at,
            &header.created_by,
            Event::QueueCreated { terms },
        );
        draft.items = pack.samples.iter().map(|sample| sample.digest).collect();
        drafts.push(draft);
    }
    let event = Event::PackOpened {
        pack: header.pack,
        queue: header.queue,
        recipient: header.recipient.clone(),
        rubric: header.rubric.id.clone(),
        issuer_entries: header.head.entries,
        issuer_root: header.head.root,
        issuer_head: seen,
    };
    drafts.push(Draft::new(derived("opened"), stamp.at, &header.recipient, event));
    Ok(drafts)
}
