//! Who may sign a card, with which key, and when does it count?
//!
//! Leads sign, with a key that they claimed. Who alone judged the samples of a snapshot may not also be the one who signs for
//! it. Deliberately absent: what the statement says, and secret keys at rest, which the caller handles.

use std::collections::BTreeSet;

use assay_ledger::{Draft, Entry, Event, KeyRecord, Ledger, Role, SignOff, SignOffTerms, Tier, key_claim};
use assay_model::{Code, Fault};
use assay_seal::{PublicKey, SecretKey};
use base64::{Engine, prelude::BASE64_STANDARD};
use uuid::Uuid;

use crate::{Stamp, people, record};

/// Leads who must sign where a slice of high stakes is in the snapshot.
const SIGNERS_HIGH_STAKES: u64 = 2;

/// Records that a key is the actor's, in place of the one they had where `replaces`.
pub fn claim_key(
    ledger: &mut Ledger,
    stamp: &Stamp,
    key: &SecretKey,
    replaces: bool,
) -> Result<Entry, Fault> {
    people::find(ledger, &stamp.actor)?;
    let own = ledger.key_of(&stamp.actor)?;
    if own.is_some() && !replaces {
        return Err(Fault::new(
            Code::NotAllowed,
            format!("`{}` has a key already", stamp.actor),
            "replace it, or revoke it first",
        ));
    }
    let claim = key_claim(stamp.entry, &stamp.actor, key.public());
    let event = Event::KeyAdded {
        person: stamp.actor.clone(),
        public: key.public().clone(),
        proof: BASE64_STANDARD.encode(key.sign(claim.as_bytes())),
        replaces: own.map(|own| own.public),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Gives a key up; for its owner, and for leads.
pub fn revoke_key(
    ledger: &mut Ledger,
    stamp: &Stamp,
    key: &KeyRecord,
    compromised: bool,
    reason: &str,
) -> Result<Entry, Fault> {
    let event = Event::KeyRevoked {
        public: key.public.clone(),
        compromised,
        reason: reason.trim().to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Leads who must sign a snapshot: two where `holds` says that samples of a slice of high stakes are in it.
pub fn signers_needed(
    ledger: &Ledger,
    mut holds: impl FnMut(&str) -> Result<bool, Fault>,
) -> Result<u64, Fault> {
    for slice in ledger.slices()? {
        if slice.tier == Tier::HighStakes && holds(&slice.filter)? {
            return Ok(SIGNERS_HIGH_STAKES);
        }
    }
    Ok(1)
}

/// Says whether this person may sign for the snapshot, before anything is written.
pub fn may_sign(ledger: &Ledger, actor: &str, dataset: &str, snapshot: u64) -> Result<(), Fault> {
    let person = people::find(ledger, actor)?;
    if person.role != Role::Lead {
        return Err(Fault::new(
            Code::NotAllowed,
            format!("`{actor}` is no lead; only leads sign cards"),
            "ask a lead",
        ));
    }
    let judged = reviewers(ledger, dataset, snapshot)?;
    if judged.len() == 1 && judged.contains(actor) {
        return Err(Fault::new(
            Code::NotAllowed,
            format!("`{actor}` alone reviewed {dataset}@{snapshot}; who judges alone does not also sign"),
            "have another person review it too, or another lead sign it",
        ));
    }
    Ok(())
}

/// People whose verdicts stand in queues that were drawn from the snapshot.
pub fn reviewers(ledger: &Ledger, dataset: &str, snapshot: u64) -> Result<BTreeSet<String>, Fault> {
    let mut judged = BTreeSet::new();
    for queue in ledger.queues()? {
        if queue.terms.dataset != dataset || queue.terms.snapshot != snapshot {
            continue;
        }
        for person in people::humans(ledger)? {
            let own = ledger.reviewed(queue.id, &person.name)?;
            if own.approved + own.excluded + own.unsure > 0 {
                judged.insert(person.name);
            }
        }
    }
    Ok(judged)
}

/// The sign-off of a dataset that stands.
pub fn standing(ledger: &Ledger, dataset: &str) -> Result<Option<SignOff>, Fault> {
    let mut all = ledger.sign_offs()?.into_iter();
    Ok(all.rfind(|one| one.dataset == dataset && one.stands()))
}

/// Records a sign-off.
pub fn sign(
    ledger: &mut Ledger,
    stamp: &Stamp,
    terms: SignOffTerms,
    key: &PublicKey,
    signature: String,
) -> Result<Entry, Fault> {
    may_sign(ledger, &stamp.actor, &terms.dataset, terms.snapshot)?;
    let event = Event::SignedOff {
        terms,
        key: key.clone(),
        signature,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Records that another lead signed the same statement.
pub fn join(
    ledger: &mut Ledger,
    stamp: &Stamp,
    sign_off: &SignOff,
    key: &PublicKey,
    signature: String,
) -> Result<Entry, Fault> {
    may_sign(ledger, &stamp.actor, &sign_off.dataset, sign_off.snapshot)?;
    let event = Event::SignOffJoined {
        sign_off: sign_off.id,
        key: key.clone(),
        signature,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Takes a sign-off back, with a reason; what was signed stays in the log.
pub fn withdraw(ledger: &mut Ledger, stamp: &Stamp, sign_off: Uuid, reason: &str) -> Result<Entry, Fault> {
    let event = Event::SignOffWithdrawn {
        sign_off,
        reason: reason.trim().to_owned(),
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}
