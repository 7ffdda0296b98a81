//! What may be done to many samples at once, what would it touch, and how is it taken back?
//!
//! A selection is what the grid shows to a person: a filter read as that person may know the ledger, and what their hands left
//! out or picked. Approving is not among the acts.

use std::collections::{BTreeSet, HashMap, HashSet};

use assay_index::{Index, Matched, Snapshot};
use assay_model::{Code, Digest, Expression, Fault};
use assay_review::bulk::{self, BulkOrder};
use assay_review::{BulkAct, Choice, Ledger, Stamp, draw};
use uuid::Uuid;

use crate::decisions::Decided;
use crate::review::{digest, saved_entry};
use crate::views;
use crate::wire::{BulkKind, BulkPreview, BulkRequest, BulkSaved, BulkSelection, BulkUndoRequest};

/// Random hits shown before an act.
const HITS: u64 = 20;
/// Samples that hands may pick or leave out: more is a filter's work.
pub const MAX_BY_HAND: usize = 2_000;

/// What hands did to what a filter matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hands {
    picked: Option<BTreeSet<Digest>>,
    left_out: BTreeSet<Digest>,
}

impl Hands {
    /// Reads digests as windows hand them over.
    pub fn of(picked: Option<&[String]>, left_out: &[String]) -> Result<Self, Fault> {
        let read = |digests: &[String]| {
            if digests.len() > MAX_BY_HAND {
                return Err(Fault::new(
                    Code::Usage,
                    format!("{} samples are too many to name one by one", digests.len()),
                    format!("name up to {MAX_BY_HAND}, or narrow the filter"),
                ));
            }
            digests.iter().map(|text| digest(text)).collect()
        };
        Ok(Self {
            picked: picked.map(read).transpose()?,
            left_out: read(left_out)?,
        })
    }

    pub fn keep(&self, digest: &Digest) -> bool {
        let picked = self.picked.as_ref();
        picked.is_none_or(|picked| picked.contains(digest)) && !self.left_out.contains(digest)
    }

    pub fn choice(&self) -> Choice {
        match (&self.picked, self.left_out.len()) {
            (Some(_), _) => Choice::Picked,
            (None, 0) => Choice::Whole,
            (None, left_out) => Choice::AllBut(left_out as u64),
        }
    }
}

/// The samples of a selection, in path order; picked ones are looked up by themselves.
fn matched(
    index: &Index,
    snapshot: &Snapshot,
    selection: &BulkSelection,
    hands: &Hands,
) -> Result<Vec<Matched>, Fault> {
    if let Some(picked) = &hands.picked {
        let digests: Vec<Digest> = picked.iter().copied().collect();
        let found = index.matched_by_digest(snapshot, &digests)?;
        let known: HashSet<Digest> = found.iter().map(|each| each.digest).collect();
        if let Some(strange) = digests.iter().find(|digest| !known.contains(digest)) {
            return Err(Fault::new(
                Code::UnknownSample,
                format!("this snapshot has no sample {strange}"),
                "select the rows again",
            ));
        }
        return Ok(found
            .into_iter()
            .filter(|each| hands.keep(&each.digest))
            .collect());
    }
    let filter = match selection.filter.trim() {
        "" => None,
        text => Some(Expression::parse(text)?),
    };
    let chosen = index.select(snapshot, filter.as_ref())?;
    let mut found = index.matched(&chosen)?;
    found.retain(|each| hands.keep(&each.digest));
    Ok(found)
}

/// What an act on a selection would touch, with hits drawn at random.
pub fn preview(
    index: &Index,
    decided: &Decided,
    selection: &BulkSelection,
    seed: u64,
) -> Result<BulkPreview, Fault> {
    let hands = Hands::of(selection.picked.as_deref(), &selection.left_out)?;
    let snapshot = index.snapshot(Some(&selection.dataset), selection.snapshot)?;
    decided.use_in(index)?;
    let found = matched(index, &snapshot, selection, &hands)?;
    let (mut rows, mut tokens) = (0, 0);
    let mut first: HashMap<Digest, u64> = HashMap::new();
    let mut gold: HashSet<Digest> = HashSet::new();
    for each in &found {
        if decided.is_gold(&each.digest) {
            gold.insert(each.digest);
            continue;
        }
        rows += 1;
        tokens += each.tokens;
        first.entry(each.digest).or_insert(each.sample);
    }
    let drawn = draw::draw(first.keys().copied().collect(), HITS, seed);
    let samples: Vec<u64> = drawn.items.iter().map(|digest| first[digest]).collect();
    let answered = first.keys().filter(|digest| decided.verdict(digest).is_some());
    Ok(BulkPreview {
        rows,
        samples: first.len() as u64,
        tokens,
        gold: gold.len() as u64,
        answered: answered.count() as u64,
        hits: views::rows(index, &snapshot, &samples, 0, decided)?,
    })
}

/// What is to be done, read and checked against the person's role.
pub fn order(index: &Index, ledger: &Ledger, actor: &str, request: &BulkRequest) -> Result<BulkOrder, Fault> {
    let selection = &request.selection;
    let hands = Hands::of(selection.picked.as_deref(), &selection.left_out)?;
    let snapshot = index.snapshot(Some(&selection.dataset), selection.snapshot)?;
    let order = BulkOrder {
        act: match request.act {
            BulkKind::Exclude => BulkAct::Exclude,
            BulkKind::Tag => BulkAct::Tag(request.word.clone()),
            BulkKind::Route => BulkAct::Route(request.word.clone()),
        },
        dataset: snapshot.dataset,
        snapshot: snapshot.number,
        filter: selection.filter.clone(),
        choice: hands.choice(),
        reason: request.reason.clone(),
    };
    bulk::check(ledger, actor, &order)
}

/// The digests of a selection, as the person who acts may know what its filter asks.
pub fn samples(index: &Index, decided: &Decided, selection: &BulkSelection) -> Result<Vec<Digest>, Fault> {
    let hands = Hands::of(selection.picked.as_deref(), &selection.left_out)?;
    let snapshot = index.snapshot(Some(&selection.dataset), selection.snapshot)?;
    decided.use_in(index)?;
    let found = matched(index, &snapshot, selection, &hands)?;
    Ok(found.into_iter().map(|each| each.digest).collect())
}

/// Acts on samples; on disk when it returns.
pub fn act(
    ledger: &mut Ledger,
    stamp: &Stamp,
    order: &BulkOrder,
    samples: Vec<Digest>,
) -> Result<BulkSaved, Fault> {
    let entry = bulk::act(ledger, stamp, order, samples)?;
    saved(ledger, &entry, entry.id)
}

/// Takes an act back as a whole; on disk when it returns.
pub fn undo(ledger: &mut Ledger, stamp: &Stamp, request: &BulkUndoRequest) -> Result<BulkSaved, Fault> {
    let act: Uuid = request.act.parse().map_err(|_| {
        Fault::new(
            Code::Usage,
            format!("`{}` is no entry id", request.act),
            "name the entry of the act",
        )
    })?;
    let entry = bulk::withdraw(ledger, stamp, act)?;
    saved(ledger, &entry, act)
}

fn saved(ledger: &Ledger, entry: &assay_review::Entry, act: Uuid) -> Result<BulkSaved, Fault> {
    let record = ledger
        .bulk_act(act)?
        .ok_or_else(|| Fault::internal("reading back a bulk act", format!("{act} is gone")))?;
    Ok(BulkSaved {
        saved: saved_entry(entry),
        act: act.to_string(),
        samples: record.terms.size,
    })
}
