//! A dataset's sign-offs in words for a window.

use assay_ledger::{Event, SignOff};
use assay_model::{Digest, Fault};
use assay_review::{Ledger, reveal};
use assay_seal::words_of;
use serde_json::Value;

use crate::card::CardFiles;
use crate::wire::{SignOffInfo, SignState, SignedChange, StatementDigest};

impl StatementDigest {
    pub(crate) fn of(digest: &Digest) -> Self {
        Self {
            hex: digest.hex(),
            words: words_of(digest).map(str::to_owned).to_vec(),
        }
    }
}

/// Every sign-off of the dataset, latest first; what the standing one says otherwise than these files of the card.
pub fn history(ledger: &Ledger, dataset: &str, drafted: Option<&CardFiles>) -> Result<SignState, Fault> {
    let all = ledger
        .sign_offs()?
        .into_iter()
        .filter(|one| one.dataset == dataset);
    let sign_offs = all
        .rev()
        .map(|one| info(ledger, &one))
        .collect::<Result<_, _>>()?;
    let card = drafted.and_then(|files| files.files().find(|(name, _)| *name == super::seal::CARD_FILE));
    let state = card
        .map(|(_, text)| super::state(ledger, dataset, text))
        .transpose()?
        .flatten();
    Ok(SignState {
        sign_offs,
        changes: state.map(|state| state.changes.iter().map(change).collect()),
    })
}

fn change(change: &assay_card::sign_off::CardChange) -> SignedChange {
    let said = |value: &Value| match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        Value::Object(_) | Value::Array(_) => "there".to_owned(),
        plain => plain.to_string(),
    };
    SignedChange {
        figure: change.figure.replace('_', " ").replace('.', " › "),
        then: said(&change.then),
        now: said(&change.now),
    }
}

/// A sign-off with the meaning and the time of its entry.
pub fn info(ledger: &Ledger, one: &SignOff) -> Result<SignOffInfo, Fault> {
    let entry = ledger.entry(one.seq)?;
    let entry = entry.ok_or_else(|| Fault::internal("reading a sign-off", "its entry is not there"))?;
    let meaning = match &entry.event {
        Event::SignedOff { terms, .. } => terms.meaning.clone(),
        _ => String::new(),
    };
    let state = match (one.withdrawn, one.superseded) {
        (Some(_), _) => "withdrawn",
        (None, Some(_)) => "superseded",
        (None, None) => "stands",
    };
    Ok(SignOffInfo {
        id: one.id.to_string(),
        seq: one.seq,
        dataset: one.dataset.clone(),
        snapshot: one.snapshot,
        meaning,
        at: entry.at,
        by: one.signed.iter().map(|signer| signer.person.clone()).collect(),
        missing: one.missing(),
        statement: StatementDigest::of(&one.statement),
        state: state.to_owned(),
    })
}

/// Verdicts in queues of this snapshot that were changed after a machine's opinion was shown.
pub fn revised(ledger: &Ledger, dataset: &str, snapshot: u64) -> Result<u64, Fault> {
    let mut revised = 0;
    for queue in ledger.queues()? {
        if queue.terms.dataset == dataset && queue.terms.snapshot == snapshot {
            revised += reveal::revised(ledger, &queue)?;
        }
    }
    Ok(revised)
}
