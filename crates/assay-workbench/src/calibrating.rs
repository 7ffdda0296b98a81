//! How often do reviewers agree with what machines say of an origin?
//!
//! Counted over samples of a snapshot whose origin all reviewers judged alike, as far as a reader may know of their answers.
//! Most of them were not drawn at random, so the rates are of these samples and not of the snapshot. The Brier score is that of
//! Brier (1950), for two outcomes. Reviewers' own judgements, and signals that rest on them, are not held against themselves.

use std::collections::{BTreeMap, BTreeSet};

use assay_index::{Index, Snapshot};
use assay_ledger::Sight;
use assay_measure::estimators::interval::proportion;
use assay_model::report::Proportion;
use assay_model::{Digest, EvidenceKind, Fault, Origin, Task};

use crate::decisions::Decided;
use crate::protecting::named;
use crate::wire::{EvidenceAgreement, ReliabilityBin, SignalCalibration, StyleCalibration};

const BINS: usize = 10;

/// One judged sample and its style score.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scored {
    score: f64,
    machine: bool,
    taught: bool,
}

/// What one kind of evidence said of one judged sample.
struct Said {
    digest: Digest,
    confidence: f64,
    right: bool,
}

/// Machine signals of a snapshot against what reviewers judged.
pub fn calibration(
    index: &Index,
    snapshot: &Snapshot,
    sight: &Sight<'_>,
    task: &Task,
) -> Result<SignalCalibration, Fault> {
    let judged: BTreeMap<Digest, Origin> = Decided::seen(sight)?
        .judged()
        .filter(|(_, origin)| *origin != Origin::Unknown)
        .collect();
    let random = drawn_at_random(sight)?;
    let (mut of_snapshot, mut drawn) = (0, 0);
    let mut scored = Vec::new();
    let mut said: BTreeMap<EvidenceKind, Vec<Said>> = BTreeMap::new();
    for (digest, origin) in judged {
        task.check()?;
        let Some(sample) = index.samples_with_digest(snapshot, &digest)?.first().copied() else {
            continue;
        };
        of_snapshot += 1;
        drawn += u64::from(random.contains(&digest));
        scored.extend(score(index, snapshot, sample, origin)?);
        for (kind, says, confidence) in evidence(index, sample)? {
            said.entry(kind).or_default().push(Said {
                digest,
                confidence,
                right: says == origin,
            });
        }
    }
    Ok(SignalCalibration {
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot.number,
        judged: of_snapshot,
        drawn,
        style: style(&scored),
        evidence: said
            .into_iter()
            .filter_map(|(kind, said)| agreement(kind, &said))
            .collect(),
    })
}

/// Samples that somebody answered in a random draw.
fn drawn_at_random(sight: &Sight<'_>) -> Result<BTreeSet<Digest>, Fault> {
    let queues = sight.ledger().queues()?;
    let random: BTreeSet<_> = queues
        .into_iter()
        .filter(|queue| queue.terms.ordering.is_random())
        .map(|queue| queue.id)
        .collect();
    let mut drawn = BTreeSet::new();
    sight.each_standing(|decision| {
        if random.contains(&decision.queue) {
            drawn.insert(decision.sample);
        }
    })?;
    Ok(drawn)
}

/// The highest score of a sample's parts; none where it has none, or was judged mixed.
fn score(index: &Index, snapshot: &Snapshot, sample: u64, origin: Origin) -> Result<Option<Scored>, Fault> {
    if !matches!(origin, Origin::Human | Origin::Machine) {
        return Ok(None);
    }
    let scores = index.style_scores(snapshot, sample)?;
    let best = scores.iter().max_by(|a, b| a.score.total_cmp(&b.score));
    Ok(best.map(|best| Scored {
        score: best.score,
        machine: origin == Origin::Machine,
        taught: scores.iter().any(|score| score.trained_as.is_some()),
    }))
}

/// What each kind of evidence says of a sample, and how surely: mixed where its rows differ.
fn evidence(index: &Index, sample: u64) -> Result<Vec<(EvidenceKind, Origin, f64)>, Fault> {
    let mut by_kind: BTreeMap<EvidenceKind, (Origin, f64)> = BTreeMap::new();
    for row in index.evidence(sample)?.0 {
        let evidence = row.evidence;
        let judges_itself = evidence.kind == EvidenceKind::ReviewerJudgement || !evidence.kind.decides();
        if judges_itself || evidence.origin == Origin::Unknown {
            continue;
        }
        let known = by_kind
            .entry(evidence.kind)
            .or_insert((evidence.origin, evidence.confidence));
        if known.0 != evidence.origin {
            known.0 = Origin::Mixed;
        }
        known.1 = known.1.max(evidence.confidence);
    }
    let by_kind = by_kind.into_iter();
    Ok(by_kind
        .map(|(kind, (says, confidence))| (kind, says, confidence))
        .collect())
}

fn style(scored: &[Scored]) -> Option<StyleCalibration> {
    let outcomes: Vec<(f64, bool)> = scored.iter().map(|each| (each.score, each.machine)).collect();
    let machine = scored.iter().filter(|each| each.machine).count();
    let share = machine as f64 / scored.len() as f64;
    let always: Vec<(f64, bool)> = scored.iter().map(|each| (share, each.machine)).collect();
    Some(StyleCalibration {
        samples: scored.len() as u64,
        machine: machine as u64,
        taught: scored.iter().filter(|each| each.taught).count() as u64,
        brier: brier(&outcomes)?,
        brier_of_share: brier(&always)?,
        bins: bins(&outcomes),
    })
}

/// Brier (1950) for two outcomes: the mean squared distance of a stated probability from what came; none without any.
fn brier(outcomes: &[(f64, bool)]) -> Option<f64> {
    if outcomes.is_empty() {
        return None;
    }
    let distance = |&(stated, came): &(f64, bool)| (stated - f64::from(u8::from(came))).powi(2);
    Some(outcomes.iter().map(distance).sum::<f64>() / outcomes.len() as f64)
}

/// Ten bins of equal width, the last with its end; empty ones are left out.
fn bins(outcomes: &[(f64, bool)]) -> Vec<ReliabilityBin> {
    let bin_of = |score: f64| ((score * BINS as f64) as usize).min(BINS - 1);
    let bin = |number: usize| {
        let inside: Vec<&(f64, bool)> = outcomes
            .iter()
            .filter(|(score, _)| bin_of(*score) == number)
            .collect();
        let machine: Proportion = proportion(
            inside.iter().filter(|(_, machine)| *machine).count() as u64,
            inside.len() as u64,
        )?;
        let (low, high) = (number as f64 / BINS as f64, (number + 1) as f64 / BINS as f64);
        let below = match number + 1 == BINS {
            true => String::new(),
            false => format!(" and style_score < {high}"),
        };
        Some(ReliabilityBin {
            low,
            high,
            mean_score: inside.iter().map(|(score, _)| score).sum::<f64>() / inside.len() as f64,
            machine,
            filter: format!("judged_origin in ('human', 'machine') and style_score >= {low}{below}"),
        })
    };
    (0..BINS).filter_map(bin).collect()
}

fn agreement(kind: EvidenceKind, said: &[Said]) -> Option<EvidenceAgreement> {
    let right = said.iter().filter(|said| said.right).count() as u64;
    let outcomes: Vec<(f64, bool)> = said.iter().map(|said| (said.confidence, said.right)).collect();
    let wrong: BTreeSet<Digest> = said
        .iter()
        .filter(|said| !said.right)
        .map(|said| said.digest)
        .collect();
    Some(EvidenceAgreement {
        kind,
        agreeing: proportion(right, said.len() as u64)?,
        brier: brier(&outcomes)?,
        mean_confidence: outcomes.iter().map(|(stated, _)| stated).sum::<f64>() / said.len() as f64,
        filter: (!wrong.is_empty()).then(|| named(&wrong).to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_brier_score_is_nothing_for_an_oracle_a_quarter_for_a_coin_and_one_for_a_liar() {
        assert_eq!(brier(&[(1.0, true), (0.0, false)]), Some(0.0));
        assert_eq!(brier(&[(0.5, true), (0.5, false)]), Some(0.25));
        assert_eq!(brier(&[(0.0, true), (1.0, false)]), Some(1.0));
        assert_eq!(brier(&[]), None);
        // Four forecasts of rain at 70 %, on three of which it rained: (3 · 0.3² + 0.7²) / 4.
        let rain = [(0.7, true), (0.7, true), (0.7, true), (0.7, false)];
        assert!((brier(&rain).unwrap() - 0.19).abs() < 1e-12);
    }

    #[test]
    fn bins_hold_each_score_once_and_the_last_one_its_end() {
        let found = bins(&[
            (0.0, false),
            (0.05, true),
            (0.1, false),
            (0.95, true),
            (1.0, true),
        ]);
        let rows: Vec<_> = found
            .iter()
            .map(|bin| (bin.low, bin.machine.count, bin.machine.of))
            .collect();
        assert_eq!(rows, [(0.0, 1, 2), (0.1, 0, 1), (0.9, 2, 2)]);
        assert!((found[2].mean_score - 0.975).abs() < 1e-12);
        assert!(
            found[0]
                .filter
                .ends_with("style_score >= 0 and style_score < 0.1")
        );
        assert!(found[2].filter.ends_with("style_score >= 0.9"));
        let [low, high] = found[2].machine.interval;
        assert!(low > 0.3 && low < 0.4 && high == 1.0, "{low} {high}");
    }

    #[test]
    fn a_kind_of_evidence_is_told_by_what_it_says_right_and_names_what_it_says_wrong() {
        let said = |word: &[u8], confidence, right| Said {
            digest: Digest::of(word),
            confidence,
            right,
        };
        let all = [
            said(b"a", 0.9, true),
            said(b"b", 0.9, true),
            said(b"c", 0.6, false),
        ];
        let found = agreement(EvidenceKind::Declared, &all).unwrap();
        assert_eq!((found.agreeing.count, found.agreeing.of), (2, 3));
        assert!((found.brier - (0.01 + 0.01 + 0.36) / 3.0).abs() < 1e-12);
        assert_eq!(found.filter, Some(named(&[Digest::of(b"c")]).to_string()));
        assert_eq!(agreement(EvidenceKind::Declared, &[]), None);
    }

    #[test]
    fn a_signal_without_scored_samples_is_none() {
        assert_eq!(style(&[]), None);
        let one = Scored {
            score: 0.9,
            machine: true,
            taught: true,
        };
        let found = style(&[
            one,
            Scored {
                machine: false,
                ..one
            },
        ])
        .unwrap();
        assert_eq!((found.samples, found.machine, found.taught), (2, 1, 2));
        assert_eq!(found.brier_of_share, 0.25);
    }
}
