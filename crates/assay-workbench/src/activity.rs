//! The ledger as people read it: entries in words, and whether it is whole.

use assay_ledger::{Event, LogFilter};
use assay_model::Fault;
use assay_review::{Entry, Ledger, Sight, words};
use assay_seal::siblings;

use crate::wire::{ActivityPage, ActivityRequest, ActivityRow, EntryProof, LedgerCheck, ProofStep};
use crate::{clock, heads, keeping, verdicts};

/// A page of the entries that a reader may know, latest first.
pub fn page(sight: &Sight<'_>, request: &ActivityRequest) -> Result<ActivityPage, Fault> {
    let filter = LogFilter {
        kinds: request.kinds.clone(),
        actor: request.actor.clone(),
    };
    let rows = sight
        .latest(&filter, request.before, request.limit.min(200))?
        .iter()
        .map(|entry| row(sight.ledger(), entry))
        .collect::<Result<_, _>>()?;
    let kinds = Event::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    Ok(ActivityPage {
        rows,
        total: sight.count(&filter)?,
        kinds,
    })
}

fn row(ledger: &Ledger, entry: &Entry) -> Result<ActivityRow, Fault> {
    let mut what = words::describe(entry);
    if let Some(sample) = words::about(ledger, entry)? {
        what = format!("{what}, {}", keeping::title(ledger, &sample)?);
    }
    let verdict = match &entry.event {
        Event::Decided { answer, .. } => Some(verdicts::to_wire(answer.verdict)),
        _ => None,
    };
    Ok(ActivityRow {
        seq: entry.seq,
        id: entry.id.to_string(),
        at: entry.at.clone(),
        actor: entry.actor.clone(),
        by_machine: ledger
            .person(&entry.actor)?
            .is_some_and(|person| !person.role.is_human()),
        kind: entry.event.kind().to_owned(),
        what,
        verdict,
        leaf: entry.leaf.hex(),
        body: entry.body.clone(),
    })
}

/// The way from an entry to the last signed head over it; none where no head reaches it, or the reader may not know the entry.
pub fn proof(sight: &Sight<'_>, seq: u64) -> Result<Option<EntryProof>, Fault> {
    let known = sight.latest(&LogFilter::default(), Some(seq + 1), 1)?;
    let ledger = sight.ledger();
    let head = ledger.last_head()?.filter(|head| seq < head.checkpoint.size);
    let Some(head) = head.filter(|_| known.first().is_some_and(|entry| entry.seq == seq)) else {
        return Ok(None);
    };
    let proof = ledger.prove_entry(seq, &head)?;
    let size = head.checkpoint.size;
    let steps = siblings(size, seq).into_iter().zip(&proof.path);
    Ok(Some(EntryProof {
        head: size,
        root: head.checkpoint.root.hex(),
        by: heads::signers(&head, &ledger.keys()?),
        steps: steps
            .map(|(leaves, hash)| ProofStep {
                is_left: leaves.start < seq,
                first: leaves.start,
                last: leaves.end - 1,
                hash: hash.hex(),
            })
            .collect(),
        text: proof.to_string(),
    }))
}

/// Checks every entry's hash, link and rule, and recomputes the root.
pub fn verify(ledger: &Ledger) -> Result<LedgerCheck, Fault> {
    let began = std::time::Instant::now();
    let found = ledger.verify()?;
    Ok(LedgerCheck {
        whole: found.whole(),
        entries: found.entries,
        root: found.root.to_string(),
        failure: found.failure.map(|failure| match failure.seq {
            Some(seq) => format!("entry {seq}: {}", failure.what),
            None => failure.what,
        }),
        elapsed_ms: began.elapsed().as_secs_f64() * 1000.0,
        at: clock::now_text(),
    })
}
