//! A training set leaves the workspace: what each rule of a policy takes, shown first, then written with its lineage.
//!
//! `prepare` answers what would be released, `write` writes exactly that. A folder is whole or not there: it is written under
//! another name, recorded in the ledger, and renamed. Deliberately absent: which rules there are (`assay-release`).

mod candidates;
mod folder;
mod members;
mod rows;

use std::collections::BTreeSet;
use std::path::Path;

use assay_index::{Index, Snapshot, WorkerCommand};
use assay_ledger::{Ledger, SignOff, WrittenRelease};
use assay_model::{Code, Digest, Fault, Task};
pub use assay_release::{
    Candidate, Fate, GoldHandling, GoldKind, MANIFEST_FILE, Manifest, OriginCounts, Plan, Policy,
    ReleaseVerification, RuleCost, ShardFormat, is_release, verify_release,
};
use assay_release::{DEFAULT_POLICY, ablations, parse_policy, plan};
use assay_review::{Stamp, gold, releases, sign_offs};
pub use members::{Membership, membership};
use serde::Serialize;

use crate::{Workspace, indexing};

/// What to release, as a user says it.
#[derive(Clone, Debug, Default)]
pub struct ReleaseOrder {
    pub dataset: Option<String>,
    pub snapshot: Option<u64>,
    /// The default policy where absent.
    pub policy: Option<PolicyText>,
    /// In place of the policy's.
    pub seed: Option<u64>,
    pub format: ShardFormat,
    /// Shares of machine samples, from 0 to 1, for each of which a set is written beside the shards.
    pub ablations: Vec<f64>,
}

/// A policy as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyText {
    pub text: String,
    /// For what is wrong with it.
    pub path: String,
}

impl PolicyText {
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let shown = path.display().to_string();
        let unreadable =
            |why: String| Fault::new(Code::InvalidPolicy, why, "give a policy in TOML").at(&*shown);
        let bytes =
            std::fs::read(path).map_err(|error| unreadable(format!("the policy cannot be read: {error}")))?;
        let text =
            String::from_utf8(bytes).map_err(|_| unreadable("the policy is not valid UTF-8".to_owned()))?;
        Ok(Self { text, path: shown })
    }
}

/// Everything that a release will be, before a byte of it is written.
#[derive(Clone)]
pub struct Prepared {
    pub snapshot: Snapshot,
    pub policy: Policy,
    pub plan: Plan,
    policy_text: String,
    format: ShardFormat,
    candidates: Vec<Candidate>,
    /// Texts of which not every pair was compared when gold was looked for.
    not_compared: u64,
    gold_root: Digest,
    /// The sign-off of this very snapshot that stands.
    signed_off: Option<SignOff>,
    ablations: Vec<Ablation>,
    /// Of the ledger, by which a later decision shows.
    entries: u64,
}

#[derive(Clone)]
struct Ablation {
    ratio: f64,
    samples: BTreeSet<u64>,
}

/// What a person is shown before they release.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReleasePreview {
    pub dataset: String,
    pub snapshot: u64,
    pub policy: String,
    pub seed: u64,
    pub candidates: u64,
    pub samples: u64,
    /// More than the samples where a tail is raised by repeating.
    pub rows: u64,
    /// Of the samples, each once.
    pub tokens: u64,
    pub origins: OriginCounts,
    pub rules: Vec<RuleCost>,
    pub gold: GoldLeft,
    /// The least and the greatest weight of a sample; none where nothing is released.
    pub weights: Option<[f64; 2]>,
    /// Whether the policy weighs by origin or source and no sign-off of this snapshot stands: it cannot be written yet.
    pub weights_locked: bool,
    /// The sign-off it would rest on.
    pub signed_off: Option<String>,
    pub ablations: Vec<AblationPreview>,
}

/// Samples that are gold or like it, all kept out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GoldLeft {
    pub exact: u64,
    pub normalised: u64,
    pub near: u64,
    /// Texts that resemble so many others that not every pair of theirs was compared.
    pub not_compared: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AblationPreview {
    pub ratio: f64,
    pub samples: u64,
}

/// A release that was written.
#[derive(Clone, Debug, Serialize)]
pub struct ReleaseWritten {
    pub folder: String,
    /// The ledger's entry.
    pub entry: u64,
    /// Over the manifest's bytes, as the entry names it.
    pub manifest: Digest,
    pub files: u64,
    #[serde(flatten)]
    pub preview: ReleasePreview,
}

/// The policy that stands where none is named.
pub fn default_policy() -> &'static str {
    DEFAULT_POLICY
}

/// Plans a release of a snapshot. Measures it first where that was interrupted, so that its duplicates are known.
pub fn prepare(
    workspace: &Workspace,
    ledger: &Ledger,
    order: &ReleaseOrder,
    worker: &WorkerCommand,
    task: &Task,
) -> Result<Prepared, Fault> {
    let (policy_text, path) = match &order.policy {
        Some(policy) => (policy.text.clone(), policy.path.as_str()),
        None => (DEFAULT_POLICY.to_owned(), "default.toml"),
    };
    let mut policy = parse_policy(&policy_text, path)?;
    policy.seed = order.seed.unwrap_or(policy.seed);
    indexing::report(workspace, order.dataset.as_deref(), order.snapshot, task)?;
    let index = workspace.index()?;
    let snapshot = index.snapshot(order.dataset.as_deref(), order.snapshot)?;
    let found = candidates::find(workspace, ledger, &index, &snapshot, &policy, (worker, task))?;
    let plan = plan(&found.candidates, &policy, task)?;
    let sets = match order.ablations.as_slice() {
        [] => Vec::new(),
        ratios => ablations(&plan, &found.candidates, policy.seed, &checked(ratios)?)?,
    };
    let ablations = order.ablations.iter().zip(sets);
    Ok(Prepared {
        signed_off: signed_off(ledger, &snapshot)?,
        ablations: ablations
            .map(|(ratio, samples)| Ablation {
                ratio: *ratio,
                samples,
            })
            .collect(),
        gold_root: gold::root(ledger)?,
        entries: ledger.size()?,
        not_compared: found.not_compared,
        candidates: found.candidates,
        format: order.format,
        snapshot,
        policy,
        plan,
        policy_text,
    })
}

fn checked(ratios: &[f64]) -> Result<Vec<f64>, Fault> {
    let mut sorted = ratios.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    let is_right = ratios.iter().all(|ratio| (0.0..=1.0).contains(ratio));
    if is_right && sorted.len() == ratios.len() {
        return Ok(ratios.to_vec());
    }
    Err(Fault::new(
        Code::Usage,
        "the ratios of ablation sets are different shares between 0 and 1",
        "write for example 0,0.25,0.5",
    ))
}

/// The complete sign-off of exactly this snapshot that stands.
fn signed_off(ledger: &Ledger, snapshot: &Snapshot) -> Result<Option<SignOff>, Fault> {
    let standing = sign_offs::standing(ledger, &snapshot.dataset)?;
    Ok(standing
        .filter(|one| one.is_complete() && (one.snapshot, one.root) == (snapshot.number, snapshot.root)))
}

/// A mistake in a policy, at its line, before anything is planned.
pub fn check_policy(text: &str) -> Result<(), Fault> {
    parse_policy(text, "policy").map(drop)
}

impl Prepared {
    /// The same release with its shards in another format.
    #[must_use]
    pub fn in_format(&self, format: ShardFormat) -> Self {
        Self {
            format,
            ..self.clone()
        }
    }

    /// Whether weights by origin or source wait for a sign-off.
    fn weights_locked(&self) -> bool {
        !self.policy.weights.is_none() && self.signed_off.is_none()
    }

    pub fn preview(&self) -> ReleasePreview {
        let Plan {
            candidates,
            released,
            rows,
            tokens,
            origins,
            rules,
            ..
        } = &self.plan;
        let gold = |kind| {
            let of_kind = self.candidates.iter().filter(|each| each.gold == Some(kind));
            of_kind.count() as u64
        };
        ReleasePreview {
            dataset: self.snapshot.dataset.clone(),
            snapshot: self.snapshot.number,
            policy: self.policy.name.clone(),
            seed: self.policy.seed,
            candidates: *candidates,
            samples: *released,
            rows: *rows,
            tokens: *tokens,
            origins: *origins,
            rules: rules.clone(),
            gold: GoldLeft {
                exact: gold(GoldKind::Exact),
                normalised: gold(GoldKind::Normalised),
                near: gold(GoldKind::Near),
                not_compared: self.not_compared,
            },
            weights: self.weights(),
            weights_locked: self.weights_locked(),
            signed_off: self.signed_off.as_ref().map(|one| one.id.to_string()),
            ablations: self
                .ablations
                .iter()
                .map(|set| AblationPreview {
                    ratio: set.ratio,
                    samples: set.samples.len() as u64,
                })
                .collect(),
        }
    }

    fn weights(&self) -> Option<[f64; 2]> {
        let weights = self.plan.samples.iter().filter_map(|planned| match planned.fate {
            Fate::Released { weight, .. } => Some(weight),
            Fate::Removed { .. } => None,
        });
        weights.fold(None, |known: Option<[f64; 2]>, weight| {
            let [least, greatest] = known.unwrap_or([weight, weight]);
            Some([least.min(weight), greatest.max(weight)])
        })
    }
}

/// Writes a prepared release into a folder that is not there yet, or is empty, and records it. For curators and leads.
pub fn write(
    workspace: &Workspace,
    ledger: &mut Ledger,
    (stamp, reason): (&Stamp, &str),
    prepared: &Prepared,
    folder: &Path,
    (worker, task): (&WorkerCommand, &Task),
) -> Result<ReleaseWritten, Fault> {
    let filled = fill(workspace, ledger, stamp, prepared, folder, (worker, task))?;
    task.check()?;
    filled.record(workspace, ledger, (stamp, reason), prepared)
}

/// A release whose files are written and which nobody can find yet. Dropped before it is recorded, it leaves nothing behind.
pub struct Filled {
    unfinished: folder::Unfinished,
    manifest: Manifest,
    folder: String,
}

/// Writes every file of a prepared release beside the folder. Only reads the ledger: whoever decides meanwhile does not wait.
pub fn fill(
    workspace: &Workspace,
    ledger: &Ledger,
    stamp: &Stamp,
    prepared: &Prepared,
    folder: &Path,
    (worker, task): (&WorkerCommand, &Task),
) -> Result<Filled, Fault> {
    releases::may_write(ledger, &stamp.actor)?;
    workspace.check_export(folder)?;
    allowed(ledger, prepared)?;
    let mut unfinished = folder::Unfinished::start(folder)?;
    let manifest = folder::fill(
        workspace,
        ledger,
        prepared,
        stamp,
        &mut unfinished,
        (worker, task),
    )?;
    Ok(Filled {
        unfinished,
        manifest,
        folder: folder.display().to_string(),
    })
}

impl Filled {
    /// Records the release and gives the folder its name. Refused where anything was decided since it was prepared.
    pub fn record(
        self,
        workspace: &Workspace,
        ledger: &mut Ledger,
        (stamp, reason): (&Stamp, &str),
        prepared: &Prepared,
    ) -> Result<ReleaseWritten, Fault> {
        allowed(ledger, prepared)?;
        let manifest = &self.manifest;
        let digest = Digest::of(manifest.to_text().as_bytes());
        let release = WrittenRelease {
            dataset: manifest.dataset.clone(),
            snapshot: manifest.snapshot,
            root: manifest.snapshot_root,
            policy: manifest.policy_digest,
            manifest: digest,
            seed: manifest.seed,
            samples: manifest.samples,
        };
        members::keep(workspace, &digest, prepared)?;
        if prepared.policy.gold == GoldHandling::Anchor {
            let purpose = format!(
                "anchor beside a release of {}@{}",
                manifest.dataset, manifest.snapshot
            );
            let stamp = Stamp::now(&stamp.actor);
            assay_review::frozen::record_export(ledger, &stamp, &purpose, None)?;
        }
        // On record before anybody can find the folder: what left is never unknown.
        let entry = releases::written(ledger, stamp, release, reason)?;
        let files = manifest.files.len() as u64 + 2;
        self.unfinished.finish()?;
        Ok(ReleaseWritten {
            folder: self.folder,
            entry: entry.seq,
            manifest: digest,
            files,
            preview: prepared.preview(),
        })
    }
}

/// Refuses what must not leave: weights nobody signed for, nothing at all, and a plan that later decisions may have overtaken.
fn allowed(ledger: &Ledger, prepared: &Prepared) -> Result<(), Fault> {
    let refused = |what: String, remedy: &str| Err(Fault::new(Code::NotAllowed, what, remedy));
    let Snapshot { dataset, number, .. } = &prepared.snapshot;
    if prepared.weights_locked() {
        return refused(
            format!("the policy weighs by origin or source, and no sign-off of {dataset}@{number} stands"),
            "have a lead sign its card, or take the weights out of the policy",
        );
    }
    if prepared.plan.released == 0 {
        return refused(
            format!("no sample of {dataset}@{number} is left to release"),
            "see with --preview which rule takes them",
        );
    }
    if ledger.size()? != prepared.entries {
        return refused(
            "something was decided since the release was prepared".to_owned(),
            "prepare it again, and look at what it would be",
        );
    }
    Ok(())
}

/// Dimensions of a snapshot as rows write them.
fn dimensions(index: &Index, snapshot: &Snapshot) -> Result<Vec<assay_release::Dimension>, Fault> {
    let names = index.dimensions(snapshot)?.into_iter();
    names
        .map(|(name, _)| {
            let is_list = index.has_several_values(snapshot, &name)?;
            Ok(assay_release::Dimension { name, is_list })
        })
        .collect()
}
