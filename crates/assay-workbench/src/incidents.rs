//! Which samples are like what went wrong?
//!
//! First verified duplicates of the incident's text, by the same join as everywhere; without any, the samples that hold most of
//! its words, each weighted by its rarity in the snapshot (inverse document frequency, Sparck Jones 1972). What is found is a
//! filter, so that it can be looked at and become a queue. Deliberately absent: what the samples have to do with the failure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use assay_index::{Index, Snapshot, WorkerCommand};
use assay_ledger::digest_of_parts;
use assay_measure::{Kind, Texts as _};
use assay_model::{Digest, Fault, Origin, Part, Progress, SourceClass, Stage, Task};
use assay_review::KeptSample;
use assay_review::incidents::Incident;

use crate::measuring::Rereading;
use crate::protecting::{Search, named};
use crate::wire::{IncidentNearest, NearSample};
use crate::{Workspace, gold};

/// Samples that are named at most.
const NEAREST: usize = 50;
/// Distinct words of an incident that are looked for at most: a bit for each.
const WORDS: usize = 64;
/// Words of fewer characters tell little.
const LEAST_CHARACTERS: usize = 3;
/// Texts read at a time.
const TOGETHER: usize = 512;

/// The samples of a snapshot that are most like an incident.
pub fn nearest(
    workspace: &Workspace,
    snapshot: &Snapshot,
    incident: &Incident,
    worker: &WorkerCommand,
    task: &Task,
) -> Result<IncidentNearest, Fault> {
    let index = workspace.index()?;
    let about = match &incident.of.sample {
        Some(digest) => gold::kept_or_read(workspace, &index, digest)?,
        None => as_sample(&incident.of.text),
    };
    let search = Search::of(workspace, std::slice::from_ref(&about), worker, task)?;
    let mut alike: BTreeMap<Digest, (u64, f64)> = BTreeMap::new();
    for held in search.in_snapshot(&index, snapshot)?.0 {
        let jaccard = if held.kind == Kind::Near {
            held.jaccard
        } else {
            1.0
        };
        alike.entry(held.digest).or_insert((held.sample, jaccard));
    }
    if !alike.is_empty() {
        let found = alike.into_iter();
        let found = found.map(|(digest, (sample, jaccard))| (sample, digest, jaccard));
        return answer(&index, "near", Vec::new(), found.collect());
    }
    let text: Vec<&str> = about.parts.iter().map(|part| part.text.as_str()).collect();
    let words = words_of(&text.join("\n"));
    let (found, weights) = by_words(workspace, &index, snapshot, &words, task)?;
    let mut by_rarity: Vec<(String, f64)> = words.into_iter().zip(weights).collect();
    by_rarity.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let words = by_rarity.into_iter().map(|(word, _)| word).collect();
    let ids: Vec<u64> = found.iter().map(|(sample, _)| *sample).collect();
    let digests = index.digests_of(&ids)?;
    let found = found.into_iter().zip(digests);
    let found = found.map(|((sample, share), digest)| (sample, digest, share));
    answer(&index, "words", words, found.collect())
}

fn answer(
    index: &Index,
    method: &str,
    words: Vec<String>,
    mut found: Vec<(u64, Digest, f64)>,
) -> Result<IncidentNearest, Fault> {
    found.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    found.truncate(NEAREST);
    let digests: BTreeSet<Digest> = found.iter().map(|(_, digest, _)| *digest).collect();
    let samples = found.into_iter().map(|(sample, digest, likeness)| {
        Ok(NearSample {
            sample,
            digest: digest.to_string(),
            preview: index.preview(sample)?,
            likeness,
        })
    });
    Ok(IncidentNearest {
        method: method.to_owned(),
        words,
        samples: samples.collect::<Result<_, Fault>>()?,
        filter: (!digests.is_empty()).then(|| named(&digests).to_string()),
    })
}

/// A pasted text in the form of a sample.
fn as_sample(text: &str) -> KeptSample {
    let parts = vec![Part {
        role: "document".to_owned(),
        text: text.to_owned(),
        origin: Origin::Unknown,
        source_class: SourceClass::Unknown,
        confidence: 0.0,
    }];
    KeptSample {
        digest: digest_of_parts(&parts),
        parts,
        facts: serde_json::json!({}),
    }
}

/// The distinct words of a text that can tell something, in their order, at most 64.
fn words_of(text: &str) -> Vec<String> {
    let normalised = assay_sketch::normalise(text);
    let mut words: Vec<String> = Vec::new();
    for word in assay_sketch::tokens(&normalised) {
        // A character of a script without spaces tells as much as a word.
        let telling = word.chars().count() >= LEAST_CHARACTERS || !word.is_ascii();
        if telling && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
        if words.len() == WORDS {
            break;
        }
    }
    words
}

/// Samples with the share of the words' weight that each holds, and the weight of each word.
fn by_words(
    workspace: &Workspace,
    index: &Index,
    snapshot: &Snapshot,
    words: &[String],
    task: &Task,
) -> Result<(Vec<(u64, f64)>, Vec<f64>), Fault> {
    let bits = (0..).zip(words);
    let bit_of: HashMap<&str, u64> = bits.map(|(bit, word)| (word.as_str(), 1 << bit)).collect();
    let (mut ids, _) = index.all(&index.select(snapshot, None)?, task)?;
    ids.sort_unstable();
    let texts = Rereading::open(workspace, snapshot)?;
    let mut held: Vec<(u64, u64)> = Vec::new();
    let mut done = 0;
    for batch in ids.chunks(TOGETHER) {
        task.check()?;
        texts.read(batch, &mut |sample, text| {
            let normalised = assay_sketch::normalise(text);
            let tokens = assay_sketch::tokens(&normalised);
            let mask = tokens.fold(0, |mask, word| mask | bit_of.get(word).copied().unwrap_or(0));
            if mask != 0 {
                held.push((sample, mask));
            }
        })?;
        done += batch.len();
        task.report(&Progress {
            stage: Stage::Finishing,
            fraction: done as f64 / ids.len() as f64,
            ..Progress::default()
        });
    }
    let weights = weights(words.len(), ids.len() as u64, held.iter().map(|(_, mask)| *mask));
    Ok((ranked(&held, &weights), weights))
}

/// ln(N / n) of each word, n samples of N holding it; nothing for a word that none holds.
fn weights(words: usize, samples: u64, held: impl Iterator<Item = u64>) -> Vec<f64> {
    let mut counts = vec![0_u64; words];
    for mask in held {
        for (bit, count) in counts.iter_mut().enumerate() {
            *count += mask >> bit & 1;
        }
    }
    let weight = |count: u64| match count {
        0 => 0.0,
        count => (samples as f64 / count as f64).ln(),
    };
    counts.into_iter().map(weight).collect()
}

/// Samples by the share of all weight that they hold, greatest first; those without weight are left out.
fn ranked(held: &[(u64, u64)], weights: &[f64]) -> Vec<(u64, f64)> {
    let all: f64 = weights.iter().sum();
    let share = |mask: u64| {
        let inside = (0..).zip(weights).filter(|(bit, _)| mask >> bit & 1 == 1);
        inside.map(|(_, weight)| weight).sum::<f64>() / all
    };
    let mut found: Vec<(u64, f64)> = held
        .iter()
        .map(|(sample, mask)| (*sample, share(*mask)))
        .filter(|(_, share)| *share > 0.0)
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.truncate(NEAREST);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_once_and_short_ones_not_at_all() {
        assert_eq!(words_of("The dose, the DOSE of it: 20 mg!"), ["the", "dose"]);
        assert_eq!(words_of("药 量").len(), 2);
    }

    #[test]
    fn a_rare_word_outweighs_common_ones_and_a_word_that_all_hold_tells_nothing() {
        // Of four samples all hold the first word, two the second, one the third.
        let held = [(1, 0b001), (2, 0b011), (3, 0b011), (4, 0b101)];
        let weights = weights(4, 4, held.iter().map(|(_, mask)| *mask));
        assert_eq!(weights[0], 0.0);
        assert!((weights[1] - 2_f64.ln()).abs() < 1e-12 && (weights[2] - 4_f64.ln()).abs() < 1e-12);
        assert_eq!(weights[3], 0.0, "held by none");
        let found = ranked(&held, &weights);
        let order: Vec<u64> = found.iter().map(|(sample, _)| *sample).collect();
        assert_eq!(order, [4, 2, 3]);
        assert!((found[0].1 - 2.0 / 3.0).abs() < 1e-12);
    }
}
