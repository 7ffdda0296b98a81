//! Which gold set was it, exactly? Sets are frozen under a number, with the root over their members.
//!
//! A frozen set is no copy: its members follow from the log up to the entry that froze it, and are checked against its root
//! whenever they are read. Deliberately absent: their texts (`gold::export`).

use std::collections::BTreeSet;

use assay_ledger::{Draft, Entry, Event, GoldSnapshot, Ledger, LogFilter};
use assay_model::{Code, Digest, Fault, merkle};
use jiff::Timestamp;

use crate::{Stamp, gold, people, record};

/// Entries of the ledger read at a time.
const PAGE: u64 = 1_000;

/// Freezes the gold set as it is under the next number. For curators and leads, with a reason.
pub fn freeze(ledger: &mut Ledger, stamp: &Stamp, reason: &str) -> Result<(GoldSnapshot, Entry), Fault> {
    people::keeper_of_gold(ledger, &stamp.actor)?;
    if let Some(entry) = ledger.entry_by_id(stamp.entry)?
        && let Event::GoldFrozen { number, .. } = &entry.event
    {
        return Ok((find(ledger, *number)?, entry));
    }
    let members = gold::membership(ledger)?;
    if members.is_empty() {
        return Err(Fault::new(
            Code::NotAllowed,
            "the gold set is empty",
            "promote samples first",
        ));
    }
    let number = ledger.gold_snapshots()?.last().map_or(1, |last| last.number + 1);
    let event = Event::GoldFrozen {
        number,
        size: members.len() as u64,
        root: root(&members),
        reason: reason.trim().to_owned(),
    };
    let entry = record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))?;
    Ok((find(ledger, number)?, entry))
}

/// The frozen set of this number, or a fault that says which there are.
pub fn find(ledger: &Ledger, number: u64) -> Result<GoldSnapshot, Fault> {
    let all = ledger.gold_snapshots()?;
    let last = all.last().map_or(0, |last| last.number);
    all.into_iter()
        .find(|frozen| frozen.number == number)
        .ok_or_else(|| {
            let remedy = match last {
                0 => "freeze one with `assay gold freeze`".to_owned(),
                last => format!("numbers run from 1 to {last}"),
            };
            Fault::new(
                Code::Usage,
                format!("there is no frozen gold set {number}"),
                remedy,
            )
        })
}

/// The members of a frozen set, replayed from the log and checked against its root.
pub fn members(ledger: &Ledger, frozen: &GoldSnapshot) -> Result<BTreeSet<Digest>, Fault> {
    let filter = LogFilter {
        kinds: ["gold_promoted", "gold_revoked"].map(str::to_owned).to_vec(),
        ..LogFilter::default()
    };
    let mut members = BTreeSet::new();
    let mut from = 0;
    loop {
        let page = ledger.entries(&filter, from, PAGE)?;
        let Some(last) = page.last() else { break };
        from = last.seq + 1;
        for entry in page.into_iter().filter(|entry| entry.seq < frozen.seq) {
            match entry.event {
                Event::GoldPromoted { sample, .. } => members.insert(sample),
                Event::GoldRevoked { sample, .. } => members.remove(&sample),
                _ => false,
            };
        }
    }
    if root(&members) == frozen.root {
        return Ok(members);
    }
    Err(Fault::new(
        Code::WorkspaceDamaged,
        format!("gold set {} is not the one that was frozen", frozen.number),
        "run `assay verify`",
    ))
}

/// Records that gold leaves the workspace, and for what.
pub fn record_export(
    ledger: &mut Ledger,
    stamp: &Stamp,
    purpose: &str,
    frozen: Option<&GoldSnapshot>,
) -> Result<Entry, Fault> {
    people::find(ledger, &stamp.actor)?;
    let (size, root) = match frozen {
        Some(frozen) => (frozen.size, frozen.root),
        None => {
            let members = gold::membership(ledger)?;
            (members.len() as u64, root(&members))
        }
    };
    let event = Event::GoldExported {
        purpose: purpose.trim().to_owned(),
        number: frozen.map(|frozen| frozen.number),
        size,
        root,
    };
    record(ledger, Draft::new(stamp.entry, stamp.at, &stamp.actor, event))
}

/// Whole days since members became gold: youngest, median (the lower of two) and oldest; none without members.
pub fn ages_days(ledger: &Ledger, now: Timestamp) -> Result<Option<[u64; 3]>, Fault> {
    let mut days = Vec::new();
    for member in gold::list(ledger)?
        .into_iter()
        .filter(|member| member.revoked.is_none())
    {
        let since: Timestamp = member
            .at
            .parse()
            .map_err(|error| Fault::internal("reading the day of a promotion", error))?;
        let hours = now.duration_since(since).as_hours().max(0);
        days.push(hours as u64 / 24);
    }
    days.sort_unstable();
    Ok(days
        .last()
        .map(|oldest| [days[0], days[(days.len() - 1) / 2], *oldest]))
}

fn root(members: &BTreeSet<Digest>) -> Digest {
    merkle::root(members.iter().map(|digest| digest.0.as_slice()))
}
