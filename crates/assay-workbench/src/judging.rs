//! What was said of duplicates, and do the stored measures know of it?
//!
//! Judgements live in the ledger and hold for digests. A snapshot's measures rest on those that concern it, on the
//! keep policy and on the workspace's thresholds; when any of these change, the snapshot is measured again.

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
}

impl Under {
    pub fn of(workspace: &Workspace, index: &Index, snapshot: &Snapshot) -> Result<Self, Fault> {
        let settings = WorkspaceSettings::read(workspace)?.duplication;
        let mut judgements = Vec::new();
        let holds = |digest: &Digest| -> Result<bool, Fault> {
            Ok(!index.samples_with_digest(snapshot, digest)?.is_empty())
        };
        for judgement in workspace.ledger()?.duplicate_judgements()? {
            let concerns = match &judgement.act {
                DuplicateAct::NotDuplicate { a, b } => holds(a)? && holds(b)?,
                DuplicateAct::Kept { sample, .. } => holds(sample)?,
                DuplicateAct::KeepPolicy(_) => true,
            };
            if concerns {
                judgements.push(judgement);
            }
        }
        Ok(Self { settings, judgements })
    }

    /// Everything that stands, whatever it concerns: what is asked between datasets.
    pub fn everywhere(workspace: &Workspace) -> Result<Self, Fault> {
        Ok(Self {
            settings: WorkspaceSettings::read(workspace)?.duplication,
            judgements: workspace.ledger()?.duplicate_judgements()?,
        })
    }

    /// The same text for the same thresholds and judgements; an earlier version's measures had none.
    pub fn key(&self) -> String {
        let mut words = vec![
            format!("near {}", self.settings.near_threshold),
            format!("removal {}", self.settings.removal_limit),
            format!("keep {}", self.policy().0.as_str()),
        ];
        let acts = self.judgements.iter();
        let acts = acts.filter(|judgement| !matches!(judgement.act, DuplicateAct::KeepPolicy(_)));
        words.extend(acts.map(|judgement| judgement.id.to_string()));
        merkle::root(words.iter().map(|word| word.as_bytes())).to_string()
    }

    fn untouched() -> Self {
        Self {
            settings: DuplicationSettings::default(),
            judgements: Vec::new(),
        }
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

/// Whether a measured snapshot was measured under other thresholds or judgements than those of now.
pub fn is_stale(workspace: &Workspace, index: &Index, snapshot: &Snapshot) -> Result<bool, Fault> {
    let now = Under::of(workspace, index, snapshot)?.key();
    let then = index
        .measured_under(snapshot)?
        .unwrap_or_else(|| Under::untouched().key());
    Ok(now != then)
}
