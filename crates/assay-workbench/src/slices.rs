//! Named slices, and gold as examples of what a score means: what reviewing starts from.

use std::collections::BTreeMap;

use assay_model::{Code, Digest, Fault};
use assay_review::{Entry, Ledger, Sight, SliceTerms, Stamp, Tier, gold, queue, rubric, slices, verdict};

use crate::keeping;
use crate::review::slice_to_wire;
use crate::wire::{NamedSlice, RubricExample, SliceRequest};

/// Characters of an example that are shown.
const EXCERPT: usize = 400;
/// Examples of each score of each criterion.
const EXAMPLES_EACH: usize = 2;

/// Every named slice, by name.
pub fn list(ledger: &Ledger) -> Result<Vec<NamedSlice>, Fault> {
    Ok(ledger.slices()?.iter().map(slice_to_wire).collect())
}

/// Names a slice, or changes what stands under its name.
pub fn define(ledger: &mut Ledger, stamp: &Stamp, request: &SliceRequest) -> Result<Option<Entry>, Fault> {
    let tier = Tier::parse(&request.slice.tier).ok_or_else(|| {
        Fault::new(
            Code::Usage,
            format!(
                "`{}` is no tier",
                assay_model::fault::one_line(&request.slice.tier)
            ),
            "say standard or high_stakes",
        )
    })?;
    let slice = SliceTerms {
        name: request.slice.name.clone(),
        filter: request.slice.filter.clone(),
        tier,
        blurred: request.slice.blurred,
    };
    slices::define(ledger, stamp, &slice, &request.reason)
}

/// Gold samples by what reviewers scored them under a queue's rubric, as far as the reader may know, and none that the queue
/// asks about.
pub fn examples(sight: &Sight<'_>, queue: &str) -> Result<Vec<RubricExample>, Fault> {
    let ledger = sight.ledger();
    let queue = queue::find(ledger, queue)?;
    let asked = rubric::asked(ledger, &queue)?;
    let mut found: BTreeMap<(String, u64), Vec<RubricExample>> = BTreeMap::new();
    for sample in gold::membership(ledger)? {
        if ledger.queue_position(queue.id, &sample)?.is_some() {
            continue;
        }
        for (criterion, score) in agreed_scores(sight, &sample, &asked.id.name)? {
            let known = asked.criteria.iter().any(|each| each.id == criterion);
            let of_score = found.entry((criterion.clone(), score)).or_default();
            if known && of_score.len() < EXAMPLES_EACH {
                of_score.push(example(ledger, &sample, criterion, score)?);
            }
        }
    }
    Ok(found.into_values().flatten().collect())
}

/// The scores on which all known answers under a rubric agree.
fn agreed_scores(sight: &Sight<'_>, sample: &Digest, rubric: &str) -> Result<BTreeMap<String, u64>, Fault> {
    let ledger = sight.ledger();
    let mut agreed: BTreeMap<String, Option<u64>> = BTreeMap::new();
    for decision in sight.standing(sample)? {
        let Some(queue) = ledger.queue(decision.queue)? else {
            continue;
        };
        if queue.terms.rubric.name != rubric {
            continue;
        }
        let answer = verdict::full_answer(ledger, &decision)?.answer;
        for (criterion, score) in rubric::read_as(ledger, &decision, answer)?.scores {
            let known = agreed.entry(criterion).or_insert(Some(score));
            *known = known.filter(|known| *known == score);
        }
    }
    Ok(agreed
        .into_iter()
        .filter_map(|(criterion, score)| Some((criterion, score?)))
        .collect())
}

fn example(ledger: &Ledger, sample: &Digest, criterion: String, score: u64) -> Result<RubricExample, Fault> {
    let kept = ledger.kept_sample(sample)?;
    let text = kept
        .as_ref()
        .and_then(|kept| kept.parts.last())
        .map(|part| part.text.trim())
        .unwrap_or_default();
    Ok(RubricExample {
        criterion,
        score,
        digest: sample.to_string(),
        title: keeping::title(ledger, sample)?,
        excerpt: text.chars().take(EXCERPT).collect(),
    })
}
