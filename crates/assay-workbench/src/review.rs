//! Queues and verdicts: the use cases of the review screen and of `assay queue` and `assay decide`.

use assay_index::{Index, Selection, Snapshot, Texts};
use assay_model::{Code, Digest, Expression, Fault};
use assay_review::acceptance::{self, Ruling};
use assay_review::queue::{self, Enough, QueueOrder, TakeBack};
use assay_review::verdict::{self, Decide};
use assay_review::{
    AcceptanceRule, Allocation, Answer, Confidence, Entry, Ledger, Queue, Rubric, SliceTerms, Stamp,
    StopRule, Strata, Stratum, reveal, rubric, sampling, slices,
};

use crate::bulk::Hands;
use crate::decisions::Decided;
use crate::wire::{
    self, ClaimPrice, Decided as Saved, Estimate, FlagSaved, NamedSlice, QueueCreateRequest, QueueInfo,
    QueueItem, QueuePreview, QueueRule, QueueState, QueueStop, ReviewItem, RubricCriterion, RubricLabel,
    SavedEntry, Seal, StratumRow,
};
use crate::{Workspace, keeping, ordering, verdicts};

/// Texts kept in one transaction while a queue is frozen.
const BATCH: usize = 200;
/// Answers from which the time of one is told.
const DWELLS: u64 = 1_000;
/// Fewer tell nothing.
const FEWEST_DWELLS: usize = 10;

/// The order behind a request.
fn ordered(
    index: &Index,
    ledger: &Ledger,
    request: &QueueCreateRequest,
) -> Result<(QueueOrder, Snapshot), Fault> {
    let snapshot = index.snapshot(Some(&request.dataset), request.snapshot)?;
    let named = request
        .slice
        .as_deref()
        .map(|name| slices::find(ledger, name))
        .transpose()?;
    let filter = named
        .as_ref()
        .map_or(request.filter.trim(), |slice| slice.filter.as_str());
    let order = QueueOrder {
        name: request.name.trim().to_owned(),
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot.number,
        snapshot_root: Some(snapshot.root),
        filter: filter.to_owned(),
        size: request.size,
        seed: request.seed,
        rubric: request.rubric.as_deref().map(rubric_id).transpose()?,
        reviewers: request.reviewers,
        blind: request.blind,
        ordering: ordering::named(&request.order)?,
        rule: rule(request),
        strata: strata(request)?,
        one_per_cluster: request.one_per_cluster.unwrap_or(false),
        stop: stop(request),
        slice: named,
        choice: hands(request)?.choice(),
    };
    Ok((order, snapshot))
}

/// The samples of an order's slice.
fn slice(index: &Index, snapshot: &Snapshot, order: &QueueOrder) -> Result<Selection, Fault> {
    let filter = match order.filter.as_str() {
        "" => None,
        text => Some(Expression::parse(text)?),
    };
    index.select(snapshot, filter.as_ref())
}

/// What hands did to the slice of a request.
fn hands(request: &QueueCreateRequest) -> Result<Hands, Fault> {
    Hands::of(
        request.picked.as_deref(),
        request.left_out.as_deref().unwrap_or_default(),
    )
}

/// The rule of a request: a limit, and how many defective samples it allows.
fn rule(request: &QueueCreateRequest) -> Option<AcceptanceRule> {
    let below = request.defective_below?;
    Some(AcceptanceRule {
        defective_below_ppm: (below * 1e6).round().max(0.0) as u64,
        allowed: request.allowed.unwrap_or(0),
    })
}

fn strata(request: &QueueCreateRequest) -> Result<Option<(String, Allocation)>, Fault> {
    let by = request
        .strata_by
        .as_deref()
        .map(str::trim)
        .filter(|by| !by.is_empty());
    let Some(by) = by else { return Ok(None) };
    let word = request.allocation.as_deref().unwrap_or("proportional");
    let allocation = Allocation::parse(word).ok_or_else(|| {
        Fault::new(
            Code::Usage,
            format!("`{}` is no allocation", assay_model::fault::one_line(word)),
            "say proportional, equal or tail-weighted",
        )
    })?;
    Ok(Some((by.to_owned(), allocation)))
}

fn stop(request: &QueueCreateRequest) -> Option<StopRule> {
    let narrower = request.stop_narrower_than;
    let rule = StopRule {
        when_decided: request.stop_when_decided.unwrap_or(false),
        narrower_than_ppm: narrower.map(|share| (share * 1e6).round().max(0.0) as u64),
    };
    (rule != StopRule::default()).then_some(rule)
}

fn rubric_id(text: &str) -> Result<assay_review::RubricId, Fault> {
    text.parse()
        .map_err(|what| Fault::new(Code::Usage, format!("`{text}`: {what}"), "such as general@1"))
}

/// What a queue of this size would support, before it is drawn.
pub fn preview(
    workspace: &Workspace,
    ledger: &Ledger,
    request: &QueueCreateRequest,
) -> Result<QueuePreview, Fault> {
    let index = workspace.index()?;
    Decided::read(ledger)?.use_in(&index)?;
    let (order, snapshot) = ordered(&index, ledger, request)?;
    let selection = slice(&index, &snapshot, &order)?;
    let hands = hands(request)?;
    let matched = index.matched(&selection)?;
    let kept = matched.iter().filter(|each| hands.keep(&each.digest));
    let slice_tokens = kept.map(|each| each.tokens).sum();
    let candidates = ordering::candidates(&index, &snapshot, &selection, &order)?;
    let drawn = candidates.chosen(&hands).draw(&order)?;
    let preview = queue::preview(&order, &drawn);
    let dwells = dwells(ledger, &order)?;
    Ok(QueuePreview {
        size: drawn.items.len() as u64,
        strata: strata_rows(drawn.strata.as_ref()),
        seconds_each: median_seconds(&dwells),
        seconds_from: dwells.len() as u64,
        slice_samples: drawn.population,
        slice_tokens,
        statement: preview.statement,
        prices: preview
            .prices
            .iter()
            .map(|price| ClaimPrice {
                defective_below: price.defective_below,
                samples: price.samples.to_vec(),
            })
            .collect(),
        supports_below: preview.supports_below,
        estimates: order.ordering.is_random(),
    })
}

/// How long the latest answers under the order's rubric took, in milliseconds, shortest first.
fn dwells(ledger: &Ledger, order: &QueueOrder) -> Result<Vec<u64>, Fault> {
    let general = rubric::general().id;
    let rubric = order.rubric.as_ref().unwrap_or(&general);
    let mut dwells = ledger.dwells(&rubric.name, DWELLS)?;
    dwells.sort_unstable();
    Ok(dwells)
}

fn median_seconds(sorted: &[u64]) -> Option<f64> {
    (sorted.len() >= FEWEST_DWELLS).then(|| sorted[(sorted.len() - 1) / 2] as f64 / 1000.0)
}

fn strata_rows(strata: Option<&Strata>) -> Vec<StratumRow> {
    let groups = strata.map(|strata| strata.groups.as_slice()).unwrap_or_default();
    let row = |stratum: &Stratum| StratumRow {
        value: stratum.value.clone(),
        population: stratum.population,
        drawn: stratum.drawn,
        supports_below: sampling::supported_limit(stratum.population, stratum.drawn),
    };
    groups.iter().map(row).collect()
}

/// Draws a queue, keeps its texts and freezes it.
pub fn create(
    workspace: &Workspace,
    ledger: &mut Ledger,
    stamp: &Stamp,
    request: &QueueCreateRequest,
) -> Result<Queue, Fault> {
    let index = workspace.index()?;
    Decided::read(ledger)?.use_in(&index)?;
    let (order, snapshot) = ordered(&index, ledger, request)?;
    let selection = slice(&index, &snapshot, &order)?;
    let candidates = ordering::candidates(&index, &snapshot, &selection, &order)?;
    let drawn = candidates.chosen(&hands(request)?).draw(&order)?;
    let mut texts = Texts::open(workspace.folder(), &snapshot)?;
    for batch in ledger.not_kept(&drawn.items)?.chunks(BATCH) {
        let mut kept = Vec::with_capacity(batch.len());
        for digest in batch {
            let sample = crate::samples::by_digest(&index, &snapshot, digest)?.ok_or_else(|| {
                Fault::internal("freezing a queue", "a drawn sample is not in its snapshot")
            })?;
            kept.push(keeping::from_source(&index, &mut texts, &snapshot, sample)?);
        }
        ledger.keep_samples(&kept)?;
    }
    queue::create(ledger, stamp, &order, &drawn, &[])
}

/// A queue with one person's progress.
pub fn info(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<QueueInfo, Fault> {
    let progress = queue::progress(ledger, queue, actor)?;
    let terms = &queue.terms;
    Ok(QueueInfo {
        queue: queue.id.to_string(),
        name: terms.name.clone(),
        dataset: terms.dataset.clone(),
        snapshot: terms.snapshot,
        filter: terms.filter.clone(),
        seed: terms.seed,
        size: terms.size,
        slice_samples: terms.population,
        reviewers: terms.reviewers,
        blind: terms.blind,
        rubric: rubric::asked(ledger, queue)?.id.to_string(),
        statement: queue::statement(terms),
        created: queue.created.clone(),
        created_by: queue.created_by.clone(),
        done: progress.done,
        left: progress.left,
        approved: progress.approved,
        excluded: progress.excluded,
        unsure: progress.unsure,
        skipped: progress.skipped,
        order: terms.ordering.as_str().to_owned(),
        estimated_from: progress.estimated_from,
        rule: terms.rule.map(|rule| QueueRule {
            defective_below: acceptance::limit(&rule),
            allowed: rule.allowed,
            holds: match progress.ruling {
                Some(Ruling::Accepted) => Some(true),
                Some(Ruling::Rejected) => Some(false),
                _ => None,
            },
            further: progress.follow_up.map(|follow_up| follow_up.further),
        }),
        slice: terms.slice.as_ref().map(slice_to_wire),
        strata_by: terms
            .strata
            .as_ref()
            .map(|strata| strata.by.clone())
            .unwrap_or_default(),
        strata: strata_rows(terms.strata.as_ref()),
        one_per_cluster: terms.one_per_cluster,
        stop: terms.stop.map(|stop| QueueStop {
            when_decided: stop.when_decided,
            narrower_than: stop.narrower_than_ppm.map(|ppm| ppm as f64 / 1e6),
            enough: progress.enough.map(|enough| match enough {
                Enough::Decided => "decided".to_owned(),
                Enough::Narrow => "narrow".to_owned(),
            }),
        }),
        pack: ledger
            .packs()?
            .into_iter()
            .rfind(|pack| !pack.issued && pack.queue == queue.id)
            .map(|pack| pack.id.to_string()),
        estimate: progress.estimate.map(|estimate| Estimate {
            low: estimate.low,
            value: estimate.value,
            high: estimate.high,
        }),
    })
}

pub(crate) fn slice_to_wire(slice: &SliceTerms) -> NamedSlice {
    NamedSlice {
        name: slice.name.clone(),
        filter: slice.filter.clone(),
        tier: slice.tier.as_str().to_owned(),
        blurred: slice.blurred,
    }
}

/// Every queue, latest first, with one person's progress.
pub fn list(ledger: &Ledger, actor: &str) -> Result<Vec<QueueInfo>, Fault> {
    let mut queues: Vec<QueueInfo> = queue::list(ledger)?
        .iter()
        .map(|queue| info(ledger, queue, actor))
        .collect::<Result<_, _>>()?;
    queues.reverse();
    Ok(queues)
}

/// A queue as its reviewer opens it; `signed` are the entries under the last signed head.
pub fn open(ledger: &Ledger, queue: &str, actor: &str, signed: u64) -> Result<QueueState, Fault> {
    let queue = queue::find(ledger, queue)?;
    let items = queue::items(ledger, &queue, actor)?
        .into_iter()
        .map(|item| item_of(ledger, &item))
        .collect::<Result<Vec<_>, _>>()?;
    let TakeBack {
        can_undo,
        can_redo,
        amends,
    } = TakeBack::of(ledger, &queue, actor, signed)?;
    Ok(QueueState {
        info: info(ledger, &queue, actor)?,
        rubric: rubric_of(&rubric::asked(ledger, &queue)?),
        items,
        position: queue::position(ledger, &queue, actor)?,
        can_undo,
        can_redo,
        amends,
    })
}

fn item_of(ledger: &Ledger, item: &queue::Item) -> Result<QueueItem, Fault> {
    Ok(QueueItem {
        position: item.position,
        digest: item.digest.to_string(),
        title: keeping::title(ledger, &item.digest)?,
        verdict: item
            .answer
            .as_ref()
            .map(|answer| verdicts::to_wire(answer.verdict)),
    })
}

pub(crate) fn rubric_of(rubric: &Rubric) -> wire::Rubric {
    wire::Rubric {
        name: rubric.id.name.clone(),
        version: rubric.id.version,
        labels: rubric
            .labels
            .iter()
            .map(|label| RubricLabel {
                key: label.key,
                name: label.name.clone(),
            })
            .collect(),
        criteria: rubric
            .criteria
            .iter()
            .map(|criterion| RubricCriterion {
                id: criterion.id.clone(),
                name: criterion.name.clone(),
                guidance: criterion.guidance.clone(),
                max: criterion.max,
            })
            .collect(),
        exclude_reasons: rubric.exclude_reasons.clone(),
    }
}

/// One item with its frozen text and this person's own answer. Others' answers stay sealed, and machines' opinions until
/// they are asked for.
pub fn item(ledger: &Ledger, queue: &str, actor: &str, position: u64) -> Result<ReviewItem, Fault> {
    let queue = queue::find(ledger, queue)?;
    let item = queue::item(ledger, &queue, actor, position)?;
    let mut sample = keeping::detail(ledger, &item.digest, &Decided::default())?;
    sample.verdict = item
        .answer
        .as_ref()
        .map(|answer| verdicts::to_wire(answer.verdict));
    let unsealed = reveal::unsealed_by(ledger, &queue, actor)?.remove(&item.digest);
    let revised = unsealed.is_some() && reveal::revised_by(ledger, &queue, actor)?.contains(&item.digest);
    Ok(ReviewItem {
        position,
        sample,
        answer: answer_of(ledger, &item)?,
        flagged: ledger.is_flagged(queue.id, actor, &item.digest)?,
        seal: Seal {
            unsealed: unsealed.as_ref().map(saved_entry),
            opinions: None,
            revised,
        },
    })
}

/// Whether the queue's reviewers may not know of each other's answers.
pub(crate) fn is_blind(ledger: &Ledger, queue: &str) -> Result<bool, Fault> {
    Ok(queue::find(ledger, queue)?.terms.blind)
}

/// Unseals the machine's opinions of an item; on disk when it returns.
pub fn unseal(ledger: &mut Ledger, stamp: &Stamp, request: &wire::UnsealRequest) -> Result<Entry, Fault> {
    let queue = queue::find(ledger, &request.queue)?;
    let item = queue::item(ledger, &queue, &stamp.actor, request.position)?;
    reveal::unseal(ledger, stamp, &queue, &item.digest)
}

/// Raises this person's flag on an item, or takes it down; on disk when it returns.
pub fn flag(ledger: &mut Ledger, stamp: &Stamp, request: &wire::FlagRequest) -> Result<FlagSaved, Fault> {
    let queue = queue::find(ledger, &request.queue)?;
    let item = queue::item(ledger, &queue, &stamp.actor, request.position)?;
    let entry = reveal::flag(ledger, stamp, &queue, &item.digest, request.raised)?;
    Ok(FlagSaved {
        saved: entry.as_ref().map(saved_entry),
        raised: request.raised,
    })
}

fn answer_of(ledger: &Ledger, item: &queue::Item) -> Result<Option<wire::Answer>, Fault> {
    let Some(decision) = &item.answer else {
        return Ok(None);
    };
    let full = verdict::full_answer(ledger, decision)?;
    let answer = rubric::read_as(ledger, decision, full.answer)?;
    Ok(Some(answer_to_wire(answer, full.note)))
}

pub(crate) fn answer_to_wire(answer: Answer, note: String) -> wire::Answer {
    wire::Answer {
        verdict: verdicts::to_wire(answer.verdict),
        reason: answer.reason,
        labels: answer.labels,
        scores: answer.scores,
        origin: answer.origin,
        confidence: answer.confidence.map(|confidence| confidence.as_str().to_owned()),
        note,
    }
}

/// Records a verdict; on disk when it returns. `signed` are the entries under the last signed head.
pub fn decide(
    ledger: &mut Ledger,
    stamp: &Stamp,
    request: &wire::DecideRequest,
    signed: u64,
) -> Result<Saved, Fault> {
    let queue = queue::find(ledger, &request.queue)?;
    let decide = Decide {
        sample: digest(&request.digest)?,
        answer: answer_from(&request.answer)?,
        note: request.answer.note.clone(),
        dwell_ms: Some(request.dwell_ms),
    };
    let entry = verdict::decide(ledger, stamp, &queue, &decide)?;
    let next = queue::next_after(ledger, &queue, &stamp.actor, Some(request.position))?;
    saved(ledger, &queue, (&entry, Some(next)), signed)
}

/// Takes the latest decision back; on disk when it returns.
pub fn undo(
    ledger: &mut Ledger,
    stamp: &Stamp,
    request: &wire::UndoRequest,
    signed: u64,
) -> Result<Saved, Fault> {
    let queue = queue::find(ledger, &request.queue)?;
    let entry = match &request.reason {
        Some(reason) => verdict::amend(ledger, stamp, &queue, reason)?,
        None => verdict::undo(ledger, stamp, &queue)?,
    };
    saved(ledger, &queue, (&entry, None), signed)
}

/// Puts back what was taken back last; on disk when it returns.
pub fn redo(
    ledger: &mut Ledger,
    stamp: &Stamp,
    request: &wire::UndoRequest,
    signed: u64,
) -> Result<Saved, Fault> {
    let queue = queue::find(ledger, &request.queue)?;
    let entry = verdict::redo(ledger, stamp, &queue)?;
    saved(ledger, &queue, (&entry, None), signed)
}

/// What changed. Without `next`, the window goes to the sample itself.
fn saved(
    ledger: &Ledger,
    queue: &Queue,
    (entry, next): (&Entry, Option<u64>),
    signed: u64,
) -> Result<Saved, Fault> {
    let actor = entry.actor.as_str();
    let lost = || {
        Fault::internal(
            "reading back a decision",
            format!("entry {} is about no sample", entry.seq),
        )
    };
    let sample = verdict::changed_sample(ledger, entry)?.ok_or_else(lost)?;
    let position = ledger.queue_position(queue.id, &sample)?.ok_or_else(lost)?;
    let item = queue::item(ledger, queue, actor, position)?;
    let TakeBack {
        can_undo,
        can_redo,
        amends,
    } = TakeBack::of(ledger, queue, actor, signed)?;
    Ok(Saved {
        saved: saved_entry(entry),
        answer: answer_of(ledger, &item)?,
        item: item_of(ledger, &item)?,
        position: next.unwrap_or(position),
        info: info(ledger, queue, actor)?,
        can_undo,
        can_redo,
        amends,
    })
}

pub(crate) fn saved_entry(entry: &Entry) -> SavedEntry {
    SavedEntry {
        seq: entry.seq,
        at: entry.at.clone(),
    }
}

pub(crate) fn answer_from(answer: &wire::Answer) -> Result<Answer, Fault> {
    let confidence = match answer.confidence.as_deref() {
        None => None,
        Some(word) => Some(Confidence::parse(word).ok_or_else(|| {
            Fault::new(
                Code::Usage,
                format!("`{word}` is no confidence"),
                "say low, medium or high",
            )
        })?),
    };
    Ok(Answer {
        verdict: verdicts::from_wire(answer.verdict),
        reason: answer.reason.clone(),
        labels: answer.labels.clone(),
        scores: answer.scores.clone(),
        origin: answer.origin,
        confidence,
    })
}

/// Reads a digest as users and windows hand it over.
pub(crate) fn digest(text: &str) -> Result<Digest, Fault> {
    text.parse().map_err(|error| {
        Fault::new(
            Code::UnknownSample,
            format!("`{text}`: {error}"),
            "copy a digest from `assay samples`",
        )
    })
}

/// A stamp with the entry id that a window made.
pub(crate) fn stamp(actor: &str, entry: &str) -> Result<Stamp, Fault> {
    let entry = entry
        .parse()
        .map_err(|_| Fault::new(Code::Usage, format!("`{entry}` is no entry id"), "make a UUIDv7"))?;
    Ok(Stamp {
        entry,
        ..Stamp::now(actor)
    })
}
