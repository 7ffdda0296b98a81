//! What was said of duplicates, and do the stored measures know of it?
//!
//! Judgements live in the ledger and hold for digests. A snapshot's measures rest on those that concern it, on the
//! keep policy and on the workspace's thresholds; when any of these change, the snapshot is measured again. So it is when a
//! sample that has a duplicate becomes gold, or is no longer: gold represents its cluster before all others.

use std::collections::{BTreeMap, HashSet};

use assay_index::{Index, Snapshot};
use assay_ledger::{DuplicateAct, DuplicateJudgement};
use assay_measure::{Judged, Judgements};
use assay_model::{Digest, Fault, KeepPolicy, merkle};

use crate::Workspace;
use crate::settings::{DuplicationSettings, WorkspaceSettings};

/// What a snapshot's measures rest on, besides its columns.
pub(crate) struct Under {
    settings: DuplicationSettings,
    /// Those that stand and concern the snapshot, earliest first.
    judgements: Vec<DuplicateJudgement>,
    /// Gold that the snapshot holds, by digest, with its samples.
    gold: BTreeMap<Digest, Vec<u64>>,
}

impl Under {
    pub fn of(workspace: &Workspace, index: &Index, snapshot: &Snapshot) -> Result<Self, Fault> {
        let settings = WorkspaceSettings::read(workspace)?.duplication;
        let ledger = workspace.ledger()?;
        let mut judgements = Vec::new();
        let holds = |digest: &Digest| -> Result<bool, Fault> {
            Ok(!index.samples_with_digest(snapshot, digest)?.is_empty())
        };
        for judgement in ledger.duplicate_judgements()? {
            let concerns = match &judgement.act {
                DuplicateAct::NotDuplicate { a, b } => holds(a)? && holds(b)?,
                DuplicateAct::Kept { sample, .. } => holds(sample)?,
                DuplicateAct::KeepPolicy(_) => true,
            };
            if concerns {
                judgements.push(judgement);
            }
        }
        let mut gold = BTreeMap::new();
        for digest in assay_review::gold::membership(&ledger)? {
            let samples = index.samples_with_digest(snapshot, &digest)?;
            if !samples.is_empty() {
                gold.insert(digest, samples);
            }
        }
        Ok(Self {
            settings,
            judgements,
            gold,
        })
    }

    /// Everything that stands, whatever it concerns: what is asked between datasets.
    pub fn everywhere(workspace: &Workspace) -> Result<Self, Fault> {
        Ok(Self {
            settings: WorkspaceSettings::read(workspace)?.duplication,
            judgements: workspace.ledger()?.duplicate_judgements()?,
            gold: BTreeMap::new(),
        })
    }

    /// The same text for the same thresholds, judgements and gold; an earlier version's measures had none. Gold counts
    /// where it has a duplicate: `with_duplicates` are those of the samples of gold.
    pub fn key(&self, with_duplicates: &[u64]) -> String {
        let mut words = vec![
            format!("near {}", self.settings.near_threshold),
            format!("removal {}", self.settings.removal_limit),
            format!("keep {}", self.policy().0.as_str()),
        ];
        let acts = self.judgements.iter();
        let acts = acts.filter(|judgement| !matches!(judgement.act, DuplicateAct::KeepPolicy(_)));
        words.extend(acts.map(|judgement| judgement.id.to_string()));
        let decides = |samples: &[u64]| samples.iter().any(|sample| with_duplicates.contains(sample));
        let gold = self.gold.iter().filter(|(_, samples)| decides(samples));
        words.extend(gold.map(|(digest, _)| format!("gold {digest}")));
        merkle::root(words.iter().map(|word| word.as_bytes())).to_string()
    }

    fn untouched() -> Self {
        Self {
            settings: DuplicationSettings::default(),
            judgements: Vec::new(),
            gold: BTreeMap::new(),
        }
    }

    /// Gold that the snapshot holds.
    pub fn gold(&self) -> HashSet<Digest> {
        self.gold.keys().copied().collect()
    }

    /// The samples of the snapshot that are gold.
    pub fn samples_of_gold(&self) -> Vec<u64> {
        self.gold.values().flatten().copied().collect()
    }

    /// The policy that was chosen last, and by which judgement.
    fn policy(&self) -> (KeepPolicy, Option<&DuplicateJudgement>) {
        let chosen = self
            .judgements
            .iter()
            .rev()
            .find_map(|judgement| match judgement.act {
                DuplicateAct::KeepPolicy(policy) => Some((policy, Some(judgement))),
                _ => None,
            });
        chosen.unwrap_or_default()
    }

    /// The judgements themselves, earliest first.
    pub fn standing(&self) -> &[DuplicateJudgement] {
        &self.judgements
    }

    /// In the form that measuring takes.
    pub fn judgements(&self) -> Judgements {
        let (policy, chosen) = self.policy();
        let mut found = Judgements {
            policy,
            policy_reason: chosen.map(judged),
            ..Judgements::default()
        };
        for judgement in &self.judgements {
            match judgement.act {
                DuplicateAct::NotDuplicate { a, b } => {
                    found.apart.insert((a, b), judged(judgement));
                }
                DuplicateAct::Kept { sample, .. } => found.kept.push((sample, judged(judgement))),
                DuplicateAct::KeepPolicy(_) => {}
            }
        }
        found
    }

    pub fn measure_settings(&self, defaults: assay_measure::Settings) -> assay_measure::Settings {
        assay_measure::Settings {
            jaccard: self.settings.near_threshold,
            removal_limit: self.settings.removal_limit,
            ..defaults
        }
    }
}

fn judged(judgement: &DuplicateJudgement) -> Judged {
    Judged {
        entry: judgement.id.to_string(),
        by: judgement.actor.clone(),
        reason: judgement.reason.clone(),
    }
}

/// Whether a measured snapshot was measured under other thresholds, judgements or gold than those of now.
pub fn is_stale(workspace: &Workspace, index: &Index, snapshot: &Snapshot) -> Result<bool, Fault> {
    let under = Under::of(workspace, index, snapshot)?;
    let now = under.key(&index.with_duplicates(snapshot, &under.samples_of_gold())?);
    let then = index
        .measured_under(snapshot)?
        .unwrap_or_else(|| Under::untouched().key(&[]));
    Ok(now != then)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gold_tells_measures_apart_only_where_it_has_a_duplicate() {
        let gold = Digest::of(b"gold");
        let under = Under {
            gold: [(gold, vec![3, 8])].into(),
            ..Under::untouched()
        };
        let none = Under::untouched().key(&[]);
        assert_eq!(under.key(&[]), none, "it represents itself alone, gold or not");
        assert_ne!(under.key(&[8]), none);
        assert_eq!(under.key(&[8]), under.key(&[3, 8]), "copies are one text");
    }
}
