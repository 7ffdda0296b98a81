//! What may be done to many samples at once, and how is it taken back?
//!
//! Excluding, tagging and routing, over all samples that match a filter but those left out, or over samples picked one by one.
//! Nobody has read them: nothing here is a verdict, and no figure about reviews counts it. Gold is left out. Deliberately
//! absent: approving.

use std::collections::BTreeSet;

use assay_ledger::{BulkAct, BulkTerms, Choice, Draft, Entry, Event, Ledger, items_digest};
use assay_model::{Code, Digest, Fault};
use uuid::Uuid;

use crate::{Stamp, gold, people, queue, record};

/// The longest tag, in characters.
pub const MAX_TAG: usize = 64;

/// A bulk act as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkOrder {
    pub act: BulkAct,
    pub dataset: String,
    pub snapshot: u64,
    pub filter: String,
    pub choice: Choice,
    pub reason: String,
}

/// Checks an order against the person's role before anything is looked up.
pub fn check(ledger: &Ledger, actor: &str, order: &BulkOrder) -> Result<BulkOrder, Fault> {
    let person = people::find(ledger, actor)?;
    let refuse = |why: String, remedy: &str| Err(Fault::new(Code::NotAllowed, why, remedy));
    if !person.role.is_human() {
        return refuse(
            format!("`{actor}` is a machine; acts on many samples are people's"),
            "let a person do it",
        );
    }
    if !person.role.may_promote() && !matches!(order.act, BulkAct::Tag(_)) {
        return refuse(
            format!(
                "`{actor}` is neither curator nor lead; only curators and leads may exclude or route in bulk"
            ),
            "tag the samples, or ask a curator or a lead",
        );
    }
    let reason = order.reason.trim();
    if reason.is_empty() {
        return Err(Fault::new(
            Code::Usage,
            "an act on many samples needs a reason",
            "say why in a few words",
        ));
    }
    let act = match &order.act {
        BulkAct::Exclude => BulkAct::Exclude,
        BulkAct::Tag(tag) => BulkAct::Tag(usable_tag(tag)?),
        BulkAct::Route(name) => BulkAct::Route(people::find(ledger, name.trim())?.name),
    };
    Ok(BulkOrder {
        act,
        filter: order.filter.trim().to_owned(),
        reason: reason.to_owned(),
        ..order.clone()
    })
}

/// Acts on the samples, gold left out; repeats among them do not matter. Durable when it returns.
pub fn act(
    ledger: &mut Ledger,
    stamp: &Stamp,
    order: &BulkOrder,
    samples: impl IntoIterator<Item = Digest>,
) -> Result<Entry, Fault> {
    let order = check(ledger, &stamp.actor, order)?;
    if let Some(entry) = repeated(ledger, stamp, &order)? {
        return Ok(entry);
    }
    let members = gold::membership(ledger)?;
    let samples: BTreeSet<Digest> = samples.into_iter().collect();
    let items: Vec<Digest> = samples
        .into_iter()
        .filter(|sample| !members.contains(sample))
        .collect();
    if items.is_empty() {
        return Err(Fault::new(
            Code::Usage,
            "no sample is left to act on",
            "widen the filter; gold is left out",
        ));
    }
    let terms = BulkTerms {
        act: order.act,
        dataset: order.dataset,
        snapshot: order.snapshot,
        filter: order.filter,
        choice: order.choice,
        size: items.len() as u64,
        items: items_digest(&items),
        reason: order.reason,
    };
    let mut draft = Draft::new(stamp.entry, stamp.at, &stamp.actor, Event::BulkActed { terms });
    draft.items = items;
    record(ledger, draft)
}

/// Takes a bulk act back as a whole. Doing it again is another act.
pub fn withdraw(ledger: &mut Ledger, stamp: &Stamp, act: Uuid) -> Result<Entry, Fault> {
    let event = Event::BulkWithdrawn { act };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// The entry that an earlier attempt with this stamp recorded: by now its filter may match other samples.
pub fn repeated(ledger: &Ledger, stamp: &Stamp, order: &BulkOrder) -> Result<Option<Entry>, Fault> {
    let Some(entry) = ledger.entry_by_id(stamp.entry)? else {
        return Ok(None);
    };
    if let Event::BulkActed { terms } = &entry.event {
        let same = terms.act == order.act
            && terms.dataset == order.dataset
            && terms.snapshot == order.snapshot
            && terms.filter == order.filter
            && terms.choice == order.choice
            && terms.reason == order.reason;
        if same && entry.actor == stamp.actor {
            return Ok(Some(entry));
        }
    }
    Err(queue::taken(stamp, &entry))
}

fn usable_tag(tag: &str) -> Result<String, Fault> {
    let tag = tag.trim();
    if tag.is_empty() || tag.chars().count() > MAX_TAG || tag.chars().any(char::is_control) {
        return Err(Fault::new(
            Code::Usage,
            "this cannot be a tag",
            format!("use up to {MAX_TAG} visible characters"),
        ));
    }
    Ok(tag.to_owned())
}
