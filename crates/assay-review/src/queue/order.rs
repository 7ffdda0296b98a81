//! How is a queue asked for, what would it support, and what freezes it?

use std::collections::BTreeMap;

use assay_ledger::{
    AcceptanceRule, Allocation, Choice, Draft, Event, KeptSample, Ledger, Ordering, Queue, QueueTerms,
    RubricId, SliceTerms, StopRule, Strata, Tier, items_digest,
};
use assay_model::{Code, Digest, Fault};
use uuid::Uuid;

use super::{by_id, derived};
use crate::draw::{self, Draw, MAX_SEED};
use crate::sampling::{self, ClaimPrice};
use crate::{Stamp, acceptance, record, rubric, strata};

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

/// The id of the entry that records a template beside the queue that needed it first: a
/// UUIDv8 from the queue's, so that a repeated order repeats both.
fn beside(entry: Uuid) -> Uuid {
    derived(entry, "assay rubric beside ")
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
