//! What is in a queue, how far is a person, and which sample comes next?

use std::collections::BTreeMap;

use assay_ledger::{
    AcceptanceRule, Allocation, Choice, Decision, Draft, Entry, Event, KeptSample, Ledger, Ordering, Queue,
    QueueTerms, RubricId, SliceTerms, StopRule, Strata, Tier, Verdict, items_digest,
};
use assay_model::{Code, Digest, Fault};
use uuid::Uuid;

use crate::acceptance::{self, FollowUp, Ruling};
use crate::draw::{self, Draw, MAX_SEED};
use crate::sampling::{self, ClaimPrice, Estimate};
use crate::{Stamp, confidence, people, record, rubric, strata};

/// Groups that a slice may be drawn from each by itself.
const MOST_STRATA: usize = 200;

/// A queue as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueOrder {
    pub name: String,
    pub dataset: String,
    pub snapshot: u64,
    pub snapshot_root: Option<Digest>,
    /// Expression of the slice; everything where empty.
    pub filter: String,
    pub size: u64,
    pub seed: u64,
    /// `general@1` where absent.
    pub rubric: Option<RubricId>,
    /// Reviewers for each sample.
    pub reviewers: u64,
    pub blind: bool,
    pub ordering: Ordering,
    /// By which the slice is to be accepted.
    pub rule: Option<AcceptanceRule>,
    /// The field whose values are drawn from each by itself, and how the size is shared out.
    pub strata: Option<(String, Allocation)>,
    pub one_per_cluster: bool,
    /// The named slice it is drawn from; its filter is this order's.
    pub slice: Option<SliceTerms>,
    pub stop: Option<StopRule>,
    /// What hands did to the slice.
    pub choice: Choice,
}

/// What a queue of this size would support, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub statement: String,
    pub prices: Vec<ClaimPrice>,
    /// Upper limit, 0 to 1, if none is defective.
    pub supports_below: f64,
    pub strata: Option<Strata>,
}

/// How far one person is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Decided; skips are not.
    pub done: u64,
    pub left: u64,
    pub approved: u64,
    pub excluded: u64,
    pub unsure: u64,
    pub skipped: u64,
    /// Share of the slice that this person would exclude, by an interval that holds at every look; none for machines, and unless
    /// the queue was drawn at random. From the answers up to the first place without one: which samples are put off depends on them.
    pub estimate: Option<Estimate>,
    /// Answers that the estimate rests on.
    pub estimated_from: u64,
    /// What the queue's rule says of these; none where there is none.
    pub ruling: Option<Ruling>,
    /// After a rejection, what the claim would cost yet.
    pub follow_up: Option<FollowUp>,
    /// Why enough was read by the queue's stopping rule; none while it was not, and where there is no such rule.
    pub enough: Option<Enough>,
}

/// Why reading may stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enough {
    /// The acceptance rule is decided.
    Decided,
    /// The interval is as narrow as was asked.
    Narrow,
}

/// One place of a queue with one person's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// From 0.
    pub position: u64,
    pub digest: Digest,
    pub answer: Option<Decision>,
}

/// Checks an order and takes the samples that its ordering puts first: candidates with their rank, the highest first,
/// repeats allowed, ties in the order that the seed draws.
pub fn take_first(order: &QueueOrder, candidates: Vec<(Digest, f64)>) -> Result<Draw, Fault> {
    check(order)?;
    let taken = draw::take_first(candidates, order.size, order.seed);
    if taken.population == 0 {
        return Err(Fault::new(
            Code::Usage,
            "no sample of this slice can be put in that order",
            "widen the filter, or draw at random",
        ));
    }
    Ok(taken)
}

/// Checks an order and draws its list from the slice's digests, repeats allowed, in any order.
pub fn draw(order: &QueueOrder, candidates: Vec<Digest>) -> Result<Draw, Fault> {
    check(order)?;
    filled(draw::draw(candidates, order.size, order.seed))
}

/// Checks an order and draws from each group by itself.
pub fn draw_groups(order: &QueueOrder, groups: BTreeMap<String, Vec<Digest>>) -> Result<Draw, Fault> {
    check(order)?;
    let Some((by, allocation)) = &order.strata else {
        return draw(order, groups.into_values().flatten().collect());
    };
    if groups.len() > MOST_STRATA {
        return Err(Fault::new(
            Code::Usage,
            format!(
                "`{by}` has {} values in this slice; strata are at most {MOST_STRATA}",
                groups.len()
            ),
            "choose a field with fewer values",
        ));
    }
    filled(strata::draw(by, groups, order.size, order.seed, *allocation))
}

/// Checks an order and draws cluster by cluster.
pub fn draw_clusters(order: &QueueOrder, candidates: Vec<(Digest, Option<u64>)>) -> Result<Draw, Fault> {
    check(order)?;
    filled(draw::by_cluster(candidates, order.size, order.seed))
}

fn filled(drawn: Draw) -> Result<Draw, Fault> {
    if drawn.population > 0 {
        return Ok(drawn);
    }
    Err(Fault::new(
        Code::Usage,
        "no sample is in this slice",
        "widen the filter",
    ))
}

/// Says what a queue that was drawn by this order supports if none of it is defective, and what other claims would cost.
pub fn preview(order: &QueueOrder, drawn: &Draw) -> Preview {
    let size = drawn.items.len() as u64;
    let population = drawn.population;
    let (prices, supports_below) = match (&drawn.strata, order.ordering.is_random()) {
        // What was picked says nothing of what was not.
        (_, false) => (Vec::new(), 1.0),
        (None, true) => (
            sampling::prices(population),
            sampling::supported_limit(population, size),
        ),
        (Some(of), true) => (stratified_prices(of), strata::supported_limit(&of.groups)),
    };
    Preview {
        statement: sampling::statement(&chosen(order, drawn)),
        prices,
        supports_below,
        strata: drawn.strata.clone(),
    }
}

fn chosen<'a>(order: &'a QueueOrder, drawn: &'a Draw) -> sampling::Chosen<'a> {
    sampling::Chosen {
        dataset: &order.dataset,
        snapshot: order.snapshot,
        filter: &order.filter,
        size: drawn.items.len() as u64,
        population: drawn.population,
        seed: order.seed,
        ordering: order.ordering,
        strata: drawn.strata.as_ref(),
        one_per_cluster: order.one_per_cluster,
        choice: order.choice,
    }
}

/// Prices by the same allocation; with strata nothing defective is allowed.
fn stratified_prices(of: &Strata) -> Vec<ClaimPrice> {
    let populations: Vec<u64> = of.groups.iter().map(|stratum| stratum.population).collect();
    sampling::PRICED_LIMITS
        .iter()
        .map(|limit| ClaimPrice {
            defective_below: *limit,
            samples: [strata::price(&populations, *limit, of.allocation), None, None],
        })
        .collect()
}

/// Freezes a drawn queue, keeping its samples' texts first.
///
/// `kept` brings the texts of those of `drawn.items` that `Ledger::not_kept` names; large queues
/// may be kept in batches beforehand. A template among the rubrics is recorded by the way if it is needed.
pub fn create(
    ledger: &mut Ledger,
    stamp: &Stamp,
    order: &QueueOrder,
    drawn: &Draw,
    kept: &[KeptSample],
) -> Result<Queue, Fault> {
    check(order)?;
    let by_the_way = Stamp {
        entry: beside(stamp.entry),
        ..stamp.clone()
    };
    let id = order.rubric.clone().unwrap_or_else(|| rubric::general().id);
    let rubric = rubric::ensure(ledger, &by_the_way, &id)?;
    if let Some(taken) = ledger.queue_named(&order.name)?
        && taken.id != stamp.entry
    {
        return Err(Fault::new(
            Code::NotAllowed,
            format!("a queue named `{}` is there already", order.name),
            "choose another name; a queue is frozen once made",
        ));
    }
    ledger.keep_samples(kept)?;
    let missing = ledger.not_kept(&drawn.items)?;
    if let Some(first) = missing.first() {
        return Err(Fault::internal(
            "freezing a queue",
            format!(
                "the texts of {} of its samples were not kept, first {}",
                missing.len(),
                first.short()
            ),
        ));
    }
    let terms = QueueTerms {
        name: order.name.clone(),
        dataset: order.dataset.clone(),
        snapshot: order.snapshot,
        snapshot_root: order.snapshot_root,
        filter: order.filter.trim().to_owned(),
        seed: order.seed,
        size: drawn.items.len() as u64,
        population: drawn.population,
        reviewers: order.reviewers,
        blind: order.blind,
        rubric,
        items: items_digest(&drawn.items),
        ordering: order.ordering,
        rule: order.rule,
        strata: drawn.strata.clone(),
        one_per_cluster: order.one_per_cluster,
        slice: order.slice.clone(),
        stop: order.stop,
        choice: order.choice,
    };
    check_rule(&terms)?;
    let mut draft = Draft::new(stamp.entry, stamp.at, &stamp.actor, Event::QueueCreated { terms });
    draft.items = drawn.items.clone();
    let entry = record(ledger, draft)?;
    by_id(ledger, entry.id)
}

/// Refuses a stamp whose entry id says something else already.
pub(crate) fn taken(stamp: &Stamp, entry: &Entry) -> Fault {
    Fault::new(
        Code::NotAllowed,
        format!(
            "entry id {} is taken by entry {}, which says something else",
            stamp.entry, entry.seq
        ),
        "make a new id",
    )
}

/// The id of the entry that records a template beside the queue that needed it first: a
/// UUIDv8 from the queue's, so that a repeated order repeats both.
fn beside(entry: Uuid) -> Uuid {
    derived(entry, "assay rubric beside ")
}

/// A UUIDv8 from another id and a word, so that a repetition repeats it.
pub(crate) fn derived(entry: Uuid, word: &str) -> Uuid {
    let digest = Digest::of(&[word.as_bytes(), entry.as_bytes()].concat());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.0[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Refuses a rule that the list could not fulfil: too few samples, or not drawn at random.
fn check_rule(terms: &QueueTerms) -> Result<(), Fault> {
    let Some(rule) = &terms.rule else {
        return Ok(());
    };
    let refuse = |what: String, remedy: String| Err(Fault::new(Code::Usage, what, remedy));
    if !terms.ordering.is_random() {
        return refuse(
            "a rule rests on a random draw".to_owned(),
            "draw at random, or leave the rule out".to_owned(),
        );
    }
    let limit = acceptance::limit(rule);
    if !(limit > 0.0 && limit < 1.0) {
        return refuse(
            "the limit of a rule lies between 0 and 1".to_owned(),
            "say a share such as 0.01".to_owned(),
        );
    }
    if let Some(of) = &terms.strata {
        return check_stratified(of, limit, rule.allowed);
    }
    let Some(price) = acceptance::price(terms.population, limit, rule.allowed) else {
        return refuse(
            format!("no draw from {} samples can show that", terms.population),
            "allow fewer defective samples, or raise the limit".to_owned(),
        );
    };
    if terms.size >= price {
        return Ok(());
    }
    refuse(
        format!(
            "{} samples with {} defective cannot support that fewer than {} % are; it takes {price}",
            terms.size,
            rule.allowed,
            limit * 100.0
        ),
        format!("draw {price}"),
    )
}

/// The same of a draw from strata, wherever the defective samples may lie.
fn check_stratified(of: &Strata, limit: f64, allowed: u64) -> Result<(), Fault> {
    let refuse = |what: String, remedy: String| Err(Fault::new(Code::Usage, what, remedy));
    if allowed > 0 {
        return refuse(
            "a rule over strata allows no defective sample".to_owned(),
            "allow none, or draw from the slice as a whole".to_owned(),
        );
    }
    let supported = strata::supported_limit(&of.groups);
    if supported <= limit {
        return Ok(());
    }
    let populations: Vec<u64> = of.groups.iter().map(|stratum| stratum.population).collect();
    let remedy = match strata::price(&populations, limit, of.allocation) {
        Some(price) => format!("draw {price}"),
        None => "raise the limit".to_owned(),
    };
    refuse(
        format!(
            "this draw supports at best that fewer than {:.2} % are defective",
            supported * 100.0
        ),
        remedy,
    )
}

fn check(order: &QueueOrder) -> Result<(), Fault> {
    let refuse = |what: &str, remedy: &str| Err(Fault::new(Code::Usage, what, remedy));
    if order.name.trim().is_empty() || order.name.chars().any(char::is_control) {
        return refuse("a queue needs a name of visible characters", "give a name");
    }
    if order.size == 0 {
        return refuse("a queue needs at least one sample", "give a size of 1 or more");
    }
    if order.reviewers == 0 {
        return refuse(
            "a queue needs at least one reviewer for each sample",
            "give 1 or more",
        );
    }
    if order.strata.is_some() && !order.ordering.is_random() {
        return refuse(
            "strata are for random draws",
            "draw at random, or leave the strata out",
        );
    }
    let high = order
        .slice
        .as_ref()
        .is_some_and(|slice| slice.tier == Tier::HighStakes);
    if high && (order.reviewers < 2 || !order.blind) {
        return refuse(
            "samples of a high-stakes slice are judged by two people or more, blind to each other",
            "ask two reviewers, blind",
        );
    }
    if order.stop.is_some_and(|stop| stop.when_decided) && order.rule.is_none() {
        return refuse(
            "there is no acceptance rule to be decided",
            "register a claim, or stop by the width of the interval",
        );
    }
    if order.seed > MAX_SEED {
        return refuse(
            "the seed is too large",
            "give a whole number up to 9007199254740991",
        );
    }
    Ok(())
}

/// The queue with this name or id, or a fault that lists those there are.
pub fn find(ledger: &Ledger, name_or_id: &str) -> Result<Queue, Fault> {
    if let Some(queue) = ledger.queue_named(name_or_id)? {
        return Ok(queue);
    }
    if let Ok(id) = name_or_id.parse::<Uuid>()
        && let Some(queue) = ledger.queue(id)?
    {
        return Ok(queue);
    }
    let names: Vec<String> = ledger
        .queues()?
        .into_iter()
        .map(|queue| queue.terms.name)
        .collect();
    let remedy = if names.is_empty() {
        "make one with `assay queue create`".to_owned()
    } else {
        format!("known: {}", names.join(", "))
    };
    Err(Fault::new(
        Code::UnknownQueue,
        format!("there is no queue `{name_or_id}`"),
        remedy,
    ))
}

fn by_id(ledger: &Ledger, id: Uuid) -> Result<Queue, Fault> {
    ledger
        .queue(id)?
        .ok_or_else(|| Fault::internal("reading a queue", format!("{id} is gone")))
}

/// All queues, latest first.
pub fn list(ledger: &Ledger) -> Result<Vec<Queue>, Fault> {
    ledger.queues()
}

/// The queue's sampling statement.
pub fn statement(terms: &QueueTerms) -> String {
    sampling::statement(&sampling::Chosen {
        dataset: &terms.dataset,
        snapshot: terms.snapshot,
        filter: &terms.filter,
        size: terms.size,
        population: terms.population,
        seed: terms.seed,
        ordering: terms.ordering,
        strata: terms.strata.as_ref(),
        one_per_cluster: terms.one_per_cluster,
        choice: terms.choice,
    })
}

/// How far a person is in a queue.
pub fn progress(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<Progress, Fault> {
    let reviewed = ledger.reviewed(queue.id, actor)?;
    let done = reviewed.approved + reviewed.excluded + reviewed.unsure;
    let mut progress = Progress {
        done,
        left: queue.terms.size - done,
        approved: reviewed.approved,
        excluded: reviewed.excluded,
        unsure: reviewed.unsure,
        skipped: reviewed.skipped,
        estimate: None,
        estimated_from: 0,
        ruling: None,
        follow_up: None,
        enough: None,
    };
    // Only people's answers to random draws feed estimates and rules.
    let human = ledger.person(actor)?.is_none_or(|person| person.role.is_human());
    if queue.terms.ordering.is_random() && human {
        estimate(ledger, queue, actor, &mut progress)?;
    }
    Ok(progress)
}

fn estimate(ledger: &Ledger, queue: &Queue, actor: &str, progress: &mut Progress) -> Result<(), Fault> {
    let terms = &queue.terms;
    let answered = ledger.answered_from_the_start(queue.id, actor)?;
    let draws: Vec<bool> = answered
        .iter()
        .map(|verdict| *verdict == Verdict::Exclude)
        .collect();
    let (read, defective) = (
        draws.len() as u64,
        draws.iter().filter(|drawn| **drawn).count() as u64,
    );
    progress.estimate = match &terms.strata {
        None => confidence::sequence(terms.population, &draws),
        Some(of) => strata::estimate(of, terms.seed, &draws),
    };
    progress.estimated_from = read;
    progress.ruling = terms
        .rule
        .map(|rule| acceptance::ruling(&rule, terms.size, read, defective));
    if let (Some(rule), Some(Ruling::Rejected), None) = (&terms.rule, progress.ruling, &terms.strata) {
        progress.follow_up = acceptance::follow_up(rule, terms.population, read, defective);
    }
    progress.enough = terms.stop.and_then(|stop| enough(&stop, progress));
    Ok(())
}

fn enough(stop: &StopRule, progress: &Progress) -> Option<Enough> {
    let decided = matches!(progress.ruling, Some(Ruling::Accepted | Ruling::Rejected));
    if stop.when_decided && decided {
        return Some(Enough::Decided);
    }
    let (limit, estimate) = (stop.narrower_than_ppm?, progress.estimate?);
    ((estimate.high - estimate.low) * 1e6 < limit as f64).then_some(Enough::Narrow)
}

/// Every item in its frozen order with this person's own answer.
pub fn items(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<Vec<Item>, Fault> {
    let mut answers = ledger.answers(queue.id, actor)?;
    let items = ledger.queue_items(queue)?;
    let item = |(position, digest)| Item {
        position,
        digest,
        answer: answers.remove(&digest),
    };
    Ok((0..).zip(items).map(item).collect())
}

/// One item with this person's own answer.
pub fn item(ledger: &Ledger, queue: &Queue, actor: &str, position: u64) -> Result<Item, Fault> {
    let Some(digest) = ledger.queue_item(queue.id, position)? else {
        return Err(Fault::new(
            Code::Usage,
            format!("queue `{}` has no position {position}", queue.terms.name),
            format!("positions run from 0 to {}", queue.terms.size - 1),
        ));
    };
    Ok(Item {
        position,
        digest,
        answer: ledger.answer(queue.id, actor, &digest)?,
    })
}

/// Where to go on when the queue is opened: the first item without an answer, then the first that
/// was only skipped, else the last.
pub fn position(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<u64, Fault> {
    next_after(ledger, queue, actor, None)
}

/// Where to go after `position`: the next item without an answer, round to the start; then those skipped.
pub fn next_after(ledger: &Ledger, queue: &Queue, actor: &str, position: Option<u64>) -> Result<u64, Fault> {
    let from = position.map_or(0, |position| position + 1);
    for start in [from, 0] {
        if let Some(next) = ledger.next_unanswered(queue.id, actor, start)? {
            return Ok(next);
        }
    }
    for start in [from, 0] {
        if let Some(next) = ledger.next_skipped(queue.id, actor, start)?
            && Some(next) != position
        {
            return Ok(next);
        }
    }
    Ok(position.unwrap_or(queue.terms.size - 1))
}

/// One step of a person's history in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub decision: Decision,
    pub position: u64,
    pub entry: Entry,
}

/// A person's decisions in a queue, latest first, those taken back included and marked.
pub fn history(ledger: &Ledger, queue: &Queue, actor: &str, limit: u64) -> Result<Vec<Step>, Fault> {
    let mut steps = Vec::new();
    for decision in ledger.decisions(queue.id, actor, limit)? {
        let broken = || {
            Fault::internal(
                "reading a queue's history",
                format!("entry {} is misplaced", decision.seq),
            )
        };
        let position = ledger
            .queue_position(queue.id, &decision.sample)?
            .ok_or_else(broken)?;
        let entry = ledger.entry(decision.seq)?.ok_or_else(broken)?;
        steps.push(Step {
            decision,
            position,
            entry,
        });
    }
    Ok(steps)
}

/// Whether there is something to undo and to redo for this person.
pub fn can_undo_redo(ledger: &Ledger, queue: &Queue, actor: &str) -> Result<(bool, bool), Fault> {
    Ok((
        ledger.undo_target(queue.id, actor)?.is_some(),
        ledger.redo_target(queue.id, actor)?.is_some(),
    ))
}

/// Refuses people who are not there; every role may review.
pub(crate) fn reviewer(ledger: &Ledger, actor: &str) -> Result<(), Fault> {
    people::find(ledger, actor).map(|_| ())
}
